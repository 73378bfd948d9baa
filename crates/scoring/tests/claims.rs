//! What the semantics say in detail, each as a claim that can fail.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod desk;

use desk::{Desk, clause, flat, head, ladder, notice, table, tally};
use ducha_scoring::Outcome;
use serde_json::json;

const AGAIN: &str = "counts = \"inspections\"\nkey = [\"subject\", \"clause\"]\nfactors = [1, 2, 3]";

fn again(window: &str, keys: &str) -> String {
    table("recurrence", "again", &format!("{AGAIN}\nwindow = {window}\n{keys}"))
}

fn month() -> String {
    tally("score", "window = \"month\"\nfull_marks = 100\nfloor = 0")
}

const YEAR: &str = "{ rolling = \"12 months\", last_day = \"included\" }";

#[test]
fn art15_overdue_falls_on_whoever_led_the_day_it_became_overdue() {
    let desk = || {
        Desk::of(&[
            flat("F", "2"),
            clause("OVERDUE", "price = { shape = \"flat\", points = 5 }\napplies_to = [\"person\"]"),
            table("accountability", "head", "fact = \"overdue\"\nclause = \"OVERDUE\"\nto = \"leader\""),
            month(),
        ])
        .found("A", "2026-10-10", "F")
    };
    let overdue = |due: &str| {
        desk()
            .row(json!({ "id": "O", "type": "fact", "subject": "u", "occurred_on": "2026-11-20", "fact": "overdue",
                "refers_to": "A", "due_on": due }))
            .as_of("2026-11-30")
    };
    // The leader changes on the 15th; the day after the last day of the limit counts, not the day of the fact.
    assert_eq!(overdue("2026-10-13").points("boss", "O"), ["5"]);
    assert_eq!(overdue("2026-10-14").points("next", "O"), ["5"]);
    // While somebody acts for the leader, the acting leader answers.
    assert_eq!(overdue("2026-11-02").points("acting", "O"), ["5"]);
    assert_eq!(overdue("2026-11-02").points("next", "O"), Vec::<String>::new());
}

#[test]
fn nobody_answers_for_what_was_revoked() {
    let seen = Desk::of(&[
        flat("F", "2"),
        clause("OVERDUE", "price = { shape = \"flat\", points = 5 }"),
        table("accountability", "head", "fact = \"overdue\"\nclause = \"OVERDUE\"\nto = \"leader\""),
        month(),
    ])
    .found("A", "2026-10-10", "F")
    .fact("O", "2026-10-14", "overdue", "A")
    .row(json!({ "id": "R", "type": "revocation", "subject": "u", "occurred_on": "2026-10-20", "revokes": "A" }))
    .as_of("2026-10-31");
    assert_eq!(seen.points("boss", "O"), Vec::<String>::new());
}

#[test]
fn leader_changed_mid_month_and_each_bears_his_days() {
    let seen = Desk::of(&[
        flat("F", "4"),
        table(
            "share",
            "head",
            "scope = {}\nto = \"leader\"\npercent = 50\nrounding = { mode = \"half_up\", to = 0.5 }\nsubject_keeps = true\non_double = \"both\"",
        ),
        month(),
    ])
    .found("A", "2026-10-14", "F")
    .found("B", "2026-10-15", "F")
    .found("C", "2026-11-01", "F")
    .found("D", "2026-11-10", "F")
    .as_of("2026-11-30");
    assert_eq!(
        (seen.points("boss", "A"), seen.points("next", "B")),
        (vec!["2".to_string()], vec!["2".to_string()])
    );
    assert_eq!(
        (seen.points("acting", "C"), seen.points("next", "D")),
        (vec!["2".to_string()], vec!["2".to_string()])
    );
    assert_eq!(seen.tally("boss", "score", "2026-10"), "98");
}

