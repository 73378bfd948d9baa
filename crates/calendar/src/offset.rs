//! Local time at a fixed offset from UTC.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Lang;

/// How far local time is ahead of UTC, in whole minutes, less than a day either way; +08:00 unless said otherwise.
///
/// In serialised form it is its text, as "+08:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Offset {
    // INVARIANT: fewer than 1440 either way
    minutes: i16,
}

impl Offset {
    /// Beijing time, +08:00.
    pub const BEIJING: Offset = Offset { minutes: 8 * 60 };

    /// An offset of so many minutes; none from a day on.
    #[must_use]
    pub const fn from_minutes(minutes: i16) -> Option<Offset> {
        if minutes.unsigned_abs() < 24 * 60 { Some(Offset { minutes }) } else { None }
    }

    /// A moment, told at any offset, in local time here; none at the very ends of the representable dates.
    #[must_use]
    pub fn local(self, moment: DateTime<FixedOffset>) -> Option<NaiveDateTime> {
        moment.naive_utc().checked_add_offset(self.fixed()?)
    }

    /// Local time here as a moment; none at the very ends of the representable dates.
    #[must_use]
    pub fn moment(self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        local.and_local_timezone(self.fixed()?).single()
    }

    fn fixed(self) -> Option<FixedOffset> {
        FixedOffset::east_opt(i32::from(self.minutes).checked_mul(60)?)
    }
}

impl Default for Offset {
    fn default() -> Offset {
        Offset::BEIJING
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl From<Offset> for String {
    fn from(offset: Offset) -> String {
        offset.to_string()
    }
}

impl TryFrom<String> for Offset {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Offset, MomentError> {
        text.parse()
    }
}

impl FromStr for Offset {
    type Err = MomentError;

    /// Reads "+08:00"; "Z" is +00:00.
    fn from_str(text: &str) -> Result<Offset, MomentError> {
        let unread = || MomentError::NotAnOffset { written: shown(text) };
        let text = text.trim();
        if text.eq_ignore_ascii_case("z") {
            return Ok(Offset { minutes: 0 });
        }
        let (sign, clock) = match (text.strip_prefix('+'), text.strip_prefix(['-', '−'])) {
            (Some(clock), _) => (1_i16, clock),
            (_, Some(clock)) => (-1, clock),
            _ => return Err(unread()),
        };
        let (hours, minutes) = clock.split_once(':').ok_or_else(unread)?;
        let two = |digits: &str| {
            let plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| digits.parse::<i16>().ok()).flatten().ok_or_else(unread)
        };
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        let total = hours.checked_mul(60).and_then(|whole| whole.checked_add(minutes)?.checked_mul(sign));
        total.filter(|_| minutes < 60).and_then(Offset::from_minutes).ok_or_else(unread)
    }
}

/// When a limit begins to run: on a day, or at a moment that may be told at any offset.
///
/// ```
/// use ducha_calendar::{Offset, Start};
///
/// // Without an offset, local time is meant.
/// assert_eq!(Start::read("2026-09-24 16:30", Offset::BEIJING), Start::read("2026-09-24T08:30Z", Offset::BEIJING));
/// assert!(Start::read("2026-02-31", Offset::BEIJING).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// On a day, whatever the hour.
    Day(NaiveDate),
    /// At a moment.
    Moment(DateTime<FixedOffset>),
}

impl Start {
    /// Reads a day, as "2026-09-24", or a moment, as "2026-09-24T16:30", "2026-09-24 16:30:00" or
    /// "2026-09-24T16:30+09:00"; a moment without an offset is local time at `offset`.
    ///
    /// # Errors
    /// What is neither, and days that do not exist, as 31 February.
    pub fn read(text: &str, offset: Offset) -> Result<Start, MomentError> {
        let unread = || MomentError::NotAMoment { written: shown(text) };
        let text = text.trim();
        let (date, clock) = match text.split_once(['T', 't', ' ']) {
            Some((date, clock)) => (date, Some(clock.trim())),
            None => (text, None),
        };
        if !is_written_as_day(date) {
            return Err(unread());
        }
        let date: NaiveDate = date.parse().map_err(|_| MomentError::NoSuchDay { written: shown(date) })?;
        let Some(clock) = clock else { return Ok(Start::Day(date)) };
        let (clock, given) =
            match clock.find(['+', '-', '−', 'Z', 'z']).and_then(|at| clock.split_at_checked(at)) {
                Some((clock, given)) => (clock, given.parse()?),
                None => (clock, offset),
            };
        let time = ["%H:%M", "%H:%M:%S%.f"]
            .iter()
            .find_map(|pattern| chrono::NaiveTime::parse_from_str(clock.trim(), pattern).ok())
            .ok_or_else(unread)?;
        given.moment(date.and_time(time)).map(Start::Moment).ok_or_else(unread)
    }
}

/// Why a text is no day, moment or offset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MomentError {
    /// Neither a day nor a moment.
    #[error("`{written}` is neither a day nor a moment: write `2026-09-24`, or `2026-09-24T16:30+08:00`")]
    NotAMoment {
        /// What is written.
        written: String,
    },
    /// A day that does not exist, as 31 February.
    #[error("`{written}` is no day of the calendar")]
    NoSuchDay {
        /// What is written.
        written: String,
    },
    /// No offset from UTC.
    #[error("`{written}` is no offset from UTC: write `+08:00`")]
    NotAnOffset {
        /// What is written.
        written: String,
    },
}

impl MomentError {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            MomentError::NotAMoment { written } => {
                format!("“{written}”既不是日期也不是时刻：请写作 2026-09-24 或 2026-09-24T16:30+08:00")
            }
            MomentError::NoSuchDay { written } => format!("没有“{written}”这一天"),
            MomentError::NotAnOffset { written } => format!("“{written}”不是时差：请写作 +08:00"),
        }
    }
}

/// Whether a text is written as 2026-09-24 is, be there such a day or not.
pub(crate) fn is_written_as_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
