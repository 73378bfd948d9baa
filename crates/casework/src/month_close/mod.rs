//! The close of a month (arts. 3, 14): shown to the units, their objections answered, published and frozen; what changes later stands
//! in a later publication as a restatement.

mod command;

pub use command::{Command, Event, Opening, Restated};

use crate::{
    case::{Case, acts, article, statuses},
    draft::{Draft, NewDuty},
    duty::{Due, reckon},
    filing::starts,
    hands::apart,
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
    seal::Seal,
};
use alloc::{string::String, vec::Vec};
use ducha_core::{Article, SubjectId, message::Args};
use ducha_rulebook::annex::{identity, procedure::Publication};

/// The duty to publish.
pub const PUBLISH: &str = "publish";

const ARTICLE: Article = article(14);

statuses! {
    /// Where the close of a month stands.
    Status {
        Assessed "assessed" "已考核，公示中" "assessed and shown";
        Reviewed "reviewed" "已复核" "reviewed";
        Published "published" "已公布" "published";
    } closed { Published }
}

acts! {
    /// What may be done in the close of a month.
    Act of Status {
        Show "show" "公示考核结果" "show the assessment" art 3 by [OFFICE] from [] to [Assessed];
        Object "object" "提出异议" "object to the assessment" art 3 by [DEPARTMENT_HEAD, TEAM_LEADER, EMPLOYEE] from [Assessed] to [Assessed];
        Answer "answer" "答复异议" "answer an objection" art 3 by [OFFICE] from [Assessed] to [Assessed];
        Review "review" "结束复核" "close the review" art 3 by [OFFICE] from [Assessed] to [Reviewed];
        Publish "publish" "公布" "publish the month" art 14 by [OFFICE] from [Reviewed] to [Published];
        Restate "restate" "登载更正" "restate the month in a later publication" art 14 by [OFFICE] from [Published] to [Published];
    }
}

/// An objection and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Who objected.
    pub by: Option<SubjectId>,
    /// To what, and why.
    pub why: String,
    /// The answer.
    pub answer: Option<String>,
}

/// What was published. Nothing changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    assessment: Seal,
    at: Moment,
}

impl Frozen {
    /// The digest of what was published.
    #[must_use]
    pub const fn assessment(&self) -> &Seal {
        &self.assessment
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }
}

/// The close of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthClose {
    status: Status,
    opening: Opening,
    objections_until: Due,
    assessment: Seal,
    objections: Vec<Objection>,
    frozen: Option<Frozen>,
    restated: Vec<Restated>,
}

impl MonthClose {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Until when units may object.
    #[must_use]
    pub const fn objections_until(&self) -> Due {
        self.objections_until
    }

    /// The objections, in their order.
    #[must_use]
    pub fn objections(&self) -> &[Objection] {
        &self.objections
    }

    /// What was published; nothing before that.
    #[must_use]
    pub const fn frozen(&self) -> Option<&Frozen> {
        self.frozen.as_ref()
    }

    /// What later publications tell about it.
    #[must_use]
    pub fn restated(&self) -> &[Restated] {
        &self.restated
    }

    fn unanswered(&self) -> usize {
        self.objections.iter().filter(|objection| objection.answer.is_none()).count()
    }

    fn place(objection: u32) -> Option<usize> {
        usize::try_from(objection).ok()?.checked_sub(1)
    }
}

fn rules<'a>(draft: &Draft<'a, MonthClose>) -> Result<&'a Publication, Refusal> {
    let found = draft.context().rules.publication.as_ref();
    found.ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", "[publication]")))
}

fn text(moment: Moment) -> String {
    alloc::format!("{}", moment.format("%Y-%m-%d %H:%M"))
}

