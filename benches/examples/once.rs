//! Runs the standard job once, for tools that count instructions:
//!
//! `valgrind --tool=callgrind --toggle-collect='*::kernel' target/release/examples/once kernel 100000`
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![allow(clippy::expect_used, reason = "a bench that cannot begin stops")]

use chrono::Datelike;
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Columns, Question, Scorer, Tell};
use ducha_benches::kernel::{self, kernel};
use ducha_examples::standard::{Job, rulebook};

fn main() {
    let mut words = std::env::args().skip(1);
    let (which, findings) = (words.next(), words.next());
    let job = Job::new(findings.and_then(|n| n.parse().ok()).unwrap_or(100_000), 120);
    let columns: kernel::Columns = job.findings().collect();
    let first = Job::FIRST_DAY.num_days_from_ce();
    let days: Vec<i32> = columns.day.iter().map(|day| first.saturating_add(day.cast_signed())).collect();
    let text = rulebook(&job.clauses());
    let book = Rulebook::read(&Source::new("standard.toml", text)).expect("a sound rulebook");
    let scorer = Scorer::compile(&[book]).expect("rules that the engine compiles");
    let total: i64 = match which.as_deref() {
        Some("kernel") => kernel(&columns, &job.clauses(), 200).points.iter().sum(),
        Some(way @ ("engine" | "general")) => {
            let columns = Columns {
                subjects: job.departments,
                subject: &columns.department,
                clause: &columns.clause,
                day: &days,
                quantity: Some(&columns.quantity),
                points: Some(&columns.chosen),
                points_places: 1,
                ..Columns::default()
            };
            // `general` asks for everything, and so goes the way of a batch.
            let tell = if way == "engine" { Tell::Numbers } else { Tell::Everything };
            let scored = scorer.assess_columns_with(&columns, &Question::default(), tell);
            scored.expect("sound columns").points.iter().sum()
        }
        _ => 0,
    };
    println!("{total}");
}
