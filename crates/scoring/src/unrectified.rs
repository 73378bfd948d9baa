//! What was not rectified costs again; and until when it was to be rectified (semantics §4, §17; S9; art. 15).

use crate::{
    admit::Admitted,
    assessment::{Due, EntryKind},
    draft::Draft,
    fold::Fold,
    versions::Version,
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_calendar::{Knowledge, deadline};
use ducha_core::{
    Derivation, Matter, Need, Step, Value,
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
        extra.day = Self::day_after_limit(draft, one, fact);
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
        Ok(extra)
    }

    /// The day after the time limit ran out: as the fact says, else reckoned from the clause's limit, else the fact's day.
    fn day_after_limit(draft: &Draft<'a>, one: Admitted<'a>, fact: &Fact) -> NaiveDate {
        let stated = fact.due_on;
        let reckoned = || Self::rectify_by(draft).and_then(|due| due.on);
        let last = stated.or_else(reckoned);
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
        Some(due(version, limit, draft.admitted.record.occurred_on))
    }
}

/// The length of a limit in both languages.
pub(crate) fn length_text(length: ducha_calendar::TimeLimit) -> ducha_core::Label {
    ducha_core::Label::new(length.to_text(ducha_calendar::Lang::Zh), length.to_text(ducha_calendar::Lang::En))
}

/// The last day of a limit that begins on a day, with how it was reckoned.
// semantics §17
pub(crate) fn due(version: Version<'_>, limit: &ducha_rulebook::annex::duty::Limit, start: NaiveDate) -> Due {
    let cites = || [version.cite_rule("limit", &limit.id)];
    let args = || {
        Args::none()
            .with("limit", &limit.name)
            .with("length", &length_text(limit.length))
            .with("start", start)
    };
    match deadline(start, limit.length, limit.roll, version.calendar()) {
        Ok(found) => {
            let steps = found.steps.iter().map(|step| {
                let text = ducha_core::Label::new(
                    step.text(ducha_calendar::Lang::Zh),
                    step.text(ducha_calendar::Lang::En),
                );
                let cites = step.citation().map(|c| ducha_core::Citation::Law {
                    name: ducha_core::Label::new(
                        c.text(ducha_calendar::Lang::Zh),
                        c.text(ducha_calendar::Lang::En),
                    ),
                    section: alloc::string::String::new(),
                });
                Derivation::new(Step::CalendarStep, Args::none().with("text", &text), Value::None)
                    .citing(cites)
            });
            let provisional = found.knowledge == Knowledge::Provisional;
            let step = if provisional { Step::DueProvisional } else { Step::DueOn };
            Due {
                on: Some(found.due),
                provisional,
                derivation: Derivation::new(step, args().with("due", found.due), Value::None)
                    .citing(cites())
                    .using(steps),
            }
        }
        Err(error) => {
            let why = ducha_core::Label::new(
                error.text(ducha_calendar::Lang::Zh),
                error.text(ducha_calendar::Lang::En),
            );
            Due {
                on: None,
                provisional: false,
                derivation: Derivation::new(Step::DueUnknown, args().with("why", &why), Value::None)
                    .citing(cites()),
            }
        }
    }
}
