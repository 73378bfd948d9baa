//! The way of a batch, told by rows.

use super::{Columns, ColumnsError, EntryColumns, General, UnscoredCell};
use crate::{
    assessment::EntryKind,
    engine::{
        assess::AssessError,
        codes::Codes,
        compile::Scorer,
        dossier::{NO_MONEY, NONE},
        question::Question,
        scored::Scored,
        span::number_of,
    },
};
use alloc::{vec, vec::Vec};
use ducha_core::SubjectId;

/// What a batch tells of rows.
pub(super) struct Told {
    pub(super) points: Vec<i64>,
    pub(super) unscored: Vec<UnscoredCell>,
    pub(super) general: General,
}

/// Asks a batch about the rows and the records beside them.
pub(super) fn tell(
    scorer: &Scorer,
    columns: &Columns<'_>,
    asked: &Question<'_>,
) -> Result<Told, ColumnsError> {
    if columns.names.is_none() && (asked.organisation.is_some() || !asked.records.is_empty()) {
        return Err(ColumnsError::Nameless);
    }
    let mut records = scorer.records_of(columns)?;
    records.extend_from_slice(asked.records);
    let question = Question { records: &records, ..asked.clone() };
    let scored = scorer.assess(&question).map_err(|error| match error {
        AssessError::HeadRoom { row, .. } => ColumnsError::HeadRoom { row },
        AssessError::TooMany => ColumnsError::TooMany,
    })?;
    let names = columns.subject_ids()?;
    let mut numbers = Codes::new(names.iter().map(SubjectId::as_str));
    let roster = scored.roster();
    let others: Vec<SubjectId> =
        roster.iter().filter(|line| numbers.add(line.id.as_str())).map(|line| line.id.clone()).collect();
    let (points, entries) = entries(&scored, &numbers, columns.rows());
    let unscored = scored.account().rows.iter();
    let unscored = unscored
        .filter_map(|row| Some(UnscoredCell { row: row.index?, fate: row.fate, reason: row.reason.step }));
    let unscored = unscored.collect();
    let (as_of, official) = (scored.as_of(), scored.is_official());
    let parts = scored.into_parts();
    let general = General {
        as_of,
        official,
        account: parts.account,
        subjects: roster,
        others,
        entries,
        tallies: parts.tallies,
        indexes: parts.indexes,
        standings: parts.standings,
        consequences: parts.consequences,
        rankings: parts.rankings,
    };
    Ok(Told { points, unscored, general })
}

/// What each row's own deduction is, and all entries in order.
fn entries(scored: &Scored<'_>, numbers: &Codes, rows: usize) -> (Vec<i64>, EntryColumns) {
    let dossier = &scored.dossier;
    let (mut points, mut entries) = (vec![0; rows], EntryColumns::default());
    for posting in scored.postings() {
        let Some(live) = dossier.live(posting.live) else { continue };
        let own = points.get_mut(live.index as usize).filter(|_| posting.kind == EntryKind::Deduction);
        if let Some(own) = own {
            *own = posting.points;
        }
        let subject = dossier.people.id(posting.subject).and_then(|id| numbers.number(id.as_str()));
        entries.row.push(live.index);
        entries.kind.push(posting.kind);
        entries.subject.push(subject.unwrap_or(NONE));
        entries.day.push(number_of(posting.day));
        entries.points.push(posting.points);
        entries.money.push(if posting.money == NO_MONEY { Columns::NOT_GIVEN } else { posting.money });
    }
    (points, entries)
}