#[test]
fn one_inspection_never_recurs_with_itself() {
    let rules = [
        again(YEAR, ""),
        clause("F", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        month(),
    ];
    let found = |id: &str, day: &str, inspection: &str| json!({ "id": id, "type": "finding", "subject": "u", "occurred_on": day, "clause": "F", "inspection": inspection });
    let seen = Desk::of(&rules)
        .row(found("A", "2026-10-12", "I1"))
        .row(found("B", "2026-10-12", "I1"))
        .row(found("C", "2026-10-13", "I2"))
        .row(found("D", "2026-10-14", "I3"))
        .as_of("2026-10-31");
    let points: Vec<_> = ["A", "B", "C", "D"].iter().map(|id| seen.points("u", id).concat()).collect();
    assert_eq!(points, ["2", "2", "4", "6"]);
}

#[test]
fn a_look_back_counts_forward_from_the_earlier_act_and_includes_its_last_day() {
    let rules = [
        again(YEAR, ""),
        clause("F", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        month(),
    ];
    let on = |day: &str| {
        Desk::of(&rules)
            .found("A", "2025-02-28", "F")
            .found("B", day, "F")
            .as_of("2026-12-31")
            .points("u", "B")
    };
    assert_eq!(on("2026-02-28"), ["4"]);
    assert_eq!(on("2026-03-01"), ["2"]);
}

#[test]
fn capped_after_doubling_unless_declared() {
    let rules = |order: &str| {
        [
            again(YEAR, ""),
            clause(
                "F",
                &format!(
                    "price = {{ shape = \"flat\", points = 4 }}\nrecurrence = \"again\"\ncap = {{ max = 5, window = \"day\", order = \"{order}\" }}"
                ),
            ),
            month(),
        ]
    };
    let second = |order| {
        Desk::of(&rules(order))
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-13", "F")
            .as_of("2026-10-31")
            .points("u", "B")
    };
    assert_eq!(second("after_factors"), ["5"]);
    assert_eq!(second("before_factors"), ["8"]);
}

#[test]
fn a_clause_and_a_cap_of_one_name_are_two() {
    let seen = Desk::of(&[
        clause("X", "price = { shape = \"flat\", points = 4 }\ncap = { max = 4, window = \"month\", order = \"after_factors\" }"),
        flat("Y", "3"),
        table("cap", "X", "scope = { clauses = [\"Y\"] }\nmax = 3\nwindow = \"month\"\norder = \"after_factors\""),
        month(),
    ])
    .found("A", "2026-10-12", "X")
    .found("B", "2026-10-12", "Y")
    .as_of("2026-10-31");
    assert_eq!(
        (seen.points("u", "A"), seen.points("u", "B")),
        (vec!["4".to_string()], vec!["3".to_string()])
    );
}

/// Two versions, the second from 2026-10-16.
fn versions(first: &[String], second: &[String]) -> Desk {
    Desk::new(&[
        format!("{}{}", head("1", "2024-01-01", Some("2026-10-16")), first.concat()),
        format!("{}{}", head("2", "2026-10-16", None), second.concat()),
    ])
}

#[test]
fn window_spanning_two_versions_is_judged_by_the_one_in_force_on_its_last_day() {
    let grade = |bound: &str| {
        ladder(
            "grade",
            "grade",
            "score",
            "",
            &[("good", &format!("at_least = {bound}")), ("poor", &format!("less_than = {bound}"))],
        )
    };
    let capped = |max: &str| {
        clause(
            "F",
            &format!(
                "price = {{ shape = \"flat\", points = 3 }}\ncap = {{ max = {max}, window = \"month\", order = \"after_factors\" }}"
            ),
        )
    };
    let seen = versions(&[capped("9"), month(), grade("90")], &[capped("4"), month(), grade("97")])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-10-13", "F")
        .found("C", "2026-10-20", "F")
        .found("D", "2026-09-01", "F")
        .found("E", "2026-09-02", "F")
        .as_of("2026-10-31");
    let points: Vec<_> = ["A", "B", "C", "D", "E"].iter().map(|id| seen.points("u", id).concat()).collect();
    assert_eq!(points, ["3", "1", "0", "3", "3"]);
    assert_eq!(
        (seen.tally("u", "score", "2026-10"), seen.tier("u", "grade", "2026-10")),
        ("96".into(), "poor".into())
    );
    assert_eq!(
        (seen.tally("u", "score", "2026-09"), seen.tier("u", "grade", "2026-09")),
        ("94".into(), "good".into())
    );
}

#[test]
fn a_row_of_windows_judges_each_by_its_own_version() {
    let rules = |bound: &str| {
        let row = table(
            "ladder",
            "row",
            "kind = \"penalty\"\nsubjects = [\"unit\"]\nselect = \"worst_matching\"\ntier = [{ id = \"free\", name = { zh = \"无\", en = \"free\" }, otherwise = true }, { id = \"twice\", name = { zh = \"两\", en = \"twice\" }, when = [{ ladder = \"grade\", tier = \"poor\", windows = 2, out_of = 2, gaps = \"break\" }] }]",
        );
        [
            flat("F", "3"),
            month(),
            ladder(
                "grade",
                "grade",
                "score",
                "",
                &[("good", &format!("at_least = {bound}")), ("poor", &format!("less_than = {bound}"))],
            ),
            row,
        ]
    };
    // 97 is good by the first version, poor by the second: September was good.
    let seen = versions(&rules("90"), &rules("98"))
        .found("A", "2026-09-12", "F")
        .found("B", "2026-10-20", "F")
        .as_of("2026-10-31");
    assert_eq!(
        (seen.tier("u", "grade", "2026-09"), seen.tier("u", "grade", "2026-10")),
        ("good".into(), "poor".into())
    );
    assert_eq!(seen.tier("u", "row", "2026-10"), "free");
}

#[test]
fn renamed_clause_counts_in_scope_through_replaces() {
    let first = [
        again(YEAR, ""),
        clause("OLD", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        flat("X", "1"),
        tally("part", "window = \"month\"\nscope = { clauses = [\"OLD\"] }"),
    ];
    let second = [
        again(YEAR, ""),
        clause(
            "NEW",
            "price = { shape = \"flat\", points = 3 }\nrecurrence = \"again\"\nreplaces = [\"OLD\"]",
        ),
        flat("X", "1"),
        tally("part", "window = \"month\"\nscope = { clauses = [\"NEW\"] }"),
    ];
    let seen = versions(&first, &second)
        .found("A", "2026-10-12", "OLD")
        .found("B", "2026-10-20", "NEW")
        .found("C", "2026-10-21", "X")
        .as_of("2026-10-31");
    assert_eq!(seen.points("u", "B"), ["6"], "the renamed clause recurs");
    assert_eq!(seen.tally("u", "part", "2026-10"), "8");
}

#[test]
fn retired_tally_closes_with_its_version() {
    let seen =
        versions(&[flat("F", "2"), month(), tally("gone", "window = \"month\"")], &[flat("F", "2"), month()])
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-20", "F")
            .as_of("2026-11-30");
    assert_eq!(seen.tally("u", "gone", "2026-10"), "2");
    assert_eq!(seen.tally("u", "score", "2026-10"), "96");
    assert_eq!(seen.tally("u", "gone", "2026-11"), "none");
}

#[test]
fn transition_close_leaves_old_entries_out() {
    let points = |window: &str| tally("points", &format!("window = {window}"));
    let rule = "[[transition]]\ntally = \"points\"\nrule = \"close\"\n".to_string();
    let carry = rule.replace("close", "carry");
    let with = |rule: String| {
        versions(&[flat("F", "2"), points("\"month\"")], &[flat("F", "2"), points("\"quarter\""), rule])
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-20", "F")
            .as_of("2026-12-31")
    };
    assert_eq!(with(rule).tally("u", "points", "2026-Q4"), "2");
    assert_eq!(with(carry).tally("u", "points", "2026-Q4"), "4");
}

#[test]
fn unrectified_extra_is_dated_the_day_after_the_limit() {
    let rules = [
        table("limit", "mend", "length = \"3 calendar days\"\nroll = \"none\""),
        "[[unrectified]]\nid = \"twice\"\nfactors = [2, 3]\n".to_string(),
        clause("F", "price = { shape = \"flat\", points = 2 }\nunrectified = \"twice\"\nrectify = \"mend\""),
        month(),
    ];
    let seen = Desk::of(&rules)
        .found("A", "2026-10-30", "F")
        .fact("N1", "2026-11-20", "not_rectified", "A")
        .row(json!({ "id": "N2", "type": "fact", "subject": "u", "occurred_on": "2026-11-25", "fact": "not_rectified", "refers_to": "A", "due_on": "2026-11-22" }))
        .as_of("2026-11-30");
    assert_eq!(seen.points("u", "A"), ["2", "2", "2"]);
    assert_eq!(seen.days("A"), ["2026-10-30", "2026-11-03", "2026-11-23"]);
    assert_eq!(
        (seen.tally("u", "score", "2026-10"), seen.tally("u", "score", "2026-11")),
        ("98".into(), "96".into())
    );
    // A limit does not run out before the act.
    let early = Desk::of(&rules)
        .found("A", "2026-10-30", "F")
        .row(json!({ "id": "N", "type": "fact", "subject": "u", "occurred_on": "2026-11-25", "fact": "not_rectified", "refers_to": "A", "due_on": "2016-11-22" }))
        .as_of("2026-11-30");
    assert_eq!(early.days("A"), ["2026-10-30", "2026-11-25"]);
}

#[test]
fn an_extra_for_the_unrectified_is_never_negative() {
    let seen = Desk::of(&[
        "[[unrectified]]\nid = \"falls\"\nfactors = [2, 1]\n".to_string(),
        clause("F", "price = { shape = \"flat\", points = 2 }\nunrectified = \"falls\""),
        month(),
    ])
    .found("A", "2026-10-12", "F")
    .fact("N1", "2026-10-13", "not_rectified", "A")
    .fact("N2", "2026-10-14", "not_rectified", "A")
    .as_of("2026-10-31");
    assert_eq!(seen.points("u", "A"), ["2", "2", "0"]);
}

#[test]
fn a_charge_from_others_shows_on_the_day_it_fell() {
    let seen = Desk::of(&[
        flat("F", "4"),
        table(
            "share",
            "head",
            "scope = {}\nto = \"leader\"\npercent = 50\nrounding = { mode = \"half_up\", to = 0.5 }\nsubject_keeps = true\non_double = \"both\"",
        ),
        tally("daily", "window = \"day\""),
        tally("visit", "window = \"inspection\""),
        notice("told"),
        ladder("strict", "penalty", "daily", "", &[("none", "less_than = 2"), ("some", "at_least = 2, consequences = [\"told\"]")]),
    ])
    .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "F", "inspection": "I1" }))
    .as_of("2026-10-31");
    assert_eq!(seen.tally("boss", "daily", "2026-10-12"), "2");
    assert_eq!(seen.tally("boss", "visit", "I1"), "2");
    assert_eq!(seen.fired("boss", "told"), ["2026-10-12"]);
}

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

