//! Calendars that need no notice: plain weekends, and every day.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{Day, DayKind, DayReason, DayStatus, WorkCalendar};

/// Saturdays and Sundays off, nothing else; every day is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekends;

impl WorkCalendar for Weekends {
    fn id(&self) -> &'static str {
        "weekends"
    }
    fn day(&self, date: NaiveDate) -> DayStatus {
        let (kind, why) = by_weekday(date);
        DayStatus::Told(Day::plain(kind, why))
    }
    fn horizon(&self) -> Option<NaiveDate> {
        None
    }
}

/// No days off: every day is a working day, and known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EveryDay;

impl WorkCalendar for EveryDay {
    fn id(&self) -> &'static str {
        "all_days"
    }
    fn day(&self, _date: NaiveDate) -> DayStatus {
        DayStatus::Told(Day::plain(DayKind::Working, DayReason::NoDaysOff))
    }
    fn horizon(&self) -> Option<NaiveDate> {
        None
    }
}

/// What the day of the week alone says.
pub(crate) fn by_weekday(date: NaiveDate) -> (DayKind, DayReason) {
    match date.weekday() {
        Weekday::Sat | Weekday::Sun => (DayKind::Off, DayReason::Weekend),
        _ => (DayKind::Working, DayReason::Weekday),
    }
}
