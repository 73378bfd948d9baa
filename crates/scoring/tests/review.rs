//! Edges of the semantics (docs/semantics.md), each with the smallest case that shows it.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use chrono::NaiveDate;
use ducha_core::{Organisation, Record, Subject};
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{Assessment, Outcome, Request, assess};

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

#[test]
fn s3_3_a_revoked_supersession_does_nothing_whatever_the_order_of_ids() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    for revocation in ["A0", "Z9"] {
        let mut successor = finding("M5", "a", "2026-10-05", "C-1");
        successor.supersedes = "F1".parse().ok();
        let mut back = record(r#"{"type":"revocation","id":"R","subject":"a","occurred_on":"2026-10-05"}"#);
        back.id = revocation.parse().expect("an id");
        back.revokes = "M5".parse().ok();
        let records = [finding("F1", "a", "2026-10-05", "C-1"), successor, back];
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assert_eq!(fate(&assessment, "M5"), "Revoked", "{revocation}");
        assert_eq!(fate(&assessment, "F1"), "scored", "{revocation}");
        assert_eq!(value(&assessment, "t", "a", ""), "3", "{revocation}");
    }
}

#[test]
fn s3_3_rows_that_take_each_other_back_are_decided_from_the_latest() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let mut early = finding("F1", "a", "2026-10-05", "C-1");
    early.supersedes = "F2".parse().ok();
    let mut late = finding("F2", "a", "2026-10-06", "C-1");
    late.supersedes = "F1".parse().ok();
    for records in [[early.clone(), late.clone()], [late, early]] {
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assert_eq!(
            (fate(&assessment, "F1"), fate(&assessment, "F2")),
            ("Superseded".into(), "scored".into())
        );
    }
}

#[test]
fn s3_3_a_successor_that_is_refused_leaves_the_first_standing() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let successor = record(
        r#"{"type":"finding","id":"F2","subject":"a","occurred_on":"2026-10-05","clause":"C-1","quantity":"-1","supersedes":"F1"}"#,
    );
    let records = [finding("F1", "a", "2026-10-05", "C-1"), successor];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(fate(&assessment, "F2"), "Refused");
    assert_eq!(fate(&assessment, "F1"), "scored");
    assert_eq!(value(&assessment, "t", "a", ""), "3");
    assert_eq!(assessment.account.given, 2);
    assert_eq!(assessment.account.scored, 1);
}

#[test]
fn s0_what_is_not_known_yet_does_not_move_the_report_day() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let records = [finding("F1", "a", "2026-10-05", "C-1"), finding("F2", "a", "2026-11-20", "C-1")];
    let mut request = Request::new(&books, &records);
    request.known_on = Some(day("2026-10-31"));
    assert_eq!(assess(&request).as_of, day("2026-10-05"));
}

#[test]
fn s3_4_facts_are_told_of_those_who_have_left_findings_are_not() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let organisation = organisation([team("a", r#","until":"2026-10-15""#)]);
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-15", "fine_paid", r#","refers_to":"F1""#),
        finding("F2", "a", "2026-10-15", "C-1"),
    ];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    let assessment = assess(&request);
    assert_eq!(fate(&assessment, "X1"), "scored");
    assert_eq!(fate(&assessment, "F2"), "Refused");
}
