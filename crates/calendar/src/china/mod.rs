//! Mainland China: weekends as the State Council's yearly notices rearrange them.

mod as_noticed;
mod notices;
mod ranks;

use chrono::{Datelike, NaiveDate};

pub use self::as_noticed::ChinaAsNoticed;
use self::notices::{Break, YEARS, Year};
use crate::plain::by_weekday;
use crate::{Day, DayKind, DayReason, DayStatus, Knowledge, Notice, UnknownReason, WorkCalendar};

/// The working calendar of mainland China, after every notice for the years 2007 to 2026.
///
/// A day outside those years is unknown. The last three days of 2026 are provisional: the notice for a following year
/// has changed such days before (29–31 December 2018, 31 December 2022).
///
/// Source: the yearly notices of the General Office of the State Council under 全国年节及纪念日放假办法.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct China;

/// How many of the last noticed year's days stay provisional until the next notice: no notice so far has reached back
/// before 29 December.
const PROVISIONAL_FROM: (u32, u32) = (12, 29);

impl China {
    /// The notices that the calendar rests on, in order of their year.
    pub fn notices() -> impl Iterator<Item = &'static Notice> {
        YEARS.iter().flat_map(|year| {
            let amendments = year.breaks.iter().map(|rest| rest.notice).filter(|by| *by != year.notice);
            core::iter::once(year.notice).chain(amendments)
        })
    }
}

impl WorkCalendar for China {
    fn id(&self) -> &'static str {
        "cn"
    }

    fn day(&self, date: NaiveDate) -> DayStatus {
        told(date, &|_| Public::Yes)
    }

    fn horizon(&self) -> Option<NaiveDate> {
        YEARS.last().and_then(|last| NaiveDate::from_ymd_opt(last.year, 12, 31))
    }
}

/// Whether a notice counts for the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Public {
    Yes,
    No,
    NotOnRecord,
}

/// What the notices that are public tell of a day.
fn told(date: NaiveDate, public: &dyn Fn(&Notice) -> Public) -> DayStatus {
    let Some(year) = noticed_year(date.year()) else {
        let later = YEARS.last().is_some_and(|last| date.year() > last.year);
        return DayStatus::Unknown(if later {
            UnknownReason::NoNotice
        } else {
            UnknownReason::BeforeRecords
        });
    };
    match public(year.notice) {
        Public::Yes => {}
        Public::No => return DayStatus::Unknown(UnknownReason::NoNotice),
        Public::NotOnRecord => return DayStatus::Unknown(UnknownReason::PublicationNotOnRecord),
    }
    let next = date.year().checked_add(1).and_then(noticed_year);
    let number = notices::number(date);
    // The next year's notice is the later word on the last days of December.
    for notices in next.into_iter().chain([year]) {
        let is_out = |rest: &Break| public(rest.notice) == Public::No;
        let amended = !notices.replaced.is_empty() && notices.breaks.iter().any(is_out);
        let replaced = if amended { notices.replaced } else { &[] };
        for rest in notices.breaks.iter().chain(replaced) {
            let Some(day) = number.and_then(|number| told_by(rest, number)) else { continue };
            match public(rest.notice) {
                Public::Yes => return DayStatus::Told(day),
                Public::No => {}
                Public::NotOnRecord => return DayStatus::Unknown(UnknownReason::PublicationNotOnRecord),
            }
        }
    }
    let (kind, why) = by_weekday(date);
    let next_is_public = next.is_some_and(|next| public(next.notice) == Public::Yes);
    let provisional = !next_is_public && (date.month(), date.day()) >= PROVISIONAL_FROM;
    let knowledge = if provisional { Knowledge::Provisional } else { Knowledge::Known };
    DayStatus::Told(Day { kind, knowledge, why, notice: Some(year.notice.clone()), hours: None })
}

fn noticed_year(year: i32) -> Option<&'static Year> {
    let place = year.checked_sub(YEARS.first()?.year)?;
    YEARS.get(usize::try_from(place).ok()?)
}

fn told_by(rest: &Break, number: i32) -> Option<Day> {
    let (kind, why) = if rest.first <= number && number <= rest.last {
        (DayKind::Off, DayReason::Holiday(rest.occasion.clone()))
    } else if rest.worked.contains(&number) {
        (DayKind::Working, DayReason::MakeUp(rest.occasion.clone()))
    } else {
        return None;
    };
    Some(Day { kind, knowledge: Knowledge::Known, why, notice: Some(rest.notice.clone()), hours: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(number: i32) -> NaiveDate {
        let (month, day) = (number / 100 % 100, number % 100);
        NaiveDate::from_ymd_opt(number / 10_000, month.unsigned_abs(), day.unsigned_abs()).unwrap()
    }

    #[test]
    fn the_years_follow_each_other_without_a_gap() {
        assert_eq!(YEARS.first().unwrap().year, 2007);
        for pair in YEARS.windows(2) {
            assert_eq!(pair[1].year, pair[0].year + 1);
        }
    }

    #[test]
    fn each_row_is_a_run_of_real_days_and_only_weekends_are_made_up() {
        for rest in YEARS.iter().flat_map(|year| year.breaks) {
            let (first, last) = (date(rest.first), date(rest.last));
            assert!(first <= last && (last - first).num_days() < 9, "{first} to {last}");
            for worked in rest.worked.iter().copied().map(date) {
                assert_eq!(by_weekday(worked).0, DayKind::Off, "{worked} is no weekend");
                assert!(worked < first || last < worked, "{worked} is off and worked");
            }
        }
    }

    #[test]
    fn no_two_rows_name_one_day() {
        let mut named: alloc::vec::Vec<_> = YEARS
            .iter()
            .flat_map(|year| year.breaks)
            .flat_map(|rest| {
                let off = date(rest.first).iter_days().take_while(|day| *day <= date(rest.last));
                off.chain(rest.worked.iter().copied().map(date))
            })
            .collect();
        let all = named.len();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named.len(), all);
    }

    #[test]
    fn no_notice_reaches_back_further_than_the_provisional_days() {
        for year in YEARS {
            let days =
                year.breaks.iter().flat_map(|rest| rest.worked.iter().chain([&rest.first])).map(|n| date(*n));
            for early in days.filter(|day| day.year() < year.year) {
                assert!((early.month(), early.day()) >= PROVISIONAL_FROM, "{early}");
            }
        }
    }
}
