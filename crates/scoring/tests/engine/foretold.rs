//! A ledger tells beforehand what a record would do to others than its own subject: each world connects subjects in one way.

use crate::desk::{Desk, flat, ladder, notice, table, tally};
use ducha_core::{Period, Record};
use ducha_scoring::{
    Preview, Request,
    engine::{Ledger, Question, Scorer},
    preview,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Holds what a ledger tells of each record, before it is added, against the reference; and so of a revocation of each.
fn foretold(desk: &Desk) {
    let scorer = Arc::new(Scorer::compile(&desk.books).unwrap());
    let mut ledger = Ledger::new(scorer, Some(desk.organisation.clone()));
    for record in &desk.records {
        all_told(desk, &ledger, record);
        ledger.add(record.clone()).unwrap();
    }
    for record in &desk.records {
        let back = json!({ "id": "BACK", "type": "revocation", "subject": record.subject.as_str(),
            "occurred_on": "2026-12-31", "revokes": record.id.as_str() });
        all_told(desk, &ledger, &serde_json::from_value(back).unwrap());
    }
}

/// What a ledger tells of a record, in several questions, as the reference tells it.
fn all_told(desk: &Desk, ledger: &Ledger, record: &Record) {
    let plain = Request { records: ledger.records(), ..desk.request() };
    let month = Period::parse(&record.occurred_on.format("%Y-%m").to_string()).ok();
    let asked = [
        plain.clone(),
        Request { as_of: Some("2026-12-31".parse().unwrap()), ..plain.clone() },
        Request {
            as_of: Some("2027-12-31".parse().unwrap()),
            period: Period::parse("2026").ok(),
            ..plain.clone()
        },
        Request { period: month, ..plain },
    ];
    for request in asked {
        let said: Preview<()> = preview(&request, record).numbers();
        let told = ledger.preview_in(record, &Question::from(&request)).unwrap();
        let (ours, theirs) = (format!("{told:#?}"), format!("{said:#?}"));
        assert!(told == said, "{}: told {ours}\n\nsaid {theirs}", record.id);
    }
}

fn fact(id: &str, subject: &str, day: &str, kind: &str, about: Option<&str>) -> Value {
    let mut row = json!({ "id": id, "type": "fact", "subject": subject, "occurred_on": day, "fact": kind });
    if let Some(about) = about {
        row["refers_to"] = json!(about);
    }
    row
}

#[test]
fn what_passes_on_is_foretold_of_whom_it_passes_to() {
    let mut to = fact("S", "u", "2026-11-05", "succeeded_by", None);
    to["other"] = json!("v");
    let desk = Desk::of(&[
        flat("F", "2"),
        tally("ever", "window = \"ever\"\ninherit = true"),
        tally("month", "window = \"month\"\ninherit = true"),
    ])
    .found("A", "2026-10-12", "F")
    .on("v", "B", "2026-10-13", "F")
    .row(to)
    .on("v", "C", "2026-11-20", "F")
    .found("D", "2026-10-14", "F")
    .found("E", "2026-11-21", "F");
    foretold(&desk);
}

#[test]
fn what_falls_on_leaders_is_foretold_of_them() {
    let share = table(
        "share",
        "led",
        "scope = { clauses = [\"F\"] }\nto = \"leader\"\npercent = 50\nrounding = { mode = \"half_up\", to = 0.1 }\nsubject_keeps = true\non_double = \"both\"",
    );
    let charge = table("accountability", "late", "fact = \"overdue\"\nclause = \"G\"\nto = \"leader\"");
    let desk =
        Desk::of(&[flat("F", "2"), flat("G", "1"), share, charge, tally("month", "window = \"month\"")])
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-20", "F")
            .row(fact("O", "u", "2026-10-20", "overdue", None))
            .row(fact("P", "u", "2026-10-25", "overdue", Some("A")));
    foretold(&desk);
}

#[test]
fn what_settles_anothers_record_is_foretold_of_him() {
    let balance = table(
        "tally",
        "balance",
        "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"person\"]\nwindow = { cycle = \"12 months\", anchor = \"hired\" }\ncarry = { unless = \"fine_paid\" }",
    );
    let desk = Desk::of(&[flat("F", "3"), balance])
        .on("p", "A", "2026-10-12", "F")
        .on("p", "B", "2026-10-13", "F")
        .row(fact("P", "v", "2026-10-14", "fine_paid", Some("A")))
        .on("p", "C", "2026-11-12", "F");
    foretold(&desk);
}

#[test]
fn what_settles_a_consequence_is_foretold_of_whomever_it_fired_on() {
    let strikes = table(
        "tally",
        "strikes",
        "kind = \"balance\"\nmeasure = \"consequences\"\nsubjects = [\"person\"]\nwindow = { cycle = \"12 months\", anchor = \"hired\" }\ncarry = { unless = \"fine_paid\" }\nconsequences = [\"told\"]",
    );
    let grades = [("good", "less_than = 2"), ("poor", "at_least = 2, consequences = [\"told\"]")];
    let desk = Desk::of(&[
        flat("F", "2"),
        notice("told"),
        tally("month", "window = \"month\""),
        ladder("grade", "grade", "month", "", &grades),
        strikes,
    ])
    .on("p", "A", "2026-08-12", "F")
    .on("v", "B", "2026-09-30", "F")
    .row(fact("P", "v", "2026-10-01", "fine_paid", Some("told")))
    .on("p", "C", "2026-10-25", "F")
    .on("v", "D", "2026-11-25", "F");
    foretold(&desk);
}

#[test]
fn a_minimum_wage_is_foretold_of_everybody() {
    let cut = table(
        "consequence",
        "cut",
        "kind = \"money\"\ndecided_by = \"office\"\n[consequence.money]\nnature = \"performance_pay\"\ndirection = \"withheld\"\nformula = { formula = \"percent\", percent = 30, of = \"wage\", rounding = { mode = \"down\", to = 0.01 } }\nguards = [{ law = { zh = \"法\", en = \"law\" }, section = \"16\", max_percent = 20, of = \"wage\", keep_at_least = \"minimum_wage\", rounding = { mode = \"down\", to = 0.01 } }]",
    );
    let tiers = [("none", "less_than = 2"), ("some", "at_least = 2, consequences = [\"cut\"]")];
    let desk = Desk::of(&[
        flat("F", "2"),
        cut,
        tally("month", "window = \"month\""),
        ladder("month", "penalty", "month", "judged = \"each_record\"", &tiers),
    ])
    .row(json!({ "id": "W", "type": "fact", "subject": "p", "occurred_on": "2026-10-01", "fact": "wage", "value": "5000" }))
    .on("p", "A", "2026-10-12", "F")
    .row(json!({ "id": "M", "type": "fact", "subject": "v", "occurred_on": "2026-10-02", "fact": "minimum_wage", "value": "4500" }))
    .on("p", "B", "2026-10-13", "F");
    foretold(&desk);
}
