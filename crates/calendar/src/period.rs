//! Periods that need no calendar: the corresponding day, rolling periods, spans with both ends counted.

use alloc::format;
use alloc::string::{String, ToString};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Lang, TimeLimit, Unit};

/// Whether the corresponding day of a rolling period still belongs to it.
///
/// Rules differ, and the law does not choose for them (届满 includes the number, 不满 excludes it: Civil Code 1259).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastDay {
    /// The act still counts on the corresponding day.
    Included,
    /// The act no longer counts on the corresponding day.
    Excluded,
}

/// Why a period cannot be reckoned from a bare date without a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// A limit in hours runs from a moment, not from a day (Civil Code 201).
    #[error("a limit of {limit} runs from a moment: give the time of day as well")]
    NeedsTime {
        /// The limit.
        limit: TimeLimit,
    },
    /// A limit in working days or hours needs a calendar.
    #[error("a limit of {limit} cannot be counted without a calendar")]
    NeedsCalendar {
        /// The limit.
        limit: TimeLimit,
    },
    /// The period leaves the range of dates that can be represented.
    #[error("the period beginning on {start} ends beyond the last representable date")]
    OutOfRange {
        /// Where the period begins.
        start: NaiveDate,
    },
}

impl PeriodError {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            PeriodError::NeedsTime { limit } => {
                format!("{}自具体时刻起算：请同时给出时刻", limit.to_text(lang))
            }
            PeriodError::NeedsCalendar { limit } => format!("{}须有日历方可计算", limit.to_text(lang)),
            PeriodError::OutOfRange { start } => format!("自 {start} 起的期间超出可表示的日期范围"),
        }
    }
}

/// The last day of a period after `start`: the start day is not counted (Civil Code 201); months and years end on the
/// corresponding day, else on the month's last (202). No roll.
///
/// # Errors
/// For hours and working days, and beyond the last representable date.
///
/// ```
/// use chrono::NaiveDate;
/// use ducha_calendar::add_forward;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(add_forward(day(2026, 1, 31), "1 month".parse()?)?, day(2026, 2, 28));
/// assert_eq!(add_forward(day(2026, 9, 28), "3 calendar days".parse()?)?, day(2026, 10, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add_forward(start: NaiveDate, limit: TimeLimit) -> Result<NaiveDate, PeriodError> {
    let end = match reach(limit)? {
        Reach::Days(days) => start.checked_add_days(days),
        Reach::Months(months) => start.checked_add_months(months),
    };
    end.ok_or(PeriodError::OutOfRange { start })
}

/// The first day on which an act no longer counts, when it counts for `length` (a rolling window seen from the act:
/// it is live on every day before the answer, from its own day on).
///
/// For three years from 2020-05-10, last day included, that is 2023-05-11; excluded, 2023-05-10.
///
/// # Errors
/// As [`add_forward`].
pub fn live_until(act: NaiveDate, length: TimeLimit, last_day: LastDay) -> Result<NaiveDate, PeriodError> {
    let corresponding = add_forward(act, length)?;
    match last_day {
        LastDay::Included => corresponding.succ_opt().ok_or(PeriodError::OutOfRange { start: act }),
        LastDay::Excluded => Ok(corresponding),
    }
}

/// A run of days with both ends counted, as of a suspension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    // INVARIANT: first <= last
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    /// The span of `length` whose first day is `first`, that day counted: three calendar days from 1 May end on 3 May,
    /// one month from 1 May ends on 31 May, one month from 31 January on the last of February.
    ///
    /// # Errors
    /// As [`add_forward`].
    pub fn starting(first: NaiveDate, length: TimeLimit) -> Result<Span, PeriodError> {
        let corresponding = add_forward(first, length)?;
        let cut_short = matches!(reach(length)?, Reach::Months(_)) && differs_in_day(first, corresponding);
        let last = if cut_short { Some(corresponding) } else { corresponding.pred_opt() };
        last.map(|last| Span { first, last }).ok_or(PeriodError::OutOfRange { start: first })
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day, still counted.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether a day lies in the span.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }
}

/// A length in what dates can be moved by.
pub(crate) enum Reach {
    Days(Days),
    Months(Months),
}

pub(crate) fn reach(limit: TimeLimit) -> Result<Reach, PeriodError> {
    let length = limit.length();
    Ok(match limit.unit() {
        Unit::Hours => return Err(PeriodError::NeedsTime { limit }),
        Unit::WorkingHours | Unit::WorkingDays => return Err(PeriodError::NeedsCalendar { limit }),
        Unit::CalendarDays => Reach::Days(Days::new(u64::from(length))),
        Unit::Weeks => Reach::Days(Days::new(u64::from(length).saturating_mul(7))),
        Unit::Months => Reach::Months(Months::new(length)),
        Unit::Years => Reach::Months(Months::new(length.saturating_mul(12))),
    })
}

/// Whether a month was too short to hold the corresponding day.
pub(crate) fn differs_in_day(start: NaiveDate, end: NaiveDate) -> bool {
    start.day() != end.day()
}
