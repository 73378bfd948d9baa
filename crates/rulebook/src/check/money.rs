//! Money: tariffs of clauses, formulas of consequences, and the guards of labour law.

use super::{
    bands,
    book::{Book, at},
    keys,
    price::twice,
    reach::{self, Reach, Reaches},
    veto::has_level,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        clause::Clause,
        ladder::{Ladder, Tier},
        money::{Direction, Formula, Guard, MoneyBand, MoneyPrice, MoneyRule, Nature},
        price::Price,
        tally::Measure,
    },
    bound::{Bounded as _, Interval},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::ToString as _,
    vec::Vec,
};
use ducha_core::{ConsequenceId, exact, message::Args};
use rust_decimal::Decimal;

/// 工资支付暂行规定 (interim provisions on wage payment), art. 16: at most so many percent of the month's wage.
const MOST_PERCENT: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

pub(super) fn check(book: &Book<'_>, reaches: &mut Reaches, out: &mut Vec<Diagnostic>) {
    for (i, clause) in book.annex.clause.iter().enumerate() {
        if let Some(money) = &clause.money {
            tariff(clause, &money.price, &at("clause", i).key("money").key("price"), out);
        }
    }
    let values = values_of_consequences(book, reaches);
    for (i, consequence) in book.annex.consequence.iter().enumerate() {
        if let Some(rule) = &consequence.money {
            let table = at("consequence", i).key("money");
            let reached = values.get(&consequence.id).map_or(&[][..], Vec::as_slice);
            formula(book, rule, reached, &table, out);
            guards(rule, &table, out);
        }
    }
    let priced = book.annex.clause.iter().any(|clause| clause.money.is_some())
        || book.annex.consequence.iter().any(|consequence| consequence.money.is_some());
    if priced && book.annex.rulebook.currency.is_none() {
        keys::needed(out, &Pointer::root().key("rulebook"), "currency", "money");
    }
}

fn tariff(clause: &Clause, price: &MoneyPrice, table: &Pointer, out: &mut Vec<Diagnostic>) {
    match price {
        MoneyPrice::Flat { amount } => keys::not_negative(out, table, "amount", *amount),
        MoneyPrice::PerUnit { amount, per, part } => {
            keys::not_negative(out, table, "amount", *amount);
            keys::positive(out, table, "per", *per);
            if per.is_some() && part.is_none() {
                out.push(Diagnostic::new(Code::PartOpen, table.clone(), Args::none()));
            }
            keys::ends(out, table, amount.decimal(), *per, *part);
        }
        MoneyPrice::Range { min, max, step } => {
            keys::not_negative(out, table, "min", *min);
            keys::positive(out, table, "step", *step);
            keys::ordered(out, table, ("min", Some(*min)), ("max", Some(*max)));
        }
        MoneyPrice::Severity { levels } => {
            let mut seen = BTreeSet::new();
            for (i, level) in levels.iter().enumerate() {
                let item = table.key("levels").item(i);
                keys::not_negative(out, &item, "amount", level.amount);
                if !seen.insert(&level.id) {
                    out.push(twice(item.key("id"), level.id.as_str()));
                }
                let points = matches!(&clause.price, Price::Severity { levels, .. } if levels.iter().all(|one| one.id != level.id));
                if points && has_level(clause, &level.id) {
                    let args = Args::none().with("level", &level.id).with("clause", &clause.id);
                    out.push(Diagnostic::new(Code::LevelElsewhere, item.key("id"), args));
                }
            }
        }
        MoneyPrice::BySource { prices } => {
            let mut seen = BTreeSet::new();
            for (i, price) in prices.iter().enumerate() {
                let item = table.key("prices").item(i);
                keys::not_negative(out, &item, "amount", price.amount);
                if !seen.insert(&price.source) {
                    out.push(twice(item.key("source"), price.source.as_str()));
                }
            }
        }
    }
}

/// For each consequence the values at which it can fire; `None` where it fires without any.
type Values<'a> = BTreeMap<&'a ConsequenceId, Vec<Option<Reach>>>;

