//! The standard job: the engine beside a program written by hand for it, the naive idiom and the reference evaluator.
//!
//! `cargo bench -p ducha-benches --bench standard`; docs/performance.md tells what the numbers mean.
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a bench that cannot begin stops"
)]

use chrono::Datelike;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ducha::core::{Record, row::Row as FileRow};
use ducha::intake::{Format, Options, Records};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::{
    Request, assess,
    engine::{Columns, Question, Scorer},
};
use ducha_benches::{
    kernel::{self, kernel},
    naive::{Row, naive},
};
use ducha_examples::standard::{Job, rulebook};
use std::{hint::black_box, time::Duration};

/// The job in every form that is compared.
struct Hand {
    job: Job,
    columns: kernel::Columns,
    days: Vec<i32>,
    scorer: Scorer,
}

fn compiled(job: Job) -> (Rulebook, Scorer) {
    let text = rulebook(&job.clauses());
    let book = Rulebook::read(&Source::new("standard.toml", text)).expect("a sound rulebook");
    let scorer = Scorer::compile(std::slice::from_ref(&book)).expect("rules that the engine compiles");
    (book, scorer)
}

impl Hand {
    fn of(job: Job) -> Self {
        let columns: kernel::Columns = job.findings().collect();
        let first = Job::FIRST_DAY.num_days_from_ce();
        let days = columns.day.iter().map(|day| first + day.cast_signed()).collect();
        Self { job, columns, days, scorer: compiled(job).1 }
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            subjects: self.job.departments,
            subject: &self.columns.department,
            clause: &self.columns.clause,
            day: &self.days,
            quantity: Some(&self.columns.quantity),
            points: Some(&self.columns.chosen),
            points_places: 1,
            ..Columns::default()
        }
    }

    /// The engine and the kernel must say the same before either is timed.
    fn agree(&self) {
        let by_hand = kernel(&self.columns, &self.job.clauses(), self.job.departments as usize);
        let engine = self.scorer.assess_columns(&self.columns()).expect("sound columns");
        let tenths = 10_i64.pow(engine.places - 1);
        assert!(engine.unscored.is_empty());
        let dense = engine.dense().expect("plain rules");
        assert!(engine.points.iter().zip(&by_hand.points).all(|(ours, theirs)| *ours == theirs * tenths));
        let departments = self.job.departments as usize;
        for month in 0..dense.tallies[0].windows.len() {
            for department in 0..departments {
                let (ours, theirs) = (month * departments + department, department * 24 + month);
                assert_eq!(dense.tallies[0].values[ours], by_hand.totals[theirs] * tenths);
                assert_eq!(dense.ladders[0].tiers[ours], Ok(u32::from(by_hand.tiers[theirs])));
            }
        }
    }
}

fn columns(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1M findings as columns");
    group.sample_size(20).throughput(Throughput::Elements(1_000_000));
    let hand = Hand::of(Job::new(1_000_000, 120));
    hand.agree();
    let clauses = hand.job.clauses();
    group.bench_function("by hand", |b| b.iter(|| kernel(black_box(&hand.columns), &clauses, 200)));
    group.bench_function("engine", |b| b.iter(|| hand.scorer.assess_columns(black_box(&hand.columns()))));
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine, 100k findings by clauses");
    group.sample_size(20).throughput(Throughput::Elements(100_000));
    for clauses in [10, 30, 100, 300, 1_000] {
        let hand = Hand::of(Job::new(100_000, clauses));
        group.bench_with_input(BenchmarkId::from_parameter(clauses), &hand, |b, hand| {
            b.iter(|| hand.scorer.assess_columns(black_box(&hand.columns())));
        });
    }
    group.finish();
}

fn idioms(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("2k findings");
    group.sample_size(10).throughput(Throughput::Elements(2_000)).measurement_time(Duration::from_secs(5));
    let hand = Hand::of(Job::new(2_000, 120));
    hand.agree();
    let clauses = hand.job.clauses();
    let rows: Vec<Row> = hand.job.findings().map(Row::from).collect();
    let (book, _) = compiled(hand.job);
    let records = records(&hand.job);
    assert_eq!(records.len(), 2_000);
    let request = Request::new(std::slice::from_ref(&book), &records);
    group.bench_function("by hand", |b| b.iter(|| kernel(black_box(&hand.columns), &clauses, 200)));
    group.bench_function("engine", |b| b.iter(|| hand.scorer.assess_columns(black_box(&hand.columns()))));
    group.bench_function("decimals in hash maps", |b| b.iter(|| naive(black_box(&rows), &clauses)));
    group.bench_function("reference", |b| b.iter(|| assess(black_box(&request))));
    group.finish();
}

