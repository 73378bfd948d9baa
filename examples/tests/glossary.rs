//! `docs/glossary.md`: the words that it says the code uses are used by the code.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust sources under a folder.
fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(fs::read_to_string(&path).expect("a source"));
        }
    }
}

/// The words of the code, comments left out.
fn words() -> BTreeSet<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates").filter_map(Result::ok) {
        sources(&entry.path().join("src"), &mut texts);
    }
    texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .map(str::to_owned)
        .collect()
}

/// The rows of the page's tables: Chinese, English, identifiers.
fn rows(page: &str) -> Vec<[&str; 3]> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter_map(|line| line.split(" | ").collect::<Vec<_>>().try_into().ok())
        .filter(|[chinese, ..]: &[&str; 3]| *chinese != "中文")
        .collect()
}

#[test]
fn each_identifier_of_the_glossary_is_in_the_code() {
    let page = fs::read_to_string(root().join("docs/glossary.md")).expect("docs/glossary.md");
    let rows = rows(&page);
    assert!(rows.len() > 80, "the page has its tables: {}", rows.len());
    let words = words();
    let missing: Vec<_> = rows
        .iter()
        .filter(|[_, _, identifiers]| *identifiers != "–")
        .flat_map(|[_, _, identifiers]| identifiers.split(", "))
        .filter(|one| {
            let word = one.strip_prefix('`').and_then(|word| word.strip_suffix('`'));
            word.is_none_or(|word| !words.contains(word))
        })
        .collect();
    assert!(missing.is_empty(), "not in the code: {missing:?}");
}

#[test]
fn each_chinese_term_stands_once() {
    let page = fs::read_to_string(root().join("docs/glossary.md")).expect("docs/glossary.md");
    let mut seen = BTreeMap::new();
    for [chinese, english, _] in rows(&page) {
        let before = seen.insert(chinese, english);
        assert_eq!(before, None, "{chinese} has two words");
    }
}
