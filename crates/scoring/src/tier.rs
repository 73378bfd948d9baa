//! Tiers: which one a subject stands on, when one was crossed, how far the next is (semantics §9, §10).

use crate::{
    adjust::veto_applies,
    assessment::{Outcome, WindowOf, need},
    evaluate::Evaluation,
    tally::{because, undetermined},
    versions::Version,
    window::{leaves, window_of},
};
use alloc::{string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Derivation, LadderId, Matter, Need, Points, RecordId, Step, SubjectId, TierId, Value, message::Args,
};
use ducha_rulebook::{
    annex::{
        clause::VetoEffect,
        ladder::{Condition, Gaps, Judged, Ladder, MeasureOf, Select, SeveralDown, Tier},
        tally::{Tally, TallyKind},
        window::{NamedWindow, Window},
    },
    bound::Bounded,
};

/// A tier as it was judged: its place on the ladder, the value it was judged by, and why.
#[derive(Clone)]
pub(crate) struct Judgement {
    pub(crate) place: Outcome<usize>,
    pub(crate) value: Option<Points>,
    pub(crate) derivation: Derivation,
}

/// What a ladder's value is accumulated in.
pub(crate) enum Measured<'a> {
    Tally(&'a Tally),
    Index(&'a ducha_rulebook::annex::index::Index),
}

impl<'a> Evaluation<'_, 'a> {
    /// What the ladder is about: its own measure, or that of its first condition.
    pub(crate) fn measured(version: Version<'a>, ladder: &'a Ladder) -> Option<Measured<'a>> {
        let of = |tally: Option<&ducha_core::TallyId>, index: Option<&ducha_core::IndexId>| {
            tally
                .and_then(|id| version.tally(id))
                .map(Measured::Tally)
                .or_else(|| index.and_then(|id| version.index(id)).map(Measured::Index))
        };
        let own = ladder.on.as_ref().and_then(|on| of(on.tally.as_ref(), on.index.as_ref()));
        own.or_else(|| {
            let conditions = ladder.tier.iter().flat_map(|t| &t.when);
            conditions.into_iter().find_map(|c| {
                let tally = c.tally.as_ref().or(c.largest_of.as_ref()).or(c.count_of.as_ref());
                of(tally, c.index.as_ref()).or_else(|| {
                    let other = c
                        .ladder
                        .as_ref()
                        .and_then(|id| version.ladder(id))
                        .filter(|other| other.id != ladder.id)?;
                    let on = other.on.as_ref()?;
                    of(on.tally.as_ref(), on.index.as_ref())
                })
            })
        })
    }

    /// The window in which the ladder is judged.
    pub(crate) fn ladder_window(version: Version<'a>, ladder: &'a Ladder) -> Option<&'a Window> {
        Self::measured(version, ladder).map(|m| match m {
            Measured::Tally(tally) => &tally.window,
            Measured::Index(index) => &index.window,
        })
    }

    /// On which days the ladder is judged.
    // semantics §9.6
    pub(crate) fn judged(version: Version<'a>, ladder: &'a Ladder) -> Judged {
        // An inspection is one event: it is judged once, on its day.
        if Self::ladder_window(version, ladder) == Some(&Window::Named(NamedWindow::Inspection)) {
            return Judged::WindowEnd;
        }
        ladder.judged.unwrap_or_else(|| match Self::measured(version, ladder) {
            Some(Measured::Tally(tally)) if tally.kind == TallyKind::Balance => Judged::EachRecord,
            Some(Measured::Tally(tally)) => match tally.window {
                Window::Rolling(_) | Window::Cycle(_) | Window::Named(NamedWindow::Ever) => {
                    Judged::EachRecord
                }
                Window::Named(_) => Judged::WindowEnd,
            },
            Some(Measured::Index(index)) => match index.window {
                Window::Rolling(_) | Window::Named(NamedWindow::Ever) => Judged::EachRecord,
                Window::Named(_) | Window::Cycle(_) => Judged::WindowEnd,
            },
            None => Judged::WindowEnd,
        })
    }

    /// The value of a measure for a subject in the window that holds the last day of another.
    // semantics §9.1
    fn value_in(
        &self,
        version: Version<'a>,
        of: &MeasureOf,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(Points, Derivation), Need> {
        let missing = || need(Step::RuleMissing, Args::none().with("id", ""));
        let standing = if let Some(tally) = of.tally.as_ref().and_then(|id| version.tally(id)) {
            let window = self.window_like(version, &tally.window, subject, window, as_of)?;
            let standing = self.tally(version, tally, subject, &window, as_of);
            (standing.value, standing.derivation)
        } else if let Some(index) = of.index.as_ref().and_then(|id| version.index(id)) {
            let window = self.window_like(version, &index.window, subject, window, as_of)?;
            let standing = self.index(version, index, subject, &window, as_of);
            (standing.value, standing.derivation)
        } else {
            return Err(missing());
        };
        match standing {
            (Outcome::Determined(value), derivation) => Ok((value, derivation)),
            (Outcome::Undetermined(missing), _) => Err(missing),
        }
    }

    /// The window of another kind that holds the last day of this one.
    fn window_like(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<WindowOf, Need> {
        let day = window.last_day().min(as_of);
        match (kind, window) {
            (Window::Named(NamedWindow::Inspection), WindowOf::Inspection { .. }) => Ok(window.clone()),
            (Window::Rolling(_), _) => Ok(WindowOf::Rolling { as_of: day }),
            (Window::Named(NamedWindow::Ever), _) => Ok(WindowOf::Ever { as_of: day }),
            (_, WindowOf::Days { period }) => {
                let day = day.max(period.from);
                window_of(kind, version, self.roster, subject, &Self::moment_of(day))
            }
            _ => window_of(kind, version, self.roster, subject, &Self::moment_of(window.last_day())),
        }
    }

    /// The tier of a subject in a window, as of a day.
    pub(crate) fn judge(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Judgement {
        let found = match ladder.select {
            Select::Band => self.by_band(version, ladder, subject, window, as_of),
            Select::WorstMatching => self.worst_matching(version, ladder, subject, window, as_of),
        };
        let judged = match found {
            Ok((place, value, derivation)) => self
                .overridden(version, ladder, subject, window, as_of, place, derivation)
                .map(|(place, derivation)| (place, value, derivation)),
            Err(missing) => self.forced(version, ladder, subject, window, as_of, missing),
        };
        match judged {
            Ok((place, value, derivation)) => {
                Judgement { place: Outcome::Determined(place), value, derivation }
            }
            Err(missing) => Judgement {
                derivation: open_tier(ladder, window, &missing),
                place: Outcome::Undetermined(missing),
                value: None,
            },
        }
    }

    /// The worst tier, where a veto forces it although the value cannot be known.
    fn forced(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
        missing: Need,
    ) -> Result<(usize, Option<Points>, Derivation), Need> {
        let open = open_tier(ladder, window, &missing);
        let (place, derivation) = self.overridden(version, ladder, subject, window, as_of, 0, open)?;
        if derivation.step == Step::VetoWorst { Ok((place, None, derivation)) } else { Err(missing) }
    }

    // semantics §9.2
    fn by_band(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(usize, Option<Points>, Derivation), Need> {
        let _deeper = self.deeper()?;
        let on =
            ladder.on.as_ref().ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", &ladder.id)))?;
        let (value, reason) = self.value_in(version, on, subject, window, as_of)?;
        let (place, derivation) = tier_of_value(version, ladder, value)?;
        Ok((place, Some(value), derivation.using([reason])))
    }

    // semantics §9.3
    fn worst_matching(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(usize, Option<Points>, Derivation), Need> {
        let _deeper = self.deeper()?;
        let value = ladder
            .on
            .as_ref()
            .and_then(|on| self.value_in(version, on, subject, window, as_of).ok())
            .map(|(value, _)| value);
        for (place, tier) in ladder.tier.iter().enumerate().rev() {
            if tier.otherwise && tier.when.is_empty() {
                continue;
            }
            let mut reasons = Vec::new();
            // One condition that fails decides, whatever cannot be known of the others.
            let mut open = None;
            let mut holds = !tier.when.is_empty();
            for condition in &tier.when {
                match self.condition(version, ladder, condition, subject, window, as_of) {
                    Ok((met, reason)) => {
                        holds &= met;
                        reasons.push(reason);
                    }
                    Err(missing) => open = open.or(Some(missing)),
                }
            }
            if let Some(missing) = open.filter(|_| holds) {
                return Err(missing);
            }
            if holds {
                let args = Args::none().with("ladder", &ladder.name).with("tier", &tier.name);
                let step = Derivation::new(Step::TierWhen, args, Value::Tier(tier.id.clone()));
                return Ok((place, value, step.citing(cite(version, ladder, tier)).using(reasons)));
            }
        }
        let otherwise = ladder.tier.iter().position(|t| t.otherwise);
        match otherwise.and_then(|place| ladder.tier.get(place).map(|tier| (place, tier))) {
            Some((place, tier)) => {
                let args = Args::none().with("ladder", &ladder.name).with("tier", &tier.name);
                let step = Derivation::new(Step::TierOtherwise, args, Value::Tier(tier.id.clone()));
                Ok((place, value, step.citing(cite(version, ladder, tier))))
            }
            None => Err(need(
                Step::InNoTier,
                Args::none().with("ladder", &ladder.name).with("value", value.unwrap_or_default()),
            )),
        }
    }

    /// Whether a condition holds, and why.
    fn condition(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        condition: &'a Condition,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(bool, Derivation), Need> {
        if let (Some(other), Some(tier)) = (&condition.ladder, &condition.tier) {
            return self.in_windows(version, other, tier, condition, subject, window, as_of);
        }
        let of = |tally: &Option<ducha_core::TallyId>| MeasureOf { tally: tally.clone(), index: None };
        let (value, reason) = if condition.tally.is_some() || condition.index.is_some() {
            let of = MeasureOf { tally: condition.tally.clone(), index: condition.index.clone() };
            self.value_in(version, &of, subject, window, as_of)?
        } else {
            let single = condition.largest_of.is_some();
            let id = if single { &condition.largest_of } else { &condition.count_of };
            // Asked for its completeness first: what is not complete has no largest entry.
            let (_, reason) = self.value_in(version, &of(id), subject, window, as_of)?;
            let tally = id
                .as_ref()
                .and_then(|id| version.tally(id))
                .ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", &ladder.id)))?;
            let window = self.window_like(version, &tally.window, subject, window, as_of)?;
            let counted = self.counted(version, tally, subject, &window, as_of)?;
            let entries = counted.iter().filter(|c| !c.is_award);
            let value = if single {
                entries.map(|c| c.points).max().unwrap_or_default()
            } else {
                // What costs nothing here is a finding perhaps, but no deduction (semantics §11).
                let entries = entries.filter(|c| !c.points.is_zero());
                Points::from(u32::try_from(entries.count()).unwrap_or(u32::MAX))
            };
            let step = if single { Step::LargestEntry } else { Step::NumberOfEntries };
            (
                value,
                Derivation::new(step, Args::none().with("points", value), Value::Points(value))
                    .using([reason]),
            )
        };
        let holds = condition.interval().is_ok_and(|interval| interval.contains(value.decimal()));
        let bounds = condition.interval().map_or_else(|_| ToString::to_string(""), |i| i.to_string());
        let step = if holds { Step::ConditionHolds } else { Step::ConditionFails };
        Ok((
            holds,
            Derivation::new(step, Args::none().with("value", value).with("bounds", bounds), Value::None)
                .using([reason]),
        ))
    }

    /// Whether a tier was reached in k of the last n closed windows, the assessed one included (S20).
    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    // semantics §9.4
    fn in_windows(
        &self,
        version: Version<'a>,
        other: &LadderId,
        tier: &TierId,
        condition: &Condition,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(bool, Derivation), Need> {
        let _deeper = self.deeper()?;
        let missing = || need(Step::RuleMissing, Args::none().with("id", other));
        let ladder = version.ladder(other).ok_or_else(missing)?;
        let kind = Self::ladder_window(version, ladder).ok_or_else(missing)?;
        let wanted = condition.windows.unwrap_or(1);
        let out_of = condition.out_of.unwrap_or(wanted).max(1);
        let mut at = self.window_like(version, kind, subject, window, as_of)?;
        let (mut seen, mut met) = (0_u32, 0_u32);
        let mut steps = Vec::new();
        // Skipped windows reach further back, but not for ever.
        let mut patience = out_of.saturating_add(36);
        while seen < out_of && patience > 0 {
            patience = patience.saturating_sub(1);
            // Each window by the version that judges it; where there is none, or no subject yet, there is a gap.
            let judge = self.versions.judging(at.last_day());
            let (by, its_ladder) =
                judge.and_then(|v| v.ladder(other).map(|ladder| (v, ladder))).unwrap_or((version, ladder));
            let asked = its_ladder.tier.iter().position(|t| t.id == *tier);
            let judgement = self.judge(by, its_ladder, subject, &at, as_of.max(at.last_day()));
            let place = judgement.place.value().filter(|_| judge.is_some() && self.concerned(subject, &at));
            let hit = place.map(|place| {
                asked.is_some_and(|asked| if condition.or_worse { *place >= asked } else { *place == asked })
            });
            match hit {
                Some(hit) => {
                    seen = seen.saturating_add(1);
                    met = met.saturating_add(u32::from(hit));
                    let args =
                        Args::none().with("window", at.text()).with("met", if hit { "✓" } else { "✗" });
                    steps.push(
                        Derivation::new(Step::InWindow, args, Value::None).using([judgement.derivation]),
                    );
                }
                None if condition.gaps == Some(Gaps::Skip) => {}
                None => seen = seen.saturating_add(1),
            }
            let WindowOf::Days { period } = &at else { break };
            let Some(before) = period.from.pred_opt() else { break };
            let Ok(earlier) = window_of(kind, version, self.roster, subject, &Self::moment_of(before)) else {
                break;
            };
            at = earlier;
        }
        let holds = met >= wanted;
        let args = Args::none()
            .with("ladder", &ladder.name)
            .with("tier", tier)
            .with("met", met)
            .with("wanted", wanted)
            .with("out_of", out_of);
        let step = if holds { Step::WindowsHold } else { Step::WindowsFail };
        Ok((holds, Derivation::new(step, args, Value::None).using(steps)))
    }

    /// Vetoes come last: the worst tier, or some tiers down.
    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    // semantics §9.5
    pub(crate) fn overridden(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
        place: usize,
        derivation: Derivation,
    ) -> Result<(usize, Derivation), Need> {
        let worst = ladder.tier.len().saturating_sub(1);
        let mut downs: Vec<(u32, RecordId)> = Vec::new();
        let mut forced: Option<RecordId> = None;
        for one in self
            .admitted
            .iter()
            .filter(|one| one.record.subject == *subject && one.record.occurred_on <= as_of)
        {
            let Matter::Finding(finding) = &one.record.matter else { continue };
            let inside = Self::in_ladder_window(version, ladder, window, one);
            if matches!(inside, Ok(false)) {
                continue;
            }
            let Some(clause) = finding.clause.as_ref().and_then(|id| one.version.clause(id)) else {
                continue;
            };
            if !self.was_scored(&one.record.id) || !inside? {
                continue;
            }
            for veto in clause
                .veto
                .iter()
                .filter(|v| v.ladder.as_ref() == Some(&ladder.id) && veto_applies(v, finding))
            {
                match veto.effect {
                    VetoEffect::WorstTier => forced = forced.or(Some(one.record.id.clone())),
                    VetoEffect::Down => downs.push((veto.tiers.unwrap_or(1), one.record.id.clone())),
                    VetoEffect::LoseAll | VetoEffect::LoseItem => {}
                }
            }
        }
        let (mut place, mut derivation) = (place, derivation);
        if !downs.is_empty() {
            let fall = match ladder.several_down {
                Some(SeveralDown::Sum) => downs.iter().fold(0_u32, |sum, (n, _)| sum.saturating_add(*n)),
                _ => downs.iter().map(|(n, _)| *n).max().unwrap_or(0),
            };
            let to = place.saturating_add(usize::try_from(fall).unwrap_or(usize::MAX)).min(worst);
            let records: Vec<&str> = downs.iter().map(|(_, id)| id.as_str()).collect();
            derivation = veto_step(
                version,
                ladder,
                to,
                Step::VetoDown,
                Args::none().with("tiers", fall).with("records", records.join(", ")),
                derivation,
            );
            place = to;
        }
        if let Some(record) = forced {
            derivation = veto_step(
                version,
                ladder,
                worst,
                Step::VetoWorst,
                Args::none().with("records", &record),
                derivation,
            );
            place = worst;
        }
        Ok((place, derivation))
    }

    fn in_ladder_window(
        version: Version<'a>,
        ladder: &'a Ladder,
        window: &WindowOf,
        one: &crate::admit::Admitted<'_>,
    ) -> Result<bool, Need> {
        let moment = crate::price::moment(one);
        Ok(match window {
            WindowOf::Days { period } => period.contains(moment.day),
            WindowOf::Inspection { inspection, .. } => moment.visit.is(inspection),
            WindowOf::Ever { as_of } => moment.day <= *as_of,
            WindowOf::Rolling { as_of } => {
                let kind = Self::ladder_window(version, ladder);
                let end = kind.map(|kind| leaves(kind, moment.day)).transpose()?.flatten();
                moment.day <= *as_of && end.is_none_or(|end| *as_of < end)
            }
        })
    }
}

/// That the tier cannot be known, and why.
fn open_tier(ladder: &Ladder, window: &WindowOf, missing: &Need) -> Derivation {
    let args = Args::none().with("ladder", &ladder.name).with("window", window.text());
    Derivation::new(Step::TierUndetermined, args, undetermined(missing)).using([because(missing)])
}

/// The tier in whose band a value lies: the one matcher for run and proof.
pub(crate) fn tier_of_value(
    version: Version<'_>,
    ladder: &Ladder,
    value: Points,
) -> Result<(usize, Derivation), Need> {
    let holds = |tier: &Tier| !tier.otherwise && tier.holds(value.decimal());
    // An overlap is refused by `check`; where the real rules have one, nobody can say which tier holds.
    let tiers = || ladder.tier.iter().enumerate();
    let holding: Vec<(usize, &Tier)> = tiers().filter(|(_, tier)| holds(tier)).collect();
    if holding.len() > 1 {
        let ids: Vec<&str> = holding.iter().map(|(_, tier)| tier.id.as_str()).collect();
        let args =
            Args::none().with("ladder", &ladder.name).with("value", value).with("tiers", ids.join(", "));
        return Err(need(Step::InSeveralTiers, args));
    }
    let found = holding.first().copied().or_else(|| tiers().find(|(_, tier)| tier.otherwise));
    let Some((place, tier)) = found else {
        return Err(need(Step::InNoTier, Args::none().with("ladder", &ladder.name).with("value", value)));
    };
    let bounds = tier.interval().map_or_else(|_| ToString::to_string(""), |i| i.to_string());
    let args = Args::none()
        .with("ladder", &ladder.name)
        .with("tier", &tier.name)
        .with("value", value)
        .with("bounds", bounds);
    let step = Derivation::new(Step::TierBand, args, Value::Tier(tier.id.clone()))
        .citing(cite(version, ladder, tier));
    Ok((place, step))
}

fn cite(version: Version<'_>, ladder: &Ladder, tier: &Tier) -> Vec<ducha_core::Citation> {
    let article = ladder.article.map(|article| ducha_core::Citation::Article { article });
    article
        .into_iter()
        .chain([version.cite_rule("ladder", alloc::format!("{}/{}", ladder.id, tier.id))])
        .collect()
}

fn veto_step(
    version: Version<'_>,
    ladder: &Ladder,
    place: usize,
    step: Step,
    args: Args,
    before: Derivation,
) -> Derivation {
    let Some(tier) = ladder.tier.get(place) else { return before };
    let args = args.with("tier", &tier.name);
    Derivation::new(step, args, Value::Tier(tier.id.clone()))
        .citing(cite(version, ladder, tier))
        .using([before])
}
