//! Tiers: which one a subject stands on (semantics §9.1–§9.5, §10).

use super::{Judge, Known, ladders::Rungs, missing, window::Win};
use crate::versions::Version;
use alloc::{boxed::Box, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Need, Points, Step, message::Args};
use ducha_rulebook::{
    annex::{
        ladder::{Ladder, MeasureOf, Select, Tier},
        window::{NamedWindow, Window},
    },
    bound::Bounded,
};

/// A tier as it was judged.
pub(super) struct Judgement {
    /// Its place on the ladder.
    pub(super) place: Known<usize>,
    /// The value that it was judged by.
    pub(super) value: Option<Points>,
    /// Whether a veto had the last word.
    pub(super) vetoed: bool,
}

impl<'a> Judge<'_, 'a> {
    /// The tier of a subject in a window, as of a day.
    pub(super) fn judge(&self, rungs: Rungs<'a>, subject: u32, window: Win, as_of: NaiveDate) -> Judgement {
        let found = match rungs.ladder.select {
            Select::Band => self.by_band(rungs, subject, window, as_of),
            Select::WorstMatching => self.worst_matching(rungs, subject, window, as_of),
        };
        let judged = match found {
            Ok((place, value)) => self
                .overridden(rungs, subject, window, as_of, place)
                .map(|(place, vetoed)| (place, value, vetoed.is_some())),
            // A veto forces the worst tier although the value cannot be known.
            Err(missing) => match self.overridden(rungs, subject, window, as_of, 0) {
                Ok((place, Some(Step::VetoWorst))) => Ok((place, None, true)),
                Ok(_) => Err(missing),
                Err(worse) => Err(worse),
            },
        };
        match judged {
            Ok((place, value, vetoed)) => Judgement { place: Ok(place), value, vetoed },
            Err(missing) => Judgement { place: Err(missing), value: None, vetoed: false },
        }
    }

    /// The value of a measure in the window that holds the last day of another.
    // semantics §9.1
    pub(super) fn value_in(
        &self,
        version: Version<'a>,
        of: &MeasureOf,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Points> {
        if let Some(tally) = of.tally.as_ref().and_then(|id| version.tally(id)) {
            let window = self.window_like(version, &tally.window, subject, window, as_of)?;
            self.tally(version, tally, subject, window, as_of).value
        } else if let Some(index) = of.index.as_ref().and_then(|id| version.index(id)) {
            let window = self.window_like(version, &index.window, subject, window, as_of)?;
            self.index(version, index, subject, window, as_of)
        } else {
            Err(no_rule(""))
        }
    }

    /// The window of another kind that holds the last day of this one.
    pub(super) fn window_like(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Win> {
        let last = window.last_day();
        let day = last.min(as_of);
        match (kind, window) {
            (Window::Named(NamedWindow::Inspection), Win::Inspection { .. }) => Ok(window),
            (Window::Rolling(_), _) => Ok(Win::Rolling { as_of: day }),
            (Window::Named(NamedWindow::Ever), _) => Ok(Win::Ever { as_of: day }),
            (_, Win::Days { from, .. }) => self.window_of(version, kind, subject, day.max(from), None),
            _ => self.window_of(version, kind, subject, last, None),
        }
    }

    // semantics §9.2
    fn by_band(
        &self,
        rungs: Rungs<'a>,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<(usize, Option<Points>)> {
        let _deeper = self.deeper()?;
        let on = rungs.ladder.on.as_ref().ok_or_else(|| no_rule(rungs.ladder.id.as_str()))?;
        let value = self.value_in(rungs.version, on, subject, window, as_of)?;
        Ok((tier_of_value(rungs.ladder, value)?, Some(value)))
    }

    // semantics §9.3
    fn worst_matching(
        &self,
        rungs: Rungs<'a>,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<(usize, Option<Points>)> {
        let _deeper = self.deeper()?;
        let ladder = rungs.ladder;
        let on = ladder.on.as_ref();
        let value = on.and_then(|on| self.value_in(rungs.version, on, subject, window, as_of).ok());
        for (place, tier) in ladder.tier.iter().enumerate().rev() {
            if !tier.when.is_empty() && self.all_hold(rungs, tier, subject, window, as_of)? {
                return Ok((place, value));
            }
        }
        let otherwise = ladder.tier.iter().position(|tier| tier.otherwise);
        otherwise.map(|place| (place, value)).ok_or_else(|| in_no_tier(ladder, value.unwrap_or_default()))
    }

    /// Whether all conditions of a tier hold: one that fails decides, whatever cannot be known of the others.
    pub(super) fn all_hold(
        &self,
        rungs: Rungs<'a>,
        tier: &'a Tier,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<bool> {
        let mut open = None;
        for condition in &tier.when {
            match self.condition(rungs, condition, subject, window, as_of) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(missing) => open = open.or(Some(missing)),
            }
        }
        open.map_or(Ok(true), Err)
    }

    /// Vetoes come last: the worst tier, or some tiers down. With the step that had the last word.
    // semantics §9.5
    pub(super) fn overridden(
        &self,
        rungs: Rungs<'a>,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
        place: usize,
    ) -> Known<(usize, Option<Step>)> {
        let fall = self.fall(rungs, subject, window, as_of)?;
        let worst = rungs.ladder.tier.len().saturating_sub(1);
        let is_there = |place: usize| place < rungs.ladder.tier.len();
        let (mut place, mut last) = (place, None);
        if let Some(tiers) = fall.tiers {
            place = place.saturating_add(usize::try_from(tiers).unwrap_or(usize::MAX)).min(worst);
            last = is_there(place).then_some(Step::VetoDown);
        }
        if fall.worst {
            place = worst;
            last = is_there(place).then_some(Step::VetoWorst).or(last);
        }
        Ok((place, last))
    }
}

/// The tier in whose band a value lies.
// semantics §9.2
pub(super) fn tier_of_value(ladder: &Ladder, value: Points) -> Known<usize> {
    let holds = |tier: &Tier| !tier.otherwise && tier.holds(value.decimal());
    let mut holding = ladder.tier.iter().enumerate().filter(|(_, tier)| holds(tier));
    let Some((first, tier)) = holding.next() else {
        let otherwise = ladder.tier.iter().position(|tier| tier.otherwise);
        return otherwise.ok_or_else(|| in_no_tier(ladder, value));
    };
    // An overlap is refused by `check`; where the real rules have one, nobody can say which tier holds.
    let others: Vec<&str> = holding.map(|(_, tier)| tier.id.as_str()).collect();
    if others.is_empty() {
        return Ok(first);
    }
    let tiers = alloc::format!("{}, {}", tier.id, others.join(", "));
    let args = Args::none().with("ladder", &ladder.name).with("value", value).with("tiers", tiers);
    Err(missing(Step::InSeveralTiers, args))
}

fn in_no_tier(ladder: &Ladder, value: Points) -> Box<Need> {
    missing(Step::InNoTier, Args::none().with("ladder", &ladder.name).with("value", value))
}

/// That a rule of this id is not there.
pub(super) fn no_rule(id: &str) -> Box<Need> {
    missing(Step::RuleMissing, Args::none().with("id", id))
}
