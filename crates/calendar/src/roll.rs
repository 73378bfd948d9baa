//! Moving a last day that is no working day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Reliance, next_day, previous_day};
use crate::{DeadlineError, WorkCalendar};

/// Where the last day of a period goes when it is a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Roll {
    /// To the first working day after it (Civil Code 203; rule 36 of the driver-points rules).
    Following,
    /// To the last working day before it, where a rule says so (Civil Code 204).
    Preceding,
    /// It stays, where a rule says so (Civil Code 204).
    None,
}

/// Moves a day off to a working day; a working day stays.
///
/// # Errors
/// [`DeadlineError::Unknown`] if a day that must be asked is unknown, [`DeadlineError::NoWorkingDay`] if none comes
/// within [`LONGEST_REST`](crate::LONGEST_REST) days.
pub fn roll(
    date: NaiveDate,
    roll: Roll,
    calendar: &dyn WorkCalendar,
) -> Result<Answer<NaiveDate>, DeadlineError> {
    let mut reliance = Reliance::on(calendar);
    let value = roll_noting(date, roll, &mut reliance)?;
    Ok(reliance.answer(value))
}

pub(crate) fn roll_noting(
    date: NaiveDate,
    roll: Roll,
    reliance: &mut Reliance<'_>,
) -> Result<NaiveDate, DeadlineError> {
    let step = match roll {
        Roll::Following => next_day,
        Roll::Preceding => previous_day,
        Roll::None => return Ok(date),
    };
    let mut rest = 0_u32;
    let mut at = date;
    while !reliance.ask(at)?.is_working() {
        reliance.rest(&mut rest, date)?;
        at = step(at)?;
    }
    Ok(at)
}
