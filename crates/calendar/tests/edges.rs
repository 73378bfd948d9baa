//! The edges: the ends of the records, leap days, ends of months, pauses that touch each other or a roll, far offsets,
//! hours across pauses, half days and made-up weekends, overlays over holidays.
#![cfg(feature = "toml")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use ducha_calendar::{
    Anchor, China, Closing, Deadline, DeadlineError, EveryDay, Knowledge, Lang, Layered, MomentError, Offset,
    Overlay, Pause, Ranks, Roll, Start, Terms, TimeLimit, Unit, Weekends, WorkCalendar, YearAtAGlance,
    add_working_days, deadline, working_days_between,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn limit(text: &str) -> TimeLimit {
    text.parse().unwrap()
}

fn start(text: &str) -> Start {
    Start::read(text, Offset::BEIJING).unwrap()
}

fn pause(from: &str, until: &str) -> Pause {
    let moment = |text: &str| text.parse().unwrap_or_else(|_| day(text).and_time(NaiveTime::MIN));
    Pause { from: moment(from), until: moment(until) }
}

fn reckon(terms: &Terms, from: &str) -> Deadline {
    terms.from(start(from), &China).unwrap()
}

fn ends(terms: &Terms, from: &str, calendar: &dyn WorkCalendar) -> String {
    terms.from(start(from), calendar).unwrap().ends_at().unwrap().format("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn at_the_ends_of_the_records_only_unknown_days_that_decide_are_missed() {
    let due = |from: &str, text: &str, roll| deadline(day(from), limit(text), roll, &China);
    let unknown = |found: Result<Deadline, DeadlineError>| match found {
        Err(DeadlineError::Unknown { first_unknown, .. }) => first_unknown.to_string(),
        other => panic!("{other:?}"),
    };
    // 31 December 2006 is the start, which is not asked.
    assert_eq!(due("2006-12-31", "1 working day", Roll::Following).unwrap().due, day("2007-01-04"));
    assert_eq!(unknown(due("2006-12-30", "1 working day", Roll::Following)), "2006-12-31");
    assert_eq!(unknown(due("2006-12-24", "1 week", Roll::Following)), "2006-12-31");
    assert_eq!(due("2006-12-24", "1 week", Roll::None).unwrap().due, day("2006-12-31"));
    // Moved back from New Year 2007, the way leads into what no notice of the records tells.
    assert_eq!(unknown(due("2006-12-20", "14 calendar days", Roll::Preceding)), "2006-12-31");

    let last = due("2026-12-30", "1 working day", Roll::Following).unwrap();
    assert_eq!((last.due, last.knowledge), (day("2026-12-31"), Knowledge::Provisional));
    assert_eq!(unknown(due("2026-12-31", "1 working day", Roll::Following)), "2027-01-01");
    assert_eq!(due("2025-12-31", "1 year", Roll::Following).unwrap().due, day("2026-12-31"));
    assert_eq!(unknown(due("2026-01-01", "1 year", Roll::DayAfterHoliday)), "2027-01-01");
}

#[test]
fn a_reminder_of_the_last_known_day_needs_no_day_after_it() {
    let found = deadline(day("2026-12-30"), limit("1 working day"), Roll::Following, &China).unwrap();
    let at = |before: &str| found.reminder(limit(before), &China).unwrap().value.to_rfc3339();
    assert_eq!(at("2 working hours"), "2026-12-31T15:30:00+08:00");
    assert_eq!(at("1 working day"), "2026-12-30T08:00:00+08:00");
    assert_eq!(at("24 hours"), "2026-12-31T00:00:00+08:00");
}

#[test]
fn months_end_on_the_corresponding_day_or_else_with_the_month() {
    for (from, text, anchor, natural) in [
        ("2024-01-31", "1 month", Anchor::StartDay, "2024-02-29"),
        ("2026-01-31", "1 month", Anchor::StartDay, "2026-02-28"),
        ("2024-02-29", "1 year", Anchor::StartDay, "2025-02-28"),
        ("2020-02-29", "4 years", Anchor::StartDay, "2024-02-29"),
        ("2023-02-28", "1 year", Anchor::StartDay, "2024-02-28"),
        ("2026-08-31", "1 month", Anchor::StartDay, "2026-09-30"),
        ("2024-02-28", "1 year", Anchor::NextDay, "2025-02-28"),
        ("2026-01-30", "1 month", Anchor::NextDay, "2026-02-28"),
        ("2026-03-30", "1 month", Anchor::NextDay, "2026-04-30"),
    ] {
        let found = reckon(&Terms::of(limit(text)).anchored(anchor).rolling(Roll::None), from);
        assert_eq!(found.natural_end, day(natural), "{text} from {from}");
    }
    let modified = |from: &str, text: &str| {
        let found = reckon(&Terms::of(limit(text)).rolling(Roll::ModifiedFollowing), from);
        (found.natural_end.to_string(), found.due.to_string())
    };
    // Sunday 31 May 2026; Sunday 28 February 2027 would be unknown, Saturday 28 February 2026 is made up.
    assert_eq!(modified("2026-04-30", "31 calendar days"), ("2026-05-31".into(), "2026-05-29".into()));
    assert_eq!(modified("2026-01-31", "1 month"), ("2026-02-28".into(), "2026-02-28".into()));
    assert_eq!(modified("2025-12-31", "3 calendar days"), ("2026-01-03".into(), "2026-01-04".into()));
}

#[test]
fn pauses_may_touch_overlap_lie_outside_or_begin_within_the_day() {
    let five = Terms::of(limit("5 working days"));
    let due = |pauses: &[Pause]| {
        let terms = pauses.iter().fold(five.clone(), |terms, one| terms.pausing(*one));
        let found = reckon(&terms, "2026-09-07");
        (found.due.to_string(), found.explain(Lang::En).matches("the clock stands").count())
    };
    assert_eq!(due(&[]), ("2026-09-14".into(), 0));
    // Outside: before the start, up to the start day, and after the last day.
    assert_eq!(due(&[pause("2026-09-01", "2026-09-04")]), ("2026-09-14".into(), 0));
    assert_eq!(due(&[pause("2026-09-01", "2026-09-07T12:00:00")]), ("2026-09-14".into(), 0));
    assert_eq!(due(&[pause("2026-09-15", "2026-09-20")]), ("2026-09-14".into(), 0));
    // Over a weekend alone.
    assert_eq!(due(&[pause("2026-09-12", "2026-09-14")]), ("2026-09-14".into(), 1));
    // On the last day.
    assert_eq!(due(&[pause("2026-09-14", "2026-09-15")]), ("2026-09-15".into(), 1));
    // Two that touch are one; two that share a day by the hour are two.
    assert_eq!(
        due(&[pause("2026-09-10", "2026-09-12"), pause("2026-09-09", "2026-09-10")]),
        ("2026-09-17".into(), 1)
    );
    assert_eq!(
        due(&[pause("2026-09-09", "2026-09-10T10:00:00"), pause("2026-09-10T15:00:00", "2026-09-12")]),
        ("2026-09-17".into(), 2)
    );
    // Within one day a limit in days does not stand.
    assert_eq!(due(&[pause("2026-09-09T09:00:00", "2026-09-09T17:00:00")]), ("2026-09-14".into(), 0));
}

#[test]
fn a_last_day_does_not_roll_into_a_pause() {
    // 1 October moves to the 8th, on which the clock stands until Monday the 12th.
    let terms = Terms::of(limit("3 calendar days")).pausing(pause("2026-10-08", "2026-10-12"));
    let found = reckon(&terms, "2026-09-28");
    assert_eq!((found.natural_end, found.due), (day("2026-10-01"), day("2026-10-12")));
    assert_eq!(
        found.explain(Lang::En),
        "2026-09-28, the start, is not counted; day 1 is 2026-09-29 (Civil Code, art. 201)\n\
         the limit of 3 calendar days ends on 2026-10-01 (Civil Code, art. 201)\n\
         2026-10-01 is off (National Day): moved to 2026-10-08, the first working day after \
         (Civil Code, art. 203; cf. driver-points rules, art. 36)\n\
         the clock stands from 2026-10-08 and runs again at 2026-10-12: the last day becomes 2026-10-12 \
         (Civil Code, art. 204)\n\
         2026-10-12 is a working day (ordinary weekday) and stands\n"
    );
    // It runs again on a Sunday, and rolls once more.
    let terms = Terms::of(limit("3 calendar days")).pausing(pause("2026-10-08", "2026-10-11"));
    assert_eq!(reckon(&terms, "2026-09-28").due, day("2026-10-12"));
}

#[test]
fn an_extension_is_paused_and_rolls_as_the_limit_does() {
    // 3 working days end on the 10th; two more, with the clock standing on the 11th and over the weekend.
    let terms = Terms::of(limit("3 working days")).extended(limit("2 working days"));
    assert_eq!(reckon(&terms, "2026-09-07").due, day("2026-09-14"));
    assert_eq!(
        reckon(&terms.pausing(pause("2026-09-11", "2026-09-14")), "2026-09-07").due,
        day("2026-09-15")
    );
    // Units by the day may be mixed, and each leg rolls.
    let terms = Terms::of(limit("1 month")).extended(limit("3 working days"));
    assert_eq!(reckon(&terms, "2026-09-03").due, day("2026-10-12"), "3 October moves to the 8th; 9, 10, 12");
}

#[test]
fn starts_at_the_farthest_offsets_are_converted() {
    let one = Terms::of(limit("1 working day"));
    for (from, local) in [
        ("2026-09-07T00:30+14:00", "2026-09-06"),
        ("2026-09-07T23:30-12:00", "2026-09-08"),
        ("2026-09-07T23:30-14:00", "2026-09-08"),
        ("2026-09-07T16:00Z", "2026-09-08"),
        ("2026-09-07T15:59:59.999Z", "2026-09-07"),
    ] {
        assert_eq!(reckon(&one, from).start, day(local), "{from}");
    }
    let there = one.local_at("+14:00".parse().unwrap());
    assert_eq!(there.from(start("2026-09-07T18:00"), &China).unwrap().start, day("2026-09-08"));
    assert_eq!(
        there.from(start("2026-09-07T18:00"), &China).unwrap().ends_at().unwrap().to_rfc3339(),
        "2026-09-10T00:00:00+14:00"
    );
    for text in ["2026/09/07", "+2026-9-07", "2026- 9- 7", "２０２６-09"] {
        assert!(matches!(Start::read(text, Offset::BEIJING), Err(MomentError::NotAMoment { .. })), "{text}");
    }
}

#[test]
fn hours_stand_still_in_pauses_and_seconds_are_told() {
    let six = Terms::of(limit("6 hours"))
        .pausing(pause("2026-09-07T10:00:00", "2026-09-07T11:00:00"))
        .pausing(pause("2026-09-07T10:30:00", "2026-09-07T12:00:00"))
        .pausing(pause("2026-09-08T00:00:00", "2026-09-09T00:00:00"));
    assert_eq!(
        ends(&six, "2026-09-07T09:00", &China),
        "2026-09-07 17:00",
        "two hours; the third lies after the end"
    );
    assert_eq!(ends(&six, "2026-09-07T11:00", &China), "2026-09-07 18:00", "the clock stood at the start");
    let at_the_end = Terms::of(limit("1 hour")).pausing(pause("2026-09-07T10:00:00", "2026-09-07T12:00:00"));
    assert_eq!(ends(&at_the_end, "2026-09-07T09:00", &China), "2026-09-07 10:00", "over before it stood");
    let told = reckon(&Terms::of(limit("1 hour")), "2026-09-07T09:00:05").explain(Lang::En);
    assert_eq!(
        told,
        "1 hour from 2026-09-07 09:00:05 ends at 2026-09-07 10:00:05, days off counted; hours do not roll \
         (Civil Code, art. 201)\n"
    );
}

fn campus(days: &str) -> Layered<'static> {
    let text = format!("id = 'campus'\nname = {{ zh = '校历', en = 'campus' }}\n{days}");
    Layered::over(China).with(Overlay::from_toml(&text).unwrap())
}

