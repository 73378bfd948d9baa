//! The journal's acts as statements.

use crate::Postgres;
use crate::postgres_error::failed;
use crate::row::{COLUMNS, Damage, event, hash, number};
use ducha_journal::{
    AppendError, Appended, Batch, Event, Head, Journal, Known, Page, Plan, Snapshot, SnapshotError,
    StoreError, StreamId, StreamSummary, moment, plan,
};
use postgres::{Row, Transaction, types::ToSql};
use std::collections::BTreeMap;

/// PostgreSQL's numbers are signed; what lies beyond them is beyond everything that is there.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// One more than asked for, to see whether there is more.
fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

fn damaged(place: &str, damage: Damage) -> StoreError {
    StoreError::Damaged { place: place.to_owned(), position: damage.position, what: damage.what }
}

/// The least text that comes after all that begin with the prefix; none where the prefix is empty.
fn behind(prefix: &str) -> Option<String> {
    let last = prefix.chars().next_back()?;
    let next = char::from_u32(u32::from(last).checked_add(1)?)?;
    let mut behind: String = prefix.strip_suffix(last)?.to_owned();
    behind.push(next);
    Some(behind)
}

fn head(row: Option<&Row>, place: &str) -> Result<Head, StoreError> {
    let read = |row: &Row| Ok(Head { position: number(row, 0, "position")?, hash: hash(row, 1)? });
    let found = row.ok_or_else(|| "the row that holds the head is missing".to_owned()).and_then(read);
    found.map_err(|what| damaged(place, Damage { position: 0, what }))
}

fn summary(row: &Row, place: &str) -> Result<StreamSummary, StoreError> {
    let wrong = |source: String| StoreError::Failed {
        place: place.to_owned(),
        doing: "listing streams",
        source: source.into(),
    };
    let name: &str = row.try_get(0).map_err(|error| wrong(error.to_string()))?;
    let stream = StreamId::new(name).map_err(|error| wrong(error.to_string()))?;
    Ok(StreamSummary { stream, version: number(row, 1, "version").map_err(wrong)? })
}

/// What the plan has to know, read after the head was locked: whoever waited for it sees what the one before has written.
fn known(transaction: &mut Transaction<'_>, place: &str, batches: &[Batch<'_>]) -> Result<Known, StoreError> {
    let wrong = failed(place, "looking for the events");
    let row = transaction.query_opt("SELECT position, hash FROM head FOR UPDATE", &[]).map_err(wrong)?;
    let mut known = Known { head: head(row.as_ref(), place)?, ..Known::default() };
    let ids: Vec<&str> =
        batches.iter().flat_map(|batch| batch.events).map(|event| event.id.as_str()).collect();
    let sql = format!("SELECT {COLUMNS} FROM event WHERE id = ANY ($1)");
    for row in transaction.query(&sql, &[&ids]).map_err(wrong)? {
        let event = event(&row).map_err(|damage| damaged(place, damage))?;
        known.events.insert(event.id.clone(), event);
    }
    let names: Vec<&str> = batches.iter().map(|batch| batch.stream.as_str()).collect();
    for row in transaction
        .query("SELECT name, version FROM stream WHERE name = ANY ($1)", &[&names])
        .map_err(wrong)?
    {
        let StreamSummary { stream, version } = summary(&row, place)?;
        known.versions.insert(stream, version);
    }
    Ok(known)
}

/// Writes all events by one statement, as columns, and moves streams and head on.
fn write(transaction: &mut Transaction<'_>, events: &[Event]) -> Result<(), postgres::Error> {
    let Some(last) = events.last() else { return Ok(()) };
    fn column<'a, T>(events: &'a [Event], of: impl Fn(&'a Event) -> T) -> Vec<T> {
        events.iter().map(of).collect()
    }
    let columns: [&(dyn ToSql + Sync); 11] = [
        &column(events, |event| signed(event.position)),
        &column(events, |event| event.stream.as_str()),
        &column(events, |event| signed(event.version)),
        &column(events, |event| event.id.as_str()),
        &column(events, |event| event.kind.as_str()),
        &column(events, |event| i64::from(event.schema)),
        &column(events, |event| moment::write(event.occurred_at)),
        &column(events, |event| moment::write(event.recorded_at)),
        &column(events, |event| event.actor.as_ref().map(ducha_journal::Actor::as_str)),
        &column(events, |event| event.payload.text()),
        &column(events, |event| event.hash.bytes().as_slice()),
    ];
    let sql = format!(
        "INSERT INTO event ({COLUMNS}) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], \
         $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bytea[])"
    );
    transaction.execute(&sql, &columns)?;
    let reached: BTreeMap<&str, i64> =
        events.iter().map(|event| (event.stream.as_str(), signed(event.version))).collect();
    let (names, versions): (Vec<&str>, Vec<i64>) = reached.into_iter().unzip();
    transaction.execute(
        "INSERT INTO stream (name, version) SELECT * FROM unnest($1::text[], $2::bigint[])
         ON CONFLICT (name) DO UPDATE SET version = excluded.version",
        &[&names, &versions],
    )?;
    let sql = "UPDATE head SET position = $1, hash = $2";
    transaction.execute(sql, &[&signed(last.position), &last.hash.bytes().as_slice()])?;
    Ok(())
}

