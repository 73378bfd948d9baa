//! What a ledger keeps beside its records: what became of each row, and the entries, unit by unit.

use super::{index::Index, subject::is_general, total::Totals};
use crate::{
    assessment::Fate,
    engine::{
        admit::Fates,
        codes::Codes,
        dossier::{Live, NONE, Posting, Visit},
        fold::Draft,
        people::Directory,
    },
    refusal,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It takes effect.
    Live,
    /// It repeats another to the letter.
    Duplicate,
    /// Another row has its id and tells something else.
    Conflict,
    /// It was taken back by the row in [`Row::by`].
    Taken(Fate),
    /// It is refused or out of scope before it has a price; the reason is kept apart.
    Told,
    /// It was refused when it was priced; the reason is kept apart.
    Struck,
}

/// A row, by its position among the records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) mark: Mark,
    /// Who took it back.
    pub(super) by: u32,
    pub(super) subject: u32,
    pub(super) version: u32,
    pub(super) clause: u32,
    pub(super) visit: Visit,
    /// The unit in which it makes entries; [`NONE`] where it makes none by itself.
    pub(super) unit: u32,
}

impl Row {
    /// A row that does not take effect.
    pub(super) const fn idle(mark: Mark) -> Self {
        Self {
            mark,
            by: NONE,
            subject: NONE,
            version: NONE,
            clause: NONE,
            visit: Visit::Alone(NONE),
            unit: NONE,
        }
    }

    /// A row that takes effect.
    pub(super) const fn live(one: &Live<'_>, unit: Option<u32>) -> Self {
        Self {
            mark: Mark::Live,
            by: NONE,
            subject: one.subject,
            version: one.version,
            clause: one.clause,
            visit: one.visit,
            unit: match unit {
                Some(unit) => unit,
                None => NONE,
            },
        }
    }

    /// Whether the row was examined and found sound: then it takes effect unless it is taken back or refused by its price.
    pub(super) const fn is_sound(&self) -> bool {
        self.subject != NONE
    }

    /// Whether it stands for its id.
    pub(super) const fn is_unique(&self) -> bool {
        !matches!(self.mark, Mark::Duplicate | Mark::Conflict)
    }

    /// The record as reckoning sees it.
    pub(super) const fn as_live<'a>(&self, index: u32, record: &'a Record) -> Live<'a> {
        Live {
            record,
            index,
            version: self.version,
            subject: self.subject,
            clause: self.clause,
            visit: self.visit,
        }
    }
}

/// The records of one unit of one subject, and their entries.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub(super) subject: u32,
    pub(super) unit: u32,
    /// The rows with their days, in canonical order; those that were refused by their price are among them.
    pub(super) rows: Vec<(NaiveDate, u32)>,
    /// The entries; `live` is the row.
    pub(super) drafts: Vec<Draft>,
    /// Whether each row has one entry, in the same order, and no fact bears on any: then changes can be followed.
    pub(super) plain: bool,
}

impl Chain {
    /// A unit without records.
    pub(super) const fn empty(subject: u32, unit: u32) -> Self {
        Self { subject, unit, rows: Vec::new(), drafts: Vec::new(), plain: true }
    }

    /// One entry comes in or falls out, and some are other than before; each is noted, as it was and as it is.
    pub(super) fn splice(
        &mut self,
        at: usize,
        came: Option<((NaiveDate, u32), Draft)>,
        changed: impl Iterator<Item = (usize, Draft)>,
        mut note: impl FnMut(Option<&Posting>, Option<&Posting>),
    ) {
        let Self { rows, drafts, plain, .. } = self;
        *plain = true;
        for (place, draft) in changed {
            if let Some(known) = drafts.get_mut(place) {
                note(Some(&known.posting), Some(&draft.posting));
                *known = draft;
            }
        }
        match came {
            Some((row, draft)) => {
                note(None, Some(&draft.posting));
                rows.insert(at.min(rows.len()), row);
                drafts.insert(at.min(drafts.len()), draft);
            }
            None if at < rows.len() && at < drafts.len() => {
                rows.remove(at);
                note(Some(&drafts.remove(at).posting), None);
            }
            None => {}
        }
    }
}

