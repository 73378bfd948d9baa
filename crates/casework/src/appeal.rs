//! Appeal: against a sanction, heard by other people than those who decided. Not in the regulation; the rulebook switches it on.

use crate::{
    case::{Case, acts, article, statuses},
    draft::{Draft, NewDuty},
    duty::reckon,
    file::named,
    hands::{concerned, only},
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
    sanction::{Measure, Sanction, appeals, not_aggravated},
};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Article, ConsequenceId, Money, Record, RecordId, SubjectId, message::Args, record::Matter};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// The duty to decide on the appeal.
pub const HEAR: &str = "hear";

const ARTICLE: Article = article(18);

statuses! {
    /// Where an appeal stands.
    Status {
        Filed "filed" "已提出" "filed";
        Heard "heard" "已听取" "heard";
        Upheld "upheld" "维持原决定" "decision upheld";
        Changed "changed" "变更原决定" "decision changed";
        Revoked "revoked" "撤销原决定" "decision revoked";
        Withdrawn "withdrawn" "已撤回" "withdrawn";
    } closed { Upheld, Changed, Revoked, Withdrawn }
}

acts! {
    /// What may be done in an appeal.
    Act of Status {
        File "file" "提出申诉" "file the appeal" art 18 by [PERSON_CONCERNED, DEPARTMENT_HEAD] from [] to [Filed];
        Hear "hear" "听取申诉" "hear the appeal" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Filed] to [Heard];
        Uphold "uphold" "维持原决定" "uphold the decision" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Heard] to [Upheld];
        Change "change" "变更原决定" "change the decision" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Heard] to [Changed];
        Revoke "revoke" "撤销原决定" "revoke the decision" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Heard] to [Revoked];
        Withdraw "withdraw" "撤回申诉" "withdraw the appeal" art 18 by [PERSON_CONCERNED, DEPARTMENT_HEAD] from [Filed, Heard] to [Withdrawn];
    }
}

/// What an appeal is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit concerned, or that of the person concerned.
    pub unit: SubjectId,
    /// Who was sanctioned.
    pub subject: SubjectId,
    /// The sanction's case.
    pub sanction: RecordId,
    /// What was decided.
    pub decided: Measure,
    /// The people who had part in that.
    pub decided_by: Vec<SubjectId>,
    /// The records on which it rests.
    pub rests_on: Vec<RecordId>,
    /// When whom it concerns was told.
    pub notified_at: Moment,
    /// Why it should not stand.
    pub grounds: String,
}

impl Opening {
    /// An appeal against a sanction of which whom it concerns was told; nothing before that.
    #[must_use]
    pub fn against(sanction: &Sanction, case: RecordId, grounds: String) -> Option<Self> {
        let decision = sanction.stage().decision()?;
        let people = [decision.recommendation().by(), &decision.by().person];
        Some(Self {
            unit: sanction.opening().unit.clone(),
            subject: sanction.opening().subject.clone(),
            sanction: case,
            decided: decision.measure().clone(),
            decided_by: people.into_iter().cloned().collect(),
            rests_on: sanction.opening().rests_on.clone(),
            notified_at: sanction.notified_at()?,
            grounds,
        })
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// The appeal is heard.
    Hear {
        /// What was said.
        minutes: String,
    },
    /// The decision stands.
    Uphold {
        /// Why.
        why: String,
    },
    /// Something milder takes its place.
    Change {
        /// The consequence instead.
        consequence: ConsequenceId,
        /// Its money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        money: Option<Money>,
        /// The records that are taken back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        taken_back: Vec<RecordId>,
        /// Why.
        why: String,
    },
    /// Nothing takes its place.
    Revoke {
        /// The records that are taken back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        taken_back: Vec<RecordId>,
        /// Why.
        why: String,
    },
    /// The appeal is taken back.
    Withdraw {},
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was filed.
    Filed {
        /// With what.
        opening: Opening,
        /// Who decides on it.
        to: Role,
        /// Whether it suspends execution.
        suspends: bool,
    },
    /// It was heard.
    Heard {
        /// What was said.
        minutes: String,
    },
    /// The decision stood.
    Upheld {
        /// Why.
        why: String,
    },
    /// Something milder took its place.
    Changed {
        /// What.
        measure: Measure,
        /// The records that were taken back.
        taken_back: Vec<RecordId>,
        /// Why.
        why: String,
    },
    /// Nothing took its place.
    Revoked {
        /// The records that were taken back.
        taken_back: Vec<RecordId>,
        /// Why.
        why: String,
    },
    /// The appeal was taken back.
    Withdrawn,
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    status: Status,
    opening: Opening,
    to: Role,
    suspends: bool,
    measure: Option<Measure>,
    taken_back: Vec<RecordId>,
    closed_on: Option<NaiveDate>,
}

impl Appeal {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Whether execution waits for it now.
    #[must_use]
    pub const fn suspends(&self) -> bool {
        self.suspends && matches!(self.status, Status::Filed | Status::Heard)
    }

    /// What holds in place of what was decided, where that was changed.
    #[must_use]
    pub const fn changed_to(&self) -> Option<&Measure> {
        self.measure.as_ref()
    }

