//! Mainland China's calendar as it was noticed on a past day.

use alloc::format;
use alloc::string::String;

use chrono::NaiveDate;

use super::{China, Public, told};
use crate::{DayStatus, Notice, WorkCalendar};

/// Mainland China's calendar as it was noticed on a day: by the notices that were public at that day's end, and by no
/// later one.
///
/// ```
/// use ducha_calendar::{China, DayKind, WorkCalendar};
///
/// // Friday 31 January 2020 was given off on 27 January, when the Spring Festival was extended.
/// let friday = "2020-01-31".parse().unwrap();
/// let before = China::as_noticed_on("2020-01-26".parse().unwrap());
/// let after = China::as_noticed_on("2020-01-27".parse().unwrap());
/// assert_eq!(before.day(friday).kind(), Some(DayKind::Working));
/// assert_eq!(after.day(friday).kind(), Some(DayKind::Off));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChinaAsNoticed {
    id: String,
    on: NaiveDate,
}

impl China {
    /// The calendar as it was noticed at the end of `on`.
    ///
    /// Whether a notice was public is told by its [`Publication`](crate::Publication); on a day that this leaves open,
    /// the days that hang on the notice are unknown.
    #[must_use]
    pub fn as_noticed_on(on: NaiveDate) -> ChinaAsNoticed {
        ChinaAsNoticed { id: format!("cn as noticed on {on}"), on }
    }
}

impl ChinaAsNoticed {
    fn public(&self, notice: &Notice) -> Public {
        match notice.published {
            Some(when) if when.by <= self.on => Public::Yes,
            Some(when) if self.on < when.not_before => Public::No,
            _ => Public::NotOnRecord,
        }
    }
}

impl WorkCalendar for ChinaAsNoticed {
    fn id(&self) -> &str {
        &self.id
    }

    fn day(&self, date: NaiveDate) -> DayStatus {
        told(date, &|notice| self.public(notice))
    }

    fn horizon(&self) -> Option<NaiveDate> {
        let last = super::YEARS.iter().rfind(|year| self.public(year.notice) == Public::Yes);
        last.map_or(Some(NaiveDate::MIN), |last| NaiveDate::from_ymd_opt(last.year, 12, 31))
    }
}
