//! Every number is the root of its tree, and every named step follows from the facts it names.

use crate::generator::{Without, World, config, worlds};
use ducha_core::{Derivation, Step, Value, exact, message::Arg};
use ducha_rulebook::annex::{price::Price, tally::Measure};
use ducha_scoring::{Assessment, Entry, Outcome, WindowOf, assessment::EntryKind};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A number that a step names.
fn arg(step: &Derivation, name: &str) -> Decimal {
    match step.args.get(name) {
        Some(Arg::Points(points)) => points.decimal(),
        Some(Arg::Money(money)) => money.decimal(),
        Some(Arg::Number(number)) => *number,
        other => panic!("{:?} names no number {name}: {other:?}", step.step),
    }
}

fn value(step: &Derivation) -> Decimal {
    match &step.value {
        Value::Points(points) => points.decimal(),
        Value::Money(money) => money.decimal(),
        Value::Number(number) => *number,
        other => panic!("{:?} yields no number: {other:?}", step.step),
    }
}

fn first(step: &Derivation) -> Decimal {
    value(step.uses.first().unwrap_or_else(|| panic!("{:?} uses nothing", step.step)))
}

fn sum(steps: &[Derivation]) -> Decimal {
    steps.iter().map(value).fold(Decimal::ZERO, |a, b| exact::add(a, b).unwrap())
}

/// What a step should yield by what it names, for the steps that can be reckoned again.
fn reckoned(step: &Derivation) -> Option<Decimal> {
    let zero = Decimal::ZERO;
    Some(match step.step {
        Step::PricePerUnit => arg(step, "units") * arg(step, "each"),
        Step::PriceCount | Step::PriceCountTogether => (arg(step, "all") - arg(step, "earlier")).max(zero),
        Step::PriceRemark | Step::CountedOnce | Step::WarnedFirst | Step::ShareMoved | Step::HigherAlone => {
            zero
        }
        Step::Shared => arg(step, "from") * arg(step, "percent") / Decimal::from(100),
        Step::WarnedBefore | Step::ShareUnplaced => arg(step, "from"),
        Step::SourceFactor
        | Step::SelfFound
        | Step::FirstTime
        | Step::Recurrence
        | Step::Unrectified
        | Step::ClassFactor => arg(step, "from") * arg(step, "factor"),
        Step::Capped => arg(step, "from").min((arg(step, "max") - arg(step, "used")).max(zero)),
        Step::ItemLost => (arg(step, "worth") - arg(step, "used")).max(zero),
        Step::Deductions | Step::Awards => sum(&step.uses),
        Step::PeriodCapped => arg(step, "from").min(arg(step, "max")),
        Step::FullMarksLess => arg(step, "full") - arg(step, "deducted") + arg(step, "awarded"),
        Step::AddedUp => arg(step, "deducted") - arg(step, "awarded"),
        Step::CountedWeighted => arg(step, "from") * arg(step, "weight"),
        Step::CountedInspection => arg(step, "exposure") * arg(step, "weight"),
        Step::CountedConsequence => Decimal::ONE,
        Step::IndexSum => sum(&step.uses),
        Step::IndexMin => step.uses.iter().map(value).min().unwrap_or_default(),
        Step::IndexMax => step.uses.iter().map(value).max().unwrap_or_default(),
        Step::IndexWeighted => step.uses.iter().map(|part| value(part) * arg(part, "weight")).sum(),
        Step::Component => arg(step, "value"),
        Step::Balance => step.uses.last().map_or(zero, value),
        Step::Normalised => arg(step, "got") / arg(step, "attainable") * arg(step, "to"),
        _ => return None,
    })
}

