//! What a ledger answers: everything, or one running total.

use super::{Ledger, view::View};
use crate::{
    assessment::Account,
    engine::{admit, assess::AssessError, dossier::Dossier, question::Question, scored::Scored},
};
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

    /// The report day of a question that asks for no day of knowledge.
    // semantics §0
    pub(super) fn report_day(&self, question: &Question<'_>) -> NaiveDate {
        let last = question.period.map(|period| period.last_day());
        question.as_of.or(last).or(self.state.as_of).unwrap_or_default()
    }

    /// Whether the entries that are kept are those of the question.
    pub(super) fn serves(&self, question: &Question<'_>) -> bool {
        if question.known_on.is_some() || !question.shapes.is_empty() {
            return false;
        }
        let Some(as_of) = question.as_of.or_else(|| question.period.map(|period| period.last_day())) else {
            return true;
        };
        // Of the days that lie in a version the latest is kept; whoever waits lies in none.
        self.state.as_of == Some(as_of)
            || !self.state.waiting && self.state.as_of.is_none_or(|latest| latest <= as_of)
    }

    /// Lays out what is kept, for judging.
    fn dossier<'a>(&'a self, question: &Question<'a>) -> Dossier<'a> {
        View::of(self).dossier(question, None)
    }
}
