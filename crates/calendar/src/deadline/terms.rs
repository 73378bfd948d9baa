//! The terms on which a limit runs, and the deadline that they give.

use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Deadline, by_day, by_hour};
use crate::answer::{Answer, Reliance, next_day};
use crate::pause::Pauses;
use crate::roll::roll_noting;
use crate::{
    DeadlineError, Knowledge, Offset, Pause, PeriodError, Roll, Start, Step, TimeLimit, Unit, WorkCalendar,
};

/// From which day months and years take their corresponding day.
///
/// Three years from 2017-09-30 end on 2020-09-30 by the one, on 2020-10-01 by the other, and then roll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// From the day of the event, which is not counted itself: the common reading of Civil Code 202.
    #[default]
    StartDay,
    /// From the next day, on which the limit begins to run (Civil Code 201), as textbooks reckon.
    NextDay,
}

/// When the last day ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// At 24:00 (Civil Code 203).
    #[default]
    Midnight,
    /// When business ends by the calendar's hours of that day (Civil Code 203); on a day off, at 24:00.
    Business,
    /// When business ends at a stated time of any working day (Civil Code 203); on a day off, at 24:00.
    At(NaiveTime),
}

/// The terms on which a limit runs. What is not said follows the Civil Code: the start day is not counted, the last day
/// rolls to the first working day, and ends at 24:00, Beijing time. The same holds of what the serialised form leaves
/// out; what it does not know it refuses.
///
/// ```
/// use ducha_calendar::{China, Closing, Offset, Pause, Start, Terms};
///
/// let day = |text: &str| text.parse().unwrap();
/// let terms = Terms::of("7 working days".parse()?)
///     .cut_off(chrono::NaiveTime::from_hms_opt(17, 0, 0).unwrap())
///     .pausing(Pause::days(day("2026-09-28"), day("2026-09-30")))
///     .closing(Closing::Business);
/// // Friday evening counts as the made-up Sunday, the 20th; the clock stands on 28 and 29 September.
/// let found = terms.from(Start::read("2026-09-18 18:05", Offset::BEIJING)?, &China)?;
/// assert_eq!(found.ends_at().unwrap().to_string(), "2026-10-09 17:30:00 +08:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub(super) limit: TimeLimit,
    #[serde(default = "by_civil_code")]
    pub(super) roll: Roll,
    #[serde(default)]
    pub(super) anchor: Anchor,
    #[serde(default)]
    pub(super) cut_off: Option<NaiveTime>,
    #[serde(default)]
    pub(super) closing: Option<Closing>,
    #[serde(default)]
    pub(super) offset: Offset,
    #[serde(default)]
    pub(super) pauses: Vec<Pause>,
    #[serde(default)]
    pub(super) extensions: Vec<TimeLimit>,
}

/// The roll of Civil Code 203.
const fn by_civil_code() -> Roll {
    Roll::Following
}

