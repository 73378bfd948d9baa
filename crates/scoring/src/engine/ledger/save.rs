//! A ledger as something that can be kept: its records in the order of their coming, and the rules that it was kept by.
//!
//! Entries are not kept: they follow from the records, and are reckoned anew when a ledger is loaded. So nothing that is kept
//! can contradict itself. Digests are made here, when a ledger is saved or loaded, never when a record is added.

use super::{Ledger, LedgerError};
use crate::engine::compile::Scorer;
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use ducha_core::{Organisation, Record};
use serde::{Deserialize, Serialize};

/// The version of the saved form.
const FORMAT: u32 = 1;

/// A saved ledger. The organisation is not among it: it is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerState<'a> {
    /// The version of this form.
    pub format: u32,
    /// The rules, by the day from which they are in force.
    pub rulebooks: Vec<KeptBy>,
    /// The records in the order of their coming.
    pub records: Cow<'a, [Record]>,
}

/// A version of the rules that a ledger was kept by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptBy {
    /// The rulebook's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its meaning.
    pub meaning: String,
}

/// Why a saved ledger is not loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The form is of another edition.
    #[error("the saved ledger has form {0}; this edition reads form {FORMAT}")]
    Format(u32),
    /// The rules are not those that it was kept by.
    #[error(
        "the ledger was kept by {kept}, but the rules in hand are {in_hand}; load it by the same rules, or give its records to a new ledger"
    )]
    OtherRules {
        /// The rules that it was kept by.
        kept: String,
        /// The rules in hand.
        in_hand: String,
    },
    /// The records cannot be reckoned.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

fn kept_by(scorer: &Scorer) -> Vec<KeptBy> {
    let books = scorer.books.iter();
    books
        .map(|book| KeptBy {
            id: book.id().to_string(),
            version: book.version().into(),
            meaning: book.digest_meaning().to_string(),
        })
        .collect()
}

/// The rules in few words, for people.
fn named(books: &[KeptBy]) -> String {
    let one = |book: &KeptBy| {
        let digest: String = book.meaning.chars().take(12).collect();
        alloc::format!("{} {} ({digest})", book.id, book.version)
    };
    books.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Ledger {
    /// The ledger as it can be saved.
    #[must_use]
    pub fn state(&self) -> LedgerState<'_> {
        let rulebooks = kept_by(&self.scorer);
        LedgerState { format: FORMAT, rulebooks, records: Cow::Borrowed(&self.records) }
    }

    /// The ledger that was saved, by the same rules.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load(
        scorer: Arc<Scorer>,
        organisation: Option<Organisation>,
        state: LedgerState<'_>,
    ) -> Result<Self, LoadError> {
        if state.format != FORMAT {
            return Err(LoadError::Format(state.format));
        }
        let in_hand = kept_by(&scorer);
        if in_hand != state.rulebooks {
            return Err(LoadError::OtherRules { kept: named(&state.rulebooks), in_hand: named(&in_hand) });
        }
        Ok(Self::with_records(scorer, organisation, state.records.into_owned())?)
    }
}
