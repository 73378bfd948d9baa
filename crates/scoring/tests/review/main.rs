//! Edges of the semantics (docs/semantics.md), each with the smallest case that shows it.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod records;
#[path = "../engine/same.rs"]
mod same;
mod tallies;
mod tiers;

use chrono::NaiveDate;
use ducha_core::{Organisation, Record, Subject};
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{Assessment, Outcome, Request};

/// What the reference says, which the engine says too.
fn assess(request: &Request<'_>) -> Assessment {
    same::same_as_the_reference(request).unwrap_or_else(|wrong| panic!("{wrong}"));
    ducha_scoring::assess(request)
}

const HEAD: &str = r#"
format = 1
[rulebook]
id = "review"
version = "VERSION"
title = { zh = "复核", en = "Review" }
status = "draft"
from = FROM
point_step = 1
calendar = "weekends"
"#;

fn version(name: &str, from: &str, rules: &str) -> Rulebook {
    let head = HEAD.replace("VERSION", name).replace("FROM", from);
    let text = format!("{head}{rules}");
    Rulebook::read(&Source::new("review.toml", text)).unwrap_or_else(|report| {
        let told: Vec<String> = report.diagnostics.iter().map(|d| d.message(ducha_core::Lang::En)).collect();
        panic!("no rulebook: {told:#?}")
    })
}

fn book(rules: &str) -> Rulebook {
    version("1", "2020-01-01", rules)
}

/// A clause of so many points, and whatever else.
fn clause(id: &str, points: u32, more: &str) -> String {
    format!(
        "[[clause]]\nid = \"{id}\"\nname = {{ zh = \"条款\", en = \"clause\" }}\naspect = \"conduct\"\nprice = {{ shape = \"flat\", points = {points} }}\n{more}\n"
    )
}

fn tally(id: &str, more: &str) -> String {
    format!(
        "[[tally]]\nid = \"{id}\"\nname = {{ zh = \"累计\", en = \"tally\" }}\nsubjects = [\"team\"]\n{more}\n"
    )
}

const POINTS: &str = "kind = \"sum\"\nmeasure = \"points\"\n";

/// Records as JSON objects without quotes around the simple words: `finding F1 a 2026-10-12 C-1`.
fn finding(id: &str, subject: &str, day: &str, clause: &str) -> Record {
    record(&format!(
        r#"{{"type":"finding","id":"{id}","subject":"{subject}","occurred_on":"{day}","clause":"{clause}"}}"#
    ))
}

fn fact(id: &str, subject: &str, day: &str, fact: &str, more: &str) -> Record {
    record(&format!(
        r#"{{"type":"fact","id":"{id}","subject":"{subject}","occurred_on":"{day}","fact":"{fact}"{more}}}"#
    ))
}

fn record(json: &str) -> Record {
    serde_json::from_str(json).unwrap_or_else(|e| panic!("{json}: {e}"))
}

fn team(id: &str, more: &str) -> Subject {
    let json = format!(r#"{{"id":"{id}","kind":"team","name":{{"zh":"{id}","en":"{id}"}}{more}}}"#);
    serde_json::from_str(&json).unwrap_or_else(|e| panic!("{json}: {e}"))
}

fn organisation(subjects: impl IntoIterator<Item = Subject>) -> Organisation {
    Organisation::new(subjects).unwrap_or_else(|e| panic!("{e:?}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn ask<'a>(books: &'a [Rulebook], records: &'a [Record], as_of: &str) -> Request<'a> {
    let mut request = Request::new(books, records);
    request.as_of = Some(day(as_of));
    request
}

/// The value of a tally in a window (by its text, or the only one), as text.
fn value(assessment: &Assessment, tally: &str, subject: &str, window: &str) -> String {
    let mut of = assessment.tallies.iter().filter(|t| {
        t.tally.as_str() == tally
            && t.subject.as_str() == subject
            && (window.is_empty() || t.window.text() == window)
    });
    let found = of.next().unwrap_or_else(|| panic!("no {tally} of {subject} in {window}"));
    assert!(of.next().is_none(), "several {tally} of {subject}: name the window");
    match &found.value {
        Outcome::Determined(value) => value.to_string(),
        Outcome::Undetermined(_) => "undetermined".to_owned(),
    }
}

fn fired(assessment: &Assessment) -> Vec<String> {
    assessment.consequences.iter().map(|f| f.id.clone()).collect()
}

fn fate(assessment: &Assessment, id: &str) -> String {
    let row = assessment.account.rows.iter().find(|r| r.id.as_ref().is_some_and(|i| i.as_str() == id));
    row.map_or_else(|| "scored".to_owned(), |row| format!("{:?}", row.fate))
}

fn entry_points(assessment: &Assessment, id: &str) -> Vec<String> {
    let of = assessment.entries.iter().filter(|e| e.record.as_str() == id);
    of.map(|e| e.points.to_string()).collect()
}

/// A ladder of bands over a tally: `none` below, `some` from a value on, with a consequence.
fn ladder(id: &str, on: &str, from: u32, more: &str) -> String {
    format!(
        r#"
[[consequence]]
id = "warn-{id}"
name = {{ zh = "警示", en = "warning" }}
kind = "notice"
decided_by = "office"
[[ladder]]
id = "{id}"
name = {{ zh = "等级", en = "ladder" }}
kind = "penalty"
subjects = ["team"]
select = "band"
on = {{ {on} }}
{more}
[[ladder.tier]]
id = "{id}-none"
name = {{ zh = "无", en = "none" }}
otherwise = true
[[ladder.tier]]
id = "{id}-some"
name = {{ zh = "有", en = "some" }}
at_least = {from}
consequences = ["warn-{id}"]
"#
    )
}

fn tier(assessment: &Assessment, ladder: &str, window: &str) -> String {
    let of = |s: &&ducha_scoring::Standing| {
        s.ladder.as_str() == ladder && (window.is_empty() || s.window.text() == window)
    };
    let found = assessment.standings.iter().find(of).unwrap_or_else(|| panic!("no {ladder} in {window}"));
    match &found.tier {
        Outcome::Determined(tier) => tier.to_string(),
        Outcome::Undetermined(_) => "undetermined".to_owned(),
    }
}

const TERMS: &str = "[[rulebook.term]]\nid = \"autumn\"\nname = { zh = \"秋\", en = \"autumn\" }\nfrom = 2026-09-01\nuntil = 2027-01-20\n";

const BALANCE: &str = "kind = \"balance\"\nmeasure = \"points\"\nwindow = \"ever\"\n";

/// A ladder `l` of joined conditions: `bad` if all hold.
fn joined(conditions: &str) -> String {
    format!(
        "[[ladder]]\nid = \"l\"\nname = {{ zh = \"等级\", en = \"ladder\" }}\nkind = \"penalty\"\nsubjects = [\"team\"]\nselect = \"worst_matching\"\ntier = [\n  {{ id = \"fine\", name = {{ zh = \"好\", en = \"fine\" }}, otherwise = true }},\n  {{ id = \"bad\", name = {{ zh = \"差\", en = \"bad\" }}, when = [{conditions}] }},\n]\n"
    )
}