/// Checks a whole tree.
pub(crate) fn follows(root: &Derivation) -> Result<(), TestCaseError> {
    for step in root.walk() {
        if matches!(step.value, Value::Points(_) | Value::Money(_)) {
            for name in ["points", "money"] {
                if step.args.get(name).is_some() && step.step != Step::PriceMoney {
                    prop_assert_eq!(
                        arg(step, name),
                        value(step),
                        "{:?} says one thing and yields another",
                        step.step
                    );
                }
            }
        }
        if let Some(expected) = reckoned(step) {
            let off = (expected - value(step)).abs();
            let allowed = if step.step == Step::Normalised { Decimal::new(5, 3) } else { Decimal::ZERO };
            prop_assert!(
                off <= allowed,
                "{:?} {:?} should yield {}, not {}",
                step.step,
                step.args,
                expected,
                value(step)
            );
        }
        // A step that changes a value names the value of the step that it stands on.
        let changes = matches!(
            step.step,
            Step::SourceFactor
                | Step::SelfFound
                | Step::FirstTime
                | Step::Recurrence
                | Step::Unrectified
                | Step::Capped
                | Step::ItemLost
                | Step::CountedOnce
                | Step::WarnedFirst
                | Step::WarnedBefore
                | Step::PeriodCapped
                | Step::AwardCapped
                | Step::Floor
                | Step::Ceiling
                | Step::VetoLoseAll
                | Step::ClassFactor
                | Step::Rounded
                | Step::ShareDivided
                | Step::ShareMoved
                | Step::ShareUnplaced
                | Step::HigherAlone
                | Step::GuardPercent
                | Step::GuardFloor
                | Step::MoneyCapped
        );
        if changes {
            prop_assert_eq!(
                arg(step, "from"),
                first(step),
                "{:?} does not stand on what it names",
                step.step
            );
        }
        match step.step {
            Step::Floor => prop_assert!(arg(step, "from") < value(step)),
            Step::Ceiling | Step::AwardCapped | Step::GuardPercent | Step::GuardFloor => {
                prop_assert!(arg(step, "from") > value(step));
            }
            Step::FullMarksLess | Step::AddedUp => {
                prop_assert_eq!(arg(step, "deducted"), first(step));
                let awarded = step.uses.get(1).map_or(Decimal::ZERO, value);
                prop_assert_eq!(arg(step, "awarded"), awarded);
            }
            Step::HighestAward => {
                let best = step.uses.iter().map(value).max().unwrap_or_default();
                prop_assert!(value(step) <= best);
            }
            Step::Rounded => prop_assert!((arg(step, "from") - value(step)).abs() < arg(step, "to")),
            Step::Balance => balance_adds_up(step)?,
            _ => {}
        }
    }
    Ok(())
}

/// Each step of a balance continues from the one before.
fn balance_adds_up(root: &Derivation) -> Result<(), TestCaseError> {
    let mut before = Decimal::ZERO;
    for change in &root.uses {
        let mut step = change;
        let mut consumed = Vec::new();
        while step.step == Step::BalanceConsumed {
            consumed.push(step);
            step = &step.uses[0];
        }
        let expected = match step.step {
            Step::BalanceEntry => {
                // An award takes off what there is; a deduction adds.
                let counted = &step.uses[0];
                if counted.step == Step::CountedAward {
                    (before - value(counted)).max(Decimal::ZERO)
                } else {
                    before + arg(step, "added")
                }
            }
            Step::BalanceLeft => before - arg(step, "gone"),
            Step::Redeemed => before - arg(step, "off"),
            Step::RedeemRefused => before,
            Step::BalanceCleared => before - arg(step, "from"),
            other => panic!("{other:?} in a balance"),
        };
        prop_assert_eq!(value(step), expected, "{:?} after {}", step.step, before);
        before = expected;
        for used in consumed.iter().rev() {
            before -= arg(used, "used");
            prop_assert_eq!(value(used), before);
        }
        prop_assert!(before >= Decimal::ZERO);
    }
    Ok(())
}

fn entry_is_its_tree(world: &World, entry: &Entry) -> Result<(), TestCaseError> {
    prop_assert_eq!(entry.derivation.points(), Some(entry.points));
    prop_assert_eq!(entry.derivation.uses[0].points(), Some(entry.points));
    if let Some(money) = &entry.money {
        prop_assert_eq!(entry.derivation.uses[1].money(), Some(money.amount));
    }
    follows(&entry.derivation)?;
    // The innermost step is the price of the clause in the version that the entry names.
    let book = world.books.iter().find(|b| b.version() == entry.version).unwrap();
    if entry.kind == EntryKind::Deduction {
        prop_assert_eq!(
            Some(book.version()),
            world.version_on(entry.day).map(ducha_rulebook::Rulebook::version)
        );
    }
    let clause = entry.clause.as_ref().and_then(|id| book.annex().clause.iter().find(|c| c.id == *id));
    if let (Some(clause), Some(price)) = (clause, entry.derivation.walk().find(|s| s.step == Step::PriceFlat))
    {
        let Price::Flat { points } = &clause.price else { panic!("{} has no flat price", clause.id) };
        prop_assert_eq!(price.points(), Some(*points));
    }
    Ok(())
}

