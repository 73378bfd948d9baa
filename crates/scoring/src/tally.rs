//! Tallies: what is accumulated on a subject over a window (semantics §6, §7).

use crate::{
    adjust::veto_applies,
    assessment::{Leaving, Outcome, TallyStanding, WindowOf},
    count::Counted,
    evaluate::Evaluation,
    price::points_step,
    versions::Version,
    window::{leaves, unanchored},
};
use alloc::{collections::BTreeMap, string::String, string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Derivation, Matter, Need, Points, RecordId, Step, SubjectId, TallyId, Value, message::Args,
};
use ducha_rulebook::annex::{
    award::Stacking,
    clause::VetoEffect,
    tally::{Measure, Tally, TallyKind},
};

/// What a tally was asked for: the version that reckons it, whose, in which window, as of which day.
pub(crate) type Held<'a> = (usize, &'a TallyId, SubjectId, WindowOf, NaiveDate);

impl<'a> Evaluation<'_, 'a> {
    /// What a tally holds for a subject in a window, seen as of a day. Asked by whoever shows it and by every ladder on it, so a
    /// sum is remembered; one of consequences leans on ladders, and what those say may depend on how deep the question lies.
    pub(crate) fn tally(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> TallyStanding {
        if tally.kind != TallyKind::Sum || tally.measure == Measure::Consequences {
            return self.holding(version, tally, subject, window, as_of);
        }
        let asked = (version.number, &tally.id, subject.clone(), window.clone(), as_of);
        if let Some(known) = self.held.borrow().get(&asked) {
            return known.clone();
        }
        let standing = self.holding(version, tally, subject, window, as_of);
        self.held.borrow_mut().insert(asked, standing.clone());
        standing
    }

    fn holding(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> TallyStanding {
        let provisional = matches!(window, WindowOf::Days { period } if as_of < period.last_day());
        let lacking = unanchored(&tally.window, self.roster, subject)
            .or_else(|| self.tally_incomplete(tally, subject, window));
        let reckoned = lacking.map_or_else(
            || match tally.kind {
                TallyKind::Sum => self.sum(version, tally, subject, window, as_of),
                TallyKind::Balance => self.balance_at(version, tally, subject, window, as_of),
            },
            Err,
        );
        let (value, deducted, awarded, derivation) = match reckoned {
            Ok((derivation, deducted, awarded)) => {
                (Outcome::Determined(crate::price::points_of(&derivation)), deducted, awarded, derivation)
            }
            Err(missing) => {
                let args = Args::none().with("tally", &tally.name).with("window", window.text());
                let derivation = Derivation::new(Step::TallyUndetermined, args, undetermined(&missing))
                    .using([because(&missing)]);
                (Outcome::Undetermined(missing), Points::ZERO, Points::ZERO, derivation)
            }
        };
        let leaving = self.leaving(version, tally, subject, window, as_of);
        TallyStanding {
            tally: tally.id.clone(),
            subject: subject.clone(),
            window: window.clone(),
            value,
            deducted,
            awarded,
            provisional,
            version: version.name().into(),
            leaving,
            derivation,
        }
    }

    /// A stateless sum: full marks or nothing, the deductions, the period's cap, the awards, floor and ceiling, vetoes.
    // semantics §7.2
    fn sum(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(Derivation, Points, Points), Need> {
        let counted = self.counted(version, tally, subject, window, as_of)?;
        let named = || Args::none().with("tally", &tally.name).with("window", window.text());
        let cite = || [version.cite_rule("tally", &tally.id)];

        let deductions: Vec<&Counted> = counted.iter().filter(|c| !c.is_award).collect();
        let deducted = Points::sum(deductions.iter().map(|c| c.points))?;
        let mut all_deducted =
            points_step(Step::Deductions, Args::none().with("count", deductions.len()), deducted)
                .using(deductions.iter().map(|c| c.step.clone()));
        if let Some(max) = tally.max_deduction.filter(|max| deducted > *max) {
            all_deducted =
                points_step(Step::PeriodCapped, Args::none().with("from", deducted).with("max", max), max)
                    .citing(cite())
                    .using([all_deducted]);
        }
        let deducted = crate::price::points_of(&all_deducted);

        let all_awarded = Self::awarded(version, &counted)?;
        let awarded = crate::price::points_of(&all_awarded);

        let mut value = match tally.full_marks {
            Some(full) => {
                let left = full.minus(deducted)?.plus(awarded)?;
                points_step(
                    Step::FullMarksLess,
                    named().with("full", full).with("deducted", deducted).with("awarded", awarded),
                    left,
                )
            }
            None => {
                let sum = deducted.minus(awarded)?;
                points_step(Step::AddedUp, named().with("deducted", deducted).with("awarded", awarded), sum)
            }
        }
        .citing(cite())
        .using([all_deducted])
        .using((!awarded.is_zero()).then_some(all_awarded));
        value = bounded(value, tally, &cite());
        if let Some((record, clause)) = self.lost_all(tally, subject, window, as_of)? {
            let floor = tally.floor.unwrap_or(Points::ZERO);
            let args = Args::none()
                .with("record", &record)
                .with("clause", clause.as_str())
                .with("from", crate::price::points_of(&value));
            value = points_step(Step::VetoLoseAll, args, floor).using([value]);
        }
        Ok((value, deducted, awarded))
    }

    /// Awards: of a group only the highest counts, or all.
    // semantics §7.3
    fn awarded(version: Version<'a>, counted: &[Counted]) -> Result<Derivation, Need> {
        let mut groups: BTreeMap<String, Vec<&Counted>> = BTreeMap::new();
        for one in counted.iter().filter(|c| c.is_award) {
            let award = one.award.as_ref().and_then(|id| version.annex.award.iter().find(|a| a.id == *id));
            let group = award.map_or_else(
                || one.step.args.get("clause").map_or_else(String::new, |c| c.text(ducha_core::Lang::En)),
                |a| a.group.as_ref().map_or_else(|| a.id.to_string(), ToString::to_string),
            );
            groups.entry(group).or_default().push(one);
        }
        let mut total = Points::ZERO;
        let mut steps = Vec::new();
        for members in groups.into_values() {
            let award = members
                .iter()
                .find_map(|m| m.award.as_ref())
                .and_then(|id| version.annex.award.iter().find(|a| a.id == *id));
            let highest = award.is_some_and(|a| a.stacking == Stacking::Highest);
            if highest {
                let best = members.iter().map(|m| m.points).max().unwrap_or_default();
                total = total.plus(best)?;
                let step = points_step(Step::HighestAward, Args::none().with("count", members.len()), best);
                steps.push(step.using(members.iter().map(|m| m.step.clone())));
            } else {
                for member in members {
                    total = total.plus(member.points)?;
                    steps.push(member.step.clone());
                }
            }
        }
        Ok(points_step(Step::Awards, Args::none().with("count", steps.len()), total).using(steps))
    }

    /// A veto that takes the whole tally, if one was found in the window.
    fn lost_all(
        &self,
        tally: &Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Option<(RecordId, ducha_core::ClauseId)>, Need> {
        for one in self
            .admitted
            .iter()
            .filter(|one| one.record.subject == *subject && one.record.occurred_on <= as_of)
        {
            let Matter::Finding(finding) = &one.record.matter else { continue };
            let visit = crate::price::moment(one).visit;
            let inside = Self::within(&tally.window, window, one.record.occurred_on, visit);
            if matches!(inside, Ok(false)) {
                continue;
            }
            let Some(clause) = finding.clause.as_ref().and_then(|id| one.version.clause(id)) else {
                continue;
            };
            let hits = clause.veto.iter().any(|veto| {
                veto.effect == VetoEffect::LoseAll
                    && veto.tally.as_ref() == Some(&tally.id)
                    && veto_applies(veto, finding)
            });
            if hits && inside? && self.was_scored(&one.record.id) {
                return Ok(Some((one.record.id.clone(), clause.id.clone())));
            }
        }
        Ok(None)
    }

    /// Which points leave a rolling window, and when.
    // semantics §7.6
    fn leaving(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Vec<Leaving> {
        if !matches!(window, WindowOf::Rolling { .. }) {
            return Vec::new();
        }
        let there: Vec<(RecordId, NaiveDate, Points)> = match tally.kind {
            TallyKind::Sum => {
                let counted = self.counted(version, tally, subject, window, as_of).unwrap_or_default();
                counted.into_iter().map(|c| (c.record, c.date, c.points)).collect()
            }
            // Of what was used up or redeemed nothing is left to leave.
            TallyKind::Balance => self.left(version, tally, subject, as_of).unwrap_or_default(),
        };
        let mut leaving: Vec<Leaving> = there
            .into_iter()
            .filter(|(_, _, points)| !points.is_zero())
            .filter_map(|(record, date, points)| {
                let on = leaves(&tally.window, date).ok().flatten()?;
                Some(Leaving { on, record, points })
            })
            .collect();
        leaving.sort_by(|a, b| (a.on, &a.record).cmp(&(b.on, &b.record)));
        leaving
    }
}

/// Floor and ceiling, as named steps.
pub(crate) fn bounded(value: Derivation, tally: &Tally, cite: &[ducha_core::Citation]) -> Derivation {
    let points = crate::price::points_of(&value);
    let bound = |step, bound: Points, value: Derivation| {
        points_step(step, Args::none().with("from", points), bound)
            .citing(cite.iter().cloned())
            .using([value])
    };
    match (tally.floor, tally.ceiling) {
        (Some(floor), _) if points < floor => bound(Step::Floor, floor, value),
        (_, Some(ceiling)) if points > ceiling => bound(Step::Ceiling, ceiling, value),
        _ => value,
    }
}

/// The value of a step that cannot be known.
pub(crate) fn undetermined(missing: &Need) -> Value {
    Value::Undetermined(alloc::boxed::Box::new(missing.clone()))
}

/// A need as a step of a derivation.
pub(crate) fn because(missing: &Need) -> Derivation {
    Derivation::new(missing.step, missing.args.clone(), Value::None)
}
