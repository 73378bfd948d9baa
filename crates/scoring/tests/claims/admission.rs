//! What takes effect (§3, §4.3).

use crate::{
    desk::{Desk, clause, flat},
    month,
};
use serde_json::json;

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
fn a_fact_holds_though_it_is_older_than_the_rules() {
    let seen = Desk::of(&[flat("F", "2"), month()])
        .fact("W", "2023-12-01", "wage", "nothing")
        .found("A", "2023-12-01", "F")
        .as_of("2026-10-31");
    assert_eq!((seen.reason("W"), seen.reason("A")), (String::new(), "row.outside_versions".into()));
}

#[test]
fn a_finding_that_revokes_another_counts_besides() {
    let seen = Desk::of(&[flat("F", "2"), flat("G", "3"), month()])
        .found("A", "2026-10-10", "F")
        .row(json!({ "id": "B", "type": "finding", "subject": "u", "occurred_on": "2026-10-11", "clause": "G", "revokes": "A" }))
        .as_of("2026-10-31");
    assert_eq!(seen.reason("A"), "row.revoked");
    assert_eq!(
        (seen.points("u", "B").concat(), seen.tally("u", "score", "2026-10")),
        ("3".into(), "97".into())
    );
}

#[test]
fn a_fact_about_what_is_not_there_is_told_of_its_subject_alone() {
    let seen = Desk::of(&[flat("F", "2"), month()])
        .fact("N", "2026-10-12", "not_rectified", "elsewhere")
        .as_of("2026-10-31");
    assert_eq!((seen.reason("N"), seen.tally("u", "score", "2026-10")), (String::new(), "100".into()));
}

#[test]
fn an_inspection_and_a_finding_of_one_name_are_two() {
    let seen = Desk::of(&[
        flat("F", "2"),
        crate::desk::tally("visit", "window = \"inspection\"\nfull_marks = 100"),
    ])
    .found("X", "2026-10-12", "F")
    .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "F", "inspection": "X" }))
    .as_of("2026-10-31");
    assert_eq!((seen.tally("u", "visit", "X"), seen.tally("u", "visit", "# X")), ("98".into(), "98".into()));
}
