//! Scoring from your own code: files in, consequences with their reasons out. These are the lines of the README.
//!
//! `cargo run --example embed_scoring`, from the root of the workspace.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use ducha::core::{Lang, Period};
use ducha::intake::{Format, Options, OrganisationFormat, Records, read_organisation};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{Request, assess};
use std::fs::{File, read, read_to_string};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A rulebook in hand is a checked one; else the report points at every mistake.
    let rules = Source::new("rulebook-2026.toml", read_to_string("examples/campus/rulebook-2026.toml")?);
    let rules = [Rulebook::read(&rules).map_err(|report| format!("{:#?}", report.diagnostics))?];
    let people = read_organisation(&read("examples/campus/org.toml")?, OrganisationFormat::Toml)
        .map_err(|faults| format!("{faults:#?}"))?;
    // Each row is a record or a refusal with its line and reason; here the refused ones are passed over.
    let file = File::open("examples/campus/findings-2026-10.csv")?;
    let rows = Records::open(file, Format::Csv, Options::default())?;
    let records: Vec<_> = rows.filter_map(Result::ok).map(|row| row.value).collect();
    // The question says everything; no clock and no environment is read.
    let mut request = Request::new(&rules, &records);
    request.organisation = Some(&people);
    request.period = Some(Period::parse("2026-10")?);
    let month = assess(&request);
    for follows in month.consequences.iter().filter(|c| c.subject.as_str() == "canteen-2") {
        println!("{}: {}", follows.on, follows.name.en);
        println!("{}", follows.derivation.text(Lang::En));
    }
    Ok(())
}
