//! From a checked rulebook to tables.

use super::{
    clause::{CapOrder, Stop},
    codes::Codes,
    plain::Plain,
    scale::{self, FINEST, QUANTITY_PLACES, Scaled, at_scale},
    tables::Tables,
};
use crate::versions::Versions;
use alloc::{string::String, string::ToString, vec::Vec};
use core::fmt;
use ducha_core::{Factor, Money, Points, Quantity, Step};
use ducha_rulebook::{
    Annex, Rulebook,
    annex::{ladder::Tier, money::MoneyPrice, price::Price},
    bound::Bounded,
};
use rust_decimal::Decimal;

/// All versions of a rulebook, compiled: immutable, cheap to share between threads.
#[derive(Debug, Clone)]
pub struct Scorer {
    /// The versions, by their first day in force, then by name.
    pub(super) books: Vec<Rulebook>,
    pub(super) scale: u32,
    /// The codes of the clauses of all versions.
    pub(super) codes: Codes,
    /// The tables of all rules.
    pub(super) tables: Tables,
    /// The tables of plain rules, or the first rule that is not plain.
    pub(super) plain: Result<Plain, CompileError>,
}

/// What of a rulebook is not plain: streams do not take it, and columns go the way of a batch; batches and ledgers take all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// Several versions of a rulebook.
    Versions,
    /// A price by part of a unit, severity, count, rate, source, or registered in code.
    Price,
    /// A money price beside the points (S25).
    DualTariff,
    /// A clause that counts once an inspection or day (S40).
    OncePer,
    /// A warning before points (S39).
    Warning,
    /// A clause with days in force of its own.
    ClauseDates,
    /// A veto with another effect than the worst tier.
    Veto,
    /// A recurrence with another key than subject and clause, by decided cases, or with a reset.
    Recurrence,
    /// A cap over a rolling window, or over several clauses.
    Cap,
    /// A share of liability.
    Share,
    /// A window of an inspection, a term or a cycle; of a tally also a rolling one and all of history.
    Window,
    /// A balance, a tally of money, inspections or consequences, weights by age, another dating day.
    Tally,
    /// A ladder by conditions, by an index, or judged on each record.
    Ladder,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Versions => "several versions",
            Self::Price => "this shape of price",
            Self::DualTariff => "a dual tariff",
            Self::OncePer => "`once_per`",
            Self::Warning => "a warning before points",
            Self::ClauseDates => "a clause's own days in force",
            Self::Veto => "this effect of a veto",
            Self::Recurrence => "this kind of recurrence",
            Self::Cap => "this kind of cap",
            Self::Share => "shares of liability",
            Self::Window => "this kind of window",
            Self::Tally => "this kind of tally",
            Self::Ladder => "this kind of ladder",
        })
    }
}

/// Why a rulebook was not compiled, or is not plain. The reference evaluator scores every checked rulebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// There is no rulebook.
    #[error("there is no rulebook to compile")]
    Nothing,
    /// A rule that is not plain, where plain rules alone are taken.
    #[error("`{id}`: {part}: not plain, so that a stream does not take it; a batch, a ledger and columns do")]
    NotCompiled {
        /// What it is.
        part: Part,
        /// Of which rule.
        id: String,
    },
    /// Numbers so fine, or so large, that 64 bits would not hold what comes of them.
    #[error("`{id}`: the numbers are too fine or too large for 64 bits")]
    TooFine {
        /// Of which rule.
        id: String,
    },
}

pub(super) fn not_compiled(part: Part, id: impl fmt::Display) -> CompileError {
    CompileError::NotCompiled { part, id: id.to_string() }
}

