//! Prices: each shape with what it needs.

use super::{
    bands,
    book::{Book, at},
    keys, reach,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        clause::Clause,
        price::{CountBand, PartUnits, Price},
    },
    bound::Bounded as _,
};
use alloc::{collections::BTreeSet, vec::Vec};
use ducha_core::{Points, exact, message::Args};
use rust_decimal::Decimal;

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let step = book.annex.rulebook.point_step.decimal();
    for (i, clause) in book.annex.clause.iter().enumerate() {
        shape(book, clause, &at("clause", i), step, out);
    }
}

fn shape(book: &Book<'_>, clause: &Clause, table: &Pointer, step: Decimal, out: &mut Vec<Diagnostic>) {
    let price = table.key("price");
    match &clause.price {
        Price::Flat { points } => keys::points(out, &price, "points", *points, step),
        Price::PerUnit { points, per, part } => {
            keys::points(out, &price, "points", *points, step);
            keys::positive(out, &price, "per", *per);
            if per.is_some() && part.is_none() {
                out.push(Diagnostic::new(Code::PartOpen, price.clone(), Args::none()));
            }
            keys::ends(out, &price, points.decimal(), *per, *part);
        }
        Price::AllOrNothing {} => {
            if clause.worth.is_none() {
                keys::needed(out, table, "worth", "price.shape = \"all_or_nothing\"");
            }
        }
        Price::Range { min, max, step: own, .. } => {
            keys::points(out, &price, "min", *min, step);
            keys::points(out, &price, "max", *max, step);
            keys::positive(out, &price, "step", *own);
            keys::on_step(out, &price, "step", *own, step);
            keys::ordered(out, &price, ("min", Some(*min)), ("max", Some(*max)));
            if let (Some(own), Ok(width)) = (own, max.minus(*min))
                && !width.is_negative()
                && own.decimal() > Decimal::ZERO
                && exact::is_multiple(width.decimal(), own.decimal()) == Ok(false)
            {
                let args =
                    Args::none().with("key", "max").with("value", max.decimal()).with("step", own.decimal());
                out.push(Diagnostic::new(Code::OffStep, price.key("max"), args));
            }
        }
        Price::Severity { levels, .. } => {
            let list = price.key("levels");
            let mut last = Points::ZERO;
            let mut seen = BTreeSet::new();
            for (i, level) in levels.iter().enumerate() {
                keys::points(out, &list.item(i), "points", level.points, step);
                if !seen.insert(&level.id) {
                    out.push(twice(list.item(i).key("id"), level.id.as_str()));
                }
                falls(list.item(i).key("points"), last, level.points, out);
                last = level.points;
            }
        }
        Price::Count { bands, .. } => counts(clause, table, bands, step, out),
        Price::Rate { step: of, scale, points, bonus, max, max_bonus, part, rounding, .. } => {
            keys::positive(out, &price, "step", *of);
            keys::positive(out, &price, "scale", *scale);
            keys::points(out, &price, "points", *points, step);
            keys::points(out, &price, "bonus", *bonus, step);
            keys::points(out, &price, "max", *max, step);
            keys::points(out, &price, "max_bonus", *max_bonus, step);
            if max_bonus.is_some() && bonus.is_none() {
                keys::idle(out, &price, "max_bonus", "bonus = –");
            }
            match part {
                PartUnits::Exact => keys::rounded(out, &price, *rounding, "part = \"exact\""),
                PartUnits::Up | PartUnits::Down if rounding.is_some() => {
                    keys::idle(out, &price, "rounding", "part ≠ \"exact\"");
                }
                PartUnits::Up | PartUnits::Down => {}
            }
        }
        Price::BySource { prices } => {
            let list = price.key("prices");
            let mut seen = BTreeSet::new();
            for (i, one) in prices.iter().enumerate() {
                keys::points(out, &list.item(i), "points", one.points, step);
                if !seen.insert(&one.source) {
                    out.push(twice(list.item(i).key("source"), one.source.as_str()));
                }
            }
        }
        Price::Remark {} => {}
        Price::Registered { name, .. } => {
            let declared = book.annex.registered_shape.iter().any(|shape| shape.name == *name);
            let code = if declared { Code::ShapeUnproved } else { Code::ShapeUndeclared };
            out.push(Diagnostic::new(code, price.key("name"), Args::none().with("name", name.as_str())));
        }
    }
}

/// The same id stands twice in one list.
pub(super) fn twice(pointer: Pointer, id: &str) -> Diagnostic {
    Diagnostic::new(Code::ListedTwice, pointer, Args::none().with("id", id))
}

fn falls(pointer: Pointer, before: Points, points: Points, out: &mut Vec<Diagnostic>) {
    if points < before {
        let args = Args::none().with("before", before).with("points", points);
        out.push(Diagnostic::new(Code::LevelFalls, pointer, args));
    }
}

fn counts(clause: &Clause, table: &Pointer, list: &[CountBand], step: Decimal, out: &mut Vec<Diagnostic>) {
    let pointer = table.key("price").key("bands");
    let mut read = Vec::new();
    let mut last = Points::ZERO;
    for (i, band) in list.iter().enumerate() {
        let item = pointer.item(i);
        keys::points(out, &item, "points", band.points, step);
        keys::points(out, &item, "each", band.each, step);
        keys::exactly_one(
            out,
            &item,
            &[
                ("points", band.points.is_some()),
                ("each", band.each.is_some()),
                ("lose_item", band.lose_item),
            ],
        );
        if band.lose_item && clause.worth.is_none() {
            keys::needed(out, table, "worth", "lose_item = true");
        }
        if let Some(points) = band.points {
            falls(item.key("points"), last, points, out);
            last = points;
        }
        if band.is_bounded() {
            read.extend(bands::read(item, band, out));
        } else if list.len() > 1 {
            keys::needed(out, &item, "at_least", "price.shape = \"count\"");
        } else {
            read.push(bands::Band { table: item, interval: crate::bound::Interval::ALL });
        }
    }
    // A malformed band would show as a hole as well.
    if read.len() == list.len() && !list.is_empty() {
        let counts = reach::of_counts(clause);
        bands::prove(&read, &counts, false, out);
        bands::unreachable(&read, &[counts], out);
    }
}
