//! One thing that happened in a case.

use crate::{Actor, ChainHash, EventId, EventKind, Payload, StreamId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// An event as the caller gives it, before the journal has given it a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// The caller's name for the event, unique in the journal. Derive it from the command (`R-2026-001:7`), so that the same
    /// command sent twice gives the same id.
    pub id: EventId,
    /// What happened, such as `rectification.demanded`.
    pub kind: EventKind,
    /// The version of the payload's form, which [`Upcasters`](crate::Upcasters) bring up to date on reading.
    pub schema: u32,
    /// When it happened: civil time at +08:00.
    pub occurred_at: NaiveDateTime,
    /// When it came to be known: civil time at +08:00. The journal invents no time.
    pub recorded_at: NaiveDateTime,
    /// Who acted; none where time alone did, as with a limit that ran out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// What the event says.
    pub payload: Payload,
}

/// An event as the journal keeps it: what was given, its place, and the seal on it.
///
/// In JSON it is one object with these fields; the hash is in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The place in the journal: counted from 1, without gaps.
    pub position: u64,
    /// The case.
    pub stream: StreamId,
    /// The place in the stream: counted from 1, without gaps.
    pub version: u64,
    /// The caller's name for the event.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// The version of the payload's form.
    pub schema: u32,
    /// When it happened: civil time at +08:00.
    pub occurred_at: NaiveDateTime,
    /// When it came to be known: civil time at +08:00.
    pub recorded_at: NaiveDateTime,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// What the event says.
    pub payload: Payload,
    /// The seal: made from the content and from the hash before.
    pub hash: ChainHash,
}

impl Event {
    /// Whether this is the given event in the given stream, word for word.
    #[must_use]
    pub fn is(&self, stream: &StreamId, given: &NewEvent) -> bool {
        self.stream == *stream
            && self.id == given.id
            && self.kind == given.kind
            && self.schema == given.schema
            && self.occurred_at == given.occurred_at
            && self.recorded_at == given.recorded_at
            && self.actor == given.actor
            && self.payload == given.payload
    }

    /// The event as it was given.
    #[must_use]
    pub fn given(&self) -> NewEvent {
        NewEvent {
            id: self.id.clone(),
            kind: self.kind.clone(),
            schema: self.schema,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            actor: self.actor.clone(),
            payload: self.payload.clone(),
        }
    }
}
