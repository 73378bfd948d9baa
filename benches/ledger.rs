//! One finding more or less: added to a ledger that holds the standard job, on a random day, and revoked.
//!
//! `cargo bench -p ducha-benches --bench ledger`; medians and memory: `cargo run --release -p ducha-benches --example ledger`.
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a bench that cannot begin stops; how long something takes is what is asked"
)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ducha::core::{Record, RecordId};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Ledger, Scorer};
use ducha_benches::late::{Late, records};
use ducha_examples::standard::{Job, rulebook};
use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

fn ledger(findings: u32) -> (Ledger, Late) {
    let job = Job::new(findings, 120);
    let book =
        Rulebook::read(&Source::new("standard.toml", rulebook(&job.clauses()))).expect("a sound rulebook");
    let scorer = Scorer::compile(&[book]).expect("rules that the engine compiles");
    let records = records(&job);
    let late = Late::of(&records);
    (Ledger::with_records(Arc::new(scorer), None, records).expect("a sound job"), late)
}

/// How long additions, or revocations, of so many findings take. What was added is revoked, so the ledger stays as large.
fn timed(ledger: &mut Ledger, late: &mut Late, count: u64, additions: bool) -> Duration {
    let findings: Vec<(Record, RecordId)> =
        late.by_ref().take(usize::try_from(count).unwrap_or(usize::MAX)).collect();
    let mut all = Duration::ZERO;
    for (record, by) in findings {
        let (id, on) = (record.id.clone(), record.occurred_on);
        let begin = Instant::now();
        black_box(ledger.add(record)).expect("a sound finding");
        let added = begin.elapsed();
        let begin = Instant::now();
        black_box(ledger.revoke(&id, by, on)).expect("a finding that is there");
        all = all.saturating_add(if additions { added } else { begin.elapsed() });
    }
    all
}

fn one_more(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ledger");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    for held in [10_000, 100_000, 1_000_000] {
        let (mut ledger, mut late) = ledger(held);
        group.bench_function(BenchmarkId::new("add", held), |b| {
            b.iter_custom(|count| timed(&mut ledger, &mut late, count, true));
        });
        group.bench_function(BenchmarkId::new("revoke", held), |b| {
            b.iter_custom(|count| timed(&mut ledger, &mut late, count, false));
        });
        let (next, _) = late.next().expect("there is always another");
        group.bench_function(BenchmarkId::new("preview", held), |b| {
            b.iter(|| ledger.preview(black_box(&next)));
        });
    }
    group.finish();
}

criterion_group!(benches, one_more);
criterion_main!(benches);
