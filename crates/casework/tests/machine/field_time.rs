//! Four fifths of the year at base level (art. 22).

use crate::campus::{Campus, id};
use chrono::NaiveDate;
use ducha_calendar::China;
use ducha_casework::field_time::{Account, Entry, Member, NotCounted, Part, Spent, field_time};
use ducha_rulebook::annex::procedure::{FieldDay, FieldTime, LeaveDay};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(person: &str, on: &str, spent: Spent, part: Part) -> Entry {
    Entry { person: id(person), on: day(on), spent, part }
}

fn office() -> Vec<Member> {
    vec![Member { person: id("chief"), from: day("2026-01-01"), until: None }]
}

fn rule() -> FieldTime {
    Campus::new().rules.annex().field_time.clone().unwrap()
}

fn account(rule: &FieldTime, diary: &[Entry], as_of: &str) -> Account {
    field_time(rule, &office(), diary, day(as_of), &China).unwrap()
}

/// The working days of 5 to 9 January 2026.
const WEEK: [&str; 5] = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"];

#[test]
fn exactly_four_fifths_is_enough_and_half_a_day_less_is_not() {
    // By 10 January: Sunday the 4th, worked for the New Year holiday, and five weekdays.
    let mut diary: Vec<_> = WEEK.map(|on| entry("chief", on, Spent::Field, Part::Whole)).to_vec();
    let told = account(&rule(), &diary, "2026-01-10");
    assert_eq!((told.field, told.base, told.is_met()), (10, 12, Some(true)));
    // Of six days 4.8 are asked: five whole days are enough, four and a half are not.
    diary[4].part = Part::Half;
    assert_eq!(account(&rule(), &diary, "2026-01-10").is_met(), Some(false));
    // With the Sunday as leave it is four and a half of five: enough again, unless leave counts.
    diary.push(entry("chief", "2026-01-04", Spent::Leave, Part::Whole));
    assert_eq!(account(&rule(), &diary, "2026-01-10").is_met(), Some(true));
    let counted = FieldTime { leave: LeaveDay::Counted, ..rule() };
    assert_eq!(account(&counted, &diary, "2026-01-10").is_met(), Some(false));
    // Exactly four fifths: four of five.
    diary[4] = entry("chief", "2026-01-09", Spent::Field, Part::Half);
    diary[3] = entry("chief", "2026-01-08", Spent::Field, Part::Half);
    let exact = account(&rule(), &diary, "2026-01-10");
    assert_eq!((exact.field, exact.base, exact.is_met()), (8, 10, Some(true)));
}

#[test]
fn what_does_not_count_is_told_with_its_reason() {
    let whole = FieldTime { counts: FieldDay::WholeDays, ..rule() };
    let diary = [
        entry("chief", "2026-01-05", Spent::Field, Part::Half),
        entry("chief", "2026-01-03", Spent::Field, Part::Whole),
        entry("cook", "2026-01-05", Spent::Field, Part::Whole),
        entry("chief", "2025-12-31", Spent::Field, Part::Whole),
        entry("chief", "2026-01-06", Spent::Leave, Part::Half),
        entry("chief", "2026-01-06", Spent::Field, Part::Whole),
    ];
    let told = account(&whole, &diary, "2026-01-10");
    assert_eq!(
        told.not_counted,
        [
            (0, NotCounted::HalfDay),
            (1, NotCounted::DayOff),
            (2, NotCounted::NoMember),
            (3, NotCounted::OutsideThePeriod),
            (4, NotCounted::MoreThanADay),
        ]
    );
    assert_eq!((told.field, told.leave), (2, 0));
}

#[test]
fn the_forecast_tells_what_is_still_needed() {
    let told = account(&rule(), &[], "2026-01-03");
    // 248 working days in 2026, none before the 4th of January.
    assert_eq!((told.is_met(), told.remaining), (None, Some(496)));
    assert_eq!(told.still_needed(), Some(397));
    assert_eq!(told.can_be_met(), Some(true));
    let late = account(&rule(), &[], "2026-10-30");
    assert_eq!((late.can_be_met(), late.would_be_met()), (Some(false), Some(false)));
}
