//! Crossings: when a subject rose into a tier; and the standing that the assessment shows (semantics §9).

use crate::{
    assessment::{Distance, Outcome, Standing, Step as Way, WindowOf, need},
    evaluate::Evaluation,
    tier::{Judgement, Measured, tier_of_value},
    versions::Version,
    window::{leaves, window_of},
};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Derivation, LadderId, Points, RecordId, Step, SubjectId, TierId, message::Args};
use ducha_rulebook::{
    annex::{
        ladder::{Judged, Ladder, Select, Tier},
        tally::{Tally, TallyKind},
    },
    bound::Bounded,
};

/// That a subject rose into a tier.
#[derive(Clone)]
pub(crate) struct Crossing {
    pub(crate) tier: TierId,
    pub(crate) place: usize,
    pub(crate) on: NaiveDate,
    pub(crate) record: Option<RecordId>,
    pub(crate) window: WindowOf,
    pub(crate) value: Option<Points>,
    pub(crate) version: usize,
    pub(crate) derivation: Derivation,
}

impl<'a> Evaluation<'_, 'a> {
    /// Every upward crossing of a ladder by a subject, up to the report day, in order.
    pub(crate) fn crossings(&self, id: &LadderId, subject: &SubjectId) -> Vec<Crossing> {
        let Ok(_deeper) = self.deeper() else { return Vec::new() };
        let mut crossings = Vec::new();
        for version in self.versions.iter() {
            let Some(ladder) = version.ladder(id) else { continue };
            if !self.roster.is_of(subject, &ladder.subjects) {
                continue;
            }
            match Self::judged(version, ladder) {
                Judged::WindowEnd => self.crossed_at_ends(version, ladder, subject, &mut crossings),
                Judged::EachRecord => match Self::measured(version, ladder) {
                    Some(Measured::Tally(tally))
                        if tally.kind == TallyKind::Balance && ladder.select == Select::Band =>
                    {
                        self.crossed_by_balance(version, ladder, tally, subject, &mut crossings);
                    }
                    _ => self.crossed_by_records(version, ladder, subject, &mut crossings),
                },
            }
        }
        crossings.sort_by_key(|c| (c.on, c.place));
        crossings
    }

    fn crossed_at_ends(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Some(kind) = Self::ladder_window(version, ladder) else { return };
        for window in self.windows(version, kind, subject, true) {
            if window.last_day() > self.as_of
                || !self.concerned(subject, &window)
                || !self.judges(version, &window, |v| v.ladder(&ladder.id).is_some())
            {
                continue;
            }
            let judgement = self.judge(version, ladder, subject, &window, self.as_of);
            let Some(place) = judgement.place.value().copied() else { continue };
            let Some(tier) = ladder.tier.get(place) else { continue };
            crossings.push(Crossing {
                tier: tier.id.clone(),
                place,
                on: window.last_day(),
                record: None,
                window,
                value: judgement.value,
                version: version.number,
                derivation: judgement.derivation,
            });
        }
    }

    fn crossed_by_balance(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        tally: &'a Tally,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Ok(changes) = self.changes(version, tally, subject, self.as_of) else { return };
        let mut before = tier_of_value(version, ladder, Points::ZERO).ok().map(|(place, _)| place);
        for change in changes {
            let mine = self.versions.judging(change.on).is_some_and(|v| v.number == version.number);
            let reached = tier_of_value(version, ladder, change.reached);
            if let Ok((place, derivation)) = reached
                && before.is_none_or(|before| place > before)
                && let Some(tier) = ladder.tier.get(place).filter(|_| mine)
            {
                crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: change.on,
                    record: change.record.clone(),
                    window: self
                        .window_of_day(version, tally, subject, change.on)
                        .unwrap_or(WindowOf::Ever { as_of: change.on }),
                    value: Some(change.reached),
                    version: version.number,
                    derivation,
                });
            }
            before = tier_of_value(version, ladder, change.left).ok().map(|(place, _)| place);
        }
    }

    fn crossed_by_records(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        crossings: &mut Vec<Crossing>,
    ) {
        let Some(kind) = Self::ladder_window(version, ladder) else { return };
        let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
        let of_tally = match Self::measured(version, ladder) {
            Some(Measured::Tally(tally)) => self.predecessors(tally, subject, self.as_of),
            _ => alloc::vec![(subject.clone(), self.as_of)],
        };
        for (whose, _) in &of_tally {
            for entry in self.entries_of(whose) {
                let dates = [Some(entry.day), Some(entry.recorded_on), entry.decided_on];
                days.extend(dates.into_iter().flatten());
            }
            days.extend(
                self.admitted
                    .iter()
                    .filter(|one| one.record.subject == *whose)
                    .map(|one| one.record.occurred_on),
            );
        }
        let fired: Vec<NaiveDate> = match Self::measured(version, ladder) {
            Some(Measured::Tally(tally)) if !tally.consequences.is_empty() => {
                self.fired_days(&tally.consequences, subject, self.as_of).into_iter().map(|f| f.on).collect()
            }
            _ => Vec::new(),
        };
        days.extend(fired);
        let ends: Vec<NaiveDate> = days.iter().filter_map(|day| leaves(kind, *day).ok().flatten()).collect();
        days.extend(ends);
        days.retain(|day| *day <= self.as_of);
        let mut last: Option<(WindowOf, usize)> = None;
        for day in days {
            let Ok(window) = window_of(kind, version, self.roster, subject, &Self::moment_of(day)) else {
                continue;
            };
            let mine = self.versions.judging(day).is_some_and(|v| v.number == version.number);
            let judgement = self.judge(version, ladder, subject, &window, day);
            let Some(place) = judgement.place.value().copied() else { continue };
            let same_row = |earlier: &WindowOf| match (earlier, &window) {
                (WindowOf::Days { period: a }, WindowOf::Days { period: b }) => a == b,
                _ => true,
            };
            let before = last
                .as_ref()
                .filter(|(earlier, _)| same_row(earlier))
                .map_or_else(|| start_place(ladder), |(_, place)| Some(*place));
            if before.is_none_or(|before| place > before)
                && mine
                && let Some(tier) = ladder.tier.get(place)
            {
                let record = self.entries_of(subject).rfind(|e| e.day == day).map(|e| e.record.clone());
                crossings.push(Crossing {
                    tier: tier.id.clone(),
                    place,
                    on: day,
                    record,
                    window: window.clone(),
                    value: judgement.value,
                    version: version.number,
                    derivation: judgement.derivation,
                });
            }
            last = Some((window, place));
        }
    }

    /// The standing of a subject on a ladder in a window.
    pub(crate) fn standing(
        &self,
        version: Version<'a>,
        ladder: &'a Ladder,
        subject: &SubjectId,
        window: &WindowOf,
        crossings: &[Crossing],
    ) -> Standing {
        let as_of = self.as_of;
        let judgement = self.judge(version, ladder, subject, window, as_of);
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
        let inside = |c: &&Crossing| match (window, &self.request.period) {
            (WindowOf::Days { period }, _) => period.contains(c.on),
            (WindowOf::Inspection { day, .. }, _) => c.on == *day,
            (_, Some(period)) => period.contains(c.on),
            (_, None) => true,
        };
        let peak = match Self::judged(version, ladder) {
            Judged::WindowEnd => None,
            Judged::EachRecord => {
                let reached =
                    crossings.iter().filter(inside).max_by(|a, b| (a.place, b.on).cmp(&(b.place, a.on)));
                reached.map(|c| crate::assessment::Peak { tier: c.tier.clone(), on: c.on })
            }
        };
        Standing {
            ladder: ladder.id.clone(),
            kind: ladder.kind,
            subject: subject.clone(),
            window: window.clone(),
            tier,
            peak,
            provisional: matches!(window, WindowOf::Days { period } if as_of < period.last_day()),
            version: version.name().into(),
            distance: distance(ladder, &judgement),
            derivation: judgement.derivation,
        }
    }
}

