//! The price of one record, before any factor (semantics §4.2, §4.7).
//!
//! What is one product goes in whole numbers; the other shapes are rare, and are reckoned in exact decimals.

use super::{Fold, Halt, Live, NO_MONEY, Reckoned};
use crate::{
    engine::{
        judge::Known,
        scale::{Scaled, ScaledFactor},
        tables::{Item, Simple},
    },
    refusal::{Choice, Commended, Under},
};
use ducha_core::{
    Amount, ArithmeticError, Money, Points, Quantity, Rounding, RoundingMode, exact,
    record::{Commendation, Finding, Measurement},
};
use ducha_rulebook::{
    annex::{
        clause::Clause,
        money::MoneyPrice,
        price::{Better, CountBand, PartUnits, Price},
    },
    bound::Bounded,
};
use rust_decimal::Decimal;

/// The quantity of a finding: one where absent, more than nothing, whole where the unit is.
fn quantity(finding: &Finding, clause: &Clause) -> Known<Quantity> {
    let quantity = finding.quantity.unwrap_or(Quantity::ONE);
    if quantity <= Quantity::ZERO {
        return Err(Under(&clause.id).quantity_not_positive(quantity).into());
    }
    if clause.unit.as_ref().is_some_and(|unit| unit.whole) && !quantity.decimal().fract().is_zero() {
        return Err(Under(&clause.id).quantity_not_whole(quantity).into());
    }
    Ok(quantity)
}

/// How figures are shown beside what is reckoned with.
const SHOWN: Rounding = Rounding { mode: RoundingMode::HalfUp, to: Decimal::from_parts(1, 0, 0, false, 4) };

const fn to_whole(mode: RoundingMode) -> Rounding {
    Rounding { mode, to: Decimal::ONE }
}

/// So much for each unit: of an exact share of a unit exactly that share, and an error where it is no decimal.
fn per_unit<U>(
    each: Amount<U>,
    quantity: Quantity,
    per: Option<Quantity>,
    part: Option<PartUnits>,
) -> Result<Amount<U>, ArithmeticError> {
    let per = per.unwrap_or(Quantity::ONE);
    match part {
        Some(PartUnits::Up) => each.times(quantity.over(per, to_whole(RoundingMode::Ceiling))?),
        Some(PartUnits::Down) => each.times(quantity.over(per, to_whole(RoundingMode::Floor))?),
        _ => {
            let all = each.times(quantity)?;
            if per == Quantity::ONE {
                return Ok(all);
            }
            let price: Amount<U> = all.over(
                per,
                Rounding { mode: RoundingMode::Down, to: Decimal::from_parts(1, 0, 0, false, 12) },
            )?;
            if price.times(per)? == all { Ok(price) } else { Err(ArithmeticError::Overflow) }
        }
    }
}

impl Fold<'_, '_> {
    /// The price of a finding; `before` tells the quantity of the findings that are counted together with it.
    // semantics §4.2
    pub(super) fn price_finding(
        &self,
        one: &Live<'_>,
        item: &Item,
        clause: &Clause,
        finding: &Finding,
        before: impl FnOnce() -> Reckoned<Quantity>,
    ) -> Reckoned<i64> {
        let quantity = quantity(finding, clause)?;
        let fixed = match item.simple {
            Simple::Flat(points) => points,
            Simple::PerUnit(each) => match ScaledFactor::of(quantity)
                .and_then(|quantity| quantity.times(each))
            {
                Some(points) => points,
                None => self.scaled(self.points(each).times(quantity).map_err(ducha_core::Need::from)?)?,
            },
            Simple::No => return self.price_by_shape(one, clause, finding, quantity, before),
        };
        self.told_alike(clause, finding, fixed)
    }

    /// Where a record gives points for a shape that fixes them, they must be equal.
    fn told_alike(&self, clause: &Clause, finding: &Finding, fixed: i64) -> Reckoned<i64> {
        if let Some(points) = finding.points.filter(|points| *points != self.points(fixed)) {
            return Err(Under(&clause.id).points_fixed(points, self.points(fixed)).into());
        }
        Ok(fixed)
    }

