//! Late findings: of random days within the standard job, as they come to a ledger that holds it already.

use ducha::core::{Record, RecordId};
use ducha::intake::{Format, Options, Records};
use ducha_examples::standard::Job;

/// The findings of the job as records.
///
/// # Panics
/// If the job's own CSV cannot be read.
#[must_use]
pub fn records(job: &Job) -> Vec<Record> {
    let mut csv = Vec::new();
    let written = job.write_csv(&mut csv);
    assert!(written.is_ok(), "memory takes whatever is written");
    let rows = Records::open(&csv[..], Format::Csv, Options::default()).map_err(|error| format!("{error:?}"));
    let records: Vec<Record> =
        rows.into_iter().flatten().filter_map(Result::ok).map(|placed| placed.value).collect();
    assert_eq!(records.len(), job.findings as usize);
    records
}

/// A stream of late findings.
#[derive(Debug)]
pub struct Late {
    templates: Vec<Record>,
    seed: u64,
    number: u32,
}

impl Late {
    /// Late findings of a job: clause, quantity and chosen points of one of its findings, day and department of others.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let step = records.len().div_ceil(10_000).max(1);
        let templates = records.iter().step_by(step).cloned().collect();
        Self { templates, seed: 20_261_125, number: 0 }
    }

    fn below(&mut self, bound: usize) -> usize {
        // Xorshift (Marsaglia, 2003).
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed >> 33).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// Ids that no finding of the job has: of a late finding, and of its revocation.
    #[must_use]
    pub fn ids(number: u32) -> Option<(RecordId, RecordId)> {
        Some((RecordId::new(format!("L{number:08}")).ok()?, RecordId::new(format!("V{number:08}")).ok()?))
    }
}

impl Iterator for Late {
    /// A finding, and the id of its revocation.
    type Item = (Record, RecordId);

    fn next(&mut self) -> Option<Self::Item> {
        let (what, when, whose) = (
            self.below(self.templates.len()),
            self.below(self.templates.len()),
            self.below(self.templates.len()),
        );
        let mut record = self.templates.get(what)?.clone();
        record.occurred_on = self.templates.get(when)?.occurred_on;
        record.subject = self.templates.get(whose)?.subject.clone();
        let (id, by) = Self::ids(self.number)?;
        record.id = id;
        self.number = self.number.checked_add(1)?;
        Some((record, by))
    }
}
