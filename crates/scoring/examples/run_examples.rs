//! Reads rulebooks and runs the worked examples that they carry: `cargo run -p ducha-scoring --example run_examples -- FILE…`
#![allow(clippy::print_stdout, reason = "a program for people")]

use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::run_examples;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut failed = false;
    let mut books = Vec::new();
    for path in std::env::args().skip(1) {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                println!("{path}: {error}");
                return ExitCode::from(2);
            }
        };
        match Rulebook::read(&Source::new(&path, text)) {
            Ok(book) => books.push((path, book)),
            Err(report) => {
                println!("{path}: {} mistakes; see check_file", report.diagnostics.len());
                failed = true;
            }
        }
    }
    let all: Vec<Rulebook> = books.iter().map(|(_, book)| book.clone()).collect();
    for (path, book) in &books {
        let outcomes = run_examples(book, &all, &[]);
        let bad = outcomes.iter().filter(|o| !o.holds()).count();
        let skipped = outcomes.iter().filter(|o| o.inexpressible).count();
        println!("{path}: {} examples, {bad} fail, {skipped} declared inexpressible", outcomes.len());
        for outcome in outcomes.iter().filter(|o| !o.holds()) {
            failed = true;
            for row in &outcome.unscored {
                println!("  {} not scored: {}", outcome.example, row.reason.text(ducha_core::Lang::En));
            }
            for m in &outcome.mismatches {
                println!(
                    "  {} expect #{} {}: expected `{}`, got `{}`",
                    outcome.example, m.expectation, m.key, m.expected, m.actual
                );
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
