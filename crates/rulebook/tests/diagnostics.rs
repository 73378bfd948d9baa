//! `docs/diagnostics.md` is true: every code has a section, and its example produces it at the place that the section names.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use ducha_core::{Lang, message::placeholders};
use ducha_rulebook::{Code, Diagnostic, Rulebook, Severity, Source, rulebook::read_all};
use std::collections::BTreeMap;

/// A section of the page.
struct Section {
    severity: String,
    place: String,
    examples: Vec<String>,
}

fn page() -> (String, BTreeMap<String, Section>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/diagnostics.md");
    let text = std::fs::read_to_string(path).expect("docs/diagnostics.md");
    let mut parts = text.split("\n## ");
    let head = parts.next().expect("an introduction");
    let common = blocks(head, "common").pop().expect("the common lines");
    let sections = parts.map(|part| {
        let (code, body) = part.split_once('\n').expect("a heading");
        let (head, place) = body.split_once(". Place: ").expect("a place");
        let severity = head.rsplit_once("** ").expect("a title").1.to_lowercase();
        let place = place.lines().next().unwrap_or_default();
        let place = place.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or_default();
        let examples = blocks(body, "toml");
        (code.trim().to_owned(), Section { severity, place: place.to_owned(), examples })
    });
    (common, sections.collect())
}

fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let after = text.split(fence.as_str()).skip(1);
    after.filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_owned())).collect()
}

/// Everything that is said about the files; errors and warnings alike.
fn diagnose(files: &[Source]) -> Vec<Diagnostic> {
    match files {
        [one] => match Rulebook::read(one) {
            Ok(book) => book.warnings().to_vec(),
            Err(report) => report.diagnostics,
        },
        several => match read_all(several) {
            Ok(books) => books.iter().flat_map(Rulebook::warnings).cloned().collect(),
            Err(diagnostics) => diagnostics,
        },
    }
}

/// Codes whose section says why there is no example.
const WITHOUT_EXAMPLE: [&str; 2] = ["RB015", "RB028"];

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let (_, sections) = page();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.text().code).collect();
    let headings: Vec<&str> = sections.keys().map(String::as_str).collect();
    assert_eq!(codes, headings);
    for code in Code::ALL {
        let severity = format!("{:?}", code.text().severity).to_lowercase();
        assert_eq!(sections[code.text().code].severity, severity, "{}", code.text().code);
    }
}

#[test]
fn every_example_produces_its_code_at_its_place() {
    let (common, sections) = page();
    let mut wrong = Vec::new();
    for (code, section) in &sections {
        if WITHOUT_EXAMPLE.contains(&code.as_str()) {
            continue;
        }
        let files: Vec<Source> = section
            .examples
            .iter()
            .map(|example| {
                let whole = example.contains("[rulebook") || section.place.is_empty();
                let text = if whole { example.clone() } else { format!("{common}\n{example}") };
                Source::new("rulebook.toml", text)
            })
            .collect();
        let last = files.len().saturating_sub(1);
        let said = diagnose(&files);
        let found = said.iter().any(|d| {
            let here = d.place.source == last && d.place.pointer.as_str() == section.place;
            d.code.text().code == code && here && d.place.span.is_some()
        });
        // An example of an error shows that error and no other; what warns beside it belongs to brevity.
        let others = said.iter().filter(|d| d.code.text().code != code && d.severity == Severity::Error);
        if !found || others.count() > 0 {
            let said: Vec<String> = said
                .iter()
                .map(|d| format!("  {} at {}: {}", d.code.text().code, d.place.pointer, d.message(Lang::En)))
                .collect();
            wrong.push(format!("{code} at {}:\n{}", section.place, said.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_argument_of_a_sentence_is_given() {
    let (common, sections) = page();
    for section in sections.values().filter(|section| !section.place.is_empty()) {
        for example in &section.examples {
            let text =
                if example.contains("[rulebook") { example.clone() } else { format!("{common}\n{example}") };
            for diagnostic in diagnose(&[Source::new("rulebook.toml", text)]) {
                let words = diagnostic.code.text();
                for lang in [Lang::Zh, Lang::En] {
                    for template in [words.message(lang), words.help(lang)] {
                        // Names of arguments are plain; braces of quoted TOML are not.
                        let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                        for name in placeholders(template).into_iter().filter(plain) {
                            assert!(diagnostic.args.0.contains_key(name), "{} lacks {name}", words.code);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn chinese_and_english_name_the_same_arguments() {
    for code in Code::ALL {
        let words = code.text();
        assert_eq!(placeholders(words.zh.0), placeholders(words.en.0), "message of {}", words.code);
        assert_eq!(placeholders(words.zh.1), placeholders(words.en.1), "help of {}", words.code);
    }
}