    fn price_by_shape(
        &self,
        one: &Live<'_>,
        clause: &Clause,
        finding: &Finding,
        quantity: Quantity,
        before: impl FnOnce() -> Reckoned<Quantity>,
    ) -> Reckoned<i64> {
        let exact = |points: Result<Points, ArithmeticError>| points.map_err(ducha_core::Need::from);
        let under = Under(&clause.id);
        let points = match &clause.price {
            Price::Flat { points } => *points,
            Price::Remark {} => Points::ZERO,
            Price::PerUnit { points, per, part } => {
                // The share of a unit is shown beside the price; where it has no figure, the row is refused.
                if let (None | Some(PartUnits::Exact), Some(per)) =
                    (part, per.filter(|per| *per != Quantity::ONE))
                {
                    quantity.over(per, SHOWN).map_err(ducha_core::Need::from)?;
                }
                exact(per_unit(*points, quantity, *per, *part))?
            }
            Price::AllOrNothing {} => worth(clause)?,
            Price::Range { min, max, step, per_quantity } => {
                let step = match step {
                    Some(step) => *step,
                    None => self.version(one.version).map_or(Points::ONE, |v| v.annex.rulebook.point_step),
                };
                let chosen = chosen_points(clause, finding, *min, *max, step)?;
                let points = if *per_quantity { exact(chosen.times(quantity))? } else { chosen };
                return self.scaled(points);
            }
            Price::Severity { levels, per_quantity } => {
                let asked = finding.severity.as_ref();
                let level = levels.iter().find(|level| Some(&level.id) == asked);
                let level =
                    level.ok_or_else(|| Under(&clause.id).no_level(asked, levels.iter().map(|l| &l.id)))?;
                if *per_quantity { exact(level.points.times(quantity))? } else { level.points }
            }
            Price::Count { bands, .. } => {
                let before = before()?;
                let total = before.plus(quantity).map_err(ducha_core::Need::from)?;
                let now = band_points(clause, bands, total)?;
                let earlier =
                    if before.is_zero() { Points::ZERO } else { band_points(clause, bands, before)? };
                exact(now.minus(earlier))?.max(Points::ZERO)
            }
            Price::Rate { .. } => return Err(under.needs_measurement().into()),
            Price::BySource { prices } => {
                let asked = finding.source.as_ref();
                let price = prices.iter().find(|price| Some(&price.source) == asked);
                price
                    .ok_or_else(|| Under(&clause.id).no_source(asked, prices.iter().map(|p| &p.source)))?
                    .points
            }
            Price::Registered { name, args } => {
                let shape = self.question.shapes.iter().find(|(registered, _)| registered == name);
                let Some((_, shape)) = shape else {
                    return Err(under.shape_not_registered(name.as_str()).into());
                };
                let points = shape.price(finding, args).map_err(|reason| under.shape_refuses(&reason))?;
                if points.is_negative() {
                    return Err(under.shape_below_zero().into());
                }
                points
            }
        };
        if let Some(told) = finding.points.filter(|told| *told != points) {
            return Err(under.points_fixed(told, points).into());
        }
        self.scaled(points)
    }

    /// What a measurement costs, and what it awards if anything.
    // semantics §4.2
    pub(super) fn price_measurement(
        &self,
        clause: &Clause,
        measurement: &Measurement,
    ) -> Reckoned<(i64, Option<i64>)> {
        let Price::Rate { target, better, step, points, part, scale, bonus, max, max_bonus, rounding } =
            &clause.price
        else {
            return Err(Under(&clause.id).not_an_indicator().into());
        };
        let overflow = ducha_core::Need::from;
        let (value, of) = match (measurement.value, measurement.numerator, measurement.denominator) {
            (Some(value), None, None) => (value, Quantity::ONE),
            (None, Some(n), Some(d)) if d > Quantity::ZERO && !n.is_negative() => {
                if scale.is_none() && *target > Quantity::ONE {
                    return Err(Under(&clause.id).ratio_needs_scale(*target).into());
                }
                (n.times(scale.unwrap_or(Quantity::ONE)).map_err(overflow)?, d)
            }
            _ => return Err(Under(&clause.id).measurement_unclear().into()),
        };
        // What lacks to the target, and what is beyond it: the one is the other turned.
        let lacks = target.times(of).and_then(|aim| aim.minus(value)).map_err(overflow)?;
        let turned = Quantity::ZERO.minus(lacks).map_err(overflow)?;
        let (short, excess) = if *better == Better::Higher { (lacks, turned) } else { (turned, lacks) };
        let one_step = step.times(of).map_err(overflow)?;
        let cost = |gap: Quantity, each: Points, most: Option<Points>| -> Reckoned<i64> {
            let points = match (part, rounding) {
                (PartUnits::Up, _) => {
                    gap.over(one_step, to_whole(RoundingMode::Ceiling)).and_then(|steps| each.times(steps))
                }
                (PartUnits::Down, _) => {
                    gap.over(one_step, to_whole(RoundingMode::Floor)).and_then(|steps| each.times(steps))
                }
                (PartUnits::Exact, Some(rounding)) => {
                    each.times(gap).and_then(|all| all.over(one_step, *rounding))
                }
                (PartUnits::Exact, None) => return Err(Under(&clause.id).rounding_missing().into()),
            };
            let points = points.map_err(overflow)?;
            self.scaled(most.map_or(points, |most| points.min(most)))
        };
        // The value is shown beside the points, too.
        value.over(of, SHOWN).map_err(overflow)?;
        let lost = if short > Quantity::ZERO { cost(short, *points, *max)? } else { 0 };
        let won = match bonus {
            Some(bonus) if excess > Quantity::ZERO => Some(cost(excess, *bonus, *max_bonus)?),
            _ => None,
        };
        Ok((lost, won.filter(|points| *points != 0)))
    }

