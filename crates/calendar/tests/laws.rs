//! What must hold for every date, limit and calendar.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use ducha_calendar::{
    China, Day, DayKind, DayReason, DayStatus, DeadlineError, EveryDay, Knowledge, Lang, LastDay,
    PeriodError, Roll, Span, TimeLimit, Unit, Weekends, WorkCalendar, add_forward, add_working_days,
    deadline, deadline_at, live_until, roll, working_days_between,
};
use proptest::prelude::*;

/// A calendar that never works.
struct Closed;

impl WorkCalendar for Closed {
    fn id(&self) -> &'static str {
        "closed"
    }
    fn day(&self, _date: NaiveDate) -> DayStatus {
        DayStatus::Told(Day::plain(DayKind::Off, DayReason::Weekend))
    }
    fn horizon(&self) -> Option<NaiveDate> {
        None
    }
}

/// One of the shipped calendars, in a form that a failing case can print.
#[derive(Clone, Copy, Debug)]
enum Shipped {
    China,
    Weekends,
    EveryDay,
}

impl Shipped {
    fn get(self) -> &'static dyn WorkCalendar {
        match self {
            Shipped::China => &China,
            Shipped::Weekends => &Weekends,
            Shipped::EveryDay => &EveryDay,
        }
    }
}

fn shipped() -> impl Strategy<Value = Shipped> {
    prop_oneof![4 => Just(Shipped::China), 1 => Just(Shipped::Weekends), 1 => Just(Shipped::EveryDay)]
}

/// A day that China's calendar knows, or nearly.
fn known_day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2006, 12, 20).unwrap();
    (0_u64..7330).prop_map(move |days| first.checked_add_days(Days::new(days)).unwrap())
}

/// Any representable day, the ends of the range more often.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        (0_u64..800).prop_map(|days| NaiveDate::MAX.checked_sub_days(Days::new(days)).unwrap()),
        (0_u64..800).prop_map(|days| NaiveDate::MIN.checked_add_days(Days::new(days)).unwrap()),
        (NaiveDate::MIN.num_days_from_ce()..=NaiveDate::MAX.num_days_from_ce())
            .prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).unwrap()),
        known_day(),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    use Unit::*;
    prop::sample::select(vec![Hours, WorkingHours, WorkingDays, CalendarDays, Weeks, Months, Years])
}

fn any_limit() -> impl Strategy<Value = TimeLimit> {
    unit()
        .prop_flat_map(|unit| (1..=unit.most()).prop_map(move |length| TimeLimit::new(length, unit).unwrap()))
}

/// A limit in days or longer, of everyday length.
fn short_limit() -> impl Strategy<Value = TimeLimit> {
    use Unit::*;
    (prop::sample::select(vec![WorkingDays, CalendarDays, Weeks, Months, Years]), 1_u32..40)
        .prop_map(|(unit, length)| TimeLimit::new(length, unit).unwrap())
}

fn any_roll() -> impl Strategy<Value = Roll> {
    prop::sample::select(vec![Roll::Following, Roll::Preceding, Roll::None])
}

