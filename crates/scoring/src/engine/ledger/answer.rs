//! What a ledger answers: everything, or one running total.

use super::Ledger;
use crate::{
    assessment::Account,
    engine::{
        admit,
        assess::{AssessError, report_day},
        dossier::{Dossier, Layout, Live, NONE, Posting},
        fold::{self, Facts},
        people::People,
        question::Question,
        scored::Scored,
    },
    versions::Versions,
};
use alloc::{vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Points, SubjectId, TallyId};

impl Ledger {
    /// Everything that follows from the records, without reckoning entries again.
    #[must_use]
    pub fn scored(&self) -> Scored<'_> {
        let question = self.question();
        Scored::new(self.dossier(&question), self.account())
    }

    /// The answer to another question: its period, report day, first complete day, day of knowledge and shapes; records and
    /// organisation are the ledger's. Entries are reckoned again where it asks for an earlier day of knowledge, for a report
    /// day that leaves records out of scope, or brings shapes: then it costs what a batch costs.
    ///
    /// # Errors
    /// [`AssessError`], where entries are reckoned again.
    pub fn assess<'a>(&'a self, asked: &Question<'a>) -> Result<Scored<'a>, AssessError> {
        let question =
            Question { records: &self.records, organisation: self.organisation(), ..asked.clone() };
        if self.serves(&question) {
            Ok(Scored::new(self.dossier(&question), self.account()))
        } else {
            self.scorer.assess(&question)
        }
    }

    /// What became of every row.
    #[must_use]
    pub fn account(&self) -> Account {
        admit::account(&self.records, self.state.fates(&self.records))
    }

    /// What a plain tally holds of a subject in the window that holds a day, at once: a sum of points or findings over civil
    /// days by the day of the act, of a single version, without awards, ages, succession and a veto on the tally. Nothing for
    /// other tallies, for subjects that nobody knows, and where 64 bits don't hold the sum.
    #[must_use]
    pub fn total(&self, subject: &SubjectId, tally: &TallyId, day: NaiveDate) -> Option<Points> {
        self.state.totals.value(self.number(subject)?, tally, day)
    }

    pub(super) fn question(&self) -> Question<'_> {
        Question { organisation: self.organisation(), ..Question::new(&self.records) }
    }

    /// Whether the entries that are kept are those of the question.
    fn serves(&self, question: &Question<'_>) -> bool {
        if question.known_on.is_some() || !question.shapes.is_empty() {
            return false;
        }
        let Some(as_of) = question.as_of.or_else(|| question.period.map(|period| period.last_day())) else {
            return true;
        };
        let latest = self.records.iter().map(|record| record.occurred_on).max();
        self.state.as_of == Some(as_of) || !self.state.waiting && latest.is_none_or(|latest| latest <= as_of)
    }

    /// The subjects, numbered as an answer numbers them.
    pub(super) fn people(&self) -> People<'_> {
        match self.organisation() {
            Some(organisation) => People::new(Some(organisation), &[], None),
            None => People::of(None, self.state.directory.ids().iter().collect()),
        }
    }

    /// The numbers in an answer, by those of the ledger.
    pub(super) fn numbers(&self, people: &People<'_>) -> Vec<u32> {
        self.state.directory.ids().iter().map(|id| people.number(id).unwrap_or(NONE)).collect()
    }

    /// Lays out what is kept, for judging.
    pub(super) fn dossier<'a>(&'a self, question: &Question<'a>) -> Dossier<'a> {
        let versions = Versions::known(&self.scorer.books, None);
        let as_of = report_day(question, &versions);
        let state = &self.state;
        let people = self.people();
        let numbers = self.numbers(&people);
        let rows = (0_u32..).take(self.records.len());
        let mut live: Vec<Live<'a>> = rows.filter_map(|row| self.laid(row, &numbers)).collect();
        // Mostly they come in order.
        live.sort_by(|a, b| a.record.canonical_key().cmp(&b.record.canonical_key()));
        let mut places: Vec<u32> = vec![NONE; self.records.len()];
        for (place, one) in (0_u32..).zip(&live) {
            if let Some(of) = places.get_mut(one.index as usize) {
                *of = place;
            }
        }
        let postings = self.drafts().map(|draft| Posting {
            live: places.get(draft.posting.live as usize).copied().unwrap_or(NONE),
            subject: numbers.get(draft.posting.subject as usize).copied().unwrap_or(NONE),
            ..draft.posting
        });
        let mut postings: Vec<Posting> = postings.collect();
        fold::order(&mut postings);
        let about = Facts::of_few(&live, |id| state.index.row(&self.records, id)).about;
        let inspections = state.inspections.texts().collect();
        Dossier::laid_out(Layout {
            scorer: &self.scorer,
            versions,
            asked: question.clone(),
            as_of,
            people,
            inspections,
            live,
            postings,
            about,
        })
    }
}
