//! The trait behind which calendars stand.

use alloc::boxed::Box;

use chrono::NaiveDate;

use crate::{DayStatus, Hours};

/// A calendar that tells working days from days off: shipped ones, or a campus's own system.
///
/// An implementation must be constant (the same answer for the same day) and must say [`DayStatus::Unknown`] rather
/// than guess.
///
/// ```
/// use chrono::{Datelike, NaiveDate, Weekday};
/// use ducha_calendar::{Day, DayKind, DayReason, DayStatus, WorkCalendar};
///
/// /// A canteen that rests on Mondays.
/// struct Canteen;
///
/// impl WorkCalendar for Canteen {
///     fn id(&self) -> &str {
///         "canteen"
///     }
///     fn day(&self, date: NaiveDate) -> DayStatus {
///         let kind = if date.weekday() == Weekday::Mon { DayKind::Off } else { DayKind::Working };
///         DayStatus::Told(Day::plain(kind, DayReason::Weekday))
///     }
///     fn horizon(&self) -> Option<NaiveDate> {
///         None
///     }
/// }
/// ```
pub trait WorkCalendar {
    /// A short stable name for files and records, as "cn".
    fn id(&self) -> &str;

    /// What the calendar says about one day.
    fn day(&self, date: NaiveDate) -> DayStatus;

    /// What law and notices make of a day, whatever a house arranges for itself: by this a last day moves to the day
    /// after the holiday ([`Roll::DayAfterHoliday`](crate::Roll::DayAfterHoliday)). An overlay knows nothing of it; the
    /// shipped calendars, and those that say nothing else, answer as [`WorkCalendar::day`] does.
    fn statutory(&self, date: NaiveDate) -> DayStatus {
        self.day(date)
    }

    /// The last day that the calendar knows, if only provisionally; none if it knows every day to come.
    fn horizon(&self) -> Option<NaiveDate>;

    /// The working hours of an ordinary working day, if the calendar tells them. A [`Day`](crate::Day) with hours of
    /// its own has those; where nothing is told, [`Hours::CAMPUS`] is taken.
    fn hours(&self) -> Option<Hours> {
        None
    }
}

impl<C: WorkCalendar + ?Sized> WorkCalendar for &C {
    fn id(&self) -> &str {
        (**self).id()
    }
    fn day(&self, date: NaiveDate) -> DayStatus {
        (**self).day(date)
    }
    fn statutory(&self, date: NaiveDate) -> DayStatus {
        (**self).statutory(date)
    }
    fn horizon(&self) -> Option<NaiveDate> {
        (**self).horizon()
    }
    fn hours(&self) -> Option<Hours> {
        (**self).hours()
    }
}

impl<C: WorkCalendar + ?Sized> WorkCalendar for Box<C> {
    fn id(&self) -> &str {
        (**self).id()
    }
    fn day(&self, date: NaiveDate) -> DayStatus {
        (**self).day(date)
    }
    fn statutory(&self, date: NaiveDate) -> DayStatus {
        (**self).statutory(date)
    }
    fn horizon(&self) -> Option<NaiveDate> {
        (**self).horizon()
    }
    fn hours(&self) -> Option<Hours> {
        (**self).hours()
    }
}
