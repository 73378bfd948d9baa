//! A ledger as it stands, or as it would stand with one more record, told without adding it.

use super::{
    Ledger,
    index::How,
    plan::Plan,
    reckon::{How as Becomes, Redone},
    state::{Chain, Mark, Row},
    subject::is_general,
};
use crate::engine::{dossier::NONE, fold::Draft, names, people::People};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use ducha_core::{InspectionId, Matter, Record, RecordId, SubjectId, record::standard_fact};

/// A ledger, as it stands or with one more record.
pub(super) struct View<'v> {
    pub(super) ledger: &'v Ledger,
    with: Option<With<'v>>,
}

/// One more record, and what it would change.
struct With<'v> {
    record: &'v Record,
    /// Its position, behind all others.
    number: u32,
    row: Row,
    /// Rows that would fare otherwise.
    marks: BTreeMap<u32, Mark>,
    /// Units that would be other, by subject and unit.
    chains: BTreeMap<(u32, u32), Chain>,
    /// What facts about no record would bring upon leaders.
    loose: BTreeMap<u32, &'v [Draft]>,
    /// The subject, where it has no number yet.
    newcomer: Option<&'v SubjectId>,
    /// The inspection, where it has no number yet.
    inspection: Option<&'v InspectionId>,
}

impl<'v> View<'v> {
    /// The ledger as it stands.
    pub(super) const fn of(ledger: &'v Ledger) -> Self {
        Self { ledger, with: None }
    }

    /// The ledger as it would stand, if the plan of the record were carried out.
    pub(super) fn with(ledger: &'v Ledger, record: &'v Record, number: u32, plan: &'v Plan) -> Self {
        let state = &ledger.state;
        let mut with = With {
            record,
            number,
            row: plan.row,
            marks: plan.turned.iter().map(|turn| (turn.row, turn.mark)).collect(),
            chains: BTreeMap::new(),
            loose: plan.loose.iter().map(|(fact, drafts)| (*fact, drafts.as_slice())).collect(),
            newcomer: Some(&record.subject).filter(|_| plan.is_newcomer),
            inspection: names::named(record).filter(|id| state.inspections.number(id.as_str()).is_none()),
        };
        for redone in plan.chains.iter() {
            with.redo(ledger, redone);
        }
        Self { ledger, with: Some(with) }
    }

