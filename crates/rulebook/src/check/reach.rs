//! Which values a tally or an index can have: the domain over which bands are proved.
//!
//! It is a superset of what can occur: where a step cannot be derived, any decimal counts as possible, so a proof never rests on a guess.

use super::{
    book::Book,
    step::{Steps, join, join_all, times},
};
use crate::{
    annex::{
        clause::Clause,
        index::{Aggregate, Component, Index, Over},
        ladder::{Domain, MeasureOf},
        tally::{Measure, Tally},
    },
    bound::{Bounded, End, Interval},
};
use alloc::{collections::BTreeMap, format};
use ducha_core::{Amount, Label, exact, exact::RoundingMode};
use rust_decimal::Decimal;

/// Indexes of indexes are followed this deep.
const DEPTH: usize = 32;

/// The values that can occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// Within these bounds …
    pub(super) within: Interval,
    /// … multiples of this; any decimal where absent.
    pub(super) step: Option<Decimal>,
}

impl Reach {
    /// Any decimal.
    pub(super) const ANY: Self = Self { within: Interval::ALL, step: None };

    /// What the values are, for people.
    pub(super) fn describe(&self) -> Label {
        match self.step {
            Some(step) => Label::new(
                format!("{} 的倍数", step.normalize()),
                format!("multiples of {}", step.normalize()),
            ),
            None => Label::new("任意小数", "any fractions"),
        }
    }

    /// Narrowed by what a ladder declares.
    pub(super) fn declared(mut self, domain: Option<&Domain>) -> Self {
        let Some(domain) = domain else { return self };
        let lower = domain.min.map(|min| End::Included(min.decimal())).or(self.within.lower());
        let upper = domain.max.map(|max| End::Included(max.decimal())).or(self.within.upper());
        self.within = Interval::between(lower, upper).unwrap_or(Interval::ALL);
        self.step = domain.step.map(Amount::decimal).filter(|step| *step > Decimal::ZERO).or(self.step);
        self
    }

    /// A value of the interval that can occur.
    pub(super) fn witness(&self, interval: &Interval) -> Option<Decimal> {
        self.within.common(interval)?.witness(self.step)
    }
}

fn award_step(book: &Book<'_>, tally: &Tally, step: Option<Decimal>) -> Option<Decimal> {
    let counted = book.annex.award.iter().filter(|award| tally.awards.contains(&award.id));
    counted.fold(step, |step, award| {
        let cap = award.cap.as_ref().map(|cap| cap.max);
        let levels = award.levels.iter().map(|level| level.points);
        join_all(step, levels.chain(award.points).chain(award.min).chain(cap))
    })
}

/// The values that a tally can have.
fn of_tally(book: &Book<'_>, tally: &Tally, steps: &Steps) -> Reach {
    let (entries, bonus) = steps.of(book, tally.scope.as_ref());
    let zero = Some(End::Included(Decimal::ZERO));
    let deductions = match tally.measure {
        Measure::Points => award_step(book, tally, entries),
        Measure::Findings | Measure::Consequences => Some(Decimal::ONE),
        // An inspection's weight may be any number; money is not bound to a step.
        Measure::Inspections | Measure::Money => None,
    };
    let aged = times(deductions, join_all(Some(Decimal::ONE), tally.ages.iter().map(|age| age.weight)));
    let moved = tally
        .redeem
        .iter()
        .map(|redeem| redeem.points)
        .chain(tally.consume.iter().filter_map(|consume| consume.points));
    let bounds =
        tally.full_marks.into_iter().chain(tally.floor).chain(tally.ceiling).chain(tally.max_deduction);
    let step = join_all(aged, moved.chain(bounds)).filter(|step| *step > Decimal::ZERO);

    let awarded = tally.measure == Measure::Points && (bonus || !tally.awards.is_empty());
    let most = tally.max_deduction.map(Amount::decimal);
    let (lower, upper) = match tally.full_marks.map(Amount::decimal) {
        Some(full) => (
            most.and_then(|most| exact::sub(full, most).ok()).map(End::Included),
            (!awarded).then_some(End::Included(full)),
        ),
        None => (zero.filter(|_| !awarded), most.map(End::Included)),
    };
    let lower = tally.floor.map(|floor| End::Included(floor.decimal())).or(lower);
    let upper = match (tally.ceiling.map(Amount::decimal), upper) {
        (Some(ceiling), Some(end)) if end.value() < ceiling => Some(end),
        (Some(ceiling), _) => Some(End::Included(ceiling)),
        (None, end) => end,
    };
    Reach { within: Interval::between(lower, upper).unwrap_or(Interval::ALL), step }
}

