//! Indexes: composite scores (semantics §8; shapes S10–S14, S36).

use super::{
    Answers, Judge, Known,
    ledger::{place_of, run},
    missing,
    tally::outcome,
    window::Win,
};
use crate::{assessment::IndexStanding, versions::Version};
use alloc::{borrow::ToOwned, collections::BTreeMap, collections::BTreeSet, rc::Rc, vec, vec::Vec};
use chrono::NaiveDate;
use core::cell::RefCell;
use ducha_core::{ClauseId, Factor, Matter, Need, Points, Rounding, SourceId, Step, message::Args};
use ducha_rulebook::annex::{
    clause::Clause,
    index::{Aggregate, Component, Index, Missing, Normalise, Over},
    tally::Tally,
    vocabulary::Class,
    window::Window,
};

/// A component's value, with its weight.
#[derive(Clone, Copy)]
struct Part {
    value: Points,
    weight: Factor,
}

/// Indexes by their place in the rules, subject, window and day.
pub(super) type Indexes = Answers<(usize, u32, Win, NaiveDate), Known<Points>>;

/// The members of subjects by day.
pub(super) type Members = RefCell<BTreeMap<(u32, NaiveDate), Rc<[u32]>>>;

impl<'a> Judge<'_, 'a> {
    /// The value of an index for a subject in a window.
    pub(in crate::engine) fn index(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Points> {
        let key = (place_of(index), subject, window, as_of);
        self.once(&self.indexes, key, || self.composite(version, index, subject, window, as_of))
    }

    // semantics §8.3
    fn composite(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Points> {
        if let Some(missing) = self.unanchored(&index.window, subject) {
            return Err(missing);
        }
        let _deeper = self.deeper()?;
        let mut parts = self.parts(version, index, subject, window, as_of)?;
        if parts.is_empty() {
            return Err(missing(Step::NoComponents, Args::none().with("index", &index.name)));
        }
        let rounding = || index.rounding.ok_or_else(|| unrounded(index.id.as_str()));
        let class = self.class(version, index, subject);
        let weights = Factor::sum(parts.iter().map(|part| part.weight))?;
        // Where there is a division, the factor goes into it, so that the result is rounded once.
        let divided = match index.aggregate {
            Aggregate::Mean => usize::MAX,
            Aggregate::Weighted if weights != Factor::ONE => usize::MAX,
            Aggregate::Quotient => 1,
            _ => 0,
        };
        if let Some(class) = class {
            for part in parts.iter_mut().take(divided) {
                part.value = part.value.times(class.factor)?;
            }
        }
        let values = || parts.iter().map(|part| part.value);
        let mut value = match index.aggregate {
            Aggregate::Weighted => {
                let mut sum = Points::ZERO;
                let products: Result<Vec<Points>, _> =
                    parts.iter().map(|part| part.value.times(part.weight)).collect();
                for product in products? {
                    sum = sum.plus(product)?;
                }
                if weights == Factor::ONE { sum } else { sum.over(weights, rounding()?)? }
            }
            Aggregate::Mean => {
                let count = Factor::from(u32::try_from(parts.len()).unwrap_or(u32::MAX));
                let sum = Points::sum(values());
                // Without a rounding there is no mean, however large the sum.
                sum?.over(count, rounding()?)?
            }
            Aggregate::Sum => Points::sum(values())?,
            Aggregate::Min => values().min().unwrap_or_default(),
            Aggregate::Max => values().max().unwrap_or_default(),
            Aggregate::Quotient => {
                let mut values = values();
                let (first, second) = (values.next().unwrap_or_default(), values.next().unwrap_or_default());
                if second.is_zero() {
                    return Err(missing(Step::NoExposure, Args::none().with("index", &index.name)));
                }
                first.over(second, rounding()?)?
            }
        };
        if let Some(class) = class.filter(|_| divided == 0) {
            value = value.times(class.factor)?;
        }
        match index.rounding {
            Some(rounding) => Ok(Points::new(rounding.apply(value.decimal())?)),
            None => Ok(value),
        }
    }

    /// The class whose factor applies to the subject (S14).
    fn class(&self, version: Version<'a>, index: &Index, subject: u32) -> Option<&'a Class> {
        let people = &self.dossier.people;
        let id = people.subject(subject).filter(|_| index.class_factor)?.class.as_ref()?;
        version.annex.class.iter().find(|class| class.id == *id)
    }

    /// The components: the subject's own, or those of its members.
    // semantics §8.1
    fn parts(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Vec<Part>> {
        let whose = match index.over {
            Some(Over::Members) => self.members(subject, window.last_day().min(as_of)),
            _ => vec![subject],
        };
        let mut parts = Vec::new();
        for who in whose {
            for component in &index.of {
                match self.part(version, index, component, who, window, as_of) {
                    Ok(None) => {}
                    Ok(Some(value)) => {
                        parts.push(Part { value, weight: component.weight.unwrap_or(Factor::ONE) });
                    }
                    Err(missing) if index.missing == Some(Missing::Reweigh) && is_absent(&missing) => {}
                    Err(missing) => return Err(missing),
                }
            }
        }
        Ok(parts)
    }

    /// The value of a component; nothing where it is not about the member.
    pub(super) fn part(
        &self,
        version: Version<'a>,
        index: &'a Index,
        component: &'a Component,
        who: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Option<Points>> {
        let no_rule = |id: &str| missing(Step::RuleMissing, Args::none().with("id", id));
        let is_of = |kinds| index.over != Some(Over::Members) || self.dossier.people.is_of(who, kinds);
        if let Some(id) = &component.tally {
            let tally = version.tally(id).ok_or_else(|| no_rule(id.as_str()))?;
            if !is_of(&tally.subjects) {
                return Ok(None);
            }
            let held = self.tally(version, tally, who, window, as_of);
            let value = held.value?;
            let Some(normalise) = &index.normalise else { return Ok(Some(value)) };
            // A veto that took the whole tally leaves nothing here either.
            let lost = held.lost_all.is_some();
            return self.normalised(version, tally, normalise, who, window, held.deducted, lost).map(Some);
        }
        if let Some(id) = &component.index {
            let inner = version.index(id).ok_or_else(|| no_rule(id.as_str()))?;
            if !is_of(&inner.subjects) {
                return Ok(None);
            }
            return self.index(version, inner, who, window, as_of).map(Some);
        }
        let Some(source) = &component.rating else { return Ok(None) };
        if let Some(missing) = self.incomplete(&index.window, who, window) {
            return Err(missing);
        }
        self.rating(&index.window, source, component.rounding, who, window, as_of).map(Some)
    }

    /// The mean of a source's ratings of the subject in the window.
    fn rating(
        &self,
        kind: &Window,
        source: &SourceId,
        rounding: Option<Rounding>,
        who: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Points> {
        self.all_of_kind_leave(kind, window, |matter| matches!(matter, Matter::Rating(_)))?;
        let line = self.dossier.people.subject(who).and_then(|subject| subject.line.as_ref());
        let ratings = self.told(&self.ratings, who, |matter| matches!(matter, Matter::Rating(_)));
        let day = |live: &u32| self.dossier.live(*live).map_or(NaiveDate::MAX, |one| one.record.occurred_on);
        let within = match window {
            // What names no inspection lies in the one that nobody names.
            Win::Inspection { visit, .. } if visit == super::window::NO_VISIT => {
                0..ratings.partition_point(|live| day(live) <= as_of)
            }
            _ => run(kind, &ratings, day, window, as_of),
        };
        let mut scores = Vec::new();
        for live in ratings.get(within).unwrap_or_default() {
            let Some(one) = self.dossier.live(*live) else { continue };
            let Matter::Rating(rating) = &one.record.matter else { continue };
            // What speaks of a section, or of another line than the subject's own, speaks of a part.
            let whole = rating.section.is_none() && (rating.line.is_none() || rating.line.as_ref() == line);
            if rating.source == *source && whole {
                scores.push(rating.score);
            }
        }
        match scores.as_slice() {
            [] => {
                let people = &self.dossier.people;
                let args = Args::none().with("source", source).with("count", 0_usize);
                let args = people.id(who).into_iter().fold(args, |args, id| args.with("subject", id));
                Err(missing(Step::RatingMissing, args))
            }
            [one] => Ok(*one),
            many => {
                let rounding = rounding.ok_or_else(|| unrounded(source.as_str()))?;
                let count = Factor::from(u32::try_from(many.len()).unwrap_or(u32::MAX));
                Ok(Points::sum(many.iter().copied())?.over(count, rounding)?)
            }
        }
    }

    /// Why dates cannot express when a record of a kind, of whomever, leaves a rolling window.
    fn all_of_kind_leave(&self, kind: &Window, window: Win, is: impl Fn(&Matter) -> bool) -> Known<()> {
        let told = self.dossier.live.iter().filter(|one| is(&one.record.matter));
        Self::all_leave(kind, window, window.last_day(), told.map(|one| one.record.occurred_on))
    }

    /// Got ÷ attainable × full score; clauses that no inspection of the window could apply are not attainable (S13).
    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    // semantics §8.2
    fn normalised(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        normalise: &Normalise,
        who: u32,
        window: Win,
        deducted: Points,
        lost: bool,
    ) -> Known<Points> {
        self.all_of_kind_leave(&tally.window, window, |matter| matches!(matter, Matter::Inspection(_)))?;
        let mut left_out: Option<BTreeSet<&ClauseId>> = None;
        let inspections = self.inspections_told(who);
        for live in self.told_within(&tally.window, &inspections, window, NaiveDate::MAX) {
            let Some(one) = self.dossier.live(live) else { continue };
            let Matter::Inspection(inspection) = &one.record.matter else { continue };
            let these = inspection.not_applicable.iter();
            left_out = Some(match left_out {
                None => these.collect(),
                Some(before) => these.filter(|id| before.contains(id)).collect(),
            });
        }
        let left_out = left_out.unwrap_or_default();
        let rules = self.rules(version, tally);
        let clauses = rules.attainable.iter().filter_map(|place| version.annex.clause.get(*place as usize));
        let attainable = clauses.filter(|clause| {
            clause.worth.is_some()
                && !left_out.contains(&clause.id)
                && self.dossier.people.is_of(who, &clause.applies_to)
                && in_force_within(clause, window)
        });
        let attainable = Points::sum(attainable.filter_map(|clause| clause.worth))?;
        if attainable.is_zero() {
            return Err(missing(Step::NothingAttainable, Args::none().with("tally", &tally.name)));
        }
        let got = if lost { Points::ZERO } else { attainable.minus(deducted)?.max(Points::ZERO) };
        Ok(got.times(normalise.to)?.over(attainable, normalise.rounding)?)
    }

    /// What belongs to a subject on a day and is on the roster, in the order of ids.
    pub(super) fn members(&self, subject: u32, day: NaiveDate) -> Vec<u32> {
        if let Some(known) = self.members.borrow().get(&(subject, day)) {
            return known.to_vec();
        }
        let people = &self.dossier.people;
        let unit = people.id(subject);
        let belongs = |one: &u32| {
            let parent = people.organisation.zip(people.id(*one)).and_then(|(o, id)| o.parent_on(id, day));
            parent.is_some() && parent == unit && people.present(*one, day)
        };
        let everybody = (0_u32..).take(people.len());
        let members: Vec<u32> = everybody.filter(belongs).collect();
        self.members.borrow_mut().insert((subject, day), members.as_slice().into());
        members
    }

    /// What the assessment shows of a subject's indexes, in the order of their ids and windows.
    pub(in crate::engine) fn index_standings(&self, subject: u32) -> Vec<IndexStanding<()>> {
        let Some(id) = self.dossier.people.id(subject) else { return Vec::new() };
        let as_of = self.dossier.as_of;
        let mut standings = Vec::new();
        for version in self.dossier.versions.iter() {
            for index in &version.annex.index {
                if !self.dossier.people.is_of(subject, &index.subjects) {
                    continue;
                }
                for window in self.windows(version, &index.window, subject, false).iter().copied() {
                    if self.concerned(subject, window)
                        && self.judges(version, window, |v| v.index(&index.id).is_some())
                    {
                        standings.push(IndexStanding {
                            index: index.id.clone(),
                            subject: id.clone(),
                            window: self.dossier.shown(window),
                            value: outcome(self.index(version, index, subject, window, as_of)),
                            provisional: window.is_open(as_of),
                            version: version.name().to_owned(),
                            derivation: (),
                        });
                    }
                }
            }
        }
        standings.sort_by(|a, b| (&a.index, &a.window).cmp(&(&b.index, &b.window)));
        standings
    }
}

/// That nobody said how a quotient is rounded.
fn unrounded(of: &str) -> alloc::boxed::Box<Need> {
    missing(Step::RoundingMissing, Args::none().with("clause", of))
}

/// Whether a clause is in force on a day of the window; of one without days of its own, on the day as of which it is seen.
// semantics §8.2
fn in_force_within(clause: &Clause, window: Win) -> bool {
    let (first, last) = (window.first_day(), window.last_day());
    clause.from.is_none_or(|from| from <= last) && clause.until.is_none_or(|until| first < until)
}

/// Whether a component has nothing to tell, as against one that cannot be reckoned or that the records do not reach.
// semantics §8.1
const fn is_absent(missing: &Need) -> bool {
    matches!(
        missing.step,
        Step::RatingMissing | Step::NothingAttainable | Step::NoExposure | Step::NoComponents
    )
}
