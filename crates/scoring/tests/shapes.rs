//! `docs/shapes.md`: each of the 41 shapes is a rulebook that reads, and its worked examples come out.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use ducha_core::Lang;
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{Mismatch, run_examples};
use std::{fs, path::Path};

const SHAPES: usize = 41;

/// A section of the page: the shape's number and its rulebook, preamble included.
struct Shape {
    number: String,
    rulebook: String,
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/shapes.md");
    fs::read_to_string(path).expect("docs/shapes.md")
}

/// The one code block of a text with this information string.
fn code_block<'a>(text: &'a str, info: &str, of: &str) -> &'a str {
    let fence = format!("\n```{info}\n");
    let mut parts = text.split(fence.as_str()).skip(1);
    let (block, further) = (parts.next(), parts.next());
    assert!(further.is_none(), "{of} has more than one {info} block");
    block.and_then(|rest| rest.split("\n```").next()).unwrap_or_else(|| panic!("{of} has no {info} block"))
}

fn shapes() -> Vec<Shape> {
    let page = page();
    let preamble = code_block(&page, "toml preamble", "the page");
    page.split("\n## ")
        .skip(1)
        .map(|section| {
            let number = section.split_whitespace().next().expect("a heading has words").to_owned();
            let rulebook = format!("{preamble}\n\n{}\n", code_block(section, "toml", &number));
            Shape { number, rulebook }
        })
        .collect()
}

fn read(shape: &Shape) -> Rulebook {
    let source = Source::new(format!("{}.toml", shape.number), shape.rulebook.clone());
    Rulebook::read(&source).unwrap_or_else(|report| {
        let lines = report.lines();
        let told: Vec<_> = report
            .diagnostics
            .iter()
            .map(|d| {
                let (line, _) = lines.line_column(&shape.rulebook, d.place.span.map_or(0, |span| span.0));
                format!(
                    "{} {}\n    {}",
                    d.code.text().code,
                    d.message(Lang::En),
                    lines.line(&shape.rulebook, line).unwrap_or_default()
                )
            })
            .collect();
        panic!("{} is no rulebook:\n{}", shape.number, told.join("\n"))
    })
}

#[test]
fn the_page_has_the_shapes_s1_to_s41_in_order() {
    let numbers: Vec<_> = shapes().into_iter().map(|shape| shape.number).collect();
    let expected: Vec<_> = (1..=SHAPES).map(|number| format!("S{number}")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_shape_is_a_rulebook_without_warnings_that_says_what_must_come_out() {
    for shape in shapes() {
        let book = read(&shape);
        assert!(book.warnings().is_empty(), "{}: {:#?}", shape.number, book.warnings());
        let examples = &book.annex().example;
        assert!(!examples.is_empty(), "{} has no example", shape.number);
        for example in examples {
            assert!(example.inexpressible.is_none(), "{} is not run", shape.number);
            assert!(!example.expect.is_empty(), "{} expects nothing", shape.number);
        }
    }
}

#[test]
fn what_every_shape_says_comes_out() {
    let mut wrong = Vec::new();
    for shape in shapes() {
        let book = read(&shape);
        let outcomes = run_examples(&book, &[], &[]);
        assert_eq!(outcomes.len(), book.annex().example.len(), "{} runs all its examples", shape.number);
        for outcome in outcomes {
            let number = &shape.number;
            wrong.extend(outcome.mismatches.iter().map(|m| {
                let Mismatch { expectation, key, expected, actual } = m;
                format!("{number} expectation {expectation}, {key}: expected {expected}, got {actual}")
            }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
