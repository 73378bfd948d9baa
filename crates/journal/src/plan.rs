//! What an append comes to: decided in one place for all stores.

use crate::{AppendError, Appended, Batch, Event, EventId, Head, StreamId};
use std::collections::{BTreeMap, BTreeSet};

/// What a store has to know for an append, read within the transaction that will write.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The journal's head.
    pub head: Head,
    /// The version of each stream that the batches name; one without events may be left out.
    pub versions: BTreeMap<StreamId, u64>,
    /// The events that are there already, of those that the batches hold, by id.
    pub events: BTreeMap<EventId, Event>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Nothing: all was written before.
    Already(Vec<Appended>),
    /// Write these events, in this order.
    Write {
        /// The events, sealed.
        events: Vec<Event>,
        /// What to answer, for each batch.
        appended: Vec<Appended>,
    },
}

/// Decides what an append comes to, by what a store knows.
///
/// That the events are there is found before versions are compared: who sends again what was written expects a version
/// that has passed.
///
/// # Errors
/// [`AppendError`]; then nothing is to be written.
pub fn plan(batches: &[Batch<'_>], known: &Known) -> Result<Plan, AppendError> {
    if batches.is_empty() || batches.iter().any(|batch| batch.events.is_empty()) {
        return Err(AppendError::Empty);
    }
    let mut ids = BTreeSet::new();
    let all = || batches.iter().flat_map(|batch| batch.events.iter().map(|event| (batch.stream, event)));
    if let Some((_, twice)) = all().find(|(_, event)| !ids.insert(&event.id)) {
        return Err(AppendError::Repeated { id: twice.id.clone() });
    }
    for (stream, event) in all() {
        match known.events.get(&event.id) {
            Some(there) if !there.is(stream, event) => {
                return Err(AppendError::DifferentContent { id: event.id.clone(), position: there.position });
            }
            _ => {}
        }
    }
    let there = all().find(|(_, event)| known.events.contains_key(&event.id));
    let missing = all().find(|(_, event)| !known.events.contains_key(&event.id));
    match (there, missing) {
        (Some(_), None) => Ok(Plan::Already(already(batches, known))),
        (Some((_, there)), Some((_, missing))) => {
            Err(AppendError::PartlyThere { there: there.id.clone(), missing: missing.id.clone() })
        }
        (None, _) => write(batches, known),
    }
}

fn already(batches: &[Batch<'_>], known: &Known) -> Vec<Appended> {
    let last =
        |batch: &Batch<'_>| batch.events.iter().filter_map(|event| known.events.get(&event.id)).next_back();
    let told = |event: &Event| Appended { version: event.version, position: event.position, already: true };
    batches.iter().filter_map(last).map(told).collect()
}

fn write(batches: &[Batch<'_>], known: &Known) -> Result<Plan, AppendError> {
    let (mut head, mut versions) = (known.head, known.versions.clone());
    let (mut events, mut appended) = (Vec::new(), Vec::new());
    for batch in batches {
        let version = versions.entry(batch.stream.clone()).or_insert(0);
        if !batch.expected.holds(*version) {
            return Err(AppendError::Conflict {
                stream: batch.stream.clone(),
                expected: batch.expected,
                actual: *version,
            });
        }
        for given in batch.events {
            *version = version.checked_add(1).ok_or(AppendError::Full)?;
            let event = head.then(batch.stream, *version, given).ok_or(AppendError::Full)?;
            head = Head::from(&event);
            events.push(event);
        }
        appended.push(Appended { version: *version, position: head.position, already: false });
    }
    Ok(Plan::Write { events, appended })
}
