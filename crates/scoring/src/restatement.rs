//! Restatements: how two assessments of one period differ (semantics §14).

use crate::{
    assessment::{Assessment, Distance, EntryKind, Fired, Outcome, Peak, WindowOf},
    difference::{Compared, changed, changes, entries, indexes, rankings, standings, tallies, without},
};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    ConsequenceId, Derivation, IndexId, Label, LadderId, Money, Points, RankingId, RecordId, SubjectId,
    TallyId, TierId,
};
use ducha_rulebook::annex::money::{Direction, Nature};
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement<D = Derivation> {
    /// What records cost or earned, where it changed.
    pub entries: Vec<RestatedEntry>,
    /// Tallies that changed.
    pub tallies: Vec<RestatedTally>,
    /// Indexes that changed.
    pub indexes: Vec<RestatedIndex>,
    /// Tiers that changed, or the way to the tiers beside them.
    pub standings: Vec<RestatedStanding>,
    /// Places in rankings that changed.
    pub rankings: Vec<RestatedPlace>,
    /// Consequences that newly fire.
    pub fired: Vec<Fired<D>>,
    /// Consequences that no longer fire.
    pub withdrawn: Vec<Fired<D>>,
    /// Consequences that fire in both and say something else.
    pub changed: Vec<RestatedConsequence>,
    /// Rulebook versions whose meaning differs, or that only one side had.
    pub rulebooks: Vec<String>,
}

/// What a record cost or earned a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedEntry {
    /// The record.
    pub record: RecordId,
    /// Whose.
    pub subject: SubjectId,
    /// What kind of entry.
    pub kind: EntryKind,
    /// Its points.
    pub points: Change<Points>,
    /// Its money of a dual tariff.
    pub money: Change<Money>,
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
    /// The version that judges it: the later assessment's, where it has the tally.
    pub version: String,
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
    /// The version that judges it: the later assessment's, where it has the index.
    pub version: String,
    /// Its value.
    pub value: Change<Outcome<Points>>,
}

/// A tier that changed, or the way to the tiers beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedStanding {
    /// The ladder.
    pub ladder: LadderId,
    /// Whose.
    pub subject: SubjectId,
    /// In which window.
    pub window: WindowOf,
    /// The version that judges it: the later assessment's, where it has the ladder.
    pub version: String,
    /// The tier.
    pub tier: Change<Outcome<TierId>>,
    /// The gravest tier that was reached in the window.
    pub peak: Change<Peak>,
    /// How far it is to the tiers beside it.
    pub distance: Change<Distance>,
}

/// A place in a ranking that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedPlace {
    /// The ranking.
    pub ranking: RankingId,
    /// In which window.
    pub window: WindowOf,
    /// Whose.
    pub subject: SubjectId,
    /// Its rank, from 1; nothing where it is not ranked.
    pub rank: Change<u32>,
}

/// A consequence that fires in both assessments and says something else. What stayed as it was is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatedConsequence {
    /// Its stable id.
    pub id: String,
    /// The consequence.
    pub consequence: ConsequenceId,
    /// Its name.
    pub name: Label,
    /// On whom.
    pub subject: SubjectId,
    /// The day on which it fired.
    pub on: NaiveDate,
    /// How much money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Change<Outcome<Money>>>,
    /// What the money is in law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Change<Nature>>,
    /// Which way the money goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Change<Direction>>,
    /// How long or how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Change<Points>>,
    /// Until when; nothing where there is no limit or it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Change<NaiveDate>>,
}

impl<D: Clone> Restatement<D> {
    /// How `after` differs from `before`.
    #[must_use]
    // semantics §14.2
    pub fn between(before: &Assessment<D>, after: &Assessment<D>) -> Self {
        let books = |a: &Assessment<D>| -> BTreeMap<String, String> {
            a.rulebooks.iter().map(|b| (b.version.clone(), b.digest.meaning.clone())).collect()
        };
        Self {
            rulebooks: changes(books(before), books(after)).map(|(version, _)| version).collect(),
            ..Self::of(entries(&before.entries, &after.entries), &Compared::of(before), &Compared::of(after))
        }
    }

    /// The same by the same rules, where it is known already which entries differ.
    pub(crate) fn of(entries: Vec<RestatedEntry>, before: &Compared<'_, D>, after: &Compared<'_, D>) -> Self {
        Self {
            entries,
            tallies: tallies(before.tallies, after.tallies),
            indexes: indexes(before.indexes, after.indexes),
            standings: standings(before.standings, after.standings),
            rankings: rankings(before.rankings, after.rankings),
            fired: without(after.consequences, before.consequences),
            withdrawn: without(before.consequences, after.consequences),
            changed: changed(before.consequences, after.consequences),
            rulebooks: Vec::new(),
        }
    }
}

impl<D> Restatement<D> {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { entries, tallies, indexes, standings, rankings, fired, withdrawn, changed, rulebooks } =
            self;
        entries.is_empty()
            && tallies.is_empty()
            && indexes.is_empty()
            && standings.is_empty()
            && rankings.is_empty()
            && fired.is_empty()
            && withdrawn.is_empty()
            && changed.is_empty()
            && rulebooks.is_empty()
    }
}

impl<D> Default for Restatement<D> {
    /// Nothing differs.
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            tallies: Vec::new(),
            indexes: Vec::new(),
            standings: Vec::new(),
            rankings: Vec::new(),
            fired: Vec::new(),
            withdrawn: Vec::new(),
            changed: Vec::new(),
            rulebooks: Vec::new(),
        }
    }
}
