//! Balances: a fold with memory over the canonical order (semantics §7.4; shapes S34, S37, S38).
//!
//! A fold up to the report day is kept, and tells of every earlier day what came before it.

use super::{
    Answers, Judge, Known,
    count::{Brought, Counted},
    ledger::place_of,
    lots::{Lot, Lots},
    tally::{TallyValue, bounded},
    tier::tier_of_value,
    window::Win,
};
use crate::versions::Version;
use alloc::{collections::BTreeMap, collections::BTreeSet, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{FactId, LadderId, Matter, Points, RecordId, Step, TierId, message::Args, record::Fact};
use ducha_rulebook::annex::{tally::Tally, window::Window};

/// One change of a balance.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Change<'a> {
    pub(in crate::engine) on: NaiveDate,
    /// What brought it; nothing where lots left.
    pub(in crate::engine) brought: Option<Brought<'a>>,
    /// The balance right after an entry, before a tier used points up.
    pub(in crate::engine) reached: Points,
    /// The balance after everything that the event brought with it.
    pub(in crate::engine) left: Points,
    /// What an entry added.
    added: Points,
    /// What entries have added so far; nothing where it cannot be expressed.
    added_so_far: Option<Points>,
}

/// A balance up to the end of a day.
#[derive(Debug, Default)]
pub(super) struct Folded<'a> {
    changes: Vec<Change<'a>>,
    /// What is left of each entry.
    left: Vec<Lot<'a>>,
}

/// Balances by tally, subject and day.
pub(super) type Balances<'a> = Answers<(usize, u32, NaiveDate), Known<Rc<Folded<'a>>>>;

enum Event<'a> {
    Entry(Counted<'a>),
    Fact(u32, NaiveDate, &'a Fact),
    /// A day on which lots leave: the end of a window.
    Leave(NaiveDate),
}

impl Event<'_> {
    /// Lots leave at the beginning of a day, entries and facts follow in the canonical order of their records.
    fn key(&self) -> (NaiveDate, u32, u64, (NaiveDate, u32, u32)) {
        match self {
            Self::Leave(day) => (*day, 0, 0, (*day, 0, 0)),
            Self::Entry(counted) => {
                let place = counted.live().map_or(u64::MAX, u64::from);
                (counted.date, 1, place, counted.order)
            }
            Self::Fact(live, day, _) => (*day, 1, u64::from(*live), (NaiveDate::MAX, u32::MAX, u32::MAX)),
        }
    }
}

/// What a fold has seen.
#[derive(Default)]
pub(super) struct Seen<'a> {
    pub(super) lots: Lots<'a>,
    changes: Vec<Change<'a>>,
    /// The latest day of each kind of fact, since the last clearing.
    pub(super) facts: BTreeMap<&'a FactId, NaiveDate>,
    /// The latest day on which each tier was reached, since the last clearing.
    pub(super) reached: BTreeMap<&'a TierId, NaiveDate>,
    pub(super) redeemed: Vec<(NaiveDate, u32, Points)>,
    added: Option<Points>,
}

impl<'a> Seen<'a> {
    pub(super) fn change(
        &mut self,
        on: NaiveDate,
        brought: Option<Brought<'a>>,
        reached: Points,
        added: Points,
    ) {
        self.added = self.added.and_then(|before| before.plus(added).ok());
        let (left, added_so_far) = (self.lots.total(), self.added);
        self.changes.push(Change { on, brought, reached, left, added, added_so_far });
    }
}

