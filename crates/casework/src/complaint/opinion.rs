//! The office's opinion on a complaint, and the findings that follow from it.

use super::Complaint;
use crate::{
    found::{Found, numbered, plain},
    party::Stamp,
};
use alloc::{format, string::String, vec::Vec};
use ducha_core::{
    Matter, Method, Record, RecordId, SubjectId,
    record::{Evidence, EvidenceKind, Finding},
};
use serde::{Deserialize, Serialize};

/// Whether a complaint is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// It is, wholly or in part: this was found.
    Substantiated {
        /// What.
        found: Vec<Found>,
    },
    /// It is not, or nothing shows it.
    Unsubstantiated {},
}

/// An opinion that the office gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// What it says.
    pub text: String,
    /// Whether the complaint is true.
    pub outcome: Outcome,
    /// When, and by whom.
    pub stamp: Stamp,
    /// The unit that it is about.
    pub unit: SubjectId,
    /// The complaint and the duplicates that had been taken in.
    pub on: Vec<RecordId>,
}

impl Opinion {
    fn found(&self) -> &[Found] {
        match &self.outcome {
            Outcome::Substantiated { found } => found,
            Outcome::Unsubstantiated {} => &[],
        }
    }
}

impl Complaint {
    /// What the opinions on it yield: a finding for each thing found. What an earlier opinion found is taken back by the
    /// next one, which judged the matter anew.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        let mut earlier: Vec<Record> = Vec::new();
        for (round, opinion) in (1_u32..).zip(&self.opinions) {
            for taken_back in core::mem::take(&mut earlier) {
                let Some(id) = numbered(taken_back.id.as_str(), "-X") else { continue };
                let revocation = plain(id, &taken_back.subject, &opinion.stamp, Matter::Revocation);
                records.push(Record { revokes: Some(taken_back.id), ..revocation });
            }
            let found = (1_u32..).zip(opinion.found());
            earlier =
                found.filter_map(|(number, found)| self.record(round, number, found, opinion)).collect();
            records.extend(earlier.iter().cloned());
        }
        records
    }

    fn record(&self, round: u32, number: u32, found: &Found, opinion: &Opinion) -> Option<Record> {
        let id = numbered(self.grievance.complaint.as_str(), &format!("-{round}-F{number}"))?;
        let finding = Finding {
            method: Some(Method::Complaint),
            source: self.grievance.source.clone(),
            decided_on: Some(opinion.stamp.at.date()),
            ..found.finding(&opinion.stamp)
        };
        let mut record = found.record(id, &opinion.unit, &opinion.stamp, finding);
        record.occurred_on = self.grievance.happened_on.unwrap_or(self.received_on);
        record.occurred_at = None;
        record.evidence.extend(opinion.on.iter().map(|complaint| Evidence {
            kind: EvidenceKind::Complaint,
            reference: complaint.as_str().into(),
        }));
        Some(record)
    }
}
