//! What a price becomes before factors of repetition: counted once, warned first, by whom it was found (semantics §4; S7, S32, S39, S40; art. 3).

use crate::{
    admit::Admitted,
    assessment::EntryKind,
    draft::Draft,
    due::length_text,
    due::{is_by_hour, reckoned},
    fold::Fold,
    price::{moment, price_finding, price_money},
    window::{Moment, same_window},
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_calendar::live_until;
use ducha_core::{
    Matter, Need, Points, Quantity, RecordId, Step,
    message::Args,
    record::{Finding, standard_fact},
};
use ducha_rulebook::annex::{
    clause::{Clause, OncePer},
    price::{CountOver, Price},
    vocabulary::SourceKind,
    window::{NamedWindow, Window},
};

impl<'a> Fold<'_, 'a> {
    // semantics §4.3
    pub(crate) fn price_of_finding(
        &self,
        one: Admitted<'a>,
        past: &[Admitted<'a>],
        clause: &'a Clause,
        finding: &'a Finding,
        before: &[Draft<'a>],
    ) -> Result<Draft<'a>, Need> {
        let here = moment(&one);
        let siblings = || {
            before.iter().filter(|d| {
                d.subject == one.record.subject
                    && d.clause.is_some_and(|other| one.version.is_kin(clause, other, d.version()))
            })
        };
        let counted = self.counted_before(one, clause, &here, siblings())?;
        let steps = price_finding(self.request, &one, clause, finding, counted)?;
        let mut draft = Self::draft(EntryKind::Deduction, one, (past.len(), 0), steps);
        draft.clause = Some(clause);
        draft.finding = Some(finding);
        draft.money = price_money(clause, finding)?.zip(clause.money.as_ref().map(|t| t.nature));
        draft.loses_item = loses_item(clause, finding);

        let earlier_here = |d: &&Draft<'_>| match clause.once_per {
            Some(OncePer::Inspection) => d.moment.visit == here.visit,
            Some(OncePer::Day) => d.day == here.day,
            None => false,
        };
        let first = siblings().find(earlier_here).map(|d| d.record().clone());
        if let Some(first) = first {
            let args = Args::none().with("record", &first).with("clause", &clause.id);
            draft.then(Step::CountedOnce, args, Points::ZERO, one.version.cite_clause(clause));
            draft.money = None;
            draft.loses_item = false;
        } else if let Some(warning) = &clause.warning {
            Self::warn_first(&mut draft, warning, &siblings().collect::<Vec<_>>(), past, clause)?;
        }
        Self::by_source(&mut draft, clause, finding)?;
        draft.base = draft.points();
        Ok(draft)
    }

    /// The quantity of the earlier findings that are counted together with this one (S7).
    fn counted_before<'d>(
        &self,
        one: Admitted<'a>,
        clause: &Clause,
        here: &Moment<'_>,
        siblings: impl Iterator<Item = &'d Draft<'a>>,
    ) -> Result<Quantity, Need>
    where
        'a: 'd,
    {
        let Price::Count { over, .. } = &clause.price else { return Ok(Quantity::ZERO) };
        let window = match over {
            CountOver::Finding => return Ok(Quantity::ZERO),
            CountOver::Inspection => NamedWindow::Inspection,
            CountOver::Day => NamedWindow::Day,
            CountOver::Month => NamedWindow::Month,
        };
        let window = Window::Named(window);
        let mut total = Quantity::ZERO;
        for d in siblings {
            if same_window(&window, one.version, self.roster, &d.subject, &d.moment, here)? {
                total = total.plus(d.finding.and_then(|f| f.quantity).unwrap_or(Quantity::ONE))?;
            }
        }
        Ok(total)
    }

    /// Shape S39: the first finding warns; one within the validity of an earlier finding or warning costs.
    // semantics §4.3
    fn warn_first(
        draft: &mut Draft<'a>,
        warning: &ducha_rulebook::annex::clause::Warning,
        siblings: &[&Draft<'a>],
        past: &[Admitted<'a>],
        clause: &Clause,
    ) -> Result<(), Need> {
        let day = draft.day;
        let valid = |act: NaiveDate| {
            live_until(act, warning.validity, warning.last_day)
                .map_err(|_| crate::window::off_the_calendar(act))
        };
        // A warning that was served names the subject, or one of these findings.
        let served = past.iter().filter(|one| match &one.record.matter {
            Matter::Fact(f) if f.fact.as_str() == standard_fact::WARNING_SERVED => {
                one.record.subject == draft.subject
                    && f.refers_to.as_ref().is_none_or(|id| siblings.iter().any(|d| d.record() == id))
            }
            _ => false,
        });
        let served = served.map(|one| (&one.record.id, one.record.occurred_on));
        let mut warned: Option<(RecordId, NaiveDate)> = None;
        for (record, on) in siblings.iter().map(|d| (d.record(), d.day)).chain(served) {
            if day < valid(on)? && warned.as_ref().is_none_or(|(_, latest)| *latest <= on) {
                warned = Some((record.clone(), on));
            }
        }
        let args = Args::none().with("clause", &clause.id).with("validity", &length_text(warning.validity));
        let cites = draft.version().cite_clause(clause);
        match warned {
            Some((record, on)) => {
                let points = draft.points();
                draft.then(Step::WarnedBefore, args.with("record", &record).with("day", on), points, cites);
            }
            None => {
                draft.then(Step::WarnedFirst, args, Points::ZERO, cites);
                draft.money = None;
                draft.loses_item = false;
            }
        }
        Ok(())
    }

    /// The factor of who found it (S32), and of what a unit found and mended itself (art. 3).
    // semantics §4.4
    fn by_source(draft: &mut Draft<'a>, clause: &Clause, finding: &Finding) -> Result<(), Need> {
        let version = draft.version();
        let source = finding.source.as_ref().and_then(|id| version.annex.source.iter().find(|s| s.id == *id));
        let Some(source) = source else { return Ok(()) };
        // A source's own price has replaced the clause's; a factor would count the source twice.
        let replaced = matches!(clause.price, Price::BySource { .. });
        if let Some(factor) = source.factor.filter(|_| !replaced) {
            let args = Args::none().with("source", &source.name);
            draft.multiply(
                Step::SourceFactor,
                &args,
                factor,
                alloc::vec![version.cite_rule("source", &source.id)],
            )?;
        }
        let (Some(own), SourceKind::OwnUnit, Some(corrected)) =
            (&clause.self_found, source.kind, finding.corrected_on)
        else {
            return Ok(());
        };
        let mut cites = version.cite_clause(clause);
        cites.extend(ducha_core::Citation::article(3));
        let args = Args::none().with("day", corrected);
        let limit =
            own.within.filter(|limit| draft.day < corrected || is_by_hour(*limit)).and_then(|limit| {
                let name = ducha_core::Label::new("自查自改", "mending what one found oneself");
                let cite = version.cite_clause(clause).pop()?;
                let roll = ducha_calendar::Roll::Following;
                let hour = draft.admitted.record.occurred_at;
                Some(reckoned(version, &name, limit, roll, (draft.day, hour), cite))
            });
        // On the last day of a limit in hours, the day alone does not tell.
        let last = limit.as_ref().map(|due| due.on.filter(|on| due.at.is_none() || *on != corrected));
        match last {
            // What no calendar tells is not taken for granted: the full price stands until it is told.
            Some(None) => {
                let points = draft.points();
                draft.then(Step::SelfFoundUnknown, args, points, cites);
            }
            Some(Some(last)) if last < corrected => return Ok(()),
            _ => draft.multiply(Step::SelfFound, &args, own.factor, cites)?,
        }
        draft.steps.uses.extend(limit.map(|due| due.derivation));
        Ok(())
    }
}

/// Whether a veto of the clause makes the finding lose the whole item (S15), or a band of counts does (S7).
fn loses_item(clause: &Clause, finding: &Finding) -> bool {
    use ducha_rulebook::annex::clause::VetoEffect;
    clause.veto.iter().any(|veto| veto.effect == VetoEffect::LoseItem && veto_applies(veto, finding))
}

/// Whether a veto is about this finding.
pub(crate) fn veto_applies(veto: &ducha_rulebook::annex::clause::Veto, finding: &Finding) -> bool {
    veto.severity.as_ref().is_none_or(|level| finding.severity.as_ref() == Some(level))
        && veto.at_least.is_none_or(|least| finding.quantity.unwrap_or(Quantity::ONE) >= least)
}
