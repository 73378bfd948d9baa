//! Records of a world given as columns, as far as they are findings, and beside them.

use chrono::{Datelike, NaiveDate, Timelike};
use ducha_core::{Amount, Id, Matter, Record, RecordId, SubjectId, record::Finding};
use ducha_scoring::engine::{Coded, Columns, Scorer};
use std::collections::BTreeSet;

/// How rows are told apart and ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedRows {
    ByIds,
    ByRanks,
}

/// Findings, which become rows, and the other records.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) findings: Vec<Record>,
    pub(crate) beside: Vec<Record>,
}

/// A column of names as codes.
struct Names<T> {
    codes: Vec<u32>,
    names: Vec<T>,
}

impl<T: PartialEq> Names<T> {
    fn of(rows: impl Iterator<Item = Option<T>>) -> Self {
        let mut column = Self { codes: vec![], names: vec![] };
        for name in rows {
            let code = name.map(|name| {
                let known = column.names.iter().position(|known| *known == name);
                known.unwrap_or_else(|| {
                    column.names.push(name);
                    column.names.len() - 1
                })
            });
            column.codes.push(code.map_or(Columns::NO_CODE, |code| u32::try_from(code).unwrap()));
        }
        column
    }

    fn coded(&self) -> Option<Coded<'_, T>> {
        Some(Coded { codes: &self.codes, names: &self.names })
    }
}

fn finding(record: &Record) -> Option<&Finding> {
    match &record.matter {
        Matter::Finding(finding) => Some(finding),
        _ => None,
    }
}

/// An amount in units of its last of so many places.
fn units<U>(amount: Option<Amount<U>>, places: u32) -> i64 {
    let Some(amount) = amount else { return Columns::NOT_GIVEN };
    let mut value = amount.decimal();
    value.rescale(places);
    assert_eq!(value, amount.decimal(), "finer than the column");
    i64::try_from(value.mantissa()).unwrap()
}

fn day(day: Option<NaiveDate>) -> i32 {
    day.map_or(Columns::NO_DAY, |day| day.num_days_from_ce())
}

impl Given {
    /// Findings apart from all others, as they come or in turned order.
    pub(crate) fn of(records: &[Record], turned: bool) -> Self {
        let (mut findings, beside): (Vec<_>, Vec<_>) =
            records.iter().cloned().partition(|record| finding(record).is_some());
        if turned {
            findings.reverse();
        }
        Self { findings, beside }
    }

    /// The same without rows of an id that was there before.
    pub(crate) fn once(mut self) -> Self {
        let mut seen = BTreeSet::new();
        self.beside.retain(|record| seen.insert(record.id.clone()));
        self.findings.retain(|record| seen.insert(record.id.clone()));
        self
    }

    /// The same with each row named as columns name rows that have no ids.
    pub(crate) fn renamed(mut self) -> Self {
        let ranks = self.ranks();
        let named = |row: usize| Id::new(format!("row-{:010}-{row:010}", ranks[row])).unwrap();
        let names: Vec<(RecordId, RecordId)> =
            self.findings.iter().enumerate().map(|(row, record)| (record.id.clone(), named(row))).collect();
        let rename = |id: &mut RecordId| {
            if let Some((_, name)) = names.iter().find(|(old, _)| old == id) {
                *id = name.clone();
            }
        };
        for record in self.findings.iter_mut().chain(&mut self.beside) {
            rename(&mut record.id);
            record.revokes.iter_mut().chain(&mut record.supersedes).for_each(rename);
            if let Matter::Fact(fact) = &mut record.matter {
                fact.refers_to.iter_mut().for_each(rename);
            }
        }
        self
    }

    /// All records: the rows, then the others.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.findings.iter().chain(&self.beside).cloned().collect()
    }

    /// The place of each row in the order of ids.
    fn ranks(&self) -> Vec<u32> {
        let mut ids: Vec<&RecordId> = self.findings.iter().map(|record| &record.id).collect();
        ids.sort_unstable();
        let rank = |record: &Record| ids.binary_search(&&record.id).unwrap();
        self.findings.iter().map(|record| u32::try_from(rank(record)).unwrap()).collect()
    }

    /// Lends the findings as columns that tell everything.
    pub(crate) fn lend<R>(
        &self,
        scorer: &Scorer,
        named: NamedRows,
        told: impl FnOnce(&Columns<'_>) -> R,
    ) -> R {
        fn each<T>(records: &[Record], cell: impl Fn(&Record, &Finding) -> T) -> Vec<T> {
            records.iter().map(|record| cell(record, finding(record).unwrap())).collect()
        }
        let rows = &self.findings;
        let findings = || rows.iter().filter_map(finding);
        let subject = Names::<SubjectId>::of(rows.iter().map(|record| Some(record.subject.clone())));
        let code = |finding: &Finding| finding.clause.as_ref().and_then(|id| scorer.clause(id.as_str()));
        let clause = each(rows, |_, finding| code(finding).unwrap_or(Columns::NO_CODE));
        let acts = each(rows, |record, _| record.occurred_on.num_days_from_ce());
        let time = each(rows, |record, _| {
            let seconds = record.occurred_at.map(|time| i64::from(time.num_seconds_from_midnight()));
            seconds.map_or(Columns::NOT_GIVEN, |seconds| seconds * 1_000_000_000)
        });
        let ids: Vec<&str> = rows.iter().map(|record| record.id.as_str()).collect();
        let ranks = self.ranks();
        let reason = Names::of(findings().map(|finding| finding.reason.as_deref()));
        let severity = Names::of(findings().map(|finding| finding.severity.clone()));
        let inspection = Names::of(findings().map(|finding| finding.inspection.clone()));
        let source = Names::of(findings().map(|finding| finding.source.clone()));
        let inspector = Names::of(findings().map(|finding| finding.inspector.clone()));
        let method = Names::of(findings().map(|finding| finding.method));
        let place = Names::of(findings().map(|finding| finding.place.as_deref()));
        let note = Names::of(rows.iter().map(|record| record.note.as_deref()));
        let revokes = Names::of(rows.iter().map(|record| record.revokes.clone()));
        let supersedes = Names::of(rows.iter().map(|record| record.supersedes.clone()));
        told(&Columns {
            subjects: u32::try_from(subject.names.len()).unwrap(),
            names: Some(&subject.names),
            subject: &subject.codes,
            clause: &clause,
            day: &acts,
            time: Some(&time),
            rank: Some(&ranks[..]).filter(|_| named == NamedRows::ByRanks),
            id: Some(&ids[..]).filter(|_| named == NamedRows::ByIds),
            quantity: Some(&each(rows, |_, f| {
                units(Some(f.quantity.unwrap_or(ducha_core::Quantity::ONE)), 4)
            })),
            quantity_places: 4,
            points: Some(&each(rows, |_, finding| units(finding.points, 2))),
            points_places: 2,
            money: Some(&each(rows, |_, finding| units(finding.money, 2))),
            money_places: 2,
            reason: reason.coded(),
            severity: severity.coded(),
            inspection: inspection.coded(),
            source: source.coded(),
            inspector: inspector.coded(),
            method: method.coded(),
            place: place.coded(),
            note: note.coded(),
            recorded_on: Some(&each(rows, |record, _| day(record.recorded_on))),
            corrected_on: Some(&each(rows, |_, finding| day(finding.corrected_on))),
            decided_on: Some(&each(rows, |_, finding| day(finding.decided_on))),
            revokes: revokes.coded(),
            supersedes: supersedes.coded(),
        })
    }
}
