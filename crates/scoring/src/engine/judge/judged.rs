//! Everything that follows from a dossier, in the order in which the assessment shows it (semantics §0).
//!
//! What concerns a subject by itself can be judged on several threads; rankings ask for all subjects at once, and what stands
//! of what fired is told when everything has.

use super::{Judge, consequence::Firing, rank::Placing};
use crate::{
    assessment::{Fired, IndexStanding, Standing, TallyStanding},
    engine::dossier::Dossier,
};
use alloc::vec::Vec;

/// What is judged of some subjects by themselves.
pub(in crate::engine) struct Apart<'a> {
    pub(in crate::engine) tallies: Vec<TallyStanding<()>>,
    pub(in crate::engine) indexes: Vec<IndexStanding<()>>,
    pub(in crate::engine) standings: Vec<Standing<()>>,
    /// What fired on them by tiers and findings.
    pub(in crate::engine) firings: Vec<Firing<'a>>,
}

/// Everything that follows from the entries.
pub(in crate::engine) struct Judged<'a> {
    pub(in crate::engine) tallies: Vec<TallyStanding<()>>,
    pub(in crate::engine) indexes: Vec<IndexStanding<()>>,
    pub(in crate::engine) standings: Vec<Standing<()>>,
    pub(in crate::engine) placings: Vec<Placing<'a>>,
    pub(in crate::engine) consequences: Vec<Fired<()>>,
}

/// What follows for some subjects by themselves.
pub(in crate::engine) fn judged_of<'a>(dossier: &Dossier<'a>, subjects: &[u32]) -> Apart<'a> {
    Judge::new(dossier).apart(subjects.iter().copied())
}

/// Everything that follows, out of what was judged of the subjects by themselves, in their order.
pub(in crate::engine) fn joined<'a>(
    dossier: &Dossier<'a>,
    apart: impl IntoIterator<Item = Apart<'a>>,
) -> Judged<'a> {
    Judge::new(dossier).joined(apart)
}

impl<'a> Judge<'_, 'a> {
    fn apart(&self, subjects: impl Iterator<Item = u32>) -> Apart<'a> {
        let (mut tallies, mut indexes) = (Vec::new(), Vec::new());
        let (mut standings, mut firings) = (Vec::new(), Vec::new());
        for subject in subjects {
            tallies.append(&mut self.tally_standings(subject));
            indexes.append(&mut self.index_standings(subject));
            standings.append(&mut self.standings(subject));
            firings.append(&mut self.firings(subject));
        }
        Apart { tallies, indexes, standings, firings }
    }

    fn joined(&self, apart: impl IntoIterator<Item = Apart<'a>>) -> Judged<'a> {
        let (placings, mut firings) = self.ranked();
        let (mut tallies, mut indexes, mut standings) = (Vec::new(), Vec::new(), Vec::new());
        for mut apart in apart {
            tallies.append(&mut apart.tallies);
            indexes.append(&mut apart.indexes);
            standings.append(&mut apart.standings);
            firings.append(&mut apart.firings);
        }
        Judged { tallies, indexes, standings, placings, consequences: self.consequences(firings) }
    }
}
