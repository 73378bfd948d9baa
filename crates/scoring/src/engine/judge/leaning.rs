//! Whether next year's notice of holidays may still change what a consequence rests on (semantics §18.1).
//!
//! It may where a number behind the consequence counts an entry whose price or day leans on a provisional day of the calendar.
//! Such entries are rare, and so the way back from a consequence to its entries is gone only where the subject has one.

use super::{
    Judge, Known,
    consequence::{Firing, Why},
    count::Counted,
    crossing::By,
    ladders::Rungs,
    tier::tier_of_value,
    window::Win,
};
use crate::versions::Version;
use alloc::{collections::BTreeSet, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::Money;
use ducha_rulebook::annex::{
    index::{Index, Over},
    ladder::{Condition, MeasureOf, Select},
    money::Formula,
    tally::{Tally, TallyKind},
};

/// The records whose entries of the subject lean on a provisional day, and the question from whom they come.
struct Leaning<'j, 'd, 'a> {
    judge: &'j Judge<'d, 'a>,
    records: Rc<BTreeSet<u32>>,
}

/// In which window, of whom, seen when.
#[derive(Clone, Copy)]
struct Seen {
    subject: u32,
    window: Win,
    as_of: NaiveDate,
}

impl<'a> Judge<'_, 'a> {
    /// Whether next year's notice may still change what a firing, or its money, rests on.
    pub(super) fn leans(&self, firing: &Firing<'a>, money: Option<&Known<Money>>) -> bool {
        let records = self.leaning(firing.subject);
        if records.is_empty() {
            return false;
        }
        let leaning = Leaning { judge: self, records };
        let by_cause = match firing.why {
            Why::Finding(live, _) => leaning.records.contains(&live),
            Why::Tier(crossing) => {
                let as_of = match crossing.by {
                    By::End => Some(self.dossier.as_of),
                    By::Day => Some(crossing.on),
                    // The event of a balance is told by its value alone.
                    By::Balance => None,
                };
                let seen = |as_of| Seen { subject: firing.subject, window: crossing.window, as_of };
                as_of.is_some_and(|as_of| leaning.in_tier(crossing.rungs, seen(as_of)))
            }
            Why::Ranking(..) => false,
        };
        by_cause || matches!(money, Some(Ok(_))) && leaning.in_money(firing)
    }
}

impl<'a> Leaning<'_, '_, 'a> {
    fn in_money(&self, firing: &Firing<'a>) -> bool {
        let rule = firing.consequence.money.as_ref();
        let Some(Formula::Tally { tally }) = rule.map(|rule| &rule.formula) else { return false };
        let Some(tally) = firing.version.tally(tally) else { return false };
        let Ok(window) = self.judge.money_window(firing, &tally.window) else { return false };
        let as_of = firing.on.max(window.last_day()).min(self.judge.dossier.as_of);
        self.in_tally(firing.version, tally, Seen { subject: firing.subject, window, as_of })
    }

    /// Whether a tier that was judged rests on one of the records.
    fn in_tier(&self, rungs: Rungs<'a>, seen: Seen) -> bool {
        let Ok(_deeper) = self.judge.deeper() else { return false };
        let Seen { subject, window, as_of } = seen;
        match rungs.ladder.select {
            Select::Band => rungs.ladder.on.as_ref().is_some_and(|on| {
                let value = self.judge.value_in(rungs.version, on, subject, window, as_of);
                // Where there is no tier by value, a veto alone forced the worst.
                value.is_ok_and(|value| tier_of_value(rungs.ladder, value).is_ok())
                    && self.in_measure(rungs.version, on, seen)
            }),
            Select::WorstMatching => {
                let met =
                    rungs.ladder.tier.iter().rev().filter(|tier| !tier.when.is_empty()).find_map(|tier| {
                        match self.judge.all_hold(rungs, tier, subject, window, as_of) {
                            Ok(false) => None,
                            Ok(true) => Some(Some(tier)),
                            Err(_) => Some(None),
                        }
                    });
                let conditions = met.flatten().into_iter().flat_map(|tier| &tier.when);
                conditions.into_iter().any(|condition| self.in_condition(rungs, condition, seen))
            }
        }
    }

