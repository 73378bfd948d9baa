//! Rectification (art. 15): corrected on the spot, or by a notice with a time limit, re-inspected, accepted or returned.

use crate::{
    case::{Act as _, Case, acts, statuses},
    draft::{Draft, NewDuty},
    duty::DutyStanding,
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::string::{String, ToString};
use ducha_calendar::{Terms, TimeLimit};
use ducha_core::{Article, ClauseId, LimitId, RecordId, SubjectId, message::Args};
use ducha_rulebook::annex::procedure;
use serde::{Deserialize, Serialize};

/// The duty to correct what was found.
pub const RECTIFY: &str = "rectify";
/// The duty to look again at what was reported done.
pub const REINSPECT: &str = "reinspect";

statuses! {
    /// Where a rectification stands.
    Status {
        Found "found" "已查出" "found";
        Notified "notified" "限期整改中" "under notice";
        Reported "reported" "已报整改完成" "reported done";
        Returned "returned" "复查退回" "returned";
        Corrected "corrected" "已当场纠正" "corrected on the spot";
        Accepted "accepted" "复查通过" "accepted";
        Cancelled "cancelled" "已撤销" "cancelled";
    } closed { Corrected, Accepted, Cancelled }
}

acts! {
    /// What may be done in a rectification.
    Act of Status {
        Open "open" "登记问题" "open the case" art 15 by [INSPECTOR, OFFICE] from [] to [Found];
        CorrectOnTheSpot "correct_on_the_spot" "确认当场纠正" "confirm the correction on the spot" art 15 by [INSPECTOR, OFFICE] from [Found] to [Corrected];
        Notify "notify" "下达整改通知书" "issue the rectification notice" art 15 by [INSPECTOR, OFFICE] from [Found] to [Notified];
        AskExtension "ask_extension" "申请延期" "ask for an extension" art 15 by [DEPARTMENT_HEAD, TEAM_LEADER] from [Notified, Returned] to [Notified, Returned];
        GrantExtension "grant_extension" "同意延期" "grant the extension" art 15 by [OFFICE] from [Notified, Returned] to [Notified, Returned];
        RefuseExtension "refuse_extension" "不同意延期" "refuse the extension" art 15 by [OFFICE] from [Notified, Returned] to [Notified, Returned];
        ReportDone "report_done" "报告整改完成" "report it done" art 15 by [DEPARTMENT_HEAD, TEAM_LEADER] from [Notified, Returned] to [Reported];
        Accept "accept" "复查通过" "accept the rectification" art 15 by [INSPECTOR, OFFICE] from [Reported] to [Accepted];
        Return "return" "复查退回" "return it" art 15 by [INSPECTOR, OFFICE] from [Reported] to [Returned];
        Cancel "cancel" "撤销整改" "cancel the case" art 15 by [OFFICE] from [Found, Notified, Reported, Returned] to [Cancelled];
    }
}

/// What a rectification is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit that must correct it.
    pub unit: SubjectId,
    /// What was found.
    pub problem: String,
    /// The finding that records it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<RecordId>,
    /// The clause that it breaks, whose own time limit then holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// It was corrected before the inspector's eyes.
    CorrectOnTheSpot {
        /// How.
        how: String,
    },
    /// A notice with a time limit is issued.
    Notify {
        /// What must be done.
        requirement: String,
        /// The time limit of the rules, if not that of the clause or the general one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<LimitId>,
    },
    /// The unit asks for more time.
    AskExtension {
        /// How much.
        by: TimeLimit,
        /// Why.
        why: String,
    },
    /// The office grants it.
    GrantExtension {},
    /// The office refuses it.
    RefuseExtension {
        /// Why.
        why: String,
    },
    /// The unit reports that it is done.
    ReportDone {
        /// What was done: the correction.
        correction: String,
        /// Why it had happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<String>,
        /// What keeps it from happening again: the corrective action.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrective_action: Option<String>,
    },
    /// It was looked at again, and is corrected.
    Accept {},
    /// It was looked at again, and is not.
    Return {
        /// What is still wrong.
        why: String,
    },
    /// What was found turns out to be nothing.
    Cancel {
        /// Why.
        why: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was found.
    Opened(Opening),
    /// It was corrected on the spot.
    CorrectedOnTheSpot {
        /// How.
        how: String,
    },
    /// A notice was issued.
    Notified {
        /// What must be done.
        requirement: String,
    },
    /// More time was asked for.
    ExtensionAsked {
        /// How much.
        by: TimeLimit,
        /// Why.
        why: String,
    },
    /// More time was granted.
    ExtensionGranted {
        /// How much.
        by: TimeLimit,
    },
    /// More time was refused.
    ExtensionRefused {
        /// Why.
        why: String,
    },
    /// It was reported done.
    ReportedDone {
        /// What was done.
        correction: String,
        /// Why it had happened.
        cause: Option<String>,
        /// What keeps it from happening again.
        corrective_action: Option<String>,
    },
    /// It was accepted.
    Accepted,
    /// It was returned.
    Returned {
        /// What is still wrong.
        why: String,
    },
    /// It was cancelled.
    Cancelled {
        /// Why.
        why: String,
    },
}

/// A rectification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rectification {
    status: Status,
    opening: Opening,
    /// The extension that waits for an answer.
    asked: Option<TimeLimit>,
    granted: u32,
    returned: u32,
    /// Who reported it done.
    reported_by: Option<SubjectId>,
}

