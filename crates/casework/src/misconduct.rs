//! Misconduct of an inspector (art. 10): reported by anybody, investigated, and once verified one outcome: removal from post at once.

use crate::{
    case::{Case, acts, article, statuses},
    draft::Draft,
    file::of_party,
    hands::{apart, concerned},
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use chrono::NaiveDate;
use ducha_core::{Article, InspectionId, Record, SubjectId, message::Args, record::Matter};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

const ARTICLE: Article = article(10);

statuses! {
    /// Where a case of misconduct stands.
    Status {
        Reported "reported" "已举报" "reported";
        Investigating "investigating" "调查中" "under investigation";
        Removed "removed" "已查实下岗" "verified and removed from post";
        Reviewed "reviewed" "检查已复核" "inspections reviewed";
        Unfounded "unfounded" "查无实据" "unfounded";
    } closed { Reviewed, Unfounded }
}

acts! {
    /// What may be done in a case of misconduct.
    Act of Status {
        Report "report" "举报检查人员" "report an inspector" art 10 by [COMPLAINANT, EMPLOYEE, INSPECTOR, TEAM_LEADER, DEPARTMENT_HEAD, OFFICE, LEADING_GROUP, GENERAL_MANAGER, CLIENT] from [] to [Reported];
        Investigate "investigate" "立案调查" "investigate it" art 10 by [OFFICE, LEADING_GROUP, GENERAL_MANAGER] from [Reported] to [Investigating];
        State "state" "陈述申辩" "state their view" art 10 by [PERSON_CONCERNED] from [Investigating] to [Investigating];
        Verify "verify" "查实并责令下岗" "verify it and remove the inspector from post" art 10 by [LEADING_GROUP, GENERAL_MANAGER] from [Investigating] to [Removed];
        FindUnfounded "find_unfounded" "认定查无实据" "find it unfounded" art 10 by [LEADING_GROUP, GENERAL_MANAGER] from [Reported, Investigating] to [Unfounded];
        Review "review" "复核检查" "review an inspection" art 10 by [OFFICE, INSPECTOR] from [Removed] to [Removed];
        Finish "finish" "结束复核" "finish the reviews" art 10 by [OFFICE] from [Removed] to [Reviewed];
    }
}

/// What a case of misconduct is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The unit in which it happened.
    pub unit: SubjectId,
    /// The inspector.
    pub inspector: SubjectId,
    /// Favouritism, unfair enforcement: what is said to have happened.
    pub allegation: String,
}

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// It is investigated.
    Investigate {},
    /// The inspector states their view.
    State {
        /// It.
        view: String,
    },
    /// It is verified: the inspector is out of post from now on.
    Verify {
        /// What was found.
        findings: String,
        /// The inspections that they led, see [`led_by`].
        inspections: Vec<InspectionId>,
    },
    /// There is nothing in it.
    FindUnfounded {
        /// Why.
        why: String,
    },
    /// An inspection that they led was looked at again.
    Review {
        /// Which.
        inspection: InspectionId,
        /// What came of it.
        result: String,
    },
    /// All of them were.
    Finish {},
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was reported.
    Reported(Opening),
    /// It was investigated.
    Investigated,
    /// The inspector stated their view.
    Stated {
        /// It.
        view: String,
    },
    /// It was verified, and the inspector removed from post at that moment: there is no event for the one without the other.
    VerifiedAndRemoved {
        /// What was found.
        findings: String,
        /// The inspections to review.
        inspections: BTreeSet<InspectionId>,
    },
    /// There was nothing in it.
    FoundUnfounded {
        /// Why.
        why: String,
    },
    /// An inspection was reviewed.
    Reviewed {
        /// Which.
        inspection: InspectionId,
        /// What came of it.
        result: String,
    },
    /// All of them were.
    Finished,
}

/// A case of misconduct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconduct {
    status: Status,
    opening: Opening,
    reported_by: Option<SubjectId>,
    view: Option<String>,
    removed: Option<Moment>,
    /// The inspections to review, with what came of it.
    inspections: BTreeMap<InspectionId, Option<String>>,
}

/// The inspections that somebody led up to a day, by the records of inspections.
pub fn led_by<'r>(
    inspector: &SubjectId,
    until: NaiveDate,
    records: impl IntoIterator<Item = &'r Record>,
) -> BTreeSet<InspectionId> {
    let led = records.into_iter().filter(|record| record.occurred_on <= until);
    let led = led.filter_map(|record| match &record.matter {
        Matter::Inspection(found) if found.inspector.as_ref() == Some(inspector) => {
            Some(found.inspection.clone())
        }
        _ => None,
    });
    led.collect()
}

