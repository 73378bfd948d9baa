//! Restatements: how two assessments of one period differ (semantics §14).

use crate::assessment::{Assessment, Entry, Fired, Outcome, WindowOf};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use ducha_core::{IndexId, LadderId, Points, RecordId, SubjectId, TallyId, TierId};
use serde::{Deserialize, Serialize};

/// A value before and after; nothing where there was none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change<T> {
    /// What it was.
    pub before: Option<T>,
    /// What it is.
    pub after: Option<T>,
}

/// How a later assessment restates an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// Points of records that changed: record, subject, before and after.
    pub entries: Vec<RestatedEntry>,
    /// Tallies that changed.
    pub tallies: Vec<RestatedTally>,
    /// Indexes that changed.
    pub indexes: Vec<RestatedIndex>,
    /// Tiers that changed.
    pub standings: Vec<RestatedStanding>,
    /// Consequences that newly fire.
    pub fired: Vec<Fired>,
    /// Consequences that no longer fire.
    pub withdrawn: Vec<Fired>,
    /// Rulebook versions whose meaning differs, or that only one side had.
    pub rulebooks: Vec<String>,
}

/// The points of a record on a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedEntry {
    /// The record.
    pub record: RecordId,
    /// Whose.
    pub subject: SubjectId,
    /// Its points.
    pub points: Change<Points>,
}

/// A tally that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedTally {
    /// The tally.
    pub tally: TallyId,
    /// Whose.
    pub subject: SubjectId,
    /// In which window.
    pub window: WindowOf,
    /// Its value.
    pub value: Change<Outcome<Points>>,
}

/// An index that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedIndex {
    /// The index.
    pub index: IndexId,
    /// Whose.
    pub subject: SubjectId,
    /// In which window.
    pub window: WindowOf,
    /// Its value.
    pub value: Change<Outcome<Points>>,
}

/// A tier that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedStanding {
    /// The ladder.
    pub ladder: LadderId,
    /// Whose.
    pub subject: SubjectId,
    /// In which window.
    pub window: WindowOf,
    /// The tier.
    pub tier: Change<Outcome<TierId>>,
}

impl Restatement {
    /// How `after` differs from `before`.
    #[must_use]
    // semantics §14.2
    pub fn between(before: &Assessment, after: &Assessment) -> Self {
        let by_id = |fired: &[Fired], other: &[Fired]| {
            fired.iter().filter(|f| !other.iter().any(|o| o.id == f.id)).cloned().collect()
        };
        let books = |a: &Assessment| -> BTreeMap<String, String> {
            a.rulebooks.iter().map(|b| (b.version.clone(), b.digest.meaning.clone())).collect()
        };
        Self {
            entries: changes(&sums(&before.entries), &sums(&after.entries), |(record, subject), points| {
                RestatedEntry { record, subject, points }
            }),
            tallies: changes(
                &before
                    .tallies
                    .iter()
                    .map(|t| ((t.tally.clone(), t.subject.clone(), t.window.clone()), t.value.clone()))
                    .collect(),
                &after
                    .tallies
                    .iter()
                    .map(|t| ((t.tally.clone(), t.subject.clone(), t.window.clone()), t.value.clone()))
                    .collect(),
                |(tally, subject, window), value| RestatedTally { tally, subject, window, value },
            ),
            indexes: changes(
                &before
                    .indexes
                    .iter()
                    .map(|i| ((i.index.clone(), i.subject.clone(), i.window.clone()), i.value.clone()))
                    .collect(),
                &after
                    .indexes
                    .iter()
                    .map(|i| ((i.index.clone(), i.subject.clone(), i.window.clone()), i.value.clone()))
                    .collect(),
                |(index, subject, window), value| RestatedIndex { index, subject, window, value },
            ),
            standings: changes(
                &before
                    .standings
                    .iter()
                    .map(|s| ((s.ladder.clone(), s.subject.clone(), s.window.clone()), s.tier.clone()))
                    .collect(),
                &after
                    .standings
                    .iter()
                    .map(|s| ((s.ladder.clone(), s.subject.clone(), s.window.clone()), s.tier.clone()))
                    .collect(),
                |(ladder, subject, window), tier| RestatedStanding { ladder, subject, window, tier },
            ),
            fired: by_id(&after.consequences, &before.consequences),
            withdrawn: by_id(&before.consequences, &after.consequences),
            rulebooks: changes(&books(before), &books(after), |version, _| version),
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn sums(entries: &[Entry]) -> BTreeMap<(RecordId, SubjectId), Points> {
    let mut sums: BTreeMap<(RecordId, SubjectId), Points> = BTreeMap::new();
    for entry in entries {
        let sum = sums.entry((entry.record.clone(), entry.subject.clone())).or_default();
        *sum = sum.plus(entry.points).unwrap_or(*sum);
    }
    sums
}

fn changes<K: Ord + Clone, V: PartialEq + Clone, T>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    make: impl Fn(K, Change<V>) -> T,
) -> Vec<T> {
    let keys: alloc::collections::BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    let differing = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differing
        .map(|key| {
            make(key.clone(), Change { before: before.get(key).cloned(), after: after.get(key).cloned() })
        })
        .collect()
}