fn cut() -> [String; 5] {
    [
        clause("F", "price = { shape = \"flat\", points = 30 }"),
        tally("points", "window = \"month\""),
        table(
            "consequence",
            "cut",
            "kind = \"money\"\ndecided_by = \"department_head\"\nmoney = { nature = \"performance_pay\", direction = \"withheld\", formula = { formula = \"fixed\", amount = 2000 }, guards = [{ law = { zh = \"工资支付暂行规定\", en = \"Interim provisions on wage payment\" }, section = \"16\", max_percent = 20, of = \"wage\", keep_at_least = \"minimum_wage\", rounding = { mode = \"down\", to = 0.01 } }] }",
        ),
        ladder(
            "line",
            "penalty",
            "points",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"cut\"]")],
        ),
        String::new(),
    ]
}

fn wage(id: &str, subject: &str, day: &str, fact: &str, value: &str) -> serde_json::Value {
    json!({ "id": id, "type": "fact", "subject": subject, "occurred_on": day, "fact": fact, "value": value })
}

fn money(seen: &desk::Seen) -> String {
    let fired = seen.0.consequences.iter().find(|f| f.consequence.as_str() == "cut").unwrap();
    match &fired.money.as_ref().unwrap().amount {
        Outcome::Determined(amount) => amount.to_string(),
        Outcome::Undetermined(need) => need.step.template().key.to_string(),
    }
}

