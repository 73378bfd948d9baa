//! Inspection (arts. 4, 9, 16, 17, 20, 21): planned, outlined, under way, reported, signed, closed.
//!
//! * No inspection without an outline (art. 21), nor without a team: a [`Visit`] is made of both.
//! * Nobody inspects their own unit; only a self-inspection is made by the unit's own people (arts. 3, 9).
//! * A covert visit does not show to the unit before it is reported.
//! * What was found becomes records with the report; a clean inspection is recorded as well.

mod course;
mod method;
mod power;
mod stage;
mod team;

pub use method::{Cause, Extent, Methods, Timing, Visibility, Who};
pub use power::Power;
pub use stage::{Noted, Outline, PowerUse, Report, Signature, Visit};
pub use team::Team;

use crate::{
    case::{acts, statuses},
    draft::Draft,
    found::Found,
    refusal::{Reason, Refusal},
};
use alloc::{boxed::Box, collections::BTreeSet, string::String, vec::Vec};
use ducha_core::{ClauseId, InspectionId, SourceId, SubjectId, message::Args, record::Evidence};
use ducha_rulebook::annex::procedure::Inspections;
use serde::{Deserialize, Serialize};
use stage::Stage;

/// The duty to report what was found.
pub const REPORT: &str = "report";

statuses! {
    /// Where an inspection stands.
    Status {
        Planned "planned" "已计划" "planned";
        Outlined "outlined" "已拟提纲" "outlined";
        UnderWay "under_way" "检查中" "under way";
        Reported "reported" "已报告" "reported";
        Closed "closed" "已办结" "closed";
        Cancelled "cancelled" "已取消" "cancelled";
    } closed { Closed, Cancelled }
}

