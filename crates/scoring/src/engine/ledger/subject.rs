//! One subject by itself: its values and tiers, judged from what bears on it alone.

use super::{Ledger, index::How, state::Mark};
use crate::{
    assessment::{Entry, IndexStanding, Standing, TallyStanding},
    engine::{
        dossier::{Dossier, Layout, Live, NONE, Posting},
        fold::{self, Draft, Facts},
        judge::judged_of,
    },
    versions::Versions,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{Matter, Record, SubjectId, record::standard_fact};
use ducha_rulebook::annex::index::Over;

/// What follows for one subject. What fires on it, and its places in rankings, depend on all subjects: they are told by
/// [`Ledger::scored`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSubject {
    /// What each record cost or earned it, numbered by themselves.
    pub entries: Vec<Entry<()>>,
    /// What was accumulated.
    pub tallies: Vec<TallyStanding<()>>,
    /// Composite scores.
    pub indexes: Vec<IndexStanding<()>>,
    /// Tiers.
    pub standings: Vec<Standing<()>>,
}

impl Ledger {
    /// The entries, values and tiers of one subject, as [`Ledger::scored`] tells them. Only what bears on it is laid out and
    /// judged: its own records, those of its members and predecessors where rules ask for them, and facts about any of these.
    /// Days are looked over in all records, for windows that others touch are shown, too. Nothing where nobody knows it.
    #[must_use]
    pub fn subject(&self, subject: &SubjectId) -> Option<OfSubject> {
        let question = self.question();
        let people = self.people();
        let number = people.number(subject)?;
        let kept = self.number(subject)?;
        let numbers = self.numbers(&people);
        let whole = self.bearing(kept, &people);
        let drafts = || self.drafts().filter(|draft| whole.contains(&draft.posting.subject));
        let rows = self.rows_of(&whole, drafts());
        let mut live: Vec<Live<'_>> = rows.iter().filter_map(|row| self.laid(*row, &numbers)).collect();
        live.sort_by(|a, b| a.record.canonical_key().cmp(&b.record.canonical_key()));
        let places: BTreeMap<u32, u32> =
            (0_u32..).zip(&live).map(|(place, one)| (one.index, place)).collect();
        let postings = drafts().map(|draft| Posting {
            live: places.get(&draft.posting.live).copied().unwrap_or(NONE),
            subject: numbers.get(draft.posting.subject as usize).copied().unwrap_or(NONE),
            ..draft.posting
        });
        let mut postings: Vec<Posting> = postings.collect();
        fold::order(&mut postings);
        let mut dossier = Dossier::laid_out(Layout {
            scorer: &self.scorer,
            asked: question,
            versions: Versions::known(&self.scorer.books, None),
            as_of: self.state.as_of.unwrap_or_default(),
            people,
            inspections: self.state.inspections.texts().collect(),
            about: Facts::of_few(&live, |id| self.state.index.row(&self.records, id)).about,
            live,
            postings,
        });
        self.see_days(&mut dossier);
        let apart = judged_of(&dossier, &[number]);
        let entries = dossier.postings_of(number).iter().filter_map(|posting| dossier.entry(posting));
        Some(OfSubject {
            entries: (0..).zip(entries).map(|(number, entry)| Entry { number, ..entry }).collect(),
            tallies: apart.tallies,
            indexes: apart.indexes,
            standings: apart.standings,
        })
    }

