//! What would this one do: the answer that a form needs at submit, without recording anything.

use crate::{
    assessment::{Entry, UnscoredRow},
    evaluate::assess,
    request::Request,
    restatement::Restatement,
};
use alloc::vec::Vec;
use ducha_core::Record;
use serde::{Deserialize, Serialize};

/// What one more record would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// Why it would not be scored, if so.
    pub not_scored: Option<UnscoredRow>,
    /// The entries that it would make.
    pub entries: Vec<Entry>,
    /// What would change, each with what it is and what it would be: entries, values, tiers, places, consequences.
    pub changes: Restatement,
}

/// What the record would do if it were recorded beside the others.
#[must_use]
// semantics §14.3
pub fn preview(request: &Request<'_>, record: &Record) -> Preview {
    let before = assess(request);
    let mut records: Vec<Record> = request.records.to_vec();
    records.push(record.clone());
    let as_of = before.as_of.max(record.occurred_on);
    let before = if as_of == before.as_of {
        before
    } else {
        assess(&Request { as_of: Some(as_of), ..request.clone() })
    };
    let mut with = request.clone();
    with.as_of = Some(as_of);
    with.records = &records;
    let after = assess(&with);
    let index = request.records.len();
    Preview {
        not_scored: after.account.rows.iter().find(|row| row.index == Some(index)).cloned(),
        entries: after.entries.iter().filter(|e| e.record == record.id).cloned().collect(),
        changes: Restatement::between(&before, &after),
    }
}
