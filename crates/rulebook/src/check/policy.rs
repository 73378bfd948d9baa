//! Policies: recurrence, what was not rectified, caps; and the sources and classes with their factors.

use super::{
    book::{Book, at},
    keys,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        policy::{Counts, KeyPart, Reset},
        window::{NamedWindow, Window},
    },
};
use alloc::vec::Vec;
use ducha_core::{Factor, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let annex = book.annex;
    let step = annex.rulebook.point_step.decimal();
    for (i, class) in annex.class.iter().enumerate() {
        keys::not_negative(out, &at("class", i), "factor", class.factor);
    }
    for (i, source) in annex.source.iter().enumerate() {
        keys::not_negative(out, &at("source", i), "factor", source.factor);
        keys::positive(out, &at("source", i), "full_marks", source.full_marks);
    }
    for (i, policy) in annex.recurrence.iter().enumerate() {
        let table = at("recurrence", i);
        factors(&table, &policy.factors, Factor::ZERO, out);
        if !policy.key.contains(&KeyPart::Subject) {
            out.push(Diagnostic::new(Code::KeyWithoutSubject, table.key("key"), Args::none()));
        }
        let inspection = policy.window == Window::Named(NamedWindow::Inspection);
        if inspection && policy.counts == Counts::Inspections {
            out.push(Diagnostic::new(Code::NeverRecurs, table.key("window"), Args::none()));
        }
        for (j, reset) in policy.reset.iter().enumerate() {
            reset_of(book, &table.key("reset").item(j), reset, out);
        }
    }
    for (i, policy) in annex.unrectified.iter().enumerate() {
        // The factor before any re-check is 1.
        factors(&at("unrectified", i), &policy.factors, Factor::ONE, out);
    }
    for (i, cap) in annex.cap.iter().enumerate() {
        keys::points(out, &at("cap", i), "max", cap.max, step);
    }
}

fn factors(table: &Pointer, factors: &[Factor], before: Factor, out: &mut Vec<Diagnostic>) {
    let list = table.key("factors");
    let mut last = before;
    for (i, factor) in factors.iter().enumerate() {
        if factor.is_negative() {
            let args =
                Args::none().with("key", "factors").with("value", factor.decimal()).with("bounds", "≥ 0");
            out.push(Diagnostic::new(Code::ValueBeyond, list.item(i), args));
        } else if *factor < last {
            let args = Args::none().with("factor", factor.decimal()).with("before", last.decimal());
            out.push(Diagnostic::new(Code::FactorFalls, list.item(i), args));
        }
        last = *factor;
    }
}

fn reset_of(book: &Book<'_>, table: &Pointer, reset: &Reset, out: &mut Vec<Diagnostic>) {
    let tier = reset.tier.is_some() || reset.ladder.is_some();
    let name = if reset.ladder.is_some() { "ladder" } else { "tier" };
    if !keys::exactly_one(out, table, &[("fact", reset.fact.is_some()), (name, tier)]) || !tier {
        return;
    }
    super::ladder::tier_of(book, table, reset.ladder.as_ref(), reset.tier.as_ref(), out);
}
