//! The standing that the assessment shows: tier, peak, distance (semantics §9.7).

use crate::{
    assessment::{Distance, Outcome, Peak, Standing, Step as Way, WindowOf, need},
    complete::is_of_records,
    crossing::{Crossed, Crossing, start_place},
    evaluate::Evaluation,
    tier::Judgement,
    versions::Version,
};
use chrono::NaiveDate;
use ducha_core::{Derivation, Need, Points, Step, SubjectId, message::Args};
use ducha_rulebook::{
    annex::{
        ladder::{Judged, Ladder, Select, Tier},
        window::Window,
    },
    bound::Bounded,
};

impl<'a> Evaluation<'_, 'a> {
    /// The standing of a subject on a ladder in a window.
    // semantics §9.7
    pub(crate) fn standing(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        crossed: &Crossed,
    ) -> Standing {
        let as_of = self.as_of;
        let judgement = self.judge(version, ladder, subject, window, as_of);
        let judgement = match self.unjudged(window, crossed) {
            Some(missing) if judgement.place.value().is_some() => {
                let args = Args::none().with("ladder", &ladder.name).with("window", window.text());
                let steps = [crate::tally::because(&missing), judgement.derivation];
                let derivation =
                    Derivation::new(Step::TierUndetermined, args, crate::tally::undetermined(&missing))
                        .using(steps);
                Judgement { place: Outcome::Undetermined(missing), value: None, derivation }
            }
            _ => judgement,
        };
        let tier = match &judgement.place {
            Outcome::Determined(place) => match ladder.tier.get(*place) {
                Some(tier) => Outcome::Determined(tier.id.clone()),
                None => Outcome::Undetermined(need(
                    Step::InNoTier,
                    Args::none().with("ladder", &ladder.name).with("value", Points::ZERO),
                )),
            },
            Outcome::Undetermined(missing) => Outcome::Undetermined(missing.clone()),
        };
        Standing {
            ladder: ladder.id.clone(),
            kind: ladder.kind,
            subject: subject.clone(),
            window: window.clone(),
            tier,
            peak: self.peak(version, ladder, subject, window, crossed),
            provisional: matches!(window, WindowOf::Days { period } if as_of < period.last_day()),
            version: version.name().into(),
            distance: distance(ladder, &judgement),
            derivation: judgement.derivation,
        }
    }

    /// Whether a standing tells of crossings: of the peak of a ladder judged on each record, of what is missing in a rolling window.
    pub(crate) fn shows_crossings(version: Version<'a>, ladder: &'a Ladder, kind: &Window) -> bool {
        Self::judged(version, ladder) == Judged::EachRecord || matches!(kind, Window::Rolling(_))
    }

    /// Why the crossings of a rolling ladder cannot be told: on a day of the period on which something happened, the records
    /// do not reach back far enough (semantics §9.6, §13). Nothing fires on such a day, and so the standing says so.
    fn unjudged(&self, window: &WindowOf, crossed: &Crossed) -> Option<Need> {
        if !matches!(window, WindowOf::Rolling { .. }) {
            return None;
        }
        let inside = |day: NaiveDate| self.request.period.is_none_or(|period| period.contains(day));
        crossed.unknown.iter().find(|(day, _)| inside(*day)).map(|(_, missing)| missing.clone())
    }

    /// The gravest tier that was held within the window (of a rolling one: within the period), with its first day there.
    // semantics §9.7
    fn peak(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        crossed: &Crossed,
    ) -> Option<Peak> {
        if Self::judged(version, ladder) == Judged::WindowEnd {
            return None;
        }
        let asked = self.request.period.map(|period| period.from);
        let (first, at_first) = match window {
            WindowOf::Days { period } => (Some(period.from), window.clone()),
            WindowOf::Inspection { day, .. } => (Some(*day), window.clone()),
            WindowOf::Rolling { as_of } => (asked, WindowOf::Rolling { as_of: asked.unwrap_or(*as_of) }),
            WindowOf::Ever { as_of } => (asked, WindowOf::Ever { as_of: asked.unwrap_or(*as_of) }),
        };
        let inside = |c: &&Crossing| match (window, &self.request.period) {
            (WindowOf::Days { period }, _) => period.contains(c.on),
            (WindowOf::Inspection { day, .. }, _) => c.on == *day,
            (_, Some(period)) => period.contains(c.on),
            (_, None) => true,
        };
        let reached = crossed.crossings.iter().filter(inside);
        let reached = reached.max_by(|a, b| (a.place, b.on).cmp(&(b.place, a.on)));
        let reached = reached.map(|c| (c.place, Peak { tier: c.tier.clone(), on: c.on }));
        let Some(first) = first.filter(|first| *first <= self.as_of) else {
            return reached.map(|(_, peak)| peak);
        };
        // What was reached before the window began and is held into it counts from its first day.
        let held = match self.judge(version, ladder, subject, &at_first, first).place {
            Outcome::Undetermined(missing) if is_of_records(&missing) => return None,
            Outcome::Undetermined(_) => None,
            Outcome::Determined(place) => {
                let tier = ladder.tier.get(place);
                let start = start_place(version, ladder);
                let tier = tier.filter(|_| place > start);
                tier.map(|tier| (place, Peak { tier: tier.id.clone(), on: first }))
            }
        };
        let both = reached.into_iter().chain(held);
        both.max_by(|(a, x), (b, y)| (a, y.on).cmp(&(b, x.on))).map(|(_, peak)| peak)
    }
}

/// How far the value is from the bands beside its own.
// semantics §9.7
fn distance(ladder: &Ladder, judgement: &Judgement) -> Distance {
    let (Some(place), Some(value), Select::Band) = (judgement.place.value(), judgement.value, ladder.select)
    else {
        return Distance::default();
    };
    // A veto holds whatever the value is.
    if matches!(judgement.derivation.step, Step::VetoDown | Step::VetoWorst) {
        return Distance::default();
    }
    let way = |tier: Option<&Tier>| {
        let tier = tier?;
        let interval = tier.interval().ok()?;
        let end = match (interval.lower(), interval.upper()) {
            (Some(low), _) if low.is_above(value.decimal()) => low,
            (_, Some(high)) if high.is_below(value.decimal()) => high,
            _ => return None,
        };
        let points = Points::new(end.value()).minus(value).ok()?;
        let points = if points.is_negative() { Points::ZERO.minus(points).ok()? } else { points };
        Some(Way { tier: tier.id.clone(), points, suffices: end.is_included() })
    };
    let before = place.checked_sub(1).and_then(|p| ladder.tier.get(p));
    Distance { graver: way(ladder.tier.get(place.saturating_add(1))), milder: way(before) }
}
