//! Overlays: how they are read, refused, laid over one another, and why a day is what it is.
#![cfg(all(feature = "toml", feature = "ics"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use chrono::{Datelike, Days, NaiveDate};
use ducha_calendar::{
    Assuming, China, DayKind, DayStatus, Effect, Entry, Hours, IcsReading, Knowledge, Lang, Layered,
    Occasion, Overlay, OverlayFault, Place, Roll, UnknownReason, Weekends, WorkCalendar, add_working_days,
    deadline,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn named(name: &'static str) -> Occasion {
    Occasion { zh: name.into(), en: name.into() }
}

fn reading(effect: Effect) -> IcsReading {
    IcsReading { id: "ics".into(), name: named("school"), effect, half_day: None, hours: None }
}

const CAMPUS: &str = r#"
id = "campus"
name = { zh = "校历", en = "campus calendar" }
hours = "08:00-12:00, 14:00-17:30"

[[day]]
effect = "vacation"
first = 2026-07-13
last = 2026-08-30
name = { zh = "暑假", en = "summer vacation" }

[[day]]
effect = "上班"
first = "2026-08-29"
last = 2026-08-29
name = "迎新"
hours = "09:00-15:00"
"#;

#[test]
fn a_contradiction_is_refused_with_both_places() {
    let error = Overlay::from_toml(CAMPUS).unwrap_err();
    assert_eq!(error.place, Some(Place { line: 12, column: 1 }));
    assert_eq!(
        error.to_string(),
        "line 12, column 1: 2026-08-29 is worked 09:00-15:00 here, but vacation (line 6, column 1) by another entry"
    );
    assert_eq!(
        error.text(Lang::Zh),
        "第12行第1列：2026-08-29 在此为上班 09:00-15:00，另一条（第6行第1列）却为放假"
    );
}

#[test]
fn the_topmost_that_knows_the_day_tells_it() {
    let campus = Overlay::from_toml(&CAMPUS.replace("last = 2026-08-30", "last = 2026-08-28")).unwrap();
    let fair = Overlay::from_toml(
        "id = 'fair'\nname = '校庆'\n[[day]]\neffect = 'half_day'\nfirst = 2026-07-15\nhours = '08:00-12:00'",
    )
    .unwrap();
    let calendar = Layered::over(China).with(campus).with(fair);
    assert_eq!(calendar.id(), "cn+campus+fair");
    let kind = |date| calendar.day(day(date)).kind().unwrap();
    assert_eq!(kind("2026-07-13"), DayKind::Off);
    assert_eq!(kind("2026-07-15"), DayKind::Working, "the fair lies above the vacation");
    assert_eq!(kind("2026-08-29"), DayKind::Working, "a Saturday, worked");
    assert_eq!(kind("2026-10-10"), DayKind::Working, "made up, as the notice says");
    assert_eq!(calendar.day(day("2027-01-04")), DayStatus::Unknown(UnknownReason::NoNotice));

    let why = |date, lang| calendar.day(day(date)).day().unwrap().why.text(lang);
    assert_eq!(why("2026-07-13", Lang::En), "vacation: summer vacation, by \"campus calendar\"");
    assert_eq!(why("2026-07-15", Lang::Zh), "半天：半天，据“校庆”");
    assert_eq!(why("2026-10-10", Lang::Zh), "国庆节调休上班");

    let hours = |date| calendar.day(day(date)).day().unwrap().hours;
    assert_eq!(hours("2026-07-15"), Some("08:00-12:00".parse().unwrap()));
    assert_eq!(hours("2026-08-29"), Some("09:00-15:00".parse().unwrap()));
    assert_eq!(calendar.hours(), Some(Hours::CAMPUS));

    let due =
        deadline(day("2026-07-10"), "2 working days".parse().unwrap(), Roll::Following, &calendar).unwrap();
    assert_eq!(due.due, day("2026-08-29"), "15 July, then after the vacation");
}

#[test]
fn what_is_wrong_in_toml_is_told_with_its_place() {
    let whole = |days: &str| format!("id = 'c'\nname = 'c'\n{days}");
    for (text, line, says) in [
        ("id = 'c'\nname =".to_string(), 2, "this is no TOML"),
        ("name = 'c'".to_string(), 1, "`id` is missing"),
        (whole("nmae = 'x'"), 3, "there is no key `nmae` here"),
        (whole("[[day]]\nfirst = 2026-01-01"), 3, "`effect` is missing"),
        (whole("[[day]]\neffect = 'closed'\nfirst = 2026-01-01"), 4, "`closed` is no effect"),
        (whole("[[day]]\neffect = 'closure'\nfirst = '2026-02-31'"), 5, "`2026-02-31` is no day"),
        (whole("[[day]]\neffect = 'closure'\nfirst = 2026-02-31"), 5, "`2026-02-31` is no day"),
        (whole("[[day]]\neffect = 'closure'\nfirst = 2026-02-01T08:00:00"), 5, "`first` must be a day"),
        (whole("[[day]]\neffect = 'closure'\nfirst = 2026-02-02\nlast = 2026-02-01"), 3, "reversed"),
        (whole("[[day]]\neffect = 'half day'\nfirst = 2026-02-02"), 3, "a half day must tell"),
        (whole("[[day]]\neffect = 'closure'\nfirst = 2026-02-02\nhours = '8'"), 6, "no working time"),
        (
            whole("[[day]]\neffect = 'closure'\nfirst = 2026-02-02\nhours = '08:00-09:00'"),
            3,
            "no working hours",
        ),
        (whole("day = 3"), 3, "`day` must be a list"),
    ] {
        let error = Overlay::from_toml(&text).unwrap_err();
        assert_eq!(error.place.unwrap().line, line, "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
        assert!(!error.text(Lang::Zh).is_empty());
    }
}

#[test]
fn what_two_entries_both_say_stands_once() {
    let entry = |first, last, effect| Entry {
        first: day(first),
        last: day(last),
        effect,
        name: named("x"),
        hours: None,
        place: None,
    };
    let both = vec![
        entry("2026-03-05", "2026-03-20", Effect::Closure),
        entry("2026-03-01", "2026-03-10", Effect::Closure),
        entry("2026-03-02", "2026-03-03", Effect::Closure),
    ];
    let overlay = Overlay::new("c", named("c"), None, both.clone()).unwrap();
    let spans: Vec<_> = overlay.entries().iter().map(|entry| (entry.first.day(), entry.last.day())).collect();
    assert_eq!(spans, [(1, 10), (11, 20)]);
    let against = vec![both[0].clone(), entry("2026-03-20", "2026-03-21", Effect::Vacation)];
    let error = Overlay::new("c", named("c"), None, against).unwrap_err();
    assert!(matches!(error.fault, OverlayFault::Contradiction { day: on, .. } if on == day("2026-03-20")));
}

const ICS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260713\r\nDTEND;VALUE=DATE:20260831\r\nSUMMARY;LANGUAGE=zh:暑假\\, 全\r\n 校\r\n\
BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDTSTART:nonsense\r\nEND:VALARM\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nDTSTART:20260905\r\nDURATION:P2D\r\nCATEGORIES:campus,WORKED\r\nSUMMARY:迎新\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261010\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nDTSTART:20261224T080000Z\r\nRRULE:FREQ=DAILY\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
END:VCALENDAR\r\n";

#[test]
fn an_icalendar_is_read_by_whole_days() {
    let overlay = Overlay::from_ics(ICS, reading(Effect::Vacation)).unwrap();
    let told: Vec<_> = overlay
        .entries()
        .iter()
        .map(|entry| {
            (entry.first.to_string(), entry.last.to_string(), entry.effect, entry.name.zh.to_string())
        })
        .collect();
    let expected = [
        ("2026-07-13", "2026-08-30", Effect::Vacation, "暑假, 全校"),
        ("2026-09-05", "2026-09-06", Effect::Worked, "迎新"),
        ("2026-10-10", "2026-10-10", Effect::Worked, "上班"),
    ];
    assert_eq!(told, expected.map(|(a, b, effect, c)| (a.into(), b.into(), effect, c.into())));
}

#[test]
fn a_line_folded_within_a_character_is_joined_before_it_is_read() {
    let whole =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260713\r\nSUMMARY:暑假\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let at = whole.find('假').unwrap() + 1;
    let folded = [&whole.as_bytes()[..at], b"\r\n ", &whole.as_bytes()[at..]].concat();
    let read = Overlay::from_ics_bytes(&folded, reading(Effect::Vacation)).unwrap();
    assert_eq!(read, Overlay::from_ics(whole, reading(Effect::Vacation)).unwrap());
    assert_eq!(read.entries()[0].name.zh, "暑假");

    let broken = [&whole.as_bytes()[..at], &whole.as_bytes()[at + 1..]].concat();
    let error = Overlay::from_ics_bytes(&broken, reading(Effect::Vacation)).unwrap_err();
    assert_eq!(error.to_string(), "line 4, column 1: this line is no UTF-8 text");
    let error = Overlay::from_ics_bytes(&[0xff, 0xfe], reading(Effect::Vacation)).unwrap_err();
    assert_eq!(error.text(Lang::Zh), "第1行第1列：不是 iCalendar：须以 BEGIN:VCALENDAR 开头");
}

#[test]
fn a_broken_icalendar_is_refused_with_its_line() {
    let event = |lines: &str| format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
    for (text, line, says) in [
        (String::new(), 1, "no iCalendar"),
        ("<html>".to_string(), 1, "no iCalendar"),
        ("BEGIN:VEVENT\nEND:VEVENT".to_string(), 1, "no iCalendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101".to_string(), 2, "`VEVENT` is not begun and ended"),
        ("BEGIN:VCALENDAR\nEND:VEVENT".to_string(), 2, "`VEVENT` is not begun and ended"),
        (event("SUMMARY:x"), 2, "`DTSTART` is missing"),
        (event("DTSTART:20260231"), 3, "`20260231` is no day"),
        (event("DTSTART:2026-02-01"), 3, "`2026-02-01` is no day"),
        (event("DTSTART:20260201T080000"), 3, "tells a time of day"),
        (event("DTSTART;VALUE=DATE-TIME:20260201"), 3, "tells a time of day"),
        (event("DTSTART:20260201\nRRULE:FREQ=WEEKLY"), 4, "RRULE"),
        (event("DTSTART:20260201\nRDATE:20260301"), 4, "RDATE"),
        (event("DTSTART:20260201\nDTEND:20260131"), 4, "begins on 2026-02-01 and ends on 2026-01-31"),
        (event("DTSTART:20260201\nDTEND:20260201"), 4, "DTEND must be the day after its last"),
        (event("DTSTART:20260201\nDTEND:20260202\nDURATION:P1D"), 4, "both DTEND and DURATION"),
        (
            event("DTSTART:20260201\nCATEGORIES:closure\nCATEGORIES:worked"),
            5,
            "told to be closure and worked",
        ),
        (event("DTSTART:20260201\nDURATION:P+3D"), 4, "no whole number of days"),
        (event("DTSTART;TZID=Asia/Shanghai:20260713T080000"), 3, "tells a time of day"),
        (event("DTSTART:20260713T000000Z"), 3, "tells a time of day"),
        (event("DTSTART;VALUE=DATE:20270229"), 3, "`20270229` is no day"),
        (event("DTSTART:20260201\nDTSTART:20260202"), 4, "stands twice"),
        (event("DTSTART:20260201\nDURATION:PT5H"), 4, "no whole number of days"),
        (event("DTSTART:20260201\nDURATION:P0D"), 4, "no whole number of days"),
        (event("DTSTART:20260201\nno colon here"), 4, "no line of an iCalendar"),
        (event("DTSTART:20260201\nBEGIN:VEVENT"), 4, "not begun and ended"),
        (event("DTSTART:20260201\nCATEGORIES:HALF-DAY"), 2, "a half day must tell"),
    ] {
        let error = Overlay::from_ics(&text, reading(Effect::Closure)).unwrap_err();
        assert_eq!(error.place.unwrap().line, line, "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
        assert!(!error.text(Lang::Zh).is_empty());
    }
    let against = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260201\nEND:VEVENT\n\
                   BEGIN:VEVENT\nDTSTART:20260201\nCATEGORIES:上班\nEND:VEVENT\nEND:VCALENDAR";
    let error = Overlay::from_ics(against, reading(Effect::Closure)).unwrap_err();
    assert!(matches!(error.fault, OverlayFault::Contradiction { .. }), "{error}");
    assert_eq!(error.place, Some(Place { line: 5, column: 1 }));
}

#[test]
fn an_assumption_marks_what_rests_on_it_and_nothing_else() {
    let assumed = Assuming::weekends_only(China);
    let limit = "3 working days".parse().unwrap();
    let found = deadline(day("2026-12-29"), limit, Roll::Following, &assumed).unwrap();
    assert_eq!((found.due, found.knowledge), (day("2027-01-01"), Knowledge::Assumed));
    assert!(found.explain(Lang::Zh).contains("基于假定"), "{}", found.explain(Lang::Zh));
    let known = deadline(day("2026-09-24"), limit, Roll::Following, &assumed).unwrap();
    assert_eq!(known, deadline(day("2026-09-24"), limit, Roll::Following, &China).unwrap());
}

fn overlay() -> impl Strategy<Value = Overlay> {
    let entry = (0_u64..60, 0_u64..6, prop::sample::select(vec![Effect::Closure, Effect::Worked]));
    prop::collection::vec(entry, 0..5).prop_filter_map("contradicting", |entries| {
        let first = day("2026-09-01");
        let entries = entries.into_iter().map(|(at, more, effect)| Entry {
            first: first + Days::new(at),
            last: first + Days::new(at + more),
            effect,
            name: named("x"),
            hours: None,
            place: None,
        });
        Overlay::new("o", named("o"), None, entries.collect()).ok()
    })
}

proptest! {
    #[test]
    fn overlays_obey_precedence(low in overlay(), high in overlay(), at in 0_u64..80) {
        let date = day("2026-08-25") + Days::new(at);
        let calendar = Layered::over(Weekends).with(low.clone()).with(high.clone());
        let expected = high.day(date).kind().or_else(|| low.day(date).kind()).or_else(|| Weekends.day(date).kind());
        prop_assert_eq!(calendar.day(date).kind(), expected);
    }

    #[test]
    fn an_extra_working_day_never_puts_a_deadline_off(low in overlay(), count in 1_u32..30) {
        let only_worked: Vec<_> =
            low.entries().iter().filter(|entry| entry.effect == Effect::Worked).cloned().collect();
        let worked = Overlay::new("w", named("w"), None, only_worked).unwrap();
        let calendar = Layered::over(Weekends).with(worked);
        let start = day("2026-08-25");
        let (with, without) = (add_working_days(start, count, &calendar), add_working_days(start, count, &Weekends));
        prop_assert!(with.unwrap().value <= without.unwrap().value);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,200}", lines in prop::collection::vec(
        prop::sample::select(vec![
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "DTSTART:20260201",
            "DTEND;VALUE=DATE:20260131", "DURATION:P9999999999W", "SUMMARY:\\", " folded", "DURATION:P4294967295D",
        ]), 0..12,
    )) {
        let _ = Overlay::from_toml(&text);
        let _ = Overlay::from_ics(&text, reading(Effect::Closure));
        let _ = Overlay::from_ics(&lines.join("\n"), reading(Effect::Closure));
    }
}
