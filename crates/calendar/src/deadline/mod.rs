//! A deadline: the due day of a time limit, with every step that led to it.

mod by_day;
mod by_hour;
mod standing;
mod terms;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

pub use self::standing::{Reminder, Standing};
pub use self::terms::{Anchor, Closing, Terms};
use crate::{
    DeadlineError, Knowledge, Lang, Notice, Offset, Roll, Start, Step, TimeLimit, Unit, WorkCalendar,
};

/// The due day of a time limit, with what it rests on and how it was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The day of the event that starts the limit; it is not counted.
    pub start: NaiveDate,
    /// The moment from which it was asked, in local time; none if it was asked from a day.
    #[serde(default)]
    pub received: Option<NaiveDateTime>,
    /// The limit.
    pub limit: TimeLimit,
    /// The last day before its roll.
    pub natural_end: NaiveDate,
    /// The last day on which the duty can still be done; it ends at 24:00, or with business hours (Civil Code 203).
    pub due: NaiveDate,
    /// The time of day at which it ends then; none if that is 24:00.
    #[serde(default)]
    pub closes: Option<NaiveTime>,
    /// Where local time is told.
    #[serde(default)]
    pub offset: Offset,
    /// Provisional if the due day leans on a provisional day.
    pub knowledge: Knowledge,
    /// The notices of the days that were asked, each once, oldest first.
    pub notices: Vec<Notice>,
    /// How the due day was reached, step by step.
    pub steps: Vec<Step>,
}

impl Deadline {
    /// The last moment at which the duty can still be done, in local time: 24:00 is 00:00 of the next day. None if that
    /// lies beyond the representable dates.
    #[must_use]
    pub fn ends_at(&self) -> Option<DateTime<FixedOffset>> {
        self.offset.moment(self.local_end()?)
    }

    /// The steps as text, one line each, with the rule that each follows.
    #[must_use]
    pub fn explain(&self, lang: Lang) -> String {
        let mut text = String::new();
        for step in &self.steps {
            text.push_str(&step.text(lang));
            if let Some(rule) = step.citation() {
                text.push_str(lang.pick("（", " ("));
                text.push_str(rule.text(lang));
                text.push_str(lang.pick("）", ")"));
            }
            text.push('\n');
        }
        text
    }
}

/// The deadline of `limit` after `start`: the start day is not counted, months end on the corresponding day or else
/// the month's last, and a last day that is off rolls as `roll` says (Civil Code 201–204).
///
/// Only the days that decide are asked: a limit in calendar days asks from its last day on, one with [`Roll::None`]
/// none at all.
///
/// # Errors
/// [`DeadlineError::Unknown`] names the first unknown day on which the answer depends; limits in hours and working
/// hours need a moment: ask by [`Terms`], or by [`deadline_at`].
pub fn deadline(
    start: NaiveDate,
    limit: TimeLimit,
    roll: Roll,
    calendar: &dyn WorkCalendar,
) -> Result<Deadline, DeadlineError> {
    Terms::of(limit).rolling(roll).from(Start::Day(start), calendar)
}

/// The moment at which a limit in hours ends: counted from the moment of the event, through days off as well
/// (Civil Code 201). It does not roll.
///
/// # Errors
/// [`DeadlineError::NotInHours`] for any other unit, [`DeadlineError::OutOfRange`] beyond the representable dates.
///
/// ```
/// use chrono::NaiveDate;
/// use ducha_calendar::deadline_at;
///
/// let reported = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap().and_hms_opt(16, 30, 0).unwrap();
/// assert_eq!(deadline_at(reported, "24 hours".parse()?)?.to_string(), "2026-10-02 16:30:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn deadline_at(start: NaiveDateTime, limit: TimeLimit) -> Result<NaiveDateTime, DeadlineError> {
    if limit.unit() != Unit::Hours {
        return Err(DeadlineError::NotInHours { limit });
    }
    TimeDelta::try_hours(i64::from(limit.length()))
        .and_then(|hours| start.checked_add_signed(hours))
        .ok_or(DeadlineError::OutOfRange { near: start.date() })
}
