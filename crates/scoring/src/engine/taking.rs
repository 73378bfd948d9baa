//! Which records take others back, and in which order that is decided (semantics §3.3).

use super::admit::Fates;
use crate::{assessment::Fate, refusal};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use ducha_core::{Matter, Need, Record, RecordId};

/// Whether a record takes another back, or should.
pub(super) fn is_taker(record: &Record) -> bool {
    record.revokes.is_some() || record.supersedes.is_some() || matches!(record.matter, Matter::Revocation)
}

/// What is asked of the rows: the record of one, and the row that an id among the known rows means.
pub(super) struct Taking<'t, 'a> {
    pub(super) record: &'t dyn Fn(u32) -> Option<&'a Record>,
    pub(super) known_row: &'t dyn Fn(&RecordId) -> Option<u32>,
}

impl<'a> Taking<'_, 'a> {
    /// What a live record revokes or supersedes is taken back, those first that nobody takes back.
    // semantics §3.3
    pub(super) fn decide(&self, mut takers: Vec<(u32, &'a Record)>, fates: &mut Fates) {
        if takers.is_empty() {
            return;
        }
        takers.sort_by(|(_, a), (_, b)| {
            (b.known_on(), b.canonical_key()).cmp(&(a.known_on(), a.canonical_key()))
        });
        for (row, record) in &takers {
            if let Some(reason) = self.idle(record, *row).filter(|_| !fates.contains_key(row)) {
                fates.insert(*row, (Fate::Refused, reason));
            }
        }
        let rank: BTreeMap<u32, usize> =
            takers.iter().enumerate().map(|(rank, (row, _))| (*row, rank)).collect();
        // How many rows that are still to be decided take each row back.
        let mut waiting: BTreeMap<u32, usize> = BTreeMap::new();
        for target in takers.iter().flat_map(|(_, record)| self.targets(record)).map(|(_, target)| target) {
            let count = waiting.entry(target).or_default();
            *count = count.saturating_add(1);
        }
        let is_free =
            |row: &u32, waiting: &BTreeMap<u32, usize>| waiting.get(row).is_none_or(|count| *count == 0);
        let mut open: BTreeSet<usize> = rank.values().copied().collect();
        let mut free: BTreeSet<usize> =
            rank.iter().filter(|(row, _)| is_free(row, &waiting)).map(|(_, rank)| *rank).collect();
        // Where all that is left takes each other back, the latest is decided first.
        while let Some(next) = free.first().or_else(|| open.first()).copied() {
            free.remove(&next);
            open.remove(&next);
            let Some((row, record)) = takers.get(next).copied() else { continue };
            let takes_effect = !fates.contains_key(&row);
            for (fate, target) in self.targets(record) {
                if takes_effect {
                    let id = (self.record)(target).map(|record| &record.id);
                    // What was refused stays refused: its reason is the better answer.
                    fates.entry(target).or_insert((fate, refusal::taken(fate, id, &record.id)));
                }
                let count = waiting.entry(target).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    free.extend(rank.get(&target).filter(|rank| open.contains(rank)));
                }
            }
        }
    }

    /// The rows that a record takes back, and as what.
    pub(super) fn targets(&self, record: &'a Record) -> impl Iterator<Item = (Fate, u32)> {
        let revoked = record.revokes.as_ref().map(|id| (Fate::Revoked, id));
        let superseded = record.supersedes.as_ref().map(|id| (Fate::Superseded, id));
        let both = revoked.into_iter().chain(superseded);
        both.filter_map(|(how, id)| (self.known_row)(id).map(|row| (how, row)))
    }

    /// Why a record that should take another back cannot: the other is not there, or none is named.
    pub(super) fn idle(&self, record: &Record, row: u32) -> Option<Need> {
        for target in record.revokes.iter().chain(&record.supersedes) {
            if (self.known_row)(target).is_none_or(|other| other == row) {
                return Some(refusal::target_unknown(target, &record.id));
            }
        }
        (matches!(record.matter, Matter::Revocation) && record.revokes.is_none())
            .then(|| refusal::revokes_nothing(&record.id))
    }
}
