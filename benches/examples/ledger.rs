//! A ledger that holds the standard job: how long it takes to fill, one finding more or less (medians), and how much memory.
//!
//! `cargo run --release -p ducha-benches --example ledger -- 1000000`; with a second number so many departments, 200 where
//! it is absent. Instructions: `valgrind --tool=callgrind --toggle-collect='*Ledger::add' … 10000 2`, as dense as the job.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a measurement that cannot begin stops")]

use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Ledger, Question, Scorer};
use ducha_benches::late::{Late, records};
use ducha_examples::standard::{Job, rulebook};
use std::{sync::Arc, time::Instant};

/// The most memory that the program had, in kB.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

fn at(times: &mut [u128], part: usize) -> u128 {
    times.sort_unstable();
    let place = times.len().saturating_mul(part).checked_div(100).unwrap_or(0);
    times.get(place).copied().unwrap_or(0)
}

fn main() {
    let number = |nth| std::env::args().nth(nth).and_then(|word| word.parse().ok());
    let findings = number(1).unwrap_or(100_000);
    let job = Job { departments: number(2).unwrap_or(200), ..Job::new(findings, 120) };
    let book =
        Rulebook::read(&Source::new("standard.toml", rulebook(&job.clauses()))).expect("a sound rulebook");
    let scorer = Arc::new(Scorer::compile(&[book]).expect("rules that the engine compiles"));
    let records = records(&job);
    println!("memory with the records read: {}", most_memory());
    let mut late = Late::of(&records);
    let begin = Instant::now();
    let mut ledger = Ledger::with_records(Arc::clone(&scorer), None, records).expect("a sound job");
    println!("filled with {findings} in {:?}; memory {}", begin.elapsed(), most_memory());

    let (mut added, mut revoked, mut reckoned) = (Vec::new(), Vec::new(), 0_usize);
    let mut kept = 0_usize;
    let rounds = 20_000_usize;
    for (round, (record, by)) in late.by_ref().take(rounds).enumerate() {
        let (id, on) = (record.id.clone(), record.occurred_on);
        let begin = Instant::now();
        let done = ledger.add(record).expect("a sound finding");
        added.push(begin.elapsed().as_nanos());
        reckoned = reckoned.saturating_add(done.reckoned);
        // A few stay, so that what is held equal below is not what there was before.
        if round.checked_rem(10) == Some(0) {
            kept = kept.saturating_add(1);
            continue;
        }
        let begin = Instant::now();
        ledger.revoke(&id, by, on).expect("a finding that is there");
        revoked.push(begin.elapsed().as_nanos());
    }
    println!("add: median {} ns, 99 of 100 within {} ns", at(&mut added, 50), at(&mut added, 99));
    println!("revoke: median {} ns, 99 of 100 within {} ns", at(&mut revoked, 50), at(&mut revoked, 99));
    println!("entries reckoned in {rounds} additions: {reckoned}; {kept} findings stayed");
    println!("memory {}", most_memory());

    let begin = Instant::now();
    let batch = scorer.assess(&Question::new(ledger.records())).expect("a sound job");
    println!("a batch over the same records: {:?}", begin.elapsed());
    let begin = Instant::now();
    let scored = ledger.scored();
    println!("the ledger's answer: {:?}", begin.elapsed());
    assert!(scored.account() == batch.account() && scored.entries() == batch.entries(), "the ledger differs");
    assert!(
        scored.tallies() == batch.tallies() && scored.standings() == batch.standings(),
        "the ledger differs"
    );
    println!("the answer is the batch's");
}
