//! Findings as columns: what data frames and databases hand over.
//!
//! One pass in canonical order. What a finding must know of earlier ones is in one small cell for each subject and clause:
//! until when the latest ones still recur, and how much of the cap is used in the window at hand.

use super::{
    clause::{ClauseTable, ONE_QUANTITY},
    compile::Scorer,
    policy::TallyTable,
    scale::{QUANTITY_PLACES, Scaled, power},
    span::{Bounds, Day, day_of},
};
use alloc::{boxed::Box, vec, vec::Vec};
use ducha_core::{LadderId, Period, Step, TallyId};

/// Findings as columns of equal length. Codes are numbers: of clauses as [`Scorer::clause`] tells, of subjects as the caller likes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns<'a> {
    /// How many subjects there are.
    pub subjects: u32,
    /// The subject of each finding, from 0.
    pub subject: &'a [u32],
    /// The clause of each finding.
    pub clause: &'a [u32],
    /// The day of each act, as chrono's `num_days_from_ce`.
    pub day: &'a [i32],
    /// The order within a day; nothing where the rows are in canonical order as they stand.
    pub rank: Option<&'a [u32]>,
    /// The quantities; nothing for one each.
    pub quantity: Option<&'a [i64]>,
    /// How many places the quantities have, at most four.
    pub quantity_places: u32,
    /// What inspectors chose, [`Columns::NOT_GIVEN`] where nothing; nothing at all where no column is given.
    ///
    /// A column has no words: that the reason for the choice is on record is the caller's to see to.
    pub points: Option<&'a [i64]>,
    /// How many places the points have, at most [`Scorer::scale`].
    pub points_places: u32,
}

impl Columns<'_> {
    /// That a row gives no points.
    pub const NOT_GIVEN: i64 = i64::MIN;
}

/// Why columns cannot be reckoned at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnsError {
    /// The columns are not of one length.
    #[error("the columns are not of one length")]
    Length,
    /// More places than the scorer has.
    #[error("the column has more decimal places than the scorer")]
    TooFine,
    /// A row names a subject beyond their number.
    #[error("row {row}: there is no subject of that number")]
    Subject {
        /// The row, from 0.
        row: usize,
    },
    /// 64 bits don't hold what comes of a row; the reference evaluator may still tell.
    #[error("row {row}: 64 bits do not hold the points")]
    HeadRoom {
        /// The row, from 0.
        row: usize,
    },
    /// Columns too long, or too many subjects, for the memory to be addressed.
    #[error("too many rows or subjects")]
    TooMany,
}

/// A row that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedRow {
    /// The row, from 0.
    pub row: usize,
    /// Why, as the reference evaluator says it.
    pub reason: Step,
}

/// What comes of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredColumns {
    /// How many places all whole numbers here have.
    pub places: u32,
    /// What each row cost, in the order of the input; 0 where it was refused.
    pub points: Vec<i64>,
    /// The rows that were refused, in canonical order.
    pub refused: Vec<RefusedRow>,
    /// The tallies, in the order of the rulebook.
    pub tallies: Vec<TallyColumn>,
    /// The ladders, in the order of the rulebook.
    pub ladders: Vec<LadderColumn>,
}

impl ScoredColumns {
    /// What a row cost.
    #[must_use]
    pub fn deduction(&self, row: usize) -> Option<Scaled> {
        self.points.get(row).map(|value| Scaled { value: *value, places: self.places })
    }
}

/// A tally of every subject in every window that a finding touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyColumn {
    /// The tally.
    pub tally: TallyId,
    /// The windows, in order.
    pub windows: Vec<Period>,
    /// The values: window by window, and in each subject by subject.
    pub values: Vec<i64>,
}

/// Where a subject stands in a window: the place of the tier from the mildest on, or why none can be told.
pub type TierCell = Result<u32, Step>;

/// A ladder for every subject in every window of its tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderColumn {
    /// The ladder.
    pub ladder: LadderId,
    /// Its tally, by its place in [`ScoredColumns::tallies`].
    pub tally: usize,
    /// The tiers: window by window, and in each subject by subject.
    pub tiers: Vec<TierCell>,
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

/// One finding, in the scorer's numbers.
#[derive(Clone, Copy)]
struct Finding {
    subject: u32,
    clause: u32,
    day: Day,
    quantity: i64,
    chosen: Option<i64>,
}

/// The windows of one kind that were met so far.
#[derive(Default, Clone)]
struct Met {
    windows: Vec<Bounds>,
}

