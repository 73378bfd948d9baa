//! How long the demonstration month takes: reading its rules and its records, and assessing it by the reference
//! evaluator. The times are the baseline for faster engines, which must give the same assessment.
//!
//! `cargo bench -p ducha-benches`, or a part of it: `cargo bench -p ducha-benches -- assess`
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot begin stops")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ducha::core::{Organisation, Period, Record};
use ducha::intake::{Format, Options, OrganisationFormat, Records, read_organisation};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{Request, assess, preview};
use std::{fs, path::Path};

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/campus").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rules(name: &str) -> Source {
    Source::new(name, String::from_utf8(file(name)).expect("a rulebook is UTF-8"))
}

fn rulebook(source: &Source) -> Rulebook {
    Rulebook::read(source).unwrap_or_else(|report| panic!("{}: {:?}", source.name, report.diagnostics))
}

fn records(bytes: &[u8]) -> Vec<Record> {
    let rows = Records::open(bytes, Format::Csv, Options::default()).expect("a heading");
    rows.filter_map(Result::ok).map(|placed| placed.value).collect()
}

fn organisation() -> Organisation {
    read_organisation(&file("org.toml"), OrganisationFormat::Toml).expect("org.toml")
}

fn month(criterion: &mut Criterion) {
    let source = rules("rulebook-2026.toml");
    let bytes = file("findings-2026-10.csv");
    criterion.bench_function("read the rulebook of 2026", |b| b.iter(|| rulebook(&source)));
    criterion.bench_function("read the records of October", |b| b.iter(|| records(&bytes)));

    let books = [rulebook(&rules("rulebook-2025.toml")), rulebook(&source)];
    let (records, organisation) = (records(&bytes), organisation());
    let request = Request {
        organisation: Some(&organisation),
        period: Period::months(2026, 10, 1),
        ..Request::new(&books, &records)
    };
    let mut slow = criterion.benchmark_group("reference");
    slow.sample_size(10);
    slow.bench_function("assess October", |b| b.iter(|| assess(&request)));
    let (last, before) = records.split_last().expect("a month has records");
    slow.bench_function("preview one finding", |b| {
        b.iter_batched(
            || Request { records: before, ..request.clone() },
            |request| preview(&request, last),
            BatchSize::SmallInput,
        );
    });
    slow.finish();
}

criterion_group!(benches, month);
criterion_main!(benches);
