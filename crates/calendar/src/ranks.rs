//! Working days counted beforehand, so that a question costs a few look-ups and no walk.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::{DayStatus, DeadlineError, Knowledge, WorkCalendar};

/// An answer without the account of its notices: the value and how surely it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked<T> {
    /// The answer itself.
    pub value: T,
    /// The weakest knowledge of the days that were asked.
    pub knowledge: Knowledge,
}

/// A calendar's working days over a run of days, ranked: counting and adding take a few look-ups however long the way.
///
/// The answers are those of [`add_working_days`](crate::add_working_days) and
/// [`working_days_between`](crate::working_days_between), without the notices. For China the ranks are made when the
/// crate is compiled ([`China::ranks`](crate::China::ranks)); for any other calendar once, by asking each day.
///
/// ```
/// use ducha_calendar::{China, Weekends, Ranks};
///
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(China::ranks().add(day("2026-09-24"), 7)?.value, day("2026-10-12"));
/// let plain = Ranks::of(&Weekends, day("2020-01-01"), day("2039-12-31"))?;
/// assert_eq!(plain.count(day("2026-09-24"), day("2026-10-12"))?.value, 12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ranks {
    /// The first ranked day, as days from the common era.
    first: i32,
    /// How many working days lie before the day at that place; one more than there are days.
    before: Cow<'static, [u16]>,
    /// The places of the working days, in order.
    working: Cow<'static, [u16]>,
    /// Runs of days that are not known for sure, in order.
    weak: Cow<'static, [Weak]>,
}

/// A run of days known less than surely, by their places, both counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weak {
    pub(crate) first: u16,
    pub(crate) last: u16,
    pub(crate) knowledge: Knowledge,
}

/// Why ranks cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RanksError {
    /// The answer depends on a day that is not ranked, for it lies outside the run.
    #[error("unknown: it depends on {day}, which is not among the ranked days")]
    NotRanked {
        /// The first such day.
        day: NaiveDate,
    },
    /// The range ends before it begins.
    #[error("the range is reversed: {from} lies after {to}")]
    Reversed {
        /// The first date given.
        from: NaiveDate,
        /// The second date given.
        to: NaiveDate,
    },
}

impl Ranks {
    /// The most days that can be ranked: 179 years of them.
    pub const MOST: u16 = u16::MAX;

    /// Ranks the days from `first` to `last`, both counted.
    ///
    /// # Errors
    /// [`DeadlineError::Unknown`] names the first day that the calendar does not know, [`DeadlineError::Reversed`] a
    /// range that ends before it begins, [`DeadlineError::OutOfRange`] one of more than [`Ranks::MOST`] days.
    pub fn of(
        calendar: &dyn WorkCalendar,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Ranks, DeadlineError> {
        if last < first {
            return Err(DeadlineError::Reversed { from: first, to: last });
        }
        let beyond = DeadlineError::OutOfRange { near: last };
        let span = u16::try_from(last.signed_duration_since(first).num_days()).ok();
        let days = span.and_then(|span| span.checked_add(1)).ok_or(beyond)?;
        let mut before = Vec::with_capacity(usize::from(days).saturating_add(1));
        let mut working: Vec<u16> = Vec::with_capacity(usize::from(days));
        let mut weak: Vec<Weak> = Vec::new();
        let mut count = 0_u16;
        for (place, date) in (0..days).zip(first.iter_days()) {
            let day = match calendar.day(date) {
                DayStatus::Told(day) => day,
                DayStatus::Unknown(why) => {
                    let calendar = String::from(calendar.id());
                    return Err(DeadlineError::Unknown { first_unknown: date, calendar, why });
                }
            };
            before.push(count);
            if day.is_working() {
                working.push(place);
                count = count.saturating_add(1);
            }
            if day.knowledge != Knowledge::Known {
                match weak.last_mut() {
                    Some(run) if run.last.checked_add(1) == Some(place) && run.knowledge == day.knowledge => {
                        run.last = place;
                    }
                    _ => weak.push(Weak { first: place, last: place, knowledge: day.knowledge }),
                }
            }
        }
        before.push(count);
        let first = first.num_days_from_ce();
        Ok(Ranks { first, before: before.into(), working: working.into(), weak: weak.into() })
    }

    /// Ranks that were made beforehand: one more rank than there are days, and the places of the working ones.
    pub(crate) const fn made(
        first: i32,
        before: &'static [u16],
        working: &'static [u16],
        weak: &'static [Weak],
    ) -> Ranks {
        Ranks {
            first,
            before: Cow::Borrowed(before),
            working: Cow::Borrowed(working),
            weak: Cow::Borrowed(weak),
        }
    }

    /// Whether a day is a working day.
    ///
    /// # Errors
    /// If it is not ranked.
    pub fn is_working(&self, date: NaiveDate) -> Result<Ranked<bool>, RanksError> {
        let place = self.place(date).ok_or(RanksError::NotRanked { day: date })?;
        let value = self.rank(place) != self.rank(place.saturating_add(1));
        Ok(Ranked { value, knowledge: self.knowledge(place, place) })
    }

    /// How many working days lie after `from`, up to and including `to`.
    ///
    /// # Errors
    /// If a day between is not ranked, or `to` lies before `from`.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> Result<Ranked<u32>, RanksError> {
        if to <= from {
            return if to == from {
                Ok(Ranked { value: 0, knowledge: Knowledge::Known })
            } else {
                Err(RanksError::Reversed { from, to })
            };
        }
        let (Some(after), Some(last)) = (self.place_after(from), self.place(to)) else {
            return Err(self.first_unranked(from, to));
        };
        let count = self.rank(last.saturating_add(1)).saturating_sub(self.rank(after));
        Ok(Ranked { value: u32::from(count), knowledge: self.knowledge(after, last) })
    }

