//! The price of one record, before any factor: the shapes S1–S8, S31, S32 (semantics §4).

use crate::{
    admit::Admitted,
    refusal::{self, Choice, Commended, Under},
    request::Request,
    window::{Moment, visit},
};
use ducha_core::{
    Amount, ArithmeticError, Derivation, Matter, Money, Need, Points, Quantity, Rounding, RoundingMode, Step,
    Value, exact,
    message::Args,
    record::{Commendation, Finding, Measurement},
};
use ducha_rulebook::{
    annex::{
        clause::Clause,
        money::MoneyPrice,
        price::{Better, CountBand, CountOver, PartUnits, Price},
    },
    bound::Bounded,
};

/// A step that yields points.
pub(crate) fn points_step(step: Step, args: Args, points: Points) -> Derivation {
    Derivation::new(step, args.with("points", points), Value::Points(points))
}

/// The points that a step yields; the steps of prices always yield points.
pub(crate) fn points_of(derivation: &Derivation) -> Points {
    derivation.points().unwrap_or_default()
}

/// Where the finding belongs: its inspection, or itself where it stands alone.
pub(crate) fn moment<'a>(admitted: &Admitted<'a>) -> Moment<'a> {
    let inspection = match &admitted.record.matter {
        Matter::Finding(f) => f.inspection.as_ref(),
        Matter::Inspection(i) => Some(&i.inspection),
        _ => None,
    };
    Moment { day: admitted.record.occurred_on, visit: visit(inspection, &admitted.record.id) }
}

/// The quantity of a finding: one where absent, more than nothing, whole where the unit is.
fn quantity(finding: &Finding, clause: &Clause) -> Result<Quantity, Need> {
    let quantity = finding.quantity.unwrap_or(Quantity::ONE);
    if quantity <= Quantity::ZERO {
        return Err(Under(&clause.id).quantity_not_positive(quantity));
    }
    let whole = clause.unit.as_ref().is_some_and(|unit| unit.whole);
    if whole && !quantity.decimal().fract().is_zero() {
        return Err(Under(&clause.id).quantity_not_whole(quantity));
    }
    Ok(quantity)
}

/// How many units, of what size, with parts counted as declared.
fn units(
    quantity: Quantity,
    per: Option<Quantity>,
    part: Option<PartUnits>,
) -> Result<Quantity, ArithmeticError> {
    let per = per.unwrap_or(Quantity::ONE);
    let whole = |mode| Rounding { mode, to: rust_decimal::Decimal::ONE };
    match part {
        Some(PartUnits::Up) => quantity.over(per, whole(RoundingMode::Ceiling)),
        Some(PartUnits::Down) => quantity.over(per, whole(RoundingMode::Floor)),
        _ if per == Quantity::ONE => Ok(quantity),
        // An exact share is shown as far as a reader cares; it is not reckoned with.
        _ => {
            quantity.over(per, Rounding { mode: RoundingMode::HalfUp, to: rust_decimal::Decimal::new(1, 4) })
        }
    }
}

/// So much for each unit: of an exact share of a unit exactly that share, and an error where it is no decimal.
fn priced<U>(
    each: Amount<U>,
    quantity: Quantity,
    per: Option<Quantity>,
    part: Option<PartUnits>,
) -> Result<Amount<U>, ArithmeticError> {
    if matches!(part, Some(PartUnits::Up | PartUnits::Down)) {
        return each.times(units(quantity, per, part)?);
    }
    let per = per.unwrap_or(Quantity::ONE);
    let all = each.times(quantity)?;
    let price: Amount<U> =
        all.over(per, Rounding { mode: RoundingMode::Down, to: rust_decimal::Decimal::new(1, 12) })?;
    if price.times(per)? == all { Ok(price) } else { Err(ArithmeticError::Overflow) }
}

