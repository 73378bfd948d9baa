//! The course of a complaint: who may do what, and what follows.

use super::{
    ACKNOWLEDGE, ARTICLE, ASSESS, Act, Command, Complainants, Complaint, Event, FEEDBACK, OPINION, Opening,
    Opinion, Outcome, Status,
    hands::{no_party, not_about, told},
};
use crate::{
    case::Case,
    draft::{Draft, NewDuty},
    found::room,
    party::{Actor, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{boxed::Box, vec::Vec};
use ducha_core::{LimitId, SubjectId, message::Args};
use ducha_rulebook::annex::procedure::Complaints;

fn rules<'a>(draft: &Draft<'a, Complaint>) -> Result<&'a Complaints, Refusal> {
    let found = draft.context().rules.complaint.as_ref();
    found.ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", "[complaint]")))
}

/// A duty of the office begins, with the chain by which overdue complaints go up.
fn owe(
    duty: &'static str,
    name: (&'static str, &'static str),
    limit: &LimitId,
    draft: &mut Draft<'_, Complaint>,
) -> Result<(), Refusal> {
    let chain = rules(draft)?.escalation.as_ref();
    draft.begin(&NewDuty {
        duty,
        name,
        article: ARTICLE,
        owed_by: Party::OFFICE,
        limit,
        chain,
        reminders: &[],
    })
}

fn owe_opinion(draft: &mut Draft<'_, Complaint>) -> Result<(), Refusal> {
    let limit = &rules(draft)?.opinion_within;
    owe(OPINION, ("提出处理意见", "give the handling opinion"), limit, draft)
}

fn owe_feedback(draft: &mut Draft<'_, Complaint>) -> Result<(), Refusal> {
    let limit = &rules(draft)?.feedback_within;
    owe(FEEDBACK, ("向投诉人反馈", "answer the complainant"), limit, draft)
}

