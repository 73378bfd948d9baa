//! Random worlds: a small rulebook (sometimes two versions), an organisation, and records with many collisions.
//!
//! Everything is read off a tape of bytes, so that proptest shrinks a world by shortening the tape and by lowering its
//! bytes: 0 is always the plainest choice.

pub(crate) mod organisation;
pub(crate) mod records;
pub(crate) mod rulebook;
pub(crate) mod world;

use proptest::{prelude::*, test_runner::RngSeed};
pub(crate) use world::*;

/// Worlds whose rulebooks read.
pub(crate) fn worlds(without: Without) -> impl Strategy<Value = World> {
    let rules = prop::collection::vec(any::<u8>(), 40..200);
    let records = prop::collection::vec(prop::array::uniform16(any::<u8>()), 0..22);
    let frame = prop::collection::vec(any::<u8>(), 0..16);
    (rules, records, frame).prop_filter_map("the rulebook reads", move |(rules, records, frame)| {
        World::of(&rules, &records, &frame, without)
    })
}

/// 64 cases, the same each time, so that a change is not stopped by what it did not bring; or as many as the environment asks
/// for, which are others each time.
#[allow(clippy::disallowed_methods, reason = "whoever runs the laws says how hard they look")]
pub(crate) fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig {
        cases: asked.unwrap_or(64),
        rng_seed,
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..ProptestConfig::default()
    }
}

#[test]
fn most_random_rulebooks_read() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let rules = prop::collection::vec(any::<u8>(), 0..160);
    let mut wrong = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..150 {
        let tape = rules.new_tree(&mut runner).unwrap().current();
        if let Err(told) = read(&rulebook::texts(&mut Tape::new(&tape), Without::default())) {
            *wrong.entry(told).or_default() += 1;
        }
    }
    let failed: usize = wrong.values().sum();
    assert!(failed <= 15, "{failed} of 150 rulebooks do not read: {wrong:#?}");
}
