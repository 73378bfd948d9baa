//! Who holds which office on which day: the seam to the campus's own personnel system.

use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{Organisation, SubjectId};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// A person who holds an office, and for whom if not for themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The person.
    pub person: SubjectId,
    /// Whose office it is, where this person acts for somebody: as acting head, or by delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
}

/// What a campus's personnel system must tell: who held which office on a day, and who belonged where.
///
/// Offices of the whole group (the office, the leading group, personnel …) are asked with the unit in question and may
/// disregard it. On a day on which nobody is known to hold an office the answer is empty, and whatever depends on it says so.
pub trait Directory {
    /// Who holds the office for that unit on that day, in a fixed order; those who act for an absent holder in the holder's place.
    fn holders(&self, role: Role, unit: &SubjectId, day: NaiveDate) -> Vec<Holder>;

    /// The unit right above a unit or person on that day.
    fn above(&self, subject: &SubjectId, day: NaiveDate) -> Option<SubjectId>;

    /// Whether a subject is that unit or belongs to it on that day, at whatever depth.
    fn within(&self, subject: &SubjectId, unit: &SubjectId, day: NaiveDate) -> bool {
        let mut at = subject.clone();
        // Deeper than any organisation: a directory that goes in circles ends here.
        for _ in 0..64 {
            if at == *unit {
                return true;
            }
            match self.above(&at, day) {
                Some(above) => at = above,
                None => return false,
            }
        }
        false
    }

    /// How a person holds an office for a unit on that day, if at all.
    fn holding(&self, person: &SubjectId, role: Role, unit: &SubjectId, day: NaiveDate) -> Option<Holder> {
        self.holders(role, unit, day).into_iter().find(|holder| holder.person == *person)
    }
}

/// That a person holds an office from a day to a day, for a unit or for the whole group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// The person.
    pub person: SubjectId,
    /// The office.
    pub role: Role,
    /// The unit; the whole group where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<SubjectId>,
    /// The first day; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The first day no longer; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Whose office it is, where it was delegated or is held in somebody's absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
}

impl Appointment {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// A directory made of the organisation's tree and leaders, and of dated appointments to the other offices.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    organisation: Organisation,
    appointments: Vec<Appointment>,
}

impl Roster {
    /// The directory of that organisation and those appointments.
    #[must_use]
    pub const fn new(organisation: Organisation, appointments: Vec<Appointment>) -> Self {
        Self { organisation, appointments }
    }

    /// The organisation.
    #[must_use]
    pub const fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    fn leader(&self, unit: &SubjectId, day: NaiveDate) -> Option<Holder> {
        let leadership = self.organisation.leader_on(unit, day)?;
        let regular = || {
            let leaders = &self.organisation.subject(unit)?.leader;
            let on = |leader: &&ducha_core::Leadership| {
                !leader.acting
                    && leader.from.is_none_or(|from| from <= day)
                    && leader.until.is_none_or(|until| day < until)
            };
            leaders.iter().find(on).map(|leader| leader.person.clone())
        };
        let on_behalf_of = if leadership.acting { regular() } else { None };
        Some(Holder { person: leadership.person.clone(), on_behalf_of })
    }
}

impl Directory for Roster {
    fn holders(&self, role: Role, unit: &SubjectId, day: NaiveDate) -> Vec<Holder> {
        let appointed = self.appointments.iter().filter(|held| held.role == role && held.holds_on(day));
        let here = appointed.filter(|held| held.unit.as_ref().is_none_or(|of| self.within(unit, of, day)));
        let mut all: Vec<Holder> = here
            .map(|held| Holder { person: held.person.clone(), on_behalf_of: held.on_behalf_of.clone() })
            .collect();
        // Whoever leads the unit answers for it (art. 3), appointed as such or not.
        if matches!(role, Role::DepartmentHead | Role::TeamLeader) {
            all.extend(self.leader(unit, day));
        }
        if role == Role::Employee {
            let members = self.organisation.members_on(unit, day);
            all.extend(members.map(|member| Holder { person: member.id.clone(), on_behalf_of: None }));
        }
        all.sort();
        all.dedup();
        all
    }

    fn above(&self, subject: &SubjectId, day: NaiveDate) -> Option<SubjectId> {
        self.organisation.parent_on(subject, day).cloned()
    }

    fn holding(&self, person: &SubjectId, role: Role, unit: &SubjectId, day: NaiveDate) -> Option<Holder> {
        let held = self.holders(role, unit, day).into_iter().find(|holder| holder.person == *person);
        // Whoever belongs to the group at all is an employee of it.
        held.or_else(|| {
            let employed = role == Role::Employee && self.organisation.subject(person).is_some();
            employed.then(|| Holder { person: person.clone(), on_behalf_of: None })
        })
    }
}
