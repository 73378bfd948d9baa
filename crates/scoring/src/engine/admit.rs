//! Which records take effect: what is known, what is taken back, what is refused before it has a price (semantics §3, §12).
//!
//! Rows are told by their position in the input. Most rows take nothing back and are taken back by nothing; the order in
//! which the others are decided is that of §3.3.

use super::{
    codes::hash,
    dossier::{Live, NONE, Visit},
    names::Names,
    people::People,
    question::Question,
    tables::Tables,
    taking::{Taking, is_taker},
};
use crate::{
    assessment::{Account, Fate, UnscoredRow},
    refusal,
    versions::{Version, Versions},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec,
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record, RecordId, Step, record::standard_fact};

/// What became of rows that do not take effect, by their position.
pub(super) type Fates = BTreeMap<u32, (Fate, Need)>;

/// The rows by the ids of their records: of several with one id the first.
pub(super) struct Ids<'a> {
    records: &'a [Record],
    places: Vec<u32>,
    mask: usize,
}

impl<'a> Ids<'a> {
    /// The table, and for each row that repeats an id the first row that has it.
    fn new(records: &'a [Record]) -> (Self, Vec<(u32, u32)>) {
        let size = records.len().saturating_mul(2).saturating_add(1).next_power_of_two();
        let mut ids = Self { records, places: vec![NONE; size], mask: size.saturating_sub(1) };
        let mut repeats = Vec::new();
        for (row, record) in (0_u32..).zip(records) {
            let at = ids.place(record.id.as_str());
            match ids.places.get_mut(at) {
                Some(place) if *place == NONE => *place = row,
                Some(place) => repeats.push((*place, row)),
                None => {}
            }
        }
        (ids, repeats)
    }

    /// Where an id stands, or the empty place where it would.
    // INVARIANT: at most half of the places are taken.
    fn place(&self, id: &str) -> usize {
        let mut at = hash(id) & self.mask;
        while let Some(row) = self.places.get(at).copied().filter(|row| *row != NONE) {
            if self.records.get(row as usize).is_some_and(|record| record.id.as_str() == id) {
                break;
            }
            at = at.wrapping_add(1) & self.mask;
        }
        at
    }

    /// The first row of an id.
    pub(super) fn row(&self, id: &RecordId) -> Option<u32> {
        self.places.get(self.place(id.as_str())).copied().filter(|row| *row != NONE)
    }
}

/// What admission asks of, made once for a question.
pub(super) struct Door<'q, 'a> {
    question: &'q Question<'a>,
    pub(super) threshold: Threshold<'q, 'a>,
    pub(super) ids: Ids<'a>,
    /// Rows that are known and stand for their id.
    unique: Vec<u32>,
    /// What was decided before anything was asked of the rules.
    decided: Fates,
}

/// What a single record is held against before it has a price.
#[derive(Clone, Copy)]
pub(super) struct Threshold<'q, 'a> {
    pub(super) versions: &'q Versions<'a>,
    pub(super) tables: &'q Tables,
    pub(super) names: Names<'q>,
    pub(super) people: &'q People<'a>,
    pub(super) as_of: NaiveDate,
}

impl<'q, 'a> Door<'q, 'a> {
    pub(super) fn new(question: &'q Question<'a>, threshold: Threshold<'q, 'a>) -> Self {
        let (ids, repeats) = Ids::new(question.records);
        let mut decided = Fates::new();
        let twice = distinct_rows(question.records, &repeats, &mut decided);
        let mut unique = Vec::with_capacity(question.records.len());
        for (row, record) in (0_u32..).zip(question.records) {
            if twice.contains(&row) {
                continue;
            }
            match question.known_on.filter(|known_on| record.known_on() > *known_on) {
                None => unique.push(row),
                Some(known_on) => {
                    decided.insert(row, (Fate::NotYetKnown, refusal::not_yet_known(record, known_on)));
                }
            }
        }
        Self { question, threshold, ids, unique, decided }
    }

