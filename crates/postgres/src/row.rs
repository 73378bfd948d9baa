//! A row of the table as an event. Nothing is taken on trust: what cannot have been written is named with its position.

use ducha_journal::{Actor, ChainHash, Event, EventId, EventKind, Payload, StreamId, moment};
use postgres::{Row, types::FromSql};
use std::fmt;

/// The columns that [`event`] reads, in its order.
pub(crate) const COLUMNS: &str =
    "position, stream, version, id, kind, schema, occurred_at, recorded_at, actor, payload, hash";

/// What is wrong with a row.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) position: u64,
    pub(crate) what: String,
}

pub(crate) fn event(row: &Row) -> Result<Event, Damage> {
    let position = number(row, 0, "position").map_err(|what| Damage { position: 0, what })?;
    read(row, position).map_err(|what| Damage { position, what })
}

fn read(row: &Row, position: u64) -> Result<Event, String> {
    let time = |at, column: &str| {
        moment::read(get(row, at, column)?).ok_or(format!("the column {column} holds no time"))
    };
    let actor: Option<&str> = get(row, 8, "actor")?;
    Ok(Event {
        position,
        stream: StreamId::new(get::<&str>(row, 1, "stream")?).map_err(of("stream"))?,
        version: number(row, 2, "version")?,
        id: EventId::new(get::<&str>(row, 3, "id")?).map_err(of("id"))?,
        kind: EventKind::new(get::<&str>(row, 4, "kind")?).map_err(of("kind"))?,
        schema: number(row, 5, "schema")?,
        occurred_at: time(6, "occurred_at")?,
        recorded_at: time(7, "recorded_at")?,
        actor: actor.map(Actor::new).transpose().map_err(of("actor"))?,
        payload: Payload::stored(get(row, 9, "payload")?),
        hash: hash(row, 10)?,
    })
}

pub(crate) fn hash(row: &Row, at: usize) -> Result<ChainHash, String> {
    let bytes: &[u8] = get(row, at, "hash")?;
    bytes.try_into().map(ChainHash::stored).map_err(|_| "the column hash holds no hash".to_owned())
}

pub(crate) fn number<T: TryFrom<i64>>(row: &Row, at: usize, column: &str) -> Result<T, String> {
    let number: i64 = get(row, at, column)?;
    T::try_from(number).map_err(|_| format!("the column {column} holds no number that it could"))
}

fn get<'a, T: FromSql<'a>>(row: &'a Row, at: usize, column: &str) -> Result<T, String> {
    row.try_get(at).map_err(of(column))
}

fn of<E: fmt::Display>(column: &str) -> impl Fn(E) -> String + '_ {
    move |error| format!("the column {column}: {error}")
}
