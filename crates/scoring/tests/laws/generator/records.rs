//! Random records on few days and few subjects, so that they collide; about one in ten is wrong in some way.

use super::{Tape, organisation::SUBJECTS};
use ducha_core::Record;
use serde_json::{Value, json};

const DAYS: [&str; 20] = [
    "2026-10-12",
    "2026-10-12",
    "2026-10-12",
    "2026-10-13",
    "2026-10-01",
    "2026-10-31",
    "2026-11-01",
    "2026-09-30",
    "2026-12-31",
    "2026-07-01",
    "2026-06-30",
    "2026-03-31",
    "2026-02-28",
    "2026-01-01",
    "2025-12-31",
    "2025-10-12",
    "2025-10-13",
    "2025-06-30",
    "2025-02-28",
    "2025-01-02",
];

pub(crate) fn records(tapes: &[[u8; 16]]) -> Vec<Record> {
    let mut values: Vec<Value> = Vec::new();
    for (at, tape) in tapes.iter().enumerate() {
        let value = one(&mut Tape::new(tape), at, tapes.len(), &values);
        values.push(value);
    }
    values.into_iter().map(|value| serde_json::from_value(value).unwrap()).collect()
}

fn id(at: usize) -> String {
    format!("R{at:02}")
}

fn one(tape: &mut Tape<'_>, at: usize, count: usize, before: &[Value]) -> Value {
    let kind = tape.below(20);
    if kind == 19 && !before.is_empty() {
        // A row given twice, or with its content changed.
        let mut again = before[tape.below(before.len())].clone();
        if tape.one_in(3) {
            again["note"] = json!("another");
        }
        return again;
    }
    let day = tape.pick(&DAYS);
    let mut value =
        json!({ "id": id(at), "subject": SUBJECTS[tape.below(SUBJECTS.len())], "occurred_on": day });
    match tape.below(5) {
        1 => value["occurred_at"] = json!("08:30:00"),
        2 => value["recorded_on"] = json!(later(day, 3)),
        3 => value["recorded_on"] = json!(later(day, 40)),
        _ => {}
    }
    let other = id(tape.below(count));
    let clause = format!("C{}", tape.below(8));
    match kind {
        0..=9 => finding(tape, &mut value, &clause),
        10 | 11 => measurement(tape, &mut value),
        12 => {
            value["type"] = json!("rating");
            value["source"] = json!("users");
            value["score"] = json!(tape.pick(&["90", "80.5", "100", "0", "101", "33"]));
            match tape.below(6) {
                4 => value["section"] = json!("S1"),
                5 => value["line"] = json!("L1"),
                _ => {}
            }
        }
        13 => {
            value["type"] = json!("inspection");
            value["inspection"] = json!(tape.pick(&["I1", "I2", "I3"]));
            if tape.one_in(2) {
                value["not_applicable"] = json!([clause]);
            }
        }
        14 => commendation(tape, &mut value),
        15..=17 => fact(tape, &mut value, &other),
        _ => {
            value["type"] = json!("revocation");
            value["revokes"] = json!(other);
        }
    }
    if tape.one_in(16) {
        value["supersedes"] = json!(other);
    }
    value
}

fn later(day: &str, days: u64) -> chrono::NaiveDate {
    super::day(day) + chrono::Days::new(days)
}

fn finding(tape: &mut Tape<'_>, value: &mut Value, clause: &str) {
    value["type"] = json!("finding");
    value["clause"] = json!(if tape.one_in(24) { "C-unknown" } else { clause });
    let (quantity, points) = (tape.below(8), tape.below(8));
    if quantity > 1 {
        value["quantity"] = json!(["2", "3", "2.5", "0", "-1", "7"][quantity - 2]);
    }
    // Clauses with ranges and severities are C4 and C5; what they ask for is mostly given.
    if clause == "C4" {
        value["points"] = json!(["1", "2", "2.5", "5", "0.5", "6", "1.3", "3"][points]);
        value["reason"] = json!("seen");
    }
    if clause == "C5" {
        value["severity"] =
            json!(["slight", "grave", "slight", "grave", "grave", "grave", "slight", "none"][points]);
    }
    let source = tape.below(6);
    if source > 0 {
        value["source"] = json!(["office", "own", "office", "users", "office"][source - 1]);
    }
    if source == 2 {
        value["corrected_on"] = json!("2026-10-14");
    }
    let inspection = tape.below(4);
    if inspection > 0 {
        value["inspection"] = json!(["I1", "I2", "I3"][inspection - 1]);
    }
    if tape.one_in(3) {
        value["place"] = json!("gate");
    }
    if tape.one_in(4) {
        value["decided_on"] = json!("2026-10-20");
    }
}

fn measurement(tape: &mut Tape<'_>, value: &mut Value) {
    value["type"] = json!("measurement");
    value["clause"] = json!("C7");
    if tape.one_in(2) {
        value["numerator"] = json!(tape.pick(&["188", "200", "190"]));
        value["denominator"] = json!(tape.pick(&["200", "190", "0"]));
    } else {
        value["value"] = json!(tape.pick(&["95", "94.5", "99", "80", "100"]));
    }
}

fn commendation(tape: &mut Tape<'_>, value: &mut Value) {
    value["type"] = json!("commendation");
    let award = tape.pick(&["A1", "A2", "A3"]);
    value["award"] = json!(award);
    match award {
        "A2" => value["level"] = json!(tape.pick(&["city", "province"])),
        "A3" => value["points"] = json!(tape.pick(&["1", "3", "9"])),
        _ => {}
    }
    if tape.one_in(4) {
        value["quantity"] = json!("2");
    }
}

fn fact(tape: &mut Tape<'_>, value: &mut Value, other: &str) {
    value["type"] = json!("fact");
    let kinds = [
        "not_rectified",
        "overdue",
        "training_passed",
        "wage",
        "sanction_executed",
        "decided",
        "fine_paid",
        "succeeded_by",
        "minimum_wage",
        "not_rectified",
        "overdue",
        "warning_served",
    ];
    let kind = tape.pick(&kinds);
    value["fact"] = json!(kind);
    match kind {
        "wage" => value["value"] = json!("5000"),
        "minimum_wage" => value["value"] = json!("2000"),
        "succeeded_by" => value["other"] = json!(SUBJECTS[tape.below(SUBJECTS.len())]),
        "training_passed" | "sanction_executed" => {}
        _ => {
            value["refers_to"] = json!(other);
            if tape.one_in(2) {
                value["due_on"] = json!(tape.pick(&["2026-10-11", "2026-10-14", "2026-10-31", "2025-12-31"]));
            }
        }
    }
}