#[test]
fn working_hours_follow_half_days_and_made_up_weekends() {
    let calendar = campus(
        "hours = '09:00-12:00, 13:00-17:00'\n[[day]]\neffect = 'half_day'\nfirst = 2026-10-09\nhours = '09:00-12:00'",
    );
    let hours = |text: &str| Terms::of(limit(text));
    // Friday 9 October is a half day, Saturday 10 is made up, Sunday is off.
    assert_eq!(ends(&hours("3 working hours"), "2026-10-09T08:00", &calendar), "2026-10-09 12:00");
    assert_eq!(ends(&hours("4 working hours"), "2026-10-09T08:00", &calendar), "2026-10-10 10:00");
    assert_eq!(ends(&hours("10 working hours"), "2026-10-09T09:00", &calendar), "2026-10-10 17:00");
    assert_eq!(ends(&hours("11 working hours"), "2026-10-09T09:00", &calendar), "2026-10-12 10:00");
    let business = Terms::of(limit("1 working day")).closing(Closing::Business);
    assert_eq!(ends(&business, "2026-10-08", &calendar), "2026-10-09 12:00", "the half day's own close");
    let stated = |hour| {
        Terms::of(limit("1 working day")).closing(Closing::At(NaiveTime::from_hms_opt(hour, 0, 0).unwrap()))
    };
    assert_eq!(ends(&stated(16), "2026-10-08", &calendar), "2026-10-09 16:00");
    let unrolled = stated(16).rolling(Roll::None);
    assert_eq!(ends(&unrolled, "2026-10-09", &China), "2026-10-10 16:00");
    let sunday = Terms::of(limit("2 calendar days")).rolling(Roll::None).closing(Closing::At(NaiveTime::MIN));
    assert_eq!(ends(&sunday, "2026-10-09", &China), "2026-10-12 00:00", "a Sunday knows no business");
}

