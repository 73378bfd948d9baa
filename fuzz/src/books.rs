//! The rulebooks that the repository shows: the campus's, other regimes', and one for each of the 41 shapes.

use ducha_core::Organisation;
use ducha_intake::{OrganisationFormat, read_organisation};
use ducha_rulebook::{Rulebook, Source};
use std::{fs, path::Path};

/// Versions of one rulebook, and the organisation that they are about, if there is one.
pub struct Shelf {
    /// Where it is from, for who reads a finding of the fuzzer.
    pub name: String,
    /// The versions.
    pub books: Vec<Rulebook>,
    /// The subjects.
    pub organisation: Option<Organisation>,
}

/// All shelves, in an order that doesn't change.
pub fn shelves() -> Vec<Shelf> {
    let mut shelves = shapes();
    shelves.extend(regimes());
    shelves.push(campus());
    shelves
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, text: String) -> Rulebook {
    Rulebook::read(&Source::new(name, text))
        .unwrap_or_else(|report| panic!("{name}: {:?}", report.diagnostics.first()))
}

fn campus() -> Shelf {
    let books = ["rulebook-2025.toml", "rulebook-2026.toml"]
        .map(|file| read(file, text(&format!("examples/campus/{file}"))))
        .into();
    let organisation = text("examples/campus/org.toml");
    let organisation =
        read_organisation(organisation.as_bytes(), OrganisationFormat::Toml).expect("org.toml");
    Shelf { name: "campus".into(), books, organisation: Some(organisation) }
}

fn regimes() -> Vec<Shelf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/rulebooks");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("examples/rulebooks")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let shelf = |name: String| {
        let book = read(&name, text(&format!("examples/rulebooks/{name}")));
        Shelf { name, books: vec![book], organisation: None }
    };
    names.into_iter().map(shelf).collect()
}

fn shapes() -> Vec<Shelf> {
    let page = text("docs/shapes.md");
    let block = |text: &str, fence: &str| -> String {
        let rest = text.split_once(fence).expect("a code block").1;
        rest.split_once("\n```").expect("its end").0.to_owned()
    };
    let preamble = block(&page, "\n```toml preamble\n");
    let section = |section: &str| {
        let name = section.split_whitespace().next().expect("a heading").to_owned();
        let book = read(&name, format!("{preamble}\n\n{}\n", block(section, "\n```toml\n")));
        Shelf { name, books: vec![book], organisation: None }
    };
    page.split("\n## ").skip(1).map(section).collect()
}