    fn in_condition(&self, rungs: Rungs<'a>, condition: &'a Condition, seen: Seen) -> bool {
        if condition.ladder.is_some() && condition.tier.is_some() {
            let windows =
                self.judge.windows_looked_at(rungs, condition, seen.subject, seen.window, seen.as_of);
            return windows.unwrap_or_default().iter().any(|one| {
                let window = one.window;
                one.place.is_some() && self.in_tier(one.rungs, Seen { window, as_of: one.as_of, ..seen })
            });
        }
        let tally = condition.tally.as_ref();
        let of = if tally.is_some() || condition.index.is_some() {
            MeasureOf { tally: tally.cloned(), index: condition.index.clone() }
        } else {
            let of = condition.largest_of.as_ref().or(condition.count_of.as_ref());
            MeasureOf { tally: of.cloned(), index: None }
        };
        self.in_measure(rungs.version, &of, seen)
    }

    fn in_measure(&self, version: Version<'a>, of: &MeasureOf, seen: Seen) -> bool {
        let window = |kind| self.judge.window_like(version, kind, seen.subject, seen.window, seen.as_of);
        if let Some(tally) = of.tally.as_ref().and_then(|id| version.tally(id)) {
            window(&tally.window).is_ok_and(|window| self.in_tally(version, tally, Seen { window, ..seen }))
        } else if let Some(index) = of.index.as_ref().and_then(|id| version.index(id)) {
            window(&index.window).is_ok_and(|window| self.in_index(version, index, Seen { window, ..seen }))
        } else {
            false
        }
    }

    fn in_tally(&self, version: Version<'a>, tally: &'a Tally, seen: Seen) -> bool {
        let Seen { subject, window, as_of } = seen;
        let held = self.judge.tally(version, tally, subject, window, as_of);
        if held.value.is_err() {
            return false;
        }
        let named = match tally.kind {
            TallyKind::Sum => {
                let counted = self.judge.counted(version, tally, subject, window, as_of).unwrap_or_default();
                let there = counted.iter().filter(|one| !one.is_award || !held.awarded.is_zero());
                there.filter_map(Counted::live).collect::<Vec<u32>>()
            }
            TallyKind::Balance => {
                let last = window.last_day().min(as_of);
                let changes = self.judge.changes(version, tally, subject, last).unwrap_or_default();
                changes.iter().filter_map(|change| change.brought?.live()).collect()
            }
        };
        named.into_iter().chain(held.lost_all).any(|live| self.records.contains(&live))
    }

    fn in_index(&self, version: Version<'a>, index: &'a Index, seen: Seen) -> bool {
        let Ok(_deeper) = self.judge.deeper() else { return false };
        let Seen { subject, window, as_of } = seen;
        if self.judge.index(version, index, subject, window, as_of).is_err() {
            return false;
        }
        let last = window.last_day().min(as_of);
        let whose = match index.over {
            Some(Over::Members) => self.judge.members(subject, last),
            _ => alloc::vec![subject],
        };
        whose.into_iter().any(|subject| {
            let seen = Seen { subject, ..seen };
            let is_of =
                |kinds| index.over != Some(Over::Members) || self.judge.dossier.people.is_of(subject, kinds);
            index.of.iter().any(|component| {
                let part = self.judge.part(version, index, component, subject, window, as_of);
                if !matches!(part, Ok(Some(_))) {
                    return false;
                }
                let tally = component.tally.as_ref().and_then(|id| version.tally(id));
                let inner = component.index.as_ref().and_then(|id| version.index(id));
                match (tally, inner) {
                    (Some(tally), _) => is_of(&tally.subjects) && self.in_tally(version, tally, seen),
                    (None, Some(inner)) => is_of(&inner.subjects) && self.in_index(version, inner, seen),
                    (None, None) => false,
                }
            })
        })
    }
}
