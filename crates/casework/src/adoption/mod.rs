//! Adoption of a rulebook (arts. 11, 26): drafted by the office, adopted by the general manager's office meeting, published, in force, replaced.

mod adopted;
mod command;

pub use adopted::{Adopted, Dated};
pub use command::{Command, Event, Note, Opening, Text};

use crate::{
    case::{Case, acts, article, statuses},
    draft::Draft,
    hands::apart,
    party::{Actor, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::vec::Vec;
use chrono::NaiveDate;
use ducha_core::{
    Article, ClauseId, SubjectId,
    message::{Arg, Args},
};

const ARTICLE: Article = article(26);

statuses! {
    /// Where the adoption of a rulebook stands.
    Status {
        Drafted "drafted" "草案" "drafted";
        Put "put" "已提交办公会" "before the office meeting";
        SentBack "sent_back" "退回修改" "sent back";
        Adopted "adopted" "已通过" "adopted";
        Published "published" "已公布" "published";
        InForce "in_force" "施行中" "in force";
        Replaced "replaced" "已被替代" "replaced";
        Refused "refused" "未通过" "not adopted";
    } closed { Replaced, Refused }
}

acts! {
    /// What may be done in the adoption of a rulebook.
    Act of Status {
        Begin "draft" "起草检查细则" "draft the rulebook" art 11 by [OFFICE] from [] to [Drafted];
        Revise "revise" "修改草案" "revise the draft" art 11 by [OFFICE] from [Drafted, SentBack] to [Drafted];
        Put "put" "提交总经理办公会" "put it to the office meeting" art 26 by [OFFICE] from [Drafted] to [Put];
        Adopt "adopt" "通过" "adopt the rulebook" art 26 by [OFFICE_MEETING] from [Put] to [Adopted];
        SendBack "send_back" "退回修改" "send it back" art 26 by [OFFICE_MEETING] from [Put] to [SentBack];
        Refuse "refuse" "不予通过" "refuse the rulebook" art 26 by [OFFICE_MEETING] from [Put] to [Refused];
        Publish "publish" "公布" "publish the rulebook" art 26 by [OFFICE] from [Adopted] to [Published];
        EnterForce "enter_force" "确认施行" "record that it is in force" art 26 by [OFFICE] from [Published] to [InForce];
        Interpret "interpret" "作出解释" "interpret the rulebook" art 26 by [OFFICE] from [Adopted, Published, InForce] to [Adopted, Published, InForce];
        Replace "replace" "登记替代" "record what replaces it" art 26 by [OFFICE] from [InForce] to [Replaced];
    }
}

/// The adoption of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    status: Status,
    opening: Opening,
    /// The text as it stands now, in its last revision.
    draft: Text,
    put_by: Option<SubjectId>,
    adopted: Option<Adopted>,
    notes: Vec<Dated>,
}

impl Adoption {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// The text in its last revision.
    #[must_use]
    pub const fn draft(&self) -> &Text {
        &self.draft
    }

    /// What was adopted; nothing before that.
    #[must_use]
    pub const fn adopted(&self) -> Option<&Adopted> {
        self.adopted.as_ref()
    }

    /// The interpretations, in the order in which they were made.
    #[must_use]
    pub fn notes(&self) -> &[Dated] {
        &self.notes
    }

    /// The interpretations of a clause that were known on a day.
    pub fn notes_on<'a>(&'a self, clause: &'a ClauseId, day: NaiveDate) -> impl Iterator<Item = &'a Dated> {
        let on = move |dated: &&Dated| {
            dated.on <= day && (dated.note.clauses.is_empty() || dated.note.clauses.contains(clause))
        };
        self.notes.iter().filter(on)
    }
}

impl Case for Adoption {
    const KIND: &'static str = "adoption";
    const LABEL: (&'static str, &'static str) = ("检查细则的通过", "adoption of a rulebook");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Begin
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Revise { .. } => Act::Revise,
            Command::Put {} => Act::Put,
            Command::Adopt { .. } => Act::Adopt,
            Command::SendBack { .. } => Act::SendBack,
            Command::Refuse { .. } => Act::Refuse,
            Command::Publish { .. } => Act::Publish,
            Command::EnterForce {} => Act::EnterForce,
            Command::Interpret { .. } => Act::Interpret,
            Command::Replace { .. } => Act::Replace,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.given(&opening.draft.version, VERSION, article(11))?;
        draft.event(Event::Drafted(opening.clone()));
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        match (act, &self.adopted) {
            (Act::Adopt | Act::SendBack | Act::Refuse, _) => {
                apart(&[(Act::Put, self.put_by.as_ref())], act, actor)
            }
            (Act::EnterForce, Some(adopted)) if draft.at().date() < adopted.from => {
                let args = Args::none().with("from", adopted.from);
                Err(draft.refuse(Reason::NotYetInForce, ARTICLE, args))
            }
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        match command {
            Command::Revise { draft: text } => {
                draft.given(&text.version, VERSION, article(11))?;
                draft.event(Event::Revised { draft: text.clone() });
            }
            Command::Put {} => draft.event(Event::Put { draft: self.draft.clone() }),
            Command::Adopt { from, minutes } => {
                draft.given(minutes, ("会议纪要", "the minutes"), ARTICLE)?;
                let today = draft.at().date();
                if *from < today {
                    let args = Args::none().with("from", *from).with("adopted", today);
                    return Err(draft.refuse(Reason::ForceBeforeAdoption, ARTICLE, args));
                }
                let (text, minutes) = (self.draft.clone(), minutes.clone());
                draft.event(Event::Adopted { text, from: *from, minutes });
            }
            Command::SendBack { why } => {
                draft.given(why, WHY, ARTICLE)?;
                draft.event(Event::SentBack { why: why.clone() });
            }
            Command::Refuse { why } => {
                draft.given(why, WHY, ARTICLE)?;
                draft.event(Event::Refused { why: why.clone() });
            }
            Command::Publish { place } => {
                draft.given(place, ("公布方式", "where it is published"), ARTICLE)?;
                draft.event(Event::Published { place: place.clone() });
            }
            Command::EnterForce {} => draft.event(Event::EnteredForce),
            Command::Interpret { note } => {
                let field = ("解释内容", "what the interpretation says");
                draft.given(&note.text.zh, field, ARTICLE)?;
                draft.given(&note.text.en, field, ARTICLE)?;
                if self.notes.iter().any(|known| known.note.id == note.id) {
                    let args = Args::none().with("note", &note.id);
                    return Err(draft.refuse(Reason::NoteTwice, ARTICLE, args));
                }
                draft.event(Event::Interpreted { note: note.clone() });
            }
            Command::Replace { by, from } => {
                draft.given(by, VERSION, ARTICLE)?;
                let first = self.adopted.as_ref().map(|adopted| adopted.from);
                if let Some(first) = first
                    && *from <= first
                {
                    let args = Args::none().with("from", Arg::Date(first)).with("until", *from);
                    return Err(draft.refuse(Reason::ReplacedTooEarly, ARTICLE, args));
                }
                draft.event(Event::Replaced { by: by.clone(), from: *from });
            }
        }
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Drafted(opening) = event else { return None };
        Some(Self {
            status: Status::Drafted,
            draft: opening.draft.clone(),
            opening: opening.clone(),
            put_by: None,
            adopted: None,
            notes: Vec::new(),
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        let on = stamp.at.date();
        match event {
            Event::Drafted(_) => {}
            Event::Revised { draft } => {
                self.status = Status::Drafted;
                self.draft = draft.clone();
            }
            Event::Put { .. } => {
                self.status = Status::Put;
                self.put_by = stamp.by.as_ref().map(|by| by.person.clone());
            }
            Event::Adopted { text, from, .. } => {
                self.status = Status::Adopted;
                let rulebook = self.opening.rulebook.clone();
                self.adopted = Some(Adopted { rulebook, text: text.clone(), on, from: *from, until: None });
            }
            Event::SentBack { .. } => self.status = Status::SentBack,
            Event::Refused { .. } => self.status = Status::Refused,
            Event::Published { .. } => self.status = Status::Published,
            Event::EnteredForce => self.status = Status::InForce,
            Event::Interpreted { note } => self.notes.push(Dated { on, note: note.clone() }),
            Event::Replaced { from, .. } => {
                self.status = Status::Replaced;
                if let Some(adopted) = &mut self.adopted {
                    adopted.until = Some(*from);
                }
            }
        }
        self
    }
}

const VERSION: (&str, &str) = ("版本名称", "the name of the version");
const WHY: (&str, &str) = ("理由", "the reason");
