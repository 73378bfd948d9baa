//! Any text is a time limit or is refused with a reason; any limit from any day has a last day or says what it lacks.
#![no_main]

use chrono::{Days, NaiveDate, NaiveTime};
use ducha_calendar::{
    China, Closing, EveryDay, Lang, LastDay, Offset, Pause, Roll, Span, Start, Terms, TimeLimit, Weekends,
    WorkCalendar, add_forward, deadline, deadline_at, live_until, working_days_between,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((day, text)) = bytes.split_first_chunk::<4>() else { return };
    let text = String::from_utf8_lossy(text);
    let limit: TimeLimit = match text.parse() {
        Ok(limit) => limit,
        Err(error) => {
            assert!([Lang::Zh, Lang::En].iter().all(|lang| !error.text(*lang).is_empty()));
            return;
        }
    };
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(limit.to_text(lang).parse(), Ok(limit), "a limit reads back from its own text");
    }
    let start = start(*day);
    for calendar in [&China as &dyn WorkCalendar, &Weekends, &EveryDay] {
        for roll in Roll::ALL {
            let Ok(answer) = deadline(start, limit, roll, calendar) else { continue };
            assert!(answer.due > start, "the first day is not counted: {answer:?}");
            assert!(answer.natural_end > start);
            assert!(!answer.explain(Lang::Zh).is_empty());
            if let Ok(between) = working_days_between(start, answer.due, calendar) {
                assert!(
                    u64::from(between.value) <= answer.due.signed_duration_since(start).num_days() as u64
                );
            }
        }
    }
    // From a moment, with a pause and a cut-off; every unit.
    if let Some(moment) = Offset::BEIJING.moment(start.and_time(NaiveTime::MIN)) {
        let until = start.checked_add_days(Days::new(u64::from(day[0]))).unwrap_or(start);
        let roll = Roll::ALL[usize::from(day[1]) % Roll::ALL.len()];
        let terms = Terms::of(limit)
            .cut_off(NaiveTime::MIN)
            .rolling(roll)
            .closing(Closing::Business)
            .pausing(Pause::days(start, until))
            .pausing(Pause::days(
                until,
                until.checked_add_days(Days::new(u64::from(day[2]))).unwrap_or(until),
            ))
            .extended(limit);
        if let Ok(answer) = terms.from(Start::Moment(moment), &China) {
            assert!(answer.ends_at().is_none_or(|end| end > moment));
            if let Ok(reminder) = answer.reminder(limit, &China) {
                assert!(
                    answer.ends_at().is_none_or(|end| reminder.value < end),
                    "a reminder comes before the end"
                );
            }
            assert!(!answer.explain(Lang::En).is_empty());
        }
    }
    if let Ok(moment) = deadline_at(start.and_time(NaiveTime::MIN), limit) {
        assert!(moment.date() >= start);
    }
    if let Ok(end) = add_forward(start, limit) {
        assert!(end > start);
        for last_day in [LastDay::Included, LastDay::Excluded] {
            assert!(
                live_until(start, limit, last_day).is_ok_and(|until| until >= end) || end == NaiveDate::MAX
            );
        }
    }
    if let Ok(span) = Span::starting(start, limit) {
        assert!(span.contains(span.first()) && span.contains(span.last()));
    }
});

/// Any representable day; half of the time one that the notices may know.
fn start(bytes: [u8; 4]) -> NaiveDate {
    let number = u32::from_le_bytes(bytes);
    let (first, days) = if number % 2 == 0 {
        (NaiveDate::from_ymd_opt(2006, 1, 1).unwrap_or_default(), number / 2 % 8_000)
    } else {
        (NaiveDate::MIN, number / 2 % 192_000_000)
    };
    first.checked_add_days(Days::new(u64::from(days))).unwrap_or_default()
}