fn single(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one");
    let (_, scorer) = compiled(Job::new(1, 120));
    let quantity = 3_u32.into();
    group.bench_function("finding to its deduction", |b| {
        b.iter(|| scorer.deduction(black_box("C0066"), black_box(quantity), None));
    });
    let hand = Hand::of(Job { departments: 1, ..Job::new(20, 120) });
    group.bench_function("case of 20 findings to its tier", |b| {
        b.iter(|| hand.scorer.assess_columns(black_box(&hand.columns())));
    });
    group.finish();
}

/// The records of the job, as intake reads them.
fn records(job: &Job) -> Vec<Record> {
    let mut csv = Vec::new();
    job.write_csv(&mut csv).expect("memory");
    let records = Records::open(&csv[..], Format::Csv, Options::default()).expect("a heading");
    records.map(|row| row.expect("a sound row").value).collect()
}

/// A batch of records, on one thread, and with every tree of a subject afterwards.
fn batch(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    let (_, scorer) = compiled(Job::new(1, 120));
    let case = records(&Job { departments: 1, ..Job::new(20, 120) });
    let subject = case[0].subject.clone();
    let question = Question::new(&case);
    group.bench_function("case of 20 records", |b| {
        b.iter(|| scorer.assess(black_box(&question)).expect("it fits"));
    });
    let scored = scorer.assess(&question).expect("it fits");
    group.bench_function("its explanation", |b| {
        b.iter(|| scored.explain(black_box(&subject)).expect("they agree"));
    });
    let many = records(&Job::new(100_000, 120));
    group.throughput(Throughput::Elements(100_000));
    group.bench_function("100k records", |b| {
        b.iter(|| scorer.assess(black_box(&Question::new(&many))).expect("it fits"));
    });
    group.finish();
}

/// From the bytes of a CSV file to tallies and tiers, row by row.
fn file(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1M findings as a CSV file");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(1_000_000))
        .measurement_time(Duration::from_secs(5));
    let job = Job::new(1_000_000, 120);
    let (_, scorer) = compiled(job);
    let mut csv = Vec::new();
    job.write_csv(&mut csv).expect("memory");
    group.bench_function("to tallies and tiers", |b| {
        b.iter(|| {
            let mut rows =
                Records::open(black_box(&csv[..]), Format::Csv, Options::default()).expect("a heading");
            let mut stream = scorer.stream().expect("plain rules");
            while let Some(row) = rows.next_row() {
                let placed = row.expect("a sound row");
                let FileRow::Finding(finding) = &placed.value else { panic!("findings alone") };
                stream.push(finding).expect("in order");
            }
            stream.finish().expect("it fits")
        });
    });
    group.bench_function("read alone", |b| {
        b.iter(|| {
            let mut rows =
                Records::open(black_box(&csv[..]), Format::Csv, Options::default()).expect("a heading");
            let mut count = 0_u64;
            while let Some(row) = rows.next_row() {
                count += u64::from(black_box(row).is_ok());
            }
            count
        });
    });
    group.finish();
}

fn compile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rulebook from text to scorer");
    group.sample_size(20);
    let annex = std::fs::read_to_string("../examples/campus/rulebook-2026.toml").expect("the model annex");
    let annex = Source::new("rulebook-2026.toml", annex);
    group.bench_function("the model annex", |b| {
        b.iter(|| {
            let book = Rulebook::read(black_box(&annex)).expect("a sound rulebook");
            Scorer::compile(&[book]).expect("numbers that fit")
        });
    });
    for clauses in [120, 1_000] {
        let source = Source::new("standard.toml", rulebook(&Job::new(1, clauses).clauses()));
        group.bench_with_input(BenchmarkId::from_parameter(clauses), &source, |b, source| {
            b.iter(|| {
                let book = Rulebook::read(source).expect("a sound rulebook");
                Scorer::compile(&[book]).expect("rules that the engine compiles")
            });
        });
        let books = [Rulebook::read(&source).expect("a sound rulebook")];
        group.bench_function(format!("{clauses}, the last step alone"), |b| {
            b.iter(|| Scorer::compile(black_box(&books)));
        });
    }
    group.finish();
}

criterion_group!(benches, columns, growth, idioms, single, batch, file, compile);
criterion_main!(benches);
