//! What can go wrong with a journal. Each operation has its error; what a store itself can fail at is one more.

use crate::{EventId, Expected, StreamId, Tampered};

/// Why an append wrote nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// The stream is not at the version that the caller saw: read it again and decide anew.
    #[error("{stream} was expected to have {expected}, but has {}; read it again and decide anew", told(*actual))]
    Conflict {
        /// The case.
        stream: StreamId,
        /// What the caller saw.
        expected: Expected,
        /// What it has; 0 when it has no event.
        actual: u64,
    },
    /// An event of this id is in the journal and says something else, or stands in another stream.
    #[error(
        "event {id} is in the journal with another content, at position {position}; a new event needs an id of its own"
    )]
    DifferentContent {
        /// The event.
        id: EventId,
        /// Where the other one stands.
        position: u64,
    },
    /// Some of the events are in the journal and others are not: this is not what was sent before.
    #[error(
        "event {there} is in the journal, but {missing} is not; send the same events as before, or new ones alone"
    )]
    PartlyThere {
        /// An event that is there.
        there: EventId,
        /// One that is not.
        missing: EventId,
    },
    /// The same id stands twice in one append.
    #[error("event {id} stands twice in one append; each event needs an id of its own")]
    Repeated {
        /// The id.
        id: EventId,
    },
    /// Nothing to write was given. Whoever decides that nothing happened doesn't append.
    #[error("an append without events; leave it out")]
    Empty,
    /// Positions or versions are used up.
    #[error("the journal is full")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn told(version: u64) -> String {
    if version == 0 { "no event".to_owned() } else { format!("version {version}") }
}

/// What any operation on a store can fail at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody else held the store for too long. Nothing was written; try again.
    #[error("{place} is busy: {doing} waited in vain; try again")]
    Busy {
        /// Which store.
        place: String,
        /// What was tried.
        doing: &'static str,
    },
    /// The connection broke. Whether the events were written is not known: send the same ones again, with the same ids.
    #[error("the connection to {place} was lost during {doing}; open it anew and send the same events again")]
    Lost {
        /// Which store.
        place: String,
        /// What was tried.
        doing: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The store was opened for reading.
    #[error("{place} was opened for reading alone")]
    ReadOnly {
        /// Which store.
        place: String,
    },
    /// What the store keeps of an event cannot be what was written.
    #[error("{place} is damaged at position {position}: {what}")]
    Damaged {
        /// Which store.
        place: String,
        /// Which event.
        position: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Everything else: disk, network, rights.
    #[error("{doing} failed on {place}: {source}")]
    Failed {
        /// Which store.
        place: String,
        /// What was tried.
        doing: &'static str,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Why a snapshot was not kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// It speaks of an event that is not in the journal; version 0 is none.
    #[error("a snapshot of {stream} at version {version}, but the stream has {}", told(*actual))]
    NoSuchVersion {
        /// The case.
        stream: StreamId,
        /// The snapshot's version.
        version: u64,
        /// The stream's.
        actual: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a journal could not be verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// It is not what was written.
    #[error(transparent)]
    Tampered(#[from] Tampered),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged { position, what, .. } => {
                Self::Tampered(Tampered { position, what: crate::Tamper::Unreadable(what) })
            }
            other => Self::Store(other),
        }
    }
}
