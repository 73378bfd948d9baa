//! The steps by which a deadline is reached, each with its rule.

mod citation;
mod text;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

pub use self::citation::Citation;
use crate::{DayReason, Lang, Notice, Roll, TimeLimit};

/// One step of a deadline's reckoning: data, with a rendering in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The start was told at another offset and was converted.
    Converted {
        /// As it was told.
        given: DateTime<FixedOffset>,
        /// In local time.
        local: NaiveDateTime,
    },
    /// What came in after the cut-off hour, or on a day off, counts as come in on the next working day.
    CutOff {
        /// When it came in, in local time.
        received: NaiveDateTime,
        /// The hour.
        cut_off: NaiveTime,
        /// The day as which it counts.
        counts_as: NaiveDate,
    },
    /// The day of the event is not counted.
    StartNotCounted {
        /// The day of the event.
        start: NaiveDate,
        /// The day after it.
        first_counted: NaiveDate,
    },
    /// Working days were counted off.
    WorkingDaysCounted {
        /// How many.
        count: u32,
        /// The last of them.
        last: NaiveDate,
        /// Days off passed over on the way.
        off: u32,
        /// Make-up working days among the counted.
        made_up: u32,
    },
    /// Calendar days or weeks were counted.
    DaysCounted {
        /// The limit.
        limit: TimeLimit,
        /// The last day.
        last: NaiveDate,
    },
    /// Months or years end on the corresponding day.
    CorrespondingDay {
        /// The limit.
        limit: TimeLimit,
        /// The corresponding day.
        last: NaiveDate,
    },
    /// Months or years end on the corresponding day of the day on which they begin to run.
    FromNextDay {
        /// The limit.
        limit: TimeLimit,
        /// The day on which it begins to run.
        anchor: NaiveDate,
        /// The corresponding day.
        last: NaiveDate,
    },
    /// The last month has no corresponding day, so its last day ends the period.
    MonthEnd {
        /// The limit.
        limit: TimeLimit,
        /// The month's last day.
        last: NaiveDate,
    },
    /// The last day is a working day and stands.
    Stands {
        /// The last day.
        last: NaiveDate,
        /// Why it is a working day.
        why: DayReason,
    },
    /// The last day is off, yet no statutory holiday, and stands.
    NoHoliday {
        /// The last day.
        last: NaiveDate,
        /// Why it is off.
        why: DayReason,
    },
    /// The last day is off and was moved.
    Rolled {
        /// The last day.
        from: NaiveDate,
        /// Where it was moved.
        to: NaiveDate,
        /// Why the last day is off.
        why: DayReason,
        /// The rule by which it was moved.
        roll: Roll,
    },
    /// The last day stands whatever day it is, for the rule says so.
    NoRoll {
        /// The last day.
        last: NaiveDate,
    },
    /// Hours were counted from the moment on, through days off as well.
    HoursCounted {
        /// The limit.
        limit: TimeLimit,
        /// From when.
        from: NaiveDateTime,
        /// The end.
        end: NaiveDateTime,
    },
    /// Working hours were counted from the moment on.
    WorkingHoursCounted {
        /// The limit.
        limit: TimeLimit,
        /// From when.
        from: NaiveDateTime,
        /// The end.
        end: NaiveDateTime,
    },
    /// The clock stood.
    Paused {
        /// When it stopped.
        from: NaiveDateTime,
        /// When it ran again.
        until: NaiveDateTime,
        /// The last day, so put off.
        last: NaiveDate,
    },
    /// The limit was extended.
    Extended {
        /// By how much.
        by: TimeLimit,
        /// The last day that is extended; it is not counted.
        from: NaiveDate,
    },
    /// When the last day ends; that day itself is within the limit.
    Closes {
        /// The due day.
        due: NaiveDate,
        /// The time of day; none for 24:00.
        at: Option<NaiveTime>,
    },
    /// The answer leans on a day that a coming notice may still change.
    LeansOnProvisional {
        /// The due day.
        due: NaiveDate,
        /// The notices that were used.
        notices: Vec<Notice>,
    },
    /// The answer leans on a day that no calendar knows, by an assumption that the caller asked for.
    RestsOnAssumption {
        /// The due day.
        due: NaiveDate,
    },
}

impl Step {
    /// The rule that the step follows; none where it states a fact.
    #[must_use]
    pub const fn citation(&self) -> Option<Citation> {
        match self {
            Step::StartNotCounted { .. } | Step::DaysCounted { .. } | Step::HoursCounted { .. } => {
                Some(Citation::CivilCode201)
            }
            Step::CorrespondingDay { .. } | Step::FromNextDay { .. } | Step::MonthEnd { .. } => {
                Some(Citation::CivilCode202)
            }
            Step::Rolled { roll: Roll::Following, .. } => Some(Citation::CivilCode203),
            Step::Rolled { roll: Roll::DayAfterHoliday, .. } | Step::NoHoliday { .. } => {
                Some(Citation::CivilCode203Letter)
            }
            Step::Closes { .. } => Some(Citation::CivilCode203Close),
            Step::WorkingDaysCounted { .. }
            | Step::WorkingHoursCounted { .. }
            | Step::Rolled { .. }
            | Step::NoRoll { .. }
            | Step::CutOff { .. }
            | Step::Paused { .. }
            | Step::Extended { .. } => Some(Citation::CivilCode204),
            Step::Converted { .. } => Some(Citation::CivilCode200),
            Step::Stands { .. } | Step::LeansOnProvisional { .. } | Step::RestsOnAssumption { .. } => None,
        }
    }

    /// The step as a sentence without its citation.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }
}
