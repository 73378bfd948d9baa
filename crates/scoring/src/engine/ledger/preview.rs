//! What one more record would do, without recording it (semantics §14.3).

use super::{
    Ledger, LedgerError,
    plan::Plan,
    reckon::{How, Stop},
    state::State,
};
use crate::{
    assessment::{EntryKind, UnscoredRow},
    engine::{
        dossier::{NO_MONEY, Posting},
        fold::Draft,
        scale::Scaled,
    },
    restatement::{Change, RestatedEntry},
};
use alloc::{collections::BTreeMap, vec::Vec};
use ducha_core::{Money, Points, Record, RecordId, SubjectId};

/// What one more record would do: numbers of entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prospect {
    /// Why it would not be scored, if so.
    pub not_scored: Option<UnscoredRow>,
    /// What records cost or earned, where it would change: the record's own entries are among them.
    pub entries: Vec<RestatedEntry>,
}

/// What a record cost or earned a subject: points and money.
type Sums = BTreeMap<(RecordId, SubjectId, EntryKind), (Points, Option<Money>)>;

impl Ledger {
    /// What a record would cost or earn if it were added, and what others would cost then. The ledger stays as it is, and only
    /// what the record touches is looked at; where everything would be reckoned anew ([`Ledger::add`]), that is done beside
    /// the ledger. What values, tiers, places and consequences would be is told by [`Ledger::preview_in`].
    ///
    /// # Errors
    /// [`LedgerError`], as [`Ledger::add`] would tell it.
    // semantics §14.3
    pub fn preview(&self, record: &Record) -> Result<Prospect, LedgerError> {
        let row = self.next_row()?;
        match self.planner(record, row).plan() {
            Ok(plan) if !plan.waits => Ok(self.prospect(record, row, &plan)),
            Err(Stop::HeadRoom(row)) => Err(self.scorer.no_head_room(row)),
            Ok(_) | Err(Stop::Anew) => self.prospect_anew(record, row),
        }
    }

    pub(super) fn prospect(&self, record: &Record, row: u32, plan: &Plan) -> Prospect {
        let (mut before, mut after) = (Sums::new(), Sums::new());
        let mut note = |was: Option<&Draft>, is: Option<&Draft>| {
            was.into_iter().for_each(|draft| self.sum(&mut before, record, row, draft));
            is.into_iter().for_each(|draft| self.sum(&mut after, record, row, draft));
        };
        let mut struck = None;
        for redone in plan.chains.iter() {
            let number = self.state.chain_number(redone.subject, redone.unit);
            let chain = number.and_then(|number| self.state.chains.get(number as usize));
            let known = chain.map(|chain| chain.drafts.as_slice()).unwrap_or_default();
            match &redone.how {
                How::Followed { at, came, changed } => {
                    for (place, draft) in changed.iter() {
                        note(known.get(*place), Some(draft));
                    }
                    match came {
                        Some((_, draft)) => note(None, Some(draft)),
                        None => note(known.get(*at), None),
                    }
                }
                How::Whole(whole) => {
                    known.iter().for_each(|draft| note(Some(draft), None));
                    whole.chain.drafts.iter().for_each(|draft| note(None, Some(draft)));
                    struck = struck.or_else(|| whole.struck.get(&row).cloned());
                }
            }
        }
        for (fact, drafts) in &plan.loose {
            let known = self.state.loose.get(fact).map(Vec::as_slice).unwrap_or_default();
            known.iter().for_each(|draft| note(Some(draft), None));
            drafts.iter().for_each(|draft| note(None, Some(draft)));
        }
        let told = plan.told.clone().or_else(|| struck.map(|need| (crate::assessment::Fate::Refused, need)));
        let told = told.or_else(|| {
            let repeats = !plan.row.is_unique();
            let mut state = State::default();
            state.rows.push(plan.row);
            repeats.then(|| state.fate(core::slice::from_ref(record), 0)).flatten()
        });
        Prospect {
            not_scored: told.map(|(fate, reason)| unscored(record, row, fate, reason)),
            entries: changes(before, after),
        }
    }

    /// The same by reckoning everything anew, beside the ledger.
    fn prospect_anew(&self, record: &Record, row: u32) -> Result<Prospect, LedgerError> {
        let mut records = self.records.clone();
        records.push(record.clone());
        let other =
            Self::with_records(alloc::sync::Arc::clone(&self.scorer), self.organisation().cloned(), records)?;
        let sums = |ledger: &Self| {
            let mut sums = Sums::new();
            let chains = ledger.state.chains.iter().map(|chain| &chain.drafts);
            for draft in chains.chain(ledger.state.loose.values()).flatten() {
                ledger.sum(&mut sums, record, row, draft);
            }
            sums
        };
        let told = other.state.fate(&other.records, row);
        Ok(Prospect {
            not_scored: told.map(|(fate, reason)| unscored(record, row, fate, reason)),
            entries: changes(sums(self), sums(&other)),
        })
    }

    /// Adds an entry to what its record cost its subject.
    fn sum(&self, sums: &mut Sums, record: &Record, row: u32, draft: &Draft) {
        let Posting { kind, live, subject, points, money, .. } = draft.posting;
        let of = if live == row { Some(record) } else { self.records.get(live as usize) };
        let subject = self.state.directory.ids().get(subject as usize).or(of.map(|record| &record.subject));
        let (Some(of), Some(subject)) = (of, subject) else { return };
        let decimal = |value| Scaled { value, places: self.scorer.scale() }.points();
        let (sum, all_money) = sums.entry((of.id.clone(), subject.clone(), kind)).or_default();
        *sum = sum.plus(decimal(points)).unwrap_or(*sum);
        if money != NO_MONEY {
            let known = all_money.unwrap_or_default();
            *all_money = Some(known.plus(decimal(money).cast()).unwrap_or(known));
        }
    }
}

fn unscored(
    record: &Record,
    row: u32,
    fate: crate::assessment::Fate,
    reason: ducha_core::Need,
) -> UnscoredRow {
    UnscoredRow { index: Some(row as usize), id: Some(record.id.clone()), fate, reason, line: None }
}

/// What differs between two sets of sums.
fn changes(mut before: Sums, after: Sums) -> Vec<RestatedEntry> {
    let mut all: BTreeMap<_, (Option<_>, Option<_>)> = BTreeMap::new();
    for (key, is) in after {
        let was = before.remove(&key);
        all.insert(key, (was, Some(is)));
    }
    all.extend(before.into_iter().map(|(key, was)| (key, (Some(was), None))));
    let differing = all.into_iter().filter(|(_, (was, is))| was != is);
    differing
        .map(|((record, subject, kind), (was, is))| RestatedEntry {
            record,
            subject,
            kind,
            points: Change { before: was.map(|was| was.0), after: is.map(|is| is.0) },
            money: Change { before: was.and_then(|was| was.1), after: is.and_then(|is| is.1) },
        })
        .collect()
}
