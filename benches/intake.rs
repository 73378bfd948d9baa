//! Reading the standard job's CSV: rows with borrowed texts, records of the iterator, and beside them the `csv` crate reading
//! the same bytes into structs.
//!
//! `cargo bench -p ducha-benches --bench intake`; docs/performance.md tells what the numbers mean.
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(clippy::expect_used, reason = "a bench that cannot begin stops")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ducha::core::Row;
use ducha::intake::{Format, Options, Records};
use ducha_examples::standard::Job;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use std::{hint::black_box, time::Duration};

const ROWS: u32 = 200_000;

/// A row of the standard job as texts, which are neither read nor checked.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only the reading is timed")]
struct Borrowed<'a> {
    id: &'a str,
    r#type: &'a str,
    subject: &'a str,
    occurred_on: &'a str,
    clause: &'a str,
    quantity: Option<&'a str>,
    points: Option<&'a str>,
    reason: Option<&'a str>,
}

/// The same with texts owned and values read.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only the reading is timed")]
struct Owned {
    id: String,
    r#type: String,
    subject: String,
    occurred_on: chrono::NaiveDate,
    clause: String,
    #[serde(deserialize_with = "decimal")]
    quantity: Option<Decimal>,
    #[serde(deserialize_with = "decimal")]
    points: Option<Decimal>,
    reason: Option<String>,
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text: Option<&str> = Deserialize::deserialize(deserializer)?;
    text.map(|text| Decimal::from_str_exact(text).map_err(serde::de::Error::custom)).transpose()
}

fn open(bytes: &[u8], format: Format) -> Records<&[u8]> {
    Records::open(bytes, format, Options::default()).expect("a heading")
}

/// Goes through all rows, of which each must be borrowed, and counts them.
fn borrow_all(mut records: Records<&[u8]>) -> u64 {
    while let Some(row) = records.next_row() {
        let placed = row.expect("a sound row");
        assert!(matches!(black_box(&placed).value, Row::Finding(_)), "line {} is not borrowed", placed.line);
    }
    records.account().read
}

fn csv_reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(bytes)
}

fn reading(criterion: &mut Criterion) {
    let job = Job::new(ROWS, 120);
    let mut bytes = Vec::new();
    job.write_csv(&mut bytes).expect("memory");
    let mut group = criterion.benchmark_group("200k rows of CSV");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(5))
        .throughput(Throughput::Elements(ROWS.into()));
    assert_eq!(borrow_all(open(&bytes, Format::Csv)), u64::from(ROWS));
    group.bench_function("rows", |b| b.iter(|| borrow_all(open(&bytes, Format::Csv))));
    group.bench_function("records", |b| {
        b.iter(|| open(&bytes, Format::Csv).filter(|row| black_box(row).is_ok()).count());
    });
    group.bench_function("csv crate, texts borrowed and not read", |b| {
        b.iter(|| {
            let mut reader = csv_reader(&bytes);
            let heading = reader.headers().expect("a heading").clone();
            let mut record = csv::StringRecord::new();
            while reader.read_record(&mut record).expect("a sound row") {
                let row: Borrowed<'_> = record.deserialize(Some(&heading)).expect("a sound row");
                black_box(&row);
            }
        });
    });
    group.bench_function("csv crate, texts owned and values read", |b| {
        b.iter(|| {
            for row in csv_reader(&bytes).deserialize::<Owned>() {
                black_box(row.expect("a sound row"));
            }
        });
    });
    group.finish();

    let mut lines = Vec::new();
    for row in open(&bytes, Format::Csv) {
        serde_json::to_writer(&mut lines, &row.expect("a sound row").value).expect("memory");
        lines.push(b'\n');
    }
    let mut group = criterion.benchmark_group("200k rows of JSON Lines");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(5))
        .throughput(Throughput::Elements(ROWS.into()));
    assert_eq!(borrow_all(open(&lines, Format::JsonLines)), u64::from(ROWS));
    group.bench_function("rows", |b| b.iter(|| borrow_all(open(&lines, Format::JsonLines))));
    group.bench_function("records", |b| {
        b.iter(|| open(&lines, Format::JsonLines).filter(|row| black_box(row).is_ok()).count());
    });
    group.bench_function("serde_json, into the same records", |b| {
        b.iter(|| {
            for record in serde_json::Deserializer::from_slice(&lines).into_iter::<ducha::core::Record>() {
                black_box(record.expect("a sound row"));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