#[test]
fn an_overlay_neither_makes_nor_unmakes_a_statutory_holiday() {
    let after = |calendar: &dyn WorkCalendar, from: &str| {
        deadline(day(from), limit("1 calendar day"), Roll::DayAfterHoliday, calendar)
            .map(|found| found.due.to_string())
    };
    let vacation = campus("[[day]]\neffect = 'vacation'\nfirst = 2026-09-28\nlast = 2026-10-12");
    assert_eq!(after(&vacation, "2026-09-30").unwrap(), "2026-10-08", "National Day, under the vacation");
    assert_eq!(
        after(&vacation, "2026-10-08").unwrap(),
        "2026-10-09",
        "a vacation alone is no statutory holiday"
    );
    let worked = campus("[[day]]\neffect = 'worked'\nfirst = 2026-10-05");
    assert_eq!(after(&worked, "2026-10-04").unwrap(), "2026-10-08");
    // What the campus knows of 2027 tells nothing of the holidays that year.
    let closed = campus("[[day]]\neffect = 'closure'\nfirst = 2027-01-01");
    let refused = after(&closed, "2026-12-31").unwrap_err();
    assert!(
        matches!(refused, DeadlineError::Unknown { first_unknown, .. } if first_unknown == day("2027-01-01"))
    );
    let following =
        deadline(day("2026-12-31"), limit("1 calendar day"), Roll::Following, &closed).unwrap_err();
    assert!(
        matches!(following, DeadlineError::Unknown { first_unknown, .. } if first_unknown == day("2027-01-02"))
    );
}

