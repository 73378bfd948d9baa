//! Filing (arts. 5, 14, 19): what a unit reports for a period, due, filed, accepted or returned; overdue, it becomes a finding.

mod calls;

pub(crate) use calls::starts;
pub use calls::{Call, called_for};

use crate::{
    case::{Case, acts, statuses},
    draft::{Draft, NewDuty},
    duty::Due,
    file::File,
    hands::{apart, only},
    party::{Actor, Party, Stamp},
    refusal::Refusal,
};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Article, ClauseId, EntryId, Period, Record, RecordId, SubjectId,
    record::{Finding, Matter},
};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

/// The duty to file.
pub const FILE: &str = "file";

statuses! {
    /// Where a filing stands.
    Status {
        Due "due" "应报" "due";
        Overdue "overdue" "逾期未报" "overdue";
        Filed "filed" "已报" "filed";
        Returned "returned" "已退回" "returned";
        Accepted "accepted" "已接收" "accepted";
        Cancelled "cancelled" "已取消" "cancelled";
    } closed { Accepted, Cancelled }
}

acts! {
    /// What may be done in a filing.
    Act of Status {
        Call "call" "要求报送" "call for the filing" art 5 by [OFFICE] from [] to [Due];
        File "file" "报送" "file it" art 5 by [DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE, INSPECTOR, OFFICE, PERSONNEL, FINANCE, CLIENT] from [Due, Overdue, Returned] to [Filed];
        Accept "accept" "接收" "accept the filing" art 19 by [OFFICE] from [Filed] to [Accepted];
        Return "return" "退回" "return the filing" art 19 by [OFFICE] from [Filed] to [Returned];
        Cancel "cancel" "取消要求" "cancel the call" art 5 by [OFFICE] from [Due, Overdue, Filed, Returned] to [Cancelled];
    }
}

/// What a filing is opened with: one of the [calls](called_for) of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit that files.
    pub unit: SubjectId,
    /// The filing duty of the rulebook.
    pub filing: EntryId,
    /// What it is about.
    pub period: Period,
}

impl From<&Call> for Opening {
    fn from(call: &Call) -> Self {
        Self { unit: call.unit.clone(), filing: call.filing.clone(), period: call.period }
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// It is filed, in writing.
    File {
        /// Where the document is kept.
        document: String,
    },
    /// The office accepts it.
    Accept {},
    /// The office returns it.
    Return {
        /// What is missing.
        why: String,
    },
    /// It was called for in error.
    Cancel {
        /// Why.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was called for.
    Called {
        /// What.
        opening: Opening,
        /// In which capacity somebody files it.
        by: Role,
        /// The clause under which it is found when overdue.
        overdue: Option<ClauseId>,
        /// The article.
        article: Article,
    },
    /// It was filed.
    Filed {
        /// Where the document is kept.
        document: String,
    },
    /// It was not filed in time.
    Overdue,
    /// It was accepted.
    Accepted,
    /// It was returned.
    Returned {
        /// What was missing.
        why: String,
    },
    /// The call was cancelled.
    Cancelled {
        /// Why.
        why: String,
    },
}

/// A filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    status: Status,
    opening: Opening,
    by: Role,
    overdue: Option<ClauseId>,
    article: Article,
    filed_by: Option<SubjectId>,
    documents: Vec<String>,
}

impl Filing {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Where what was filed is kept, the latest last.
    #[must_use]
    pub fn documents(&self) -> &[String] {
        &self.documents
    }
}

impl File<Filing> {
    /// The finding that an overdue filing is: under the clause that the rulebook names, on the unit, of the day after the time
    /// limit ran out. Nothing while it is in time, where the rulebook names no clause, and where the call was cancelled.
    #[must_use]
    pub fn finding(&self, id: RecordId) -> Option<Record> {
        let filing = self.case();
        let clause = filing.overdue.clone()?;
        if filing.status == Status::Cancelled {
            return None;
        }
        Some(Record {
            id,
            subject: filing.opening.unit.clone(),
            occurred_on: self.overdue_on()?,
            occurred_at: None,
            recorded_on: None,
            revokes: None,
            supersedes: None,
            note: None,
            evidence: Vec::new(),
            matter: Matter::Finding(Finding { clause: Some(clause), ..Finding::default() }),
        })
    }

