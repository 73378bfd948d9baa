//! The tables of plain rules: those that a finding can pass in one step, as columns and sorted streams do.
//!
//! What is plain is told by [`Part`]: whatever else a rulebook has is scored by the passes of `fold`, which know everything.

use super::{
    clause::{self, ClauseTable, VetoTable},
    compile::{CompileError, Part, not_compiled},
    ladder::LadderTable,
    policy::{Policies, RecurrenceTable, TallyTable},
    span::{Day, NEVER, Span, number_of},
};
use alloc::boxed::Box;
use ducha_rulebook::Rulebook;

/// One version of plain rules as tables.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    pub(super) scale: u32,
    /// The first day in force, and the first one no longer in force.
    pub(super) in_force: (Day, Day),
    pub(super) clauses: Box<[ClauseTable]>,
    pub(super) vetoes: Box<[VetoTable]>,
    pub(super) spans: Box<[Span]>,
    pub(super) recurrences: Box<[RecurrenceTable]>,
    pub(super) tallies: Box<[TallyTable]>,
    pub(super) counted_in: Box<[u32]>,
    pub(super) ladders: Box<[LadderTable]>,
}

impl Plain {
    /// The tables, or the first rule that is not plain.
    pub(super) fn compile(books: &[Rulebook], scale: u32) -> Result<Self, CompileError> {
        let (first, others) = books.split_first().ok_or(CompileError::Nothing)?;
        if let Some(other) = others.first() {
            return Err(not_compiled(Part::Versions, &other.annex().rulebook.version));
        }
        let annex = first.annex();
        if let Some(share) = annex.share.first() {
            return Err(not_compiled(Part::Share, &share.id));
        }
        if let Some(cap) = annex.cap.first() {
            return Err(not_compiled(Part::Cap, &cap.id));
        }
        let mut policies = Policies::compile(annex, scale)?;
        let (clauses, vetoes) = clause::compile(annex, &mut policies, scale)?;
        let ladders = annex.ladder.iter().map(|ladder| LadderTable::compile(annex, ladder, scale));
        let ladders = ladders.collect::<Result<_, _>>()?;
        let identity = &annex.rulebook;
        Ok(Self {
            scale,
            in_force: (number_of(identity.from), identity.until.map_or(NEVER, number_of)),
            clauses: clauses.into_boxed_slice(),
            vetoes: vetoes.into_boxed_slice(),
            spans: policies.spans.into_boxed_slice(),
            recurrences: policies.recurrences.into_boxed_slice(),
            tallies: policies.tallies.into_boxed_slice(),
            counted_in: policies.counted_in.into_boxed_slice(),
            ladders,
        })
    }
}
