//! `docs/diagnostics.md` is true: every code has a section, and its example produces it at the place that the section names.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use ducha_core::{Lang, message::placeholders};
use ducha_rulebook::{Code, Diagnostic, LineIndex, Rulebook, Severity, Source, read_all};
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

/// An example as a file: after the common lines, unless it is whole.
fn source(common: &str, example: &str) -> Source {
    let whole = example.contains("[rulebook");
    let text = if whole { example.to_owned() } else { format!("{common}\n{example}") };
    Source::new("rulebook.toml", text)
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

/// The traps that real rules fall into; none may pass as a warning.
const TRAPS: [(&str, &str); 20] = [
    ("bands with holes for fractions, gaps in counts", "RB101"),
    ("bounds overlapping by the inclusive reading", "RB102"),
    ("a cap whose order against factors is left open", "RB021"),
    ("recurrence without key", "RB022"),
    ("recurrence without window", "RB023"),
    ("a rolling period without last_day", "RB024"),
    ("a time limit without unit", "RB020"),
    ("a share without rounding", "RB025"),
    ("a division without rounding", "RB027"),
    ("weights that don't add up", "RB140"),
    ("several drop-tier vetoes left open", "RB160"),
    ("unknown references", "RB011"),
    ("unknown keys", "RB002"),
    ("duplicate codes", "RB012"),
    ("tiers out of order", "RB107"),
    ("cycles", "RB170"),
    ("rules never in force", "RB180"),
    ("a changed window without transition", "RB192"),
    ("double liability left open", "RB026"),
    ("double liability left open by two shares", "RB150"),
];

#[test]
fn every_trap_is_an_error_on_the_line_of_its_key() {
    let (common, sections) = page();
    for (trap, code) in TRAPS {
        let section = &sections[code];
        assert_eq!(section.severity, "error", "{trap}");
        let files: Vec<Source> = section.examples.iter().map(|example| source(&common, example)).collect();
        let said = diagnose(&files);
        let own = said.iter().find(|d| d.code.text().code == code).expect(trap);
        let text = &files[own.place.source].text;
        let (line, _) = LineIndex::new(text).line_column(text, own.place.range().expect("bytes").start);
        let line = LineIndex::new(text).line(text, line).expect("a line");
        // A key points at its own line, a table (by its number in the list) at its heading or first key.
        let key = section.place.rsplit('/').next().expect("a pointer");
        let key = if key.bytes().all(|b| b.is_ascii_digit()) { "" } else { key };
        assert!(line.contains(key) && !line.trim().is_empty(), "{trap}: {line}");
    }
}

#[test]
fn every_argument_of_a_sentence_is_given() {
    let (common, sections) = page();
    for section in sections.values().filter(|section| !section.place.is_empty()) {
        for example in &section.examples {
            for diagnostic in diagnose(&[source(&common, example)]) {
                let words = diagnostic.code.text();
                for lang in [Lang::Zh, Lang::En] {
                    for template in [words.message(lang), words.help(lang)] {
                        // Names of arguments are plain; braces of quoted TOML are not.
                        let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                        for name in placeholders(template).into_iter().filter(plain) {
                            assert!(diagnostic.args.get(name).is_some(), "{} lacks {name}", words.code);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_suggested_edit_mends_the_example() {
    let (common, sections) = page();
    let mut edited = 0;
    for (code, section) in sections.iter().filter(|(_, section)| !section.place.is_empty()) {
        let mut files: Vec<Source> =
            section.examples.iter().map(|example| source(&common, example)).collect();
        let said = diagnose(&files);
        let own = said.iter().find(|diagnostic| diagnostic.code.text().code == code);
        let Some(edit) = own.and_then(|diagnostic| diagnostic.edit.clone()) else { continue };
        let text = &mut files[edit.place.source].text;
        text.replace_range(edit.place.range().expect("bytes"), &edit.replacement);
        let after = diagnose(&files);
        assert!(after.iter().all(|diagnostic| diagnostic.code.text().code != code), "{code}: {after:?}");
        edited += 1;
    }
    assert!(edited > 3, "{edited} edits");
}

#[test]
fn chinese_and_english_name_the_same_arguments() {
    for code in Code::ALL {
        let words = code.text();
        assert_eq!(placeholders(words.zh.0), placeholders(words.en.0), "message of {}", words.code);
        assert_eq!(placeholders(words.zh.1), placeholders(words.en.1), "help of {}", words.code);
    }
}

/// The text without what stands in code marks or quotation marks.
fn unquoted(text: &str) -> String {
    ['`', '"'].iter().fold(text.to_owned(), |text, mark| text.split(*mark).step_by(2).collect())
}

#[test]
fn chinese_sentences_hold_no_english_ones() {
    let (common, sections) = page();
    let mut said = 0;
    for (code, section) in &sections {
        let files: Vec<Source> = section.examples.iter().map(|example| source(&common, example)).collect();
        for diagnostic in diagnose(&files) {
            let related = diagnostic.related.iter().map(|related| related.what.get(Lang::Zh).to_owned());
            for text in [diagnostic.message(Lang::Zh), diagnostic.help(Lang::Zh)].into_iter().chain(related) {
                let plain = unquoted(&text);
                // Words of a sentence are divided by blanks alone; lists of words and keys are not.
                let is_word = |part: &&str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_alphabetic());
                let parts: Vec<&str> = plain.split(' ').collect();
                let sentence = parts.windows(3).find(|parts| parts.iter().all(is_word));
                assert_eq!(sentence, None, "{code}: {text}");
                said += 1;
            }
        }
    }
    assert!(said > 150, "{said}");
}

#[test]
fn what_a_missing_key_asks_for_is_told_in_both_languages() {
    let said = |text: &str| {
        let told = diagnose(&[Source::new("rulebook.toml", text)]);
        let own = told.iter().find(|d| d.code == Code::MissingKey || d.code == Code::EmptyList);
        let own = own.expect("a missing key");
        (own.help(Lang::Zh), own.help(Lang::En))
    };
    let line = "format = 1\n[[line]]\nid = \"canteen\"\n";
    assert_eq!(
        said(line),
        (
            "补上 `rulebook`：表，写作 { … }，或用 [标题] 单列".to_owned(),
            "add `rulebook`: What it is and when it is in force.".to_owned()
        )
    );
    let (common, _) = page();
    assert_eq!(
        said(&format!("{common}\n{}", line.trim_start_matches("format = 1\n"))),
        (
            "补上 `name`：中英文名称，写作 { zh = \"…\", en = \"…\" }".to_owned(),
            "add `name`: Its name.".to_owned()
        )
    );
    let policy = "[[unrectified]]\nid = \"u\"\nfactors = []\n";
    let (zh, _) = said(&format!("{common}\n{policy}"));
    assert_eq!(zh, "至少写一项：十进制数，写作 2.5 或 \"2.5\"");
}
