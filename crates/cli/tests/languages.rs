//! Each language stands alone: no English word in a Chinese text, no Chinese character in an English one, but for ids and
//! for names that stand so in the rulebook, the organisation or the records.
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

use ducha::core::{Derivation, Lang, Organisation};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{Assessment, Outcome, Request, assess};
use harness::{ducha, root};
use std::collections::BTreeSet;
use std::fs;

/// Words of at least three Latin letters, but for the table's kind in a rule's code such as `limit/report`.
fn latin(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split_inclusive(|c: char| !c.is_ascii_alphabetic() && c != '_');
    let words = parts.filter(|part| !part.ends_with('/'));
    words.map(|part| part.trim_end_matches(|c: char| !c.is_ascii_alphabetic())).filter(|word| word.len() >= 3)
}

/// Runs of Chinese characters.
fn chinese(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).filter(|run| !run.is_empty())
}

/// The strings of a TOML or CSV file.
fn strings(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// Words of ids and of names that are Chinese: what a Chinese text may show in Latin letters.
fn words_of_rules(toml: &str) -> BTreeSet<String> {
    let is_id = |text: &str| text.contains(|c: char| !c.is_ascii_lowercase() && !c.is_whitespace());
    let of_ids = toml.split("id = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let quoted = strings(toml).filter(|text| !text.contains(' ') && is_id(text) || !text.is_ascii());
    of_ids.chain(quoted).chain(sources(toml)).flat_map(latin).map(str::to_owned).collect()
}

/// What is quoted as it was written, whatever its language: laws and pages, an inspector's reason.
fn sources(toml: &str) -> impl Iterator<Item = &str> {
    let cited = toml.lines().filter(|line| line.trim_start().starts_with("cite = ")).flat_map(strings);
    let reasons = toml.split("reason = \"").skip(1).filter_map(|rest| rest.split('"').next());
    cited.chain(reasons)
}

/// Holds the text to its language: `allowed` are words that stand in what was given.
fn holds(lang: Lang, text: &str, allowed: &BTreeSet<String>, what: &str) {
    for line in text.lines().filter(|line| !line.starts_with("```")) {
        let foreign: Vec<&str> = match lang {
            Lang::Zh => latin(line).filter(|word| !allowed.contains(*word)).collect(),
            Lang::En => chinese(line).filter(|run| !allowed.contains(*run)).collect(),
        };
        assert!(foreign.is_empty(), "{what}: {foreign:?} in\n{line}");
    }
}

#[test]
fn the_month_is_told_in_one_language() {
    let files = ["rulebook-2026.toml", "rulebook-2025.toml", "findings-2026-10.csv", "org.toml"];
    let [rules, before, records, org] =
        files.map(|name| fs::read_to_string(root().join("examples/campus").join(name)).unwrap());
    let mut words: BTreeSet<String> =
        [&rules, &before, &org].into_iter().flat_map(|text| words_of_rules(text)).collect();
    // What the records name is quoted as it stands there.
    words.extend(latin(&records).map(str::to_owned));
    let quoted = [&rules, &before].into_iter().flat_map(|text| sources(text));
    let written: BTreeSet<String> =
        chinese(&records).chain(quoted.flat_map(chinese)).map(str::to_owned).collect();
    let given: Vec<String> = files.iter().map(|name| format!("examples/campus/{name}")).collect();
    for (lang, code, allowed) in [(Lang::Zh, "zh", &words), (Lang::En, "en", &written)] {
        for (format, extra) in [("table", "--explain"), ("markdown", "--explain"), ("csv", "--strict")] {
            let run = ducha(&[
                "assess",
                &given[0],
                &given[1],
                &given[2],
                "--org",
                &given[3],
                "--period",
                "2026-10",
                "--history-from",
                "2025-10-01",
                "--lang",
                code,
                "--format",
                format,
                extra,
            ]);
            assert!(!run.output.is_empty(), "{}", run.beside);
            holds(lang, &run.output, allowed, &format!("{code} {format}"));
            assert!(!run.output.contains(" 1 points") && !run.output.contains("\n1 deductions"));
        }
    }
}

/// Everything that an assessment says in one language.
fn said(a: &Assessment, lang: Lang) -> String {
    let mut out = String::new();
    let mut tell = |derivation: &Derivation| out.push_str(&derivation.text(lang));
    for entry in &a.entries {
        tell(&entry.derivation);
        entry.rectify_by.iter().for_each(|due| tell(&due.derivation));
    }
    a.tallies.iter().for_each(|t| tell(&t.derivation));
    a.indexes.iter().for_each(|i| tell(&i.derivation));
    a.standings.iter().for_each(|s| tell(&s.derivation));
    for fired in &a.consequences {
        tell(&fired.derivation);
        fired.money.iter().for_each(|money| tell(&money.derivation));
        fired.extent.iter().for_each(|extent| tell(&extent.derivation));
        fired.due.iter().for_each(|due| tell(&due.derivation));
    }
    let rows = a.account.rows.iter().map(|row| row.reason.text(lang));
    let tallies = a.tallies.iter().filter_map(|t| match &t.value {
        Outcome::Undetermined(need) => Some(need.text(lang)),
        Outcome::Determined(_) => None,
    });
    out + &rows.chain(tallies).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_worked_example_is_told_in_one_language() {
    let mut told = 0;
    for entry in fs::read_dir(root().join("examples/rulebooks")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let book = Rulebook::read(&Source::new(&name, &*text)).unwrap();
        let words = words_of_rules(&text);
        let quoted: BTreeSet<String> = sources(&text).flat_map(chinese).map(str::to_owned).collect();
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
            let assessment = assess(&request);
            let what = format!("{name}, example {}", example.id);
            holds(Lang::Zh, &said(&assessment, Lang::Zh), &words, &what);
            holds(Lang::En, &said(&assessment, Lang::En), &quoted, &what);
            let english = said(&assessment, Lang::En);
            for wrong in [" 1 points", " 1 units", "\n1 points", " 1 deductions", " 1 awards", " , "] {
                assert!(!english.contains(wrong), "{what}: `{wrong}` in\n{english}");
            }
            told += 1;
        }
    }
    assert!(told >= 40, "only {told} examples were found");
}