impl Misconduct {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// What the inspector said.
    #[must_use]
    pub fn view(&self) -> Option<&str> {
        self.view.as_deref()
    }

    /// Since when the inspector is out of post, once it is verified.
    #[must_use]
    pub const fn removed_at(&self) -> Option<Moment> {
        self.removed
    }

    /// The inspections that are still to be reviewed.
    pub fn to_review(&self) -> impl Iterator<Item = &InspectionId> {
        self.inspections.iter().filter(|(_, result)| result.is_none()).map(|(inspection, _)| inspection)
    }
}

impl Case for Misconduct {
    const KIND: &'static str = "misconduct";
    const LABEL: (&'static str, &'static str) = ("检查人员违规", "misconduct of an inspector");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Report
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Investigate {} => Act::Investigate,
            Command::State { .. } => Act::State,
            Command::Verify { .. } => Act::Verify,
            Command::FindUnfounded { .. } => Act::FindUnfounded,
            Command::Review { .. } => Act::Review,
            Command::Finish {} => Act::Finish,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.given(&opening.allegation, ("举报内容", "what is said to have happened"), ARTICLE)?;
        let day = draft.at().date();
        let directory = draft.context().directory;
        if directory.holding(&opening.inspector, Role::Inspector, &opening.unit, day).is_none() {
            let args = Args::none()
                .with("day", day)
                .with("person", &opening.inspector)
                .with("party", &of_party(Party::INSPECTOR))
                .with("unit", &opening.unit);
            return Err(draft.refuse(Reason::NotInOffice, ARTICLE, args));
        }
        draft.event(Event::Reported(opening.clone()));
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        concerned(&self.opening.inspector, act, actor)?;
        match act {
            // Whoever accuses does not judge.
            Act::Verify | Act::FindUnfounded => {
                apart(&[(Act::Report, self.reported_by.as_ref())], act, actor)
            }
            Act::Finish if self.to_review().next().is_some() => {
                let left: Vec<&str> = self.to_review().map(InspectionId::as_str).collect();
                let args = Args::none().with("inspections", left.join(", "));
                Err(draft.refuse(Reason::ReviewsPending, ARTICLE, args))
            }
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        match command {
            Command::Investigate {} => draft.event(Event::Investigated),
            Command::State { view } => {
                draft.given(view, ("陈述意见", "the view"), ARTICLE)?;
                draft.event(Event::Stated { view: view.clone() });
            }
            Command::Verify { findings, inspections } => {
                draft.given(findings, ("查实情况", "what was found"), ARTICLE)?;
                let inspections = inspections.iter().cloned().collect();
                draft.event(Event::VerifiedAndRemoved { findings: findings.clone(), inspections });
            }
            Command::FindUnfounded { why } => {
                draft.given(why, ("理由", "the reason"), ARTICLE)?;
                draft.event(Event::FoundUnfounded { why: why.clone() });
            }
            Command::Review { inspection, result } => {
                draft.given(result, ("复核结果", "what came of it"), ARTICLE)?;
                if !self.inspections.contains_key(inspection) {
                    let args = Args::none().with("inspection", inspection);
                    return Err(draft.refuse(Reason::NotListed, ARTICLE, args));
                }
                draft.event(Event::Reviewed { inspection: inspection.clone(), result: result.clone() });
            }
            Command::Finish {} => draft.event(Event::Finished),
        }
        Ok(())
    }

    fn begin(event: &Event, stamp: &Stamp) -> Option<Self> {
        let Event::Reported(opening) = event else { return None };
        Some(Self {
            status: Status::Reported,
            opening: opening.clone(),
            reported_by: stamp.by.as_ref().map(|by| by.person.clone()),
            view: None,
            removed: None,
            inspections: BTreeMap::new(),
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Reported(_) => {}
            Event::Investigated => self.status = Status::Investigating,
            Event::Stated { view } => self.view = Some(view.clone()),
            Event::VerifiedAndRemoved { inspections, .. } => {
                self.status = Status::Removed;
                self.removed = Some(stamp.at);
                self.inspections = inspections.iter().map(|known| (known.clone(), None)).collect();
            }
            Event::FoundUnfounded { .. } => self.status = Status::Unfounded,
            Event::Reviewed { inspection, result } => {
                self.inspections.insert(inspection.clone(), Some(result.clone()));
            }
            Event::Finished => self.status = Status::Reviewed,
        }
        self
    }
}