    /// The records that take effect, in canonical order, and what became of the others. `refused` are the rows that turned
    /// out to be refused when they were priced.
    pub(super) fn admit(&self, refused: &BTreeMap<u32, Need>) -> (Vec<Live<'a>>, Fates) {
        let records = self.question.records;
        let mut fates: Fates =
            refused.iter().map(|(row, need)| (*row, (Fate::Refused, need.clone()))).collect();
        fates.extend(self.decided.iter().map(|(row, fate)| (*row, fate.clone())));
        let mut live: Vec<Live<'a>> = Vec::with_capacity(self.unique.len());
        let mut day = Day::default();
        for row in &self.unique {
            if !refused.is_empty() && refused.contains_key(row) {
                continue;
            }
            let Some(record) = records.get(*row as usize) else { continue };
            match self.threshold.examine(record, *row, &mut day) {
                Ok(one) => live.push(one),
                Err(fate) => {
                    fates.insert(*row, *fate);
                }
            }
        }
        self.take_back_all(&mut fates);
        if !fates.is_empty() {
            live.retain(|one| !fates.contains_key(&one.index));
        }
        // Mostly they come in order.
        let key = |one: &Live<'a>| one.record.canonical_key();
        if !live.is_sorted_by(|a, b| key(a) <= key(b)) {
            live.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        }
        (live, fates)
    }

    fn take_back_all(&self, fates: &mut Fates) {
        let records = self.question.records;
        let record = |row: u32| records.get(row as usize);
        let rows = self.unique.iter().filter_map(|row| Some((*row, record(*row)?)));
        let takers = rows.filter(|(_, record)| is_taker(record)).collect();
        let known_row = |id: &RecordId| self.ids.row(id).filter(|row| self.unique.binary_search(row).is_ok());
        Taking { record: &record, known_row: &known_row }.decide(takers, fates);
    }
}

