//! From records to entries, as numbers: price, once, warned, source, recurrence, the unrectified, caps, shares (semantics §4, §5, §16).
//!
//! Entries that depend on each other lie in one *unit*: the findings of a subject under one clause, or under clauses that a cap
//! or a recurrence joins. Units are reckoned apart from each other, in two sweeps: what a record costs up to its recurrence
//! depends only on what came before it; caps after the factors see supplementary entries, too, in the order of their days.

mod adjust;
mod cap;
mod facts;
mod follow;
mod price;
mod reached;
mod recur;
mod share;
mod sweep;
mod unrectified;

use super::{
    compile::Scorer,
    dossier::{Live, NO_MONEY, NONE, Posting},
    people::People,
    question::Question,
    scale::{Scaled, at_scale},
    tables::{Tables, Unit},
    workers::{Workers, cut},
};
use crate::{
    assessment::EntryKind,
    versions::{Version, Versions},
};
use alloc::{boxed::Box, vec::Vec};
use ducha_core::{Amount, Matter, Need, Points};
use ducha_rulebook::annex::clause::Clause;

pub(super) use facts::Facts;
pub(super) use follow::{Edit, Halted};

/// Why an entry has no number.
#[derive(Debug)]
pub(super) enum Halt {
    /// The record is refused.
    Refused(Box<Need>),
    /// 64 bits do not hold it, or it is finer than the scorer's scale.
    HeadRoom,
}

impl<N: Into<Box<Need>>> From<N> for Halt {
    fn from(need: N) -> Self {
        Self::Refused(need.into())
    }
}

/// A number, or why there is none.
pub(super) type Reckoned<T> = Result<T, Halt>;

/// A row that was refused while it was priced, by its position in the input.
pub(super) type Struck = (u32, Need);

/// What stops the whole reckoning: the row, by its position in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoHeadRoom(pub(super) u32);

/// An entry on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) posting: Posting,
    /// The price before any factor: what recurrence looks at.
    base: i64,
    /// What the caps before the factors left of it.
    capped: i64,
    loses_item: bool,
    /// Whether a finding made it: leaders' own liability has none.
    of_finding: bool,
}

/// What the fold asks of.
pub(super) struct Fold<'q, 'a> {
    pub(super) scorer: &'a Scorer,
    pub(super) question: &'q Question<'a>,
    pub(super) versions: &'q Versions<'a>,
    pub(super) tables: &'q Tables,
    pub(super) people: &'q People<'a>,
    /// The names of inspections.
    inspections: &'q [&'a str],
    /// The records that take effect, in canonical order.
    pub(super) live: &'q [Live<'a>],
    pub(super) facts: Facts,
}

