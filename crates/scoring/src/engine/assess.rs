//! A batch: from a question to everything that follows, numbers alone.

use super::{
    admit::{self, Door, Fates, Threshold},
    compile::Scorer,
    dossier::{Dossier, Live, Of, Posting},
    fold::{Facts, Fold, NoHeadRoom},
    names::{self, Names},
    people::People,
    question::Question,
    scored::Scored,
    tables::Tables,
};
use crate::versions::Versions;
use alloc::{collections::BTreeMap, vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record, record::standard_fact};

/// Why a question has no answer at all. What is wrong with a single record is told in the account of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssessError {
    /// 64 bits don't hold what comes of a record, or it is finer than the scorer's scale; the reference evaluator may still tell.
    #[error(
        "row {row}: 64 bits at {places} decimal places do not hold what it costs; the reference evaluator may still tell"
    )]
    HeadRoom {
        /// The position of the record, from 0.
        row: usize,
        /// How many places the scorer has.
        places: u32,
    },
    /// More records than can be numbered.
    #[error("there are more records than can be numbered; split them")]
    TooMany,
}

impl Scorer {
    /// Everything that follows from records: entries, values, tiers, consequences, places; numbers alone.
    ///
    /// The same as [`crate::assess`] says. How a number came about is told on demand: [`Scored::explain`].
    ///
    /// # Errors
    /// [`AssessError`].
    ///
    /// ```
    /// use ducha_core::Record;
    /// use ducha_rulebook::{Rulebook, Source};
    /// use ducha_scoring::engine::{Question, Scorer};
    /// let text = r#"
    /// format = 1
    /// [rulebook]
    /// id = "tiny"
    /// version = "1"
    /// title = { zh = "示例", en = "Example" }
    /// status = "draft"
    /// from = 2026-01-01
    /// point_step = 1
    /// calendar = "cn"
    /// [[clause]]
    /// id = "C-1"
    /// name = { zh = "垃圾未清", en = "refuse not cleared" }
    /// aspect = "service_quality"
    /// price = { shape = "flat", points = 2 }
    /// [[tally]]
    /// id = "month"
    /// name = { zh = "当月得分", en = "score of the month" }
    /// kind = "sum"
    /// measure = "points"
    /// subjects = ["department"]
    /// window = "month"
    /// full_marks = 100
    /// "#;
    /// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
    /// let scorer = Scorer::compile(&[book])?;
    /// let record: Record = serde_json::from_str(
    ///     r#"{"type":"finding","id":"F1","subject":"canteen","occurred_on":"2026-10-12","clause":"C-1"}"#,
    /// )?;
    /// let records = [record];
    /// let scored = scorer.assess(&Question::new(&records))?;
    /// assert_eq!(scored.tallies()[0].value.value().map(ToString::to_string).as_deref(), Some("98"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assess<'a>(&'a self, question: &Question<'a>) -> Result<Scored<'a>, AssessError> {
        let (dossier, fates) = self.dossier(question)?;
        Ok(Scored::new(dossier, admit::account(question.records, fates)))
    }

    /// Everything that judging needs, and what became of the records that do not take effect.
    pub(super) fn dossier<'a>(
        &'a self,
        question: &Question<'a>,
    ) -> Result<(Dossier<'a>, Fates), AssessError> {
        let head_room =
            |NoHeadRoom(row): NoHeadRoom| AssessError::HeadRoom { row: row as usize, places: self.scale };
        if u32::try_from(question.records.len()).map_or(true, |count| count > u32::MAX >> 1) {
            return Err(AssessError::TooMany);
        }
        let versions = Versions::known(&self.books, question.known_on);
        let all_known = versions.iter().count() == self.books.len();
        let fewer;
        let tables = if all_known {
            &self.tables
        } else {
            // INVARIANT: tables of fewer versions have no finer numbers than those of all.
            fewer =
                Tables::compile(&versions, &self.codes, self.scale).unwrap_or_else(|| self.tables.clone());
            &fewer
        };
        let as_of = report_day(question, &versions);
        let people = People::new(question.organisation, question.records, question.known_on);
        let (inspections, visits) = names::inspections(question.records);
        let names = Names { codes: &self.codes, inspections: &inspections, newcomer: None };
        let threshold = Threshold { versions: &versions, tables, names, people: &people, as_of };
        let door = Door::new(question, threshold);
        let mut refused: BTreeMap<u32, Need> = BTreeMap::new();
        let (live, fates, postings, about) = loop {
            let (mut live, fates) = door.admit(&refused);
            // Revocations have done their work: they make no window, and no day on which anything is judged.
            live.retain(|one| !matches!(one.record.matter, Matter::Revocation));
            let facts = Facts::of_all(&live, &door.ids, question.records.len());
            let fold = Fold::new(self, question, &versions, tables, &people, &live, facts);
            let (postings, struck) = fold.postings().map_err(head_room)?;
            if struck.is_empty() {
                let about = fold.facts.about;
                break (live, fates, postings, about);
            }
            refused.extend(struck);
        };
        let laid = Laid { versions, as_of, people, inspections: visits, live, postings, about };
        Ok((self.lay_out(question, laid), fates))
    }

    /// Lays out by subject what takes effect.
    pub(super) fn lay_out<'a>(&'a self, question: &Question<'a>, laid: Laid<'a>) -> Dossier<'a> {
        let Laid { versions, as_of, people, inspections, live, postings, about } = laid;
        let days = touched(&live, &postings, &versions, as_of);
        let mut of = vec![Of::default(); people.len()];
        for (place, one) in (0_u32..).zip(&live) {
            if let Some(of) = of.get_mut(one.subject as usize) {
                of.live.push(place);
            }
        }
        for posting in postings {
            if let Some(of) = of.get_mut(posting.subject as usize) {
                of.postings.push(posting);
            }
        }
        let successions = live.iter().filter_map(|one| match &one.record.matter {
            Matter::Fact(fact) if fact.fact.as_str() == standard_fact::SUCCEEDED_BY => {
                let to = fact.other.as_ref()?;
                Some((one.record.occurred_on, one.subject, people.number(to)))
            }
            _ => None,
        });
        let successions = successions.collect();
        let is_fact = |place: &u32| {
            live.get(*place as usize).is_some_and(|one| matches!(one.record.matter, Matter::Fact(_)))
        };
        let facts = (0_u32..).zip(&live).map(|(place, _)| place).filter(is_fact).collect();
        Dossier {
            scorer: self,
            versions,
            asked: question.clone(),
            as_of,
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
}

/// What takes effect, before it is laid out by subject.
pub(super) struct Laid<'a> {
    pub(super) versions: Versions<'a>,
    pub(super) as_of: NaiveDate,
    pub(super) people: People<'a>,
    pub(super) inspections: Vec<&'a str>,
    pub(super) live: Vec<Live<'a>>,
    /// In order, each with its number.
    pub(super) postings: Vec<Posting>,
    pub(super) about: Vec<(u32, u32)>,
}

/// The report day: as asked, else the period's last day, else the day of the latest record that is known and lies in a version.
// semantics §0
pub(super) fn report_day(question: &Question<'_>, versions: &Versions<'_>) -> NaiveDate {
    let known = |record: &&Record| question.known_on.is_none_or(|known_on| record.known_on() <= known_on);
    let latest = || {
        let mut latest: Option<NaiveDate> = None;
        for day in question.records.iter().filter(known).map(|record| record.occurred_on) {
            if latest.is_none_or(|latest| latest < day) && versions.in_force(day).is_some() {
                latest = Some(day);
            }
        }
        latest
    };
    question.as_of.or_else(|| question.period.map(|p| p.last_day())).or_else(latest).unwrap_or_default()
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