/// Everything that is kept beside the records.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// The latest day of a record that lies in a version.
    pub(super) as_of: Option<NaiveDate>,
    pub(super) index: Index,
    pub(super) directory: Directory,
    pub(super) inspections: Codes,
    pub(super) rows: Vec<Row>,
    /// Why rows are refused or out of scope.
    pub(super) told: BTreeMap<u32, (Fate, Need)>,
    /// The rows that take others back, or should; those that stand for their id.
    pub(super) takers: Vec<u32>,
    pub(super) chains: Vec<Chain>,
    /// The chain of each subject and unit, side by side; [`NONE`] where there is none yet.
    pub(super) chain_of: Vec<u32>,
    /// How many units there are.
    pub(super) units: usize,
    /// The facts that bear on everything that is found on a subject, and take effect.
    pub(super) facts: BTreeMap<u32, Vec<u32>>,
    /// The sound rows of each subject that make no entries by themselves.
    pub(super) others: BTreeMap<u32, Vec<u32>>,
    /// The facts that are told of everybody, or pass things on, whether they take effect or not.
    pub(super) general: Vec<u32>,
    /// What facts that are about no record bring upon leaders.
    pub(super) loose: BTreeMap<u32, Vec<Draft>>,
    /// Chains on which a row bears that is refused by its price and would have taken another back, or that is a fact.
    pub(super) tangled: BTreeSet<u32>,
    /// Whether a fact waits for a later report day.
    pub(super) waiting: bool,
    pub(super) totals: Totals,
}

impl State {
    fn chain_place(&self, subject: u32, unit: u32) -> usize {
        (subject as usize).saturating_mul(self.units).saturating_add(unit as usize)
    }

    /// The chain of a subject and unit.
    pub(super) fn chain_number(&self, subject: u32, unit: u32) -> Option<u32> {
        let place = self.chain_place(subject, unit);
        self.chain_of.get(place).copied().filter(|number| *number != NONE)
    }

    /// The same, made if it is not there.
    pub(super) fn chain_made(&mut self, subject: u32, unit: u32) -> u32 {
        if let Some(number) = self.chain_number(subject, unit) {
            return number;
        }
        let place = self.chain_place(subject, unit);
        if self.chain_of.len() <= place {
            let subjects = (subject as usize).saturating_add(1);
            self.chain_of.resize(subjects.saturating_mul(self.units), NONE);
        }
        let number = u32::try_from(self.chains.len()).unwrap_or(NONE);
        self.chains.push(Chain { subject, unit, rows: Vec::new(), drafts: Vec::new(), plain: false });
        if let Some(of) = self.chain_of.get_mut(place) {
            *of = number;
        }
        number
    }

    /// The chains of a subject.
    pub(super) fn chains_of(&self, subject: u32) -> impl Iterator<Item = &Chain> {
        let from = self.chain_place(subject, 0);
        let of = self.chain_of.get(from..from.saturating_add(self.units)).unwrap_or_default();
        of.iter().filter_map(|number| self.chains.get(*number as usize))
    }

    /// Notes a sound row that makes no entries by itself.
    pub(super) fn note_other(&mut self, number: u32, row: Row, record: &Record) {
        if row.is_sound() && row.unit == NONE && !matches!(record.matter, Matter::Revocation) {
            self.others.entry(row.subject).or_default().push(number);
            if is_general(record) {
                self.general.push(number);
            }
        }
    }

    /// What became of a row that does not take effect.
    pub(super) fn fate(&self, records: &[Record], row: u32) -> Option<(Fate, Need)> {
        let known = self.rows.get(row as usize)?;
        let id = records.get(row as usize).map(|record| &record.id);
        match known.mark {
            Mark::Live => None,
            Mark::Duplicate => Some((Fate::Duplicate, refusal::duplicate(id?))),
            Mark::Conflict => Some((Fate::Refused, refusal::conflict(id?))),
            Mark::Told | Mark::Struck => self.told.get(&row).cloned(),
            Mark::Taken(fate) => {
                let by = records.get(known.by as usize)?;
                Some((fate, refusal::taken(fate, id, &by.id)))
            }
        }
    }

    /// What became of all rows that do not take effect.
    pub(super) fn fates(&self, records: &[Record]) -> Fates {
        let rows = (0_u32..).zip(&self.rows).filter(|(_, row)| row.mark != Mark::Live);
        rows.filter_map(|(number, _)| Some((number, self.fate(records, number)?))).collect()
    }
}
