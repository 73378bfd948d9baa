//! What a tally counts: entries, inspections and consequences, of whom and from which day (semantics §7.1, §7.5).

use super::{
    Judge, Known,
    ledger::{Row, run},
    window::{Win, off_the_calendar},
};
use crate::{
    engine::dossier::{NONE, Posting},
    versions::Version,
};
use alloc::{collections::BTreeSet, rc::Rc, vec, vec::Vec};
use chrono::NaiveDate;
use core::cell::RefCell;
use ducha_calendar::live_until;
use ducha_core::{AwardId, ClauseId, ConsequenceId, Factor, Matter, Points};
use ducha_rulebook::annex::tally::{Measure, Tally};

/// What brought something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Brought<'a> {
    /// A record, by its place among those that take effect.
    By(u32),
    /// The end of a window: the consequence stands for it.
    AtEnd(&'a ConsequenceId),
}

/// Something that a tally counts: of which record, from which day, how much.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Counted<'a> {
    pub(in crate::engine) brought: Brought<'a>,
    pub(in crate::engine) date: NaiveDate,
    /// Its place among what is counted of the day.
    pub(in crate::engine) order: (NaiveDate, u32, u32),
    pub(in crate::engine) points: Points,
    pub(in crate::engine) award: Option<&'a AwardId>,
    pub(in crate::engine) clause: Option<&'a ClauseId>,
    pub(in crate::engine) is_award: bool,
}

impl Brought<'_> {
    /// The record, by its place among those that take effect; nothing where a window's end brought it.
    pub(in crate::engine) const fn live(self) -> Option<u32> {
        match self {
            Self::By(live) => Some(live),
            Self::AtEnd(_) => None,
        }
    }
}

impl Counted<'_> {
    /// The record, by its place among those that take effect; nothing where a window's end brought it.
    pub(in crate::engine) const fn live(&self) -> Option<u32> {
        self.brought.live()
    }
}

/// The records of one kind, by subject: their places among those that take effect, in canonical order.
pub(super) type Places = RefCell<alloc::collections::BTreeMap<u32, Rc<[u32]>>>;

