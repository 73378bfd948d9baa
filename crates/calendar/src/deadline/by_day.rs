//! Limits that run by the day: working days, calendar days, weeks, months, years.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::terms::{Anchor, Arrival, Closing, Work};
use super::{Deadline, by_hour};
use crate::answer::next_day;
use crate::count::count_off;
use crate::period::{add_forward, differs_in_day};
use crate::roll::roll_noting;
use crate::{DayReason, DeadlineError, Roll, Step, TimeLimit, Unit};

pub(super) fn reckon(
    mut work: Work<'_>,
    start: NaiveDate,
    received: Option<NaiveDateTime>,
) -> Result<Deadline, DeadlineError> {
    work.steps.push(Step::StartNotCounted { start, first_counted: next_day(start)? });
    let terms = work.terms;
    let (mut natural_end, mut due) = leg(&mut work, start, terms.limit)?;
    for by in &terms.extensions {
        work.steps.push(Step::Extended { by: *by, from: due });
        (natural_end, due) = leg(&mut work, due, *by)?;
    }
    let closes = closes(&mut work, due)?;
    Ok(work.done(&Arrival { start, received, natural_end, due, closes }))
}

/// One limit after a start that is not counted: its last day before and after the roll.
fn leg(
    work: &mut Work<'_>,
    start: NaiveDate,
    limit: TimeLimit,
) -> Result<(NaiveDate, NaiveDate), DeadlineError> {
    if limit.unit() == Unit::WorkingDays {
        let counted = count_off(start, limit.length(), &work.pauses, &mut work.reliance)?;
        let (last, off, made_up) = (counted.last, counted.off, counted.made_up);
        // A pause that takes no day after the start, up to the last, put nothing off.
        for pause in work.pauses.between(start.and_time(NaiveTime::MIN), last.and_time(NaiveTime::MIN)) {
            if pause.from.date().max(next_day(start)?) < pause.until.date() {
                work.steps.push(Step::Paused { from: pause.from, until: pause.until, last });
            }
        }
        work.steps.push(Step::WorkingDaysCounted { count: limit.length(), last, off, made_up });
        return Ok((last, last));
    }
    let last = natural(work, start, limit)?;
    let last = work.pauses.put_off_day(start, last, &mut work.steps)?;
    let due = moved(work, last)?;
    if due <= start {
        return Err(DeadlineError::NothingLeft { start, natural_end: last, moved_to: due });
    }
    Ok((last, due))
}

/// Where the last day moves: on to a day on which the clock runs.
fn moved(work: &mut Work<'_>, natural_end: NaiveDate) -> Result<NaiveDate, DeadlineError> {
    let roll = work.terms.roll;
    let mut last = natural_end;
    loop {
        let due = roll_noting(last, roll, &mut work.reliance)?;
        let step = rolled(work, last, due, roll)?;
        work.steps.push(step);
        if due <= last || work.pauses.runs_again(due).is_none() {
            return Ok(due);
        }
        last = due;
        while let Some(pause) = work.pauses.standing_on(last) {
            last = pause.until.date();
            work.steps.push(Step::Paused { from: pause.from, until: pause.until, last });
        }
    }
}

fn natural(work: &mut Work<'_>, start: NaiveDate, limit: TimeLimit) -> Result<NaiveDate, DeadlineError> {
    let by_month = matches!(limit.unit(), Unit::Months | Unit::Years);
    let anchor = match work.terms.anchor {
        Anchor::NextDay if by_month => next_day(start)?,
        _ => start,
    };
    let last = add_forward(anchor, limit)?;
    work.steps.push(match work.terms.anchor {
        _ if !by_month => Step::DaysCounted { limit, last },
        _ if differs_in_day(anchor, last) => Step::MonthEnd { limit, last },
        Anchor::StartDay => Step::CorrespondingDay { limit, last },
        Anchor::NextDay => Step::FromNextDay { limit, anchor, last },
    });
    Ok(last)
}

fn rolled(work: &mut Work<'_>, from: NaiveDate, to: NaiveDate, roll: Roll) -> Result<Step, DeadlineError> {
    if roll == Roll::None {
        return Ok(Step::NoRoll { last: from });
    }
    if from != to {
        let day = match roll {
            Roll::DayAfterHoliday => work.reliance.ask_statutory(from)?,
            _ => work.reliance.ask(from)?,
        };
        return Ok(Step::Rolled { from, to, why: day.why, roll });
    }
    let day = work.reliance.ask(from)?;
    let why: DayReason = day.why;
    // Only where the day after the holiday is asked for does a day off stand.
    let working = day.kind == crate::DayKind::Working;
    Ok(if working { Step::Stands { last: from, why } } else { Step::NoHoliday { last: from, why } })
}

fn closes(work: &mut Work<'_>, due: NaiveDate) -> Result<Option<NaiveTime>, DeadlineError> {
    let Some(closing) = work.terms.closing else { return Ok(None) };
    let at = match closing {
        Closing::Midnight => None,
        Closing::At(hour) => work.reliance.ask(due)?.is_working().then_some(hour),
        Closing::Business => {
            let day = work.reliance.ask(due)?;
            if day.is_working() { by_hour::hours(work.calendar, &day).close() } else { None }
        }
    };
    work.steps.push(Step::Closes { due, at });
    Ok(at)
}
