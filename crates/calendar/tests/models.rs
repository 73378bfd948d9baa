//! Deadlines against models that walk day by day, or minute by minute, and know nothing of how the crate reckons.
#![cfg(feature = "toml")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use ducha_calendar::{
    China, Hours, Layered, Offset, Overlay, Pause, Roll, Start, Terms, TimeLimit, Unit, WorkCalendar,
    add_forward,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// China's calendar with a campus's half days, vacation and extra working days over it.
fn campus() -> Layered<'static> {
    let overlay = Overlay::from_toml(
        "id = 'campus'\nname = '校历'\nhours = '08:30-12:00, 13:00-17:00'\n\
         [[day]]\neffect = 'half_day'\nfirst = 2026-04-30\nhours = '08:30-11:00'\n\
         [[day]]\neffect = 'worked'\nfirst = 2026-05-16\nhours = '10:00-12:00'\n\
         [[day]]\neffect = 'vacation'\nfirst = 2026-05-20\nlast = 2026-05-22\n",
    );
    Layered::over(China).with(overlay.unwrap())
}

fn works(calendar: &dyn WorkCalendar, date: NaiveDate) -> bool {
    calendar.day(date).day().unwrap().is_working()
}

/// Whether the clock stands on a day, as a limit in days sees it.
fn stands_on(pauses: &[Pause], date: NaiveDate) -> bool {
    pauses.iter().any(|pause| pause.from.date() <= date && date < pause.until.date())
}

fn stands_at(pauses: &[Pause], at: NaiveDateTime) -> bool {
    pauses.iter().any(|pause| pause.from <= at && at < pause.until)
}

/// The last of so many days after the start on which the clock runs and `counts` says so.
fn nth(start: NaiveDate, count: u64, pauses: &[Pause], counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut left = count;
    let mut date = start;
    while left > 0 {
        date = date.succ_opt().unwrap();
        if !stands_on(pauses, date) && counts(date) {
            left -= 1;
        }
    }
    date
}

/// The last day of a limit by the day, which rolls on.
fn by_day(start: NaiveDate, limit: TimeLimit, pauses: &[Pause], calendar: &dyn WorkCalendar) -> NaiveDate {
    if limit.unit() == Unit::WorkingDays {
        return nth(start, limit.length().into(), pauses, |date| works(calendar, date));
    }
    let days = (add_forward(start, limit).unwrap() - start).num_days().unsigned_abs();
    let mut last = nth(start, days, pauses, |_| true);
    while !works(calendar, last) || stands_on(pauses, last) {
        last = last.succ_opt().unwrap();
    }
    last
}

fn open(calendar: &dyn WorkCalendar, at: NaiveDateTime) -> bool {
    let status = calendar.day(at.date());
    let day = status.day().unwrap();
    if !day.is_working() {
        return false;
    }
    let hours: Hours = day.hours.or(calendar.hours()).unwrap();
    let minute = at.time().num_seconds_from_midnight() / 60;
    let clock = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap()
    };
    hours.to_string().split(", ").any(|opening| {
        let (from, until) = opening.split_once('-').unwrap();
        clock(from) <= minute && minute < clock(until)
    })
}

fn by_hour(start: NaiveDateTime, hours: u32, counts: impl Fn(NaiveDateTime) -> bool) -> NaiveDateTime {
    let (mut left, mut at) = (hours * 60, start);
    while left > 0 {
        if counts(at) {
            left -= 1;
        }
        at += TimeDelta::minutes(1);
    }
    at
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..60 * 1_440)
        .prop_map(|minutes| day("2026-04-10").and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes))
}

fn pauses(longest: i64) -> impl Strategy<Value = Vec<Pause>> {
    let pause = (moment(), 0..longest)
        .prop_map(|(from, minutes)| Pause { from, until: from + TimeDelta::minutes(minutes) });
    prop::collection::vec(pause, 0..5)
}

fn limit_by_day() -> impl Strategy<Value = TimeLimit> {
    prop_oneof![
        (1_u32..25).prop_map(|length| (length, Unit::WorkingDays)),
        (1_u32..40).prop_map(|length| (length, Unit::CalendarDays)),
        (1_u32..6).prop_map(|length| (length, Unit::Weeks)),
        (1_u32..3).prop_map(|length| (length, Unit::Months)),
    ]
    .prop_map(|(length, unit)| TimeLimit::new(length, unit).unwrap())
}

fn terms(limit: TimeLimit, pauses: &[Pause]) -> Terms {
    pauses.iter().fold(Terms::of(limit), |terms, pause| terms.pausing(*pause))
}

proptest! {
    #[test]
    fn limits_by_the_day_end_where_a_walk_ends(
        from in 0_u64..45, limit in limit_by_day(), more in prop::option::of(limit_by_day()), pauses in pauses(12 * 1_440),
    ) {
        let calendar = campus();
        let start = day("2026-04-10") + Days::new(from);
        let mut expected = by_day(start, limit, &pauses, &calendar);
        let mut asked = terms(limit, &pauses);
        if let Some(more) = more {
            asked = asked.extended(more);
            expected = by_day(expected, more, &pauses, &calendar);
        }
        let found = asked.rolling(Roll::Following).from(Start::Day(start), &calendar).unwrap();
        prop_assert_eq!(found.due, expected, "{}", found.explain(ducha_calendar::Lang::En));
    }

    #[test]
    fn limits_by_the_hour_end_where_the_minutes_do(
        start in moment(), hours in 1_u32..60, working in any::<bool>(), pauses in pauses(3 * 1_440),
    ) {
        let calendar = campus();
        let unit = if working { Unit::WorkingHours } else { Unit::Hours };
        let expected = by_hour(start, hours, |at| {
            !stands_at(&pauses, at) && (!working || open(&calendar, at))
        });
        let asked = terms(TimeLimit::new(hours, unit).unwrap(), &pauses);
        let found = asked.from(Start::Moment(Offset::BEIJING.moment(start).unwrap()), &calendar).unwrap();
        prop_assert_eq!(found.ends_at().unwrap().naive_local(), expected);
    }

    #[test]
    fn a_reminder_lies_as_much_working_time_before_the_end_as_it_says(
        start in moment(), days in 1_u32..12, hours in 1_u32..30,
    ) {
        let calendar = campus();
        let asked = Terms::of(TimeLimit::new(days, Unit::WorkingDays).unwrap()).closing(ducha_calendar::Closing::Business);
        let found = asked.from(Start::Day(start.date()), &calendar).unwrap();
        let before = TimeLimit::new(hours, Unit::WorkingHours).unwrap();
        let at = found.reminder(before, &calendar).unwrap().value.naive_local();
        prop_assert_eq!(by_hour(at, hours, |at| open(&calendar, at)), found.ends_at().unwrap().naive_local());
    }
}