/// The run through the columns.
struct Run<'s> {
    scorer: &'s Scorer,
    subjects: usize,
    cells: Vec<Cell>,
    /// For recurrences with more than two factors: until when the earlier findings recur, latest ones only.
    rings: Vec<Day>,
    ring: usize,
    today: Day,
    /// The window of today, for each kind of window.
    bounds: Box<[Bounds]>,
    /// Where today's window begins in the sums of each tally; set at the first finding of the day that is not refused.
    at: Box<[usize]>,
    opened: bool,
    met: Box<[Met]>,
    sums: Box<[Vec<i64>]>,
    /// Which sums a veto forces to the worst tier, for each ladder.
    forced: Box<[Vec<usize>]>,
}

/// Why a row comes to nothing.
enum Stop {
    Refused(Step),
    Error(ColumnsError),
}

impl Scorer {
    /// Reckons findings that come as columns: what each cost, the tallies, the tiers.
    ///
    /// The same as [`crate::assess`] says of the same findings without an organisation. Rows that are refused are listed
    /// with the reason; the others are scored.
    ///
    /// # Errors
    /// [`ColumnsError`].
    // semantics §4, §5, §7, §9
    pub fn assess_columns(&self, columns: &Columns<'_>) -> Result<ScoredColumns, ColumnsError> {
        let rows = columns.checked(self.scale)?;
        let mut run = Run::new(self, columns.subjects)?;
        let mut points = vec![0; rows];
        let mut refused = Vec::new();
        let scales = Scales::of(columns, self.scale).ok_or(ColumnsError::TooFine)?;
        match columns.order() {
            None => {
                for (row, cost) in points.iter_mut().enumerate() {
                    run.settle(columns, scales, row, cost, &mut refused)?;
                }
            }
            Some(order) => {
                for row in order {
                    let Some(cost) = points.get_mut(row) else { continue };
                    run.settle(columns, scales, row, cost, &mut refused)?;
                }
            }
        }
        run.finish(points, refused)
    }
}

/// What the columns' numbers are multiplied by to come to the scorer's scale.
#[derive(Clone, Copy)]
struct Scales {
    quantity: i64,
    points: i64,
}

impl Scales {
    fn of(columns: &Columns<'_>, scale: u32) -> Option<Self> {
        Some(Self {
            quantity: power(QUANTITY_PLACES.checked_sub(columns.quantity_places)?)?,
            points: power(scale.checked_sub(columns.points_places)?)?,
        })
    }
}

impl Columns<'_> {
    /// How many rows there are, if all columns agree on it.
    fn checked(&self, scale: u32) -> Result<usize, ColumnsError> {
        let rows = self.subject.len();
        let lengths = [Some(self.clause.len()), Some(self.day.len()), self.rank.map(<[u32]>::len)];
        let others = [self.quantity.map(<[i64]>::len), self.points.map(<[i64]>::len)];
        if lengths.into_iter().chain(others).flatten().any(|length| length != rows) {
            return Err(ColumnsError::Length);
        }
        if self.quantity_places > QUANTITY_PLACES || self.points_places > scale {
            return Err(ColumnsError::TooFine);
        }
        Ok(rows)
    }

    /// The rows in canonical order; nothing where they are in it.
    // semantics §3.1
    fn order(&self) -> Option<Vec<usize>> {
        let key = |row: &usize| (self.day.get(*row), self.rank.and_then(|rank| rank.get(*row)));
        let sorted = match self.rank {
            None => self.day.is_sorted(),
            Some(_) => (0..self.day.len()).is_sorted_by_key(|row| key(&row)),
        };
        if sorted {
            return None;
        }
        let mut order: Vec<usize> = (0..self.day.len()).collect();
        order.sort_by_key(key);
        Some(order)
    }

    #[inline]
    fn finding(&self, row: usize, scales: Scales) -> Option<Finding> {
        let quantity = match self.quantity {
            None => ONE_QUANTITY,
            Some(quantity) => quantity.get(row)?.checked_mul(scales.quantity)?,
        };
        let chosen = match self.points.and_then(|points| points.get(row)) {
            None => None,
            Some(chosen) if *chosen == Self::NOT_GIVEN => None,
            Some(chosen) => Some(chosen.checked_mul(scales.points)?),
        };
        Some(Finding {
            subject: *self.subject.get(row)?,
            clause: *self.clause.get(row)?,
            day: *self.day.get(row)?,
            quantity,
            chosen,
        })
    }
}