    /// The record of a row.
    pub(super) fn record(&self, row: u32) -> Option<&'v Record> {
        match &self.with {
            Some(with) if with.number == row => Some(with.record),
            _ => self.ledger.records.get(row as usize),
        }
    }

    /// What became of a row.
    pub(super) fn row(&self, row: u32) -> Option<Row> {
        let with = self.with.as_ref();
        let mut known = match with.filter(|with| with.number == row) {
            Some(with) => with.row,
            None => *self.ledger.state.rows.get(row as usize)?,
        };
        if let Some(mark) = with.and_then(|with| with.marks.get(&row)) {
            known.mark = *mark;
        }
        Some(known)
    }

    pub(super) fn is_live(&self, row: u32) -> bool {
        self.row(row).is_some_and(|row| row.mark == Mark::Live)
    }

    /// The row that stands for an id.
    pub(super) fn row_of(&self, id: &RecordId) -> Option<u32> {
        let known = self.ledger.state.index.row(&self.ledger.records, id);
        known.or_else(|| self.with.as_ref().filter(|with| with.record.id == *id).map(|with| with.number))
    }

    /// The number of a subject.
    pub(super) fn number(&self, id: &SubjectId) -> Option<u32> {
        let next = || u32::try_from(self.ledger.state.directory.ids().len()).ok();
        let is_newcomer = || self.with.as_ref().is_some_and(|with| with.newcomer == Some(id));
        self.ledger.number(id).or_else(|| next().filter(|_| is_newcomer()))
    }

    /// The subjects by their numbers.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'v SubjectId> {
        let newcomer = self.with.as_ref().and_then(|with| with.newcomer);
        self.ledger.state.directory.ids().iter().chain(newcomer)
    }

    /// The subjects, numbered as an answer numbers them.
    pub(super) fn people(&self) -> People<'v> {
        match self.ledger.organisation() {
            Some(organisation) => People::new(Some(organisation), &[], None),
            None => People::of(None, self.ids().collect()),
        }
    }

    /// The units with their rows and entries.
    pub(super) fn chains(&self) -> impl Iterator<Item = &Chain> {
        let state = &self.ledger.state;
        let is_new = |chain: &&Chain| state.chain_number(chain.subject, chain.unit).is_none();
        let new = self.with.iter().flat_map(|with| with.chains.values());
        state.chains.iter().map(|chain| self.changed(chain)).chain(new.filter(is_new))
    }

    /// The units of a subject.
    fn chains_of(&self, subject: u32) -> impl Iterator<Item = &Chain> {
        let state = &self.ledger.state;
        let is_new = |chain: &&Chain| state.chain_number(chain.subject, chain.unit).is_none();
        let of_subject = (subject, 0)..=(subject, u32::MAX);
        let new = self.with.iter().flat_map(move |with| with.chains.range(of_subject.clone()));
        let new = new.map(|(_, chain)| chain).filter(is_new);
        state.chains_of(subject).map(|chain| self.changed(chain)).chain(new)
    }

    /// The unit in which a row makes entries.
    pub(super) fn chain_about(&self, row: u32) -> Option<&Chain> {
        let known = self.row(row).filter(|row| row.unit != NONE)?;
        self.chain(known.subject, known.unit)
    }

    /// A unit of a subject.
    pub(super) fn chain(&self, subject: u32, unit: u32) -> Option<&Chain> {
        self.chains_of(subject).find(|chain| chain.unit == unit)
    }

    /// A unit, as it would be.
    fn changed<'c>(&'c self, chain: &'c Chain) -> &'c Chain {
        let changed = self.with.as_ref().and_then(|with| with.chains.get(&(chain.subject, chain.unit)));
        changed.unwrap_or(chain)
    }

    /// All entries.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &Draft> {
        let would = |fact: &u32| self.with.as_ref().is_some_and(|with| with.loose.contains_key(fact));
        let known = self.ledger.state.loose.iter().filter(move |(fact, _)| !would(fact));
        let known = known.flat_map(|(_, drafts)| drafts);
        let new = self.with.iter().flat_map(|with| with.loose.values()).copied().flatten();
        self.chains().flat_map(|chain| &chain.drafts).chain(known).chain(new)
    }

    /// The entries of some subjects.
    pub(super) fn drafts_of(&self, whose: &BTreeSet<u32>) -> Vec<&Draft> {
        // Where nothing falls on others, what is in a subject's units is its own, and there is nothing else.
        if self.ledger.rules.charges || self.ledger.rules.across {
            self.drafts().filter(|draft| whose.contains(&draft.posting.subject)).collect()
        } else {
            whose.iter().flat_map(|one| self.chains_of(*one)).flat_map(|chain| &chain.drafts).collect()
        }
    }

    /// The sound rows of a subject that make no entries by themselves.
    fn others(&self, subject: u32) -> impl Iterator<Item = u32> {
        let known = self.ledger.state.others.get(&subject).into_iter().flatten().copied();
        let is_mine = move |with: &&With<'v>| with.is_other() && with.row.subject == subject;
        known.chain(self.with.as_ref().filter(is_mine).map(|with| with.number))
    }

    /// The sound rows of anyone that make no entries by themselves.
    pub(super) fn all_others(&self) -> impl Iterator<Item = u32> {
        let new = self.with.as_ref().filter(|with| with.is_other()).map(|with| with.number);
        self.ledger.state.others.values().flatten().copied().chain(new)
    }

    /// The record beside the ledger.
    pub(super) fn beside(&self) -> Option<&'v Record> {
        self.with.as_ref().map(|with| with.record)
    }

    /// The names of inspections, by their numbers.
    pub(super) fn inspections(&self) -> impl Iterator<Item = &'v str> {
        let new = self.with.as_ref().and_then(|with| with.inspection).map(InspectionId::as_str);
        self.ledger.state.inspections.texts().chain(new)
    }

    /// The facts that are told of everybody, or pass things on.
    fn general(&self) -> impl Iterator<Item = u32> {
        let is_one = |with: &&With<'v>| with.is_other() && is_general(with.record);
        let new = self.with.as_ref().filter(is_one).map(|with| with.number);
        self.ledger.state.general.iter().copied().chain(new)
    }

    /// Those who passed anything on.
    pub(super) fn passers(&self) -> impl Iterator<Item = u32> {
        let records = self.general().filter_map(|row| self.record(row));
        let passes = |record: &&Record| match &record.matter {
            Matter::Fact(fact) => fact.fact.as_str() == standard_fact::SUCCEEDED_BY,
            _ => false,
        };
        records.filter(passes).filter_map(|record| self.number(&record.subject))
    }

    /// The rows of facts that are about a record.
    fn told_about(&self, id: &RecordId) -> Vec<u32> {
        let index = &self.ledger.state.index;
        let found = index.find(&self.ledger.records, id);
        let links = found.into_iter().flat_map(|found| index.links(found));
        let mut facts: Vec<u32> = links.filter(|link| link.how == How::Tells).map(|link| link.from).collect();
        if let Some(with) = self.with.as_ref().filter(|with| with.row.is_unique())
            && refers_to(with.record) == Some(id)
        {
            facts.push(with.number);
        }
        facts
    }

    /// The subjects of which everything bears on some: themselves, their members, and whoever passed anything on.
    pub(super) fn bearing(&self, subjects: &BTreeSet<u32>, people: &People<'v>) -> BTreeSet<u32> {
        let rules = &self.ledger.rules;
        let mut whole = subjects.clone();
        let mut open: Vec<u32> = subjects.iter().copied().collect();
        if rules.inherits {
            // The days of all of them are looked at (semantics §9.6).
            open.extend(self.passers().filter(|one| whole.insert(*one)));
        }
        while let Some(next) = open.pop().filter(|_| rules.members) {
            let unit = self.ids().nth(next as usize).and_then(|id| people.number(id));
            let ever = unit.map(|unit| people.members_ever(unit)).unwrap_or_default();
            let more = ever.into_iter().filter_map(|one| self.number(people.id(one)?));
            open.extend(more.filter(|one| whole.insert(*one)));
        }
        whole
    }

    /// The rows that bear on some subjects: theirs, those of which they bear a part, and facts about any of these.
    pub(super) fn rows_of(&self, whole: &BTreeSet<u32>, drafts: &[&Draft]) -> BTreeSet<u32> {
        let mut rows: BTreeSet<u32> = drafts.iter().map(|draft| draft.posting.live).collect();
        for subject in whole {
            rows.extend(self.chains_of(*subject).flat_map(|chain| &chain.rows).map(|(_, row)| *row));
            rows.extend(self.others(*subject));
        }
        let mut told: Vec<u32> = Vec::new();
        for record in rows.iter().filter_map(|row| self.record(*row)) {
            told.extend(self.told_about(&record.id));
            told.extend(refers_to(record).and_then(|id| self.row_of(id)));
        }
        // What the end of a window brought is settled by a fact about the consequence.
        told.extend(self.ledger.rules.consequences.iter().flat_map(|id| self.told_about(id)));
        rows.extend(told);
        rows.extend(self.general());
        rows
    }
}

