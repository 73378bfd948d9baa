//! Everything that judging needs, laid out by subject: the records that take effect, and the entries that came of them.

use super::{compile::Scorer, people::People, question::Question};
use crate::{assessment::EntryKind, versions::Versions};
use alloc::{vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Record, record::standard_fact};

/// That there is none: no clause, no award.
pub(super) const NONE: u32 = u32::MAX;

/// That an entry has no money.
pub(super) const NO_MONEY: i64 = i64::MIN;

/// A record that takes effect. Their order is the canonical one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live<'a> {
    pub(super) record: &'a Record,
    /// Its position in the input.
    pub(super) index: u32,
    /// The version that prices or reads it, by its number.
    pub(super) version: u32,
    pub(super) subject: u32,
    /// The clause of a finding or measurement, by its place in the version; [`NONE`] where there is none.
    pub(super) clause: u32,
    pub(super) visit: Visit,
}

/// The inspection that something belongs to: its place in [`Dossier::inspections`], or the record that stands alone.
// semantics §6.1
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Visit {
    /// An inspection that is named.
    Named(u32),
    /// A record outside any, by its position in the input.
    Alone(u32),
}

/// An entry as it is reckoned with: numbers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) kind: EntryKind,
    /// The record, by its place among those that take effect.
    pub(super) live: u32,
    /// Its place among what came of the record: supplements, then shares.
    pub(super) nth: u32,
    pub(super) subject: u32,
    /// The version that priced it.
    pub(super) version: u32,
    /// The clause, by its place in that version.
    pub(super) clause: u32,
    /// The award, by its place in that version.
    pub(super) award: u32,
    pub(super) day: NaiveDate,
    pub(super) decided_on: Option<NaiveDate>,
    pub(super) visit: Visit,
    /// At the scorer's scale.
    pub(super) points: i64,
    /// At the scorer's scale; [`NO_MONEY`] where there is none.
    pub(super) money: i64,
    /// Its number among all entries, in order.
    pub(super) number: u32,
    /// Whether its price or day leans on a day that next year's notice may change.
    pub(super) leans: bool,
}

impl Posting {
    /// Its place in the order of entries.
    // semantics §3.1
    pub(super) const fn key(&self) -> (NaiveDate, u32, u32) {
        (self.day, self.live, self.nth)
    }
}

/// What concerns one subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Of {
    /// Its records that take effect, by their places, in canonical order.
    pub(super) live: Vec<u32>,
    /// Its entries, in order.
    pub(super) postings: Vec<Posting>,
}

/// Everything that judging needs.
pub(super) struct Dossier<'a> {
    pub(super) scorer: &'a Scorer,
    pub(super) versions: Versions<'a>,
    pub(super) asked: Question<'a>,
    /// The report day.
    pub(super) as_of: NaiveDate,
    /// A record that is looked at as if it stood behind those of the question.
    beside: Option<&'a Record>,
    pub(super) people: People<'a>,
    /// The names of inspections.
    pub(super) inspections: Vec<&'a str>,
    /// The records that take effect, revocations aside, in canonical order.
    pub(super) live: Vec<Live<'a>>,
    /// By the numbers of the subjects.
    pub(super) of: Vec<Of>,
    /// The days that records and entries of anyone touch, in order, each once: of records all, of entries those up to the
    /// report day; where a tally is dated by another day, those too.
    pub(super) days: Vec<NaiveDate>,
    /// The facts, by their places.
    pub(super) facts: Vec<u32>,
    /// Which record a fact is about: the record's place, then the fact's.
    pub(super) about: Vec<(u32, u32)>,
    /// Who passed what he had to whom, on which day, in canonical order; both by number where they are known.
    pub(super) successions: Vec<(NaiveDate, u32, Option<u32>)>,
}

/// What a dossier is laid out from.
pub(super) struct Layout<'a> {
    pub(super) scorer: &'a Scorer,
    pub(super) versions: Versions<'a>,
    pub(super) asked: Question<'a>,
    pub(super) as_of: NaiveDate,
    /// A record that is looked at as if it stood behind those of the question.
    pub(super) beside: Option<&'a Record>,
    pub(super) people: People<'a>,
    pub(super) inspections: Vec<&'a str>,
    /// The records that take effect, in canonical order.
    pub(super) live: Vec<Live<'a>>,
    /// The entries, in order.
    pub(super) postings: Vec<Posting>,
    /// Which record a fact is about.
    pub(super) about: Vec<(u32, u32)>,
}

