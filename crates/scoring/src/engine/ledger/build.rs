//! All records at once: reckoned as a batch, and kept unit by unit.

use super::{
    LedgerError,
    index::{self, How, Index},
    rules::Rules,
    state::{Chain, Mark, Row, State},
    total::Totals,
};
use crate::{
    assessment::{EntryKind, Fate},
    engine::{
        admit::{Day, Door, Fates, Threshold},
        assess::report_day,
        compile::Scorer,
        dossier::NONE,
        fold::{Draft, Facts, Fold, NoHeadRoom},
        names::{self, Names},
        people::{Directory, People},
        question::Question,
        taking::is_taker,
        workers::InTurn,
    },
    versions::Versions,
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec, vec::Vec};
use ducha_core::{Matter, Need, Organisation, Record};

impl State {
    /// What is kept beside these records.
    pub(super) fn build(
        scorer: &Scorer,
        rules: &Rules,
        organisation: Option<&Organisation>,
        records: &[Record],
    ) -> Result<Self, LedgerError> {
        if u32::try_from(records.len()).map_or(true, |count| count > u32::MAX >> 1) {
            return Err(LedgerError::TooMany);
        }
        let question = Question { organisation, ..Question::new(records) };
        let versions = Versions::known(&scorer.books, None);
        let people = People::new(organisation, records, None);
        let (inspections, visits) = names::inspections(records);
        let as_of = report_day(&question, &versions);
        let names = Names { codes: &scorer.codes, inspections: &inspections, newcomer: None };
        let tables = &scorer.tables;
        let threshold = Threshold { versions: &versions, tables, names, people: &people, as_of };
        let door = Door::new(&question, threshold);
        let mut refused: BTreeMap<u32, Need> = BTreeMap::new();
        let head_room = |NoHeadRoom(row): NoHeadRoom| scorer.no_head_room(row);
        let (live, fates, drafts, told) = loop {
            let (mut live, fates) = door.admit(&refused);
            live.retain(|one| !matches!(one.record.matter, Matter::Revocation));
            let facts = Facts::of_all(&live, &door.ids, records.len());
            let fold = Fold::new(scorer, &question, &versions, tables, &people, &visits, &live, facts);
            let (drafts, struck) = fold.drafts(&InTurn).map_err(head_room)?;
            if struck.is_empty() {
                let told = fold.facts.told();
                break (live, fates, drafts, told);
            }
            refused.extend(struck);
        };
        let in_version = records.iter().any(|record| versions.in_force(record.occurred_on).is_some());
        let mut state = Self {
            as_of: in_version.then_some(as_of),
            index: Index::with_room(records.len()),
            directory: Directory::of(&people),
            units: rules.units.len(),
            totals: Totals::of(scorer),
            rows: Vec::with_capacity(records.len()),
            ..Self::default()
        };
        // Each row, as it was found.
        let fold = Fold::new(scorer, &question, &versions, tables, &people, &visits, &[], Facts::default());
        let mut day = Day::default();
        for (row, record) in (0_u32..).zip(records) {
            let kept = state.row(row, record, &threshold, &fold, &mut day, &fates, &refused);
            state.rows.push(kept);
            state.note_other(row, kept, record);
            // The rows of an id that tell different things stand for nothing, and yet whoever comes next meets them.
            if kept.mark != Mark::Duplicate {
                state.index.add(records, row);
            }
            if kept.is_unique() && is_taker(record) {
                state.takers.push(row);
            }
        }
        state.inspections = inspections;
        state.keep(records, drafts, &live_rows(&live), &told);
        state.bind(records, rules);
        state.tangle(records, rules, &refused);
        Ok(state)
    }