    /// The `count`-th working day after `start`; zero gives the start day itself.
    ///
    /// # Errors
    /// If a day on the way is not ranked.
    pub fn add(&self, start: NaiveDate, count: u32) -> Result<Ranked<NaiveDate>, RanksError> {
        let Some(more) = count.checked_sub(1) else {
            return Ok(Ranked { value: start, knowledge: Knowledge::Known });
        };
        let unranked = || self.first_unranked(start, NaiveDate::MAX);
        let after = self.place_after(start).ok_or_else(unranked)?;
        let target = u32::from(self.rank(after)).saturating_add(more);
        let place = usize::try_from(target).ok().and_then(|target| self.working.get(target));
        let place = *place.ok_or_else(unranked)?;
        let date = self.date(place).ok_or_else(unranked)?;
        Ok(Ranked { value: date, knowledge: self.knowledge(after, place) })
    }

    /// The first working day from `date` on, `date` included: the roll "following".
    ///
    /// # Errors
    /// If a day on the way is not ranked.
    pub fn following(&self, date: NaiveDate) -> Result<Ranked<NaiveDate>, RanksError> {
        let unranked = || self.first_unranked(date.pred_opt().unwrap_or(date), NaiveDate::MAX);
        let from = self.place(date).ok_or(RanksError::NotRanked { day: date })?;
        let place = *self.working.get(usize::from(self.rank(from))).ok_or_else(unranked)?;
        let value = self.date(place).ok_or_else(unranked)?;
        Ok(Ranked { value, knowledge: self.knowledge(from, place) })
    }

    fn rank(&self, place: u16) -> u16 {
        self.before.get(usize::from(place)).copied().unwrap_or_default()
    }

    fn days(&self) -> usize {
        self.before.len().saturating_sub(1)
    }

    fn place(&self, date: NaiveDate) -> Option<u16> {
        let place = u16::try_from(date.num_days_from_ce().checked_sub(self.first)?).ok()?;
        (usize::from(place) < self.days()).then_some(place)
    }

    /// The place of the day after, which alone must be ranked.
    fn place_after(&self, date: NaiveDate) -> Option<u16> {
        let after = date.num_days_from_ce().checked_add(1)?;
        let place = u16::try_from(after.checked_sub(self.first)?).ok()?;
        (usize::from(place) < self.days()).then_some(place)
    }

    fn date(&self, place: u16) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.first.checked_add(i32::from(place))?)
    }

    fn knowledge(&self, first: u16, last: u16) -> Knowledge {
        let touched = self.weak.iter().filter(|run| run.first <= last && first <= run.last);
        touched.map(|run| run.knowledge).max().unwrap_or(Knowledge::Known)
    }

    /// The first day after `from`, up to `to`, that is not ranked.
    fn first_unranked(&self, from: NaiveDate, to: NaiveDate) -> RanksError {
        let after = from.succ_opt().unwrap_or(from);
        let beyond = i32::try_from(self.days())
            .ok()
            .and_then(|days| NaiveDate::from_num_days_from_ce_opt(self.first.checked_add(days)?));
        let day = if self.place(after).is_some() { beyond.unwrap_or(to) } else { after };
        RanksError::NotRanked { day }
    }
}
