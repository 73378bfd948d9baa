//! A time limit: a whole number of a named unit.

mod text;

use alloc::string::String;
use core::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Lang;

/// The unit of a time limit. "Days" alone is no unit: the law counts working days here and calendar days there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// Hours (小时), counted from the stated moment.
    Hours,
    /// Working hours (工作小时) of a calendar, counted from the stated moment.
    WorkingHours,
    /// Working days (工作日) of a calendar.
    WorkingDays,
    /// Calendar days (自然日).
    CalendarDays,
    /// Weeks of seven calendar days (周).
    Weeks,
    /// Calendar months (个月).
    Months,
    /// Calendar years (年).
    Years,
}

impl Unit {
    /// The longest limit in this unit: a hundred years' worth (a working year taken as 250 days of 8 hours).
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Unit::Hours => 876_600,
            Unit::WorkingHours => 200_000,
            Unit::WorkingDays => 25_000,
            Unit::CalendarDays => 36_525,
            Unit::Weeks => 5_217,
            Unit::Months => 1_200,
            Unit::Years => 100,
        }
    }

    /// The unit's name, as "working days" or "工作日".
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Unit::Hours, Lang::Zh) => "小时",
            (Unit::Hours, Lang::En) => "hours",
            (Unit::WorkingHours, Lang::Zh) => "工作小时",
            (Unit::WorkingHours, Lang::En) => "working hours",
            (Unit::WorkingDays, Lang::Zh) => "工作日",
            (Unit::WorkingDays, Lang::En) => "working days",
            (Unit::CalendarDays, Lang::Zh) => "自然日",
            (Unit::CalendarDays, Lang::En) => "calendar days",
            (Unit::Weeks, Lang::Zh) => "周",
            (Unit::Weeks, Lang::En) => "weeks",
            (Unit::Months, Lang::Zh) => "个月",
            (Unit::Months, Lang::En) => "months",
            (Unit::Years, Lang::Zh) => "年",
            (Unit::Years, Lang::En) => "years",
        }
    }
}

/// A time limit such as "3 working days": between one and a hundred years' worth of a named unit.
///
/// In serialised form it is its English text.
///
/// ```
/// use ducha_calendar::{Lang, LimitError, TimeLimit};
///
/// let limit: TimeLimit = "3 working days".parse()?;
/// assert_eq!(limit.to_text(Lang::Zh), "3个工作日");
/// assert_eq!("3个工作日".parse(), Ok(limit));
/// assert!(matches!("7日".parse::<TimeLimit>(), Err(LimitError::AmbiguousUnit { .. })));
/// # Ok::<(), LimitError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TimeLimit {
    // INVARIANT: length <= unit.most()
    unit: Unit,
    length: NonZeroU32,
}

impl TimeLimit {
    /// Makes a limit of `length` units.
    ///
    /// # Errors
    /// [`LimitError::NotPositive`] for zero, [`LimitError::TooLong`] for more than [`Unit::most`].
    pub fn new(length: u32, unit: Unit) -> Result<TimeLimit, LimitError> {
        let Some(length) = NonZeroU32::new(length) else {
            return Err(LimitError::NotPositive { written: String::from("0") });
        };
        if length.get() > unit.most() {
            return Err(LimitError::TooLong { unit, most: unit.most() });
        }
        Ok(TimeLimit { unit, length })
    }

    /// How many units, at least one.
    #[must_use]
    pub const fn length(self) -> u32 {
        self.length.get()
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }
}

/// Why a text or a number is no time limit.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LimitError {
    /// Nothing is written.
    #[error("the time limit is empty: write a number and a unit, as `3 working days`")]
    Empty,
    /// It does not begin with a whole number.
    #[error("`{written}` does not begin with a whole number: write one and a unit, as `3 working days`")]
    NotANumber {
        /// What is written.
        written: String,
    },
    /// Zero or below.
    #[error("`{written}` is no time limit: it must be at least 1")]
    NotPositive {
        /// What is written.
        written: String,
    },
    /// A number without a unit.
    #[error(
        "`{written}` has no unit: write hours, working hours, working days, calendar days, weeks, months or years after it"
    )]
    NoUnit {
        /// What is written.
        written: String,
    },
    /// A unit that can be read in two ways, as "days" alone.
    #[error("the unit of `{written}` is ambiguous: write `{either}` or `{or}`")]
    AmbiguousUnit {
        /// What is written.
        written: String,
        /// The one reading, written out.
        either: String,
        /// The other reading, written out.
        or: String,
    },
    /// A unit that is none of the known ones.
    #[error(
        "`{written}` is no unit: write hours, working hours, working days, calendar days, weeks, months or years"
    )]
    UnknownUnit {
        /// What is written after the number.
        written: String,
    },
    /// More than a hundred years' worth.
    #[error("the time limit is too long: at most {most} {}", .unit.name(Lang::En))]
    TooLong {
        /// The unit.
        unit: Unit,
        /// The longest limit in that unit.
        most: u32,
    },
}
