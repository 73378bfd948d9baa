//! Money of consequences: the formulas, and what law sets against them (semantics §18.2, §18.3; shapes S22–S25).

use crate::{
    assessment::{Cause, FiredMoney, Outcome, WindowOf, need},
    consequence::Firing,
    evaluate::Evaluation,
    versions::Version,
    window::off_the_calendar,
};
use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
};
use chrono::{Datelike, NaiveDate};
use ducha_core::{
    Derivation, FactId, Factor, Matter, Money, Need, Period, Points, RecordId, Rounding, RoundingMode, Step,
    SubjectId, Value, message::Args, record::standard_fact,
};
use ducha_rulebook::{
    annex::{
        money::{Direction, Formula, Guard, MoneyRule},
        window::{NamedWindow, Window},
    },
    bound::Bounded,
};

/// What was withheld under guards from each subject in each month so far, or why that cannot be known.
#[derive(Default)]
pub(crate) struct Withheld(BTreeMap<(SubjectId, Period), Result<Money, Need>>);

impl Withheld {
    /// What was withheld from the subject earlier in the month of the day.
    pub(crate) fn before(&self, subject: &SubjectId, on: NaiveDate) -> Result<Money, Need> {
        self.0.get(&(subject.clone(), civil_month(on)?)).cloned().unwrap_or(Ok(Money::ZERO))
    }

    /// Adds what one more consequence withholds.
    pub(crate) fn add(&mut self, subject: &SubjectId, on: NaiveDate, amount: &Outcome<Money>) {
        let Ok(month) = civil_month(on) else { return };
        let more = match amount {
            Outcome::Determined(amount) => Ok(*amount),
            Outcome::Undetermined(missing) => Err(missing.clone()),
        };
        let sum = self.before(subject, on).and_then(|before| Ok(before.plus(more?)?));
        self.0.insert((subject.clone(), month), sum);
    }
}

/// Whether the money is taken from wages, so that law bounds it.
pub(crate) fn is_guarded(rule: &MoneyRule) -> bool {
    rule.direction == Direction::Withheld && !rule.guards.is_empty()
}

/// The civil month of a day: what law bounds is the month's wage.
pub(crate) fn civil_month(day: NaiveDate) -> Result<Period, Need> {
    Period::months(day.year(), day.month(), 1).ok_or_else(|| off_the_calendar(day))
}

