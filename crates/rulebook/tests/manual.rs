//! `docs/rulebook.md` says what the key table says: every table, every key, every word; and its sample file reads.
//!
//! `cargo run -q -p ducha-rulebook --example write_manual` writes the tables of keys anew.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod key_tables;

use ducha_rulebook::key::{Keyed, Kind};
use ducha_rulebook::{Annex, Code, Rulebook, Source};
use key_tables::{END, all_tables, begin, render};
use std::collections::BTreeSet;
use std::{fs, path::PathBuf};

fn manual_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.md")
}

fn manual() -> String {
    fs::read_to_string(manual_path()).expect("docs/rulebook.md")
}

/// The text between the marks of one table.
fn block<'a>(manual: &'a str, name: &str) -> &'a str {
    let mark = begin(name);
    let mut parts = manual.split(mark.as_str());
    let (_, after) =
        (parts.next(), parts.next().unwrap_or_else(|| panic!("no table of keys for {name}: write {mark}")));
    assert_eq!(parts.next(), None, "two tables of keys for {name}");
    after.split(END).next().expect("split yields a first part")
}

/// The code blocks with this information string.
fn code_blocks<'a>(manual: &'a str, info: &str) -> Vec<&'a str> {
    let fence = format!("\n```{info}\n");
    manual.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().expect("a first part")).collect()
}

#[test]
fn every_table_key_and_word_of_the_format_stands_in_the_manual() {
    let kind = Annex::KIND;
    let tables = all_tables(&kind);
    let manual = manual();
    for (name, table) in &tables {
        assert_eq!(
            block(&manual, name),
            render(table, &tables),
            "the keys of {name}; `cargo run -p ducha-rulebook --example write_manual` writes them anew"
        );
    }
}

#[test]
fn the_manual_has_a_heading_for_every_key_of_the_file_and_no_table_that_does_not_exist() {
    let manual = manual();
    let Kind::Table(annex) = Annex::KIND else { panic!("a rulebook file is a table") };
    let headings: Vec<&str> = manual.lines().filter(|line| line.starts_with('#')).collect();
    for key in annex.keys.iter().filter(|key| key.name != "format") {
        let written = match key.kind {
            Kind::List(_) => format!("`[[{}]]`", key.name),
            _ => format!("`[{}]`", key.name),
        };
        assert!(headings.iter().any(|heading| heading.contains(&written)), "no heading for {written}");
    }
    let kind = Annex::KIND;
    let known: BTreeSet<&str> = all_tables(&kind).iter().map(|(name, _)| *name).collect();
    for rest in manual.split("<!-- keys of ").skip(1) {
        let name = rest.split(' ').next().expect("a first part");
        assert!(known.contains(name), "the manual has keys of {name}, which the format does not know");
    }
}

#[test]
fn the_sample_rulebook_and_its_json_twin_read_and_mean_the_same() {
    let manual = manual();
    let [toml] = code_blocks(&manual, "toml rulebook")[..] else { panic!("one sample rulebook") };
    let [json] = code_blocks(&manual, "json rulebook")[..] else { panic!("one JSON twin") };
    let read = |name: &str, text: &str| {
        Rulebook::read(&Source::new(name, text))
            .unwrap_or_else(|report| panic!("{name}: {:#?}", report.diagnostics))
    };
    let (toml, json) = (read("sample.toml", toml), read("sample.json", json));
    assert_eq!(toml.digest_meaning(), json.digest_meaning());
    assert_eq!(toml.annex().example.len(), 1, "the sample shows a worked example");
}

/// What stands above a fragment, so that it is a whole file.
const HEAD: &str = r#"
format = 1
[rulebook]
id = "fragment"
version = "1"
title = { zh = "片段", en = "Fragment" }
status = "draft"
from = 2026-01-01
point_step = 1
calendar = "cn"
currency = "CNY"
"#;

#[test]
fn every_other_toml_fragment_of_the_manual_has_right_keys_and_words() {
    let manual = manual();
    let fragments = code_blocks(&manual, "toml");
    assert!(fragments.len() >= 5, "{} fragments", fragments.len());
    for fragment in fragments {
        let wrong = match Rulebook::read(&Source::new("fragment.toml", format!("{HEAD}{fragment}"))) {
            Ok(_) => Vec::new(),
            Err(report) => report.diagnostics,
        };
        // A fragment may refer to what is not shown.
        let wrong: Vec<_> = wrong.into_iter().filter(|d| d.code != Code::UnknownReference).collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{fragment}");
    }
}
