//! Steps: of what amounts the points of an entry are multiples.

use super::{book::Book, scope};
use crate::annex::{
    clause::{Clause, VetoEffect},
    price::{PartUnits, Price},
    vocabulary::Scope,
};
use alloc::vec::Vec;
use ducha_core::{Amount, exact};
use rust_decimal::Decimal;

/// The greatest decimal of which both are multiples; `None` stands for any decimal. 0 is a multiple of everything.
pub(super) fn join(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    let (mut a, mut b) = (a?.abs(), b?.abs());
    while !b.is_zero() {
        (a, b) = (b, a.checked_rem(b)?);
    }
    Some(a)
}

pub(super) fn join_all<U>(
    start: Option<Decimal>,
    values: impl IntoIterator<Item = Amount<U>>,
) -> Option<Decimal> {
    values.into_iter().fold(start, |step, value| join(step, Some(value.decimal())))
}

pub(super) fn times(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    exact::mul(a?, b?).ok()
}

/// What prices of a clause are multiples of.
fn price_step(clause: &Clause, point_step: Decimal) -> Option<Decimal> {
    let whole = clause.unit.as_ref().is_none_or(|unit| unit.whole);
    let one = |points: ducha_core::Points| Some(points.decimal());
    let counted = |step: Option<Decimal>| if whole { step } else { None };
    let step = match &clause.price {
        Price::Flat { points } => one(*points),
        Price::PerUnit { points, per, part } => match part {
            Some(PartUnits::Up | PartUnits::Down) => one(*points),
            Some(PartUnits::Exact) if per.is_some() => None,
            _ => counted(one(*points)),
        },
        Price::AllOrNothing {} => Some(Decimal::ZERO),
        Price::Range { min, step, per_quantity, .. } => {
            let step = join(one(*min), Some(step.map_or(point_step, Amount::decimal)));
            if *per_quantity { counted(step) } else { step }
        }
        Price::Severity { levels, per_quantity } => {
            let step = join_all(Some(Decimal::ZERO), levels.iter().map(|level| level.points));
            if *per_quantity { counted(step) } else { step }
        }
        Price::Count { bands, .. } => bands.iter().try_fold(Decimal::ZERO, |step, band| {
            let each = band.each.map_or(Some(Decimal::ZERO), |each| counted(one(each)));
            join(join_all(Some(step), band.points), each)
        }),
        Price::Rate { points, bonus, max, max_bonus, part, rounding, .. } => {
            let base = join_all(one(*points), bonus.iter().copied());
            let share = match (part, rounding) {
                (PartUnits::Exact, None) => None,
                // The rounding may be of the share of a step or of its points.
                (PartUnits::Exact, Some(rounding)) => join(Some(rounding.to), times(base, Some(rounding.to))),
                _ => base,
            };
            join_all(share, max.iter().chain(max_bonus.iter()).copied())
        }
        Price::BySource { prices } => join_all(Some(Decimal::ZERO), prices.iter().map(|price| price.points)),
        Price::Remark {} => Some(Decimal::ZERO),
        Price::Registered { .. } => None,
    };
    let loses_item = clause.veto.iter().any(|veto| veto.effect == VetoEffect::LoseItem)
        || matches!(&clause.price, Price::AllOrNothing {})
        || matches!(&clause.price, Price::Count { bands, .. } if bands.iter().any(|band| band.lose_item));
    let worth = clause.worth.filter(|_| loses_item || clause.cap.is_some());
    join_all(step, worth.into_iter().chain(clause.cap.as_ref().and_then(|cap| cap.max)))
}

fn gives_bonus(clause: &Clause) -> bool {
    matches!(&clause.price, Price::Rate { bonus: Some(bonus), .. } if !bonus.is_zero())
        || matches!(&clause.price, Price::Registered { .. })
}

/// What entries under a clause are multiples of, before sources and shares.
fn clause_step(book: &Book<'_>, clause: &Clause, caps: Option<Decimal>) -> Option<Decimal> {
    let annex = book.annex;
    let one = Some(Decimal::ONE);
    let recurrence =
        clause.recurrence.as_ref().and_then(|id| annex.recurrence.iter().find(|one| one.id == *id));
    let unrectified =
        clause.unrectified.as_ref().and_then(|id| annex.unrectified.iter().find(|one| one.id == *id));
    // A cap before the factors trims to what is left of it, which is then multiplied.
    let price = join(price_step(clause, annex.rulebook.point_step.decimal()), caps);
    let found = times(price, join_all(one, clause.self_found.as_ref().map(|found| found.factor)));
    let again =
        times(found, join_all(one, recurrence.iter().flat_map(|policy| policy.factors.iter().copied())));
    times(again, join_all(one, unrectified.iter().flat_map(|policy| policy.factors.iter().copied())))
}

/// The steps of all clauses, each reckoned once.
pub(super) struct Steps {
    clauses: Vec<Option<Decimal>>,
    sources: Option<Decimal>,
    shares: Option<Decimal>,
}

impl Steps {
    pub(super) fn new(book: &Book<'_>) -> Self {
        let annex = book.annex;
        let nothing = Some(Decimal::ZERO);
        let caps = join_all(nothing, annex.cap.iter().map(|cap| cap.max));
        Self {
            clauses: annex.clause.iter().map(|clause| clause_step(book, clause, caps)).collect(),
            sources: join_all(Some(Decimal::ONE), annex.source.iter().filter_map(|source| source.factor)),
            // A share is a multiple of what it is rounded to; what the subject keeps, too.
            shares: annex.share.iter().fold(nothing, |step, share| join(step, Some(share.rounding.to))),
        }
    }

    /// What the points of entries in a scope are multiples of, and whether findings there can give points.
    pub(super) fn of(&self, book: &Book<'_>, scope: Option<&Scope>) -> (Option<Decimal>, bool) {
        let mut step = Some(book.annex.rulebook.point_step.decimal());
        let mut bonus = false;
        for (clause, own) in book.annex.clause.iter().zip(&self.clauses) {
            if scope::holds(book, scope, clause) {
                step = join(step, *own);
                bonus |= gives_bonus(clause);
            }
        }
        (join(times(step, self.sources), self.shares), bonus)
    }
}
