//! Calendars laid one over the other: the topmost that knows a day tells it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDate;

use crate::{DayStatus, Hours, WorkCalendar};

/// A calendar with others laid over it, as a campus's own over the country's. The topmost that knows a day tells it;
/// of a day that none knows, the bottom one says why.
///
/// Working hours are those of the day itself, else of the topmost calendar that tells any.
pub struct Layered<'a> {
    id: String,
    bottom: Box<dyn WorkCalendar + 'a>,
    /// From the lowest up.
    above: Vec<Box<dyn WorkCalendar + 'a>>,
}

impl<'a> Layered<'a> {
    /// Begins with the calendar at the bottom.
    pub fn over(bottom: impl WorkCalendar + 'a) -> Layered<'a> {
        Layered { id: String::from(bottom.id()), bottom: Box::new(bottom), above: Vec::new() }
    }

    /// Lays one more calendar on top.
    #[must_use]
    pub fn with(mut self, top: impl WorkCalendar + 'a) -> Layered<'a> {
        self.id.push('+');
        self.id.push_str(top.id());
        self.above.push(Box::new(top));
        self
    }

    fn layers(&self) -> impl Iterator<Item = &(dyn WorkCalendar + 'a)> {
        self.above.iter().rev().chain([&self.bottom]).map(|layer| &**layer)
    }
}

impl WorkCalendar for Layered<'_> {
    fn id(&self) -> &str {
        &self.id
    }

    fn day(&self, date: NaiveDate) -> DayStatus {
        let above = self.above.iter().rev().map(|layer| layer.day(date));
        above.into_iter().find(|status| status.day().is_some()).unwrap_or_else(|| self.bottom.day(date))
    }

    fn statutory(&self, date: NaiveDate) -> DayStatus {
        let above = self.above.iter().rev().map(|layer| layer.statutory(date));
        above.into_iter().find(|status| status.day().is_some()).unwrap_or_else(|| self.bottom.statutory(date))
    }

    /// The bottom calendar's: what lies above it knows days here and there.
    fn horizon(&self) -> Option<NaiveDate> {
        self.bottom.horizon()
    }

    fn hours(&self) -> Option<Hours> {
        self.layers().find_map(WorkCalendar::hours)
    }
}

impl fmt::Debug for Layered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layered").field("id", &self.id).finish_non_exhaustive()
    }
}