impl<'a> Evaluation<'_, 'a> {
    /// The latest fact of a kind about a subject by a day; the local minimum wage may be recorded on anybody.
    pub(crate) fn fact_of(
        &self,
        subject: &SubjectId,
        kind: &FactId,
        by: NaiveDate,
    ) -> Option<(&'a RecordId, Option<ducha_core::Quantity>)> {
        let general = kind.as_str() == standard_fact::MINIMUM_WAGE;
        self.admitted.iter().rev().find_map(|one| match &one.record.matter {
            Matter::Fact(f)
                if f.fact == *kind
                    && one.record.occurred_on <= by
                    && (general || one.record.subject == *subject) =>
            {
                Some((&one.record.id, f.value))
            }
            _ => None,
        })
    }

    /// The sum that a formula is taken of: fixed, or from a fact.
    fn base(
        &self,
        full: Option<Money>,
        of: Option<&FactId>,
        subject: &SubjectId,
        on: NaiveDate,
    ) -> Result<(Money, Option<Derivation>), Need> {
        if let Some(full) = full {
            return Ok((full, None));
        }
        let kind = of.ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", "of")))?;
        let missing = || {
            need(Step::FactMissing, Args::none().with("fact", kind).with("subject", subject).with("day", on))
        };
        let (record, value) = self.fact_of(subject, kind, on).ok_or_else(missing)?;
        // The fact's number is in the rulebook's currency: that is what its kind says.
        let amount: Money = value.ok_or_else(missing)?.cast();
        let args = Args::none().with("record", record).with("fact", kind).with("money", amount);
        Ok((amount, Some(Derivation::new(Step::FactValue, args, Value::Money(amount)))))
    }

    /// What a firing moves; `before` is what was withheld under guards earlier in the month.
    pub(crate) fn money(
        &self,
        subject: &SubjectId,
        firing: &Firing<'a>,
        rule: &MoneyRule,
        before: &Result<Money, Need>,
    ) -> FiredMoney {
        let Firing { version, on, cause, value, .. } = firing;
        let reckoned = self.amount(*version, &rule.formula, subject, *on, *value, cause).and_then(|step| {
            let cites = rule.cite.iter().map(|text| ducha_core::Citation::Text { text: text.clone() });
            let step = step.citing(cites);
            if is_guarded(rule) { self.all_guarded(rule, subject, *on, step, before) } else { Ok(step) }
        });
        let (amount, derivation) = match reckoned {
            Ok(step) => (Outcome::Determined(step.money().unwrap_or_default()), step),
            Err(missing) => {
                let step = Derivation::new(
                    Step::MoneyUndetermined,
                    Args::none(),
                    crate::tally::undetermined(&missing),
                )
                .using([crate::tally::because(&missing)]);
                (Outcome::Undetermined(missing), step)
            }
        };
        FiredMoney { amount, nature: rule.nature, direction: rule.direction, derivation }
    }

    // semantics §18.2
    fn amount(
        &self,
        version: Version<'a>,
        formula: &Formula,
        subject: &SubjectId,
        on: NaiveDate,
        value: Option<Points>,
        cause: &Cause,
    ) -> Result<Derivation, Need> {
        let v = || value.ok_or_else(|| need(Step::NoValue, Args::none()));
        let hundred = Factor::from(100);
        let money = |step, args: Args, amount: Money| {
            Derivation::new(step, args.with("money", amount), Value::Money(amount))
        };
        Ok(match formula {
            Formula::Fixed { amount } => money(Step::MoneyFixed, Args::none(), *amount),
            Formula::Linear { rate, above, base, max } => {
                let points = v()?.minus(above.unwrap_or_default())?.max(Points::ZERO);
                let sum = base.unwrap_or_default().plus(rate.times(points)?)?;
                let args = Args::none()
                    .with("rate", *rate)
                    .with("value", points)
                    .with("base", base.unwrap_or_default());
                let step = money(Step::MoneyLinear, args, sum);
                match max.filter(|max| sum > *max) {
                    Some(max) => money(Step::MoneyCapped, Args::none().with("from", sum), max).using([step]),
                    None => step,
                }
            }
            Formula::Scaled { per, rounding, full, of } => {
                let (full, fact) = self.base(*full, of.as_ref(), subject, on)?;
                let amount = full.times(v()?)?.over(*per, *rounding)?;
                let args = Args::none().with("full", full).with("value", v()?).with("per", *per);
                money(Step::MoneyScaled, args, amount).using(fact)
            }
            Formula::Percent { percent, of, rounding } => {
                let (full, fact) = self.base(None, Some(of), subject, on)?;
                let amount = full.times(*percent)?.over(hundred, *rounding)?;
                let args = Args::none().with("full", full).with("percent", percent.decimal());
                money(Step::MoneyPercent, args, amount).using(fact)
            }
            Formula::Banded { bands, of, rounding } => {
                let value = v()?;
                let band = bands.iter().find(|b| b.interval().is_ok_and(|i| i.contains(value.decimal())));
                let band = band.ok_or_else(|| need(Step::InNoBand, Args::none().with("value", value)))?;
                let bounds = band.interval().map_or_else(|_| String::new(), |i| i.to_string());
                let args = Args::none().with("value", value).with("bounds", bounds);
                match (band.amount, band.percent, rounding) {
                    (Some(amount), None, _) => money(Step::MoneyBand, args, amount),
                    (_, Some(percent), Some(rounding)) => {
                        let (full, fact) = self.base(None, of.as_ref(), subject, on)?;
                        let amount = full.times(percent)?.over(hundred, *rounding)?;
                        let amount = amount.plus(band.amount.unwrap_or_default())?;
                        let args = args.with("full", full).with("percent", percent.decimal());
                        money(Step::MoneyBandPercent, args, amount).using(fact)
                    }
                    (_, Some(_), None) => {
                        return Err(need(Step::RoundingMissing, Args::none().with("clause", "")));
                    }
                    (None, None, _) => money(Step::MoneyBand, args, Money::ZERO),
                }
            }
            Formula::DeadZone { threshold, add, rounding, full, of } => {
                let (full, fact) = self.base(*full, of.as_ref(), subject, on)?;
                let value = v()?;
                let args = Args::none()
                    .with("full", full)
                    .with("value", value)
                    .with("threshold", *threshold)
                    .with("add", *add);
                if value >= *threshold {
                    money(Step::MoneyFull, args, full).using(fact)
                } else {
                    let percent = value.plus(*add)?;
                    let amount = full.times(percent)?.over(hundred, *rounding)?;
                    money(Step::MoneyDeadZone, args.with("percent", percent), amount).using(fact)
                }
            }
            Formula::Tally { tally } => {
                let rule = version
                    .tally(tally)
                    .ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", tally)))?;
                let moment = Self::moment_of(on);
                let window = match cause {
                    Cause::Tier { window: WindowOf::Inspection { inspection, day }, .. } => {
                        WindowOf::Inspection { inspection: inspection.clone(), day: *day }
                    }
                    _ => crate::window::window_of(&rule.window, version, self.roster, subject, &moment)?,
                };
                let standing =
                    self.tally(version, rule, subject, &window, on.max(window.last_day()).min(self.as_of));
                match standing.value {
                    // A money tally holds money: its measure says so.
                    Outcome::Determined(value) => {
                        money(Step::MoneyTally, Args::none().with("tally", &rule.name), value.cast())
                            .using([standing.derivation])
                    }
                    Outcome::Undetermined(missing) => return Err(missing),
                }
            }
        })
    }

    /// The bounds that law sets on what is withheld in a month (semantics §18.3).
    fn all_guarded(
        &self,
        rule: &MoneyRule,
        subject: &SubjectId,
        on: NaiveDate,
        step: Derivation,
        before: &Result<Money, Need>,
    ) -> Result<Derivation, Need> {
        let month = civil_month(on)?;
        let window = WindowOf::Days { period: month };
        if let Some(missing) = self.incomplete(&Window::Named(NamedWindow::Month), subject, &window) {
            return Err(missing);
        }
        let before = before.clone()?;
        rule.guards.iter().try_fold(step, |step, guard| self.guarded(guard, subject, on, step, before))
    }

    /// A bound that law sets on what is withheld.
    // semantics §18.3
    fn guarded(
        &self,
        guard: &Guard,
        subject: &SubjectId,
        on: NaiveDate,
        step: Derivation,
        before: Money,
    ) -> Result<Derivation, Need> {
        let left = |most: Money| most.minus(before).map(|left| left.max(Money::ZERO));
        let cite = ducha_core::Citation::Law { name: guard.law.clone(), section: guard.section.clone() };
        let mut step = step;
        if let (Some(percent), Some(of)) = (guard.max_percent, &guard.of) {
            let (whole, fact) = self.base(None, Some(of), subject, on)?;
            let rounding = guard
                .rounding
                .unwrap_or(Rounding { mode: RoundingMode::Down, to: rust_decimal::Decimal::new(1, 2) });
            let most = whole.times(percent)?.over(Factor::from(100), rounding)?;
            step = lowered(
                step,
                left(most)?,
                Step::GuardPercent,
                Args::none().with("percent", percent.decimal()).with("whole", whole).with("used", before),
                &cite,
                fact,
            );
        }
        if let Some(least) = &guard.keep_at_least {
            let (least, floor_fact) = self.base(None, Some(least), subject, on)?;
            let wage = match &guard.of {
                Some(of) => of.clone(),
                None => FactId::new(standard_fact::WAGE)
                    .map_err(|_| need(Step::RuleMissing, Args::none().with("id", "wage")))?,
            };
            let (whole, _) = self.base(None, Some(&wage), subject, on)?;
            step = lowered(
                step,
                left(whole.minus(least)?)?,
                Step::GuardFloor,
                Args::none().with("least", least).with("whole", whole).with("used", before),
                &cite,
                floor_fact,
            );
        }
        Ok(step)
    }
}

fn lowered(
    step: Derivation,
    most: Money,
    kind: Step,
    args: Args,
    cite: &ducha_core::Citation,
    fact: Option<Derivation>,
) -> Derivation {
    let amount = step.money().unwrap_or_default();
    if amount <= most {
        return step;
    }
    Derivation::new(kind, args.with("from", amount).with("money", most), Value::Money(most))
        .citing([cite.clone()])
        .using([step])
        .using(fact)
}
