//! Windows as runs of day numbers: what the reference reckons with dates, reckoned with whole numbers.
//!
//! A day is its number since 0001-01-01, as chrono counts. Civil windows are reckoned once for each day that is met.

use chrono::{Datelike, Months, NaiveDate};
use ducha_calendar::{LastDay, TimeLimit, Unit};
use ducha_rulebook::annex::window::{NamedWindow, Window};

/// A day as a number.
pub(super) type Day = i32;

/// The day that never comes.
pub(super) const NEVER: Day = Day::MAX;

pub(super) fn number_of(day: NaiveDate) -> Day {
    day.num_days_from_ce()
}

/// The day of a number; nothing beyond what dates can express.
pub(super) fn day_of(number: Day) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}

/// Whether a number is that of a day that dates can express.
fn is_day(number: Day) -> bool {
    number_of(NaiveDate::MIN) <= number && number <= number_of(NaiveDate::MAX)
}

/// A window, ready to be asked for any day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// A civil day.
    Day,
    /// Monday to Sunday.
    Week,
    /// So many months that begin with a month whose number in the year is a multiple of it.
    Months(u32),
    /// All of history.
    Ever,
    /// So many days from the act on, its own included.
    RollingDays(Day),
    /// So many months from the act on; one day more where the corresponding day still counts.
    RollingMonths(u32, LastDay),
}

/// The run of days of a window that holds a day: the first, and the first one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) first: Day,
    pub(super) until: Day,
}

impl Span {
    /// The window, if it is one of days alone.
    pub(super) fn of(window: &Window) -> Option<Self> {
        Some(match window {
            Window::Named(named) => match named {
                NamedWindow::Day => Self::Day,
                NamedWindow::Week => Self::Week,
                NamedWindow::Month => Self::Months(1),
                NamedWindow::Quarter => Self::Months(3),
                NamedWindow::HalfYear => Self::Months(6),
                NamedWindow::Year => Self::Months(12),
                NamedWindow::Ever => Self::Ever,
                NamedWindow::Inspection | NamedWindow::Term => return None,
            },
            Window::Rolling(rolling) => Self::rolling(rolling.rolling, rolling.last_day)?,
            Window::Cycle(_) => return None,
        })
    }

    fn rolling(length: TimeLimit, last_day: LastDay) -> Option<Self> {
        let more = Day::from(last_day == LastDay::Included);
        let days = |each: u32| {
            let days = Day::try_from(length.length().checked_mul(each)?).ok()?;
            days.checked_add(more).map(Self::RollingDays)
        };
        match length.unit() {
            Unit::CalendarDays => days(1),
            Unit::Weeks => days(7),
            Unit::Months => Some(Self::RollingMonths(length.length(), last_day)),
            Unit::Years => Some(Self::RollingMonths(length.length().checked_mul(12)?, last_day)),
            _ => None,
        }
    }

    /// Whether each act opens a window of its own.
    pub(super) const fn is_rolling(self) -> bool {
        matches!(self, Self::RollingDays(_) | Self::RollingMonths(..))
    }

    /// The window that holds a day; of a rolling one, how long an act of that day counts. Nothing beyond what dates can express.
    pub(super) fn around(self, day: Day) -> Option<Bounds> {
        match self {
            Self::Day => Bounds::running(day, 0, 1),
            Self::Week => {
                let back = day_of(day)?.weekday().num_days_from_monday();
                Bounds::running(day, back.cast_signed(), 7)
            }
            Self::Months(length) => {
                // By the days of the year before each month: no date is built on the way.
                let date = day_of(day)?;
                let before = |month: u32| days_before(month, date.leap_year());
                let begin = date.month0().checked_sub(date.month0().checked_rem(length)?)?;
                let (begin, end) = (before(begin)?, before(begin.checked_add(length)?)?);
                Bounds::running(
                    day,
                    date.ordinal0().cast_signed().checked_sub(begin)?,
                    end.checked_sub(begin)?,
                )
            }
            Self::Ever => Some(Bounds { first: Day::MIN, until: NEVER }),
            Self::RollingDays(days) => Bounds::running(day, 0, days),
            Self::RollingMonths(months, last_day) => {
                let corresponding = day_of(day)?.checked_add_months(Months::new(months))?;
                let more = Day::from(last_day == LastDay::Included);
                Bounds::running(day, 0, number_of(corresponding).checked_add(more)?.checked_sub(day)?)
            }
        }
    }
}

