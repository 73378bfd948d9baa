//! Who is assessed: a dated tree of subjects, with who led what on which day.

use crate::{AnchorId, ClassId, Label, LineId, Period, SubjectId, SubjectKindId};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Someone or something that is assessed: a department, site, team, bus, tenancy, employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its identifier.
    pub id: SubjectId,
    /// What it is: `group`, `department`, `site`, `team`, `employee` … as the rulebook names them.
    pub kind: SubjectKindId,
    /// Its name.
    pub name: Label,
    /// The first day on the roster; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The first day no longer on the roster; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What it belongs to, over time; the spans must not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parent: Vec<Membership>,
    /// Who leads it, over time; an acting leader stands before the regular one while both hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leader: Vec<Leadership>,
    /// Its service line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    /// Its class, where the rulebook gives classes a factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<ClassId>,
    /// Dates of its own, such as `first_licence`, from which cycles count.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub anchor: BTreeMap<AnchorId, NaiveDate>,
}

/// That a subject belongs to another for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The unit above.
    pub of: SubjectId,
    /// The first day; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The first day no longer; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// That a person leads a unit for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leadership {
    /// The person.
    pub person: SubjectId,
    /// Whether only acting for the leader.
    #[serde(default)]
    pub acting: bool,
    /// The first day; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The first day no longer; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

fn holds(from: Option<NaiveDate>, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until)
}

fn spans_overlap(
    a: (Option<NaiveDate>, Option<NaiveDate>),
    b: (Option<NaiveDate>, Option<NaiveDate>),
) -> bool {
    let before = |end: Option<NaiveDate>, start: Option<NaiveDate>| matches!((end, start), (Some(e), Some(s)) if e <= s);
    !before(a.1, b.0) && !before(b.1, a.0)
}

/// What is wrong with an organisation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrganisationError {
    /// Two subjects with one id.
    #[error("subject `{0}` stands twice; give each subject one entry with dated parents and leaders")]
    Duplicate(SubjectId),
    /// A parent or leader that is no subject.
    #[error("subject `{subject}` names `{unknown}`, which is no subject of this organisation")]
    Unknown {
        /// The subject.
        subject: SubjectId,
        /// Whom it names.
        unknown: SubjectId,
    },
    /// A span that ends before it begins.
    #[error("a span of subject `{0}` ends before it begins")]
    Reversed(SubjectId),
    /// Two parents, two leaders or two acting leaders on one day.
    #[error("subject `{0}` has two parents, two leaders or two acting leaders on one day")]
    Overlap(SubjectId),
    /// A subject that stands above itself.
    #[error("subject `{0}` stands above itself")]
    Cycle(SubjectId),
}

/// The dated tree of subjects. In hand, it is consistent: no cycles, no overlaps, no unknown references.
///
/// ```
/// use ducha_core::{Organisation, Subject};
/// let canteen: Subject = serde_json::from_str(
///     r#"{"id":"canteen","kind":"department","name":{"zh":"第一食堂","en":"Canteen 1"}}"#,
/// )?;
/// let organisation = Organisation::new([canteen]).map_err(|errors| format!("{errors:?}"))?;
/// assert_eq!(organisation.subjects().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Organisation {
    subjects: BTreeMap<SubjectId, Subject>,
}

impl Organisation {
    /// The organisation of these subjects, or all that is wrong with them.
    ///
    /// # Errors
    /// Every [`OrganisationError`], in the order of the subjects.
    pub fn new(subjects: impl IntoIterator<Item = Subject>) -> Result<Self, Vec<OrganisationError>> {
        let mut errors = Vec::new();
        let mut map = BTreeMap::new();
        for subject in subjects {
            if map.contains_key(&subject.id) {
                errors.push(OrganisationError::Duplicate(subject.id));
            } else {
                map.insert(subject.id.clone(), subject);
            }
        }
        let organisation = Self { subjects: map };
        for subject in organisation.subjects.values() {
            organisation.examine(subject, &mut errors);
        }
        if errors.is_empty() { Ok(organisation) } else { Err(errors) }
    }