impl Scorer {
    /// Compiles a rulebook.
    ///
    /// # Errors
    /// [`CompileError`]: what the engine does not know, or cannot hold.
    ///
    /// ```
    /// use ducha_rulebook::{Rulebook, Source};
    /// use ducha_scoring::engine::Scorer;
    /// let text = r#"
    /// format = 1
    /// [rulebook]
    /// id = "tiny"
    /// version = "1"
    /// title = { zh = "示例", en = "Example" }
    /// status = "draft"
    /// from = 2026-01-01
    /// point_step = 0.5
    /// calendar = "cn"
    /// [[clause]]
    /// id = "C-1"
    /// name = { zh = "垃圾未清", en = "refuse not cleared" }
    /// aspect = "service_quality"
    /// price = { shape = "per_unit", points = 0.5 }
    /// [[tally]]
    /// id = "month"
    /// name = { zh = "当月扣分", en = "deductions of the month" }
    /// kind = "sum"
    /// measure = "points"
    /// subjects = ["department"]
    /// window = "month"
    /// "#;
    /// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
    /// let scorer = Scorer::compile(&[book])?;
    /// let deduction = scorer.deduction("C-1", 3.into(), None);
    /// assert_eq!(deduction.map(|scaled| scaled.points().to_string()), Ok("1.5".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compile(rulebooks: &[Rulebook]) -> Result<Self, CompileError> {
        let mut books = rulebooks.to_vec();
        books.sort_by(|a, b| (a.from(), a.version()).cmp(&(b.from(), b.version())));
        let scale = scale_of(&books)?;
        let clauses = books.iter().flat_map(|book| &book.annex().clause);
        let codes = Codes::new(clauses.map(|clause| clause.id.as_str()));
        let first = books.first().ok_or(CompileError::Nothing)?;
        let tables = Tables::compile(&Versions::known(&books, None), &codes, scale)
            .ok_or_else(|| CompileError::TooFine { id: first.id().to_string() })?;
        Ok(Self { scale, codes, tables, plain: Plain::compile(&books, scale), books })
    }

    /// The number of a clause, by its code: its place in the rulebook.
    #[must_use]
    pub fn clause(&self, code: &str) -> Option<u32> {
        self.codes.number(code)
    }

    /// How many places the engine's whole numbers have.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }

    /// What a finding costs by itself, before anything that happened earlier: its price, and the factor of a first time.
    ///
    /// # Errors
    /// Why it is refused, as the reference evaluator says it; [`Step::Overflow`] where 64 bits don't hold the points.
    pub fn deduction(&self, code: &str, quantity: Quantity, chosen: Option<Points>) -> Result<Scaled, Step> {
        let number = self.codes.number(code).ok_or(Step::RowClauseUnknown)?;
        let plain = self.plain.as_ref().map_err(|_| Step::RuleMissing)?;
        let clause = plain.clauses.get(number as usize).ok_or(Step::RowClauseUnknown)?;
        let quantity = at_scale(quantity, QUANTITY_PLACES).ok_or(Step::Overflow)?;
        let chosen = chosen.map(|points| at_scale(points, self.scale).ok_or(Step::Overflow)).transpose()?;
        let price = clause.price(quantity, chosen).map_err(|stop| match stop {
            Stop::Refused(reason) => reason,
            Stop::HeadRoom => Step::Overflow,
        })?;
        let trimmed =
            |points: i64, order| if clause.cap.order == order { points.min(clause.cap.max) } else { points };
        let price = trimmed(price, CapOrder::Before);
        let policy = plain.recurrences.get(clause.recurrence as usize);
        let price = policy.map_or(Some(price), |policy| policy.first.times(price)).ok_or(Step::Overflow)?;
        Ok(Scaled { value: trimmed(price, CapOrder::After), places: self.scale })
    }
}