/// Reaches of tallies and indexes, each reckoned once.
pub(super) struct Reaches {
    steps: Steps,
    tallies: BTreeMap<usize, Reach>,
    indexes: BTreeMap<usize, Reach>,
}

impl Reaches {
    pub(super) fn new(book: &Book<'_>) -> Self {
        Self { steps: Steps::new(book), tallies: BTreeMap::new(), indexes: BTreeMap::new() }
    }

    /// The values that a tally or index can have; any decimal where it names none.
    pub(super) fn of(&mut self, book: &Book<'_>, measure: &MeasureOf) -> Reach {
        if let Some((at, tally)) = measure.tally.as_ref().and_then(|id| book.tally(id)) {
            return self.tally(book, at, tally);
        }
        measure
            .index
            .as_ref()
            .and_then(|id| book.index(id))
            .map_or(Reach::ANY, |(at, index)| self.index(book, at, index, 0))
    }

    fn tally(&mut self, book: &Book<'_>, at: usize, tally: &Tally) -> Reach {
        *self.tallies.entry(at).or_insert_with(|| of_tally(book, tally, &self.steps))
    }

    fn index(&mut self, book: &Book<'_>, at: usize, index: &Index, depth: usize) -> Reach {
        if let Some(known) = self.indexes.get(&at) {
            return *known;
        }
        if depth > DEPTH {
            return Reach::ANY;
        }
        // A cycle meets this entry; it is reported elsewhere.
        self.indexes.insert(at, Reach::ANY);
        let reach = self.reckon(book, index, depth);
        self.indexes.insert(at, reach);
        reach
    }

    fn component(&mut self, book: &Book<'_>, component: &Component, depth: usize) -> Reach {
        if let Some((at, tally)) = component.tally.as_ref().and_then(|id| book.tally(id)) {
            self.tally(book, at, tally)
        } else if let Some((at, index)) = component.index.as_ref().and_then(|id| book.index(id)) {
            self.index(book, at, index, depth.saturating_add(1))
        } else {
            let source =
                component.rating.as_ref().and_then(|id| book.annex.source.iter().find(|s| s.id == *id));
            let top = source.and_then(|source| source.full_marks).map(|top| End::Included(top.decimal()));
            let within = Interval::between(Some(End::Included(Decimal::ZERO)), top).unwrap_or(Interval::ALL);
            Reach { within, step: component.rounding.map(|rounding| rounding.to) }
        }
    }

    fn reckon(&mut self, book: &Book<'_>, index: &Index, depth: usize) -> Reach {
        let mut parts = alloc::vec::Vec::new();
        for component in &index.of {
            let mut part = self.component(book, component, depth);
            if let (Some(normalise), true) = (&index.normalise, component.tally.is_some()) {
                let (zero, to) = (End::Included(Decimal::ZERO), End::Included(normalise.to.decimal()));
                part.within = Interval::between(Some(zero), Some(to)).unwrap_or(Interval::ALL);
                part.step = Some(normalise.rounding.to);
            }
            parts.push((part, component.weight.map_or(Decimal::ONE, Amount::decimal)));
        }
        let many = index.over == Some(Over::Members);
        let (within, step) = match index.aggregate {
            Aggregate::Weighted => weighted(&parts),
            Aggregate::Mean | Aggregate::Min | Aggregate::Max => {
                let step = if index.aggregate == Aggregate::Mean { None } else { joined(&parts) };
                (hull(&parts), step)
            }
            Aggregate::Sum if many => (at_least_zero(&parts), joined(&parts)),
            Aggregate::Sum => {
                let plain: alloc::vec::Vec<_> = parts.iter().map(|(part, _)| (*part, Decimal::ONE)).collect();
                (weighted(&plain).0, joined(&parts))
            }
            Aggregate::Quotient => (at_least_zero(&parts), None),
        };
        let (mut within, mut step) = (within, step);
        if index.class_factor {
            let factors = || book.annex.class.iter().map(|class| class.factor);
            within = widened(&within, factors().map(Amount::decimal));
            step = times(step, join_all(Some(Decimal::ONE), factors()));
        }
        if let Some(rounding) = index.rounding.filter(|rounding| rounding.to > Decimal::ZERO) {
            let moved = |end: Option<End>, mode| {
                end.and_then(|end| exact::Rounding { mode, to: rounding.to }.apply(end.value()).ok())
                    .map(End::Included)
            };
            let outward = Interval::between(
                moved(within.lower(), RoundingMode::Floor),
                moved(within.upper(), RoundingMode::Ceiling),
            );
            (within, step) = (outward.unwrap_or(Interval::ALL), Some(rounding.to));
        }
        Reach { within, step: step.filter(|step| *step > Decimal::ZERO) }
    }
}