    fn examine(&self, subject: &Subject, errors: &mut Vec<OrganisationError>) {
        let named = subject.parent.iter().map(|m| &m.of).chain(subject.leader.iter().map(|l| &l.person));
        for id in named {
            if !self.subjects.contains_key(id) {
                errors.push(OrganisationError::Unknown { subject: subject.id.clone(), unknown: id.clone() });
            }
        }
        let parents: Vec<_> = subject.parent.iter().map(|m| (m.from, m.until)).collect();
        let regular: Vec<_> =
            subject.leader.iter().filter(|l| !l.acting).map(|l| (l.from, l.until)).collect();
        let acting: Vec<_> = subject.leader.iter().filter(|l| l.acting).map(|l| (l.from, l.until)).collect();
        let whole = [(subject.from, subject.until)];
        let all = parents.iter().chain(&regular).chain(&acting).chain(&whole);
        if all.into_iter().any(|(from, until)| matches!((from, until), (Some(f), Some(u)) if f >= u)) {
            errors.push(OrganisationError::Reversed(subject.id.clone()));
        }
        for group in [parents, regular, acting] {
            let overlaps = group
                .iter()
                .enumerate()
                .any(|(i, a)| group.iter().skip(i.saturating_add(1)).any(|b| spans_overlap(*a, *b)));
            if overlaps {
                errors.push(OrganisationError::Overlap(subject.id.clone()));
            }
        }
        if self.reaches_itself(&subject.id) {
            errors.push(OrganisationError::Cycle(subject.id.clone()));
        }
    }

    /// Whether the subject stands above itself, on whatever days.
    fn reaches_itself(&self, start: &SubjectId) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&SubjectId> = self.parents_ever(start).collect();
        while let Some(next) = open.pop() {
            if next == start {
                return true;
            }
            if seen.insert(next) {
                open.extend(self.parents_ever(next));
            }
        }
        false
    }

    fn parents_ever<'a>(&'a self, id: &SubjectId) -> impl Iterator<Item = &'a SubjectId> {
        self.subjects.get(id).into_iter().flat_map(|s| s.parent.iter().map(|m| &m.of))
    }

    /// All subjects in the order of their ids.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.values()
    }

    /// The subject of that id.
    #[must_use]
    pub fn subject(&self, id: &SubjectId) -> Option<&Subject> {
        self.subjects.get(id)
    }

    /// Whether the subject is on the roster on a day of the period.
    #[must_use]
    pub fn on_roster(&self, id: &SubjectId, period: &Period) -> bool {
        self.subject(id).is_some_and(|s| {
            s.from.is_none_or(|from| from < period.until) && s.until.is_none_or(|until| period.from < until)
        })
    }

    /// What the subject belongs to on that day.
    #[must_use]
    pub fn parent_on(&self, id: &SubjectId, day: NaiveDate) -> Option<&SubjectId> {
        self.subject(id)?.parent.iter().find(|m| holds(m.from, m.until, day)).map(|m| &m.of)
    }

    /// What belongs to the subject on that day and is on the roster, in the order of ids.
    pub fn members_on<'a>(&'a self, id: &'a SubjectId, day: NaiveDate) -> impl Iterator<Item = &'a Subject> {
        self.subjects().filter(move |s| holds(s.from, s.until, day) && self.parent_on(&s.id, day) == Some(id))
    }

    /// Who leads the unit on that day: the acting leader while there is one, else the regular one.
    #[must_use]
    pub fn leader_on(&self, id: &SubjectId, day: NaiveDate) -> Option<&Leadership> {
        let leaders = &self.subject(id)?.leader;
        let on = |acting| leaders.iter().find(move |l| l.acting == acting && holds(l.from, l.until, day));
        on(true).or_else(|| on(false))
    }
}
