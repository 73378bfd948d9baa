//! Awards: points, or levels, or a range.

use super::{
    book::{Book, at},
    keys,
    price::twice,
};
use crate::{Diagnostic, annex::award::Stacking};
use alloc::{collections::BTreeSet, vec::Vec};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let step = book.annex.rulebook.point_step.decimal();
    for (i, award) in book.annex.award.iter().enumerate() {
        let table = at("award", i);
        let range = award.min.is_some() || award.max.is_some();
        let end = if award.max.is_some() { "max" } else { "min" };
        let shapes = [("points", award.points.is_some()), ("levels", !award.levels.is_empty()), (end, range)];
        keys::exactly_one(out, &table, &shapes);
        if range && award.max.is_none() {
            keys::needed(out, &table, "max", "min");
        }
        if range && award.min.is_none() {
            keys::needed(out, &table, "min", "max");
        }
        keys::points(out, &table, "points", award.points, step);
        keys::points(out, &table, "min", award.min, step);
        keys::points(out, &table, "max", award.max, step);
        keys::ordered(out, &table, ("min", award.min), ("max", award.max));
        let mut seen = BTreeSet::new();
        for (j, level) in award.levels.iter().enumerate() {
            let item = table.key("levels").item(j);
            keys::points(out, &item, "points", level.points, step);
            if !seen.insert(&level.id) {
                out.push(twice(item.key("id"), level.id.as_str()));
            }
        }
        if let Some(cap) = &award.cap {
            keys::points(out, &table.key("cap"), "max", cap.max, step);
        }
        if award.group.is_some() && award.stacking == Stacking::Cumulative {
            keys::idle(out, &table, "group", "stacking = \"cumulative\"");
        }
    }
}
