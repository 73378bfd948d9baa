//! Findings as columns: what data frames and databases hand over.
//!
//! This is what goes in. Plain rules take it by `run`, all others by the passes of a batch:
//!
//! | module | what it holds |
//! |---|---|
//! | `check`, `order` | what makes columns sound, and plain; the rows in canonical order |
//! | `ways` | which way is gone |
//! | `rows`, `general` | rows as records; what a batch says of them, by row |
//! | `scored`, `table` | what comes of columns; the same as one table, whichever way was gone |

mod check;
mod general;
mod order;
mod rows;
mod scored;
mod table;
mod ways;

pub use check::ColumnsError;
pub use scored::{
    Dense, EntryColumns, General, LadderColumn, ScoredColumns, TallyColumn, TierCell, UnscoredCell, Way,
};
pub use table::{Cells, Table};
pub use ways::Tell;

use ducha_core::{InspectionId, LevelId, RecordId, SourceId, SubjectId, record::Method};

/// Findings as columns of equal length: everything that a finding may tell.
///
/// Codes are numbers: of clauses as [`Scorer::clause`](super::Scorer::clause) tells, of subjects as the caller likes, of
/// all else with the names beside them ([`Coded`]). Days are chrono's `num_days_from_ce`. A finding that rests on
/// evidence, and every other record, is given beside the columns
/// ([`Scorer::assess_columns_with`](super::Scorer::assess_columns_with)).
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns<'a> {
    /// How many subjects there are.
    pub subjects: u32,
    /// The ids of the subjects by their numbers; asked for where there is an organisation, or records beside the columns.
    pub names: Option<&'a [SubjectId]>,
    /// The subject of each finding, from 0.
    pub subject: &'a [u32],
    /// The clause of each finding; a number that the scorer has not given is that of an unknown clause.
    pub clause: &'a [u32],
    /// The day of each act.
    pub day: &'a [i32],
    /// The time of each act in nanoseconds since midnight, [`Columns::NOT_GIVEN`] where unknown. It orders rows of a day:
    /// those without it come last.
    pub time: Option<&'a [i64]>,
    /// The order within a day, or within a moment where there are times; nothing where the rows of one stand in canonical
    /// order. Not to be given with ids, by which rows are ordered then.
    pub rank: Option<&'a [u32]>,
    /// The ids of the rows; nothing for those that [`Columns::row_id`] makes.
    pub id: Option<&'a [&'a str]>,
    /// The quantities; nothing for one each.
    pub quantity: Option<&'a [i64]>,
    /// How many places the quantities have, at most four.
    pub quantity_places: u32,
    /// The points that inspectors chose, [`Columns::NOT_GIVEN`] where none; nothing at all where no column is given.
    pub points: Option<&'a [i64]>,
    /// How many places the points have, at most [`Scorer::scale`](super::Scorer::scale).
    pub points_places: u32,
    /// The money that inspectors chose, [`Columns::NOT_GIVEN`] where none.
    pub money: Option<&'a [i64]>,
    /// How many places the money has, at most [`Scorer::scale`](super::Scorer::scale).
    pub money_places: u32,
    /// Why points were chosen. Without this column the reason for each choice is on record elsewhere: that is the caller's
    /// to see to.
    pub reason: Option<Coded<'a, &'a str>>,
    /// The severity levels.
    pub severity: Option<Coded<'a, LevelId>>,
    /// The inspections.
    pub inspection: Option<Coded<'a, InspectionId>>,
    /// The sources: the unit itself, the office, a user …
    pub source: Option<Coded<'a, SourceId>>,
    /// Who found it.
    pub inspector: Option<Coded<'a, SubjectId>>,
    /// How it was found (art. 4).
    pub method: Option<Coded<'a, Method>>,
    /// Where it was found.
    pub place: Option<Coded<'a, &'a str>>,
    /// Remarks for people.
    pub note: Option<Coded<'a, &'a str>>,
    /// The days of recording, [`Columns::NO_DAY`] for the day of the act.
    pub recorded_on: Option<&'a [i32]>,
    /// The days on which the unit had mended it, [`Columns::NO_DAY`] where it had not.
    pub corrected_on: Option<&'a [i32]>,
    /// The days on which a case about it was decided, [`Columns::NO_DAY`] where none was.
    pub decided_on: Option<&'a [i32]>,
    /// The records that rows take back, by their ids.
    pub revokes: Option<Coded<'a, RecordId>>,
    /// The records in whose place rows stand, by their ids.
    pub supersedes: Option<Coded<'a, RecordId>>,
}

impl Columns<'_> {
    /// That a row gives no points, money or time.
    pub const NOT_GIVEN: i64 = i64::MIN;
    /// That a row gives no day.
    pub const NO_DAY: i32 = i32::MIN;
    /// That a row has no code: no inspection, no place …
    pub const NO_CODE: u32 = u32::MAX;

    /// How many rows there are.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.subject.len()
    }
}

/// A column of codes, each of them the place of a name: what Arrow calls a dictionary array, data frames a categorical.
#[derive(Debug)]
pub struct Coded<'a, T> {
    /// The places of the names, [`Columns::NO_CODE`] where a row has none.
    pub codes: &'a [u32],
    /// The names.
    pub names: &'a [T],
}

impl<T> Clone for Coded<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Coded<'_, T> {}

impl<'a, T> Coded<'a, T> {
    /// The name of a row: `Ok(None)` where it has none, an error where its code has no name.
    pub(in crate::engine) fn name(&self, row: usize) -> Result<Option<&'a T>, ColumnsError> {
        match self.codes.get(row) {
            None | Some(&Columns::NO_CODE) => Ok(None),
            Some(code) => self.names.get(*code as usize).map(Some).ok_or(ColumnsError::Code { row }),
        }
    }
}
