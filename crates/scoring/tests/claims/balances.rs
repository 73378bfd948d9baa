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
