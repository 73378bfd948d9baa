//! Counting working days, and counting them off.

use chrono::NaiveDate;

use crate::answer::{Answer, Reliance, next_day};
use crate::pause::Pauses;
use crate::{DayReason, DeadlineError, WorkCalendar};

/// The `count`-th working day after `start`; the start day is not counted. Zero gives the start day itself, working
/// or not.
///
/// # Errors
/// [`DeadlineError::Unknown`] if a day on the way is unknown, [`DeadlineError::NoWorkingDay`] for a calendar that
/// rests too long, [`DeadlineError::OutOfRange`] at the end of the representable dates.
pub fn add_working_days(
    start: NaiveDate,
    count: u32,
    calendar: &dyn WorkCalendar,
) -> Result<Answer<NaiveDate>, DeadlineError> {
    let mut reliance = Reliance::on(calendar);
    let counted = count_off(start, count, &Pauses::NONE, &mut reliance)?;
    Ok(reliance.answer(counted.last))
}

/// How many working days lie after `from`, up to and including `to`: what [`add_working_days`] undoes.
///
/// # Errors
/// [`DeadlineError::Reversed`] if `to` lies before `from`, [`DeadlineError::Unknown`] if a day between is unknown.
pub fn working_days_between(
    from: NaiveDate,
    to: NaiveDate,
    calendar: &dyn WorkCalendar,
) -> Result<Answer<u32>, DeadlineError> {
    if to < from {
        return Err(DeadlineError::Reversed { from, to });
    }
    let mut reliance = Reliance::on(calendar);
    let mut count = 0_u32;
    let mut at = from;
    while at < to {
        at = next_day(at)?;
        if reliance.ask(at)?.is_working() {
            count = count.saturating_add(1);
        }
    }
    Ok(reliance.answer(count))
}

/// What was met while working days were counted off.
pub(crate) struct CountedOff {
    pub(crate) last: NaiveDate,
    pub(crate) off: u32,
    pub(crate) made_up: u32,
}

pub(crate) fn count_off(
    start: NaiveDate,
    count: u32,
    pauses: &Pauses,
    reliance: &mut Reliance<'_>,
) -> Result<CountedOff, DeadlineError> {
    let mut counted = CountedOff { last: start, off: 0, made_up: 0 };
    let mut left = count;
    let mut run = 0_u32;
    while left > 0 {
        counted.last = next_day(counted.last)?;
        // Days on which the clock stands are neither counted nor asked.
        while let Some(again) = pauses.runs_again(counted.last) {
            counted.last = again;
        }
        let day = reliance.ask(counted.last)?;
        if !day.is_working() {
            counted.off = counted.off.saturating_add(1);
            reliance.rest(&mut run, counted.last)?;
            continue;
        }
        run = 0;
        left = left.saturating_sub(1);
        if matches!(day.why, DayReason::MakeUp(_)) {
            counted.made_up = counted.made_up.saturating_add(1);
        }
    }
    Ok(counted)
}