    /// The first day on which it was overdue.
    fn overdue_on(&self) -> Option<NaiveDate> {
        let duty = self.clock().latest(FILE)?;
        let since = duty.overdue.as_ref()?.since;
        match duty.due {
            Due::Known { day, .. } => day.succ_opt(),
            Due::Unknown { .. } | Due::Beyond => Some(since.date()),
        }
    }
}

impl Case for Filing {
    const KIND: &'static str = "filing";
    const LABEL: (&'static str, &'static str) = ("备案报送", "filing");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Call
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::File { .. } => Act::File,
            Command::Accept {} => Act::Accept,
            Command::Return { .. } => Act::Return,
            Command::Cancel { .. } => Act::Cancel,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let rule = calls::rule(&opening.filing, opening.period, draft)?;
        let article = calls::article_of(rule);
        draft.event(Event::Called {
            opening: opening.clone(),
            by: rule.by,
            overdue: rule.overdue.clone(),
            article,
        });
        let terms = draft.terms(&rule.within, article)?;
        let from = starts(draft.context().limit(&rule.within, article)?.length, opening.period);
        let duty = NewDuty {
            duty: FILE,
            name: ("报送备案材料", "file what is owed"),
            article,
            owed_by: Party::Role(rule.by),
            limit: &rule.within,
            chain: None,
            reminders: &[],
        };
        draft.begin_from(&duty, terms, from)
    }

    fn guard(&self, act: Act, actor: &Actor, _: &Draft<'_, Self>) -> Result<(), Refusal> {
        match act {
            Act::File => only(Party::Role(self.by), act, actor),
            Act::Accept | Act::Return => apart(&[(Act::File, self.filed_by.as_ref())], act, actor),
            Act::Call | Act::Cancel => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let article = self.article;
        match command {
            Command::File { document } => {
                draft.given(document, ("报送材料", "the document"), article)?;
                draft.event(Event::Filed { document: document.clone() });
                // Whether it will do, the office says; until then the unit's clock stands.
                draft.pause(FILE);
            }
            Command::Accept {} => {
                draft.event(Event::Accepted);
                draft.done(FILE);
            }
            Command::Return { why } => {
                draft.given(why, ("退回理由", "what is missing"), article)?;
                draft.event(Event::Returned { why: why.clone() });
                draft.resume(FILE);
            }
            Command::Cancel { why } => {
                draft.given(why, ("理由", "the reason"), article)?;
                draft.event(Event::Cancelled { why: why.clone() });
                draft.release_all();
            }
        }
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Called { opening, by, overdue, article } = event else { return None };
        Some(Self {
            status: Status::Due,
            opening: opening.clone(),
            by: *by,
            overdue: overdue.clone(),
            article: *article,
            filed_by: None,
            documents: Vec::new(),
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Called { .. } => {}
            Event::Filed { document } => {
                self.status = Status::Filed;
                self.filed_by = stamp.by.as_ref().map(|by| by.person.clone());
                self.documents.push(document.clone());
            }
            Event::Overdue if matches!(self.status, Status::Due | Status::Returned) => {
                self.status = Status::Overdue;
            }
            Event::Overdue => {}
            Event::Accepted => self.status = Status::Accepted,
            Event::Returned { .. } => self.status = Status::Returned,
            Event::Cancelled { .. } => self.status = Status::Cancelled,
        }
        self
    }

    fn lapse(&self, duty: &str) -> Option<Event> {
        (duty == FILE).then_some(Event::Overdue)
    }
}