impl Case for MonthClose {
    const KIND: &'static str = "month_close";
    const LABEL: (&'static str, &'static str) = ("月度公布", "close of a month");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Show
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Object { .. } => Act::Object,
            Command::Answer { .. } => Act::Answer,
            Command::Review {} => Act::Review,
            Command::Publish { .. } => Act::Publish,
            Command::Restate { .. } => Act::Restate,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let rules = rules(draft)?;
        let period = opening.period;
        if draft.at().date() < period.until {
            let args = Args::none().with("period", period.text());
            return Err(draft.refuse(Reason::PeriodOpen, ARTICLE, args));
        }
        of_those_rules(opening, draft)?;
        let objections = draft.terms(&rules.objections_within, article(3))?;
        let objections = reckon(&objections, draft.at(), draft.context().calendar);
        draft.event(Event::Shown { opening: opening.clone(), objections });
        let terms = draft.terms(&rules.publish_within, ARTICLE)?;
        let from = starts(draft.context().limit(&rules.publish_within, ARTICLE)?.length, period);
        let duty = NewDuty {
            duty: PUBLISH,
            name: ("公布", "publish"),
            article: ARTICLE,
            owed_by: Party::OFFICE,
            limit: &rules.publish_within,
            chain: None,
            reminders: &[],
        };
        draft.begin_from(&duty, terms, from)
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let ends = self.objections_until.ends();
        match (act, ends) {
            (Act::Object, Some(ends)) if draft.at() > ends => {
                let args = Args::none().with("due", text(ends));
                Err(draft.refuse(Reason::ObjectedTooLate, article(3), args))
            }
            (Act::Review, Some(ends)) if draft.at() <= ends => {
                Err(draft.refuse(Reason::ReviewOpen, article(3), Args::none().with("due", text(ends))))
            }
            (Act::Review, _) if self.unanswered() > 0 => {
                let args = Args::none().with("count", self.unanswered());
                Err(draft.refuse(Reason::ObjectionsOpen, article(3), args))
            }
            (Act::Answer, _) => {
                let waiting = self.objections.iter().filter(|objection| objection.answer.is_none());
                let mut hands = waiting.map(|objection| (Act::Object, objection.by.as_ref()));
                // Where somebody else's waits, too, that may be answered; which one is meant, the command says.
                let first = hands.next();
                let others = hands.any(|(_, by)| by != Some(&actor.person));
                match first {
                    Some(first) if !others => apart(&[first], act, actor),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        match command {
            Command::Object { why } => {
                draft.given(why, ("异议理由", "the reason for the objection"), article(3))?;
                draft.event(Event::Objected { why: why.clone() });
            }
            Command::Answer { objection, answer, assessment } => {
                draft.given(answer, ("答复", "the answer"), article(3))?;
                let (objection, answer, assessment) = (*objection, answer.clone(), assessment.clone());
                let asked = Self::place(objection).and_then(|place| self.objections.get(place));
                let Some(asked) = asked.filter(|asked| asked.answer.is_none()) else {
                    let args = Args::none().with("number", objection);
                    return Err(draft.refuse(Reason::NoSuchObjection, article(3), args));
                };
                if let Some(actor) = draft.actor() {
                    apart(&[(Act::Object, asked.by.as_ref())], Act::Answer, actor)?;
                }
                draft.event(Event::Answered { objection, answer, assessment });
            }
            Command::Review {} => draft.event(Event::Reviewed),
            Command::Publish { place } => {
                draft.given(place, ("公布方式", "where it is published"), ARTICLE)?;
                let (assessment, place) = (self.assessment.clone(), place.clone());
                draft.event(Event::Published { assessment, place });
                draft.done(PUBLISH);
            }
            Command::Restate { published_in, assessment, why } => {
                draft.given(why, ("更正原因", "why it changed"), ARTICLE)?;
                let period = self.opening.period;
                if published_in.from < period.until {
                    let args = Args::none().with("period", period.text()).with("in", published_in.text());
                    return Err(draft.refuse(Reason::NotLaterPublication, ARTICLE, args));
                }
                draft.event(Event::Restated(Restated {
                    published_in: *published_in,
                    assessment: assessment.clone(),
                    why: why.clone(),
                }));
            }
        }
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Shown { opening, objections } = event else { return None };
        Some(Self {
            status: Status::Assessed,
            assessment: opening.assessment.clone(),
            opening: opening.clone(),
            objections_until: *objections,
            objections: Vec::new(),
            frozen: None,
            restated: Vec::new(),
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Shown { .. } => {}
            Event::Objected { why } => self.objections.push(Objection {
                by: stamp.by.as_ref().map(|by| by.person.clone()),
                why: why.clone(),
                answer: None,
            }),
            Event::Answered { objection, answer, assessment } => {
                let asked = Self::place(*objection).and_then(|place| self.objections.get_mut(place));
                if let Some(asked) = asked {
                    asked.answer = Some(answer.clone());
                }
                if let Some(assessment) = assessment {
                    self.assessment = assessment.clone();
                }
            }
            Event::Reviewed => self.status = Status::Reviewed,
            Event::Published { assessment, .. } => {
                self.status = Status::Published;
                // INVARIANT: what is frozen is set once.
                if self.frozen.is_none() {
                    self.frozen = Some(Frozen { assessment: assessment.clone(), at: stamp.at });
                }
            }
            Event::Restated(restated) => self.restated.push(restated.clone()),
        }
        self
    }
}

/// An official assessment names the adoption on which it rests (art. 26): of these rules, and in force on the period's last day.
fn of_those_rules(opening: &Opening, draft: &Draft<'_, MonthClose>) -> Result<(), Refusal> {
    let Opening { rules: adopted, period, .. } = opening;
    let rules = &draft.context().rules.rulebook;
    let same = adopted.rulebook == rules.id && adopted.text.version == rules.version;
    let official = rules.status == identity::Status::Adopted;
    if same && official && adopted.binds_on(period.last_day()) {
        return Ok(());
    }
    let args = Args::none().with("period", period.text()).with("adoption", &adopted.name());
    Err(draft.refuse(Reason::NotThoseRules, article(26), args))
}
