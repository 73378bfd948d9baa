//! Recurrence: how repetition raises the price (semantics §5).

use super::{Draft, Fold, Reckoned};
use crate::{
    draft::{line_of, section_of},
    engine::{dossier::Visit, reach::Held, tables::Item},
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Matter, record::Finding};
use ducha_rulebook::annex::policy::{Counts, KeyPart, Recurrence};

impl<'a> Fold<'_, 'a> {
    /// Multiplies by the factor of the time that it is.
    // semantics §5
    pub(super) fn recur(&self, draft: &mut Draft, item: &Item, before: &[Draft]) -> Reckoned<()> {
        let version = self.version(draft.posting.version);
        let table = self
            .tables
            .version(draft.posting.version)
            .and_then(|v| v.recurrences.get(item.recurrence as usize));
        let policy = version.and_then(|v| v.annex.recurrence.get(item.recurrence as usize));
        let (Some(version), Some(table), Some(policy)) = (version, table, policy) else { return Ok(()) };
        let Some(last) = table.factors.len().checked_sub(1) else { return Ok(()) };
        let mut candidates = before.iter().rev().filter(|earlier| {
            earlier.of_finding
                && (earlier.base != 0 || policy.count_remarks)
                && (!table.by_subject || earlier.posting.subject == draft.posting.subject)
                && (!table.by_clause || self.code_of(earlier).is_some_and(|code| item.kin.contains(&code)))
                && self.same_key(draft, earlier, policy)
        });
        // Nothing is asked of windows and resets where nothing could be counted.
        let mut times = 0_usize;
        if let Some(latest) = candidates.next() {
            let posting = &draft.posting;
            let mut frame = None;
            let mut since = None;
            let mut visits: Vec<Visit> = Vec::new();
            for earlier in core::iter::once(latest).chain(candidates) {
                let counts = match policy.counts {
                    Counts::Inspections => earlier.visit() != draft.visit(),
                    Counts::Findings => true,
                    Counts::Decided => earlier.posting.decided_on.is_some_and(|on| on <= posting.day),
                };
                if !counts {
                    continue;
                }
                let frame = match frame {
                    Some(frame) => frame,
                    None => {
                        let found = table.window.frame(
                            version,
                            self.people,
                            posting.subject,
                            posting.day,
                            posting.visit,
                        )?;
                        *frame.insert(found)
                    }
                };
                match frame.holds(earlier.posting.day, earlier.visit()) {
                    Held::Yes => {}
                    Held::No => continue,
                    Held::Past => break,
                }
                let since = *since.get_or_insert_with(|| self.reset_on(draft, before, policy));
                if since.is_some_and(|since| (earlier.posting.day, earlier.posting.live) <= since) {
                    break;
                }
                if policy.counts == Counts::Inspections {
                    if visits.contains(&earlier.visit()) {
                        continue;
                    }
                    visits.push(earlier.visit());
                }
                times = times.saturating_add(1);
                // The last factor holds on.
                if times >= last {
                    break;
                }
            }
        }
        match table.factors.get(times.min(last)) {
            Some(factor) => draft.times(*factor),
            None => Ok(()),
        }
    }

    /// Whether what the policy asks for beside subject and clause is the same.
    fn same_key(&self, draft: &Draft, earlier: &Draft, policy: &Recurrence) -> bool {
        policy.key.iter().all(|part| match part {
            KeyPart::Subject | KeyPart::Clause => true,
            KeyPart::Section => {
                let section = |of: &Draft| self.clause(&of.posting).and_then(section_of);
                section(draft) == section(earlier)
            }
            KeyPart::Line => {
                let line = |of: &Draft| {
                    self.version(of.posting.version)
                        .zip(self.clause(&of.posting))
                        .and_then(|(v, c)| line_of(v, c))
                };
                line(draft) == line(earlier)
            }
            KeyPart::Place => {
                let place = |of: &Draft| self.finding(of).and_then(|finding| finding.place.as_deref());
                place(draft).is_some() && place(draft) == place(earlier)
            }
            KeyPart::Inspector => {
                let who = |of: &Draft| self.finding(of).and_then(|finding| finding.inspector.as_ref());
                who(draft).is_some() && who(draft) == who(earlier)
            }
        })
    }

    fn finding(&self, draft: &Draft) -> Option<&'a Finding> {
        match &self.live(draft.posting.live)?.record.matter {
            Matter::Finding(finding) => Some(finding),
            _ => None,
        }
    }

    /// The latest moment before the draft at which the count began anew.
    // semantics §5
    fn reset_on(&self, draft: &Draft, before: &[Draft], policy: &Recurrence) -> Option<(NaiveDate, u32)> {
        let mut latest = None;
        for reset in &policy.reset {
            if let Some(kind) = &reset.fact {
                let earlier = self.facts.of_subject(draft.posting.subject).rev();
                let mut earlier = earlier.skip_while(|place| *place >= draft.posting.live);
                let found = earlier.find_map(|place| {
                    let one = self.live(place)?;
                    let is_reset = matches!(&one.record.matter, Matter::Fact(fact) if fact.fact == *kind);
                    is_reset.then_some((one.record.occurred_on, place))
                });
                latest = latest.max(found);
            }
            if let (Some(ladder), Some(tier)) = (&reset.ladder, &reset.tier) {
                latest = latest.max(self.reached_before(draft, before, ladder, tier));
            }
        }
        latest
    }
}
