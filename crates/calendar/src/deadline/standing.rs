//! How a deadline stands at a moment: time remaining, overdue, due within, reminders. The moment is always told.

use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::Deadline;
use super::by_hour::hours;
use crate::answer::{Answer, Reliance, previous_day};
use crate::period::{Reach, reach};
use crate::{DeadlineError, Knowledge, Notice, TimeLimit, Unit, WorkCalendar, working_days_between};

/// How a deadline stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not over yet, with so much time left; at the very end, none.
    Remaining(TimeDelta),
    /// Over since so long.
    Overdue(TimeDelta),
}

/// A reminder of a deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// How long before the end.
    pub before: TimeLimit,
    /// When to remind.
    pub at: DateTime<FixedOffset>,
    /// Whether that moment has come.
    pub come: bool,
    /// Provisional if the moment leans on a provisional day, though the deadline itself may not.
    pub knowledge: Knowledge,
    /// The notices of the days on the way back, each once, oldest first.
    pub notices: Vec<Notice>,
}

impl Deadline {
    /// How the deadline stands at `now`; none if it ends beyond the representable dates.
    ///
    /// ```
    /// use ducha_calendar::{Offset, Roll, Standing, Weekends, deadline};
    ///
    /// let due = deadline("2026-11-19".parse().unwrap(), "2 working days".parse().unwrap(), Roll::Following, &Weekends)?;
    /// let at = |text: &str| Offset::BEIJING.moment(text.parse().unwrap()).unwrap();
    /// assert!(matches!(due.standing(at("2026-11-23T18:00:00")), Some(Standing::Remaining(left)) if left.num_hours() == 6));
    /// assert_eq!(due.overdue_by(at("2026-11-24T09:00:00")).map(|late| late.num_hours()), Some(9));
    /// # Ok::<(), ducha_calendar::DeadlineError>(())
    /// ```
    #[must_use]
    pub fn standing(&self, now: DateTime<FixedOffset>) -> Option<Standing> {
        let left = self.ends_at()?.signed_duration_since(now);
        Some(if left < TimeDelta::zero() { Standing::Overdue(left.abs()) } else { Standing::Remaining(left) })
    }

    /// The time remaining at `now`; none once it is over.
    #[must_use]
    pub fn remaining(&self, now: DateTime<FixedOffset>) -> Option<TimeDelta> {
        match self.standing(now)? {
            Standing::Remaining(left) => Some(left),
            Standing::Overdue(_) => None,
        }
    }

    /// By how much it is overdue at `now`; none while it is not over.
    #[must_use]
    pub fn overdue_by(&self, now: DateTime<FixedOffset>) -> Option<TimeDelta> {
        match self.standing(now)? {
            Standing::Overdue(late) => Some(late),
            Standing::Remaining(_) => None,
        }
    }

    /// How many working days are left after the day of `now`, the due day counted; none once that day is past.
    ///
    /// # Errors
    /// [`DeadlineError::Unknown`] if a day between is unknown.
    pub fn working_days_left(
        &self,
        now: DateTime<FixedOffset>,
        calendar: &dyn WorkCalendar,
    ) -> Result<Option<Answer<u32>>, DeadlineError> {
        let near = self.due;
        let today = self.offset.local(now).ok_or(DeadlineError::OutOfRange { near })?.date();
        if self.due < today {
            return Ok(None);
        }
        working_days_between(today, self.due, calendar).map(Some)
    }

    /// Whether it is not over at `now`, but will be within `within`, reckoned back from the end as a reminder is.
    ///
    /// # Errors
    /// As [`Deadline::reminder`].
    pub fn is_due_within(
        &self,
        now: DateTime<FixedOffset>,
        within: TimeLimit,
        calendar: &dyn WorkCalendar,
    ) -> Result<Answer<bool>, DeadlineError> {
        let Answer { value: from, knowledge, notices } = self.reminder(within, calendar)?;
        Ok(Answer { value: from <= now && self.remaining(now).is_some(), knowledge, notices })
    }

