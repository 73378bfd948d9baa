//! How fast a journal in a SQLite file takes events, and how fast a case is loaded.
//!
//! `cargo bench -p ducha-benches --bench journal`; the file lies in the folder for temporary files, or in `TMPDIR`, and every
//! commit reaches its disk. docs/performance.md tells what the numbers mean.
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(clippy::expect_used, reason = "a bench that cannot begin stops")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ducha::journal::{Expected, Head, Journal, Memory, NewEvent, Payload, StreamId, moment};
use ducha_sqlite::Sqlite;
use std::{hint::black_box, time::Duration};

const BATCH: u64 = 100;
const LOADED: u64 = 1_000;

/// An event as casework writes them: some 200 bytes of payload.
fn event(number: u64) -> NewEvent {
    let at = moment::read("2026-10-03T14:30:00").expect("a time");
    let payload = serde_json::json!({
        "subject": "canteen-east",
        "clause": "CT-07",
        "points": "2.5",
        "limit": { "count": 7, "unit": "working_day" },
        "note": "餐具消毒记录不完整，限期整改后由检查组复核",
    });
    NewEvent {
        id: format!("R-{number}").parse().expect("an id"),
        kind: "rectification.demanded".parse().expect("a type of events"),
        schema: 1,
        occurred_at: at,
        recorded_at: at,
        actor: Some("inspector-7".parse().expect("an actor")),
        payload: Payload::new(&payload).expect("a payload"),
    }
}

fn stream(number: u64) -> StreamId {
    StreamId::new(format!("rectification/R-{number}")).expect("a stream")
}

/// Appends of 100 events, each to one of 50 cases, one after the other.
fn append<J: Journal>(criterion: &mut Criterion, name: &str, journal: &mut J) {
    let mut next: u64 = 0;
    let mut group = criterion.benchmark_group("append 100 events");
    group.sample_size(20).measurement_time(Duration::from_secs(8)).throughput(Throughput::Elements(BATCH));
    group.bench_function(name, |b| {
        b.iter_batched(
            || {
                let first = next;
                next = first.saturating_add(BATCH);
                (stream(first.wrapping_div(BATCH) % 50), (first..next).map(event).collect::<Vec<_>>())
            },
            |(stream, events)| journal.append(&stream, Expected::Any, &events).expect("an append"),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn load<J: Journal>(criterion: &mut Criterion, name: &str, journal: &mut J) {
    let case = stream(1_000_000);
    let events: Vec<NewEvent> = (10_000_000_u64..).take(1_000).map(event).collect();
    journal.append(&case, Expected::New, &events).expect("an append");
    let mut group = criterion.benchmark_group("load a case of 1,000 events");
    group.sample_size(50).throughput(Throughput::Elements(LOADED));
    group.bench_function(name, |b| {
        b.iter(|| assert_eq!(black_box(journal.load(&case, 0).expect("a case")).len(), 1_000));
    });
    group.finish();
}

fn verify<J: Journal>(criterion: &mut Criterion, name: &str, journal: &mut J) {
    let events = journal.head().expect("a head").position;
    let mut group = criterion.benchmark_group("verify");
    group.sample_size(10).throughput(Throughput::Elements(events));
    group.bench_function(name, |b| {
        b.iter(|| assert_eq!(journal.verify(&Head::GENESIS).expect("a sound journal").events, events));
    });
    group.finish();
}

fn journals(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sqlite = Sqlite::open(folder.path().join("journal")).expect("a journal");
    let mut memory = Memory::new();
    append(criterion, "sqlite", &mut sqlite);
    append(criterion, "memory", &mut memory);
    load(criterion, "sqlite", &mut sqlite);
    load(criterion, "memory", &mut memory);
    verify(criterion, "sqlite", &mut sqlite);
}

criterion_group!(benches, journals);
criterion_main!(benches);
