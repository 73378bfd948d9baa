//! The words of refusals: what a row that is not scored is told, and with which figures (semantics §3, §4.2).
//!
//! The reference evaluator and the engine check rows each by itself; what they say of them is put together here, so that the
//! two cannot differ in a word.

use crate::assessment::{Fate, need};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    AwardId, ClauseId, Id, Label, LevelId, Money, Need, Points, Quantity, Record, RecordId, SourceId, Step,
    SubjectId, message::Args,
};

/// Another row says the same to the letter.
// semantics §3.2
pub(crate) fn duplicate(id: &RecordId) -> Need {
    need(Step::RowDuplicate, Args::none().with("record", id))
}

/// Another row has the id and says something else.
// semantics §3.2
pub(crate) fn conflict(id: &RecordId) -> Need {
    need(Step::RowConflict, Args::none().with("record", id))
}

/// The row was recorded after the day of knowledge.
// semantics §14.1
pub(crate) fn not_yet_known(record: &Record, known_on: NaiveDate) -> Need {
    let args = Args::none().with("day", record.known_on()).with("known_on", known_on);
    need(Step::RowNotYetKnown, args)
}

/// Another row took this one back, as revoked or as superseded.
// semantics §3.3
pub(crate) fn taken(as_what: Fate, record: Option<&RecordId>, by: &RecordId) -> Need {
    let step = if as_what == Fate::Superseded { Step::RowSuperseded } else { Step::RowRevoked };
    let args = Args::none().with("by", by);
    need(step, record.into_iter().fold(args, |args, id| args.with("record", id)))
}

/// What the row takes back is not there.
pub(crate) fn target_unknown(target: &RecordId, by: &RecordId) -> Need {
    need(Step::RowTargetUnknown, Args::none().with("record", target).with("by", by))
}

/// A revocation that names nothing.
pub(crate) fn revokes_nothing(id: &RecordId) -> Need {
    need(Step::RowRevokesNothing, Args::none().with("record", id))
}

/// Nobody of that id is assessed.
// semantics §3.4
pub(crate) fn subject_unknown(subject: &SubjectId) -> Need {
    need(Step::RowSubjectUnknown, Args::none().with("subject", subject))
}

/// The subject is not on the roster that day.
pub(crate) fn subject_absent(subject: &SubjectId, day: NaiveDate) -> Need {
    need(Step::RowSubjectAbsent, Args::none().with("subject", subject).with("day", day))
}

/// The row was recorded before what it tells of.
pub(crate) fn recorded_before(day: NaiveDate, recorded: NaiveDate) -> Need {
    need(Step::RowRecordedBefore, Args::none().with("day", day).with("recorded", recorded))
}

/// No version is in force that day.
pub(crate) fn outside_versions(day: NaiveDate, versions: String) -> Need {
    need(Step::RowOutsideVersions, Args::none().with("day", day).with("versions", versions))
}

/// The act is later than the report day.
pub(crate) fn after_report(day: NaiveDate, as_of: NaiveDate) -> Need {
    need(Step::RowAfterReport, Args::none().with("day", day).with("as_of", as_of))
}

/// The version does not know what the row names: a source, a clause, an award, a kind of fact, as the step says.
pub(crate) fn unknown(step: Step, id: &str, version: &str) -> Need {
    need(step, Args::none().with("id", id).with("version", version))
}

/// A finding without a clause.
pub(crate) fn clause_missing() -> Need {
    need(Step::RowClauseMissing, Args::none())
}

/// A rating outside of what the source may give.
pub(crate) fn rating_beyond(score: Points, top: Option<Points>) -> Need {
    let args = Args::none().with("score", score).with("top", top.unwrap_or_default());
    need(Step::RowRatingBeyond, args)
}

/// What a row under a clause is told.
#[derive(Clone, Copy)]
pub(crate) struct Under<'c>(pub(crate) &'c ClauseId);

