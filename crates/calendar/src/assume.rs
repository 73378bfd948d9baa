//! An assumption about unknown days, which a caller must ask for and every answer then carries.

use alloc::format;
use alloc::string::String;

use chrono::NaiveDate;

use crate::plain::by_weekday;
use crate::{Day, DayKind, DayReason, DayStatus, Hours, Knowledge, WorkCalendar};

/// A calendar whose unknown days are taken by an assumption: weekends off, nothing else. Such days, and every answer
/// that leans on one, are marked [`Knowledge::Assumed`]; what the calendar knows stays as it is.
///
/// ```
/// use ducha_calendar::{Assuming, China, Knowledge, Lang, Roll, deadline};
///
/// let start = "2026-12-29".parse().unwrap();
/// let assumed = Assuming::weekends_only(China);
/// let found = deadline(start, "3 working days".parse().unwrap(), Roll::Following, &assumed)?;
/// assert_eq!(found.due.to_string(), "2027-01-01");
/// assert_eq!(found.knowledge, Knowledge::Assumed);
/// assert!(found.explain(Lang::En).contains("rests on an assumption"));
/// # Ok::<(), ducha_calendar::DeadlineError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assuming<C> {
    id: String,
    calendar: C,
}

impl<C: WorkCalendar> Assuming<C> {
    /// Takes the weekends of unknown days as off and the rest as worked.
    pub fn weekends_only(calendar: C) -> Assuming<C> {
        Assuming { id: format!("{}, else weekends", calendar.id()), calendar }
    }
}

impl<C: WorkCalendar> WorkCalendar for Assuming<C> {
    fn id(&self) -> &str {
        &self.id
    }

    fn day(&self, date: NaiveDate) -> DayStatus {
        told_or_assumed(self.calendar.day(date), date)
    }

    fn statutory(&self, date: NaiveDate) -> DayStatus {
        told_or_assumed(self.calendar.statutory(date), date)
    }

    fn horizon(&self) -> Option<NaiveDate> {
        None
    }

    fn hours(&self) -> Option<Hours> {
        self.calendar.hours()
    }
}

fn told_or_assumed(told: DayStatus, date: NaiveDate) -> DayStatus {
    if told.day().is_some() {
        return told;
    }
    let (kind, _) = by_weekday(date);
    let why = match kind {
        DayKind::Working => DayReason::AssumedWeekday,
        DayKind::Off => DayReason::AssumedWeekend,
    };
    DayStatus::Told(Day { knowledge: Knowledge::Assumed, ..Day::plain(kind, why) })
}
