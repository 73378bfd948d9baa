//! The suite that every journal must pass.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ducha_journal::conformance;
use ducha_sqlite::Sqlite;

#[test]
fn sqlite_passes() {
    let passed = conformance::run(|| {
        let folder = tempfile::tempdir().unwrap();
        move || Sqlite::open(folder.path().join("journal")).unwrap()
    })
    .unwrap();
    assert!(passed.cases.len() >= 45, "{} cases", passed.cases.len());
}