impl<'q, 'a> Fold<'q, 'a> {
    #[allow(clippy::too_many_arguments, reason = "everything that entries are reckoned from")]
    pub(super) fn new(
        scorer: &'a Scorer,
        question: &'q Question<'a>,
        versions: &'q Versions<'a>,
        tables: &'q Tables,
        people: &'q People<'a>,
        inspections: &'q [&'a str],
        live: &'q [Live<'a>],
        facts: Facts,
    ) -> Self {
        Self { scorer, question, versions, tables, people, inspections, live, facts }
    }

    /// The same rules over other records.
    pub(super) fn over<'r>(&'r self, live: &'r [Live<'a>], facts: Facts) -> Fold<'r, 'a> {
        Fold::new(
            self.scorer,
            self.question,
            self.versions,
            self.tables,
            self.people,
            self.inspections,
            live,
            facts,
        )
    }

    /// All entries in order, and the rows refused on the way.
    // semantics §4.1
    pub(super) fn postings(&self, workers: &impl Workers) -> Result<(Vec<Posting>, Vec<Struck>), NoHeadRoom> {
        let (drafts, struck) = self.drafts(workers)?;
        let mut postings: Vec<Posting> = drafts.into_iter().map(|draft| draft.posting).collect();
        order(&mut postings);
        Ok((postings, struck))
    }

    /// All entries, unit by unit, and the rows refused on the way.
    pub(super) fn drafts(&self, workers: &impl Workers) -> Result<(Vec<Draft>, Vec<Struck>), NoHeadRoom> {
        let plan = self.plan();
        let pieces = cut(&plan, workers.pieces(), |(a, _), (b, _)| a != b);
        let reckoned = workers.each(pieces, |piece| {
            let mut struck = Vec::new();
            let mut drafts: Vec<Draft> = Vec::with_capacity(piece.len());
            for unit in piece.chunk_by(|(a, _), (b, _)| a == b) {
                self.unit(unit, &mut drafts, &mut struck)?;
            }
            Ok((drafts, struck))
        });
        let (mut drafts, mut struck) = (Vec::new(), Vec::new());
        for piece in reckoned {
            let (mut more, mut refused) = piece?;
            if drafts.is_empty() {
                drafts = more;
            } else {
                drafts.append(&mut more);
            }
            struck.append(&mut refused);
        }
        self.charge_others(&mut drafts, &mut struck)?;
        Ok((drafts, struck))
    }

    /// The entries of one unit by itself, given by the places of its records, with what they bring upon others.
    pub(super) fn drafts_of(&self, places: &[u32]) -> Result<(Vec<Draft>, Vec<Struck>), NoHeadRoom> {
        let (mut drafts, mut struck) = (Vec::with_capacity(places.len()), Vec::new());
        let unit: Vec<(u64, u32)> = places.iter().map(|place| (0, *place)).collect();
        self.unit(&unit, &mut drafts, &mut struck)?;
        self.charge_others(&mut drafts, &mut struck)?;
        Ok((drafts, struck))
    }

    /// The unit of a record, if it makes entries.
    pub(super) fn unit_of(&self, one: &Live<'a>) -> Option<u32> {
        match &one.record.matter {
            Matter::Finding(_) | Matter::Measurement(_) => {
                self.tables.item(one.version, one.clause).map(|item| item.unit)
            }
            Matter::Commendation(commendation) => {
                let award = self.award(one, commendation)?;
                self.tables.version(one.version)?.award_units.get(award as usize).copied()
            }
            _ => None,
        }
    }

    /// The records that make entries, unit by unit, each in canonical order: unit and place.
    fn plan(&self) -> Vec<(u64, u32)> {
        let units = u64::try_from(self.tables.units.len()).unwrap_or(u64::MAX);
        let mut plan = Vec::with_capacity(self.live.len());
        for (place, one) in (0_u32..).zip(self.live) {
            let Some(unit) = self.unit_of(one) else { continue };
            let subject = match self.tables.units.get(unit as usize) {
                Some(Unit::OfAll) => 0,
                _ => u64::from(one.subject),
            };
            plan.push((subject.wrapping_mul(units).wrapping_add(u64::from(unit)), place));
        }
        plan.sort_unstable();
        plan
    }

    fn award(&self, one: &Live<'a>, commendation: &ducha_core::record::Commendation) -> Option<u32> {
        let awards = &self.version(one.version)?.annex.award;
        let place = awards.iter().position(|award| award.id == commendation.award)?;
        u32::try_from(place).ok()
    }

    fn draft(&self, place: u32, one: &Live<'a>, kind: EntryKind, points: i64) -> Draft {
        let finding = match &one.record.matter {
            Matter::Finding(finding) => Some(finding),
            _ => None,
        };
        Draft {
            posting: Posting {
                kind,
                live: place,
                nth: 0,
                subject: one.subject,
                version: one.version,
                clause: one.clause,
                award: NONE,
                day: one.record.occurred_on,
                decided_on: finding.and_then(|finding| self.decided_on(place, finding)),
                visit: one.visit,
                points,
                money: NO_MONEY,
                number: 0,
                leans: false,
            },
            base: points,
            capped: points,
            loses_item: false,
            of_finding: finding.is_some(),
        }
    }

    fn live(&self, place: u32) -> Option<&'q Live<'a>> {
        self.live.get(place as usize)
    }

    fn version(&self, number: u32) -> Option<Version<'a>> {
        self.versions.get(number as usize)
    }

    fn clause(&self, posting: &Posting) -> Option<&'a Clause> {
        self.version(posting.version)?.annex.clause.get(posting.clause as usize)
    }

    /// An amount at the scorer's scale.
    fn scaled<U>(&self, amount: Amount<U>) -> Reckoned<i64> {
        at_scale(amount, self.scorer.scale).ok_or(Halt::HeadRoom)
    }

    /// An amount of the scorer's scale as exact points.
    fn points(&self, value: i64) -> Points {
        Scaled { value, places: self.scorer.scale }.points()
    }
}

/// Puts entries in order, and gives each its number.
// semantics §3.1
pub(super) fn order(postings: &mut [Posting]) {
    if !postings.is_sorted_by_key(Posting::key) {
        postings.sort_by_key(Posting::key);
    }
    for (number, posting) in (0_u32..).zip(postings) {
        posting.number = number;
    }
}
