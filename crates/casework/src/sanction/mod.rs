//! Sanction (arts. 6, 18): the office recommends, the body that the rules name decides, others carry it out.
//!
//! Who decides stands with the [consequence](Measure::decided_by) in the rulebook, so that it rises with the tier. Recommending,
//! deciding and carrying out are values that need each other: [`Execution`] has a [`Decision`], which has a
//! [`Recommendation`], each by somebody else.

mod case;
mod command;
mod measure;
mod stages;

pub(crate) use case::not_aggravated;
pub use command::{Command, Event, Opening, Remedy};
pub use measure::{Calling, Established, Measure, Sum};
pub use stages::{Decision, Execution, Recommendation, Stage};

use crate::{
    case::{acts, article, statuses},
    context::Context,
    party::Moment,
    refusal::{Reason, Refusal},
};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::Span;
use ducha_core::{
    Article, FactId, Record, RecordId,
    message::Args,
    record::{Fact, Matter, standard_fact},
};
use ducha_rulebook::annex::duty::Appeal;

/// The duty to decide on a recommendation.
pub const DECIDE: &str = "decide";
/// The duty to tell whom it concerns.
pub const NOTIFY: &str = "notify";
/// The duty to carry it out.
pub const EXECUTE: &str = "execute";

const ARTICLE: Article = article(18);

statuses! {
    /// Where a sanction stands.
    Status {
        Recommended "recommended" "已建议" "recommended";
        Decided "decided" "已决定" "decided";
        Notified "notified" "已通知" "notified";
        Suspended "suspended" "暂停执行" "suspended";
        Executed "executed" "已执行" "executed";
        Ended "ended" "已结束" "ended";
        Refused "refused" "不予处罚" "refused";
        Withdrawn "withdrawn" "建议已撤回" "withdrawn";
        Revoked "revoked" "已被撤销" "revoked on appeal";
    } closed { Ended, Refused, Withdrawn, Revoked }
}

acts! {
    /// What may be done in a sanction.
    Act of Status {
        Recommend "recommend" "提出处罚建议" "recommend the sanction" art 18 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL] from [] to [Recommended];
        RecordFact "record_fact" "登记前提事实" "record a fact" art 18 by [OFFICE, PERSONNEL] from [Recommended] to [Recommended];
        State "state" "陈述申辩" "state their view" art 18 by [PERSON_CONCERNED] from [Recommended] to [Recommended];
        Approve "approve" "同意处罚建议" "approve the sanction" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL, CLIENT, AUTHORITY] from [Recommended] to [Decided];
        Modify "modify" "变更处罚建议" "modify the sanction" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL, CLIENT, AUTHORITY] from [Recommended] to [Decided];
        Refuse "refuse" "不同意处罚建议" "refuse the sanction" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL, CLIENT, AUTHORITY] from [Recommended] to [Refused];
        Withdraw "withdraw" "撤回处罚建议" "withdraw the recommendation" art 18 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL] from [Recommended] to [Withdrawn];
        Notify "notify" "通知当事人" "notify whom it concerns" art 18 by [OFFICE, PERSONNEL] from [Decided] to [Notified];
        Suspend "suspend" "暂停执行" "suspend execution" art 18 by [OFFICE, PERSONNEL] from [Notified] to [Suspended];
        Resume "resume" "恢复执行" "resume execution" art 18 by [OFFICE, PERSONNEL] from [Suspended] to [Notified];
        Execute "execute" "执行处罚" "carry out the sanction" art 18 by [DEPARTMENT_HEAD, TEAM_LEADER, PERSONNEL, FINANCE, OFFICE] from [Notified] to [Executed];
        Mend "mend" "退还或更正收费" "refund or correct the charge" art 18 by [OFFICE, DEPARTMENT_HEAD, FINANCE] from [Recommended, Decided, Notified, Suspended, Executed] to [Recommended, Decided, Notified, Suspended, Executed];
        End "end" "结束处罚" "end the sanction" art 18 by [OFFICE, PERSONNEL] from [Executed] to [Ended];
        ChangeOnAppeal "change_on_appeal" "按申诉结果变更" "change the decision on appeal" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Notified, Suspended, Executed, Ended] to [Notified];
        RevokeOnAppeal "revoke_on_appeal" "按申诉结果撤销" "revoke the decision on appeal" art 18 by [LEADING_GROUP, GENERAL_MANAGER, OFFICE_MEETING, OFFICE, PERSONNEL, AUTHORITY] from [Notified, Suspended, Executed, Ended] to [Revoked];
    }
}

/// A sanction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanction {
    status: Status,
    opening: Opening,
    charging: bool,
    facts: Vec<Established>,
    view: Option<String>,
    remedy: Option<Remedy>,
    notified: Option<Moment>,
    appeal: Option<RecordId>,
    stage: Stage,
}

impl Sanction {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// How far recommending, deciding and carrying out have come.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The facts on record.
    #[must_use]
    pub fn facts(&self) -> &[Established] {
        &self.facts
    }

    /// What the person concerned said.
    #[must_use]
    pub fn view(&self) -> Option<&str> {
        self.view.as_deref()
    }

    /// How a charging problem was mended.
    #[must_use]
    pub const fn remedy(&self) -> Option<&Remedy> {
        self.remedy.as_ref()
    }

    /// When whom it concerns was told.
    #[must_use]
    pub const fn notified_at(&self) -> Option<Moment> {
        self.notified
    }

    /// The appeal that suspended, changed or revoked it last.
    #[must_use]
    pub const fn appeal(&self) -> Option<&RecordId> {
        self.appeal.as_ref()
    }

    /// The last day on which it lasts, where it lasts for a time: the day of its execution counts, and so does that day.
    #[must_use]
    pub fn lasts_until(&self) -> Option<NaiveDate> {
        let execution = self.stage.execution()?;
        let lasts = execution.decision().measure().lasts?;
        Span::starting(execution.at().date(), lasts).ok().map(Span::last)
    }

    /// The fact for the next assessment: that a sanction was executed.
    #[must_use]
    pub fn executed_fact(&self, id: RecordId) -> Option<Record> {
        let execution = self.stage.execution()?;
        Some(Record {
            id,
            subject: self.opening.subject.clone(),
            occurred_on: execution.at().date(),
            occurred_at: None,
            recorded_on: None,
            revokes: None,
            supersedes: None,
            note: None,
            evidence: Vec::new(),
            matter: Matter::Fact(Fact {
                fact: FactId::new(standard_fact::SANCTION_EXECUTED).ok()?,
                refers_to: self.opening.rests_on.first().cloned(),
                value: None,
                other: None,
                due_on: None,
            }),
        })
    }
}

/// The rules for appeals, or a refusal where the campus has none.
pub(crate) fn appeals<'a>(context: &Context<'a>, article: Article) -> Result<&'a Appeal, Refusal> {
    let found = context.rules.appeal.as_ref();
    found.ok_or_else(|| Refusal::new(Reason::NoRule, article, Args::none().with("rule", "[appeal]")))
}
