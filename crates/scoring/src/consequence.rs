//! Consequences: what follows, who decides, until when, to what extent (semantics §9, §18; shape S21).

use crate::{
    assessment::{Cause, Fired, FiredExtent, WindowOf},
    crossing::Crossing,
    evaluate::Evaluation,
    money::{Withheld, civil_month, is_guarded},
    price::points_step,
    versions::Version,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString},
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{
    ConsequenceId, Derivation, Label, LadderId, Matter, Money, Need, Points, RecordId, Rounding,
    RoundingMode, Step, SubjectId, Value, message::Args,
};
use ducha_rulebook::annex::consequence::{Consequence, Extent};

/// That a consequence fired: which, when, why, and the value that the ladder was about.
pub(crate) struct Firing<'a> {
    pub(crate) consequence: &'a Consequence,
    pub(crate) version: Version<'a>,
    pub(crate) on: NaiveDate,
    pub(crate) cause: Cause,
    /// Whether a window's end brought it, and not a record.
    pub(crate) at_end: bool,
    pub(crate) value: Option<Points>,
    pub(crate) reason: Derivation,
}

impl Firing<'_> {
    /// A stable id, made of what caused it, subject, tier and window or day.
    // semantics §18.1
    fn id(&self, subject: &SubjectId) -> String {
        let on = self.on;
        let at = match &self.cause {
            // Judged at a window's end: once in the window. Judged on each record: once on each crossing.
            Cause::Tier { ladder, tier, window } if self.at_end => {
                format!("{ladder}.{tier}:{}", window.text())
            }
            Cause::Tier { ladder, tier, .. } => format!("{ladder}.{tier}:{on}"),
            Cause::Finding { record, .. } => format!("finding:{record}"),
            Cause::Ranking { ranking, window } => format!("{ranking}:{}", window.text()),
        };
        format!("{}@{subject}/{at}", self.consequence.id)
    }
}

/// A firing with its subject and its id.
struct Named<'a> {
    id: String,
    subject: SubjectId,
    firing: Firing<'a>,
}

/// A balance can reach one tier twice in a day: the second time has an id of its own.
// semantics §18.1
fn told_apart(named: &mut [Named<'_>]) {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for one in named {
        let times = times.entry(one.id.clone()).or_default();
        *times = times.saturating_add(1);
        if *times > 1 {
            one.id = format!("{}#{times}", one.id);
        }
    }
}

/// On which day a consequence fired, by which record, in which window.
pub(crate) struct FiredOn {
    pub(crate) consequence: ConsequenceId,
    pub(crate) on: NaiveDate,
    pub(crate) record: RecordId,
    window: Option<WindowOf>,
}

