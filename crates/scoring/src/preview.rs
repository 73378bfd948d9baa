//! What would this one do: the answer that a form needs at submit, without recording anything.

use crate::{
    assessment::{Entry, UnscoredRow},
    evaluate::{assess, report_day},
    request::Request,
    restatement::Restatement,
    versions::Versions,
};
use alloc::vec::Vec;
use ducha_core::{Derivation, Record};
use serde::{Deserialize, Serialize};

/// What one more record would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preview<D = Derivation> {
    /// Why it would not be scored, if so.
    pub not_scored: Option<UnscoredRow>,
    /// The entries that it would make.
    pub entries: Vec<Entry<D>>,
    /// What would change, each with what it is and what it would be: entries, values, tiers, places, consequences.
    pub changes: Restatement<D>,
}

/// What the record would do if it were recorded beside the others.
#[must_use]
// semantics §14.3
pub fn preview(request: &Request<'_>, record: &Record) -> Preview {
    let versions = Versions::known(request.rulebooks, request.known_on);
    let as_of = report_day(request, &versions).max(record.occurred_on);
    // Both sides are asked as of the same day by name, for a day that is asked for is looked at.
    let before = Request { as_of: Some(as_of), ..request.clone() };
    let mut records: Vec<Record> = request.records.to_vec();
    records.push(record.clone());
    let mut with = before.clone();
    with.records = &records;
    let (before, after) = (assess(&before), assess(&with));
    let index = request.records.len();
    Preview {
        not_scored: after.account.rows.iter().find(|row| row.index == Some(index)).cloned(),
        entries: after.entries.iter().filter(|e| e.record == record.id).cloned().collect(),
        changes: Restatement::between(&before, &after),
    }
}
