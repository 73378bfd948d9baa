//! What several clauses share, as tables: recurrence, windows, caps, tallies.

use super::{
    clause::{self, CapTable, number},
    compile::{CompileError, Part, not_compiled},
    scale::{ScaledFactor, at_scale},
    span::Span,
};
use alloc::{boxed::Box, string::ToString, vec::Vec};
use ducha_core::{Points, TallyId};
use ducha_rulebook::{
    Annex,
    annex::{
        clause::{CapOrder, Clause, ClauseCap},
        policy::{Counts, KeyPart, Recurrence},
        tally::{Measure, Tally, TallyKind},
        vocabulary::Scope,
        window::Window,
    },
};

/// How repetition raises the price.
#[derive(Debug, Clone)]
pub(super) struct RecurrenceTable {
    /// Its place among the windows.
    pub(super) span: u32,
    /// The factor of the first time, and of the second.
    pub(super) first: ScaledFactor,
    pub(super) second: ScaledFactor,
    /// The factors of the third time, the fourth …; the last one holds on. Nothing where the second one does.
    pub(super) further: Box<[ScaledFactor]>,
    /// Whether findings of 0 points count as earlier ones.
    pub(super) count_remarks: bool,
}

/// What is added up, and between which bounds.
#[derive(Debug, Clone)]
pub(super) struct TallyTable {
    pub(super) id: TallyId,
    /// Its place among the windows.
    pub(super) span: u32,
    pub(super) full_marks: Option<i64>,
    pub(super) floor: i64,
    pub(super) ceiling: i64,
    pub(super) max_deduction: i64,
    /// One for each finding, instead of its points.
    pub(super) counts_findings: bool,
}

/// The policies of a rulebook while it is compiled.
#[derive(Debug, Default)]
pub(super) struct Policies {
    /// Every window that is asked for, once.
    pub(super) spans: Vec<Span>,
    pub(super) recurrences: Vec<RecurrenceTable>,
    pub(super) tallies: Vec<TallyTable>,
    /// Clause by clause the tallies that count it.
    pub(super) counted_in: Vec<u32>,
}

impl Policies {
    pub(super) fn compile(annex: &Annex, scale: u32) -> Result<Self, CompileError> {
        let mut policies = Self::default();
        for policy in &annex.recurrence {
            let table = policies.recurrence(policy)?;
            policies.recurrences.push(table);
        }
        for tally in &annex.tally {
            let table = policies.tally(tally, scale)?;
            policies.tallies.push(table);
        }
        Ok(policies)
    }

    fn span(&mut self, window: &Window, id: impl core::fmt::Display) -> Result<u32, CompileError> {
        let span = Span::of(window).ok_or_else(|| not_compiled(Part::Window, id))?;
        let place = self.spans.iter().position(|known| *known == span).unwrap_or_else(|| {
            self.spans.push(span);
            self.spans.len().saturating_sub(1)
        });
        Ok(number(place))
    }

    fn recurrence(&mut self, policy: &Recurrence) -> Result<RecurrenceTable, CompileError> {
        let Recurrence { id, counts, key, window, factors, name: _, count_remarks, reset, cite: _ } = policy;
        let plain = matches!(
            key.as_slice(),
            [KeyPart::Subject, KeyPart::Clause] | [KeyPart::Clause, KeyPart::Subject]
        );
        if !plain || !reset.is_empty() || *counts == Counts::Decided {
            return Err(not_compiled(Part::Recurrence, id));
        }
        // Columns name no inspection: each finding is one of its own, and so findings and inspections are as many.
        let fine = || CompileError::TooFine { id: id.to_string() };
        let factors = factors.iter().map(|factor| ScaledFactor::of(*factor).ok_or_else(fine));
        let factors: Vec<ScaledFactor> = factors.collect::<Result<_, _>>()?;
        let first = factors.first().copied().unwrap_or(ScaledFactor::Whole(1));
        Ok(RecurrenceTable {
            span: self.span(window, id)?,
            first,
            second: factors.get(1).copied().unwrap_or(first),
            further: factors.get(2..).unwrap_or_default().into(),
            count_remarks: *count_remarks,
        })
    }

