//! Cases, duties and news as front ends and programs read them.

use crate::{
    casework::{
        Act as _, Actor, Case, ClockEvent, Context, Due, Duty, File, Happening, Moment, Party, Recorded,
        Status as _,
    },
    core::{Article, Label, Lang, SubjectId},
    journal::StreamId,
};
use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};
use serde::Serialize;

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// Its name: kind and id.
    pub case: String,
    /// What kind of case.
    pub kind_name: Label,
    /// The unit that it is about.
    pub unit: SubjectId,
    /// Where it stands: the word that files use.
    pub status: &'static str,
    /// As people call it.
    pub status_name: Label,
    /// Whether it is over.
    pub closed: bool,
    /// When it was last acted on.
    pub last: Moment,
    /// What is owed, the earliest first.
    pub due: Vec<Duty>,
}

fn label(zh: &str, en: &str) -> Label {
    Label::new(zh, en)
}

impl CaseView {
    pub(super) fn of<C: Case>(stream: &StreamId, file: &File<C>) -> Self {
        let status = file.case().status();
        Self {
            case: stream.to_string(),
            kind_name: label(C::LABEL.0, C::LABEL.1),
            unit: file.case().unit().clone(),
            status: status.word(),
            status_name: label(status.text(Lang::Zh), status.text(Lang::En)),
            closed: status.is_closed(),
            last: file.last(),
            due: file.due().into_iter().cloned().collect(),
        }
    }
}

/// Something that a person may do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// The word of the act, which a command names as `act`.
    pub act: &'static str,
    /// As people call it.
    pub name: Label,
    /// The article that it rests on.
    pub article: Article,
}

impl Offered {
    pub(super) fn all<C: Case>(file: &File<C>, actor: &Actor, context: &Context<'_>) -> Vec<Self> {
        let allowed = file.allowed(actor, context).into_iter();
        allowed.map(|one| Self { act: one.act.rule().word, name: one.name, article: one.article }).collect()
    }
}

/// What is owed in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// The case.
    pub case: String,
    /// What kind of case.
    pub kind_name: Label,
    /// What is owed.
    pub duty: Duty,
}

impl Owed {
    pub(super) fn of(view: &CaseView) -> impl Iterator<Item = Self> + '_ {
        view.due.iter().map(|duty| Self {
            case: view.case.clone(),
            kind_name: view.kind_name.clone(),
            duty: duty.clone(),
        })
    }

    pub(super) fn order(&self) -> (bool, Option<Moment>, &str, String) {
        let ends = self.duty.due.ends();
        (ends.is_none(), ends, &self.case, self.duty.key())
    }

    /// Who owes it.
    #[must_use]
    pub const fn party(&self) -> Party {
        self.duty.owed_by
    }

    /// Until when it is owed, for people.
    #[must_use]
    pub fn until(&self, lang: Lang) -> String {
        match (self.duty.due, lang) {
            (Due::Known { day, provisional: false, .. }, _) => day.to_string(),
            (Due::Known { day, .. }, Lang::Zh) => format!("{day}（暂定）"),
            (Due::Known { day, .. }, Lang::En) => format!("{day} (provisional)"),
            (Due::Unknown { needs }, Lang::Zh) => format!("未知：{needs} 的放假安排尚未公布"),
            (Due::Unknown { needs }, Lang::En) => format!("unknown: no notice covers {needs} yet"),
            (Due::Beyond, Lang::Zh) => "未知".into(),
            (Due::Beyond, Lang::En) => "unknown".into(),
        }
    }
}

/// News that time brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The case.
    pub case: String,
    /// When it happened.
    pub at: Moment,
    /// What, for people.
    pub text: Label,
    /// Whom it concerns: who is reminded, accountable or answers now; nobody where the directory knew nobody.
    pub people: Vec<SubjectId>,
}

impl Told {
    pub(super) fn all<E>(view: &CaseView, happened: &[Recorded<E>]) -> Vec<Self> {
        let one = |recorded: &Recorded<E>| {
            let Happening::Clock(event) = &recorded.what else { return None };
            let duty = view.due.iter().find(|duty| duty.key() == event.duty());
            let (zh, en) = duty.map_or(("", ""), |duty| (duty.name.zh.as_str(), duty.name.en.as_str()));
            let (text, people) = match event {
                ClockEvent::Reminded { .. } => {
                    (label(&format!("提醒：{zh}"), &format!("reminder: {en}")), Vec::new())
                }
                ClockEvent::BecameOverdue { accountable, .. } => (
                    label(
                        &format!("逾期：{zh}，追究单位负责人责任（第15条）"),
                        &format!("overdue: {en}; the responsible leader is accountable (art. 15)"),
                    ),
                    accountable.iter().map(|holder| holder.person.clone()).collect(),
                ),
                ClockEvent::LevelReached { level, holders, .. } => {
                    let place = usize::try_from(*level).unwrap_or(usize::MAX);
                    let name = duty.and_then(|duty| duty.chain.get(place)).map(|level| &level.name);
                    let (level_zh, level_en) =
                        name.map_or(("", ""), |name| (name.zh.as_str(), name.en.as_str()));
                    (
                        label(
                            &format!("升级督办：{zh} → {level_zh}"),
                            &format!("escalated: {en} → {level_en}"),
                        ),
                        holders.iter().map(|holder| holder.person.clone()).collect(),
                    )
                }
                ClockEvent::DueReckoned { .. } => {
                    (label(&format!("期限已重新计算：{zh}"), &format!("reckoned anew: {en}")), Vec::new())
                }
                _ => return None,
            };
            Some(Self { case: view.case.clone(), at: recorded.stamp.at, text, people })
        };
        happened.iter().filter_map(one).collect()
    }
}
