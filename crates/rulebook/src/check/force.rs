//! Days in force and adoption (art. 26).

use super::{
    book::{Book, at},
    keys,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        identity::{Identity, Status},
        window::{NamedWindow, Window},
    },
};
use alloc::vec::Vec;
use ducha_core::{Label, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let identity = &book.annex.rulebook;
    let table = Pointer::root().key("rulebook");
    if let Some(until) = identity.until.filter(|until| *until <= identity.from) {
        let args = Args::none().with("from", identity.from).with("until", until);
        out.push(Diagnostic::new(Code::NeverInForce, table.key("until"), args));
    }
    keys::positive(out, &table, "point_step", identity.point_step);
    adoption(identity, &table, out);
    terms(book, &table, out);
    clauses(book, out);
}

fn adoption(identity: &Identity, table: &Pointer, out: &mut Vec<Diagnostic>) {
    if identity.status == Status::Draft {
        return;
    }
    for (key, given) in
        [("adopted_on", identity.adopted_on.is_some()), ("adopted_by", identity.adopted_by.is_some())]
    {
        if !given {
            let args = Args::none().with("key", key);
            out.push(Diagnostic::new(Code::NotAdopted, table.key("status"), args).article(26));
        }
    }
    if let Some(adopted) = identity.adopted_on.filter(|adopted| *adopted > identity.from) {
        let args = Args::none().with("from", identity.from).with("adopted", adopted);
        out.push(Diagnostic::new(Code::Retroactive, table.key("from"), args).article(26));
    }
}

fn terms(book: &Book<'_>, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let list = &book.annex.rulebook.term;
    let mut sorted: Vec<_> = list.iter().enumerate().collect();
    sorted.sort_by_key(|(_, term)| (term.from, term.until));
    for (i, term) in &sorted {
        if term.until <= term.from {
            let args = Args::none().with("from", term.from).with("until", term.until);
            out.push(Diagnostic::new(Code::NeverInForce, table.key("term").item(*i).key("until"), args));
        }
    }
    for ((i, earlier), (j, later)) in sorted.iter().zip(sorted.iter().skip(1)) {
        if later.from < earlier.until && earlier.from < earlier.until {
            let args =
                Args::none().with("earlier", &earlier.id).with("later", &later.id).with("from", later.from);
            let what = Label::new("与之重叠的学期", "the term that it overlaps");
            out.push(
                Diagnostic::new(Code::TermsOverlap, table.key("term").item(*j).key("from"), args)
                    .related(table.key("term").item(*i).key("until"), what),
            );
        }
    }
    if list.is_empty() {
        let windows =
            super::window::all(book).filter(|(_, window)| **window == Window::Named(NamedWindow::Term));
        let filings =
            book.annex.filing.iter().enumerate().filter(|(_, filing)| filing.every == NamedWindow::Term);
        let planning = book.annex.planning.iter().filter(|planning| planning.every == NamedWindow::Term);
        let asking = windows
            .map(|(spot, _)| spot.pointer())
            .chain(filings.map(|(i, _)| at("filing", i).key("every")))
            .chain(planning.map(|_| Pointer::root().key("planning").key("every")));
        if let Some(asking) = asking.into_iter().next() {
            keys::needed(out, table, "term", alloc::format!("{asking} = \"term\""));
        }
    }
}

fn clauses(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let identity = &book.annex.rulebook;
    for (i, clause) in book.annex.clause.iter().enumerate() {
        let from = clause.from.unwrap_or(identity.from).max(identity.from);
        let until = [clause.until, identity.until].into_iter().flatten().min();
        let Some(until) = until.filter(|until| *until <= from) else { continue };
        // Where the clause says nothing of its own, the rulebook's days are at fault.
        let key = match (clause.until, clause.from) {
            (Some(end), _) if end == until => "until",
            (_, Some(_)) => "from",
            _ => continue,
        };
        let args = Args::none().with("from", from).with("until", until);
        out.push(Diagnostic::new(Code::NeverInForce, at("clause", i).key(key), args));
    }
}