    /// The moment that lies `before` the end, in the calendar's working time for working days and working hours:
    /// working days lead to the day's opening, longer units to its midnight, hours to the minute.
    ///
    /// # Errors
    /// [`DeadlineError::Unknown`] if a day on the way back is unknown, [`DeadlineError::OutOfRange`] at the ends of the
    /// representable dates.
    pub fn reminder(
        &self,
        before: TimeLimit,
        calendar: &dyn WorkCalendar,
    ) -> Result<Answer<DateTime<FixedOffset>>, DeadlineError> {
        let mut reliance = Reliance::on(calendar);
        let beyond = || DeadlineError::OutOfRange { near: self.due };
        let length = before.length();
        let end = self.local_end().ok_or_else(beyond)?;
        let local = match before.unit() {
            Unit::Hours => TimeDelta::try_hours(i64::from(length))
                .and_then(|length| end.checked_sub_signed(length))
                .ok_or_else(beyond)?,
            Unit::WorkingHours => working_hours_before(end, length, calendar, &mut reliance)?,
            Unit::WorkingDays => working_days_before(self, length, calendar, &mut reliance)?,
            _ => {
                let day = match reach(before)? {
                    Reach::Days(days) => self.due.checked_sub_days(days),
                    Reach::Months(months) => self.due.checked_sub_months(months),
                };
                day.ok_or_else(beyond)?.and_time(NaiveTime::MIN)
            }
        };
        Ok(reliance.answer(self.offset.moment(local).ok_or_else(beyond)?))
    }

    /// The reminders that lie so long before the end, with which of them have come by `now`.
    ///
    /// # Errors
    /// As [`Deadline::reminder`].
    pub fn reminders(
        &self,
        now: DateTime<FixedOffset>,
        before: &[TimeLimit],
        calendar: &dyn WorkCalendar,
    ) -> Result<Vec<Reminder>, DeadlineError> {
        let reminder = |before: &TimeLimit| {
            let Answer { value: at, knowledge, notices } = self.reminder(*before, calendar)?;
            Ok(Reminder { before: *before, at, come: at <= now, knowledge, notices })
        };
        before.iter().map(reminder).collect()
    }

    pub(super) fn local_end(&self) -> Option<NaiveDateTime> {
        match self.closes {
            Some(time) => Some(self.due.and_time(time)),
            None => Some(self.due.succ_opt()?.and_time(NaiveTime::MIN)),
        }
    }
}

fn working_days_before(
    deadline: &Deadline,
    count: u32,
    calendar: &dyn WorkCalendar,
    reliance: &mut Reliance<'_>,
) -> Result<NaiveDateTime, DeadlineError> {
    let (mut at, mut left, mut rest) = (deadline.due, count, 0_u32);
    loop {
        at = previous_day(at)?;
        let day = reliance.ask(at)?;
        if !day.is_working() {
            reliance.rest(&mut rest, at)?;
            continue;
        }
        rest = 0;
        left = left.saturating_sub(1);
        if left == 0 {
            let opening = hours(calendar, &day).spans().next().map_or(TimeDelta::zero(), |(open, _)| open);
            let midnight = at.and_time(NaiveTime::MIN);
            return midnight.checked_add_signed(opening).ok_or(DeadlineError::OutOfRange { near: at });
        }
    }
}

fn working_hours_before(
    end: NaiveDateTime,
    hours_before: u32,
    calendar: &dyn WorkCalendar,
    reliance: &mut Reliance<'_>,
) -> Result<NaiveDateTime, DeadlineError> {
    let mut left = TimeDelta::try_hours(i64::from(hours_before))
        .ok_or(DeadlineError::OutOfRange { near: end.date() })?;
    // The midnight that ends a day belongs to that day; the next need not be known.
    let last = if end.time() == NaiveTime::MIN { previous_day(end.date())? } else { end.date() };
    let (mut date, mut rest) = (last, 0_u32);
    loop {
        let day = reliance.ask(date)?;
        let beyond = || DeadlineError::OutOfRange { near: date };
        let before = left;
        if day.is_working() {
            let midnight = date.and_time(NaiveTime::MIN);
            for (open, close) in hours(calendar, &day).spans().rev() {
                let open = midnight.checked_add_signed(open).ok_or_else(beyond)?;
                let close = midnight.checked_add_signed(close).ok_or_else(beyond)?.min(end);
                let run = close.signed_duration_since(open);
                if run <= TimeDelta::zero() {
                    continue;
                }
                if left <= run {
                    return close.checked_sub_signed(left).ok_or_else(beyond);
                }
                left = left.checked_sub(&run).ok_or_else(beyond)?;
            }
        }
        if left == before {
            // The day of the end itself may hold no time before it.
            reliance.rest(&mut rest, date)?;
        } else {
            rest = 0;
        }
        date = previous_day(date)?;
    }
}
