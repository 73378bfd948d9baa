//! The JSON Schemas in `docs/schema` are what the command prints, and real assessments satisfy theirs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

mod harness;

use ducha::core::Organisation;
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{Request, assess, preview};
use expect_test::expect_file;
use harness::{ducha, root};
use serde_json::Value;

#[test]
fn the_committed_schemas_are_what_the_command_prints() {
    expect_file!["../../../docs/schema/rulebook.schema.json"]
        .assert_eq(&ducha(&["schema", "rulebook"]).output);
    expect_file!["../../../docs/schema/record.schema.json"].assert_eq(&ducha(&["schema", "record"]).output);
    expect_file!["../../../docs/schema/assessment.schema.json"]
        .assert_eq(&ducha(&["schema", "assessment"]).output);
    expect_file!["../../../docs/schema/restatement.schema.json"]
        .assert_eq(&ducha(&["schema", "restatement"]).output);
    expect_file!["../../../docs/schema/preview.schema.json"].assert_eq(&ducha(&["schema", "preview"]).output);
}

fn schema_of(what: &str) -> Value {
    serde_json::from_str(&ducha(&["schema", what]).output).unwrap()
}

fn schema() -> jsonschema::Validator {
    jsonschema::validator_for(&schema_of("assessment")).unwrap()
}

/// Every mistake, so that a changed form is told in full. Unknown keys are mistakes: the schema allows none.
fn assert_valid(validator: &jsonschema::Validator, value: &Value, what: &str) {
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn the_month_satisfies_the_schema_with_no_key_undescribed() {
    let run = ducha(&[
        "assess",
        "examples/campus/rulebook-2026.toml",
        "examples/campus/rulebook-2025.toml",
        "examples/campus/findings-2026-10.csv",
        "--org",
        "examples/campus/org.toml",
        "--period",
        "2026-10",
        "--format",
        "json",
    ]);
    assert_eq!(run.status, 0, "{}", run.beside);
    let month: Value = serde_json::from_str(&run.output).unwrap();
    let validator = schema();
    assert_valid(&validator, &month, "the demonstration month");
    let mut other = month.clone();
    other["entries"][0]["colour"] = "red".into();
    assert!(!validator.is_valid(&other), "a key that is not described is no mistake");
    let mut other = month;
    other["entries"][0]["points"] = 1.5.into();
    assert!(!validator.is_valid(&other), "a number is no decimal text");
}

#[test]
fn every_worked_example_satisfies_the_schema() {
    let validator = schema();
    let previews = jsonschema::validator_for(&schema_of("preview")).unwrap();
    let restatements = jsonschema::validator_for(&schema_of("restatement")).unwrap();
    let mut assessed = 0;
    for entry in std::fs::read_dir(root().join("examples/rulebooks")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = path.display().to_string();
        let book = Rulebook::read(&Source::new(&name, std::fs::read_to_string(&path).unwrap())).unwrap();
        for example in &book.annex().example {
            let organisation = Organisation::new(example.subject.iter().cloned()).unwrap();
            let books = [book.clone()];
            let mut request = Request::new(&books, &example.record);
            if !example.subject.is_empty() {
                request.organisation = Some(&organisation);
            }
            request.as_of = example.as_of;
            request.known_on = example.known_on;
            request.complete_from = example.complete_from;
            let assessment = serde_json::to_value(assess(&request)).unwrap();
            let what = format!("{name}, example {}", example.id);
            assert_valid(&validator, &assessment, &what);
            let Some((last, rest)) = example.record.split_last() else { continue };
            request.records = rest;
            let shown = serde_json::to_value(preview(&request, last)).unwrap();
            assert_valid(&previews, &shown, &what);
            assert_valid(&restatements, &shown["changes"], &what);
            assessed += 1;
        }
    }
    assert!(assessed >= 40, "only {assessed} examples were found");
}

/// The rows of the tables that the page must have: key, and what it says.
fn rows(schema: &Value, out: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for (key, property) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let says = property["description"].as_str().unwrap_or_else(|| panic!("{key} says nothing"));
                out.push(format!("| `{key}` | {says} |"));
            }
            map.values().for_each(|value| rows(value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| rows(item, out)),
        _ => {}
    }
}

#[test]
fn the_page_explains_every_key_of_the_schemas_and_no_other() {
    let schema = schema_of("assessment");
    let mut wanted = Vec::new();
    rows(&schema, &mut wanted);
    // What restatements and previews have beside the parts of assessments.
    let mut differences = schema_of("restatement")["$defs"].take();
    differences.as_object_mut().unwrap().retain(|part, _| schema["$defs"].get(part).is_none());
    rows(&differences, &mut wanted);
    let page = std::fs::read_to_string(root().join("docs/json.md")).unwrap();
    // The middle cell, what stands there, is for people.
    let mut shown: Vec<String> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            format!("{} | {}", cells[0], cells[cells.len() - 1])
        })
        .collect();
    wanted.sort();
    shown.sort();
    assert_eq!(wanted, shown);
}
