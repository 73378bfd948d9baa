//! Crossings: when a subject rose into a tier; and the standing that the assessment shows (semantics §9).

use crate::{
    assessment::{Distance, Outcome, Standing, Step as Way, WindowOf, need},
    evaluate::Evaluation,
    tier::{Judgement, Measured, tier_of_value},
    versions::Version,
    window::{leaves, window_of},
};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{Derivation, LadderId, Need, Points, RecordId, Step, SubjectId, TierId, message::Args};
use ducha_rulebook::{
    annex::{
        index::Over,
        ladder::{Judged, Ladder, Select, Tier},
        tally::{AgeStep, Tally, TallyKind},
        window::Window,
    },
    bound::Bounded,
};

/// That a subject rose into a tier.
#[derive(Clone)]
pub(crate) struct Crossing {
    pub(crate) tier: TierId,
    pub(crate) place: usize,
    pub(crate) on: NaiveDate,
    pub(crate) record: Option<RecordId>,
    pub(crate) window: WindowOf,
    /// Whether the window's end brought it, and not a record.
    pub(crate) at_end: bool,
    pub(crate) value: Option<Points>,
    pub(crate) version: usize,
    pub(crate) derivation: Derivation,
}

impl<'a> Evaluation<'_, 'a> {
    /// Every upward crossing of a ladder by a subject, up to the report day, in order.
    // semantics §9.6
    pub(crate) fn crossings(&self, id: &LadderId, subject: &SubjectId) -> Vec<Crossing> {
        let Ok(_deeper) = self.deeper() else { return Vec::new() };
        let mut crossings = Vec::new();
        for version in self.versions.iter() {
            let Some(ladder) = version.ladder(id) else { continue };
            if !self.roster.is_of(subject, &ladder.subjects) {
                continue;
            }
            match Self::judged(version, ladder) {
                Judged::WindowEnd => self.crossed_at_ends(version, ladder, subject, &mut crossings),
                Judged::EachRecord => match Self::measured(version, ladder) {
                    Some(Measured::Tally(tally))
                        if tally.kind == TallyKind::Balance && ladder.select == Select::Band =>
                    {
                        self.crossed_by_balance(version, ladder, tally, subject, &mut crossings);
                    }
                    _ => self.crossed_by_records(version, ladder, subject, &mut crossings),
                },
            }
        }
        crossings.sort_by_key(|c| (c.on, c.place));
        crossings
    }

    fn crossed_at_ends(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Some(kind) = Self::ladder_window(version, ladder) else { return };
        for window in self.windows(version, kind, subject, true) {
            if window.last_day() > self.as_of
                || !self.concerned(subject, &window)
                || !self.judges(version, &window, |v| v.ladder(&ladder.id).is_some())
            {
                continue;
            }
            let judgement = self.judge(version, ladder, subject, &window, self.as_of);
            let Some(place) = judgement.place.value().copied() else { continue };
            let Some(tier) = ladder.tier.get(place) else { continue };
            crossings.push(Crossing {
                tier: tier.id.clone(),
                place,
                on: window.last_day(),
                record: None,
                window,
                at_end: true,
                value: judgement.value,
                version: version.number,
                derivation: judgement.derivation,
            });
        }
    }

    fn crossed_by_balance(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        tally: &'a Tally,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Ok(changes) = self.changes(version, tally, subject, self.as_of) else { return };
        let mut before = tier_of_value(version, ladder, Points::ZERO).ok().map(|(place, _)| place);
        for change in changes {
            let mine = self.versions.judging(change.on).is_some_and(|v| v.number == version.number);
            let window = self
                .window_of_day(version, tally, subject, change.on)
                .unwrap_or(WindowOf::Ever { as_of: change.on });
            // Vetoes hold here, too: the finding that has one may be what crosses.
            let place_of = |value| {
                let (place, step) = tier_of_value(version, ladder, value)?;
                self.overridden(version, ladder, subject, &window, change.on, place, step)
            };
            let reached = place_of(change.reached);
            let left = place_of(change.left).ok().map(|(place, _)| place);
            if let Ok((place, derivation)) = reached
                && before.is_none_or(|before| place > before)
                && let Some(tier) = ladder.tier.get(place).filter(|_| mine)
            {
                crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: change.on,
                    record: change.record.clone(),
                    window,
                    at_end: false,
                    value: Some(change.reached),
                    version: version.number,
                    derivation,
                });
            }
            before = left;
        }
    }

    fn crossed_by_records(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Some(kind) = Self::ladder_window(version, ladder) else { return };
        let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
        let of_tally: Vec<SubjectId> = match Self::measured(version, ladder) {
            Some(Measured::Tally(tally)) => self.predecessors(tally, subject),
            Some(Measured::Index(index)) => {
                let over_members = index.over == Some(Over::Members);
                let members = over_members.then(|| self.roster.members(subject, self.as_of));
                core::iter::once(subject.clone()).chain(members.into_iter().flatten()).collect()
            }
            None => alloc::vec![subject.clone()],
        };
        for whose in &of_tally {
            for entry in self.entries_of(whose) {
                let dates = [Some(entry.day), Some(entry.recorded_on), entry.decided_on];
                days.extend(dates.into_iter().flatten());
            }
            days.extend(
                self.admitted
                    .iter()
                    .filter(|one| one.record.subject == *whose)
                    .map(|one| one.record.occurred_on),
            );
        }
        let fired: Vec<NaiveDate> = match Self::measured(version, ladder) {
            Some(Measured::Tally(tally)) if !tally.consequences.is_empty() => {
                self.fired_days(&tally.consequences, subject, self.as_of).into_iter().map(|f| f.on).collect()
            }
            _ => Vec::new(),
        };
        days.extend(fired);
        let mut ends: Vec<NaiveDate> =
            days.iter().filter_map(|day| leaves(kind, *day).ok().flatten()).collect();
        if let Some(Measured::Tally(tally)) = Self::measured(version, ladder) {
            // Weights change with age, too.
            let aged = |age: &AgeStep| {
                let ends = days.iter().filter_map(|day| live_until(*day, age.up_to, age.last_day).ok());
                ends.collect::<Vec<_>>()
            };
            ends.extend(tally.ages.iter().flat_map(aged));
        }
        days.extend(ends);
        days.retain(|day| *day <= self.as_of);
        let first = days.first().copied();
        let mut last: Option<(WindowOf, usize)> = None;
        for day in days {
            let Ok(window) = window_of(kind, version, self.roster, subject, &Self::moment_of(day)) else {
                continue;
            };
            let mine = self.versions.judging(day).is_some_and(|v| v.number == version.number);
            let judgement = self.judge(version, ladder, subject, &window, day);
            let Some(place) = judgement.place.value().copied() else { continue };
            let same_row = |earlier: &WindowOf| match (earlier, &window) {
                (WindowOf::Days { period: a }, WindowOf::Days { period: b }) => a == b,
                _ => true,
            };
            let before = last.as_ref().filter(|(earlier, _)| same_row(earlier)).map_or_else(
                || self.place_before(version, ladder, subject, &window, first.unwrap_or(day)),
                |(_, place)| Some(*place),
            );
            if before.is_none_or(|before| place > before)
                && mine
                && let Some(tier) = ladder.tier.get(place)
            {
                let record = self.entries_of(subject).rfind(|e| e.day == day).map(|e| e.record.clone());
                crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: day,
                    record,
                    window: window.clone(),
                    at_end: false,
                    value: judgement.value,
                    version: version.number,
                    derivation: judgement.derivation,
                });
            }
            last = Some((window, place));
        }
    }

    /// The tier before anything happened: that of full marks, of nothing added up, or of the index on the eve.
    fn place_before(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        first: NaiveDate,
    ) -> Option<usize> {
        let start = start_place(version, ladder);
        if !matches!(Self::measured(version, ladder), Some(Measured::Index(_))) {
            return start;
        }
        let (window, eve) = match window {
            WindowOf::Days { period } => (window.clone(), period.from.pred_opt()?),
            WindowOf::Rolling { .. } => {
                let eve = first.pred_opt()?;
                (WindowOf::Rolling { as_of: eve }, eve)
            }
            WindowOf::Ever { .. } => {
                let eve = first.pred_opt()?;
                (WindowOf::Ever { as_of: eve }, eve)
            }
            WindowOf::Inspection { .. } => return start,
        };
        self.judge(version, ladder, subject, &window, eve).place.value().copied().or(start)
    }

    /// Why the crossings of a rolling ladder cannot be told: on a day of the period on which something happened, the records
    /// do not reach back far enough (semantics §9.6, §13). Nothing fires on such a day, and so the standing says so.
    fn unjudged(&self, version: Version<'a>, ladder: &'a Ladder, subject: &SubjectId) -> Option<Need> {
        let kind = Self::ladder_window(version, ladder)?;
        if Self::judged(version, ladder) != Judged::EachRecord || !matches!(kind, Window::Rolling(_)) {
            return None;
        }
        let inside = |day: &NaiveDate| {
            *day <= self.as_of && self.request.period.is_none_or(|period| period.contains(*day))
        };
        let mut days = self.entries_of(subject).map(|e| e.day).filter(inside);
        days.find_map(|day| self.incomplete(kind, subject, &WindowOf::Rolling { as_of: day }))
    }

    /// The standing of a subject on a ladder in a window.
    // semantics §9.7
    pub(crate) fn standing(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        crossings: &[Crossing],
    ) -> Standing {
        let as_of = self.as_of;
        let judgement = self.judge(version, ladder, subject, window, as_of);
        let judgement = match self.unjudged(version, ladder, subject) {
            Some(missing) if judgement.place.value().is_some() => {
                let args = Args::none().with("ladder", &ladder.name).with("window", window.text());
                let steps = [crate::tally::because(&missing), judgement.derivation];
                let derivation =
                    Derivation::new(Step::TierUndetermined, args, crate::tally::undetermined(&missing))
                        .using(steps);
                Judgement { place: Outcome::Undetermined(missing), value: None, derivation }
            }
            _ => judgement,
        };
        let tier = match &judgement.place {
            Outcome::Determined(place) => match ladder.tier.get(*place) {
                Some(tier) => Outcome::Determined(tier.id.clone()),
                None => Outcome::Undetermined(need(
                    Step::InNoTier,
                    Args::none().with("ladder", &ladder.name).with("value", Points::ZERO),
                )),
            },
            Outcome::Undetermined(missing) => Outcome::Undetermined(missing.clone()),
        };
        let inside = |c: &&Crossing| match (window, &self.request.period) {
            (WindowOf::Days { period }, _) => period.contains(c.on),
            (WindowOf::Inspection { day, .. }, _) => c.on == *day,
            (_, Some(period)) => period.contains(c.on),
            (_, None) => true,
        };
        let peak = match Self::judged(version, ladder) {
            Judged::WindowEnd => None,
            Judged::EachRecord => {
                let reached =
                    crossings.iter().filter(inside).max_by(|a, b| (a.place, b.on).cmp(&(b.place, a.on)));
                reached.map(|c| crate::assessment::Peak { tier: c.tier.clone(), on: c.on })
            }
        };
        Standing {
            ladder: ladder.id.clone(),
            kind: ladder.kind,
            subject: subject.clone(),
            window: window.clone(),
            tier,
            peak,
            provisional: matches!(window, WindowOf::Days { period } if as_of < period.last_day()),
            version: version.name().into(),
            distance: distance(ladder, &judgement),
            derivation: judgement.derivation,
        }
    }
}

