//! A program that is killed at any moment loses nothing that it was told is written, and leaves nothing half written.
//!
//! Twenty kills by default; `DUCHA_KILLS=1000` in the environment for more. The writer is this test program itself, started
//! anew with the file's path in its environment.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]
#![allow(clippy::disallowed_methods, reason = "the moments of the kills and their number come from outside")]

use ducha_journal::{Journal as _, conformance::crash};
use ducha_sqlite::Sqlite;
use std::{
    env,
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

const FILE: &str = "DUCHA_KILL_FILE";
const DEFAULT_KILLS: u32 = 20;

/// Not a test but the program that is killed.
#[test]
#[ignore = "it is started by the test that kills it"]
fn writer() {
    let Ok(path) = env::var(FILE) else { return };
    let ended = crash::write_on(&mut Sqlite::open(path).unwrap(), &mut std::io::stdout());
    panic!("{ended:?}");
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_torn() {
    let kills = env::var("DUCHA_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(DEFAULT_KILLS);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let open = || Sqlite::open(&path).unwrap();
    let seed = u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos());
    let mut crashes = crash::Crashes::new(seed);
    for kill in 1..=kills {
        let mut writer = Command::new(env::current_exe().unwrap());
        writer.args(["--exact", "writer", "--ignored", "--nocapture"]).env(FILE, &path).stderr(Stdio::null());
        if let Err(wrong) = crashes.round(&mut writer, Child::kill, open) {
            panic!("kill {kill}, seed {seed}: {wrong}");
        }
    }
    let whole = open().verify_against(&crashes.checked).unwrap();
    println!("{kills} kills, {} events: {crashes:?}", whole.events);
    assert!(crashes.acknowledged > 0);
}
