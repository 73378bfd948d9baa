//! The engine says what the reference says over the rulebooks of the repository: the shapes of docs/shapes.md, the regimes and
//! the campus of examples/, each with the records of its own worked examples; also as columns.

use crate::{
    columns::same_as_the_batch,
    given::{Given, NamedRows},
    same::same_as_the_reference,
};
use chrono::{Datelike, NaiveDate};
use ducha_core::{Organisation, Period};
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{
    Request,
    engine::{Question, Scorer},
};
use std::{fs, path::Path};

/// Holds engine and reference equal for each worked example, as of each of its days.
fn examples_hold(rulebook: &Rulebook, earlier: &[Rulebook]) {
    let mut books = earlier.to_vec();
    books.push(rulebook.clone());
    let name = &rulebook.annex().rulebook.id;
    for example in &rulebook.annex().example {
        let organisation = Organisation::new(example.subject.iter().cloned()).unwrap();
        let mut asked = Request::new(&books, &example.record);
        asked.organisation = (!example.subject.is_empty()).then_some(&organisation);
        asked.as_of = example.as_of;
        asked.known_on = example.known_on;
        asked.complete_from = example.complete_from;
        for (what, request) in otherwise(&asked, example.expect.iter().filter_map(|expect| expect.as_of)) {
            same_as_the_reference(&request)
                .unwrap_or_else(|wrong| panic!("{name}, {}, {what}: {wrong}", example.id));
            let scorer = Scorer::compile(&books).unwrap();
            for turned in [false, true] {
                let given = Given::of(request.records, turned);
                same_as_the_batch(&scorer, &Question::from(&request), &given, NamedRows::ByIds)
                    .unwrap_or_else(|wrong| panic!("{name}, {}, {what}, as columns: {wrong}", example.id));
            }
        }
    }
}

/// The same question, and others about the same records: as of other days, of a period, with records that are complete only
/// from a day on, of whomever.
fn otherwise<'a>(asked: &Request<'a>, days: impl Iterator<Item = NaiveDate>) -> Vec<(String, Request<'a>)> {
    let mut others = vec![("as it is".to_owned(), asked.clone())];
    let mut other = |what: String, change: &dyn Fn(&mut Request<'a>)| {
        let mut request = asked.clone();
        change(&mut request);
        others.push((what, request));
    };
    for day in days {
        other(format!("as of {day}"), &|request| request.as_of = Some(day));
    }
    other("without organisation".to_owned(), &|request| request.organisation = None);
    let mut days: Vec<NaiveDate> = asked.records.iter().map(|record| record.occurred_on).collect();
    days.sort_unstable();
    // One between the first and the last.
    if let Some(day) = days.get(days.len() / 2).copied() {
        let month = Period::months(day.year(), day.month(), 1).unwrap();
        other(format!("as of {day}"), &|request| request.as_of = Some(day));
        other(format!("complete from {day}"), &|request| request.complete_from = Some(day));
        other(format!("{month:?}"), &|request| request.period = Some(month));
        other(format!("{month:?}, complete from {day}"), &|request| {
            (request.period, request.complete_from) = (Some(month), Some(day));
        });
    }
    others
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

fn book(name: &str, text: String) -> Rulebook {
    Rulebook::read(&Source::new(name, text)).unwrap_or_else(|wrong| panic!("{name}: {:?}", wrong.diagnostics))
}

#[test]
fn the_41_shapes_are_scored_alike() {
    let page = text("docs/shapes.md");
    let block = |text: &str, info: &str| -> String {
        let after = text.split(&format!("\n```{info}\n")).nth(1).unwrap().to_owned();
        after.split("\n```").next().unwrap().to_owned()
    };
    let preamble = block(&page, "toml preamble");
    let mut shapes = 0;
    for section in page.split("\n## ").skip(1) {
        let number = section.split_whitespace().next().unwrap();
        examples_hold(&book(number, format!("{preamble}\n\n{}\n", block(section, "toml"))), &[]);
        shapes += 1;
    }
    assert_eq!(shapes, 41);
}

#[test]
fn the_regimes_of_other_places_are_scored_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rulebooks");
    let mut read = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            examples_hold(&book(&name, fs::read_to_string(&path).unwrap()), &[]);
            read += 1;
        }
    }
    assert!(read >= 8, "{read} rulebooks");
}

#[test]
fn the_campus_is_scored_alike() {
    let earlier = book("2025", text("examples/campus/rulebook-2025.toml"));
    examples_hold(&earlier, &[]);
    examples_hold(&book("2026", text("examples/campus/rulebook-2026.toml")), &[earlier]);
}
