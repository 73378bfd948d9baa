//! The facts that entries ask for: about a record, of a subject (semantics §4.4, §16).

use super::Fold;
use crate::engine::{
    admit::Ids,
    dossier::{Live, NONE},
};
use alloc::{vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Matter, RecordId,
    record::{Fact, Finding, standard_fact},
};

/// The facts that entries ask for, by place among the records that take effect.
#[derive(Default)]
pub(in crate::engine) struct Facts {
    /// About a record: its place, then the fact's.
    pub(in crate::engine) about: Vec<(u32, u32)>,
    /// The same from the fact's side: its place, then the record's.
    told: Vec<(u32, u32)>,
    /// Of a subject: its number, then the fact's place.
    of_subject: Vec<(u32, u32)>,
}

impl Facts {
    /// The facts among all rows of a question.
    pub(in crate::engine) fn of_all(live: &[Live<'_>], ids: &Ids<'_>, rows: usize) -> Self {
        let mut place_of: Vec<u32> = Vec::new();
        Self::found(live, |id| {
            let row = ids.row(id)?;
            if place_of.is_empty() {
                place_of = vec![NONE; rows];
                for (place, one) in (0_u32..).zip(live) {
                    if let Some(of) = place_of.get_mut(one.index as usize) {
                        *of = place;
                    }
                }
            }
            place_of.get(row as usize).copied().filter(|about| *about != NONE)
        })
    }

    /// The facts among a few rows; `row_of` tells the row of an id.
    pub(in crate::engine) fn of_few(live: &[Live<'_>], row_of: impl Fn(&RecordId) -> Option<u32>) -> Self {
        let mut places: Vec<(u32, u32)> = Vec::new();
        Self::found(live, |id| {
            let row = row_of(id)?;
            if places.is_empty() {
                places = (0_u32..).zip(live).map(|(place, one)| (one.index, place)).collect();
                places.sort_unstable();
            }
            run_of(&places, row).next()
        })
    }

    /// `place_of` tells the place of the record with an id, if it takes effect.
    fn found(live: &[Live<'_>], mut place_of: impl FnMut(&RecordId) -> Option<u32>) -> Self {
        let mut facts = Self::default();
        for (place, one) in (0_u32..).zip(live) {
            let Matter::Fact(fact) = &one.record.matter else { continue };
            facts.of_subject.push((one.subject, place));
            if let Some(about) = fact.refers_to.as_ref().and_then(&mut place_of) {
                facts.about.push((about, place));
                facts.told.push((place, about));
            }
        }
        facts.about.sort_unstable();
        facts.of_subject.sort_unstable();
        facts
    }

    /// Which record each fact is about: the fact's place, then the record's.
    pub(in crate::engine) fn told(self) -> Vec<(u32, u32)> {
        self.told
    }

    /// The record that a fact is about, if it takes effect.
    pub(super) fn record_of(&self, fact: u32) -> Option<u32> {
        run_of(&self.told, fact).next()
    }

    /// The facts about a record, in canonical order.
    pub(super) fn about(&self, live: u32) -> impl Iterator<Item = u32> {
        run_of(&self.about, live)
    }

    /// The facts of a subject, in canonical order.
    pub(super) fn of_subject(&self, subject: u32) -> impl DoubleEndedIterator<Item = u32> {
        run_of(&self.of_subject, subject)
    }
}

/// The second numbers of the pairs that begin with a number.
fn run_of(pairs: &[(u32, u32)], first: u32) -> impl DoubleEndedIterator<Item = u32> {
    let from = pairs.partition_point(|(a, _)| *a < first);
    let until = pairs.partition_point(|(a, _)| *a <= first);
    pairs.get(from..until).unwrap_or_default().iter().map(|(_, b)| *b)
}

impl<'q, 'a> Fold<'q, 'a> {
    /// The day on which the case of a finding was decided: its own, or that of the first `decided` fact about it.
    pub(super) fn decided_on(&self, place: u32, finding: &Finding) -> Option<NaiveDate> {
        finding.decided_on.or_else(|| {
            self.facts_about(place, standard_fact::DECIDED).next().map(|(_, one, _)| one.record.occurred_on)
        })
    }

    /// The facts of a kind about a record, in canonical order.
    pub(super) fn facts_about<'k>(
        &'k self,
        place: u32,
        kind: &'k str,
    ) -> impl Iterator<Item = (u32, &'q Live<'a>, &'a Fact)> + 'k {
        self.facts.about(place).filter_map(move |fact| {
            let one = self.live(fact)?;
            match &one.record.matter {
                Matter::Fact(told) if told.fact.as_str() == kind => Some((fact, one, told)),
                _ => None,
            }
        })
    }
}
