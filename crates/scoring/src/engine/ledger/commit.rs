//! A plan carried out.

use super::{
    plan::Plan,
    reckon::{How, Redone, Whole},
    state::{Mark, State},
};
use crate::{
    assessment::Fate,
    engine::{fold::Draft, names, taking::is_taker},
};
use alloc::vec::Vec;
use ducha_core::{Need, Record};

impl State {
    /// Carries out the plan of the record that stands last among the records.
    pub(super) fn carry_out(&mut self, plan: Plan, records: &[Record]) {
        let Some((row, record)) = records.len().checked_sub(1).zip(records.last()) else { return };
        let Ok(row) = u32::try_from(row) else { return };
        self.as_of = plan.as_of;
        self.waiting |= plan.waits;
        if plan.row.is_unique() {
            self.index.add(records, row);
            if is_taker(record) {
                self.takers.push(row);
            }
        }
        if let Some(inspection) = names::named(record) {
            self.inspections.add(inspection.as_str());
        }
        if plan.is_newcomer {
            self.directory.add(&record.subject);
        }
        self.rows.push(plan.row);
        self.note_other(row, plan.row, record);
        if let Some(told) = plan.told {
            self.told.insert(row, told);
        }
        for turn in plan.turned {
            self.turn(turn.row, turn.mark, turn.by, turn.told);
        }
        for redone in plan.chains {
            self.redo(redone);
        }
        for (subject, fact, comes) in plan.facts {
            let facts = self.facts.entry(subject).or_default();
            facts.retain(|one| *one != fact);
            if comes {
                facts.push(fact);
            } else if facts.is_empty() {
                self.facts.remove(&subject);
            }
        }
        for (fact, drafts) in plan.loose {
            let before = self.loose.remove(&fact).unwrap_or_default();
            self.count(&before, true);
            self.count(&drafts, false);
            if !drafts.is_empty() {
                self.loose.insert(fact, drafts);
            }
        }
    }

    fn turn(&mut self, row: u32, mark: Mark, by: u32, told: Option<(Fate, Need)>) {
        if let Some(known) = self.rows.get_mut(row as usize) {
            if matches!(known.mark, Mark::Told | Mark::Struck) {
                self.told.remove(&row);
            }
            (known.mark, known.by) = (mark, by);
        }
        if let Some(told) = told {
            self.told.insert(row, told);
        }
    }

    fn count(&mut self, drafts: &[Draft], off: bool) {
        for draft in drafts {
            let posting = Some(&draft.posting);
            self.totals.change(posting.filter(|_| off), posting.filter(|_| !off));
        }
    }

    fn redo(&mut self, redone: Redone) {
        let number = self.chain_made(redone.subject, redone.unit) as usize;
        match redone.how {
            How::Followed { at, came, changed } => {
                let Some(chain) = self.chains.get_mut(number) else { return };
                chain.splice(at, came, changed.into_iter(), |was, is| self.totals.change(was, is));
            }
            How::Whole(whole) => {
                let Whole { chain, struck } = *whole;
                let rows: Vec<u32> = chain.rows.iter().map(|(_, row)| *row).collect();
                let before = self.chains.get_mut(number).map(|known| core::mem::replace(known, chain));
                self.count(&before.map(|chain| chain.drafts).unwrap_or_default(), true);
                let after = self.chains.get(number).map(|chain| chain.drafts.clone()).unwrap_or_default();
                self.count(&after, false);
                for row in rows {
                    let was_struck = self.rows.get(row as usize).is_some_and(|row| row.mark == Mark::Struck);
                    match struck.get(&row) {
                        Some(need) => {
                            self.turn(row, Mark::Struck, super::NONE, Some((Fate::Refused, need.clone())));
                        }
                        None if was_struck => self.turn(row, Mark::Live, super::NONE, None),
                        None => {}
                    }
                }
            }
        }
    }
}
