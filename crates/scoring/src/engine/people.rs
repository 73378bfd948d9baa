//! Who is assessed, as numbers: the subjects of the organisation, or those of the records as they come.

use super::codes::Codes;
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Organisation, Record, Subject, SubjectId, SubjectKindId};

/// The subjects, each with a number. With an organisation nobody else is known.
#[derive(Debug, Clone)]
pub(super) struct People<'a> {
    pub(super) organisation: Option<&'a Organisation>,
    listed: Listed<'a>,
}

/// Where the numbers come from.
#[derive(Debug, Clone)]
enum Listed<'a> {
    /// Made for one question.
    Here { ids: Vec<&'a SubjectId>, subjects: Vec<Option<&'a Subject>>, numbers: Codes },
    /// Kept by a ledger; with a newcomer who has the next number.
    Kept(&'a Directory, Option<&'a SubjectId>),
}

/// A list of subjects that is kept, and grows at its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Directory {
    ids: Vec<SubjectId>,
    subjects: Vec<Option<Subject>>,
    numbers: Codes,
}

impl Directory {
    /// The list of these people, with their numbers.
    pub(super) fn of(people: &People<'_>) -> Self {
        let mut directory = Self::default();
        for number in people.in_order() {
            if let Some(id) = people.id(number) {
                directory.ids.push(id.clone());
                directory.subjects.push(people.subject(number).cloned());
                directory.numbers.add(id.as_str());
            }
        }
        directory
    }

    /// Gives somebody the next number, unless he has one.
    pub(super) fn add(&mut self, id: &SubjectId) {
        if self.numbers.add(id.as_str()) {
            self.ids.push(id.clone());
            self.subjects.push(None);
        }
    }

    /// The number of a subject.
    pub(super) fn number(&self, id: &SubjectId) -> Option<u32> {
        self.numbers.number(id.as_str())
    }

    /// The ids by number.
    pub(super) fn ids(&self) -> &[SubjectId] {
        &self.ids
    }
}

impl<'a> People<'a> {
    /// The subjects in the order of their ids, numbered from 0; without an organisation, those of the records known on a day.
    pub(super) fn new(
        organisation: Option<&'a Organisation>,
        records: &'a [Record],
        known_on: Option<NaiveDate>,
    ) -> Self {
        let ids: Vec<&'a SubjectId> = match organisation {
            Some(organisation) => organisation.subjects().map(|subject| &subject.id).collect(),
            None => {
                let known = |record: &&Record| known_on.is_none_or(|day| record.known_on() <= day);
                let mut seen = Codes::default();
                let mut ids = Vec::new();
                for record in records.iter().filter(known) {
                    if seen.add(record.subject.as_str()) {
                        ids.push(&record.subject);
                    }
                }
                ids
            }
        };
        Self::of(organisation, ids)
    }

    /// These subjects, each given once, numbered in the order of their ids.
    pub(super) fn of(organisation: Option<&'a Organisation>, mut ids: Vec<&'a SubjectId>) -> Self {
        ids.sort_unstable();
        let subjects = ids.iter().map(|id| organisation.and_then(|o| o.subject(id))).collect();
        let numbers = Codes::new(ids.iter().map(|id| id.as_str()));
        Self { organisation, listed: Listed::Here { ids, subjects, numbers } }
    }

    /// The subjects of a list that is kept, and a newcomer.
    pub(super) const fn kept(
        organisation: Option<&'a Organisation>,
        directory: &'a Directory,
        newcomer: Option<&'a SubjectId>,
    ) -> Self {
        Self { organisation, listed: Listed::Kept(directory, newcomer) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match &self.listed {
            Listed::Here { ids, .. } => ids.len(),
            Listed::Kept(directory, newcomer) => {
                directory.ids.len().saturating_add(usize::from(newcomer.is_some()))
            }
        }
    }

    /// All numbers, in the order of ids.
    pub(super) fn in_order(&self) -> impl Iterator<Item = u32> {
        (0_u32..).take(self.len())
    }

    /// Who ever belonged to a unit.
    pub(super) fn members_ever(&self, unit: u32) -> Vec<u32> {
        let id = self.id(unit);
        let belongs = |subject: &Subject| subject.parent.iter().any(|membership| Some(&membership.of) == id);
        self.in_order().filter(|number| self.subject(*number).is_some_and(belongs)).collect()
    }

    /// The number of a subject; nothing where nobody of that id is known.
    pub(super) fn number(&self, id: &SubjectId) -> Option<u32> {
        match &self.listed {
            Listed::Here { numbers, .. } => numbers.number(id.as_str()),
            Listed::Kept(directory, newcomer) => directory.number(id).or_else(|| {
                let next = u32::try_from(directory.ids.len()).ok();
                next.filter(|_| *newcomer == Some(id))
            }),
        }
    }

    /// The id of a number.
    pub(super) fn id(&self, number: u32) -> Option<&'a SubjectId> {
        match &self.listed {
            Listed::Here { ids, .. } => ids.get(number as usize).copied(),
            Listed::Kept(directory, newcomer) => directory
                .ids
                .get(number as usize)
                .or_else(|| newcomer.filter(|_| directory.ids.len() == number as usize)),
        }
    }

    /// What the organisation says of the subject.
    pub(super) fn subject(&self, number: u32) -> Option<&'a Subject> {
        match &self.listed {
            Listed::Here { subjects, .. } => subjects.get(number as usize).copied().flatten(),
            Listed::Kept(directory, _) => directory.subjects.get(number as usize)?.as_ref(),
        }
    }

    /// Whether a rule for these kinds of subjects is about the subject. A subject of unknown kind is of every kind.
    pub(super) fn is_of(&self, number: u32, kinds: &[SubjectKindId]) -> bool {
        kinds.is_empty() || self.subject(number).is_none_or(|subject| kinds.contains(&subject.kind))
    }

    /// Whether the subject is on the roster on that day.
    pub(super) fn present(&self, number: u32, day: NaiveDate) -> bool {
        self.subject(number)
            .is_none_or(|s| s.from.is_none_or(|from| from <= day) && s.until.is_none_or(|until| day < until))
    }
}
