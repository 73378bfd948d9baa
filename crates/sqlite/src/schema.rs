//! The tables of a journal, and how an older file becomes one of today.

/// What marks a SQLite file as a journal of ducha (`application_id`): the letters `Ducj`.
pub const APPLICATION_ID: i32 = 0x4475_636A;

/// The version of the tables that this program reads and writes (`user_version`).
pub const SCHEMA_VERSION: i32 = 1;

/// What each version adds to the one before; the first makes the tables. A step that was once published never changes.
pub(crate) const STEPS: [&str; SCHEMA_VERSION as usize] = [TABLES];

/// Numbers, not names, stand in the events, so that a stream's long name is kept once.
///
/// Names and ids compare by bytes (SQLite's own order of texts), and `STRICT` keeps every column to its type.
const TABLES: &str = "
CREATE TABLE stream (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE event (
    position    INTEGER PRIMARY KEY,
    stream      INTEGER NOT NULL REFERENCES stream (number),
    version     INTEGER NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    schema      INTEGER NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor       TEXT,
    payload     TEXT NOT NULL,
    hash        BLOB NOT NULL,
    UNIQUE (stream, version)
) STRICT;
CREATE TABLE snapshot (
    stream  INTEGER PRIMARY KEY REFERENCES stream (number),
    version INTEGER NOT NULL,
    schema  INTEGER NOT NULL,
    bytes   BLOB NOT NULL,
    sum     BLOB NOT NULL
) STRICT;
";
