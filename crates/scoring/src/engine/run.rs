//! The way through columns: one pass in canonical order, day by day.
//!
//! What a finding must know of earlier ones is in one small cell for each subject and clause: until when the latest ones
//! still recur, and how much of the cap is used in the window at hand. What is added up in the windows of the day lies side
//! by side, and is put away when a window ends.

use super::{
    clause::{CapOrder, ClauseTable, ONE_QUANTITY, Stop},
    columns::{Columns, ColumnsError, Dense, LadderColumn, TallyColumn, TierCell, UnscoredCell},
    plain::Plain,
    policy::TallyTable,
    scale::{QUANTITY_PLACES, power},
    span::{Bounds, Day, day_of},
};
use alloc::{boxed::Box, vec, vec::Vec};
use ducha_core::{Period, Step};

/// What the columns' numbers are multiplied by to come to the scorer's scale.
#[derive(Clone, Copy)]
pub(super) struct Scales {
    quantity: i64,
    points: i64,
}

impl Scales {
    pub(super) fn of(columns: &Columns<'_>, scale: u32) -> Option<Self> {
        Some(Self {
            quantity: power(QUANTITY_PLACES.checked_sub(columns.quantity_places)?)?,
            points: power(scale.checked_sub(columns.points_places)?)?,
        })
    }
}

/// What a finding must know of earlier ones of the same subject and clause.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The first day on which the latest earlier finding no longer recurs.
    recurs_until: Day,
    /// The window in which the cap is used, by its first day.
    capped_from: Day,
    used: i64,
}

const FRESH: Cell = Cell { recurs_until: Day::MIN, capped_from: Day::MIN, used: 0 };

/// A tally while it runs.
#[derive(Clone)]
struct Running {
    /// The windows that were met.
    windows: Vec<Bounds>,
    /// What was added up in those that have ended.
    ended: Vec<i64>,
}

/// The run through columns.
pub(super) struct Run<'s> {
    rules: &'s Plain,
    subjects: usize,
    history: History<'s>,
    /// What was added up in the windows of the day: tally by tally, and in each subject by subject.
    sums: Vec<i64>,
    /// For each clause's tallies, where their sums begin.
    counted_in: Box<[usize]>,
    tallies: Box<[Running]>,
    /// Where a veto forces the worst tier, for each ladder.
    forced: Box<[Vec<usize>]>,
}

/// What happened earlier, and in which windows the day lies.
struct History<'s> {
    rules: &'s Plain,
    cells: Vec<Cell>,
    /// For recurrences with more than two factors: until when earlier findings than the latest recur.
    rings: Vec<Day>,
    ring: usize,
    /// The window of the day, for each kind of window.
    bounds: Box<[Bounds]>,
}

impl<'s> Run<'s> {
    pub(super) fn new(rules: &'s Plain, subjects: u32) -> Result<Self, ColumnsError> {
        let too_many = || ColumnsError::TooMany;
        let subjects = usize::try_from(subjects).map_err(|_| too_many())?;
        let cells = subjects.checked_mul(rules.clauses.len()).ok_or_else(too_many)?;
        let ring = rules.recurrences.iter().map(|policy| policy.further.len()).max().unwrap_or(0);
        let rings = cells.checked_mul(ring).ok_or_else(too_many)?;
        let sums = subjects.checked_mul(rules.tallies.len()).ok_or_else(too_many)?;
        let nowhere = Bounds { first: Day::MAX, until: Day::MIN };
        let running = Running { windows: Vec::new(), ended: Vec::new() };
        Ok(Self {
            rules,
            subjects,
            history: History {
                rules,
                cells: vec![FRESH; cells],
                rings: vec![Day::MIN; rings],
                ring,
                bounds: vec![nowhere; rules.spans.len()].into_boxed_slice(),
            },
            sums: vec![0; sums],
            counted_in: rules
                .counted_in
                .iter()
                .map(|tally| subjects.saturating_mul(*tally as usize))
                .collect(),
            tallies: vec![running; rules.tallies.len()].into_boxed_slice(),
            forced: vec![Vec::new(); rules.ladders.len()].into_boxed_slice(),
        })
    }

