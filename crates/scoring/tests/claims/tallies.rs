//! Tallies (§7).

use crate::{
    YEAR,
    desk::{Desk, Seen, clause, flat, ladder, notice, table, tally},
};
use serde_json::json;

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
fn points_leave_the_rolling_window_on() {
    let at = |last_day: &str, as_of: &str| {
        let window = format!("window = {{ rolling = \"12 months\", last_day = \"{last_day}\" }}");
        Desk::of(&[flat("F", "3"), tally("points", &window)]).found("A", "2025-10-12", "F").as_of(as_of)
    };
    let leaving = |seen: &Seen| {
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
fn an_inspection_over_two_days_counts_both() {
    let found = |id: &str, day: &str| json!({ "id": id, "type": "finding", "subject": "u", "occurred_on": day, "clause": "F", "inspection": "I1" });
    let seen = Desk::of(&[flat("F", "2"), tally("visit", "window = \"inspection\"")])
        .row(found("A", "2026-10-12"))
        .row(found("B", "2026-10-13"))
        .as_of("2026-10-31");
    assert_eq!(seen.tally("u", "visit", "I1"), "4");
}

#[test]
fn a_rating_of_a_part_is_no_rating_of_the_whole() {
    let desk = Desk::of(&[
        flat("F", "2"),
        table("source", "users", "kind = \"user\"\nfull_marks = 100"),
        table("section", "food", ""),
        table(
            "index",
            "mean",
            "subjects = [\"unit\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{ rating = \"users\", rounding = { mode = \"half_up\", to = 0.1 } }]",
        ),
    ]);
    let rated = |id: &str, score: &str| json!({ "id": id, "type": "rating", "subject": "u", "occurred_on": "2026-10-12", "source": "users", "score": score });
    let mut part = rated("B", "40");
    part["section"] = json!("food");
    let seen = desk.row(rated("A", "90")).row(part).as_of("2026-10-31");
    let index = seen.0.indexes.iter().find(|i| i.subject.as_str() == "u").unwrap();
    assert_eq!(index.value.value().unwrap().to_string(), "90");
}

#[test]
fn what_was_not_in_force_was_not_attainable_and_an_overflow_is_not_reweighed() {
    let desk = |second: &str, missing: &str| {
        Desk::of(&[
            clause("F", "worth = 10\nprice = { shape = \"flat\", points = 2 }"),
            clause("G", &format!("worth = 30\nprice = {{ shape = \"flat\", points = 2 }}\n{second}")),
            tally("score", "window = \"month\""),
            table("index", "share", &format!("subjects = [\"unit\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{{ tally = \"score\" }}]\nnormalise = {{ to = 100, rounding = {{ mode = \"half_up\", to = 0.1 }} }}\n{missing}")),
        ])
        .found("A", "2026-10-12", "F")
        .as_of("2026-10-31")
    };
    let value = |seen: &Seen| {
        let index = seen.0.indexes.iter().find(|i| i.subject.as_str() == "u").unwrap();
        index.value.value().unwrap().to_string()
    };
    assert_eq!(value(&desk("", "")), "95");
    assert_eq!(value(&desk("until = 2026-10-01", "")), "80");
    assert_eq!(value(&desk("from = 2026-10-31", "")), "95");
    assert_eq!(value(&desk("from = 2026-11-01", "")), "80");
}

#[test]
fn a_cycle_is_found_however_far_its_anchor_lies() {
    let window_on = |anchor: &str, length: &str, day: &str| {
        let person = json!({ "id": "z", "kind": "person", "name": { "zh": "某", "en": "z" }, "anchor": { "hired": anchor } });
        let mut desk = Desk::of(&[
            flat("F", "2"),
            tally("cycle", &format!("window = {{ cycle = \"{length}\", anchor = \"hired\" }}")),
        ])
        .on("z", "A", day, "F");
        desk.organisation = ducha_core::Organisation::new([serde_json::from_value(person).unwrap()]).unwrap();
        let seen = desk.as_of(day);
        let told = seen.0.tallies.iter().map(|t| t.window.text()).collect::<Vec<_>>().concat();
        told
    };
    // Each cycle is reckoned from the anchor itself: a 31st comes back where the month has one.
    assert_eq!(window_on("2025-01-31", "1 months", "2026-02-27"), "2026-01-31..2026-02-27");
    assert_eq!(window_on("2025-01-31", "1 months", "2026-02-28"), "2026-02-28..2026-03-30");
    assert_eq!(window_on("2024-02-29", "1 years", "2028-02-28"), "2027-02-28..2028-02-28");
    assert_eq!(window_on("2024-02-29", "1 years", "2028-02-29"), "2028-02-29..2029-02-27");
    assert_eq!(window_on("0001-01-01", "1 calendar days", "2026-10-12"), "2026-10-12");
    assert_eq!(window_on("0001-01-01", "2 weeks", "2026-10-12"), "2026-10-12..2026-10-25");
    assert_eq!(window_on("0001-03-05", "3 months", "2026-10-12"), "2026-09-05..2026-12-04");
}
