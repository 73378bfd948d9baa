//! What findings bring by themselves: vetoes on ladders, and consequences (semantics §9.5, §18.1).
//!
//! Few findings bring anything; those of a subject are looked up once.

use super::{Judge, Known, ladders::Rungs, ledger::run, window::Win};
use crate::{
    engine::dossier::{Live, NONE, Visit},
    versions::{Version, Versions},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use core::cell::RefCell;
use ducha_core::{Matter, Quantity, record::Finding};
use ducha_rulebook::annex::{
    clause::{Clause, Veto, VetoEffect},
    ladder::SeveralDown,
    window::{NamedWindow, Window},
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

/// A veto on a ladder, by a finding.
#[derive(Clone, Copy)]
struct VetoBy {
    day: NaiveDate,
    visit: Visit,
    /// How many tiers down; of one that brings the worst tier, nothing.
    tiers: u32,
}

/// The vetoes on a ladder by the findings of a subject: by day, or where the ladder is judged by inspections, by those first.
#[derive(Default)]
pub(super) struct Vetoes {
    worst: Vec<VetoBy>,
    down: Vec<VetoBy>,
}

/// What the vetoes of a window do.
#[derive(Clone, Copy)]
pub(super) struct Fall {
    /// How many tiers down, if any.
    pub(super) tiers: Option<u32>,
    /// Whether it is the worst tier, whatever else holds.
    pub(super) worst: bool,
}

/// Lists by what they are of.
type Lists<K, T> = RefCell<BTreeMap<K, Rc<[T]>>>;

/// What was looked up before.
#[derive(Default)]
pub(super) struct Findings<'a> {
    /// By the numbers of the versions and the places of their clauses: which clauses bring something.
    notable: Vec<Vec<bool>>,
    /// Whether any does.
    any: bool,
    of: Lists<u32, Notable<'a>>,
    /// By ladder, version and subject.
    vetoes: RefCell<BTreeMap<(u32, usize, u32), Rc<Vetoes>>>,
    /// The records of a subject whose entries lean on a provisional day.
    leaning: RefCell<BTreeMap<u32, Rc<BTreeSet<u32>>>>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(versions: &Versions<'a>) -> Self {
        let is_notable = |clause: &Clause| {
            !clause.consequences.is_empty() || clause.veto.iter().any(|v| v.ladder.is_some())
        };
        let of = |v: Version<'a>| v.annex.clause.iter().map(is_notable).collect();
        let notable: Vec<Vec<bool>> = versions.iter().map(of).collect();
        Self { any: notable.iter().flatten().any(|is| *is), notable, ..Self::default() }
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
        let places = self.dossier.of(subject).filter(|_| self.findings.any);
        let places = places.map(|of| of.live.as_slice()).unwrap_or_default();
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

    /// The vetoes on a ladder by the findings of a subject.
    fn vetoes(&self, rungs: Rungs<'a>, subject: u32) -> Rc<Vetoes> {
        let key = (rungs.number, rungs.version.number, subject);
        if let Some(known) = self.findings.vetoes.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut vetoes = Vetoes::default();
        for one in self.notable(subject).iter() {
            let on = one.clause.veto.iter().filter(|v| v.ladder.as_ref() == Some(&rungs.ladder.id));
            for veto in on.filter(|veto| applies(veto, one.finding)) {
                let by = VetoBy { day: one.day, visit: one.visit, tiers: veto.tiers.unwrap_or(1) };
                match veto.effect {
                    VetoEffect::WorstTier => vetoes.worst.push(by),
                    VetoEffect::Down => vetoes.down.push(by),
                    VetoEffect::LoseAll | VetoEffect::LoseItem => {}
                }
            }
        }
        if rungs.window == Some(&Window::Named(NamedWindow::Inspection)) {
            vetoes.worst.sort_by_key(|by| (by.visit, by.day));
            vetoes.down.sort_by_key(|by| (by.visit, by.day));
        }
        let vetoes = Rc::new(vetoes);
        self.findings.vetoes.borrow_mut().insert(key, Rc::clone(&vetoes));
        vetoes
    }

    /// What the findings of a subject in a window, up to a day, do on a ladder.
    // semantics §9.5
    pub(super) fn fall(&self, rungs: Rungs<'a>, subject: u32, window: Win, as_of: NaiveDate) -> Known<Fall> {
        let Some(kind) = rungs.window else { return Ok(Fall { tiers: None, worst: false }) };
        self.findings_leave(kind, subject, window, as_of)?;
        let vetoes = self.vetoes(rungs, subject);
        let down = within(kind, &vetoes.down, window, as_of);
        let tiers = down.iter().map(|by| by.tiers);
        let tiers = match rungs.ladder.several_down {
            Some(SeveralDown::Sum) => tiers.reduce(u32::saturating_add),
            _ => tiers.max(),
        };
        Ok(Fall { tiers, worst: !within(kind, &vetoes.worst, window, as_of).is_empty() })
    }

    /// The records of a subject whose entries lean on a day that next year's notice may change.
    pub(super) fn leaning(&self, subject: u32) -> Rc<BTreeSet<u32>> {
        if let Some(known) = self.findings.leaning.borrow().get(&subject) {
            return Rc::clone(known);
        }
        let postings = self.dossier.postings_of(subject).iter();
        let leaning: BTreeSet<u32> = postings.filter(|one| one.leans).map(|one| one.live).collect();
        let leaning = Rc::new(leaning);
        self.findings.leaning.borrow_mut().insert(subject, Rc::clone(&leaning));
        leaning
    }

    /// Whether dates can express when the findings of a subject leave a rolling window.
    fn findings_leave(&self, kind: &Window, subject: u32, window: Win, as_of: NaiveDate) -> Known<()> {
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

/// The vetoes of a window, up to a day.
fn within<'v>(kind: &Window, vetoes: &'v [VetoBy], window: Win, as_of: NaiveDate) -> &'v [VetoBy] {
    let range = match window {
        Win::Inspection { visit, .. } => {
            let begin = vetoes.partition_point(|by| by.visit < visit);
            let end = vetoes.partition_point(|by| (by.visit, by.day) <= (visit, as_of));
            begin..end.max(begin)
        }
        _ => run(kind, vetoes, |by| by.day, window, as_of),
    };
    vetoes.get(range).unwrap_or_default()
}

/// Whether a veto is about this finding: its severity, its least quantity.
fn applies(veto: &Veto, finding: &Finding) -> bool {
    let grave = veto.severity.as_ref().is_none_or(|level| finding.severity.as_ref() == Some(level));
    grave && veto.at_least.is_none_or(|least| finding.quantity.unwrap_or(Quantity::ONE) >= least)
}
