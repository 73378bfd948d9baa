//! Working days counted beforehand, so that a question costs a few look-ups and no walk.

use alloc::borrow::Cow;
use alloc::string::String;

use chrono::{Datelike, Days, NaiveDate};
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
    /// The day before the first ranked one: the earliest that can be counted from.
    eve: NaiveDate,
    /// The last ranked day.
    last: NaiveDate,
    /// How many working days there are up to a day, that day counted: a row for each year from that of the eve on.
    up_to: Cow<'static, [u16]>,
    /// The working days, in order.
    working: Cow<'static, [NaiveDate]>,
    /// Runs of days that are not known for sure, in order.
    weak: Cow<'static, [Weak]>,
}

/// The days of the longest year, which is the length of a row.
pub(crate) const ROW: u16 = 366;

/// A run of days known less than surely, both ends counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weak {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
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
        let mut ranks = Ranks::made(first.pred_opt().unwrap_or(first), last, &[], &[], &[]);
        let (up_to, working, weak) = (ranks.up_to.to_mut(), ranks.working.to_mut(), ranks.weak.to_mut());
        let years = last.year().abs_diff(ranks.eve.year()).saturating_add(1);
        up_to.resize(usize::try_from(years).unwrap_or_default().saturating_mul(usize::from(ROW)), 0);
        let mut count = 0_u16;
        for date in (0..days).filter_map(|at| first.checked_add_days(Days::new(at.into()))) {
            let day = match calendar.day(date) {
                DayStatus::Told(day) => day,
                DayStatus::Unknown(why) => {
                    let calendar = String::from(calendar.id());
                    return Err(DeadlineError::Unknown { first_unknown: date, calendar, why });
                }
            };
            if day.is_working() {
                working.push(date);
                count = count.saturating_add(1);
            }
            if let Some(rank) = up_to.get_mut(place(ranks.eve, date)) {
                *rank = count;
            }
            if day.knowledge != Knowledge::Known {
                match weak.last_mut() {
                    Some(run) if run.last.succ_opt() == Some(date) && run.knowledge == day.knowledge => {
                        run.last = date;
                    }
                    _ => weak.push(Weak { first: date, last: date, knowledge: day.knowledge }),
                }
            }
        }
        Ok(ranks)
    }

    /// Ranks that were made beforehand.
    pub(crate) const fn made(
        eve: NaiveDate,
        last: NaiveDate,
        up_to: &'static [u16],
        working: &'static [NaiveDate],
        weak: &'static [Weak],
    ) -> Ranks {
        Ranks {
            eve,
            last,
            up_to: Cow::Borrowed(up_to),
            working: Cow::Borrowed(working),
            weak: Cow::Borrowed(weak),
        }
    }

    /// Whether a day is a working day.
    ///
    /// # Errors
    /// If it is not ranked.
    #[inline]
    pub fn is_working(&self, date: NaiveDate) -> Result<Ranked<bool>, RanksError> {
        let before = self.before(date).ok_or(RanksError::NotRanked { day: date })?;
        let knowledge = self.knowledge(date.pred_opt(), date);
        Ok(Ranked { value: before != self.rank(date), knowledge })
    }

    /// How many working days lie after `from`, up to and including `to`.
    ///
    /// # Errors
    /// If a day between is not ranked, or `to` lies before `from`.
    #[inline]
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> Result<Ranked<u32>, RanksError> {
        if to <= from {
            return if to == from {
                Ok(Ranked { value: 0, knowledge: Knowledge::Known })
            } else {
                Err(RanksError::Reversed { from, to })
            };
        }
        if from < self.eve || self.last < to {
            return Err(self.first_unranked(from));
        }
        let count = self.rank(to).saturating_sub(self.rank(from));
        Ok(Ranked { value: u32::from(count), knowledge: self.knowledge(Some(from), to) })
    }

    /// The `count`-th working day after `start`; zero gives the start day itself.
    ///
    /// # Errors
    /// If a day on the way is not ranked.
    #[inline]
    pub fn add(&self, start: NaiveDate, count: u32) -> Result<Ranked<NaiveDate>, RanksError> {
        let Some(more) = count.checked_sub(1) else {
            return Ok(Ranked { value: start, knowledge: Knowledge::Known });
        };
        if start < self.eve || self.last <= start {
            return Err(self.first_unranked(start));
        }
        let target = u32::from(self.rank(start)).saturating_add(more);
        match usize::try_from(target).ok().and_then(|target| self.working.get(target)) {
            Some(date) => Ok(Ranked { value: *date, knowledge: self.knowledge(Some(start), *date) }),
            None => Err(self.first_unranked(start)),
        }
    }

    /// The first working day from `date` on, `date` included: the roll "following".
    ///
    /// # Errors
    /// If a day on the way is not ranked.
    #[inline]
    pub fn following(&self, date: NaiveDate) -> Result<Ranked<NaiveDate>, RanksError> {
        let before = self.before(date).ok_or(RanksError::NotRanked { day: date })?;
        match self.working.get(usize::from(before)) {
            Some(found) => Ok(Ranked { value: *found, knowledge: self.knowledge(date.pred_opt(), *found) }),
            None => Err(self.first_unranked(date)),
        }
    }

    /// The rank of the day before a ranked one.
    #[inline]
    fn before(&self, date: NaiveDate) -> Option<u16> {
        let ranked = date <= self.last && (self.eve < date || date == NaiveDate::MIN);
        ranked.then(|| date.pred_opt().map_or(0, |before| self.rank(before)))
    }

    /// How many working days there are up to a day that is ranked, or the eve.
    #[inline]
    fn rank(&self, date: NaiveDate) -> u16 {
        self.up_to.get(place(self.eve, date)).copied().unwrap_or_default()
    }

    /// The weakest knowledge of the days after `from`, up to `to`.
    #[inline]
    fn knowledge(&self, from: Option<NaiveDate>, to: NaiveDate) -> Knowledge {
        let mut weakest = Knowledge::Known;
        for run in self.weak.iter().filter(|run| run.first <= to && from < Some(run.last)) {
            weakest = weakest.max(run.knowledge);
        }
        weakest
    }

    /// The first day after `from` that is not ranked.
    #[cold]
    fn first_unranked(&self, from: NaiveDate) -> RanksError {
        let beyond = |date: NaiveDate| date.succ_opt().unwrap_or(date);
        let within = self.eve <= from && from < self.last;
        RanksError::NotRanked { day: beyond(if within { self.last } else { from }) }
    }
}

/// The place of a day's rank: years are rows, so that no division is needed.
#[inline]
fn place(eve: NaiveDate, date: NaiveDate) -> usize {
    let year = date.year().wrapping_sub(eve.year()).unsigned_abs();
    let place = year.wrapping_mul(u32::from(ROW)).wrapping_add(date.ordinal0());
    usize::try_from(place).unwrap_or(usize::MAX)
}
