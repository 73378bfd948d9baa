//! What a tally counts: entries, inspections and consequences, of whom and from which day (semantics §7.1, §7.5).

use crate::{
    assessment::{Entry, EntryKind, WindowOf},
    draft::in_scope,
    evaluate::Evaluation,
    price::points_step,
    versions::Version,
    window::{Visit, leaves, off_the_calendar, visit},
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{
    Derivation, Factor, Matter, Need, Points, RecordId, Step, SubjectId, message::Args, record::standard_fact,
};
use ducha_rulebook::annex::{
    duty::TransitionRule,
    tally::{DatedBy, Measure, Tally},
    window::Window,
};

/// Something that a tally counts: of which record, from which day, how much, by what step.
#[derive(Clone)]
pub(crate) struct Counted {
    pub(crate) record: RecordId,
    pub(crate) date: NaiveDate,
    pub(crate) order: usize,
    pub(crate) points: Points,
    pub(crate) step: Derivation,
    pub(crate) award: Option<ducha_core::AwardId>,
    pub(crate) is_award: bool,
}

impl<'a> Evaluation<'_, 'a> {
    /// The day that dates an entry in this tally.
    fn date(tally: &Tally, entry: &Entry) -> Option<NaiveDate> {
        match tally.dated_by {
            None | Some(DatedBy::OccurredOn) => Some(entry.day),
            Some(DatedBy::RecordedOn) => Some(entry.recorded_on),
            Some(DatedBy::DecidedOn) => entry.decided_on,
        }
    }

    /// Whether a day (and inspection) lies in a window.
    pub(crate) fn within(
        kind: &Window,
        window: &WindowOf,
        date: NaiveDate,
        visit: Visit<'_>,
    ) -> Result<bool, Need> {
        Ok(match window {
            WindowOf::Days { period } => period.contains(date),
            WindowOf::Inspection { inspection, .. } => visit.is(inspection),
            WindowOf::Rolling { as_of } => {
                date <= *as_of && leaves(kind, date)?.is_none_or(|end| *as_of < end)
            }
            WindowOf::Ever { as_of } => date <= *as_of,
        })
    }

    /// The subjects of which something may count for this one: itself and, where a tally inherits, whoever passed on (S41).
    // semantics §7.5
    pub(crate) fn predecessors(&self, tally: &Tally, subject: &SubjectId) -> Vec<SubjectId> {
        let mut whose = alloc::vec![subject.clone()];
        for (_, from, _) in self.successions().filter(|_| tally.inherit) {
            if !whose.contains(from) {
                whose.push(from.clone());
            }
        }
        whose
    }

    /// Who passed what he had to whom, on which day, in canonical order.
    pub(crate) fn successions(&self) -> impl Iterator<Item = (NaiveDate, &'a SubjectId, &'a SubjectId)> {
        self.admitted.iter().filter_map(|one| match &one.record.matter {
            Matter::Fact(f) if f.fact.as_str() == standard_fact::SUCCEEDED_BY => {
                Some((one.record.occurred_on, &one.record.subject, f.other.as_ref()?))
            }
            _ => None,
        })
    }

    /// Who has at the end of a day what was brought upon a subject on an earlier one: it passes on with each succession since.
    fn holder<'s>(&self, subject: &'s SubjectId, date: NaiveDate, until: NaiveDate) -> &'s SubjectId
    where
        'a: 's,
    {
        let since = self.successions().filter(|(on, ..)| date <= *on && *on <= until);
        since.fold(subject, |holder, (_, from, to)| if from == holder { to } else { holder })
    }

    /// Everything that the tally counts in the window by the end of the day, in canonical order.
    // semantics §7.1
    pub(crate) fn counted(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Vec<Counted>, Need> {
        // What passed on after the window's end does not rewrite it (semantics §7.5).
        let seen = window.last_day().min(as_of);
        let mut counted = Vec::new();
        for whose in self.predecessors(tally, subject) {
            let mut of_one = Vec::new();
            match tally.measure {
                Measure::Points | Measure::Money | Measure::Findings => {
                    for entry in self.entries_of(&whose) {
                        of_one.extend(self.count_entry(version, tally, window, entry, as_of, seen)?);
                    }
                }
                Measure::Inspections => {
                    self.count_inspections(tally, &whose, window, as_of, seen, &mut of_one)?;
                }
                Measure::Consequences => {
                    self.count_consequences(tally, &whose, window, as_of, &mut of_one)?;
                }
            }
            of_one.retain(|one| !tally.inherit || self.holder(&whose, one.date, seen) == subject);
            counted.append(&mut of_one);
        }
        counted.sort_by_key(|c| (c.date, c.order));
        Ok(counted)
    }

    fn count_entry(
        &self,
        version: Version<'a>,
        tally: &Tally,
        window: &WindowOf,
        entry: &Entry,
        last: NaiveDate,
        seen: NaiveDate,
    ) -> Result<Option<Counted>, Need> {
        let Some(date) = Self::date(tally, entry).filter(|date| *date <= last) else { return Ok(None) };
        let visit = visit(entry.inspection.as_ref(), &entry.record);
        if !Self::within(&tally.window, window, date, visit)?
            || self.closed_before(version, tally, entry)
            || self.retired_before(version, tally, entry)
        {
            return Ok(None);
        }
        let is_award = entry.kind == EntryKind::Award;
        let listed = match &entry.award {
            Some(award) => tally.awards.contains(award),
            None if is_award && !tally.bonuses.unwrap_or(tally.full_marks.is_some()) => false,
            None => self.clause_in_scope(version, tally, entry),
        };
        let amount = match tally.measure {
            Measure::Points => entry.points,
            // Money tallies hold money: the number is the same, the unit is told by the tally's measure.
            Measure::Money => entry.money.as_ref().map_or(Points::ZERO, |m| m.amount.cast()),
            _ if entry.kind == EntryKind::Deduction && self.is_finding(&entry.record) => Points::ONE,
            _ => return Ok(None),
        };
        if !listed || (is_award && tally.measure != Measure::Points) {
            return Ok(None);
        }
        let weight = weight(tally, date, seen)?;
        let Some(points) = weight.map(|w| amount.times(w)).transpose()? else { return Ok(None) };
        let args = Args::none()
            .with("record", &entry.record)
            .with("clause", entry.clause.as_ref().map_or("", |c| c.as_str()))
            .with("award", entry.award.as_ref().map_or("", |a| a.as_str()))
            .with("day", date)
            .with("weight", weight.unwrap_or(Factor::ONE).decimal())
            .with("from", amount);
        let step = match (is_award, tally.ages.is_empty()) {
            (true, _) => Step::CountedAward,
            (false, true) => Step::CountedEntry,
            (false, false) => Step::CountedWeighted,
        };
        Ok(Some(Counted {
            record: entry.record.clone(),
            date,
            order: entry.number,
            points,
            step: points_step(step, args, points),
            award: entry.award.clone(),
            is_award,
        }))
    }

    /// Whether the record tells of a finding: a measurement that met its target found nothing.
    fn is_finding(&self, record: &RecordId) -> bool {
        let one = self.admitted.iter().find(|one| one.record.id == *record);
        one.is_some_and(|one| matches!(one.record.matter, Matter::Finding(_)))
    }

    /// Whether the tally was retired by the entry's day: a later version without it was in force (semantics §2).
    fn retired_before(&self, version: Version<'_>, tally: &Tally, entry: &Entry) -> bool {
        self.versions
            .in_force(entry.day)
            .is_some_and(|later| later.number > version.number && later.tally(&tally.id).is_none())
    }

    /// Whether a transition of this version or of one before it closed the tally after the entry.
    fn closed_before(&self, version: Version<'_>, tally: &Tally, entry: &Entry) -> bool {
        let closes = |v: &Version<'_>| {
            v.annex.transition.iter().any(|t| t.tally == tally.id && t.rule == TransitionRule::Close)
        };
        let closed = self.versions.iter().filter(|v| v.number <= version.number).filter(closes);
        closed.into_iter().any(|v| entry.day < v.annex.rulebook.from)
    }

    fn clause_in_scope(&self, version: Version<'_>, tally: &Tally, entry: &Entry) -> bool {
        let Some(scope) = &tally.scope else { return true };
        let pricing =
            self.versions.iter().find(|v| v.name() == entry.version && v.clause_opt(entry).is_some());
        let Some((pricing, clause)) = pricing.and_then(|v| v.clause_opt(entry).map(|c| (v, c))) else {
            return false;
        };
        let source =
            self.admitted.iter().find(|one| one.record.id == entry.record).and_then(|one| {
                match &one.record.matter {
                    Matter::Finding(f) => f.source.as_ref(),
                    Matter::Measurement(m) => m.source.as_ref(),
                    _ => None,
                }
            });
        in_scope(scope, version, pricing, clause, source)
    }

    fn count_inspections(
        &self,
        tally: &Tally,
        whose: &SubjectId,
        window: &WindowOf,
        last: NaiveDate,
        seen: NaiveDate,
        counted: &mut Vec<Counted>,
    ) -> Result<(), Need> {
        for (order, one) in self.admitted.iter().enumerate() {
            let Matter::Inspection(inspection) = &one.record.matter else { continue };
            let date = one.record.occurred_on;
            if one.record.subject != *whose
                || date > last
                || !Self::within(&tally.window, window, date, Visit::Inspection(&inspection.inspection))?
            {
                continue;
            }
            let Some(weight) = weight(tally, date, seen)? else { continue };
            let exposure = inspection.weight.unwrap_or(Factor::ONE);
            let points = Points::ONE.times(exposure)?.times(weight)?;
            let args = Args::none()
                .with("record", &one.record.id)
                .with("day", date)
                .with("exposure", exposure.decimal())
                .with("weight", weight.decimal());
            let step = points_step(Step::CountedInspection, args, points);
            counted.push(Counted {
                record: one.record.id.clone(),
                date,
                order,
                points,
                step,
                award: None,
                is_award: false,
            });
        }
        Ok(())
    }

    fn count_consequences(
        &self,
        tally: &Tally,
        whose: &SubjectId,
        window: &WindowOf,
        last: NaiveDate,
        counted: &mut Vec<Counted>,
    ) -> Result<(), Need> {
        for (day, missing) in self.unknown_days(&tally.consequences, whose) {
            if day <= last && Self::within(&tally.window, window, day, Visit::Nothing)? {
                return Err(missing);
            }
        }
        for (order, fired) in self.fired_days(&tally.consequences, whose, last).into_iter().enumerate() {
            let (id, date, cause) = (fired.consequence, fired.on, fired.record);
            if date > last || !Self::within(&tally.window, window, date, Visit::Nothing)? {
                continue;
            }
            let args = Args::none().with("consequence", &id).with("day", date);
            let step = points_step(Step::CountedConsequence, args, Points::ONE);
            counted.push(Counted {
                record: cause,
                date,
                order,
                points: Points::ONE,
                step,
                award: None,
                is_award: false,
            });
        }
        Ok(())
    }
}

impl<'a> Version<'a> {
    fn clause_opt(&self, entry: &Entry) -> Option<&'a ducha_rulebook::annex::clause::Clause> {
        self.clause(entry.clause.as_ref()?)
    }
}

/// The weight of an entry by its age (S35); nothing beyond the last step; one where no ages are declared.
// semantics §7.1
fn weight(tally: &Tally, date: NaiveDate, as_of: NaiveDate) -> Result<Option<Factor>, Need> {
    if tally.ages.is_empty() {
        return Ok(Some(Factor::ONE));
    }
    for age in &tally.ages {
        let end = live_until(date, age.up_to, age.last_day).map_err(|_| off_the_calendar(date))?;
        if as_of < end {
            return Ok(Some(age.weight));
        }
    }
    Ok(None)
}