fn values_of_consequences<'a>(book: &Book<'a>, reaches: &mut Reaches) -> Values<'a> {
    let annex = book.annex;
    let mut values = Values::new();
    for ladder in &annex.ladder {
        let of_ladder = ladder.on.as_ref().map(|on| reaches.of(book, on).declared(ladder.domain.as_ref()));
        for tier in &ladder.tier {
            let value = of_ladder.map(|value| within_tier(ladder, tier, value));
            for id in &tier.consequences {
                values.entry(id).or_default().push(value);
            }
        }
    }
    for ranking in &annex.ranking {
        let value = reaches.of(book, &ranking.on);
        for id in ranking.top_consequences.iter().chain(&ranking.bottom_consequences) {
            values.entry(id).or_default().push(Some(value));
        }
    }
    let of_clauses = annex.clause.iter().flat_map(|clause| &clause.consequences);
    let of_levels =
        annex.escalation.iter().flat_map(|chain| &chain.level).flat_map(|level| &level.consequences);
    for id in of_clauses.chain(of_levels) {
        values.entry(id).or_default().push(None);
    }
    values
}

fn within_tier(ladder: &Ladder, tier: &Tier, value: Reach) -> Reach {
    let banded = reach::within(&value, tier).unwrap_or(value);
    let same = tier.when.iter().filter(|condition| {
        ladder.on.as_ref().is_some_and(|on| {
            (on.tally.is_some() && on.tally == condition.tally)
                || (on.index.is_some() && on.index == condition.index)
        })
    });
    same.fold(banded, |value, condition| reach::within(&value, condition).unwrap_or(value))
}

fn formula(
    book: &Book<'_>,
    rule: &MoneyRule,
    reached: &[Option<Reach>],
    table: &Pointer,
    out: &mut Vec<Diagnostic>,
) {
    let item = table.key("formula");
    let mut asks_value = true;
    match &rule.formula {
        Formula::Fixed { amount } => {
            asks_value = false;
            keys::not_negative(out, &item, "amount", *amount);
        }
        Formula::Linear { base, max, .. } => {
            keys::not_negative(out, &item, "max", *max);
            keys::ordered(out, &item, ("base", *base), ("max", *max));
        }
        Formula::Scaled { per, rounding, full, of } => {
            keys::positive(out, &item, "per", *per);
            keys::rounding(out, &item, Some(*rounding));
            keys::exactly_one(out, &item, &[("full", full.is_some()), ("of", of.is_some())]);
        }
        Formula::Percent { percent, rounding, .. } => {
            asks_value = false;
            share(rule, &item, "percent", Some(*percent), out);
            keys::rounding(out, &item, Some(*rounding));
        }
        Formula::Banded { bands, of, rounding } => {
            banded(rule, bands, reached, &item, out);
            if bands.iter().any(|band| band.percent.is_some()) {
                if of.is_none() {
                    keys::needed(out, &item, "of", "percent");
                }
                keys::rounded(out, &item, *rounding, "percent");
            }
        }
        Formula::DeadZone { threshold, add, rounding, full, of } => {
            keys::rounding(out, &item, Some(*rounding));
            keys::exactly_one(out, &item, &[("full", full.is_some()), ("of", of.is_some())]);
            let percent = exact::add(threshold.decimal(), add.decimal());
            if let Some(percent) = percent.ok().filter(|percent| *percent != Decimal::ONE_HUNDRED) {
                let args = Args::none().with("percent", percent).with("threshold", *threshold);
                let mut diagnostic = Diagnostic::new(Code::DeadZoneJump, item.key("add"), args);
                if let Ok(rest) = exact::sub(Decimal::ONE_HUNDRED, threshold.decimal()) {
                    diagnostic = diagnostic.edit(item.key("add"), rest.to_string());
                }
                out.push(diagnostic);
            }
        }
        Formula::Tally { tally } => {
            asks_value = false;
            if book.tally(tally).is_some_and(|(_, tally)| tally.measure != Measure::Money) {
                out.push(Diagnostic::new(
                    Code::NotMoney,
                    item.key("tally"),
                    Args::none().with("tally", tally),
                ));
            }
        }
    }
    if asks_value && reached.iter().any(Option::is_none) {
        out.push(Diagnostic::new(Code::FormulaWithoutValue, item, Args::none()));
    }
}

