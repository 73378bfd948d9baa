//! From a checked rulebook to tables.

use super::{
    clause::{self, CapOrder, ClauseTable, Stop, VetoTable},
    codes::Codes,
    ladder::LadderTable,
    policy::{Policies, RecurrenceTable, TallyTable},
    scale::{self, FINEST, QUANTITY_PLACES, Scaled, at_scale},
    span::{Day, NEVER, Span, number_of},
};
use alloc::{boxed::Box, string::String, string::ToString};
use core::fmt;
use ducha_core::{Points, Quantity, Step};
use ducha_rulebook::{
    Annex, Rulebook,
    annex::{ladder::Tier, price::Price},
    bound::Bounded,
};
use rust_decimal::Decimal;

/// A rulebook as tables: immutable, cheap to share between threads.
#[derive(Debug, Clone)]
pub struct Scorer {
    pub(super) scale: u32,
    /// The first day in force, and the first one no longer in force.
    pub(super) in_force: (Day, Day),
    pub(super) codes: Codes,
    pub(super) clauses: Box<[ClauseTable]>,
    pub(super) vetoes: Box<[VetoTable]>,
    pub(super) spans: Box<[Span]>,
    pub(super) recurrences: Box<[RecurrenceTable]>,
    pub(super) tallies: Box<[TallyTable]>,
    pub(super) counted_in: Box<[u32]>,
    pub(super) ladders: Box<[LadderTable]>,
}

/// What of a rulebook the engine does not compile yet.
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

/// Why a rulebook was not compiled. The reference evaluator scores every checked rulebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// There is no rulebook.
    #[error("there is no rulebook to compile")]
    Nothing,
    /// A rule that the engine does not know yet.
    #[error("`{id}`: the engine does not compile {part} yet; the reference evaluator does it")]
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
        let (first, others) = rulebooks.split_first().ok_or(CompileError::Nothing)?;
        if let Some(other) = others.first() {
            return Err(not_compiled(Part::Versions, &other.annex().rulebook.version));
        }
        let annex = first.annex();
        if let Some(share) = annex.share.first() {
            return Err(not_compiled(Part::Share, &share.id));
        }
        if let Some(cap) = annex.cap.first() {
            return Err(not_compiled(Part::Cap, &cap.id));
        }
        let scale = scale_of(annex)?;
        let mut policies = Policies::compile(annex, scale)?;
        let (clauses, vetoes) = clause::compile(annex, &mut policies, scale)?;
        let ladders = annex.ladder.iter().map(|ladder| LadderTable::compile(annex, ladder, scale));
        let ladders = ladders.collect::<Result<_, _>>()?;
        let identity = &annex.rulebook;
        Ok(Self {
            scale,
            in_force: (number_of(identity.from), identity.until.map_or(NEVER, number_of)),
            codes: Codes::new(annex.clause.iter().map(|clause| clause.id.as_str())),
            clauses: clauses.into_boxed_slice(),
            vetoes: vetoes.into_boxed_slice(),
            spans: policies.spans.into_boxed_slice(),
            recurrences: policies.recurrences.into_boxed_slice(),
            tallies: policies.tallies.into_boxed_slice(),
            counted_in: policies.counted_in.into_boxed_slice(),
            ladders,
        })
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
        let clause = self.clauses.get(number as usize).ok_or(Step::RowClauseUnknown)?;
        let quantity = at_scale(quantity, QUANTITY_PLACES).ok_or(Step::Overflow)?;
        let chosen = chosen.map(|points| at_scale(points, self.scale).ok_or(Step::Overflow)).transpose()?;
        let price = clause.price(quantity, chosen).map_err(|stop| match stop {
            Stop::Refused(reason) => reason,
            Stop::HeadRoom => Step::Overflow,
        })?;
        let trimmed =
            |points: i64, order| if clause.cap.order == order { points.min(clause.cap.max) } else { points };
        let price = trimmed(price, CapOrder::Before);
        let policy = self.recurrences.get(clause.recurrence as usize);
        let price = policy.map_or(Some(price), |policy| policy.first.times(price)).ok_or(Step::Overflow)?;
        Ok(Scaled { value: trimmed(price, CapOrder::After), places: self.scale })
    }
}

/// The scale with room for every price, times a quantity, times a factor.
fn scale_of(annex: &Annex) -> Result<u32, CompileError> {
    let mut finest = scale::places(annex.rulebook.point_step.decimal());
    let mut see = |value: Option<Decimal>| finest = finest.max(value.map_or(0, scale::places));
    for clause in &annex.clause {
        see(clause.worth.map(Points::decimal));
        see(clause.cap.as_ref().and_then(|cap| cap.max).map(Points::decimal));
        match &clause.price {
            Price::Flat { points } | Price::PerUnit { points, .. } => see(Some(points.decimal())),
            Price::Range { min, max, step, .. } => {
                [Some(*min), Some(*max), *step]
                    .into_iter()
                    .for_each(|points| see(points.map(Points::decimal)));
            }
            _ => {}
        }
    }
    for tally in &annex.tally {
        let bounds = [tally.full_marks, tally.floor, tally.ceiling, tally.max_deduction];
        bounds.into_iter().for_each(|points| see(points.map(Points::decimal)));
    }
    annex
        .ladder
        .iter()
        .flat_map(|ladder| &ladder.tier)
        .for_each(|tier: &Tier| tier.bounds().into_iter().for_each(&mut see));
    let factors = annex.recurrence.iter().flat_map(|policy| &policy.factors);
    let of_factors = factors.map(|factor| scale::places(factor.decimal())).max().unwrap_or(0);
    let scale = finest.saturating_add(of_factors).saturating_add(QUANTITY_PLACES);
    if scale > FINEST {
        return Err(CompileError::TooFine { id: annex.rulebook.id.to_string() });
    }
    Ok(scale)
}
