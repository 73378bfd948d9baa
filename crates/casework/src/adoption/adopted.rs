//! What an adoption leaves behind: the rules on which an official assessment rests, and the interpretations that decisions cite.

use super::{Note, Text};
use chrono::NaiveDate;
use ducha_core::{Citation, Label, RulebookId};
use serde::{Deserialize, Serialize};

/// That a text was adopted: what an official assessment names as the rules on which it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adopted {
    /// The rulebook.
    pub rulebook: RulebookId,
    /// The text that was adopted.
    pub text: Text,
    /// When.
    pub on: NaiveDate,
    /// The first day in force.
    pub from: NaiveDate,
    /// The first day no longer in force; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Adopted {
    /// Whether it is in force on that day.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// How an assessment names it.
    #[must_use]
    pub fn name(&self) -> Label {
        let Self { rulebook, text, on, .. } = self;
        Label::new(
            alloc::format!("{rulebook} {}（{on} 通过）", text.version),
            alloc::format!("{rulebook} {} (adopted on {on})", text.version),
        )
    }
}

/// An interpretation with the day on which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub note: Note,
}

impl Dated {
    /// As a decision cites it.
    #[must_use]
    pub fn citation(&self) -> Citation {
        Citation::Text { text: alloc::format!("{} ({})", self.note.id, self.on) }
    }
}
