//! What is recommended or decided against somebody: a consequence with its money, within the bounds of the tier and of law.

use super::Opening;
use crate::{
    case::article,
    context::Context,
    party::Party,
    refusal::{Reason, Refusal},
};
use alloc::{string::String, vec::Vec};
use ducha_calendar::TimeLimit;
use ducha_core::{
    Citation, ConsequenceId, FactId, Factor, Label, LadderId, LimitId, Money, Quantity, RecordId, Rounding,
    RoundingMode, TierId, message::Args, record::standard_fact,
};
use ducha_rulebook::annex::{
    consequence::{self, Consequence, ConsequenceKind, Role},
    money::{Direction, Guard, Nature},
};
use serde::{Deserialize, Serialize};

/// The tier that calls for a consequence (art. 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calling {
    /// The ladder.
    pub ladder: LadderId,
    /// Its tier.
    pub tier: TierId,
}

/// A fact that is on record, such as one that labour law asks for before a dismissal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Established {
    /// The kind of fact.
    pub fact: FactId,
    /// The record that tells it.
    pub record: RecordId,
    /// Its number, such as the wage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
}

/// Money with what it is in law. There is no sum without that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// What the money is in law.
    pub nature: Nature,
    /// How much.
    pub amount: Money,
}

/// A consequence as the rules had it when it was recommended or decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The consequence.
    pub consequence: ConsequenceId,
    /// Its name.
    pub name: Label,
    /// Which sanction, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sanction: Option<consequence::Sanction>,
    /// Who decides on it.
    pub decided_by: Role,
    /// Who carries it out; whoever may, where the rules don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executed_by: Option<Role>,
    /// Facts that the law asks for before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<FactId>,
    /// The money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Sum>,
    /// How long it lasts; both ends count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasts: Option<TimeLimit>,
    /// The time limit for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<LimitId>,
}

/// The consequence of that id in the rules.
pub(super) fn rule<'a>(id: &ConsequenceId, context: &Context<'a>) -> Result<&'a Consequence, Refusal> {
    let found = context.rules.consequence.iter().find(|known| known.id == *id);
    found.ok_or_else(|| Refusal::new(Reason::NoRule, article(18), Args::none().with("rule", id)))
}

impl Measure {
    /// The consequence as the rules have it now, with that sum.
    pub(crate) fn of(
        id: &ConsequenceId,
        amount: Option<Money>,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let rule = rule(id, context)?;
        let paid = rule.money.as_ref().is_some_and(|money| money.direction == Direction::Paid);
        let other = matches!(
            rule.kind,
            ConsequenceKind::Rectification | ConsequenceKind::Reward | ConsequenceKind::Review
        );
        if paid || other {
            let args = Args::none().with("consequence", &rule.name).with("kind", rule.kind.word());
            return Err(Refusal::new(Reason::NoSanction, article(18), args));
        }
        let money = match (amount, &rule.money) {
            (None, _) => None,
            (Some(_), None) => {
                let args = Args::none().with("consequence", &rule.name);
                return Err(Refusal::new(Reason::NoMoneyRule, article(6), args));
            }
            (Some(amount), Some(money)) => Some(Sum { nature: money.nature, amount }),
        };
        if rule.kind == ConsequenceKind::Money && money.is_none() {
            let field = Label::new("款项金额", "the sum of money");
            return Err(Refusal::new(Reason::Empty, article(6), Args::none().with("field", &field)));
        }
        Ok(Self {
            consequence: rule.id.clone(),
            name: rule.name.clone(),
            sanction: rule.sanction,
            decided_by: rule.decided_by,
            executed_by: rule.executed_by,
            requires: rule.requires.clone(),
            money,
            lasts: rule.lasts,
            within: rule.within.clone(),
        })
    }

    /// Who decides on it, as a party.
    #[must_use]
    pub const fn decider(&self) -> Party {
        Party::Role(self.decided_by)
    }

    /// The sum; nothing where no money is moved.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.money.map_or(Money::ZERO, |sum| sum.amount)
    }

    /// Whether it is graver than another: a graver sanction, more money, or longer.
    ///
    /// Sanctions grow graver in the order in which the rulebook's words stand, from the warning to the dismissal.
    #[must_use]
    pub fn is_graver_than(&self, other: &Self) -> bool {
        let longer = match (self.lasts, other.lasts) {
            (None, _) => false,
            (Some(_), None) => self.sanction >= other.sanction,
            (Some(this), Some(that)) => {
                self.sanction == other.sanction
                    && (this.unit() != that.unit() || this.length() > that.length())
                    && this != that
            }
        };
        self.sanction > other.sanction || self.amount() > other.amount() || longer
    }

    /// Refuses while a fact that the law asks for is not on record.
    pub(super) fn prepared(&self, facts: &[Established], context: &Context<'_>) -> Result<(), Refusal> {
        let mut missing: Vec<FactId> = self.requires.iter().filter(|id| !has(facts, id)).cloned().collect();
        if self.money.is_some() {
            let asked = guards(&self.consequence, context).iter().flat_map(asked_by);
            missing.extend(asked.filter(|id| value(facts, id).is_none()));
            missing.sort();
            missing.dedup();
        }
        if missing.is_empty() {
            return Ok(());
        }
        let name = |id: &FactId, zh: bool| {
            let kind = context.rules.fact.iter().find(|kind| kind.id == *id);
            kind.map_or_else(
                || String::from(id.as_str()),
                |kind| if zh { kind.name.zh.clone() } else { kind.name.en.clone() },
            )
        };
        let names = |zh: bool| {
            let names: Vec<String> = missing.iter().map(|id| name(id, zh)).collect();
            names.join(if zh { "、" } else { ", " })
        };
        let args = Args::none()
            .with("consequence", &self.name)
            .with("facts", &Label::new(names(true), names(false)));
        Err(Refusal::new(Reason::FactMissing, article(18), args))
    }

    /// Refuses a sum beyond what law lets be withheld, by each guard of the rules.
    pub(super) fn guarded(&self, facts: &[Established], context: &Context<'_>) -> Result<(), Refusal> {
        let Some(sum) = self.money else { return Ok(()) };
        if sum.amount < Money::ZERO {
            return Err(too_much(sum.amount, Money::ZERO));
        }
        for guard in guards(&self.consequence, context) {
            let law = Citation::Law { name: guard.law.clone(), section: guard.section.clone() };
            let most = [by_percent(guard, facts), by_floor(guard, facts)];
            for most in most.into_iter().flatten() {
                if sum.amount > most {
                    return Err(too_much(sum.amount, most.max(Money::ZERO)).citing(law));
                }
            }
        }
        Ok(())
    }
}

