//! Crossings: when a subject rose into a tier (semantics §9.6).
//!
//! What a subject crossed on a ladder is asked by standings, consequences, extents and tallies of consequences, so it is kept.

use super::{
    Answers, Judge, Known,
    count::Brought,
    ladders::{Measured, Rungs},
    tier::tier_of_value,
    window::Win,
};
use alloc::{boxed::Box, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{LadderId, Need, Points, Step, TierId};
use ducha_rulebook::annex::{
    index::Over,
    ladder::{Judged, Select, Tier},
    tally::{Tally, TallyKind},
    window::Window,
};

/// What brought a crossing, and how it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The end of a window.
    End,
    /// Something that took effect or left on the day.
    Day,
    /// An event of a balance.
    Balance,
}

/// That a subject rose into a tier.
#[derive(Clone, Copy)]
pub(super) struct Crossing<'a> {
    pub(super) rungs: Rungs<'a>,
    pub(super) tier: &'a Tier,
    pub(super) place: usize,
    pub(super) on: NaiveDate,
    /// What did it: the last record of the day, or what changed a balance; nothing where a window's end did.
    pub(super) brought: Option<Brought<'a>>,
    pub(super) window: Win,
    pub(super) by: By,
    pub(super) value: Option<Points>,
    /// The place before, as far as there is one in the same row of days.
    pub(super) before: Option<usize>,
}

/// The crossings of a ladder, and the days on which the records do not tell whether there was one.
#[derive(Default)]
pub(super) struct Crossed<'a> {
    pub(super) crossings: Vec<Crossing<'a>>,
    pub(super) unknown: Vec<(NaiveDate, Box<Need>)>,
}

impl Crossed<'_> {
    /// Notes a day on which a crossing may have been missed.
    fn miss(&mut self, on: NaiveDate, missing: Box<Need>) {
        if is_of_records(&missing) {
            self.unknown.push((on, missing));
        }
    }
}

/// What was crossed, by ladder and subject.
pub(super) type Rows<'a> = Answers<(u32, u32), Rc<Crossed<'a>>>;

/// Whether it is the records that are not complete.
// semantics §13
pub(super) const fn is_of_records(missing: &Need) -> bool {
    matches!(missing.step, Step::RecordsIncomplete | Step::HistoryIncomplete)
}

