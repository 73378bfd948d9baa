//! Indexes: composite scores (semantics §8; shapes S10–S14, S36).

use crate::{
    assessment::{IndexStanding, Outcome, WindowOf, need},
    draft::in_scope,
    evaluate::Evaluation,
    price::points_step,
    tally::{because, undetermined},
    versions::Version,
    window::{Moment, Visit, unanchored},
};
use alloc::{collections::BTreeSet, string::String, string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    ClauseId, Derivation, Factor, Label, Matter, Need, Points, Rounding, Step, SubjectId, message::Args,
};
use ducha_rulebook::annex::{
    clause::Clause,
    index::{Aggregate, Component, Index, Missing, Normalise, Over},
    tally::Tally,
    vocabulary::Class,
    window::Window,
};

/// A component's value, with its weight.
struct Part {
    value: Points,
    weight: Factor,
    step: Derivation,
}

impl<'a> Evaluation<'_, 'a> {
    /// The value of an index for a subject in a window.
    pub(crate) fn index(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> IndexStanding {
        let provisional = matches!(window, WindowOf::Days { period } if as_of < period.last_day());
        let (value, derivation) = match self.composite(version, index, subject, window, as_of) {
            Ok(derivation) => (Outcome::Determined(crate::price::points_of(&derivation)), derivation),
            Err(missing) => {
                let args = Args::none().with("index", &index.name).with("window", window.text());
                let step = Derivation::new(Step::IndexUndetermined, args, undetermined(&missing))
                    .using([because(&missing)]);
                (Outcome::Undetermined(missing), step)
            }
        };
        IndexStanding {
            index: index.id.clone(),
            subject: subject.clone(),
            window: window.clone(),
            value,
            provisional,
            version: version.name().into(),
            derivation,
        }
    }

    // semantics §8.3
    fn composite(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Derivation, Need> {
        if let Some(missing) = unanchored(&index.window, self.roster, subject) {
            return Err(missing);
        }
        let _deeper = self.deeper()?;
        let mut parts = self.parts(version, index, subject, window, as_of)?;
        if parts.is_empty() {
            return Err(need(Step::NoComponents, Args::none().with("index", &index.name)));
        }
        let rounding = || {
            index.rounding.ok_or_else(|| need(Step::RoundingMissing, Args::none().with("clause", &index.id)))
        };
        let class = index.class_factor.then(|| self.roster.subject(subject)?.class.as_ref()).flatten();
        let class = class.and_then(|id| version.annex.class.iter().find(|c| c.id == *id));
        let weights = Factor::sum(parts.iter().map(|p| p.weight))?;
        // Where there is a division, the factor goes into it, so that the result is rounded once.
        let divided = match index.aggregate {
            Aggregate::Mean => usize::MAX,
            Aggregate::Weighted if weights != Factor::ONE => usize::MAX,
            Aggregate::Quotient => 1,
            _ => 0,
        };
        if let Some(class) = class {
            for part in parts.iter_mut().take(divided) {
                part.step = class_factor(version, class, part.step.clone())?;
                part.value = crate::price::points_of(&part.step);
            }
        }
        let values: Vec<Points> = parts.iter().map(|p| p.value).collect();
        let named =
            Args::none().with("index", &index.name).with("window", window.text()).with("count", parts.len());
        let (step, value) = match index.aggregate {
            Aggregate::Weighted => {
                let products =
                    parts.iter().map(|p| p.value.times(p.weight)).collect::<Result<Vec<_>, _>>()?;
                let sum = Points::sum(products)?;
                if weights == Factor::ONE {
                    (Step::IndexWeighted, sum)
                } else {
                    (Step::IndexReweighed, sum.over(weights, rounding()?)?)
                }
            }
            Aggregate::Mean => {
                let count = Factor::from(u32::try_from(values.len()).unwrap_or(u32::MAX));
                (Step::IndexMean, Points::sum(values)?.over(count, rounding()?)?)
            }
            Aggregate::Sum => (Step::IndexSum, Points::sum(values)?),
            Aggregate::Min => (Step::IndexMin, values.into_iter().min().unwrap_or_default()),
            Aggregate::Max => (Step::IndexMax, values.into_iter().max().unwrap_or_default()),
            Aggregate::Quotient => {
                let (first, second) =
                    (values.first().copied().unwrap_or_default(), values.get(1).copied().unwrap_or_default());
                if second.is_zero() {
                    return Err(need(Step::NoExposure, Args::none().with("index", &index.name)));
                }
                (Step::IndexQuotient, first.over(second, rounding()?)?)
            }
        };
        let mut derivation = points_step(step, named, value)
            .citing([version.cite_rule("index", &index.id)])
            .using(parts.into_iter().map(|p| p.step));
        if let Some(class) = class.filter(|_| divided == 0) {
            derivation = class_factor(version, class, derivation)?;
        }
        if let Some(rounding) = index.rounding {
            let exact = crate::price::points_of(&derivation);
            let rounded = Points::new(rounding.apply(exact.decimal())?);
            if rounded != exact {
                let args = Args::none().with("from", exact).with("to", rounding.to);
                derivation = points_step(Step::Rounded, args, rounded).using([derivation]);
            }
        }
        Ok(derivation)
    }

    /// The components: the subject's own, or those of its members.
    // semantics §8.1
    fn parts(
        &self,
        version: Version<'a>,
        index: &'a Index,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Vec<Part>, Need> {
        let whose = match index.over {
            Some(Over::Members) => self.roster.members(subject, window.last_day().min(as_of)),
            _ => alloc::vec![subject.clone()],
        };
        let mut parts = Vec::new();
        for who in &whose {
            for component in &index.of {
                match self.part(version, index, component, who, window, as_of) {
                    Ok(Some(part)) => parts.push(part),
                    Ok(None) => {}
                    Err(missing) if index.missing == Some(Missing::Reweigh) && is_absent(&missing) => {}
                    Err(missing) => return Err(missing),
                }
            }
        }
        Ok(parts)
    }

    fn part(
        &self,
        version: Version<'a>,
        index: &Index,
        component: &Component,
        who: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Option<Part>, Need> {
        let weight = component.weight.unwrap_or(Factor::ONE);
        let (value, derivation) = if let Some(id) = &component.tally {
            let tally =
                version.tally(id).ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", id)))?;
            if index.over == Some(Over::Members) && !self.roster.is_of(who, &tally.subjects) {
                return Ok(None);
            }
            let standing = self.tally(version, tally, who, window, as_of);
            match (&index.normalise, standing.value) {
                (_, Outcome::Undetermined(missing)) => return Err(missing),
                (None, Outcome::Determined(value)) => (value, standing.derivation),
                (Some(normalise), Outcome::Determined(_)) => {
                    let step = self.normalised(
                        version,
                        tally,
                        normalise,
                        who,
                        window,
                        standing.deducted,
                        standing.derivation,
                    )?;
                    (crate::price::points_of(&step), step)
                }
            }
        } else if let Some(id) = &component.index {
            let inner =
                version.index(id).ok_or_else(|| need(Step::RuleMissing, Args::none().with("id", id)))?;
            if index.over == Some(Over::Members) && !self.roster.is_of(who, &inner.subjects) {
                return Ok(None);
            }
            let standing = self.index(version, inner, who, window, as_of);
            match standing.value {
                Outcome::Determined(value) => (value, standing.derivation),
                Outcome::Undetermined(missing) => return Err(missing),
            }
        } else if let Some(source) = &component.rating {
            if let Some(missing) = self.incomplete(&index.window, who, window) {
                return Err(missing);
            }
            let step = self.rating(&index.window, source, component.rounding, who, window, as_of)?;
            (crate::price::points_of(&step), step)
        } else {
            return Ok(None);
        };
        let args = Args::none().with("subject", who).with("value", value).with("weight", weight.decimal());
        let step = points_step(Step::Component, args, value).using([derivation]);
        Ok(Some(Part { value, weight, step }))
    }

    /// The mean of a source's ratings of the subject in the window.
    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    fn rating(
        &self,
        kind: &Window,
        source: &ducha_core::SourceId,
        rounding: Option<Rounding>,
        who: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<Derivation, Need> {
        let mut scores = Vec::new();
        let mut steps = Vec::new();
        for one in self.admitted {
            let Matter::Rating(rating) = &one.record.matter else { continue };
            let day = one.record.occurred_on;
            let inside = Self::within(kind, window, day, Visit::Nothing)?;
            // What speaks of a section, or of another line than the subject's own, speaks of a part.
            let whole = rating.section.is_none()
                && (rating.line.is_none()
                    || rating.line == self.roster.subject(who).and_then(|s| s.line.clone()));
            if rating.source == *source && one.record.subject == *who && whole && inside && day <= as_of {
                scores.push(rating.score);
                steps.push(points_step(
                    Step::RatingGiven,
                    Args::none().with("record", &one.record.id).with("day", day),
                    rating.score,
                ));
            }
        }
        let args = Args::none().with("source", source).with("subject", who).with("count", scores.len());
        match scores.as_slice() {
            [] => Err(need(Step::RatingMissing, args)),
            [one] => Ok(points_step(Step::RatingMean, args, *one).using(steps)),
            many => {
                let rounding = rounding
                    .ok_or_else(|| need(Step::RoundingMissing, Args::none().with("clause", source)))?;
                let count = Factor::from(u32::try_from(many.len()).unwrap_or(u32::MAX));
                let mean = Points::sum(many.iter().copied())?.over(count, rounding)?;
                Ok(points_step(Step::RatingMean, args, mean).using(steps))
            }
        }
    }

    /// Got ÷ attainable × full score; clauses that no inspection of the window could apply are not attainable (S13).
    #[allow(clippy::too_many_arguments, reason = "each names a different part of the question")]
    // semantics §8.2
    fn normalised(
        &self,
        version: Version<'a>,
        tally: &Tally,
        normalise: &Normalise,
        who: &SubjectId,
        window: &WindowOf,
        deducted: Points,
        tally_step: Derivation,
    ) -> Result<Derivation, Need> {
        let mut not_applicable: Option<BTreeSet<&ClauseId>> = None;
        for one in self.admitted {
            let Matter::Inspection(inspection) = &one.record.matter else { continue };
            let day = one.record.occurred_on;
            let inside = Self::within(&tally.window, window, day, Visit::Inspection(&inspection.inspection))?;
            if one.record.subject == *who && inside {
                let these: BTreeSet<&ClauseId> = inspection.not_applicable.iter().collect();
                not_applicable = Some(match not_applicable {
                    None => these,
                    Some(before) => before.intersection(&these).copied().collect(),
                });
            }
        }
        let left_out = not_applicable.unwrap_or_default();
        let scope = tally.scope.as_ref();
        let worths = version.annex.clause.iter().filter(|c| !left_out.contains(&c.id)).filter(|c| {
            scope.is_none_or(|scope| in_scope(scope, version, version, c, None))
                && self.roster.is_of(who, &c.applies_to)
                && in_force_within(c, window)
        });
        let attainable = Points::sum(worths.filter_map(|c| c.worth))?;
        if attainable.is_zero() {
            return Err(need(Step::NothingAttainable, Args::none().with("tally", &tally.name)));
        }
        // A veto that took the whole tally leaves nothing here either.
        let lost = tally_step.step == Step::VetoLoseAll;
        let got = if lost { Points::ZERO } else { attainable.minus(deducted)?.max(Points::ZERO) };
        let score = got.times(normalise.to)?.over(attainable, normalise.rounding)?;
        let names: Vec<String> = left_out.iter().map(|id| (*id).to_string()).collect();
        let none = Label::new("无", "none");
        let left_out = if names.is_empty() { none } else { Label::same(names.join(", ")) };
        let args = Args::none()
            .with("got", got)
            .with("attainable", attainable)
            .with("to", normalise.to)
            .with("left_out", &left_out);
        Ok(points_step(Step::Normalised, args, score).using([tally_step]))
    }

    /// A moment without inspection.
    pub(crate) const fn moment_of(day: NaiveDate) -> Moment<'static> {
        Moment { day, visit: Visit::Nothing }
    }
}

/// Whether a clause is in force on a day of the window; of one without days of its own, on the day as of which it is seen.
// semantics §8.2
fn in_force_within(clause: &Clause, window: &WindowOf) -> bool {
    let last = window.last_day();
    let first = match window {
        WindowOf::Days { period } => period.from,
        _ => last,
    };
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

/// A score times the factor of the subject's class (S14).
fn class_factor(version: Version<'_>, class: &Class, score: Derivation) -> Result<Derivation, Need> {
    let from = crate::price::points_of(&score);
    let points = from.times(class.factor)?;
    let args =
        Args::none().with("class", &class.name).with("factor", class.factor.decimal()).with("from", from);
    Ok(points_step(Step::ClassFactor, args, points)
        .citing([version.cite_rule("class", &class.id)])
        .using([score]))
}
