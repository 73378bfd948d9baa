//! The manual of records says what the code does: its tables are the code's tables, its examples are read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use ducha_core::message::Template;
use ducha_core::{Lang, Method};
use ducha_intake::{
    Column, EVIDENCE_KINDS, Options, OrganisationFormat, RecordType, Records, columns, organisation_texts,
    read_organisation, refusal_texts, roster_columns,
};

const MANUAL: &str = include_str!("../../../docs/records.md");

/// The rows of the table behind `<!-- table NAME -->`, without its heading.
fn table(name: &str) -> Vec<&'static str> {
    let (_, behind) = MANUAL.split_once(&format!("<!-- table {name} -->\n")).unwrap();
    behind
        .lines()
        .skip_while(|line| line.is_empty())
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect()
}

#[track_caller]
fn holds(name: &str, expected: &[String]) {
    let found = table(name);
    assert!(found == expected, "the table `{name}` of docs/records.md should read\n{}", expected.join("\n"));
}

fn types_of(column: &Column) -> String {
    let all = |types: &[RecordType]| types.len() == RecordType::NAMES.len();
    match (all(column.required), all(column.used)) {
        (true, _) => "**all**".to_owned(),
        (false, true) if column.required.is_empty() => "all".to_owned(),
        (false, true) => {
            format!("all; **{}**", column.required.iter().map(|t| t.code()).collect::<Vec<_>>().join(", "))
        }
        _ => {
            let name = |t: &RecordType| {
                if column.is_required_in(*t) { format!("**{}**", t.code()) } else { t.code().to_owned() }
            };
            column.used.iter().map(name).collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn the_table_of_columns_is_the_codes() {
    let rows = columns().iter().map(|column| {
        let names = column.chinese.iter().chain(column.english).copied().collect::<Vec<_>>().join(", ");
        format!(
            "| `{}` | {names} | {} | {} | {} {} |",
            column.key,
            column.kind.name(Lang::En),
            types_of(column),
            column.about(Lang::Zh),
            column.about(Lang::En),
        )
    });
    holds("columns", &rows.collect::<Vec<_>>());
}

#[test]
fn the_tables_of_words_are_the_codes() {
    let types = RecordType::NAMES.iter().map(|(_, code, zh, _)| format!("| `{code}` | {} |", zh.join(", ")));
    holds("types", &types.collect::<Vec<_>>());
    let methods = Method::NAMES.iter().map(|(_, code, zh, en)| format!("| `{code}` | {zh} | {en} |"));
    holds("methods", &methods.collect::<Vec<_>>());
    let kinds = EVIDENCE_KINDS.iter().map(|(_, code, zh, en)| format!("| `{code}` | {zh} | {en} |"));
    holds("evidence", &kinds.collect::<Vec<_>>());
    let roster = roster_columns().iter().map(|c| format!("| `{}` | {} |", c.key, c.chinese.join(", ")));
    holds("roster", &roster.collect::<Vec<_>>());
}

#[test]
fn every_standard_fact_is_named() {
    let (_, facts) = MANUAL.split_once("## Facts").unwrap();
    let (facts, _) = facts.split_once("\n## ").unwrap();
    for fact in ducha_core::record::standard_fact::ALL {
        assert!(facts.contains(&format!("`{fact}`")), "{fact}");
    }
}

fn code_rows(texts: &[Template]) -> Vec<String> {
    texts.iter().map(|t| format!("| `{}` | {} | {} |", t.key, t.zh, t.en)).collect()
}

#[test]
fn the_tables_of_codes_are_the_codes() {
    holds("refusals", &code_rows(refusal_texts()));
    holds("organisation", &code_rows(organisation_texts()));
}

#[test]
fn every_sentence_has_the_same_facts_in_both_languages() {
    use ducha_core::message::placeholders;
    for text in refusal_texts().iter().chain(organisation_texts()) {
        // A brace that shows JSON is no place for an argument.
        let names = |template| {
            let mut names = placeholders(template);
            names.retain(|name| name.chars().all(|c| c.is_ascii_lowercase()));
            names
        };
        assert_eq!(names(text.zh), names(text.en), "{}", text.key);
    }
}

/// The code blocks of that language, each with the line on which it begins.
fn blocks(language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = MANUAL.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let text: Vec<_> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        if info == language {
            found.push((number, text.join("\n")));
        }
    }
    assert!(!found.is_empty(), "no block in {language}");
    found
}

#[test]
fn the_examples_of_records_are_read() {
    let mut of_each_type = std::collections::BTreeSet::new();
    for (form, is_csv) in [("csv", true), ("jsonl", false)] {
        for (line, block) in blocks(form) {
            let open = if is_csv { Records::csv } else { Records::json_lines };
            for row in open(block.as_bytes(), Options::default()).unwrap() {
                let record = row.unwrap_or_else(|refusal| panic!("block at line {line}: {refusal}"));
                of_each_type.insert((is_csv, RecordType::of(&record.value.matter).unwrap()));
            }
        }
    }
    assert_eq!(of_each_type.len(), RecordType::NAMES.len() * 2, "an example of each type in both forms");
}

/// In these blocks the text behind the last `#` of each row is its code.
#[test]
fn the_examples_of_refused_rows_are_refused_as_told() {
    let told = |block: &str| -> Vec<String> {
        block
            .lines()
            .filter_map(|line| line.rsplit_once('#'))
            .map(|(_, code)| code.trim().to_owned())
            .collect()
    };
    for (line, block) in blocks("csv refused") {
        let rows = Records::csv(block.as_bytes(), Options::default()).unwrap();
        let codes: Vec<_> = rows.map(|row| row.unwrap_err().reason.code().to_owned()).collect();
        assert_eq!(codes, told(&block), "block at line {line}");
    }
}

#[test]
fn the_examples_of_organisations_are_the_same() {
    let read = |language, format| {
        let all = blocks(language).into_iter().map(|(line, block)| {
            read_organisation(block.as_bytes(), format)
                .unwrap_or_else(|f| panic!("block at line {line}: {f:?}"))
        });
        all.collect::<Vec<_>>()
    };
    let toml = read("toml", OrganisationFormat::Toml);
    assert_eq!(toml, read("json", OrganisationFormat::Json));
    assert_eq!(read("csv organisation", OrganisationFormat::Csv).len(), 1);
}
