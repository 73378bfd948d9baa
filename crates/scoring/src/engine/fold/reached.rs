//! When a subject reached a tier by the records before a finding: the count of a recurrence may begin anew with that (semantics §5).
//!
//! The judge is asked about the past alone, so that recurrence and tiers make no cycle. It is dear, and asked only where a
//! finding would recur.

use super::{Draft, Fold};
use crate::{
    engine::{
        dossier::{Dossier, Layout, Posting},
        judge::Judge,
    },
    versions::Versions,
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{LadderId, Matter, TierId, record::standard_fact};

impl<'a> Fold<'_, 'a> {
    /// The last moment before the draft at which its subject reached the tier.
    // semantics §5
    pub(super) fn reached_before(
        &self,
        draft: &Draft,
        before: &[Draft],
        ladder: &LadderId,
        tier: &TierId,
    ) -> Option<(NaiveDate, u32)> {
        let (day, place) = (draft.posting.day, draft.posting.live);
        let mut drafts = before.to_vec();
        let mut supplements = Vec::new();
        for earlier in before {
            // What cannot be reckoned is told when its own record is priced.
            let _ = self.unrectified(earlier, Some(place), &mut supplements, &mut Vec::new());
        }
        drafts.append(&mut supplements);
        drafts.retain(|one| (one.posting.day, one.posting.live) <= (day, place));
        drafts.sort_by_key(|one| one.posting.key());
        let _ = self.second_sweep(0, &mut drafts, &mut Vec::new());
        let mut postings: Vec<Posting> = drafts.into_iter().map(|one| one.posting).collect();
        for (number, posting) in (0_u32..).zip(&mut postings) {
            posting.number = number;
            posting.decided_on = self.decided_before(posting, place);
        }
        let past = self.live.get(..place as usize).unwrap_or_default();
        let dossier = Dossier::laid_out(Layout {
            scorer: self.scorer,
            versions: Versions::known(&self.scorer.books, self.question.known_on),
            asked: self.question.clone(),
            as_of: day,
            beside: None,
            people: self.people.clone(),
            inspections: self.inspections.to_vec(),
            live: past.to_vec(),
            postings,
            about: self.facts.about.iter().copied().filter(|(_, fact)| *fact < place).collect(),
        });
        let judge = Judge::new(&dossier);
        let (on, record) = judge.last_reached(ladder, tier, draft.posting.subject, day)?;
        Some((on, record.unwrap_or(u32::MAX)))
    }

    /// The day of the decision as far as it was on record before a place.
    fn decided_before(&self, posting: &Posting, place: u32) -> Option<NaiveDate> {
        let Matter::Finding(finding) = &self.live(posting.live)?.record.matter else { return None };
        finding.decided_on.or_else(|| {
            let mut facts = self.facts_about(posting.live, standard_fact::DECIDED);
            facts.next().filter(|(fact, ..)| *fact < place).map(|(_, one, _)| one.record.occurred_on)
        })
    }
}
