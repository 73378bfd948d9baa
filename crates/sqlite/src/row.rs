//! A row of the table as an event. Nothing is taken on trust: what cannot have been written is named with its position.

use ducha_journal::{Actor, ChainHash, Event, EventId, EventKind, Payload, StreamId, moment};
use rusqlite::{Row, types::ValueRef};
use std::fmt;

/// The columns that [`event`] reads, in its order.
pub(crate) const COLUMNS: &str = "e.position, s.name, e.version, e.id, e.kind, e.schema, e.occurred_at, e.recorded_at, \
                                  e.actor, e.payload, e.hash";

/// What is wrong with a row.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) position: u64,
    pub(crate) what: String,
}

/// The event of a row; the outer error is SQLite's.
pub(crate) fn event(row: &Row<'_>) -> rusqlite::Result<Result<Event, Damage>> {
    let position =
        row.get_ref(0)?.as_i64().ok().and_then(|position| u64::try_from(position).ok()).unwrap_or_default();
    Ok(read(row, position)?.map_err(|what| Damage { position, what }))
}

fn read(row: &Row<'_>, position: u64) -> rusqlite::Result<Result<Event, String>> {
    let (stream, id, kind) = (row.get_ref(1)?, row.get_ref(3)?, row.get_ref(4)?);
    let (version, schema, hash) = (row.get_ref(2)?, row.get_ref(5)?, row.get_ref(10)?);
    let (occurred_at, recorded_at) = (row.get_ref(6)?, row.get_ref(7)?);
    let (actor, payload) = (row.get_ref(8)?, row.get_ref(9)?);
    let read = || {
        Ok(Event {
            position,
            stream: StreamId::new(text(stream, "stream")?).map_err(of("stream"))?,
            version: number(version, "version")?,
            id: EventId::new(text(id, "id")?).map_err(of("id"))?,
            kind: EventKind::new(text(kind, "kind")?).map_err(of("kind"))?,
            schema: number(schema, "schema")?,
            occurred_at: moment::read(text(occurred_at, "occurred_at")?)
                .ok_or("the column occurred_at holds no time")?,
            recorded_at: moment::read(text(recorded_at, "recorded_at")?)
                .ok_or("the column recorded_at holds no time")?,
            actor: match actor {
                ValueRef::Null => None,
                actor => Some(Actor::new(text(actor, "actor")?).map_err(of("actor"))?),
            },
            payload: Payload::stored(text(payload, "payload")?.to_owned()),
            hash: ChainHash::stored(
                hash.as_blob()
                    .ok()
                    .and_then(|bytes| bytes.try_into().ok())
                    .ok_or("the column hash holds no hash")?,
            ),
        })
    };
    Ok(read())
}

/// SQLite does not check that its texts are UTF-8; a flipped bit shows here.
fn text<'a>(value: ValueRef<'a>, column: &str) -> Result<&'a str, String> {
    value.as_str().map_err(|error| format!("the column {column} holds no text: {error}"))
}

fn number<T: TryFrom<i64>>(value: ValueRef<'_>, column: &str) -> Result<T, String> {
    let number = value.as_i64().ok().and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| format!("the column {column} holds no number that it could"))
}

fn of<E: fmt::Display>(column: &str) -> impl Fn(E) -> String + '_ {
    move |error| format!("the column {column}: {error}")
}
