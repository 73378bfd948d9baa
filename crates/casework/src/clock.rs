//! What time brings about: reminders, what is overdue, the levels above.
//!
//! Everything that time brings about is reckoned from what is recorded, so that a tick after an outage tells what should
//! have been told, in the right order and with the right moments, and a second tick tells nothing.

use crate::{
    context::Context,
    directory::{Directory, Holder},
    duty::{Due, Duty, DutyStanding, Overdue, Reached, key, reckon},
    party::{Moment, Party},
};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use ducha_calendar::{Pause, TimeLimit};
use ducha_core::SubjectId;
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// What becomes of duties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ClockEvent {
    /// A duty began.
    DutyBegan {
        /// The duty.
        duty: alloc::boxed::Box<Duty>,
    },
    /// The calendar knows more now.
    DueReckoned {
        /// Which duty.
        duty: String,
        /// Until when now.
        due: Due,
    },
    /// The clock stands.
    DutyPaused {
        /// Which duty.
        duty: String,
    },
    /// The clock runs again.
    DutyResumed {
        /// Which duty.
        duty: String,
        /// The time in which it stood.
        pause: Pause,
        /// Until when now.
        due: Due,
        /// When the next level is reached now, where one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Due>,
    },
    /// More time was granted.
    DutyExtended {
        /// Which duty.
        duty: String,
        /// How much.
        by: TimeLimit,
        /// Until when now.
        due: Due,
    },
    /// A reminder before it is due.
    Reminded {
        /// Which duty.
        duty: String,
        /// Which of its reminders.
        reminder: u32,
    },
    /// It was not done in time (art. 15).
    BecameOverdue {
        /// Which duty.
        duty: String,
        /// The responsible leader on that day; nobody where the directory knew nobody.
        accountable: Vec<Holder>,
    },
    /// The next level above answers.
    LevelReached {
        /// Which duty.
        duty: String,
        /// The level, by its place in the chain.
        level: u32,
        /// Who answers there.
        holders: Vec<Holder>,
        /// When the next level is reached.
        until: Due,
    },
    /// It was done.
    DutyDone {
        /// Which duty.
        duty: String,
    },
    /// It was done in time, or earlier than recorded: what time had brought about meanwhile is taken back.
    EscalationWithdrawn {
        /// Which duty.
        duty: String,
        /// How many levels remain reached.
        levels: u32,
        /// Whether it remains overdue.
        overdue: bool,
    },
    /// It is owed no longer.
    DutyReleased {
        /// Which duty.
        duty: String,
    },
}

impl ClockEvent {
    /// Which duty it is about.
    #[must_use]
    pub fn duty(&self) -> String {
        match self {
            Self::DutyBegan { duty } => duty.key(),
            Self::DueReckoned { duty, .. }
            | Self::DutyPaused { duty }
            | Self::DutyResumed { duty, .. }
            | Self::DutyExtended { duty, .. }
            | Self::Reminded { duty, .. }
            | Self::BecameOverdue { duty, .. }
            | Self::LevelReached { duty, .. }
            | Self::DutyDone { duty }
            | Self::EscalationWithdrawn { duty, .. }
            | Self::DutyReleased { duty } => duty.clone(),
        }
    }
}

/// The duties of one case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clock {
    duties: BTreeMap<String, Duty>,
}

impl Clock {
    /// All duties that there ever were, by their keys.
    pub fn duties(&self) -> impl Iterator<Item = &Duty> {
        self.duties.values()
    }

    /// The latest duty of that word.
    #[must_use]
    pub fn latest(&self, duty: &str) -> Option<&Duty> {
        self.duties.values().filter(|known| known.duty == duty).max_by_key(|known| known.round)
    }

    /// The latest duty of that word that is still owed.
    #[must_use]
    pub fn owed(&self, duty: &str) -> Option<&Duty> {
        self.latest(duty).filter(|latest| latest.is_owed())
    }

    /// The round that a new duty of that word would be.
    pub(crate) fn next_round(&self, duty: &str) -> u32 {
        self.latest(duty).map_or(1, |latest| latest.round.saturating_add(1))
    }

    /// Takes note of what happened at that moment.
    pub(crate) fn note(&mut self, event: &ClockEvent, at: Moment) {
        if let ClockEvent::DutyBegan { duty } = event {
            self.duties.insert(duty.key(), (**duty).clone());
            return;
        }
        let Some(known) = self.duties.get_mut(&event.duty()) else { return };
        match event {
            ClockEvent::DutyBegan { .. } => {}
            ClockEvent::DueReckoned { due, .. } => known.due = *due,
            ClockEvent::DutyPaused { .. } => known.standing = DutyStanding::Paused { since: at },
            ClockEvent::DutyResumed { pause, due, until, .. } => {
                known.pause(*pause);
                known.due = *due;
                if let (Some(until), Some(last)) = (until, known.reached.last_mut()) {
                    last.until = *until;
                }
                known.standing = DutyStanding::Open;
            }
            ClockEvent::DutyExtended { by, due, .. } => {
                known.terms = known.terms.clone().extended(*by);
                known.due = *due;
                known.reminded.clear();
            }
            ClockEvent::Reminded { reminder, .. } => known.reminded.push(*reminder),
            ClockEvent::BecameOverdue { accountable, .. } => {
                known.overdue = Some(Overdue { since: at, accountable: accountable.clone() });
            }
            ClockEvent::LevelReached { holders, until, .. } => {
                known.reached.push(Reached { at, holders: holders.clone(), until: *until });
            }
            ClockEvent::DutyDone { .. } => known.standing = DutyStanding::Done { at },
            ClockEvent::EscalationWithdrawn { levels, overdue, .. } => {
                known.reached.truncate(usize::try_from(*levels).unwrap_or(usize::MAX));
                if !overdue {
                    known.overdue = None;
                }
            }
            ClockEvent::DutyReleased { .. } => known.standing = DutyStanding::Released { at },
        }
    }