impl<'v> With<'v> {
    /// Notes what a unit becomes.
    fn redo(&mut self, ledger: &Ledger, redone: &'v Redone) {
        let state = &ledger.state;
        let key = (redone.subject, redone.unit);
        let number = state.chain_number(redone.subject, redone.unit);
        let known = number.and_then(|number| state.chains.get(number as usize));
        let chain = match &redone.how {
            Becomes::Followed { at, came, changed } => {
                let mut chain = known.cloned().unwrap_or_else(|| Chain::empty(redone.subject, redone.unit));
                chain.splice(*at, *came, changed.iter().copied(), |_, _| ());
                chain
            }
            Becomes::Whole(whole) => {
                for (_, row) in &whole.chain.rows {
                    let is_struck = whole.struck.contains_key(row);
                    let was_struck =
                        state.rows.get(*row as usize).is_some_and(|row| row.mark == Mark::Struck);
                    if is_struck || was_struck {
                        self.marks.insert(*row, if is_struck { Mark::Struck } else { Mark::Live });
                    }
                }
                whole.chain.clone()
            }
        };
        self.chains.insert(key, chain);
    }

    /// Whether the record is sound and makes no entries by itself.
    fn is_other(&self) -> bool {
        self.row.is_sound() && self.row.unit == NONE && !matches!(self.record.matter, Matter::Revocation)
    }
}

/// The record that a fact is about.
pub(super) fn refers_to(record: &Record) -> Option<&RecordId> {
    match &record.matter {
        Matter::Fact(fact) => fact.refers_to.as_ref(),
        _ => None,
    }
}
