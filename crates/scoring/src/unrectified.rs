//! What was not rectified costs again; and until when it was to be rectified (semantics §4.6; S9; art. 15).

use crate::{
    admit::Admitted,
    assessment::{Due, EntryKind},
    draft::Draft,
    due::due,
    fold::Fold,
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{
    Matter, Need, Step,
    message::Args,
    record::{Fact, standard_fact},
};

impl<'a> Fold<'_, 'a> {
    /// Third pass: what was not rectified costs again, as a supplementary entry of the same finding.
    // semantics §4.6
    pub(crate) fn unrectified(drafts: &mut Vec<Draft<'a>>, admitted: &[Admitted<'a>]) -> Vec<(usize, Need)> {
        let mut failed = Vec::new();
        let mut extra = Vec::new();
        for draft in drafts.iter().filter(|d| d.kind == EntryKind::Deduction && d.finding.is_some()) {
            let Some(clause) = draft.clause else { continue };
            let version = draft.version();
            let policy = clause
                .unrectified
                .as_ref()
                .and_then(|id| version.annex.unrectified.iter().find(|u| u.id == *id));
            let Some(policy) = policy else { continue };
            let kind = policy.fact.as_ref().map_or(standard_fact::NOT_RECTIFIED, |f| f.as_str());
            let rechecks = admitted.iter().filter_map(|one| match &one.record.matter {
                Matter::Fact(f)
                    if f.fact.as_str() == kind && f.refers_to.as_ref() == Some(draft.record()) =>
                {
                    Some((*one, f))
                }
                _ => None,
            });
            let mut before = ducha_core::Factor::ONE;
            for (k, (one, fact)) in rechecks.enumerate() {
                let Some(factor) = policy.factors.get(k).or(policy.factors.last()) else { continue };
                match Self::supplement(draft, one, fact, k, *factor, before, policy) {
                    Ok(supplement) => extra.push(supplement),
                    Err(need) => failed.push((one.index, need)),
                }
                before = before.max(*factor);
            }
        }
        drafts.extend(extra);
        failed
    }

    #[allow(clippy::too_many_arguments, reason = "each is a different fact of one supplementary entry")]
    fn supplement(
        draft: &Draft<'a>,
        one: Admitted<'a>,
        fact: &Fact,
        k: usize,
        factor: ducha_core::Factor,
        before: ducha_core::Factor,
        policy: &ducha_rulebook::annex::policy::Unrectified,
    ) -> Result<Draft<'a>, Need> {
        let mut extra = draft.clone();
        extra.kind = EntryKind::Unrectified;
        extra.order = (draft.order.0, k.saturating_add(1));
        let reckoned = if fact.due_on.is_none() { Self::rectify_by(draft) } else { None };
        extra.day = Self::day_after_limit(draft, one, fact, reckoned.as_ref());
        extra.moment.day = extra.day;
        extra.loses_item = false;
        // A later factor may be smaller (`check` warns); what was charged stays charged.
        let more = factor.minus(before)?.max(ducha_core::Factor::ZERO);
        let args = Args::none()
            .with("record", &one.record.id)
            .with("whole", factor.decimal())
            .with("day", extra.day);
        extra.multiply(
            Step::Unrectified,
            &args,
            more,
            alloc::vec![draft.version().cite_rule("unrectified", &policy.id)],
        )?;
        extra.steps.uses.extend(reckoned.map(|due| due.derivation));
        Ok(extra)
    }

    /// The day after the time limit ran out: as the fact says, else reckoned from the clause's limit, else the fact's day.
    fn day_after_limit(
        draft: &Draft<'a>,
        one: Admitted<'a>,
        fact: &Fact,
        reckoned: Option<&Due>,
    ) -> NaiveDate {
        let last = fact.due_on.or_else(|| reckoned.and_then(|due| due.on));
        last.and_then(|day| day.succ_opt())
            // No limit runs out before the act, nor after it was found to have run out.
            .filter(|day| draft.day < *day && *day <= one.record.occurred_on)
            .unwrap_or(one.record.occurred_on)
            .max(draft.day)
    }

    /// The last day for rectification (art. 15).
    pub(crate) fn rectify_by(draft: &Draft<'a>) -> Option<Due> {
        let version = draft.version();
        let limit = version.limit(draft.clause?.rectify.as_ref()?)?;
        let record = draft.admitted.record;
        Some(due(version, limit, (record.occurred_on, record.occurred_at)))
    }
}