    pub(super) fn cap(
        &mut self,
        clause: &Clause,
        cap: &ClauseCap,
        scale: u32,
    ) -> Result<CapTable, CompileError> {
        let ClauseCap { window, order, max } = cap;
        let Some(max) = max.or(clause.worth) else { return Err(not_compiled(Part::Cap, &clause.id)) };
        let max = at_scale(max, scale).ok_or_else(|| CompileError::TooFine { id: clause.id.to_string() })?;
        let place = self.span(window, &clause.id)?;
        if self.spans.get(place as usize).is_some_and(|span| span.is_rolling()) {
            return Err(not_compiled(Part::Cap, &clause.id));
        }
        let order = match order {
            CapOrder::BeforeFactors => clause::CapOrder::Before,
            CapOrder::AfterFactors => clause::CapOrder::After,
        };
        Ok(CapTable { max, span: place, order })
    }

    /// Every key of a tally is named here, so that a new one asks whether the engine knows it.
    fn tally(&mut self, tally: &Tally, scale: u32) -> Result<TallyTable, CompileError> {
        let Tally {
            id,
            kind,
            measure,
            window,
            full_marks,
            floor,
            ceiling,
            max_deduction,
            ages,
            dated_by,
            // Words; kinds of subjects, which columns do not tell; and what works by records that columns do not have.
            name: _,
            subjects: _,
            scope: _,
            awards: _,
            bonuses: _,
            inherit: _,
            article: _,
            cite: _,
            // Of balances and consequences.
            consequences: _,
            consume: _,
            redeem: _,
            carry: _,
            clear: _,
        } = tally;
        let counted = matches!(measure, Measure::Points | Measure::Findings);
        if *kind == TallyKind::Balance || !counted || !ages.is_empty() || dated_by.is_some() {
            return Err(not_compiled(Part::Tally, id));
        }
        let place = self.span(window, id)?;
        let span = self.spans.get(place as usize);
        if span.is_none_or(|span| span.is_rolling() || *span == Span::Ever) {
            return Err(not_compiled(Part::Window, id));
        }
        let scaled = |points: Option<Points>, absent: i64| match points {
            None => Ok(absent),
            Some(points) => {
                at_scale(points, scale).ok_or_else(|| CompileError::TooFine { id: id.to_string() })
            }
        };
        Ok(TallyTable {
            id: id.clone(),
            span: place,
            full_marks: full_marks.map(|full| scaled(Some(full), 0)).transpose()?,
            floor: scaled(*floor, i64::MIN)?,
            ceiling: scaled(*ceiling, i64::MAX)?,
            max_deduction: scaled(*max_deduction, i64::MAX)?,
            counts_findings: *measure == Measure::Findings,
        })
    }

    /// The run of the tallies that count a clause: of those that add points, or of those that count findings.
    pub(super) fn tallies_of(&mut self, annex: &Annex, clause: &Clause, counts_findings: bool) -> (u32, u32) {
        let first = number(self.counted_in.len());
        for (place, (tally, table)) in annex.tally.iter().zip(&self.tallies).enumerate() {
            let counted = tally.scope.as_ref().is_none_or(|scope| takes_in(scope, annex, clause));
            if counted && table.counts_findings == counts_findings {
                self.counted_in.push(number(place));
            }
        }
        (first, number(self.counted_in.len()))
    }
}

/// Whether a scope takes in a finding of the clause from no source.
// semantics §7.1
fn takes_in(scope: &Scope, annex: &Annex, clause: &Clause) -> bool {
    let Scope { clauses, sections, lines, aspects, sources, criticality } = scope;
    let of_section = || annex.section.iter().find(|s| Some(&s.id) == clause.section.as_ref())?.line.as_ref();
    let line = clause.line.as_ref().or_else(of_section);
    (clauses.is_empty() || clauses.contains(&clause.id))
        && (sections.is_empty() || clause.section.as_ref().is_some_and(|s| sections.contains(s)))
        && (lines.is_empty() || line.is_some_and(|l| lines.contains(l)))
        && (aspects.is_empty() || aspects.contains(&clause.aspect))
        && sources.is_empty()
        && criticality.is_none_or(|c| clause.criticality == Some(c))
}
