//! Clauses as tables: what a finding costs before anything that happened earlier.

use super::{
    compile::{CompileError, Part, not_compiled},
    policy::Policies,
    scale::{QUANTITY_PLACES, at_scale, power},
};
use alloc::{string::ToString, vec::Vec};
use ducha_core::{Points, Step};
use ducha_rulebook::{
    Annex,
    annex::{
        clause::{Clause, Veto, VetoEffect},
        price::Price,
    },
};

/// What one finding costs, at the scorer's scale.
#[derive(Debug, Clone, Copy)]
pub(super) enum PriceTable {
    Flat(i64),
    /// Per unit, without the places that a quantity brings.
    PerUnit(i64),
    Range {
        min: i64,
        max: i64,
        step: i64,
        per_quantity: bool,
    },
    Remark,
}

/// A clause, ready to price.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClauseTable {
    pub(super) price: PriceTable,
    /// Whether quantities must be whole numbers.
    pub(super) whole: bool,
    /// Its place among the policies of recurrence; beyond them all where it has none.
    pub(super) recurrence: u32,
    pub(super) cap: CapTable,
    /// Its run in the list of tallies that add its points.
    pub(super) tallies: (u32, u32),
    /// Its run in the list of tallies that count its findings.
    pub(super) counts: (u32, u32),
    /// Its run in the list of vetoes.
    pub(super) vetoes: (u32, u32),
}

/// The most that a clause may cost one subject in a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct CapTable {
    pub(super) max: i64,
    /// Its place among the windows.
    pub(super) span: u32,
    pub(super) order: CapOrder,
}

/// Where a cap trims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CapOrder {
    /// There is no cap.
    Nowhere,
    /// Before the factors.
    Before,
    /// After them.
    After,
}

const NO_CAP: CapTable = CapTable { max: i64::MAX, span: 0, order: CapOrder::Nowhere };

/// Why a finding has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is refused, as the reference says it.
    Refused(Step),
    /// 64 bits don't hold it.
    HeadRoom,
}

/// A veto that forces the worst tier of a ladder.
#[derive(Debug, Clone, Copy)]
pub(super) struct VetoTable {
    pub(super) ladder: u32,
    /// Only findings of at least this quantity, in parts of [`QUANTITY_PLACES`].
    pub(super) at_least: i64,
}

/// One quantity in parts of [`QUANTITY_PLACES`].
pub(super) const ONE_QUANTITY: i64 = match power(QUANTITY_PLACES) {
    Some(one) => one,
    None => 1,
};

impl ClauseTable {
    /// Whether the inspector chooses the points.
    pub(super) const fn is_chosen(&self) -> bool {
        matches!(self.price, PriceTable::Range { .. })
    }

    /// The price of a finding. `quantity` is in parts of [`QUANTITY_PLACES`], `chosen` at the scorer's scale.
    // semantics §4.2
    #[inline]
    pub(super) fn price(&self, quantity: i64, chosen: Option<i64>) -> Result<i64, Stop> {
        if quantity <= 0 {
            return Err(Stop::Refused(Step::RowQuantityNotPositive));
        }
        if self.whole && quantity.checked_rem(ONE_QUANTITY) != Some(0) {
            return Err(Stop::Refused(Step::RowQuantityNotWhole));
        }
        let fixed = match self.price {
            PriceTable::PerUnit(points) => points.checked_mul(quantity).ok_or(Stop::HeadRoom)?,
            PriceTable::Flat(points) => points,
            PriceTable::Remark => 0,
            PriceTable::Range { min, max, step, per_quantity } => {
                let chosen = chosen.ok_or(Stop::Refused(Step::RowPointsMissing))?;
                if chosen < min || max < chosen {
                    return Err(Stop::Refused(Step::RowPointsBeyond));
                }
                if chosen.checked_sub(min).and_then(|above| above.checked_rem(step)) != Some(0) {
                    return Err(Stop::Refused(Step::RowPointsOffStep));
                }
                // A price has no places beyond those that a quantity brings.
                let each = chosen.checked_div(ONE_QUANTITY).filter(|_| per_quantity);
                return each.map_or(Ok(chosen), |each| each.checked_mul(quantity).ok_or(Stop::HeadRoom));
            }
        };
        match chosen {
            Some(chosen) if chosen != fixed => Err(Stop::Refused(Step::RowPointsFixed)),
            _ => Ok(fixed),
        }
    }
}

