//! What the rules of a scorer ask of a ledger: how far each unit looks back, and which facts bear on entries.

use crate::{
    engine::{
        compile::Scorer,
        reach::Reach,
        span::Span,
        tables::{Item, Unit},
    },
    versions::{Version, Versions},
};
use alloc::{boxed::Box, collections::BTreeSet, vec, vec::Vec};
use ducha_core::{FactId, RecordId, record::standard_fact};
use ducha_rulebook::annex::{
    clause::{Clause, OncePer},
    index::Over,
    policy::KeyPart,
    price::{CountOver, Price},
    window::{NamedWindow, Rolling, Window},
};

/// What must be known of the rules to follow a change.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) units: Box<[UnitRules]>,
    /// Whether a rule looks across all subjects: then every change is reckoned with everything.
    pub(super) across: bool,
    /// Whether what one is charged falls on others.
    pub(super) charges: bool,
    /// Whether a tally passes to successors.
    pub(super) inherits: bool,
    /// Whether an index is about members.
    pub(super) members: bool,
    /// Whether there are rankings.
    pub(super) ranks: bool,
    /// Whether a tally is dated by another day than that of the act.
    pub(super) dated: bool,
    /// The ids of consequences, where a fact may be about one.
    pub(super) consequences: BTreeSet<RecordId>,
    /// Kinds of facts that bear on the record that they are about.
    about: BTreeSet<FactId>,
    /// Kinds of facts that bear on all that is found on their subject.
    of_subject: BTreeSet<FactId>,
    /// Whether a warning or a decision bears on anything.
    warns: bool,
}

/// One unit.
#[derive(Debug, Clone)]
pub(super) struct UnitRules {
    /// Whether a change can be followed entry by entry, as long as no fact bears on it.
    pub(super) plain: bool,
    /// How far its rules look back, each by its version.
    pub(super) reaches: Box<[(Reach, u32)]>,
}

/// How a kind of fact bears on entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bears {
    pub(super) on_record: bool,
    pub(super) on_subject: bool,
}

impl Rules {
    pub(super) fn of(scorer: &Scorer) -> Self {
        let versions = Versions::known(&scorer.books, None);
        let tables = &scorer.tables;
        let mut units = vec![UnitRules { plain: true, reaches: Box::default() }; tables.units.len()];
        let charges =
            versions.iter().any(|v| !v.annex.share.is_empty() || !v.annex.accountability.is_empty());
        let annexes = || versions.iter().map(|version| version.annex);
        let consequences = annexes().flat_map(|annex| &annex.consequence);
        let mut rules = Self {
            units: Box::default(),
            across: tables.units.contains(&Unit::OfAll),
            charges,
            inherits: annexes().flat_map(|annex| &annex.tally).any(|tally| tally.inherit),
            members: annexes().flat_map(|annex| &annex.index).any(|index| index.over == Some(Over::Members)),
            ranks: annexes().any(|annex| !annex.ranking.is_empty()),
            dated: annexes().flat_map(|annex| &annex.tally).any(|tally| tally.dated_by.is_some()),
            consequences: consequences.filter_map(|one| RecordId::new(one.id.as_str()).ok()).collect(),
            about: BTreeSet::new(),
            of_subject: BTreeSet::new(),
            warns: false,
        };
        let mut reaches: Vec<Vec<(Reach, u32)>> = vec![Vec::new(); units.len()];
        for version in versions.iter() {
            rules.about.extend(version.annex.accountability.iter().map(|rule| rule.fact.clone()));
            rules.about.extend(version.annex.unrectified.iter().filter_map(|policy| policy.fact.clone()));
            let resets = version.annex.recurrence.iter().flat_map(|policy| &policy.reset);
            rules.of_subject.extend(resets.filter_map(|reset| reset.fact.clone()));
            let number = u32::try_from(version.number).unwrap_or(u32::MAX);
            let Some(table) = tables.version(number) else { continue };
            for (item, clause) in table.items.iter().zip(&version.annex.clause) {
                rules.warns |= clause.warning.is_some();
                let unit = item.unit as usize;
                if let Some(of) = reaches.get_mut(unit) {
                    looks_back(item, clause, version, number, of);
                }
                if let Some(unit) = units.get_mut(unit) {
                    unit.plain &= !charges && is_plain(item, clause, version);
                }
            }
            for unit in &*table.award_units {
                if let Some(unit) = units.get_mut(*unit as usize) {
                    unit.plain = false;
                }
            }
        }
        for (unit, reaches) in units.iter_mut().zip(reaches) {
            unit.reaches = each_once(reaches);
        }
        rules.units = units.into_boxed_slice();
        rules
    }

