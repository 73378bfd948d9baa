//! Duties: what somebody owes until a moment, and what was done about it.

use crate::{
    directory::Holder,
    party::{Moment, Party},
};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{Deadline, DeadlineError, Knowledge, Pause, Start, Terms, TimeLimit, WorkCalendar};
use ducha_core::{Article, ConsequenceId, EntryId, Label, SubjectId};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// Until when something is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "due", rename_all = "snake_case")]
pub enum Due {
    /// Up to a moment: 24:00 of a day is 00:00 of the next.
    Known {
        /// The last day.
        day: NaiveDate,
        /// The last moment at which it can still be done.
        ends: Moment,
        /// Whether that leans on a day which next year's notice may yet change.
        provisional: bool,
    },
    /// It depends on a day that no notice covers yet.
    Unknown {
        /// The first such day.
        needs: NaiveDate,
    },
    /// It lies beyond what dates can express, or cannot be reckoned in this unit.
    Beyond,
}

impl Due {
    /// The last moment at which it can still be done, where that is known.
    #[must_use]
    pub const fn ends(self) -> Option<Moment> {
        match self {
            Self::Known { ends, .. } => Some(ends),
            Self::Unknown { .. } | Self::Beyond => None,
        }
    }

    /// Whether it may yet change with what the calendar comes to know.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Known { provisional: true, .. } | Self::Unknown { .. })
    }

    pub(crate) fn of(found: Result<Deadline, DeadlineError>) -> Self {
        match found {
            Ok(deadline) => {
                let ends = deadline.ends_at().and_then(|ends| deadline.offset.local(ends));
                match ends {
                    Some(ends) => Self::Known {
                        day: deadline.due,
                        ends,
                        provisional: deadline.knowledge == Knowledge::Provisional,
                    },
                    None => Self::Beyond,
                }
            }
            Err(DeadlineError::Unknown { first_unknown, .. }) => Self::Unknown { needs: first_unknown },
            Err(_) => Self::Beyond,
        }
    }
}

/// A level of the escalation chain as it stood in the rules when the duty began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its id in the rulebook.
    pub id: EntryId,
    /// Its name.
    pub name: Label,
    /// Who answers.
    pub answers: Role,
    /// How long until the next level.
    pub terms: Terms,
    /// What follows when it is reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<ConsequenceId>,
}

/// A level that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// When.
    pub at: Moment,
    /// Who answers there; nobody where the directory knew nobody.
    pub holders: Vec<Holder>,
    /// Until when the next level is reached.
    pub until: Due,
}

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum DutyStanding {
    /// It is owed.
    Open,
    /// The clock stands since then.
    Paused {
        /// Since when.
        since: Moment,
    },
    /// It was done.
    Done {
        /// When.
        at: Moment,
    },
    /// It is owed no longer, for what it was owed for is gone.
    Released {
        /// Since when.
        at: Moment,
    },
}

/// What somebody owes until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// What is owed: a word of the kind of case.
    pub duty: String,
    /// The how-manyth of that word in this case, from 1.
    pub round: u32,
    /// As people call it.
    pub name: Label,
    /// The article.
    pub article: Article,
    /// Who owes it.
    pub owed_by: Party,
    /// The unit in question.
    pub unit: SubjectId,
    /// From when the limit runs.
    pub from: Moment,
    /// The limit, with its pauses and extensions.
    pub terms: Terms,
    /// Until when.
    pub due: Due,
    /// Reminders so long before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<TimeLimit>,
    /// The levels above, from the lowest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Level>,
    /// How it stands.
    #[serde(flatten)]
    pub standing: DutyStanding,
    /// Which reminders were sent, by their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminded: Vec<u32>,
    /// When it became overdue, and who is accountable for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Overdue>,
    /// The levels that were reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<Reached>,
}

/// That a duty was not done in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overdue {
    /// Since when.
    pub since: Moment,
    /// The responsible leader on that day (art. 15); nobody where the directory knew nobody.
    pub accountable: Vec<Holder>,
}

impl Duty {
    /// Its name within the case, as in `rectify-2`.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.duty, self.round)
    }

    /// Whether it is still owed.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        matches!(self.standing, DutyStanding::Open | DutyStanding::Paused { .. })
    }

    /// Until when it is owed, reckoned anew.
    pub(crate) fn reckon(&self, calendar: &dyn WorkCalendar) -> Due {
        reckon(&self.terms, self.from, calendar)
    }

    /// When a reminder comes: its place and moment, for those that can be told.
    pub(crate) fn reminders_at(&self, calendar: &dyn WorkCalendar) -> Vec<(u32, Moment)> {
        let Ok(deadline) = deadline(&self.terms, self.from, calendar) else { return Vec::new() };
        let at = |before: &TimeLimit| {
            let found = deadline.reminder(*before, calendar).ok()?;
            deadline.offset.local(found.value)
        };
        let placed = (0_u32..).zip(&self.reminders);
        placed
            .filter_map(|(place, before)| Some((place, at(before)?)))
            .filter(|(_, at)| *at > self.from)
            .collect()
    }

    /// The clock stood for so long: for the limit, or once that is over, for the level that answers.
    pub(crate) fn pause(&mut self, pause: Pause) {
        if self.overdue.is_none() {
            self.terms = self.terms.clone().pausing(pause);
            return;
        }
        let answers = self.reached.len().checked_sub(1);
        if let Some(level) = answers.and_then(|place| self.chain.get_mut(place)) {
            level.terms = level.terms.clone().pausing(pause);
        }
    }

    /// When the level that answers hands on to the next, reckoned anew.
    pub(crate) fn reckon_level(&self, calendar: &dyn WorkCalendar) -> Option<Due> {
        let last = self.reached.last()?;
        let level = self.chain.get(self.reached.len().checked_sub(1)?)?;
        Some(reckon(&level.terms, last.at, calendar))
    }
}

pub(crate) fn key(duty: &str, round: u32) -> String {
    alloc::format!("{duty}-{round}")
}

/// Until when a limit runs that begins at that moment.
pub(crate) fn reckon(terms: &Terms, from: Moment, calendar: &dyn WorkCalendar) -> Due {
    Due::of(deadline(terms, from, calendar))
}

fn deadline(terms: &Terms, from: Moment, calendar: &dyn WorkCalendar) -> Result<Deadline, DeadlineError> {
    // Limits in hours run from the moment, others from the day.
    let moment = ducha_calendar::Offset::BEIJING.moment(from);
    let by_moment = moment.map(|moment| terms.from(Start::Moment(moment), calendar));
    match by_moment {
        Some(found) => found,
        None => terms.from(Start::Day(from.date()), calendar),
    }
}
