//! Whoever changes a written event, by SQL or with a tool for bytes, is found out, and the place is named.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use chrono::NaiveDate;
use ducha_journal::{
    Event, Expected, Head, Journal as _, NewEvent, Payload, Snapshot, StreamId, Tamper, Tampered, VerifyError,
};
use ducha_sqlite::Sqlite;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

const EVENTS: u64 = 60;

fn filled() -> (TempDir, PathBuf, Head) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Sqlite::open(&path).unwrap();
    let at = NaiveDate::from_ymd_opt(2026, 10, 3).and_then(|day| day.and_hms_opt(14, 30, 0)).unwrap();
    for number in 1..=EVENTS {
        let event = NewEvent {
            id: format!("e{number}").parse().unwrap(),
            kind: "rectification.noted".parse().unwrap(),
            schema: 1,
            occurred_at: at,
            recorded_at: at,
            actor: Some("督查办".parse().unwrap()),
            payload: Payload::parse(&format!(r#"{{"note":"MARK-{number:04}-"}}"#)).unwrap(),
        };
        let case = StreamId::new(format!("case/{}", number % 3)).unwrap();
        journal.append(&case, Expected::Any, &[event]).unwrap();
    }
    let head = journal.head().unwrap();
    assert_eq!(journal.verify_against(&head).unwrap().events, EVENTS);
    (folder, path, head)
}

fn found(path: &Path) -> Tampered {
    match Sqlite::open(path).unwrap().verify(&Head::GENESIS) {
        Err(VerifyError::Tampered(found)) => found,
        other => panic!("nothing found: {other:?}"),
    }
}

#[test]
fn a_change_by_sql_is_found_at_its_position() {
    let unreadable = |what: &str| Tamper::Unreadable(what.into());
    for (sql, position, what) in [
        (
            "UPDATE event SET payload = replace(payload, '-0017-', '-0018-') WHERE position = 17",
            17,
            Tamper::Hash,
        ),
        ("UPDATE event SET payload = '{}' WHERE position = 60", 60, Tamper::Hash),
        ("UPDATE event SET actor = NULL WHERE position = 1", 1, Tamper::Hash),
        ("UPDATE event SET kind = 'rectification.done' WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET schema = 2 WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET occurred_at = '2026-10-03T14:30:01' WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET recorded_at = '2026-10-04T14:30:00' WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET id = 'e30x' WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET version = 99 WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE event SET hash = zeroblob(32) WHERE position = 30", 30, Tamper::Hash),
        ("UPDATE stream SET name = 'case/9' WHERE name = 'case/2'", 2, Tamper::Hash),
        ("DELETE FROM event WHERE position = 40", 40, Tamper::Missing { found: 41 }),
        ("DELETE FROM event WHERE position = 1", 1, Tamper::Missing { found: 2 }),
        (
            "UPDATE event SET hash = x'00' WHERE position = 30",
            30,
            unreadable("the column hash holds no hash"),
        ),
        (
            "UPDATE event SET recorded_at = 'soon' WHERE position = 30",
            30,
            unreadable("the column recorded_at holds no time"),
        ),
    ] {
        let (_folder, path, _) = filled();
        let changed = Connection::open(&path).unwrap().execute(sql, []).unwrap();
        assert!(changed > 0, "{sql}");
        assert_eq!(found(&path), Tampered { position, what }, "{sql}");
    }
}

#[test]
fn an_event_whose_stream_was_taken_away_is_damage_and_not_passed_over() {
    let (_folder, path, _) = filled();
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute("DELETE FROM stream WHERE name = 'case/2'", []).unwrap();
    let found = found(&path);
    assert_eq!(found.position, 2);
    assert!(matches!(found.what, Tamper::Unreadable(_)), "{found}");
}

#[test]
fn a_tail_that_was_cut_is_found_against_a_head_that_was_kept() {
    let (_folder, path, head) = filled();
    Connection::open(&path).unwrap().execute("DELETE FROM event WHERE position > 57", []).unwrap();
    let mut journal = Sqlite::open(&path).unwrap();
    assert_eq!(journal.verify(&Head::GENESIS).unwrap().events, 57, "what is left is sound in itself");
    match journal.verify_against(&head) {
        Err(VerifyError::Tampered(found)) => {
            assert_eq!(found, Tampered { position: 58, what: Tamper::Cut { end: 57 } });
        }
        other => panic!("nothing found: {other:?}"),
    }
}

#[test]
fn a_past_that_was_written_anew_is_found_against_a_head_that_was_kept() {
    let (folder, path, head) = filled();
    let mut events: Vec<Event> = Sqlite::open(&path).unwrap().read_all(0, 1_000).unwrap().events;
    events[9].payload = Payload::parse(r#"{"note":"nothing happened"}"#).unwrap();
    // Whoever has the program can seal a false history; only the head kept elsewhere tells it from the true one.
    let mut forged = Sqlite::open(folder.path().join("forged")).unwrap();
    for event in &events {
        forged.append(&event.stream, Expected::Any, &[event.given()]).unwrap();
    }
    assert_eq!(forged.verify(&Head::GENESIS).unwrap().events, EVENTS);
    assert!(matches!(
        forged.verify_against(&head),
        Err(VerifyError::Tampered(Tampered { position: EVENTS, what: Tamper::Head }))
    ));
}

/// Overwrites one byte of the payload of an event in the file itself. SQLite may have left a copy in the unused part of a
/// page; that one is overwritten as well.
fn flip(path: &Path, number: u64, flip: impl Fn(u8) -> u8) {
    Connection::open(path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let mut bytes = fs::read(path).unwrap();
    let mark = format!("MARK-{number:04}-");
    let places: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(mark.as_bytes())).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| bytes[at] = flip(bytes[at]));
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_flipped_byte_of_the_file_is_found_at_its_position() {
    let (_folder, path, _) = filled();
    flip(&path, 23, |byte| byte ^ 0x20);
    assert_eq!(found(&path), Tampered { position: 23, what: Tamper::Hash });
}

#[test]
fn a_flipped_bit_that_leaves_no_text_is_found_at_its_position() {
    let (_folder, path, _) = filled();
    flip(&path, 23, |byte| byte ^ 0x80);
    let found = found(&path);
    assert_eq!(found.position, 23);
    assert!(matches!(&found.what, Tamper::Unreadable(what) if what.contains("payload")), "{found}");
    let mut journal = Sqlite::open(&path).unwrap();
    let told = journal.read_all(0, 1_000).expect_err("read as if nothing were").to_string();
    assert!(told.contains("position 23"), "{told}");
    assert_eq!(journal.read_all(23, 1_000).unwrap().events.len(), 37, "what is sound can be read");
}

#[test]
fn every_flipped_byte_of_the_file_is_found_or_changes_nothing() {
    let (folder, path, head) = filled();
    Connection::open(&path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sound = fs::read(&path).unwrap();
    let events = Sqlite::open(&path).unwrap().read_all(0, 1_000).unwrap().events;
    // A prime, so that the bytes lie in all parts of pages; the header's lock and counter bytes may change at will.
    for (round, at) in (100..sound.len()).step_by(397).enumerate() {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x04;
        let copy = folder.path().join(format!("copy-{round}"));
        fs::write(&copy, bytes).unwrap();
        let Ok(mut journal) = Sqlite::open(&copy) else { continue };
        if journal.verify_against(&head).is_ok() {
            assert_eq!(journal.read_all(0, 1_000).unwrap().events, events, "byte {at}");
        }
    }
}

#[test]
fn a_damaged_snapshot_counts_as_none() {
    let (_folder, path, _) = filled();
    let mut journal = Sqlite::open(&path).unwrap();
    let state = Snapshot {
        stream: StreamId::new("case/1").unwrap(),
        version: 9,
        schema: 1,
        bytes: b"state".to_vec(),
    };
    journal.save_snapshot(&state).unwrap();
    assert_eq!(journal.snapshot(&state.stream).unwrap(), Some(state.clone()));
    Connection::open(&path).unwrap().execute("UPDATE snapshot SET bytes = x'00'", []).unwrap();
    assert_eq!(journal.snapshot(&state.stream).unwrap(), None);
    journal.save_snapshot(&state).unwrap();
    assert_eq!(journal.snapshot(&state.stream).unwrap(), Some(state));
}
