//! The standard job as it is first written: decimals in hash maps, rules in structs, dates as dates.

use chrono::{Datelike, Months, NaiveDate};
use ducha_examples::standard::{Clause, Finding};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
#[allow(clippy::disallowed_types, reason = "it is what is compared with; its order reaches no output")]
use std::collections::HashMap;

/// A clause as it is first written.
struct Rule {
    fixed: Option<Decimal>,
    cap: Decimal,
    veto: bool,
}

/// The totals and tiers, by department and first day of the month.
pub type Answer = BTreeMap<(String, NaiveDate), (Decimal, usize)>;

/// A finding as it is first written.
#[derive(Debug, Clone)]
pub struct Row {
    department: String,
    clause: String,
    day: NaiveDate,
    quantity: Decimal,
    chosen: Option<Decimal>,
}

impl From<Finding> for Row {
    fn from(finding: Finding) -> Self {
        Self {
            department: format!("D{:03}", finding.department),
            clause: format!("C{:04}", finding.clause),
            day: finding.date(),
            quantity: Decimal::from(finding.quantity),
            chosen: finding.chosen.map(|tenths| Decimal::new(i64::from(tenths), 1)),
        }
    }
}

/// The standard job, as it is first written.
#[must_use]
#[allow(clippy::disallowed_types, clippy::arithmetic_side_effects, reason = "it is what is compared with")]
pub fn naive(rows: &[Row], clauses: &[Clause]) -> Answer {
    let tenths = |tenths: u32| Decimal::new(i64::from(tenths), 1);
    let rules: HashMap<String, Rule> = clauses
        .iter()
        .map(|clause| {
            let fixed = clause.range.is_none().then(|| tenths(clause.fixed));
            (format!("C{:04}", clause.number), Rule { fixed, cap: tenths(clause.cap), veto: clause.veto })
        })
        .collect();
    let mut last: HashMap<(&str, &str), NaiveDate> = HashMap::new();
    let mut used: HashMap<(&str, &str, NaiveDate), Decimal> = HashMap::new();
    let mut totals: HashMap<(&str, NaiveDate), (Decimal, bool)> = HashMap::new();
    for row in rows {
        let Some(rule) = rules.get(&row.clause) else { continue };
        let mut cost = rule.fixed.or(row.chosen).unwrap_or_default() * row.quantity;
        let key = (row.department.as_str(), row.clause.as_str());
        if last.insert(key, row.day).is_some_and(|last| (row.day - last).num_days() <= 30) {
            cost *= Decimal::TWO;
        }
        let month = row.day.with_day(1).unwrap_or(row.day);
        let used = used.entry((key.0, key.1, month)).or_default();
        cost = cost.min(rule.cap - *used);
        *used += cost;
        let total = totals.entry((key.0, month)).or_default();
        total.0 += cost;
        total.1 |= rule.veto;
    }
    // Every department has a total in every month that anyone has.
    let months: Vec<NaiveDate> = (0..24)
        .filter_map(|n| ducha_examples::standard::Job::FIRST_DAY.checked_add_months(Months::new(n)))
        .collect();
    let departments: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row.department.as_str()).collect();
    let mut answer = Answer::new();
    for department in departments {
        for month in &months {
            let (total, veto) = totals.get(&(department, *month)).copied().unwrap_or_default();
            let tier = [50, 100, 200, 400, 600].iter().filter(|from| Decimal::from(**from) <= total).count();
            answer.insert((department.to_owned(), *month), (total, if veto { 5 } else { tier }));
        }
    }
    answer
}