    /// How many subjects there is room for.
    pub(super) const fn subjects(&self) -> usize {
        self.subjects
    }

    /// Makes room for so many subjects. Those beyond must not have anything yet.
    pub(super) fn resize(&mut self, subjects: u32) -> Result<(), ColumnsError> {
        let (old, new) = (self.subjects, subjects as usize);
        let cells = new.checked_mul(self.rules.clauses.len()).ok_or(ColumnsError::TooMany)?;
        let rings = cells.checked_mul(self.history.ring).ok_or(ColumnsError::TooMany)?;
        self.history.cells.resize(cells, FRESH);
        self.history.rings.resize(rings, Day::MIN);
        self.sums = laid_out(&self.sums, old, new);
        self.counted_in =
            self.rules.counted_in.iter().map(|tally| new.saturating_mul(*tally as usize)).collect();
        for forced in &mut self.forced {
            for at in forced {
                let (window, subject) = (at.checked_div(old).unwrap_or(0), at.checked_rem(old).unwrap_or(0));
                *at = window.saturating_mul(new).saturating_add(subject);
            }
        }
        for running in &mut self.tallies {
            running.ended = laid_out(&running.ended, old, new);
        }
        self.subjects = new;
        Ok(())
    }

    /// Reckons the rows of one day, from a row on.
    #[inline]
    pub(super) fn day(
        &mut self,
        columns: &Columns<'_>,
        scales: Scales,
        from: usize,
        day: &[Day],
        points: &mut [i64],
        unscored: &mut Vec<UnscoredCell>,
    ) -> Result<(), ColumnsError> {
        let Some(today) = day.first().copied() else { return Ok(()) };
        let rows = from..from.saturating_add(day.len());
        if let Err(reason) = self.history.dawn(today) {
            return UnscoredCell::refuse_day(rows, today, reason, unscored);
        }
        let mut opened = false;
        let subject = columns.subject.get(rows.clone()).unwrap_or_default();
        let clause = columns.clause.get(rows.clone()).unwrap_or_default();
        let points = points.get_mut(rows.clone()).unwrap_or_default();
        let given =
            |column: Option<&'_ [i64]>, row: usize| column.and_then(|column| column.get(row).copied());
        for (row, ((subject, number), cost)) in rows.zip(subject.iter().zip(clause).zip(points)) {
            let head_room = ColumnsError::HeadRoom { row };
            let (subject, number) = (*subject as usize, *number as usize);
            if subject >= self.subjects {
                return Err(ColumnsError::Subject { row });
            }
            let quantity = given(columns.quantity, row)
                .map_or(Some(ONE_QUANTITY), |quantity| quantity.checked_mul(scales.quantity))
                .ok_or(head_room)?;
            let chosen = match given(columns.points, row).filter(|chosen| *chosen != Columns::NOT_GIVEN) {
                None => None,
                Some(chosen) => Some(chosen.checked_mul(scales.points).ok_or(head_room)?),
            };
            let Some(clause) = self.rules.clauses.get(number) else {
                unscored.push(UnscoredCell::refused(row, Step::RowClauseUnknown));
                continue;
            };
            let price = match clause.price(quantity, chosen) {
                Ok(price) => price,
                Err(Stop::HeadRoom) => return Err(head_room),
                Err(Stop::Refused(reason)) => {
                    unscored.push(UnscoredCell::refused(row, reason));
                    continue;
                }
            };
            // Windows are opened by what is scored, not by what is refused.
            if !opened {
                self.open();
                opened = true;
            }
            let place = subject.wrapping_mul(self.rules.clauses.len()).wrapping_add(number);
            *cost = self.history.weigh(clause, place, today, price).ok_or(head_room)?;
            self.count(clause, subject, *cost, quantity).ok_or(head_room)?;
        }
        Ok(())
    }

