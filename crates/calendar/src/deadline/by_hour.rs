//! Limits that run from a moment: hours, and working hours.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::Deadline;
use super::terms::{Arrival, Work};
use crate::answer::next_day;
use crate::{Day, DeadlineError, Hours, Step, TimeLimit, Unit, WorkCalendar};

pub(super) fn reckon(mut work: Work<'_>, received: NaiveDateTime) -> Result<Deadline, DeadlineError> {
    let terms = work.terms;
    let mut end = leg(&mut work, received, terms.limit)?;
    for by in &terms.extensions {
        work.steps.push(Step::Extended { by: *by, from: end.date() });
        end = leg(&mut work, end, *by)?;
    }
    let start = received.date();
    // The midnight that ends a day belongs to that day.
    let (due, closes) = match end.date().pred_opt() {
        Some(before) if end.time() == NaiveTime::MIN && received.date() <= before => (before, None),
        _ => (end.date(), Some(end.time())),
    };
    Ok(work.done(&Arrival { start, received: Some(received), natural_end: due, due, closes }))
}

fn leg(work: &mut Work<'_>, from: NaiveDateTime, limit: TimeLimit) -> Result<NaiveDateTime, DeadlineError> {
    let hours = limit.length();
    let length =
        TimeDelta::try_hours(i64::from(hours)).ok_or(DeadlineError::OutOfRange { near: from.date() })?;
    if limit.unit() == Unit::WorkingHours {
        return working(work, from, limit, length);
    }
    let natural = from.checked_add_signed(length).ok_or(DeadlineError::OutOfRange { near: from.date() })?;
    work.steps.push(Step::HoursCounted { limit, from, end: natural });
    work.pauses.put_off_moment(from, natural, &mut work.steps)
}

/// Counts working time off, opening by opening.
fn working(
    work: &mut Work<'_>,
    from: NaiveDateTime,
    limit: TimeLimit,
    length: TimeDelta,
) -> Result<NaiveDateTime, DeadlineError> {
    let mut left = length;
    let mut date = from.date();
    let mut rest = 0_u32;
    loop {
        if let Some(again) = work.pauses.runs_again(date)
            && work.pauses.running(midnight(date), midnight(next_day(date)?)).next().is_none()
        {
            date = again;
            continue;
        }
        let day = work.reliance.ask(date)?;
        let before = left;
        if day.is_working() {
            for (open, close) in hours(work.calendar, &day).spans() {
                let beyond = || DeadlineError::OutOfRange { near: date };
                let open = midnight(date).checked_add_signed(open).ok_or_else(beyond)?;
                let close = midnight(date).checked_add_signed(close).ok_or_else(beyond)?;
                for (begins, ends) in work.pauses.running(open.max(from), close) {
                    let run = ends.signed_duration_since(begins);
                    if let Some(rest) = run.checked_sub(&left)
                        && rest >= TimeDelta::zero()
                    {
                        let end = begins.checked_add_signed(left).ok_or_else(beyond)?;
                        for pause in work.pauses.between(from, end) {
                            let last = end.date();
                            work.steps.push(Step::Paused { from: pause.from, until: pause.until, last });
                        }
                        work.steps.push(Step::WorkingHoursCounted { limit, from, end });
                        return Ok(end);
                    }
                    left = left.checked_sub(&run).ok_or_else(beyond)?;
                }
            }
        }
        if left == before {
            work.reliance.rest(&mut rest, date)?;
        } else {
            rest = 0;
        }
        date = next_day(date)?;
    }
}

fn midnight(date: chrono::NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

/// The working hours of a working day: its own, else the calendar's, else those usual on a campus.
pub(super) fn hours(calendar: &dyn WorkCalendar, day: &Day) -> Hours {
    day.hours.or_else(|| calendar.hours()).unwrap_or(Hours::CAMPUS)
}