impl Postgres {
    fn events(&mut self, sql: &str, given: &[&(dyn ToSql + Sync)], limit: usize) -> Result<Page, StoreError> {
        let wrong = failed(&self.place, "reading events");
        let rows = self.client.query(sql, given).map_err(wrong)?;
        let read = |row| event(row).map_err(|damage| damaged(&self.place, damage));
        let events = rows.iter().take(limit).map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page { events, more: rows.len() > limit })
    }
}

impl Journal for Postgres {
    fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError> {
        let wrong = failed(&self.place, "appending");
        let mut transaction = self.client.transaction().map_err(wrong)?;
        match plan(batches, &known(&mut transaction, &self.place, batches)?)? {
            Plan::Already(appended) => Ok(appended),
            Plan::Write { events, appended } => {
                write(&mut transaction, &events).map_err(wrong)?;
                transaction.commit().map_err(wrong)?;
                Ok(appended)
            }
        }
    }

    fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3"
        );
        self.events(&sql, &[&stream.as_str(), &signed(after), &one_more(limit)], limit)
    }

    fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM event WHERE position > $1 ORDER BY position LIMIT $2");
        self.events(&sql, &[&signed(after), &one_more(limit)], limit)
    }

    fn streams(
        &mut self,
        prefix: &str,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamSummary>, StoreError> {
        let wrong = failed(&self.place, "listing streams");
        // No name of a stream holds a NUL, which PostgreSQL would not take in a text.
        if prefix.contains('\0') {
            return Ok(Vec::new());
        }
        let sql = "SELECT name, version FROM stream
                   WHERE name >= $1 AND ($2::text IS NULL OR name < $2) AND ($3::text IS NULL OR name > $3)
                   ORDER BY name LIMIT $4";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let given: [&(dyn ToSql + Sync); 4] =
            [&prefix, &behind(prefix), &after.map(StreamId::as_str), &limit];
        let rows = self.client.query(sql, &given).map_err(wrong)?;
        rows.iter().map(|row| summary(row, &self.place)).collect()
    }

    fn head(&mut self) -> Result<Head, StoreError> {
        let wrong = failed(&self.place, "reading the head");
        let row = self.client.query_opt("SELECT position, hash FROM head", &[]).map_err(wrong)?;
        head(row.as_ref(), &self.place)
    }

    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        let wrong = failed(&self.place, "keeping a snapshot");
        let mut transaction = self.client.transaction().map_err(wrong)?;
        let name = snapshot.stream.as_str();
        let found = transaction
            .query_opt("SELECT name, version FROM stream WHERE name = $1", &[&name])
            .map_err(wrong)?;
        let actual =
            found.map(|row| summary(&row, &self.place)).transpose()?.map_or(0, |summary| summary.version);
        if snapshot.version == 0 || snapshot.version > actual {
            let (stream, version) = (snapshot.stream.clone(), snapshot.version);
            return Err(SnapshotError::NoSuchVersion { stream, version, actual });
        }
        let sql = "INSERT INTO snapshot (stream, version, schema, bytes, sum) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (stream) DO UPDATE
                   SET version = excluded.version, schema = excluded.schema, bytes = excluded.bytes, sum = excluded.sum
                   WHERE snapshot.version <= excluded.version";
        let (version, schema) = (signed(snapshot.version), i64::from(snapshot.schema));
        let sum = snapshot.sum();
        transaction
            .execute(sql, &[&name, &version, &schema, &snapshot.bytes, &sum.as_slice()])
            .map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        Ok(())
    }

    fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError> {
        let wrong = failed(&self.place, "reading a snapshot");
        let sql = "SELECT version, schema, bytes, sum FROM snapshot WHERE stream = $1";
        let Some(row) = self.client.query_opt(sql, &[&stream.as_str()]).map_err(wrong)? else {
            return Ok(None);
        };
        let read = || -> Option<(Snapshot, Vec<u8>)> {
            let (version, schema) = (number(&row, 0, "version").ok()?, number(&row, 1, "schema").ok()?);
            let snapshot = Snapshot { stream: stream.clone(), version, schema, bytes: row.try_get(2).ok()? };
            Some((snapshot, row.try_get(3).ok()?))
        };
        Ok(read().filter(|(snapshot, sum)| snapshot.sum() == **sum).map(|(snapshot, _)| snapshot))
    }

    fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError> {
        let wrong = failed(&self.place, "forgetting a snapshot");
        self.client.execute("DELETE FROM snapshot WHERE stream = $1", &[&stream.as_str()]).map_err(wrong)?;
        Ok(())
    }
}
