//! What somebody wants to do in the adoption of a rulebook, and what happened.

use crate::seal::Seal;
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{ClauseId, EntryId, Label, RulebookId, SubjectId};
use serde::{Deserialize, Serialize};

/// What text is up for adoption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The version's name.
    pub version: String,
    /// The digest of the file's text.
    pub text: Seal,
    /// The digest of what it means.
    pub meaning: Seal,
}

/// What the adoption of a rulebook is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The office that drafts it (art. 11).
    pub unit: SubjectId,
    /// The rulebook.
    pub rulebook: RulebookId,
    /// Its text.
    pub draft: Text,
}

/// An interpretation by the office (art. 26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its id.
    pub id: EntryId,
    /// On which clauses; on the whole where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<ClauseId>,
    /// What it says.
    pub text: Label,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// The draft is revised.
    Revise {
        /// The text now.
        draft: Text,
    },
    /// It is put to the meeting.
    Put {},
    /// The meeting adopts it.
    Adopt {
        /// The first day in force.
        from: NaiveDate,
        /// The minutes.
        minutes: String,
    },
    /// The meeting sends it back.
    SendBack {
        /// What is to be changed.
        why: String,
    },
    /// The meeting refuses it.
    Refuse {
        /// Why.
        why: String,
    },
    /// It is published.
    Publish {
        /// Where.
        place: String,
    },
    /// It is in force.
    EnterForce {},
    /// The office interprets it.
    Interpret {
        /// The interpretation.
        note: Note,
    },
    /// Another version takes its place.
    Replace {
        /// The version's name.
        by: String,
        /// The first day of that version: the first on which this one is no longer in force.
        from: NaiveDate,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was drafted.
    Drafted(Opening),
    /// The draft was revised.
    Revised {
        /// The text now.
        draft: Text,
    },
    /// It was put to the meeting.
    Put {
        /// The text that the meeting had before it.
        draft: Text,
    },
    /// The meeting adopted it.
    Adopted {
        /// What was adopted.
        text: Text,
        /// The first day in force.
        from: NaiveDate,
        /// The minutes.
        minutes: String,
    },
    /// The meeting sent it back.
    SentBack {
        /// What was to be changed.
        why: String,
    },
    /// The meeting refused it.
    Refused {
        /// Why.
        why: String,
    },
    /// It was published.
    Published {
        /// Where.
        place: String,
    },
    /// It was in force.
    EnteredForce,
    /// The office interpreted it.
    Interpreted {
        /// The interpretation.
        note: Note,
    },
    /// Another version took its place.
    Replaced {
        /// The version's name.
        by: String,
        /// The first day of that version.
        from: NaiveDate,
    },
}
