//! Everything that follows from a dossier, in the order in which the assessment shows it (semantics §0).
//!
//! What concerns a subject by itself can be judged on several threads; rankings ask for all subjects at once, and what stands
//! of what fired is told when everything has.

use super::{Judge, consequence::Firing, rank::Placing};
use crate::{
    assessment::{Fired, IndexStanding, RankingStanding, Standing, TallyStanding},
    engine::dossier::Dossier,
};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use ducha_core::SubjectId;

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

/// The rankings, and what places in them bring.
pub(in crate::engine) struct Ranked<'a> {
    placings: Vec<Placing<'a>>,
    firings: Vec<Firing<'a>>,
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

impl Judged<'_> {
    /// The rankings that are shown.
    pub(in crate::engine) fn rankings(&self) -> Vec<RankingStanding> {
        let shown = self.placings.iter().filter(|placing| placing.shown);
        shown.map(|placing| placing.standing.clone()).collect()
    }
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
        self.together(self.places(), apart)
    }

    /// The rankings of everybody, and what places in them bring.
    pub(in crate::engine) fn places(&self) -> Ranked<'a> {
        let (placings, firings) = self.ranked();
        Ranked { placings, firings }
    }

    /// What places in rankings bring: on whom, and its id.
    pub(in crate::engine) fn brought_by_places(
        &self,
        ranked: &Ranked<'a>,
    ) -> BTreeSet<(&'a SubjectId, String)> {
        let brought = ranked.firings.iter().filter_map(|firing| {
            let subject = self.dossier.people.id(firing.subject)?;
            Some((subject, firing.id(self.dossier, subject)))
        });
        brought.collect()
    }

    /// Everything that follows for some subjects, in their order; rankings are told of everybody.
    pub(in crate::engine) fn judged(&self, mut ranked: Ranked<'a>, subjects: &BTreeSet<u32>) -> Judged<'a> {
        ranked.firings.retain(|firing| subjects.contains(&firing.subject));
        self.together(ranked, [self.apart(subjects.iter().copied())])
    }

    fn together(&self, ranked: Ranked<'a>, apart: impl IntoIterator<Item = Apart<'a>>) -> Judged<'a> {
        let Ranked { placings, mut firings } = ranked;
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
