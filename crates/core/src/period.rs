//! Spans of civil days, half-open.

use alloc::{format, string::String};
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The civil days from `from` until before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub until: NaiveDate,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// Not one of the forms.
    #[error(
        "`{0}` is no period; write 2026, 2026-H2, 2026-Q4, 2026-10, 2026-10-07 or 2026-10-01..2026-10-31"
    )]
    Form(String),
    /// The end is not after the start.
    #[error("`{0}` ends before it begins")]
    Reversed(String),
}

impl Period {
    /// The period of these days; nothing if it would be empty.
    #[must_use]
    pub fn new(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        (from < until).then_some(Self { from, until })
    }

    /// The one day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Option<Self> {
        Self::new(day, day.succ_opt()?)
    }

    /// The `length` months beginning with the first day of a month.
    #[must_use]
    pub fn months(year: i32, month: u32, length: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        Self::new(from, from.checked_add_months(Months::new(length))?)
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        // INVARIANT: `from < until`, so the day before `until` exists.
        self.until.pred_opt().unwrap_or(self.from)
    }

    /// Reads `2026`, `2026-H2`, `2026-Q4`, `2026-10`, `2026-10-07` or `2026-10-01..2026-10-31` (both days included).
    ///
    /// # Errors
    /// [`PeriodError`].
    ///
    /// ```
    /// use ducha_core::Period;
    /// assert_eq!(Period::parse("2026-Q4")?.last_day().to_string(), "2026-12-31");
    /// # Ok::<(), ducha_core::PeriodError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let form = || PeriodError::Form(text.into());
        if let Some((from, last)) = text.split_once("..") {
            let day = |t: &str| t.parse::<NaiveDate>().map_err(|_| form());
            let until = day(last)?.succ_opt().ok_or_else(form)?;
            return Self::new(day(from)?, until).ok_or_else(|| PeriodError::Reversed(text.into()));
        }
        let year_digits = |t: &str| {
            (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<i32>().ok()).flatten()
        };
        if let Some(year) = year_digits(text) {
            return Self::months(year, 1, 12).ok_or_else(form);
        }
        let (year, rest) = text.split_once('-').ok_or_else(form)?;
        let year = year_digits(year).ok_or_else(form)?;
        let period = match rest {
            "H1" => Self::months(year, 1, 6),
            "H2" => Self::months(year, 7, 6),
            "Q1" => Self::months(year, 1, 3),
            "Q2" => Self::months(year, 4, 3),
            "Q3" => Self::months(year, 7, 3),
            "Q4" => Self::months(year, 10, 3),
            month if month.len() == 2 => month.parse().ok().and_then(|m| Self::months(year, m, 1)),
            _ => text.parse().ok().and_then(Self::day),
        };
        period.ok_or_else(form)
    }

    /// The shortest text that [`Period::parse`] reads back.
    #[must_use]
    pub fn text(&self) -> String {
        let (year, month) = (self.from.year(), self.from.month());
        let is = |first: u32, length: u32| Self::months(year, first, length) == Some(*self);
        if is(1, 12) {
            format!("{year:04}")
        } else if is(1, 6) || is(7, 6) {
            format!("{year:04}-H{}", if month == 1 { 1 } else { 2 })
        } else if let Some(quarter) = [1, 4, 7, 10].iter().position(|first| is(*first, 3)) {
            format!("{year:04}-Q{}", quarter.saturating_add(1))
        } else if is(month, 1) {
            format!("{year:04}-{month:02}")
        } else if Self::day(self.from) == Some(*self) {
            format!("{}", self.from)
        } else {
            format!("{}..{}", self.from, self.last_day())
        }
    }
}
