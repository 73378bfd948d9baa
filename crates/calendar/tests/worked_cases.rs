//! Deadlines worked out by hand over the real calendars of 2024–2026, as a lawyer would check them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use chrono::NaiveDate;
use ducha_calendar::{
    China, DayReason, DeadlineError, Knowledge, Lang, Roll, Step, TimeLimit, Unit, UnknownReason, deadline,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn limit(length: u32, unit: Unit) -> TimeLimit {
    TimeLimit::new(length, unit).unwrap()
}

/// start | days | natural end | rolled | working-day end; `?` stands for unknown.
const CASES: &str = "
    2026-09-28 |  3 | 2026-10-01 | 2026-10-08 | 2026-10-08   29, 30, then the holiday, 8
    2026-09-24 |  7 | 2026-10-01 | 2026-10-08 | 2026-10-12   28, 29, 30, 8, 9, made-up Sat 10, 12
    2026-09-21 | 10 | 2026-10-01 | 2026-10-08 | 2026-10-12   the same end from before Mid-Autumn
    2026-02-12 |  3 | 2026-02-15 | 2026-02-24 | 2026-02-24   13, made-up Sat 14, 24
    2026-02-06 | 15 | 2026-02-21 | 2026-02-24 | 2026-03-05   made-up Saturdays 14 and 28 count
    2026-04-30 |  3 | 2026-05-03 | 2026-05-06 | 2026-05-08   Labour Day to 5 May
    2025-04-25 |  3 | 2025-04-28 | 2025-04-28 | 2025-04-29   made-up Sun 27 counts
    2025-09-26 |  5 | 2025-10-01 | 2025-10-09 | 2025-10-10   made-up Sun 28 counts
    2024-09-12 |  3 | 2024-09-15 | 2024-09-18 | 2024-09-18   13, made-up Sat 14, 18
    2026-12-29 |  3 | 2027-01-01 | ?          | ?            until the notice for 2027
";

#[test]
fn the_ten_worked_cases_hold() {
    let mut checked = 0;
    for line in CASES.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.split_whitespace().next().unwrap()).collect();
        let (start, days) = (day(cells[0]), cells[1].parse().unwrap());
        let natural = deadline(start, limit(days, Unit::CalendarDays), Roll::None, &China).unwrap();
        assert_eq!(natural.due, day(cells[2]), "natural end: {line}");
        for (unit, expected) in [(Unit::CalendarDays, cells[3]), (Unit::WorkingDays, cells[4])] {
            match deadline(start, limit(days, unit), Roll::Following, &China) {
                Ok(found) => assert_eq!(found.due.to_string(), expected, "{unit:?}: {line}"),
                Err(refused) => {
                    assert_eq!(expected, "?", "{unit:?}: {line}: {refused}");
                    let (first_unknown, why) = (day("2027-01-01"), UnknownReason::NoNotice);
                    let calendar = "cn".to_string();
                    assert_eq!(refused, DeadlineError::Unknown { first_unknown, calendar, why });
                }
            }
        }
        checked += 1;
    }
    assert_eq!(checked, 10);
}

#[test]
fn three_years_end_on_the_corresponding_day() {
    let found = deadline(day("2017-09-30"), limit(3, Unit::Years), Roll::Following, &China).unwrap();
    assert_eq!(found.due, day("2020-09-30"));
    let from_next_day = deadline(day("2017-10-01"), limit(3, Unit::Years), Roll::Following, &China).unwrap();
    assert_eq!(from_next_day.due, day("2020-10-09"), "that year's holiday ran to 8 October");
}

#[test]
fn a_deadline_on_the_last_days_of_2026_is_provisional() {
    let found = deadline(day("2026-12-28"), limit(3, Unit::WorkingDays), Roll::Following, &China).unwrap();
    assert_eq!((found.due, found.knowledge), (day("2026-12-31"), Knowledge::Provisional));
    assert!(matches!(found.steps.last(), Some(Step::LeansOnProvisional { .. })));

    let before = deadline(day("2026-12-25"), limit(1, Unit::WorkingDays), Roll::Following, &China).unwrap();
    assert_eq!((before.due, before.knowledge), (day("2026-12-28"), Knowledge::Known));

    let unrolled = deadline(day("2026-12-29"), limit(1, Unit::Months), Roll::None, &China).unwrap();
    assert_eq!((unrolled.due, unrolled.knowledge), (day("2027-01-29"), Knowledge::Known), "no day was asked");
}

#[test]
fn a_rolled_deadline_names_the_holiday_and_its_notice() {
    let found = deadline(day("2026-09-28"), limit(3, Unit::CalendarDays), Roll::Following, &China).unwrap();
    let rolled = found.steps.iter().find_map(|step| match step {
        Step::Rolled { from, to, why: DayReason::Holiday(of), .. } => Some((*from, *to, of.zh.clone())),
        _ => None,
    });
    assert_eq!(rolled, Some((day("2026-10-01"), day("2026-10-08"), "国庆节".into())));
    assert_eq!(found.notices.len(), 1);
    assert_eq!(found.notices[0].year, 2026);
}

#[test]
fn the_explanation_reads_in_both_languages() {
    let found = deadline(day("2026-09-28"), limit(3, Unit::CalendarDays), Roll::Following, &China).unwrap();
    assert_eq!(
        found.explain(Lang::En),
        "2026-09-28, the start, is not counted; day 1 is 2026-09-29 (Civil Code, art. 201)\n\
         the limit of 3 calendar days ends on 2026-10-01 (Civil Code, art. 201)\n\
         2026-10-01 is off (National Day): moved to 2026-10-08, the first working day after \
         (Civil Code, art. 203; cf. driver-points rules, art. 36)\n"
    );
    assert_eq!(
        found.explain(Lang::Zh),
        "起始日 2026-09-28 不计入，自 2026-09-29 起算（民法典第201条）\n\
         3个自然日至 2026-10-01 届满（民法典第201条）\n\
         2026-10-01 休息（国庆节），顺延至其后首个工作日 2026-10-08（民法典第203条，参照记分办法第36条）\n"
    );
}

#[test]
fn a_deadline_survives_json() {
    let found = deadline(day("2026-12-24"), limit(4, Unit::WorkingDays), Roll::Following, &China).unwrap();
    let json = serde_json::to_string(&found).unwrap();
    assert!(json.contains(r#""limit":"4 working days""#) && json.contains(r#""due":"2026-12-30""#), "{json}");
    assert_eq!(serde_json::from_str::<ducha_calendar::Deadline>(&json).unwrap(), found);
}

#[test]
fn moved_back_a_deadline_may_leave_no_day() {
    let back = |start, days| deadline(day(start), limit(days, Unit::CalendarDays), Roll::Preceding, &China);
    assert_eq!(back("2026-09-28", 5).unwrap().due, day("2026-09-30"));
    assert!(matches!(back("2026-10-02", 2), Err(DeadlineError::NothingLeft { .. })));
    assert!(matches!(back("2026-09-30", 1), Err(DeadlineError::NothingLeft { .. })));
}

#[test]
fn a_notice_used_twice_is_named_once_and_an_amendment_beside_it() {
    let found = deadline(day("2020-01-20"), limit(30, Unit::WorkingDays), Roll::Following, &China).unwrap();
    let cited: Vec<_> = found.notices.iter().map(|notice| notice.url.as_ref()).collect();
    assert_eq!(cited.len(), 2, "{cited:?}");
    assert!(cited.iter().all(|url| url.contains("/2019-11/") || url.contains("/2020-01/")), "{cited:?}");
}