#[test]
fn guard_of_a_fifth_of_the_wage() {
    let of = |wage_is: &str, least: &str| {
        let desk = Desk::of(&cut()).on("p", "A", "2026-10-12", "F");
        let desk = desk.row(wage("W", "p", "2026-10-01", "wage", wage_is)).row(wage(
            "M",
            "v",
            "2026-10-01",
            "minimum_wage",
            least,
        ));
        money(&desk.as_of("2026-10-31"))
    };
    assert_eq!(of("20000", "2000"), "2000");
    assert_eq!(of("5000.55", "2000"), "1000.11");
    assert_eq!(of("2500", "2300"), "200");
    assert_eq!(of("2200", "2300"), "0");
}

#[test]
fn undetermined_without_wage() {
    let seen = Desk::of(&cut()).on("p", "A", "2026-10-12", "F").as_of("2026-10-31");
    assert_eq!(money(&seen), "need.fact_missing");
    // A wage recorded after the day is not the wage of the day.
    let late =
        Desk::of(&cut()).on("p", "A", "2026-10-12", "F").row(wage("W", "p", "2026-11-01", "wage", "5000"));
    assert_eq!(money(&late.as_of("2026-11-30")), "need.fact_missing");
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
fn points_leave_the_rolling_window_on() {
    let at = |last_day: &str, as_of: &str| {
        let window = format!("window = {{ rolling = \"12 months\", last_day = \"{last_day}\" }}");
        Desk::of(&[flat("F", "3"), tally("points", &window)]).found("A", "2025-10-12", "F").as_of(as_of)
    };
    let leaving = |seen: &desk::Seen| {
        let tally = seen.0.tallies.iter().find(|t| t.subject.as_str() == "u").unwrap();
        tally.leaving.iter().map(|l| format!("{} {} {}", l.on, l.record, l.points)).collect::<Vec<_>>()
    };
    assert_eq!(leaving(&at("included", "2026-10-01")), ["2026-10-13 A 3"]);
    assert_eq!(leaving(&at("excluded", "2026-10-01")), ["2026-10-12 A 3"]);
    assert_eq!(at("included", "2026-10-12").tally("u", "points", ""), "3");
    assert_eq!(at("excluded", "2026-10-12").tally("u", "points", ""), "0");
}

#[test]
fn a_measured_value_on_target_is_no_finding() {
    let seen = Desk::of(&[
        clause("R", "price = { shape = \"rate\", target = 95, better = \"higher\", step = 1, points = 1, part = \"up\" }"),
        flat("F", "1"),
        table("tally", "count", "kind = \"sum\"\nmeasure = \"findings\"\nsubjects = [\"unit\"]\nwindow = \"month\""),
    ])
    .row(json!({ "id": "M", "type": "measurement", "subject": "u", "occurred_on": "2026-10-12", "clause": "R", "value": "96" }))
    .found("A", "2026-10-13", "F")
    .as_of("2026-10-31");
    assert_eq!(seen.tally("u", "count", "2026-10"), "1");
}

fn balance(keys: &str) -> String {
    table(
        "tally",
        "balance",
        &format!(
            "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"unit\"]\nwindow = \"year\"\n{keys}"
        ),
    )
}

#[test]
fn a_balance_follows_the_canonical_order_of_the_day() {
    let seen = Desk::of(&[flat("F", "6"), balance("redeem = [{ fact = \"training_passed\", points = 3 }]")])
        .row(json!({ "id": "T", "type": "fact", "subject": "u", "occurred_on": "2026-10-12", "occurred_at": "08:00:00", "fact": "training_passed" }))
        .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "occurred_at": "16:00:00", "clause": "F" }))
        .as_of("2026-10-31");
    // In the morning there was nothing to take off.
    assert_eq!(seen.tally("u", "balance", "2026"), "6");
}

