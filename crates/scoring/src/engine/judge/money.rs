//! Money of consequences: the formulas, and what law sets against them (semantics §18.2, §18.3; shapes S22–S25).

use super::{
    Judge, Known,
    consequence::{Firing, Why},
    missing,
    tier::no_rule,
    window::{Win, off_the_calendar},
};
use crate::engine::dossier::NONE;
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::{Datelike, NaiveDate};
use core::cell::RefCell;
use ducha_core::{
    FactId, Factor, Matter, Money, Period, Points, Rounding, RoundingMode, Step,
    message::Args,
    record::{Fact, standard_fact},
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
pub(super) struct Withheld(BTreeMap<(u32, Period), Known<Money>>);

impl Withheld {
    /// What was withheld from the subject earlier in the month of the day.
    pub(super) fn before(&self, subject: u32, on: NaiveDate) -> Known<Money> {
        self.0.get(&(subject, civil_month(on)?)).cloned().unwrap_or(Ok(Money::ZERO))
    }

    /// Adds what one more consequence withholds.
    pub(super) fn add(&mut self, subject: u32, on: NaiveDate, amount: &Known<Money>) {
        let Ok(month) = civil_month(on) else { return };
        let before = self.before(subject, on);
        let sum = before.and_then(|before| Ok(before.plus(amount.clone()?)?));
        self.0.insert((subject, month), sum);
    }
}

/// Whether the money is taken from wages, so that law bounds it.
pub(super) fn is_guarded(rule: &MoneyRule) -> bool {
    rule.direction == Direction::Withheld && !rule.guards.is_empty()
}

/// The civil month of a day: what law bounds is the month's wage.
pub(super) fn civil_month(day: NaiveDate) -> Known<Period> {
    Period::months(day.year(), day.month(), 1).ok_or_else(|| off_the_calendar(day))
}

/// Facts by their kinds, in canonical order.
type ByKind<'a> = Rc<BTreeMap<&'a FactId, Vec<u32>>>;

/// The facts of a subject, and those of everybody, looked up when first asked for.
pub(super) type Facts<'a> = RefCell<BTreeMap<Option<u32>, ByKind<'a>>>;

impl<'a> Judge<'_, 'a> {
    /// The facts of a subject, or of everybody where none is named.
    fn facts(&self, subject: Option<u32>) -> ByKind<'a> {
        if let Some(known) = self.facts.borrow().get(&subject) {
            return Rc::clone(known);
        }
        let mut facts: BTreeMap<&'a FactId, Vec<u32>> = BTreeMap::new();
        let mut add = |place: u32| {
            // What has a clause is a finding or a measurement, and need not be looked at.
            if let Some(live) = self.dossier.live(place).filter(|live| live.clause == NONE)
                && let Matter::Fact(fact) = &live.record.matter
            {
                facts.entry(&fact.fact).or_default().push(place);
            }
        };
        match subject {
            Some(subject) => {
                self.dossier.of(subject).into_iter().flat_map(|of| &of.live).copied().for_each(add);
            }
            None => (0_u32..).take(self.dossier.live.len()).for_each(&mut add),
        }
        let facts = Rc::new(facts);
        self.facts.borrow_mut().insert(subject, Rc::clone(&facts));
        facts
    }

    /// The latest fact of a kind about a subject by a day; the local minimum wage may be recorded on anybody.
    pub(super) fn fact_of(&self, subject: u32, kind: &FactId, by: NaiveDate) -> Option<&'a Fact> {
        let general = kind.as_str() == standard_fact::MINIMUM_WAGE;
        let facts = self.facts((!general).then_some(subject));
        let of_kind = facts.get(kind)?;
        let day = |place: &u32| self.dossier.live(*place).map(|live| live.record.occurred_on);
        let after = of_kind.partition_point(|place| day(place).is_some_and(|day| day <= by));
        let latest = self.dossier.live(*of_kind.get(after.checked_sub(1)?)?)?;
        match &latest.record.matter {
            Matter::Fact(fact) => Some(fact),
            _ => None,
        }
    }

    /// The sum that a formula is taken of: fixed, or from a fact.
    fn base(&self, full: Option<Money>, of: Option<&FactId>, subject: u32, on: NaiveDate) -> Known<Money> {
        if let Some(full) = full {
            return Ok(full);
        }
        let kind = of.ok_or_else(|| no_rule("of"))?;
        let lacking = || {
            let subject = self.dossier.people.id(subject).map_or("", |id| id.as_str());
            let args = Args::none().with("fact", kind).with("subject", subject).with("day", on);
            missing(Step::FactMissing, args)
        };
        let value = self.fact_of(subject, kind, on).and_then(|fact| fact.value);
        // The fact's number is in the rulebook's currency: that is what its kind says.
        Ok(value.ok_or_else(lacking)?.cast())
    }

    /// What a firing moves; `before` is what was withheld under guards earlier in the month.
    pub(super) fn money(&self, firing: &Firing<'a>, rule: &MoneyRule, before: &Known<Money>) -> Known<Money> {
        let amount = self.amount(firing, &rule.formula)?;
        if is_guarded(rule) { self.all_guarded(firing, rule, amount, before) } else { Ok(amount) }
    }

    // semantics §18.2
    fn amount(&self, firing: &Firing<'a>, formula: &Formula) -> Known<Money> {
        let Firing { version, subject, on, .. } = *firing;
        let value = || firing.value.ok_or_else(|| missing(Step::NoValue, Args::none()));
        let percent_of = |full: Money, percent: Factor, rounding: Rounding| -> Known<Money> {
            Ok(full.times(percent)?.over(Factor::from(100), rounding)?)
        };
        match formula {
            Formula::Fixed { amount } => Ok(*amount),
            Formula::Linear { rate, above, base, max } => {
                let points = value()?.minus(above.unwrap_or_default())?.max(Points::ZERO);
                let sum = base.unwrap_or_default().plus(rate.times(points)?)?;
                Ok(max.map_or(sum, |max| sum.min(max)))
            }
            Formula::Scaled { per, rounding, full, of } => {
                let full = self.base(*full, of.as_ref(), subject, on)?;
                Ok(full.times(value()?)?.over(*per, *rounding)?)
            }
            Formula::Percent { percent, of, rounding } => {
                percent_of(self.base(None, Some(of), subject, on)?, *percent, *rounding)
            }
            Formula::Banded { bands, of, rounding } => {
                let value = value()?;
                let holds = |interval: ducha_rulebook::bound::Interval| interval.contains(value.decimal());
                let band = bands.iter().find(|band| band.interval().is_ok_and(holds));
                let in_none = || missing(Step::InNoBand, Args::none().with("value", value));
                let band = band.ok_or_else(in_none)?;
                match (band.amount, band.percent, rounding) {
                    (amount, None, _) => Ok(amount.unwrap_or_default()),
                    (amount, Some(percent), Some(rounding)) => {
                        let full = self.base(None, of.as_ref(), subject, on)?;
                        let share = percent_of(full, percent, *rounding)?;
                        Ok(share.plus(amount.unwrap_or_default())?)
                    }
                    (_, Some(_), None) => {
                        Err(missing(Step::RoundingMissing, Args::none().with("clause", "")))
                    }
                }
            }
            Formula::DeadZone { threshold, add, rounding, full, of } => {
                let full = self.base(*full, of.as_ref(), subject, on)?;
                let value = value()?;
                if value >= *threshold {
                    return Ok(full);
                }
                let percent = value.plus(*add)?;
                percent_of(full, percent.cast(), *rounding)
            }
            Formula::Tally { tally } => {
                let tally = version.tally(tally).ok_or_else(|| no_rule(tally.as_str()))?;
                let window = self.money_window(firing, &tally.window)?;
                let as_of = on.max(window.last_day()).min(self.dossier.as_of);
                // A money tally holds money: its measure says so.
                Ok(self.tally(version, tally, subject, window, as_of).value?.cast())
            }
        }
    }

    /// The window of a money tally in which a consequence fired.
    pub(super) fn money_window(&self, firing: &Firing<'a>, kind: &Window) -> Known<Win> {
        match firing.why {
            Why::Tier(crossing) if matches!(crossing.window, Win::Inspection { .. }) => Ok(crossing.window),
            _ => self.window_of(firing.version, kind, firing.subject, firing.on, None),
        }
    }

    /// The bounds that law sets on what is withheld in a month.
    // semantics §18.3
    fn all_guarded(
        &self,
        firing: &Firing<'a>,
        rule: &MoneyRule,
        amount: Money,
        before: &Known<Money>,
    ) -> Known<Money> {
        let Period { from, until } = civil_month(firing.on)?;
        let month = Window::Named(NamedWindow::Month);
        if let Some(lacking) = self.incomplete(&month, firing.subject, Win::Days { from, until }) {
            return Err(lacking);
        }
        let before = before.clone()?;
        let guard = |amount: Money, guard: &Guard| {
            let bounds = self.bounds(guard, firing.subject, firing.on, before)?;
            Ok(bounds.into_iter().fold(amount, Money::min))
        };
        rule.guards.iter().try_fold(amount, guard)
    }

    /// How much one guard leaves to be withheld, by each of its bounds.
    fn bounds(&self, guard: &Guard, subject: u32, on: NaiveDate, before: Money) -> Known<Vec<Money>> {
        let left = |most: Money| most.minus(before).map(|left| left.max(Money::ZERO));
        let mut bounds = Vec::new();
        if let (Some(percent), Some(of)) = (guard.max_percent, &guard.of) {
            let whole = self.base(None, Some(of), subject, on)?;
            let fen = Rounding { mode: RoundingMode::Down, to: rust_decimal::Decimal::new(1, 2) };
            let rounding = guard.rounding.unwrap_or(fen);
            bounds.push(left(whole.times(percent)?.over(Factor::from(100), rounding)?)?);
        }
        if let Some(least) = &guard.keep_at_least {
            let least = self.base(None, Some(least), subject, on)?;
            let wage = match &guard.of {
                Some(of) => of.clone(),
                None => FactId::new(standard_fact::WAGE).map_err(|_| no_rule("wage"))?,
            };
            let whole = self.base(None, Some(&wage), subject, on)?;
            bounds.push(left(whole.minus(least)?)?);
        }
        Ok(bounds)
    }
}