/// The tier that holds before anything happened: that of full marks, or of nothing added up.
fn start_place(version: Version<'_>, ladder: &Ladder) -> Option<usize> {
    match ladder.select {
        Select::Band => {
            let full = match Evaluation::measured(version, ladder) {
                Some(Measured::Tally(tally)) => tally.full_marks,
                _ => None,
            };
            tier_of_value(version, ladder, full.unwrap_or_default()).ok().map(|(place, _)| place)
        }
        Select::WorstMatching => ladder.tier.iter().position(|t| t.otherwise),
    }
}

/// How far the value is from the bands beside its own.
// semantics §9.7
fn distance(ladder: &Ladder, judgement: &Judgement) -> Distance {
    let (Some(place), Some(value), Select::Band) = (judgement.place.value(), judgement.value, ladder.select)
    else {
        return Distance::default();
    };
    // A veto holds whatever the value is.
    if matches!(judgement.derivation.step, Step::VetoDown | Step::VetoWorst) {
        return Distance::default();
    }
    let way = |tier: Option<&Tier>| {
        let tier = tier?;
        let interval = tier.interval().ok()?;
        let end = if interval.below().is_some_and(|below| below.contains(value.decimal())) {
            interval.lower()?
        } else if interval.above().is_some_and(|above| above.contains(value.decimal())) {
            interval.upper()?
        } else {
            return None;
        };
        let points = Points::new(end.value()).minus(value).ok()?;
        let points = if points.is_negative() { Points::ZERO.minus(points).ok()? } else { points };
        Some(Way { tier: tier.id.clone(), points, suffices: end.is_included() })
    };
    let before = place.checked_sub(1).and_then(|p| ladder.tier.get(p));
    Distance { graver: way(ladder.tier.get(place.saturating_add(1))), milder: way(before) }
}
