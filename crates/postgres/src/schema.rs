//! The tables of a journal, and how older ones become those of today.

/// The version of the tables that this program reads and writes.
pub const SCHEMA_VERSION: i32 = 1;

/// What each version adds to the one before, `ducha` standing for the schema's name; the first makes the tables. A step that
/// was once published never changes.
pub(crate) const STEPS: [&str; SCHEMA_VERSION as usize] = [TABLES];

/// Names compare by bytes (`COLLATE "C"`), and payloads are texts: `jsonb` would keep another text than the one that was
/// sealed.
const TABLES: &str = r#"
CREATE TABLE about (
    version integer NOT NULL
);
INSERT INTO about VALUES (0);
CREATE TABLE head (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL,
    hash     bytea NOT NULL
);
INSERT INTO head (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
CREATE TABLE event (
    position    bigint PRIMARY KEY,
    stream      text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    id          text COLLATE "C" NOT NULL UNIQUE,
    kind        text COLLATE "C" NOT NULL,
    schema      bigint NOT NULL,
    occurred_at text COLLATE "C" NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    actor       text COLLATE "C",
    payload     text COLLATE "C" NOT NULL,
    hash        bytea NOT NULL,
    UNIQUE (stream, version)
);
CREATE TABLE stream (
    name    text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL
);
CREATE TABLE snapshot (
    stream  text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    schema  bigint NOT NULL,
    bytes   bytea NOT NULL,
    sum     bytea NOT NULL
);
"#;
