//! The chain of hashes: each event seals all that came before it.

use crate::{Event, NewEvent, StreamId, moment};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};

/// The seal on an event: SHA-256 over the hash before it and its own content; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainHash([u8; 32]);

/// Why a text is no hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no hash; write the 64 hexadecimal digits")]
pub struct ChainHashError(String);

impl ChainHash {
    /// The hash before the first event.
    pub const GENESIS: Self = Self([0; 32]);

    /// A hash as a store kept it.
    #[must_use]
    pub const fn stored(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of an event that stands after this one, whatever hash it carries itself.
    ///
    /// The fields go in one fixed order, each text after its length, so that no two events have the same input. The form
    /// is part of what a journal promises and is described in the repository's `docs/decisions/0012-the-journal.md`.
    #[must_use]
    pub fn then(&self, event: &Event) -> Self {
        let mut sum = Sha256::new();
        sum.update(b"ducha.journal/1\n");
        sum.update(self.0);
        sum.update(event.position.to_be_bytes());
        text(&mut sum, event.stream.as_str());
        sum.update(event.version.to_be_bytes());
        text(&mut sum, event.id.as_str());
        text(&mut sum, event.kind.as_str());
        sum.update(event.schema.to_be_bytes());
        text(&mut sum, &moment::write(event.occurred_at));
        text(&mut sum, &moment::write(event.recorded_at));
        match &event.actor {
            None => sum.update([0]),
            Some(actor) => {
                sum.update([1]);
                text(&mut sum, actor.as_str());
            }
        }
        text(&mut sum, event.payload.text());
        Self(sum.finalize().into())
    }
}

fn text(sum: &mut Sha256, text: &str) {
    // `usize` never has more than 64 bits.
    sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
    sum.update(text.as_bytes());
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ChainHash {
    type Err = ChainHashError;
    fn from_str(text: &str) -> Result<Self, ChainHashError> {
        let refused = || ChainHashError(text.chars().take(80).collect());
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return Err(refused());
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4) | low).ok_or_else(refused)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for ChainHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChainHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// How far a journal reaches, and the hash there: the digest of all its events.
///
/// Keep it outside of the journal, in print or with another body. [`Journal::verify_against`](crate::Journal::verify_against)
/// then finds every change of what came before, also that the tail was cut off. Written as `position:hash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The position of the last event; 0 of an empty journal.
    pub position: u64,
    /// Its hash.
    pub hash: ChainHash,
}

impl Head {
    /// The head of an empty journal.
    pub const GENESIS: Self = Self { position: 0, hash: ChainHash::GENESIS };

    /// The event that follows this head, sealed. `None` when positions are used up.
    #[must_use]
    pub fn then(&self, stream: &StreamId, version: u64, given: &NewEvent) -> Option<Event> {
        // Stores keep positions in signed 64-bit numbers.
        let position = self.position.checked_add(1).filter(|p| i64::try_from(*p).is_ok())?;
        let mut event = Event {
            hash: ChainHash::GENESIS,
            position,
            stream: stream.clone(),
            version,
            id: given.id.clone(),
            kind: given.kind.clone(),
            schema: given.schema,
            occurred_at: given.occurred_at,
            recorded_at: given.recorded_at,
            actor: given.actor.clone(),
            payload: given.payload.clone(),
        };
        event.hash = self.hash.then(&event);
        Some(event)
    }
}

impl Default for Head {
    fn default() -> Self {
        Self::GENESIS
    }
}

impl From<&Event> for Head {
    fn from(event: &Event) -> Self {
        Self { position: event.position, hash: event.hash }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.position, self.hash)
    }
}

impl FromStr for Head {
    type Err = ChainHashError;
    fn from_str(text: &str) -> Result<Self, ChainHashError> {
        let refused = || ChainHashError(text.chars().take(100).collect());
        let (position, hash) = text.split_once(':').ok_or_else(refused)?;
        Ok(Self { position: position.parse().map_err(|_| refused())?, hash: hash.parse()? })
    }
}