    /// What a commendation awards, before stacking and caps.
    // semantics §4.2
    pub(super) fn price_commendation(
        &self,
        one: &Live<'_>,
        place: u32,
        commendation: &Commendation,
    ) -> Reckoned<i64> {
        let award = self.version(one.version).and_then(|v| v.annex.award.get(place as usize));
        let Some(award) = award else { return Err(Halt::HeadRoom) };
        let commended = Commended(&commendation.award);
        let each = match (award.points, award.min.zip(award.max)) {
            (Some(points), _) => points,
            (None, Some((min, max))) => {
                let granted = commendation.points.ok_or_else(|| commended.points_missing(min, max))?;
                if granted < min || max < granted {
                    return Err(commended.points_beyond(granted, min, max).into());
                }
                granted
            }
            (None, None) => {
                let asked = commendation.level.as_ref();
                let level = award.levels.iter().find(|level| Some(&level.id) == asked);
                let levels = award.levels.iter().map(|level| &level.id);
                level.ok_or_else(|| commended.no_level(asked, levels))?.points
            }
        };
        let quantity = commendation.quantity.unwrap_or(Quantity::ONE);
        if quantity <= Quantity::ZERO {
            return Err(commended.quantity(quantity).into());
        }
        let points = each.times(quantity).map_err(ducha_core::Need::from)?;
        if !self.people.is_of(one.subject, &award.applies_to) {
            return Err(commended.not_applicable(&one.record.subject).into());
        }
        self.scaled(points)
    }

    /// The money of a finding under a dual tariff (S25).
    // semantics §4.7
    pub(super) fn price_money(&self, clause: &Clause, finding: &Finding) -> Reckoned<i64> {
        let Some(tariff) = &clause.money else { return Ok(NO_MONEY) };
        let quantity = quantity(finding, clause)?;
        let amount: Money = match &tariff.price {
            MoneyPrice::Flat { amount } => *amount,
            MoneyPrice::PerUnit { amount, per, part } => {
                per_unit(*amount, quantity, *per, *part).map_err(ducha_core::Need::from)?
            }
            MoneyPrice::Range { min, max, step } => {
                let chosen = finding.money.ok_or_else(|| Under(&clause.id).money_missing())?;
                let on_step = match step {
                    Some(step) => exact::is_multiple(chosen.decimal(), step.decimal())
                        .map_err(ducha_core::Need::from)?,
                    None => true,
                };
                if chosen < *min || *max < chosen || !on_step {
                    return Err(Under(&clause.id).money_beyond(chosen, *min, *max).into());
                }
                chosen
            }
            MoneyPrice::Severity { levels } => {
                let asked = finding.severity.as_ref();
                let level = levels.iter().find(|level| Some(&level.id) == asked);
                level.ok_or_else(|| Under(&clause.id).no_level(asked, levels.iter().map(|l| &l.id)))?.amount
            }
            MoneyPrice::BySource { prices } => {
                let asked = finding.source.as_ref();
                let price = prices.iter().find(|price| Some(&price.source) == asked);
                price
                    .ok_or_else(|| Under(&clause.id).no_source(asked, prices.iter().map(|p| &p.source)))?
                    .amount
            }
        };
        self.scaled(amount)
    }

    /// The item's full marks at the scorer's scale.
    pub(super) fn worth(&self, clause: &Clause) -> Reckoned<i64> {
        self.scaled(worth(clause)?)
    }
}

impl Scaled {
    /// A whole number times a factor, if nothing must be cut.
    pub(super) fn product(value: i64, factor: ScaledFactor) -> Reckoned<i64> {
        factor.times(value).ok_or(Halt::HeadRoom)
    }
}

fn worth(clause: &Clause) -> Known<Points> {
    clause.worth.ok_or_else(|| Under(&clause.id).worth_missing().into())
}

fn chosen_points(
    clause: &Clause,
    finding: &Finding,
    min: Points,
    max: Points,
    step: Points,
) -> Known<Points> {
    let choice = Choice { clause: &clause.id, min, max, step };
    let chosen = finding.points.ok_or_else(|| choice.missing())?;
    if chosen < min || max < chosen {
        return Err(choice.beyond(chosen).into());
    }
    let above = chosen.minus(min).map_err(ducha_core::Need::from)?;
    if !exact::is_multiple(above.decimal(), step.decimal()).map_err(ducha_core::Need::from)? {
        return Err(choice.off_step(chosen).into());
    }
    if finding.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(choice.without_reason().into());
    }
    Ok(chosen)
}

/// What so many cost in all. Below the first band nothing; in a hole nothing can be said.
fn band_points(clause: &Clause, bands: &[CountBand], total: Quantity) -> Known<Points> {
    let mut lies_below_all = true;
    for band in bands {
        let Ok(interval) = band.interval() else { continue };
        if interval.contains(total.decimal()) {
            if band.lose_item {
                return worth(clause);
            }
            let each = band.each.unwrap_or_default().times(total);
            let all = each.and_then(|each| band.points.unwrap_or_default().plus(each));
            return all.map_err(|error| ducha_core::Need::from(error).into());
        }
        lies_below_all &= interval.below().is_some_and(|below| below.contains(total.decimal()));
    }
    if lies_below_all {
        return Ok(Points::ZERO);
    }
    Err(Under(&clause.id).count_in_hole(total).into())
}