#[test]
fn a_balance_stops_at_its_ceiling_as_it_goes() {
    let seen = Desk::of(&[flat("F", "8"), balance("ceiling = 12\nredeem = [{ fact = \"training_passed\", points = 3 }]")])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-10-13", "F")
        .row(json!({ "id": "T", "type": "fact", "subject": "u", "occurred_on": "2026-10-14", "fact": "training_passed" }))
        .as_of("2026-10-31");
    assert_eq!(seen.tally("u", "balance", "2026"), "9");
}

#[test]
fn what_a_predecessor_had_stays_his_until_the_day() {
    let succeeded = json!({ "id": "S", "type": "fact", "subject": "u", "occurred_on": "2026-11-15", "fact": "succeeded_by", "other": "v" });
    let seen = Desk::of(&[flat("F", "4"), tally("points", "window = \"month\"\ninherit = true")])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-11-12", "F")
        .found("C", "2026-11-20", "F")
        .row(succeeded)
        .as_of("2026-11-30");
    // October was over before anything passed on; what was found on the predecessor later is its own.
    assert_eq!(
        (seen.tally("u", "points", "2026-10"), seen.tally("v", "points", "2026-10")),
        ("4".into(), "0".into())
    );
    assert_eq!(
        (seen.tally("u", "points", "2026-11"), seen.tally("v", "points", "2026-11")),
        ("4".into(), "4".into())
    );
}

