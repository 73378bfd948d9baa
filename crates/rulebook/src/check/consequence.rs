//! Consequences: sanctions, who proposes and decides, what the law asks for before.

use super::{
    book::{Book, at},
    keys,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::consequence::{Consequence, ConsequenceKind, Extent, Sanction},
};
use alloc::vec::Vec;
use ducha_core::message::Args;

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, consequence) in book.annex.consequence.iter().enumerate() {
        let table = at("consequence", i);
        sanction(consequence, &table, out);
        if consequence.kind == ConsequenceKind::Money && consequence.money.is_none() {
            keys::needed(out, &table, "money", "kind = \"money\"");
        }
        if let Some(extent) = &consequence.extent {
            extent_of(extent, &table.key("extent"), out);
        }
        if let Some(j) = consequence.replaces.iter().position(|id| *id == consequence.id) {
            let args = Args::none().with("id", &consequence.id);
            out.push(Diagnostic::new(Code::ReplacesItself, table.key("replaces").item(j), args));
        }
    }
}

fn sanction(consequence: &Consequence, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let is_sanction = consequence.kind == ConsequenceKind::Sanction;
    match (is_sanction, consequence.sanction) {
        (true, None) => keys::needed(out, table, "sanction", "kind = \"sanction\""),
        (false, Some(_)) => keys::idle(out, table, "sanction", "kind ≠ \"sanction\""),
        _ => {}
    }
    if consequence.sanction == Some(Sanction::Dismissal) && consequence.requires.is_empty() {
        out.push(Diagnostic::new(Code::DismissalUnprepared, table.clone(), Args::none()).article(18));
    }
    if is_sanction && consequence.proposed_by == Some(consequence.decided_by) {
        let args = Args::none().with("role", consequence.decided_by.word());
        out.push(Diagnostic::new(Code::OneBody, table.key("decided_by"), args).article(18));
    }
}

fn extent_of(extent: &Extent, table: &Pointer, out: &mut Vec<Diagnostic>) {
    keys::not_negative(out, table, "base", extent.base);
    keys::not_negative(out, table, "each", extent.each);
    keys::positive(out, table, "per", extent.per);
    keys::ordered(out, table, ("base", Some(extent.base)), ("max", extent.max));
    match (extent.per, &extent.of) {
        (Some(_), None) => keys::needed(out, table, "of", "per"),
        (None, Some(_)) => keys::needed(out, table, "per", "of"),
        _ => {}
    }
}
