//! The demonstration month: what it prints, and that its JSON does not depend on the layout of the files.
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

use expect_test::expect_file;
use harness::{ducha, ducha_with, file, folder, root};
use serde_json::Value;
use std::fs;

#[test]
fn without_arguments_the_month_is_shown_in_chinese() {
    let run = ducha(&["--lang", "zh"]);
    assert_eq!(run.status, 0);
    expect_file!["golden/month.zh.txt"].assert_eq(&run.output);
}

#[test]
fn without_arguments_the_month_is_shown_in_english() {
    let run = ducha(&[]);
    assert_eq!(run.status, 0);
    expect_file!["golden/month.en.txt"].assert_eq(&run.output);
}

#[test]
fn the_locale_decides_the_language() {
    let chinese = ducha_with(&[], &[("LC_ALL", "zh_CN.UTF-8")]);
    assert!(chinese.output.contains("考核结果"));
    assert!(!chinese.output.contains('\u{1b}'), "colours although this is no terminal");
}

const RECORDS: &str = "examples/campus/findings-2026-10.csv";
const RULES: [&str; 2] = ["examples/campus/rulebook-2026.toml", "examples/campus/rulebook-2025.toml"];

fn assessment(rules: [&str; 2], records: &str) -> Value {
    let org = "examples/campus/org.toml";
    let run = ducha(&[
        "assess", rules[0], rules[1], records, "--org", org, "--period", "2026-10", "--format", "json",
    ]);
    assert_eq!(run.status, 0, "{}", run.beside);
    serde_json::from_str(&run.output).unwrap()
}

/// Takes out what may depend on the layout of the files: lines of rows, digests of texts.
fn without_layout(mut assessment: Value) -> Value {
    for row in assessment["account"]["rows"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("line");
    }
    for book in assessment["rulebooks"].as_array_mut().unwrap() {
        book["digest"].as_object_mut().unwrap().remove("text");
    }
    assessment
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let arguments = ["assess", RULES[0], RULES[1], RECORDS, "--format", "json"];
    assert_eq!(ducha(&arguments).output, ducha(&arguments).output);
}

#[test]
fn line_breaks_marks_and_encodings_change_lines_and_digests_alone() {
    let folder = folder("layout");
    let rules = RULES.map(|name| {
        let text = fs::read_to_string(root().join(name)).unwrap();
        let name = name.rsplit('/').next().unwrap();
        file(&folder, name, format!("\u{feff}# one more remark\r\n{}", text.replace('\n', "\r\n")))
    });
    let rules = [rules[0].as_str(), rules[1].as_str()];
    let text = fs::read_to_string(root().join(RECORDS)).unwrap();
    let other_lines = text.replacen('\n', "\r\n\r\n,,,\r\n", 1).replace('\n', "\r\n").replace("\r\r", "\r");
    let marked = file(&folder, "marked.csv", format!("\u{feff}{other_lines}"));
    let (gb, ..) = encoding_rs::GB18030.encode(&text);
    let gb = file(&folder, "gb18030.csv", gb);
    let plain = assessment(RULES, RECORDS);
    let crlf = assessment(rules, &marked);
    assert_ne!(plain, crlf, "lines and digests must tell the difference");
    assert_eq!(without_layout(plain.clone()), without_layout(crlf));
    assert_eq!(plain, assessment(RULES, &gb));
}

#[test]
fn the_order_of_the_rows_changes_lines_alone() {
    let folder = folder("turned");
    let text = fs::read_to_string(root().join(RECORDS)).unwrap();
    let mut rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    rows.reverse();
    let heading = text.lines().next().unwrap().split(',').collect();
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in std::iter::once(&heading).chain(&rows) {
        out.write_record(row).unwrap();
    }
    let turned = file(&folder, "turned.csv", out.into_inner().unwrap());
    let (plain, turned) = (assessment(RULES, RECORDS), assessment(RULES, &turned));
    assert_ne!(plain, turned, "lines must tell the difference");
    assert_eq!(without_layout(plain), without_layout(turned));
}

// Where links are no links, as in some checkouts of Windows, nothing is packed.
#[cfg(unix)]
#[test]
fn the_embedded_files_are_those_of_the_examples() {
    for name in ["rulebook-2026.toml", "rulebook-2025.toml", "org.toml", "findings-2026-10.csv"] {
        let packed = fs::read(root().join("crates/cli/demo").join(name)).unwrap();
        assert!(packed == fs::read(root().join("examples/campus").join(name)).unwrap(), "{name}");
    }
}