/// The scale with room for every number of the rules, times a quantity, times each kind of factor.
fn scale_of(books: &[Rulebook]) -> Result<u32, CompileError> {
    let mut scale = 0;
    for book in books {
        let annex = book.annex();
        let finest = finest(annex);
        if finest > FINEST {
            return Err(CompileError::TooFine { id: annex.rulebook.id.to_string() });
        }
        let places = |factors: &mut dyn Iterator<Item = Factor>| {
            factors.map(|factor| scale::places(factor.decimal())).max().unwrap_or(0)
        };
        let factors = [
            places(&mut annex.source.iter().filter_map(|source| source.factor)),
            places(
                &mut annex
                    .clause
                    .iter()
                    .filter_map(|clause| clause.self_found.as_ref())
                    .map(|own| own.factor),
            ),
            places(&mut annex.recurrence.iter().flat_map(|policy| policy.factors.iter().copied())),
            places(&mut annex.unrectified.iter().flat_map(|policy| policy.factors.iter().copied())),
            places(&mut annex.tally.iter().flat_map(|tally| tally.ages.iter().map(|age| age.weight))),
        ];
        let factors = factors.into_iter().fold(QUANTITY_PLACES, u32::saturating_add);
        scale = scale.max(finest.saturating_add(factors));
    }
    // Whatever is finer in the end is told where it happens: nothing is cut.
    Ok(scale.min(FINEST))
}

/// The finest place of prices, bounds and roundings.
fn finest(annex: &Annex) -> u32 {
    let mut finest = scale::places(annex.rulebook.point_step.decimal());
    let mut see = |value: Decimal| finest = finest.max(scale::places(value));
    for clause in &annex.clause {
        clause.worth.into_iter().for_each(|worth| see(worth.decimal()));
        clause.cap.iter().filter_map(|cap| cap.max).for_each(|max| see(max.decimal()));
        see_price(&clause.price, &mut see);
        clause.money.iter().for_each(|tariff| see_money(&tariff.price, &mut see));
    }
    annex.cap.iter().for_each(|cap| see(cap.max.decimal()));
    annex.share.iter().for_each(|share| see(share.rounding.to));
    for award in &annex.award {
        let levels = award.levels.iter().map(|level| Some(level.points));
        let others = [award.points, award.min, award.max, award.cap.as_ref().map(|cap| cap.max)];
        levels.chain(others).flatten().for_each(|points| see(points.decimal()));
    }
    for tally in &annex.tally {
        let bounds = [tally.full_marks, tally.floor, tally.ceiling, tally.max_deduction];
        bounds.into_iter().flatten().for_each(|points| see(points.decimal()));
    }
    let tiers = annex.ladder.iter().flat_map(|ladder| &ladder.tier);
    tiers.flat_map(|tier: &Tier| tier.bounds()).flatten().for_each(see);
    finest
}

fn see_price(price: &Price, see: &mut impl FnMut(Decimal)) {
    let mut points = |points: Points| see(points.decimal());
    match price {
        Price::Flat { points: flat } => points(*flat),
        Price::PerUnit { points: each, .. } => points(*each),
        Price::Range { min, max, step, .. } => {
            [Some(*min), Some(*max), *step].into_iter().flatten().for_each(points);
        }
        Price::Severity { levels, .. } => levels.iter().for_each(|level| points(level.points)),
        Price::Count { bands, .. } => {
            bands.iter().flat_map(|band| [band.points, band.each]).flatten().for_each(points);
        }
        Price::Rate { points: each, bonus, max, max_bonus, rounding, .. } => {
            [Some(*each), *bonus, *max, *max_bonus].into_iter().flatten().for_each(points);
            rounding.iter().for_each(|rounding| see(rounding.to));
        }
        Price::BySource { prices } => prices.iter().for_each(|price| points(price.points)),
        Price::AllOrNothing {} | Price::Remark {} | Price::Registered { .. } => {}
    }
}

fn see_money(price: &MoneyPrice, see: &mut impl FnMut(Decimal)) {
    let mut money = |money: Money| see(money.decimal());
    match price {
        MoneyPrice::Flat { amount } | MoneyPrice::PerUnit { amount, .. } => money(*amount),
        MoneyPrice::Range { min, max, step } => {
            [Some(*min), Some(*max), *step].into_iter().flatten().for_each(money);
        }
        MoneyPrice::Severity { levels } => levels.iter().for_each(|level| money(level.amount)),
        MoneyPrice::BySource { prices } => prices.iter().for_each(|price| money(price.amount)),
    }
}
