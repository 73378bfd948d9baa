//! Which records take effect: revocations, duplicates, knowledge, and everything that can be refused before pricing (semantics §3, §12).

use crate::{
    assessment::{Account, Fate, UnscoredRow},
    refusal,
    request::Request,
    roster::Roster,
    versions::{Version, Versions},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Need, Record, RecordId, Step, record::standard_fact};

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

/// Sorts the rows into those that take effect and those that don't. `refused` are the rows that turned out to be refused
/// when they were priced: a refused row takes nothing back.
pub(crate) fn admit<'a>(
    request: &Request<'a>,
    versions: &Versions<'a>,
    roster: &Roster<'a>,
    as_of: NaiveDate,
    refused: &BTreeMap<usize, Need>,
) -> Admission<'a> {
    let mut fates: BTreeMap<usize, (Fate, Need)> =
        refused.iter().map(|(index, need)| (*index, (Fate::Refused, need.clone()))).collect();
    let unique = distinct_rows(request.records, &mut fates);

    // What is not known yet does nothing: neither counts nor revokes.
    let known: Vec<usize> = unique
        .into_iter()
        .filter(|index| {
            let Some(record) = request.records.get(*index) else { return false };
            let later = request.known_on.filter(|known_on| record.known_on() > *known_on);
            if let Some(known_on) = later {
                fates.insert(*index, (Fate::NotYetKnown, refusal::not_yet_known(record, known_on)));
            }
            later.is_none()
        })
        .collect();

    let mut versions_of = BTreeMap::new();
    for index in known.iter().filter(|index| !refused.contains_key(index)) {
        let Some(record) = request.records.get(*index) else { continue };
        match examine(record, versions, roster, as_of) {
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
        admission.account.rows.push(UnscoredRow { index: Some(index), id, fate, reason, line: None });
    }
    admission
}

/// Of rows with one id, equal ones are one; unequal ones are all refused.
// semantics §3.2
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
                fates.insert(*other, (Fate::Duplicate, refusal::duplicate(id)));
            }
        } else {
            for row in &rows {
                fates.insert(*row, (Fate::Refused, refusal::conflict(id)));
            }
        }
    }
    unique.sort_unstable();
    unique
}

/// What a live record revokes or supersedes is taken back, those first that nobody takes back (semantics §3.3): a
/// revocation that is itself revoked does nothing, whatever the days are. Rows that take each other back are decided
/// from the latest on.
fn take_back_all(records: &[Record], known: &[usize], fates: &mut BTreeMap<usize, (Fate, Need)>) {
    let by_id: BTreeMap<&RecordId, usize> =
        known.iter().filter_map(|i| records.get(*i).map(|r| (&r.id, *i))).collect();
    let mut latest_first: Vec<(usize, &Record)> =
        known.iter().filter_map(|i| records.get(*i).map(|r| (*i, r))).collect();
    latest_first
        .sort_by(|(_, a), (_, b)| (b.known_on(), b.canonical_key()).cmp(&(a.known_on(), a.canonical_key())));
    for (index, record) in &latest_first {
        if let Some(reason) = idle(record, *index, &by_id).filter(|_| !fates.contains_key(index)) {
            fates.insert(*index, (Fate::Refused, reason));
        }
    }
    // How many rows that are still to be decided take each row back.
    let mut waiting: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, target) in latest_first.iter().flat_map(|(_, record)| targets(record, &by_id)) {
        let count = waiting.entry(target).or_default();
        *count = count.saturating_add(1);
    }
    let rank: BTreeMap<usize, usize> =
        latest_first.iter().enumerate().map(|(rank, (index, _))| (*index, rank)).collect();
    let mut open: BTreeSet<usize> = rank.values().copied().collect();
    let is_free = |rank: &usize, waiting: &BTreeMap<usize, usize>| {
        latest_first.get(*rank).is_some_and(|(index, _)| waiting.get(index).is_none_or(|count| *count == 0))
    };
    let mut free: BTreeSet<usize> = open.iter().copied().filter(|rank| is_free(rank, &waiting)).collect();
    // Where all that is left takes each other back, the latest is decided first.
    while let Some(next) = free.first().or_else(|| open.first()).copied() {
        free.remove(&next);
        open.remove(&next);
        let Some((index, record)) = latest_first.get(next).copied() else { continue };
        let live = !fates.contains_key(&index);
        for (fate, target) in targets(record, &by_id) {
            if live {
                let target_id = records.get(target).map(|r| &r.id);
                // What was refused stays refused: its reason is the better answer.
                fates.entry(target).or_insert((fate, refusal::taken(fate, target_id, &record.id)));
            }
            let count = waiting.entry(target).or_default();
            *count = count.saturating_sub(1);
            if *count == 0 {
                free.extend(rank.get(&target).filter(|rank| open.contains(rank)));
            }
        }
    }
}

