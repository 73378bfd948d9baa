//! The forty-second shape: a price that the rulebook's algebra does not have, registered in code.
//!
//! A power cut costs half a point for each begun quarter of an hour. The rulebook names the shape; this program brings it.
//!
//! `cargo run --example your_own_shape`.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use ducha::core::{Factor, Label, Lang, Points, Record, Rounding, RoundingMode, record::Finding};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{DeductionShape, Request, assess};
use std::collections::BTreeMap;

const RULES: &str = r#"
format = 1

[rulebook]
id = "power"
version = "2026"
title = { zh = "供电服务附件", en = "Annex on power supply" }
status = "draft"
from = 2026-01-01
point_step = 0.5
calendar = "cn"

[[registered_shape]]
name = "begun-quarters"
doc = { zh = "每满或不满一刻钟计一次", en = "for each begun quarter of an hour" }

[[clause]]
id = "P-1"
name = { zh = "无故停电", en = "Power cut without cause" }
aspect = "service_quality"
unit = { name = { zh = "分钟", en = "minute" }, whole = true }
price = { shape = "registered", name = "begun-quarters", args = { each = "0.5" } }

[[tally]]
id = "month"
name = { zh = "月度得分", en = "Score of the month" }
kind = "sum"
measure = "points"
subjects = ["department"]
window = "month"
full_marks = 100
"#;

/// Half a point, or what `each` says, for each begun quarter of an hour.
struct BegunQuarters;

impl DeductionShape for BegunQuarters {
    fn price(&self, finding: &Finding, args: &BTreeMap<String, String>) -> Result<Points, Label> {
        let Some(minutes) = finding.quantity else {
            return Err(Label::new("须填停电分钟数", "the minutes must be given"));
        };
        let each = args.get("each").and_then(|text| text.parse::<Points>().ok()).unwrap_or(Points::ONE);
        let up = Rounding { mode: RoundingMode::Up, to: Points::ONE.decimal() };
        let begun = minutes.over(Factor::from(15), up).and_then(|quarters| each.times(quarters));
        begun.map_err(|error| Label::same(error.to_string()))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules =
        [Rulebook::read(&Source::new("power.toml", RULES)).map_err(|r| format!("{:#?}", r.diagnostics))?];
    let records: Vec<Record> = serde_json::from_str(
        r#"[{"id":"C-1","type":"finding","subject":"power","occurred_on":"2026-10-03","clause":"P-1","quantity":"40"},
            {"id":"C-2","type":"finding","subject":"power","occurred_on":"2026-10-09","clause":"P-1"}]"#,
    )?;
    let mut request = Request::new(&rules, &records);
    request.shapes.push(("begun-quarters", &BegunQuarters));
    let month = assess(&request);
    for tally in &month.tallies {
        print!("{}", tally.derivation.text(Lang::En));
    }
    for row in &month.account.rows {
        println!("not scored: {}", row.reason.text(Lang::En));
    }
    Ok(())
}
