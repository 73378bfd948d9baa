//! What a tally takes in: clauses by what the judging version means by them, sources, awards; transitions; vetoes (semantics §7.1).
//!
//! All of that is told by the rules alone, so it is found once, however many entries there are.

use super::{Judge, ledger::place_of};
use crate::{
    assessment::EntryKind,
    engine::{
        dossier::{NO_MONEY, NONE, Posting},
        scale::power,
    },
    versions::Version,
};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, SourceId};
use ducha_rulebook::annex::{
    clause::{Clause, Veto, VetoEffect},
    duty::TransitionRule,
    tally::{Measure, Tally},
    vocabulary::Scope,
};

/// What of a tally is the same for all subjects.
pub(super) struct Rules<'a> {
    /// By the numbers of the versions that price, and the places of their clauses: whether a clause is in the scope, the
    /// source aside.
    clauses: Vec<Vec<bool>>,
    /// The sources that the scope lists; all where it lists none.
    sources: &'a [SourceId],
    /// By versions and the places of their awards: which the tally lists.
    awards: Vec<Vec<bool>>,
    bonuses: bool,
    /// Entries before this day were closed by a transition.
    closed: Option<NaiveDate>,
    /// Whether a later version lacks the tally.
    retires: bool,
    /// By versions and the places of their clauses: whether a finding may take the whole tally. Empty where none may.
    pub(super) vetoes: Vec<Vec<bool>>,
    /// The clauses of the tally's own version that are attainable points, by their places.
    pub(super) attainable: Vec<u32>,
}

/// What a version means by each clause of another, where it means anything.
pub(super) type Meant<'a> = Rc<[Option<&'a Clause>]>;

