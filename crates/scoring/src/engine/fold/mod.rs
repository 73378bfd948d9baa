//! From records to entries, as numbers: price, once, warned, source, recurrence, the unrectified, caps, shares (semantics §4, §5, §16).
//!
//! Entries that depend on each other lie in one *unit*: the findings of a subject under one clause, or under clauses that a cap
//! or a recurrence joins. Units are reckoned apart from each other, in two sweeps: what a record costs up to its recurrence
//! depends only on what came before it; caps after the factors see supplementary entries, too, in the order of their days.

mod adjust;
mod cap;
mod follow;
mod price;
mod reached;
mod recur;
mod share;
mod unrectified;

use super::{
    admit::Ids,
    compile::Scorer,
    dossier::{Live, NO_MONEY, NONE, Posting},
    judge::Known,
    people::People,
    question::Question,
    scale::{Scaled, at_scale},
    tables::{Item, Tables, Unit},
    workers::{Workers, cut},
};
use crate::{
    assessment::{EntryKind, need},
    versions::{Version, Versions},
};
use alloc::{boxed::Box, vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Amount, Matter, Need, Points, RecordId, SourceId, Step,
    message::Args,
    record::{Fact, Finding, standard_fact},
};
use ducha_rulebook::annex::clause::Clause;

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

/// The facts that entries ask for, by place among the records that take effect.
#[derive(Default)]
pub(super) struct Facts {
    /// About a record: its place, then the fact's.
    pub(super) about: Vec<(u32, u32)>,
    /// The same from the fact's side: its place, then the record's.
    told: Vec<(u32, u32)>,
    /// Of a subject: its number, then the fact's place.
    of_subject: Vec<(u32, u32)>,
}

