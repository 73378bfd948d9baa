//! Tiers and crossings (§9).

use crate::{
    YEAR,
    desk::{Desk, Seen, clause, flat, ladder, notice, table, tally},
    month,
};
use ducha_scoring::Outcome;
use serde_json::json;

#[test]
fn award_never_offsets_a_veto() {
    let seen = Desk::of(&[
        clause("V", "price = { shape = \"flat\", points = 2 }\nveto = [{ effect = \"lose_all\", tally = \"score\" }, { effect = \"worst_tier\", ladder = \"grade\" }]"),
        table("award", "A", "stacking = \"cumulative\"\npoints = 50"),
        tally("score", "window = \"month\"\nfull_marks = 100\nfloor = 0\nawards = [\"A\"]"),
        ladder("grade", "grade", "score", "", &[("good", "at_least = 60"), ("poor", "less_than = 60")]),
    ])
    .found("F", "2026-10-12", "V")
    .row(json!({ "id": "C", "type": "commendation", "subject": "u", "occurred_on": "2026-10-13", "award": "A" }))
    .as_of("2026-10-31");
    assert_eq!(
        (seen.tally("u", "score", "2026-10"), seen.tier("u", "grade", "2026-10")),
        ("0".into(), "poor".into())
    );
}

#[test]
fn consequence_rearms_after_falling_below() {
    let seen = Desk::of(&[
        flat("F", "6"),
        tally("points", "window = { rolling = \"30 calendar days\", last_day = \"included\" }"),
        notice("told"),
        ladder(
            "line",
            "penalty",
            "points",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")],
        ),
    ])
    .found("A", "2026-08-01", "F")
    .found("B", "2026-08-10", "F")
    .found("C", "2026-10-12", "F")
    .as_of("2026-12-31");
    assert_eq!(seen.fired("u", "told"), ["2026-08-01", "2026-10-12"]);
    assert_eq!(seen.tier("u", "line", ""), "none");
    let peak = seen.0.standings.iter().find(|s| s.subject.as_str() == "u").unwrap().peak.clone().unwrap();
    assert_eq!((peak.tier.to_string(), peak.on.to_string()), ("six".into(), "2026-08-01".into()));
}

#[test]
fn a_fall_from_full_marks_to_the_worst_at_once_is_a_crossing() {
    let seen = Desk::of(&[
        flat("F", "50"),
        month(),
        notice("told"),
        ladder(
            "grade",
            "grade",
            "score",
            "judged = \"each_record\"",
            &[
                ("good", "at_least = 90"),
                ("fair", "at_least = 60, less_than = 90"),
                ("poor", "less_than = 60, consequences = [\"told\"]"),
            ],
        ),
    ])
    .found("A", "2026-10-12", "F")
    .as_of("2026-10-31");
    assert_eq!(seen.fired("u", "told"), ["2026-10-12"]);
}

#[test]
fn consequence_rearms_when_age_takes_the_weight_off() {
    let ages = "ages = [{ up_to = \"1 month\", last_day = \"included\", weight = 2 }, { up_to = \"12 months\", last_day = \"included\", weight = 1 }]";
    let seen = Desk::of(&[
        flat("F", "3"),
        tally("points", &format!("window = {YEAR}\n{ages}")),
        notice("told"),
        ladder(
            "line",
            "penalty",
            "points",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")],
        ),
    ])
    .found("A", "2026-01-10", "F")
    .found("B", "2026-10-12", "F")
    .as_of("2026-12-31");
    assert_eq!(seen.fired("u", "told"), ["2026-01-10", "2026-10-12"]);
}

#[test]
fn distance_to_next_tier() {
    let seen = Desk::of(&[
        flat("F", "12"),
        month(),
        ladder(
            "grade",
            "grade",
            "score",
            "",
            &[
                ("good", "at_least = 90"),
                ("fair", "at_least = 80, less_than = 90"),
                ("poor", "less_than = 80"),
            ],
        ),
    ])
    .found("A", "2026-10-12", "F")
    .as_of("2026-10-20");
    let standing = seen.0.standings.iter().find(|s| s.subject.as_str() == "u").unwrap();
    let (graver, milder) =
        (standing.distance.graver.clone().unwrap(), standing.distance.milder.clone().unwrap());
    assert_eq!(
        (graver.tier.to_string(), graver.points.to_string(), graver.suffices),
        ("poor".into(), "8".into(), false)
    );
    assert_eq!(
        (milder.tier.to_string(), milder.points.to_string(), milder.suffices),
        ("good".into(), "2".into(), true)
    );
    assert!(standing.provisional);
}

#[test]
fn a_clean_month_counts_though_nobody_had_a_record_in_it() {
    let rules = [
        flat("F", "20"),
        month(),
        table("consequence", "praise", "kind = \"reward\"\ndecided_by = \"office\""),
        ladder(
            "grade",
            "grade",
            "score",
            "",
            &[("good", "at_least = 90, consequences = [\"praise\"]"), ("poor", "less_than = 90")],
        ),
        table(
            "tally",
            "praises",
            "kind = \"sum\"\nmeasure = \"consequences\"\nconsequences = [\"praise\"]\nsubjects = [\"unit\"]\nwindow = \"year\"",
        ),
    ];
    let mut desk = Desk::of(&rules);
    let praises = |desk: &Desk| {
        let mut request = desk.request();
        request.as_of = Some("2026-12-31".parse().unwrap());
        request.complete_from = Some("2026-01-01".parse().unwrap());
        Seen(ducha_scoring::assess(&request)).tally("v", "praises", "2026")
    };
    desk = desk.found("A", "2026-03-12", "F").on("v", "B", "2026-12-01", "F");
    assert_eq!(praises(&desk), "11");
}

