//! `ducha deadline` with all that a rule may say of a limit, and `ducha calendar` with half days.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

mod harness;

use harness::{ducha, file, folder};
use serde_json::{Value, json};

/// What `ducha deadline` prints of these arguments, without a word beside it.
fn printed(arguments: &[&str]) -> String {
    let run = ducha(&[&["deadline"], arguments].concat());
    assert_eq!((run.status, run.beside.as_str()), (0, ""), "{arguments:?}");
    run.output
}

/// What is told beside nothing, and the status.
fn refused(arguments: &[&str]) -> (i32, String) {
    let run = ducha(&[&["deadline"], arguments].concat());
    assert_eq!(run.output, "", "{arguments:?}");
    (run.status, run.beside)
}

const ALL_TERMS: [&str; 18] = [
    "2026-09-18T18:05",
    "7 working days",
    "--cut-off",
    "17:00",
    "--close",
    "17:30",
    "--pause",
    "2026-09-28..2026-09-30",
    "--extend",
    "2 working days",
    "--now",
    "2026-10-09T02:00Z",
    "--remind",
    "1 working day",
    "--remind",
    "3个自然日",
    "--remind",
    "2 working hours",
];

#[test]
fn every_term_is_explained_in_english() {
    assert_eq!(
        printed(&[&ALL_TERMS[..], &["--explain"]].concat()),
        "2026-10-12\n\
         2026-09-18 18:05 is after 17:00: it counts as 2026-09-20, the next working day (Civil Code, art. 204)\n\
         2026-09-20, the start, is not counted; day 1 is 2026-09-21 (Civil Code, art. 201)\n\
         the clock stands from 2026-09-28 and runs again at 2026-09-30: the last day becomes 2026-10-09 \
         (Civil Code, art. 204)\n\
         7 working days end on 2026-10-09: 10 off passed over, 0 made up (Civil Code, art. 204)\n\
         extended by 2 working days from 2026-10-09, which is not counted (Civil Code, art. 204)\n\
         2 working days end on 2026-10-12: 1 off passed over, 1 made up (Civil Code, art. 204)\n\
         2026-10-12 is within the limit and ends with business, at 17:30 (Civil Code, arts. 203(2) and 1259)\n\
         2026-10-09T10:00:00+08:00: 3 d 7 h 30 min left, 2 working days after this day\n\
         reminder 1 working day before: 2026-10-10T08:00:00+08:00\n\
         reminder 3 calendar days before: 2026-10-09T00:00:00+08:00, has come\n\
         reminder 2 working hours before: 2026-10-12T15:30:00+08:00\n"
    );
}

#[test]
fn every_term_is_explained_in_chinese() {
    assert_eq!(
        printed(&[&ALL_TERMS[..], &["--explain", "--lang", "zh"]].concat()),
        "2026-10-12\n\
         2026-09-18 18:05 在 17:00 之后：视为下一工作日 2026-09-20 收到（民法典第204条）\n\
         起始日 2026-09-20 不计入，自 2026-09-21 起算（民法典第201条）\n\
         自 2026-09-28 起停止计算，2026-09-30 恢复：最后一日为 2026-10-09（民法典第204条）\n\
         7个工作日至 2026-10-09 届满：跳过休息日 10 天，计入调休上班 0 天（民法典第204条）\n\
         自 2026-10-09 起延长2个工作日，该日不计入（民法典第204条）\n\
         2个工作日至 2026-10-12 届满：跳过休息日 1 天，计入调休上班 1 天（民法典第204条）\n\
         2026-10-12 当日仍在期限内，至停止业务时 17:30 截止（民法典第203条第2款、第1259条）\n\
         2026-10-09T10:00:00+08:00：尚余 3 天 7 小时 30 分，此日之后还有 2 个工作日\n\
         提前1个工作日提醒：2026-10-10T08:00:00+08:00\n\
         提前3个自然日提醒：2026-10-09T00:00:00+08:00，已到\n\
         提前2个工作小时提醒：2026-10-12T15:30:00+08:00\n"
    );
}

