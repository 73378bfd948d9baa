//! Restatements: how two assessments of one period differ (semantics §14).

use crate::assessment::{
    Assessment, Distance, EntryKind, Fired, IndexStanding, Outcome, Peak, Standing, TallyStanding, WindowOf,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{
    ConsequenceId, IndexId, Label, LadderId, Money, Points, RankingId, RecordId, SubjectId, TallyId, TierId,
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
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
    pub fired: Vec<Fired>,
    /// Consequences that no longer fire.
    pub withdrawn: Vec<Fired>,
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

impl Restatement {
    /// How `after` differs from `before`.
    #[must_use]
    // semantics §14.2
    pub fn between(before: &Assessment, after: &Assessment) -> Self {
        let books = |a: &Assessment| -> BTreeMap<String, String> {
            a.rulebooks.iter().map(|b| (b.version.clone(), b.digest.meaning.clone())).collect()
        };
        Self {
            entries: entries(before, after),
            tallies: tallies(&before.tallies, &after.tallies),
            indexes: indexes(&before.indexes, &after.indexes),
            standings: standings(&before.standings, &after.standings),
            rankings: rankings(before, after),
            fired: without(&after.consequences, &before.consequences),
            withdrawn: without(&before.consequences, &after.consequences),
            changed: changed(&before.consequences, &after.consequences),
            rulebooks: changes(books(before), books(after)).map(|(version, _)| version).collect(),
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn entries(before: &Assessment, after: &Assessment) -> Vec<RestatedEntry> {
    let sums = |a: &Assessment| {
        let mut sums: BTreeMap<(RecordId, SubjectId, EntryKind), (Points, Option<Money>)> = BTreeMap::new();
        for entry in &a.entries {
            let key = (entry.record.clone(), entry.subject.clone(), entry.kind);
            let (points, money) = sums.entry(key).or_default();
            *points = points.plus(entry.points).unwrap_or(*points);
            if let Some(more) = &entry.money {
                let sum = money.unwrap_or_default();
                *money = Some(sum.plus(more.amount).unwrap_or(sum));
            }
        }
        sums
    };
    changes(sums(before), sums(after))
        .map(|((record, subject, kind), change)| {
            let (before, after) = (change.before, change.after);
            RestatedEntry {
                record,
                subject,
                kind,
                points: Change { before: before.map(|b| b.0), after: after.map(|a| a.0) },
                money: Change { before: before.and_then(|b| b.1), after: after.and_then(|a| a.1) },
            }
        })
        .collect()
}

fn tallies(before: &[TallyStanding], after: &[TallyStanding]) -> Vec<RestatedTally> {
    let values = |all: &[TallyStanding]| -> BTreeMap<_, _> {
        all.iter()
            .map(|t| ((t.tally.clone(), t.subject.clone(), t.window.clone()), t.value.clone()))
            .collect()
    };
    let version = |key: &(TallyId, SubjectId, WindowOf)| {
        let mut all = after.iter().chain(before);
        let found = all.find(|t| (&t.tally, &t.subject, &t.window) == (&key.0, &key.1, &key.2));
        found.map(|t| t.version.clone()).unwrap_or_default()
    };
    changes(values(before), values(after))
        .map(|(key, value)| {
            let version = version(&key);
            let (tally, subject, window) = key;
            RestatedTally { tally, subject, window, version, value }
        })
        .collect()
}

fn indexes(before: &[IndexStanding], after: &[IndexStanding]) -> Vec<RestatedIndex> {
    let values = |all: &[IndexStanding]| -> BTreeMap<_, _> {
        all.iter()
            .map(|i| ((i.index.clone(), i.subject.clone(), i.window.clone()), i.value.clone()))
            .collect()
    };
    let version = |key: &(IndexId, SubjectId, WindowOf)| {
        let mut all = after.iter().chain(before);
        let found = all.find(|i| (&i.index, &i.subject, &i.window) == (&key.0, &key.1, &key.2));
        found.map(|i| i.version.clone()).unwrap_or_default()
    };
    changes(values(before), values(after))
        .map(|(key, value)| {
            let version = version(&key);
            let (index, subject, window) = key;
            RestatedIndex { index, subject, window, version, value }
        })
        .collect()
}

fn standings(before: &[Standing], after: &[Standing]) -> Vec<RestatedStanding> {
    let told = |all: &[Standing]| -> BTreeMap<_, _> {
        let each = all.iter().map(|s| {
            let key = (s.ladder.clone(), s.subject.clone(), s.window.clone());
            (key, (s.tier.clone(), s.peak.clone(), s.distance.clone()))
        });
        each.collect()
    };
    let version = |key: &(LadderId, SubjectId, WindowOf)| {
        let mut all = after.iter().chain(before);
        let found = all.find(|s| (&s.ladder, &s.subject, &s.window) == (&key.0, &key.1, &key.2));
        found.map(|s| s.version.clone()).unwrap_or_default()
    };
    changes(told(before), told(after))
        .map(|(key, change)| {
            let version = version(&key);
            let (ladder, subject, window) = key;
            let split = |side: Option<(Outcome<TierId>, Option<Peak>, Distance)>| match side {
                Some((tier, peak, distance)) => (Some(tier), peak, Some(distance)),
                None => (None, None, None),
            };
            let (was, is) = (split(change.before), split(change.after));
            RestatedStanding {
                ladder,
                subject,
                window,
                version,
                tier: Change { before: was.0, after: is.0 },
                peak: Change { before: was.1, after: is.1 },
                distance: Change { before: was.2, after: is.2 },
            }
        })
        .collect()
}

fn rankings(before: &Assessment, after: &Assessment) -> Vec<RestatedPlace> {
    let ranks = |a: &Assessment| -> BTreeMap<_, _> {
        let places = a.rankings.iter().flat_map(|ranking| {
            let of = |subject: &SubjectId| (ranking.ranking.clone(), ranking.window.clone(), subject.clone());
            ranking.places.iter().map(move |place| (of(&place.subject), place.rank))
        });
        places.collect()
    };
    changes(ranks(before), ranks(after))
        .map(|((ranking, window, subject), rank)| RestatedPlace { ranking, window, subject, rank })
        .collect()
}

/// Those that the other does not have.
fn without(fired: &[Fired], other: &[Fired]) -> Vec<Fired> {
    let ids: BTreeSet<&str> = other.iter().map(|f| f.id.as_str()).collect();
    fired.iter().filter(|f| !ids.contains(f.id.as_str())).cloned().collect()
}

/// The consequences that both have and that say something else.
fn changed(before: &[Fired], after: &[Fired]) -> Vec<RestatedConsequence> {
    let earlier: BTreeMap<&str, &Fired> = before.iter().map(|f| (f.id.as_str(), f)).collect();
    let both = after.iter().filter_map(|is| earlier.get(is.id.as_str()).map(|was| (*was, is)));
    let restated = both.map(|(was, is)| RestatedConsequence {
        id: is.id.clone(),
        consequence: is.consequence.clone(),
        name: is.name.clone(),
        subject: is.subject.clone(),
        on: is.on,
        amount: differs(was, is, |f| f.money.as_ref().map(|money| money.amount.clone())),
        nature: differs(was, is, |f| f.money.as_ref().map(|money| money.nature)),
        direction: differs(was, is, |f| f.money.as_ref().map(|money| money.direction)),
        extent: differs(was, is, |f| f.extent.as_ref().map(|extent| extent.amount)),
        due: differs(was, is, |f| f.due.as_ref().and_then(|due| due.on)),
    });
    let says_else = |r: &RestatedConsequence| {
        r.amount.is_some()
            || r.nature.is_some()
            || r.direction.is_some()
            || r.extent.is_some()
            || r.due.is_some()
    };
    restated.filter(says_else).collect()
}

fn differs<T: PartialEq>(was: &Fired, is: &Fired, of: impl Fn(&Fired) -> Option<T>) -> Option<Change<T>> {
    let (before, after) = (of(was), of(is));
    (before != after).then_some(Change { before, after })
}

/// What differs, by key in order.
fn changes<K: Ord + Clone, V: PartialEq + Clone>(
    before: BTreeMap<K, V>,
    after: BTreeMap<K, V>,
) -> impl Iterator<Item = (K, Change<V>)> {
    let keys: BTreeSet<K> = before.keys().chain(after.keys()).cloned().collect();
    keys.into_iter().filter_map(move |key| {
        let change = Change { before: before.get(&key).cloned(), after: after.get(&key).cloned() };
        (change.before != change.after).then_some((key, change))
    })
}