acts! {
    /// What may be done in an inspection. Where the unit inspects itself its leaders stand in the office's place, and its
    /// people in the inspectors'.
    Act of Status {
        Plan "plan" "计划检查" "plan the inspection" art 4 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER] from [] to [Planned];
        Appoint "appoint" "组成检查组" "appoint the team" art 9 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER] from [Planned, Outlined] to [Planned, Outlined];
        Recuse "recuse" "回避" "recuse an inspector" art 9 by [OFFICE, INSPECTOR] from [Planned, Outlined] to [Planned, Outlined];
        Outline "outline" "拟定检查提纲" "draft the outline" art 21 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER] from [Planned, Outlined] to [Outlined];
        Start "start" "开始检查" "start the inspection" art 21 by [INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [Outlined] to [UnderWay];
        UsePower "use_power" "行使检查职权" "use a power" art 16 by [INSPECTOR] from [UnderWay] to [UnderWay];
        Hindered "hindered" "记录阻挠检查" "record an obstruction" art 20 by [INSPECTOR] from [UnderWay] to [UnderWay];
        Find "find" "记录检查发现" "note a finding" art 2 by [INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [UnderWay] to [UnderWay];
        Leave "leave" "结束现场检查" "end the work on site" art 16 by [INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [UnderWay] to [UnderWay];
        Report "report" "提交检查报告" "report the inspection" art 14 by [INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [UnderWay] to [Reported];
        Sign "sign" "在报告上签字" "sign the report" art 3 by [DEPARTMENT_HEAD, TEAM_LEADER] from [Reported] to [Reported];
        RefuseToSign "refuse_to_sign" "记录拒绝签字" "record the refusal to sign" art 20 by [INSPECTOR, DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [Reported] to [Reported];
        Close "close" "办结检查" "close the inspection" art 14 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER] from [Reported] to [Closed];
        Cancel "cancel" "取消检查" "cancel the inspection" art 4 by [OFFICE, DEPARTMENT_HEAD, TEAM_LEADER] from [Planned, Outlined] to [Cancelled];
    }
}

/// What an inspection is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Its number; the records that it yields name it.
    pub inspection: InspectionId,
    /// The unit that is inspected.
    pub unit: SubjectId,
    /// How (art. 4).
    pub methods: Methods,
    /// What for.
    pub purpose: String,
    /// Which of the rulebook's sources its records name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A team is appointed, in place of one that was.
    Appoint {
        /// The team.
        team: Team,
    },
    /// Somebody keeps away from this inspection (回避); a team that they were of is dissolved.
    Recuse {
        /// Who.
        person: SubjectId,
        /// Why.
        why: String,
    },
    /// The outline is drafted (art. 21), in place of one that was.
    Outline {
        /// The main content, point by point.
        content: Vec<String>,
        /// The clauses that will be looked at; all that apply where empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clauses: Vec<ClauseId>,
    },
    /// It starts.
    Start {},
    /// A power of articles 16 and 17 is used.
    UsePower {
        /// Which.
        power: Power,
        /// On what or whom.
        on: String,
        /// Where what came of it is kept, if anything did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// Somebody hindered the use of a power (arts. 16, 20).
    Hindered {
        /// Which.
        power: Power,
        /// How.
        how: String,
        /// Who, where it is to be held against that person and not against the unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<SubjectId>,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Evidence>,
    },
    /// Something was found.
    Find {
        /// What.
        found: Box<Found>,
    },
    /// The work on site ended: from now on the report is owed.
    Leave {},
    /// It is reported.
    Report {
        /// What the report says, in short.
        summary: String,
        /// Clauses that did not apply at this place.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_applicable: Vec<ClauseId>,
    },
    /// The unit signs that it saw the report.
    Sign {
        /// What it remarks, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remarks: Option<String>,
    },
    /// The unit refuses to sign, before a witness.
    RefuseToSign {
        /// Who saw it; nobody of the team.
        witness: SubjectId,
        /// The reason that the unit gave.
        why: String,
    },
    /// It is closed.
    Close {},
    /// It will not be made.
    Cancel {
        /// Why.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was planned.
    Planned(Opening),
    /// A team was appointed.
    Appointed {
        /// The team.
        team: Team,
    },
    /// Somebody keeps away.
    Recused {
        /// Who.
        person: SubjectId,
        /// Why.
        why: String,
    },
    /// The outline was drafted.
    Outlined {
        /// The main content.
        content: Vec<String>,
        /// The clauses that will be looked at.
        clauses: Vec<ClauseId>,
    },
    /// It started.
    Started,
    /// A power was used.
    PowerUsed {
        /// Which.
        power: Power,
        /// On what or whom.
        on: String,
        /// Where what came of it is kept.
        reference: Option<String>,
    },
    /// The use of a power was hindered.
    Hindered {
        /// Which.
        power: Power,
        /// The finding that this is, under the rulebook's clause.
        found: Box<Found>,
    },
    /// Something was found.
    Found {
        /// What.
        found: Box<Found>,
    },
    /// The work on site ended.
    Left,
    /// It was reported.
    Reported {
        /// What the report says.
        summary: String,
        /// Clauses that did not apply.
        not_applicable: Vec<ClauseId>,
    },
    /// The unit signed.
    Signed {
        /// What it remarked.
        remarks: Option<String>,
    },
    /// The unit refused to sign.
    RefusedToSign {
        /// Who saw it.
        witness: SubjectId,
        /// The reason that the unit gave.
        why: String,
    },
    /// It was closed.
    Closed,
    /// It was cancelled.
    Cancelled {
        /// Why.
        why: String,
    },
}

/// An inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    opening: Opening,
    recused: BTreeSet<SubjectId>,
    stage: Stage,
}

fn rules<'a>(draft: &Draft<'a, Inspection>) -> Result<&'a Inspections, Refusal> {
    let found = draft.context().rules.inspection.as_ref();
    found.ok_or_else(|| {
        let args = Args::none().with("rule", "[inspection]");
        draft.refuse(Reason::NoRule, crate::case::article(11), args)
    })
}
