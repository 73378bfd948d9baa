//! The journal's acts as statements.

use crate::Sqlite;
use crate::row::{COLUMNS, Damage, event};
use crate::sqlite_error::failed;
use ducha_journal::{
    AppendError, Appended, Batch, ChainHash, Event, Head, Journal, Known, Page, Plan, Snapshot,
    SnapshotError, StoreError, StreamId, StreamSummary, moment, plan,
};
use rusqlite::{Connection, OptionalExtension as _, Params, ToSql, Transaction, TransactionBehavior, params};
use std::path::Path;

/// SQLite's numbers are signed; what lies beyond them is beyond everything that is there.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// One more than asked for, to see whether there is more.
fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

fn damaged(path: &Path, damage: Damage) -> StoreError {
    StoreError::Damaged { place: path.display().to_string(), position: damage.position, what: damage.what }
}

fn head(connection: &Connection, path: &Path) -> Result<Head, StoreError> {
    let wrong = failed(path, "reading the head");
    let mut statement = connection
        .prepare_cached("SELECT position, hash FROM event ORDER BY position DESC LIMIT 1")
        .map_err(wrong)?;
    let last = statement
        .query_row([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get_ref(1)?.as_blob().ok().and_then(|b| b.try_into().ok())))
        })
        .optional()
        .map_err(wrong)?;
    match last {
        None => Ok(Head::GENESIS),
        Some((position, Some(hash))) => {
            Ok(Head { position: unsigned(position), hash: ChainHash::stored(hash) })
        }
        Some((position, None)) => {
            let what = "the column hash holds no hash".to_owned();
            Err(damaged(path, Damage { position: unsigned(position), what }))
        }
    }
}

/// A stream's number and version; none where it has no event.
fn stream(connection: &Connection, stream: &StreamId) -> rusqlite::Result<Option<(i64, u64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.number, (SELECT coalesce(max(e.version), 0) FROM event e WHERE e.stream = s.number)
         FROM stream s WHERE s.name = ?1",
    )?;
    statement.query_row([stream.as_str()], |row| Ok((row.get(0)?, unsigned(row.get(1)?)))).optional()
}

impl Sqlite {
    fn events(&self, sql: &str, given: impl Params, limit: usize) -> Result<Page, StoreError> {
        let wrong = failed(&self.path, "reading events");
        let mut statement = self.connection.prepare_cached(sql).map_err(wrong)?;
        let mut rows = statement.query(given).map_err(wrong)?;
        let mut page = Page::default();
        while let Some(row) = rows.next().map_err(wrong)? {
            if page.events.len() == limit {
                page.more = true;
                break;
            }
            page.events.push(event(row).map_err(wrong)?.map_err(|damage| damaged(&self.path, damage))?);
        }
        Ok(page)
    }
}

/// What the plan has to know, read within the transaction that will write.
fn known(transaction: &Transaction<'_>, path: &Path, batches: &[Batch<'_>]) -> Result<Known, StoreError> {
    let wrong = failed(path, "looking for the events");
    let mut known = Known { head: head(transaction, path)?, ..Known::default() };
    let sql = format!("SELECT {COLUMNS} FROM event e JOIN stream s ON s.number = e.stream WHERE e.id = ?1");
    let mut by_id = transaction.prepare_cached(&sql).map_err(wrong)?;
    for batch in batches {
        if let Some((_, version)) = stream(transaction, batch.stream).map_err(wrong)? {
            known.versions.insert(batch.stream.clone(), version);
        }
        for given in batch.events {
            if let Some(there) = by_id.query_row([given.id.as_str()], event).optional().map_err(wrong)? {
                known.events.insert(given.id.clone(), there.map_err(|damage| damaged(path, damage))?);
            }
        }
    }
    Ok(known)
}

fn write(transaction: &Transaction<'_>, events: &[Event]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO event (position, stream, version, id, kind, schema, occurred_at, recorded_at, actor, payload, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let mut before: Option<(&StreamId, i64)> = None;
    for event in events {
        let number = match before {
            Some((name, number)) if *name == event.stream => number,
            _ => number_of(transaction, &event.stream)?,
        };
        before = Some((&event.stream, number));
        insert.execute(params![
            signed(event.position),
            number,
            signed(event.version),
            event.id.as_str(),
            event.kind.as_str(),
            event.schema,
            moment::write(event.occurred_at),
            moment::write(event.recorded_at),
            event.actor.as_ref().map(ducha_journal::Actor::as_str),
            event.payload.text(),
            event.hash.bytes(),
        ])?;
    }
    Ok(())
}

/// The number of a stream, given to it now if it has none.
fn number_of(transaction: &Transaction<'_>, name: &StreamId) -> rusqlite::Result<i64> {
    if let Some((number, _)) = stream(transaction, name)? {
        return Ok(number);
    }
    transaction.prepare_cached("INSERT INTO stream (name) VALUES (?1)")?.insert([name.as_str()])
}

