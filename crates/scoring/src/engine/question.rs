//! What is asked of a scorer: whom, which records, which period, as known when. The rules are the scorer's own.

use crate::request::{DeductionShape, Request};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Organisation, Period, Record};

/// A question to a scorer: a [`Request`] without its rulebooks. Time is an argument: nothing is read from a clock.
#[derive(Clone, Default)]
pub struct Question<'a> {
    /// Who is assessed; without it, the subjects of the records are taken as they come.
    pub organisation: Option<&'a Organisation>,
    /// The records, in any order.
    pub records: &'a [Record],
    /// The assessed period; without it, all windows that the records touch.
    pub period: Option<Period>,
    /// The report day; without it, the period's last day, or the day of the latest record.
    pub as_of: Option<NaiveDate>,
    /// The first day from which the records are complete; without it, they are all there ever was.
    pub complete_from: Option<NaiveDate>,
    /// What was known at the end of this day only.
    pub known_on: Option<NaiveDate>,
    /// Shapes that code registers.
    pub shapes: Vec<(&'a str, &'a dyn DeductionShape)>,
}

impl<'a> Question<'a> {
    /// The question about everything in these records.
    #[must_use]
    pub fn new(records: &'a [Record]) -> Self {
        Self { records, ..Self::default() }
    }

    /// The same question to the reference evaluator, with these rulebooks.
    #[must_use]
    pub fn request(&self, rulebooks: &'a [ducha_rulebook::Rulebook]) -> Request<'a> {
        Request {
            rulebooks,
            organisation: self.organisation,
            records: self.records,
            period: self.period,
            as_of: self.as_of,
            complete_from: self.complete_from,
            known_on: self.known_on,
            shapes: self.shapes.clone(),
        }
    }
}

impl<'a> From<&Request<'a>> for Question<'a> {
    fn from(request: &Request<'a>) -> Self {
        Self {
            organisation: request.organisation,
            records: request.records,
            period: request.period,
            as_of: request.as_of,
            complete_from: request.complete_from,
            known_on: request.known_on,
            shapes: request.shapes.clone(),
        }
    }
}
