//! Recommend, decide, execute: three acts by three people, each of which needs the one before.

use super::Measure;
use crate::party::{Actor, Moment};
use ducha_core::SubjectId;

/// What was recommended, by whom (art. 18: the office proposes).
///
/// Only a case that was opened makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    measure: Measure,
    by: SubjectId,
    at: Moment,
}

impl Recommendation {
    pub(super) const fn made(measure: Measure, by: SubjectId, at: Moment) -> Self {
        Self { measure, by, at }
    }

    /// What was recommended.
    #[must_use]
    pub const fn measure(&self) -> &Measure {
        &self.measure
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> &SubjectId {
        &self.by
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }
}

/// What was decided, by whom: always on a recommendation, never by whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    recommendation: Recommendation,
    measure: Measure,
    by: Actor,
    at: Moment,
}

impl Decision {
    /// The decision on a recommendation; nothing where the same hands made that.
    pub(super) fn on(
        recommendation: Recommendation,
        measure: Measure,
        by: &Actor,
        at: Moment,
    ) -> Option<Self> {
        (recommendation.by != by.person).then(|| Self { recommendation, measure, by: by.clone(), at })
    }

    /// The same decision with what an appeal put in its place.
    pub(super) fn changed(self, measure: Measure) -> Self {
        Self { measure, ..self }
    }

    /// What it decides on.
    #[must_use]
    pub const fn recommendation(&self) -> &Recommendation {
        &self.recommendation
    }

    /// What was decided.
    #[must_use]
    pub const fn measure(&self) -> &Measure {
        &self.measure
    }

    /// By whom, in which capacity.
    #[must_use]
    pub const fn by(&self) -> &Actor {
        &self.by
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }
}

/// That a decision was carried out, by whom: never by whoever recommended or decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    decision: Decision,
    by: SubjectId,
    at: Moment,
}

impl Execution {
    /// The execution of a decision; nothing where the same hands recommended or made that.
    pub(super) fn of(decision: Decision, by: &SubjectId, at: Moment) -> Option<Self> {
        let apart = decision.recommendation.by != *by && decision.by.person != *by;
        apart.then(|| Self { decision, by: by.clone(), at })
    }

    /// What was carried out.
    #[must_use]
    pub const fn decision(&self) -> &Decision {
        &self.decision
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> &SubjectId {
        &self.by
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// The decision, as it stood before it was carried out.
    pub(super) fn undone(self) -> Decision {
        self.decision
    }
}

/// How far the three acts have come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is recommended.
    Recommended(Recommendation),
    /// It is decided.
    Decided(Decision),
    /// It is carried out.
    Executed(Execution),
}

impl Stage {
    /// The recommendation, which every stage has.
    #[must_use]
    pub const fn recommendation(&self) -> &Recommendation {
        match self {
            Self::Recommended(recommendation) => recommendation,
            Self::Decided(decision) => decision.recommendation(),
            Self::Executed(execution) => execution.decision().recommendation(),
        }
    }

    /// The decision, if there is one yet.
    #[must_use]
    pub const fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Recommended(_) => None,
            Self::Decided(decision) => Some(decision),
            Self::Executed(execution) => Some(execution.decision()),
        }
    }

    /// The execution, if there is one yet.
    #[must_use]
    pub const fn execution(&self) -> Option<&Execution> {
        match self {
            Self::Executed(execution) => Some(execution),
            _ => None,
        }
    }

    /// What counts now: what was decided, or else what was recommended.
    #[must_use]
    pub const fn measure(&self) -> &Measure {
        match self.decision() {
            Some(decision) => decision.measure(),
            None => self.recommendation().measure(),
        }
    }
}