/// The least text that comes after all that begin with the prefix; none where the prefix is empty.
fn behind(prefix: &str) -> Option<String> {
    let last = prefix.chars().next_back()?;
    let next = char::from_u32(u32::from(last).checked_add(1)?)?;
    let mut behind: String = prefix.strip_suffix(last)?.to_owned();
    behind.push(next);
    Some(behind)
}

impl Journal for Sqlite {
    fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError> {
        let path = self.path.clone();
        let wrong = failed(&path, "appending");
        // At once for writing: a transaction that began as a reader could find its view outdated, with nothing to do but fail.
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        match plan(batches, &known(&transaction, &path, batches)?)? {
            Plan::Already(appended) => Ok(appended),
            Plan::Write { events, appended } => {
                write(&transaction, &events).map_err(wrong)?;
                transaction.commit().map_err(wrong)?;
                Ok(appended)
            }
        }
    }

    fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN stream s ON s.number = e.stream
             WHERE e.stream = (SELECT number FROM stream WHERE name = ?1) AND e.version > ?2 ORDER BY e.version LIMIT ?3"
        );
        self.events(&sql, params![stream.as_str(), signed(after), one_more(limit)], limit)
    }

    fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError> {
        // A left join: an event whose stream was taken away is damage to be told, not an event to be passed over.
        let sql = format!(
            "SELECT {COLUMNS} FROM event e LEFT JOIN stream s ON s.number = e.stream
             WHERE e.position > ?1 ORDER BY e.position LIMIT ?2"
        );
        self.events(&sql, params![signed(after), one_more(limit)], limit)
    }

    fn streams(
        &mut self,
        prefix: &str,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamSummary>, StoreError> {
        let wrong = failed(&self.path, "listing streams");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.name, (SELECT coalesce(max(e.version), 0) FROM event e WHERE e.stream = s.number)
                 FROM stream s
                 WHERE s.name >= ?1 AND (?2 IS NULL OR s.name < ?2) AND (?3 IS NULL OR s.name > ?3)
                 ORDER BY s.name LIMIT ?4",
            )
            .map_err(wrong)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let given: [&dyn ToSql; 4] = [&prefix, &behind(prefix), &after.map(StreamId::as_str), &limit];
        let mut rows = statement.query(given).map_err(wrong)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let name: String = row.get(0).map_err(wrong)?;
            let stream = StreamId::new(name).map_err(|error| StoreError::Failed {
                place: self.path.display().to_string(),
                doing: "listing streams",
                source: error.into(),
            })?;
            found.push(StreamSummary { stream, version: unsigned(row.get(1).map_err(wrong)?) });
        }
        Ok(found)
    }

    fn head(&mut self) -> Result<Head, StoreError> {
        head(&self.connection, &self.path)
    }

    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        let path = self.path.clone();
        let wrong = failed(&path, "keeping a snapshot");
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        let found = stream(&transaction, &snapshot.stream).map_err(wrong)?;
        let no_such_version = |actual| {
            let (stream, version) = (snapshot.stream.clone(), snapshot.version);
            SnapshotError::NoSuchVersion { stream, version, actual }
        };
        let (number, actual) = found.ok_or_else(|| no_such_version(0))?;
        if snapshot.version == 0 || snapshot.version > actual {
            return Err(no_such_version(actual));
        }
        transaction
            .prepare_cached(
                "INSERT INTO snapshot (stream, version, schema, bytes, sum) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (stream) DO UPDATE
                 SET version = excluded.version, schema = excluded.schema, bytes = excluded.bytes, sum = excluded.sum
                 WHERE version <= excluded.version",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    number,
                    signed(snapshot.version),
                    snapshot.schema,
                    snapshot.bytes,
                    snapshot.sum()
                ])
            })
            .map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        Ok(())
    }

    fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError> {
        let wrong = failed(&self.path, "reading a snapshot");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT n.version, n.schema, n.bytes, n.sum FROM snapshot n JOIN stream s ON s.number = n.stream
                 WHERE s.name = ?1",
            )
            .map_err(wrong)?;
        let kept = statement
            .query_row([stream.as_str()], |row| {
                let version = unsigned(row.get(0)?);
                let snapshot =
                    Snapshot { stream: stream.clone(), version, schema: row.get(1)?, bytes: row.get(2)? };
                Ok((snapshot, row.get::<_, Vec<u8>>(3)?))
            })
            .optional()
            .map_err(wrong)?;
        Ok(kept.filter(|(snapshot, sum)| snapshot.sum() == **sum).map(|(snapshot, _)| snapshot))
    }

    fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError> {
        let wrong = failed(&self.path, "forgetting a snapshot");
        self.connection
            .prepare_cached("DELETE FROM snapshot WHERE stream = (SELECT number FROM stream WHERE name = ?1)")
            .and_then(|mut statement| statement.execute([stream.as_str()]))
            .map_err(wrong)?;
        Ok(())
    }
}
