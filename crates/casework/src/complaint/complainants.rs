//! Who complains, and who may know it (art. 12).

use super::{Complaint, Event};
use crate::{
    context::Context,
    draft::{Happening, Recorded, joined},
    party::{Actor, Party},
    refusal::{Reason, Refusal},
};
use alloc::{string::String, vec::Vec};
use core::fmt;
use ducha_core::{Label, Lang, SubjectId, message::Args};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// Somebody who complains.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complainant {
    /// The person.
    pub person: SubjectId,
    /// How they are reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<String>,
}

/// Logs and failure messages print cases: they never tell who complained.
impl fmt::Debug for Complainant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Complainant(withheld)")
    }
}

/// Who complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complainants {
    /// Nobody is known.
    Anonymous,
    /// One, or several together; the first is their contact.
    Named(Vec<Complainant>),
    /// So many, whom the reader may not know.
    Withheld(u32),
}

impl Complainants {
    /// Those who are known, the contact first.
    pub(super) fn people(&self) -> &[Complainant] {
        match self {
            Self::Named(people) => people,
            Self::Anonymous | Self::Withheld(_) => &[],
        }
    }

    pub(super) fn find(&self, person: &SubjectId) -> Option<&Complainant> {
        self.people().iter().find(|one| one.person == *person)
    }

    pub(super) fn is_contact(&self, person: &SubjectId) -> bool {
        self.people().first().is_some_and(|contact| contact.person == *person)
    }

    /// Whether nobody is left.
    pub(super) fn is_none(&self) -> bool {
        match self {
            Self::Anonymous => false,
            Self::Named(people) => people.is_empty(),
            Self::Withheld(count) => *count == 0,
        }
    }

    /// Without one of them.
    pub(super) fn without(self, person: Option<&SubjectId>) -> Self {
        match self {
            Self::Anonymous => Self::Anonymous,
            Self::Named(mut people) => {
                people.retain(|one| Some(&one.person) != person);
                Self::Named(people)
            }
            Self::Withheld(count) => Self::Withheld(count.saturating_sub(1)),
        }
    }

    /// Those of them who are not among the others.
    pub(super) fn beyond(self, others: &Self) -> Self {
        match self {
            Self::Named(mut people) => {
                people.retain(|one| others.find(&one.person).is_none());
                Self::Named(people)
            }
            one => one,
        }
    }

    /// Together with others, none of whom is among them.
    pub(super) fn with(self, others: &Self) -> Self {
        match (self, others) {
            (one, Self::Anonymous) => one,
            (Self::Anonymous, others) => others.clone(),
            (Self::Named(mut people), Self::Named(others)) => {
                people.extend(others.iter().cloned());
                Self::Named(people)
            }
            (one, others) => Self::Withheld(one.count().saturating_add(others.count())),
        }
    }

    fn count(&self) -> u32 {
        match self {
            Self::Anonymous => 0,
            Self::Named(people) => u32::try_from(people.len()).unwrap_or(u32::MAX),
            Self::Withheld(count) => *count,
        }
    }

    /// The same without saying who.
    fn withheld(&self) -> Self {
        match self {
            Self::Anonymous => Self::Anonymous,
            Self::Named(_) | Self::Withheld(_) => Self::Withheld(self.count()),
        }
    }
}

/// The event without saying who complained, for readers who may not know it.
#[must_use]
pub fn redacted(event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::Received { complainants, .. } | Event::TookIn { complainants, .. } = &mut event {
        *complainants = complainants.withheld();
    }
    event
}

/// As [`redacted`], and without the name of a complainant who acted. A case replayed from such a history stands where the
/// case stands.
#[must_use]
pub fn redacted_record(recorded: &Recorded<Event>) -> Recorded<Event> {
    let mut recorded = recorded.clone();
    if let Happening::Case(event) = &mut recorded.what {
        *event = redacted(event);
    }
    if let Some(by) = recorded.stamp.by.as_mut().filter(|by| by.party == Party::COMPLAINANT) {
        match SubjectId::new("withheld") {
            Ok(somebody) => *by = Actor::new(somebody, Party::COMPLAINANT),
            Err(_) => recorded.stamp.by = None,
        }
    }
    recorded
}

impl Complaint {
    /// Who complains after one of them has withdrawn. An anonymous complaint that is handled here, too, stays.
    pub(super) fn left_by(&self, person: Option<&SubjectId>) -> Complainants {
        let left = self.complainants.clone().without(person);
        if left.is_none() && self.anonymous_too { Complainants::Anonymous } else { left }
    }

    /// Who complains, for those who may know it: the first receiver, the offices that the rulebook names, and each
    /// complainant of themself. Nobody is told whom a complaint against them comes from. Empty where it is anonymous.
    ///
    /// # Errors
    /// [`Reason::IdentityWithheld`].
    pub fn complainants_for(&self, actor: &Actor, context: &Context<'_>) -> Result<&[Complainant], Refusal> {
        let named = context.rules.complaint.as_ref();
        let roles: &[Role] = named.map_or(&[], |rules| &rules.identity_visible_to);
        let refused = || {
            let text = |lang| joined(roles.iter().map(|role| Party::Role(*role).text(lang)), lang);
            let label = if roles.is_empty() {
                Label::new("无", "nobody else")
            } else {
                Label::new(text(Lang::Zh), text(Lang::En))
            };
            Refusal::new(
                Reason::IdentityWithheld,
                crate::case::article(12),
                Args::none().with("roles", &label),
            )
        };
        if self.grievance.about.as_ref() == Some(&actor.person) {
            return Err(refused());
        }
        if actor.party == Party::COMPLAINANT {
            return self.complainants.find(&actor.person).map(core::slice::from_ref).ok_or_else(refused);
        }
        let holds = |role: &Role| {
            let day = context.now.date();
            actor.party == Party::Role(*role)
                && context.directory.holding(&actor.person, *role, &self.unit, day).is_some()
        };
        let may = self.receiver.as_ref() == Some(&actor.person) || roles.iter().any(holds);
        match &self.complainants {
            Complainants::Withheld(_) => Err(refused()),
            known if may => Ok(known.people()),
            _ => Err(refused()),
        }
    }
}
