//! Who acts: a person, in one capacity, at one moment.

use chrono::NaiveDateTime;
use ducha_core::{Lang, SubjectId};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// A moment in the campus's civil time (+08:00).
pub type Moment = NaiveDateTime;

/// In which capacity somebody acts: a role of the regulation, or a party that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Party {
    /// Who complained (art. 12).
    #[serde(rename = "complainant")]
    Complainant,
    /// The person whom a case is about.
    #[serde(rename = "person_concerned")]
    PersonConcerned,
    /// Nobody: time that passes.
    #[serde(rename = "clock")]
    Clock,
    /// A role of the regulation.
    #[serde(untagged)]
    Role(Role),
}

macro_rules! parties {
    ($($constant:ident = $party:expr, $zh:literal, $en:literal;)+) => {
        impl Party {
            $(#[doc = $en] pub const $constant: Self = $party;)+

            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$constant,)+];

            /// As people call it.
            #[must_use]
            pub fn text(self, lang: Lang) -> &'static str {
                $(if self == Self::$constant { return match lang { Lang::Zh => $zh, Lang::En => $en }; })+
                ""
            }
        }
    };
}

parties! {
    COMPLAINANT = Self::Complainant, "投诉人", "complainant";
    PERSON_CONCERNED = Self::PersonConcerned, "当事人", "person concerned";
    CLOCK = Self::Clock, "时限", "clock";
    LEADING_GROUP = Self::Role(Role::LeadingGroup), "领导小组", "leading group";
    GENERAL_MANAGER = Self::Role(Role::GeneralManager), "总经理", "general manager";
    OFFICE_MEETING = Self::Role(Role::OfficeMeeting), "总经理办公会", "general manager's office meeting";
    OFFICE = Self::Role(Role::Office), "综合办公室", "general office";
    DEPARTMENT_HEAD = Self::Role(Role::DepartmentHead), "部门负责人", "department head";
    TEAM_LEADER = Self::Role(Role::TeamLeader), "班组长", "team leader";
    INSPECTOR = Self::Role(Role::Inspector), "检查人员", "inspector";
    EMPLOYEE = Self::Role(Role::Employee), "员工", "employee";
    PERSONNEL = Self::Role(Role::Personnel), "人事部门", "personnel department";
    FINANCE = Self::Role(Role::Finance), "财务部门", "finance department";
    CLIENT = Self::Role(Role::Client), "甲方", "client";
    AUTHORITY = Self::Role(Role::Authority), "主管机关", "public authority";
}

impl Party {
    /// The word that files use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Complainant => "complainant",
            Self::PersonConcerned => "person_concerned",
            Self::Clock => "clock",
            Self::Role(role) => role.word(),
        }
    }

    /// The role of the regulation, if it is one.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) => Some(role),
            _ => None,
        }
    }

    /// The party of that word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|party| party.word() == word)
    }
}

/// A person in one capacity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The person.
    pub person: SubjectId,
    /// In which capacity.
    #[serde(rename = "as")]
    pub party: Party,
    /// For whom, where the capacity is another's: as acting head, or by delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
}

impl Actor {
    /// A person in a capacity of their own.
    #[must_use]
    pub const fn new(person: SubjectId, party: Party) -> Self {
        Self { person, party, on_behalf_of: None }
    }
}

/// When something happened, when it was recorded, and who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// When it happened.
    pub at: Moment,
    /// When it was recorded: later, where somebody was late in writing it down.
    pub recorded: Moment,
    /// Who did it; nobody where time did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
}
