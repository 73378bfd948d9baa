//! Moving a last day that is no working day.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Reliance, next_day, previous_day};
use crate::{DayReason, DeadlineError, WorkCalendar};

/// Where the last day of a period goes when it is a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Roll {
    /// To the first working day after it (Civil Code 203; rule 36 of the driver-points rules).
    Following,
    /// To the first working day after it, unless that lies in another month: then to the last before it, where a rule
    /// says so (Civil Code 204).
    ModifiedFollowing,
    /// To the day after the holiday, in the letter of Civil Code 203: a last day in a holiday as the notice arranges it
    /// moves to the day after that holiday's last, working or not; a plain weekend and a campus's own closure are no
    /// statutory holiday, and a last day there stands. What an overlay makes of a holiday does not unmake it
    /// ([`WorkCalendar::statutory`]).
    DayAfterHoliday,
    /// To the last working day before it, where a rule says so (Civil Code 204).
    Preceding,
    /// It stays, where a rule says so (Civil Code 204).
    None,
}

impl Roll {
    /// Every policy.
    pub const ALL: [Roll; 5] =
        [Roll::Following, Roll::ModifiedFollowing, Roll::DayAfterHoliday, Roll::Preceding, Roll::None];
}

/// Moves a day off as the policy says; a working day stays.
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
    match roll {
        Roll::Following => search(date, next_day, reliance),
        Roll::Preceding => search(date, previous_day, reliance),
        Roll::None => Ok(date),
        Roll::ModifiedFollowing => {
            let following = search(date, next_day, reliance)?;
            if (following.year(), following.month()) == (date.year(), date.month()) {
                return Ok(following);
            }
            search(date, previous_day, reliance)
        }
        Roll::DayAfterHoliday => {
            let mut rest = 0_u32;
            let mut at = date;
            while matches!(reliance.ask_statutory(at)?.why, DayReason::Holiday(_)) {
                reliance.rest(&mut rest, date)?;
                at = next_day(at)?;
            }
            Ok(at)
        }
    }
}

/// The first working day from `date` on, `date` included.
fn search(
    date: NaiveDate,
    step: fn(NaiveDate) -> Result<NaiveDate, DeadlineError>,
    reliance: &mut Reliance<'_>,
) -> Result<NaiveDate, DeadlineError> {
    let mut rest = 0_u32;
    let mut at = date;
    while !reliance.ask(at)?.is_working() {
        reliance.rest(&mut rest, date)?;
        at = step(at)?;
    }
    Ok(at)
}
