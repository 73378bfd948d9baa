//! The Common Expression Language: programs of cel, compiled once.
//!
//! It has no decimals, so the rules are written in tenths of a point, which are whole numbers. Variables are lent by a
//! resolver, which its documentation names as the way around tables of variables; what comes out is borrowed rather than made
//! into the general value. It has no minimum without an extension; a conditional is quicker.

use crate::rival::{Rival, code};
use ahash::AHashMap;
use cel::{
    Context, Program, Value,
    common::{
        types::{CelBool, CelInt},
        value::CowVal,
    },
    context::VariableResolver,
};
use ducha_examples::standard::{Clause, Finding};

/// Compiled programs.
pub struct Cel {
    standard: Context<'static, 'static>,
    prices: AHashMap<String, Program>,
    costs: Vec<Program>,
    findings: Vec<(u32, Given)>,
}

/// A finding as the programs see it.
#[derive(Clone, Copy)]
struct Given {
    quantity: CelInt,
    chosen: CelInt,
    again: CelBool,
    used: CelInt,
}

impl VariableResolver for Given {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        Some(CowVal::Borrowed(match name {
            "quantity" => &self.quantity,
            "chosen" => &self.chosen,
            "again" => &self.again,
            "used" => &self.used,
            _ => return None,
        }))
    }
}

fn price(clause: &Clause) -> String {
    match clause.range {
        Some(_) => "chosen * quantity".into(),
        None => format!("{} * quantity", clause.fixed),
    }
}

fn cost(clause: &Clause) -> String {
    let (cost, rest) = (format!("{} * (again ? 2 : 1)", price(clause)), format!("{} - used", clause.cap));
    format!("{cost} < {rest} ? {cost} : {rest}")
}

fn run(program: &Program, standard: &Context<'_, '_>, given: &Given) -> i64 {
    let mut scope = standard.new_inner_scope();
    scope.set_variable_resolver(given);
    let answer = Value::resolve_val(program.expression(), &scope).expect("an answer");
    answer.downcast_ref::<CelInt>().expect("a whole number").into_inner()
}

impl Rival for Cel {
    type Points = i64;
    const NAME: &'static str = "cel, compiled";

    fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let compiled = |text: String| Program::compile(&text).expect("a sound program");
        let given = |finding: &Finding| Given {
            quantity: i64::from(finding.quantity).into(),
            chosen: i64::from(finding.chosen.unwrap_or_default()).into(),
            again: false.into(),
            used: 0.into(),
        };
        Self {
            standard: Context::default(),
            prices: clauses.iter().map(|clause| (code(clause.number), compiled(price(clause)))).collect(),
            costs: clauses.iter().map(|clause| compiled(cost(clause))).collect(),
            findings: findings.iter().map(|finding| (finding.clause, given(finding))).collect(),
        }
    }

    fn points(tenths: u32) -> i64 {
        tenths.into()
    }

    fn tenths(points: i64) -> i64 {
        points
    }

    fn price(&mut self, code: &str, at: usize) -> i64 {
        run(&self.prices[code], &self.standard, &self.findings[at].1)
    }

    fn cost(&mut self, at: usize, again: bool, used: i64) -> i64 {
        let (clause, given) = &self.findings[at];
        let given = Given { again: again.into(), used: used.into(), ..*given };
        run(&self.costs[*clause as usize], &self.standard, &given)
    }
}
