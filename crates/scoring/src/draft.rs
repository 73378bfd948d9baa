//! A record on its way to an entry, and the scopes that rules select clauses by.

use crate::{admit::Admitted, assessment::EntryKind, price::points_of, versions::Version, window::Moment};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{
    AwardId, Derivation, LineId, Matter, Need, Points, RecordId, SectionId, SourceId, Step, SubjectId, Value,
    message::Args, record::Finding,
};
use ducha_rulebook::annex::{clause::Clause, money::Nature, policy::Share, vocabulary::Scope};

/// A record on its way to an entry: who, when, under what, and the derivation so far.
#[derive(Clone)]
pub(crate) struct Draft<'a> {
    pub(crate) kind: EntryKind,
    pub(crate) admitted: Admitted<'a>,
    /// Its place in canonical order: the record's, then that of supplementary entries.
    pub(crate) order: (usize, usize),
    pub(crate) subject: SubjectId,
    pub(crate) clause: Option<&'a Clause>,
    pub(crate) award: Option<AwardId>,
    pub(crate) finding: Option<&'a Finding>,
    pub(crate) day: NaiveDate,
    pub(crate) moment: Moment<'a>,
    pub(crate) steps: Derivation,
    /// The price before any factor: what recurrence looks at.
    pub(crate) base: Points,
    pub(crate) money: Option<(Derivation, Nature)>,
    pub(crate) loses_item: bool,
    /// Of a share: the rule that makes it fall on another.
    pub(crate) share: Option<&'a Share>,
}

impl<'a> Draft<'a> {
    pub(crate) fn version(&self) -> Version<'a> {
        self.admitted.version
    }

    pub(crate) fn points(&self) -> Points {
        points_of(&self.steps)
    }

    pub(crate) fn record(&self) -> &'a RecordId {
        &self.admitted.record.id
    }

    /// Who found or measured it.
    pub(crate) fn source(&self) -> Option<&'a SourceId> {
        match &self.admitted.record.matter {
            Matter::Finding(finding) => finding.source.as_ref(),
            Matter::Measurement(measurement) => measurement.source.as_ref(),
            _ => None,
        }
    }

    /// A further step on what there is.
    pub(crate) fn then(&mut self, step: Step, args: Args, points: Points, cites: Vec<ducha_core::Citation>) {
        let before = core::mem::replace(&mut self.steps, Derivation::new(step, Args::none(), Value::None));
        let args = args.with("from", points_of(&before)).with("points", points);
        self.steps = Derivation::new(step, args, Value::Points(points)).citing(cites).using([before]);
    }

    /// Multiplies points and money by a factor, as one named step.
    pub(crate) fn multiply(
        &mut self,
        step: Step,
        args: &Args,
        factor: ducha_core::Factor,
        cites: Vec<ducha_core::Citation>,
    ) -> Result<(), Need> {
        let args = args.clone().with("factor", factor.decimal());
        let points = self.points().times(factor)?;
        if let Some((money, _)) = &mut self.money {
            let amount = money.money().unwrap_or_default().times(factor)?;
            let before = money.clone();
            *money = Derivation::new(
                step,
                args.clone().with("from", before.money().unwrap_or_default()).with("points", amount),
                Value::Money(amount),
            )
            .using([before]);
        }
        self.then(step, args, points, cites);
        Ok(())
    }
}

pub(crate) fn section_of(clause: &Clause) -> Option<&SectionId> {
    clause.section.as_ref()
}

/// The clause's service line: its own, or that of its section.
pub(crate) fn line_of<'a>(version: Version<'a>, clause: &'a Clause) -> Option<&'a LineId> {
    clause.line.as_ref().or_else(|| {
        let section = clause.section.as_ref()?;
        version.annex.section.iter().find(|s| s.id == *section)?.line.as_ref()
    })
}

/// Whether a scope of `judge` takes in a finding of this clause, priced by `pricing`: by what the judging version means by
/// the clause, or by the clause itself where that version has none (semantics §7.1).
pub(crate) fn in_scope(
    scope: &Scope,
    judge: Version<'_>,
    pricing: Version<'_>,
    clause: &Clause,
    source: Option<&ducha_core::SourceId>,
) -> bool {
    let (meant, of) = judge.clause_meant(&clause.id).map_or((clause, pricing), |meant| (meant, judge));
    let named = |ids: &[ducha_core::ClauseId]| ids.contains(&clause.id) || ids.contains(&meant.id);
    (scope.clauses.is_empty() || named(&scope.clauses))
        && (scope.sections.is_empty() || section_of(meant).is_some_and(|s| scope.sections.contains(s)))
        && (scope.lines.is_empty() || line_of(of, meant).is_some_and(|l| scope.lines.contains(l)))
        && (scope.aspects.is_empty() || scope.aspects.contains(&meant.aspect))
        && (scope.sources.is_empty() || source.is_some_and(|s| scope.sources.contains(s)))
        && scope.criticality.is_none_or(|c| meant.criticality == Some(c))
}

/// Whether two drafts stand under the same clause, across versions.
pub(crate) fn same_clause(later: &Draft<'_>, earlier: &Draft<'_>) -> bool {
    let (Some(a), Some(b)) = (later.clause, earlier.clause) else { return false };
    later.version().is_kin(a, b, earlier.version())
}