/// The rows that a record takes back, and as what.
fn targets(record: &Record, by_id: &BTreeMap<&RecordId, usize>) -> Vec<(Fate, usize)> {
    let revoked = record.revokes.as_ref().map(|id| (Fate::Revoked, id));
    let superseded = record.supersedes.as_ref().map(|id| (Fate::Superseded, id));
    let both = revoked.into_iter().chain(superseded);
    both.filter_map(|(how, id)| by_id.get(id).map(|target| (how, *target))).collect()
}

/// Why a record that should take another back cannot: the other is not there, or none is named.
fn idle(record: &Record, index: usize, by_id: &BTreeMap<&RecordId, usize>) -> Option<Need> {
    let named = record.revokes.iter().chain(&record.supersedes);
    for target in named {
        if by_id.get(target).is_none_or(|row| *row == index) {
            return Some(refusal::target_unknown(target, &record.id));
        }
    }
    (matches!(record.matter, Matter::Revocation) && record.revokes.is_none())
        .then(|| refusal::revokes_nothing(&record.id))
}

/// Everything that can be refused without a price.
// semantics §3.4
fn examine<'a>(
    record: &'a Record,
    versions: &Versions<'a>,
    roster: &Roster<'_>,
    as_of: NaiveDate,
) -> Result<Version<'a>, (Fate, Need)> {
    let refused = |need| (Fate::Refused, need);
    if !roster.knows(&record.subject) {
        return Err(refused(refusal::subject_unknown(&record.subject)));
    }
    let day = record.occurred_on;
    if let Some(recorded) = record.recorded_on.filter(|recorded| *recorded < day) {
        return Err(refused(refusal::recorded_before(day, recorded)));
    }
    let acts_on_records = matches!(record.matter, Matter::Revocation);
    let is_fact = matches!(record.matter, Matter::Fact(_));
    // A fact holds whatever the rules of its day are: a wage that was agreed before them is still the wage.
    let version = if is_fact { versions.judging(day).or_else(|| versions.iter().next()) } else { None };
    let version =
        version.or_else(|| if acts_on_records { versions.judging(day) } else { versions.in_force(day) });
    let version = version.ok_or_else(|| refused(refusal::outside_versions(day, versions.names())))?;
    if acts_on_records {
        // A revocation acts on what was recorded, not on a day of its own.
        return Ok(version);
    }
    if day > as_of {
        return Err((Fate::OutOfScope, refusal::after_report(day, as_of)));
    }
    // Facts are told of those who have left, too: a fine is paid, a tenancy passes on.
    if !is_fact && !roster.present(&record.subject, day) {
        return Err(refused(refusal::subject_absent(&record.subject, day)));
    }
    names_known(record, version).map_err(|need| (Fate::Refused, need))?;
    Ok(version)
}

/// Whether the rulebook knows what the record names.
fn names_known(record: &Record, version: Version<'_>) -> Result<(), Need> {
    let unknown = |step, id: &str| refusal::unknown(step, id, version.name());
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
            None => return Err(refusal::clause_missing()),
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
                return Err(refusal::rating_beyond(r.score, top));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
