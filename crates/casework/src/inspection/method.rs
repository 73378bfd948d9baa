//! How an inspection is made: one of each pair of article 4.

use alloc::vec::Vec;
use ducha_core::Method;
use serde::{Deserialize, Serialize};

macro_rules! pairs {
    ($($doc:literal $name:ident { $one:ident, $other:ident })+) => {
        $(
            #[doc = $doc]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            pub enum $name {
                /// The one.
                $one,
                /// The other.
                $other,
            }

            impl $name {
                /// The method of article 4.
                #[must_use]
                pub const fn method(self) -> Method {
                    match self {
                        Self::$one => Method::$one,
                        Self::$other => Method::$other,
                    }
                }
            }
        )+
    };
}

pairs! {
    "What it was made for: internal control, or a complaint."
    Cause { InternalInspection, Complaint }
    "Who inspects: the office, urging from above, or the unit itself."
    Who { SuperiorUrging, SelfInspection }
    "When: on its regular day, or unannounced."
    Timing { RegularInspection, SpotCheck }
    "How much: everything, or a part."
    Extent { FullInspection, PartialInspection }
    "Whether the unit sees it: an open or a covert visit."
    Visibility { OpenVisit, CovertVisit }
}

/// How an inspection is made: one of each pair of article 4, so that no two can contradict each other. The pair of
/// questionnaire and survey is a [`crate::survey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    /// Internal inspection, or upon a complaint.
    pub cause: Cause,
    /// Urging from above, or self-inspection.
    pub who: Who,
    /// Regular, or a spot check.
    pub timing: Timing,
    /// Comprehensive, or partial.
    pub extent: Extent,
    /// Open, or covert.
    pub visibility: Visibility,
    /// Whether it follows the whole process of a service.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub tracking: bool,
}

impl Methods {
    /// All of them.
    #[must_use]
    pub fn all(self) -> Vec<Method> {
        let tracking = self.tracking.then_some(Method::ProcessTracking);
        let pairs = [
            self.cause.method(),
            self.who.method(),
            self.timing.method(),
            self.extent.method(),
            self.visibility.method(),
        ];
        pairs.into_iter().chain(tracking).collect()
    }

    /// The one that a record names, which holds one: the most telling. Self-inspection before covert visit before
    /// whole-process tracking before whether it was announced.
    #[must_use]
    pub const fn most_telling(self) -> Method {
        match self {
            Self { who: Who::SelfInspection, .. } => Method::SelfInspection,
            Self { visibility: Visibility::CovertVisit, .. } => Method::CovertVisit,
            Self { tracking: true, .. } => Method::ProcessTracking,
            Self { timing, .. } => timing.method(),
        }
    }

    /// Whether the unit inspects itself.
    #[must_use]
    pub const fn is_self_inspection(self) -> bool {
        matches!(self.who, Who::SelfInspection)
    }

    /// Whether the unit is not to know of it before the report.
    #[must_use]
    pub const fn is_covert(self) -> bool {
        matches!(self.visibility, Visibility::CovertVisit)
    }
}
