//! Rules about single keys: needed here, idle there, exactly one of several, within bounds.

use crate::annex::price::PartUnits;
use crate::{Code, Diagnostic, Pointer};
use alloc::{format, string::String, vec::Vec};
use ducha_core::{
    Amount, Quantity,
    exact::{self, Rounding, RoundingMode},
    message::{Arg, Args},
};
use rust_decimal::Decimal;

/// The table lacks a key that another key's value asks for.
pub(super) fn needed(out: &mut Vec<Diagnostic>, table: &Pointer, key: &str, when: impl Into<Arg>) {
    out.push(Diagnostic::new(
        Code::KeyNeeded,
        table.clone(),
        Args::none().with("key", key).with("when", when),
    ));
}

/// The key has no effect.
pub(super) fn idle(out: &mut Vec<Diagnostic>, table: &Pointer, key: &str, when: impl Into<Arg>) {
    out.push(Diagnostic::new(
        Code::KeyIdle,
        table.key(key),
        Args::none().with("key", key).with("when", when),
    ));
}

/// Exactly one of the keys must be given; tells whether that is so.
pub(super) fn exactly_one(out: &mut Vec<Diagnostic>, table: &Pointer, keys: &[(&str, bool)]) -> bool {
    let given = keys.iter().filter(|(_, given)| *given);
    let count = given.clone().count();
    if count == 1 {
        return true;
    }
    let mut names = String::new();
    for (name, _) in keys {
        if !names.is_empty() {
            names.push_str(", ");
        }
        names.push_str(&format!("`{name}`"));
    }
    // With two, the second is at fault; with none, the table.
    let at = given.skip(1).map(|(name, _)| table.key(name)).next().unwrap_or_else(|| table.clone());
    out.push(Diagnostic::new(Code::ExactlyOne, at, Args::none().with("keys", names).with("given", count)));
    false
}

fn beyond(out: &mut Vec<Diagnostic>, table: &Pointer, key: &str, value: Decimal, bounds: &str) {
    out.push(Diagnostic::new(
        Code::ValueBeyond,
        table.key(key),
        Args::none().with("key", key).with("value", value).with("bounds", bounds),
    ));
}

/// The value, if given, is 0 or more.
pub(super) fn not_negative<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    key: &str,
    value: impl Into<Option<Amount<U>>>,
) {
    if let Some(value) = value.into().filter(|value| value.is_negative()) {
        beyond(out, table, key, value.decimal(), "≥ 0");
    }
}

/// The value, if given, is more than 0.
pub(super) fn positive<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    key: &str,
    value: impl Into<Option<Amount<U>>>,
) {
    if let Some(value) = value.into().filter(|value| *value <= Amount::ZERO) {
        beyond(out, table, key, value.decimal(), "> 0");
    }
}

/// The value, if given, is a percentage from 0 to 100.
pub(super) fn percent<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    key: &str,
    value: impl Into<Option<Amount<U>>>,
) {
    let within = Decimal::ZERO..=Decimal::ONE_HUNDRED;
    if let Some(value) = value.into().map(Amount::decimal).filter(|value| !within.contains(value)) {
        beyond(out, table, key, value, "0 … 100");
    }
}

/// A whole number from 1 on.
pub(super) fn at_least_one(out: &mut Vec<Diagnostic>, table: &Pointer, key: &str, value: Option<u32>) {
    if value == Some(0) {
        beyond(out, table, key, Decimal::ZERO, "≥ 1");
    }
}

/// A rounding goes to a multiple of more than 0.
pub(super) fn rounding(out: &mut Vec<Diagnostic>, table: &Pointer, value: Option<Rounding>) {
    if let Some(rounding) = value.filter(|rounding| rounding.to <= Decimal::ZERO) {
        beyond(out, &table.key("rounding"), "to", rounding.to, "> 0");
    }
}

/// A quotient or percentage is rounded as declared.
pub(super) fn rounded(out: &mut Vec<Diagnostic>, table: &Pointer, value: Option<Rounding>, what: &str) {
    match value {
        None => {
            let args = Args::none().with("table", format!("`{what}`"));
            out.push(Diagnostic::new(Code::DivisionWithoutRounding, table.clone(), args));
        }
        given => rounding(out, table, given),
    }
}

/// The exact price of a part of a unit is a decimal of at most 12 places: nothing says how another would be rounded.
pub(super) fn ends(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    each: Decimal,
    per: Option<Quantity>,
    part: Option<PartUnits>,
) {
    let Some(per) = per.map(Amount::decimal).filter(|per| *per > Decimal::ZERO) else { return };
    let places = Rounding { mode: RoundingMode::Down, to: Decimal::new(1, 12) };
    let is_exact = places.quotient(each, per).and_then(|quotient| exact::mul(quotient, per)) == Ok(each);
    if part == Some(PartUnits::Exact) && !is_exact {
        let args = Args::none().with("each", each).with("per", per);
        out.push(Diagnostic::new(Code::EndlessPart, table.key("per"), args));
    }
}

/// The lower of two values does not lie above the upper one.
pub(super) fn ordered<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    (low_key, low): (&str, Option<Amount<U>>),
    (high_key, high): (&str, Option<Amount<U>>),
) {
    let Some((low, high)) = low.zip(high).filter(|(low, high)| low > high) else { return };
    let args = Args::none()
        .with("low_key", low_key)
        .with("low", low.decimal())
        .with("high_key", high_key)
        .with("high", high.decimal());
    out.push(Diagnostic::new(Code::RangeReversed, table.key(low_key), args));
}

/// The value, if given, is a multiple of the step; nothing is said where the step itself is wrong.
pub(super) fn on_step<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    key: &str,
    value: impl Into<Option<Amount<U>>>,
    step: Decimal,
) {
    let Some(value) = value.into().map(Amount::decimal) else { return };
    if step > Decimal::ZERO && exact::is_multiple(value, step) == Ok(false) {
        let args = Args::none().with("key", key).with("value", value).with("step", step);
        out.push(Diagnostic::new(Code::OffStep, table.key(key), args));
    }
}

/// Points: 0 or more, and a multiple of the rulebook's step.
pub(super) fn points<U>(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    key: &str,
    value: impl Into<Option<Amount<U>>>,
    step: Decimal,
) {
    let value = value.into();
    not_negative(out, table, key, value);
    on_step(out, table, key, value, step);
}
