//! The same acts on the journal in memory and on SQLite give the same answers.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use chrono::{NaiveDate, TimeDelta};
use ducha_journal::{Batch, Expected, Head, Journal, Memory, NewEvent, Payload, Snapshot, StreamId};
use ducha_sqlite::Sqlite;
use proptest::prelude::*;

/// A stream, what is expected of it, and events by id and content.
type Given = (u8, Expected, Vec<(u8, u8)>);

#[derive(Debug, Clone)]
enum Act {
    Append(Vec<Given>),
    Read(u8, u64, usize),
    ReadAll(u64, usize),
    Streams(u8, Option<u8>, usize),
    SaveSnapshot(u8, u64, Vec<u8>),
    Snapshot(u8),
    ForgetSnapshot(u8),
    Verify,
}

/// Few names, so that acts meet.
const STREAMS: [&str; 6] = ["case/a", "case/A", "case/a%", "case/a_b", "cas/e", "z/~"];
const PREFIXES: [&str; 6] = ["", "case/", "case/a", "case/a%", "case/a_", "督"];

fn stream(number: u8) -> StreamId {
    StreamId::new(STREAMS[usize::from(number) % STREAMS.len()]).unwrap()
}

fn event(id: u8, content: u8) -> NewEvent {
    let day = NaiveDate::from_ymd_opt(2026, 10, 3).and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap();
    NewEvent {
        id: format!("e{id}").parse().unwrap(),
        kind: "case.noted".parse().unwrap(),
        schema: u32::from(content),
        occurred_at: day + TimeDelta::milliseconds(i64::from(content) * 500),
        recorded_at: day,
        actor: (content > 1).then(|| "督查办".parse().unwrap()),
        payload: Payload::new(&serde_json::json!({ "督": content, "a": ["\u{0}", null] })).unwrap(),
    }
}

fn expected() -> impl Strategy<Value = Expected> {
    prop_oneof![
        3 => Just(Expected::Any),
        1 => Just(Expected::New),
        2 => (0..6_u64).prop_map(Expected::Version),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    // Contents differ seldom, or nearly every repetition of an id would be refused.
    let event = (0..40_u8, prop_oneof![9 => Just(0_u8), 1 => 0..3_u8]);
    let batch = (0..6_u8, expected(), prop::collection::vec(event, 0..4));
    prop_oneof![
        6 => prop::collection::vec(batch, 0..3).prop_map(Act::Append),
        1 => (0..6_u8, 0..8_u64, 0..6_usize).prop_map(|(s, after, limit)| Act::Read(s, after, limit)),
        1 => (0..20_u64, 0..9_usize).prop_map(|(after, limit)| Act::ReadAll(after, limit)),
        1 => (0..6_u8, prop::option::of(0..6_u8), 0..6_usize).prop_map(|(p, after, limit)| Act::Streams(p, after, limit)),
        1 => (0..6_u8, 0..6_u64, prop::collection::vec(any::<u8>(), 0..4)).prop_map(|(s, v, b)| Act::SaveSnapshot(s, v, b)),
        1 => (0..6_u8).prop_map(Act::Snapshot),
        1 => (0..6_u8).prop_map(Act::ForgetSnapshot),
        1 => Just(Act::Verify),
    ]
}

/// What a journal answers, in words.
fn answer(journal: &mut dyn Journal, act: &Act) -> String {
    match act {
        Act::Append(batches) => {
            let made: Vec<(StreamId, Expected, Vec<NewEvent>)> = batches
                .iter()
                .map(|(s, expected, events)| {
                    (stream(*s), *expected, events.iter().map(|(id, content)| event(*id, *content)).collect())
                })
                .collect();
            let batches: Vec<_> = made
                .iter()
                .map(|(stream, expected, events)| Batch { stream, expected: *expected, events })
                .collect();
            format!("{:?}", journal.append_all(&batches))
        }
        Act::Read(s, after, limit) => format!("{:?}", journal.read(&stream(*s), *after, *limit)),
        Act::ReadAll(after, limit) => format!("{:?}", journal.read_all(*after, *limit)),
        Act::Streams(prefix, after, limit) => {
            let prefix = PREFIXES[usize::from(*prefix)];
            format!("{:?}", journal.streams(prefix, after.map(stream).as_ref(), *limit))
        }
        Act::SaveSnapshot(s, version, bytes) => {
            let snapshot =
                Snapshot { stream: stream(*s), version: *version, schema: 1, bytes: bytes.clone() };
            format!("{:?}", journal.save_snapshot(&snapshot))
        }
        Act::Snapshot(s) => format!("{:?}", journal.snapshot(&stream(*s))),
        Act::ForgetSnapshot(s) => format!("{:?}", journal.forget_snapshot(&stream(*s))),
        Act::Verify => format!("{:?}", journal.verify(&Head::GENESIS)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn sqlite_answers_as_memory_does(acts in prop::collection::vec(act(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let mut sqlite = Sqlite::open(folder.path().join("journal")).unwrap();
        let mut memory = Memory::new();
        for act in &acts {
            prop_assert_eq!(answer(&mut sqlite, act), answer(&mut memory, act), "{:?}", act);
        }
        prop_assert_eq!(sqlite.head().unwrap(), memory.head().unwrap());
        prop_assert_eq!(sqlite.read_all(0, 1_000).unwrap(), memory.read_all(0, 1_000).unwrap());
    }
}