impl<'a> Judge<'_, 'a> {
    /// The subjects of which something may count for this one: itself and, where a tally inherits, whoever passed on (S41).
    // semantics §7.5
    pub(in crate::engine) fn predecessors(&self, tally: &Tally, subject: u32) -> Vec<u32> {
        let mut whose = vec![subject];
        if tally.inherit {
            let mut seen = BTreeSet::from([subject]);
            whose.extend(
                self.dossier.successions.iter().map(|(_, from, _)| *from).filter(|f| seen.insert(*f)),
            );
        }
        whose
    }

    /// Those of whom something can have come to the subject at all, itself first.
    fn forebears(&self, tally: &Tally, subject: u32) -> Vec<u32> {
        let mut whose = vec![subject];
        if tally.inherit {
            let mut seen = BTreeSet::from([subject]);
            for (_, from, to) in self.dossier.successions.iter().rev() {
                if to.is_some_and(|to| seen.contains(&to)) && seen.insert(*from) {
                    whose.push(*from);
                }
            }
        }
        whose
    }

    /// Who has at the end of a day what was brought upon a subject on an earlier one: it passes on with each succession since.
    fn holder(&self, subject: u32, date: NaiveDate, until: NaiveDate) -> Option<u32> {
        let mut holder = Some(subject);
        for (on, from, to) in &self.dossier.successions {
            if date <= *on && *on <= until && holder == Some(*from) {
                holder = *to;
            }
        }
        holder
    }

    /// Everything that the tally counts in the window by the end of the day, in canonical order.
    // semantics §7.1
    pub(in crate::engine) fn counted(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Vec<Counted<'a>>> {
        // What passed on after the window's end does not rewrite it (semantics §7.5).
        let seen = window.last_day().min(as_of);
        let whose = match tally.measure {
            // What cannot be told of anybody who passed on cannot be told of the subject.
            Measure::Consequences => self.predecessors(tally, subject),
            _ => self.forebears(tally, subject),
        };
        let mut counted = Vec::new();
        for one in &whose {
            let mut of_one = match tally.measure {
                Measure::Points | Measure::Money | Measure::Findings => {
                    self.counted_entries(version, tally, *one, window, as_of)?
                }
                Measure::Inspections => self.counted_inspections(tally, *one, window, as_of)?,
                Measure::Consequences => self.counted_consequences(tally, *one, window, as_of)?,
            };
            if tally.inherit {
                of_one.retain(|counts| self.holder(*one, counts.date, seen) == Some(subject));
            }
            counted.append(&mut of_one);
        }
        if whose.len() > 1 {
            counted.sort_by_key(|counts| (counts.date, counts.order));
        }
        Ok(counted)
    }

    fn counted_entries(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        whose: u32,
        window: Win,
        last: NaiveDate,
    ) -> Known<Vec<Counted<'a>>> {
        let postings = self.dossier.postings_of(whose);
        let dates = postings.iter().filter_map(|posting| self.date(tally, posting));
        Self::all_leave(&tally.window, window, last, dates)?;
        let ledger = self.ledger(version, tally, whose);
        let reach = Self::reach(&tally.window, &ledger, postings, window, last);
        let seen = window.last_day().min(last);
        let mut counted = Vec::new();
        for row in ledger.within(reach, postings) {
            let Some(weight) = weight(tally, row.date, seen)? else { continue };
            let mut one = self.counts_as(&row, postings)?;
            if weight != Factor::ONE {
                one.points = one.points.times(weight)?;
            }
            counted.push(one);
        }
        Ok(counted)
    }

    /// A row with what tells its group of awards.
    pub(super) fn counts_as(&self, row: &Row, postings: &[Posting]) -> Known<Counted<'a>> {
        let posting = postings.get(row.posting as usize);
        let order = posting.map_or((row.date, 0, 0), Posting::key);
        let version = posting.filter(|_| row.is_award).and_then(|p| self.version(p.version));
        let annex = version.map(|v| v.annex);
        let award = posting.filter(|p| p.award != NONE).zip(annex);
        let award = award.and_then(|(p, annex)| annex.award.get(p.award as usize));
        let clause = posting.zip(annex).and_then(|(p, annex)| annex.clause.get(p.clause as usize));
        Ok(Counted {
            brought: Brought::By(posting.map_or(NONE, |p| p.live)),
            date: row.date,
            order,
            points: self.points(row.points)?,
            award: award.map(|award| &award.id),
            clause: clause.map(|clause| &clause.id),
            is_award: row.is_award,
        })
    }

    fn counted_inspections(
        &self,
        tally: &Tally,
        whose: u32,
        window: Win,
        last: NaiveDate,
    ) -> Known<Vec<Counted<'a>>> {
        let inspections = self.inspections_told(whose);
        let day = |live: &u32| self.dossier.live(*live).map_or(NaiveDate::MAX, |one| one.record.occurred_on);
        Self::all_leave(&tally.window, window, last, inspections.iter().map(day))?;
        let seen = window.last_day().min(last);
        let mut counted = Vec::new();
        for live in self.told_within(&tally.window, &inspections, window, last) {
            let Some(one) = self.dossier.live(live) else { continue };
            let Matter::Inspection(inspection) = &one.record.matter else { continue };
            let date = one.record.occurred_on;
            let Some(weight) = weight(tally, date, seen)? else { continue };
            let exposure = inspection.weight.unwrap_or(Factor::ONE);
            counted.push(Counted {
                brought: Brought::By(live),
                date,
                order: (date, live, 0),
                points: Points::ONE.times(exposure)?.times(weight)?,
                award: None,
                clause: None,
                is_award: false,
            });
        }
        Ok(counted)
    }

    /// Of records of a subject those that lie in a window and are dated up to a day.
    pub(super) fn told_within(
        &self,
        kind: &ducha_rulebook::annex::window::Window,
        told: &[u32],
        window: Win,
        last: NaiveDate,
    ) -> Vec<u32> {
        let day = |live: &u32| self.dossier.live(*live).map_or(NaiveDate::MAX, |one| one.record.occurred_on);
        if let Win::Inspection { visit, .. } = window {
            let within = |live: &&u32| {
                self.dossier
                    .live(**live)
                    .is_some_and(|one| one.visit == visit && one.record.occurred_on <= last)
            };
            return told.iter().filter(within).copied().collect();
        }
        told.get(run(kind, told, day, window, last)).unwrap_or_default().to_vec()
    }

    /// The inspections of a subject.
    pub(super) fn inspections_told(&self, subject: u32) -> Rc<[u32]> {
        self.told(&self.inspections, subject, |matter| matches!(matter, Matter::Inspection(_)))
    }

    /// The records of one kind, one without clauses, of a subject.
    pub(super) fn told(&self, known: &Places, subject: u32, is: impl Fn(&Matter) -> bool) -> Rc<[u32]> {
        if let Some(known) = known.borrow().get(&subject) {
            return Rc::clone(known);
        }
        let places = self.dossier.of(subject).map(|of| of.live.as_slice()).unwrap_or_default();
        // What has a clause is a finding or a measurement, and need not be looked at.
        let is = |place: &u32| {
            self.dossier.live(*place).is_some_and(|one| one.clause == NONE && is(&one.record.matter))
        };
        let told: Rc<[u32]> = places.iter().copied().filter(is).collect();
        known.borrow_mut().insert(subject, Rc::clone(&told));
        told
    }

    fn counted_consequences(
        &self,
        tally: &'a Tally,
        whose: u32,
        window: Win,
        last: NaiveDate,
    ) -> Known<Vec<Counted<'a>>> {
        let asked = |day: NaiveDate| -> Known<bool> {
            Ok(day <= last && Self::within(&tally.window, window, day, None)?)
        };
        self.unknown_on(&tally.consequences, whose, asked)?;
        let mut counted = Vec::new();
        for (order, fired) in (0_u32..).zip(self.fired_days(&tally.consequences, whose).iter()) {
            let date = fired.on;
            if !asked(date)? {
                continue;
            }
            counted.push(Counted {
                brought: fired.brought,
                date,
                order: (date, order, 0),
                points: Points::ONE,
                award: None,
                clause: None,
                is_award: false,
            });
        }
        Ok(counted)
    }
}

/// The weight of an entry by its age (S35); nothing beyond the last step; one where no ages are declared.
// semantics §7.1
fn weight(tally: &Tally, date: NaiveDate, as_of: NaiveDate) -> Known<Option<Factor>> {
    if tally.ages.is_empty() {
        return Ok(Some(Factor::ONE));
    }
    for age in &tally.ages {
        let end = live_until(date, age.up_to, age.last_day).map_err(|_| off_the_calendar(date))?;
        if as_of < end {
            return Ok(Some(age.weight));
        }
    }
    Ok(None)
}