    /// How a kind of fact bears on entries.
    pub(super) fn bears(&self, kind: &FactId) -> Bears {
        Bears {
            on_record: matches!(kind.as_str(), standard_fact::DECIDED | standard_fact::NOT_RECTIFIED)
                || self.about.contains(kind),
            on_subject: self.warns && kind.as_str() == standard_fact::WARNING_SERVED
                || self.of_subject.contains(kind),
        }
    }
}

/// How far the rules of a clause look back.
fn looks_back(
    item: &Item,
    clause: &Clause,
    version: Version<'_>,
    number: u32,
    reaches: &mut Vec<(Reach, u32)>,
) {
    let mut reach = |reach: Reach| reaches.push((reach, number));
    let named = |window| Reach::of(&Window::Named(window));
    if let Some(policy) = version.annex.recurrence.get(item.recurrence as usize) {
        reach(Reach::of(&policy.window));
    }
    match clause.once_per {
        Some(OncePer::Inspection) => reach(Reach::Inspection),
        Some(OncePer::Day) => reach(named(NamedWindow::Day)),
        None => {}
    }
    if let Price::Count { over, .. } = &clause.price {
        match over {
            CountOver::Finding => {}
            CountOver::Inspection => reach(Reach::Inspection),
            CountOver::Day => reach(named(NamedWindow::Day)),
            CountOver::Month => reach(named(NamedWindow::Month)),
        }
    }
    if let Some(warning) = &clause.warning {
        let window = Rolling { rolling: warning.validity, last_day: warning.last_day };
        let window = Window::Rolling(window);
        reach(Span::of(&window).map_or(Reach::Ever, Reach::Rolling));
    }
    for cap in item.before.iter().chain(&item.after) {
        reaches.push((cap.window.clone(), cap.version));
    }
}

/// Whether a change among findings of the clause can be followed entry by entry.
fn is_plain(item: &Item, clause: &Clause, version: Version<'_>) -> bool {
    let policy = version.annex.recurrence.get(item.recurrence as usize);
    let asks_for_record = |part: &KeyPart| matches!(part, KeyPart::Place | KeyPart::Inspector);
    let caps = || item.before.iter().chain(&item.after);
    // What asks for an earlier record itself, or for what several entries of one record do together, is reckoned whole.
    !item.can_lose
        && item.retired.is_none()
        && !matches!(&clause.price, Price::Count { over, .. } if *over != CountOver::Finding)
        && !matches!(clause.price, Price::Rate { .. })
        && policy.is_none_or(|policy| !policy.key.iter().any(asks_for_record) && policy.reset.is_empty())
        && caps().all(|cap| cap.sources.is_empty())
}

/// Reaches that say the same are one.
fn each_once(reaches: Vec<(Reach, u32)>) -> Box<[(Reach, u32)]> {
    let mut kept: Vec<(Reach, u32)> = Vec::new();
    for (reach, version) in reaches {
        let same = |(other, of): &(Reach, u32)| match (other, &reach) {
            (Reach::Inspection, Reach::Inspection) | (Reach::Ever, Reach::Ever) => true,
            (Reach::Civil(a), Reach::Civil(b)) | (Reach::Rolling(a), Reach::Rolling(b)) => a == b,
            (Reach::Term, Reach::Term) => *of == version,
            (Reach::Cycle(a), Reach::Cycle(b)) => a == b,
            _ => false,
        };
        if !kept.iter().any(same) {
            kept.push((reach, version));
        }
    }
    kept.into_boxed_slice()
}
