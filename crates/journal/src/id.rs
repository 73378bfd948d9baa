//! Who and what an event speaks of: streams, event ids, types of events, actors.

use ducha_core::Id;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr, sync::Arc};

/// The longest name of a stream, in bytes.
pub const MAX_STREAM_BYTES: usize = 255;
/// The longest name of an actor, in bytes.
pub const MAX_ACTOR_BYTES: usize = 255;

/// The kinds of things that have identifiers in a journal.
pub mod kind {
    /// An event.
    #[derive(Debug)]
    pub enum Event {}
    /// A type of events, such as `rectification.demanded`.
    #[derive(Debug)]
    pub enum EventKind {}
}

/// Identifier of an event, given by the caller: it makes sending again safe. It is unique in a journal, not in a stream alone.
pub type EventId = Id<kind::Event>;
/// Name of a type of events, such as `rectification.demanded`.
pub type EventKind = Id<kind::EventKind>;

/// Name of a stream: the kind of case and its id with a slash between, such as `rectification/R-2026-001`.
///
/// Printable ASCII without blanks, at most [`MAX_STREAM_BYTES`] long. The kind is what stands before the first slash.
/// Streams are ordered by the bytes of their names.
///
/// ```
/// use ducha_journal::{StreamId, StreamIdError};
/// let case = StreamId::new("rectification/R-2026-001")?;
/// assert_eq!((case.kind(), case.id()), ("rectification", "R-2026-001"));
/// assert_eq!(case, StreamId::of("rectification", "R-2026-001")?);
/// assert!(StreamId::new("rectification").is_err());
/// # Ok::<(), StreamIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(Arc<str>);

/// Why a text names no stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StreamIdError {
    /// Kind or id is missing.
    #[error(
        "`{0}` names no stream; write the kind of case, a slash, and the id, as in rectification/R-2026-001"
    )]
    Form(String),
    /// The text is longer than [`MAX_STREAM_BYTES`].
    #[error("the name of a stream is {0} bytes long; at most {MAX_STREAM_BYTES} are allowed")]
    TooLong(usize),
    /// A character other than printable ASCII.
    #[error("the name of a stream `{0}` holds `{1}`; use ASCII letters, digits and marks without blanks")]
    Character(String, char),
}

impl StreamId {
    /// Takes a text as name of a stream, or says why it is none.
    ///
    /// # Errors
    /// [`StreamIdError`] when kind or id is missing, or the text is too long or not printable ASCII.
    pub fn new(text: impl AsRef<str>) -> Result<Self, StreamIdError> {
        let text = text.as_ref();
        if text.len() > MAX_STREAM_BYTES {
            return Err(StreamIdError::TooLong(text.len()));
        }
        if let Some(c) = text.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(StreamIdError::Character(text.to_owned(), c));
        }
        match text.split_once('/') {
            Some((kind, id)) if !kind.is_empty() && !id.is_empty() => Ok(Self(text.into())),
            _ => Err(StreamIdError::Form(text.to_owned())),
        }
    }

    /// The stream of one case, from its kind and its id.
    ///
    /// # Errors
    /// As [`StreamId::new`]; also when the kind holds a slash.
    pub fn of(kind: &str, id: &str) -> Result<Self, StreamIdError> {
        let text = format!("{kind}/{id}");
        if kind.contains('/') { Err(StreamIdError::Form(text)) } else { Self::new(text) }
    }

    /// The name's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of case: what stands before the first slash.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split_once('/').map_or("", |(kind, _)| kind)
    }

    /// The case's id: what stands after the first slash.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, id)| id)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for StreamId {
    type Err = StreamIdError;
    fn from_str(text: &str) -> Result<Self, StreamIdError> {
        Self::new(text)
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Whoever acted: a person's or a body's id or name, in any script.
///
/// Not empty, without control characters, at most [`MAX_ACTOR_BYTES`] long in UTF-8.
///
/// ```
/// use ducha_journal::{Actor, ActorError};
/// assert_eq!(Actor::new("督查办/王")?.as_str(), "督查办/王");
/// assert!(Actor::new("").is_err());
/// # Ok::<(), ActorError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(String);

/// Why a text names no actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ActorError {
    /// Nothing was given.
    #[error("an actor's name is empty; leave the actor out if nobody acted")]
    Empty,
    /// The text is longer than [`MAX_ACTOR_BYTES`].
    #[error("an actor's name is {0} bytes long; at most {MAX_ACTOR_BYTES} are allowed")]
    TooLong(usize),
    /// A line break, a tab, or another control character.
    #[error("the actor's name {0:?} holds a control character; leave it out")]
    Control(String),
}

impl Actor {
    /// Takes a text as an actor's name, or says why it is none.
    ///
    /// # Errors
    /// [`ActorError`] when the text is empty, too long, or holds control characters.
    pub fn new(text: impl Into<String>) -> Result<Self, ActorError> {
        let text = text.into();
        if text.is_empty() {
            return Err(ActorError::Empty);
        }
        if text.len() > MAX_ACTOR_BYTES {
            return Err(ActorError::TooLong(text.len()));
        }
        if text.chars().any(char::is_control) { Err(ActorError::Control(text)) } else { Ok(Self(text)) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Actor {
    type Err = ActorError;
    fn from_str(text: &str) -> Result<Self, ActorError> {
        Self::new(text)
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_needs_kind_and_id_in_printable_ascii() {
        for bad in ["", "/", "case/", "/1", "case", "case/a b", "案件/1", "case/\n"] {
            assert!(StreamId::new(bad).is_err(), "{bad:?}");
        }
        assert!(StreamId::new(format!("c/{}", "x".repeat(253))).is_ok());
        assert_eq!(StreamId::new(format!("c/{}", "x".repeat(254))), Err(StreamIdError::TooLong(256)));
        assert!(StreamId::of("a/b", "c").is_err());
        assert_eq!(StreamId::new("a/b/c").unwrap().id(), "b/c");
    }

    #[test]
    fn an_actor_has_no_control_characters() {
        for bad in ["", "a\nb", "\0", &"x".repeat(256)] {
            assert!(Actor::new(bad).is_err(), "{bad:?}");
        }
    }
}