    /// All entries that are kept.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.state.chains.iter().map(|chain| &chain.drafts).chain(self.state.loose.values()).flatten()
    }

    /// The row as reckoning sees it, with the subject's number in an answer; nothing where it does not take effect.
    pub(super) fn laid(&self, index: u32, numbers: &[u32]) -> Option<Live<'_>> {
        let row = self.state.rows.get(index as usize).filter(|row| row.mark == Mark::Live)?;
        let record = self.records.get(index as usize)?;
        let subject = numbers.get(row.subject as usize).copied().unwrap_or(NONE);
        let is_revocation = matches!(record.matter, Matter::Revocation);
        (!is_revocation).then(|| Live { subject, ..row.as_live(index, record) })
    }

    /// The subjects of which everything bears on one.
    fn bearing(&self, subject: u32, people: &crate::engine::people::People<'_>) -> BTreeSet<u32> {
        let annexes = || self.scorer.books.iter().map(ducha_rulebook::Rulebook::annex);
        let inherits = annexes().flat_map(|annex| &annex.tally).any(|tally| tally.inherit);
        let members = annexes().flat_map(|annex| &annex.index).any(|index| index.over == Some(Over::Members));
        let ids = self.state.directory.ids();
        let mut whole = BTreeSet::from([subject]);
        let mut open = alloc::vec![subject];
        while let Some(next) = open.pop() {
            let Some(id) = ids.get(next as usize) else { continue };
            let mut more: Vec<u32> = Vec::new();
            if inherits {
                // Whoever passed anything on: the days of all of them are looked at (semantics §9.6).
                let passes = |record: &&Record| match &record.matter {
                    Matter::Fact(fact) => fact.fact.as_str() == standard_fact::SUCCEEDED_BY,
                    _ => false,
                };
                let successions = self.general_facts().filter(passes);
                more.extend(successions.filter_map(|record| self.number(&record.subject)));
            }
            if members && let Some(unit) = people.number(id) {
                let ever = people.members_ever(unit);
                more.extend(ever.into_iter().filter_map(|one| self.number(people.id(one)?)));
            }
            open.extend(more.into_iter().filter(|one| whole.insert(*one)));
        }
        whole
    }

    /// The facts that are told of everybody, or pass things on.
    fn general_facts(&self) -> impl Iterator<Item = &Record> {
        self.state.general.iter().filter_map(|row| self.records.get(*row as usize))
    }

    /// The rows that bear on some subjects: theirs, those of which they bear a part, and facts about any of these.
    fn rows_of<'d>(&self, whole: &BTreeSet<u32>, drafts: impl Iterator<Item = &'d Draft>) -> BTreeSet<u32> {
        let mut rows: BTreeSet<u32> = drafts.map(|draft| draft.posting.live).collect();
        for subject in whole {
            rows.extend(self.state.chains_of(*subject).flat_map(|chain| &chain.rows).map(|(_, row)| *row));
            rows.extend(self.state.others.get(subject).into_iter().flatten());
        }
        let told: Vec<u32> = rows
            .iter()
            .filter_map(|row| self.records.get(*row as usize))
            .flat_map(|record| {
                let found = self.state.index.find(&self.records, &record.id);
                let links = found.into_iter().flat_map(|found| self.state.index.links(found));
                let facts = links.filter(|link| link.how == How::Tells).map(|link| link.from);
                let about = match &record.matter {
                    Matter::Fact(fact) => fact.refers_to.as_ref(),
                    _ => None,
                };
                facts.chain(about.and_then(|id| self.state.index.row(&self.records, id))).collect::<Vec<_>>()
            })
            .collect();
        rows.extend(told);
        rows.extend(&self.state.general);
        rows
    }

    /// The days that records and entries of anyone touch: windows that others touch are looked at, too.
    fn see_days(&self, dossier: &mut Dossier<'_>) {
        let as_of = dossier.as_of;
        let versions = self.scorer.books.iter().map(ducha_rulebook::Rulebook::annex);
        let dated = versions.flat_map(|annex| &annex.tally).any(|tally| tally.dated_by.is_some());
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut note = |day: NaiveDate| {
            if days.last() != Some(&day) {
                days.push(day);
            }
        };
        for chain in &self.state.chains {
            for (day, row) in &chain.rows {
                if self.state.rows.get(*row as usize).is_some_and(|row| row.mark == Mark::Live) {
                    note(*day);
                }
            }
        }
        let live = |row: &&u32| self.state.rows.get(**row as usize).is_some_and(|row| row.mark == Mark::Live);
        let others = self.state.others.values().flatten().filter(live);
        others.filter_map(|row| self.records.get(*row as usize)).for_each(|record| note(record.occurred_on));
        for draft in self.drafts() {
            let posting = &draft.posting;
            if posting.day <= as_of {
                note(posting.day);
            }
            if dated {
                let recorded = self.records.get(posting.live as usize).map(Record::known_on);
                recorded
                    .into_iter()
                    .chain(posting.decided_on)
                    .filter(|day| *day <= as_of)
                    .for_each(&mut note);
            }
        }
        days.sort_unstable();
        days.dedup();
        dossier.days = days;
    }
}

/// Whether a fact is told of everybody, or passes things on.
pub(super) fn is_general(record: &Record) -> bool {
    match &record.matter {
        Matter::Fact(fact) => {
            matches!(fact.fact.as_str(), standard_fact::MINIMUM_WAGE | standard_fact::SUCCEEDED_BY)
        }
        _ => false,
    }
}
