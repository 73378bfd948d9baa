//! Rows as records: what a batch takes.

use super::{Coded, Columns, ColumnsError, check::time_of};
use crate::engine::{
    compile::Scorer,
    span::{Day, day_of},
};
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Amount, ClauseId, Id, Matter, Record, SubjectId, record::Finding};

/// The reason of a choice where no column tells reasons.
const TOLD_ELSEWHERE: &str = "理由另有记录 / the reason is on record elsewhere";

impl Scorer {
    /// The rows as records, in their order: what [`Scorer::assess`] takes, and [`Scored::explain`](super::super::Scored::explain)
    /// then explains.
    ///
    /// # Errors
    /// [`ColumnsError`].
    ///
    /// ```
    /// # use ducha_rulebook::{Rulebook, Source};
    /// # let text = r#"
    /// # format = 1
    /// # [rulebook]
    /// # id = "tiny"
    /// # version = "1"
    /// # title = { zh = "示例", en = "Example" }
    /// # status = "draft"
    /// # from = 2026-01-01
    /// # point_step = 1
    /// # calendar = "cn"
    /// # [[clause]]
    /// # id = "C-1"
    /// # name = { zh = "垃圾未清", en = "refuse not cleared" }
    /// # aspect = "service_quality"
    /// # price = { shape = "flat", points = 2 }
    /// # "#;
    /// # let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
    /// use ducha_core::SubjectId;
    /// use ducha_scoring::engine::{Columns, Question, Scorer};
    /// let scorer = Scorer::compile(&[book])?;
    /// let names = [SubjectId::new("canteen")?];
    /// let columns = Columns {
    ///     subjects: 1,
    ///     names: Some(&names),
    ///     subject: &[0],
    ///     clause: &[0],
    ///     day: &[739_901],
    ///     ..Columns::default()
    /// };
    /// let records = scorer.records_of(&columns)?;
    /// assert_eq!(records[0].id.as_str(), "row-0000000000");
    /// let scored = scorer.assess(&Question::new(&records))?;
    /// let explained = scored.explain(&names[0])?;
    /// assert_eq!(explained.entries[0].points, 2.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn records_of(&self, columns: &Columns<'_>) -> Result<Vec<Record>, ColumnsError> {
        columns.checked(self.scale)?;
        let rows = Rows { columns, names: columns.subject_ids()?, clauses: self.clause_ids() };
        (0..columns.rows()).map(|row| rows.record(row)).collect()
    }

    /// The clauses by their codes, and one of a name that none has.
    fn clause_ids(&self) -> (Vec<ClauseId>, Option<ClauseId>) {
        let mut unknown = String::from("?");
        while self.codes.number(&unknown).is_some() {
            unknown.push('?');
        }
        let known = self.codes.texts().filter_map(|code| ClauseId::new(code).ok());
        (known.collect(), ClauseId::new(unknown).ok())
    }
}

impl Columns<'_> {
    /// What a row is called: its id, or where no ids are given `row-` and its rank and place in ten digits, so that names
    /// follow each other as rows do.
    #[must_use]
    pub fn row_id(&self, row: usize) -> Option<String> {
        let place = Some(row).filter(|row| *row < self.rows())?;
        match (self.id, self.rank) {
            (Some(ids), _) => ids.get(row).map(|id| (*id).to_owned()),
            (None, Some(rank)) => rank.get(row).map(|rank| format!("row-{rank:010}-{place:010}")),
            (None, None) => Some(format!("row-{place:010}")),
        }
    }

    /// The ids of the subjects: those that were lent, else `subject-` and the number in ten digits.
    pub(super) fn subject_ids(&self) -> Result<Vec<SubjectId>, ColumnsError> {
        let made = |number: u32| Id::new(format!("subject-{number:010}")).map_err(|_| ColumnsError::TooMany);
        match self.names {
            Some(names) => Ok(names.to_vec()),
            None => (0..self.subjects).map(made).collect(),
        }
    }
}

