//! One unit in two sweeps: up to recurrence in canonical order, then caps after the factors in the order of days (semantics §4.1).

use super::{Draft, Fold, Halt, NoHeadRoom, Reckoned, Struck, cap};
use crate::{
    assessment::EntryKind,
    engine::{dossier::Live, judge::Known, tables::Item},
    refusal,
};
use alloc::vec::Vec;
use ducha_core::{Matter, SourceId, Step};
use ducha_rulebook::annex::clause::Clause;

impl<'q, 'a> Fold<'q, 'a> {
    /// The entries of one unit.
    pub(super) fn unit(
        &self,
        unit: &[(u64, u32)],
        drafts: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        let begin = drafts.len();
        let mut used = cap::Used::default();
        for (_, place) in unit {
            let Some(one) = self.live(*place) else { continue };
            let before = drafts.get(begin..).unwrap_or_default();
            match self.first_sweep(*place, one, before, &mut used) {
                Ok(made) => drafts.extend(made.into_iter().flatten()),
                Err(Halt::Refused(need)) => struck.push((one.index, *need)),
                Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
            }
        }
        let mut supplements = Vec::new();
        for draft in drafts.get(begin..).unwrap_or_default() {
            self.unrectified(draft, None, &mut supplements, struck)?;
        }
        if !supplements.is_empty() {
            drafts.append(&mut supplements);
            let of_unit = drafts.get_mut(begin..).unwrap_or_default();
            of_unit.sort_by_key(|draft| draft.posting.key());
        }
        self.second_sweep(begin, drafts, struck)
    }

    /// What a record costs or earns, up to its recurrence: at most two entries.
    pub(super) fn first_sweep(
        &self,
        place: u32,
        one: &Live<'a>,
        before: &[Draft],
        used: &mut cap::Used,
    ) -> Reckoned<[Option<Draft>; 2]> {
        match &one.record.matter {
            Matter::Finding(finding) => {
                let (item, clause) = self.applicable(one)?;
                let mut draft = self.price_of_finding(place, one, item, clause, finding, before)?;
                self.trim(&mut draft, item, clause, finding.source.as_ref(), true, used)?;
                draft.capped = draft.posting.points;
                self.recur(&mut draft, item, before)?;
                Ok([Some(draft), None])
            }
            Matter::Measurement(measurement) => {
                let (item, clause) = self.applicable(one)?;
                let (lost, won) = self.price_measurement(clause, measurement)?;
                let mut draft = self.draft(place, one, EntryKind::Deduction, lost);
                self.trim(&mut draft, item, clause, measurement.source.as_ref(), true, used)?;
                let award = won.map(|points| {
                    let mut award = self.draft(place, one, EntryKind::Award, points);
                    award.posting.nth = 1;
                    award
                });
                Ok([Some(draft), award])
            }
            Matter::Commendation(commendation) => {
                let place_of_award = self.award(one, commendation).ok_or_else(|| {
                    let version = self.version(one.version).map_or("", |version| version.name());
                    refusal::unknown(Step::RowAwardUnknown, commendation.award.as_str(), version)
                })?;
                let points = self.price_commendation(one, place_of_award, commendation)?;
                let mut draft = self.draft(place, one, EntryKind::Award, points);
                draft.posting.award = place_of_award;
                Ok([Some(draft), None])
            }
            _ => Ok([None, None]),
        }
    }

    /// Caps after the factors, in the order of days.
    pub(super) fn second_sweep(
        &self,
        begin: usize,
        drafts: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        let mut used = cap::Used::default();
        let mut failed: Vec<u32> = Vec::new();
        for draft in drafts.get_mut(begin..).unwrap_or_default() {
            let Some(one) = self.live(draft.posting.live) else { continue };
            let trimmed = match draft.posting.kind {
                EntryKind::Deduction | EntryKind::Unrectified => {
                    match (
                        self.tables.item(draft.posting.version, draft.posting.clause),
                        self.clause(&draft.posting),
                    ) {
                        (Some(item), Some(clause)) => {
                            self.trim(draft, item, clause, source_of(one), false, &mut used)
                        }
                        _ => Ok(()),
                    }
                }
                EntryKind::Award => self.trim_award(draft, &mut used),
                _ => Ok(()),
            };
            match trimmed {
                Ok(()) => {}
                Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
                Err(Halt::Refused(need)) => {
                    failed.push(draft.posting.live);
                    struck.push((one.index, *need));
                }
            }
        }
        if !failed.is_empty() {
            drafts.retain(|draft| !failed.contains(&draft.posting.live));
        }
        Ok(())
    }

    /// The clause of a record, if it is in force that day and about this kind of subject.
    pub(super) fn applicable(&self, one: &Live<'a>) -> Known<(&'q Item, &'a Clause)> {
        let item = self.tables.item(one.version, one.clause);
        let clause = self.version(one.version).and_then(|v| v.annex.clause.get(one.clause as usize));
        let (Some(item), Some(clause)) = (item, clause) else {
            return Err(refusal::clause_missing().into());
        };
        let day = one.record.occurred_on;
        let under = refusal::Under(&clause.id);
        if item.from.is_some_and(|from| day < from) || item.until.is_some_and(|until| until <= day) {
            return Err(under.not_in_force(day, &one.record.subject).into());
        }
        if !self.people.is_of(one.subject, &clause.applies_to) {
            return Err(under.not_applicable(day, &one.record.subject).into());
        }
        Ok((item, clause))
    }
}

/// Who found or measured it.
pub(super) fn source_of<'a>(one: &Live<'a>) -> Option<&'a SourceId> {
    match &one.record.matter {
        Matter::Finding(finding) => finding.source.as_ref(),
        Matter::Measurement(measurement) => measurement.source.as_ref(),
        _ => None,
    }
}
