//! `docs/semantics.md` and the code name each other: every cited section is there, every named function too.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("docs/semantics.md")).expect("docs/semantics.md")
}

/// The sections of the page, with their text: `9.3` and what stands under it up to the next heading.
fn sections(page: &str) -> BTreeMap<String, String> {
    let mut sections = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in page.lines() {
        if line.starts_with('#') {
            let number = line.trim_start_matches('#').trim_start().strip_prefix('§');
            current = number.and_then(|rest| rest.split_whitespace().next()).map(str::to_owned);
            if let Some(number) = &current {
                assert!(sections.insert(number.clone(), String::new()).is_none(), "§{number} stands twice");
            }
        } else if let Some(text) = current.as_ref().and_then(|number| sections.get_mut(number)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    sections
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = item.expect("an entry of the folder").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            files.push(path);
        }
    }
}

/// The section numbers at the beginning of a text: `§4, §5.1 and` gives 4 and 5.1.
fn cited(mut text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    while let Some(rest) = text.strip_prefix('§') {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        numbers.push(number.trim_end_matches('.').to_owned());
        text = after.strip_prefix(", ").unwrap_or("");
    }
    numbers
}

#[test]
fn every_section_that_the_code_cites_is_on_the_page() {
    let sections = sections(&page());
    let mut files = Vec::new();
    for krate in ["scoring", "rulebook", "core"] {
        rust_files(&root().join("crates").join(krate).join("src"), &mut files);
    }
    let mut found = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        for (at, line) in text.lines().enumerate() {
            for reference in line.split("emantics ").skip(1) {
                for number in cited(reference) {
                    assert!(
                        sections.contains_key(&number),
                        "{}:{} cites semantics §{number}, which is not on the page",
                        file.display(),
                        at + 1
                    );
                    found.insert(number);
                }
            }
        }
    }
    assert!(found.len() > 10, "the code cites only {found:?}");
}

/// The words in backquotes of the form `module::function`.
fn named(text: &str) -> Vec<(String, String)> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter_map(|word| word.split_once("::"))
        .filter(|(module, function)| is_word(module) && is_word(function))
        .filter(|(module, _)| *module != "module")
        .map(|(module, function)| (module.to_owned(), function.to_owned()))
        .collect()
}

/// The source that a module of the page stands for: a file of this crate, or the whole of another crate.
fn source(module: &str) -> String {
    let crates = root().join("crates");
    let own = crates.join("scoring/src").join(format!("{module}.rs"));
    let mut files = vec![own.clone()];
    if !own.exists() {
        files.clear();
        rust_files(&crates.join(module).join("src"), &mut files);
    }
    files.iter().map(|file| fs::read_to_string(file).expect("a source file")).collect()
}

#[test]
fn every_function_that_the_page_names_is_in_the_code() {
    let named = named(&page());
    assert!(named.len() > 80, "the page names only {} functions", named.len());
    for (module, function) in named {
        let text = source(&module);
        let there = text.contains(&format!("fn {function}(")) || text.contains(&format!("fn {function}<"));
        assert!(there, "the page names {module}::{function}, which is not there");
    }
}

#[test]
fn every_section_that_is_not_divided_names_its_twin() {
    let sections = sections(&page());
    for (number, text) in &sections {
        let divided = sections.keys().any(|other| other.starts_with(&format!("{number}.")));
        assert!(divided || text.contains("*Twin*: `"), "§{number} names no function");
    }
}

#[test]
fn the_page_has_all_points_of_the_design_and_the_laws() {
    let sections = sections(&page());
    for number in 0..=20 {
        assert!(sections.contains_key(&number.to_string()), "§{number} is missing");
    }
}
