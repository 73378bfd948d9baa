//! What is asked: which rulebooks, whom, which records, which period, as known when.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Organisation, Period, Points, Record, record::Finding};
use ducha_rulebook::Rulebook;

/// A question to the evaluator. Time is an argument: nothing is read from a clock.
#[derive(Clone)]
pub struct Request<'a> {
    /// The rulebook's versions, in any order.
    pub rulebooks: &'a [Rulebook],
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

impl<'a> Request<'a> {
    /// The question about everything in these records.
    #[must_use]
    pub fn new(rulebooks: &'a [Rulebook], records: &'a [Record]) -> Self {
        Self {
            rulebooks,
            organisation: None,
            records,
            period: None,
            as_of: None,
            complete_from: None,
            known_on: None,
            shapes: Vec::new(),
        }
    }
}

/// A shape that an embedder registers in code, for the one that the algebra lacks.
///
/// It must be pure: the same finding gives the same points, on whatever thread. Verification says that it cannot prove
/// anything about it.
pub trait DeductionShape: Send + Sync {
    /// The points of a finding, or the reason for refusing it, for people.
    ///
    /// # Errors
    /// A reason in both languages.
    fn price(&self, finding: &Finding, args: &BTreeMap<String, String>) -> Result<Points, ducha_core::Label>;
}
