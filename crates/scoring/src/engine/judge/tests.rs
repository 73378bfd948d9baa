//! What the judge says is what the reference says, field by field: over random worlds, the shapes of docs/shapes.md and the
//! rulebooks of examples/ with the records of their own worked examples.

#![allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "the laws ask the worlds for more")]
#[path = "../../../tests/laws/generator/mod.rs"]
mod generator;

mod bent;

use crate::{
    assess,
    assessment::Assessment,
    engine::{Scorer, dossier::Dossier, from_reference, question::Question},
    request::Request,
};
use chrono::{Datelike, NaiveDate};
use ducha_core::{Organisation, Period};
use ducha_rulebook::{Rulebook, Source};
use generator::{Without, config, worlds};
use proptest::prelude::*;
use std::{borrow::ToOwned, fmt::Debug, format, path::Path, string::String, vec, vec::Vec};

use super::judged::{joined, judged, judged_of};

/// The first of two lists' items that differ, so that a counterexample can be read.
fn same<T: PartialEq + Debug>(what: &str, told: &[T], said: &[T]) -> Result<(), TestCaseError> {
    for (told, said) in told.iter().zip(said) {
        prop_assert!(told == said, "{what}: the judge tells\n{told:#?}\nthe reference says\n{said:#?}");
    }
    let further = |of: &[T], but: &[T]| format!("{:#?}", of.get(but.len()));
    prop_assert!(told.len() >= said.len(), "{what}: the reference also says {}", further(said, told));
    prop_assert!(told.len() <= said.len(), "{what}: the judge also tells {}", further(told, said));
    Ok(())
}

/// Holds what the judge says against the reference; nothing is said where 64 bits don't hold an entry.
fn holds(request: &Request<'_>) -> Result<(), TestCaseError> {
    let Ok(scorer) = Scorer::compile(request.rulebooks) else { return Ok(()) };
    let asked = Question::from(request);
    let Some(dossier) = from_reference::dossier(&scorer, &asked) else { return Ok(()) };
    let said = assess(request).numbers();
    prop_assert_eq!(dossier.as_of, said.as_of);
    follows(&dossier, &said)
}

/// Everything that follows; all of it once more where the subjects are judged by themselves, two by two.
fn follows(dossier: &Dossier<'_>, said: &Assessment<()>) -> Result<(), TestCaseError> {
    let subjects: Vec<u32> = (0_u32..).take(dossier.people.len()).collect();
    let apart = subjects.chunks(2).map(|two| judged_of(dossier, two));
    for told in [judged(dossier), joined(dossier, apart)] {
        same("tallies", &told.tallies, &said.tallies)?;
        same("indexes", &told.indexes, &said.indexes)?;
        same("standings", &told.standings, &said.standings)?;
        same("rankings", &told.rankings, &said.rankings)?;
        same("consequences", &told.consequences, &said.consequences)?;
    }
    Ok(())
}

/// The same for the records of each of a rulebook's worked examples, as of its own days.
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
            holds(&request).unwrap_or_else(|wrong| panic!("{name}, {}, {what}: {wrong}", example.id));
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
    days.dedup();
    // The first day, the last, and one between, whatever their number.
    let few = [days.first(), days.get(days.len() / 2), days.last()];
    for day in few.into_iter().flatten().copied() {
        let month = Period::months(day.year(), day.month(), 1).unwrap();
        other(format!("as of {day}"), &|request| request.as_of = Some(day));
        other(format!("complete from {day}"), &|request| request.complete_from = Some(day));
        other(format!("{month:?}"), &|request| request.period = Some(month));
        other(format!("{month:?}, as of {day}"), &|request| {
            (request.period, request.as_of) = (Some(month), Some(day));
        });
        other(format!("{month:?}, complete from {day}"), &|request| {
            (request.period, request.complete_from) = (Some(month), Some(day));
        });
    }
    others
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

fn book(name: &str, text: String) -> Rulebook {
    Rulebook::read(&Source::new(name, text)).unwrap_or_else(|wrong| panic!("{name}: {:?}", wrong.diagnostics))
}

#[test]
fn the_examples_of_the_shapes_are_judged_alike() {
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
fn the_examples_of_the_rulebooks_are_judged_alike() {
    let regimes = [
        "ahut-property-2020",
        "cn-driver-points",
        "cug-inspection",
        "fmcsa-csa",
        "hk-public-housing",
        "la-county-food",
        "uk-totting-up",
        "wake-county-food",
    ];
    for regime in regimes {
        examples_hold(&book(regime, text(&format!("examples/rulebooks/{regime}.toml"))), &[]);
    }
}

#[test]
fn the_examples_of_the_campus_are_judged_alike() {
    let earlier = book("2025", text("examples/campus/rulebook-2025.toml"));
    examples_hold(&earlier, &[]);
    examples_hold(&book("2026", text("examples/campus/rulebook-2026.toml")), &[earlier]);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn random_worlds_are_judged_alike(world in worlds(Without::default())) {
        holds(&world.request())?;
    }
}
