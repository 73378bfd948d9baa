//! Identifiers: short ASCII names, one type for each kind of thing.

use alloc::string::{String, ToString};
use core::{cmp::Ordering, fmt, hash::Hash, hash::Hasher, marker::PhantomData, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The longest identifier, in bytes.
pub const MAX_ID_BYTES: usize = 128;

/// An identifier of one kind of thing: printable ASCII without blanks, at most [`MAX_ID_BYTES`] long.
///
/// Chinese stands in labels, never in identifiers, so that an id survives every file system, URL and code page.
///
/// ```
/// use ducha_core::{ClauseId, IdError};
/// assert_eq!(ClauseId::new("CT-07")?.as_str(), "CT-07");
/// assert!(ClauseId::new("食堂").is_err());
/// # Ok::<(), IdError>(())
/// ```
pub struct Id<K> {
    text: String,
    kind: PhantomData<fn() -> K>,
}

/// Why a text is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing was given.
    #[error("an identifier is empty")]
    Empty,
    /// The text is longer than [`MAX_ID_BYTES`].
    #[error("an identifier is {0} bytes long; at most {MAX_ID_BYTES} are allowed")]
    TooLong(usize),
    /// A character other than printable ASCII.
    #[error("the identifier `{0}` holds `{1}`; use ASCII letters, digits and marks without blanks")]
    Character(String, char),
}

impl<K> Id<K> {
    /// Takes a text as identifier, or says why it is none.
    ///
    /// # Errors
    /// [`IdError`] when the text is empty, too long or not printable ASCII without blanks.
    pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
        let text = text.into();
        Self::check(&text)?;
        Ok(Self { text, kind: PhantomData })
    }

    /// Whether a text can be an identifier, or why not.
    ///
    /// # Errors
    /// As [`Id::new`] does.
    pub fn check(text: &str) -> Result<(), IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > MAX_ID_BYTES {
            return Err(IdError::TooLong(text.len()));
        }
        match text.chars().find(|c| !c.is_ascii_graphic()) {
            Some(c) => Err(IdError::Character(text.to_string(), c)),
            None => Ok(()),
        }
    }

    /// The identifier's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.text)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
impl<K> FromStr for Id<K> {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text.to_string())
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// The kinds of things that have identifiers.
pub mod kind {
    /// A record: a finding, a measurement, a fact …
    #[derive(Debug)]
    pub enum Record {}
    /// Whoever is assessed: department, site, team, employee.
    #[derive(Debug)]
    pub enum Subject {}
    /// A kind of subject, such as `department` or `employee`.
    #[derive(Debug)]
    pub enum SubjectKind {}
    /// One inspection.
    #[derive(Debug)]
    pub enum Inspection {}
    /// A rulebook.
    #[derive(Debug)]
    pub enum Rulebook {}
    /// A clause of a rulebook.
    #[derive(Debug)]
    pub enum Clause {}
    /// A severity level within a clause, or a level of an award.
    #[derive(Debug)]
    pub enum Level {}
    /// A service line.
    #[derive(Debug)]
    pub enum Line {}
    /// A section of a checklist.
    #[derive(Debug)]
    pub enum Section {}
    /// A class of subjects that carries a factor.
    #[derive(Debug)]
    pub enum Class {}
    /// Where a finding or a rating comes from.
    #[derive(Debug)]
    pub enum Source {}
    /// A kind of fact.
    #[derive(Debug)]
    pub enum Fact {}
    /// A date of a subject's own, such as `first_licence`.
    #[derive(Debug)]
    pub enum Anchor {}
    /// An award.
    #[derive(Debug)]
    pub enum Award {}
    /// A group of awards of which the highest counts.
    #[derive(Debug)]
    pub enum AwardGroup {}
    /// A recurrence policy.
    #[derive(Debug)]
    pub enum Recurrence {}
    /// A policy for what was not rectified.
    #[derive(Debug)]
    pub enum Unrectified {}
    /// A cap.
    #[derive(Debug)]
    pub enum Cap {}
    /// A share of liability.
    #[derive(Debug)]
    pub enum Share {}
    /// An academic term.
    #[derive(Debug)]
    pub enum Term {}
    /// A tally: what is accumulated over a window.
    #[derive(Debug)]
    pub enum Tally {}
    /// An index: a composite score.
    #[derive(Debug)]
    pub enum Index {}
    /// A ladder of tiers.
    #[derive(Debug)]
    pub enum Ladder {}
    /// One tier of a ladder.
    #[derive(Debug)]
    pub enum Tier {}
    /// A consequence of a tier.
    #[derive(Debug)]
    pub enum Consequence {}
    /// A ranking.
    #[derive(Debug)]
    pub enum Ranking {}
    /// A named time limit.
    #[derive(Debug)]
    pub enum Limit {}
    /// An escalation chain.
    #[derive(Debug)]
    pub enum Escalation {}
    /// A worked example, an interpretation, a filing duty, an escalation level.
    #[derive(Debug)]
    pub enum Entry {}
}

/// Identifier of a record.
pub type RecordId = Id<kind::Record>;
/// Identifier of a subject.
pub type SubjectId = Id<kind::Subject>;
/// Identifier of a kind of subject.
pub type SubjectKindId = Id<kind::SubjectKind>;
/// Identifier of an inspection.
pub type InspectionId = Id<kind::Inspection>;
/// Identifier of a rulebook.
pub type RulebookId = Id<kind::Rulebook>;
/// Identifier of a clause.
pub type ClauseId = Id<kind::Clause>;
/// Identifier of a level of severity or of an award.
pub type LevelId = Id<kind::Level>;
/// Identifier of a service line.
pub type LineId = Id<kind::Line>;
/// Identifier of a section.
pub type SectionId = Id<kind::Section>;
/// Identifier of a class of subjects.
pub type ClassId = Id<kind::Class>;
/// Identifier of a source.
pub type SourceId = Id<kind::Source>;
/// Identifier of a kind of fact.
pub type FactId = Id<kind::Fact>;
/// Identifier of a subject's own date.
pub type AnchorId = Id<kind::Anchor>;
/// Identifier of an award.
pub type AwardId = Id<kind::Award>;
/// Identifier of a group of awards.
pub type AwardGroupId = Id<kind::AwardGroup>;
/// Identifier of a recurrence policy.
pub type RecurrenceId = Id<kind::Recurrence>;
/// Identifier of a policy for what was not rectified.
pub type UnrectifiedId = Id<kind::Unrectified>;
/// Identifier of a cap.
pub type CapId = Id<kind::Cap>;
/// Identifier of a share of liability.
pub type ShareId = Id<kind::Share>;
/// Identifier of an academic term.
pub type TermId = Id<kind::Term>;
/// Identifier of a tally.
pub type TallyId = Id<kind::Tally>;
/// Identifier of an index.
pub type IndexId = Id<kind::Index>;
/// Identifier of a ladder.
pub type LadderId = Id<kind::Ladder>;
/// Identifier of a tier.
pub type TierId = Id<kind::Tier>;
/// Identifier of a consequence.
pub type ConsequenceId = Id<kind::Consequence>;
/// Identifier of a ranking.
pub type RankingId = Id<kind::Ranking>;
/// Identifier of a time limit.
pub type LimitId = Id<kind::Limit>;
/// Identifier of an escalation chain.
pub type EscalationId = Id<kind::Escalation>;
/// Identifier of an example, an interpretation, a filing duty or an escalation level.
pub type EntryId = Id<kind::Entry>;
