//! Which records take effect: revocations, duplicates, knowledge, and everything that can be refused before pricing (semantics §3, §12).

use crate::{
    assessment::{Account, Fate, UnscoredRow, need},
    request::Request,
    roster::Roster,
    versions::{Version, Versions},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record, RecordId, Step, message::Args, record::standard_fact};

/// A record that takes effect, with the version that prices it.
#[derive(Clone, Copy)]
pub(crate) struct Admitted<'a> {
    pub(crate) index: usize,
    pub(crate) record: &'a Record,
    pub(crate) version: Version<'a>,
}

/// The records that take effect, in canonical order, and the account of the others.
pub(crate) struct Admission<'a> {
    pub(crate) admitted: Vec<Admitted<'a>>,
    pub(crate) account: Account,
}

/// Sorts the rows into those that take effect and those that don't.
///
/// `refused` are rows that turned out to be refused when they were priced: they take nothing back either.
pub(crate) fn admit<'a>(
    request: &Request<'a>,
    versions: &Versions<'a>,
    roster: &Roster<'a>,
    as_of: NaiveDate,
    refused: &BTreeMap<usize, Need>,
) -> Admission<'a> {
    let mut fates: BTreeMap<usize, (Fate, Need)> = BTreeMap::new();
    let unique = distinct_rows(request.records, &mut fates);

    // What is not known yet does nothing: neither counts nor revokes.
    let known: Vec<usize> = unique
        .into_iter()
        .filter(|index| {
            let Some(record) = request.records.get(*index) else { return false };
            let later = request.known_on.filter(|known_on| record.known_on() > *known_on);
            if let Some(known_on) = later {
                let args = Args::none().with("day", record.known_on()).with("known_on", known_on);
                fates.insert(*index, (Fate::NotYetKnown, need(Step::RowNotYetKnown, args)));
            }
            later.is_none()
        })
        .collect();

    let mut versions_of = BTreeMap::new();
    for index in &known {
        let Some(record) = request.records.get(*index) else { continue };
        let examined = match refused.get(index) {
            Some(need) => Err((Fate::Refused, need.clone())),
            None => examine(record, versions, roster, as_of),
        };
        match examined {
            Ok(version) => {
                versions_of.insert(*index, version);
            }
            Err(fate) => {
                fates.insert(*index, fate);
            }
        }
    }
    take_back_all(request.records, &known, &mut fates);

    let mut admitted: Vec<Admitted<'_>> = versions_of
        .into_iter()
        .filter(|(index, _)| !fates.contains_key(index))
        .filter_map(|(index, version)| {
            request.records.get(index).map(|record| Admitted { index, record, version })
        })
        .collect();
    admitted.sort_by(|a, b| a.record.canonical_key().cmp(&b.record.canonical_key()));

    let mut admission =
        Admission { admitted, account: Account { given: request.records.len(), ..Account::default() } };
    for (index, (fate, reason)) in fates {
        let id = request.records.get(index).map(|r| r.id.clone());
        admission.account.rows.push(UnscoredRow { index, id, fate, reason, line: None });
    }
    admission
}

/// Of rows with one id, equal ones are one; unequal ones are all refused.
fn distinct_rows(records: &[Record], fates: &mut BTreeMap<usize, (Fate, Need)>) -> Vec<usize> {
    let mut by_id: BTreeMap<&RecordId, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        by_id.entry(&record.id).or_default().push(index);
    }
    let mut unique = Vec::new();
    for (id, rows) in by_id {
        let Some((first, others)) = rows.split_first() else { continue };
        if others.iter().all(|other| records.get(*other) == records.get(*first)) {
            unique.push(*first);
            for other in others {
                fates.insert(
                    *other,
                    (Fate::Duplicate, need(Step::RowDuplicate, Args::none().with("record", id))),
                );
            }
        } else {
            for row in &rows {
                fates.insert(*row, (Fate::Refused, need(Step::RowConflict, Args::none().with("record", id))));
            }
        }
    }
    unique.sort_unstable();
    unique
}

/// What a record revokes or supersedes is taken back, unless the record is itself taken back by one that holds.
///
/// Where records take each other back in a circle, the latest word holds.
fn take_back_all(records: &[Record], known: &[usize], fates: &mut BTreeMap<usize, (Fate, Need)>) {
    let mut open: Vec<(usize, &Record)> =
        known.iter().filter_map(|i| records.get(*i).map(|r| (*i, r))).collect();
    let by_id: BTreeMap<&RecordId, usize> = open.iter().map(|(i, r)| (&r.id, *i)).collect();
    for (index, record) in &open {
        if !fates.contains_key(index)
            && let Err(need) = takes_back_something(record, *index, &by_id)
        {
            fates.insert(*index, (Fate::Refused, need));
        }
    }
    // The latest first: of those that nobody open may still take back, and in a circle of all.
    open.sort_by(|(_, a), (_, b)| (b.known_on(), b.canonical_key()).cmp(&(a.known_on(), a.canonical_key())));
    while !open.is_empty() {
        let targets: BTreeSet<&RecordId> = open
            .iter()
            .filter(|(index, _)| !fates.contains_key(index))
            .flat_map(|(_, record)| record.revokes.iter().chain(&record.supersedes))
            .collect();
        let free = open.iter().position(|(_, record)| !targets.contains(&record.id)).unwrap_or(0);
        let (index, record) = open.remove(free);
        if !fates.contains_key(&index) {
            take_back(record, &by_id, fates);
        }
    }
}

