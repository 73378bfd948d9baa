//! Survey (arts. 4, 17): a general questionnaire or a targeted survey, online or on paper: prepared, open, closed, evaluated.
//!
//! * Answers are worth what the questionnaire declares before anybody answers; the mean is exact and rounded once, as declared.
//! * Where fewer answered than the rules ask for, there is no result, and that is said.
//! * Forums, visits and letters (art. 17) are evidence; a finding of the survey rests on such evidence, never on nothing.

mod course;
mod question;
mod result;

pub use question::{Choice, Question, RatingOf};
pub use result::{Outcome, QuestionResult};

use crate::{
    case::{acts, statuses},
    found::Found,
    party::{Moment, Stamp},
};
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};
use ducha_calendar::Terms;
use ducha_core::{EntryId, Method, RecordId, SubjectId, record::Evidence, record::EvidenceKind};
use serde::{Deserialize, Serialize};

statuses! {
    /// Where a survey stands.
    Status {
        Prepared "prepared" "已拟定" "prepared";
        Open "open" "收集中" "open";
        Closed "closed" "已截止" "closed to answers";
        Evaluated "evaluated" "已评定" "evaluated";
        Cancelled "cancelled" "已取消" "cancelled";
    } closed { Evaluated, Cancelled }
}

acts! {
    /// What may be done in a survey.
    Act of Status {
        Prepare "prepare" "拟定问卷" "prepare the survey" art 4 by [OFFICE] from [] to [Prepared];
        Open "open" "发放问卷" "open the survey" art 4 by [OFFICE] from [Prepared] to [Open];
        Count "count" "计入答卷" "count answers" art 4 by [OFFICE, INSPECTOR] from [Open] to [Open];
        Hear "hear" "记录座谈、走访、来信" "record a forum, a visit or a letter" art 17 by [OFFICE, INSPECTOR] from [Open, Closed] to [Open, Closed];
        Find "find" "记录调查发现" "note a finding" art 2 by [OFFICE, INSPECTOR] from [Open, Closed] to [Open, Closed];
        Close "close" "截止收集" "close the survey to answers" art 4 by [OFFICE] from [Open] to [Closed];
        Evaluate "evaluate" "评定结果" "evaluate the survey" art 4 by [OFFICE] from [Closed] to [Evaluated];
        Cancel "cancel" "取消调查" "cancel the survey" art 4 by [OFFICE] from [Prepared, Open] to [Cancelled];
    }
}

/// Who is asked: the pair of article 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Everybody whom the service is for: a general questionnaire.
    General,
    /// These alone: a targeted survey.
    Targeted {
        /// Whom.
        whom: String,
    },
}

impl Reach {
    /// The method of article 4.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::General => Method::GeneralQuestionnaire,
            Self::Targeted { .. } => Method::TargetedSurvey,
        }
    }
}

/// How answers come (art. 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Online.
    Online,
    /// On paper.
    Paper,
}

/// How users are heard beside the questionnaire (art. 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hearing {
    /// A forum of users.
    Forum,
    /// A visit to users.
    Visit,
    /// Letters asking for opinions.
    Letter,
}

impl Hearing {
    /// The kind of evidence that it is.
    #[must_use]
    pub const fn kind(self) -> EvidenceKind {
        match self {
            Self::Forum => EvidenceKind::Forum,
            Self::Visit => EvidenceKind::Visit,
            Self::Letter => EvidenceKind::Letter,
        }
    }
}

/// What a survey is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Its number; its records are named after it.
    pub survey: RecordId,
    /// The unit whose service is asked about.
    pub unit: SubjectId,
    /// Who is asked.
    pub reach: Reach,
    /// How answers come.
    pub channels: Vec<Channel>,
    /// How many are asked, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<u32>,
    /// The questions.
    pub questions: Vec<Question>,
}

/// One person's answers, without the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its number, so that none is counted twice.
    pub sheet: EntryId,
    /// How it came.
    pub channel: Channel,
    /// The choice taken in each question that was answered.
    pub answers: BTreeMap<EntryId, EntryId>,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// It opens.
    Open {},
    /// Answers are counted.
    Count {
        /// The sheets.
        sheets: Vec<Sheet>,
    },
    /// Users were heard in another way (art. 17).
    Hear {
        /// How.
        hearing: Hearing,
        /// Where the record of it is kept.
        reference: String,
        /// What was said.
        said: String,
    },
    /// Something was found; it rests on what was heard.
    Find {
        /// What.
        found: Box<Found>,
        /// The references of what was heard.
        rests_on: Vec<String>,
    },
    /// It takes no more answers.
    Close {
        /// Why it closes before its time, if it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// It is evaluated.
    Evaluate {},
    /// It is given up.
    Cancel {
        /// Why.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was prepared.
    Prepared(Opening),
    /// It opened.
    Opened {
        /// How long it takes answers; until it is closed where the rules do not say.
        open_for: Option<Terms>,
    },
    /// Answers were counted.
    Counted {
        /// The sheets.
        sheets: Vec<Sheet>,
    },
    /// Users were heard.
    Heard {
        /// How.
        hearing: Hearing,
        /// Where the record of it is kept.
        reference: String,
        /// What was said.
        said: String,
    },
    /// Something was found.
    Found {
        /// What, with the evidence that it rests on.
        found: Box<Found>,
    },
    /// It closed.
    Closed {
        /// Why before its time.
        why: Option<String>,
    },
    /// It was evaluated.
    Evaluated {
        /// What each question yielded.
        results: Vec<QuestionResult>,
    },
    /// It was cancelled.
    Cancelled {
        /// Why.
        why: String,
    },
}

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    status: Status,
    opening: Opening,
    opened: Option<(Moment, Option<Terms>)>,
    /// How often each choice of each question was taken.
    counts: BTreeMap<EntryId, BTreeMap<EntryId, u32>>,
    sheets: alloc::collections::BTreeSet<EntryId>,
    heard: Vec<Evidence>,
    found: Vec<(Found, Stamp)>,
    closed: Option<Stamp>,
    evaluated: Option<(Vec<QuestionResult>, Stamp)>,
}

impl Survey {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// How many sheets were counted.
    #[must_use]
    pub fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// How often each choice of a question was taken.
    #[must_use]
    pub fn counts(&self, question: &EntryId) -> Option<&BTreeMap<EntryId, u32>> {
        self.counts.get(question)
    }

    /// What was heard in forums, visits and letters.
    #[must_use]
    pub fn heard(&self) -> &[Evidence] {
        &self.heard
    }

    /// What each question yielded, once it is evaluated.
    #[must_use]
    pub fn results(&self) -> Option<&[QuestionResult]> {
        self.evaluated.as_ref().map(|(results, _)| &**results)
    }
}
