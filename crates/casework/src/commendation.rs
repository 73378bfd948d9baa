//! Commendation of good examples (art. 2), and the exchange of experience about them as a duty with a date (art. 14).

use crate::{
    case::{Case, acts, article, statuses},
    draft::{Draft, NewDuty},
    hands::{apart, concerned},
    party::{Actor, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{Roll, Terms, TimeLimit, Unit};
use ducha_core::{
    Article, AwardId, LevelId, LimitId, Points, Record, RecordId, SubjectId,
    message::Args,
    record::{self, Matter},
};
use serde::{Deserialize, Serialize};

/// The duty to hold the exchange of experience on its day.
pub const EXCHANGE: &str = "exchange";

const ARTICLE: Article = article(2);

statuses! {
    /// Where a commendation stands.
    Status {
        Proposed "proposed" "已推荐" "proposed";
        Commended "commended" "已表扬" "commended";
        Arranged "arranged" "已安排交流" "exchange arranged";
        Shared "shared" "已交流推广" "experience shared";
        Declined "declined" "未予表扬" "declined";
    } closed { Commended, Shared, Declined }
}

acts! {
    /// What may be done in a commendation.
    Act of Status {
        Propose "propose" "推荐表扬" "propose the commendation" art 2 by [COMPLAINANT, EMPLOYEE, TEAM_LEADER, DEPARTMENT_HEAD, INSPECTOR, OFFICE, CLIENT] from [] to [Proposed];
        Commend "commend" "予以表扬" "commend it" art 2 by [OFFICE, LEADING_GROUP, GENERAL_MANAGER] from [Proposed] to [Commended];
        Decline "decline" "不予表扬" "decline the commendation" art 2 by [OFFICE, LEADING_GROUP, GENERAL_MANAGER] from [Proposed] to [Declined];
        Arrange "arrange" "安排经验交流" "arrange the exchange of experience" art 14 by [OFFICE] from [Commended] to [Arranged];
        Move "move" "改期" "move the exchange to another day" art 14 by [OFFICE] from [Arranged] to [Arranged];
        Share "share" "组织经验交流" "hold the exchange of experience" art 14 by [OFFICE] from [Arranged] to [Shared];
    }
}

/// What a commendation is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit, or that of the person.
    pub unit: SubjectId,
    /// Who is commended: the unit itself, or a person.
    pub subject: SubjectId,
    /// The award of the rulebook; praise alone where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<AwardId>,
    /// Its level, for awards with levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelId>,
    /// Its points, for awards with a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The good example.
    pub example: String,
    /// On which day.
    pub day: NaiveDate,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// It is commended.
    Commend {},
    /// It is not.
    Decline {
        /// Why.
        why: String,
    },
    /// An exchange of experience is arranged.
    Arrange {
        /// The day.
        on: NaiveDate,
    },
    /// It is moved to another day.
    Move {
        /// The day.
        on: NaiveDate,
        /// Why.
        why: String,
    },
    /// It was held.
    Share {
        /// What was passed on, to whom.
        minutes: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was proposed.
    Proposed(Opening),
    /// It was commended.
    Commended,
    /// It was not.
    Declined {
        /// Why.
        why: String,
    },
    /// An exchange of experience was arranged.
    Arranged {
        /// The day.
        on: NaiveDate,
    },
    /// It was moved.
    Moved {
        /// The day.
        on: NaiveDate,
        /// Why.
        why: String,
    },
    /// It was held.
    Shared {
        /// What was passed on, to whom.
        minutes: String,
    },
}

/// A commendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commendation {
    status: Status,
    opening: Opening,
    proposed_by: Option<SubjectId>,
    commended: Option<NaiveDate>,
    exchange: Option<NaiveDate>,
}

impl Commendation {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// The day of the exchange of experience.
    #[must_use]
    pub const fn exchange_on(&self) -> Option<NaiveDate> {
        self.exchange
    }

    /// What the next assessment must know of it, once it is commended under an award.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<Record> {
        let commended = self.commended?;
        Some(Record {
            id,
            subject: self.opening.subject.clone(),
            occurred_on: self.opening.day,
            occurred_at: None,
            recorded_on: (commended != self.opening.day).then_some(commended),
            revokes: None,
            supersedes: None,
            note: Some(self.opening.example.clone()),
            evidence: Vec::new(),
            matter: Matter::Commendation(record::Commendation {
                award: self.opening.award.clone()?,
                level: self.opening.level.clone(),
                quantity: None,
                points: self.opening.points,
                source: None,
            }),
        })
    }
}