/// What is withheld is at most all; what is paid may be more.
fn share(
    rule: &MoneyRule,
    table: &Pointer,
    key: &str,
    percent: Option<ducha_core::Factor>,
    out: &mut Vec<Diagnostic>,
) {
    match rule.direction {
        Direction::Withheld => keys::percent(out, table, key, percent),
        Direction::Paid => keys::not_negative(out, table, key, percent),
    }
}

fn banded(
    rule: &MoneyRule,
    list: &[MoneyBand],
    reached: &[Option<Reach>],
    item: &Pointer,
    out: &mut Vec<Diagnostic>,
) {
    let mut read = Vec::new();
    for (i, band) in list.iter().enumerate() {
        let table = item.key("bands").item(i);
        keys::exactly_one(
            out,
            &table,
            &[("amount", band.amount.is_some()), ("percent", band.percent.is_some())],
        );
        keys::not_negative(out, &table, "amount", band.amount);
        share(rule, &table, "percent", band.percent, out);
        if band.is_bounded() {
            read.extend(bands::read(table, band, out));
        } else if list.len() > 1 {
            keys::needed(out, &table, "at_least", "formula = \"banded\"");
        } else {
            read.push(bands::Band { table, interval: Interval::ALL });
        }
    }
    if read.len() != list.len() || list.is_empty() {
        return;
    }
    let mut values: Vec<Reach> = reached.iter().copied().flatten().collect();
    if values.is_empty() {
        values.push(Reach::ANY);
    }
    for value in &values {
        let before = out.len();
        bands::prove(&read, value, false, out);
        if out.len() > before {
            break;
        }
    }
    bands::unreachable(&read, &values, out);
}

fn guards(rule: &MoneyRule, table: &Pointer, out: &mut Vec<Diagnostic>) {
    for (i, guard) in rule.guards.iter().enumerate() {
        one_guard(guard, &table.key("guards").item(i), out);
    }
    if rule.direction != Direction::Withheld {
        return;
    }
    let bounded = rule.guards.iter().any(|guard| guard.max_percent.is_some());
    let kept = rule.guards.iter().any(|guard| guard.keep_at_least.is_some());
    let code = match rule.nature {
        Nature::PerformancePay => Code::PayUnguarded,
        Nature::Compensation => Code::CompensationUnguarded,
        Nature::Bonus | Nature::ContractPenalty | Nature::ServiceFee => return,
    };
    for (key, given) in [("max_percent", bounded), ("keep_at_least", kept)] {
        if !given {
            out.push(Diagnostic::new(code, table.clone(), Args::none().with("key", key)));
        }
    }
    for (i, guard) in rule.guards.iter().enumerate() {
        if let Some(percent) =
            guard.max_percent.map(ducha_core::Amount::decimal).filter(|most| *most > MOST_PERCENT)
        {
            let args = Args::none().with("percent", percent).with("most", MOST_PERCENT);
            let key = table.key("guards").item(i).key("max_percent");
            out.push(
                Diagnostic::new(Code::GuardTooWide, key.clone(), args).edit(key, MOST_PERCENT.to_string()),
            );
        }
    }
}

fn one_guard(guard: &Guard, table: &Pointer, out: &mut Vec<Diagnostic>) {
    keys::percent(out, table, "max_percent", guard.max_percent);
    if guard.max_percent.is_some() {
        if guard.of.is_none() {
            keys::needed(out, table, "of", "max_percent");
        }
        keys::rounded(out, table, guard.rounding, "max_percent");
    } else if guard.keep_at_least.is_none() {
        keys::needed(out, table, "max_percent", "guards");
    }
}