impl Span {
    /// The first day of the window that holds a day, and the first one after it; nothing where the window has no ends, or
    /// beyond what dates can express.
    pub(super) fn dates(self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let Self::Months(length) = self else { return self.around(number_of(day))?.dates() };
        let begin = day.month0().checked_sub(day.month0().checked_rem(length)?)?;
        let first_of = |month: u32| match month.checked_sub(12) {
            Some(over) => NaiveDate::from_ymd_opt(day.year().checked_add(1)?, over.checked_add(1)?, 1),
            None => NaiveDate::from_ymd_opt(day.year(), month.checked_add(1)?, 1),
        };
        Some((first_of(begin)?, first_of(begin.checked_add(length)?)?))
    }
}

impl Bounds {
    /// The first day and the first one after; nothing where the window has no ends.
    fn dates(self) -> Option<(NaiveDate, NaiveDate)> {
        Some((day_of(self.first)?, day_of(self.until)?))
    }

    /// The run of so many days that began so many days before; nothing if it ends beyond what dates can express.
    fn running(day: Day, back: Day, days: Day) -> Option<Self> {
        let first = day.checked_sub(back)?;
        let until = first.checked_add(days)?;
        is_day(until).then_some(Self { first, until })
    }
}

/// How many days of a year lie before a month, counted from 0.
fn days_before(month: u32, leap: bool) -> Option<Day> {
    const COMMON: [Day; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    let leap_day = Day::from(leap && month > 1);
    COMMON.get(month as usize)?.checked_add(leap_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ducha_calendar::live_until;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn around(span: Span, of: &str) -> (std::string::String, std::string::String) {
        use std::string::ToString;
        let bounds = span.around(number_of(day(of))).unwrap();
        (day_of(bounds.first).unwrap().to_string(), day_of(bounds.until).unwrap().to_string())
    }

    #[test]
    fn civil_windows_begin_and_end_where_the_calendar_says() {
        let cases = [
            (Span::Day, "2026-12-31", "2026-12-31", "2027-01-01"),
            (Span::Week, "2026-11-01", "2026-10-26", "2026-11-02"),
            (Span::Months(1), "2024-02-29", "2024-02-01", "2024-03-01"),
            (Span::Months(3), "2026-11-24", "2026-10-01", "2027-01-01"),
            (Span::Months(6), "2026-06-30", "2026-01-01", "2026-07-01"),
            (Span::Months(12), "2026-06-30", "2026-01-01", "2027-01-01"),
        ];
        for (span, of, first, until) in cases {
            let (got_first, got_until) = around(span, of);
            assert_eq!((got_first.as_str(), got_until.as_str()), (first, until), "{span:?}");
        }
    }

    proptest! {
        #[test]
        fn civil_windows_are_those_of_the_calendar(of in 600_000_i32..800_000, length in prop::sample::select(std::vec![1_u32, 3, 6, 12])) {
            let date = day_of(of).unwrap();
            let first = date.month0().div_euclid(length).saturating_mul(length).saturating_add(1);
            let period = ducha_core::Period::months(date.year(), first, length).unwrap();
            let bounds = Span::Months(length).around(of).unwrap();
            prop_assert_eq!(Span::Months(length).dates(date), Some((period.from, period.until)));
            prop_assert_eq!((day_of(bounds.first), day_of(bounds.until)), (Some(period.from), Some(period.until)));
        }

        #[test]
        fn rolling_windows_end_where_the_reference_says(
            act in 700_000_i32..780_000,
            length in 1_u32..50,
            unit in 0_usize..4,
            included in any::<bool>(),
        ) {
            let unit = [Unit::CalendarDays, Unit::Weeks, Unit::Months, Unit::Years][unit];
            let limit = TimeLimit::new(length, unit).unwrap();
            let last_day = if included { LastDay::Included } else { LastDay::Excluded };
            let until = Span::rolling(limit, last_day).unwrap().around(act).unwrap().until;
            let date = day_of(act).unwrap();
            prop_assert_eq!(day_of(until).unwrap(), live_until(date, limit, last_day).unwrap());
        }
    }
}
