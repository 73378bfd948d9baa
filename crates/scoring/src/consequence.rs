//! Consequences: what follows, who decides, until when, how much money (semantics §9, §18; shapes S21–S25).

use crate::{
    assessment::{Cause, Fired, FiredExtent, FiredMoney, Outcome, WindowOf, need},
    crossing::Crossing,
    evaluate::Evaluation,
    price::points_step,
    versions::Version,
};
use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{
    ConsequenceId, Derivation, FactId, Factor, Label, LadderId, Matter, Money, Need, Points, RecordId,
    Rounding, RoundingMode, Step, SubjectId, Value, message::Args, record::standard_fact,
};
use ducha_rulebook::{
    annex::{
        consequence::{Consequence, Extent},
        money::{Direction, Formula, Guard, MoneyRule},
    },
    bound::Bounded,
};

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
            for crossing in self.crossings(ladder, subject) {
                let Some(tier) = self.tier_of(&crossing, ladder) else { continue };
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

    /// Everything that fired on a subject by its tiers and findings within the assessed period.
    // semantics §18.1
    pub(crate) fn firings(&self, subject: &SubjectId) -> Vec<Firing<'a>> {
        let mut firings = Vec::new();
        let ladders: BTreeSet<&'a LadderId> =
            self.versions.iter().flat_map(|v| v.annex.ladder.iter()).map(|l| &l.id).collect();
        for ladder in ladders {
            for crossing in self.crossings(ladder, subject) {
                let Some(version) = self.versions.iter().find(|v| v.number == crossing.version) else {
                    continue;
                };
                let Some(tier) = self.tier_of(&crossing, ladder) else { continue };
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
        firings.retain(|f| self.request.period.is_none_or(|period| period.contains(f.on)));
        firings.sort_by(|a, b| (a.on, &a.consequence.id).cmp(&(b.on, &b.consequence.id)));
        firings
    }

    /// A consequence with everything that it brings.
    pub(crate) fn fire(&self, subject: &SubjectId, firing: Firing<'a>) -> Fired {
        let Firing { consequence, version, on, cause, at_end, value, reason } = firing;
        let due = consequence
            .within
            .as_ref()
            .and_then(|id| version.limit(id))
            .map(|limit| crate::unrectified::due(version, limit, on));
        let money =
            consequence.money.as_ref().map(|rule| self.money(version, rule, subject, on, value, &cause));
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
        let at = match &cause {
            // Judged at a window's end: once in the window. Judged on each record: once on each crossing.
            Cause::Tier { ladder, tier, window } if at_end => format!("{ladder}.{tier}:{}", window.text()),
            Cause::Tier { ladder, tier, .. } => format!("{ladder}.{tier}:{on}"),
            Cause::Finding { record, .. } => format!("finding:{record}"),
            Cause::Ranking { ranking, window } => format!("{ranking}:{}", window.text()),
        };
        Fired {
            id: format!("{}@{subject}/{at}", consequence.id),
            consequence: consequence.id.clone(),
            name: consequence.name.clone(),
            kind: consequence.kind,
            sanction: consequence.sanction,
            subject: subject.clone(),
            cause,
            on,
            provisional: false,
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

    /// The latest fact of a kind about a subject by a day; the local minimum wage may be recorded on anybody.
    fn fact_of(
        &self,
        subject: &SubjectId,
        kind: &FactId,
        by: NaiveDate,
    ) -> Option<(&'a RecordId, Option<ducha_core::Quantity>)> {
        let general = kind.as_str() == standard_fact::MINIMUM_WAGE;
        self.admitted.iter().rev().find_map(|one| match &one.record.matter {
            Matter::Fact(f)
                if f.fact == *kind
                    && one.record.occurred_on <= by
                    && (general || one.record.subject == *subject) =>
            {
                Some((&one.record.id, f.value))
            }
            _ => None,
        })
    }

    /// The sum that a formula is taken of: fixed, or from a fact.
    fn base(
        &self,
        full: Option<Money>,
        of: Option<&FactId>,
        subject: &SubjectId,
        on: NaiveDate,
    ) -> Result<(Money, Option<Derivation>), Need> {
        if let Some(full) = full {
            return Ok((full, None));
        }
        let kind = of.ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", "of")))?;
        let missing = || {
            need(Step::FactMissing, Args::none().with("fact", kind).with("subject", subject).with("day", on))
        };
        let (record, value) = self.fact_of(subject, kind, on).ok_or_else(missing)?;
        // The fact's number is in the rulebook's currency: that is what its kind says.
        let amount: Money = value.ok_or_else(missing)?.cast();
        let args = Args::none().with("record", record).with("fact", kind).with("money", amount);
        Ok((amount, Some(Derivation::new(Step::FactValue, args, Value::Money(amount)))))
    }

    fn money(
        &self,
        version: Version<'a>,
        rule: &MoneyRule,
        subject: &SubjectId,
        on: NaiveDate,
        value: Option<Points>,
        cause: &Cause,
    ) -> FiredMoney {
        let reckoned = self.amount(version, &rule.formula, subject, on, value, cause).and_then(|step| {
            let cites = rule.cite.iter().map(|text| ducha_core::Citation::Text { text: text.clone() });
            let mut step = step.citing(cites);
            if rule.direction == Direction::Withheld {
                for guard in &rule.guards {
                    step = self.guarded(guard, subject, on, step)?;
                }
            }
            Ok(step)
        });
        let (amount, derivation) = match reckoned {
            Ok(step) => (Outcome::Determined(step.money().unwrap_or_default()), step),
            Err(missing) => {
                let step = Derivation::new(
                    Step::MoneyUndetermined,
                    Args::none(),
                    crate::tally::undetermined(&missing),
                )
                .using([crate::tally::because(&missing)]);
                (Outcome::Undetermined(missing), step)
            }
        };
        FiredMoney { amount, nature: rule.nature, direction: rule.direction, derivation }
    }

    // semantics §18.2
    fn amount(
        &self,
        version: Version<'a>,
        formula: &Formula,
        subject: &SubjectId,
        on: NaiveDate,
        value: Option<Points>,
        cause: &Cause,
    ) -> Result<Derivation, Need> {
        let v = || value.ok_or_else(|| need(Step::NoValue, Args::none()));
        let hundred = Factor::from(100);
        let money = |step, args: Args, amount: Money| {
            Derivation::new(step, args.with("money", amount), Value::Money(amount))
        };
        Ok(match formula {
            Formula::Fixed { amount } => money(Step::MoneyFixed, Args::none(), *amount),
            Formula::Linear { rate, above, base, max } => {
                let points = v()?.minus(above.unwrap_or_default())?.max(Points::ZERO);
                let sum = base.unwrap_or_default().plus(rate.times(points)?)?;
                let args = Args::none()
                    .with("rate", *rate)
                    .with("value", points)
                    .with("base", base.unwrap_or_default());
                let step = money(Step::MoneyLinear, args, sum);
                match max.filter(|max| sum > *max) {
                    Some(max) => money(Step::MoneyCapped, Args::none().with("from", sum), max).using([step]),
                    None => step,
                }
            }
            Formula::Scaled { per, rounding, full, of } => {
                let (full, fact) = self.base(*full, of.as_ref(), subject, on)?;
                let amount = full.times(v()?)?.over(*per, *rounding)?;
                let args = Args::none().with("full", full).with("value", v()?).with("per", *per);
                money(Step::MoneyScaled, args, amount).using(fact)
            }
            Formula::Percent { percent, of, rounding } => {
                let (full, fact) = self.base(None, Some(of), subject, on)?;
                let amount = full.times(*percent)?.over(hundred, *rounding)?;
                let args = Args::none().with("full", full).with("percent", percent.decimal());
                money(Step::MoneyPercent, args, amount).using(fact)
            }
            Formula::Banded { bands, of, rounding } => {
                let value = v()?;
                let band = bands.iter().find(|b| b.interval().is_ok_and(|i| i.contains(value.decimal())));
                let band = band.ok_or_else(|| need(Step::InNoBand, Args::none().with("value", value)))?;
                let bounds = band.interval().map_or_else(|_| String::new(), |i| i.to_string());
                let args = Args::none().with("value", value).with("bounds", bounds);
                match (band.amount, band.percent, rounding) {
                    (Some(amount), None, _) => money(Step::MoneyBand, args, amount),
                    (_, Some(percent), Some(rounding)) => {
                        let (full, fact) = self.base(None, of.as_ref(), subject, on)?;
                        let amount = full.times(percent)?.over(hundred, *rounding)?;
                        let amount = amount.plus(band.amount.unwrap_or_default())?;
                        let args = args.with("full", full).with("percent", percent.decimal());
                        money(Step::MoneyBandPercent, args, amount).using(fact)
                    }
                    (_, Some(_), None) => {
                        return Err(need(Step::RoundingMissing, Args::none().with("clause", "")));
                    }
                    (None, None, _) => money(Step::MoneyBand, args, Money::ZERO),
                }
            }
            Formula::DeadZone { threshold, add, rounding, full, of } => {
                let (full, fact) = self.base(*full, of.as_ref(), subject, on)?;
                let value = v()?;
                let args = Args::none()
                    .with("full", full)
                    .with("value", value)
                    .with("threshold", *threshold)
                    .with("add", *add);
                if value >= *threshold {
                    money(Step::MoneyFull, args, full).using(fact)
                } else {
                    let percent = value.plus(*add)?;
                    let amount = full.times(percent)?.over(hundred, *rounding)?;
                    money(Step::MoneyDeadZone, args.with("percent", percent), amount).using(fact)
                }
            }
            Formula::Tally { tally } => {
                let rule = version
                    .tally(tally)
                    .ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", tally)))?;
                let moment = Self::moment_of(on);
                let window = match cause {
                    Cause::Tier { window: WindowOf::Inspection { inspection, day }, .. } => {
                        WindowOf::Inspection { inspection: inspection.clone(), day: *day }
                    }
                    _ => crate::window::window_of(&rule.window, version, self.roster, subject, &moment)?,
                };
                let standing =
                    self.tally(version, rule, subject, &window, on.max(window.last_day()).min(self.as_of));
                match standing.value {
                    // A money tally holds money: its measure says so.
                    Outcome::Determined(value) => {
                        money(Step::MoneyTally, Args::none().with("tally", &rule.name), value.cast())
                            .using([standing.derivation])
                    }
                    Outcome::Undetermined(missing) => return Err(missing),
                }
            }
        })
    }

    /// A bound that law sets on what is withheld.
    // semantics §18.3
    fn guarded(
        &self,
        guard: &Guard,
        subject: &SubjectId,
        on: NaiveDate,
        step: Derivation,
    ) -> Result<Derivation, Need> {
        let cite = ducha_core::Citation::Law { name: guard.law.clone(), section: guard.section.clone() };
        let mut step = step;
        if let (Some(percent), Some(of)) = (guard.max_percent, &guard.of) {
            let (whole, fact) = self.base(None, Some(of), subject, on)?;
            let rounding = guard
                .rounding
                .unwrap_or(Rounding { mode: RoundingMode::Down, to: rust_decimal::Decimal::new(1, 2) });
            let most = whole.times(percent)?.over(Factor::from(100), rounding)?;
            step = lowered(
                step,
                most,
                Step::GuardPercent,
                Args::none().with("percent", percent.decimal()).with("whole", whole),
                &cite,
                fact,
            );
        }
        if let Some(least) = &guard.keep_at_least {
            let (least, floor_fact) = self.base(None, Some(least), subject, on)?;
            let wage = match &guard.of {
                Some(of) => of.clone(),
                None => FactId::new(standard_fact::WAGE)
                    .map_err(|_| need(Step::RuleMissing, Args::none().with("id", "wage")))?,
            };
            let (whole, _) = self.base(None, Some(&wage), subject, on)?;
            let most = whole.minus(least)?.max(Money::ZERO);
            step = lowered(
                step,
                most,
                Step::GuardFloor,
                Args::none().with("least", least).with("whole", whole),
                &cite,
                floor_fact,
            );
        }
        Ok(step)
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

fn lowered(
    step: Derivation,
    most: Money,
    kind: Step,
    args: Args,
    cite: &ducha_core::Citation,
    fact: Option<Derivation>,
) -> Derivation {
    let amount = step.money().unwrap_or_default();
    if amount <= most {
        return step;
    }
    Derivation::new(kind, args.with("from", amount).with("money", most), Value::Money(most))
        .citing([cite.clone()])
        .using([step])
        .using(fact)
}