#[test]
fn half_days_of_other_hours_contradict_each_other_and_say_how() {
    let text = "id = 'c'\nname = 'c'\n\
        [[day]]\neffect = 'half_day'\nfirst = 2026-12-24\nhours = '08:00-12:00'\n\
        [[day]]\neffect = 'half_day'\nfirst = 2026-12-24\nhours = '09:00-12:00'";
    let error = Overlay::from_toml(text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 7, column 1: 2026-12-24 is half day 09:00-12:00 here, but half day 08:00-12:00 (line 3, column 1) \
         by another entry"
    );
    let wrong =
        Overlay::from_toml("id = 'c'\nname = 'c'\n[[day]]\neffect = 'closure'\nfirst = 3").unwrap_err();
    assert_eq!(wrong.text(Lang::Zh), "第5行第9列：“first”的类型不对，应为日期，如 2026-07-13");
}

#[test]
fn every_limit_prints_and_reads_in_both_languages() {
    for (unit, english, chinese) in [
        (Unit::Hours, ["1 hour", "2 hours"], ["1小时", "2小时"]),
        (Unit::WorkingHours, ["1 working hour", "2 working hours"], ["1个工作小时", "2个工作小时"]),
        (Unit::WorkingDays, ["1 working day", "2 working days"], ["1个工作日", "2个工作日"]),
        (Unit::CalendarDays, ["1 calendar day", "2 calendar days"], ["1个自然日", "2个自然日"]),
        (Unit::Weeks, ["1 week", "2 weeks"], ["1周", "2周"]),
        (Unit::Months, ["1 month", "2 months"], ["1个月", "2个月"]),
        (Unit::Years, ["1 year", "2 years"], ["1年", "2年"]),
    ] {
        for (length, (en, zh)) in (1..).zip(english.into_iter().zip(chinese)) {
            let made = TimeLimit::new(length, unit).unwrap();
            assert_eq!((made.to_text(Lang::En).as_str(), made.to_text(Lang::Zh).as_str()), (en, zh));
            assert_eq!((en.parse(), zh.parse()), (Ok(made), Ok(made)));
        }
        for length in [1, unit.most()] {
            let made = TimeLimit::new(length, unit).unwrap();
            assert!([Lang::Zh, Lang::En].iter().all(|lang| made.to_text(*lang).parse() == Ok(made)));
        }
        assert!(TimeLimit::new(unit.most() + 1, unit).is_err() && TimeLimit::new(0, unit).is_err());
    }
}

