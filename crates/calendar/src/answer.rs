//! Answers that say what they rest on.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Day, DayStatus, Knowledge, Lang, Notice, PeriodError, TimeLimit, UnknownReason, WorkCalendar};

/// The longest run of days off that is searched for a working day; a calendar that rests longer has no answer.
pub const LONGEST_REST: u32 = 400;

/// An answer with the weakest knowledge that it leans on and the notices that it used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// The answer itself.
    pub value: T,
    /// Provisional if a single day that was asked is.
    pub knowledge: Knowledge,
    /// The notices of the days that were asked, each once, oldest first.
    pub notices: Vec<Notice>,
}

/// Why a deadline or a count of working days cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DeadlineError {
    /// The answer depends on a day that the calendar does not know.
    #[error("unknown: it depends on {first_unknown}, which calendar `{calendar}` does not know ({})", .why.text(Lang::En))]
    Unknown {
        /// The first unknown day that had to be asked.
        first_unknown: NaiveDate,
        /// The calendar's id.
        calendar: String,
        /// Why it is unknown.
        why: UnknownReason,
    },
    /// The period itself cannot be reckoned: hours from a bare date, or an end beyond the representable dates.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// A limit that is not in hours was asked for from a moment.
    #[error("a limit of {limit} runs by the day: ask from the date")]
    NotInHours {
        /// The limit.
        limit: TimeLimit,
    },
    /// The last day, moved back, leaves no day after the start.
    #[error("the last day, {natural_end}, moved back to {moved_to}, leaves no day after the start, {start}")]
    NothingLeft {
        /// The start.
        start: NaiveDate,
        /// The last day before it was moved.
        natural_end: NaiveDate,
        /// Where it was moved.
        moved_to: NaiveDate,
    },
    /// The calendar rests for more than [`LONGEST_REST`] days.
    #[error("calendar `{calendar}` has no working day within {LONGEST_REST} days of {near}")]
    NoWorkingDay {
        /// The calendar's id.
        calendar: String,
        /// Where the search began.
        near: NaiveDate,
    },
    /// The range ends before it begins.
    #[error("the range is reversed: {from} lies after {to}")]
    Reversed {
        /// The first date given.
        from: NaiveDate,
        /// The second date given.
        to: NaiveDate,
    },
    /// A pause ends before it begins.
    #[error("the pause is reversed: it ends at {until}, before it begins at {from}")]
    PauseReversed {
        /// When the clock stops.
        from: NaiveDateTime,
        /// When it is said to run again.
        until: NaiveDateTime,
    },
    /// An extension by the hour of a limit by the day, or the reverse.
    #[error("a limit of {limit} cannot be extended by {by}: both must run by the day, or both by the hour")]
    MixedUnits {
        /// The limit.
        limit: TimeLimit,
        /// The extension.
        by: TimeLimit,
    },
    /// The answer leaves the range of dates that can be represented.
    #[error("the answer lies outside the representable dates, beyond {near}")]
    OutOfRange {
        /// The last date that could be reached.
        near: NaiveDate,
    },
}

impl DeadlineError {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        use alloc::format;
        use alloc::string::ToString;
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            DeadlineError::Unknown { first_unknown, calendar, why } => {
                format!(
                    "无法确定：取决于 {first_unknown}，日历“{calendar}”不知道这一天（{}）",
                    why.text(lang)
                )
            }
            DeadlineError::Period(error) => error.text(lang),
            DeadlineError::NotInHours { limit } => format!("{}按日计算：请从日期起算", limit.to_text(lang)),
            DeadlineError::NothingLeft { start, natural_end, moved_to } => {
                format!("最后一日 {natural_end} 提前到 {moved_to}，起始日 {start} 之后已无可计之日")
            }
            DeadlineError::NoWorkingDay { calendar, near } => {
                format!("日历“{calendar}”在 {near} 前后 {LONGEST_REST} 天内没有工作日")
            }
            DeadlineError::Reversed { from, to } => format!("起止颠倒：{from} 晚于 {to}"),
            DeadlineError::PauseReversed { from, until } => {
                format!("中止的起止颠倒：止于 {until}，早于起点 {from}")
            }
            DeadlineError::MixedUnits { limit, by } => {
                let (limit, by) = (limit.to_text(lang), by.to_text(lang));
                format!("{limit}的期限不能延长{by}：须同为按日或同为按小时")
            }
            DeadlineError::OutOfRange { near } => format!("结果超出可表示的日期范围，在 {near} 之外"),
        }
    }
}

/// Asks a calendar and keeps account of what the answers rest on.
pub(crate) struct Reliance<'a> {
    calendar: &'a dyn WorkCalendar,
    knowledge: Knowledge,
    notices: Vec<Notice>,
}

impl<'a> Reliance<'a> {
    pub(crate) fn on(calendar: &'a dyn WorkCalendar) -> Reliance<'a> {
        Reliance { calendar, knowledge: Knowledge::Known, notices: Vec::new() }
    }

    /// The day, or the error that names it.
    pub(crate) fn ask(&mut self, date: NaiveDate) -> Result<Day, DeadlineError> {
        self.note(date, self.calendar.day(date))
    }

    /// The same, of what law and notices arranged.
    pub(crate) fn ask_statutory(&mut self, date: NaiveDate) -> Result<Day, DeadlineError> {
        self.note(date, self.calendar.statutory(date))
    }

    fn note(&mut self, date: NaiveDate, status: DayStatus) -> Result<Day, DeadlineError> {
        let day = match status {
            DayStatus::Told(day) => day,
            DayStatus::Unknown(why) => {
                let calendar = String::from(self.calendar.id());
                return Err(DeadlineError::Unknown { first_unknown: date, calendar, why });
            }
        };
        self.knowledge = self.knowledge.max(day.knowledge);
        if let Some(notice) = &day.notice
            && self.notices.last() != Some(notice)
            && let Err(place) = self.notices.binary_search(notice)
        {
            self.notices.insert(place, notice.clone());
        }
        Ok(day)
    }

    /// Counts one more day off of a run that began near `near`, up to the longest that is searched.
    pub(crate) fn rest(&self, run: &mut u32, near: NaiveDate) -> Result<(), DeadlineError> {
        *run = run.saturating_add(1);
        if *run > LONGEST_REST {
            return Err(DeadlineError::NoWorkingDay { calendar: String::from(self.calendar.id()), near });
        }
        Ok(())
    }

    pub(crate) fn answer<T>(self, value: T) -> Answer<T> {
        Answer { value, knowledge: self.knowledge, notices: self.notices }
    }
}

pub(crate) fn next_day(date: NaiveDate) -> Result<NaiveDate, DeadlineError> {
    date.succ_opt().ok_or(DeadlineError::OutOfRange { near: date })
}

pub(crate) fn previous_day(date: NaiveDate) -> Result<NaiveDate, DeadlineError> {
    date.pred_opt().ok_or(DeadlineError::OutOfRange { near: date })
}
