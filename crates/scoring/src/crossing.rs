//! Crossings: when a subject rose into a tier (semantics §9.6).

use crate::{
    assessment::{Outcome, WindowOf},
    complete::is_of_records,
    evaluate::Evaluation,
    tier::{Measured, tier_of_value},
    versions::Version,
    window::{leaves, window_of},
};
use alloc::{collections::BTreeSet, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{Derivation, LadderId, Need, Points, RecordId, SubjectId, TierId};
use ducha_rulebook::annex::{
    index::Over,
    ladder::{Judged, Ladder, Select},
    tally::{AgeStep, Tally, TallyKind},
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
    /// The place before, as far as there is one in the same row of days.
    pub(crate) before: Option<usize>,
    pub(crate) derivation: Derivation,
}

/// The crossings of a ladder, and the days on which the records do not tell whether there was one.
#[derive(Default)]
pub(crate) struct Crossed {
    pub(crate) crossings: Vec<Crossing>,
    pub(crate) unknown: Vec<(NaiveDate, Need)>,
}

impl Crossed {
    /// Notes a day on which a crossing may have been missed.
    fn miss(&mut self, on: NaiveDate, missing: &Need) {
        if is_of_records(missing) {
            self.unknown.push((on, missing.clone()));
        }
    }
}

impl<'a> Evaluation<'_, 'a> {
    /// Every upward crossing of a ladder by a subject up to the report day, in order, and the days on which one may have been
    /// missed. Asked by standings and consequences alike, so it is remembered.
    pub(crate) fn crossed(&self, id: &'a LadderId, subject: &SubjectId) -> Rc<Crossed> {
        // Within another question the answer may depend on how deep that is.
        if self.depth.get() > 0 {
            return Rc::new(self.cross(id, subject));
        }
        let key = (id, subject.clone());
        if let Some(known) = self.crossed.borrow().get(&key) {
            return Rc::clone(known);
        }
        let crossed = Rc::new(self.cross(id, subject));
        self.crossed.borrow_mut().insert(key, Rc::clone(&crossed));
        crossed
    }

    // semantics §9.6
    fn cross(&self, id: &LadderId, subject: &SubjectId) -> Crossed {
        let mut crossed = Crossed::default();
        let Ok(_deeper) = self.deeper() else { return crossed };
        for version in self.versions.iter() {
            let Some(ladder) = version.ladder(id) else { continue };
            if !self.roster.is_of(subject, &ladder.subjects) {
                continue;
            }
            match Self::judged(version, ladder) {
                Judged::WindowEnd => self.crossed_at_ends(version, ladder, subject, &mut crossed),
                Judged::EachRecord => match Self::measured(version, ladder) {
                    Some(Measured::Tally(tally))
                        if tally.kind == TallyKind::Balance && ladder.select == Select::Band =>
                    {
                        self.crossed_by_balance(version, ladder, tally, subject, &mut crossed);
                    }
                    _ => self.crossed_by_records(version, ladder, subject, &mut crossed),
                },
            }
        }
        crossed.crossings.sort_by_key(|c| (c.on, c.place));
        crossed
    }

    fn crossed_at_ends(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossed: &mut Crossed,
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
            let place = match judgement.place {
                Outcome::Determined(place) => place,
                Outcome::Undetermined(missing) => {
                    crossed.miss(window.last_day(), &missing);
                    continue;
                }
            };
            let Some(tier) = ladder.tier.get(place) else { continue };
            crossed.crossings.push(Crossing {
                tier: tier.id.clone(),
                place,
                on: window.last_day(),
                record: None,
                window,
                before: None,
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
        crossed: &mut Crossed,
    ) {
        let Ok(changes) = self.changes(version, tally, subject, self.as_of) else { return };
        let empty = tier_of_value(version, ladder, Points::ZERO).map_or(0, |(place, _)| place);
        let mut before = empty;
        for change in changes {
            let mine = self.versions.judging(change.on).is_some_and(|v| v.number == version.number);
            let window = self
                .window_of_day(version, tally, subject, change.on)
                .unwrap_or(WindowOf::Ever { as_of: change.on });
            if let Some(missing) = self.tally_incomplete(tally, subject, &window) {
                if mine {
                    crossed.miss(change.on, &missing);
                }
                // A window that is complete begins empty.
                before = empty;
                continue;
            }
            // Vetoes hold here, too: the finding that has one may be what crosses.
            let place_of = |value| {
                let (place, step) = tier_of_value(version, ladder, value)?;
                self.overridden(version, ladder, subject, &window, change.on, place, step)
            };
            let reached = place_of(change.reached);
            let left = place_of(change.left).ok().map(|(place, _)| place);
            if let Ok((place, derivation)) = reached
                && place > before
                && let Some(tier) = ladder.tier.get(place).filter(|_| mine)
            {
                crossed.crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: change.on,
                    record: change.record.clone(),
                    window,
                    before: Some(before),
                    at_end: false,
                    value: Some(change.reached),
                    version: version.number,
                    derivation,
                });
            }
            before = left.unwrap_or(before);
        }
    }

    fn crossed_by_records(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossed: &mut Crossed,
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
        let mut last: Option<(WindowOf, usize)> = None;
        let mut passed_over = false;
        for day in days {
            let Ok(window) = window_of(kind, version, self.roster, subject, &Self::moment_of(day)) else {
                continue;
            };
            let mine = self.versions.judging(day).is_some_and(|v| v.number == version.number);
            let judgement = self.judge(version, ladder, subject, &window, day);
            let place = match judgement.place {
                Outcome::Determined(place) => place,
                Outcome::Undetermined(missing) => {
                    if mine {
                        // Whoever completes the records needs those that tell the day before, too.
                        let eve = self.place_before(version, ladder, subject, &window, day, None).err();
                        crossed.miss(day, &eve.filter(|_| is_of_records(&missing)).unwrap_or(missing));
                    }
                    passed_over = true;
                    continue;
                }
            };
            let same_row = |earlier: &WindowOf| match (earlier, &window) {
                (WindowOf::Days { period: a }, WindowOf::Days { period: b }) => a == b,
                _ => true,
            };
            let judged = last.as_ref().filter(|(earlier, _)| same_row(earlier)).map(|(_, place)| *place);
            let before = match judged.filter(|_| !passed_over) {
                Some(place) => Ok(place),
                None => self.place_before(version, ladder, subject, &window, day, judged),
            };
            if let (Err(missing), true) = (&before, mine) {
                crossed.miss(day, missing);
            }
            if let Ok(before) = before
                && place > before
                && mine
                && let Some(tier) = ladder.tier.get(place)
            {
                let record = self.entries_of(subject).rfind(|e| e.day == day).map(|e| e.record.clone());
                crossed.crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: day,
                    record,
                    window: window.clone(),
                    before: Some(before),
                    at_end: false,
                    value: judgement.value,
                    version: version.number,
                    derivation: judgement.derivation,
                });
            }
            passed_over = false;
            last = Some((window, place));
        }
    }

    /// The place at the end of the day before; where there was no value yet, the place that was judged last, or that of
    /// full marks, of nothing added up, of an index the mildest. What the records do not tell cannot be compared with.
    // semantics §9.6
    fn place_before(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        day: NaiveDate,
        judged: Option<usize>,
    ) -> Result<usize, Need> {
        let or_start = || judged.unwrap_or_else(|| start_place(version, ladder));
        let Some(eve) = day.pred_opt() else { return Ok(or_start()) };
        let window = match window {
            WindowOf::Rolling { .. } => WindowOf::Rolling { as_of: eve },
            WindowOf::Ever { .. } => WindowOf::Ever { as_of: eve },
            of_its_own => of_its_own.clone(),
        };
        match self.judge(version, ladder, subject, &window, eve).place {
            Outcome::Determined(place) => Ok(place),
            Outcome::Undetermined(missing) if is_of_records(&missing) => Err(missing),
            Outcome::Undetermined(_) => Ok(or_start()),
        }
    }
}

/// The tier that holds before anything happened: that of full marks, or of nothing added up; of an index the mildest.
pub(crate) fn start_place(version: Version<'_>, ladder: &Ladder) -> usize {
    match (ladder.select, Evaluation::measured(version, ladder)) {
        (Select::Band, Some(Measured::Tally(tally))) => {
            let start = tally.full_marks.unwrap_or_default();
            tier_of_value(version, ladder, start).map_or(0, |(place, _)| place)
        }
        (Select::Band, _) => 0,
        (Select::WorstMatching, _) => ladder.tier.iter().position(|t| t.otherwise).unwrap_or(0),
    }
}
