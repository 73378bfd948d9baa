//! A deadline: the due day of a time limit, with every step that led to it.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Reliance, next_day};
use crate::count::count_off;
use crate::period::{add_forward, differs_in_day};
use crate::roll::roll_noting;
use crate::{
    DayReason, DeadlineError, Knowledge, Lang, Notice, PeriodError, Roll, Step, TimeLimit, Unit, WorkCalendar,
};

/// The due day of a time limit, with what it rests on and how it was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The day of the event that starts the limit; it is not counted.
    pub start: NaiveDate,
    /// The limit.
    pub limit: TimeLimit,
    /// The last day before any roll.
    pub natural_end: NaiveDate,
    /// The last day on which the duty can still be done; it ends at 24:00, or with business hours (Civil Code 203).
    pub due: NaiveDate,
    /// Provisional if the due day leans on a provisional day.
    pub knowledge: Knowledge,
    /// The notices of the days that were asked, each once, oldest first.
    pub notices: Vec<Notice>,
    /// How the due day was reached, step by step.
    pub steps: Vec<Step>,
}

impl Deadline {
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
/// [`DeadlineError::Unknown`] names the first unknown day on which the answer depends; limits in hours need
/// [`deadline_at`].
pub fn deadline(
    start: NaiveDate,
    limit: TimeLimit,
    roll: Roll,
    calendar: &dyn WorkCalendar,
) -> Result<Deadline, DeadlineError> {
    if limit.unit() == Unit::Hours {
        return Err(PeriodError::NeedsTime { limit }.into());
    }
    let mut reliance = Reliance::on(calendar);
    let mut steps = Vec::new();
    steps.push(Step::StartNotCounted { start, first_counted: next_day(start)? });

    let natural_end = if limit.unit() == Unit::WorkingDays {
        let counted = count_off(start, limit.length(), &mut reliance)?;
        let (last, off, made_up) = (counted.last, counted.off, counted.made_up);
        steps.push(Step::WorkingDaysCounted { count: limit.length(), last, off, made_up });
        last
    } else {
        let last = add_forward(start, limit)?;
        steps.push(match limit.unit() {
            Unit::Months | Unit::Years if differs_in_day(start, last) => Step::MonthEnd { limit, last },
            Unit::Months | Unit::Years => Step::CorrespondingDay { limit, last },
            _ => Step::DaysCounted { limit, last },
        });
        last
    };

    let due = if limit.unit() == Unit::WorkingDays {
        natural_end
    } else {
        let due = roll_noting(natural_end, roll, &mut reliance)?;
        steps.push(rolled(natural_end, due, roll, &mut reliance)?);
        due
    };
    if due <= start {
        return Err(DeadlineError::NothingLeft { start, natural_end, moved_to: due });
    }

    let Answer { value: due, knowledge, notices } = reliance.answer(due);
    if knowledge != Knowledge::Known {
        steps.push(Step::LeansOnProvisional { due });
    }
    Ok(Deadline { start, limit, natural_end, due, knowledge, notices, steps })
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

fn rolled(
    from: NaiveDate,
    to: NaiveDate,
    roll: Roll,
    reliance: &mut Reliance<'_>,
) -> Result<Step, DeadlineError> {
    if roll == Roll::None {
        return Ok(Step::NoRoll { last: from });
    }
    let why: DayReason = reliance.ask(from)?.why;
    Ok(if from == to { Step::Stands { last: from, why } } else { Step::Rolled { from, to, why, roll } })
}
