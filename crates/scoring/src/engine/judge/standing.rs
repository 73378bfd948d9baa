//! The standing that the assessment shows: tier, peak, distance (semantics §9.7).

use super::{
    Judge,
    crossing::{Crossed, is_of_records},
    ladders::Rungs,
    tier::Judgement,
    window::Win,
};
use crate::assessment::{Distance, Outcome, Peak, Standing, Step as Way, need};
use alloc::{boxed::Box, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Need, Points, Step, message::Args};
use ducha_rulebook::{
    annex::{
        ladder::{Judged, Ladder, Select, Tier},
        window::Window,
    },
    bound::Bounded,
};

impl<'a> Judge<'_, 'a> {
    /// The standings of a subject on every ladder, in order.
    pub(super) fn standings(&self, subject: u32) -> Vec<Standing<()>> {
        let mut standings = Vec::new();
        for (number, rungs) in self.ladders.all() {
            for rungs in rungs {
                let about = self.dossier.people.is_of(subject, &rungs.ladder.subjects);
                let Some(kind) = rungs.window.filter(|_| about) else { continue };
                // Nothing else of a standing tells of crossings.
                let shows = rungs.judged == Judged::EachRecord || matches!(kind, Window::Rolling(_));
                let crossed = if shows { self.crossed(number, subject) } else { Rc::default() };
                let has_ladder = |v| self.ladders.find(v, &rungs.ladder.id).is_some();
                for window in self.windows(rungs.version, kind, subject, false).iter().copied() {
                    if self.concerned(subject, window) && self.judges(rungs.version, window, has_ladder) {
                        standings.extend(self.standing(*rungs, subject, window, &crossed));
                    }
                }
            }
        }
        standings.sort_by(|a, b| (&a.ladder, &a.window).cmp(&(&b.ladder, &b.window)));
        standings
    }

    // semantics §9.7
    fn standing(
        &self,
        rungs: Rungs<'a>,
        subject: u32,
        window: Win,
        crossed: &Crossed<'a>,
    ) -> Option<Standing<()>> {
        let ladder = rungs.ladder;
        let mut judgement = self.judge(rungs, subject, window, self.dossier.as_of);
        if judgement.place.is_ok()
            && let Some(missing) = self.unjudged(window, crossed)
        {
            judgement = Judgement { place: Err(Box::new(missing.clone())), value: None, vetoed: false };
        }
        let tier = match &judgement.place {
            Ok(place) => match ladder.tier.get(*place) {
                Some(tier) => Outcome::Determined(tier.id.clone()),
                None => {
                    let args = Args::none().with("ladder", &ladder.name).with("value", Points::ZERO);
                    Outcome::Undetermined(need(Step::InNoTier, args))
                }
            },
            Err(missing) => Outcome::Undetermined((**missing).clone()),
        };
        Some(Standing {
            ladder: ladder.id.clone(),
            kind: ladder.kind,
            subject: self.dossier.people.id(subject)?.clone(),
            window: self.dossier.shown(window),
            tier,
            peak: self.peak(rungs, subject, window, crossed),
            provisional: window.is_open(self.dossier.as_of),
            version: rungs.version.name().into(),
            distance: distance(ladder, &judgement),
            derivation: (),
        })
    }

    /// Why the crossings of a rolling ladder cannot be told: on a day of the period on which something happened, the records
    /// do not reach back far enough (semantics §9.6, §13). Nothing fires on such a day, and so the standing says so.
    fn unjudged<'c>(&self, window: Win, crossed: &'c Crossed<'a>) -> Option<&'c Need> {
        if !matches!(window, Win::Rolling { .. }) {
            return None;
        }
        let inside = |day: NaiveDate| self.dossier.asked.period.is_none_or(|period| period.contains(day));
        crossed.unknown.iter().find(|(day, _)| inside(*day)).map(|(_, missing)| &**missing)
    }

    /// The gravest tier that was held within the window (of a rolling one: within the period), with its first day there.
    // semantics §9.7
    fn peak(&self, rungs: Rungs<'a>, subject: u32, window: Win, crossed: &Crossed<'a>) -> Option<Peak> {
        if rungs.judged == Judged::WindowEnd {
            return None;
        }
        let period = self.dossier.asked.period;
        let asked = period.map(|period| period.from);
        let (first, at_first) = match window {
            Win::Days { from, .. } => (Some(from), window),
            Win::Inspection { day, .. } => (Some(day), window),
            Win::Rolling { as_of } => (asked, Win::Rolling { as_of: asked.unwrap_or(as_of) }),
            Win::Ever { as_of } => (asked, Win::Ever { as_of: asked.unwrap_or(as_of) }),
        };
        let first_and_after = match window {
            Win::Days { from, until } => Some((from, until)),
            Win::Inspection { day, .. } => day.succ_opt().map(|next| (day, next)),
            Win::Rolling { .. } | Win::Ever { .. } => period.map(|period| (period.from, period.until)),
        };
        let up_to = |day: NaiveDate| crossed.crossings.partition_point(|crossing| crossing.on < day);
        let inside = match first_and_after {
            Some((first, after)) => up_to(first)..up_to(after),
            None => 0..crossed.crossings.len(),
        };
        let reached = crossed.crossings.get(inside).unwrap_or_default().iter();
        let reached = reached.max_by(|a, b| (a.place, b.on).cmp(&(b.place, a.on)));
        let reached = reached.map(|c| (c.place, c.on, c.tier));
        let peak = |(_, on, tier): (usize, NaiveDate, &Tier)| Peak { tier: tier.id.clone(), on };
        let Some(first) = first.filter(|first| *first <= self.dossier.as_of) else {
            return reached.map(peak);
        };
        // What was reached before the window began and is held into it counts from its first day.
        let held = match self.judge(rungs, subject, at_first, first).place {
            Err(missing) if is_of_records(&missing) => return None,
            Err(_) => None,
            Ok(place) => {
                let tier = rungs.ladder.tier.get(place).filter(|_| place > rungs.start);
                tier.map(|tier| (place, first, tier))
            }
        };
        let both = reached.into_iter().chain(held);
        both.max_by(|(a, x, _), (b, y, _)| (a, y).cmp(&(b, x))).map(peak)
    }
}

/// How far the value is from the bands beside its own.
// semantics §9.7
fn distance(ladder: &Ladder, judgement: &Judgement) -> Distance {
    let (Ok(place), Some(value), Select::Band) = (&judgement.place, judgement.value, ladder.select) else {
        return Distance::default();
    };
    // A veto holds whatever the value is.
    if judgement.vetoed {
        return Distance::default();
    }
    let before = place.checked_sub(1).and_then(|place| ladder.tier.get(place));
    let behind = ladder.tier.get(place.saturating_add(1));
    Distance {
        graver: behind.and_then(|tier| way(tier, value)),
        milder: before.and_then(|tier| way(tier, value)),
    }
}

/// How far the value is from the band of a tier.
fn way(tier: &Tier, value: Points) -> Option<Way> {
    let interval = tier.interval().ok()?;
    let end = match (interval.lower(), interval.upper()) {
        (Some(low), _) if low.is_above(value.decimal()) => low,
        (_, Some(high)) if high.is_below(value.decimal()) => high,
        _ => return None,
    };
    let points = Points::new(end.value()).minus(value).ok()?;
    let points = if points.is_negative() { Points::ZERO.minus(points).ok()? } else { points };
    Some(Way { tier: tier.id.clone(), points, suffices: end.is_included() })
}
