//! A record as it stands in a row of a file, its texts borrowed from the row.
//!
//! Almost all rows of a large file are findings. A [`FindingRow`] holds one without owning anything, so that a reader may
//! pass a million of them without asking for memory; whatever it cannot hold comes as the owned [`Record`].

use crate::record::{Finding, Matter, Method, Record};
use crate::{Id, IdError, Money, Points, Quantity};
use alloc::{borrow::ToOwned, boxed::Box, vec::Vec};
use chrono::{NaiveDate, NaiveTime};

/// A finding as it stands in a row of a file, its parts borrowed from the row.
///
/// What the parts mean is told at [`Record`] and [`Finding`]. INVARIANT of whoever makes one: every identifier in it
/// ([`id`](Self::id), [`clause`](Self::clause), [`inspector`](Self::inspector) …) is one that [`Id::new`] takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingRow<'a> {
    /// The record's identifier.
    pub id: &'a str,
    /// The identifier of whom it concerns.
    pub subject: &'a str,
    /// The day of the act.
    pub occurred_on: NaiveDate,
    /// The time of the act, where known.
    pub occurred_at: Option<NaiveTime>,
    /// The day on which it was recorded.
    pub recorded_on: Option<NaiveDate>,
    /// The identifier of the record that this one takes back.
    pub revokes: Option<&'a str>,
    /// The identifier of the record in whose place this one stands.
    pub supersedes: Option<&'a str>,
    /// A remark for people.
    pub note: Option<&'a str>,
    /// The identifier of the clause.
    pub clause: &'a str,
    /// How many units of the clause.
    pub quantity: Option<Quantity>,
    /// The points that the inspector chose.
    pub points: Option<Points>,
    /// The money that the inspector chose.
    pub money: Option<Money>,
    /// The identifier of the severity level.
    pub severity: Option<&'a str>,
    /// Why the inspector chose these points.
    pub reason: Option<&'a str>,
    /// Where it was found.
    pub place: Option<&'a str>,
    /// The identifier of the inspection.
    pub inspection: Option<&'a str>,
    /// The identifier of whoever found it.
    pub inspector: Option<&'a str>,
    /// How it was found (art. 4).
    pub method: Option<Method>,
    /// The identifier of the source that found it.
    pub source: Option<&'a str>,
    /// The day on which the unit had mended it.
    pub corrected_on: Option<NaiveDate>,
    /// The day on which a case about it was decided.
    pub decided_on: Option<NaiveDate>,
}

impl<'a> FindingRow<'a> {
    /// The finding with its texts owned.
    ///
    /// # Errors
    /// [`IdError`] if what stands for an identifier is none; a reader's rows hold identifiers alone.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use ducha_core::row::FindingRow;
    /// let day = NaiveDate::from_ymd_opt(2026, 10, 3).unwrap();
    /// let row = FindingRow { place: Some("3号窗口"), ..FindingRow::new("R-1", "canteen-1", day, "CT-07") };
    /// let record = row.to_record()?;
    /// assert_eq!(record.subject.as_str(), "canteen-1");
    /// assert_eq!(FindingRow::of(&record), Some(row));
    /// # Ok::<(), ducha_core::IdError>(())
    /// ```
    pub fn to_record(&self) -> Result<Record, IdError> {
        Ok(Record {
            id: Id::new(self.id)?,
            subject: Id::new(self.subject)?,
            occurred_on: self.occurred_on,
            occurred_at: self.occurred_at,
            recorded_on: self.recorded_on,
            revokes: named(self.revokes)?,
            supersedes: named(self.supersedes)?,
            note: self.note.map(ToOwned::to_owned),
            evidence: Vec::new(),
            matter: Matter::Finding(Finding {
                clause: Some(Id::new(self.clause)?),
                quantity: self.quantity,
                points: self.points,
                money: self.money,
                severity: named(self.severity)?,
                reason: self.reason.map(ToOwned::to_owned),
                place: self.place.map(ToOwned::to_owned),
                inspection: named(self.inspection)?,
                inspector: named(self.inspector)?,
                method: self.method,
                source: named(self.source)?,
                corrected_on: self.corrected_on,
                decided_on: self.decided_on,
            }),
        })
    }

    /// A finding of which nothing is told but what each must tell.
    #[must_use]
    pub const fn new(id: &'a str, subject: &'a str, occurred_on: NaiveDate, clause: &'a str) -> Self {
        Self {
            id,
            subject,
            occurred_on,
            occurred_at: None,
            recorded_on: None,
            revokes: None,
            supersedes: None,
            note: None,
            clause,
            quantity: None,
            points: None,
            money: None,
            severity: None,
            reason: None,
            place: None,
            inspection: None,
            inspector: None,
            method: None,
            source: None,
            corrected_on: None,
            decided_on: None,
        }
    }

