//! The journal in memory: the reference for all others, and what tests use.

use crate::{
    AppendError, Appended, Batch, Event, EventId, Head, Journal, Known, Page, Plan, Snapshot, SnapshotError,
    StoreError, StreamId, StreamSummary, plan,
};
use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A journal in memory. A clone is another handle to the same events.
///
/// ```
/// use ducha_journal::{Head, Journal as _, Memory};
/// assert_eq!(Memory::new().head()?, Head::GENESIS);
/// # Ok::<(), ducha_journal::StoreError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    events: Vec<Event>,
    /// Where each event stands in the list.
    ids: BTreeMap<EventId, usize>,
    /// Where the events of each stream stand in the list.
    streams: BTreeMap<StreamId, Vec<usize>>,
    snapshots: BTreeMap<StreamId, Snapshot>,
}

impl Memory {
    /// An empty journal.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked did so outside of `write`, which cannot: the lists agree.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn head(&self) -> Head {
        self.events.last().map_or(Head::GENESIS, Head::from)
    }

    fn version(&self, stream: &StreamId) -> u64 {
        self.streams.get(stream).map_or(0, |places| count(places.len()))
    }

    fn known(&self, batches: &[Batch<'_>]) -> Known {
        let there = |id: &EventId| self.ids.get(id).and_then(|at| self.events.get(*at)).cloned();
        Known {
            head: self.head(),
            versions: batches.iter().map(|b| (b.stream.clone(), self.version(b.stream))).collect(),
            events: batches
                .iter()
                .flat_map(|batch| batch.events)
                .filter_map(|event| Some((event.id.clone(), there(&event.id)?)))
                .collect(),
        }
    }

    fn write(&mut self, events: Vec<Event>) {
        for event in events {
            let at = self.events.len();
            self.ids.insert(event.id.clone(), at);
            self.streams.entry(event.stream.clone()).or_default().push(at);
            self.events.push(event);
        }
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The first `limit` of what comes after `after`, and whether there is more.
fn page<'a, T>(all: &'a [T], after: u64, limit: usize, event: impl Fn(&'a T) -> Option<&'a Event>) -> Page {
    let rest = usize::try_from(after).ok().and_then(|after| all.get(after..)).unwrap_or_default();
    Page { events: rest.iter().take(limit).filter_map(event).cloned().collect(), more: rest.len() > limit }
}

impl Journal for Memory {
    fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError> {
        let mut kept = self.kept();
        match plan(batches, &kept.known(batches))? {
            Plan::Already(appended) => Ok(appended),
            Plan::Write { events, appended } => {
                kept.write(events);
                Ok(appended)
            }
        }
    }

    fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError> {
        let kept = self.kept();
        let places = kept.streams.get(stream).map_or(&[][..], Vec::as_slice);
        Ok(page(places, after, limit, |at| kept.events.get(*at)))
    }

    fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError> {
        Ok(page(&self.kept().events, after, limit, Some))
    }

    fn streams(
        &mut self,
        prefix: &str,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamSummary>, StoreError> {
        let kept = self.kept();
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let named = kept.streams.range((from, Bound::Unbounded));
        Ok(named
            .filter(|(stream, _)| stream.as_str().starts_with(prefix))
            .take(limit)
            .map(|(stream, places)| StreamSummary { stream: stream.clone(), version: count(places.len()) })
            .collect())
    }

    fn head(&mut self) -> Result<Head, StoreError> {
        Ok(self.kept().head())
    }

    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        let mut kept = self.kept();
        let actual = kept.version(&snapshot.stream);
        if snapshot.version == 0 || snapshot.version > actual {
            let (stream, version) = (snapshot.stream.clone(), snapshot.version);
            return Err(SnapshotError::NoSuchVersion { stream, version, actual });
        }
        if kept.snapshots.get(&snapshot.stream).is_none_or(|there| there.version <= snapshot.version) {
            kept.snapshots.insert(snapshot.stream.clone(), snapshot.clone());
        }
        Ok(())
    }

    fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.kept().snapshots.get(stream).cloned())
    }

    fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError> {
        self.kept().snapshots.remove(stream);
        Ok(())
    }
}
