//! What makes columns sound, and what makes them plain.

use super::{Coded, Columns};
use crate::engine::scale::QUANTITY_PLACES;
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveTime;
use ducha_core::Id;

/// Why columns cannot be reckoned at all. Rows are told by their place, from 0; records beside the columns follow the rows.
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
        /// The row.
        row: usize,
    },
    /// A row has a code to which no name was lent.
    #[error("row {row}: no name was lent for its code; give the names by their codes")]
    Code {
        /// The row.
        row: usize,
    },
    /// A row's id is none.
    #[error("row {row}: its id is none; use ASCII letters, digits and marks without blanks")]
    Id {
        /// The row.
        row: usize,
    },
    /// A row names a day that is none, or a day that chrono cannot express.
    #[error("row {row}: there is no day of that number; days are counted from 0001-01-01, which is 1")]
    Day {
        /// The row.
        row: usize,
    },
    /// A row names a time beyond a day.
    #[error("row {row}: no time of day has so many nanoseconds")]
    Time {
        /// The row.
        row: usize,
    },
    /// Ids and ranks would order the rows in two ways.
    #[error("ids order the rows; leave out the ranks, or the ids")]
    TwoOrders,
    /// An organisation, or records beside the columns, name subjects by their ids.
    #[error(
        "an organisation and records beside the columns name subjects; lend the names of those in the columns"
    )]
    Nameless,
    /// Two subjects have one name.
    #[error("two subjects of the columns have one name")]
    NamedTwice,
    /// 64 bits don't hold what comes of a row; the reference evaluator may still tell.
    #[error("row {row}: 64 bits do not hold the points")]
    HeadRoom {
        /// The row.
        row: usize,
    },
    /// Columns too long, or too many subjects, for the memory to be addressed.
    #[error("too many rows or subjects")]
    TooMany,
}

impl Columns<'_> {
    /// Whether all columns are of one length and no finer than the scorer, and no two orders or names contradict each other.
    pub(super) fn checked(&self, scale: u32) -> Result<(), ColumnsError> {
        if self.lengths().into_iter().flatten().any(|length| length != self.rows()) {
            return Err(ColumnsError::Length);
        }
        let finest = self.points_places.max(self.money_places);
        if self.quantity_places > QUANTITY_PLACES || finest > scale {
            return Err(ColumnsError::TooFine);
        }
        if self.id.is_some() && self.rank.is_some() {
            return Err(ColumnsError::TwoOrders);
        }
        if let Some(names) = self.names {
            if names.len() != self.subjects as usize {
                return Err(ColumnsError::Length);
            }
            if names.iter().collect::<BTreeSet<_>>().len() != names.len() {
                return Err(ColumnsError::NamedTwice);
            }
        }
        let mut times = self.time.unwrap_or_default().iter();
        if let Some(row) = times.position(|time| *time != Columns::NOT_GIVEN && time_of(*time).is_none()) {
            return Err(ColumnsError::Time { row });
        }
        let mut ids = self.id.unwrap_or_default().iter();
        if let Some(row) = ids.position(|id| Id::<()>::check(id).is_err()) {
            return Err(ColumnsError::Id { row });
        }
        Ok(())
    }

    fn lengths(&self) -> [Option<usize>; 21] {
        const fn coded<T>(column: Option<&Coded<'_, T>>) -> Option<usize> {
            match column {
                Some(column) => Some(column.codes.len()),
                None => None,
            }
        }
        [
            Some(self.clause.len()),
            Some(self.day.len()),
            self.time.map(<[i64]>::len),
            self.rank.map(<[u32]>::len),
            self.id.map(<[&str]>::len),
            self.quantity.map(<[i64]>::len),
            self.points.map(<[i64]>::len),
            self.money.map(<[i64]>::len),
            coded(self.reason.as_ref()),
            coded(self.severity.as_ref()),
            coded(self.inspection.as_ref()),
            coded(self.source.as_ref()),
            coded(self.inspector.as_ref()),
            coded(self.method.as_ref()),
            coded(self.place.as_ref()),
            coded(self.note.as_ref()),
            self.recorded_on.map(<[i32]>::len),
            self.corrected_on.map(<[i32]>::len),
            self.decided_on.map(<[i32]>::len),
            coded(self.revokes.as_ref()),
            coded(self.supersedes.as_ref()),
        ]
    }

    /// Whether the columns tell nothing that plain rules, as tables, do not read.
    pub(super) fn are_plain(&self) -> bool {
        let tells_more = self.severity.is_some()
            || self.inspection.is_some()
            || self.source.is_some()
            || self.revokes.is_some()
            || self.supersedes.is_some();
        !tells_more
            && self.every_reason_is_told()
            && self.none_was_recorded_before()
            && self.every_id_is_one()
    }

    fn every_reason_is_told(&self) -> bool {
        let Some(reasons) = self.reason else { return true };
        let told = |code: &u32| reasons.names.get(*code as usize).is_some_and(|name| !name.trim().is_empty());
        reasons.codes.iter().all(told)
    }

    fn none_was_recorded_before(&self) -> bool {
        let mut recorded = self.recorded_on.unwrap_or_default().iter().zip(self.day);
        recorded.all(|(recorded, day)| *recorded == Columns::NO_DAY || day <= recorded)
    }

    /// Whether no id comes twice.
    fn every_id_is_one(&self) -> bool {
        let ids = self.id.unwrap_or_default();
        let ascend = |ids: &[&str]| ids.windows(2).all(|two| two.first() < two.last());
        ascend(ids) || {
            let mut sorted: Vec<&str> = ids.to_vec();
            sorted.sort_unstable();
            ascend(&sorted)
        }
    }
}

/// The time of so many nanoseconds since midnight.
pub(super) fn time_of(nanoseconds: i64) -> Option<NaiveTime> {
    const SECOND: i64 = 1_000_000_000;
    let second = u32::try_from(nanoseconds.checked_div_euclid(SECOND)?).ok()?;
    let rest = u32::try_from(nanoseconds.checked_rem_euclid(SECOND)?).ok()?;
    NaiveTime::from_num_seconds_from_midnight_opt(second, rest)
}
