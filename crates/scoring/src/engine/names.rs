//! What records name, as numbers: clauses of all versions, inspections.

use super::{codes::Codes, dossier::Visit};
use alloc::vec::Vec;
use ducha_core::{ClauseId, InspectionId, Matter, Record};

/// The names in a question's records.
pub(super) struct Names<'a> {
    /// The codes of the clauses of all versions.
    codes: &'a Codes,
    inspections: Codes,
    /// The names of inspections, by their numbers.
    pub(super) visits: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(codes: &'a Codes, records: &'a [Record]) -> Self {
        let mut inspections = Codes::default();
        let mut visits = Vec::new();
        for record in records {
            let inspection = match &record.matter {
                Matter::Finding(finding) => finding.inspection.as_ref(),
                Matter::Inspection(inspection) => Some(&inspection.inspection),
                _ => None,
            };
            if let Some(id) = inspection.filter(|id| inspections.add(id.as_str())) {
                visits.push(id.as_str());
            }
        }
        Self { codes, inspections, visits }
    }

    /// The number of a clause's code.
    pub(super) fn code(&self, clause: &ClauseId) -> Option<u32> {
        self.codes.number(clause.as_str())
    }

    /// The inspection of that name; else the record stands alone.
    pub(super) fn visit(&self, inspection: &InspectionId, row: u32) -> Visit {
        self.inspections.number(inspection.as_str()).map_or(Visit::Alone(row), Visit::Named)
    }
}