impl<'s> Run<'s> {
    fn new(scorer: &'s Scorer, subjects: u32) -> Result<Self, ColumnsError> {
        let too_many = || ColumnsError::TooMany;
        let subjects = usize::try_from(subjects).map_err(|_| too_many())?;
        let cells = subjects.checked_mul(scorer.clauses.len()).ok_or_else(too_many)?;
        let longest = scorer.recurrences.iter().map(|policy| policy.factors.len()).max().unwrap_or(0);
        let ring = longest.saturating_sub(2);
        let rings = cells.checked_mul(ring).ok_or_else(too_many)?;
        let nowhere = Bounds { first: Day::MAX, until: Day::MIN };
        Ok(Self {
            scorer,
            subjects,
            cells: vec![FRESH; cells],
            rings: vec![Day::MIN; rings],
            ring,
            today: Day::MIN,
            bounds: vec![nowhere; scorer.spans.len()].into_boxed_slice(),
            at: vec![0; scorer.tallies.len()].into_boxed_slice(),
            opened: false,
            met: vec![Met::default(); scorer.tallies.len()].into_boxed_slice(),
            sums: vec![Vec::new(); scorer.tallies.len()].into_boxed_slice(),
            forced: vec![Vec::new(); scorer.ladders.len()].into_boxed_slice(),
        })
    }

    /// What a row costs; a refused one is listed.
    #[inline]
    fn settle(
        &mut self,
        columns: &Columns<'_>,
        scales: Scales,
        row: usize,
        cost: &mut i64,
        refused: &mut Vec<RefusedRow>,
    ) -> Result<(), ColumnsError> {
        let finding = columns.finding(row, scales).ok_or(ColumnsError::HeadRoom { row })?;
        match self.score(finding, row) {
            Ok(points) => *cost = points,
            Err(Stop::Refused(reason)) => refused.push(RefusedRow { row, reason }),
            Err(Stop::Error(error)) => return Err(error),
        }
        Ok(())
    }

    #[inline]
    fn score(&mut self, finding: Finding, row: usize) -> Result<i64, Stop> {
        let scorer = self.scorer;
        let head_room = || Stop::Error(ColumnsError::HeadRoom { row });
        let subject = usize::try_from(finding.subject).unwrap_or(usize::MAX);
        if subject >= self.subjects {
            return Err(Stop::Error(ColumnsError::Subject { row }));
        }
        if finding.day != self.today {
            self.dawn(finding.day)?;
        }
        let number = usize::try_from(finding.clause).unwrap_or(usize::MAX);
        let Some(clause) = scorer.clauses.get(number) else {
            return Err(Stop::Refused(Step::RowClauseUnknown));
        };
        let price = clause.price(finding.quantity, finding.chosen).ok_or_else(head_room)?;
        let price = price.map_err(Stop::Refused)?;
        if !self.opened {
            self.open();
        }
        let place = subject.wrapping_mul(scorer.clauses.len()).wrapping_add(number);
        let points = self.after_history(clause, place, finding.day, price).ok_or_else(head_room)?;
        self.count(clause, subject, points, finding.quantity).ok_or_else(head_room)?;
        Ok(points)
    }

    /// A new day: which windows hold it.
    #[cold]
    fn dawn(&mut self, day: Day) -> Result<(), Stop> {
        let (from, until) = self.scorer.in_force;
        if day < from || until <= day {
            return Err(Stop::Refused(Step::RowOutsideVersions));
        }
        for (bounds, span) in self.bounds.iter_mut().zip(&self.scorer.spans) {
            *bounds = span.around(day).ok_or(Stop::Refused(Step::DayOutOfRange))?;
        }
        self.today = day;
        self.opened = false;
        Ok(())
    }

    /// The day has a finding that counts: its windows are there.
    #[cold]
    fn open(&mut self) {
        self.opened = true;
        for (((tally, met), sums), at) in
            self.scorer.tallies.iter().zip(&mut self.met).zip(&mut self.sums).zip(&mut self.at)
        {
            let Some(bounds) = self.bounds.get(tally.span as usize) else { continue };
            if met.windows.last() != Some(bounds) {
                met.windows.push(*bounds);
                *at = sums.len();
                sums.resize(sums.len().saturating_add(self.subjects), 0);
            }
        }
    }

