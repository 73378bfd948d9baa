//! Conditions: one value within bounds, or a tier in k of the last n windows; and a catch-all for joined ones.

use super::{
    bands,
    book::{Book, at},
    index::subjects,
    keys, ladder,
    reach::Reaches,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::ladder::{Condition, Ladder, MeasureOf, Select},
    bound::Bounded as _,
};
use alloc::{collections::BTreeMap, vec::Vec};
use ducha_core::message::Args;
use rust_decimal::Decimal;

pub(super) fn check(book: &Book<'_>, reaches: &mut Reaches, out: &mut Vec<Diagnostic>) {
    for (i, ladder) in book.annex.ladder.iter().enumerate() {
        let table = at("ladder", i);
        if ladder.select != Select::WorstMatching {
            continue;
        }
        for (j, tier) in ladder.tier.iter().enumerate() {
            for (k, condition) in tier.when.iter().enumerate() {
                one(book, ladder, condition, &table.key("tier").item(j).key("when").item(k), out);
            }
        }
        if !ladder.tier.iter().any(|tier| tier.otherwise) && !catches_all(book, ladder, reaches) {
            out.push(Diagnostic::new(Code::NoCatchAll, table.key("tier"), Args::none()));
        }
    }
}

fn one(book: &Book<'_>, owner: &Ladder, condition: &Condition, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let values = [
        ("tally", condition.tally.is_some()),
        ("index", condition.index.is_some()),
        ("largest_of", condition.largest_of.is_some()),
        ("count_of", condition.count_of.is_some()),
        ("ladder", condition.ladder.is_some()),
    ];
    if !keys::exactly_one(out, table, &values) {
        return;
    }
    if condition.ladder.is_some() {
        of_windows(book, condition, table, out);
    } else {
        of_value(condition, table, out);
    }
    for (key, id) in [
        ("tally", &condition.tally),
        ("largest_of", &condition.largest_of),
        ("count_of", &condition.count_of),
    ] {
        if let Some((i, tally)) = id.as_ref().and_then(|id| book.tally(id)) {
            subjects(&table.key(key), &owner.subjects, &tally.subjects, &at("tally", i), out);
        }
    }
    if let Some((i, index)) = condition.index.as_ref().and_then(|id| book.index(id)) {
        subjects(&table.key("index"), &owner.subjects, &index.subjects, &at("index", i), out);
    }
    if let Some((i, other)) = condition.ladder.as_ref().and_then(|id| book.ladder(id)) {
        subjects(&table.key("ladder"), &owner.subjects, &other.subjects, &at("ladder", i), out);
    }
}

fn of_value(condition: &Condition, table: &Pointer, out: &mut Vec<Diagnostic>) {
    if !condition.is_bounded() {
        keys::needed(out, table, "at_least", "when");
    }
    bands::read(table.clone(), condition, out);
    for (key, given) in [
        ("tier", condition.tier.is_some()),
        ("or_worse", condition.or_worse),
        ("windows", condition.windows.is_some()),
        ("out_of", condition.out_of.is_some()),
        ("gaps", condition.gaps.is_some()),
    ] {
        if given {
            keys::idle(out, table, key, "ladder = –");
        }
    }
}

fn of_windows(book: &Book<'_>, condition: &Condition, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let bounds = ["at_least", "more_than", "at_most", "less_than"];
    for (key, _) in bounds.into_iter().zip(condition.bounds()).filter(|(_, bound)| bound.is_some()) {
        keys::idle(out, table, key, "ladder");
    }
    ladder::tier_of(book, table, condition.ladder.as_ref(), condition.tier.as_ref(), out);
    keys::at_least_one(out, table, "windows", condition.windows);
    keys::at_least_one(out, table, "out_of", condition.out_of);
    match (condition.windows, condition.out_of) {
        (None, Some(_)) => keys::needed(out, table, "windows", "out_of"),
        (Some(windows), Some(out_of)) if windows > out_of => {
            let args = Args::none()
                .with("low_key", "windows")
                .with("low", Decimal::from(windows))
                .with("high_key", "out_of")
                .with("high", Decimal::from(out_of));
            out.push(Diagnostic::new(Code::RangeReversed, table.key("windows"), args));
        }
        _ => {}
    }
    // One window has no row that a gap could break.
    let row = condition.windows.max(condition.out_of).is_some_and(|windows| windows > 1);
    let endless = condition.ladder.as_ref().and_then(|id| ladder::endless(book, book.ladder(id)?.1));
    if let (Some(window), Some(id), true) = (endless, &condition.ladder, row) {
        let args = Args::none().with("ladder", id).with("window", window);
        out.push(Diagnostic::new(Code::RowNeverEnds, table.key("windows"), args));
    }
    if row && condition.gaps.is_none() {
        keys::needed(out, table, "gaps", "windows");
    }
}

/// Whether the tiers that ask for one value alone hold every value of it that can occur.
fn catches_all(book: &Book<'_>, ladder: &Ladder, reaches: &mut Reaches) -> bool {
    let mut by_measure: BTreeMap<(Option<&str>, Option<&str>), Vec<bands::Band>> = BTreeMap::new();
    for tier in &ladder.tier {
        let [condition] = tier.when.as_slice() else { continue };
        let Ok(interval) = condition.interval() else { continue };
        if condition.tally.is_some() || condition.index.is_some() {
            let key = (
                condition.tally.as_ref().map(ducha_core::Id::as_str),
                condition.index.as_ref().map(ducha_core::Id::as_str),
            );
            by_measure.entry(key).or_default().push(bands::Band { table: Pointer::root(), interval });
        }
    }
    by_measure.iter().any(|((tally, index), list)| {
        let measure = MeasureOf {
            tally: tally.and_then(|id| ducha_core::TallyId::new(id).ok()),
            index: index.and_then(|id| ducha_core::IndexId::new(id).ok()),
        };
        bands::cover(list, &reaches.of(book, &measure))
    })
}