    /// What the next assessment must know: one revocation for each record that was taken back, so that points, tiers and
    /// money are restated by it. `name` gives each its id.
    pub fn revocations(&self, name: impl Fn(&RecordId) -> RecordId) -> Vec<Record> {
        let Some(day) = self.closed_on else { return Vec::new() };
        let revocation = |taken: &RecordId| Record {
            id: name(taken),
            subject: self.opening.subject.clone(),
            occurred_on: day,
            occurred_at: None,
            recorded_on: None,
            revokes: Some(taken.clone()),
            supersedes: None,
            note: None,
            evidence: Vec::new(),
            matter: Matter::Revocation,
        };
        self.taken_back.iter().map(revocation).collect()
    }
}

impl Case for Appeal {
    const KIND: &'static str = "appeal";
    const LABEL: (&'static str, &'static str) = ("申诉", "appeal");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::File
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Hear { .. } => Act::Hear,
            Command::Uphold { .. } => Act::Uphold,
            Command::Change { .. } => Act::Change,
            Command::Revoke { .. } => Act::Revoke,
            Command::Withdraw {} => Act::Withdraw,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let rules = appeals(draft.context(), ARTICLE)?;
        if let Some(actor) = draft.actor() {
            appellant(opening, Act::File, actor)?;
        }
        draft.given(&opening.grounds, ("申诉理由", "the grounds"), ARTICLE)?;
        let told = opening.notified_at;
        if draft.at() < told {
            let args = Args::none().with("notified", text(told));
            return Err(draft.refuse(Reason::AppealBeforeNotice, ARTICLE, args));
        }
        let due = reckon(&draft.terms(&rules.within, ARTICLE)?, told, draft.context().calendar);
        if let Some(ends) = due.ends()
            && draft.at() > ends
        {
            return Err(draft.refuse(Reason::AppealTooLate, ARTICLE, Args::none().with("due", text(ends))));
        }
        draft.event(Event::Filed { opening: opening.clone(), to: rules.to, suspends: rules.suspends });
        draft.begin(&NewDuty {
            duty: HEAR,
            name: ("处理申诉", "decide on the appeal"),
            article: ARTICLE,
            owed_by: Party::Role(rules.to),
            limit: &rules.decided_within,
            chain: None,
            reminders: &[],
        })
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        if act == Act::Withdraw {
            return appellant(&self.opening, act, actor);
        }
        concerned(&self.opening.subject, act, actor)?;
        only(Party::Role(self.to), act, actor)?;
        if self.opening.decided_by.contains(&actor.person) {
            let args = Args::none().with("person", &actor.person).with("act", &named(act));
            return Err(draft.refuse(Reason::HeardByDecider, ARTICLE, args));
        }
        Ok(())
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let reason = ("理由", "the reason");
        match command {
            Command::Hear { minutes } => {
                draft.given(minutes, ("听取记录", "what was said"), ARTICLE)?;
                draft.event(Event::Heard { minutes: minutes.clone() });
            }
            Command::Uphold { why } => {
                draft.given(why, reason, ARTICLE)?;
                draft.event(Event::Upheld { why: why.clone() });
                draft.done(HEAR);
            }
            Command::Change { consequence, money, taken_back, why } => {
                draft.given(why, reason, ARTICLE)?;
                let measure = Measure::of(consequence, *money, draft.context())?;
                let decided = &self.opening.decided;
                not_aggravated(&measure, decided, draft)?;
                let same = measure.consequence == decided.consequence && measure.money == decided.money;
                if same && taken_back.is_empty() {
                    return Err(draft.refuse(Reason::NothingChanged, ARTICLE, Args::none()));
                }
                self.of_the_case(taken_back, draft)?;
                let (taken_back, why) = (taken_back.clone(), why.clone());
                draft.event(Event::Changed { measure, taken_back, why });
                draft.done(HEAR);
            }
            Command::Revoke { taken_back, why } => {
                draft.given(why, reason, ARTICLE)?;
                self.of_the_case(taken_back, draft)?;
                draft.event(Event::Revoked { taken_back: taken_back.clone(), why: why.clone() });
                draft.done(HEAR);
            }
            Command::Withdraw {} => {
                draft.event(Event::Withdrawn);
                draft.release_all();
            }
        }
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Filed { opening, to, suspends } = event else { return None };
        Some(Self {
            status: Status::Filed,
            opening: opening.clone(),
            to: *to,
            suspends: *suspends,
            measure: None,
            taken_back: Vec::new(),
            closed_on: None,
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Filed { .. } => {}
            Event::Heard { .. } => self.status = Status::Heard,
            Event::Upheld { .. } => self.status = Status::Upheld,
            Event::Changed { measure, taken_back, .. } => {
                self.status = Status::Changed;
                self.measure = Some(measure.clone());
                self.taken_back.clone_from(taken_back);
                self.closed_on = Some(stamp.at.date());
            }
            Event::Revoked { taken_back, .. } => {
                self.status = Status::Revoked;
                self.taken_back.clone_from(taken_back);
                self.closed_on = Some(stamp.at.date());
            }
            Event::Withdrawn => self.status = Status::Withdrawn,
        }
        self
    }
}

impl Appeal {
    /// Refuses to take back a record on which the decision does not rest.
    fn of_the_case(&self, taken_back: &[RecordId], draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        match taken_back.iter().find(|record| !self.opening.rests_on.contains(record)) {
            Some(record) => {
                Err(draft.refuse(Reason::NotOfTheCase, ARTICLE, Args::none().with("record", record)))
            }
            None => Ok(()),
        }
    }
}

/// Whoever was sanctioned appeals: the person, or the head of the unit for the unit.
fn appellant(opening: &Opening, act: Act, actor: &Actor) -> Result<(), Refusal> {
    match actor.party {
        Party::DEPARTMENT_HEAD if opening.subject == opening.unit => Ok(()),
        Party::DEPARTMENT_HEAD => only(Party::PERSON_CONCERNED, act, actor),
        _ => concerned(&opening.subject, act, actor),
    }
}

fn text(moment: Moment) -> String {
    alloc::format!("{}", moment.format("%Y-%m-%d %H:%M"))
}
