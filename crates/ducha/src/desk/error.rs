//! What can stand in the way at the desk.

use crate::{
    casework::Refusal,
    core::Lang,
    journal::{AppendError, PayloadError, StoreError, StreamId, StreamIdError},
};
use alloc::{format, string::String, string::ToString as _};
use chrono::NaiveDate;

/// What can stand in the way at the desk.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// The case says no, and by which article.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such kind of case.
    #[error("there is no kind of case `{0}`")]
    UnknownKind(String),
    /// There is no such case.
    #[error("there is no case {0}")]
    UnknownCase(StreamId),
    /// There is such a case already.
    #[error("there is a case {0} already")]
    Exists(StreamId),
    /// The opening or the command is not in the form that the kind of case asks for.
    #[error("not in the form asked for: {why}")]
    Unread {
        /// Why.
        why: String,
    },
    /// No version of the rulebook is in force on that day.
    #[error("no version of the rulebook is in force on {day}")]
    NoRules {
        /// The day.
        day: NaiveDate,
    },
    /// The name is none of a case.
    #[error(transparent)]
    Name(#[from] StreamIdError),
    /// An event in the journal is in no form that this program knows.
    #[error("event {version} of {case} cannot be read: {why}")]
    History {
        /// The case.
        case: StreamId,
        /// Which of its events.
        version: u64,
        /// Why.
        why: String,
    },
    /// What happened cannot be kept.
    #[error(transparent)]
    Payload(#[from] PayloadError),
    /// The journal did not take it.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The journal failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DeskError {
    /// For people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::Refused(refusal) => refusal.text(lang),
            Self::UnknownKind(kind) => format!("没有“{kind}”这种案件"),
            Self::UnknownCase(case) => format!("没有案件 {case}"),
            Self::Exists(case) => format!("案件 {case} 已存在"),
            Self::Unread { why } => format!("内容不合要求：{why}"),
            Self::NoRules { day } => format!("{day} 没有生效的规则版本"),
            Self::Name(error) => format!("案件名称不合要求：{error}"),
            Self::History { case, version, why } => {
                format!("案件 {case} 的第 {version} 个事件无法读取：{why}")
            }
            Self::Payload(error) => format!("无法保存：{error}"),
            Self::Append(error) => format!("台账没有接受：{error}"),
            Self::Store(error) => format!("台账出错：{error}"),
        }
    }
}
