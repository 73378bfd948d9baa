//! Asks one question many times, for tools that count instructions; the difference of two counts is what the question costs:
//!
//! `valgrind --tool=callgrind target/release/examples/case explain 10`, and again with 20
//!
//! Whatever was asked, the least time of one question is printed.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![allow(clippy::expect_used, reason = "a bench that cannot begin stops")]
#![allow(clippy::disallowed_methods, reason = "what is timed is timed by a clock")]

use chrono::Datelike;
use ducha::core::{Record, row::Row};
use ducha::intake::{Format, Options, Records};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Columns, Question, Scorer};
use ducha_benches::kernel;
use ducha_examples::standard::{Job, rulebook};
use std::{hint::black_box, time::Instant};

fn book(clauses: u32) -> Source {
    Source::new("standard.toml", rulebook(&Job::new(1, clauses).clauses()))
}

fn compiled(source: &Source) -> Scorer {
    let book = Rulebook::read(source).expect("a sound rulebook");
    Scorer::compile(&[book]).expect("rules that the engine compiles")
}

fn csv(job: &Job) -> Vec<u8> {
    let mut csv = Vec::new();
    job.write_csv(&mut csv).expect("memory");
    csv
}

/// Asks as often as told, and prints the least time of one.
fn ask<T>(times: usize, mut question: impl FnMut() -> T) {
    let least = (0..times)
        .map(|_| {
            let begin = Instant::now();
            black_box(question());
            begin.elapsed()
        })
        .min();
    println!("{:?}", least.unwrap_or_default());
}

fn main() {
    let mut words = std::env::args().skip(1);
    let which = words.next().unwrap_or_default();
    let times = words.next().and_then(|n| n.parse().ok()).unwrap_or(100);
    let case = Job { departments: 1, ..Job::new(20, 120) };
    match which.as_str() {
        "explain" | "batch" => {
            let scorer = compiled(&book(120));
            let csv = csv(&case);
            let records = Records::open(&csv[..], Format::Csv, Options::default()).expect("a heading");
            let records: Vec<Record> = records.map(|row| row.expect("a sound row").value).collect();
            let question = Question::new(&records);
            if which == "batch" {
                return ask(times, || scorer.assess(black_box(&question)).expect("it fits"));
            }
            let scored = scorer.assess(&question).expect("it fits");
            let subject = records.first().expect("twenty").subject.clone();
            ask(times, || scored.explain(black_box(&subject)).expect("they agree"));
        }
        "columns" => {
            let scorer = compiled(&book(120));
            let columns: kernel::Columns = case.findings().collect();
            let first = Job::FIRST_DAY.num_days_from_ce();
            let days: Vec<i32> =
                columns.day.iter().map(|day| first.saturating_add(day.cast_signed())).collect();
            let columns = Columns {
                subjects: case.departments,
                subject: &columns.department,
                clause: &columns.clause,
                day: &days,
                quantity: Some(&columns.quantity),
                points: Some(&columns.chosen),
                points_places: 1,
                ..Columns::default()
            };
            ask(times, || scorer.assess_columns(black_box(&columns)).expect("sound columns"));
        }
        "file" => {
            let scorer = compiled(&book(120));
            let csv = csv(&Job::new(10_000, 120));
            ask(times, || {
                let mut rows =
                    Records::open(black_box(&csv[..]), Format::Csv, Options::default()).expect("a heading");
                let mut stream = scorer.stream().expect("plain rules");
                while let Some(row) = rows.next_row() {
                    let placed = row.expect("a sound row");
                    if let Row::Finding(finding) = &placed.value {
                        stream.push(finding).expect("in order");
                    }
                }
                stream.finish().expect("it fits")
            });
        }
        "annex" => {
            let annex = std::fs::read_to_string("examples/campus/rulebook-2026.toml");
            let annex = Source::new("rulebook-2026.toml", annex.expect("run from the root"));
            ask(times, || compiled(black_box(&annex)));
        }
        "clauses" | "last" => {
            let source = book(1_000);
            if which == "clauses" {
                return ask(times, || compiled(black_box(&source)));
            }
            let books = [Rulebook::read(&source).expect("a sound rulebook")];
            ask(times, || Scorer::compile(black_box(&books)).expect("rules that the engine compiles"));
        }
        other => println!("explain, batch, columns, file, annex, clauses or last; not {other}"),
    }
}
