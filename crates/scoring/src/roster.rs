//! Who is assessed: the organisation that was given, or the subjects of the records as they come.

use crate::{assessment::SubjectLine, request::Request};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Label, Organisation, Period, Record, Subject, SubjectId, SubjectKindId};

/// The subjects, with or without an organisation.
pub(crate) struct Roster<'a> {
    organisation: Option<&'a Organisation>,
    implied: BTreeSet<&'a SubjectId>,
}

impl<'a> Roster<'a> {
    /// Those of the organisation; without one, those of the records that are known.
    pub(crate) fn new(request: &Request<'a>) -> Self {
        let known = |r: &&Record| request.known_on.is_none_or(|day| r.known_on() <= day);
        let implied = match request.organisation {
            Some(_) => BTreeSet::new(),
            None => request.records.iter().filter(known).map(|r| &r.subject).collect(),
        };
        Self { organisation: request.organisation, implied }
    }

    pub(crate) fn subject(&self, id: &SubjectId) -> Option<&'a Subject> {
        self.organisation?.subject(id)
    }

    /// Whether the subject is known at all.
    pub(crate) fn knows(&self, id: &SubjectId) -> bool {
        self.organisation.is_none() || self.subject(id).is_some()
    }

    /// Whether the subject is on the roster on that day.
    pub(crate) fn present(&self, id: &SubjectId, day: NaiveDate) -> bool {
        match (self.organisation, Period::day(day)) {
            (Some(organisation), Some(period)) => organisation.on_roster(id, &period),
            _ => true,
        }
    }

    /// The first day of the subject on the roster, if it has one.
    pub(crate) fn first_day(&self, id: &SubjectId) -> Option<NaiveDate> {
        self.subject(id)?.from
    }

    /// Whether a rule for these kinds of subjects is about the subject. A subject of unknown kind is of every kind.
    pub(crate) fn is_of(&self, id: &SubjectId, kinds: &[SubjectKindId]) -> bool {
        kinds.is_empty() || self.subject(id).is_none_or(|s| kinds.contains(&s.kind))
    }

    /// All subjects in the order of ids.
    pub(crate) fn ids(&self) -> Vec<SubjectId> {
        match self.organisation {
            Some(organisation) => organisation.subjects().map(|s| s.id.clone()).collect(),
            None => self.implied.iter().map(|id| (*id).clone()).collect(),
        }
    }

    pub(crate) fn parent(&self, id: &SubjectId, day: NaiveDate) -> Option<&'a SubjectId> {
        self.organisation?.parent_on(id, day)
    }

    pub(crate) fn members(&self, id: &SubjectId, day: NaiveDate) -> Vec<SubjectId> {
        let Some(organisation) = self.organisation else { return Vec::new() };
        organisation
            .subjects()
            .filter(|s| organisation.parent_on(&s.id, day) == Some(id))
            .filter(|s| self.present(&s.id, day))
            .map(|s| s.id.clone())
            .collect()
    }

    /// The unit that the subject is or belongs to: itself if it ever had a leader, else what it belongs to.
    pub(crate) fn unit(&self, id: &'a SubjectId, day: NaiveDate) -> Option<&'a SubjectId> {
        let leads_itself = self.subject(id).is_some_and(|s| !s.leader.is_empty());
        if leads_itself { Some(id) } else { self.parent(id, day) }
    }

    /// Who leads the unit of the subject on that day; the levels above are asked where the subject itself leads.
    pub(crate) fn leader(&self, id: &'a SubjectId, day: NaiveDate, levels_up: u32) -> Option<SubjectId> {
        let organisation = self.organisation?;
        let mut unit = self.unit(id, day)?;
        for _ in 0..levels_up {
            unit = self.parent(unit, day)?;
        }
        // Who leads a unit answers for it above: the leader's leader is that of the unit above.
        let leader = organisation.leader_on(unit, day)?;
        if leader.person == *id {
            unit = self.parent(unit, day)?;
            return organisation.leader_on(unit, day).map(|l| l.person.clone());
        }
        Some(leader.person.clone())
    }

    /// The subjects as the assessment lists them.
    pub(crate) fn lines(&self, as_of: NaiveDate) -> Vec<SubjectLine> {
        let line = |id: SubjectId| {
            let subject = self.subject(&id);
            SubjectLine {
                name: subject.map_or_else(|| Label::same(id.as_str()), |s| s.name.clone()),
                kind: subject.map(|s| s.kind.clone()),
                line: subject.and_then(|s| s.line.clone()),
                parent: self.parent(&id, as_of).cloned(),
                id,
            }
        };
        self.ids().into_iter().map(line).collect()
    }
}