proptest! {
    #[test]
    fn ranks_of_any_run_answer_as_the_walk_does(
        first in 0_u64..200_000, length in 0_u64..3_000, at in -3_i64..3_010, count in 0_u32..900, more in 0_u64..1_200,
    ) {
        let first = day("1800-01-01") + Days::new(first);
        let last = first + Days::new(length);
        let ranks = Ranks::of(&Weekends, first, last).unwrap();
        let from = first + chrono::TimeDelta::days(at);
        let to = from + Days::new(more);
        let walked = add_working_days(from, count, &Weekends).unwrap().value;
        let asked = count > 0;
        let known = from >= first.pred_opt().unwrap() && walked <= last;
        prop_assert_eq!(ranks.add(from, count).ok().map(|found| found.value), (known || !asked).then_some(walked));
        let walked = working_days_between(from, to, &Weekends).unwrap().value;
        let known = from == to || (from >= first.pred_opt().unwrap() && to <= last);
        prop_assert_eq!(ranks.count(from, to).ok().map(|found| found.value), known.then_some(walked));
        let working = (first <= from && from <= last).then(|| Weekends.day(from).day().unwrap().is_working());
        prop_assert_eq!(ranks.is_working(from).ok().map(|found| found.value), working);
    }

    #[test]
    fn a_pause_puts_a_limit_in_calendar_days_off_by_its_days(at in 1_u64..20, length in 0_u64..60) {
        let began = day("2026-03-01");
        let terms = Terms::of(limit("20 calendar days"));
        let from = began + Days::new(at);
        let paused = terms.pausing(Pause::days(from, from + Days::new(length)));
        let due = paused.from(Start::Day(began), &EveryDay).unwrap().due;
        prop_assert_eq!(due, began + Days::new(20 + length));
    }
}

#[test]
fn ranks_reach_to_the_ends_of_the_representable_dates() {
    let low = Ranks::of(&EveryDay, NaiveDate::MIN, NaiveDate::MIN + Days::new(10)).unwrap();
    assert!(low.is_working(NaiveDate::MIN).unwrap().value);
    assert_eq!(low.count(NaiveDate::MIN, NaiveDate::MIN + Days::new(10)).unwrap().value, 10);
    assert_eq!(low.add(NaiveDate::MIN, 10).unwrap().value, NaiveDate::MIN + Days::new(10));
    assert!(low.add(NaiveDate::MIN, 11).is_err());
    let eve = NaiveDate::MAX.pred_opt().unwrap();
    let high = Ranks::of(&EveryDay, eve, NaiveDate::MAX).unwrap();
    assert_eq!(high.add(eve, 1).unwrap().value, NaiveDate::MAX);
    assert!(high.add(NaiveDate::MAX, 1).is_err() && high.following(NaiveDate::MAX).is_ok());
    let year = YearAtAGlance::of(NaiveDate::MAX.year(), &EveryDay).unwrap();
    assert_eq!(year.days.last().unwrap().date, NaiveDate::MAX);
}
