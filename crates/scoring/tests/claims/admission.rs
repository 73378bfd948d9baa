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
