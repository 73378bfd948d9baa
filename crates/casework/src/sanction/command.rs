//! What somebody wants to do in a sanction, and what happened.

use super::{Calling, Established, Measure};
use alloc::{boxed::Box, string::String, vec::Vec};
use ducha_core::{ClauseId, ConsequenceId, Money, RecordId, SubjectId};
use serde::{Deserialize, Serialize};

/// What a sanction is opened with: the recommendation (art. 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit concerned, or that of the person concerned.
    pub unit: SubjectId,
    /// Whom it concerns: the unit itself, or a person.
    pub subject: SubjectId,
    /// The consequence that is recommended.
    pub consequence: ConsequenceId,
    /// The tier that calls for it (art. 6); where absent, a finding does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Calling>,
    /// The clause that was broken, where it is one finding; one about prices makes it a charging problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// The records that it rests on; at least one.
    pub rests_on: Vec<RecordId>,
    /// Why.
    pub reasons: String,
    /// The money, as the assessment reckoned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
    /// Facts that are on record already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Established>,
}

/// How a charging problem was mended (art. 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Remedy {
    /// What was charged too much was paid back.
    Refund {
        /// How much.
        amount: Money,
        /// To whom.
        to: String,
    },
    /// The price or the bill was set right.
    Correction {
        /// How.
        how: String,
    },
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A fact is put on record.
    RecordFact {
        /// The fact.
        fact: Established,
    },
    /// The person concerned states their view.
    State {
        /// It.
        view: String,
    },
    /// It is decided as recommended.
    Approve {},
    /// It is decided otherwise, within the tier's bounds.
    Modify {
        /// The consequence instead.
        consequence: ConsequenceId,
        /// Its money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        money: Option<Money>,
        /// Why.
        why: String,
    },
    /// The recommendation is refused.
    Refuse {
        /// Why.
        why: String,
    },
    /// The recommendation is taken back.
    Withdraw {
        /// Why.
        why: String,
    },
    /// Whom it concerns is told.
    Notify {
        /// How.
        how: String,
    },
    /// An appeal stops execution.
    Suspend {
        /// The appeal's case.
        appeal: RecordId,
    },
    /// Execution goes on.
    Resume {},
    /// It was carried out.
    Execute {
        /// How.
        how: String,
    },
    /// A charging problem was mended.
    Mend {
        /// How.
        remedy: Remedy,
    },
    /// It is over.
    End {},
    /// An appeal changed the decision.
    ChangeOnAppeal {
        /// The appeal's case.
        appeal: RecordId,
        /// The consequence instead.
        consequence: ConsequenceId,
        /// Its money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        money: Option<Money>,
    },
    /// An appeal revoked the decision.
    RevokeOnAppeal {
        /// The appeal's case.
        appeal: RecordId,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was recommended.
    Recommended {
        /// With what.
        opening: Box<Opening>,
        /// What that is under the rules of the day.
        measure: Measure,
        /// Whether it is about a charge.
        charging: bool,
    },
    /// A fact was put on record.
    FactRecorded {
        /// The fact.
        fact: Established,
    },
    /// The person concerned stated their view.
    Stated {
        /// It.
        view: String,
    },
    /// It was decided, as recommended or otherwise.
    Decided {
        /// What was decided.
        measure: Measure,
        /// Why otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// The recommendation was refused.
    Refused {
        /// Why.
        why: String,
    },
    /// The recommendation was taken back.
    Withdrawn {
        /// Why.
        why: String,
    },
    /// Whom it concerns was told.
    Notified {
        /// How.
        how: String,
    },
    /// An appeal stopped execution.
    Suspended {
        /// The appeal's case.
        appeal: RecordId,
    },
    /// Execution went on.
    Resumed,
    /// It was carried out.
    Executed {
        /// How.
        how: String,
    },
    /// A charging problem was mended.
    Mended {
        /// How.
        remedy: Remedy,
    },
    /// It was over.
    Ended,
    /// An appeal changed the decision.
    ChangedOnAppeal {
        /// The appeal's case.
        appeal: RecordId,
        /// What holds instead.
        measure: Measure,
    },
    /// An appeal revoked the decision.
    RevokedOnAppeal {
        /// The appeal's case.
        appeal: RecordId,
    },
}