type Parts = [(Reach, Decimal)];

fn joined(parts: &Parts) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |step, (part, _)| join(Some(step), part.step))
}

/// Bounds of a sum of weighted parts; nothing is known about weights below 0.
fn weighted(parts: &Parts) -> (Interval, Option<Decimal>) {
    let step = parts
        .iter()
        .try_fold(Decimal::ZERO, |step, (part, weight)| join(Some(step), times(part.step, Some(*weight))));
    if parts.iter().any(|(_, weight)| *weight < Decimal::ZERO) {
        return (Interval::ALL, step);
    }
    let total = |end: fn(&Interval) -> Option<End>| {
        parts.iter().try_fold(Decimal::ZERO, |sum, (part, weight)| {
            exact::add(sum, exact::mul(end(&part.within)?.value(), *weight).ok()?).ok()
        })
    };
    let (lower, upper) = (total(Interval::lower), total(Interval::upper));
    (Interval::between(lower.map(End::Included), upper.map(End::Included)).unwrap_or(Interval::ALL), step)
}

fn hull(parts: &Parts) -> Interval {
    let ends = |end: fn(&Interval) -> Option<End>| {
        parts
            .iter()
            .map(move |(part, _)| end(&part.within).map(End::value))
            .collect::<Option<alloc::vec::Vec<_>>>()
    };
    let lower = ends(Interval::lower).and_then(|all| all.into_iter().min()).map(End::Included);
    let upper = ends(Interval::upper).and_then(|all| all.into_iter().max()).map(End::Included);
    Interval::between(lower, upper).unwrap_or(Interval::ALL)
}

fn at_least_zero(parts: &Parts) -> Interval {
    let never_below = parts.iter().all(|(part, _)| {
        part.within.below().is_some_and(|below| !below.contains(Decimal::ZERO))
            && part.within.lower().is_some_and(|end| end.value() >= Decimal::ZERO)
    });
    let lower = never_below.then_some(End::Included(Decimal::ZERO));
    Interval::between(lower, None).unwrap_or(Interval::ALL)
}

/// Bounds of values multiplied by one of the factors, or by none.
fn widened(within: &Interval, factors: impl Iterator<Item = Decimal>) -> Interval {
    let (mut lower, mut upper) = (within.lower().map(End::value), within.upper().map(End::value));
    for factor in factors {
        lower = within
            .lower()
            .zip(lower)
            .and_then(|(end, least)| Some(exact::mul(end.value(), factor).ok()?.min(least)));
        upper = within
            .upper()
            .zip(upper)
            .and_then(|(end, most)| Some(exact::mul(end.value(), factor).ok()?.max(most)));
    }
    Interval::between(lower.map(End::Included), upper.map(End::Included)).unwrap_or(Interval::ALL)
}

/// The counts that a clause's bands are about: more than none, whole if its unit is.
pub(super) fn of_counts(clause: &Clause) -> Reach {
    let whole = clause.unit.as_ref().is_none_or(|unit| unit.whole);
    let least = if whole { End::Included(Decimal::ONE) } else { End::Excluded(Decimal::ZERO) };
    let within = Interval::between(Some(least), None).unwrap_or(Interval::ALL);
    Reach { within, step: whole.then_some(Decimal::ONE) }
}

/// The part of a reach that lies within bounds; nothing if they are malformed or nothing lies there.
pub(super) fn within(reach: &Reach, bounds: &impl Bounded) -> Option<Reach> {
    let within = reach.within.common(&bounds.interval().ok()?)?;
    Some(Reach { within, step: reach.step })
}
