//! One unit reckoned anew: entry by entry where that can be followed, else whole.

use super::{
    plan::{Changes, Planner, Touched},
    state::Chain,
};
use crate::{
    assessment::EntryKind,
    engine::{
        dossier::Live,
        few::Few,
        fold::{Draft, Edit, Facts, Fold, Halted, NoHeadRoom, Struck},
        taking::is_taker,
    },
};
use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need};

/// Why a change is not planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Everything must be reckoned anew.
    Anew,
    /// 64 bits don't hold what comes of a row.
    HeadRoom(u32),
}

impl From<NoHeadRoom> for Stop {
    fn from(stop: NoHeadRoom) -> Self {
        Self::HeadRoom(stop.0)
    }
}

/// A unit that is other than before.
#[derive(Debug)]
pub(super) struct Redone {
    pub(super) subject: u32,
    pub(super) unit: u32,
    pub(super) how: How,
    /// How many entries were reckoned.
    pub(super) reckoned: usize,
}

/// What a unit becomes.
#[allow(
    clippy::large_enum_variant,
    reason = "the one that is large is the common one, and is not to ask for memory"
)]
#[derive(Debug)]
pub(super) enum How {
    /// One entry more or less, and some that are other than before.
    Followed {
        /// Where it comes in or falls out.
        at: usize,
        came: Option<((NaiveDate, u32), Draft)>,
        /// By their place before the change.
        changed: Few<(usize, Draft)>,
    },
    /// All of it.
    Whole(Box<Whole>),
}

/// A unit that was reckoned whole.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) chain: Chain,
    /// The rows that their price refuses, and why.
    pub(super) struck: BTreeMap<u32, Need>,
}

impl<'p> Planner<'p> {
    /// What a unit becomes.
    pub(super) fn redo(
        &self,
        fold: &Fold<'_, 'p>,
        changes: &Changes,
        touched: &Touched,
    ) -> Result<Redone, Stop> {
        let number = self.state.chain_number(touched.subject, touched.unit);
        let chain = number.and_then(|number| self.state.chains.get(number as usize));
        let rules = self.rules.units.get(touched.unit as usize).ok_or(Stop::Anew)?;
        let single = touched.moved.len() == 1;
        let is_plain = match chain {
            Some(chain) => chain.plain,
            None => rules.plain && !self.state.facts.contains_key(&touched.subject),
        };
        if single && !touched.told && is_plain {
            let empty = Chain::empty(touched.subject, touched.unit);
            if let Some(redone) =
                self.follow(fold, changes, touched, chain.unwrap_or(&empty), &rules.reaches)?
            {
                return Ok(redone);
            }
        }
        let mut rows = chain.map(|chain| chain.rows.clone()).unwrap_or_default();
        rows.retain(|(_, row)| !touched.moved.iter().any(|(other, comes)| other == row && !comes));
        for (row, _) in touched.moved.iter().filter(|(_, comes)| *comes) {
            let record = self.record(*row).ok_or(Stop::Anew)?;
            let at = self.place(&rows, *row);
            rows.insert(at, (record.occurred_on, *row));
        }
        let whole = self.whole(fold, changes, touched, rows)?;
        let reckoned = whole.chain.drafts.len();
        Ok(Redone {
            subject: touched.subject,
            unit: touched.unit,
            how: How::Whole(Box::new(whole)),
            reckoned,
        })
    }

    /// Where a row stands, or would.
    fn place(&self, rows: &[(NaiveDate, u32)], row: u32) -> usize {
        let Some(record) = self.record(row) else { return rows.len() };
        rows.partition_point(|(day, other)| {
            *day < record.occurred_on
                || *day == record.occurred_on
                    && *other != row
                    && self.record(*other).is_some_and(|other| other.canonical_key() < record.canonical_key())
        })
    }

    /// The change entry by entry; nothing where that cannot be followed.
    fn follow(
        &self,
        fold: &Fold<'_, 'p>,
        changes: &Changes,
        touched: &Touched,
        chain: &Chain,
        reaches: &[(crate::engine::reach::Reach, u32)],
    ) -> Result<Option<Redone>, Stop> {
        let (row, comes) = touched.moved.first().copied().ok_or(Stop::Anew)?;
        let at = self.place(&chain.rows, row);
        let comes = if comes { self.live(changes, row) } else { None };
        if comes.is_none() && chain.rows.get(at).is_none_or(|(_, other)| *other != row) {
            return Err(Stop::Anew);
        }
        let edit = Edit { kept: &chain.drafts, at, comes, reaches };
        let followed = match fold.follow(&edit, |row| self.live(changes, row)) {
            Ok(followed) => followed,
            Err(Halted::Whole) => return Ok(None),
            Err(Halted::HeadRoom) => return Err(Stop::HeadRoom(self.row)),
        };
        let came = followed.came.map(|draft| ((draft.posting.day, row), draft));
        let how = How::Followed { at, came, changed: followed.changed };
        Ok(Some(Redone { subject: touched.subject, unit: touched.unit, how, reckoned: followed.reckoned }))
    }