impl Facts {
    /// The facts among all rows of a question.
    pub(super) fn of_all(live: &[Live<'_>], ids: &Ids<'_>, rows: usize) -> Self {
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
    pub(super) fn of_few(live: &[Live<'_>], row_of: impl Fn(&RecordId) -> Option<u32>) -> Self {
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
    pub(super) fn told(self) -> Vec<(u32, u32)> {
        self.told
    }

    /// The facts about a record, in canonical order.
    fn about(&self, live: u32) -> impl Iterator<Item = u32> {
        run_of(&self.about, live)
    }

    /// The facts of a subject, in canonical order.
    fn of_subject(&self, subject: u32) -> impl DoubleEndedIterator<Item = u32> {
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

    /// The entries of one unit.
    fn unit(
        &self,
        unit: &[(u64, u32)],
        drafts: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        let begin = drafts.len();
        let mut used = cap::Used::default();
        for (_, place) in unit {
            let Some(one) = self.live(*place) else { continue };
            let before = drafts.get(begin..).unwrap_or_default();
            match self.first_sweep(*place, one, before, &mut used) {
                Ok(made) => drafts.extend(made.into_iter().flatten()),
                Err(Halt::Refused(need)) => struck.push((one.index, *need)),
                Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
            }
        }
        let mut supplements = Vec::new();
        for draft in drafts.get(begin..).unwrap_or_default() {
            self.unrectified(draft, None, &mut supplements, struck)?;
        }
        if !supplements.is_empty() {
            drafts.append(&mut supplements);
            let of_unit = drafts.get_mut(begin..).unwrap_or_default();
            of_unit.sort_by_key(|draft| draft.posting.key());
        }
        self.second_sweep(begin, drafts, struck)
    }

    /// What a record costs or earns, up to its recurrence: at most two entries.
    fn first_sweep(
        &self,
        place: u32,
        one: &Live<'a>,
        before: &[Draft],
        used: &mut cap::Used,
    ) -> Reckoned<[Option<Draft>; 2]> {
        match &one.record.matter {
            Matter::Finding(finding) => {
                let (item, clause) = self.applicable(one)?;
                let mut draft = self.price_of_finding(place, one, item, clause, finding, before)?;
                self.trim(&mut draft, item, clause, finding.source.as_ref(), true, used)?;
                draft.capped = draft.posting.points;
                self.recur(&mut draft, item, before)?;
                Ok([Some(draft), None])
            }
            Matter::Measurement(measurement) => {
                let (item, clause) = self.applicable(one)?;
                let (lost, won) = self.price_measurement(clause, measurement)?;
                let mut draft = self.draft(place, one, EntryKind::Deduction, lost);
                self.trim(&mut draft, item, clause, measurement.source.as_ref(), true, used)?;
                let award = won.map(|points| {
                    let mut award = self.draft(place, one, EntryKind::Award, points);
                    award.posting.nth = 1;
                    award
                });
                Ok([Some(draft), award])
            }
            Matter::Commendation(commendation) => {
                let place_of_award = self.award(one, commendation).ok_or_else(|| {
                    let version = self.version(one.version).map_or("", |version| version.name());
                    need(
                        Step::RowAwardUnknown,
                        Args::none().with("id", &commendation.award).with("version", version),
                    )
                })?;
                let points = self.price_commendation(one, place_of_award, commendation)?;
                let mut draft = self.draft(place, one, EntryKind::Award, points);
                draft.posting.award = place_of_award;
                Ok([Some(draft), None])
            }
            _ => Ok([None, None]),
        }
    }

    /// Caps after the factors, in the order of days.
    fn second_sweep(
        &self,
        begin: usize,
        drafts: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        let mut used = cap::Used::default();
        let mut failed: Vec<u32> = Vec::new();
        for draft in drafts.get_mut(begin..).unwrap_or_default() {
            let Some(one) = self.live(draft.posting.live) else { continue };
            let trimmed = match draft.posting.kind {
                EntryKind::Deduction | EntryKind::Unrectified => {
                    match (
                        self.tables.item(draft.posting.version, draft.posting.clause),
                        self.clause(&draft.posting),
                    ) {
                        (Some(item), Some(clause)) => {
                            self.trim(draft, item, clause, source_of(one), false, &mut used)
                        }
                        _ => Ok(()),
                    }
                }
                EntryKind::Award => self.trim_award(draft, &mut used),
                _ => Ok(()),
            };
            match trimmed {
                Ok(()) => {}
                Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
                Err(Halt::Refused(need)) => {
                    failed.push(draft.posting.live);
                    struck.push((one.index, *need));
                }
            }
        }
        if !failed.is_empty() {
            drafts.retain(|draft| !failed.contains(&draft.posting.live));
        }
        Ok(())
    }

    /// The clause of a record, if it is in force that day and about this kind of subject.
    fn applicable(&self, one: &Live<'a>) -> Known<(&'q Item, &'a Clause)> {
        let item = self.tables.item(one.version, one.clause);
        let clause = self.version(one.version).and_then(|v| v.annex.clause.get(one.clause as usize));
        let (Some(item), Some(clause)) = (item, clause) else {
            return Err(need(Step::RowClauseMissing, Args::none()).into());
        };
        let day = one.record.occurred_on;
        let args =
            || Args::none().with("clause", &clause.id).with("day", day).with("subject", &one.record.subject);
        if item.from.is_some_and(|from| day < from) || item.until.is_some_and(|until| until <= day) {
            return Err(need(Step::RowClauseNotInForce, args()).into());
        }
        if !self.people.is_of(one.subject, &clause.applies_to) {
            return Err(need(Step::RowClauseNotApplicable, args()).into());
        }
        Ok((item, clause))
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

    /// The day on which the case of a finding was decided: its own, or that of the first `decided` fact about it.
    fn decided_on(&self, place: u32, finding: &Finding) -> Option<NaiveDate> {
        finding.decided_on.or_else(|| {
            self.facts_about(place, standard_fact::DECIDED).next().map(|(_, one, _)| one.record.occurred_on)
        })
    }

    /// The facts of a kind about a record, in canonical order.
    fn facts_about<'k>(
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

/// Who found or measured it.
fn source_of<'a>(one: &Live<'a>) -> Option<&'a SourceId> {
    match &one.record.matter {
        Matter::Finding(finding) => finding.source.as_ref(),
        Matter::Measurement(measurement) => measurement.source.as_ref(),
        _ => None,
    }
}
