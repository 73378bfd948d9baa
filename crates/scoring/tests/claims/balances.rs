//! Balances (§7.4).

use crate::desk::{Desk, flat, table};
use serde_json::json;

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
fn a_balance_that_remembers_needs_all_history_and_says_so() {
    let cycle = "{ cycle = \"12 months\", anchor = \"hired\" }";
    let year = "{ rolling = \"12 months\", last_day = \"excluded\" }";
    let told = |window: &str, keys: &str, complete: &str| {
        let tally = table(
            "tally",
            "b",
            &format!(
                "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"unit\", \"person\"]\nwindow = {window}\n{keys}"
            ),
        );
        let desk = Desk::of(&[flat("F", "3"), tally]).on("p", "A", "2026-10-25", "F");
        let mut request = desk.request();
        request.period = Some(ducha_core::Period::parse("2026-10-25").unwrap());
        request.complete_from = Some(complete.parse().unwrap());
        let assessment = ducha_scoring::assess(&request);
        let one = assessment.tallies.iter().find(|t| t.subject.as_str() == "p").unwrap();
        match &one.value {
            ducha_scoring::Outcome::Determined(value) => value.to_string(),
            ducha_scoring::Outcome::Undetermined(need) => need.text(ducha_core::Lang::En),
        }
    };
    let all = |day: &str| format!("needs all records there ever were, but they are complete only from {day}");
    // A cycle that nothing is carried into begins anew: p was hired on 20 October 2025.
    assert_eq!(told(cycle, "", "2026-10-20"), "3");
    assert_eq!(
        told(cycle, "", "2026-10-21"),
        "needs the records from 2026-10-20, but they are complete only from 2026-10-21"
    );
    let carry = "carry = { unless = \"fine_paid\" }";
    let from_the_first_cycle =
        |day: &str| format!("needs the records from 2025-10-20, but they are complete only from {day}");
    assert_eq!(told(cycle, carry, "2025-10-20"), "3");
    assert_eq!(told(cycle, carry, "2026-10-20"), from_the_first_cycle("2026-10-20"));
    let clear = "clear = [{ facts = [\"training_passed\"] }]";
    assert_eq!(told(cycle, clear, "2026-10-20"), from_the_first_cycle("2026-10-20"));
    let month = "\"month\"";
    assert_eq!(told(month, "", "2026-10-01"), "3");
    assert_eq!(told(month, clear, "2026-10-01"), all("2026-10-01"));
    // Within a rolling window alone what takes points off the oldest asks what the oldest are.
    assert_eq!(told(year, "", "2025-10-26"), "3");
    assert_eq!(
        told(year, "", "2025-10-27"),
        "needs the records from 2025-10-26, but they are complete only from 2025-10-27"
    );
    assert_eq!(
        told(year, "redeem = [{ fact = \"training_passed\", points = 1 }]", "2025-10-26"),
        all("2025-10-26")
    );
    assert_eq!(told(year, "ceiling = 12", "2025-10-26"), all("2025-10-26"));
    assert_eq!(told("\"ever\"", "", "2000-01-01"), all("2000-01-01"));
}

#[test]
fn what_a_predecessor_had_before_the_records_begin_is_missing_though_the_successor_is_new() {
    let desk = Desk::of(&[
        flat("F", "3"),
        table(
            "tally",
            "t",
            "kind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"unit\"]\nwindow = \"year\"\ninherit = true",
        ),
    ])
    .on("late", "A", "2026-10-25", "F");
    let value = |desk: &Desk| {
        let mut request = desk.request();
        request.complete_from = Some("2026-10-10".parse().unwrap());
        crate::desk::Seen(ducha_scoring::assess(&request)).tally("late", "t", "2026")
    };
    // `late` is there from 10 October on: before that day it had nothing of its own.
    assert_eq!(value(&desk), "3");
    let desk = desk.row(json!({ "id": "S", "type": "fact", "subject": "u", "occurred_on": "2026-10-20", "fact": "succeeded_by", "other": "late" }));
    assert_eq!(value(&desk), "need.records_incomplete");
}

#[test]
fn nothing_fires_on_a_balance_that_the_records_do_not_tell() {
    let desk = Desk::of(&[
        flat("F", "6"),
        table("tally", "b", "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"unit\", \"person\"]\nwindow = \"ever\""),
        crate::desk::notice("told"),
        crate::desk::ladder(
            "line",
            "penalty",
            "b",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"told\"]")],
        ),
        table("tally", "times", "kind = \"sum\"\nmeasure = \"consequences\"\nsubjects = [\"unit\", \"person\"]\nwindow = \"month\"\nconsequences = [\"told\"]"),
    ])
    .found("A", "2026-10-05", "F");
    let told = |complete: Option<&str>| {
        let mut request = desk.request();
        request.complete_from = complete.map(|day| day.parse().unwrap());
        let seen = crate::desk::Seen(ducha_scoring::assess(&request));
        (seen.fired("u", "told"), seen.tally("u", "times", "2026-10"))
    };
    assert_eq!(told(None), (vec!["2026-10-05".into()], "1".into()));
    // Nor can it be said how often it fired, though the month itself is complete.
    assert_eq!(told(Some("2026-10-01")), (vec![], "need.history_incomplete".into()));
}

#[test]
fn what_came_before_the_first_cycle_is_no_part_of_the_balance() {
    let tally = table(
        "tally",
        "b",
        "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"person\"]\nwindow = { cycle = \"12 months\", anchor = \"hired\" }\ncarry = { unless = \"fine_paid\" }",
    );
    let seen = Desk::of(&[flat("F", "3"), tally])
        .on("p", "A", "2025-10-19", "F")
        .on("p", "B", "2025-10-20", "F")
        .as_of("2026-10-31");
    assert_eq!(seen.tally("p", "b", "2026-10-20..2027-10-19"), "3");
}