    /// All entries of a unit, and the rows that their price refuses.
    fn whole(
        &self,
        fold: &Fold<'_, 'p>,
        changes: &Changes,
        touched: &Touched,
        rows: Vec<(NaiveDate, u32)>,
    ) -> Result<Whole, Stop> {
        let mut facts = self.facts_of(changes, touched.subject);
        for (_, row) in &rows {
            facts.extend(self.facts_about(changes, *row));
        }
        facts.sort_unstable();
        facts.dedup();
        let mut refused: BTreeMap<u32, Need> = BTreeMap::new();
        let drafts = loop {
            let in_unit = rows.iter().map(|(_, row)| *row);
            let all = in_unit.chain(facts.iter().copied()).filter(|row| !refused.contains_key(row));
            let mut live: Vec<Live<'p>> = all.filter_map(|row| self.live(changes, row)).collect();
            live.sort_by(|a, b| a.record.canonical_key().cmp(&b.record.canonical_key()));
            let (drafts, struck) = self.unit(fold, &live, |one| !is_fact(one))?;
            if struck.is_empty() {
                break drafts;
            }
            for (row, need) in struck {
                // What a refused row takes back, or tells of others, is decided with everything.
                if self
                    .record(row)
                    .is_none_or(|record| is_taker(record) || matches!(record.matter, Matter::Fact(_)))
                {
                    return Err(Stop::Anew);
                }
                refused.insert(row, need);
            }
        };
        let rules = self.rules.units.get(touched.unit as usize).is_some_and(|unit| unit.plain);
        let plain = rules
            && facts.is_empty()
            && refused.is_empty()
            && drafts.len() == rows.len()
            && drafts.iter().all(|draft| draft.posting.kind == EntryKind::Deduction);
        let chain = Chain { subject: touched.subject, unit: touched.unit, rows, drafts, plain };
        Ok(Whole { chain, struck: refused })
    }

    /// The entries of the rows of one unit among a few, with `live` as their row.
    fn unit(
        &self,
        fold: &Fold<'_, 'p>,
        live: &[Live<'p>],
        is_in: impl Fn(&Live<'p>) -> bool,
    ) -> Result<(Vec<Draft>, Vec<Struck>), Stop> {
        let facts = Facts::of_few(live, |id| self.row_of(id));
        let local = fold.over(live, facts);
        let places: Vec<u32> =
            (0_u32..).zip(live).filter(|(_, one)| is_in(one)).map(|(place, _)| place).collect();
        let (mut drafts, mut struck) = local.drafts_of(&places)?;
        if !places.is_empty() {
            // What is about no record is reckoned by itself.
            let is_loose = |one: Option<&Live<'_>>| {
                one.is_some_and(
                    |one| matches!(&one.record.matter, Matter::Fact(fact) if fact.refers_to.is_none()),
                )
            };
            drafts.retain(|draft| !is_loose(live.get(draft.posting.live as usize)));
            struck.retain(|(row, _)| !is_loose(live.iter().find(|one| one.index == *row)));
        }
        for draft in &mut drafts {
            if let Some(one) = live.get(draft.posting.live as usize) {
                draft.posting.live = one.index;
            }
        }
        Ok((drafts, struck))
    }

    /// What a fact about no record brings upon leaders.
    pub(super) fn loose(
        &self,
        fold: &Fold<'_, 'p>,
        changes: &Changes,
        fact: u32,
        comes: bool,
    ) -> Result<Vec<Draft>, Stop> {
        let Some(one) = self.live(changes, fact).filter(|_| comes) else { return Ok(Vec::new()) };
        let (drafts, struck) = self.unit(fold, &[one], |_| false)?;
        if struck.is_empty() { Ok(drafts) } else { Err(Stop::Anew) }
    }
}

fn is_fact(one: &Live<'_>) -> bool {
    matches!(one.record.matter, Matter::Fact(_))
}
