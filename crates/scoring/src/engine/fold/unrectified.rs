//! What was not rectified costs again, as a supplementary entry of the same finding (semantics §4.6; art. 15).

use super::{Draft, Fold, Halt, Live, NoHeadRoom, Reckoned, Struck, adjust::LastDay};
use crate::{assessment::EntryKind, engine::scale::ScaledFactor};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{
    Factor,
    record::{Fact, standard_fact},
};

impl<'a> Fold<'_, 'a> {
    /// The supplementary entries of an entry, one for each time that it was found not to have been
    /// rectified; of the facts before a place, where one is given.
    // semantics §4.6
    pub(super) fn unrectified(
        &self,
        draft: &Draft,
        before: Option<u32>,
        extra: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        if draft.posting.kind != EntryKind::Deduction || !draft.of_finding || self.facts.about.is_empty() {
            return Ok(());
        }
        let Some(item) = self.tables.item(draft.posting.version, draft.posting.clause) else { return Ok(()) };
        let version = self.version(draft.posting.version);
        let Some(policy) = version.and_then(|v| v.annex.unrectified.get(item.unrectified as usize)) else {
            return Ok(());
        };
        let kind = policy.fact.as_ref().map_or(standard_fact::NOT_RECTIFIED, |fact| fact.as_str());
        let mut charged = Factor::ONE;
        for (k, (place, one, fact)) in (0_usize..).zip(self.facts_about(draft.posting.live, kind)) {
            if before.is_some_and(|before| before <= place) {
                break;
            }
            let Some(factor) = policy.factors.get(k).or(policy.factors.last()) else { continue };
            match self.supplement(draft, one, fact, k, *factor, charged) {
                Ok(supplement) => extra.push(supplement),
                Err(Halt::Refused(need)) => struck.push((one.index, *need)),
                Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
            }
            charged = charged.max(*factor);
        }
        Ok(())
    }

    fn supplement(
        &self,
        draft: &Draft,
        told: &Live<'a>,
        fact: &Fact,
        k: usize,
        factor: Factor,
        before: Factor,
    ) -> Reckoned<Draft> {
        let mut extra = *draft;
        extra.posting.kind = EntryKind::Unrectified;
        extra.posting.nth = u32::try_from(k).unwrap_or(u32::MAX).saturating_add(1);
        extra.loses_item = false;
        let reckoned = if fact.due_on.is_none() { self.rectify_by(draft) } else { None };
        let last = fact.due_on.or_else(|| reckoned.and_then(|last| last.on));
        extra.posting.day = day_after(last, draft.posting.day, told.record.occurred_on);
        extra.posting.leans |= reckoned.is_some_and(|last| last.provisional);
        // A later factor may be smaller; what was charged stays charged.
        let more = factor.minus(before).map_err(ducha_core::Need::from)?.max(Factor::ZERO);
        extra.times(ScaledFactor::of(more).ok_or(Halt::HeadRoom)?)?;
        Ok(extra)
    }

    /// The last day for rectification (art. 15).
    fn rectify_by(&self, draft: &Draft) -> Option<LastDay> {
        let one = self.live(draft.posting.live)?;
        let id = self.clause(&draft.posting)?.rectify.as_ref()?;
        let limit = self.version(draft.posting.version)?.limit(id)?;
        Some(self.last_day(one, limit.length, limit.roll, one.record.occurred_on))
    }
}

/// The day after a limit ran out; the day on which that was told, where no limit ran out between the act and it.
fn day_after(last: Option<NaiveDate>, act: NaiveDate, told: NaiveDate) -> NaiveDate {
    let day = last.and_then(|last| last.succ_opt()).filter(|day| act < *day && *day <= told);
    day.unwrap_or(told).max(act)
}