#[test]
fn what_is_passed_on_and_back_is_not_lost() {
    let pass = |id: &str, from: &str, to: &str, day: &str| json!({ "id": id, "type": "fact", "subject": from, "occurred_on": day, "fact": "succeeded_by", "other": to });
    let seen = Desk::of(&[flat("F", "4"), tally("points", &format!("window = {YEAR}\ninherit = true"))])
        .found("A", "2026-10-12", "F")
        .row(pass("S1", "u", "v", "2026-10-20"))
        .on("v", "B", "2026-10-22", "F")
        .row(pass("S2", "v", "u", "2026-10-25"))
        .as_of("2026-10-31");
    assert_eq!((seen.tally("u", "points", ""), seen.tally("v", "points", "")), ("8".into(), "0".into()));
}

#[test]
fn a_decided_case_counts_from_the_fact_that_stands() {
    let rules = [
        table(
            "recurrence",
            "again",
            &AGAIN.replace("inspections", "decided").replace("factors", &format!("window = {YEAR}\nfactors")),
        ),
        clause("F", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        month(),
    ];
    let desk = || Desk::of(&rules).found("A", "2026-10-01", "F").found("B", "2026-10-20", "F");
    assert_eq!(desk().as_of("2026-10-31").points("u", "B"), ["2"]);
    assert_eq!(desk().fact("D", "2026-10-10", "decided", "A").as_of("2026-10-31").points("u", "B"), ["4"]);
    let revoked = desk()
        .fact("D", "2026-10-10", "decided", "A")
        .row(json!({ "id": "R", "type": "revocation", "subject": "u", "occurred_on": "2026-10-11", "revokes": "D" }));
    assert_eq!(revoked.as_of("2026-10-31").points("u", "B"), ["2"]);
    // The earlier of two decisions counts, in whatever order they are given.
    let two = desk().fact("D2", "2026-10-25", "decided", "A").fact("D1", "2026-10-10", "decided", "A");
    assert_eq!(two.as_of("2026-10-31").points("u", "B"), ["4"]);
}

#[test]
fn a_reset_at_a_windows_end_does_not_reach_back_into_its_last_day() {
    let seen = Desk::of(&[
        again(YEAR, "reset = [{ ladder = \"grade\", tier = \"poor\" }]"),
        clause("F", "price = { shape = \"flat\", points = 20 }\nrecurrence = \"again\""),
        month(),
        ladder("grade", "grade", "score", "", &[("good", "at_least = 90"), ("poor", "less_than = 90")]),
    ])
    .found("A", "2026-10-12", "F")
    .found("B", "2026-10-31", "F")
    .found("C", "2026-11-01", "F")
    .as_of("2026-11-30");
    // The tier is reached when October ends, after B and before C.
    assert_eq!(
        (seen.points("u", "B"), seen.points("u", "C")),
        (vec!["40".to_string()], vec!["20".to_string()])
    );
}

#[test]
fn a_finding_in_no_term_does_not_spoil_one_in_a_term() {
    let term = "[[rulebook.term]]\nid = \"autumn\"\nname = { zh = \"秋\", en = \"autumn\" }\nfrom = 2026-09-01\nuntil = 2027-01-20\n";
    let text = format!(
        "{}{term}{}{}",
        head("1", "2024-01-01", None),
        clause(
            "F",
            "price = { shape = \"flat\", points = 2 }\ncap = { max = 3, window = \"term\", order = \"after_factors\" }"
        ),
        month()
    );
    let seen = Desk::new(&[text])
        .found("A", "2026-08-15", "F")
        .found("B", "2026-10-12", "F")
        .found("C", "2026-10-13", "F")
        .as_of("2026-10-31");
    assert_eq!(
        (seen.points("u", "B"), seen.points("u", "C")),
        (vec!["2".to_string()], vec!["1".to_string()])
    );
    // Between terms no window of the cap lies: the act is scored all the same, and not trimmed (semantics §4.5).
    assert_eq!(seen.points("u", "A"), ["2"]);
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
        desk::Seen(ducha_scoring::assess(&request)).tally("v", "praises", "2026")
    };
    desk = desk.found("A", "2026-03-12", "F").on("v", "B", "2026-12-01", "F");
    assert_eq!(praises(&desk), "11");
}

