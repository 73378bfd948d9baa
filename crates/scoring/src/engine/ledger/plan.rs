//! What one more record would do, told without doing it.

use super::{
    index::{Found, How},
    reckon::{Redone, Stop},
    rules::Rules,
    state::{Mark, Row, State},
};
use crate::{
    assessment::Fate,
    engine::{
        admit::{Day, Fates, Threshold},
        compile::Scorer,
        dossier::{Live, NONE},
        few::Few,
        fold::{Draft, Facts, Fold},
        names::{self, Names},
        people::People,
        question::Question,
        taking::{Taking, is_taker},
    },
    versions::Versions,
};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Organisation, Record, RecordId};

/// What one more record does.
#[derive(Debug)]
pub(super) struct Plan {
    /// What becomes of it.
    pub(super) row: Row,
    pub(super) told: Option<(Fate, Need)>,
    pub(super) as_of: Option<NaiveDate>,
    /// Whether it waits for a later report day.
    pub(super) waits: bool,
    /// Whether its subject has no number yet.
    pub(super) is_newcomer: bool,
    /// Rows that fare otherwise than before.
    pub(super) turned: Vec<Turn>,
    /// Units that are other than before.
    pub(super) chains: Few<Redone>,
    /// Facts that bear on everything of their subject: the subject, the fact, whether it comes.
    pub(super) facts: Vec<(u32, u32, bool)>,
    /// What facts about no record bring upon leaders; nothing any more where they fall away.
    pub(super) loose: Vec<(u32, Vec<Draft>)>,
}

/// A row that fares otherwise than before.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) row: u32,
    pub(super) mark: Mark,
    pub(super) by: u32,
    pub(super) told: Option<(Fate, Need)>,
}

/// What a plan is made from.
pub(super) struct Planner<'p> {
    pub(super) scorer: &'p Scorer,
    pub(super) rules: &'p Rules,
    pub(super) organisation: Option<&'p Organisation>,
    pub(super) records: &'p [Record],
    pub(super) state: &'p State,
    /// The record that comes.
    pub(super) record: &'p Record,
    /// Its row.
    pub(super) row: u32,
}

/// What changes, while it is found out.
pub(super) struct Changes {
    /// The row of the record that comes.
    pub(super) new: Row,
    pub(super) turned: Vec<Turn>,
    units: Few<Touched>,
    facts: Vec<(u32, u32, bool)>,
    loose: Vec<(u32, bool)>,
}

/// A unit that is touched.
#[derive(Debug)]
pub(super) struct Touched {
    pub(super) subject: u32,
    pub(super) unit: u32,
    /// The rows that come or go, each with whether it comes.
    pub(super) moved: Few<(u32, bool)>,
    /// Whether a fact bears on it.
    pub(super) told: bool,
}

impl Changes {
    fn unit(&mut self, subject: u32, unit: u32) -> Option<&mut Touched> {
        let same = |one: &Touched| (one.subject, one.unit) == (subject, unit);
        if !self.units.iter().any(same) {
            self.units.push(Touched { subject, unit, moved: Few::new(), told: false });
        }
        self.units.iter_mut().find(|one| same(one))
    }
}

