//! Tallies: what is accumulated on a subject over a window (semantics §6, §7).

use crate::{
    adjust::veto_applies,
    assessment::{Entry, EntryKind, Leaving, Outcome, TallyStanding, WindowOf, need},
    draft::in_scope,
    evaluate::Evaluation,
    price::points_step,
    versions::Version,
    window::{first_cycle, leaves, off_the_calendar, unanchored, visit},
};
use alloc::{collections::BTreeMap, string::String, string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{
    Derivation, Factor, Matter, Need, Points, RecordId, Step, SubjectId, Value, message::Args,
    record::standard_fact,
};
use ducha_rulebook::annex::{
    award::Stacking,
    clause::VetoEffect,
    duty::TransitionRule,
    tally::{DatedBy, Measure, Tally, TallyKind},
    window::{NamedWindow, Window},
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
    /// What a tally holds for a subject in a window, seen as of a day.
    pub(crate) fn tally(
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

    /// Why the records do not suffice for what a tally holds in a window.
    // semantics §13
    pub(crate) fn tally_incomplete(
        &self,
        tally: &Tally,
        subject: &SubjectId,
        window: &WindowOf,
    ) -> Option<Need> {
        // What a predecessor had before the subject was there passes to it all the same.
        let inherits = tally.inherit && self.successions().any(|(_, _, to)| to == subject);
        let present = self.roster.first_day(subject).filter(|_| !inherits);
        if remembers(tally) {
            // Before the anchor there is no cycle, and so nothing to remember.
            return self.history_incomplete(present.max(first_cycle(&tally.window, self.roster, subject)));
        }
        self.window_incomplete(&tally.window, present, window)
    }

    /// Why the records do not suffice for a window: it begins before they are complete.
    // semantics §13
    pub(crate) fn incomplete(&self, kind: &Window, subject: &SubjectId, window: &WindowOf) -> Option<Need> {
        self.window_incomplete(kind, self.roster.first_day(subject), window)
    }

    /// Why the records do not suffice for what needs all history: they are not complete from the subject's first day on.
    fn history_incomplete(&self, present: Option<NaiveDate>) -> Option<Need> {
        let complete = self.request.complete_from?;
        let args = Args::none().with("complete", complete);
        match present {
            Some(day) if complete <= day => None,
            Some(day) => Some(need(Step::RecordsIncomplete, args.with("from", day))),
            None => Some(need(Step::HistoryIncomplete, args)),
        }
    }

    fn window_incomplete(
        &self,
        kind: &Window,
        present: Option<NaiveDate>,
        window: &WindowOf,
    ) -> Option<Need> {
        let complete = self.request.complete_from?;
        let lacking = |first: NaiveDate| {
            let first = present.map_or(first, |day| day.max(first));
            let args = || Args::none().with("complete", complete).with("from", first);
            (first < complete).then(|| need(Step::RecordsIncomplete, args()))
        };
        match window {
            WindowOf::Days { period } => lacking(period.from),
            WindowOf::Inspection { day, .. } => lacking(*day),
            WindowOf::Rolling { as_of } => {
                let before = complete.pred_opt()?;
                let end = leaves(kind, before).ok().flatten()?;
                let absent = present.is_some_and(|day| complete <= day);
                (end > *as_of && !absent).then(|| {
                    let first = first_live(kind, *as_of, before);
                    let first = present.map_or(first, |day| day.max(first));
                    need(Step::RecordsIncomplete, Args::none().with("complete", complete).with("from", first))
                })
            }
            WindowOf::Ever { .. } => self.history_incomplete(present),
        }
    }

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
        inspection: &str,
    ) -> Result<bool, Need> {
        Ok(match window {
            WindowOf::Days { period } => period.contains(date),
            WindowOf::Inspection { inspection: this, .. } => this == inspection,
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
    fn successions(&self) -> impl Iterator<Item = (NaiveDate, &'a SubjectId, &'a SubjectId)> {
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
        let inspection = visit(entry.inspection.as_ref(), &entry.record);
        if !Self::within(&tally.window, window, date, &inspection)?
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
                || !Self::within(&tally.window, window, date, inspection.inspection.as_str())?
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
            if day <= last && Self::within(&tally.window, window, day, "")? {
                return Err(missing);
            }
        }
        for (order, fired) in self.fired_days(&tally.consequences, whose, last).into_iter().enumerate() {
            let (id, date, cause) = (fired.consequence, fired.on, fired.record);
            if date > last || !Self::within(&tally.window, window, date, "")? {
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
                || one.step.args.0.get("clause").map_or_else(String::new, |c| c.text(ducha_core::Lang::En)),
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
            let Some(clause) = finding.clause.as_ref().and_then(|id| one.version.clause(id)) else {
                continue;
            };
            let inspection = crate::price::moment(one).inspection;
            let hits = clause.veto.iter().any(|veto| {
                veto.effect == VetoEffect::LoseAll
                    && veto.tally.as_ref() == Some(&tally.id)
                    && veto_applies(veto, finding)
            });
            if hits
                && Self::within(&tally.window, window, one.record.occurred_on, &inspection)?
                && self.was_scored(&one.record.id)
            {
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

impl<'a> Version<'a> {
    fn clause_opt(&self, entry: &Entry) -> Option<&'a ducha_rulebook::annex::clause::Clause> {
        self.clause(entry.clause.as_ref()?)
    }
}

/// Whether what a tally holds depends on what was before its window: a balance that remembers (semantics §13). One that
/// only empties at each window's end begins anew with it; in a rolling one, nothing but what takes points off the oldest
/// entries, or leaves no room for the next, reaches further back than the window.
fn remembers(tally: &Tally) -> bool {
    if tally.kind == TallyKind::Sum {
        return false;
    }
    let takes_off = !tally.awards.is_empty() || !tally.consume.is_empty() || !tally.redeem.is_empty();
    match &tally.window {
        Window::Named(NamedWindow::Ever | NamedWindow::Inspection) => true,
        Window::Named(_) | Window::Cycle(_) => tally.carry.is_some() || !tally.clear.is_empty(),
        Window::Rolling(_) => takes_off || !tally.clear.is_empty() || tally.ceiling.is_some(),
    }
}

/// Whether it is the records that are not complete.
pub(crate) const fn is_of_records(missing: &Need) -> bool {
    matches!(missing.step, Step::RecordsIncomplete | Step::HistoryIncomplete)
}

/// The first day whose acts still count on a day, where those of `live` do: the bound of a rolling window, looking back.
fn first_live(kind: &Window, on: NaiveDate, live: NaiveDate) -> NaiveDate {
    // INVARIANT: acts of `live` count on `on`, acts of `gone` days before it don't; the later an act, the longer it counts.
    let (mut live, mut reach) = (live, 1_u64);
    let counts = |day: NaiveDate| leaves(kind, day).ok().flatten().is_some_and(|end| on < end);
    while let Some(day) = live.checked_sub_days(chrono::Days::new(reach)).filter(|day| counts(*day)) {
        live = day;
        reach = reach.saturating_mul(2);
    }
    while reach > 0 {
        while let Some(day) = live.checked_sub_days(chrono::Days::new(reach)).filter(|day| counts(*day)) {
            live = day;
        }
        reach = reach.checked_div(2).unwrap_or(0);
    }
    live
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

/// The value of a step that cannot be known.
pub(crate) fn undetermined(missing: &Need) -> Value {
    Value::Undetermined(alloc::boxed::Box::new(missing.clone()))
}

/// A need as a step of a derivation.
pub(crate) fn because(missing: &Need) -> Derivation {
    Derivation::new(missing.step, missing.args.clone(), Value::None)
}
