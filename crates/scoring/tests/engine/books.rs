//! The engine says what the reference says over the rulebooks of the repository: the shapes of docs/shapes.md, the regimes and
//! the campus of examples/, each with the records of its own worked examples.

use crate::same::same_as_the_reference;
use ducha_core::Organisation;
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::Request;
use std::{fs, path::Path};

/// Holds engine and reference equal for each worked example, as of each of its days.
fn examples_hold(rulebook: &Rulebook, earlier: &[Rulebook]) {
    let mut books = earlier.to_vec();
    books.push(rulebook.clone());
    let name = &rulebook.annex().rulebook.id;
    for example in &rulebook.annex().example {
        let organisation = Organisation::new(example.subject.iter().cloned()).unwrap();
        let mut days: Vec<_> = example.expect.iter().map(|expect| expect.as_of.or(example.as_of)).collect();
        days.push(example.as_of);
        days.dedup();
        for as_of in days {
            let mut request = Request::new(&books, &example.record);
            request.organisation = (!example.subject.is_empty()).then_some(&organisation);
            request.as_of = as_of;
            request.known_on = example.known_on;
            request.complete_from = example.complete_from;
            same_as_the_reference(&request)
                .unwrap_or_else(|wrong| panic!("{name}, {}, {as_of:?}: {wrong}", example.id));
        }
    }
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
