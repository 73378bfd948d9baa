//! The standard job's rulebook.

use super::tenths_text;
use std::fmt::Write;

/// What a clause of the job costs, in tenths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// Its number, from 0.
    pub number: u32,
    /// The fixed price per unit; 0 where the inspector chooses.
    pub fixed: u32,
    /// Between what the inspector chooses, per unit.
    pub range: Option<(u32, u32)>,
    /// The most that it may cost one department in a month.
    pub cap: u32,
    /// Whether a finding forces the worst tier.
    pub veto: bool,
}

impl Clause {
    /// The clause of that number: every fifth leaves the price to the inspector, every fortieth forces the worst tier.
    #[must_use]
    pub fn nth(number: u32) -> Self {
        let turn = |every: u32| number.checked_rem(every).unwrap_or(0);
        let fixed = turn(30).saturating_add(1);
        let range = (turn(5) == 4).then(|| (fixed, fixed.saturating_mul(3)));
        let dearest = range.map_or(fixed, |(_, max)| max);
        Self {
            number,
            fixed: if range.is_some() { 0 } else { fixed },
            range,
            cap: dearest.saturating_mul(8),
            veto: turn(40) == 7,
        }
    }
}

const HEAD: &str = r#"format = 1
[rulebook]
id = "standard-job"
version = "1"
title = { zh = "基准测试规则", en = "Rules of the standard job" }
status = "draft"
from = 2025-01-01
until = 2027-01-01
point_step = 0.1
calendar = "cn"

[[recurrence]]
id = "again"
counts = "findings"
key = ["subject", "clause"]
window = { rolling = "30 calendar days", last_day = "included" }
factors = [1, 2]

[[tally]]
id = "month"
name = { zh = "当月扣分", en = "Deductions of the month" }
kind = "sum"
measure = "points"
subjects = ["department"]
window = "month"
floor = 0

[[ladder]]
id = "penalty"
name = { zh = "处罚档次", en = "Penalty" }
kind = "penalty"
subjects = ["department"]
select = "band"
on = { tally = "month" }
"#;

/// The tiers: from how many points on.
pub(super) const TIERS: [u32; 6] = [0, 50, 100, 200, 400, 600];

/// The rulebook of so many clauses, as TOML.
#[must_use]
pub fn rulebook(clauses: &[Clause]) -> String {
    let mut text = String::from(HEAD);
    for (number, from) in TIERS.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "[[ladder.tier]]\nid = \"T{number}\"\nname = {{ zh = \"第{number}档\", en = \"Tier {number}\" }}\nat_least = {from}"
        );
        if let Some(next) = TIERS.get(number.saturating_add(1)) {
            let _ = writeln!(text, "less_than = {next}");
        }
    }
    for clause in clauses {
        let Clause { number, fixed, range, cap, veto } = *clause;
        let _ = writeln!(
            text,
            "\n[[clause]]\nid = \"C{number:04}\"\nname = {{ zh = \"条款{number}\", en = \"Clause {number}\" }}\naspect = \"service_quality\""
        );
        let _ = match range {
            Some((min, max)) => writeln!(
                text,
                "price = {{ shape = \"range\", min = {}, max = {}, per_quantity = true }}",
                tenths_text(min),
                tenths_text(max)
            ),
            None => writeln!(text, "price = {{ shape = \"per_unit\", points = {} }}", tenths_text(fixed)),
        };
        let _ = writeln!(
            text,
            "unit = {{ name = {{ zh = \"处\", en = \"place\" }}, whole = true }}\nrecurrence = \"again\"\ncap = {{ max = {}, window = \"month\", order = \"after_factors\" }}",
            tenths_text(cap)
        );
        if veto {
            text.push_str("veto = [{ effect = \"worst_tier\", ladder = \"penalty\" }]\n");
        }
    }
    text
}
