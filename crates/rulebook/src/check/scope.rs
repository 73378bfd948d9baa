//! Scopes: which clauses something is about.

use super::book::{Book, at};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{clause::Clause, vocabulary::Scope},
};
use alloc::{collections::BTreeSet, vec::Vec};
use ducha_core::{SourceId, message::Args};

/// Whether a scope takes in a clause; none given takes in every clause. Sources are asked of findings, not of clauses.
pub(super) fn holds(book: &Book<'_>, scope: Option<&Scope>, clause: &Clause) -> bool {
    let Some(scope) = scope else { return true };
    let line = clause.line.as_ref().or_else(|| {
        clause.section.as_ref().and_then(|id| book.section(id)).and_then(|(_, section)| section.line.as_ref())
    });
    (scope.clauses.is_empty() || scope.clauses.contains(&clause.id))
        && (scope.sections.is_empty()
            || clause.section.as_ref().is_some_and(|id| scope.sections.contains(id)))
        && (scope.lines.is_empty() || line.is_some_and(|id| scope.lines.contains(id)))
        && (scope.aspects.is_empty() || scope.aspects.contains(&clause.aspect))
        && scope.criticality.is_none_or(|criticality| clause.criticality == Some(criticality))
}

/// The positions of the clauses that a scope takes in.
pub(super) fn members(book: &Book<'_>, scope: Option<&Scope>) -> BTreeSet<usize> {
    let clauses = book.annex.clause.iter().enumerate();
    clauses.filter(|(_, clause)| holds(book, scope, clause)).map(|(at, _)| at).collect()
}

/// Whether one finding can come from a source of both lists; none given takes in every source.
pub(super) fn sources_meet(a: &[SourceId], b: &[SourceId]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|source| b.contains(source))
}

/// A scope that takes in no clause of the rulebook does nothing.
pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let annex = book.annex;
    if annex.clause.is_empty() {
        return;
    }
    let caps = annex.cap.iter().enumerate().map(|(i, cap)| (at("cap", i), Some(&cap.scope)));
    let shares = annex.share.iter().enumerate().map(|(i, share)| (at("share", i), Some(&share.scope)));
    let leaders = annex.accountability.iter().enumerate();
    let leaders = leaders.map(|(i, rule)| (at("accountability", i), rule.scope.as_ref()));
    let tallies = annex.tally.iter().enumerate().map(|(i, tally)| (at("tally", i), tally.scope.as_ref()));
    for (table, scope) in caps.chain(shares).chain(leaders).chain(tallies) {
        if scope.is_some() && members(book, scope).is_empty() {
            out.push(empty(&table));
        }
    }
}

fn empty(table: &Pointer) -> Diagnostic {
    Diagnostic::new(Code::ScopeEmpty, table.key("scope"), Args::none())
}
