//! Findings as columns: what data frames and databases hand over.
//!
//! This is what goes in and what comes out; `run` is the way between.

use super::{
    compile::Scorer,
    run::{Run, Scales},
    scale::{QUANTITY_PLACES, Scaled},
};
use alloc::{vec, vec::Vec};
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
    /// The rules are not plain; [`Scorer::stream`] names the first that is not. A batch or a ledger takes them.
    #[error("the rules are not plain; a batch or a ledger takes them")]
    NotPlain,
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

impl Scorer {
    /// Reckons findings that come as columns: what each cost, the tallies, the tiers.
    ///
    /// The same as [`crate::assess`] says of the same findings without an organisation. Rows that are refused are listed
    /// with the reason; the others are scored. Columns that are in canonical order are read where they stand; others are
    /// put in order first, in memory of their own.
    ///
    /// # Errors
    /// [`ColumnsError`].
    // semantics §4, §5, §7, §9
    pub fn assess_columns(&self, columns: &Columns<'_>) -> Result<ScoredColumns, ColumnsError> {
        columns.checked(self.scale)?;
        let Some(order) = columns.order() else { return self.in_order(columns) };
        let sorted = Sorted::of(columns, &order);
        let mut scored = self.in_order(&sorted.columns(columns)).map_err(|error| match error {
            ColumnsError::Subject { row } => {
                ColumnsError::Subject { row: order.get(row).copied().unwrap_or(row) }
            }
            ColumnsError::HeadRoom { row } => {
                ColumnsError::HeadRoom { row: order.get(row).copied().unwrap_or(row) }
            }
            other => other,
        })?;
        let mut points = vec![0; order.len()];
        for (row, cost) in order.iter().zip(&scored.points) {
            if let Some(place) = points.get_mut(*row) {
                *place = *cost;
            }
        }
        scored.points = points;
        for refused in &mut scored.refused {
            refused.row = order.get(refused.row).copied().unwrap_or(refused.row);
        }
        Ok(scored)
    }

    fn in_order(&self, columns: &Columns<'_>) -> Result<ScoredColumns, ColumnsError> {
        let plain = self.plain.as_ref().map_err(|_| ColumnsError::NotPlain)?;
        let scales = Scales::of(columns, self.scale).ok_or(ColumnsError::TooFine)?;
        let mut run = Run::new(plain, columns.subjects)?;
        let mut points = vec![0; columns.subject.len()];
        let mut refused = Vec::new();
        let mut from = 0;
        // Day by day: within one the windows are the same.
        for day in columns.day.chunk_by(|a, b| a == b) {
            run.day(columns, scales, from, day, &mut points, &mut refused)?;
            from = from.saturating_add(day.len());
        }
        run.finish(points, refused)
    }
}

/// Columns put in canonical order.
struct Sorted {
    subject: Vec<u32>,
    clause: Vec<u32>,
    day: Vec<i32>,
    quantity: Option<Vec<i64>>,
    points: Option<Vec<i64>>,
}

impl Sorted {
    fn of(columns: &Columns<'_>, order: &[usize]) -> Self {
        fn sorted<T: Copy>(column: &[T], order: &[usize]) -> Vec<T> {
            order.iter().filter_map(|row| column.get(*row).copied()).collect()
        }
        Self {
            subject: sorted(columns.subject, order),
            clause: sorted(columns.clause, order),
            day: sorted(columns.day, order),
            quantity: columns.quantity.map(|quantity| sorted(quantity, order)),
            points: columns.points.map(|points| sorted(points, order)),
        }
    }

    fn columns<'a>(&'a self, like: &Columns<'a>) -> Columns<'a> {
        Columns {
            subject: &self.subject,
            clause: &self.clause,
            day: &self.day,
            rank: None,
            quantity: self.quantity.as_deref(),
            points: self.points.as_deref(),
            ..*like
        }
    }
}

impl Columns<'_> {
    /// Whether all columns are of one length, and no finer than the scorer.
    fn checked(&self, scale: u32) -> Result<(), ColumnsError> {
        let rows = self.subject.len();
        let lengths = [Some(self.clause.len()), Some(self.day.len()), self.rank.map(<[u32]>::len)];
        let others = [self.quantity.map(<[i64]>::len), self.points.map(<[i64]>::len)];
        if lengths.into_iter().chain(others).flatten().any(|length| length != rows) {
            return Err(ColumnsError::Length);
        }
        if self.quantity_places > QUANTITY_PLACES || self.points_places > scale {
            return Err(ColumnsError::TooFine);
        }
        Ok(())
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
}
