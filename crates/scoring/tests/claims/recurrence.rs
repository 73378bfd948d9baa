//! Recurrence (§5).

use crate::{
    AGAIN, YEAR, again,
    desk::{Desk, clause, head, ladder, table, tally},
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

/// A finding of the unit's own, mended on a day, under a clause that halves what was mended within three working days.
fn self_found(act: &str, mended: &str, known: Option<&str>) -> Vec<String> {
    let rules = [
        head("1", "2019-01-01", None),
        table("source", "own", "kind = \"self\""),
        clause(
            "F",
            "price = { shape = \"flat\", points = 2 }\nself_found = { factor = 0.5, within = \"3 working days\" }",
        ),
        month(),
    ];
    let desk = Desk::new(&[rules.concat()]).row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": act, "clause": "F", "source": "own", "corrected_on": mended }));
    let mut request = desk.request();
    request.known_on = known.map(|day| day.parse().unwrap());
    let seen = ducha_scoring::assess(&request);
    let entry = &seen.entries[0];
    let keys =
        entry.derivation.walk().map(|step| step.step.template().key).filter(|key| key.starts_with("adjust."));
    keys.map(ToString::to_string).chain([entry.points.to_string()]).collect()
}

#[test]
fn a_limit_that_no_calendar_tells_gives_nothing_away_and_says_so() {
    assert_eq!(self_found("2026-10-12", "2026-10-15", None), ["adjust.self_found", "1"]);
    assert_eq!(self_found("2026-10-12", "2026-10-16", None), ["2"]);
    // The days after 2026 are in no notice yet; what was mended at once was mended in time all the same.
    assert_eq!(self_found("2026-12-30", "2026-12-31", None), ["adjust.self_found_unknown", "2"]);
    assert_eq!(self_found("2026-12-30", "2026-12-30", None), ["adjust.self_found", "1"]);
}

#[test]
fn what_was_known_on_a_day_was_known_by_the_notices_of_that_day() {
    // Three working days from Wednesday 22 January 2020: 23 and 31 January, and the made-up Saturday 1 February, until on
    // 27 January the holiday was prolonged to 2 February: from then on 23 January, 3 and 4 February.
    assert_eq!(self_found("2020-01-22", "2020-02-03", Some("2020-01-26")), ["2"]);
    assert_eq!(self_found("2020-01-22", "2020-02-03", Some("2020-01-27")), ["adjust.self_found", "1"]);
    assert_eq!(self_found("2020-01-22", "2020-02-03", None), ["adjust.self_found", "1"]);
}