const ARTICLE: Article = crate::case::article(15);

impl Rectification {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// The extension that waits for an answer.
    #[must_use]
    pub const fn extension_asked(&self) -> Option<TimeLimit> {
        self.asked
    }

    /// How often more time was granted.
    #[must_use]
    pub const fn extensions_granted(&self) -> u32 {
        self.granted
    }

    /// How often it was returned.
    #[must_use]
    pub const fn times_returned(&self) -> u32 {
        self.returned
    }

    /// The limit that a notice sets: the one named, the clause's own, or the general one.
    fn limit<'a>(&self, named: Option<&'a LimitId>, draft: &Draft<'a, Self>) -> Result<Terms, Refusal> {
        let rules = draft.context().rules;
        let of_clause = || {
            let id = self.opening.clause.as_ref()?;
            rules.clause.iter().find(|clause| clause.id == *id)?.rectify.as_ref()
        };
        let id = match named.or_else(of_clause) {
            Some(id) => id,
            None => &rectification(draft)?.within,
        };
        draft.terms(id, ARTICLE)
    }
}

fn rectification<'a>(draft: &Draft<'a, Rectification>) -> Result<&'a procedure::Rectification, Refusal> {
    draft
        .context()
        .rules
        .rectification
        .as_ref()
        .ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", "[rectification]")))
}