    /// The day has a finding that counts: its windows are there, and what ended before is put away.
    fn open(&mut self) {
        let tallies = self.rules.tallies.iter().zip(&mut self.tallies);
        for ((table, running), sums) in tallies.zip(self.sums.chunks_exact_mut(self.subjects.max(1))) {
            let Some(bounds) = self.history.bounds.get(table.span as usize) else { continue };
            if running.windows.last() != Some(bounds) {
                if !running.windows.is_empty() {
                    running.ended.extend_from_slice(sums);
                    sums.fill(0);
                }
                running.windows.push(*bounds);
            }
        }
    }

    /// Adds what a finding cost to the tallies that count its clause.
    // semantics §7.1, §9.5
    #[inline]
    fn count(&mut self, clause: &ClauseTable, subject: usize, points: i64, quantity: i64) -> Option<()> {
        let (first, last) = clause.tallies;
        for begin in self.counted_in.get(first as usize..last as usize)? {
            let sum = self.sums.get_mut(begin.wrapping_add(subject))?;
            *sum = sum.checked_add(points)?;
        }
        let (first, last) = clause.counts;
        for begin in self.counted_in.get(first as usize..last as usize)? {
            let sum = self.sums.get_mut(begin.wrapping_add(subject))?;
            *sum = sum.checked_add(1)?;
        }
        let (first, last) = clause.vetoes;
        if first != last { self.force(clause, subject, quantity) } else { Some(()) }
    }

    #[cold]
    fn force(&mut self, clause: &ClauseTable, subject: usize, quantity: i64) -> Option<()> {
        let (first, last) = clause.vetoes;
        for veto in self.rules.vetoes.get(first as usize..last as usize)? {
            if quantity >= veto.at_least {
                let ladder = self.rules.ladders.get(veto.ladder as usize)?;
                let at = self.tallies.get(ladder.tally as usize)?.ended.len().wrapping_add(subject);
                self.forced.get_mut(veto.ladder as usize)?.push(at);
            }
        }
        Some(())
    }

    /// What was added up, and where it stands. `rows` is how many there were.
    pub(super) fn finish(self, rows: usize) -> Result<Dense, ColumnsError> {
        let rules = self.rules;
        let head_room = ColumnsError::HeadRoom { row: rows };
        let one = power(rules.scale).ok_or(head_room)?;
        let mut tallies = Vec::new();
        let running = self.tallies.into_iter().zip(self.sums.chunks_exact(self.subjects.max(1)));
        for (table, (running, last)) in rules.tallies.iter().zip(running) {
            let mut values = running.ended;
            if !running.windows.is_empty() {
                values.extend_from_slice(last);
            }
            for value in &mut values {
                *value = table.value(*value, one).ok_or(head_room)?;
            }
            let windows = running.windows.iter();
            let windows =
                windows.filter_map(|bounds| Period::new(day_of(bounds.first)?, day_of(bounds.until)?));
            tallies.push(TallyColumn { tally: table.id.clone(), windows: windows.collect(), values });
        }
        let mut ladders = Vec::new();
        for (table, forced) in rules.ladders.iter().zip(self.forced) {
            let tally = table.tally as usize;
            let values = tallies.get(tally).map(|tally| tally.values.as_slice()).unwrap_or_default();
            let mut tiers: Vec<TierCell> = values.iter().map(|value| table.place(*value)).collect();
            for at in forced {
                if let Some(tier) = tiers.get_mut(at) {
                    *tier = Ok(table.worst());
                }
            }
            ladders.push(LadderColumn { ladder: table.id.clone(), tally, tiers });
        }
        Ok(Dense { tallies, ladders })
    }
}

