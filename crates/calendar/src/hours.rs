//! Working hours within a day.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Lang;

/// One opening within a day, in minutes after midnight: from `from`, up to `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Opening {
    from: u16,
    until: u16,
}

const NEVER: Opening = Opening { from: 0, until: 0 };

/// Midnight at the end of a day, in minutes.
const MIDNIGHT: u16 = 24 * 60;

/// The working hours of a day, as 08:00–12:00 and 14:00–17:30: at most four openings, in order.
///
/// In serialised form it is its text.
///
/// ```
/// use ducha_calendar::Hours;
///
/// let hours: Hours = "08:00-12:00, 14:00-17:30".parse()?;
/// assert_eq!(hours, Hours::CAMPUS);
/// assert_eq!(hours.minutes(), 450);
/// assert!("14:00-12:00".parse::<Hours>().is_err());
/// # Ok::<(), ducha_calendar::HoursError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hours {
    // INVARIANT: 1 <= count <= 4; the first `count` openings are not empty, in order and apart
    openings: [Opening; Hours::MOST],
    count: u8,
}

impl Hours {
    /// The most openings of a day.
    pub const MOST: usize = 4;

    /// What is taken where no calendar tells its hours: 08:00–12:00 and 14:00–17:30, usual on a campus.
    pub const CAMPUS: Hours = Hours {
        openings: [
            Opening { from: 8 * 60, until: 12 * 60 },
            Opening { from: 14 * 60, until: 17 * 60 + 30 },
            NEVER,
            NEVER,
        ],
        count: 2,
    };

    /// How many minutes are worked.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.iter().map(|at| u32::from(at.until.saturating_sub(at.from))).sum()
    }

    /// When work ends; none where that is 24:00.
    #[must_use]
    pub fn close(self) -> Option<NaiveTime> {
        self.iter().last().and_then(|at| time(at.until))
    }

    /// The openings, as distances from the midnight at which the day begins.
    pub(crate) fn spans(self) -> impl DoubleEndedIterator<Item = (TimeDelta, TimeDelta)> {
        let minutes = |at: u16| TimeDelta::minutes(i64::from(at));
        self.openings
            .into_iter()
            .take(usize::from(self.count))
            .map(move |at| (minutes(at.from), minutes(at.until)))
    }

    fn iter(&self) -> impl Iterator<Item = Opening> + '_ {
        self.openings.iter().copied().take(usize::from(self.count))
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, at) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(", ")?;
            }
            let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            write!(f, "{}-{}", clock(at.from), clock(at.until))?;
        }
        Ok(())
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        hours.to_string()
    }
}

impl TryFrom<String> for Hours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Hours, HoursError> {
        text.parse()
    }
}

impl FromStr for Hours {
    type Err = HoursError;

    /// Reads "08:00-12:00, 14:00-17:30"; an en dash, a full-width comma and 24:00 are understood.
    fn from_str(text: &str) -> Result<Hours, HoursError> {
        let mut hours = Hours { openings: [NEVER; Hours::MOST], count: 0 };
        let mut places = hours.openings.iter_mut();
        let mut last = None;
        for part in text.split([',', '，', '、']).map(str::trim) {
            let unread = || HoursError::Unreadable { written: part.chars().take(40).collect() };
            let (from, until) =
                part.split_once(['-', '–', '—', '~']).ok_or_else(unread).and_then(|(from, until)| {
                    Ok((minute(from).ok_or_else(unread)?, minute(until).ok_or_else(unread)?))
                })?;
            if until <= from {
                return Err(HoursError::Reversed { written: part.chars().take(40).collect() });
            }
            if last.is_some_and(|last| from < last) {
                return Err(HoursError::OutOfOrder { written: part.chars().take(40).collect() });
            }
            *places.next().ok_or(HoursError::TooMany)? = Opening { from, until };
            hours.count = hours.count.saturating_add(1);
            last = Some(until);
        }
        Ok(hours)
    }
}

/// A clock time as minutes after midnight; 24:00 is the day's end.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let two = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= MIDNIGHT).then_some(at)
}

fn time(minute: u16) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)
}

/// Why a text tells no working hours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HoursError {
    /// It is not written as two clock times.
    #[error("`{written}` is no working time: write it as `08:00-12:00`")]
    Unreadable {
        /// What is written.
        written: String,
    },
    /// It ends before it begins, or at once.
    #[error("`{written}` does not end after it begins")]
    Reversed {
        /// What is written.
        written: String,
    },
    /// It begins before the one before it ends.
    #[error("`{written}` begins before the opening before it ends")]
    OutOfOrder {
        /// What is written.
        written: String,
    },
    /// There are more than [`Hours::MOST`].
    #[error("there are more than {} openings in a day", Hours::MOST)]
    TooMany,
}

impl HoursError {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            HoursError::Unreadable { written } => {
                format!("“{written}”不是工作时间：请写作“08:00-12:00”")
            }
            HoursError::Reversed { written } => format!("“{written}”的结束时间不晚于开始时间"),
            HoursError::OutOfOrder { written } => format!("“{written}”早于前一时段的结束时间"),
            HoursError::TooMany => format!("一日的工作时段不得超过 {} 个", Hours::MOST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_print_as_they_read() {
        for text in ["08:00-12:00, 14:00-17:30", "00:00-24:00", "09:30-11:45"] {
            assert_eq!(text.parse::<Hours>().unwrap().to_string(), text);
        }
        assert_eq!("8:00–12:00，14:00—17:30".parse(), Ok(Hours::CAMPUS));
        assert_eq!("00:00-24:00".parse::<Hours>().unwrap().close(), None);
        assert_eq!(Hours::CAMPUS.close(), NaiveTime::from_hms_opt(17, 30, 0));
    }

    #[test]
    fn what_tells_no_hours_is_refused() {
        for text in ["", "8-12", "08:00", "08:60-12:00", "08:00-24:01", "+8:00-12:00", "08:00-12:00,"] {
            assert!(matches!(text.parse::<Hours>(), Err(HoursError::Unreadable { .. })), "{text}");
        }
        assert!(matches!("12:00-12:00".parse::<Hours>(), Err(HoursError::Reversed { .. })));
        assert!(matches!("08:00-12:00, 11:00-13:00".parse::<Hours>(), Err(HoursError::OutOfOrder { .. })));
        let five = "01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00";
        assert_eq!(five.parse::<Hours>(), Err(HoursError::TooMany));
    }
}