impl<'a> Judge<'_, 'a> {
    /// What of a tally is the same for all subjects.
    pub(super) fn rules(&self, version: Version<'a>, tally: &'a Tally) -> Rc<Rules<'a>> {
        if let Some(known) = self.ledgers.rules.borrow().get(&place_of(tally)) {
            return Rc::clone(known);
        }
        let versions = || self.dossier.versions.iter();
        let clauses = versions().map(|pricing| self.in_scope(version, tally.scope.as_ref(), pricing));
        let listed = |v: Version<'a>| v.annex.award.iter().map(|a| tally.awards.contains(&a.id)).collect();
        let takes =
            |veto: &Veto| veto.effect == VetoEffect::LoseAll && veto.tally.as_ref() == Some(&tally.id);
        let vetoes = |v: Version<'a>| v.annex.clause.iter().map(|c| c.veto.iter().any(takes)).collect();
        let vetoes: Vec<Vec<bool>> = versions().map(vetoes).collect();
        let closes = |v: &Version<'a>| {
            let mut transitions = v.annex.transition.iter();
            transitions.any(|t| t.tally == tally.id && t.rule == TransitionRule::Close)
        };
        let closed = versions().filter(|v| v.number <= version.number).filter(closes);
        let clauses: Vec<Vec<bool>> = clauses.collect();
        let sources = tally.scope.as_ref().map(|scope| scope.sources.as_slice()).unwrap_or_default();
        let own = clauses.get(version.number).map(Vec::as_slice).unwrap_or_default();
        // Of a clause by itself there is no source.
        let own = (0_u32..).zip(own).filter(|(_, is)| **is && sources.is_empty());
        let rules = Rc::new(Rules {
            attainable: own.map(|(place, _)| place).collect(),
            clauses,
            sources,
            awards: versions().map(listed).collect(),
            bonuses: tally.bonuses.unwrap_or(tally.full_marks.is_some()),
            closed: closed.map(|v| v.annex.rulebook.from).max(),
            retires: versions().any(|v| v.number > version.number && v.tally(&tally.id).is_none()),
            vetoes: if vetoes.iter().flatten().any(|is| *is) { vetoes } else { Vec::new() },
        });
        self.ledgers.rules.borrow_mut().insert(place_of(tally), Rc::clone(&rules));
        rules
    }

    /// By the places of a version's clauses: whether a scope of the judging one takes them in, their source aside.
    // semantics §7.1
    fn in_scope(&self, judge: Version<'a>, scope: Option<&Scope>, pricing: Version<'a>) -> Vec<bool> {
        let clauses = &pricing.annex.clause;
        let Some(scope) = scope else { return clauses.iter().map(|_| true).collect() };
        let meant = self.meant(judge, pricing);
        let takes_in = |(clause, meant): (&'a Clause, &Option<&'a Clause>)| {
            let (means, of) = meant.map_or((clause, pricing), |meant| (meant, judge));
            let section = || means.section.as_ref();
            let line = || {
                let of_section = || of.annex.section.iter().find(|s| Some(&s.id) == section())?.line.as_ref();
                means.line.as_ref().or_else(of_section)
            };
            let named = || scope.clauses.contains(&clause.id) || scope.clauses.contains(&means.id);
            (scope.clauses.is_empty() || named())
                && (scope.sections.is_empty() || section().is_some_and(|id| scope.sections.contains(id)))
                && (scope.lines.is_empty() || line().is_some_and(|id| scope.lines.contains(id)))
                && (scope.aspects.is_empty() || scope.aspects.contains(&means.aspect))
                && scope.criticality.is_none_or(|grade| means.criticality == Some(grade))
        };
        clauses.iter().zip(meant.iter()).map(takes_in).collect()
    }

    /// What a version means by each clause of another.
    // semantics §2
    fn meant(&self, judge: Version<'a>, pricing: Version<'a>) -> Meant<'a> {
        let key = (judge.number, pricing.number);
        if let Some(known) = self.ledgers.meant.borrow().get(&key) {
            return Rc::clone(known);
        }
        let own: BTreeMap<_, _> =
            judge.annex.clause.iter().rev().map(|clause| (&clause.id, clause)).collect();
        let meant =
            |clause: &'a Clause| own.get(&clause.id).copied().or_else(|| judge.clause_meant(&clause.id));
        let meant: Meant<'a> = pricing.annex.clause.iter().map(meant).collect();
        self.ledgers.meant.borrow_mut().insert(key, Rc::clone(&meant));
        meant
    }

    /// What an entry counts in a tally, at the scorer's scale, and whether as an award; nothing where it doesn't count.
    // semantics §7.1
    pub(super) fn counts(
        &self,
        version: Version<'a>,
        tally: &Tally,
        rules: &Rules<'a>,
        posting: &Posting,
    ) -> Option<(i64, bool)> {
        let of = |table: &[Vec<bool>], place: u32| {
            let of = table.get(posting.version as usize).and_then(|of| of.get(place as usize));
            of.copied().unwrap_or(false)
        };
        let is_award = posting.kind == EntryKind::Award;
        let listed = if posting.award != NONE {
            of(&rules.awards, posting.award)
        } else if is_award && !rules.bonuses {
            false
        } else {
            tally.scope.is_none() || of(&rules.clauses, posting.clause) && self.is_from(rules, posting)
        };
        let day = posting.day;
        if !listed || rules.closed.is_some_and(|closed| day < closed) {
            return None;
        }
        // A later version without the tally has retired it (semantics §2).
        let retired = |v: Version<'a>| v.number > version.number && v.tally(&tally.id).is_none();
        if rules.retires && self.dossier.versions.in_force(day).is_some_and(retired) {
            return None;
        }
        match tally.measure {
            Measure::Points => Some((posting.points, is_award)),
            Measure::Money if !is_award => {
                Some((if posting.money == NO_MONEY { 0 } else { posting.money }, false))
            }
            Measure::Findings if posting.kind == EntryKind::Deduction && self.dossier.is_finding(posting) => {
                power(self.dossier.scorer.scale).map(|one| (one, false))
            }
            _ => None,
        }
    }

    fn is_from(&self, rules: &Rules<'a>, posting: &Posting) -> bool {
        if rules.sources.is_empty() {
            return true;
        }
        let source = self.dossier.live(posting.live).and_then(|live| match &live.record.matter {
            Matter::Finding(finding) => finding.source.as_ref(),
            Matter::Measurement(measurement) => measurement.source.as_ref(),
            _ => None,
        });
        source.is_some_and(|source| rules.sources.contains(source))
    }
}