proptest! {
    #[test]
    fn adding_then_counting_returns_the_number(start in known_day(), count in 0_u32..300, calendar in shipped()) {
        let calendar = calendar.get();
        if let Ok(end) = add_working_days(start, count, calendar) {
            prop_assert_eq!(working_days_between(start, end.value, calendar).unwrap().value, count);
            if count > 0 {
                prop_assert_eq!(calendar.day(end.value).kind(), Some(DayKind::Working));
            }
        }
    }

    #[test]
    fn counting_is_additive(a in known_day(), more in 0_u64..200, further in 0_u64..200, calendar in shipped()) {
        let calendar = calendar.get();
        let b = a.checked_add_days(Days::new(more)).unwrap();
        let c = b.checked_add_days(Days::new(further)).unwrap();
        if let Ok(whole) = working_days_between(a, c, calendar) {
            let parts = working_days_between(a, b, calendar).unwrap().value
                + working_days_between(b, c, calendar).unwrap().value;
            prop_assert_eq!(whole.value, parts);
        }
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        start in known_day(), later in 0_u64..60, limit in short_limit(), by in any_roll(), calendar in shipped(),
    ) {
        let calendar = calendar.get();
        let after = start.checked_add_days(Days::new(later)).unwrap();
        if let (Ok(one), Ok(other)) = (deadline(start, limit, by, calendar), deadline(after, limit, by, calendar)) {
            prop_assert!(one.due <= other.due, "{} then {}", one.due, other.due);
        }
    }

    #[test]
    fn a_deadline_lies_after_its_start_and_on_a_working_day_unless_unrolled(
        start in known_day(), limit in short_limit(), by in any_roll(), calendar in shipped(),
    ) {
        let calendar = calendar.get();
        if let Ok(found) = deadline(start, limit, by, calendar) {
            prop_assert!(found.due > start);
            if by != Roll::None {
                prop_assert_eq!(calendar.day(found.due).kind(), Some(DayKind::Working));
            }
            match by {
                Roll::Following => prop_assert!(found.due >= found.natural_end),
                Roll::Preceding => prop_assert!(found.due <= found.natural_end),
                _ => prop_assert_eq!(found.due, found.natural_end),
            }
            prop_assert!(!found.explain(Lang::Zh).is_empty() && !found.explain(Lang::En).is_empty());
        }
    }

    #[test]
    fn an_unknown_deadline_names_a_day_that_is_unknown_and_not_before_the_start(
        start in known_day(), limit in short_limit(), by in any_roll(),
    ) {
        if let Err(DeadlineError::Unknown { first_unknown, .. }) = deadline(start, limit, by, &China) {
            prop_assert_eq!(China.day(first_unknown).kind(), None);
            prop_assert!(first_unknown > start || by == Roll::Preceding);
        }
    }

    #[test]
    fn rolling_is_idempotent(date in known_day(), by in any_roll(), calendar in shipped()) {
        let calendar = calendar.get();
        if let Ok(once) = roll(date, by, calendar) {
            prop_assert_eq!(roll(once.value, by, calendar).unwrap().value, once.value);
        }
    }

    #[test]
    fn printing_then_reading_a_limit_returns_it(limit in any_limit()) {
        for lang in [Lang::Zh, Lang::En] {
            prop_assert_eq!(limit.to_text(lang).parse(), Ok(limit));
        }
    }

    #[test]
    fn reading_any_text_does_not_panic_and_prints_back(text in ".{0,60}") {
        if let Ok(limit) = text.parse::<TimeLimit>() {
            prop_assert_eq!(limit.to_string().parse(), Ok(limit));
        }
    }

    #[test]
    fn reading_nearly_a_limit_does_not_panic(
        number in "[-+0-9\u{ff10}-\u{ff19}.,/ ]{0,30}",
        unit in prop::sample::select(vec!["", "days", "working days", "个工作日", "日", "月", "年", "hours", "s"]),
    ) {
        match format!("{number}{unit}").parse::<TimeLimit>() {
            Ok(limit) => prop_assert!(limit.length() >= 1 && limit.length() <= limit.unit().most()),
            Err(refused) => prop_assert!(!refused.text(Lang::Zh).is_empty() && !refused.to_string().is_empty()),
        }
    }

    #[test]
    fn a_later_act_never_lapses_earlier(act in known_day(), later in 0_u64..60, length in short_limit()) {
        prop_assume!(length.unit() != Unit::WorkingDays);
        let after = act.checked_add_days(Days::new(later)).unwrap();
        for last_day in [LastDay::Included, LastDay::Excluded] {
            let (one, other) = (live_until(act, length, last_day), live_until(after, length, last_day));
            prop_assert!(one.unwrap() <= other.unwrap());
        }
        prop_assert_eq!(
            live_until(act, length, LastDay::Included).ok(),
            live_until(act, length, LastDay::Excluded).unwrap().succ_opt()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_date_and_limit_panic(start in any_day(), limit in any_limit(), by in any_roll(), calendar in shipped()) {
        let calendar = calendar.get();
        let _ = deadline(start, limit, by, calendar);
        let _ = add_forward(start, limit);
        let _ = live_until(start, limit, LastDay::Included);
        let _ = roll(start, by, calendar);
        let _ = deadline_at(start.and_time(NaiveTime::MIN), limit);
        if let Ok(span) = Span::starting(start, limit) {
            prop_assert!(span.first() <= span.last());
        }
    }
}

#[test]
fn a_calendar_that_never_works_is_an_error() {
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let never = |result: Result<NaiveDate, DeadlineError>| {
        assert!(matches!(result, Err(DeadlineError::NoWorkingDay { .. })), "{result:?}");
    };
    never(add_working_days(start, 1, &Closed).map(|answer| answer.value));
    never(roll(start, Roll::Following, &Closed).map(|answer| answer.value));
    never(roll(start, Roll::Preceding, &Closed).map(|answer| answer.value));
    assert_eq!(working_days_between(start, start + Days::new(1000), &Closed).unwrap().value, 0);
}

/// Weekends, of which those in October are only provisional.
struct Wavering;

impl WorkCalendar for Wavering {
    fn id(&self) -> &'static str {
        "wavering"
    }
    fn day(&self, date: NaiveDate) -> DayStatus {
        match Weekends.day(date) {
            DayStatus::Told(day) if date.month() == 10 && !day.is_working() => {
                DayStatus::Told(Day { knowledge: Knowledge::Provisional, ..day })
            }
            told => told,
        }
    }
    fn horizon(&self) -> Option<NaiveDate> {
        None
    }
}

#[test]
fn one_provisional_day_on_the_way_makes_the_answer_provisional() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap();
    let over_the_weekend = add_working_days(day(2), 2, &Wavering).unwrap();
    assert_eq!((over_the_weekend.value, over_the_weekend.knowledge), (day(6), Knowledge::Provisional));
    assert_eq!(add_working_days(day(5), 2, &Wavering).unwrap().knowledge, Knowledge::Known);
    assert_eq!(roll(day(3), Roll::Following, &Wavering).unwrap().knowledge, Knowledge::Provisional);
    assert_eq!(working_days_between(day(2), day(6), &Wavering).unwrap().knowledge, Knowledge::Provisional);
}

