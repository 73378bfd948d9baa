//! `ducha schema`: the JSON Schemas of what goes in and what comes out.

use crate::args::SchemaOf;
use crate::assess::json;
use crate::outcome::{Outcome, Step};
use ducha::rulebook::schema;

/// The schema of an assessment: written by hand, held true by a test against real assessments.
const ASSESSMENT: &str = include_str!("assessment.schema.json");

/// The schema that is asked for.
pub(crate) fn run(of: SchemaOf) -> Step<Outcome> {
    Ok(Outcome::done(match of {
        SchemaOf::Rulebook => json(&schema::rulebook())?,
        SchemaOf::Record => json(&schema::record())?,
        SchemaOf::Assessment => ASSESSMENT.to_owned(),
    }))
}