/// The price of a finding under its clause. `before` is the quantity of the findings that are counted together with it.
// semantics §4.2
pub(crate) fn price_finding(
    request: &Request<'_>,
    admitted: &Admitted<'_>,
    clause: &Clause,
    finding: &Finding,
    before: Quantity,
) -> Result<Derivation, Need> {
    let quantity = quantity(finding, clause)?;
    let version = admitted.version;
    let cites = || version.cite_clause(clause);
    let named = Args::none().with("clause", &clause.id);
    let derivation = match &clause.price {
        Price::Flat { points } => points_step(Step::PriceFlat, named, *points),
        Price::PerUnit { points, per, part } => {
            let units = units(quantity, *per, *part)?;
            let unit = clause
                .unit
                .as_ref()
                .map_or_else(|| ducha_core::Label::new("次", "occurrence"), |u| u.name.clone());
            let args = named
                .with("quantity", quantity.decimal())
                .with("unit", &unit)
                .with("units", units.decimal())
                .with("each", *points);
            points_step(Step::PricePerUnit, args, priced(*points, quantity, *per, *part)?)
        }
        Price::AllOrNothing {} => {
            let worth = worth(clause)?;
            points_step(Step::PriceAllOrNothing, named, worth)
        }
        Price::Range { min, max, step, per_quantity } => {
            let step = step.unwrap_or(version.annex.rulebook.point_step);
            let chosen = chosen_points(clause, finding, *min, *max, step)?;
            let points = if *per_quantity { chosen.times(quantity)? } else { chosen };
            let reason = finding.reason.clone().unwrap_or_default();
            let args =
                named.with("min", *min).with("max", *max).with("chosen", chosen).with("reason", reason);
            points_step(Step::PriceRange, args, points)
        }
        Price::Severity { levels, per_quantity } => {
            let asked = finding.severity.as_ref();
            let level = levels.iter().find(|l| Some(&l.id) == asked);
            let Some(level) = level else {
                return Err(Under(&clause.id).no_level(asked, levels.iter().map(|l| &l.id)));
            };
            let points = if *per_quantity { level.points.times(quantity)? } else { level.points };
            points_step(Step::PriceSeverity, named.with("level", &level.name), points)
        }
        Price::Count { bands, over } => {
            let total = before.plus(quantity)?;
            let now = band_points(clause, bands, total)?;
            let earlier = if before.is_zero() { Points::ZERO } else { band_points(clause, bands, before)? };
            let step = if *over == CountOver::Finding { Step::PriceCount } else { Step::PriceCountTogether };
            let args = named.with("total", total.decimal()).with("all", now).with("earlier", earlier);
            points_step(step, args, now.minus(earlier)?.max(Points::ZERO))
        }
        Price::Rate { .. } => return Err(Under(&clause.id).needs_measurement()),
        Price::BySource { prices } => {
            let asked = finding.source.as_ref();
            let price = prices.iter().find(|p| Some(&p.source) == asked);
            let Some(price) = price else {
                return Err(Under(&clause.id).no_source(asked, prices.iter().map(|p| &p.source)));
            };
            points_step(Step::PriceBySource, named.with("source", &price.source), price.points)
        }
        Price::Remark {} => points_step(Step::PriceRemark, named, Points::ZERO),
        Price::Registered { name, args } => {
            let shape = request.shapes.iter().find(|(registered, _)| registered == name);
            let Some((_, shape)) = shape else {
                return Err(Under(&clause.id).shape_not_registered(name.as_str()));
            };
            let refuses = |reason| Under(&clause.id).shape_refuses(&reason);
            let points = shape.price(finding, args).map_err(refuses)?;
            if points.is_negative() {
                return Err(Under(&clause.id).shape_below_zero());
            }
            points_step(Step::PriceRegistered, named.with("name", name.as_str()), points)
        }
    };
    if let Some(points) = finding.points {
        let fixed = points_of(&derivation);
        if !matches!(clause.price, Price::Range { .. }) && points != fixed {
            return Err(Under(&clause.id).points_fixed(points, fixed));
        }
    }
    Ok(derivation.citing(cites()))
}

/// The item's full marks.
pub(crate) fn worth(clause: &Clause) -> Result<Points, Need> {
    clause.worth.ok_or_else(|| Under(&clause.id).worth_missing())
}

