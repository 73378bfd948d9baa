//! One subject by itself: its values and tiers, judged from what bears on it alone.

use super::{Ledger, view::View};
use crate::{
    assessment::{Entry, IndexStanding, Standing, TallyStanding},
    engine::judge::judged_of,
};
use alloc::{collections::BTreeSet, vec::Vec};
use ducha_core::{Matter, Record, SubjectId, record::standard_fact};

/// What follows for one subject. What fires on it, and its places in rankings, depend on all subjects: they are told by
/// [`Ledger::scored`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSubject {
    /// What each record cost or earned it, numbered by themselves.
    pub entries: Vec<Entry<()>>,
    /// What was accumulated.
    pub tallies: Vec<TallyStanding<()>>,
    /// Composite scores.
    pub indexes: Vec<IndexStanding<()>>,
    /// Tiers.
    pub standings: Vec<Standing<()>>,
}

impl Ledger {
    /// The entries, values and tiers of one subject, as [`Ledger::scored`] tells them. Only what bears on it is laid out and
    /// judged: its own records, those of its members and predecessors where rules ask for them, and facts about any of these.
    /// Days are looked over in all records, for windows that others touch are shown, too. Nothing where nobody knows it.
    #[must_use]
    pub fn subject(&self, subject: &SubjectId) -> Option<OfSubject> {
        let view = View::of(self);
        let question = self.question();
        let people = view.people();
        let number = people.number(subject)?;
        let whole = view.bearing(&BTreeSet::from([self.number(subject)?]), &people);
        let mut dossier = view.dossier(&question, Some(&whole));
        dossier.days = view.days(dossier.as_of);
        let apart = judged_of(&dossier, &[number]);
        let entries = dossier.postings_of(number).iter().filter_map(|posting| dossier.entry(posting));
        Some(OfSubject {
            entries: (0..).zip(entries).map(|(number, entry)| Entry { number, ..entry }).collect(),
            tallies: apart.tallies,
            indexes: apart.indexes,
            standings: apart.standings,
        })
    }
}

/// Whether a fact is told of everybody, or passes things on.
pub(super) fn is_general(record: &Record) -> bool {
    match &record.matter {
        Matter::Fact(fact) => {
            matches!(fact.fact.as_str(), standard_fact::MINIMUM_WAGE | standard_fact::SUCCEEDED_BY)
        }
        _ => false,
    }
}