/// That a sum is beyond what is possible.
pub(super) fn too_much(amount: Money, most: Money) -> Refusal {
    Refusal::new(Reason::MoneyTooMuch, article(6), Args::none().with("amount", amount).with("most", most))
}

/// At most so many percent of the fact.
fn by_percent(guard: &Guard, facts: &[Established]) -> Option<Money> {
    let whole = value(facts, guard.of.as_ref()?)?;
    let rounding = guard
        .rounding
        .unwrap_or(Rounding { mode: RoundingMode::Down, to: ducha_core::exact::parse("0.01").ok()? });
    whole.times(guard.max_percent?).ok()?.over(Factor::from(100), rounding).ok()
}

/// What is left is never below the fact.
fn by_floor(guard: &Guard, facts: &[Established]) -> Option<Money> {
    let least = value(facts, guard.keep_at_least.as_ref()?)?;
    value(facts, &guard.of.clone().or_else(wage)?)?.minus(least).ok()
}

/// The facts whose values a guard needs.
fn asked_by(guard: &Guard) -> impl Iterator<Item = FactId> {
    let of = guard.of.clone().or_else(wage);
    of.into_iter().chain(guard.keep_at_least.clone())
}

/// The wage, of which something is left where a guard names no other fact.
fn wage() -> Option<FactId> {
    FactId::new(standard_fact::WAGE).ok()
}

fn guards<'a>(id: &ConsequenceId, context: &Context<'a>) -> &'a [Guard] {
    let rule = context.rules.consequence.iter().find(|known| known.id == *id);
    rule.and_then(|rule| rule.money.as_ref()).map_or(&[], |money| &money.guards)
}

fn has(facts: &[Established], id: &FactId) -> bool {
    facts.iter().any(|known| known.fact == *id)
}

/// The latest value of a fact, as money: wages and fees are in the rulebook's currency.
fn value(facts: &[Established], id: &FactId) -> Option<Money> {
    facts.iter().rev().find(|known| known.fact == *id)?.value.map(Quantity::cast)
}

/// The consequences that a decision may choose: the recommended one, those of the tier, and the milder ones whose place any of
/// them takes.
fn possible<'a>(opening: &Opening, context: &Context<'a>) -> Result<Vec<&'a Consequence>, Refusal> {
    let mut ids: Vec<&ConsequenceId> = Vec::new();
    match &opening.tier {
        None => ids.push(&rule(&opening.consequence, context)?.id),
        Some(calling) => {
            let ladder = context.rules.ladder.iter().find(|ladder| ladder.id == calling.ladder);
            let tier = ladder.and_then(|ladder| ladder.tier.iter().find(|tier| tier.id == calling.tier));
            let tier = tier.ok_or_else(|| {
                Refusal::new(Reason::NoRule, article(6), Args::none().with("rule", &calling.tier))
            })?;
            ids.extend(&tier.consequences);
        }
    }
    let mut found = Vec::new();
    while let Some(id) = ids.pop() {
        let rule = rule(id, context)?;
        if !found.iter().any(|known: &&Consequence| known.id == rule.id) {
            found.push(rule);
            ids.extend(&rule.replaces);
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

/// Refuses a consequence that the tier, or the finding, does not call for.
pub(super) fn within_bounds(
    opening: &Opening,
    measure: &Measure,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let possible = possible(opening, context)?;
    if possible.iter().any(|known| known.id == measure.consequence) {
        return Ok(());
    }
    let tier = opening.tier.as_ref().map_or(opening.consequence.as_str(), |calling| calling.tier.as_str());
    let names = |zh: bool| {
        let names: Vec<&str> = possible
            .iter()
            .map(|known| if zh { known.name.zh.as_str() } else { known.name.en.as_str() })
            .collect();
        names.join(if zh { "、" } else { ", " })
    };
    let args = Args::none()
        .with("tier", tier)
        .with("consequence", &measure.name)
        .with("possible", &Label::new(names(true), names(false)));
    Err(Refusal::new(Reason::NotOfTheTier, article(6), args))
}