    #[allow(clippy::too_many_arguments, reason = "what a row is held against, and what was found")]
    fn row<'a>(
        &mut self,
        row: u32,
        record: &'a Record,
        threshold: &Threshold<'_, 'a>,
        fold: &Fold<'_, 'a>,
        day: &mut Day<'a>,
        fates: &Fates,
        refused: &BTreeMap<u32, Need>,
    ) -> Row {
        let fate = fates.get(&row);
        let is_conflict =
            |need: &Need| matches!(need.step, ducha_core::Step::RowConflict | ducha_core::Step::RowDuplicate);
        if let Some((fate, _)) = fate.filter(|(_, need)| is_conflict(need)) {
            return Row::idle(if *fate == Fate::Duplicate { Mark::Duplicate } else { Mark::Conflict });
        }
        let mut kept = match threshold.examine(record, row, day) {
            Ok(one) => Row::live(&one, fold.unit_of(&one)),
            Err(_) => Row::idle(Mark::Told),
        };
        if let Some(told) = fate {
            self.waiting |= told.0 == Fate::OutOfScope;
            kept.mark = if refused.contains_key(&row) { Mark::Struck } else { Mark::Told };
            self.told.insert(row, told.clone());
        }
        kept
    }

    /// Keeps rows and entries by unit. `live` is the row of each place, `told` the place that each fact is about.
    fn keep(&mut self, records: &[Record], drafts: Vec<Draft>, live: &[u32], told: &[(u32, u32)]) {
        let is_in = |row: &Row| row.unit != NONE && matches!(row.mark, Mark::Live | Mark::Struck);
        let struck = (0_u32..).zip(&self.rows).filter(|(_, row)| row.mark == Mark::Struck && is_in(row));
        let struck: Vec<u32> = struck.map(|(number, _)| number).collect();
        let mut unsorted = BTreeSet::new();
        let behind = struck.iter().copied();
        for (row, is_late) in live.iter().map(|row| (*row, false)).chain(behind.map(|row| (row, true))) {
            let Some(known) = self.rows.get(row as usize).copied().filter(is_in) else { continue };
            let Some(record) = records.get(row as usize) else { continue };
            let number = self.chain_made(known.subject, known.unit);
            if let Some(chain) = self.chains.get_mut(number as usize) {
                chain.rows.push((record.occurred_on, row));
            }
            if is_late {
                unsorted.insert(number);
            }
        }
        for number in unsorted {
            if let Some(chain) = self.chains.get_mut(number as usize) {
                let key = |row: u32| records.get(row as usize).map(Record::canonical_key);
                chain.rows.sort_by(|(_, a), (_, b)| key(*a).cmp(&key(*b)));
            }
        }
        for mut draft in drafts {
            let place = draft.posting.live;
            let Some(row) = live.get(place as usize).copied() else { continue };
            draft.posting.live = row;
            self.totals.change(None, Some(&draft.posting));
            let about = match told.binary_search_by_key(&place, |(fact, _)| *fact) {
                Ok(at) => told.get(at).and_then(|(_, about)| live.get(*about as usize)).copied(),
                Err(_) => None,
            };
            let of = if draft.posting.kind == EntryKind::Accountability { about } else { Some(row) };
            let of = of.and_then(|row| self.rows.get(row as usize)).filter(|row| row.unit != NONE).copied();
            match of {
                Some(of) => {
                    let number = self.chain_made(of.subject, of.unit);
                    if let Some(chain) = self.chains.get_mut(number as usize) {
                        chain.drafts.push(draft);
                    }
                }
                None => self.loose.entry(row).or_default().push(draft),
            }
        }
    }

    /// Which facts bear on what, and which units can be followed.
    fn bind(&mut self, records: &[Record], rules: &Rules) {
        let mut told: Vec<bool> = vec![false; self.chains.len()];
        for (row, known) in (0_u32..).zip(&self.rows) {
            let record = records.get(row as usize);
            let Some(Matter::Fact(fact)) = record.map(|record| &record.matter) else { continue };
            if known.mark != Mark::Live {
                continue;
            }
            let bears = rules.bears(&fact.fact);
            if bears.on_subject {
                self.facts.entry(known.subject).or_default().push(row);
            }
            let about = fact.refers_to.as_ref().filter(|_| bears.on_record);
            let about = about.and_then(|id| self.index.row(records, id));
            let of = about.and_then(|row| self.rows.get(row as usize)).filter(|row| row.unit != NONE);
            let number = of.and_then(|of| self.chain_number(of.subject, of.unit));
            if let Some(told) = number.and_then(|number| told.get_mut(number as usize)) {
                *told = true;
            }
        }
        for (chain, told) in self.chains.iter_mut().zip(told) {
            let Chain { subject, unit, rows, drafts, plain } = chain;
            *plain = !told
                && rules.units.get(*unit as usize).is_some_and(|unit| unit.plain)
                && !self.facts.contains_key(subject)
                && rows.len() == drafts.len()
                && drafts.iter().all(|draft| draft.posting.kind == EntryKind::Deduction);
        }
    }

    /// On which units a row bears that its price refuses, and that would have done more than cost something.
    fn tangle(&mut self, records: &[Record], rules: &Rules, refused: &BTreeMap<u32, Need>) {
        let mut open: Vec<u32> = refused.keys().copied().collect();
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        while let Some(row) = open.pop() {
            let Some(record) = records.get(row as usize) else { continue };
            let is_fact = matches!(record.matter, Matter::Fact(_));
            if !(is_fact || is_taker(record)) || !seen.insert(row) {
                continue;
            }
            let mut bound: Vec<u32> = alloc::vec![row];
            if let Matter::Fact(fact) = &record.matter
                && rules.bears(&fact.fact).on_subject
            {
                self.tangled.insert(NONE);
            }
            for (how, id) in index::named(record) {
                let Some(other) = self.index.row(records, id) else { continue };
                bound.push(other);
                if how != How::Tells {
                    open.push(other);
                }
            }
            for row in bound {
                let of = self.rows.get(row as usize).filter(|row| row.unit != NONE);
                let number = of.and_then(|of| self.chain_number(of.subject, of.unit));
                // Without a unit of its own it may bear on whatever comes.
                self.tangled.extend(number.or(is_taker(record).then_some(NONE)));
            }
        }
    }
}

fn live_rows(live: &[crate::engine::dossier::Live<'_>]) -> Vec<u32> {
    live.iter().map(|one| one.index).collect()
}
