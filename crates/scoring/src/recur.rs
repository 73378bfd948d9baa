//! Recurrence: how repetition raises the price (semantics §5; S9).

use crate::{
    admit::Admitted,
    assessment::{Entry, EntryKind},
    crossing::Crossing,
    draft::{Draft, line_of, same_clause, section_of},
    fold::Fold,
    window::{Visit, same_window},
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Matter, Need, RecordId, Step, message::Args, record::standard_fact};

impl<'a> Fold<'_, 'a> {
    /// Second pass: recurrence (semantics §5).
    pub(crate) fn recurring(
        &self,
        drafts: &mut [Draft<'a>],
        admitted: &[Admitted<'a>],
    ) -> Vec<(usize, Need)> {
        let mut failed = Vec::new();
        for at in 0..drafts.len() {
            let (before, rest) = drafts.split_at_mut(at);
            let Some(draft) = rest.first_mut() else { continue };
            if let Err(need) = self.recur(draft, before, admitted) {
                failed.push((draft.admitted.index, need));
            }
        }
        failed
    }

    // semantics §5
    fn recur(
        &self,
        draft: &mut Draft<'a>,
        before: &[Draft<'a>],
        admitted: &[Admitted<'a>],
    ) -> Result<(), Need> {
        let Some(clause) = draft.clause else { return Ok(()) };
        let version = draft.version();
        let policy =
            clause.recurrence.as_ref().and_then(|id| version.annex.recurrence.iter().find(|r| r.id == *id));
        let Some(policy) = policy else { return Ok(()) };
        if draft.kind != EntryKind::Deduction || draft.finding.is_none() {
            return Ok(());
        }
        let since = self.reset_on(draft, before, policy, admitted)?;
        let mut counted: Vec<&Draft<'a>> = Vec::new();
        for earlier in before {
            let counts = self.counts_for(draft, earlier, policy, admitted)?
                && since.is_none_or(|(day, order)| (earlier.day, earlier.order.0) > (day, order));
            if counts {
                counted.push(earlier);
            }
        }
        let times = occurrences(&counted, policy.counts);
        let last = policy.factors.last().copied().unwrap_or(ducha_core::Factor::ONE);
        let factor = policy.factors.get(times).copied().unwrap_or(last);
        if times == 0 && factor == ducha_core::Factor::ONE {
            return Ok(());
        }
        let records: Vec<&str> = counted.iter().map(|d| d.record().as_str()).collect();
        let args = Args::none().with("times", times.saturating_add(1)).with("records", records.join(", "));
        let step = if times == 0 { Step::FirstTime } else { Step::Recurrence };
        draft.multiply(step, &args, factor, alloc::vec![version.cite_rule("recurrence", &policy.id)])
    }

    /// Whether an earlier draft counts for the recurrence of a later one.
    // semantics §5
    fn counts_for(
        &self,
        draft: &Draft<'a>,
        earlier: &Draft<'a>,
        policy: &ducha_rulebook::annex::policy::Recurrence,
        admitted: &[Admitted<'a>],
    ) -> Result<bool, Need> {
        use ducha_rulebook::annex::policy::{Counts, KeyPart};
        if earlier.finding.is_none() {
            return Ok(false);
        }
        let place = |d: &Draft<'_>| d.finding.and_then(|f| f.place.clone());
        let same = |part: &KeyPart| match part {
            KeyPart::Subject => earlier.subject == draft.subject,
            KeyPart::Clause => same_clause(draft, earlier),
            KeyPart::Section => draft.clause.and_then(section_of) == earlier.clause.and_then(section_of),
            KeyPart::Line => {
                let line = |d: &Draft<'a>| d.clause.and_then(|c| line_of(d.version(), c));
                line(draft) == line(earlier)
            }
            KeyPart::Place => place(draft).is_some() && place(draft) == place(earlier),
            KeyPart::Inspector => {
                let who = |d: &Draft<'a>| d.finding.and_then(|f| f.inspector.as_ref());
                who(draft).is_some() && who(draft) == who(earlier)
            }
        };
        if !policy.key.iter().all(same) || (earlier.base.is_zero() && !policy.count_remarks) {
            return Ok(false);
        }
        let decided = match policy.counts {
            Counts::Inspections => earlier.moment.visit != draft.moment.visit,
            Counts::Findings => true,
            Counts::Decided => decided_on(earlier, admitted).is_some_and(|on| on <= draft.day),
        };
        Ok(decided
            && same_window(
                &policy.window,
                draft.version(),
                self.roster,
                &draft.subject,
                &earlier.moment,
                &draft.moment,
            )?)
    }

    /// The latest moment before the draft at which the count began anew.
    // semantics §5
    fn reset_on(
        &self,
        draft: &Draft<'a>,
        before: &[Draft<'a>],
        policy: &ducha_rulebook::annex::policy::Recurrence,
        admitted: &[Admitted<'a>],
    ) -> Result<Option<(NaiveDate, usize)>, Need> {
        let mut latest: Option<(NaiveDate, usize)> = None;
        for reset in &policy.reset {
            if let Some(kind) = &reset.fact {
                for (order, one) in admitted.iter().enumerate() {
                    let is_reset = matches!(&one.record.matter, Matter::Fact(f) if f.fact == *kind);
                    let earlier = (one.record.occurred_on, order) < (draft.day, draft.order.0);
                    if is_reset && earlier && one.record.subject == draft.subject {
                        latest = latest.max(Some((one.record.occurred_on, order)));
                    }
                }
            }
            if let (Some(ladder), Some(tier)) = (&reset.ladder, &reset.tier) {
                let reached = self.reached_before(draft, before, admitted, ladder, tier);
                latest = latest.max(reached);
            }
        }
        Ok(latest)
    }

    /// When the subject last reached a tier by the records before the draft: the evaluator asked about the past alone.
    fn reached_before(
        &self,
        draft: &Draft<'a>,
        before: &[Draft<'a>],
        admitted: &[Admitted<'a>],
        ladder: &ducha_core::LadderId,
        tier: &ducha_core::TierId,
    ) -> Option<(NaiveDate, usize)> {
        let past: Vec<Admitted<'a>> = admitted.iter().take(draft.order.0).copied().collect();
        let mut drafts = before.to_vec();
        let _ = Self::unrectified(&mut drafts, &past);
        drafts.retain(|d| (d.day, d.order.0) <= (draft.day, draft.order.0));
        drafts.sort_by_key(|d| (d.day, d.order));
        let _ = self.capped(&mut drafts, false);
        let orders: Vec<(RecordId, usize)> = drafts.iter().map(|d| (d.record().clone(), d.order.0)).collect();
        let entries: Vec<Entry> =
            drafts.into_iter().enumerate().map(|(n, d)| Self::entry(n, d, &past)).collect();
        let judge = crate::evaluate::Evaluation::of(self, &past, &entries, draft.day);
        // A window that ends on the draft's own day has not ended yet.
        let over = |c: &&Crossing| c.on < draft.day || !c.at_end;
        let crossed = judge.crossed(ladder, &draft.subject);
        // Who rises past the tier into a graver one has reached it, too (semantics §5).
        let place = |c: &Crossing| {
            let version = self.versions.iter().find(|v| v.number == c.version)?;
            version.ladder(ladder)?.tier.iter().position(|t| t.id == *tier)
        };
        let reached = |c: &&Crossing| {
            place(c).is_some_and(|asked| asked <= c.place && c.before.is_none_or(|before| before < asked))
        };
        let crossing = crossed.crossings.iter().rev().filter(over).find(reached)?;
        let order =
            crossing.record.as_ref().and_then(|r| orders.iter().find(|(id, _)| id == r).map(|(_, o)| *o));
        Some((crossing.on, order.unwrap_or(usize::MAX)))
    }
}

/// The day on which the case of a finding was decided: its own, or that of the first `decided` fact about it.
pub(crate) fn decided_on(draft: &Draft<'_>, admitted: &[Admitted<'_>]) -> Option<NaiveDate> {
    draft.finding?.decided_on.or_else(|| {
        admitted.iter().find_map(|one| match &one.record.matter {
            Matter::Fact(f)
                if f.fact.as_str() == standard_fact::DECIDED
                    && f.refers_to.as_ref() == Some(draft.record()) =>
            {
                Some(one.record.occurred_on)
            }
            _ => None,
        })
    })
}

/// How often it happened before: inspections each once, findings each.
fn occurrences(counted: &[&Draft<'_>], counts: ducha_rulebook::annex::policy::Counts) -> usize {
    use ducha_rulebook::annex::policy::Counts;
    match counts {
        Counts::Inspections => {
            let inspections: alloc::collections::BTreeSet<Visit<'_>> =
                counted.iter().map(|d| d.moment.visit).collect();
            inspections.len()
        }
        Counts::Findings | Counts::Decided => counted.len(),
    }
}
