//! The mainland calendar against lists of days kept apart from its table.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Datelike, NaiveDate};
use ducha_calendar::{
    China, DayKind, DayReason, DayStatus, EveryDay, Knowledge, UnknownReason, Weekends, WorkCalendar,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Month and day.
type At = (u32, u32);

/// Compares every day of a year with its holidays (first and last, month and day) and its made-up weekends.
fn assert_year(year: i32, off: &[(At, At)], worked: &[At]) {
    for date in day(year, 1, 1).iter_days().take_while(|date| date.year() == year) {
        let at = (date.month(), date.day());
        let weekend = date.weekday().number_from_monday() > 5;
        let holiday = off.iter().any(|(first, last)| *first <= at && at <= *last);
        let expected =
            if holiday || (weekend && !worked.contains(&at)) { DayKind::Off } else { DayKind::Working };
        assert_eq!(China.day(date).kind(), Some(expected), "{date}");
    }
}

#[test]
fn every_day_of_2026_is_as_the_notice_of_november_2025_says() {
    assert_year(
        2026,
        &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    );
}

#[test]
fn the_made_up_weekends_of_2025_are_five() {
    let made_up: Vec<_> = day(2025, 1, 1)
        .iter_days()
        .take(365)
        .filter(|date| matches!(China.day(*date).day().map(|day| &day.why), Some(DayReason::MakeUp(_))))
        .map(|date| (date.month(), date.day()))
        .collect();
    assert_eq!(made_up, [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)]);
}

#[test]
fn a_later_notice_reaches_back_into_december() {
    for (date, kind) in [
        (day(2018, 12, 29), DayKind::Working),
        (day(2018, 12, 30), DayKind::Off),
        (day(2018, 12, 31), DayKind::Off),
        (day(2011, 12, 31), DayKind::Working),
        (day(2022, 12, 31), DayKind::Off),
        (day(2007, 12, 29), DayKind::Working),
        (day(2007, 12, 31), DayKind::Off),
    ] {
        let status = China.day(date);
        let told = status.day().unwrap();
        assert_eq!((told.kind, told.knowledge), (kind, Knowledge::Known), "{date}");
        assert_eq!(told.notice.as_ref().map(|notice| notice.year), Some(date.year() + 1), "{date}");
    }
}

#[test]
fn the_spring_festival_of_2020_was_extended() {
    assert_eq!(China.day(day(2020, 1, 31)).kind(), Some(DayKind::Off));
    assert_eq!(China.day(day(2020, 2, 1)).kind(), Some(DayKind::Off), "first to be worked, then given back");
    assert_eq!(China.day(day(2020, 2, 3)).kind(), Some(DayKind::Working));
}

#[test]
fn outside_the_noticed_years_there_is_no_kind_to_be_had() {
    assert_eq!(China.day(day(2006, 12, 31)), DayStatus::Unknown(UnknownReason::BeforeRecords));
    assert_eq!(China.day(day(2027, 1, 1)), DayStatus::Unknown(UnknownReason::NoNotice));
    assert_eq!(China.day(NaiveDate::MAX).kind(), None);
    assert_eq!(China.day(NaiveDate::MIN).kind(), None);
    assert_eq!(China.horizon(), Some(day(2026, 12, 31)));
}

#[test]
fn only_the_last_three_days_of_2026_are_provisional() {
    let provisional: Vec<_> = day(2007, 1, 1)
        .iter_days()
        .take_while(|date| date.year() <= 2026)
        .filter(|date| China.day(*date).knowledge() != Some(Knowledge::Known))
        .collect();
    assert_eq!(provisional, [day(2026, 12, 29), day(2026, 12, 30), day(2026, 12, 31)]);
}

#[test]
fn each_year_has_its_notice_and_three_were_amended() {
    let years: Vec<_> = China::notices().map(|notice| notice.year).collect();
    assert_eq!(years.len(), 23);
    for year in 2007..=2026 {
        let amended = [2015, 2019, 2020].contains(&year);
        assert_eq!(years.iter().filter(|of| **of == year).count(), if amended { 2 } else { 1 }, "{year}");
    }
}

#[test]
fn the_plain_calendars_know_every_day() {
    assert_eq!(Weekends.day(day(2026, 10, 1)).kind(), Some(DayKind::Working));
    assert_eq!(Weekends.day(day(2026, 10, 10)).kind(), Some(DayKind::Off));
    assert_eq!(EveryDay.day(NaiveDate::MAX).kind(), Some(DayKind::Working));
    assert_eq!((Weekends.horizon(), EveryDay.horizon()), (None, None));
}
