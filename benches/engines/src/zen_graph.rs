//! The decisions of zen-engine: graphs of nodes, compiled once.
//!
//! In three shapes, for it isn't plain which is the quickest: one decision table with a row for each clause, which it finds by
//! an index; a decision with one expression for each clause, which the host finds; and the table over an array of
//! findings, which pays once for what a call costs. The last can tell prices only: what a finding costs depends on what
//! the ones before it cost.
//!
//! Evaluation is a future that is ready when it is first asked, since nothing here waits; no runtime is needed.

use crate::{
    rival::{Rival, code},
    zen_expression::{ZenExpression, cost, decimal, fields, price},
};
use ahash::AHashMap;
use ducha_examples::standard::{Clause, Finding};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};
use zen_engine::{Decision, model::GraphContent};
use zen_expression::{Variable, variable::VariableMap};

fn now(decision: &Decision, input: Variable) -> Variable {
    let future = pin!(decision.evaluate(input));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.expect("an answer").result,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn compiled(kind: &str, content: Value) -> Decision {
    let graph: GraphContent = serde_json::from_value(json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "content": {} },
            { "id": "rule", "name": "rule", "type": kind, "content": content },
            { "id": "out", "name": "out", "type": "outputNode", "content": {} }
        ],
        "edges": [
            { "id": "to", "sourceId": "in", "targetId": "rule" },
            { "id": "from", "sourceId": "rule", "targetId": "out" }
        ]
    }))
    .expect("a sound graph");
    let mut decision = Decision::from(graph);
    decision.compile();
    decision
}

fn table(clauses: &[Clause], rule: fn(&Clause) -> String, mode: &str) -> Decision {
    let rules: Vec<Value> = clauses
        .iter()
        .map(|clause| {
            json!({ "_id": code(clause.number), "i": format!("\"{}\"", code(clause.number)), "o": rule(clause) })
        })
        .collect();
    compiled(
        "decisionTableNode",
        json!({
            "hitPolicy": "first",
            "inputs": [{ "id": "i", "name": "clause", "field": "code" }],
            "outputs": [{ "id": "o", "name": "points", "field": "points" }],
            "rules": rules,
            "executionMode": mode
        }),
    )
}

fn expression(rule: String) -> Decision {
    compiled("expressionNode", json!({ "expressions": [{ "id": "e", "key": "points", "value": rule }] }))
}

fn points(answer: &Variable) -> Decimal {
    let object = answer.as_object().expect("an object");
    let object = object.borrow();
    decimal(object.get_str("points").expect("points"))
}

fn given(finding: &Finding) -> VariableMap {
    let mut fields = fields(finding);
    fields.insert(Variable::key("code"), Variable::String(code(finding.clause).as_str().into()));
    fields
}

/// The fields of a finding and what depends on earlier ones.
fn with_state(given: &VariableMap, again: bool, used: Decimal) -> Variable {
    let mut fields = given.clone();
    fields.insert(Variable::key("again"), Variable::Bool(again));
    fields.insert(Variable::key("used"), Variable::Number(used));
    Variable::from_object(fields)
}

/// One decision table with a row for each clause.
pub struct ZenTable {
    prices: Decision,
    costs: Decision,
    inputs: Vec<Variable>,
    given: Vec<VariableMap>,
}

impl Rival for ZenTable {
    type Points = Decimal;
    const NAME: &'static str = "zen-engine, a decision table, compiled";

    fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let given: Vec<_> = findings.iter().map(given).collect();
        Self {
            prices: table(clauses, price, "single"),
            costs: table(clauses, cost, "single"),
            inputs: given.iter().cloned().map(Variable::from_object).collect(),
            given,
        }
    }

    fn points(tenths: u32) -> Decimal {
        ZenExpression::points(tenths)
    }

    fn tenths(points: Decimal) -> i64 {
        ZenExpression::tenths(points)
    }

    // The code is a field of the input.
    fn price(&mut self, _: &str, at: usize) -> Decimal {
        points(&now(&self.prices, self.inputs[at].shallow_clone()))
    }

    fn cost(&mut self, at: usize, again: bool, used: Decimal) -> Decimal {
        points(&now(&self.costs, with_state(&self.given[at], again, used)))
    }
}

/// A decision for each clause.
pub struct ZenDecisions {
    prices: AHashMap<String, Decision>,
    costs: Vec<Decision>,
    inputs: Vec<Variable>,
    given: Vec<(u32, VariableMap)>,
}

impl Rival for ZenDecisions {
    type Points = Decimal;
    const NAME: &'static str = "zen-engine, a decision a clause, compiled";

    fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let given: Vec<_> = findings.iter().map(|finding| (finding.clause, fields(finding))).collect();
        Self {
            prices: clauses.iter().map(|clause| (code(clause.number), expression(price(clause)))).collect(),
            costs: clauses.iter().map(|clause| expression(cost(clause))).collect(),
            inputs: given.iter().map(|(_, fields)| Variable::from_object(fields.clone())).collect(),
            given,
        }
    }

    fn points(tenths: u32) -> Decimal {
        ZenExpression::points(tenths)
    }

    fn tenths(points: Decimal) -> i64 {
        ZenExpression::tenths(points)
    }

    fn price(&mut self, code: &str, at: usize) -> Decimal {
        points(&now(&self.prices[code], self.inputs[at].shallow_clone()))
    }

    fn cost(&mut self, at: usize, again: bool, used: Decimal) -> Decimal {
        let (clause, given) = &self.given[at];
        points(&now(&self.costs[*clause as usize], with_state(given, again, used)))
    }
}

/// The decision table over an array of findings.
pub struct ZenLoop {
    prices: Decision,
    inputs: Variable,
}

impl ZenLoop {
    /// What it is called in the tables.
    pub const NAME: &'static str = "zen-engine, the table over an array of all";

    /// Compiles the rules and takes the findings.
    #[must_use]
    pub fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let rows = findings.iter().map(|finding| Variable::from_object(given(finding))).collect();
        Self { prices: table(clauses, price, "loop"), inputs: Variable::from_array(rows) }
    }

    /// What each finding costs by itself.
    #[must_use]
    pub fn prices(&self) -> Vec<Decimal> {
        let answer = now(&self.prices, self.inputs.shallow_clone());
        let rows = answer.as_array().expect("an array");
        let rows = rows.borrow();
        rows.iter().map(points).collect()
    }
}
