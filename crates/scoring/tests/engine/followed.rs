//! A ledger follows a change through what can see it: over dense findings under plain rules, with some taken back.

use crate::{
    findings::{Row, rows},
    rules::rules,
};
use ducha_core::Record;
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{
    Restatement, WindowOf,
    engine::{Ledger, Question, Scorer},
};
use proptest::prelude::*;
use serde_json::json;
use std::{fmt::Write, sync::Arc};

/// What is laid upon the rules: what looks back before the factors, and a cap that joins two clauses.
#[derive(Debug, Clone)]
struct Upon {
    once: Option<&'static str>,
    warned: bool,
    joint: Option<(u32, &'static str, bool)>,
}

fn upon() -> impl Strategy<Value = Upon> {
    let once = prop::option::weighted(0.3, prop::sample::select(vec!["day", "inspection"]));
    let window = prop::sample::select(vec!["\"week\"", "\"month\"", "\"ever\"", "\"inspection\""]);
    let joint = prop::option::weighted(0.4, (10..200_u32, window, any::<bool>()));
    (once, prop::bool::weighted(0.2), joint).prop_map(|(once, warned, joint)| Upon { once, warned, joint })
}

/// The rules with what is laid upon them; the last clause looks back.
fn with(text: &str, upon: &Upon) -> String {
    let mut last = String::new();
    if let Some(once) = upon.once {
        let _ = writeln!(last, "once_per = \"{once}\"");
    }
    if upon.warned {
        last.push_str("warning = { validity = \"20 calendar days\", last_day = \"included\" }\n");
    }
    let at = text.rfind("aspect = \"conduct\"\n").unwrap();
    let mut text = format!("{}{last}{}", &text[..at], &text[at..]);
    if let Some((max, window, before)) = upon.joint {
        let order = if before { "before_factors" } else { "after_factors" };
        let _ = write!(
            text,
            "\n[[cap]]\nid = \"joint\"\nscope = {{ clauses = [\"C1\", \"C2\"] }}\nmax = {}.{}\nwindow = {window}\norder = \"{order}\"\n",
            max / 10,
            max % 10
        );
    }
    text
}

/// A record of a row; every third is of an inspection, every second tells the time.
fn record(row: &Row, turn: u16) -> Record {
    let mut value = serde_json::to_value(row.record()).unwrap();
    if turn.is_multiple_of(3) {
        value["inspection"] = json!(format!("I{}", turn % 5));
    }
    if turn.is_multiple_of(2) {
        value["occurred_at"] = json!(format!("{:02}:00:00", turn % 24));
    }
    // Few clauses, so that most findings see others.
    if !turn.is_multiple_of(4) {
        value["clause"] = json!(format!("C{}", row.clause % 2));
    }
    // Most of what the rows have wrong would make units that are reckoned whole.
    if !turn.is_multiple_of(8) {
        value["quantity"] = json!(format!("{}", turn % 4 + 1));
    }
    serde_json::from_value(value).unwrap()
}

fn taking(what: &str, which: &Record, turn: u16, number: usize) -> Record {
    let mut value = serde_json::to_value(which).unwrap();
    value["id"] = json!(format!("T{number:03}"));
    if what == "supersedes" {
        value["supersedes"] = json!(which.id.as_str());
        value["quantity"] = json!(format!("{}", turn % 3 + 1));
        return serde_json::from_value(value).unwrap();
    }
    serde_json::from_value(json!({
        "type": "revocation", "id": value["id"], "subject": value["subject"],
        "occurred_on": value["occurred_on"], "revokes": which.id.as_str(),
    }))
    .unwrap()
}

/// Whether the ledger says what a batch says, and what a preview said would be.
fn holds(ledger: &Ledger, scorer: &Scorer) -> Result<(), TestCaseError> {
    let said = scorer.assess(&Question::new(ledger.records())).unwrap();
    let scored = ledger.scored();
    prop_assert_eq!(scored.account(), said.account());
    for (ours, theirs) in scored.entries().iter().zip(said.entries()) {
        prop_assert_eq!(ours, &theirs, "after {} records", ledger.records().len());
    }
    prop_assert!(scored.numbers() == said.numbers(), "the numbers differ");
    for standing in said.tallies() {
        let WindowOf::Days { period } = &standing.window else { continue };
        let total = ledger.total(&standing.subject, &standing.tally, period.from);
        prop_assert_eq!(total.as_ref(), standing.value.value(), "{:?}", standing);
    }
    Ok(())
}

/// Whether the ledger tells beforehand how the batch with the record differs from that without it.
fn foretold(ledger: &Ledger, scorer: &Scorer, next: &Record) -> Result<(), TestCaseError> {
    let mut records = ledger.records().to_vec();
    let before = Question::new(ledger.records());
    let as_of = Some(scorer.assess(&before).unwrap().as_of().max(next.occurred_on));
    let told = ledger.preview_in(next, &before).unwrap();
    records.push(next.clone());
    let said = |records| scorer.assess(&Question { as_of, ..Question::new(records) }).unwrap().numbers();
    let (before, after) = (said(ledger.records()), said(&records));
    let own: Vec<_> = after.entries.iter().filter(|entry| entry.record == next.id).cloned().collect();
    prop_assert_eq!(&told.entries, &own);
    prop_assert_eq!(told.changes, Restatement::between(&before, &after));
    Ok(())
}

fn followed(text: &str, rows: &[Row], turns: &[u16]) -> Result<(), TestCaseError> {
    let book = Rulebook::read(&Source::new("rules.toml", text.to_owned()));
    let book = book.map_err(|report| TestCaseError::reject(format!("{:?}", report.diagnostics)))?;
    let scorer = Arc::new(Scorer::compile(&[book]).unwrap());
    let mut ledger = Ledger::new(Arc::clone(&scorer), None);
    let mut order: Vec<(u16, &Row)> = turns.iter().copied().cycle().zip(rows).collect();
    order.sort_by_key(|(turn, row)| (*turn, row.number));
    for (number, (turn, row)) in order.iter().enumerate() {
        let next = match turn % 16 {
            7 if number > 0 => {
                let which = ledger.records()[usize::from(*turn) % ledger.records().len()].clone();
                taking("revokes", &which, *turn, number)
            }
            9 if number > 0 => {
                let finding = |one: &&Record| matches!(one.matter, ducha_core::Matter::Finding(_));
                let findings: Vec<&Record> = ledger.records().iter().filter(finding).collect();
                let Some(which) = findings.get(usize::from(*turn) % findings.len().max(1)) else { continue };
                taking("supersedes", which, *turn, number)
            }
            _ => record(row, *turn),
        };
        if turn % 4 == 1 {
            foretold(&ledger, &scorer, &next)?;
        }
        let mut after = ledger.clone();
        let prospect = ledger.preview(&next).unwrap();
        let added = after.add(next).unwrap();
        prop_assert_eq!(prospect.not_scored.is_some(), added.fate.is_some());
        holds(&after, &scorer)?;
        ledger = after;
    }
    // Everything together is what came one by one.
    let together = Ledger::with_records(scorer, None, ledger.records().to_vec()).unwrap();
    prop_assert!(together.scored().numbers() == ledger.scored().numbers());
    Ok(())
}

const CHAIN: &str = r#"format = 1
[rulebook]
id = "chain"
version = "1"
title = { zh = "连锁", en = "Chain" }
status = "draft"
from = 2024-01-01
point_step = 1
calendar = "every_day"
[[recurrence]]
id = "again"
counts = "findings"
key = ["subject", "clause"]
window = { rolling = "30 calendar days", last_day = "included" }
factors = [1, 2]
[[clause]]
id = "C1"
name = { zh = "条款", en = "Clause" }
aspect = "conduct"
price = { shape = "flat", points = 4 }
recurrence = "again"
cap = { max = 10, window = "month", order = "after_factors" }
[[tally]]
id = "month"
name = { zh = "当月", en = "Month" }
kind = "sum"
measure = "points"
subjects = ["any"]
window = "month"
"#;

/// The late finding of January doubles that of the 10th of February, which takes from the cap that of the 25th, which the
/// late one itself does not reach.
#[test]
fn a_change_is_followed_through_what_it_changes() {
    let book = Rulebook::read(&Source::new("chain.toml", CHAIN)).unwrap();
    let scorer = Arc::new(Scorer::compile(&[book]).unwrap());
    let mut ledger = Ledger::new(Arc::clone(&scorer), None);
    let costs = |ledger: &Ledger| {
        let entries = ledger.scored().entries();
        entries.iter().map(|entry| entry.points.to_string()).collect::<Vec<_>>()
    };
    for (id, day) in [("F2", "2024-02-10"), ("F3", "2024-02-25"), ("F1", "2024-01-20")] {
        let finding =
            json!({ "type": "finding", "id": id, "subject": "S", "occurred_on": day, "clause": "C1" });
        ledger.add(serde_json::from_value(finding).unwrap()).unwrap();
        holds(&ledger, &scorer).unwrap();
    }
    assert_eq!(costs(&ledger), ["4", "8", "2"]);
    ledger.revoke(&"F1".parse().unwrap(), "V1".parse().unwrap(), "2024-03-01".parse().unwrap()).unwrap();
    assert_eq!(costs(&ledger), ["4", "6"]);
    holds(&ledger, &scorer).unwrap();
}

/// What 64 bits don't hold is refused, and nothing is changed by it.
#[test]
fn an_addition_that_64_bits_do_not_hold_changes_nothing() {
    let text = CHAIN.replace("shape = \"flat\", points = 4", "shape = \"per_unit\", points = 4");
    let book = Rulebook::read(&Source::new("chain.toml", text)).unwrap();
    let scorer = Arc::new(Scorer::compile(&[book]).unwrap());
    let mut ledger = Ledger::new(Arc::clone(&scorer), None);
    let finding = |id: &str, quantity: &str| {
        let finding = json!({ "type": "finding", "id": id, "subject": id, "occurred_on": "2024-02-10",
            "clause": "C1", "quantity": quantity });
        serde_json::from_value::<Record>(finding).unwrap()
    };
    ledger.add(finding("F1", "2")).unwrap();
    let before = format!("{ledger:?}");
    let beyond = finding("F2", "9999999999999999999");
    assert_eq!(ledger.preview(&beyond).unwrap_err(), ledger.add(beyond).unwrap_err());
    assert_eq!(before, format!("{ledger:?}"));
    holds(&ledger, &scorer).unwrap();
}

/// Rows of one id that tell different things stand for nothing, whenever they come.
#[test]
fn rows_of_one_id_are_met_again_after_they_told_different_things() {
    let book = Rulebook::read(&Source::new("chain.toml", CHAIN)).unwrap();
    let scorer = Arc::new(Scorer::compile(&[book]).unwrap());
    let mut ledger = Ledger::new(Arc::clone(&scorer), None);
    let finding = |id: &str, day: &str| {
        let finding =
            json!({ "type": "finding", "id": id, "subject": "S", "occurred_on": day, "clause": "C1" });
        serde_json::from_value::<Record>(finding).unwrap()
    };
    ledger.add(finding("G", "2024-02-01")).unwrap();
    for day in ["2024-02-10", "2024-02-10", "2024-02-11", "2024-02-10", "2024-03-12"] {
        foretold(&ledger, &scorer, &finding("F", day)).unwrap();
        ledger.add(finding("F", day)).unwrap();
        holds(&ledger, &scorer).unwrap();
        // Its day is a report day all the same, for whoever is asked about alone, too.
        let own = ledger.subject(&"S".parse().unwrap()).unwrap();
        assert_eq!(own.tallies, ledger.scored().tallies());
    }
    assert_eq!(ledger.account().refused, 5);
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn a_ledger_follows_a_change_through_what_can_see_it(
        text in rules(),
        upon in upon(),
        rows in rows(),
        turns in prop::collection::vec(any::<u16>(), 63),
    ) {
        followed(&with(&text, &upon), &rows, &turns)?;
    }
}
