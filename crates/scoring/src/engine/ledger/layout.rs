//! A ledger laid out for judging, as it stands or as it would stand with one more record: all of it, or what bears on a few.

use super::{state::Mark, view::View};
use crate::{
    engine::{
        dossier::{Dossier, Layout, Live, NONE, Posting},
        fold::{self, Draft, Facts},
        people::People,
        question::Question,
    },
    versions::Versions,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{Matter, Record};

impl<'v> View<'v> {
    /// Lays out what bears on some subjects for judging, or everything.
    pub(super) fn dossier(&self, question: &Question<'v>, whole: Option<&BTreeSet<u32>>) -> Dossier<'v> {
        let ledger = self.ledger;
        let people = self.people();
        let numbers: Vec<u32> = self.ids().map(|id| people.number(id).unwrap_or(NONE)).collect();
        let (mut live, drafts): (Vec<Live<'v>>, Vec<&Draft>) = match whole {
            Some(whole) => {
                let drafts = self.drafts_of(whole);
                let rows = self.rows_of(whole, &drafts);
                (rows.iter().filter_map(|row| self.laid(*row, &numbers)).collect(), drafts)
            }
            None => {
                let count = ledger.records.len().saturating_add(usize::from(self.beside().is_some()));
                let rows = (0_u32..).take(count);
                (rows.filter_map(|row| self.laid(row, &numbers)).collect(), self.drafts().collect())
            }
        };
        // Mostly they come in order.
        live.sort_by(|a, b| a.record.canonical_key().cmp(&b.record.canonical_key()));
        let places = Places::of(&live, whole.is_none().then_some(ledger.records.len()));
        let postings = drafts.into_iter().map(|draft| Posting {
            live: places.of_row(draft.posting.live),
            subject: numbers.get(draft.posting.subject as usize).copied().unwrap_or(NONE),
            ..draft.posting
        });
        let mut postings: Vec<Posting> = postings.collect();
        fold::order(&mut postings);
        self.laid_out(question, people, live, postings)
    }

    /// Nobody's records and entries, but the days that they touch.
    pub(super) fn shell(&self, question: &Question<'v>, days: &[NaiveDate]) -> Dossier<'v> {
        let mut dossier = self.laid_out(question, self.people(), Vec::new(), Vec::new());
        dossier.days = days.to_vec();
        dossier
    }

    fn laid_out(
        &self,
        question: &Question<'v>,
        people: People<'v>,
        live: Vec<Live<'v>>,
        postings: Vec<Posting>,
    ) -> Dossier<'v> {
        Dossier::laid_out(Layout {
            scorer: &self.ledger.scorer,
            versions: Versions::known(&self.ledger.scorer.books, None),
            as_of: self.ledger.report_day(question),
            asked: question.clone(),
            beside: self.beside(),
            people,
            inspections: self.inspections().collect(),
            about: Facts::of_few(&live, |id| self.row_of(id)).about,
            live,
            postings,
        })
    }

    /// The row as reckoning sees it, with the subject's number in an answer; nothing where it does not take effect.
    fn laid(&self, index: u32, numbers: &[u32]) -> Option<Live<'v>> {
        let row = self.row(index).filter(|row| row.mark == Mark::Live)?;
        let record = self.record(index)?;
        let subject = numbers.get(row.subject as usize).copied().unwrap_or(NONE);
        let is_revocation = matches!(record.matter, Matter::Revocation);
        (!is_revocation).then(|| Live { subject, ..row.as_live(index, record) })
    }

    /// The days that records and entries of anyone touch, up to the report day where it is entries: windows that others touch
    /// are looked at, too.
    pub(super) fn days(&self, as_of: NaiveDate) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut note = |day: NaiveDate| {
            if days.last() != Some(&day) {
                days.push(day);
            }
        };
        for (day, row) in self.chains().flat_map(|chain| &chain.rows) {
            if self.is_live(*row) {
                note(*day);
            }
        }
        let others = self.all_others().filter(|row| self.is_live(*row)).filter_map(|row| self.record(row));
        others.for_each(|record| note(record.occurred_on));
        for draft in self.drafts() {
            let posting = &draft.posting;
            if posting.day <= as_of {
                note(posting.day);
            }
            if self.ledger.rules.dated {
                let recorded = self.record(posting.live).map(Record::known_on);
                let both = recorded.into_iter().chain(posting.decided_on);
                both.filter(|day| *day <= as_of).for_each(&mut note);
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// The places of rows among those that are laid out.
enum Places {
    /// Of all rows.
    All(Vec<u32>),
    /// Of a few: the row, then its place.
    Few(BTreeMap<u32, u32>),
}

impl Places {
    fn of(live: &[Live<'_>], rows: Option<usize>) -> Self {
        let told = (0_u32..).zip(live).map(|(place, one)| (one.index, place));
        match rows {
            None => Self::Few(told.collect()),
            Some(rows) => {
                let mut places = alloc::vec![NONE; rows.saturating_add(1)];
                for (row, place) in told {
                    if let Some(of) = places.get_mut(row as usize) {
                        *of = place;
                    }
                }
                Self::All(places)
            }
        }
    }

    fn of_row(&self, row: u32) -> u32 {
        let found = match self {
            Self::All(places) => places.get(row as usize),
            Self::Few(places) => places.get(&row),
        };
        found.copied().unwrap_or(NONE)
    }
}