#[test]
fn a_tally_dated_by_the_record_shows_the_window_of_that_day() {
    let seen = Desk::of(&[flat("F", "2"), tally("points", "window = \"month\"\ndated_by = \"recorded_on\"")])
        .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-09-30", "recorded_on": "2026-10-02", "clause": "F" }))
        .as_of("2026-12-31");
    assert_eq!(
        (seen.tally("u", "points", "2026-10"), seen.tally("u", "points", "2026-09")),
        ("2".into(), "0".into())
    );
}

#[test]
fn the_report_day_and_the_roster_know_only_what_was_known() {
    let desk = Desk::of(&[flat("F", "2"), month()]).found("A", "2026-10-12", "F").row(
        json!({ "id": "B", "type": "finding", "subject": "v", "occurred_on": "2026-11-12", "clause": "F" }),
    );
    let mut request = desk.request();
    request.organisation = None;
    request.known_on = Some("2026-10-31".parse().unwrap());
    let seen = ducha_scoring::assess(&request);
    assert_eq!(seen.as_of.to_string(), "2026-10-12");
    assert_eq!(seen.subjects.iter().map(|s| s.id.to_string()).collect::<Vec<_>>(), ["u"]);
}

#[test]
fn a_served_warning_warns() {
    let desk = || {
        Desk::of(&[
            clause(
                "F",
                "price = { shape = \"flat\", points = 5 }\nwarning = { validity = \"2 years\", last_day = \"included\" }",
            ),
            month(),
        ])
    };
    assert_eq!(
        desk()
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-13", "F")
            .as_of("2026-10-31")
            .points("u", "B"),
        ["5"]
    );
    assert_eq!(desk().found("A", "2026-10-12", "F").as_of("2026-10-31").points("u", "A"), ["0"]);
}

#[test]
fn nobody_pays_for_a_fact_that_could_not_be_placed_in_part() {
    // Two rules take the fact; nobody stands above the top, so one of them cannot be placed: the row is refused whole.
    let seen = Desk::of(&[
        flat("F", "2"),
        clause("OVERDUE", "price = { shape = \"flat\", points = 5 }"),
        table("accountability", "head", "fact = \"overdue\"\nclause = \"OVERDUE\"\nto = \"leader\""),
        table("accountability", "above", "fact = \"overdue\"\nclause = \"OVERDUE\"\nto = \"upper_leader\""),
        month(),
    ])
    .row(json!({ "id": "O", "type": "fact", "subject": "top", "occurred_on": "2026-10-12", "fact": "overdue" }))
    .as_of("2026-10-31");
    assert_eq!(seen.reason("O"), "need.leader_unknown");
    assert!(seen.0.entries.is_empty());
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
fn an_inspection_over_two_days_counts_both() {
    let found = |id: &str, day: &str| json!({ "id": id, "type": "finding", "subject": "u", "occurred_on": day, "clause": "F", "inspection": "I1" });
    let seen = Desk::of(&[flat("F", "2"), tally("visit", "window = \"inspection\"")])
        .row(found("A", "2026-10-12"))
        .row(found("B", "2026-10-13"))
        .as_of("2026-10-31");
    assert_eq!(seen.tally("u", "visit", "I1"), "4");
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