impl<'a> Dossier<'a> {
    /// Lays out records and entries by subject.
    pub(super) fn laid_out(layout: Layout<'a>) -> Self {
        let Layout { scorer, versions, asked, as_of, beside, people, inspections, live, postings, about } =
            layout;
        let days = touched(&live, &postings, &versions, as_of);
        let mut of = vec![Of::default(); people.len()];
        let (mut facts, mut successions) = (Vec::new(), Vec::new());
        for (place, one) in (0_u32..).zip(&live) {
            if let Some(of) = of.get_mut(one.subject as usize) {
                of.live.push(place);
            }
            let Matter::Fact(fact) = &one.record.matter else { continue };
            facts.push(place);
            if let Some(to) =
                fact.other.as_ref().filter(|_| fact.fact.as_str() == standard_fact::SUCCEEDED_BY)
            {
                successions.push((one.record.occurred_on, one.subject, people.number(to)));
            }
        }
        for posting in postings {
            if let Some(of) = of.get_mut(posting.subject as usize) {
                of.postings.push(posting);
            }
        }
        Self {
            scorer,
            versions,
            asked,
            as_of,
            beside,
            people,
            inspections,
            live,
            of,
            days,
            facts,
            about,
            successions,
        }
    }

    /// The record at a position in the input.
    pub(super) fn record(&self, index: u32) -> Option<&'a Record> {
        let given = self.asked.records;
        let behind = self.beside.filter(|_| given.len() == index as usize);
        given.get(index as usize).or(behind)
    }

    pub(super) fn live(&self, place: u32) -> Option<&Live<'a>> {
        self.live.get(place as usize)
    }

    pub(super) fn of(&self, subject: u32) -> Option<&Of> {
        self.of.get(subject as usize)
    }

    /// The records of a subject that take effect, in canonical order.
    pub(super) fn records_of(&self, subject: u32) -> impl DoubleEndedIterator<Item = &Live<'a>> {
        self.of(subject).into_iter().flat_map(|of| &of.live).filter_map(|place| self.live(*place))
    }

    /// The entries of a subject, in order.
    pub(super) fn postings_of(&self, subject: u32) -> &[Posting] {
        self.of(subject).map(|of| of.postings.as_slice()).unwrap_or_default()
    }

    /// The facts about a record, in canonical order.
    pub(super) fn facts_about(&self, place: u32) -> impl Iterator<Item = u32> {
        let from = self.about.partition_point(|(about, _)| *about < place);
        let run = self.about.get(from..).unwrap_or_default().iter();
        run.take_while(move |(about, _)| *about == place).map(|(_, fact)| *fact)
    }

    /// The record that a fact is about, if it takes effect.
    pub(super) fn about_of(&self, fact: u32) -> Option<u32> {
        self.live(fact).filter(|one| matches!(one.record.matter, Matter::Fact(_)))?;
        self.about.iter().find(|(_, told)| *told == fact).map(|(about, _)| *about)
    }

    /// Whether entries of all subjects depend on each other.
    pub(super) fn is_one_unit(&self) -> bool {
        self.scorer.tables.units.contains(&super::tables::Unit::OfAll)
    }

    /// Whether the record tells of a finding.
    pub(super) fn is_finding(&self, posting: &Posting) -> bool {
        self.live(posting.live).is_some_and(|live| matches!(live.record.matter, Matter::Finding(_)))
    }
}

/// The days that records and entries touch.
// semantics §6.5
fn touched(
    live: &[Live<'_>],
    postings: &[Posting],
    versions: &Versions<'_>,
    as_of: NaiveDate,
) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = Vec::new();
    let mut note = |day: NaiveDate| {
        if days.last() != Some(&day) {
            days.push(day);
        }
    };
    live.iter().for_each(|one| note(one.record.occurred_on));
    postings.iter().filter(|posting| posting.day <= as_of).for_each(|posting| note(posting.day));
    if versions.iter().flat_map(|v| v.annex.tally.iter()).any(|tally| tally.dated_by.is_some()) {
        // Tallies dated by another day than that of the act have something in the windows of those days.
        for posting in postings {
            let recorded = live.get(posting.live as usize).map(|one| one.record.known_on());
            recorded.into_iter().chain(posting.decided_on).filter(|day| *day <= as_of).for_each(&mut note);
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}
