//! Against a server: the suite, what is refused on opening, tampering, kills of the program and of the server.
//!
//! `DATABASE_URL` names the server; without it each test says that it was skipped. Each test has a schema of its own. Twenty
//! kills of the program, or `DUCHA_KILLS`. The test that strikes the server down is ignored unless it is asked for by name, since
//! others need the server: `DUCHA_CRASH_SERVER` is then a command that stops the server at once and starts it again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]
#![allow(clippy::disallowed_methods, reason = "server, schema and number of kills come from outside")]

use chrono::NaiveDate;
use ducha_journal::{
    AppendError, Expected, Head, Journal as _, NewEvent, Payload, Snapshot, StoreError, StreamId, Tamper,
    Tampered, VerifyError,
    conformance::{self, crash},
};
use ducha_postgres::{OpenError, Options, Postgres, SCHEMA_VERSION};
use postgres::{Client, NoTls};
use std::{
    env,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Where a writer that is to be killed finds its schema.
const WRITE_TO: &str = "DUCHA_KILL_SCHEMA";

fn server() -> Option<String> {
    let found = env::var("DATABASE_URL").ok();
    if found.is_none() {
        println!("SKIPPED: DATABASE_URL names no PostgreSQL server");
    }
    found
}

/// A schema of this test's own, dropped in the end.
struct Place {
    url: String,
    schema: String,
}

impl Place {
    fn new() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let url = server()?;
        let schema = format!("ducha_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        Some(Self { url, schema })
    }

    fn options(&self) -> Options {
        Options { schema: self.schema.clone(), ..Options::default() }
    }

    fn open(&self) -> Postgres {
        Postgres::connect_with(&self.url, &self.options()).unwrap()
    }

    /// Another program with the same rights.
    fn other(&self) -> Client {
        let mut client = Client::connect(&self.url, NoTls).unwrap();
        client.batch_execute(&format!("SET search_path TO {}", self.schema)).unwrap();
        client
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(mut client) = Client::connect(&self.url, NoTls) {
            drop(client.batch_execute(&format!(
                "SET client_min_messages TO warning; DROP SCHEMA IF EXISTS {} CASCADE",
                self.schema
            )));
        }
    }
}

fn event(id: &str) -> NewEvent {
    let at = NaiveDate::from_ymd_opt(2026, 10, 3).and_then(|day| day.and_hms_opt(14, 30, 0)).unwrap();
    NewEvent {
        id: id.parse().unwrap(),
        kind: "rectification.noted".parse().unwrap(),
        schema: 1,
        occurred_at: at,
        recorded_at: at,
        actor: Some("督查办".parse().unwrap()),
        payload: Payload::new(&serde_json::json!({ "note": format!("MARK-{id}-") })).unwrap(),
    }
}

fn case() -> StreamId {
    StreamId::new("case/a").unwrap()
}

fn fill(place: &Place, events: u32) -> Head {
    let mut journal = place.open();
    let given: Vec<NewEvent> = (1..=events).map(|number| event(&format!("e{number}"))).collect();
    journal.append(&case(), Expected::New, &given).unwrap();
    journal.head().unwrap()
}

#[test]
fn postgres_passes() {
    if server().is_none() {
        return;
    }
    let passed = conformance::run(|| {
        let place = Place::new().unwrap();
        move || place.open()
    })
    .unwrap();
    assert!(passed.cases.len() >= 45, "{} cases", passed.cases.len());
}

#[test]
fn many_may_make_the_tables_at_once() {
    let Some(place) = Place::new() else { return };
    thread::scope(|scope| {
        for writer in 0..4 {
            let place = &place;
            scope.spawn(move || {
                place.open().append(&case(), Expected::Any, &[event(&format!("e{writer}"))]).unwrap();
            });
        }
    });
    assert_eq!(place.open().verify(&Head::GENESIS).unwrap().events, 4);
}

#[test]
fn tables_of_a_newer_program_and_of_another_are_refused_and_left_as_they_are() {
    let Some(place) = Place::new() else { return };
    fill(&place, 1);
    place.other().execute("UPDATE about SET version = 99", &[]).unwrap();
    let refused = Postgres::connect_with(&place.url, &place.options()).unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 99, .. }), "{refused:?}");
    assert!(refused.to_string().contains(&place.schema), "{refused}");
    place.other().execute("UPDATE about SET version = $1", &[&SCHEMA_VERSION]).unwrap();
    assert_eq!(place.open().head().unwrap().position, 1);

    let Some(place) = Place::new() else { return };
    let make = format!("CREATE SCHEMA {0}; CREATE TABLE {0}.event (x integer)", place.schema);
    place.other().batch_execute(&make).unwrap();
    let refused = Postgres::connect_with(&place.url, &place.options()).unwrap_err();
    assert!(matches!(refused, OpenError::NotAJournal { .. }), "{refused:?}");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = $1";
    assert_eq!(place.other().query_one(tables, &[&place.schema]).unwrap().get::<_, i64>(0), 1);
}

