//! The expressions of zen-engine without its decisions: the quickest that it has.
//!
//! A compiled expression for each clause, run by one virtual machine that is used again. Numbers are exact decimals, so the
//! rules are written in points.

use crate::rival::{Rival, code};
use ahash::AHashMap;
use ducha_examples::standard::{Clause, Finding};
use rust_decimal::Decimal;
use zen_expression::{
    Expression, Scope, Variable, compile_expression, expression::Standard, variable::VariableMap, vm::VM,
};

/// Compiled expressions, a scope for each finding.
pub struct ZenExpression {
    vm: VM,
    prices: AHashMap<String, Expression<Standard>>,
    costs: Vec<Expression<Standard>>,
    scopes: Vec<(u32, Scope)>,
}

/// A number for the engine.
pub(crate) fn number(tenths: u32) -> Variable {
    Variable::Number(Decimal::new(i64::from(tenths), 1))
}

/// What the engine answered.
pub(crate) fn decimal(answer: &Variable) -> Decimal {
    answer.as_number().expect("a number")
}

/// The price as text.
pub(crate) fn price(clause: &Clause) -> String {
    match clause.range {
        Some(_) => "chosen * quantity".into(),
        None => format!("{} * quantity", Decimal::new(i64::from(clause.fixed), 1)),
    }
}

/// The cost as text.
pub(crate) fn cost(clause: &Clause) -> String {
    let (price, cap) = (price(clause), Decimal::new(i64::from(clause.cap), 1));
    format!("min([{price} * (again ? 2 : 1), {cap} - used])")
}

/// A finding as the engine's own object.
pub(crate) fn fields(finding: &Finding) -> VariableMap {
    let mut fields = VariableMap::new();
    fields.insert(Variable::key("quantity"), Variable::Number(finding.quantity.into()));
    if let Some(chosen) = finding.chosen {
        fields.insert(Variable::key("chosen"), number(chosen));
    }
    fields
}

impl Rival for ZenExpression {
    type Points = Decimal;
    const NAME: &'static str = "zen-expression, compiled";

    fn new(clauses: &[Clause], findings: &[Finding]) -> Self {
        let compiled = |text: String| compile_expression(&text).expect("a sound expression");
        Self {
            vm: VM::new(),
            prices: clauses.iter().map(|clause| (code(clause.number), compiled(price(clause)))).collect(),
            costs: clauses.iter().map(|clause| compiled(cost(clause))).collect(),
            scopes: findings
                .iter()
                .map(|finding| (finding.clause, Scope::new(Variable::from_object(fields(finding)))))
                .collect(),
        }
    }

    fn points(tenths: u32) -> Decimal {
        Decimal::new(i64::from(tenths), 1)
    }

    fn tenths(points: Decimal) -> i64 {
        i64::try_from(points * Decimal::TEN).expect("whole tenths")
    }

    fn price(&mut self, code: &str, at: usize) -> Decimal {
        let scope = &self.scopes[at].1;
        decimal(&self.prices[code].evaluate_with_scope(scope, &mut self.vm).expect("an answer"))
    }

    fn cost(&mut self, at: usize, again: bool, used: Decimal) -> Decimal {
        let (clause, scope) = &mut self.scopes[at];
        scope.set_local("again".into(), Variable::Bool(again));
        scope.set_local("used".into(), Variable::Number(used));
        let answer = self.costs[*clause as usize].evaluate_with_scope(scope, &mut self.vm);
        decimal(&answer.expect("an answer"))
    }
}
