//! Two lines of liability (§16).

use crate::{
    desk::{Desk, clause, flat, table},
    month,
};
use serde_json::json;

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
fn the_higher_alone_holds_for_a_share_that_was_rounded_too() {
    let seen = Desk::of(&[
        flat("F", "5"),
        clause("OVERDUE", "price = { shape = \"flat\", points = 1 }"),
        table("accountability", "head", "fact = \"overdue\"\nclause = \"OVERDUE\"\nto = \"leader\""),
        table(
            "share",
            "part",
            "scope = { clauses = [\"F\"] }\nto = \"leader\"\npercent = 33\nrounding = { mode = \"half_up\", to = 0.5 }\nsubject_keeps = true\non_double = \"higher\"",
        ),
        month(),
    ])
    .found("A", "2026-10-10", "F")
    .fact("O", "2026-10-14", "overdue", "A")
    .as_of("2026-10-31");
    // 33 % of 5 is 1.65, rounded to 1.5; the own liability of 1 is the lower.
    assert_eq!(seen.points("boss", "A"), ["1.5"]);
    assert_eq!(seen.points("boss", "O"), ["0"]);
}
