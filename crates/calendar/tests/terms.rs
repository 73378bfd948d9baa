//! Terms beyond the plain limit: anchors, rolls, cut-off, close of business, pauses, extensions, hours, offsets.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use ducha_calendar::{
    Anchor, China, Closing, Deadline, DeadlineError, Knowledge, Lang, MomentError, Offset, Pause, Ranks,
    Roll, Standing, Start, Step, Terms, TimeLimit, Weekends, WorkCalendar, add_working_days, deadline, roll,
    working_days_between,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn terms(limit: &str) -> Terms {
    Terms::of(limit.parse().unwrap())
}

fn start(text: &str) -> Start {
    Start::read(text, Offset::BEIJING).unwrap()
}

fn reckon(terms: &Terms, from: &str) -> Deadline {
    terms.from(start(from), &China).unwrap()
}

fn ends(terms: &Terms, from: &str) -> String {
    reckon(terms, from).ends_at().unwrap().format("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn the_textbook_case_by_both_anchors() {
    let three_years = terms("3 years");
    assert_eq!(reckon(&three_years, "2017-09-30").due, day("2020-09-30"));
    let by_next_day = reckon(&three_years.clone().anchored(Anchor::NextDay), "2017-09-30");
    assert_eq!((by_next_day.natural_end, by_next_day.due), (day("2020-10-01"), day("2020-10-09")));
    assert!(
        by_next_day.explain(Lang::En).contains("runs from 2017-10-01"),
        "{}",
        by_next_day.explain(Lang::En)
    );
    // Days know no anchor.
    assert_eq!(
        reckon(&terms("3 calendar days").anchored(Anchor::NextDay), "2026-09-07").due,
        day("2026-09-10")
    );
}

#[test]
fn the_rolls_part_ways_where_their_names_say() {
    for (last, following, modified, after_holiday, preceding) in [
        ("2026-10-03", "2026-10-08", "2026-10-08", "2026-10-08", "2026-09-30"),
        // Labour Day 2015: the notice gives one day off, a Friday; the day after it is a plain Saturday.
        ("2015-05-01", "2015-05-04", "2015-05-04", "2015-05-02", "2015-04-30"),
        // A plain Saturday is no statutory holiday.
        ("2026-09-12", "2026-09-14", "2026-09-14", "2026-09-12", "2026-09-11"),
        // The last Sunday of May.
        ("2026-05-31", "2026-06-01", "2026-05-29", "2026-05-31", "2026-05-29"),
        ("2026-10-10", "2026-10-10", "2026-10-10", "2026-10-10", "2026-10-10"),
    ] {
        let moved = |by| roll(day(last), by, &China).unwrap().value.to_string();
        assert_eq!(moved(Roll::Following), following, "{last}");
        assert_eq!(moved(Roll::ModifiedFollowing), modified, "{last}");
        assert_eq!(moved(Roll::DayAfterHoliday), after_holiday, "{last}");
        assert_eq!(moved(Roll::Preceding), preceding, "{last}");
        assert_eq!(moved(Roll::None), last);
    }
    let explained = |by| reckon(&terms("1 calendar day").rolling(by), "2015-04-30").explain(Lang::En);
    assert!(explained(Roll::DayAfterHoliday).contains("the day after it (Civil Code, art. 203(1))"));
    assert!(explained(Roll::Following).contains("driver-points rules, art. 36"));
    let stands =
        reckon(&terms("1 calendar day").rolling(Roll::DayAfterHoliday), "2026-09-11").explain(Lang::Zh);
    assert!(stands.contains("不是法定休假日"), "{stands}");
}

#[test]
fn after_the_cut_off_and_on_days_off_the_start_is_the_next_working_day() {
    let by_five = terms("3 working days").cut_off(NaiveTime::from_hms_opt(17, 0, 0).unwrap());
    for (from, counts_as, due) in [
        ("2026-09-17T17:00", "2026-09-17", "2026-09-21"),
        ("2026-09-17T17:01", "2026-09-18", "2026-09-22"),
        // Saturday counts as the made-up Sunday.
        ("2026-09-19T09:00", "2026-09-20", "2026-09-23"),
        ("2026-09-30T23:00", "2026-10-08", "2026-10-12"),
        ("2026-10-05", "2026-10-05", "2026-10-10"),
    ] {
        let found = reckon(&by_five, from);
        assert_eq!((found.start, found.due), (day(counts_as), day(due)), "{from}");
    }
}

#[test]
fn the_last_day_ends_at_midnight_or_with_business() {
    let three = terms("3 working days");
    assert_eq!(ends(&three, "2026-09-07"), "2026-09-11 00:00");
    assert_eq!(ends(&three.clone().closing(Closing::Business), "2026-09-07"), "2026-09-10 17:30");
    let unrolled = terms("5 calendar days").rolling(Roll::None).closing(Closing::Business);
    assert_eq!(ends(&unrolled, "2026-09-07"), "2026-09-13 00:00", "no business on a Saturday");
    let explained = reckon(&three.closing(Closing::Midnight), "2026-09-07").explain(Lang::Zh);
    assert!(explained.contains("二十四时截止（民法典第203条第2款、第1259条）"), "{explained}");
}

#[test]
fn hours_run_on_and_working_hours_wait() {
    for (limit, from, end) in [
        ("24 hours", "2026-09-30T16:30", "2026-10-01 16:30"),
        ("1 hour", "2026-09-30T23:00", "2026-10-01 00:00"),
        ("1 working hour", "2026-09-07T09:00", "2026-09-07 10:00"),
        ("4 working hours", "2026-09-07T09:00", "2026-09-07 15:00"),
        ("8 working hours", "2026-09-07T09:00", "2026-09-08 09:30"),
        ("1 working hour", "2026-09-07T11:30", "2026-09-07 14:30"),
        ("2 working hours", "2026-09-30T17:00", "2026-10-08 09:30"),
        ("2 working hours", "2026-10-03T03:00", "2026-10-08 10:00"),
        ("4 working hours", "2026-09-07T00:00", "2026-09-07 12:00"),
    ] {
        assert_eq!(ends(&terms(limit), from), end, "{limit} from {from}");
    }
    let late = reckon(&terms("1 hour"), "2026-09-30T23:00");
    assert_eq!((late.due, late.closes), (day("2026-09-30"), None), "24:00 belongs to its day");
    let no_moment = terms("2 working hours").from(Start::Day(day("2026-09-30")), &China);
    assert!(matches!(no_moment, Err(DeadlineError::Period(_))), "{no_moment:?}");
}

#[test]
fn while_the_clock_stands_nothing_is_counted() {
    let pause = |from, until| Pause::days(day(from), day(until));
    let days = terms("5 working days");
    assert_eq!(reckon(&days, "2026-09-07").due, day("2026-09-14"));
    let paused = days.clone().pausing(pause("2026-09-09", "2026-09-11"));
    assert_eq!(reckon(&paused, "2026-09-07").due, day("2026-09-16"), "8, 11, 14, 15, 16");
    let calendar_days =
        terms("5 calendar days").rolling(Roll::None).pausing(pause("2026-09-09", "2026-09-11"));
    assert_eq!(reckon(&calendar_days, "2026-09-07").due, day("2026-09-14"));
    let month = terms("1 month").pausing(pause("2026-09-01", "2026-09-11"));
    assert_eq!(reckon(&month, "2026-09-07").due, day("2026-10-10"), "three days of it after the start");
    // Two that overlap stand but once.
    let twice = days.pausing(pause("2026-09-09", "2026-09-11")).pausing(pause("2026-09-10", "2026-09-11"));
    assert_eq!(reckon(&twice, "2026-09-07").due, day("2026-09-16"));

    let moments =
        |from: &str, until: &str| Pause { from: from.parse().unwrap(), until: until.parse().unwrap() };
    let hours = terms("6 hours").pausing(moments("2026-09-07T10:00:00", "2026-09-07T13:30:00"));
    assert_eq!(ends(&hours, "2026-09-07T09:00"), "2026-09-07 18:30");
    let working = terms("4 working hours").pausing(moments("2026-09-07T10:00:00", "2026-09-09T15:00:00"));
    assert_eq!(
        ends(&working, "2026-09-07T09:00"),
        "2026-09-10 08:30",
        "1 before, 2.5 after, 0.5 the next day"
    );
    let explained = reckon(&working, "2026-09-07T09:00").explain(Lang::En);
    assert!(explained.contains("runs again at 2026-09-09 15:00"), "{explained}");

    let reversed = terms("5 working days").pausing(pause("2026-09-11", "2026-09-09"));
    let refused = reversed.from(start("2026-09-07"), &China).unwrap_err();
    assert!(matches!(refused, DeadlineError::PauseReversed { .. }), "{refused}");
    assert!(refused.text(Lang::Zh).contains("颠倒"));
}

#[test]
fn an_extension_runs_from_the_last_day() {
    let found = reckon(&terms("3 calendar days").extended("3 calendar days".parse().unwrap()), "2026-09-28");
    assert_eq!(found.due, day("2026-10-12"), "1 October moves to the 8th; the 11th, a Sunday, to the 12th");
    assert!(
        found
            .steps
            .iter()
            .any(|step| matches!(step, Step::Extended { from, .. } if *from == day("2026-10-08")))
    );
    let mixed =
        terms("3 calendar days").extended("3 hours".parse().unwrap()).from(start("2026-09-28"), &China);
    assert!(matches!(mixed, Err(DeadlineError::MixedUnits { .. })));
    assert_eq!(
        ends(&terms("2 hours").extended("1 hour".parse().unwrap()), "2026-09-28T08:00"),
        "2026-09-28 11:00"
    );
}

#[test]
fn a_start_at_another_offset_is_converted() {
    let found = reckon(&terms("1 working day"), "2026-09-07T18:30-04:00");
    assert_eq!((found.start, found.due), (day("2026-09-08"), day("2026-09-09")));
    assert!(found.explain(Lang::En).starts_with("2026-09-07 18:30 -04:00 is 2026-09-08 06:30 in local time"));
    let tokyo = terms("1 working day").local_at("+09:00".parse().unwrap());
    assert_eq!(tokyo.from(start("2026-09-07T23:30"), &China).unwrap().start, day("2026-09-08"));
    for (text, says) in [
        ("2026-02-31", "no day of the calendar"),
        ("2026-2-3", "neither a day nor a moment"),
        ("soon", "neither a day nor a moment"),
        ("2026-09-07T25:00", "neither a day nor a moment"),
        ("2026-09-07T12:00+8", "no offset"),
        ("2026-09-07T12:00+24:00", "no offset"),
    ] {
        let refused: MomentError = Start::read(text, Offset::BEIJING).unwrap_err();
        assert!(refused.to_string().contains(says), "{text}: {refused}");
        assert!(!refused.text(Lang::Zh).is_empty());
    }
}

#[test]
fn how_a_deadline_stands_depends_on_the_moment_told() {
    let found = reckon(&terms("3 working days").closing(Closing::Business), "2026-09-28");
    let at = |text: &str| Offset::BEIJING.moment(text.parse().unwrap()).unwrap();
    assert_eq!(found.remaining(at("2026-10-08T16:30:00")), Some(TimeDelta::hours(1)));
    assert_eq!(found.remaining(at("2026-10-08T17:30:00")), Some(TimeDelta::zero()));
    assert_eq!(found.overdue_by(at("2026-10-08T17:31:00")), Some(TimeDelta::minutes(1)));
    assert_eq!(found.standing(at("2026-10-09T17:30:00")), Some(Standing::Overdue(TimeDelta::days(1))));
    assert_eq!(found.working_days_left(at("2026-09-29T10:00:00"), &China).unwrap().unwrap().value, 2);
    assert_eq!(found.working_days_left(at("2026-10-09T10:00:00"), &China).unwrap(), None);

    let limits: Vec<TimeLimit> =
        ["1 working day", "2 working hours", "5 working hours", "1 hour", "2 calendar days"]
            .map(|text| text.parse().unwrap())
            .into();
    let reminders = found.reminders(at("2026-10-06T08:00:00"), &limits, &China).unwrap();
    let told: Vec<_> =
        reminders.iter().map(|of| (of.at.format("%m-%d %H:%M").to_string(), of.come)).collect();
    let expected = [
        ("09-30 08:00", true),
        ("10-08 15:30", false),
        ("10-08 10:30", false),
        ("10-08 16:30", false),
        ("10-06 00:00", true),
    ];
    assert_eq!(told, expected.map(|(at, come)| (at.to_string(), come)));
    let within =
        |now, limit: &str| found.is_due_within(at(now), limit.parse().unwrap(), &China).unwrap().value;
    assert!(
        within("2026-10-02T09:00:00", "1 working day") && !within("2026-09-29T18:00:00", "1 working day")
    );
    assert!(!within("2026-10-08T18:00:00", "1 working day"), "overdue is not due");
}

#[test]
fn a_reminder_may_be_less_sure_than_its_deadline() {
    let found = reckon(&terms("48 hours"), "2026-12-29T10:00");
    assert_eq!((found.knowledge, found.notices.len()), (Knowledge::Known, 0), "hours ask no day");
    let (now, before) = (found.ends_at().unwrap(), "1 working day".parse().unwrap());
    let reminder = found.reminders(now, &[before], &China).unwrap().remove(0);
    let cited: Vec<_> = reminder.notices.iter().map(|notice| notice.year).collect();
    assert_eq!((reminder.come, reminder.knowledge, cited), (true, Knowledge::Provisional, vec![2026]));
    let within = found.is_due_within(now, before, &China).unwrap();
    assert_eq!((within.value, within.knowledge), (true, Knowledge::Provisional));
}

#[test]
fn terms_and_deadlines_survive_json() {
    let terms = terms("8 working hours").pausing(Pause::days(day("2026-09-08"), day("2026-09-09")));
    let found = reckon(&terms, "2026-09-07T16:00-04:00");
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Deadline>(&json).unwrap(), found);
    assert!(json.contains(r#""offset":"+08:00""#), "{json}");
    let json = serde_json::to_string(&terms).unwrap();
    assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), terms);
}