impl Case for Complaint {
    const KIND: &'static str = "complaint";
    const LABEL: (&'static str, &'static str) = ("投诉", "complaint");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Receive
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.grievance.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Acknowledge {} => Act::Acknowledge,
            Command::Accept {} => Act::Accept,
            Command::Decline { .. } => Act::Decline,
            Command::Ask { .. } => Act::Ask,
            Command::Reply { .. } => Act::Reply,
            Command::GoOn { .. } => Act::GoOn,
            Command::Refer { .. } => Act::Refer,
            Command::ReportBack { .. } => Act::ReportBack,
            Command::Opine { .. } => Act::Opine,
            Command::Answer { .. } => Act::Answer,
            Command::Satisfy {} => Act::Satisfy,
            Command::Reopen { .. } => Act::Reopen,
            Command::Settle {} => Act::Settle,
            Command::TakeIn { .. } => Act::TakeIn,
            Command::Merge { .. } => Act::Merge,
            Command::Withdraw { .. } => Act::Withdraw,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let Opening { grievance, complainants } = opening;
        draft.given(&grievance.problem, ("投诉事项", "what is complained of"), ARTICLE)?;
        room(&grievance.complaint, draft, ARTICLE)?;
        told(complainants, draft)?;
        if let Some(happened) = grievance.happened_on.filter(|day| *day > draft.at().date()) {
            let args = Args::none().with("at", happened).with("now", draft.at().date());
            return Err(draft.refuse(Reason::InTheFuture, ARTICLE, args));
        }
        let mut receiver = None;
        if let Some(actor) = draft.actor() {
            not_about(grievance.about.as_ref(), Act::Receive, actor, draft)?;
            if actor.party != Party::COMPLAINANT {
                receiver = Some(actor.person.clone());
            } else if !complainants.is_contact(&actor.person) {
                return Err(no_party(actor, draft));
            }
        }
        let rules = rules(draft)?;
        draft.event(Event::Received {
            grievance: Box::new(grievance.clone()),
            receiver,
            complainants: complainants.clone(),
        });
        if let Some(limit) = &rules.acknowledge_within {
            owe(ACKNOWLEDGE, ("告知已收到投诉", "acknowledge the complaint"), limit, draft)?;
        }
        if let Some(limit) = &rules.assess_within {
            owe(ASSESS, ("决定是否受理", "accept or decline the complaint"), limit, draft)?;
        }
        owe_opinion(draft)
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        self.hands(act, actor, draft)?;
        let none = Args::none;
        match act {
            Act::Ask if self.is_anonymous() => Err(draft.refuse(Reason::NobodyToAsk, ARTICLE, none())),
            Act::Ask if self.asked.is_some() => Err(draft.refuse(Reason::AlreadyAsked, ARTICLE, none())),
            Act::Reply | Act::GoOn if self.asked.is_none() => {
                Err(draft.refuse(Reason::NothingAsked, ARTICLE, none()))
            }
            Act::Reopen | Act::Settle => self.in_window(act, draft),
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let reason = ("理由", "the reason");
        match command {
            Command::Acknowledge {} => {
                draft.event(Event::Acknowledged);
                draft.done(ACKNOWLEDGE);
            }
            Command::Accept {} => {
                draft.event(Event::Accepted);
                draft.done(ASSESS);
            }
            Command::Decline { why } => {
                draft.given(why, reason, ARTICLE)?;
                draft.event(Event::Declined { why: why.clone() });
                draft.done(ASSESS);
                // The reasons take the place of an opinion; the complainant is told them all the same.
                draft.release(OPINION);
                owe_feedback(draft)?;
            }
            Command::Ask { question } => {
                draft.given(question, ("问题", "the question"), ARTICLE)?;
                draft.event(Event::Asked { question: question.clone() });
                draft.pause(ASSESS);
                draft.pause(OPINION);
            }
            Command::Reply { text } => {
                draft.given(text, ("答复", "the answer"), ARTICLE)?;
                draft.event(Event::Replied { text: text.clone() });
                draft.resume(ASSESS);
                draft.resume(OPINION);
            }
            Command::GoOn { why } => {
                draft.given(why, reason, ARTICLE)?;
                draft.event(Event::WentOn { why: why.clone() });
                draft.resume(ASSESS);
                draft.resume(OPINION);
            }
            Command::Refer { to, task } => {
                draft.given(task, ("办理要求", "what is asked of the unit"), ARTICLE)?;
                let to = to.as_ref().unwrap_or(&self.unit).clone();
                draft.event(Event::Referred { to, task: task.clone() });
            }
            Command::ReportBack { text } => {
                draft.given(text, ("办理情况", "what the unit reports"), crate::case::article(5))?;
                draft.event(Event::ReportedBack { text: text.clone() });
            }
            Command::Opine { opinion, outcome } => {
                draft.given(opinion, ("处理意见", "the opinion"), ARTICLE)?;
                if let Outcome::Substantiated { found } = outcome {
                    if found.is_empty() {
                        draft.given("", ("查实的问题", "what was found"), ARTICLE)?;
                    }
                    found.iter().try_for_each(|found| found.check(&self.unit, draft, ARTICLE))?;
                }
                draft.event(Event::Opined { opinion: opinion.clone(), outcome: outcome.clone() });
                draft.done(OPINION);
                owe_feedback(draft)?;
            }
            Command::Answer { text, channel } => {
                draft.given(text, ("反馈内容", "what the answer says"), ARTICLE)?;
                self.reaches(*channel, draft)?;
                let limit = rules(draft)?.reopen_within.as_ref();
                let reopen = limit.map(|limit| draft.terms(limit, ARTICLE)).transpose()?;
                draft.event(Event::Answered { text: text.clone(), channel: *channel, reopen });
                draft.done(FEEDBACK);
            }
            Command::Satisfy {} => draft.event(Event::Satisfied),
            Command::Reopen { why } => {
                draft.given(why, ("不满意的理由", "why they are not satisfied"), ARTICLE)?;
                draft.event(Event::Reopened { why: why.clone() });
                owe_opinion(draft)?;
            }
            Command::Settle {} => draft.event(Event::Settled),
            Command::TakeIn { complaint, complainants } => {
                self.is_another(complaint, draft)?;
                if self.taken_in.contains(complaint) {
                    let args = Args::none().with("complaint", complaint);
                    return Err(draft.refuse(Reason::AlreadyTakenIn, ARTICLE, args));
                }
                told(complainants, draft)?;
                draft.event(Event::TookIn {
                    complaint: complaint.clone(),
                    complainants: complainants.clone().beyond(&self.complainants),
                });
            }
            Command::Merge { into } => {
                self.is_another(into, draft)?;
                draft.event(Event::Merged { into: into.clone() });
                draft.release_all();
            }
            Command::Withdraw { why } => {
                draft.given(why, reason, ARTICLE)?;
                let person = draft.actor().map(|actor| actor.person.clone());
                draft.event(Event::Withdrawn { why: why.clone() });
                if self.left_by(person.as_ref()).is_none() {
                    draft.release_all();
                }
            }
        }
        Ok(())
    }