impl<'a> Evaluation<'_, 'a> {
    /// The ladders of any version that have one of these consequences.
    fn ladders_with(&self, ids: &[ConsequenceId]) -> BTreeSet<&'a LadderId> {
        let ladders = self.versions.iter().flat_map(|v| v.annex.ladder.iter());
        ladders
            .filter(|l| l.tier.iter().any(|t| t.consequences.iter().any(|c| ids.contains(c))))
            .map(|l| &l.id)
            .collect()
    }

    /// On which days these consequences fired on a subject, by a tier or by a finding alone, with the record that did it.
    pub(crate) fn fired_days(
        &self,
        ids: &[ConsequenceId],
        subject: &SubjectId,
        last: NaiveDate,
    ) -> Vec<FiredOn> {
        let mut fired = Vec::new();
        for ladder in self.ladders_with(ids) {
            for crossing in &self.crossed(ladder, subject).crossings {
                let Some(tier) = self.tier_of(crossing, ladder) else { continue };
                for id in tier.consequences.iter().filter(|id| ids.contains(id)) {
                    if crossing.on <= last
                        && let Some(record) =
                            crossing.record.clone().or_else(|| RecordId::new(id.as_str()).ok())
                    {
                        fired.push(FiredOn {
                            consequence: id.clone(),
                            on: crossing.on,
                            record,
                            window: Some(crossing.window.clone()),
                        });
                    }
                }
            }
        }
        for (clause, one) in self.findings_of(subject) {
            for id in clause.consequences.iter().filter(|id| ids.contains(id)) {
                let on = one.record.occurred_on;
                if on <= last {
                    fired.push(FiredOn {
                        consequence: id.clone(),
                        on,
                        record: one.record.id.clone(),
                        window: None,
                    });
                }
            }
        }
        fired.sort_by(|a, b| (a.on, &a.record, &a.consequence).cmp(&(b.on, &b.record, &b.consequence)));
        fired
    }

    /// The days on which the records do not tell whether these consequences fired on a subject.
    pub(crate) fn unknown_days(&self, ids: &[ConsequenceId], subject: &SubjectId) -> Vec<(NaiveDate, Need)> {
        let ladders = self.ladders_with(ids);
        ladders.into_iter().flat_map(|ladder| self.crossed(ladder, subject).unknown.clone()).collect()
    }

    fn tier_of(
        &self,
        crossing: &Crossing,
        ladder: &LadderId,
    ) -> Option<&'a ducha_rulebook::annex::ladder::Tier> {
        let version = self.versions.iter().find(|v| v.number == crossing.version)?;
        version.ladder(ladder)?.tier.get(crossing.place)
    }

    /// The findings of a subject that were scored, with their clauses.
    pub(crate) fn findings_of(
        &self,
        subject: &SubjectId,
    ) -> Vec<(&'a ducha_rulebook::annex::clause::Clause, crate::admit::Admitted<'a>)> {
        let own = self
            .admitted
            .iter()
            .filter(|one| one.record.subject == *subject && self.was_scored(&one.record.id));
        own.filter_map(|one| match &one.record.matter {
            Matter::Finding(f) => f.clause.as_ref().and_then(|id| one.version.clause(id)).map(|c| (c, *one)),
            _ => None,
        })
        .collect()
    }

    /// Everything that fired on a subject by its tiers and findings, on whatever day.
    // semantics §18.1
    pub(crate) fn firings(&self, subject: &SubjectId) -> Vec<Firing<'a>> {
        let mut firings = Vec::new();
        let ladders = self.versions.iter().flat_map(|v| v.annex.ladder.iter());
        let ladders: BTreeSet<&'a LadderId> = ladders
            .filter(|ladder| ladder.tier.iter().any(|tier| !tier.consequences.is_empty()))
            .map(|ladder| &ladder.id)
            .collect();
        for ladder in ladders {
            for crossing in &self.crossed(ladder, subject).crossings {
                let Some(version) = self.versions.iter().find(|v| v.number == crossing.version) else {
                    continue;
                };
                let Some(tier) = self.tier_of(crossing, ladder) else { continue };
                for id in &tier.consequences {
                    let Some(consequence) = version.consequence(id) else { continue };
                    firings.push(Firing {
                        consequence,
                        version,
                        on: crossing.on,
                        cause: Cause::Tier {
                            ladder: ladder.clone(),
                            tier: tier.id.clone(),
                            window: crossing.window.clone(),
                        },
                        at_end: crossing.at_end,
                        value: crossing.value,
                        reason: crossing.derivation.clone(),
                    });
                }
            }
        }
        for (clause, one) in self.findings_of(subject) {
            for id in &clause.consequences {
                let Some(consequence) = one.version.consequence(id) else { continue };
                let args = Args::none()
                    .with("record", &one.record.id)
                    .with("clause", &clause.id)
                    .with("day", one.record.occurred_on);
                firings.push(Firing {
                    consequence,
                    version: one.version,
                    on: one.record.occurred_on,
                    cause: Cause::Finding { record: one.record.id.clone(), clause: clause.id.clone() },
                    at_end: false,
                    value: None,
                    reason: Derivation::new(Step::FindingAlone, args, Value::None)
                        .citing(one.version.cite_clause(clause)),
                });
            }
        }
        firings.sort_by(|a, b| (a.on, &a.consequence.id).cmp(&(b.on, &b.consequence.id)));
        firings
    }

    /// Everything that stands, with what it brings: those of one month in the order of their days and ids, since law bounds
    /// what is withheld in a month.
    // semantics §18
    pub(crate) fn consequences(&self, firings: Vec<(SubjectId, Firing<'a>)>) -> Vec<Fired> {
        // What was withheld earlier in a month counts, though another part of the month is asked for.
        let concerns = |period: ducha_core::Period, on: NaiveDate| {
            civil_month(on).is_ok_and(|month| month.overlaps(&period))
        };
        let mut named: Vec<Named<'a>> = firings
            .into_iter()
            .filter(|(_, firing)| self.request.period.is_none_or(|period| concerns(period, firing.on)))
            .map(|(subject, firing)| Named { id: firing.id(&subject), subject, firing })
            .collect();
        named.sort_by(|a, b| (a.firing.on, &a.subject, &a.id).cmp(&(b.firing.on, &b.subject, &b.id)));
        let mut standing = self.not_replaced(named);
        told_apart(&mut standing);
        let mut withheld = Withheld::default();
        let mut fired = Vec::new();
        for Named { id, subject, firing } in standing {
            let before = withheld.before(&subject, firing.on);
            let guarded = firing.consequence.money.as_ref().filter(|rule| is_guarded(rule));
            if self.request.period.is_none_or(|period| period.contains(firing.on)) {
                let on = firing.on;
                let one = self.fire(id, &subject, firing, &before);
                if let (Some(_), Some(money)) = (guarded, &one.money) {
                    withheld.add(&subject, on, &money.amount);
                }
                fired.push(one);
            } else if let Some(rule) = guarded {
                let money = self.money(&subject, &firing, rule, &before);
                withheld.add(&subject, firing.on, &money.amount);
            }
        }
        fired
    }

    /// Those in whose place no graver one of the same subject and day stands.
    // semantics §18.1
    fn not_replaced(&self, named: Vec<Named<'a>>) -> Vec<Named<'a>> {
        let replaces = |graver: &ConsequenceId, milder: &ConsequenceId| {
            let rule = self.versions.iter().rev().find_map(|v| v.consequence(graver));
            rule.is_some_and(|rule| rule.replaces.contains(milder))
        };
        let gone: BTreeSet<usize> = named
            .iter()
            .enumerate()
            .filter(|(_, milder)| {
                named.iter().any(|graver| {
                    graver.subject == milder.subject
                        && graver.firing.on == milder.firing.on
                        && replaces(&graver.firing.consequence.id, &milder.firing.consequence.id)
                })
            })
            .map(|(at, _)| at)
            .collect();
        named.into_iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, one)| one).collect()
    }

    /// A consequence with everything that it brings.
    fn fire(
        &self,
        id: String,
        subject: &SubjectId,
        firing: Firing<'a>,
        before: &Result<Money, Need>,
    ) -> Fired {
        let limit = firing.consequence.within.as_ref().and_then(|id| firing.version.limit(id));
        let due = limit
            .map(|limit| crate::due::due(firing.version, limit, (firing.on, self.hour_of(&firing.cause))));
        let money = firing.consequence.money.as_ref().map(|rule| self.money(subject, &firing, rule, before));
        let Firing { consequence, version, on, cause, value, reason, .. } = firing;
        let extent = consequence
            .extent
            .as_ref()
            .map(|extent| self.extent(version, consequence, extent, subject, on, value, &cause));
        let lacking = consequence
            .requires
            .iter()
            .filter(|kind| self.fact_of(subject, kind, on).is_none())
            .cloned()
            .collect();
        let mut cites: Vec<_> = consequence
            .article
            .map(|article| ducha_core::Citation::Article { article })
            .into_iter()
            .collect();
        cites.push(version.cite_rule("consequence", &consequence.id));
        cites.extend(consequence.cite.iter().map(|text| ducha_core::Citation::Text { text: text.clone() }));
        let args =
            Args::none().with("consequence", &consequence.name).with("subject", subject).with("day", on);
        let derivation = Derivation::new(Step::Fired, args, Value::None).citing(cites).using([reason]);
        let provisional = due.as_ref().is_some_and(|due| due.provisional)
            || self.leans_on_provisional(subject, &derivation)
            || money.as_ref().is_some_and(|money| self.leans_on_provisional(subject, &money.derivation));
        Fired {
            id,
            consequence: consequence.id.clone(),
            name: consequence.name.clone(),
            kind: consequence.kind,
            sanction: consequence.sanction,
            subject: subject.clone(),
            cause,
            on,
            provisional,
            proposed_by: consequence.proposed_by,
            decided_by: consequence.decided_by,
            executed_by: consequence.executed_by,
            due,
            money,
            extent,
            lasts: consequence.lasts.map(|l| l.to_string()),
            notices: consequence.notices.clone(),
            lacking,
            derivation,
        }
    }

    /// The time of day of a finding that brings something by itself; what a tier brings comes with the end of a day.
    fn hour_of(&self, cause: &Cause) -> Option<chrono::NaiveTime> {
        let Cause::Finding { record, .. } = cause else { return None };
        self.admitted.iter().find(|one| one.record.id == *record)?.record.occurred_at
    }

    /// Whether next year's notice may still change what a derivation rests on: it counts an entry whose price or day leans on
    /// a provisional day of the calendar.
    // semantics §18.1
    fn leans_on_provisional(&self, subject: &SubjectId, derivation: &Derivation) -> bool {
        let leaning: BTreeSet<String> = self
            .entries_of(subject)
            .filter(|entry| entry.derivation.walk().any(|step| step.step == Step::DueProvisional))
            .map(|entry| entry.record.to_string())
            .collect();
        let named = |step: &Derivation| step.args.get("record").map(|id| id.text(ducha_core::Lang::En));
        !leaning.is_empty() && derivation.walk().filter_map(named).any(|id| leaning.contains(&id))
    }

    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    // semantics §18.4
    fn extent(
        &self,
        version: Version<'a>,
        consequence: &Consequence,
        extent: &Extent,
        subject: &SubjectId,
        on: NaiveDate,
        value: Option<Points>,
        cause: &Cause,
    ) -> FiredExtent {
        let same_cycle = |window: &Option<WindowOf>| match (window, cause) {
            (
                Some(WindowOf::Days { period }),
                Cause::Tier { window: WindowOf::Days { period: this }, .. },
            ) => period == this,
            _ => true,
        };
        let fired = self.fired_days(core::slice::from_ref(&consequence.id), subject, on);
        let before = fired.iter().filter(|f| same_cycle(&f.window)).count();
        let times = u32::try_from(before).unwrap_or(u32::MAX).max(1);
        let further = match (extent.per, value) {
            (Some(per), Some(value)) if !per.is_zero() => {
                let whole = Rounding { mode: RoundingMode::Floor, to: rust_decimal::Decimal::ONE };
                value
                    .over(per, whole)
                    .and_then(|n| n.minus(Points::ONE))
                    .unwrap_or_default()
                    .max(Points::ZERO)
            }
            _ => Points::ZERO,
        };
        let each = extent.each.unwrap_or_default();
        let more = Points::from(times.saturating_sub(1)).plus(further).and_then(|n| each.times(n));
        let amount = more.and_then(|more| extent.base.plus(more)).unwrap_or(extent.base);
        let amount = extent.max.map_or(amount, |max| amount.min(max));
        let args = Args::none()
            .with("times", times)
            .with("base", extent.base)
            .with("each", each)
            .with("further", further)
            .with("unit", &extent.unit)
            .with(
                "max",
                extent
                    .max
                    .map_or_else(|| Label::new("不限", "none"), |m| Label::same(m.to_string()))
                    .get(ducha_core::Lang::En),
            );
        let derivation = points_step(Step::ExtentOf, args, amount)
            .citing([version.cite_rule("consequence", &consequence.id)]);
        FiredExtent { amount, unit: extent.unit.clone(), derivation }
    }
}