impl Case for Rectification {
    const KIND: &'static str = "rectification";
    const LABEL: (&'static str, &'static str) = ("整改", "rectification");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Open
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::CorrectOnTheSpot { .. } => Act::CorrectOnTheSpot,
            Command::Notify { .. } => Act::Notify,
            Command::AskExtension { .. } => Act::AskExtension,
            Command::GrantExtension {} => Act::GrantExtension,
            Command::RefuseExtension { .. } => Act::RefuseExtension,
            Command::ReportDone { .. } => Act::ReportDone,
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
        draft.given(&opening.problem, ("问题", "the problem"), ARTICLE)?;
        not_own_unit(&opening.unit, draft)?;
        draft.event(Event::Opened(opening.clone()));
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        if actor.party == Party::INSPECTOR {
            not_own_unit(&self.opening.unit, draft)?;
        }
        if matches!(act, Act::Accept | Act::Return) && self.reported_by.as_ref() == Some(&actor.person) {
            let args = Args::none()
                .with("person", &actor.person)
                .with(
                    "before",
                    &ducha_core::Label::new(
                        Act::ReportDone.text(ducha_core::Lang::Zh),
                        Act::ReportDone.text(ducha_core::Lang::En),
                    ),
                )
                .with(
                    "act",
                    &ducha_core::Label::new(act.text(ducha_core::Lang::Zh), act.text(ducha_core::Lang::En)),
                );
            return Err(draft.refuse(Reason::SameHands, act.article(), args));
        }
        let waits = self.asked.is_some();
        if matches!(act, Act::GrantExtension | Act::RefuseExtension) && !waits {
            let asked = ducha_core::Label::new("延期申请", "a request for an extension");
            return Err(draft.refuse(Reason::Empty, act.article(), Args::none().with("field", &asked)));
        }
        Ok(())
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        match command {
            Command::CorrectOnTheSpot { how } => {
                draft.given(how, ("纠正情况", "how it was corrected"), ARTICLE)?;
                draft.event(Event::CorrectedOnTheSpot { how: how.clone() });
            }
            Command::Notify { requirement, limit } => {
                draft.given(requirement, ("整改要求", "the requirement"), ARTICLE)?;
                let terms = self.limit(limit.as_ref(), draft)?;
                let rules = rectification(draft)?;
                draft.event(Event::Notified { requirement: requirement.clone() });
                draft.begin_with(
                    &NewDuty {
                        duty: RECTIFY,
                        name: ("完成整改", "rectify"),
                        article: ARTICLE,
                        owed_by: Party::DEPARTMENT_HEAD,
                        limit: &rules.within,
                        chain: rules.escalation.as_ref(),
                        reminders: &rules.reminders,
                    },
                    terms,
                )?;
            }
            Command::AskExtension { by, why } => self.ask(*by, why, draft)?,
            Command::GrantExtension {} => {
                if let Some(by) = self.asked {
                    draft.event(Event::ExtensionGranted { by });
                    draft.extend(RECTIFY, by)?;
                }
            }
            Command::RefuseExtension { why } => {
                draft.given(why, ("理由", "the reason"), ARTICLE)?;
                draft.event(Event::ExtensionRefused { why: why.clone() });
            }
            Command::ReportDone { correction, cause, corrective_action } => {
                draft.given(correction, ("整改情况", "what was done"), ARTICLE)?;
                draft.event(Event::ReportedDone {
                    correction: correction.clone(),
                    cause: cause.clone(),
                    corrective_action: corrective_action.clone(),
                });
                // Whether it is corrected, the re-inspection tells; until then the unit's clock stands.
                draft.pause(RECTIFY);
                if let Some(limit) = rectification(draft)?.reinspect_within.as_ref() {
                    draft.begin(&NewDuty {
                        duty: REINSPECT,
                        name: ("复查", "re-inspect"),
                        article: ARTICLE,
                        owed_by: Party::OFFICE,
                        limit,
                        chain: None,
                        reminders: &[],
                    })?;
                }
            }
            Command::Accept {} => {
                draft.event(Event::Accepted);
                draft.done(REINSPECT);
                draft.done(RECTIFY);
            }
            Command::Return { why } => {
                draft.given(why, ("退回理由", "what is still wrong"), ARTICLE)?;
                draft.event(Event::Returned { why: why.clone() });
                draft.done(REINSPECT);
                draft.resume(RECTIFY);
            }
            Command::Cancel { why } => {
                draft.given(why, ("理由", "the reason"), ARTICLE)?;
                draft.event(Event::Cancelled { why: why.clone() });
                draft.release_all();
            }
        }
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Opened(opening) = event else { return None };
        Some(Self {
            status: Status::Found,
            opening: opening.clone(),
            asked: None,
            granted: 0,
            returned: 0,
            reported_by: None,
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Opened(_) => {}
            Event::CorrectedOnTheSpot { .. } => self.status = Status::Corrected,
            Event::Notified { .. } => self.status = Status::Notified,
            Event::ExtensionAsked { by, .. } => self.asked = Some(*by),
            Event::ExtensionGranted { .. } => {
                self.asked = None;
                self.granted = self.granted.saturating_add(1);
            }
            Event::ExtensionRefused { .. } => self.asked = None,
            Event::ReportedDone { .. } => {
                self.status = Status::Reported;
                self.asked = None;
                self.reported_by = stamp.by.as_ref().map(|by| by.person.clone());
            }
            Event::Accepted => self.status = Status::Accepted,
            Event::Returned { .. } => {
                self.status = Status::Returned;
                self.returned = self.returned.saturating_add(1);
            }
            Event::Cancelled { .. } => self.status = Status::Cancelled,
        }
        self
    }
}

impl Rectification {
    fn ask(&self, by: TimeLimit, why: &str, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.given(why, ("理由", "the reason"), ARTICLE)?;
        let rules = rectification(draft)?;
        let most = rules.extensions;
        if self.granted >= most {
            let args = Args::none().with("most", most).with("granted", self.granted);
            return Err(draft.refuse(Reason::NoExtensionLeft, ARTICLE, args));
        }
        if let Some(longest) = rules.extend_at_most
            && is_longer(by, longest)
        {
            let args = Args::none().with("asked", by.to_string()).with("most", longest.to_string());
            return Err(draft.refuse(Reason::ExtensionTooLong, ARTICLE, args));
        }
        let owed = draft.clock().owed(RECTIFY).filter(|owed| owed.standing == DutyStanding::Open);
        if let Some(ends) = owed.and_then(|owed| owed.due.ends())
            && draft.at() > ends
        {
            return Err(draft.refuse(Reason::AskedTooLate, ARTICLE, Args::none().with("due", moment(ends))));
        }
        draft.event(Event::ExtensionAsked { by, why: why.to_string() });
        Ok(())
    }
}

/// Whether a limit is longer than another, or in a unit that cannot be compared with it.
fn is_longer(limit: TimeLimit, other: TimeLimit) -> bool {
    limit.unit() != other.unit() || limit.length() > other.length()
}

fn moment(moment: Moment) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

fn not_own_unit(unit: &SubjectId, draft: &Draft<'_, Rectification>) -> Result<(), Refusal> {
    let Some(actor) = draft.actor() else { return Ok(()) };
    let own = draft.context().directory.within(&actor.person, unit, draft.at().date());
    if own && actor.party == Party::INSPECTOR {
        let args = Args::none().with("person", &actor.person).with("unit", unit);
        return Err(draft.refuse(Reason::OwnWork, crate::case::article(9), args));
    }
    Ok(())
}