    /// A record in hand as a row; `None` if it is no finding, names no clause or rests on evidence, which a row cannot
    /// hold.
    #[must_use]
    pub fn of(record: &'a Record) -> Option<Self> {
        let Matter::Finding(finding) = &record.matter else {
            return None;
        };
        if !record.evidence.is_empty() {
            return None;
        }
        Some(Self {
            id: record.id.as_str(),
            subject: record.subject.as_str(),
            occurred_on: record.occurred_on,
            occurred_at: record.occurred_at,
            recorded_on: record.recorded_on,
            revokes: record.revokes.as_ref().map(Id::as_str),
            supersedes: record.supersedes.as_ref().map(Id::as_str),
            note: record.note.as_deref(),
            clause: finding.clause.as_ref()?.as_str(),
            quantity: finding.quantity,
            points: finding.points,
            money: finding.money,
            severity: finding.severity.as_ref().map(Id::as_str),
            reason: finding.reason.as_deref(),
            place: finding.place.as_deref(),
            inspection: finding.inspection.as_ref().map(Id::as_str),
            inspector: finding.inspector.as_ref().map(Id::as_str),
            method: finding.method,
            source: finding.source.as_ref().map(Id::as_str),
            corrected_on: finding.corrected_on,
            decided_on: finding.decided_on,
        })
    }
}

fn named<K>(text: Option<&str>) -> Result<Option<Id<K>>, IdError> {
    text.map(Id::new).transpose()
}

/// One record as a reader hands it out: borrowed where it can be, owned where it must.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "almost all rows are findings; in a box each would ask for memory"
)]
pub enum Row<'a> {
    /// A finding, its texts borrowed.
    Finding(FindingRow<'a>),
    /// A record of any other type, a finding that rests on evidence, or one that its reader could not borrow (written
    /// in another encoding, with full-width digits …).
    Other(Box<Record>),
}

impl Row<'_> {
    /// The record, owned.
    ///
    /// # Errors
    /// As [`FindingRow::to_record`].
    pub fn into_record(self) -> Result<Record, IdError> {
        match self {
            Self::Finding(row) => row.to_record(),
            Self::Other(record) => Ok(*record),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Evidence, EvidenceKind};
    use alloc::vec;

    fn full<'a>() -> FindingRow<'a> {
        let day = |d| NaiveDate::from_ymd_opt(2026, 10, d);
        FindingRow {
            occurred_at: NaiveTime::from_hms_opt(9, 5, 0),
            recorded_on: day(4),
            revokes: Some("R-0"),
            supersedes: Some("R-00"),
            note: Some("备注"),
            quantity: Some(2.into()),
            points: Some("2.5".parse().unwrap()),
            money: Some(50.into()),
            severity: Some("grave"),
            reason: Some("why"),
            place: Some("where"),
            inspection: Some("I-1"),
            inspector: Some("insp-02"),
            method: Some(Method::SpotCheck),
            source: Some("office"),
            corrected_on: day(5),
            decided_on: day(6),
            ..FindingRow::new("R-1", "canteen-1", day(3).unwrap(), "CT-07")
        }
    }

    #[test]
    fn a_row_made_a_record_is_the_same_row_again() {
        let record = full().to_record().unwrap();
        assert_eq!(FindingRow::of(&record), Some(full()));
        assert_eq!(Row::Finding(full()).into_record(), Ok(record.clone()));
        assert_eq!(Row::Other(Box::new(record.clone())).into_record(), Ok(record));
    }

    #[test]
    fn what_is_no_identifier_makes_no_record() {
        for row in [
            FindingRow { id: "", ..full() },
            FindingRow { subject: "第一食堂", ..full() },
            FindingRow { clause: "CT 07", ..full() },
            FindingRow { source: Some(""), ..full() },
        ] {
            assert!(row.to_record().is_err(), "{row:?}");
        }
    }

    #[test]
    fn a_row_holds_neither_evidence_nor_another_matter() {
        let mut record = full().to_record().unwrap();
        record.evidence = vec![Evidence { kind: EvidenceKind::Photo, reference: "IMG".into() }];
        assert_eq!(FindingRow::of(&record), None);
        record.evidence.clear();
        record.matter = Matter::Revocation;
        assert_eq!(FindingRow::of(&record), None);
    }
}