fn chosen_points(
    clause: &Clause,
    finding: &Finding,
    min: Points,
    max: Points,
    step: Points,
) -> Result<Points, Need> {
    let choice = Choice { clause: &clause.id, min, max, step };
    let chosen = finding.points.ok_or_else(|| choice.missing())?;
    if chosen < min || max < chosen {
        return Err(choice.beyond(chosen));
    }
    if !exact::is_multiple(chosen.minus(min)?.decimal(), step.decimal())? {
        return Err(choice.off_step(chosen));
    }
    if finding.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(choice.without_reason());
    }
    Ok(chosen)
}

/// What so many cost in all. Below the first band nothing; in a hole nothing can be said.
// semantics §4.2
fn band_points(clause: &Clause, bands: &[CountBand], total: Quantity) -> Result<Points, Need> {
    let mut below_all = true;
    for band in bands {
        let Ok(interval) = band.interval() else { continue };
        if interval.contains(total.decimal()) {
            if band.lose_item {
                return worth(clause);
            }
            let each = band.each.unwrap_or_default().times(total)?;
            return Ok(band.points.unwrap_or_default().plus(each)?);
        }
        below_all &= interval.below().is_some_and(|below| below.contains(total.decimal()));
    }
    if below_all {
        return Ok(Points::ZERO);
    }
    Err(Under(&clause.id).count_in_hole(total))
}

/// What a measurement costs and awards: the points of the bad side and those of the good side.
// semantics §4.2
pub(crate) fn price_measurement(
    admitted: &Admitted<'_>,
    clause: &Clause,
    measurement: &Measurement,
) -> Result<(Derivation, Option<Derivation>), Need> {
    let named = || Args::none().with("clause", &clause.id);
    let Price::Rate { target, better, step, points, part, scale, bonus, max, max_bonus, rounding } =
        &clause.price
    else {
        return Err(Under(&clause.id).not_an_indicator());
    };
    // The value is kept as an exact fraction.
    let (numerator, denominator) = match (measurement.value, measurement.numerator, measurement.denominator) {
        (Some(value), None, None) => (value, Quantity::ONE),
        (None, Some(n), Some(d)) if d > Quantity::ZERO && !n.is_negative() => {
            if scale.is_none() && *target > Quantity::ONE {
                return Err(Under(&clause.id).ratio_needs_scale(*target));
            }
            (n.times(scale.unwrap_or(Quantity::ONE))?, d)
        }
        _ => return Err(Under(&clause.id).measurement_unclear()),
    };
    let short = target.times(denominator)?.minus(numerator)?;
    let short = if *better == Better::Higher { short } else { Quantity::ZERO.minus(short)? };
    let per_step = step.times(denominator)?;
    let steps = |gap: Quantity, each: Points| -> Result<Points, Need> {
        let whole = |mode| Rounding { mode, to: rust_decimal::Decimal::ONE };
        let steps: Quantity = match (part, rounding) {
            (PartUnits::Up, _) => gap.over(per_step, whole(RoundingMode::Ceiling))?,
            (PartUnits::Down, _) => gap.over(per_step, whole(RoundingMode::Floor))?,
            (PartUnits::Exact, Some(rounding)) => {
                return Ok(each.times(gap)?.over(per_step, *rounding)?);
            }
            (PartUnits::Exact, None) => return Err(Under(&clause.id).rounding_missing()),
        };
        Ok(each.times(steps)?)
    };
    let bounded = |points: Points, max: Option<Points>| max.map_or(points, |max| points.min(max));
    let shown = Rounding { mode: RoundingMode::HalfUp, to: rust_decimal::Decimal::new(1, 4) };
    let value: Quantity = numerator.over(denominator, shown)?;
    let args = || {
        named().with("value", value.decimal()).with("target", target.decimal()).with("step", step.decimal())
    };
    let cites = || admitted.version.cite_clause(clause);
    let lost = if short > Quantity::ZERO { bounded(steps(short, *points)?, *max) } else { Points::ZERO };
    let lost = points_step(Step::PriceRate, args().with("each", *points), lost).citing(cites());
    let excess = Quantity::ZERO.minus(short)?;
    let won = match bonus {
        Some(bonus) if excess > Quantity::ZERO => {
            let points = bounded(steps(excess, *bonus)?, *max_bonus);
            let step = points_step(Step::PriceRateBonus, args().with("each", *bonus), points).citing(cites());
            (!points.is_zero()).then_some(step)
        }
        _ => None,
    };
    Ok((lost, won))
}

