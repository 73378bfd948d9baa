//! Worked examples: each expects something, of records that are there.

use super::{
    book::{Book, at},
    keys, ladder,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::example::{Example, Expect},
};
use alloc::{collections::BTreeMap, vec::Vec};
use ducha_core::{Label, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, example) in book.annex.example.iter().enumerate() {
        let table = at("example", i);
        records(example, &table, out);
        if example.expect.is_empty() && example.inexpressible.is_none() {
            out.push(Diagnostic::new(Code::ExpectsNothing, table.key("expect"), Args::none()));
        }
        for (j, expect) in example.expect.iter().enumerate() {
            one(book, example, expect, &table.key("expect").item(j), out);
        }
    }
}

/// Ids are unique, unless the example shows that such records are refused, or repeats an equal row.
fn records(example: &Example, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for (i, record) in example.record.iter().enumerate() {
        let (j, earlier) = *first.entry(&record.id).or_insert((i, record));
        let shown =
            || example.expect.iter().any(|e| e.refused.is_some() && e.record.as_ref() == Some(&record.id));
        if j != i && earlier != record && !shown() {
            let what = Label::new("同一编号的另一条记录", "another record with this id");
            let list = table.key("record");
            let args = Args::none().with("id", &record.id);
            let diagnostic = Diagnostic::new(Code::RecordTwice, list.item(i).key("id"), args);
            out.push(diagnostic.related(list.item(j).key("id"), what));
        }
    }
}

fn one(book: &Book<'_>, example: &Example, expect: &Expect, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let valued = expect.value.is_some() || expect.undetermined;
    let measured = expect.tally.is_some() || expect.index.is_some();
    let of_consequence = expect.money.is_some() || expect.extent.is_some();
    let of_record = expect.points.is_some() || expect.refused.is_some();
    let listed = !expect.consequences.is_empty() || !expect.no_consequences.is_empty();
    if !(valued || expect.tier.is_some() || listed || of_consequence || of_record || expect.rank.is_some()) {
        out.push(Diagnostic::new(Code::ExpectsNothing, table.clone(), Args::none()));
        return;
    }
    if expect.tally.is_some() && expect.index.is_some() {
        keys::exactly_one(out, table, &[("tally", true), ("index", true)]);
    }
    if expect.value.is_some() && expect.undetermined {
        keys::exactly_one(out, table, &[("value", true), ("undetermined", true)]);
    }
    // `undetermined` may be said of a tier, too.
    let of_tier = expect.undetermined && expect.ladder.is_some();
    for (need, key, given, by) in [
        (valued && !of_tier, "tally", measured, "value"),
        (measured, "value", valued, "tally"),
        (expect.ladder.is_some() && !expect.undetermined, "tier", expect.tier.is_some(), "ladder"),
        (of_consequence, "consequence", expect.consequence.is_some(), "money"),
        (expect.consequence.is_some(), "money", of_consequence, "consequence"),
        (of_record, "record", expect.record.is_some(), "points"),
        (expect.record.is_some(), "points", of_record, "record"),
        (expect.rank.is_some(), "ranking", expect.ranking.is_some(), "rank"),
        (expect.ranking.is_some(), "rank", expect.rank.is_some(), "ranking"),
    ] {
        if need && !given {
            keys::needed(out, table, key, by);
        }
    }
    if expect.tier.is_some() {
        ladder::tier_of(book, table, expect.ladder.as_ref(), expect.tier.as_ref(), out);
    }
    if let Some(id) =
        expect.record.as_ref().filter(|id| example.record.iter().all(|record| record.id != **id))
    {
        out.push(Diagnostic::new(Code::RecordMissing, table.key("record"), Args::none().with("id", id)));
    }
}