impl<'a> Judge<'_, 'a> {
    /// Every upward crossing of a ladder by a subject up to the report day, in order, and the days on which one may have
    /// been missed.
    // semantics §9.6
    pub(super) fn crossed(&self, ladder: u32, subject: u32) -> Rc<Crossed<'a>> {
        self.once(&self.crossed, (ladder, subject), || {
            let mut crossed = Crossed::default();
            let Ok(_deeper) = self.deeper() else { return Rc::default() };
            for rungs in self.ladders.numbered(ladder) {
                if self.dossier.people.is_of(subject, &rungs.ladder.subjects) {
                    self.cross(*rungs, subject, &mut crossed);
                }
            }
            crossed.crossings.sort_by_key(|crossing| (crossing.on, crossing.place));
            Rc::new(crossed)
        })
    }

    fn cross(&self, rungs: Rungs<'a>, subject: u32, crossed: &mut Crossed<'a>) {
        match (rungs.judged, rungs.measured) {
            (Judged::WindowEnd, _) => self.crossed_at_ends(rungs, subject, crossed),
            (Judged::EachRecord, Some(Measured::Tally(tally)))
                if tally.kind == TallyKind::Balance && rungs.ladder.select == Select::Band =>
            {
                self.crossed_by_balance(rungs, tally, subject, crossed);
            }
            (Judged::EachRecord, _) => self.crossed_by_records(rungs, subject, crossed),
        }
    }

    fn crossed_at_ends(&self, rungs: Rungs<'a>, subject: u32, crossed: &mut Crossed<'a>) {
        let Some(kind) = rungs.window else { return };
        let as_of = self.dossier.as_of;
        let has_ladder = |v| self.ladders.find(v, &rungs.ladder.id).is_some();
        for window in self.windows(rungs.version, kind, subject, true).iter().copied() {
            let on = window.last_day();
            if on > as_of
                || !self.concerned(subject, window)
                || !self.judges(rungs.version, window, has_ladder)
            {
                continue;
            }
            let judgement = self.judge(rungs, subject, window, as_of);
            match judgement.place {
                Ok(place) => {
                    let tier = rungs.ladder.tier.get(place);
                    crossed.crossings.extend(tier.map(|tier| Crossing {
                        rungs,
                        tier,
                        place,
                        on,
                        brought: None,
                        window,
                        by: By::End,
                        value: judgement.value,
                        before: None,
                    }));
                }
                Err(missing) => crossed.miss(on, missing),
            }
        }
    }

    /// Whether a version judges what happens on a day.
    fn judges_day(&self, rungs: Rungs<'a>, day: NaiveDate) -> bool {
        self.dossier.versions.judging(day).is_some_and(|v| v.number == rungs.version.number)
    }

    fn crossed_by_balance(
        &self,
        rungs: Rungs<'a>,
        tally: &'a Tally,
        subject: u32,
        crossed: &mut Crossed<'a>,
    ) {
        let version = rungs.version;
        let Ok(changes) = self.changes(version, tally, subject, self.dossier.as_of) else { return };
        let empty = tier_of_value(rungs.ladder, Points::ZERO).unwrap_or(0);
        let mut before = empty;
        for change in changes {
            let mine = self.judges_day(rungs, change.on);
            let window = self.window_of(version, &tally.window, subject, change.on, None);
            let window = window.unwrap_or(Win::Ever { as_of: change.on });
            if let Some(missing) = self.tally_incomplete(tally, subject, window) {
                if mine {
                    crossed.miss(change.on, missing);
                }
                // A window that is complete begins empty.
                before = empty;
                continue;
            }
            // Vetoes hold here, too: the finding that has one may be what crosses.
            let place_of = |value| {
                let place = tier_of_value(rungs.ladder, value)?;
                let (place, _) = self.overridden(rungs, subject, window, change.on, place)?;
                Known::Ok(place)
            };
            let left = place_of(change.left).ok();
            let reached = if change.reached == change.left { left } else { place_of(change.reached).ok() };
            if let Some(place) = reached.filter(|place| mine && *place > before)
                && let Some(tier) = rungs.ladder.tier.get(place)
            {
                crossed.crossings.push(Crossing {
                    rungs,
                    tier,
                    place,
                    on: change.on,
                    brought: change.brought,
                    window,
                    by: By::Balance,
                    value: Some(change.reached),
                    before: Some(before),
                });
            }
            before = left.unwrap_or(before);
        }
    }

    fn crossed_by_records(&self, rungs: Rungs<'a>, subject: u32, crossed: &mut Crossed<'a>) {
        let Some(kind) = rungs.window else { return };
        let mut last: Option<(Win, usize)> = None;
        let mut passed_over = false;
        for day in self.days(rungs, kind, subject) {
            let Ok(window) = self.window_of(rungs.version, kind, subject, day, None) else { continue };
            let mine = self.judges_day(rungs, day);
            let judgement = self.judge(rungs, subject, window, day);
            let place = match judgement.place {
                Ok(place) => place,
                Err(missing) => {
                    if mine {
                        // Whoever completes the records needs those that tell the day before, too.
                        let eve = self.place_before(rungs, subject, window, day, None).err();
                        crossed.miss(day, eve.filter(|_| is_of_records(&missing)).unwrap_or(missing));
                    }
                    passed_over = true;
                    continue;
                }
            };
            let same_row = |earlier: Win| match (earlier, window) {
                (Win::Days { .. }, Win::Days { .. }) => earlier == window,
                _ => true,
            };
            let judged = last.filter(|(earlier, _)| same_row(*earlier)).map(|(_, place)| place);
            let before = match judged.filter(|_| !passed_over) {
                Some(place) => Ok(place),
                None => self.place_before(rungs, subject, window, day, judged),
            };
            match before {
                Ok(before) if mine && place > before => {
                    let tier = rungs.ladder.tier.get(place);
                    crossed.crossings.extend(tier.map(|tier| Crossing {
                        rungs,
                        tier,
                        place,
                        on: day,
                        brought: self.last_of_day(subject, day).map(Brought::By),
                        window,
                        by: By::Day,
                        value: judgement.value,
                        before: Some(before),
                    }));
                }
                Err(missing) if mine => crossed.miss(day, missing),
                _ => {}
            }
            passed_over = false;
            last = Some((window, place));
        }
    }

    /// The record of the last entry of a subject on a day.
    fn last_of_day(&self, subject: u32, day: NaiveDate) -> Option<u32> {
        let postings = self.dossier.postings_of(subject);
        let after = postings.partition_point(|posting| posting.day <= day);
        let last = postings.get(after.checked_sub(1)?)?;
        (last.day == day).then_some(last.live)
    }

    /// The days on which something of the subject takes effect or leaves, up to the report day.
    fn days(&self, rungs: Rungs<'a>, kind: &Window, subject: u32) -> Vec<NaiveDate> {
        let as_of = self.dossier.as_of;
        let mut whose = Vec::new();
        match rungs.measured {
            Some(Measured::Tally(tally)) => whose = self.predecessors(tally, subject),
            Some(Measured::Index(index)) => {
                whose.push(subject);
                if index.over == Some(Over::Members) {
                    whose.extend(self.members(subject, as_of));
                }
            }
            None => whose.push(subject),
        }
        let mut days: Vec<NaiveDate> = Vec::new();
        for whose in whose {
            for posting in self.dossier.postings_of(whose) {
                let recorded = self.dossier.live(posting.live).map(|live| live.record.known_on());
                days.extend([Some(posting.day), recorded, posting.decided_on].into_iter().flatten());
            }
            days.extend(self.dossier.records_of(whose).map(|live| live.record.occurred_on));
        }
        if let Some(Measured::Tally(tally)) = rungs.measured
            && !tally.consequences.is_empty()
        {
            days.extend(self.fired_days(&tally.consequences, subject).iter().map(|fired| fired.on));
        }
        days.sort_unstable();
        days.dedup();
        let mut ends: Vec<NaiveDate> =
            days.iter().filter_map(|day| Self::leaves(kind, *day).ok().flatten()).collect();
        if let Some(Measured::Tally(tally)) = rungs.measured {
            // Weights change with age, too.
            for age in &tally.ages {
                ends.extend(days.iter().filter_map(|day| live_until(*day, age.up_to, age.last_day).ok()));
            }
        }
        days.append(&mut ends);
        days.retain(|day| *day <= as_of);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The place at the end of the day before; where there was no value yet, the place that was judged last, or that of
    /// full marks, of nothing added up, of an index the mildest. What the records do not tell cannot be compared with.
    // semantics §9.6
    fn place_before(
        &self,
        rungs: Rungs<'a>,
        subject: u32,
        window: Win,
        day: NaiveDate,
        judged: Option<usize>,
    ) -> Known<usize> {
        let or_start = judged.unwrap_or(rungs.start);
        let Some(eve) = day.pred_opt() else { return Ok(or_start) };
        let window = match window {
            Win::Rolling { .. } => Win::Rolling { as_of: eve },
            Win::Ever { .. } => Win::Ever { as_of: eve },
            of_its_own => of_its_own,
        };
        match self.judge(rungs, subject, window, eve).place {
            Err(missing) if is_of_records(&missing) => Err(missing),
            Err(_) => Ok(or_start),
            known => known,
        }
    }
}

impl<'a> Judge<'_, 'a> {
    /// When a subject last reached a tier, or rose past it, by what there is up to a day; the record that did it, where one did.
    /// A window that ends on the day itself has not ended yet.
    // semantics §5
    pub(in crate::engine) fn last_reached(
        &self,
        ladder: &LadderId,
        tier: &TierId,
        subject: u32,
        day: NaiveDate,
    ) -> Option<(NaiveDate, Option<u32>)> {
        let versions = self.dossier.versions.iter();
        let number = versions.filter_map(|version| self.ladders.find(version, ladder)).next()?.number;
        let crossed = self.crossed(number, subject);
        let reached = |crossing: &&Crossing<'a>| {
            let over = crossing.on < day || crossing.by != By::End;
            let asked = crossing.rungs.ladder.tier.iter().position(|one| one.id == *tier);
            let anew = |asked: usize| crossing.before.is_none_or(|before| before < asked);
            over && asked.is_some_and(|asked| asked <= crossing.place && anew(asked))
        };
        let last = crossed.crossings.iter().rev().find(reached)?;
        Some((last.on, last.brought.and_then(Brought::live)))
    }
}