#[test]
fn who_waits_in_vain_is_told_that_the_database_is_busy() {
    let Some(place) = Place::new() else { return };
    fill(&place, 1);
    let options = Options { busy_timeout: Duration::from_millis(50), ..place.options() };
    let mut journal = Postgres::connect_with(&place.url, &options).unwrap();
    let mut other = place.other();
    let mut holder = other.transaction().unwrap();
    holder.execute("SELECT * FROM head FOR UPDATE", &[]).unwrap();
    let refused = journal.append(&case(), Expected::Any, &[event("late")]).unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::Busy { .. })), "{refused:?}");
    assert_eq!(journal.head().unwrap().position, 1, "reading does not wait");
    holder.commit().unwrap();
    assert_eq!(journal.append(&case(), Expected::Any, &[event("late")]).unwrap().position, 2);
}

#[test]
fn a_connection_that_breaks_is_told_and_the_events_can_be_sent_again() {
    let Some(place) = Place::new() else { return };
    fill(&place, 1);
    let mut journal = place.open();
    // The append waits for the head; whoever waits for this holder is cut off.
    let mut other = place.other();
    let mut holder = other.transaction().unwrap();
    holder.execute("SELECT * FROM head FOR UPDATE", &[]).unwrap();
    let mine: i32 = holder.query_one("SELECT pg_backend_pid()", &[]).unwrap().get(0);
    let append = thread::spawn(move || journal.append(&case(), Expected::Any, &[event("e2")]));
    let cut_off =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))";
    let mut third = place.other();
    while third.query(cut_off, &[&mine]).unwrap().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let refused = append.join().unwrap().unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::Lost { .. })), "{refused:?}");
    assert!(refused.to_string().contains("send the same events again"), "{refused}");
    holder.commit().unwrap();
    let mut journal = place.open();
    assert!(!journal.append(&case(), Expected::Any, &[event("e2")]).unwrap().already);
    assert!(journal.append(&case(), Expected::Any, &[event("e2")]).unwrap().already);
}

#[test]
fn no_error_shows_the_password() {
    for address in [
        "postgresql://ducha:s3cr3t@127.0.0.1:1/office",
        "host=127.0.0.1 port=1 user=ducha password=s3cr3t dbname=office",
        "postgresql://ducha:s3cr3t?x@127.0.0.1:1/office",
        "postgresql://ducha:s3cr3t@127.0.0.1:port/office",
        "host=127.0.0.1 pass word=s3cr3t",
    ] {
        let refused = Postgres::connect(address).unwrap_err();
        let mut told = format!("{refused} {refused:?}");
        let mut source = std::error::Error::source(&refused);
        while let Some(error) = source {
            told += &format!(" {error} {error:?}");
            source = error.source();
        }
        assert!(!told.contains("s3cr3t"), "{told}");
    }
    let refused = Postgres::connect("postgresql://ducha:s3cr3t@127.0.0.1:1/office").unwrap_err().to_string();
    assert!(refused.contains("ducha@127.0.0.1:1/office"), "{refused}");
    for schema in ["", "Ducha", "a b", "a;drop", "1a", "督查", &"x".repeat(64)] {
        let options = Options { schema: schema.into(), ..Options::default() };
        let refused = Postgres::connect_with("postgresql://127.0.0.1:1/office", &options).unwrap_err();
        assert!(matches!(refused, OpenError::Schema(_)), "{refused:?}");
    }
}

fn found(place: &Place) -> Tampered {
    match place.open().verify(&Head::GENESIS) {
        Err(VerifyError::Tampered(found)) => found,
        other => panic!("nothing found: {other:?}"),
    }
}

