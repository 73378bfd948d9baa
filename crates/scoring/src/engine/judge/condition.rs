//! Conditions of tiers: a value within bounds, or a tier reached in k of the last n windows (semantics §9.3, §9.4; shape S20).

use super::{Judge, Known, ladders::Rungs, tier::no_rule, window::Win};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Points, TallyId};
use ducha_rulebook::{
    annex::ladder::{Condition, Gaps, MeasureOf},
    bound::Bounded,
};

/// A window of another ladder, and the tier in it.
pub(super) struct Looked<'a> {
    pub(super) rungs: Rungs<'a>,
    pub(super) window: Win,
    pub(super) as_of: NaiveDate,
    /// Nothing in a gap.
    pub(super) place: Option<usize>,
}

impl<'a> Judge<'_, 'a> {
    /// Whether a condition holds.
    // semantics §9.3
    pub(super) fn condition(
        &self,
        rungs: Rungs<'a>,
        condition: &'a Condition,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<bool> {
        if condition.ladder.is_some() && condition.tier.is_some() {
            return self.in_windows(rungs, condition, subject, window, as_of);
        }
        let value = if condition.tally.is_some() || condition.index.is_some() {
            let of = MeasureOf { tally: condition.tally.clone(), index: condition.index.clone() };
            self.value_in(rungs.version, &of, subject, window, as_of)?
        } else {
            let single = condition.largest_of.is_some();
            let id = if single { &condition.largest_of } else { &condition.count_of };
            self.of_entries(rungs, single, id.as_ref(), subject, window, as_of)?
        };
        Ok(condition.interval().is_ok_and(|interval| interval.contains(value.decimal())))
    }

    /// The largest single entry of a tally, or the number of its entries that count.
    fn of_entries(
        &self,
        rungs: Rungs<'a>,
        single: bool,
        id: Option<&TallyId>,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Points> {
        let version = rungs.version;
        let of = MeasureOf { tally: id.cloned(), index: None };
        // Asked for its completeness first: what is not complete has no largest entry.
        self.value_in(version, &of, subject, window, as_of)?;
        let tally = id.and_then(|id| version.tally(id)).ok_or_else(|| no_rule(rungs.ladder.id.as_str()))?;
        let window = self.window_like(version, &tally.window, subject, window, as_of)?;
        let counted = self.counted(version, tally, subject, window, as_of)?;
        let entries = counted.iter().filter(|one| !one.is_award);
        Ok(if single {
            entries.map(|one| one.points).max().unwrap_or_default()
        } else {
            // What costs nothing here is a finding perhaps, but no deduction (semantics §11).
            let entries = entries.filter(|one| !one.points.is_zero());
            Points::from(u32::try_from(entries.count()).unwrap_or(u32::MAX))
        })
    }

    /// Whether a tier was reached in k of the last n closed windows, the assessed one included.
    // semantics §9.4
    fn in_windows(
        &self,
        rungs: Rungs<'a>,
        condition: &'a Condition,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<bool> {
        let looked_at = self.windows_looked_at(rungs, condition, subject, window, as_of)?;
        let hit = |one: &&Looked<'a>| {
            let asked = one.rungs.ladder.tier.iter().position(|t| Some(&t.id) == condition.tier.as_ref());
            let reached = one.place.zip(asked);
            reached.is_some_and(|(place, asked)| place == asked || (condition.or_worse && place > asked))
        };
        let met = looked_at.iter().filter(hit).count();
        Ok(condition.windows.unwrap_or(1) <= u32::try_from(met).unwrap_or(u32::MAX))
    }

    /// The last windows of another ladder, gaps included, from the one that holds the last day of this window backwards.
    // semantics §9.4
    pub(super) fn windows_looked_at(
        &self,
        rungs: Rungs<'a>,
        condition: &Condition,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Vec<Looked<'a>>> {
        let _deeper = self.deeper()?;
        let version = rungs.version;
        let other = condition.ladder.as_ref().ok_or_else(|| no_rule(""))?;
        let ladder = self.ladders.find(version, other).ok_or_else(|| no_rule(other.as_str()))?;
        let kind = ladder.window.ok_or_else(|| no_rule(other.as_str()))?;
        let out_of = condition.out_of.or(condition.windows).unwrap_or(1).max(1);
        let mut at = self.window_like(version, kind, subject, window, as_of)?;
        let mut looked_at = Vec::new();
        let mut seen = 0_u32;
        // Skipped windows reach further back, but not for ever.
        for _ in 0..out_of.saturating_add(36) {
            if seen >= out_of {
                break;
            }
            let as_of = as_of.max(at.last_day());
            // Each window by the version that judges it; where there is none, or no subject yet, there is a gap.
            let judging = self.dossier.versions.judging(at.last_day());
            let by = judging.map(|judging| self.ladders.find(judging, other).unwrap_or(ladder));
            let by = by.filter(|_| self.concerned(subject, at));
            let place = by.and_then(|by| self.judge(by, subject, at, as_of).place.ok());
            looked_at.push(Looked { rungs: by.unwrap_or(ladder), window: at, as_of, place });
            if place.is_some() || condition.gaps != Some(Gaps::Skip) {
                seen = seen.saturating_add(1);
            }
            let Win::Days { from, .. } = at else { break };
            let Some(before) = from.pred_opt() else { break };
            let Ok(earlier) = self.window_of(version, kind, subject, before, None) else { break };
            at = earlier;
        }
        Ok(looked_at)
    }
}