impl<'p> Planner<'p> {
    /// The record of a row.
    pub(super) fn record(&self, row: u32) -> Option<&'p Record> {
        if row == self.row { Some(self.record) } else { self.records.get(row as usize) }
    }

    /// A row, as it will be.
    pub(super) fn row(&self, changes: &Changes, row: u32) -> Option<Row> {
        if row == self.row {
            return Some(changes.new);
        }
        let mut known = *self.state.rows.get(row as usize)?;
        if let Some(turn) = changes.turned.iter().find(|turn| turn.row == row) {
            known.mark = turn.mark;
        }
        Some(known)
    }

    /// The row that stands for an id.
    pub(super) fn row_of(&self, id: &RecordId) -> Option<u32> {
        self.state.index.row(self.records, id).or_else(|| (*id == self.record.id).then_some(self.row))
    }

    /// The same, if it is known: not where rows of one id tell different things.
    fn known_row(&self, id: &RecordId) -> Option<u32> {
        self.row_of(id).filter(|row| self.state.rows.get(*row as usize).is_none_or(Row::is_unique))
    }

    /// What the record does.
    pub(super) fn plan(&self) -> Result<Plan, Stop> {
        if self.rules.across {
            return Err(Stop::Anew);
        }
        let versions = Versions::known(&self.scorer.books, None);
        let day = self.record.occurred_on;
        let in_force = versions.in_force(day).is_some();
        let as_of = self.state.as_of.max(in_force.then_some(day));
        if self.state.waiting && as_of != self.state.as_of {
            return Err(Stop::Anew);
        }
        let found = self.state.index.find(self.records, &self.record.id);
        if let Some(first) = found.map(|found| found.row).filter(|row| *row != NONE) {
            return self.again(first, as_of);
        }
        let newcomer = self.organisation.is_none().then_some(&self.record.subject);
        let newcomer = newcomer.filter(|id| self.state.directory.number(id).is_none());
        let people = People::kept(self.organisation, &self.state.directory, newcomer);
        let names = Names {
            codes: &self.scorer.codes,
            inspections: &self.state.inspections,
            newcomer: names::named(self.record),
        };
        let report_day = as_of.unwrap_or_default();
        let tables = &self.scorer.tables;
        let threshold = Threshold { versions: &versions, tables, names, people: &people, as_of: report_day };
        let question = Question::default();
        let fold = Fold::new(self.scorer, &question, &versions, tables, &people, &[], &[], Facts::default());
        let mut plan = Plan {
            row: Row::idle(Mark::Told),
            told: None,
            as_of,
            waits: false,
            is_newcomer: newcomer.is_some(),
            turned: Vec::new(),
            chains: Few::new(),
            facts: Vec::new(),
            loose: Vec::new(),
        };
        match threshold.examine(self.record, self.row, &mut Day::default()) {
            Ok(one) => plan.row = Row::live(&one, fold.unit_of(&one)),
            Err(fate) => {
                plan.waits = fate.0 == Fate::OutOfScope;
                plan.told = Some(*fate);
            }
        }
        let mut changes = Changes {
            new: plan.row,
            turned: Vec::new(),
            units: Few::new(),
            facts: Vec::new(),
            loose: Vec::new(),
        };
        self.take_back(found, &mut plan, &mut changes)?;
        self.touch(found, &mut changes)?;
        for touched in changes.units.iter() {
            plan.chains.push(self.redo(&fold, &changes, touched)?);
        }
        for (fact, comes) in &changes.loose {
            plan.loose.push((*fact, self.loose(&fold, &changes, *fact, *comes)?));
        }
        (plan.row, plan.turned, plan.facts) = (changes.new, changes.turned, changes.facts);
        Ok(plan)
    }

    /// A record whose id is there already.
    // semantics §3.2
    fn again(&self, first: u32, as_of: Option<NaiveDate>) -> Result<Plan, Stop> {
        let known = self.state.rows.get(first as usize).ok_or(Stop::Anew)?;
        let mark = match known.mark {
            Mark::Conflict => Mark::Conflict,
            _ if self.record(first) == Some(self.record) => Mark::Duplicate,
            _ => return Err(Stop::Anew),
        };
        Ok(Plan {
            row: Row::idle(mark),
            told: None,
            as_of,
            waits: false,
            is_newcomer: false,
            turned: Vec::new(),
            chains: Few::new(),
            facts: Vec::new(),
            loose: Vec::new(),
        })
    }

    /// Whether another row than this takes back an id, or should.
    fn is_taken(&self, found: Found) -> bool {
        let takes = |from: u32| self.state.rows.get(from as usize).is_some_and(Row::is_unique);
        self.state.index.links(found).any(|link| link.how != How::Tells && takes(link.from))
    }

    /// Which rows are taken back, or no longer.
    // semantics §3.3
    fn take_back(&self, found: Option<Found>, plan: &mut Plan, changes: &mut Changes) -> Result<(), Stop> {
        let is_wanted = found.is_some_and(|found| self.is_taken(found));
        if !is_wanted && !is_taker(self.record) {
            return Ok(());
        }
        if !self.state.tangled.is_empty() {
            return Err(Stop::Anew);
        }
        if !is_wanted && let Some(turn) = self.take_one() {
            changes.turned.extend(turn.filter(|_| plan.told.is_none()));
            return Ok(());
        }
        // Whoever takes something back is decided anew, with what is refused before it has a price.
        let known_row = |id: &RecordId| self.known_row(id);
        let record = |row: u32| self.record(row);
        let taking = Taking { record: &record, known_row: &known_row };
        let mut takers: Vec<(u32, &Record)> =
            self.state.takers.iter().filter_map(|row| Some((*row, self.record(*row)?))).collect();
        if is_taker(self.record) {
            takers.push((self.row, self.record));
        }
        let targets = takers.iter().flat_map(|(row, record)| {
            core::iter::once(*row).chain(taking.targets(record).map(|(_, target)| target))
        });
        let concerned: BTreeSet<u32> = targets.collect();
        let mut fates = Fates::new();
        for row in &concerned {
            let told = if *row == self.row { plan.told.as_ref() } else { self.state.told.get(row) };
            let is_sound = self.row(changes, *row).is_some_and(|row| row.is_sound());
            if let Some(told) = told.filter(|_| !is_sound) {
                fates.insert(*row, told.clone());
            }
        }
        taking.decide(takers, &mut fates);
        for row in concerned {
            let fate = fates.remove(&row);
            if row == self.row {
                if let Some(fate) = fate.filter(|_| plan.told.is_none()) {
                    changes.new.mark = Mark::Told;
                    plan.told = Some(fate);
                }
                continue;
            }
            let is_struck = self.state.rows.get(row as usize).is_some_and(|row| row.mark == Mark::Struck);
            if is_struck && fate.is_none() || self.state.fate(self.records, row) == fate {
                continue;
            }
            let mark = if fate.is_some() { Mark::Told } else { Mark::Live };
            changes.turned.push(Turn { row, mark, by: NONE, told: fate });
        }
        Ok(())
    }

    /// The common case: a record takes one other back, which takes nothing back itself and is taken back by nobody else.
    fn take_one(&self) -> Option<Option<Turn>> {
        let (id, fate) = match (&self.record.revokes, &self.record.supersedes) {
            (Some(id), None) => (id, Fate::Revoked),
            (None, Some(id)) => (id, Fate::Superseded),
            _ => return None,
        };
        let found = self.state.index.find(self.records, id)?;
        let known = self.state.rows.get(found.row as usize)?;
        if !known.is_unique() || self.is_taken(found) || is_taker(self.records.get(found.row as usize)?) {
            return None;
        }
        let turn = Turn { row: found.row, mark: Mark::Taken(fate), by: self.row, told: None };
        Some(matches!(known.mark, Mark::Live | Mark::Struck).then_some(turn))
    }

    /// Which units are touched by rows that come or go.
    fn touch(&self, found: Option<Found>, changes: &mut Changes) -> Result<(), Stop> {
        let effective = |mark: Mark| matches!(mark, Mark::Live | Mark::Struck);
        for at in 0..changes.turned.len() {
            let Some((row, mark)) = changes.turned.get(at).map(|turn| (turn.row, turn.mark)) else {
                continue;
            };
            let Some(known) = self.state.rows.get(row as usize).filter(|row| row.is_sound()) else {
                continue;
            };
            if effective(known.mark) != effective(mark) {
                self.touch_by(row, *known, effective(mark), false, changes);
            }
        }
        if effective(changes.new.mark) {
            let is_told = found.is_some_and(|found| found.is_named());
            self.touch_by(self.row, changes.new, true, is_told, changes);
        }
        let is_tangled = |touched: &Touched| {
            let number = self.state.chain_number(touched.subject, touched.unit);
            self.state.tangled.contains(&NONE)
                || number.is_some_and(|number| self.state.tangled.contains(&number))
        };
        if changes.units.iter().any(is_tangled) { Err(Stop::Anew) } else { Ok(()) }
    }

    /// What a row touches that comes or goes; `is_told` where facts about it came before it.
    fn touch_by(&self, row: u32, known: Row, comes: bool, is_told: bool, changes: &mut Changes) {
        if known.unit != NONE
            && let Some(touched) = changes.unit(known.subject, known.unit)
        {
            touched.moved.push((row, comes));
            touched.told |= is_told;
        }
        let Some(Matter::Fact(fact)) = self.record(row).map(|record| &record.matter) else { return };
        let bears = self.rules.bears(&fact.fact);
        if bears.on_record
            && let Some(about) = fact.refers_to.as_ref().and_then(|id| self.row_of(id))
            && let Some(of) = self.row(changes, about).filter(|of| of.unit != NONE)
            && let Some(touched) = changes.unit(of.subject, of.unit)
        {
            touched.told = true;
        }
        if bears.on_record && self.rules.charges && fact.refers_to.is_none() {
            changes.loose.push((row, comes));
        }
        if bears.on_subject {
            changes.facts.push((known.subject, row, comes));
            for chain in self.state.chains_of(known.subject) {
                if let Some(touched) = changes.unit(chain.subject, chain.unit) {
                    touched.told = true;
                }
            }
        }
    }

    /// The facts that bear on everything of a subject, as they will be.
    pub(super) fn facts_of(&self, changes: &Changes, subject: u32) -> Vec<u32> {
        let mut facts = self.state.facts.get(&subject).cloned().unwrap_or_default();
        for (_, fact, comes) in changes.facts.iter().filter(|(of, ..)| *of == subject) {
            facts.retain(|one| one != fact);
            if *comes {
                facts.push(*fact);
            }
        }
        facts
    }

    /// The facts about a row that bear on its entries, as they will be.
    pub(super) fn facts_about(&self, changes: &Changes, row: u32) -> Vec<u32> {
        let is_fact = matches!(self.record.matter, Matter::Fact(_));
        let Some(record) = self.record(row).filter(|_| is_fact || self.state.index.tells()) else {
            return Vec::new();
        };
        let found = self.state.index.find(self.records, &record.id);
        let links = found.into_iter().flat_map(|found| self.state.index.links(found));
        let mut facts: Vec<u32> = links.filter(|link| link.how == How::Tells).map(|link| link.from).collect();
        if let Matter::Fact(fact) = &self.record.matter
            && fact.refers_to.as_ref() == Some(&record.id)
        {
            facts.push(self.row);
        }
        facts.retain(|fact| {
            let is_live =
                self.row(changes, *fact).is_some_and(|row| matches!(row.mark, Mark::Live | Mark::Struck));
            is_live
                && self.record(*fact).is_some_and(|record| match &record.matter {
                    Matter::Fact(fact) => self.rules.bears(&fact.fact).on_record,
                    _ => false,
                })
        });
        facts
    }

    /// The record of a row as reckoning sees it.
    pub(super) fn live(&self, changes: &Changes, row: u32) -> Option<Live<'p>> {
        Some(self.row(changes, row)?.as_live(row, self.record(row)?))
    }
}