#[test]
fn programs_get_the_same_as_json() {
    let value: Value =
        serde_json::from_str(&printed(&[&ALL_TERMS[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(value["due"], "2026-10-12");
    assert_eq!(value["ends_at"], "2026-10-12T17:30:00+08:00");
    assert_eq!(
        value["standing"],
        json!({
            "now": "2026-10-09T10:00:00+08:00",
            "remaining_seconds": 286_200,
            "overdue_seconds": null,
            "working_days_left": 2,
            "knowledge": "known",
            "first_unknown": null,
        })
    );
    assert_eq!(
        value["reminders"][1],
        json!({
            "before": "3 calendar days",
            "at": "2026-10-09T00:00:00+08:00",
            "come": true,
            "knowledge": "known",
            "first_unknown": null,
        })
    );
    let plain: Value =
        serde_json::from_str(&printed(&["2026-09-18", "1 working day", "--format", "json"])).unwrap();
    assert_eq!((plain.get("standing"), plain.get("reminders")), (None, None));
}

/// The hours of the limit ask no day; what is told of the time before its end does, and says how surely.
#[test]
fn what_leans_on_unsettled_days_says_so_though_the_deadline_does_not() {
    let asked = ["2026-12-29T10:00", "48 hours", "--now", "2026-12-29T10:00", "--remind", "1 working day"];
    assert_eq!(
        printed(&asked),
        "2026-12-31T10:00:00+08:00\n\
         2026-12-29T10:00:00+08:00: 2 d 0 h 0 min left, 2 working days after this day (provisional)\n\
         reminder 1 working day before: 2026-12-30T08:00:00+08:00 (provisional)\n"
    );
    let asked = [
        "2027-03-01T10:00",
        "72 hours",
        "--assume-weekends",
        "--now",
        "2027-03-03T10:00",
        "--remind",
        "1 working day",
    ];
    assert_eq!(
        printed(&[&asked[..], &["--lang", "zh"]].concat()),
        "2027-03-04T10:00:00+08:00\n\
         2027-03-03T10:00:00+08:00：尚余 1 天 0 小时 0 分，此日之后还有 1 个工作日（假定）\n\
         提前1个工作日提醒：2027-03-03T08:00:00+08:00（假定），已到\n"
    );
    let value: Value = serde_json::from_str(&printed(&[&asked[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(value["knowledge"], "known");
    assert_eq!(value["standing"]["knowledge"], "assumed");
    assert_eq!(value["reminders"][0]["knowledge"], "assumed");
}

#[test]
fn one_term_changes_one_thing() {
    for (more, due) in [
        (&[][..], "2020-09-30"),
        (&["--anchor", "next-day"], "2020-10-09"),
        (&["--anchor", "next-day", "--roll", "none"], "2020-10-01"),
        (&["--anchor", "next-day", "--roll", "modified-following"], "2020-10-09"),
        (&["--anchor", "next-day", "--roll", "day-after-holiday"], "2020-10-09"),
        (&["--anchor", "next-day", "--roll", "preceding"], "2020-09-30"),
        (&["--pause", "2018-01-01..2018-01-02"], "2020-10-09"),
        (&["--pause", "2018-01-01..2018-01-01"], "2020-09-30"),
        (&["--extend", "1 week"], "2020-10-09"),
        (&["--extend", "1 month", "--extend", "1 calendar day"], "2020-11-02"),
    ] {
        let run = printed(&[&["2017-09-30", "3 years"], more].concat());
        assert_eq!(run, format!("{due}\n"), "{more:?}");
    }
    // Three in the morning of the 8th by Beijing is the evening of the 7th by New York.
    let abroad = ["2026-09-08T03:00+08:00", "1 calendar day", "--offset", "-04:00"];
    assert_eq!(printed(&abroad), "2026-09-08\n");
}

#[test]
fn overdue_and_what_cannot_be_known_of_the_way_are_told() {
    assert_eq!(
        printed(&["2026-09-07", "3 working days", "--now", "2026-09-12T01:30"]),
        "2026-09-10\n2026-09-12T01:30:00+08:00: overdue by 1 d 1 h 30 min\n"
    );
    let beyond = ["2026-12-24", "1 month", "--roll", "none", "--now", "2026-12-20T10:00", "--remind"];
    assert_eq!(
        printed(&[&beyond[..], &["2 working days"]].concat()),
        "2027-01-24\n\
         2026-12-20T10:00:00+08:00: 35 d 14 h 0 min left, working days after this day: unknown 2027-01-01\n\
         reminder 2 working days before: unknown 2027-01-23\n"
    );
    assert_eq!(
        printed(&[&beyond[..], &["2个工作日", "--lang", "zh"]].concat()),
        "2027-01-24\n\
         2026-12-20T10:00:00+08:00：尚余 35 天 14 小时 0 分，此日之后有几个工作日无法确定，取决于 2027-01-01\n\
         提前2个工作日提醒：无法确定，取决于 2027-01-23\n"
    );
}

#[test]
fn what_would_change_nothing_or_says_nothing_is_refused() {
    let say = |more: &[&str]| refused(&[&["2026-09-18", "7 working days"], more].concat());
    for (more, why) in [
        (
            &["--cut-off", "17:00"][..],
            "--cut-off needs the hour at which it came in: write the start as 2026-09-24T16:30",
        ),
        (&["--close", "25:00"], "`25:00` is no hour: write it as 17:00"),
        (&["--now", "2026-09-20"], "--now needs the time of day: write it as 2026-09-20T09:00"),
        (
            &["--remind", "2 days"],
            "the unit of `2 days` is ambiguous: write `2 working days` or `2 calendar days`",
        ),
        (&["--extend", "0 weeks"], "`0 weeks` is no time limit: it must be at least 1"),
        (
            &["--extend", "2 hours"],
            "a limit of 7 working days cannot be extended by 2 hours: both must run by the day, or both by the hour",
        ),
        (
            &["--pause", "2026-09-20.."],
            "the pause `2026-09-20..` has no end: while the clock stands no last day can be told; \
             write it as 2026-09-09..2026-09-11, where it runs again on the latter",
        ),
        (
            &["--pause", "2026-09-20..2026-09-19"],
            "the pause is reversed: it ends at 2026-09-19 00:00:00, before it begins at 2026-09-20 00:00:00",
        ),
        (&["--pause", "2026-02-31..2026-03-01"], "`2026-02-31` is no day of the calendar"),
        (&["--offset", "8"], "`8` is no offset from UTC: write `+08:00`"),
    ] {
        assert_eq!(say(more), (2, format!("ducha: {why}\n")), "{more:?}");
    }
    // A limit below zero is no option of the command.
    assert_eq!(
        refused(&["2026-09-18", "-3个工作日", "--lang", "zh"]),
        (2, "ducha: “-3个工作日”不能作为期限：至少为 1\n".into())
    );
    assert_eq!(
        refused(&["2026-09-18T09:00", "7 hours", "--close", "17:00", "--lang", "zh"]),
        (2, "ducha: 按小时计算的期限自具体时刻起、至具体时刻止：--cut-off 和 --close 不适用\n".into())
    );
}

#[test]
fn half_days_of_an_icalendar_need_their_hours() {
    let folder = folder("half-days");
    let ics = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261009\nSUMMARY:校庆\nCATEGORIES:半天\nEND:VEVENT\nEND:VCALENDAR\n";
    let ics = file(&folder, "campus.ics", ics);
    let asked = ["2026-10-08", "1 working day", "--close", "business", "--calendar", &ics];
    assert_eq!(
        refused(&asked),
        (
            1,
            format!(
                "ducha: {ics}: line 2, column 1: a half day must tell its working hours, as `08:00-12:00`; \
                 an .ics file cannot, so tell them with --half-day 08:00-12:00\n"
            )
        )
    );
    assert_eq!(
        printed(&[&asked[..], &["--half-day", "08:30-11:30", "--explain"]].concat()),
        "2026-10-09\n\
         2026-10-08, the start, is not counted; day 1 is 2026-10-09 (Civil Code, art. 201)\n\
         1 working day ends on 2026-10-09: 0 off passed over, 0 made up (Civil Code, art. 204)\n\
         2026-10-09 is within the limit and ends with business, at 11:30 (Civil Code, arts. 203(2) and 1259)\n"
    );
    let year = ducha(&["calendar", "2026", "--calendar", &ics, "--half-day", "08:30-11:30"]);
    assert!(year.output.contains("\n/ half day: 1\n"), "{}", year.output);
    let wrong = ducha(&["calendar", "2026", "--half-day", "noon"]);
    assert_eq!(
        (wrong.status, wrong.beside.as_str()),
        (2, "ducha: `noon` is no working time: write it as `08:00-12:00`\n")
    );
}

#[test]
fn a_year_shows_its_days_its_counts_and_its_notices() {
    let year = ducha(&["calendar", "2018"]).output;
    let (_, december) = year.split_once("\n2018-12\n").unwrap();
    assert_eq!(
        december,
        "   Mo  Tu  We  Th  Fr  Sa  Su\n                      1.  2.\n  3   4   5   6   7   8.  9.\n \
         10  11  12  13  14  15. 16.\n 17  18  19  20  21  22. 23.\n 24  25  26  27  28  29+ 30*\n 31*\n\n  \
         working: 243\n. weekend: 90\n* off: 25\n+ made up: 7\n\
         notice for 2018: http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm\n\
         notice for 2019: http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm\n"
    );
    let told: Value = serde_json::from_str(&ducha(&["calendar", "2027", "--format", "json"]).output).unwrap();
    assert_eq!(
        told["days"][0],
        json!({
            "date": "2027-01-01",
            "mark": "unknown",
            "knowledge": null,
            "why": { "zh": "尚无放假安排通知", "en": "no notice covers it yet" },
        })
    );
    let unknown = ducha(&["calendar", "2027", "--lang", "zh"]).output;
    assert!(unknown.starts_with("2027 · cn\n\n1月\n    一  二  三  四  五  六  日\n"), "{unknown}");
    assert!(unknown.ends_with("\n\n? 未知：365\n"), "{unknown}");
}
