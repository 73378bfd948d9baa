//! What records name, as numbers: clauses of all versions, inspections.

use super::{codes::Codes, dossier::Visit};
use alloc::vec::Vec;
use ducha_core::{ClauseId, InspectionId, Matter, Record};

/// The names that records may use.
#[derive(Clone, Copy)]
pub(super) struct Names<'q> {
    /// The codes of the clauses of all versions.
    pub(super) codes: &'q Codes,
    pub(super) inspections: &'q Codes,
    /// An inspection that has no number yet gets the next.
    pub(super) newcomer: Option<&'q InspectionId>,
}

/// The inspection that a record names.
pub(super) fn named(record: &Record) -> Option<&InspectionId> {
    match &record.matter {
        Matter::Finding(finding) => finding.inspection.as_ref(),
        Matter::Inspection(inspection) => Some(&inspection.inspection),
        _ => None,
    }
}

/// The inspections that records name, numbered as they come, and their names by number.
pub(super) fn inspections(records: &[Record]) -> (Codes, Vec<&str>) {
    let mut inspections = Codes::default();
    let mut visits = Vec::new();
    for id in records.iter().filter_map(named) {
        if inspections.add(id.as_str()) {
            visits.push(id.as_str());
        }
    }
    (inspections, visits)
}

impl Names<'_> {
    /// The number of a clause's code.
    pub(super) fn code(&self, clause: &ClauseId) -> Option<u32> {
        self.codes.number(clause.as_str())
    }

    /// The inspection of that name; else the record stands alone.
    pub(super) fn visit(&self, inspection: &InspectionId, row: u32) -> Visit {
        let next =
            || u32::try_from(self.inspections.len()).ok().filter(|_| self.newcomer == Some(inspection));
        let number = self.inspections.number(inspection.as_str()).or_else(next);
        number.map_or(Visit::Alone(row), Visit::Named)
    }
}
