//! Pauses: while the clock stands, a limit does not run.

use alloc::vec::Vec;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{DeadlineError, Step};

/// A time in which the clock stands, as while the complainant must answer: from a moment up to the moment at which it
/// runs again, in local time. If both are the same the clock does not stand at all.
///
/// A limit in days knows days alone: it stands on the day on which the pause begins, and runs again on the day on
/// which the pause ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// When the clock stops.
    pub from: NaiveDateTime,
    /// When it runs again.
    pub until: NaiveDateTime,
}

impl Pause {
    /// A pause of whole days: the clock stands from `from` on and runs again on `until`.
    #[must_use]
    pub const fn days(from: NaiveDate, until: NaiveDate) -> Pause {
        Pause { from: from.and_time(NaiveTime::MIN), until: until.and_time(NaiveTime::MIN) }
    }
}

/// Pauses in order, those that touch joined.
pub(crate) struct Pauses {
    joined: Vec<Pause>,
}

impl Pauses {
    pub(crate) fn of(pauses: &[Pause]) -> Result<Pauses, DeadlineError> {
        let mut sorted = pauses.to_vec();
        sorted.sort_unstable();
        let mut joined: Vec<Pause> = Vec::with_capacity(sorted.len());
        for pause in sorted {
            if pause.until < pause.from {
                return Err(DeadlineError::PauseReversed { from: pause.from, until: pause.until });
            }
            match joined.last_mut() {
                Some(before) if pause.from <= before.until => before.until = before.until.max(pause.until),
                _ => joined.push(pause),
            }
        }
        joined.retain(|pause| pause.from < pause.until);
        Ok(Pauses { joined })
    }

    pub(crate) const NONE: Pauses = Pauses { joined: Vec::new() };

    /// The pause in which the clock stands on `date` (as a limit in days sees it).
    pub(crate) fn standing_on(&self, date: NaiveDate) -> Option<Pause> {
        let pause = self.joined.iter().find(|pause| date < pause.until.date())?;
        (pause.from.date() <= date).then_some(*pause)
    }

    /// The day on which the clock runs again, if it stands on `date`.
    pub(crate) fn runs_again(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.standing_on(date).map(|pause| pause.until.date())
    }

    /// The end of a run of calendar days after `start`, moved on by the days on which the clock stood.
    pub(crate) fn put_off_day(
        &self,
        start: NaiveDate,
        natural: NaiveDate,
        steps: &mut Vec<Step>,
    ) -> Result<NaiveDate, DeadlineError> {
        let beyond = || DeadlineError::OutOfRange { near: natural };
        let first_counted = start.succ_opt().ok_or_else(beyond)?;
        let mut end = natural;
        let mut counted = first_counted;
        for pause in &self.joined {
            let (from, until) = (pause.from.date().max(counted), pause.until.date());
            if until <= from || end < from {
                continue;
            }
            let stood = u64::try_from(until.signed_duration_since(from).num_days()).map_err(|_| beyond())?;
            end = end.checked_add_days(Days::new(stood)).ok_or_else(beyond)?;
            counted = until;
            steps.push(Step::Paused { from: pause.from, until: pause.until, last: end });
        }
        Ok(end)
    }

    /// The end of a run of hours from `start`, moved on by the time in which the clock stood.
    pub(crate) fn put_off_moment(
        &self,
        start: NaiveDateTime,
        natural: NaiveDateTime,
        steps: &mut Vec<Step>,
    ) -> Result<NaiveDateTime, DeadlineError> {
        let mut end = natural;
        for pause in &self.joined {
            let from = pause.from.max(start);
            if pause.until <= from || end <= from {
                continue;
            }
            end = end
                .checked_add_signed(pause.until.signed_duration_since(from))
                .ok_or(DeadlineError::OutOfRange { near: natural.date() })?;
            steps.push(Step::Paused { from: pause.from, until: pause.until, last: end.date() });
        }
        Ok(end)
    }

    /// The stretches of `from` to `until` in which the clock runs.
    pub(crate) fn running(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> + '_ {
        let starts = core::iter::once(from).chain(self.joined.iter().map(|pause| pause.until));
        let ends = self.joined.iter().map(|pause| pause.from).chain([until]);
        starts
            .zip(ends)
            .map(move |(start, end)| (start.max(from), end.min(until)))
            .filter(|(start, end)| start < end)
    }

    /// The pauses that touch the time between the two.
    pub(crate) fn between(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> impl Iterator<Item = Pause> + '_ {
        self.joined.iter().copied().filter(move |pause| pause.from < until && from < pause.until)
    }
}