    /// The price after what happened earlier: cap, recurrence, cap.
    // semantics §4.5, §5
    #[inline]
    fn after_history(&mut self, clause: &ClauseTable, place: usize, day: Day, price: i64) -> Option<i64> {
        let cell = self.cells.get_mut(place)?;
        let cap =
            clause.cap.and_then(|cap| self.bounds.get(cap.span as usize).map(|bounds| (cap, bounds.first)));
        let mut points = price;
        if let Some((cap, window)) = cap.filter(|(cap, _)| cap.before_factors) {
            points = trim(cell, window, cap.max, points)?;
        }
        if let Some(policy) = clause.recurrence.and_then(|at| self.scorer.recurrences.get(at as usize)) {
            let until = self.bounds.get(policy.span as usize)?.until;
            let mut times = usize::from(day < cell.recurs_until);
            if times > 0 && policy.factors.len() > 2 {
                times = times.checked_add(earlier(&self.rings, place, self.ring, day))?;
            }
            let factor = policy.factors.get(times).or(policy.factors.last());
            points = factor.map_or(Some(points), |factor| factor.times(points))?;
            if price != 0 || policy.count_remarks {
                if policy.factors.len() > 2 {
                    remember(&mut self.rings, place, self.ring, cell.recurs_until);
                }
                cell.recurs_until = until;
            }
        }
        if let Some((cap, window)) = cap.filter(|(cap, _)| !cap.before_factors) {
            points = trim(cell, window, cap.max, points)?;
        }
        Some(points)
    }

    /// Adds what a finding cost to the tallies that count its clause.
    // semantics §7.1, §9.5
    #[inline]
    fn count(&mut self, clause: &ClauseTable, subject: usize, points: i64, quantity: i64) -> Option<()> {
        let scorer = self.scorer;
        let (first, last) = clause.tallies;
        for place in scorer.counted_in.get(first as usize..last as usize)? {
            let place = *place as usize;
            let at = self.at.get(place)?.wrapping_add(subject);
            let sum = self.sums.get_mut(place)?.get_mut(at)?;
            let tally = scorer.tallies.get(place)?;
            *sum = sum.checked_add(if tally.counts_findings { 1 } else { points })?;
        }
        let (first, last) = clause.vetoes;
        if first == last {
            return Some(());
        }
        for veto in scorer.vetoes.get(first as usize..last as usize)? {
            if quantity >= veto.at_least {
                let ladder = scorer.ladders.get(veto.ladder as usize)?;
                let at = self.at.get(ladder.tally as usize)?.wrapping_add(subject);
                self.forced.get_mut(veto.ladder as usize)?.push(at);
            }
        }
        Some(())
    }

    fn finish(self, points: Vec<i64>, refused: Vec<RefusedRow>) -> Result<ScoredColumns, ColumnsError> {
        let scorer = self.scorer;
        let head_room = ColumnsError::HeadRoom { row: points.len() };
        let one = power(scorer.scale).ok_or(head_room)?;
        let mut tallies = Vec::new();
        for ((table, met), mut values) in scorer.tallies.iter().zip(self.met).zip(self.sums) {
            for value in &mut values {
                *value = table.value(*value, one).ok_or(head_room)?;
            }
            let windows = met
                .windows
                .iter()
                .filter_map(|bounds| Period::new(day_of(bounds.first)?, day_of(bounds.until)?));
            tallies.push(TallyColumn { tally: table.id.clone(), windows: windows.collect(), values });
        }
        let mut ladders = Vec::new();
        for (table, forced) in scorer.ladders.iter().zip(self.forced) {
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
        Ok(ScoredColumns { places: scorer.scale, points, refused, tallies, ladders })
    }
}

/// What a cap lets through, and its use.
#[inline]
fn trim(cell: &mut Cell, window: Day, max: i64, points: i64) -> Option<i64> {
    if cell.capped_from != window {
        cell.capped_from = window;
        cell.used = 0;
    }
    let left = max.checked_sub(cell.used)?.max(0);
    let points = points.min(left);
    cell.used = cell.used.checked_add(points)?;
    Some(points)
}

/// How many earlier findings than the latest still recur.
fn earlier(rings: &[Day], place: usize, ring: usize, day: Day) -> usize {
    let from = place.saturating_mul(ring);
    let ring = rings.get(from..from.saturating_add(ring)).unwrap_or_default();
    ring.iter().filter(|until| day < **until).count()
}

/// Keeps the latest: the oldest makes room.
fn remember(rings: &mut [Day], place: usize, ring: usize, until: Day) {
    let from = place.saturating_mul(ring);
    if let Some(oldest) =
        rings.get_mut(from..from.saturating_add(ring)).and_then(|ring| ring.iter_mut().min())
    {
        *oldest = until;
    }
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
