//! The standard job: one rulebook and a stream of findings, the same on every machine, on which speed is measured.
//!
//! 200 departments over 24 months; every fifth clause leaves the price to the inspector, the others fix it; points in
//! tenths, times the quantity of 1 to 5; doubled where the same department broke the same clause at most 30 days before
//! (the same day counts, in the order of ids); capped per department, month and clause; added up to a total of the month,
//! on which one of six tiers stands; a few clauses force the worst tier.

mod draw;
mod rules;

use chrono::{Days, NaiveDate};
use draw::Draw;
use std::io::{self, Write};

pub use rules::{Clause, rulebook};

/// How large the job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// How many findings.
    pub findings: u32,
    /// How many clauses.
    pub clauses: u32,
    /// How many departments.
    pub departments: u32,
}

/// A finding of the job, all in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Its number, from 0: the order of the ids.
    pub number: u32,
    /// The department, from 0.
    pub department: u32,
    /// The clause, from 0.
    pub clause: u32,
    /// Days since the first day of the job.
    pub day: u32,
    /// The quantity, 1 to 5.
    pub quantity: u32,
    /// What the inspector chose, in tenths of a point; nothing where the price is fixed.
    pub chosen: Option<u32>,
}

/// How many days the job spans: the two years from [`Job::FIRST_DAY`].
const DAYS: u32 = 730;

/// Findings of a clause that forces the worst tier are so much rarer than others.
const VETO_IS_RARE: u32 = 512;

impl Job {
    /// The job's first day.
    pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2025, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    };

    /// The standard size, with so many findings and clauses.
    #[must_use]
    pub const fn new(findings: u32, clauses: u32) -> Self {
        Self { findings, clauses, departments: 200 }
    }

    /// The clauses and what they cost.
    #[must_use]
    pub fn clauses(&self) -> Vec<Clause> {
        (0..self.clauses).map(Clause::nth).collect()
    }

    /// The findings, in canonical order: by day, then by id.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let (job, clauses) = (*self, self.clauses());
        let mut draw = Draw::new(20_261_124);
        (0..job.findings).map(move |number| {
            let day = u64::from(number)
                .saturating_mul(u64::from(DAYS))
                .checked_div(u64::from(job.findings))
                .unwrap_or(0);
            let department = draw.below(job.departments);
            let mut at = draw.below(job.clauses);
            while clauses.get(at as usize).is_some_and(|clause| clause.veto) && draw.below(VETO_IS_RARE) > 0 {
                at = draw.below(job.clauses);
            }
            let quantity = draw.below(5).saturating_add(1);
            let chosen = clauses.get(at as usize).and_then(|clause| clause.range).map(|(min, max)| {
                let width = max.saturating_sub(min).saturating_add(1);
                min.saturating_add(draw.below(width))
            });
            let day = u32::try_from(day).unwrap_or(u32::MAX);
            Finding { number, department, clause: at, day, quantity, chosen }
        })
    }

    /// Writes the findings as a CSV file that the command reads.
    ///
    /// # Errors
    /// Whatever writing says.
    pub fn write_csv(&self, mut to: impl Write) -> io::Result<()> {
        writeln!(to, "id,type,subject,occurred_on,clause,quantity,points,reason")?;
        for finding in self.findings() {
            let Finding { number, department, clause, quantity, .. } = finding;
            let day = finding.date();
            write!(to, "F{number:08},finding,D{department:03},{day},C{clause:04},{quantity},")?;
            match finding.chosen {
                Some(tenths) => writeln!(to, "{},as seen", tenths_text(tenths))?,
                None => writeln!(to, ",")?,
            }
        }
        to.flush()
    }
}

impl Finding {
    /// The day of the act.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        Job::FIRST_DAY.checked_add_days(Days::new(u64::from(self.day))).unwrap_or(NaiveDate::MAX)
    }
}

/// Tenths as a decimal: `12` is `1.2`.
fn tenths_text(tenths: u32) -> String {
    let (whole, rest) = (tenths.checked_div(10).unwrap_or(0), tenths.checked_rem(10).unwrap_or(0));
    format!("{whole}.{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_job_is_the_same_every_time_and_in_canonical_order() {
        let job = Job::new(5_000, 120);
        let (once, again): (Vec<_>, Vec<_>) = (job.findings().collect(), job.findings().collect());
        assert_eq!(once, again);
        assert!(once.windows(2).all(|two| (two[0].day, two[0].number) < (two[1].day, two[1].number)));
        assert!(
            once.iter()
                .all(|one| one.department < 200 && one.clause < 120 && (1..=5).contains(&one.quantity))
        );
        let (first, last) = (once[0].date().to_string(), once[4_999].date().to_string());
        assert_eq!((first.as_str(), last.as_str()), ("2025-01-01", "2026-12-31"));
        let clauses = job.clauses();
        assert_eq!(clauses.iter().filter(|clause| clause.range.is_some()).count(), 24);
        assert!(once.iter().all(|one| one.chosen.is_some() == clauses[one.clause as usize].range.is_some()));
    }
}
