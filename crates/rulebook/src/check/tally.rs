//! Tallies: which keys belong to which kind and measure.

use super::{
    book::{Book, at},
    keys, ladder,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        tally::{Measure, Tally, TallyKind},
        window::Window,
    },
};
use alloc::vec::Vec;
use ducha_calendar::{TimeLimit, Unit};
use ducha_core::message::Args;

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, tally) in book.annex.tally.iter().enumerate() {
        let table = at("tally", i);
        kind(book, tally, &table, out);
        measure(tally, &table, out);
        bounds(tally, &table, out);
        ages(tally, &table, out);
    }
}

fn kind(book: &Book<'_>, tally: &Tally, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let of_balances = [
        ("consume", !tally.consume.is_empty()),
        ("redeem", !tally.redeem.is_empty()),
        ("carry", tally.carry.is_some()),
        ("clear", !tally.clear.is_empty()),
    ];
    let of_sums = [("full_marks", tally.full_marks.is_some()), ("ages", !tally.ages.is_empty())];
    match tally.kind {
        TallyKind::Sum => {
            for (key, _) in of_balances.into_iter().filter(|(_, given)| *given) {
                keys::idle(out, table, key, "kind = \"sum\"");
            }
        }
        TallyKind::Balance => {
            for (key, _) in of_sums.into_iter().filter(|(_, given)| *given) {
                keys::idle(out, table, key, "kind = \"balance\"");
            }
            if tally.carry.is_some() && !matches!(tally.window, Window::Cycle(_)) {
                keys::idle(out, table, "carry", "window ≠ { cycle, anchor }");
            }
        }
    }
    for (i, consume) in tally.consume.iter().enumerate() {
        let item = table.key("consume").item(i);
        keys::positive(out, &item, "points", consume.points);
        ladder::tier_of(book, &item, Some(&consume.ladder), Some(&consume.tier), out);
    }
    for (i, redeem) in tally.redeem.iter().enumerate() {
        let item = table.key("redeem").item(i);
        keys::positive(out, &item, "points", redeem.points);
        keys::not_negative(out, &item, "max_per_window", redeem.max_per_window);
        keys::positive(out, &item, "only_below", redeem.only_below);
    }
    if let Some(carry) = &tally.carry {
        keys::positive(out, &table.key("carry"), "only_below", carry.only_below);
    }
    for (i, clear) in tally.clear.iter().enumerate() {
        if clear.ladder.is_some() || clear.tier.is_some() {
            ladder::tier_of(
                book,
                &table.key("clear").item(i),
                clear.ladder.as_ref(),
                clear.tier.as_ref(),
                out,
            );
        }
    }
}

fn measure(tally: &Tally, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let counts = tally.measure == Measure::Consequences;
    let when = alloc::format!("measure = \"{}\"", tally.measure.word());
    if counts && tally.consequences.is_empty() {
        keys::needed(out, table, "consequences", when.as_str());
    }
    for (key, idle) in [
        ("consequences", !counts && !tally.consequences.is_empty()),
        ("scope", counts && tally.scope.is_some()),
        ("full_marks", tally.measure != Measure::Points && tally.full_marks.is_some()),
        ("awards", tally.measure != Measure::Points && !tally.awards.is_empty()),
    ] {
        if idle {
            keys::idle(out, table, key, when.as_str());
        }
    }
}

fn bounds(tally: &Tally, table: &Pointer, out: &mut Vec<Diagnostic>) {
    keys::positive(out, table, "full_marks", tally.full_marks);
    keys::not_negative(out, table, "max_deduction", tally.max_deduction);
    keys::ordered(out, table, ("floor", tally.floor), ("ceiling", tally.ceiling));
    keys::ordered(out, table, ("floor", tally.floor), ("full_marks", tally.full_marks));
    keys::ordered(out, table, ("full_marks", tally.full_marks), ("ceiling", tally.ceiling));
}

fn ages(tally: &Tally, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let list = table.key("ages");
    for (i, age) in tally.ages.iter().enumerate() {
        keys::not_negative(out, &list.item(i), "weight", age.weight);
        let before = i.checked_sub(1).and_then(|before| tally.ages.get(before));
        if before.is_some_and(|before| length(before.up_to) >= length(age.up_to)) {
            out.push(Diagnostic::new(Code::AgesOutOfOrder, list.item(i).key("up_to"), Args::none()));
        }
    }
}

/// About how long a limit is, in hundredths of an hour; for comparison alone (a year is 365.25 days, a month its twelfth).
fn length(limit: TimeLimit) -> u64 {
    let one: u64 = match limit.unit() {
        Unit::Hours => 100,
        // A working day has eight of them.
        Unit::WorkingHours => 420,
        Unit::WorkingDays => 3_360,
        Unit::Weeks => 16_800,
        Unit::Months => 73_050,
        Unit::Years => 876_600,
        _ => 2_400,
    };
    one.saturating_mul(u64::from(limit.length()))
}
