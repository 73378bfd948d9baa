//! Running totals: what plain tallies add up over days, weeks, months and years, changed by the difference.

use crate::{
    assessment::EntryKind,
    draft::in_scope,
    engine::{
        compile::Scorer,
        dossier::Posting,
        reach::Reach,
        scale::{Scaled, at_scale},
        span::Span,
    },
    versions::Versions,
};
use alloc::{boxed::Box, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Points, TallyId};
use ducha_rulebook::annex::{
    clause::VetoEffect,
    tally::{Measure, Tally, TallyKind},
};

/// A tally whose value is a sum over civil days, and nothing else.
#[derive(Debug, Clone)]
struct Plain {
    id: TallyId,
    span: Span,
    counts_findings: bool,
    /// For each clause whether it is in scope.
    clauses: Box<[bool]>,
    full_marks: Option<i64>,
    max_deduction: Option<i64>,
    floor: Option<i64>,
    ceiling: Option<i64>,
    /// One of what is counted.
    one: i64,
    scale: u32,
}

/// The sums of one tally and subject: the first days of the windows, in order, and what is added up in each.
#[derive(Debug, Clone, Default)]
struct Sums {
    first: Vec<NaiveDate>,
    sums: Vec<i128>,
}

/// The running totals of all plain tallies.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    plain: Box<[Plain]>,
    /// Subject by subject, and in each tally by tally.
    sums: Vec<Sums>,
}

impl Plain {
    /// The tally, if it is plain: of a single version, by the day of the act, without awards, ages, vetoes or succession.
    fn of(scorer: &Scorer, tally: &Tally) -> Option<Self> {
        let [book] = &*scorer.books else { return None };
        let versions = Versions::known(&scorer.books, None);
        let version = versions.iter().next()?;
        let annex = book.annex();
        let Reach::Civil(span) = Reach::of(&tally.window) else { return None };
        let counts_findings = tally.measure == Measure::Findings;
        let vetoed = |veto: &ducha_rulebook::annex::clause::Veto| {
            veto.effect == VetoEffect::LoseAll && veto.tally.as_ref() == Some(&tally.id)
        };
        let is_plain = tally.kind == TallyKind::Sum
            && (tally.measure == Measure::Points || (counts_findings && !rates(annex)))
            && tally.dated_by.is_none_or(|by| by == ducha_rulebook::annex::tally::DatedBy::OccurredOn)
            && tally.ages.is_empty()
            && tally.awards.is_empty()
            && !tally.inherit
            && tally.scope.as_ref().is_none_or(|scope| scope.sources.is_empty())
            && !annex.clause.iter().any(|clause| clause.veto.iter().any(vetoed))
            && !tally.bonuses.unwrap_or(tally.full_marks.is_some() && rates(annex));
        if !is_plain {
            return None;
        }
        let in_scope =
            |clause| tally.scope.as_ref().is_none_or(|s| in_scope(s, version, version, clause, None));
        let fits = |points: Option<Points>| match points {
            None => Some(None),
            Some(points) => at_scale(points, scorer.scale).map(Some),
        };
        Some(Self {
            id: tally.id.clone(),
            span,
            counts_findings,
            clauses: annex.clause.iter().map(in_scope).collect(),
            full_marks: fits(tally.full_marks)?,
            max_deduction: fits(tally.max_deduction)?,
            floor: fits(tally.floor)?,
            ceiling: fits(tally.ceiling)?,
            one: at_scale(Points::ONE, scorer.scale)?,
            scale: scorer.scale,
        })
    }

    /// What an entry adds.
    fn amount(&self, posting: &Posting) -> i64 {
        let counts = posting.kind != EntryKind::Award
            && self.clauses.get(posting.clause as usize).copied().unwrap_or(false);
        match (counts, self.counts_findings) {
            (false, _) => 0,
            (true, false) => posting.points,
            (true, true) => i64::from(posting.kind == EntryKind::Deduction).saturating_mul(self.one),
        }
    }

    /// The value of what was added up.
    // semantics §7.2
    fn value(&self, sum: i128) -> Option<Points> {
        let deducted = self.max_deduction.map_or(sum, |most| sum.min(i128::from(most)));
        let value = match self.full_marks {
            Some(full) => i128::from(full).checked_sub(deducted)?,
            None => deducted,
        };
        let value = match (self.floor.map(i128::from), self.ceiling.map(i128::from)) {
            (Some(floor), _) if value < floor => floor,
            (_, Some(ceiling)) if value > ceiling => ceiling,
            _ => value,
        };
        Some(Scaled { value: i64::try_from(value).ok()?, places: self.scale }.points())
    }
}

/// Whether some clause measures a rate, which may award.
fn rates(annex: &ducha_rulebook::Annex) -> bool {
    let is_rate = |price: &ducha_rulebook::annex::price::Price| {
        matches!(price, ducha_rulebook::annex::price::Price::Rate { .. })
    };
    annex.clause.iter().any(|clause| is_rate(&clause.price))
}

impl Totals {
    /// Nothing yet, of the plain tallies of a scorer.
    pub(super) fn of(scorer: &Scorer) -> Self {
        let tallies = scorer.books.first().map(|book| book.annex().tally.as_slice()).unwrap_or_default();
        let plain = tallies.iter().filter_map(|tally| Plain::of(scorer, tally)).collect();
        Self { plain, sums: Vec::new() }
    }

    /// Takes off what an entry did cost, and adds what another costs.
    pub(super) fn change(&mut self, was: Option<&Posting>, is: Option<&Posting>) {
        let Some(posting) = is.or(was) else { return };
        let moment = |posting: &Posting| (posting.subject, posting.day);
        if let (Some(was), Some(is)) = (was, is)
            && moment(was) != moment(is)
        {
            self.change(Some(was), None);
            self.change(None, Some(is));
            return;
        }
        let tallies = self.plain.len();
        let from = (posting.subject as usize).saturating_mul(tallies);
        if self.sums.len() < from.saturating_add(tallies) {
            self.sums.resize(from.saturating_add(tallies), Sums::default());
        }
        let sums = self.sums.get_mut(from..).unwrap_or_default();
        for (plain, sums) in self.plain.iter().zip(sums) {
            let amount = |posting: Option<&Posting>| posting.map_or(0, |posting| plain.amount(posting));
            let more = i128::from(amount(is)).saturating_sub(i128::from(amount(was)));
            let Some((first, _)) =
                Some(more).filter(|more| *more != 0).and_then(|_| plain.span.dates(posting.day))
            else {
                continue;
            };
            match sums.first.binary_search(&first) {
                Ok(at) => {
                    if let Some(sum) = sums.sums.get_mut(at) {
                        *sum = sum.saturating_add(more);
                    }
                }
                Err(at) => {
                    sums.first.insert(at, first);
                    sums.sums.insert(at, more);
                }
            }
        }
    }

    /// The value of a plain tally in the window that holds a day.
    pub(super) fn value(&self, subject: u32, tally: &TallyId, day: NaiveDate) -> Option<Points> {
        let place = self.plain.iter().position(|plain| plain.id == *tally)?;
        let plain = self.plain.get(place)?;
        let (first, _) = plain.span.dates(day)?;
        let from = (subject as usize).saturating_mul(self.plain.len());
        let sums = self.sums.get(from.saturating_add(place));
        let found = sums.and_then(|sums| sums.sums.get(sums.first.binary_search(&first).ok()?));
        plain.value(found.copied().unwrap_or(0))
    }
}
