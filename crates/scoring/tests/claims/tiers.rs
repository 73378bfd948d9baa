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
    assert_eq!(need.args.get("from").unwrap().text(ducha_core::Lang::En), "2025-10-05");
    assert_eq!(fired, 0);
    // Who was there on the eve already, by what leaves on that very day, has not crossed: the eve must be known, too.
    let (tier, fired) = ask("2025-10-06");
    assert_eq!((tier.value(), fired), (None, 0));
    // Records from the day that it names suffice.
    let (tier, fired) = ask("2025-10-05");
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

/// A ladder of two tiers over what twelve months hold, and whoever reaches the second is told.
fn rolling_line() -> Desk {
    Desk::of(&[
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
}

#[test]
fn who_stood_there_before_the_records_tell_does_not_cross_on_the_first_day_that_they_do() {
    let desk = rolling_line().found("A", "2026-10-05", "F").found("B", "2027-09-01", "F");
    let fired = |complete: Option<&str>| {
        let mut request = desk.request();
        request.complete_from = complete.map(|day| day.parse().unwrap());
        let seen = Seen(ducha_scoring::assess(&request));
        (seen.fired("u", "told"), seen.tier("u", "line", ""))
    };
    assert_eq!(fired(None), (vec!["2026-10-05".into()], "six".into()));
    // The tier was reached on a day that the records do not tell: it does not fire late, and the standing says what is missing.
    assert_eq!(fired(Some("2026-09-01")), (vec![], "need.records_incomplete".into()));
}

#[test]
fn the_peak_is_the_gravest_tier_that_was_held_also_where_it_was_reached_before() {
    let desk = rolling_line().found("A", "2026-03-05", "F");
    let peak = |period: &str| {
        let mut request = desk.request();
        request.period = Some(ducha_core::Period::parse(period).unwrap());
        let seen = ducha_scoring::assess(&request);
        let line = seen.standings.iter().find(|s| s.subject.as_str() == "u").unwrap();
        line.peak.as_ref().map(|peak| format!("{} {}", peak.tier, peak.on))
    };
    assert_eq!(peak("2026-03").as_deref(), Some("six 2026-03-05"));
    assert_eq!(peak("2026-10").as_deref(), Some("six 2026-10-01"));
    // The points leave on 5 March 2027; what leaves at the beginning of the first day was not held in the period.
    assert_eq!(peak("2027-03-01..2027-03-31").as_deref(), Some("six 2027-03-01"));
    assert_eq!(peak("2027-03-05..2027-03-31"), None);
}

#[test]
fn what_costs_nothing_is_no_entry_for_a_count() {
    let when = |condition: &str| {
        table(
            "ladder",
            "line",
            &format!(
                "kind = \"penalty\"\nsubjects = [\"unit\"]\nselect = \"worst_matching\"\ntier = [{{ id = \"none\", name = {{ zh = \"无\", en = \"none\" }}, otherwise = true }}, {{ id = \"two\", name = {{ zh = \"二\", en = \"two\" }}, when = [{{ {condition}, at_least = 2 }}] }}]"
            ),
        )
    };
    let tier = |condition: &str| {
        Desk::of(&[
            clause("F", "price = { shape = \"flat\", points = 2 }\nonce_per = \"day\""),
            tally("points", "window = \"month\""),
            table(
                "tally",
                "findings",
                "kind = \"sum\"\nmeasure = \"findings\"\nsubjects = [\"unit\"]\nwindow = \"month\"",
            ),
            when(condition),
        ])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-10-12", "F")
        .as_of("2026-10-31")
        .tier("u", "line", "2026-10")
    };
    // Two findings, one deduction.
    assert_eq!(tier("count_of = \"points\""), "none");
    assert_eq!(tier("count_of = \"findings\""), "two");
    assert_eq!(tier("tally = \"findings\""), "two");
}

#[test]
fn a_finding_that_was_only_warned_vetoes() {
    let seen = Desk::of(&[
        clause(
            "F",
            "price = { shape = \"flat\", points = 2 }\nwarning = { validity = \"6 months\", last_day = \"included\" }\nveto = [{ effect = \"worst_tier\", ladder = \"line\" }]",
        ),
        month(),
        ladder("line", "grade", "score", "domain = { min = 0, max = 100 }", &[("good", "at_least = 60"), ("bad", "less_than = 60")]),
    ])
    .found("A", "2026-10-12", "F")
    .as_of("2026-10-31");
    assert_eq!(
        (seen.points("u", "A").concat(), seen.tally("u", "score", "2026-10")),
        ("0".into(), "100".into())
    );
    assert_eq!(seen.tier("u", "line", "2026-10"), "bad");
}

#[test]
fn what_another_stands_in_place_of_has_fired_and_counts() {
    let brings = |id: &str, bands: &str| {
        ladder(
            id,
            "penalty",
            if id == "first" { "points" } else { "times" },
            "judged = \"each_record\"",
            &[("none", "less_than = 1"), ("some", bands)],
        )
        .replace("id = \"none\"", &format!("id = \"{id}-none\""))
        .replace("id = \"some\"", &format!("id = \"{id}-some\""))
    };
    let seen = Desk::of(&[
        flat("F", "6"),
        tally("points", "window = \"month\""),
        table("tally", "times", "kind = \"sum\"\nmeasure = \"consequences\"\nsubjects = [\"unit\", \"person\"]\nwindow = \"year\"\nconsequences = [\"told\"]"),
        notice("told"),
        table("consequence", "warned", "kind = \"notice\"\ndecided_by = \"office\"\nreplaces = [\"told\"]"),
        brings("first", "at_least = 1, consequences = [\"told\"]"),
        brings("second", "at_least = 1, consequences = [\"warned\"]"),
    ])
    .found("A", "2026-10-12", "F")
    .as_of("2026-10-31");
    // The notice brings the warning, which stands in its place; were it not counted, neither would there be.
    assert_eq!(seen.tally("u", "times", "2026"), "1");
    assert_eq!(
        (seen.fired("u", "told"), seen.fired("u", "warned")),
        (vec![], vec!["2026-10-12".to_string()])
    );
}