    /// The next thing that time brings about by then, of all duties or of one.
    pub(crate) fn next(
        &self,
        until: Moment,
        only: Option<&str>,
        context: &Context<'_>,
    ) -> Option<(Moment, ClockEvent)> {
        let asked = self.duties.iter().filter(|(key, _)| only.is_none_or(|only| only == key.as_str()));
        let next = asked.filter_map(|(_, duty)| next_of(duty, context)).filter(|(at, _)| *at <= until);
        // Of one moment, in the order of the duties' keys.
        next.min_by_key(|(at, _)| *at)
    }

    /// The duties whose end the calendar tells otherwise now.
    pub(crate) fn reckoned_anew(&self, context: &Context<'_>) -> Vec<ClockEvent> {
        let open = self.duties.values().filter(|duty| {
            duty.standing == DutyStanding::Open && duty.overdue.is_none() && duty.due.is_open()
        });
        let anew =
            open.map(|duty| (duty, duty.reckon(context.calendar))).filter(|(duty, due)| duty.due != *due);
        anew.map(|(duty, due)| ClockEvent::DueReckoned { duty: duty.key(), due }).collect()
    }
}

/// The next thing that time brings about for one duty.
fn next_of(duty: &Duty, context: &Context<'_>) -> Option<(Moment, ClockEvent)> {
    if duty.standing != DutyStanding::Open {
        return None;
    }
    let key = duty.key();
    let ends = duty.due.ends()?;
    if duty.overdue.is_none() {
        // What is done within the last moment is in time, so that it is overdue after it.
        let due_to_remind = duty.reminders_at(context.calendar);
        let reminder = due_to_remind
            .into_iter()
            .filter(|(place, at)| !duty.reminded.contains(place) && *at < ends)
            .min_by_key(|(place, at)| (*at, *place));
        return Some(match reminder {
            Some((reminder, at)) => (at, ClockEvent::Reminded { duty: key, reminder }),
            None => {
                let accountable = accountable(duty.owed_by, &duty.unit, ends, context.directory);
                (ends, ClockEvent::BecameOverdue { duty: key, accountable })
            }
        });
    }
    let at = match duty.reached.last() {
        None => ends,
        // A level whose end the calendar did not know is asked anew.
        Some(last) => {
            let level = duty.chain.get(duty.reached.len().checked_sub(1)?)?;
            last.until.ends().or_else(|| reckon(&level.terms, last.at, context.calendar).ends())?
        }
    };
    let level = duty.chain.get(duty.reached.len())?;
    let holders = context.directory.holders(level.answers, &duty.unit, at.date());
    let until = reckon(&level.terms, at, context.calendar);
    let place = u32::try_from(duty.reached.len()).unwrap_or(u32::MAX);
    Some((at, ClockEvent::LevelReached { duty: key, level: place, holders, until }))
}

/// Who answers for what was not done in time: the unit's responsible leader (art. 15), or else the one above; for what the
/// office owes, the general manager (art. 8).
fn accountable(owed_by: Party, unit: &SubjectId, ends: Moment, directory: &dyn Directory) -> Vec<Holder> {
    let day = ends.date();
    let of_department = !matches!(
        owed_by,
        Party::Role(
            Role::Office
                | Role::Inspector
                | Role::LeadingGroup
                | Role::GeneralManager
                | Role::OfficeMeeting
                | Role::Personnel
                | Role::Finance
        )
    );
    if !of_department {
        return directory.holders(Role::GeneralManager, unit, day);
    }
    let mut at = Some(unit.clone());
    // Deeper than any organisation: a directory that goes in circles ends here.
    for _ in 0..64 {
        let Some(unit) = at else { break };
        let leaders = directory.holders(Role::DepartmentHead, &unit, day);
        if !leaders.is_empty() {
            return leaders;
        }
        at = directory.above(&unit, day);
    }
    directory.holders(Role::GeneralManager, unit, day)
}

/// Which of the levels reached, and whether being overdue, remain when it turns out to have been done at that moment.
pub(crate) fn withdrawn(duty: &Duty, done: Moment) -> Option<ClockEvent> {
    let remains_overdue = duty.overdue.as_ref().is_some_and(|overdue| overdue.since < done);
    let levels = duty.reached.iter().filter(|level| level.at < done).count();
    let nothing = duty.overdue.is_some() == remains_overdue && levels == duty.reached.len();
    let levels = u32::try_from(levels).unwrap_or(u32::MAX);
    (!nothing).then(|| ClockEvent::EscalationWithdrawn {
        duty: key(&duty.duty, duty.round),
        levels,
        overdue: remains_overdue,
    })
}
