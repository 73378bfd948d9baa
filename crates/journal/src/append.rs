//! What is asked of an append, and what it answers.

use crate::{NewEvent, StreamId};
use std::fmt;

/// Which version of a stream the caller has seen, so that nobody overwrites what he didn't see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expected {
    /// Whatever it is: for events that hold in any state.
    Any,
    /// The stream has no event yet.
    New,
    /// The stream's last event has this version. `Version(0)` is the same as `New`.
    Version(u64),
}

impl Expected {
    /// Whether a stream of this version is what was expected.
    #[must_use]
    pub const fn holds(self, actual: u64) -> bool {
        match self {
            Self::Any => true,
            Self::New => actual == 0,
            Self::Version(version) => version == actual,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any version"),
            Self::New => f.write_str("no event yet"),
            Self::Version(version) => write!(f, "version {version}"),
        }
    }
}

/// The events for one stream, within one append.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// The case.
    pub stream: &'a StreamId,
    /// The version that the caller has seen.
    pub expected: Expected,
    /// What happened, in this order; at least one event.
    pub events: &'a [NewEvent],
}

/// Where the events of a batch stand now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The version of the batch's last event in its stream.
    pub version: u64,
    /// The position of the batch's last event in the journal.
    pub position: u64,
    /// Whether the events had been written before, so that nothing was written now.
    pub already: bool,
}