    fn begin(event: &Event, stamp: &Stamp) -> Option<Self> {
        let Event::Received { grievance, receiver, complainants } = event else { return None };
        Some(Self {
            status: Status::Received,
            unit: grievance.unit.clone(),
            grievance: (**grievance).clone(),
            received_on: stamp.at.date(),
            receiver: receiver.clone(),
            complainants: complainants.clone(),
            anonymous_too: *complainants == Complainants::Anonymous,
            asked: None,
            opinions: Vec::new(),
            answered: None,
            taken_in: Vec::new(),
            merged_into: None,
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        let by = stamp.by.as_ref().map(|by| &by.person);
        match event {
            Event::Received { .. } | Event::ReportedBack { .. } => {}
            Event::Acknowledged => {
                self.status = Status::Acknowledged;
                self.receiver = self.receiver.or_else(|| by.cloned());
            }
            Event::Accepted => self.status = Status::Accepted,
            Event::Declined { .. } => {
                self.status = Status::Declined;
                self.asked = None;
            }
            Event::Asked { question } => self.asked = Some(question.clone()),
            Event::Replied { .. } | Event::WentOn { .. } => self.asked = None,
            Event::Referred { to, .. } => {
                self.status = Status::Referred;
                self.unit = to.clone();
            }
            Event::Opined { opinion, outcome } => {
                self.status = Status::Opined;
                self.asked = None;
                self.opinions.push(Opinion {
                    text: opinion.clone(),
                    outcome: outcome.clone(),
                    stamp: stamp.clone(),
                    unit: self.unit.clone(),
                    on: core::iter::once(&self.grievance.complaint).chain(&self.taken_in).cloned().collect(),
                });
            }
            Event::Answered { reopen, .. } => {
                self.status = Status::Answered;
                self.answered = Some((stamp.at, reopen.clone()));
            }
            Event::Satisfied => self.status = Status::Satisfied,
            Event::Reopened { .. } => {
                self.status = Status::Accepted;
                self.answered = None;
            }
            Event::Settled => self.status = Status::Settled,
            Event::TookIn { complaint, complainants } => {
                self.taken_in.push(complaint.clone());
                self.anonymous_too |= *complainants == Complainants::Anonymous;
                self.complainants = self.complainants.with(complainants);
            }
            Event::Merged { into } => {
                self.status = Status::Merged;
                self.merged_into = Some(into.clone());
            }
            Event::Withdrawn { .. } => {
                self.complainants = self.left_by(by);
                if self.complainants.is_none() {
                    self.status = Status::Withdrawn;
                }
            }
        }
        self
    }
}
