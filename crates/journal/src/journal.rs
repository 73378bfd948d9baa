//! The trait that every store implements.

use crate::{
    AppendError, Appended, Batch, Event, Expected, Head, NewEvent, Snapshot, SnapshotError, StoreError,
    StreamId, Verified, VerifyError, walk,
};

/// Some events, and whether more follow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The events in their order; no more than were asked for.
    pub events: Vec<Event>,
    /// Whether there were more when this page was read.
    pub more: bool,
}

/// A stream and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSummary {
    /// The case.
    pub stream: StreamId,
    /// The version of its last event.
    pub version: u64,
}

/// A handle to an append-only, hash-chained list of events.
///
/// One handle is one connection. Two handles to one store, in two threads or two programs, see the same events and race
/// fairly. What a store owes is written on the [crate's page](crate) and tested by [`conformance::run`](crate::conformance::run).
pub trait Journal {
    /// Writes the events of several streams, all or none.
    ///
    /// Two batches may name one stream: the second then expects what the first leaves.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was written then, except that [`StoreError::Lost`] leaves it open.
    fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError>;

    /// The events of a stream after a version (0: from its beginning), at most `limit` of them. A stream that doesn't
    /// exist has no events.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError>;

    /// The events of all streams after a position (0: from the beginning), at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError>;

    /// The streams whose names begin with a prefix, in the order of their bytes, after a given one, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn streams(
        &mut self,
        prefix: &str,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamSummary>, StoreError>;

    /// How far the journal reaches: keep it elsewhere, and nobody can change the past unnoticed.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn head(&mut self) -> Result<Head, StoreError>;

    /// Keeps a state beside its stream. It replaces what was kept, unless that is of a later version.
    ///
    /// # Errors
    /// [`SnapshotError`] when the stream has no event of this version, or the store fails.
    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError>;

    /// The state that was kept of a stream; none when there is none, or what is there was damaged.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError>;

    /// Throws away what was kept of a stream's state.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError>;

    /// Writes the events of one stream, all or none.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was written then, except that [`StoreError::Lost`] leaves it open.
    fn append(
        &mut self,
        stream: &StreamId,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Appended, AppendError> {
        let appended = self.append_all(&[Batch { stream, expected, events }])?;
        appended.first().copied().ok_or(AppendError::Empty)
    }

    /// Checks every event after a head that is trusted ([`Head::GENESIS`]: all events), up to the journal's own head.
    ///
    /// It takes memory for the name and version of each stream.
    ///
    /// # Errors
    /// [`VerifyError::Tampered`] with the first position that is not what was written.
    fn verify(&mut self, from: &Head) -> Result<Verified, VerifyError> {
        walk::verify(self, from, None)
    }

    /// Checks all events, and that the journal still holds what it held when the given head was kept elsewhere.
    ///
    /// # Errors
    /// [`VerifyError::Tampered`] with the first position that is not what was written.
    fn verify_against(&mut self, kept: &Head) -> Result<Verified, VerifyError> {
        walk::verify(self, &Head::GENESIS, Some(kept))
    }

    /// All events of a stream after a version, page by page.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    fn load(&mut self, stream: &StreamId, after: u64) -> Result<Vec<Event>, StoreError> {
        let mut events: Vec<Event> = Vec::new();
        loop {
            let read = events.last().map_or(after, |event| event.version);
            let page = self.read(stream, read, LOADED_AT_ONCE)?;
            let more = page.more && !page.events.is_empty();
            if events.is_empty() {
                events = page.events;
            } else {
                events.extend(page.events);
            }
            if !more {
                return Ok(events);
            }
        }
    }
}

/// How many events [`Journal::load`] asks for at once.
const LOADED_AT_ONCE: usize = 2_000;

macro_rules! forward {
    ($($kind:ty),*) => {$(
        impl<J: Journal + ?Sized> Journal for $kind {
            fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError> {
                (**self).append_all(batches)
            }
            fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError> {
                (**self).read(stream, after, limit)
            }
            fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError> {
                (**self).read_all(after, limit)
            }
            fn streams(
                &mut self,
                prefix: &str,
                after: Option<&StreamId>,
                limit: usize,
            ) -> Result<Vec<StreamSummary>, StoreError> {
                (**self).streams(prefix, after, limit)
            }
            fn head(&mut self) -> Result<Head, StoreError> {
                (**self).head()
            }
            fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
                (**self).save_snapshot(snapshot)
            }
            fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError> {
                (**self).snapshot(stream)
            }
            fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError> {
                (**self).forget_snapshot(stream)
            }
            fn append(
                &mut self,
                stream: &StreamId,
                expected: Expected,
                events: &[NewEvent],
            ) -> Result<Appended, AppendError> {
                (**self).append(stream, expected, events)
            }
            fn verify(&mut self, from: &Head) -> Result<Verified, VerifyError> {
                (**self).verify(from)
            }
            fn verify_against(&mut self, kept: &Head) -> Result<Verified, VerifyError> {
                (**self).verify_against(kept)
            }
            fn load(&mut self, stream: &StreamId, after: u64) -> Result<Vec<Event>, StoreError> {
                (**self).load(stream, after)
            }
        }
    )*};
}

forward!(Box<J>, &mut J);