/// What rows are read with.
struct Rows<'c> {
    columns: &'c Columns<'c>,
    names: Vec<SubjectId>,
    clauses: (Vec<ClauseId>, Option<ClauseId>),
}

impl Rows<'_> {
    fn record(&self, row: usize) -> Result<Record, ColumnsError> {
        let columns = self.columns;
        let subject = columns.subject.get(row).and_then(|number| self.names.get(*number as usize));
        let id = columns.row_id(row).and_then(|id| Id::new(id).ok()).ok_or(ColumnsError::Id { row })?;
        let day = columns.day.get(row).and_then(|day| day_of(*day)).ok_or(ColumnsError::Day { row })?;
        let time = columns.time.and_then(|time| time.get(row)).filter(|time| **time != Columns::NOT_GIVEN);
        Ok(Record {
            id,
            subject: subject.ok_or(ColumnsError::Subject { row })?.clone(),
            occurred_on: day,
            occurred_at: time.and_then(|time| time_of(*time)),
            recorded_on: date(columns.recorded_on, row)?,
            revokes: named(columns.revokes.as_ref(), row)?,
            supersedes: named(columns.supersedes.as_ref(), row)?,
            note: text(columns.note.as_ref(), row)?,
            evidence: Vec::new(),
            matter: Matter::Finding(self.finding(row)?),
        })
    }

    fn finding(&self, row: usize) -> Result<Finding, ColumnsError> {
        let columns = self.columns;
        let (clauses, unknown) = &self.clauses;
        let clause = columns.clause.get(row).and_then(|code| clauses.get(*code as usize));
        let quantity = columns.quantity.and_then(|quantity| quantity.get(row));
        let quantity = quantity.map(|quantity| {
            Amount::of_scaled(*quantity, columns.quantity_places).ok_or(ColumnsError::HeadRoom { row })
        });
        let points = amount(columns.points, columns.points_places, row)?;
        let money = amount(columns.money, columns.money_places, row)?;
        let reason = match &columns.reason {
            None => (points.is_some() || money.is_some()).then(|| TOLD_ELSEWHERE.to_owned()),
            reasons => text(reasons.as_ref(), row)?,
        };
        Ok(Finding {
            clause: clause.or(unknown.as_ref()).cloned(),
            quantity: quantity.transpose()?,
            points,
            money,
            severity: named(columns.severity.as_ref(), row)?,
            reason,
            place: text(columns.place.as_ref(), row)?,
            inspection: named(columns.inspection.as_ref(), row)?,
            inspector: named(columns.inspector.as_ref(), row)?,
            method: named(columns.method.as_ref(), row)?,
            source: named(columns.source.as_ref(), row)?,
            corrected_on: date(columns.corrected_on, row)?,
            decided_on: date(columns.decided_on, row)?,
        })
    }
}

fn named<T: Clone>(column: Option<&Coded<'_, T>>, row: usize) -> Result<Option<T>, ColumnsError> {
    Ok(column.map(|column| column.name(row)).transpose()?.flatten().cloned())
}

fn text(column: Option<&Coded<'_, &str>>, row: usize) -> Result<Option<String>, ColumnsError> {
    Ok(named(column, row)?.map(ToOwned::to_owned))
}

fn date(column: Option<&[Day]>, row: usize) -> Result<Option<NaiveDate>, ColumnsError> {
    let day = column.and_then(|days| days.get(row)).filter(|day| **day != Columns::NO_DAY);
    day.map(|day| day_of(*day).ok_or(ColumnsError::Day { row })).transpose()
}

fn amount<U>(column: Option<&[i64]>, places: u32, row: usize) -> Result<Option<Amount<U>>, ColumnsError> {
    let units = column.and_then(|units| units.get(row)).filter(|units| **units != Columns::NOT_GIVEN);
    let amount = |units: &i64| Amount::of_scaled(*units, places).ok_or(ColumnsError::HeadRoom { row });
    units.map(amount).transpose()
}
