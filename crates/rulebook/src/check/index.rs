//! Indexes: their components, their weights, their rounding, their window.

use super::{
    book::{Book, at},
    keys, ladder,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        index::{Aggregate, Index, Missing, Over},
        window::Window,
    },
};
use alloc::vec::Vec;
use ducha_core::{Factor, Label, SubjectKindId, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, index) in book.annex.index.iter().enumerate() {
        let table = at("index", i);
        components(book, index, &table, out);
        weights(index, &table, out);
        rounding(index, &table, out);
        if index.aggregate == Aggregate::Quotient && index.of.len() != 2 {
            let args = Args::none().with("count", index.of.len());
            out.push(Diagnostic::new(Code::QuotientOfTwo, table.key("of"), args));
        }
        if index.missing == Some(Missing::Reweigh) && index.aggregate != Aggregate::Weighted {
            keys::idle(out, &table, "missing", "aggregate ≠ \"weighted\"");
        }
    }
    for (i, ranking) in book.annex.ranking.iter().enumerate() {
        let table = at("ranking", i);
        ladder::measure(book, &table.key("on"), &ranking.on, &ranking.subjects, out);
        let measured = ladder::window_of(book, &ranking.on);
        same_window(&table.key("window"), &ranking.window, measured, out);
        for (count, many, key, list) in [
            (ranking.top, ranking.top_consequences.len(), "top", "top_consequences"),
            (ranking.bottom, ranking.bottom_consequences.len(), "bottom", "bottom_consequences"),
        ] {
            keys::at_least_one(out, &table, key, count);
            if count.is_none() && many > 0 {
                keys::needed(out, &table, key, list);
            }
        }
    }
}

/// What is put together or ranked must be reckoned over the same window.
fn same_window(
    pointer: &Pointer,
    own: &Window,
    measured: Option<(Pointer, &Window)>,
    out: &mut Vec<Diagnostic>,
) {
    if let Some((place, _)) = measured.filter(|(_, window)| *window != own) {
        let what = Label::new("这里的窗口不同", "the window here differs");
        out.push(Diagnostic::new(Code::WindowMismatch, pointer.clone(), Args::none()).related(place, what));
    }
}

fn components(book: &Book<'_>, index: &Index, table: &Pointer, out: &mut Vec<Diagnostic>) {
    for (j, component) in index.of.iter().enumerate() {
        let item = table.key("of").item(j);
        let one = [
            ("tally", component.tally.is_some()),
            ("index", component.index.is_some()),
            ("rating", component.rating.is_some()),
        ];
        if !keys::exactly_one(out, &item, &one) {
            continue;
        }
        if component.rating.is_some() {
            keys::rounded(out, &item, component.rounding, "rating");
        } else if component.rounding.is_some() {
            keys::idle(out, &item, "rounding", "rating = –");
        }
        let tally = component.tally.as_ref().and_then(|id| book.tally(id));
        let tally = tally.map(|(at_, tally)| (at("tally", at_), "tally", &tally.window, &tally.subjects));
        let inner = component.index.as_ref().and_then(|id| book.index(id));
        let inner = inner.map(|(at_, inner)| (at("index", at_), "index", &inner.window, &inner.subjects));
        let Some((place, key, window, kinds)) = tally.or(inner) else { continue };
        same_window(&item.key(key), &index.window, Some((place.key("window"), window)), out);
        if index.over != Some(Over::Members) {
            subjects(&item.key(key), &index.subjects, kinds, &place, out);
        }
    }
}

/// Whoever is judged must have the value.
pub(super) fn subjects(
    pointer: &Pointer,
    judged: &[SubjectKindId],
    having: &[SubjectKindId],
    place: &Pointer,
    out: &mut Vec<Diagnostic>,
) {
    let missing: Vec<&str> =
        judged.iter().filter(|kind| !having.contains(kind)).map(SubjectKindId::as_str).collect();
    if !missing.is_empty() && !having.is_empty() {
        let what = Label::new("这里列出的对象种类", "the kinds of subjects here");
        let args = Args::none().with("kinds", missing.join(", "));
        out.push(
            Diagnostic::new(Code::SubjectsMissing, pointer.clone(), args)
                .related(place.key("subjects"), what),
        );
    }
}

fn weights(index: &Index, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let weighted = index.aggregate == Aggregate::Weighted;
    let mut complete = true;
    for (j, component) in index.of.iter().enumerate() {
        let item = table.key("of").item(j);
        keys::not_negative(out, &item, "weight", component.weight);
        match (weighted, component.weight) {
            (true, None) => {
                complete = false;
                keys::needed(out, &item, "weight", "aggregate = \"weighted\"");
            }
            (false, Some(_)) => keys::idle(out, &item, "weight", "aggregate ≠ \"weighted\""),
            _ => {}
        }
    }
    let sum = Factor::sum(index.of.iter().filter_map(|component| component.weight));
    if let Some(sum) = sum.ok().filter(|sum| weighted && complete && *sum != Factor::ONE) {
        let args = Args::none().with("sum", sum.decimal());
        out.push(Diagnostic::new(Code::WeightsSum, table.key("of"), args));
    }
}

fn rounding(index: &Index, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let aggregate = alloc::format!("aggregate = \"{}\"", index.aggregate.word());
    match index.aggregate {
        Aggregate::Weighted | Aggregate::Mean | Aggregate::Quotient => {
            keys::rounded(out, table, index.rounding, &aggregate);
        }
        _ if index.class_factor => keys::rounded(out, table, index.rounding, "class_factor = true"),
        _ => keys::rounding(out, table, index.rounding),
    }
    if let Some(normalise) = &index.normalise {
        keys::positive(out, &table.key("normalise"), "to", normalise.to);
        keys::rounding(out, &table.key("normalise"), Some(normalise.rounding));
    }
}