impl<'a> Threshold<'_, 'a> {
    /// Everything that can be refused without a price.
    // semantics §3.4
    pub(super) fn examine(
        &self,
        record: &'a Record,
        row: u32,
        of: &mut Day<'a>,
    ) -> Result<Live<'a>, alloc::boxed::Box<(Fate, Need)>> {
        let refused = |need| alloc::boxed::Box::new((Fate::Refused, need));
        let Some(subject) = self.people.number(&record.subject) else {
            return Err(refused(refusal::subject_unknown(&record.subject)));
        };
        let day = record.occurred_on;
        if let Some(recorded) = record.recorded_on.filter(|recorded| *recorded < day) {
            return Err(refused(refusal::recorded_before(day, recorded)));
        }
        let version = match record.matter {
            Matter::Fact(_) => self.versions.judging(day).or_else(|| self.versions.iter().next()),
            Matter::Revocation => self.versions.judging(day),
            _ => of.version(day, self.versions),
        };
        let Some(version) = version else {
            return Err(refused(refusal::outside_versions(day, self.versions.names())));
        };
        let number = u32::try_from(version.number).unwrap_or(NONE);
        let mut live =
            Live { record, index: row, version: number, subject, clause: NONE, visit: Visit::Alone(row) };
        if matches!(record.matter, Matter::Revocation) {
            return Ok(live);
        }
        if day > self.as_of {
            let later = refusal::after_report(day, self.as_of);
            return Err(alloc::boxed::Box::new((Fate::OutOfScope, later)));
        }
        if !matches!(record.matter, Matter::Fact(_)) && !self.people.present(subject, day) {
            return Err(refused(refusal::subject_absent(&record.subject, day)));
        }
        self.name(record, version, &mut live)
            .map_err(|need| alloc::boxed::Box::new((Fate::Refused, need)))?;
        Ok(live)
    }

    /// Gives what the record names its numbers, if the rulebook knows it.
    fn name(&self, record: &Record, version: Version<'a>, live: &mut Live<'a>) -> Result<(), Need> {
        let unknown = |step, id: &str| refusal::unknown(step, id, version.name());
        let annex = version.annex;
        let source = match &record.matter {
            Matter::Finding(f) => f.source.as_ref(),
            Matter::Measurement(m) => m.source.as_ref(),
            Matter::Rating(r) => Some(&r.source),
            Matter::Inspection(i) => i.source.as_ref(),
            Matter::Commendation(c) => c.source.as_ref(),
            _ => None,
        };
        if let Some(source) = source.filter(|source| !annex.source.iter().any(|s| s.id == **source)) {
            return Err(unknown(Step::RowSourceUnknown, source.as_str()));
        }
        let clause = |id: &ducha_core::ClauseId| {
            let place = self
                .names
                .code(id)
                .and_then(|code| self.tables.version(live.version)?.clause_of.get(code as usize).copied());
            place.filter(|place| *place != NONE).ok_or_else(|| unknown(Step::RowClauseUnknown, id.as_str()))
        };
        match &record.matter {
            Matter::Finding(f) => {
                let id = f.clause.as_ref().ok_or_else(refusal::clause_missing)?;
                live.clause = clause(id)?;
                if let Some(inspection) = &f.inspection {
                    live.visit = self.names.visit(inspection, live.index);
                }
            }
            Matter::Measurement(m) => live.clause = clause(&m.clause)?,
            Matter::Inspection(i) => {
                let ordered: BTreeSet<&ducha_core::ClauseId> = i.not_applicable.iter().collect();
                for id in ordered {
                    clause(id)?;
                }
                live.visit = self.names.visit(&i.inspection, live.index);
            }
            Matter::Commendation(c) if !annex.award.iter().any(|award| award.id == c.award) => {
                return Err(unknown(Step::RowAwardUnknown, c.award.as_str()));
            }
            Matter::Fact(f)
                if !standard_fact::ALL.contains(&f.fact.as_str())
                    && !annex.fact.iter().any(|kind| kind.id == f.fact) =>
            {
                return Err(unknown(Step::RowFactUnknown, f.fact.as_str()));
            }
            Matter::Rating(r) => {
                let top = annex.source.iter().find(|s| s.id == r.source).and_then(|s| s.full_marks);
                if r.score.is_negative() || top.is_some_and(|top| r.score > top) {
                    return Err(refusal::rating_beyond(r.score, top));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The day of the row before, and the version in force on it: mostly the next row is of the same day.
#[derive(Default)]
pub(super) struct Day<'a>(Option<(NaiveDate, Option<Version<'a>>)>);

impl<'a> Day<'a> {
    fn version(&mut self, day: NaiveDate, versions: &Versions<'a>) -> Option<Version<'a>> {
        match self.0 {
            Some((known, version)) if known == day => version,
            _ => {
                let version = versions.in_force(day);
                self.0 = Some((day, version));
                version
            }
        }
    }
}

/// Of rows with one id, equal ones are one; unequal ones are all refused. The rows that stand for nothing.
// semantics §3.2
fn distinct_rows(records: &[Record], repeats: &[(u32, u32)], decided: &mut Fates) -> BTreeSet<u32> {
    let mut by_first: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (first, row) in repeats {
        by_first.entry(*first).or_default().push(*row);
    }
    let mut gone = BTreeSet::new();
    for (first, others) in by_first {
        let Some(record) = records.get(first as usize) else { continue };
        if others.iter().all(|other| records.get(*other as usize) == Some(record)) {
            for other in others {
                decided.insert(other, (Fate::Duplicate, refusal::duplicate(&record.id)));
                gone.insert(other);
            }
        } else {
            for row in core::iter::once(first).chain(others) {
                decided.insert(row, (Fate::Refused, refusal::conflict(&record.id)));
                gone.insert(row);
            }
        }
    }
    gone
}

/// The account of all rows: each is in exactly one place.
// semantics §12
pub(super) fn account(records: &[Record], fates: Fates) -> Account {
    let mut account = Account { given: records.len(), ..Account::default() };
    for (row, (fate, reason)) in fates {
        let count = match fate {
            Fate::Revoked => &mut account.revoked,
            Fate::Superseded => &mut account.superseded,
            Fate::Duplicate => &mut account.duplicate,
            Fate::NotYetKnown => &mut account.not_yet_known,
            Fate::OutOfScope => &mut account.out_of_scope,
            Fate::Refused => &mut account.refused,
        };
        *count = count.saturating_add(1);
        let id = records.get(row as usize).map(|record| record.id.clone());
        let index = usize::try_from(row).ok();
        account.rows.push(UnscoredRow { index, id, fate, reason, line: None });
    }
    account.scored = account.given.saturating_sub(account.rows.len());
    account
}
