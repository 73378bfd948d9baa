//! What follows from entries: values, tiers, places, consequences. Numbers alone; trees are made on demand.
//!
//! Values above a sum are exact decimals, as in the reference: there are few of them. A need is boxed, for it is rare.

mod balance;
mod complete;
mod condition;
mod consequence;
mod count;
mod crossing;
mod findings;
mod fired;
mod index;
mod judged;
mod ladders;
mod leaning;
mod ledger;
mod looked;
mod lots;
mod money;
mod placed;
mod rank;
mod relief;
mod scope;
mod standing;
mod tally;
mod tier;
mod window;

use self::{
    balance::Balances,
    consequence::FiredDays,
    count::Places,
    crossing::Rows,
    findings::Findings,
    index::{Indexes, Members},
    ladders::Ladders,
    ledger::Ledgers,
    looked::Windows,
    money::Facts,
    relief::Settlements,
    tally::Takers,
};
pub(super) use judged::{Apart, Judged, joined, judged_of};

use super::dossier::Dossier;
use alloc::{boxed::Box, collections::BTreeMap};
use core::cell::{Cell, RefCell};
use ducha_core::{Need, Step, message::Args};

/// A value, or why there is none.
pub(super) type Known<T> = Result<T, Box<Need>>;

/// How deep tallies, ladders and indexes may lean on each other.
const DEEPEST: u32 = 24;

/// Answers by their questions, each with how many questions deep it went.
pub(super) type Answers<K, V> = RefCell<BTreeMap<K, (u32, V)>>;

/// The questions that can be asked of a dossier. One judge works on one thread; a dossier serves many.
pub(super) struct Judge<'d, 'a> {
    pub(super) dossier: &'d Dossier<'a>,
    /// How many questions are being asked within each other.
    depth: Cell<u32>,
    /// How deep the answers since the question that is asked now have gone.
    reached: Cell<u32>,
    ladders: Ladders<'a>,
    findings: Findings<'a>,
    crossed: Rows<'a>,
    facts: Facts<'a>,
    fired: FiredDays<'a>,
    windows: Windows,
    ledgers: Ledgers<'a>,
    takers: Takers,
    balances: Balances<'a>,
    settlements: Settlements<'a>,
    indexes: Indexes,
    members: Members,
    inspections: Places,
    ratings: Places,
    facts_of: Places,
}

/// Held while one question is asked within another.
pub(super) struct Deeper<'j>(&'j Cell<u32>);

impl Drop for Deeper<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl<'d, 'a> Judge<'d, 'a> {
    pub(super) fn new(dossier: &'d Dossier<'a>) -> Self {
        Self {
            dossier,
            depth: Cell::new(0),
            reached: Cell::new(0),
            ladders: Ladders::new(&dossier.versions),
            findings: Findings::new(&dossier.versions),
            crossed: Rows::default(),
            facts: Facts::default(),
            fired: FiredDays::default(),
            windows: Windows::default(),
            ledgers: Ledgers::default(),
            takers: Takers::default(),
            balances: Balances::default(),
            settlements: Settlements::default(),
            indexes: Indexes::default(),
            members: Members::default(),
            inspections: Places::default(),
            ratings: Places::default(),
            facts_of: Places::default(),
        }
    }

    /// One question within another, as long as that is not too deep.
    pub(super) fn deeper(&self) -> Known<Deeper<'_>> {
        let depth = self.depth.get().saturating_add(1);
        self.reached.set(self.reached.get().max(depth));
        if depth > DEEPEST {
            return Err(missing(Step::TooDeep, Args::none()));
        }
        self.depth.set(depth);
        Ok(Deeper(&self.depth))
    }

    /// The answer that was given before, or a new one. What went too deep, or would go too deep from here, is asked anew.
    pub(super) fn once<K: Ord, V: Clone>(
        &self,
        answers: &Answers<K, V>,
        key: K,
        ask: impl FnOnce() -> V,
    ) -> V {
        let here = self.depth.get();
        if let Some((further, answer)) = answers.borrow().get(&key) {
            let deepest = here.saturating_add(*further);
            if deepest <= DEEPEST {
                self.reached.set(self.reached.get().max(deepest));
                return answer.clone();
            }
        }
        let before = self.reached.replace(here);
        let answer = ask();
        let reached = self.reached.get();
        self.reached.set(before.max(reached));
        if reached <= DEEPEST {
            answers.borrow_mut().insert(key, (reached.saturating_sub(here), answer.clone()));
        }
        answer
    }
}

/// A need with its arguments.
pub(super) fn missing(step: Step, args: Args) -> Box<Need> {
    Box::new(Need { step, args })
}
