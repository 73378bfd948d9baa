//! A dossier out of the reference's own admission and passes, so that judging can be held against it by itself.
#![allow(clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use super::{
    compile::Scorer,
    dossier::{Dossier, Live, NO_MONEY, NONE, Of, Posting, Visit},
    people::People,
    question::Question,
    scale::at_scale,
};
use crate::{
    admit::{Admitted, admit},
    assessment::Entry,
    evaluate::report_day,
    fold::Fold,
    roster::Roster,
    versions::{Version, Versions},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{ClauseId, InspectionId, Matter, Need, Step, record::standard_fact};

/// The dossier of a question, as the reference admits and scores its records; nothing where 64 bits don't hold an entry.
pub(super) fn dossier<'a>(scorer: &'a Scorer, asked: &Question<'a>) -> Option<Dossier<'a>> {
    let request = asked.request(&scorer.books);
    let versions = Versions::known(request.rulebooks, request.known_on);
    let roster = Roster::new(&request);
    let as_of = report_day(&request, &versions);
    let fold = Fold { request: &request, versions: &versions, roster: &roster };
    let mut refused: BTreeMap<usize, Need> = BTreeMap::new();
    let (admitted, entries) = loop {
        let mut admission = admit(&request, &versions, &roster, as_of, &refused);
        admission.admitted.retain(|one| !matches!(one.record.matter, Matter::Revocation));
        let (entries, struck) = fold.entries(&admission.admitted);
        if struck.is_empty() {
            break (admission.admitted, entries);
        }
        refused.extend(struck);
    };
    let people = People::new(asked.organisation, asked.records, asked.known_on);
    let mut desk = Desk { scorer, people: &people, admitted: &admitted, inspections: Vec::new() };
    let live: Vec<Live<'a>> = admitted.iter().map(|one| desk.live(*one)).collect();
    let mut of: Vec<Of> = (0..people.len()).map(|_| Of::default()).collect();
    for (place, one) in live.iter().enumerate() {
        of[one.subject as usize].live.push(number(place));
    }
    let mut nths = BTreeMap::<u32, u32>::new();
    for entry in &entries {
        let posting = desk.posting(&versions, entry, &mut nths)?;
        of[posting.subject as usize].postings.push(posting);
    }
    let inspections = desk.inspections;
    let days = days(&versions, &admitted, &entries, as_of);
    let successions = live.iter().filter_map(|one| match &one.record.matter {
        Matter::Fact(fact) if fact.fact.as_str() == standard_fact::SUCCEEDED_BY => {
            Some((one.record.occurred_on, one.subject, people.number(fact.other.as_ref()?)))
        }
        _ => None,
    });
    let successions = successions.collect();
    Some(Dossier {
        scorer,
        versions,
        asked: asked.clone(),
        as_of,
        people,
        inspections,
        live,
        of,
        days,
        successions,
    })
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap()
}

/// What turns the reference's words into numbers.
struct Desk<'d, 'a> {
    scorer: &'a Scorer,
    people: &'d People<'a>,
    admitted: &'d [Admitted<'a>],
    inspections: Vec<&'a str>,
}

impl<'a> Desk<'_, 'a> {
    fn visit(&mut self, inspection: Option<&'a InspectionId>, index: usize) -> Visit {
        let Some(inspection) = inspection else { return Visit::Alone(number(index)) };
        let known = self.inspections.iter().position(|name| *name == inspection.as_str());
        Visit::Named(number(known.unwrap_or_else(|| {
            self.inspections.push(inspection.as_str());
            self.inspections.len() - 1
        })))
    }

    fn live(&mut self, one: Admitted<'a>) -> Live<'a> {
        let (clause, inspection) = match &one.record.matter {
            Matter::Finding(finding) => (finding.clause.as_ref(), finding.inspection.as_ref()),
            Matter::Measurement(measurement) => (Some(&measurement.clause), None),
            Matter::Inspection(inspection) => (None, Some(&inspection.inspection)),
            _ => (None, None),
        };
        Live {
            record: one.record,
            index: number(one.index),
            version: number(one.version.number),
            subject: self.people.number(&one.record.subject).unwrap(),
            clause: place_of(one.version, clause),
            visit: self.visit(inspection, one.index),
        }
    }

    fn posting(
        &mut self,
        versions: &Versions<'a>,
        entry: &Entry,
        nths: &mut BTreeMap<u32, u32>,
    ) -> Option<Posting> {
        let place = self.admitted.iter().position(|one| one.record.id == entry.record).unwrap();
        let one = self.admitted[place];
        let has_clause = |v: &Version<'_>| entry.clause.as_ref().is_none_or(|id| v.clause(id).is_some());
        let named = || versions.iter().filter(|v| v.name() == entry.version);
        let version = named().find(has_clause).or_else(|| named().next()).unwrap();
        let inspection = match &one.record.matter {
            Matter::Finding(finding) if entry.inspection.is_some() => finding.inspection.as_ref(),
            _ => None,
        };
        let award = entry.award.as_ref();
        let award = award.and_then(|id| version.annex.award.iter().position(|award| award.id == *id));
        let scale = self.scorer.scale;
        let nth = nths.entry(number(place)).or_default();
        let posting = Posting {
            kind: entry.kind,
            live: number(place),
            nth: *nth,
            subject: self.people.number(&entry.subject).unwrap(),
            version: number(version.number),
            clause: place_of(version, entry.clause.as_ref()),
            award: award.map_or(NONE, number),
            day: entry.day,
            decided_on: entry.decided_on,
            visit: self.visit(inspection, one.index),
            points: at_scale(entry.points, scale)?,
            money: match &entry.money {
                Some(money) => at_scale(money.amount, scale)?,
                None => NO_MONEY,
            },
            leans: entry.derivation.walk().any(|step| step.step == Step::DueProvisional),
        };
        *nth += 1;
        Some(posting)
    }
}

fn place_of(version: Version<'_>, clause: Option<&ClauseId>) -> u32 {
    let place = clause.and_then(|id| version.annex.clause.iter().position(|clause| clause.id == *id));
    place.map_or(NONE, number)
}

fn days(
    versions: &Versions<'_>,
    admitted: &[Admitted<'_>],
    entries: &[Entry],
    as_of: NaiveDate,
) -> Vec<NaiveDate> {
    let mut days: BTreeSet<NaiveDate> = admitted.iter().map(|one| one.record.occurred_on).collect();
    days.extend(entries.iter().map(|entry| entry.day).filter(|day| *day <= as_of));
    if versions.iter().any(|v| v.annex.tally.iter().any(|tally| tally.dated_by.is_some())) {
        let others = entries.iter().flat_map(|entry| [Some(entry.recorded_on), entry.decided_on]);
        days.extend(others.flatten().filter(|day| *day <= as_of));
    }
    days.into_iter().collect()
}
