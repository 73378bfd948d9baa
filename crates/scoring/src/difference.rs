//! What differs between two assessments, part by part (semantics §14.2).

use crate::{
    assessment::{
        Assessment, Distance, Entry, EntryKind, Fired, IndexStanding, Outcome, Peak, RankingStanding,
        Standing, TallyStanding, WindowOf,
    },
    restatement::{
        Change, RestatedConsequence, RestatedEntry, RestatedIndex, RestatedPlace, RestatedStanding,
        RestatedTally,
    },
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use ducha_core::{IndexId, LadderId, Money, Points, RecordId, SubjectId, TallyId, TierId};

/// What of an assessment is compared beside its entries.
pub(crate) struct Compared<'c, D> {
    pub(crate) tallies: &'c [TallyStanding<D>],
    pub(crate) indexes: &'c [IndexStanding<D>],
    pub(crate) standings: &'c [Standing<D>],
    pub(crate) rankings: &'c [RankingStanding],
    pub(crate) consequences: &'c [Fired<D>],
}

impl<'c, D> Compared<'c, D> {
    pub(crate) const fn of(assessment: &'c Assessment<D>) -> Self {
        Self {
            tallies: assessment.tallies.as_slice(),
            indexes: assessment.indexes.as_slice(),
            standings: assessment.standings.as_slice(),
            rankings: assessment.rankings.as_slice(),
            consequences: assessment.consequences.as_slice(),
        }
    }
}

/// What records cost or earned, where it differs.
pub(crate) fn entries<D>(before: &[Entry<D>], after: &[Entry<D>]) -> Vec<RestatedEntry> {
    let sums = |entries: &[Entry<D>]| {
        let mut sums: BTreeMap<(RecordId, SubjectId, EntryKind), (Points, Option<Money>)> = BTreeMap::new();
        for entry in entries {
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

pub(crate) fn tallies<D>(before: &[TallyStanding<D>], after: &[TallyStanding<D>]) -> Vec<RestatedTally> {
    let values = |all: &[TallyStanding<D>]| -> BTreeMap<_, _> {
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

pub(crate) fn indexes<D>(before: &[IndexStanding<D>], after: &[IndexStanding<D>]) -> Vec<RestatedIndex> {
    let values = |all: &[IndexStanding<D>]| -> BTreeMap<_, _> {
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

pub(crate) fn standings<D>(before: &[Standing<D>], after: &[Standing<D>]) -> Vec<RestatedStanding> {
    let told = |all: &[Standing<D>]| -> BTreeMap<_, _> {
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

pub(crate) fn rankings(before: &[RankingStanding], after: &[RankingStanding]) -> Vec<RestatedPlace> {
    let ranks = |rankings: &[RankingStanding]| -> BTreeMap<_, _> {
        let places = rankings.iter().flat_map(|ranking| {
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
pub(crate) fn without<D: Clone>(fired: &[Fired<D>], other: &[Fired<D>]) -> Vec<Fired<D>> {
    let ids: BTreeSet<&str> = other.iter().map(|f| f.id.as_str()).collect();
    fired.iter().filter(|f| !ids.contains(f.id.as_str())).cloned().collect()
}

/// The consequences that both have and that say something else.
pub(crate) fn changed<D>(before: &[Fired<D>], after: &[Fired<D>]) -> Vec<RestatedConsequence> {
    let earlier: BTreeMap<&str, &Fired<D>> = before.iter().map(|f| (f.id.as_str(), f)).collect();
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

fn differs<T: PartialEq, D>(
    was: &Fired<D>,
    is: &Fired<D>,
    of: impl Fn(&Fired<D>) -> Option<T>,
) -> Option<Change<T>> {
    let (before, after) = (of(was), of(is));
    (before != after).then_some(Change { before, after })
}

/// What differs, by key in order.
pub(crate) fn changes<K: Ord + Clone, V: PartialEq + Clone>(
    before: BTreeMap<K, V>,
    after: BTreeMap<K, V>,
) -> impl Iterator<Item = (K, Change<V>)> {
    let keys: BTreeSet<K> = before.keys().chain(after.keys()).cloned().collect();
    keys.into_iter().filter_map(move |key| {
        let change = Change { before: before.get(&key).cloned(), after: after.get(&key).cloned() };
        (change.before != change.after).then_some((key, change))
    })
}