impl<'a> Judge<'_, 'a> {
    /// The balance as of a day.
    pub(super) fn balance_at(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<TallyValue> {
        let last = window.last_day().min(as_of);
        let (folded, end) = self.folded_up_to(version, tally, subject, last)?;
        let changes = folded.changes.get(..end).unwrap_or_default();
        let value = changes.last().map_or(Points::ZERO, |change| change.left);
        let deducted = match window {
            Win::Days { from, until } => {
                let begin = changes.partition_point(|change| change.on < from);
                let here = changes.iter().skip(begin).take_while(|change| change.on < until);
                Points::sum(here.map(|change| change.added))?
            }
            _ => match changes.last() {
                Some(change) => {
                    change.added_so_far.ok_or_else(|| super::missing(Step::Overflow, Args::none()))?
                }
                None => Points::ZERO,
            },
        };
        let value = Ok(bounded(value, tally));
        Ok(TallyValue { value, deducted, awarded: Points::ZERO, lost_all: None })
    }

    /// What is left of each entry at the end of a day: what brought it, its date, the points.
    pub(super) fn left(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<Vec<(Brought<'a>, NaiveDate, Points)>> {
        let folded = self.folded(version, tally, subject, last)?;
        Ok(folded.left.iter().map(|lot| (lot.brought, lot.date, lot.points)).collect())
    }

    /// All changes of a balance up to the end of a day, in canonical order.
    pub(in crate::engine) fn changes(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<Vec<Change<'a>>> {
        let (folded, end) = self.folded_up_to(version, tally, subject, last)?;
        Ok(folded.changes.get(..end).unwrap_or_default().to_vec())
    }

    /// A fold, and how many of its changes are not after a day.
    fn folded_up_to(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<(Rc<Folded<'a>>, usize)> {
        // Weights by age, and who holds what passed on, are those of the day that is asked for.
        let is_of_the_day = !tally.ages.is_empty() || tally.inherit && !self.dossier.successions.is_empty();
        if !is_of_the_day
            && last <= self.dossier.as_of
            && let Ok(folded) = self.folded(version, tally, subject, self.dossier.as_of)
        {
            let end = folded.changes.partition_point(|change| change.on <= last);
            return Ok((folded, end));
        }
        let folded = self.folded(version, tally, subject, last)?;
        let end = folded.changes.len();
        Ok((folded, end))
    }

    fn folded(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<Rc<Folded<'a>>> {
        let key = (place_of(tally), subject, last);
        self.once(&self.balances, key, || self.fold(version, tally, subject, last).map(Rc::new))
    }

    /// The fold: every change, and what is left in the end.
    // semantics §7.4
    fn fold(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<Folded<'a>> {
        let mut events = self.events(version, tally, subject, last)?;
        events.sort_by_key(Event::key);
        let mut seen = Seen { added: Some(Points::ZERO), ..Seen::default() };
        for event in events {
            match event {
                Event::Leave(day) => self.leave(tally, day, &mut seen)?,
                Event::Entry(counted) => self.enter(version, tally, subject, &counted, &mut seen)?,
                Event::Fact(live, day, fact) => {
                    self.told_of(version, tally, subject, (live, day, fact), &mut seen)?;
                }
            }
        }
        Ok(Folded { changes: seen.changes, left: seen.lots.all().collect() })
    }

    /// Entries, facts of the subject, and the days on which something leaves.
    fn events(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        last: NaiveDate,
    ) -> Known<Vec<Event<'a>>> {
        // The fold itself decides what leaves, so all entries up to the day are taken.
        let mut events = Vec::new();
        let mut leave = BTreeSet::new();
        for counted in self.counted(version, tally, subject, Win::Ever { as_of: last }, last)? {
            if self.window_if_any(version, &tally.window, subject, counted.date, None)?.is_some() {
                let mut end = self.end_of(version, tally, subject, counted.date)?;
                // What is carried leaves later: every following window's end is a day on which it may.
                while let Some(day) = end.filter(|day| *day <= last && leave.insert(*day)) {
                    end = match (&tally.carry, &tally.window) {
                        (Some(_), Window::Cycle(_) | Window::Named(_)) => {
                            self.end_of(version, tally, subject, day)?
                        }
                        _ => None,
                    };
                }
                events.push(Event::Entry(counted));
            }
        }
        events.extend(leave.into_iter().map(Event::Leave));
        for live in self.facts_told(subject).iter().copied() {
            let Some(one) = self.dossier.live(live) else { continue };
            let Matter::Fact(fact) = &one.record.matter else { continue };
            let day = one.record.occurred_on;
            if day <= last && self.window_if_any(version, &tally.window, subject, day, None)?.is_some() {
                events.push(Event::Fact(live, day, fact));
            }
        }
        Ok(events)
    }

    /// The facts that are told of a subject.
    fn facts_told(&self, subject: u32) -> Rc<[u32]> {
        self.told(&self.facts_of, subject, |matter| matches!(matter, Matter::Fact(_)))
    }

    /// The first day on which an entry of a day no longer counts, its window having ended.
    fn end_of(
        &self,
        version: Version<'a>,
        tally: &Tally,
        subject: u32,
        day: NaiveDate,
    ) -> Known<Option<NaiveDate>> {
        if matches!(tally.window, Window::Rolling(_)) {
            return Self::leaves(&tally.window, day);
        }
        Ok(match self.window_of(version, &tally.window, subject, day, None)? {
            Win::Days { until, .. } => Some(until),
            _ => None,
        })
    }

    /// Lots whose window has ended leave, unless they are carried over (S38).
    fn leave(&self, tally: &'a Tally, day: NaiveDate, seen: &mut Seen<'a>) -> Known<()> {
        let balance = seen.lots.total();
        let goes = |lot: &Lot<'a>| match &tally.carry {
            None => true,
            // A balance that reached the limit goes over whole.
            Some(carry) if carry.only_below.is_some_and(|limit| balance >= limit) => false,
            Some(carry) => self.settled(&carry.unless, lot.brought, day),
        };
        if seen.lots.leave(day, goes)? {
            let left = seen.lots.total();
            seen.change(day, None, left, Points::ZERO);
        }
        Ok(())
    }

    /// A deduction comes, or an award takes points off; tiers that are reached use points up.
    fn enter(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        counted: &Counted<'a>,
        seen: &mut Seen<'a>,
    ) -> Known<()> {
        let before = seen.lots.total();
        let mut added = Points::ZERO;
        if counted.is_award {
            seen.lots.take(counted.points)?;
        } else {
            // The balance never rises above the ceiling, so that what takes points off takes them off that.
            let room = tally.ceiling.map(|most| most.minus(before)).transpose()?;
            added = room.map_or(counted.points, |room| counted.points.min(room.max(Points::ZERO)));
            let end = self.end_of(version, tally, subject, counted.date)?;
            seen.lots.add(Lot { brought: counted.brought, date: counted.date, end, points: added })?;
        }
        let reached = seen.lots.total();
        for consume in &tally.consume {
            if rises(version, &consume.ladder, &consume.tier, before, reached) {
                seen.reached.insert(&consume.tier, counted.date);
                seen.lots.take(consume.points.unwrap_or(reached).min(reached))?;
            }
        }
        for clear in &tally.clear {
            if let (Some(ladder), Some(tier)) = (&clear.ladder, &clear.tier)
                && rises(version, ladder, tier, before, reached)
            {
                seen.reached.insert(tier, counted.date);
            }
        }
        seen.change(counted.date, Some(counted.brought), reached, added);
        Ok(())
    }

    /// The record that brought something; for a window's end, the consequence in its place.
    pub(super) fn record_of(&self, brought: Brought<'a>) -> Option<RecordId> {
        RecordId::new(self.id_of(brought)).ok()
    }

    /// The id of what brought something.
    pub(super) fn id_of(&self, brought: Brought<'a>) -> &'a str {
        match brought {
            Brought::By(live) => self.dossier.live(live).map_or("", |one| one.record.id.as_str()),
            Brought::AtEnd(consequence) => consequence.as_str(),
        }
    }
}

/// Whether a value rises into a tier (or beyond) that it was not in before.
fn rises(version: Version<'_>, ladder: &LadderId, tier: &TierId, before: Points, now: Points) -> bool {
    let Some(ladder) = version.ladder(ladder) else { return false };
    let Some(asked) = ladder.tier.iter().position(|t| t.id == *tier) else { return false };
    let at_least = |value| tier_of_value(ladder, value).is_ok_and(|place| place >= asked);
    at_least(now) && !at_least(before)
}