impl Case for Commendation {
    const KIND: &'static str = "commendation";
    const LABEL: (&'static str, &'static str) = ("表扬", "commendation");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Propose
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Commend {} => Act::Commend,
            Command::Decline { .. } => Act::Decline,
            Command::Arrange { .. } => Act::Arrange,
            Command::Move { .. } => Act::Move,
            Command::Share { .. } => Act::Share,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.given(&opening.example, ("好的做法", "the good example"), ARTICLE)?;
        fits(opening, draft)?;
        draft.event(Event::Proposed(opening.clone()));
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, _: &Draft<'_, Self>) -> Result<(), Refusal> {
        match act {
            Act::Commend | Act::Decline => {
                concerned(&self.opening.subject, act, actor)?;
                apart(&[(Act::Propose, self.proposed_by.as_ref())], act, actor)
            }
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        match command {
            Command::Commend {} => draft.event(Event::Commended),
            Command::Decline { why } => {
                draft.given(why, ("理由", "the reason"), ARTICLE)?;
                draft.event(Event::Declined { why: why.clone() });
            }
            Command::Arrange { on } => {
                let terms = up_to(*on, draft)?;
                draft.event(Event::Arranged { on: *on });
                exchange(terms, draft)?;
            }
            Command::Move { on, why } => {
                draft.given(why, ("理由", "the reason"), article(14))?;
                let terms = up_to(*on, draft)?;
                draft.event(Event::Moved { on: *on, why: why.clone() });
                draft.release(EXCHANGE);
                exchange(terms, draft)?;
            }
            Command::Share { minutes } => {
                draft.given(minutes, ("交流情况", "what was passed on"), article(14))?;
                draft.event(Event::Shared { minutes: minutes.clone() });
                draft.done(EXCHANGE);
            }
        }
        Ok(())
    }

    fn begin(event: &Event, stamp: &Stamp) -> Option<Self> {
        let Event::Proposed(opening) = event else { return None };
        Some(Self {
            status: Status::Proposed,
            opening: opening.clone(),
            proposed_by: stamp.by.as_ref().map(|by| by.person.clone()),
            commended: None,
            exchange: None,
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Proposed(_) => {}
            Event::Commended => {
                self.status = Status::Commended;
                self.commended = Some(stamp.at.date());
            }
            Event::Declined { .. } => self.status = Status::Declined,
            Event::Arranged { on } => {
                self.status = Status::Arranged;
                self.exchange = Some(*on);
            }
            Event::Moved { on, .. } => self.exchange = Some(*on),
            Event::Shared { .. } => self.status = Status::Shared,
        }
        self
    }
}

/// Refuses an award whose level or points the rulebook does not give.
fn fits(opening: &Opening, draft: &Draft<'_, Commendation>) -> Result<(), Refusal> {
    let Some(id) = &opening.award else { return Ok(()) };
    let found = draft.context().rules.award.iter().find(|award| award.id == *id);
    let award = found.ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", id)))?;
    let level = match &opening.level {
        Some(level) => award.levels.iter().any(|known| known.id == *level),
        None => award.levels.is_empty(),
    };
    let ranged = award.min.is_some() || award.max.is_some();
    let points = match opening.points {
        Some(points) => {
            ranged && award.min.is_none_or(|min| points >= min) && award.max.is_none_or(|max| points <= max)
        }
        None => !ranged,
    };
    if level && points {
        return Ok(());
    }
    Err(draft.refuse(Reason::AwardOutOfRange, ARTICLE, Args::none().with("award", &award.name)))
}

/// The time up to the end of a day that lies ahead.
fn up_to(day: NaiveDate, draft: &Draft<'_, Commendation>) -> Result<Terms, Refusal> {
    let today = draft.at().date();
    let days = u32::try_from(day.signed_duration_since(today).num_days()).ok().filter(|days| *days > 0);
    let limit = days.and_then(|days| TimeLimit::new(days, Unit::CalendarDays).ok());
    let limit = limit.ok_or_else(|| {
        let args = Args::none().with("day", day).with("today", today);
        draft.refuse(Reason::DayNotAhead, article(14), args)
    })?;
    Ok(Terms::of(limit).rolling(Roll::None))
}

/// Begins the duty to hold it by then: its limit is that day, and none of the rules.
fn exchange(terms: Terms, draft: &mut Draft<'_, Commendation>) -> Result<(), Refusal> {
    let none = |_| draft.refuse(Reason::NoRule, article(14), Args::none().with("rule", EXCHANGE));
    let limit = LimitId::new(EXCHANGE).map_err(none)?;
    let duty = NewDuty {
        duty: EXCHANGE,
        name: ("组织经验交流", "hold the exchange of experience"),
        article: article(14),
        owed_by: Party::OFFICE,
        limit: &limit,
        chain: None,
        reminders: &[],
    };
    draft.begin_with(&duty, terms)
}