#[test]
fn the_ends_of_the_representable_dates_are_errors() {
    let limit: TimeLimit = "1 calendar day".parse().unwrap();
    assert!(matches!(add_forward(NaiveDate::MAX, limit), Err(PeriodError::OutOfRange { .. })));
    assert!(deadline(NaiveDate::MAX, limit, Roll::Following, &EveryDay).is_err());
    assert!(add_working_days(NaiveDate::MAX, 1, &EveryDay).is_err());
    let eve = NaiveDate::MAX.pred_opt().unwrap();
    assert!(matches!(live_until(eve, limit, LastDay::Included), Err(PeriodError::OutOfRange { .. })));
    assert_eq!(live_until(eve, limit, LastDay::Excluded), Ok(NaiveDate::MAX));
}

#[test]
fn hours_need_a_moment_and_a_moment_needs_hours() {
    let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let (hours, days) = ("24 hours".parse().unwrap(), "1 working day".parse().unwrap());
    let needs_time = DeadlineError::Period(PeriodError::NeedsTime { limit: hours });
    assert_eq!(deadline(date, hours, Roll::Following, &China), Err(needs_time));
    let noon = date.and_hms_opt(12, 0, 0).unwrap();
    assert_eq!(deadline_at(noon, hours), Ok(noon + Days::new(1)));
    assert_eq!(deadline_at(noon, days), Err(DeadlineError::NotInHours { limit: days }));
    assert_eq!(add_forward(date, days), Err(PeriodError::NeedsCalendar { limit: days }));
}

#[test]
fn rolling_periods_end_as_their_last_day_says() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    for (act, length, included) in [
        (day(2020, 5, 10), "3 years", day(2023, 5, 11)),
        (day(2024, 2, 29), "1 year", day(2025, 3, 1)),
        (day(2026, 1, 31), "1 month", day(2026, 3, 1)),
        (day(2026, 1, 31), "2 months", day(2026, 4, 1)),
        (day(2026, 5, 1), "30 calendar days", day(2026, 6, 1)),
    ] {
        let length = length.parse().unwrap();
        assert_eq!(live_until(act, length, LastDay::Included), Ok(included), "{act} {length}");
        assert_eq!(live_until(act, length, LastDay::Excluded).ok(), included.pred_opt(), "{act} {length}");
    }
}

#[test]
fn a_span_counts_both_ends() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    for (first, length, last) in [
        (day(2026, 5, 1), "1 calendar day", day(2026, 5, 1)),
        (day(2026, 5, 1), "3 calendar days", day(2026, 5, 3)),
        (day(2026, 5, 1), "1 week", day(2026, 5, 7)),
        (day(2026, 5, 1), "1 month", day(2026, 5, 31)),
        (day(2026, 5, 15), "1 month", day(2026, 6, 14)),
        (day(2026, 1, 31), "1 month", day(2026, 2, 28)),
        (day(2026, 3, 1), "1 month", day(2026, 3, 31)),
    ] {
        let span = Span::starting(first, length.parse().unwrap()).unwrap();
        assert_eq!(span.last(), last, "{first} {length}");
        assert!(span.contains(first) && span.contains(last) && !span.contains(last.succ_opt().unwrap()));
    }
}

#[test]
fn a_reversed_range_is_an_error_and_an_empty_one_counts_nothing() {
    let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let before = date.pred_opt().unwrap();
    assert_eq!(
        working_days_between(date, before, &China),
        Err(DeadlineError::Reversed { from: date, to: before })
    );
    assert_eq!(working_days_between(date, date, &China).unwrap().value, 0);
    assert_eq!(before.weekday(), Weekday::Wed);
    assert_eq!(working_days_between(before, date, &China).unwrap().value, 0, "National Day is off");
}
