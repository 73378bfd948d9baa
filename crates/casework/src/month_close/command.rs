//! What somebody wants to do in the close of a month, and what happened.

use crate::{adoption::Adopted, duty::Due, seal::Seal};
use alloc::string::String;
use ducha_core::{Period, SubjectId};
use serde::{Deserialize, Serialize};

/// What the close of a month is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The group, or the part of it, whose units are assessed.
    pub unit: SubjectId,
    /// The month, or another period.
    pub period: Period,
    /// The digest of the assessment.
    pub assessment: Seal,
    /// The rules on which it rests (art. 26).
    pub rules: Adopted,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A unit objects.
    Object {
        /// To what, and why.
        why: String,
    },
    /// The office answers.
    Answer {
        /// Which objection, from 1.
        objection: u32,
        /// The answer.
        answer: String,
        /// The digest of the assessment after it, where the objection changed that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<Seal>,
    },
    /// The review is over.
    Review {},
    /// It is published.
    Publish {
        /// Where.
        place: String,
    },
    /// What changed later is told.
    Restate {
        /// The period whose publication tells it.
        published_in: Period,
        /// The digest of the assessment as it would be now.
        assessment: Seal,
        /// Why it changed.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was shown.
    Shown {
        /// What.
        opening: Opening,
        /// Until when units may object.
        objections: Due,
    },
    /// A unit objected.
    Objected {
        /// To what, and why.
        why: String,
    },
    /// The office answered.
    Answered {
        /// Which objection.
        objection: u32,
        /// The answer.
        answer: String,
        /// The digest of the assessment after it.
        assessment: Option<Seal>,
    },
    /// The review was over.
    Reviewed,
    /// It was published, and is frozen.
    Published {
        /// The digest of what was published.
        assessment: Seal,
        /// Where.
        place: String,
    },
    /// What changed later was told.
    Restated(Restated),
}

/// What changed in a month after it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restated {
    /// The period whose publication tells it.
    pub published_in: Period,
    /// The digest of the assessment as it would be then.
    pub assessment: Seal,
    /// Why it changed.
    pub why: String,
}
