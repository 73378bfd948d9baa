//! Recurrence (§5).

use crate::{
    AGAIN, YEAR, again,
    desk::{Desk, clause, ladder, table, tally},
    month,
};
use serde_json::json;

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
fn who_jumps_over_a_tier_has_reached_it_and_who_rises_further_within_has_not_again() {
    let rules = [
        again("\"ever\"", "reset = [{ ladder = \"line\", tier = \"six\" }]"),
        clause("F", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        clause("BIG", "price = { shape = \"flat\", points = 20 }"),
        clause("SMALL", "price = { shape = \"flat\", points = 6 }"),
        tally("points", "window = \"ever\""),
        ladder(
            "line",
            "penalty",
            "points",
            "",
            &[
                ("none", "less_than = 6"),
                ("six", "at_least = 6, less_than = 20"),
                ("twenty", "at_least = 20"),
            ],
        ),
    ];
    let last = |between: &[(&str, &str, &str)]| {
        let desk = Desk::of(&rules).found("A", "2026-10-01", "F");
        let desk = between.iter().fold(desk, |desk, (id, day, clause)| desk.found(id, day, clause));
        desk.found("Z", "2026-10-20", "F").as_of("2026-10-31").points("u", "Z")
    };
    assert_eq!(last(&[]), ["4"]);
    assert_eq!(last(&[("B", "2026-10-02", "SMALL")]), ["2"]);
    // Past `six` into `twenty` at once: the count begins anew all the same.
    assert_eq!(last(&[("B", "2026-10-02", "BIG")]), ["2"]);
    // From `six` on into `twenty`: the count began anew on the 2nd, and what came since counts.
    let between = [("B", "2026-10-02", "SMALL"), ("C", "2026-10-03", "F"), ("D", "2026-10-04", "BIG")];
    assert_eq!(last(&between), ["4"]);
}