/// Whether what a record takes back is there.
fn takes_back_something(
    record: &Record,
    index: usize,
    by_id: &BTreeMap<&RecordId, usize>,
) -> Result<(), Need> {
    if matches!(record.matter, Matter::Revocation) && record.revokes.is_none() {
        return Err(need(Step::RowRevokesNothing, Args::none().with("record", &record.id)));
    }
    let mut targets = record.revokes.iter().chain(&record.supersedes);
    match targets.find(|target| by_id.get(target).is_none_or(|row| *row == index)) {
        Some(target) => {
            Err(need(Step::RowTargetUnknown, Args::none().with("record", target).with("by", &record.id)))
        }
        None => Ok(()),
    }
}

fn take_back(record: &Record, by_id: &BTreeMap<&RecordId, usize>, fates: &mut BTreeMap<usize, (Fate, Need)>) {
    let targets = [
        (record.revokes.as_ref(), Fate::Revoked, Step::RowRevoked),
        (record.supersedes.as_ref(), Fate::Superseded, Step::RowSuperseded),
    ];
    for (target, fate, step) in targets {
        let Some((target, row)) = target.and_then(|id| by_id.get(id).map(|row| (id, *row))) else { continue };
        let args = Args::none().with("record", target).with("by", &record.id);
        // What was refused stays refused: its reason is the better answer.
        fates.entry(row).or_insert((fate, need(step, args)));
    }
}

/// Everything that can be refused without a price.
fn examine<'a>(
    record: &'a Record,
    versions: &Versions<'a>,
    roster: &Roster<'_>,
    as_of: NaiveDate,
) -> Result<Version<'a>, (Fate, Need)> {
    let refused = |step, args| (Fate::Refused, need(step, args));
    if !roster.knows(&record.subject) {
        return Err(refused(Step::RowSubjectUnknown, Args::none().with("subject", &record.subject)));
    }
    let day = record.occurred_on;
    if let Some(recorded) = record.recorded_on.filter(|recorded| *recorded < day) {
        return Err(refused(
            Step::RowRecordedBefore,
            Args::none().with("day", day).with("recorded", recorded),
        ));
    }
    let acts_on_records = matches!(record.matter, Matter::Revocation);
    let version = if acts_on_records { versions.judging(day) } else { versions.in_force(day) };
    let version = version.ok_or_else(|| {
        refused(Step::RowOutsideVersions, Args::none().with("day", day).with("versions", versions.names()))
    })?;
    if acts_on_records {
        // A revocation acts on what was recorded, not on a day of its own.
        return Ok(version);
    }
    if day > as_of {
        return Err((
            Fate::OutOfScope,
            need(Step::RowAfterReport, Args::none().with("day", day).with("as_of", as_of)),
        ));
    }
    if !roster.present(&record.subject, day) {
        let args = Args::none().with("subject", &record.subject).with("day", day);
        return Err(refused(Step::RowSubjectAbsent, args));
    }
    names_known(record, version).map_err(|need| (Fate::Refused, need))?;
    Ok(version)
}

/// Whether the rulebook knows what the record names.
fn names_known(record: &Record, version: Version<'_>) -> Result<(), Need> {
    let unknown = |step, id: &str| need(step, Args::none().with("id", id).with("version", version.name()));
    let annex = version.annex;
    let source = match &record.matter {
        Matter::Finding(f) => f.source.as_ref(),
        Matter::Measurement(m) => m.source.as_ref(),
        Matter::Rating(r) => Some(&r.source),
        Matter::Inspection(i) => i.source.as_ref(),
        Matter::Commendation(c) => c.source.as_ref(),
        _ => None,
    };
    if let Some(source) = source.filter(|source| !annex.source.iter().any(|s| s.id == **source)) {
        return Err(unknown(Step::RowSourceUnknown, source.as_str()));
    }
    let clauses: BTreeSet<_> = match &record.matter {
        Matter::Finding(f) => match &f.clause {
            Some(clause) => BTreeSet::from([clause]),
            None => return Err(need(Step::RowClauseMissing, Args::none())),
        },
        Matter::Measurement(m) => BTreeSet::from([&m.clause]),
        Matter::Inspection(i) => i.not_applicable.iter().collect(),
        _ => BTreeSet::new(),
    };
    if let Some(clause) = clauses.into_iter().find(|clause| version.clause(clause).is_none()) {
        return Err(unknown(Step::RowClauseUnknown, clause.as_str()));
    }
    match &record.matter {
        Matter::Commendation(c) if !annex.award.iter().any(|a| a.id == c.award) => {
            Err(unknown(Step::RowAwardUnknown, c.award.as_str()))
        }
        Matter::Fact(f)
            if !standard_fact::ALL.contains(&f.fact.as_str())
                && !annex.fact.iter().any(|k| k.id == f.fact) =>
        {
            Err(unknown(Step::RowFactUnknown, f.fact.as_str()))
        }
        Matter::Rating(r) => {
            let top = annex.source.iter().find(|s| s.id == r.source).and_then(|s| s.full_marks);
            let beyond = r.score.is_negative() || top.is_some_and(|top| r.score > top);
            if beyond {
                let args = Args::none().with("score", r.score).with("top", top.unwrap_or_default());
                return Err(need(Step::RowRatingBeyond, args));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
