//! Complaint (arts. 2, 12; the stages of ISO 10002): received, acknowledged, accepted or declined, referred, given an
//! opinion, answered; then the complainant is satisfied, or it is opened again.
//!
//! * Whoever receives a complaint first stays responsible for it.
//! * Who complained is told by [`Complaint::complainants_for`] alone, and only to those whom the rulebook names; the events
//!   carry it in a field of its own, which [`redacted`] takes out.
//! * While the complainant must answer a question, the office's clock stands.
//! * What turns out to be true becomes findings; what an opinion found before the case was opened again is revoked.

mod complainants;
mod course;
mod hands;
mod opinion;

pub use complainants::{Complainant, Complainants, redacted, redacted_record};
pub use opinion::{Opinion, Outcome};

use crate::{
    case::{acts, statuses},
    party::Moment,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::Terms;
use ducha_core::{Article, RecordId, SourceId, SubjectId};
use serde::{Deserialize, Serialize};

const ARTICLE: Article = crate::case::article(12);

/// The duty to tell the complainant that it has arrived.
pub const ACKNOWLEDGE: &str = "acknowledge";
/// The duty to accept or decline it.
pub const ASSESS: &str = "assess";
/// The duty to give an opinion on it (art. 12).
pub const OPINION: &str = "opinion";
/// The duty to answer the complainant (art. 12).
pub const FEEDBACK: &str = "feedback";

statuses! {
    /// Where a complaint stands.
    Status {
        Received "received" "已接收" "received";
        Acknowledged "acknowledged" "已告知收到" "acknowledged";
        Accepted "accepted" "已受理" "accepted";
        Declined "declined" "不予受理" "declined";
        Referred "referred" "已转办" "referred";
        Opined "opined" "已出处理意见" "given an opinion";
        Answered "answered" "已反馈" "answered";
        Satisfied "satisfied" "投诉人满意" "settled to the complainant's satisfaction";
        Settled "settled" "已办结" "settled";
        Withdrawn "withdrawn" "已撤回" "withdrawn";
        Merged "merged" "已并案" "merged into another";
    } closed { Satisfied, Settled, Withdrawn, Merged }
}

acts! {
    /// What may be done in a complaint.
    Act of Status {
        Receive "receive" "接收投诉" "receive the complaint" art 12 by [COMPLAINANT, OFFICE, INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [] to [Received];
        Acknowledge "acknowledge" "告知已收到投诉" "acknowledge the complaint" art 12 by [OFFICE, INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [Received] to [Acknowledged];
        Accept "accept" "受理投诉" "accept the complaint" art 12 by [OFFICE] from [Acknowledged] to [Accepted];
        Decline "decline" "不予受理" "decline the complaint" art 12 by [OFFICE] from [Acknowledged] to [Declined];
        Ask "ask" "请投诉人补充" "ask the complainant" art 12 by [OFFICE] from [Acknowledged, Accepted, Referred] to [Acknowledged, Accepted, Referred];
        Reply "reply" "答复提问" "answer the question" art 12 by [COMPLAINANT] from [Acknowledged, Accepted, Referred] to [Acknowledged, Accepted, Referred];
        GoOn "go_on" "不待答复继续办理" "go on without an answer" art 12 by [OFFICE] from [Acknowledged, Accepted, Referred] to [Acknowledged, Accepted, Referred];
        Refer "refer" "转办投诉" "refer the complaint" art 12 by [OFFICE] from [Accepted, Referred] to [Referred];
        ReportBack "report_back" "回报办理情况" "report back" art 5 by [DEPARTMENT_HEAD, TEAM_LEADER] from [Referred] to [Referred];
        Opine "opine" "提出处理意见" "give the handling opinion" art 12 by [OFFICE] from [Accepted, Referred] to [Opined];
        Answer "answer" "反馈" "answer the complainant" art 12 by [OFFICE, INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [Declined, Opined] to [Answered];
        Satisfy "satisfy" "表示满意" "say that it is settled" art 12 by [COMPLAINANT] from [Answered] to [Satisfied];
        Reopen "reopen" "表示不满意" "have it opened again" art 12 by [COMPLAINANT] from [Answered] to [Accepted];
        Settle "settle" "办结投诉" "close the complaint" art 12 by [OFFICE] from [Answered] to [Settled];
        TakeIn "take_in" "并入重复投诉" "take in a duplicate" art 12 by [OFFICE] from [Received, Acknowledged, Accepted, Referred] to [Received, Acknowledged, Accepted, Referred];
        Merge "merge" "并案" "merge it into another" art 12 by [OFFICE] from [Received, Acknowledged, Accepted, Referred] to [Merged];
        Withdraw "withdraw" "撤回投诉" "withdraw the complaint" art 12 by [COMPLAINANT] from [Received, Acknowledged, Accepted, Declined, Referred, Opined] to [Withdrawn];
    }
}

/// What is complained of; it does not say by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grievance {
    /// Its number in the register; findings name it as their evidence.
    pub complaint: RecordId,
    /// The unit that is complained of.
    pub unit: SubjectId,
    /// The person who is complained of, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<SubjectId>,
    /// What happened, told without naming who complains.
    pub problem: String,
    /// On which day; the day on which it was received where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_on: Option<NaiveDate>,
    /// Which of the rulebook's sources its findings name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// What a complaint is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// What is complained of.
    pub grievance: Grievance,
    /// Who complains.
    pub complainants: Complainants,
}

/// How an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// To the complainant.
    Complainant,
    /// By public notice, where nobody is known to whom it could go.
    PublicNotice,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// The complainant is told that it has arrived; of an anonymous one its number is shown.
    Acknowledge {},
    /// It is accepted.
    Accept {},
    /// It is declined.
    Decline {
        /// Why.
        why: String,
    },
    /// The complainant is asked for more.
    Ask {
        /// What.
        question: String,
    },
    /// The complainant answers.
    Reply {
        /// What they say.
        text: String,
    },
    /// The office goes on without an answer.
    GoOn {
        /// Why.
        why: String,
    },
    /// It is referred to a unit.
    Refer {
        /// To which, where it turns out to be about another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<SubjectId>,
        /// What is asked of it.
        task: String,
    },
    /// The unit reports back.
    ReportBack {
        /// What it says.
        text: String,
    },
    /// The office gives its opinion.
    Opine {
        /// What it says.
        opinion: String,
        /// Whether the complaint is true.
        outcome: Outcome,
    },
    /// It is answered.
    Answer {
        /// What the answer says.
        text: String,
        /// How it goes out.
        channel: Channel,
    },
    /// The complainant is satisfied.
    Satisfy {},
    /// The complainant is not.
    Reopen {
        /// Why.
        why: String,
    },
    /// It is closed, for the complainant may say nothing any longer.
    Settle {},
    /// Another complaint about the same is taken in, with those who complain.
    TakeIn {
        /// The other's number.
        complaint: RecordId,
        /// Who complains there.
        complainants: Complainants,
    },
    /// It is the same as another, in which it is handled from now on.
    Merge {
        /// The other's number.
        into: RecordId,
    },
    /// A complainant withdraws; the last one to do so ends the case.
    Withdraw {
        /// Why.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was received.
    Received {
        /// What is complained of.
        grievance: Box<Grievance>,
        /// Who received it; whoever acknowledges it, where the complainant filed it without anybody's hand.
        receiver: Option<SubjectId>,
        /// Who complains.
        complainants: Complainants,
    },
    /// It was acknowledged.
    Acknowledged,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined {
        /// Why.
        why: String,
    },
    /// The complainant was asked.
    Asked {
        /// What.
        question: String,
    },
    /// The complainant answered.
    Replied {
        /// What they said.
        text: String,
    },
    /// The office went on without an answer.
    WentOn {
        /// Why.
        why: String,
    },
    /// It was referred.
    Referred {
        /// To which unit.
        to: SubjectId,
        /// What is asked of it.
        task: String,
    },
    /// The unit reported back.
    ReportedBack {
        /// What it said.
        text: String,
    },
    /// The office gave its opinion.
    Opined {
        /// What it says.
        opinion: String,
        /// Whether the complaint is true.
        outcome: Outcome,
    },
    /// It was answered.
    Answered {
        /// What the answer says.
        text: String,
        /// How it went out.
        channel: Channel,
        /// How long it may be opened again; without an end where the rules give none.
        reopen: Option<Terms>,
    },
    /// The complainant was satisfied.
    Satisfied,
    /// The complainant was not.
    Reopened {
        /// Why.
        why: String,
    },
    /// It was closed.
    Settled,
    /// A duplicate was taken in.
    TookIn {
        /// Its number.
        complaint: RecordId,
        /// Who complained there.
        complainants: Complainants,
    },
    /// It was merged into another.
    Merged {
        /// The other's number.
        into: RecordId,
    },
    /// A complainant withdrew.
    Withdrawn {
        /// Why.
        why: String,
    },
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    status: Status,
    grievance: Grievance,
    /// The unit that it is about, as far as is known by now.
    unit: SubjectId,
    received_on: NaiveDate,
    receiver: Option<SubjectId>,
    complainants: Complainants,
    /// Whether an anonymous complaint is among those handled here.
    anonymous_too: bool,
    /// The question that waits for an answer.
    asked: Option<String>,
    opinions: Vec<Opinion>,
    /// When it was answered, and how long it may be opened again.
    answered: Option<(Moment, Option<Terms>)>,
    taken_in: Vec<RecordId>,
    merged_into: Option<RecordId>,
}

impl Complaint {
    /// What is complained of.
    #[must_use]
    pub const fn grievance(&self) -> &Grievance {
        &self.grievance
    }

    /// Who received it first and stays responsible for it.
    #[must_use]
    pub const fn receiver(&self) -> Option<&SubjectId> {
        self.receiver.as_ref()
    }

    /// Whether nobody is known who complains.
    #[must_use]
    pub const fn is_anonymous(&self) -> bool {
        matches!(self.complainants, Complainants::Anonymous)
    }

    /// The question that waits for the complainant's answer.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// The opinions that were given, one for each time that it was handled.
    #[must_use]
    pub fn opinions(&self) -> &[Opinion] {
        &self.opinions
    }

    /// The duplicates that were taken in.
    #[must_use]
    pub fn taken_in(&self) -> &[RecordId] {
        &self.taken_in
    }

    /// The complaint in which it is handled from now on.
    #[must_use]
    pub const fn merged_into(&self) -> Option<&RecordId> {
        self.merged_into.as_ref()
    }
}
