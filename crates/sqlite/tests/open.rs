//! Opening: what is no journal is refused and left as it is, and every refusal says what and where.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use chrono::NaiveDate;
use ducha_journal::{
    AppendError, Expected, Head, Journal as _, NewEvent, Payload, SnapshotError, StoreError, StreamId,
};
use ducha_sqlite::{APPLICATION_ID, OpenError, Options, SCHEMA_VERSION, Sqlite};
use rusqlite::Connection;
use std::{fs, path::Path, time::Duration};

fn event(id: &str) -> NewEvent {
    let at = NaiveDate::from_ymd_opt(2026, 10, 3).and_then(|day| day.and_hms_opt(14, 30, 0)).unwrap();
    NewEvent {
        id: id.parse().unwrap(),
        kind: "rectification.noted".parse().unwrap(),
        schema: 1,
        occurred_at: at,
        recorded_at: at,
        actor: None,
        payload: Payload::parse(r#"{"points":"2.5"}"#).unwrap(),
    }
}

fn case() -> StreamId {
    StreamId::new("case/a").unwrap()
}

fn pragma<T: rusqlite::types::FromSql>(path: &Path, name: &str) -> T {
    Connection::open(path).unwrap().query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_file_is_marked_and_keeps_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("campus.ducha");
    Sqlite::open(&path).unwrap().append(&case(), Expected::New, &[event("e1")]).unwrap();
    assert_eq!(pragma::<i32>(&path, "application_id"), APPLICATION_ID);
    assert_eq!(pragma::<i32>(&path, "user_version"), SCHEMA_VERSION);
    assert_eq!(pragma::<String>(&path, "journal_mode"), "wal");
    assert_eq!(pragma::<String>(&path, "integrity_check"), "ok");
    assert_eq!(Sqlite::open(&path).unwrap().load(&case(), 0).unwrap().len(), 1);
}

#[test]
fn an_empty_file_becomes_a_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    fs::write(&path, "").unwrap();
    assert!(matches!(Sqlite::open_to_read(&path), Err(OpenError::Missing { .. })));
    assert_eq!(Sqlite::open(&path).unwrap().head().unwrap(), Head::GENESIS);
}

#[test]
fn what_is_no_journal_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
    let marked = folder.path().join("marked.sqlite");
    fs::copy(&other, &marked).unwrap();
    Connection::open(&marked).unwrap().pragma_update(None, "application_id", 1).unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "扣分记录\n").unwrap();
    let long = folder.path().join("long.bin");
    fs::write(&long, vec![7; 5_000]).unwrap();
    for path in [other, marked, text, long] {
        let before = fs::read(&path).unwrap();
        for options in [Options::default(), Options { create: false, read_only: true, ..Options::default() }]
        {
            let refused = Sqlite::open_with(&path, options).unwrap_err();
            assert!(matches!(refused, OpenError::NotAJournal { .. }), "{refused:?}");
            assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");
        }
        assert_eq!(fs::read(&path).unwrap(), before, "{}", path.display());
    }
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "nothing was laid beside them: {names:?}");
}

#[test]
fn a_file_of_a_newer_program_is_refused_with_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    drop(Sqlite::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for options in [Options::default(), Options { read_only: true, ..Options::default() }] {
        let refused = Sqlite::open_with(&path, options).unwrap_err();
        assert!(matches!(refused, OpenError::Newer { found: 99, .. }), "{refused:?}");
        assert!(refused.to_string().contains("version 99"), "{refused}");
    }
    assert_eq!(pragma::<i32>(&path, "user_version"), 99);
}

#[test]
fn a_missing_folder_and_a_missing_file_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/such/journal");
    assert!(matches!(Sqlite::open(&nowhere), Err(OpenError::NoFolder { .. })));
    assert!(matches!(Sqlite::open(folder.path()), Err(OpenError::Folder { .. })));
    let missing = folder.path().join("journal");
    assert!(matches!(Sqlite::open_to_read(&missing), Err(OpenError::Missing { .. })));
    let options = Options { create: false, ..Options::default() };
    assert!(matches!(Sqlite::open_with(&missing, options), Err(OpenError::Missing { .. })));
    assert!(!missing.exists());
}

#[test]
fn a_reader_sees_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut writer = Sqlite::open(&path).unwrap();
    writer.append(&case(), Expected::New, &[event("e1")]).unwrap();
    let mut reader = Sqlite::open_to_read(&path).unwrap();
    assert_eq!(reader.head().unwrap(), writer.head().unwrap());
    writer.append(&case(), Expected::Version(1), &[event("e2")]).unwrap();
    assert_eq!(reader.load(&case(), 0).unwrap().len(), 2);
    let refused = reader.append(&case(), Expected::Any, &[event("e3")]).unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::ReadOnly { .. })), "{refused:?}");
    let state = ducha_journal::Snapshot { stream: case(), version: 1, schema: 1, bytes: vec![1] };
    let refused = reader.save_snapshot(&state).unwrap_err();
    assert!(matches!(refused, SnapshotError::Store(StoreError::ReadOnly { .. })), "{refused:?}");
    assert_eq!(writer.head().unwrap().position, 2);
}

#[test]
fn who_waits_in_vain_is_told_that_the_file_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let options = Options { busy_timeout: Duration::from_millis(20), ..Options::default() };
    let mut journal = Sqlite::open_with(&path, options).unwrap();
    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = journal.append(&case(), Expected::New, &[event("e1")]).unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::Busy { .. })), "{refused:?}");
    assert!(refused.to_string().contains("try again"), "{refused}");
    assert_eq!(journal.head().unwrap(), Head::GENESIS, "reading does not wait");
    holder.execute_batch("COMMIT").unwrap();
    assert_eq!(journal.append(&case(), Expected::New, &[event("e1")]).unwrap().position, 1);
}

#[test]
fn many_may_make_the_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let path = folder.path().join(format!("journal-{round}"));
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let mut journal = Sqlite::open(path).unwrap();
                    journal.append(&case(), Expected::Any, &[event(&format!("e{writer}"))]).unwrap();
                });
            }
        });
        assert_eq!(Sqlite::open(&path).unwrap().verify(&Head::GENESIS).unwrap().events, 4);
    }
}
