//! Walking the chain of hashes, event by event.

use crate::{ChainHash, Event, Head, Journal, StreamId, VerifyError};
use std::collections::BTreeMap;

/// How many events are read at once.
const READ_AT_ONCE: usize = 1_000;

/// A place at which a journal is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the journal was tampered with or damaged at position {position}: {what}")]
pub struct Tampered {
    /// The first position at fault.
    pub position: u64,
    /// What is wrong there.
    pub what: Tamper,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Tamper {
    /// The event, or the hash before it, was changed.
    #[error("the event's hash does not follow from its content and from the hash before it")]
    Hash,
    /// An event is missing.
    #[error("the event is missing; the next one has position {found}")]
    Missing {
        /// The position found in its place.
        found: u64,
    },
    /// The stream's versions have a gap or a repetition.
    #[error("the event has version {found} of its stream where {expected} was due")]
    Version {
        /// The version that was due.
        expected: u64,
        /// The one found.
        found: u64,
    },
    /// What is stored is no event.
    #[error("{0}")]
    Unreadable(String),
    /// The journal ends too early.
    #[error("the journal ends at position {end}")]
    Cut {
        /// Where it ends.
        end: u64,
    },
    /// The hash is not the one that was kept.
    #[error("the hash is not the one that was kept of it")]
    Head,
}

/// What was found to be sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many events were checked.
    pub events: u64,
    /// The head up to which they were.
    pub head: Head,
}

/// A check of events in their order, from any source: a store, an export, a copy.
///
/// ```
/// use ducha_journal::{Head, Walk};
/// let mut walk = Walk::from(Head::GENESIS);
/// # let events: Vec<ducha_journal::Event> = Vec::new();
/// for event in &events {
///     walk.step(event)?;
/// }
/// assert_eq!(walk.verified().head, Head::GENESIS);
/// # Ok::<(), ducha_journal::Tampered>(())
/// ```
#[derive(Debug, Clone)]
pub struct Walk {
    head: Head,
    events: u64,
    /// Whether the walk began at the beginning, so that each stream must begin with version 1.
    whole: bool,
    versions: BTreeMap<StreamId, u64>,
}

impl From<Head> for Walk {
    /// A walk that trusts a head and goes on from there.
    fn from(head: Head) -> Self {
        Self { head, events: 0, whole: head.position == 0, versions: BTreeMap::new() }
    }
}

impl Walk {
    /// Checks the event that comes next.
    ///
    /// # Errors
    /// [`Tampered`] with the position at fault.
    pub fn step(&mut self, event: &Event) -> Result<(), Tampered> {
        let due = self.head.position.saturating_add(1);
        let at = |what| Tampered { position: due, what };
        if event.position != due {
            return Err(at(Tamper::Missing { found: event.position }));
        }
        if self.head.hash.then(event) != event.hash {
            return Err(at(Tamper::Hash));
        }
        match self.versions.get_mut(&event.stream) {
            Some(version) => {
                let expected = version.saturating_add(1);
                if event.version != expected {
                    return Err(at(Tamper::Version { expected, found: event.version }));
                }
                *version = expected;
            }
            None if self.whole && event.version != 1 => {
                return Err(at(Tamper::Version { expected: 1, found: event.version }));
            }
            None => {
                self.versions.insert(event.stream.clone(), event.version);
            }
        }
        self.head = Head::from(event);
        self.events = self.events.saturating_add(1);
        Ok(())
    }

    /// How far it was walked, and what was found sound.
    #[must_use]
    pub const fn verified(&self) -> Verified {
        Verified { events: self.events, head: self.head }
    }
}

/// Walks a journal from a trusted head to its own head, past a head that was kept elsewhere.
pub(crate) fn verify<J: Journal + ?Sized>(
    journal: &mut J,
    from: &Head,
    kept: Option<&Head>,
) -> Result<Verified, VerifyError> {
    if from.position == 0 && from.hash != ChainHash::GENESIS {
        return Err(Tampered { position: 0, what: Tamper::Head }.into());
    }
    // Taken first: events may be added while the walk goes on.
    let end = journal.head()?;
    let marks = [Some(end), kept.copied()];
    let agrees = |head: Head| {
        let differs =
            marks.iter().flatten().any(|mark| mark.position == head.position && mark.hash != head.hash);
        if differs { Err(Tampered { position: head.position, what: Tamper::Head }) } else { Ok(()) }
    };
    let mut walk = Walk::from(*from);
    agrees(walk.head)?;
    loop {
        let page = journal.read_all(walk.head.position, READ_AT_ONCE)?;
        for event in &page.events {
            walk.step(event)?;
            agrees(walk.head)?;
        }
        if !page.more {
            break;
        }
    }
    let reached = if end.position < from.position { end } else { walk.head };
    if marks.iter().flatten().chain([from]).any(|mark| mark.position > reached.position) {
        let cut = Tamper::Cut { end: reached.position };
        return Err(Tampered { position: reached.position.saturating_add(1), what: cut }.into());
    }
    Ok(walk.verified())
}
