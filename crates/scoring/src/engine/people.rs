//! Who is assessed, as numbers: the subjects of the organisation, or those of the records as they come.

use super::codes::Codes;
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Organisation, Record, Subject, SubjectId, SubjectKindId};

/// The subjects, each with a number. With an organisation nobody else is known.
#[derive(Debug, Clone)]
pub(super) struct People<'a> {
    pub(super) organisation: Option<&'a Organisation>,
    ids: Vec<&'a SubjectId>,
    subjects: Vec<Option<&'a Subject>>,
    numbers: Codes,
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
                ids.sort_unstable();
                ids
            }
        };
        Self {
            organisation,
            subjects: ids.iter().map(|id| organisation.and_then(|o| o.subject(id))).collect(),
            numbers: Codes::new(ids.iter().map(|id| id.as_str())),
            ids,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// All numbers, in the order of ids.
    pub(super) fn in_order(&self) -> impl Iterator<Item = u32> {
        (0_u32..).zip(&self.ids).map(|(number, _)| number)
    }

    /// Who ever belonged to a unit.
    pub(super) fn members_ever(&self, unit: u32) -> Vec<u32> {
        let id = self.id(unit);
        let belongs = |subject: &Subject| subject.parent.iter().any(|membership| Some(&membership.of) == id);
        let all = (0_u32..).zip(&self.subjects);
        all.filter(|(_, subject)| subject.is_some_and(belongs)).map(|(number, _)| number).collect()
    }

    /// The number of a subject; nothing where nobody of that id is known.
    pub(super) fn number(&self, id: &SubjectId) -> Option<u32> {
        self.numbers.number(id.as_str())
    }

    /// The id of a number.
    pub(super) fn id(&self, number: u32) -> Option<&'a SubjectId> {
        self.ids.get(number as usize).copied()
    }

    /// What the organisation says of the subject.
    pub(super) fn subject(&self, number: u32) -> Option<&'a Subject> {
        self.subjects.get(number as usize).copied().flatten()
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