impl Under<'_> {
    fn args(self) -> Args {
        Args::none().with("clause", self.0)
    }

    fn at(self, day: NaiveDate, subject: &SubjectId) -> Args {
        self.args().with("day", day).with("subject", subject)
    }

    /// The clause is not in force that day.
    pub(crate) fn not_in_force(self, day: NaiveDate, subject: &SubjectId) -> Need {
        need(Step::RowClauseNotInForce, self.at(day, subject))
    }

    /// The clause is not about this kind of subject.
    pub(crate) fn not_applicable(self, day: NaiveDate, subject: &SubjectId) -> Need {
        need(Step::RowClauseNotApplicable, self.at(day, subject))
    }

    /// A quantity of nothing or less.
    pub(crate) fn quantity_not_positive(self, quantity: Quantity) -> Need {
        need(Step::RowQuantityNotPositive, self.args().with("quantity", quantity.decimal()))
    }

    /// A part of a unit that is whole.
    pub(crate) fn quantity_not_whole(self, quantity: Quantity) -> Need {
        need(Step::RowQuantityNotWhole, self.args().with("quantity", quantity.decimal()))
    }

    /// The row tells other points than the clause fixes.
    pub(crate) fn points_fixed(self, told: Points, fixed: Points) -> Need {
        need(Step::RowPointsFixed, self.args().with("points", told).with("fixed", fixed))
    }

    /// The clause measures, and the row is a finding.
    pub(crate) fn needs_measurement(self) -> Need {
        need(Step::RowNeedsMeasurement, self.args())
    }

    /// The clause does not measure, and the row is a measurement.
    pub(crate) fn not_an_indicator(self) -> Need {
        need(Step::RowNotAnIndicator, self.args())
    }

    /// A fraction against a target beyond one, without the scale of percent.
    pub(crate) fn ratio_needs_scale(self, target: Quantity) -> Need {
        need(Step::RowRatioNeedsScale, self.args().with("target", target.decimal()))
    }

    /// Neither a value nor a fraction, or both.
    pub(crate) fn measurement_unclear(self) -> Need {
        need(Step::RowMeasurementUnclear, self.args())
    }

    /// Nobody says how a division is rounded.
    pub(crate) fn rounding_missing(self) -> Need {
        need(Step::RoundingMissing, self.args())
    }

    /// The clause says not how much the item is worth.
    pub(crate) fn worth_missing(self) -> Need {
        need(Step::WorthMissing, self.args())
    }

    /// The shape was not registered in code.
    pub(crate) fn shape_not_registered(self, name: &str) -> Need {
        need(Step::RowShapeNotRegistered, self.args().with("name", name))
    }

    /// The shape that is registered in code refuses, for its own reason.
    pub(crate) fn shape_refuses(self, reason: &Label) -> Need {
        need(Step::RowShapeRefuses, self.args().with("reason", reason))
    }

    /// The shape that is registered in code would take points off that nobody has.
    pub(crate) fn shape_below_zero(self) -> Need {
        self.shape_refuses(&Label::new("分值为负", "its points are negative"))
    }

    /// A number of findings in no band.
    pub(crate) fn count_in_hole(self, total: Quantity) -> Need {
        need(Step::RowCountInHole, self.args().with("total", total.decimal()))
    }

    /// The severity is missing, or the clause does not have it.
    pub(crate) fn no_level<'l>(
        self,
        asked: Option<&LevelId>,
        levels: impl Iterator<Item = &'l LevelId>,
    ) -> Need {
        let args = self.args().with("levels", listed(levels));
        match asked {
            None => need(Step::RowLevelMissing, args),
            Some(level) => need(Step::RowLevelUnknown, args.with("level", level)),
        }
    }

    /// The source is missing, or the clause has no price for it.
    pub(crate) fn no_source<'s>(
        self,
        asked: Option<&SourceId>,
        sources: impl Iterator<Item = &'s SourceId>,
    ) -> Need {
        match asked {
            None => need(Step::RowSourceMissing, self.args().with("sources", listed(sources))),
            Some(source) => need(Step::RowSourceHasNoPrice, self.args().with("source", source)),
        }
    }

    /// The money is for the inspector to choose, and none is told.
    pub(crate) fn money_missing(self) -> Need {
        need(Step::RowMoneyMissing, self.args())
    }

    /// The money lies outside of the range, or between its steps.
    pub(crate) fn money_beyond(self, chosen: Money, min: Money, max: Money) -> Need {
        need(Step::RowMoneyBeyond, self.args().with("money", chosen).with("min", min).with("max", max))
    }
}

/// What a row is told whose points are for the inspector to choose.
#[derive(Clone, Copy)]
pub(crate) struct Choice<'c> {
    pub(crate) clause: &'c ClauseId,
    pub(crate) min: Points,
    pub(crate) max: Points,
    pub(crate) step: Points,
}

impl Choice<'_> {
    fn args(self) -> Args {
        let args = Args::none().with("clause", self.clause);
        args.with("min", self.min).with("max", self.max).with("step", self.step)
    }

    /// None are told.
    pub(crate) fn missing(self) -> Need {
        need(Step::RowPointsMissing, self.args())
    }

    /// They lie outside of the range.
    pub(crate) fn beyond(self, points: Points) -> Need {
        need(Step::RowPointsBeyond, self.args().with("points", points))
    }

    /// They lie between steps.
    pub(crate) fn off_step(self, points: Points) -> Need {
        need(Step::RowPointsOffStep, self.args().with("points", points))
    }

    /// The choice has no reason.
    pub(crate) fn without_reason(self) -> Need {
        need(Step::RowReasonMissing, self.args())
    }
}

/// What a commendation is told.
#[derive(Clone, Copy)]
pub(crate) struct Commended<'a>(pub(crate) &'a AwardId);

impl Commended<'_> {
    fn args(self) -> Args {
        Args::none().with("award", self.0)
    }

    /// The points are for the office to choose, and none are told.
    pub(crate) fn points_missing(self, min: Points, max: Points) -> Need {
        need(Step::RowAwardPointsMissing, self.args().with("min", min).with("max", max))
    }

    /// The points lie outside of the range.
    pub(crate) fn points_beyond(self, granted: Points, min: Points, max: Points) -> Need {
        let args = self.args().with("min", min).with("max", max).with("points", granted);
        need(Step::RowAwardPointsBeyond, args)
    }

    /// The level is missing, or the award does not have it.
    pub(crate) fn no_level<'l>(
        self,
        asked: Option<&LevelId>,
        levels: impl Iterator<Item = &'l LevelId>,
    ) -> Need {
        let args = self.args().with("levels", listed(levels));
        match asked {
            None => need(Step::RowAwardLevelMissing, args),
            Some(level) => need(Step::RowAwardLevelUnknown, args.with("level", level)),
        }
    }

    /// A quantity of nothing or less.
    pub(crate) fn quantity(self, quantity: Quantity) -> Need {
        need(Step::RowAwardQuantity, self.args().with("quantity", quantity.decimal()))
    }

    /// The award is not about this kind of subject.
    pub(crate) fn not_applicable(self, subject: &SubjectId) -> Need {
        need(Step::RowAwardNotApplicable, self.args().with("subject", subject))
    }
}

fn listed<'i, K: 'i>(ids: impl Iterator<Item = &'i Id<K>>) -> String {
    ids.map(Id::as_str).collect::<Vec<_>>().join(", ")
}
