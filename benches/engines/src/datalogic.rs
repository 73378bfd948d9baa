//! JSON logic: rules of datalogic-rs, compiled once.
//!
//! It has no decimals, only whole numbers and floats, so the rules are written in tenths of a point. Data lies in its own form
//! beforehand, or is laid into the arena where it depends on earlier findings; the arena is reset and used again.

use crate::rival::{Rival, code};
use ahash::AHashMap;
use datalogic_rs::{DataValue, Engine, Logic, ParsedData, bumpalo::Bump};
use ducha_examples::standard::{Clause, Finding};
use serde_json::{Value, json};

/// Compiled rules.
pub struct Datalogic {
    engine: Engine,
    arena: Bump,
    prices: AHashMap<String, Logic>,
    costs: Vec<Logic>,
    parsed: Vec<ParsedData>,
    findings: Vec<Finding>,
}

fn price(clause: &Clause) -> Value {
    match clause.range {
        Some(_) => json!({ "*": [{ "var": "chosen" }, { "var": "quantity" }] }),
        None => json!({ "*": [clause.fixed, { "var": "quantity" }] }),
    }
}

fn cost(clause: &Clause) -> Value {
    let factor = json!({ "if": [{ "var": "again" }, 2, 1] });
    json!({ "min": [{ "*": [price(clause), factor] }, { "-": [clause.cap, { "var": "used" }] }] })
}

fn whole(answer: &DataValue<'_>) -> i64 {
    answer.as_i64().expect("a whole number")
}

impl Rival for Datalogic {
    type Points = i64;
    const NAME: &'static str = "datalogic-rs, compiled";

    fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let engine = Engine::new();
        let compiled = |rule: Value| engine.compile(&rule.to_string()).expect("a sound rule");
        let parsed = |finding: &Finding| {
            let chosen = finding.chosen.unwrap_or_default();
            let text = json!({ "quantity": finding.quantity, "chosen": chosen }).to_string();
            ParsedData::from_json(&text).expect("sound data")
        };
        Self {
            prices: clauses.iter().map(|clause| (code(clause.number), compiled(price(clause)))).collect(),
            costs: clauses.iter().map(|clause| compiled(cost(clause))).collect(),
            parsed: findings.iter().map(parsed).collect(),
            findings: findings.into(),
            arena: Bump::new(),
            engine,
        }
    }

    fn points(tenths: u32) -> i64 {
        tenths.into()
    }

    fn tenths(points: i64) -> i64 {
        points
    }

    fn price(&mut self, code: &str, at: usize) -> i64 {
        self.arena.reset();
        whole(self.engine.evaluate(&self.prices[code], &self.parsed[at], &self.arena).expect("an answer"))
    }

    fn cost(&mut self, at: usize, again: bool, used: i64) -> i64 {
        self.arena.reset();
        let finding = &self.findings[at];
        let fields = [
            ("quantity", DataValue::from_i64(finding.quantity.into())),
            ("again", DataValue::Bool(again)),
            ("used", DataValue::from_i64(used)),
            ("chosen", DataValue::from_i64(finding.chosen.unwrap_or_default().into())),
        ];
        let data = DataValue::Object(self.arena.alloc_slice_copy(&fields));
        let rule = &self.costs[finding.clause as usize];
        whole(self.engine.evaluate(rule, data, &self.arena).expect("an answer"))
    }
}
