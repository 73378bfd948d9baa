//! What findings bring by themselves: vetoes on ladders, and consequences (semantics §9.5, §18.1).
//!
//! Few findings bring anything; those of a subject are looked up once.

use super::{Judge, Known, window::Win};
use crate::engine::dossier::{Live, NONE, Visit};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use core::cell::RefCell;
use ducha_core::{LadderId, Matter, Quantity, record::Finding};
use ducha_rulebook::annex::{
    clause::{Clause, Veto, VetoEffect},
    window::Window,
};

/// A finding that brings something.
#[derive(Clone, Copy)]
pub(super) struct Notable<'a> {
    /// Its place among the records that take effect.
    pub(super) live: u32,
    pub(super) day: NaiveDate,
    pub(super) visit: Visit,
    pub(super) clause: &'a Clause,
    finding: &'a Finding,
}

/// A veto on a ladder.
#[derive(Clone, Copy)]
pub(super) struct VetoOn {
    pub(super) day: NaiveDate,
    pub(super) visit: Visit,
    /// How many tiers down; nothing for the worst tier.
    pub(super) down: Option<u32>,
}

/// Lists by what they are of.
type Lists<K, T> = RefCell<BTreeMap<K, Rc<[T]>>>;

/// What was looked up before.
#[derive(Default)]
pub(super) struct Findings<'a> {
    /// By the numbers of the versions and the places of their clauses: which clauses bring something.
    notable: Vec<Vec<bool>>,
    of: Lists<u32, Notable<'a>>,
    /// By ladder and subject.
    vetoes: Lists<(u32, u32), VetoOn>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(versions: &crate::versions::Versions<'a>) -> Self {
        let is_notable = |clause: &Clause| {
            !clause.consequences.is_empty() || clause.veto.iter().any(|v| v.ladder.is_some())
        };
        let notable = versions.iter().map(|v| v.annex.clause.iter().map(is_notable).collect()).collect();
        Self { notable, ..Self::default() }
    }

    fn is_notable(&self, live: &Live<'_>) -> bool {
        let of = self.notable.get(live.version as usize);
        of.and_then(|of| of.get(live.clause as usize)).copied().unwrap_or(false)
    }
}

impl<'a> Judge<'_, 'a> {
    /// The findings of a subject that bring something, in canonical order.
    pub(super) fn notable(&self, subject: u32) -> Rc<[Notable<'a>]> {
        if let Some(known) = self.findings.of.borrow().get(&subject) {
            return Rc::clone(known);
        }
        let places = self.dossier.of(subject).map(|of| of.live.as_slice()).unwrap_or_default();
        let notable = places.iter().filter_map(|place| {
            let live = self.dossier.live(*place).filter(|live| self.findings.is_notable(live))?;
            let Matter::Finding(finding) = &live.record.matter else { return None };
            let clause = self.clause_of(live)?;
            let day = live.record.occurred_on;
            Some(Notable { live: *place, day, visit: live.visit, clause, finding })
        });
        let notable: Rc<[Notable<'a>]> = notable.collect();
        self.findings.of.borrow_mut().insert(subject, Rc::clone(&notable));
        notable
    }

    /// The clause of a finding, in the version that priced it.
    pub(super) fn clause_of(&self, live: &Live<'_>) -> Option<&'a Clause> {
        let version = self.dossier.versions.iter().nth(live.version as usize)?;
        version.annex.clause.get(live.clause as usize)
    }

    /// The vetoes on a ladder by the findings of a subject, in canonical order.
    // semantics §9.5
    pub(super) fn vetoes(&self, ladder: u32, id: &LadderId, subject: u32) -> Rc<[VetoOn]> {
        if let Some(known) = self.findings.vetoes.borrow().get(&(ladder, subject)) {
            return Rc::clone(known);
        }
        let mut vetoes = Vec::new();
        for one in self.notable(subject).iter() {
            let on = one.clause.veto.iter().filter(|v| v.ladder.as_ref() == Some(id));
            vetoes.extend(on.filter(|veto| applies(veto, one.finding)).filter_map(|veto| {
                let down = match veto.effect {
                    VetoEffect::WorstTier => None,
                    VetoEffect::Down => Some(veto.tiers.unwrap_or(1)),
                    VetoEffect::LoseAll | VetoEffect::LoseItem => return None,
                };
                Some(VetoOn { day: one.day, visit: one.visit, down })
            }));
        }
        let vetoes: Rc<[VetoOn]> = vetoes.into();
        self.findings.vetoes.borrow_mut().insert((ladder, subject), Rc::clone(&vetoes));
        vetoes
    }

    /// Whether dates can express when the findings of a subject leave a rolling window.
    pub(super) fn findings_leave(
        &self,
        kind: &Window,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<()> {
        // The later an act, the later it leaves: where one of the last day does, all do.
        if !matches!(window, Win::Rolling { .. }) || Self::leaves(kind, as_of).is_ok() {
            return Ok(());
        }
        for live in self.dossier.records_of(subject) {
            let day = live.record.occurred_on;
            let is_finding = live.clause != NONE && matches!(live.record.matter, Matter::Finding(_));
            if is_finding && day <= as_of {
                Self::leaves(kind, day)?;
            }
        }
        Ok(())
    }
}

/// Whether a veto is about this finding: its severity, its least quantity.
fn applies(veto: &Veto, finding: &Finding) -> bool {
    let grave = veto.severity.as_ref().is_none_or(|level| finding.severity.as_ref() == Some(level));
    grave && veto.at_least.is_none_or(|least| finding.quantity.unwrap_or(Quantity::ONE) >= least)
}
