//! `ducha schema`: the JSON Schemas of what goes in and what comes out.

use crate::args::SchemaOf;
use crate::assess::json;
use crate::outcome::{Outcome, Step};
use ducha::rulebook::schema;
use serde_json::{Map, Value, json as value};

/// The schema of an assessment: written by hand, held true by a test against real assessments.
const ASSESSMENT: &str = include_str!("assessment.schema.json");

/// What restatements and previews have beside the parts of assessments.
const DIFFERENCE: &str = include_str!("difference.schema.json");

/// The schema that is asked for.
pub(crate) fn run(of: SchemaOf) -> Step<Outcome> {
    Ok(Outcome::done(match of {
        SchemaOf::Rulebook => json(&schema::rulebook())?,
        SchemaOf::Record => json(&schema::record())?,
        SchemaOf::Assessment => ASSESSMENT.to_owned(),
        SchemaOf::Restatement => json(&difference("Restatement", "restatement")?)?,
        SchemaOf::Preview => json(&difference("Preview", "preview")?)?,
    }))
}

/// A part of the differences as a document of its own, with the parts of assessments that it refers to.
fn difference(title: &str, part: &str) -> Step<Value> {
    let mut parts = parts_of(ASSESSMENT)?;
    parts.extend(parts_of(DIFFERENCE)?);
    Ok(value!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": format!("#/$defs/{part}"),
        "$defs": parts,
    }))
}

fn parts_of(schema: &str) -> Step<Map<String, Value>> {
    let mut schema: Value = serde_json::from_str(schema).map_err(Outcome::wrong_use)?;
    match schema.get_mut("$defs").map(Value::take) {
        Some(Value::Object(parts)) => Ok(parts),
        _ => Ok(Map::new()),
    }
}