impl Terms {
    /// The terms of the Civil Code for a limit.
    #[must_use]
    pub const fn of(limit: TimeLimit) -> Terms {
        Terms {
            limit,
            roll: by_civil_code(),
            anchor: Anchor::StartDay,
            cut_off: None,
            closing: None,
            offset: Offset::BEIJING,
            pauses: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// Where the last day goes when it is off. Limits in hours, working hours and working days have no use for it.
    #[must_use]
    pub fn rolling(self, roll: Roll) -> Terms {
        Terms { roll, ..self }
    }

    /// From which day months and years take their corresponding day.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Terms {
        Terms { anchor, ..self }
    }

    /// After this hour, and on days off, what comes in counts as come in on the next working day. It needs a start at
    /// a moment, and a limit that is not in hours.
    #[must_use]
    pub fn cut_off(self, hour: NaiveTime) -> Terms {
        Terms { cut_off: Some(hour), ..self }
    }

    /// When the last day ends, told among the steps. Limits in hours and working hours end at their own moment.
    #[must_use]
    pub fn closing(self, closing: Closing) -> Terms {
        Terms { closing: Some(closing), ..self }
    }

    /// At which offset local time is told.
    #[must_use]
    pub fn local_at(self, offset: Offset) -> Terms {
        Terms { offset, ..self }
    }

    /// One more time in which the clock stands.
    #[must_use]
    pub fn pausing(mut self, pause: Pause) -> Terms {
        self.pauses.push(pause);
        self
    }

    /// One more extension. It runs from the last day of what it extends, which is not counted.
    #[must_use]
    pub fn extended(mut self, by: TimeLimit) -> Terms {
        self.extensions.push(by);
        self
    }

    /// The deadline of the limit from a start.
    ///
    /// # Errors
    /// [`DeadlineError::Unknown`] names the first unknown day on which the answer depends. Limits in hours and working
    /// hours need a moment; an extension must be of the kind of the limit, by the day or by the hour.
    pub fn from(&self, start: Start, calendar: &dyn WorkCalendar) -> Result<Deadline, DeadlineError> {
        let by_hour = is_by_hour(self.limit);
        if let Some(by) = self.extensions.iter().find(|by| is_by_hour(**by) != by_hour) {
            return Err(DeadlineError::MixedUnits { limit: self.limit, by: *by });
        }
        let mut work = Work {
            terms: self,
            pauses: Pauses::of(&self.pauses)?,
            calendar,
            reliance: Reliance::on(calendar),
            steps: Vec::new(),
        };
        let received = match start {
            Start::Day(_) => None,
            Start::Moment(moment) => Some(work.localised(moment)?),
        };
        match (by_hour, received, start) {
            (true, Some(received), _) => by_hour::reckon(work, received),
            (true, None, _) => Err(PeriodError::NeedsTime { limit: self.limit }.into()),
            (false, Some(received), _) => {
                let start = work.received(received)?;
                by_day::reckon(work, start, Some(received))
            }
            (false, None, Start::Day(start)) => by_day::reckon(work, start, None),
            (false, None, Start::Moment(moment)) => {
                Err(DeadlineError::OutOfRange { near: moment.naive_utc().date() })
            }
        }
    }
}

fn is_by_hour(limit: TimeLimit) -> bool {
    matches!(limit.unit(), Unit::Hours | Unit::WorkingHours)
}

/// A reckoning under way.
pub(super) struct Work<'a> {
    pub(super) terms: &'a Terms,
    pub(super) pauses: Pauses,
    pub(super) calendar: &'a dyn WorkCalendar,
    pub(super) reliance: Reliance<'a>,
    pub(super) steps: Vec<Step>,
}

/// Where a reckoning arrived.
pub(super) struct Arrival {
    pub(super) start: NaiveDate,
    pub(super) received: Option<NaiveDateTime>,
    pub(super) natural_end: NaiveDate,
    pub(super) due: NaiveDate,
    pub(super) closes: Option<NaiveTime>,
}

impl Work<'_> {
    /// A moment in local time.
    fn localised(&mut self, moment: DateTime<FixedOffset>) -> Result<NaiveDateTime, DeadlineError> {
        let near = moment.naive_utc().date();
        let local = self.terms.offset.local(moment).ok_or(DeadlineError::OutOfRange { near })?;
        // Within a day of the ends of the representable dates a moment has no local time of its own.
        let told = moment.naive_utc().checked_add_offset(*moment.offset());
        if told != Some(local) {
            self.steps.push(Step::Converted { given: moment, local });
        }
        Ok(local)
    }

    /// The day as which a moment counts.
    fn received(&mut self, at: NaiveDateTime) -> Result<NaiveDate, DeadlineError> {
        let Some(cut_off) = self.terms.cut_off else { return Ok(at.date()) };
        let open = self.reliance.ask(at.date())?.is_working();
        if open && at.time() <= cut_off {
            return Ok(at.date());
        }
        let after = next_day(at.date())?;
        let counts_as = roll_noting(after, Roll::Following, &mut self.reliance)?;
        self.steps.push(Step::CutOff { received: at, cut_off, counts_as });
        Ok(counts_as)
    }

    pub(super) fn done(mut self, at: &Arrival) -> Deadline {
        let Arrival { start, received, natural_end, due, closes } = *at;
        let Answer { value: due, knowledge, notices } = self.reliance.answer(due);
        match knowledge {
            Knowledge::Known => {}
            Knowledge::Provisional => {
                self.steps.push(Step::LeansOnProvisional { due, notices: notices.clone() });
            }
            Knowledge::Assumed => self.steps.push(Step::RestsOnAssumption { due }),
        }
        Deadline {
            start,
            received,
            limit: self.terms.limit,
            natural_end,
            due,
            closes,
            offset: self.terms.offset,
            knowledge,
            notices,
            steps: self.steps,
        }
    }
}
