//! What a form needs at submit: what would this finding cost, and what would follow, without recording it.
//!
//! `cargo run --example preview_a_finding`, from the root of the workspace.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use ducha::core::{Lang, Record};
use ducha::intake::{Format, Options, OrganisationFormat, Records, read_organisation};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{Outcome, Request, preview};
use std::fs::{File, read, read_to_string};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Source::new("rulebook-2026.toml", read_to_string("examples/campus/rulebook-2026.toml")?);
    let rules = [Rulebook::read(&rules).map_err(|report| format!("{:#?}", report.diagnostics))?];
    let people = read_organisation(&read("examples/campus/org.toml")?, OrganisationFormat::Toml)
        .map_err(|faults| format!("{faults:#?}"))?;
    let rows =
        Records::open(File::open("examples/campus/findings-2026-10.csv")?, Format::Csv, Options::default())?;
    let records: Vec<Record> = rows.filter_map(Result::ok).map(|row| row.value).collect();
    let mut request = Request::new(&rules, &records);
    request.organisation = Some(&people);

    // What the inspector has filled in so far.
    for form in [
        r#"{"id":"new","type":"finding","subject":"canteen-1","occurred_on":"2026-10-31","clause":"CT-07","quantity":"2"}"#,
        r#"{"id":"new","type":"finding","subject":"canteen-1","occurred_on":"2026-10-31","clause":"CT-11","points":"9"}"#,
    ] {
        let finding: Record = serde_json::from_str(form)?;
        let answer = preview(&request, &finding);
        println!("{form}");
        if let Some(row) = &answer.not_scored {
            println!("  cannot be recorded so: {}", row.reason.text(Lang::En));
        }
        for entry in &answer.entries {
            print!("{}", entry.derivation.text(Lang::En));
        }
        let changes = &answer.changes;
        for tally in &changes.tallies {
            let value = tally.value.after.as_ref().and_then(Outcome::value);
            let value = value.map_or_else(|| "undetermined".to_owned(), ToString::to_string);
            println!("  {} of {} would be {value}", tally.tally, tally.subject);
        }
        for fires in &changes.fired {
            println!("  it would bring {}: {}", fires.subject, fires.name.en);
        }
    }
    Ok(())
}
