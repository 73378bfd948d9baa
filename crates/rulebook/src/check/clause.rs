//! Clauses: their full marks, their cap, their self-found factor; and the sums of sections.

use super::{
    book::{Book, at},
    keys,
};
use crate::{Code, Diagnostic};
use alloc::vec::Vec;
use ducha_core::{Points, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let step = book.annex.rulebook.point_step.decimal();
    for (i, clause) in book.annex.clause.iter().enumerate() {
        let table = at("clause", i);
        keys::points(out, &table, "worth", clause.worth, step);
        if let Some(cap) = &clause.cap {
            keys::points(out, &table.key("cap"), "max", cap.max, step);
            if cap.max.is_none() && clause.worth.is_none() {
                keys::needed(out, &table.key("cap"), "max", "worth = –");
            }
        }
        for (j, id) in clause.replaces.iter().enumerate().filter(|(_, id)| book.clause(id).is_some()) {
            let args = Args::none().with("id", id);
            out.push(Diagnostic::new(Code::ReplacesLiving, table.key("replaces").item(j), args));
        }
        if let Some(found) = &clause.self_found {
            keys::not_negative(out, &table.key("self_found"), "factor", found.factor);
            if found.factor > ducha_core::Factor::ONE {
                let args = Args::none().with("factor", found.factor.decimal());
                out.push(
                    Diagnostic::new(Code::SelfFoundDearer, table.key("self_found").key("factor"), args)
                        .article(3),
                );
            }
        }
    }
    sections(book, out);
}

/// A section's full marks are the sum of its items'.
fn sections(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let step = book.annex.rulebook.point_step.decimal();
    for (i, section) in book.annex.section.iter().enumerate() {
        let table = at("section", i);
        keys::points(out, &table, "max", section.max, step);
        let Some(max) = section.max else { continue };
        let items = book.annex.clause.iter().filter(|clause| clause.section.as_ref() == Some(&section.id));
        let Some(worths) = items.map(|clause| clause.worth).collect::<Option<Vec<_>>>() else { continue };
        let Ok(sum) = Points::sum(worths.iter().copied()) else { continue };
        if !worths.is_empty() && sum != max {
            let args = Args::none().with("max", max).with("sum", sum);
            out.push(Diagnostic::new(Code::SectionSum, table.key("max"), args));
        }
    }
}