/// The tier that holds before anything happened, if the ladder says so for nothing deducted.
fn start_place(ladder: &Ladder) -> Option<usize> {
    match ladder.select {
        Select::Band => ladder
            .tier
            .iter()
            .position(|t| t.interval().is_ok_and(|i| i.contains(rust_decimal::Decimal::ZERO))),
        Select::WorstMatching => ladder.tier.iter().position(|t| t.otherwise),
    }
}

/// How far the value is from the bands beside its own.
fn distance(ladder: &Ladder, judgement: &Judgement) -> Distance {
    let (Some(place), Some(value), Select::Band) = (judgement.place.value(), judgement.value, ladder.select)
    else {
        return Distance::default();
    };
    let way = |tier: Option<&Tier>| {
        let tier = tier?;
        let interval = tier.interval().ok()?;
        let end = if interval.below().is_some_and(|below| below.contains(value.decimal())) {
            interval.lower()?
        } else if interval.above().is_some_and(|above| above.contains(value.decimal())) {
            interval.upper()?
        } else {
            return None;
        };
        let points = Points::new(end.value()).minus(value).ok()?;
        let points = if points.is_negative() { Points::ZERO.minus(points).ok()? } else { points };
        Some(Way { tier: tier.id.clone(), points, suffices: end.is_included() })
    };
    let before = place.checked_sub(1).and_then(|p| ladder.tier.get(p));
    Distance { graver: way(ladder.tier.get(place.saturating_add(1))), milder: way(before) }
}
