//! What was known when: calendars as noticed on a day.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Datelike, Days, NaiveDate};
use ducha_calendar::{
    China, DayKind, DayReason, DayStatus, DeadlineError, Knowledge, Roll, UnknownReason, WorkCalendar,
    deadline,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn kind(on: &str, date: &str) -> Option<DayKind> {
    China::as_noticed_on(day(on)).day(day(date)).kind()
}

#[test]
fn the_spring_festival_of_2020_before_and_after_its_extension() {
    for (date, before, after) in [
        ("2020-01-30", DayKind::Off, DayKind::Off),
        ("2020-01-31", DayKind::Working, DayKind::Off),
        ("2020-02-01", DayKind::Working, DayKind::Off),
        ("2020-02-02", DayKind::Off, DayKind::Off),
        ("2020-02-03", DayKind::Working, DayKind::Working),
        ("2020-01-19", DayKind::Working, DayKind::Working),
    ] {
        assert_eq!(kind("2020-01-26", date), Some(before), "{date} before");
        assert_eq!(kind("2020-01-27", date), Some(after), "{date} after");
    }
    let february = China::as_noticed_on(day("2020-01-26")).day(day("2020-02-01"));
    assert!(matches!(&february.day().unwrap().why, DayReason::MakeUp(of) if of.en == "Spring Festival"));

    let limit = "3 working days".parse().unwrap();
    let due =
        |on| deadline(day("2020-01-23"), limit, Roll::Following, &China::as_noticed_on(day(on))).unwrap();
    assert_eq!(due("2020-01-23").due, day("2020-02-03"), "31 January, 1 February, 3 February");
    assert_eq!(due("2020-02-01").due, day("2020-02-05"));
}

#[test]
fn labour_day_2019_and_the_commemoration_of_2015_came_by_later_notices() {
    assert_eq!(kind("2019-03-21", "2019-05-01"), Some(DayKind::Off));
    assert_eq!(kind("2019-03-21", "2019-05-02"), Some(DayKind::Working));
    assert_eq!(kind("2019-03-21", "2019-05-05"), Some(DayKind::Off), "a Sunday");
    assert_eq!(kind("2019-03-22", "2019-05-02"), Some(DayKind::Off));
    assert_eq!(kind("2019-03-22", "2019-05-05"), Some(DayKind::Working));
    assert_eq!(kind("2015-05-12", "2015-09-03"), Some(DayKind::Working));
    assert_eq!(kind("2015-05-13", "2015-09-03"), Some(DayKind::Off));
}

#[test]
fn a_year_is_unknown_until_its_notice() {
    let status = |on, date| China::as_noticed_on(day(on)).day(day(date));
    assert_eq!(status("2025-11-03", "2026-01-05"), DayStatus::Unknown(UnknownReason::NoNotice));
    assert_eq!(kind("2025-11-04", "2026-01-05"), Some(DayKind::Working));
    let knowledge = |on, date| status(on, date).knowledge();
    assert_eq!(knowledge("2025-11-03", "2025-12-31"), Some(Knowledge::Provisional));
    assert_eq!(knowledge("2025-11-04", "2025-12-31"), Some(Knowledge::Known));
    // The notice for 2019 took away the rest of Saturday 29 December 2018.
    assert_eq!(
        (kind("2018-12-05", "2018-12-29"), kind("2018-12-06", "2018-12-29")),
        (Some(DayKind::Off), Some(DayKind::Working))
    );
    assert_eq!(knowledge("2018-12-05", "2018-12-29"), Some(Knowledge::Provisional));
    assert_eq!(China::as_noticed_on(day("2025-11-03")).horizon(), Some(day("2025-12-31")));
}

#[test]
fn between_the_dates_of_a_notice_whose_day_is_not_on_record_its_days_are_unknown() {
    let status = |on, date| China::as_noticed_on(day(on)).day(day(date));
    assert_eq!(status("2006-12-13", "2007-01-01"), DayStatus::Unknown(UnknownReason::NoNotice));
    assert_eq!(status("2006-12-16", "2007-01-01"), DayStatus::Unknown(UnknownReason::PublicationNotOnRecord));
    assert_eq!(status("2006-12-18", "2007-01-01").kind(), Some(DayKind::Off));
    // 31 December 2007 hangs on the notice for 2008, of which the same holds.
    assert_eq!(status("2007-12-16", "2007-12-31"), DayStatus::Unknown(UnknownReason::PublicationNotOnRecord));
    assert_eq!(status("2007-12-16", "2007-12-28").kind(), Some(DayKind::Working));
    let limit = "3 working days".parse().unwrap();
    let refused =
        deadline(day("2007-12-26"), limit, Roll::Following, &China::as_noticed_on(day("2007-12-16")));
    assert!(
        matches!(&refused, Err(DeadlineError::Unknown { first_unknown, .. }) if *first_unknown == day("2007-12-29")),
        "{refused:?}"
    );
}

#[test]
fn every_notice_tells_when_it_was_public_and_before_most_of_what_it_arranges() {
    for notice in China::notices() {
        let published = notice.published.unwrap();
        assert!(published.not_before <= published.by, "{notice:?}");
        assert!((published.by - published.not_before).num_days() <= 4, "{notice:?}");
        let new_year = NaiveDate::from_ymd_opt(notice.year, 1, 1).unwrap();
        assert!(published.by.year() >= notice.year - 1, "{notice:?}");
        let amendment = [2015, 2019, 2020].contains(&notice.year) && published.by >= new_year;
        assert!(published.by < new_year || amendment, "{notice:?}");
    }
}

proptest! {
    #[test]
    fn what_is_noticed_is_never_forgotten(date in 0_u64..7305, on in 0_u64..7305, later in 0_u64..2000) {
        let first = day("2007-01-01");
        let (date, on) = (first + Days::new(date), first + Days::new(on));
        let told = |on| China::as_noticed_on(on).day(date);
        if told(on).kind().is_some() {
            prop_assert!(told(on + Days::new(later)).kind().is_some());
        }
        prop_assert_eq!(told(day("2026-12-31")), China.day(date));
    }
}
