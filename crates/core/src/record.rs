//! What goes in: the closed enumeration of records.
//!
//! A record is never edited. A later one may revoke or supersede it; the earlier stays, and is accounted for.

use crate::{
    AwardId, ClauseId, FactId, Factor, InspectionId, LevelId, LineId, Money, Points, Quantity, RecordId,
    SectionId, SourceId, SubjectId,
};
use alloc::{string::String, vec::Vec};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// One record: what all records carry, and the matter it tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its identifier, unique within the input. Of rows with the same id, equal ones are one; unequal ones are all refused.
    pub id: RecordId,
    /// Whom it concerns.
    pub subject: SubjectId,
    /// The day of the act: decides version, window and recurrence.
    pub occurred_on: NaiveDate,
    /// The time of the act, where known; orders records of one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<NaiveTime>,
    /// The day on which it was recorded; where absent, the day of the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_on: Option<NaiveDate>,
    /// The record that this one takes back. What else this one tells counts as anybody's; a [`Matter::Revocation`] tells nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revokes: Option<RecordId>,
    /// The record in whose place this one stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<RecordId>,
    /// A remark for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What it tells.
    #[serde(flatten)]
    pub matter: Matter,
}

impl Record {
    /// The day from which it is known.
    #[must_use]
    pub fn known_on(&self) -> NaiveDate {
        self.recorded_on.unwrap_or(self.occurred_on)
    }

    /// The canonical order: day of the act, time where given (before those without), then id by bytes.
    #[must_use]
    pub fn canonical_key(&self) -> (NaiveDate, bool, Option<NaiveTime>, &RecordId) {
        (self.occurred_on, self.occurred_at.is_none(), self.occurred_at, &self.id)
    }
}

/// What a record tells. Closed: a later edition may append a variant, never change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Matter {
    /// A nonconformity (or remark) found under a clause.
    Finding(Finding),
    /// A rate or level measured against the target of a clause (art. 13).
    Measurement(Measurement),
    /// A score from another source: users, peers, questionnaires.
    Rating(Rating),
    /// That an inspection took place, also a clean one.
    Inspection(Inspection),
    /// Something commended (arts. 2, 25).
    Commendation(Commendation),
    /// A fact that the rules ask for: a fine paid, a training passed, a warning served …
    Fact(Fact),
    /// Nothing but that it revokes another record.
    Revocation,
}

/// Something found under a clause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// The clause. `None` only in a default value; readers demand it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// How many units of the clause (places, persons, beds …); one where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The points that the inspector chose, for clauses with a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The money that the inspector chose, for clauses with a range of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
    /// The severity level, for clauses with levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<LevelId>,
    /// Why the inspector chose these points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The inspection in which it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection: Option<InspectionId>,
    /// Who found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspector: Option<SubjectId>,
    /// How it was found (art. 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// Which of the rulebook's sources found it: the unit itself, the office, a user, an authority …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The day on which the unit had mended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_on: Option<NaiveDate>,
    /// The day on which a case about it was decided, for policies that count decided cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
}

/// A measured value of an indicator: either the value, or numerator and denominator kept exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// The clause that holds the target.
    pub clause: ClauseId,
    /// The value, in the clause's unit (percent, minutes …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// Instead of the value: what was reached …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<Quantity>,
    /// … out of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Quantity>,
    /// Who measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A score that a source gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Who gave it.
    pub source: SourceId,
    /// The score, on the scale that the rulebook's source declares.
    pub score: Points,
    /// The section it speaks of, if not of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// The service line it speaks of, if not of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
}

/// That an inspection took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The inspection; findings name it.
    pub inspection: InspectionId,
    /// How it was made (art. 4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// Who inspected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspector: Option<SubjectId>,
    /// Which source: self-inspection, office, authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Clauses that did not apply at this place: neither zero nor full marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_applicable: Vec<ClauseId>,
    /// How much the inspection weighs as exposure; one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Factor>,
}

/// Something good that was seen, under an award of the rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commendation {
    /// The award.
    pub award: AwardId,
    /// Its level (province, city, school), for awards with levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelId>,
    /// How many; one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The points that were granted, for awards with a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Who commends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A fact that a rule asks for. The kinds are the rulebook's `[[fact]]`s and the [standard ones](standard_fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The kind of fact.
    pub fact: FactId,
    /// The record that it concerns: the finding whose fine was paid, the case that was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<RecordId>,
    /// A number that belongs to it: the wage, the fee, the points redeemed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// Another subject that it names: the successor of a tenancy or a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<SubjectId>,
    /// The day on which a time limit ran out, for facts about deadlines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// The kinds of facts that every rulebook knows.