#[test]
fn terms_left_out_of_json_follow_the_civil_code() {
    let read = |json: &str| serde_json::from_str::<Terms>(json);
    assert_eq!(read(r#"{"limit":"3个工作日"}"#).unwrap(), terms("3 working days"));
    let misspelt = read(r#"{"limit":"3个工作日","cutoff":"17:00:00"}"#).unwrap_err().to_string();
    assert!(misspelt.starts_with("unknown field `cutoff`"), "{misspelt}");
}

const LIMITS: [&str; 6] =
    ["3 working days", "9 calendar days", "2 weeks", "1 month", "30 working days", "1 year"];

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..5_000, 0_i64..1_440).prop_map(|(days, minutes)| {
        day("2010-01-01").and_time(NaiveTime::MIN) + TimeDelta::days(days) + TimeDelta::minutes(minutes)
    })
}

proptest! {
    #[test]
    fn a_pause_of_zero_changes_nothing(
        at in moment(), paused in moment(), limit in prop::sample::select(LIMITS.to_vec()), hours in any::<bool>(),
    ) {
        let terms = if hours { terms("30 working hours") } else { terms(limit) };
        let start = Start::Moment(Offset::BEIJING.moment(at).unwrap());
        let zero = terms.clone().pausing(Pause { from: paused, until: paused });
        prop_assert_eq!(zero.from(start, &China), terms.from(start, &China));
    }

    #[test]
    fn a_pause_never_brings_a_deadline_forward(
        at in moment(), before in 0_i64..40, length in 0_i64..30, limit in prop::sample::select(LIMITS.to_vec()),
    ) {
        let from = at + TimeDelta::days(before - 5);
        let pause = Pause { from, until: from + TimeDelta::days(length) };
        let start = Start::Moment(Offset::BEIJING.moment(at).unwrap());
        let plain = terms(limit).from(start, &China).unwrap().due;
        prop_assert!(terms(limit).pausing(pause).from(start, &China).unwrap().due >= plain);
    }

    #[test]
    fn a_later_moment_never_gives_an_earlier_deadline(
        at in moment(), more in 0_i64..10_000, limit in prop::sample::select(LIMITS.to_vec()),
        by in prop::sample::select(Roll::ALL.to_vec()), which in 0_u8..3,
    ) {
        let terms = match which {
            0 => terms(limit).rolling(by).cut_off(NaiveTime::from_hms_opt(17, 0, 0).unwrap()),
            1 => terms("50 working hours"),
            _ => terms(limit).rolling(by).anchored(Anchor::NextDay),
        };
        let end = |at| terms.from(Start::Moment(Offset::BEIJING.moment(at).unwrap()), &China).map(|d| d.ends_at());
        if let (Ok(one), Ok(other)) = (end(at), end(at + TimeDelta::minutes(more))) {
            prop_assert!(one <= other, "{one:?} then {other:?}");
        }
    }

    #[test]
    fn every_roll_is_idempotent(at in 0_u64..7000, by in prop::sample::select(Roll::ALL.to_vec())) {
        let once = roll(day("2007-02-01") + Days::new(at), by, &China).unwrap().value;
        prop_assert_eq!(roll(once, by, &China).unwrap().value, once);
    }

    #[test]
    fn ranks_answer_as_the_walk_does(at in 0_u64..7400, count in 0_u32..400, more in 0_u64..400) {
        let from = day("2006-12-15") + Days::new(at);
        let ranks = China::ranks();
        match (add_working_days(from, count, &China), ranks.add(from, count)) {
            (Ok(walked), Ok(ranked)) => {
                prop_assert_eq!((walked.value, walked.knowledge), (ranked.value, ranked.knowledge));
            }
            (Err(DeadlineError::Unknown { first_unknown, .. }), Err(ducha_calendar::RanksError::NotRanked { day })) => {
                prop_assert_eq!(first_unknown, day);
            }
            (walked, ranked) => prop_assert!(false, "{walked:?} but {ranked:?}"),
        }
        let to = from + Days::new(more);
        match (working_days_between(from, to, &China), ranks.count(from, to)) {
            (Ok(walked), Ok(ranked)) => {
                prop_assert_eq!((walked.value, walked.knowledge), (ranked.value, ranked.knowledge));
            }
            (Err(DeadlineError::Unknown { first_unknown, .. }), Err(ducha_calendar::RanksError::NotRanked { day })) => {
                prop_assert_eq!(first_unknown, day);
            }
            (walked, ranked) => prop_assert!(false, "{walked:?} but {ranked:?}"),
        }
        match (roll(from, Roll::Following, &China), ranks.following(from)) {
            (Ok(walked), Ok(ranked)) => prop_assert_eq!(walked.value, ranked.value),
            (Err(_), Err(_)) => {}
            (walked, ranked) => prop_assert!(false, "{walked:?} but {ranked:?}"),
        }
    }
}

#[test]
fn ranks_refuse_what_they_cannot_hold() {
    let reversed = Ranks::of(&Weekends, day("2026-01-02"), day("2026-01-01"));
    assert!(matches!(reversed, Err(DeadlineError::Reversed { .. })));
    assert!(matches!(
        Ranks::of(&Weekends, day("1800-01-01"), day("2026-01-01")),
        Err(DeadlineError::OutOfRange { .. })
    ));
    let unknown = Ranks::of(&China, day("2026-01-01"), day("2027-12-31"));
    assert!(
        matches!(unknown, Err(DeadlineError::Unknown { first_unknown, .. }) if first_unknown == day("2027-01-01"))
    );
    assert!(China::ranks().count(day("2026-01-02"), day("2026-01-01")).is_err());
}

#[test]
fn terms_without_more_are_the_plain_deadline() {
    for limit in LIMITS {
        let plain = deadline(day("2026-03-31"), limit.parse().unwrap(), Roll::Following, &Weekends).unwrap();
        assert_eq!(terms(limit).from(Start::Day(day("2026-03-31")), &Weekends).unwrap(), plain);
    }
    assert!(Weekends.hours().is_none());
}
