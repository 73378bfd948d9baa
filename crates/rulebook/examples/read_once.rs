//! Reads a rulebook file several times and tells how long it took, for measuring and for tools that count instructions:
//!
//! `cargo run --release -p ducha-rulebook --example read_once -- FILE 200`
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![allow(clippy::disallowed_methods, reason = "measuring needs a clock")]

use ducha_rulebook::{Rulebook, Source};
use std::{hint::black_box, process::ExitCode, time::Instant};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let (file, times) = (words.next().unwrap_or_default(), words.next());
    let times = times.and_then(|n| n.parse().ok()).unwrap_or(1_usize);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("cannot read `{file}`");
        return ExitCode::FAILURE;
    };
    let source = Source::new(file, text);
    let mut taken = Vec::new();
    for _ in 0..times {
        let begin = Instant::now();
        let book = black_box(Rulebook::read(black_box(&source)));
        taken.push(begin.elapsed());
        if let Err(report) = book {
            println!("{} diagnostics", report.diagnostics.len());
        }
    }
    taken.sort();
    println!("least {:?}, median {:?}", taken.first(), taken.get(times / 2));
    ExitCode::SUCCESS
}
