//! A batch: from a question to everything that follows, numbers alone.

use super::{
    admit::{self, Door, Fates, Threshold},
    compile::Scorer,
    dossier::{Dossier, Layout},
    fold::{Facts, Fold, NoHeadRoom},
    judge::judged_of,
    names::{self, Names},
    people::People,
    question::Question,
    scored::Scored,
    tables::Tables,
    workers::{InTurn, Workers, cut},
};
use crate::versions::Versions;
use alloc::{collections::BTreeMap, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record};

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
        self.assess_with(question, &InTurn)
    }

    /// The same on as many threads as the workers have. The answer does not depend on how many there are.
    ///
    /// # Errors
    /// [`AssessError`].
    pub fn assess_with<'a>(
        &'a self,
        question: &Question<'a>,
        workers: &impl Workers,
    ) -> Result<Scored<'a>, AssessError> {
        let (dossier, fates) = self.dossier(question, workers)?;
        let everyone: Vec<u32> = dossier.people.in_order().collect();
        let pieces = cut(&everyone, workers.pieces(), |_, _| true);
        let apart = workers.each(pieces, |subjects| judged_of(&dossier, subjects));
        Ok(Scored::joined(dossier, admit::account(question.records, fates), apart))
    }

    /// Everything that judging needs, and what became of the records that do not take effect.
    pub(super) fn dossier<'a>(
        &'a self,
        question: &Question<'a>,
        workers: &impl Workers,
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
            let fold = Fold::new(self, question, &versions, tables, &people, &visits, &live, facts);
            let (postings, struck) = fold.postings(workers).map_err(head_room)?;
            if struck.is_empty() {
                let about = fold.facts.about;
                break (live, fates, postings, about);
            }
            refused.extend(struck);
        };
        let dossier = Dossier::laid_out(Layout {
            scorer: self,
            versions,
            asked: question.clone(),
            as_of,
            beside: None,
            people,
            inspections: visits,
            live,
            postings,
            about,
        });
        Ok((dossier, fates))
    }
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
