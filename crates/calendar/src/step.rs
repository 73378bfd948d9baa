//! The steps by which a deadline is reached, each with its rule.

use alloc::format;
use alloc::string::String;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{DayReason, Lang, Roll, TimeLimit};

/// One step of a deadline's reckoning: data, with a rendering in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
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
    /// The answer leans on a day that a coming notice may still change.
    LeansOnProvisional {
        /// The due day.
        due: NaiveDate,
    },
}

/// The rule of law that a step follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Citation {
    /// Civil Code 201: the day of the event is not counted.
    CivilCode201,
    /// Civil Code 202: the corresponding day, else the month's last.
    CivilCode202,
    /// Civil Code 203: a last day on a statutory holiday moves to the day after it; rule 36 of the driver-points rules
    /// names the first working day.
    CivilCode203,
    /// Civil Code 204: another law or an agreement may count otherwise, as in working days.
    CivilCode204,
}

impl Citation {
    /// The citation as text.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Citation::CivilCode201, Lang::Zh) => "民法典第201条",
            (Citation::CivilCode201, Lang::En) => "Civil Code, art. 201",
            (Citation::CivilCode202, Lang::Zh) => "民法典第202条",
            (Citation::CivilCode202, Lang::En) => "Civil Code, art. 202",
            (Citation::CivilCode203, Lang::Zh) => "民法典第203条，参照记分办法第36条",
            (Citation::CivilCode203, Lang::En) => "Civil Code, art. 203; cf. driver-points rules, art. 36",
            (Citation::CivilCode204, Lang::Zh) => "民法典第204条",
            (Citation::CivilCode204, Lang::En) => "Civil Code, art. 204",
        }
    }
}

impl Step {
    /// The rule that the step follows; none where it states a fact.
    #[must_use]
    pub const fn citation(&self) -> Option<Citation> {
        match self {
            Step::StartNotCounted { .. } | Step::DaysCounted { .. } => Some(Citation::CivilCode201),
            Step::CorrespondingDay { .. } | Step::MonthEnd { .. } => Some(Citation::CivilCode202),
            Step::Rolled { roll: Roll::Following, .. } => Some(Citation::CivilCode203),
            Step::WorkingDaysCounted { .. } | Step::Rolled { .. } | Step::NoRoll { .. } => {
                Some(Citation::CivilCode204)
            }
            Step::Stands { .. } | Step::LeansOnProvisional { .. } => None,
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

    fn english(&self) -> String {
        match self {
            Step::StartNotCounted { start, first_counted } => {
                format!("{start}, the start, is not counted; day 1 is {first_counted}")
            }
            Step::WorkingDaysCounted { count, last, off, made_up } => {
                let days = if *count == 1 { "day" } else { "days" };
                format!("{count} working {days} end on {last}: {off} off passed over, {made_up} made up")
            }
            Step::DaysCounted { limit, last } => format!("the limit of {limit} ends on {last}"),
            Step::CorrespondingDay { limit, last } => {
                format!("the limit of {limit} ends on the corresponding day, {last}")
            }
            Step::MonthEnd { limit, last } => {
                format!(
                    "the limit of {limit} ends on {last}, the last of a month that lacks the corresponding day"
                )
            }
            Step::Stands { last, why } => {
                format!("{last} is a working day ({}) and stands", why.text(Lang::En))
            }
            Step::Rolled { from, to, why, roll: Roll::Preceding } => {
                format!("{from} is off ({}): moved back to {to}", why.text(Lang::En))
            }
            Step::Rolled { from, to, why, .. } => {
                format!("{from} is off ({}): moved to {to}, the first working day after", why.text(Lang::En))
            }
            Step::NoRoll { last } => format!("{last} stands, working day or not: the rule has no roll"),
            Step::LeansOnProvisional { due } => {
                format!("{due} is provisional: next year's notice may change a day that it rests on")
            }
        }
    }

    fn chinese(&self) -> String {
        match self {
            Step::StartNotCounted { start, first_counted } => {
                format!("起始日 {start} 不计入，自 {first_counted} 起算")
            }
            Step::WorkingDaysCounted { count, last, off, made_up } => {
                format!("{count}个工作日至 {last} 届满：跳过休息日 {off} 天，计入调休上班 {made_up} 天")
            }
            Step::DaysCounted { limit, last } => format!("{}至 {last} 届满", limit.to_text(Lang::Zh)),
            Step::CorrespondingDay { limit, last } => {
                format!("{}至对应日 {last} 届满", limit.to_text(Lang::Zh))
            }
            Step::MonthEnd { limit, last } => {
                format!("{}届满之月没有对应日，至月末 {last} 届满", limit.to_text(Lang::Zh))
            }
            Step::Stands { last, why } => format!("{last} 为工作日（{}），不顺延", why.text(Lang::Zh)),
            Step::Rolled { from, to, why, roll: Roll::Preceding } => {
                format!("{from} 休息（{}），提前至 {to}", why.text(Lang::Zh))
            }
            Step::Rolled { from, to, why, .. } => {
                format!("{from} 休息（{}），顺延至其后首个工作日 {to}", why.text(Lang::Zh))
            }
            Step::NoRoll { last } => format!("{last} 无论是否工作日均不顺延"),
            Step::LeansOnProvisional { due } => format!("{due} 为暂定：所依据的日期可能被下一年度通知改动"),
        }
    }
}