/// What a commendation awards, before stacking and caps.
// semantics §4.2
pub(crate) fn price_commendation(
    admitted: &Admitted<'_>,
    commendation: &Commendation,
) -> Result<Derivation, Need> {
    let version = admitted.version;
    let named = || Args::none().with("award", &commendation.award);
    let Some(award) = version.annex.award.iter().find(|a| a.id == commendation.award) else {
        let award = commendation.award.as_str();
        return Err(refusal::unknown(Step::RowAwardUnknown, award, version.name()));
    };
    let commended = Commended(&commendation.award);
    let one = match (award.points, award.min.zip(award.max)) {
        (Some(points), _) => points,
        (None, Some((min, max))) => {
            let granted = commendation.points.ok_or_else(|| commended.points_missing(min, max))?;
            if granted < min || max < granted {
                return Err(commended.points_beyond(granted, min, max));
            }
            granted
        }
        (None, None) => {
            let level = award.levels.iter().find(|l| Some(&l.id) == commendation.level.as_ref());
            match level {
                Some(level) => level.points,
                None => {
                    let levels = award.levels.iter().map(|l| &l.id);
                    return Err(commended.no_level(commendation.level.as_ref(), levels));
                }
            }
        }
    };
    let quantity = commendation.quantity.unwrap_or(Quantity::ONE);
    if quantity <= Quantity::ZERO {
        return Err(commended.quantity(quantity));
    }
    let points = one.times(quantity)?;
    Ok(points_step(Step::PriceAward, named().with("name", &award.name), points)
        .citing([version.cite_rule("award", &award.id)]))
}

/// The money of a finding under a dual tariff (S25).
// semantics §4.7
pub(crate) fn price_money(clause: &Clause, finding: &Finding) -> Result<Option<Derivation>, Need> {
    let Some(tariff) = &clause.money else { return Ok(None) };
    let quantity = quantity(finding, clause)?;
    let args = || Args::none().with("clause", &clause.id);
    let amount: Money = match &tariff.price {
        MoneyPrice::Flat { amount } => *amount,
        MoneyPrice::PerUnit { amount, per, part } => priced(*amount, quantity, *per, *part)?,
        MoneyPrice::Range { min, max, step } => {
            let chosen = finding.money.ok_or_else(|| Under(&clause.id).money_missing())?;
            let off =
                |step: &Money| exact::is_multiple(chosen.decimal(), step.decimal()).map(|multiple| !multiple);
            let off_step = step.as_ref().map(off).transpose()?.unwrap_or(false);
            if chosen < *min || *max < chosen || off_step {
                return Err(Under(&clause.id).money_beyond(chosen, *min, *max));
            }
            chosen
        }
        MoneyPrice::Severity { levels } => {
            let level = levels.iter().find(|l| Some(&l.id) == finding.severity.as_ref());
            match level {
                Some(level) => level.amount,
                None => {
                    return Err(
                        Under(&clause.id).no_level(finding.severity.as_ref(), levels.iter().map(|l| &l.id))
                    );
                }
            }
        }
        MoneyPrice::BySource { prices } => {
            let price = prices.iter().find(|p| Some(&p.source) == finding.source.as_ref());
            match price {
                Some(price) => price.amount,
                None => {
                    return Err(Under(&clause.id)
                        .no_source(finding.source.as_ref(), prices.iter().map(|p| &p.source)));
                }
            }
        }
    };
    Ok(Some(Derivation::new(Step::PriceMoney, args().with("money", amount), Value::Money(amount))))
}