#[test]
fn an_inspection_judged_on_each_record_crosses_too() {
    let seen = Desk::of(&[
        flat("F", "6"),
        tally("visit", "window = \"inspection\""),
        notice("told"),
        ladder("line", "penalty", "visit", "judged = \"each_record\"", &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")]),
    ])
    .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "F", "inspection": "I1" }))
    .as_of("2026-10-31");
    assert_eq!(seen.fired("u", "told"), ["2026-10-12"]);
}

#[test]
fn a_crossing_on_a_day_that_the_records_do_not_reach_is_undetermined_and_says_from_when() {
    let desk = Desk::of(&[
        flat("F", "6"),
        tally("year", "window = { rolling = \"12 months\", last_day = \"excluded\" }"),
        notice("told"),
        ladder(
            "line",
            "penalty",
            "year",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")],
        ),
    ])
    .found("A", "2026-10-05", "F");
    let ask = |complete: &str| {
        let mut request = desk.request();
        request.complete_from = Some(complete.parse().unwrap());
        request.period = Some(ducha_core::Period::parse("2026-10").unwrap());
        let seen = ducha_scoring::assess(&request);
        let line = seen.standings.iter().find(|s| s.subject.as_str() == "u").unwrap().clone();
        (line.tier, seen.consequences.len())
    };
    // On the report day everything is known, on the day of the act not yet: nothing fires, and nobody says that all is well.
    let (tier, fired) = ask("2025-11-01");
    let Outcome::Undetermined(need) = tier else { panic!("{tier:?}") };
    assert_eq!(need.args.0["from"].text(ducha_core::Lang::En), "2025-10-06");
    assert_eq!(fired, 0);
    // Records from the day that it names suffice.
    let (tier, fired) = ask("2025-10-06");
    assert_eq!((tier.value().map(ToString::to_string).as_deref(), fired), (Some("six"), 1));
}

#[test]
fn a_subject_without_the_date_of_its_cycles_stands_undetermined_and_says_which_date() {
    let cycle = "window = { cycle = \"12 months\", anchor = \"hired\" }";
    let seen = Desk::of(&[
        flat("F", "12"),
        tally("sum", cycle),
        table("tally", "balance", &format!("kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"unit\", \"person\"]\n{cycle}")),
        table("index", "index", &format!("subjects = [\"unit\", \"person\"]\n{cycle}\naggregate = \"sum\"\nof = [{{ tally = \"sum\" }}]")),
        notice("told"),
        ladder("line", "penalty", "sum", "", &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")]),
        table("ranking", "first", &format!("subjects = [\"person\"]\n{cycle}\non = {{ tally = \"sum\" }}\nbest = \"lowest\"\nties = \"dense\"\ntop = 1\ntop_consequences = [\"told\"]")),
    ])
    .on("p", "A", "2026-10-12", "F")
    .on("q", "B", "2026-10-12", "F")
    .as_of("2026-10-31");
    // p was hired on 20 October 2025; q has no such date.
    let years = |subject: &str| {
        let of = |tally: &str, window: &str| seen.tally(subject, tally, window);
        (
            of("sum", "2025-10-20..2026-10-19"),
            of("balance", "2025-10-20..2026-10-19"),
            of("sum", "≤ 2026-10-31"),
        )
    };
    assert_eq!(years("p"), ("12".into(), "12".into(), "none".into()));
    assert_eq!(years("q"), ("none".into(), "none".into(), "need.anchor_missing".into()));
    assert_eq!(seen.tally("q", "balance", ""), "need.anchor_missing");
    assert_eq!(seen.tier("q", "line", ""), "need.anchor_missing");
    let missing = seen.0.indexes.iter().find(|i| i.subject.as_str() == "q").unwrap();
    let ducha_scoring::Outcome::Undetermined(need) = &missing.value else { panic!("determined") };
    assert_eq!(need.text(ducha_core::Lang::En), "subject q has no date hired, from which its cycles count");
    // The cycle of p is closed on the 19th; of q nothing can fire, and it has no rank.
    assert_eq!(
        (seen.fired("p", "told"), seen.fired("q", "told")),
        (vec!["2026-10-12".to_string(), "2026-10-19".into()], vec![])
    );
    let ranking = seen.0.rankings.iter().find(|r| r.window.text() == "2025-10-20..2026-10-19").unwrap();
    assert_eq!(ranking.places.iter().map(|place| place.subject.as_str()).collect::<Vec<_>>(), ["p"]);
    assert!(
        ranking
            .unranked
            .iter()
            .any(|u| u.subject.as_str() == "q" && u.reason.step == ducha_core::Step::AnchorMissing)
    );
}
