//! Old events in today's form: payloads brought up to date on reading, never in the store.

use crate::{Event, EventKind, Journal, StoreError, StreamId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{collections::BTreeMap, error::Error, fmt};

type Step = Box<dyn Fn(Value) -> Result<Value, Box<dyn Error + Send + Sync>> + Send + Sync>;

/// What this program knows of each type of events: today's version of its form, and the way there from older ones.
///
/// ```
/// use ducha_journal::{Upcasters, UpcastersError};
/// let upcasters = Upcasters::new()
///     .kind("rectification.demanded", 2)?
///     .step("rectification.demanded", 1, 2, |mut old| {
///         // Version 1 had no unit; all limits were in days.
///         old["unit"] = "day".into();
///         Ok(old)
///     })?;
/// # Ok::<(), UpcastersError>(())
/// ```
#[derive(Default)]
pub struct Upcasters {
    kinds: BTreeMap<EventKind, Way>,
}

#[derive(Default)]
struct Way {
    current: u32,
    /// By the version from which a step goes: the one to which, and what it does.
    steps: BTreeMap<u32, (u32, Step)>,
}

/// Why a type of events, or a step, cannot be made known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UpcastersError {
    /// The name of the type is no identifier.
    #[error("`{kind}` is no type of events: {why}")]
    Name {
        /// The name.
        kind: String,
        /// Why not.
        why: ducha_core::IdError,
    },
    /// The type was made known before.
    #[error("{0} was made known twice")]
    Twice(EventKind),
    /// A step for a type that was not made known.
    #[error("a step for {0}, which was not made known; call `kind` first")]
    Unknown(EventKind),
    /// Steps go up, and no further than today's version; one step from each version.
    #[error(
        "a step of {kind} from version {from} to {to}, of which the current one is {current}; steps go up, one from each version"
    )]
    Step {
        /// The type.
        kind: EventKind,
        /// From which version.
        from: u32,
        /// To which.
        to: u32,
        /// Today's.
        current: u32,
    },
}

/// Why an event cannot be read. It is never passed over: a state without it would be wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpcastError {
    /// No such type of events is known.
    #[error("event {} at position {} of {} is of the type {}, which this program does not know; use a newer one", .0.id, .0.position, .0.stream, .0.kind)]
    UnknownKind(Box<Event>),
    /// The event was written by a newer program.
    #[error("event {} at position {} of {} is {} in version {}, and this program knows up to version {current}; use a newer one", .event.id, .event.position, .event.stream, .event.kind, .event.schema)]
    Newer {
        /// The event.
        event: Box<Event>,
        /// The newest version that is known.
        current: u32,
    },
    /// No step leads on from an old version.
    #[error("event {} at position {} of {} is {} in version {}, and no step leads from version {stuck} to {current}", .event.id, .event.position, .event.stream, .event.kind, .event.schema)]
    NoWay {
        /// The event.
        event: Box<Event>,
        /// The version from which no step leads on.
        stuck: u32,
        /// Today's.
        current: u32,
    },
    /// A step failed, or the payload is not what its type says.
    #[error("event {} at position {} of {} is no {} in version {}: {source}", .event.id, .event.position, .event.stream, .event.kind, .event.schema)]
    Content {
        /// The event.
        event: Box<Event>,
        /// What was wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An event with what it says, in today's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The event as it is kept, with the payload as it was written.
    pub event: Event,
    /// What it says.
    pub says: T,
}

impl fmt::Debug for Upcasters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.kinds.iter().map(|(kind, way)| (kind, way.current))).finish()
    }
}

impl Upcasters {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a type of events known, with the version of the form that this program writes.
    ///
    /// # Errors
    /// When the name is no identifier, or the type was made known before.
    pub fn kind(mut self, kind: &str, current: u32) -> Result<Self, UpcastersError> {
        let kind = named(kind)?;
        if self.kinds.contains_key(&kind) {
            return Err(UpcastersError::Twice(kind));
        }
        self.kinds.insert(kind, Way { current, steps: BTreeMap::new() });
        Ok(self)
    }

    /// Tells how a payload of an older version becomes one of a later version.
    ///
    /// # Errors
    /// When the type is not known, the step does not go up, goes too far, or there is one from this version already.
    pub fn step(
        mut self,
        kind: &str,
        from: u32,
        to: u32,
        step: impl Fn(Value) -> Result<Value, Box<dyn Error + Send + Sync>> + Send + Sync + 'static,
    ) -> Result<Self, UpcastersError> {
        let kind = named(kind)?;
        let Some(way) = self.kinds.get_mut(&kind) else { return Err(UpcastersError::Unknown(kind)) };
        if to <= from || to > way.current || way.steps.contains_key(&from) {
            return Err(UpcastersError::Step { kind, from, to, current: way.current });
        }
        way.steps.insert(from, (to, Box::new(step)));
        Ok(self)
    }

    /// What an event says, in today's form.
    ///
    /// # Errors
    /// [`UpcastError`] names the event; none is passed over.
    pub fn value(&self, event: &Event) -> Result<Value, UpcastError> {
        let boxed = || Box::new(event.clone());
        let failed = |source| UpcastError::Content { event: boxed(), source };
        let way = self.kinds.get(&event.kind).ok_or_else(|| UpcastError::UnknownKind(boxed()))?;
        if event.schema > way.current {
            return Err(UpcastError::Newer { event: boxed(), current: way.current });
        }
        let mut value = event.payload.value().map_err(|error| failed(error.into()))?;
        let mut version = event.schema;
        while version < way.current {
            let Some((to, step)) = way.steps.get(&version) else {
                return Err(UpcastError::NoWay { event: boxed(), stuck: version, current: way.current });
            };
            value = step(value).map_err(failed)?;
            version = *to;
        }
        Ok(value)
    }

    /// What an event says, in today's form, as your own type.
    ///
    /// # Errors
    /// As [`Upcasters::value`]; also when the payload is not what the type needs.
    pub fn read<T: DeserializeOwned>(&self, event: &Event) -> Result<T, UpcastError> {
        let failed = |error: serde_json::Error| UpcastError::Content {
            event: Box::new(event.clone()),
            source: error.into(),
        };
        let current = self.kinds.get(&event.kind).is_some_and(|way| way.current == event.schema);
        // Nearly all events are in today's form: those are read without a tree of values between.
        if current {
            event.payload.read().map_err(failed)
        } else {
            serde_json::from_value(self.value(event)?).map_err(failed)
        }
    }

    /// All events of a stream after a version, with what they say in today's form.
    ///
    /// # Errors
    /// [`UpcastError`] names the first event that cannot be read.
    pub fn load<T: DeserializeOwned>(
        &self,
        journal: &mut (impl Journal + ?Sized),
        stream: &StreamId,
        after: u64,
    ) -> Result<Vec<Told<T>>, UpcastError> {
        let tell = |event: Event| Ok(Told { says: self.read(&event)?, event });
        journal.load(stream, after)?.into_iter().map(tell).collect()
    }
}

fn named(kind: &str) -> Result<EventKind, UpcastersError> {
    EventKind::new(kind).map_err(|why| UpcastersError::Name { kind: kind.to_owned(), why })
}