/// What was deducted, added up from the entries without asking the tree.
fn deducted(assessment: &Assessment, tally: &ducha_scoring::TallyStanding) -> Option<Decimal> {
    let inside = |entry: &Entry| match &tally.window {
        WindowOf::Days { period } => period.contains(entry.day),
        WindowOf::Inspection { inspection, .. } => visit(entry) == *inspection,
        _ => false,
    };
    let own = assessment.entries.iter().filter(|e| {
        e.subject == tally.subject && e.kind != EntryKind::Award && e.day <= assessment.as_of && inside(e)
    });
    Some(own.map(|e| e.points.decimal()).sum())
}

pub(crate) fn derivations_sum_to_the_result(
    world: &World,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    for entry in &assessment.entries {
        entry_is_its_tree(world, entry)?;
    }
    for tally in &assessment.tallies {
        follows(&tally.derivation)?;
        match &tally.value {
            Outcome::Determined(value) => prop_assert_eq!(tally.derivation.points(), Some(*value)),
            Outcome::Undetermined(_) => {
                prop_assert!(matches!(tally.derivation.value, Value::Undetermined(_)));
                continue;
            }
        }
        // Tallies of all clauses over civil windows: reckoned again from the entries alone.
        let (id, window) = (tally.tally.as_str(), &tally.window);
        if (id == "score" || id == "short")
            && matches!(window, WindowOf::Days { .. } | WindowOf::Inspection { .. })
        {
            let rule = world.books.iter().find(|b| b.version() == tally.version).unwrap();
            let rule = rule.annex().tally.iter().find(|t| t.id == tally.tally).unwrap();
            prop_assert_eq!(rule.measure, Measure::Points);
            let all = deducted(assessment, tally).unwrap();
            let all = rule.max_deduction.map_or(all, |max| all.min(max.decimal()));
            prop_assert_eq!(tally.deducted.decimal(), all, "{} {} {}", tally.subject, id, window.text());
        }
    }
    for index in &assessment.indexes {
        follows(&index.derivation)?;
        if let Outcome::Determined(value) = &index.value {
            prop_assert_eq!(index.derivation.points(), Some(*value));
        }
    }
    for standing in &assessment.standings {
        follows(&standing.derivation)?;
        if let Outcome::Determined(tier) = &standing.tier {
            prop_assert_eq!(&standing.derivation.value, &Value::Tier(tier.clone()));
        }
    }
    for fired in &assessment.consequences {
        follows(&fired.derivation)?;
        if let Some(money) = &fired.money
            && let Outcome::Determined(amount) = &money.amount
        {
            follows(&money.derivation)?;
            prop_assert_eq!(money.derivation.money(), Some(*amount));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]


    #[test]
    fn every_scored_deduction_is_shown_in_some_window(world in worlds(Without::default())) {
        // Without a period, all windows that the records touch are assessed: no entry may fall between them.
        let world = World { period: None, ..world };
        let assessment = world.assess();
        for entry in assessment.entries.iter().filter(|e| e.kind != EntryKind::Award && e.day <= assessment.as_of) {
            for id in ["score", "short"] {
                let book = world.version_on(entry.day).unwrap();
                let rule = book.annex().tally.iter().find(|t| t.id.as_str() == id).unwrap();
                let in_term = entry.day >= crate::generator::day("2026-09-01");
                if format!("{:?}", rule.window).contains("Term") && !in_term {
                    continue;
                }
                let shown = assessment.tallies.iter().any(|t| {
                    t.tally.as_str() == id
                        && t.subject == entry.subject
                        && match &t.window {
                            WindowOf::Days { period } => period.contains(entry.day),
                            WindowOf::Inspection { inspection, .. } => {
                                visit(entry) == *inspection
                            }
                            _ => false,
                        }
                });
                prop_assert!(shown, "the {:?} of {} on {} in no window of {}", entry.kind, entry.record, entry.day, id);
            }
        }
    }
}

/// The inspection window of an entry: that of its inspection, or one of its own.
fn visit(entry: &ducha_scoring::Entry) -> String {
    entry.inspection.as_ref().map_or_else(|| format!("# {}", entry.record), ToString::to_string)
}