impl History<'_> {
    /// A new day: which windows hold it.
    fn dawn(&mut self, day: Day) -> Result<(), Step> {
        let (from, until) = self.rules.in_force;
        if day < from || until <= day {
            return Err(Step::RowOutsideVersions);
        }
        for (bounds, span) in self.bounds.iter_mut().zip(&self.rules.spans) {
            // A civil window still holds the next day, mostly.
            if span.is_rolling() || day < bounds.first || bounds.until <= day {
                *bounds = span.around(day).ok_or(Step::DayOutOfRange)?;
            }
        }
        Ok(())
    }

    /// The price after what happened earlier: cap, recurrence, cap.
    // semantics §4.5, §5
    #[inline]
    fn weigh(&mut self, clause: &ClauseTable, place: usize, day: Day, price: i64) -> Option<i64> {
        let cell = self.cells.get_mut(place)?;
        let mut points = price;
        if clause.cap.order == CapOrder::Before {
            points = trim(cell, self.bounds.get(clause.cap.span as usize)?.first, clause.cap.max, points)?;
        }
        if let Some(policy) = self.rules.recurrences.get(clause.recurrence as usize) {
            let until = self.bounds.get(policy.span as usize)?.until;
            let again = day < cell.recurs_until;
            let mut factor = if again { policy.second } else { policy.first };
            if !policy.further.is_empty() {
                if again {
                    let before = earlier(&self.rings, place, self.ring, day);
                    let nth = |nth: usize| policy.further.get(nth).or(policy.further.last());
                    factor = before.checked_sub(1).and_then(nth).copied().unwrap_or(factor);
                }
                if price != 0 || policy.count_remarks {
                    remember(&mut self.rings, place, self.ring, cell.recurs_until);
                }
            }
            points = factor.times(points)?;
            if price != 0 || policy.count_remarks {
                cell.recurs_until = until;
            }
        }
        if clause.cap.order == CapOrder::After {
            points = trim(cell, self.bounds.get(clause.cap.span as usize)?.first, clause.cap.max, points)?;
        }
        Some(points)
    }
}

/// What a cap lets through, and its use.
#[inline]
fn trim(cell: &mut Cell, window: Day, max: i64, points: i64) -> Option<i64> {
    let used = if cell.capped_from == window { cell.used } else { 0 };
    // Never more than the most: what was let through is in it.
    let points = points.min(max.checked_sub(used)?);
    cell.capped_from = window;
    cell.used = used.checked_add(points)?;
    Some(points)
}

/// How many earlier findings than the latest still recur.
#[cold]
fn earlier(rings: &[Day], place: usize, ring: usize, day: Day) -> usize {
    let from = place.saturating_mul(ring);
    let ring = rings.get(from..from.saturating_add(ring)).unwrap_or_default();
    ring.iter().filter(|until| day < **until).count()
}

/// Keeps the latest: the oldest makes room.
#[cold]
fn remember(rings: &mut [Day], place: usize, ring: usize, until: Day) {
    let from = place.saturating_mul(ring);
    if let Some(oldest) =
        rings.get_mut(from..from.saturating_add(ring)).and_then(|ring| ring.iter_mut().min())
    {
        *oldest = until;
    }
}

/// Numbers of so many subjects a row, with room for another number of them.
fn laid_out(numbers: &[i64], old: usize, new: usize) -> Vec<i64> {
    let mut out = Vec::with_capacity(numbers.len().checked_div(old).unwrap_or(0).saturating_mul(new));
    for row in numbers.chunks(old.max(1)) {
        let end = out.len().saturating_add(new);
        out.extend(row.iter().take(new));
        out.resize(end, 0);
    }
    out
}

impl TallyTable {
    /// The value of what was added up.
    // semantics §7.2
    fn value(&self, sum: i64, one: i64) -> Option<i64> {
        let sum = if self.counts_findings { sum.checked_mul(one)? } else { sum };
        let deducted = sum.min(self.max_deduction);
        let value = match self.full_marks {
            Some(full) => full.checked_sub(deducted)?,
            None => deducted,
        };
        // As the reference says: below the floor is the floor, whatever the ceiling.
        Some(if value < self.floor { self.floor } else { value.min(self.ceiling) })
    }
}
