//! What would this one do: the answer that a form needs at submit, without recording anything.

use crate::{
    assessment::{Entry, Fired, Standing, TallyStanding, UnscoredRow},
    evaluate::assess,
    request::Request,
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
    /// The tallies that would change, as they would be.
    pub tallies: Vec<TallyStanding>,
    /// The standings that would change, as they would be.
    pub standings: Vec<Standing>,
    /// The consequences that would fire.
    pub fires: Vec<Fired>,
    /// The consequences that would no longer fire.
    pub withdrawn: Vec<Fired>,
}

/// What the record would do if it were recorded beside the others.
#[must_use]
// semantics §14.3
pub fn preview(request: &Request<'_>, record: &Record) -> Preview {
    let before = assess(request);
    let mut records: Vec<Record> = request.records.to_vec();
    records.push(record.clone());
    let mut with = request.clone();
    with.as_of = Some(before.as_of.max(record.occurred_on));
    with.records = &records;
    let after = assess(&with);
    let same_day = Request { as_of: with.as_of, ..request.clone() };
    let before = assess(&same_day);
    let index = request.records.len();
    Preview {
        not_scored: after.account.rows.iter().find(|row| row.index == index).cloned(),
        entries: after.entries.iter().filter(|e| e.record == record.id).cloned().collect(),
        tallies: after
            .tallies
            .into_iter()
            .filter(|t| {
                !before.tallies.iter().any(|b| {
                    (&b.tally, &b.subject, &b.window, &b.value) == (&t.tally, &t.subject, &t.window, &t.value)
                })
            })
            .collect(),
        standings: after
            .standings
            .into_iter()
            .filter(|s| {
                !before.standings.iter().any(|b| {
                    (&b.ladder, &b.subject, &b.window, &b.tier, &b.peak)
                        == (&s.ladder, &s.subject, &s.window, &s.tier, &s.peak)
                })
            })
            .collect(),
        fires: after
            .consequences
            .iter()
            .filter(|f| !before.consequences.iter().any(|b| b.id == f.id))
            .cloned()
            .collect(),
        withdrawn: before
            .consequences
            .iter()
            .filter(|b| !after.consequences.iter().any(|f| f.id == b.id))
            .cloned()
            .collect(),
    }
}
