//! The sample rulebook of `docs/rulebook.md` gives what its worked example says.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::run_examples;
use std::{fs, path::Path};

#[test]
fn the_first_rulebook_of_the_manual_gives_what_its_example_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.md");
    let manual = fs::read_to_string(path).expect("docs/rulebook.md");
    let (_, rest) = manual.split_once("```toml rulebook\n").expect("a sample rulebook");
    let (sample, _) = rest.split_once("\n```").expect("an end of the sample");
    let book = Rulebook::read(&Source::new("sample.toml", sample)).expect("a rulebook");
    assert_eq!(book.warnings(), []);
    let outcomes = run_examples(&book, &[], &[]);
    assert_eq!(outcomes.len(), 1);
    for outcome in outcomes {
        assert_eq!(outcome.mismatches, []);
    }
}