pub mod standard_fact {
    /// A finding was re-checked and had not been mended; `refers_to` names the finding (arts. 14, 15).
    pub const NOT_RECTIFIED: &str = "not_rectified";
    /// A finding was mended; `refers_to` names it.
    pub const RECTIFIED: &str = "rectified";
    /// The time limit of a finding's rectification passed; `refers_to` names it, `due_on` the last day (art. 15).
    pub const OVERDUE: &str = "overdue";
    /// A fine was paid; `refers_to` names the finding.
    pub const FINE_PAID: &str = "fine_paid";
    /// A training was passed.
    pub const TRAINING_PASSED: &str = "training_passed";
    /// A written warning was served; `refers_to` may name the finding.
    pub const WARNING_SERVED: &str = "warning_served";
    /// A sanction was executed.
    pub const SANCTION_EXECUTED: &str = "sanction_executed";
    /// A case was decided; `refers_to` names the finding.
    pub const DECIDED: &str = "decided";
    /// The monthly wage of a person; `value` in the rulebook's currency.
    pub const WAGE: &str = "wage";
    /// The local minimum wage; `value` in the rulebook's currency.
    pub const MINIMUM_WAGE: &str = "minimum_wage";
    /// The service fee of a contractor for the period; `value` in the rulebook's currency.
    pub const FEE: &str = "fee";
    /// What the subject had passes to `other` from that day on (shape S41).
    pub const SUCCEEDED_BY: &str = "succeeded_by";
    /// All of them.
    pub const ALL: [&str; 12] = [
        NOT_RECTIFIED,
        RECTIFIED,
        OVERDUE,
        FINE_PAID,
        TRAINING_PASSED,
        WARNING_SERVED,
        SANCTION_EXECUTED,
        DECIDED,
        WAGE,
        MINIMUM_WAGE,
        FEE,
        SUCCEEDED_BY,
    ];
}

/// Something that a record rests on (arts. 16, 17).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What kind of evidence.
    pub kind: EvidenceKind,
    /// Where it is kept: a file name, a number in the register.
    pub reference: String,
}

/// Kinds of evidence (arts. 16, 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EvidenceKind {
    /// A photograph or film.
    Photo,
    /// A document or log consulted or taken over.
    Document,
    /// A sample or object.
    Sample,
    /// A measurement protocol.
    Reading,
    /// The statement of an employee.
    Interview,
    /// A visit to a user.
    Visit,
    /// A forum of users.
    Forum,
    /// A letter asking for opinions, answered.
    Letter,
    /// A complaint.
    Complaint,
    /// A questionnaire.
    Questionnaire,
    /// A witness.
    Witness,
}

/// How something was found: the pairs of article 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// Internal inspection 内部检查.
    InternalInspection,
    /// Complaint 投诉.
    Complaint,
    /// General questionnaire 普遍问卷.
    GeneralQuestionnaire,
    /// Targeted survey 重点调查.
    TargetedSurvey,
    /// Urging from above 上级督促.
    SuperiorUrging,
    /// Self-inspection 自查.
    SelfInspection,
    /// Regular inspection 定期检查.
    RegularInspection,
    /// Unannounced spot check 不定期抽查.
    SpotCheck,
    /// Comprehensive inspection 全面检查.
    FullInspection,
    /// Partial inspection 局部检查.
    PartialInspection,
    /// Open visit 明察.
    OpenVisit,
    /// Covert visit 暗访.
    CovertVisit,
    /// Whole-process quality tracking 质量全程追踪.
    ProcessTracking,
}

impl Method {
    /// All methods with their code, Chinese and English names.
    pub const NAMES: [(Self, &'static str, &'static str, &'static str); 13] = [
        (Self::InternalInspection, "internal_inspection", "内部检查", "internal inspection"),
        (Self::Complaint, "complaint", "投诉", "complaint"),
        (Self::GeneralQuestionnaire, "general_questionnaire", "普遍问卷", "general questionnaire"),
        (Self::TargetedSurvey, "targeted_survey", "重点调查", "targeted survey"),
        (Self::SuperiorUrging, "superior_urging", "上级督促", "urging from above"),
        (Self::SelfInspection, "self_inspection", "自查", "self-inspection"),
        (Self::RegularInspection, "regular_inspection", "定期检查", "regular inspection"),
        (Self::SpotCheck, "spot_check", "不定期抽查", "unannounced spot check"),
        (Self::FullInspection, "full_inspection", "全面检查", "comprehensive inspection"),
        (Self::PartialInspection, "partial_inspection", "局部检查", "partial inspection"),
        (Self::OpenVisit, "open_visit", "明察", "open visit"),
        (Self::CovertVisit, "covert_visit", "暗访", "covert visit"),
        (Self::ProcessTracking, "process_tracking", "质量全程追踪", "whole-process tracking"),
    ];
}