#[test]
fn a_change_by_sql_is_found_at_its_position() {
    for (sql, position, what) in [
        (
            "UPDATE event SET payload = replace(payload, 'MARK-e7-', 'MARK-e8-') WHERE position = 7",
            7,
            Tamper::Hash,
        ),
        ("UPDATE event SET actor = NULL WHERE position = 1", 1, Tamper::Hash),
        ("UPDATE event SET version = 99 WHERE position = 7", 7, Tamper::Hash),
        ("UPDATE event SET stream = 'case/b' WHERE position = 20", 20, Tamper::Hash),
        ("UPDATE event SET hash = decode(repeat('00', 32), 'hex') WHERE position = 7", 7, Tamper::Hash),
        ("DELETE FROM event WHERE position = 7", 7, Tamper::Missing { found: 8 }),
        ("DELETE FROM event WHERE position > 18", 19, Tamper::Cut { end: 18 }),
        ("UPDATE head SET hash = decode(repeat('00', 32), 'hex')", 20, Tamper::Head),
        (
            "UPDATE event SET hash = '' WHERE position = 7",
            7,
            Tamper::Unreadable("the column hash holds no hash".into()),
        ),
    ] {
        let Some(place) = Place::new() else { return };
        let head = fill(&place, 20);
        assert_eq!(place.open().verify_against(&head).unwrap().events, 20);
        assert!(place.other().execute(sql, &[]).unwrap() > 0, "{sql}");
        assert_eq!(found(&place), Tampered { position, what }, "{sql}");
    }
}

#[test]
fn a_damaged_snapshot_counts_as_none() {
    let Some(place) = Place::new() else { return };
    fill(&place, 3);
    let mut journal = place.open();
    let state = Snapshot { stream: case(), version: 3, schema: 1, bytes: b"state".to_vec() };
    journal.save_snapshot(&state).unwrap();
    place.other().execute("UPDATE snapshot SET bytes = '\\x00'", &[]).unwrap();
    assert_eq!(journal.snapshot(&case()).unwrap(), None);
}

/// Not a test but the program that is killed.
#[test]
#[ignore = "it is started by the test that kills it"]
fn writer() {
    let (Ok(schema), Ok(url)) = (env::var(WRITE_TO), env::var("DATABASE_URL")) else { return };
    let mut journal = Postgres::connect_with(&url, &Options { schema, ..Options::default() }).unwrap();
    let ended = crash::write_on(&mut journal, &mut std::io::stdout());
    panic!("{ended:?}");
}

fn number(name: &str, default: u32) -> u32 {
    env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

/// Strikes as often as asked for, and looks each time at what is left.
fn strikes(count: u32, strike: impl Fn(&mut Child) -> std::io::Result<()>) {
    let Some(place) = Place::new() else { return };
    // A server that was struck down takes a moment; the killed program's session may hold the lock for another.
    let open = || loop {
        match Postgres::connect_with(&place.url, &place.options()) {
            Ok(journal) => return journal,
            Err(error) => println!("not yet: {error}"),
        }
        thread::sleep(Duration::from_millis(100));
    };
    let seed = u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos());
    let mut crashes = crash::Crashes::new(seed);
    for round in 1..=count {
        let mut writer = Command::new(env::current_exe().unwrap());
        writer.args(["--exact", "writer", "--ignored", "--nocapture"]);
        writer.env(WRITE_TO, &place.schema).stderr(Stdio::null());
        if let Err(wrong) = crashes.round(&mut writer, &strike, open) {
            panic!("strike {round}, seed {seed}: {wrong}");
        }
    }
    let whole = open().verify_against(&crashes.checked).unwrap();
    println!("{count} strikes, {} events: {crashes:?}", whole.events);
    assert!(crashes.acknowledged > 0);
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_torn() {
    strikes(number("DUCHA_KILLS", 20), Child::kill);
}

#[test]
#[ignore = "it strikes the server down, which other tests need: by itself, where DUCHA_CRASH_SERVER is set"]
fn a_server_struck_down_loses_nothing_acknowledged_and_leaves_nothing_torn() {
    let Ok(crash) = env::var("DUCHA_CRASH_SERVER") else {
        println!(
            "SKIPPED: DUCHA_CRASH_SERVER is no command that stops the server at once and starts it again"
        );
        return;
    };
    strikes(number("DUCHA_SERVER_CRASHES", 5), |writer| {
        let done = Command::new("sh").args(["-c", &crash]).stdout(Stdio::null()).status()?;
        assert!(done.success(), "{crash}: {done}");
        // It has lost its server and ends by itself; to be sure.
        writer.kill()
    });
}