/// The clauses of a rulebook in their order, with their vetoes.
pub(super) fn compile(
    annex: &Annex,
    policies: &mut Policies,
    scale: u32,
) -> Result<(Vec<ClauseTable>, Vec<VetoTable>), CompileError> {
    let mut tables = Vec::new();
    let mut vetoes = Vec::new();
    for clause in &annex.clause {
        let first = number(vetoes.len());
        for veto in &clause.veto {
            vetoes.extend(veto_table(annex, clause, veto)?);
        }
        let cap = clause.cap.as_ref().map(|cap| policies.cap(clause, cap, scale)).transpose()?;
        let recurrence =
            clause.recurrence.as_ref().and_then(|id| annex.recurrence.iter().position(|r| r.id == *id));
        refuse_what_is_not_compiled(clause)?;
        tables.push(ClauseTable {
            price: price_table(annex, clause, scale)?,
            whole: clause.unit.as_ref().is_some_and(|unit| unit.whole),
            recurrence: recurrence.map_or(u32::MAX, number),
            cap: cap.unwrap_or(NO_CAP),
            tallies: policies.tallies_of(annex, clause, false),
            counts: policies.tallies_of(annex, clause, true),
            vetoes: (first, number(vetoes.len())),
        });
    }
    Ok((tables, vetoes))
}

/// A place in a list. Lists of rules are far shorter than 32 bits.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Every key of a clause is named here, so that a new one asks whether the engine knows it.
fn refuse_what_is_not_compiled(clause: &Clause) -> Result<(), CompileError> {
    let Clause {
        id,
        // Words, and what follows without changing a number.
        name: _,
        text: _,
        aspect: _,
        line: _,
        section: _,
        criticality: _,
        article: _,
        cite: _,
        note: _,
        replaces: _,
        rectify: _,
        consequences: _,
        // Columns have findings alone: no source, no fact that something was not rectified, no kind of subject.
        self_found: _,
        unrectified: _,
        applies_to: _,
        // Compiled.
        price: _,
        unit: _,
        worth: _,
        recurrence: _,
        cap: _,
        veto: _,
        // Not compiled yet.
        money,
        once_per,
        warning,
        from,
        until,
    } = clause;
    let not = |part, is: bool| if is { Err(not_compiled(part, id)) } else { Ok(()) };
    not(Part::DualTariff, money.is_some())?;
    not(Part::OncePer, once_per.is_some())?;
    not(Part::Warning, warning.is_some())?;
    not(Part::ClauseDates, from.is_some() || until.is_some())
}

fn price_table(annex: &Annex, clause: &Clause, scale: u32) -> Result<PriceTable, CompileError> {
    let scaled =
        |points: Points| at_scale(points, scale).ok_or(CompileError::TooFine { id: clause.id.to_string() });
    let coarse = scale.saturating_sub(QUANTITY_PLACES);
    let not = |part| Err(not_compiled(part, &clause.id));
    Ok(match &clause.price {
        Price::Flat { points } => PriceTable::Flat(scaled(*points)?),
        Price::PerUnit { points, per: None, part: None } => {
            let each =
                at_scale(*points, coarse).ok_or(CompileError::TooFine { id: clause.id.to_string() })?;
            PriceTable::PerUnit(each)
        }
        Price::AllOrNothing {} => {
            let Some(worth) = clause.worth else { return not(Part::Price) };
            PriceTable::Flat(scaled(worth)?)
        }
        Price::Range { min, max, step, per_quantity } => PriceTable::Range {
            min: scaled(*min)?,
            max: scaled(*max)?,
            step: scaled(step.unwrap_or(annex.rulebook.point_step))?,
            per_quantity: *per_quantity,
        },
        Price::Remark {} => PriceTable::Remark,
        Price::PerUnit { .. }
        | Price::Severity { .. }
        | Price::Count { .. }
        | Price::Rate { .. }
        | Price::BySource { .. }
        | Price::Registered { .. } => return not(Part::Price),
    })
}

fn veto_table(annex: &Annex, clause: &Clause, veto: &Veto) -> Result<Option<VetoTable>, CompileError> {
    let Veto { effect, ladder, tally: _, tiers: _, severity, at_least } = veto;
    if *effect != VetoEffect::WorstTier {
        return Err(not_compiled(Part::Veto, &clause.id));
    }
    // Columns have no severity: such a veto is about none of their findings.
    if severity.is_some() {
        return Ok(None);
    }
    let at_least = match at_least {
        None => 0,
        Some(least) => {
            at_scale(*least, QUANTITY_PLACES).ok_or(CompileError::TooFine { id: clause.id.to_string() })?
        }
    };
    let ladder = annex.ladder.iter().position(|l| Some(&l.id) == ladder.as_ref());
    Ok(ladder.map(|ladder| VetoTable { ladder: number(ladder), at_least }))
}
