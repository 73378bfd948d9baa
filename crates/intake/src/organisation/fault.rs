//! What is wrong with an organisation file, and where.

use crate::reason::RefusalReason;
use ducha_core::message::{Args, Template};
use ducha_core::{Label, Lang, OrganisationError};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// One mistake in an organisation file. In JSON: `line`, `column`, `code`, `text` in both languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
#[non_exhaustive]
pub struct OrganisationFault {
    /// The line, counted from 1.
    pub line: u64,
    /// The character within the line, counted from 1.
    pub column: u64,
    /// What is wrong.
    pub reason: OrganisationReason,
}

impl OrganisationFault {
    /// The reason as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.reason.text(lang)
    }
}

impl Serialize for OrganisationFault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("OrganisationFault", 4)?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("column", &self.column)?;
        out.serialize_field("code", self.reason.code())?;
        out.serialize_field("text", &Label::new(self.text(Lang::Zh), self.text(Lang::En)))?;
        out.end()
    }
}

/// Why an organisation file is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrganisationReason {
    /// A value that is no id, no day …, as in records.
    Value(RefusalReason),
    /// Not TOML or JSON.
    Syntax {
        /// What the parser says, in English.
        message: String,
    },
    /// A key that does not exist there.
    UnknownKey {
        /// What was written.
        key: String,
        /// A key that may be meant.
        nearest: Option<&'static str>,
    },
    /// A key that stands twice.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A key that must be there.
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A value of another kind than the key takes.
    Kind {
        /// What the key takes.
        expected: Expected,
    },
    /// The subjects contradict each other.
    Organisation(OrganisationError),
}

/// What a key of the organisation file takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A text.
    Text,
    /// A day.
    Day,
    /// `true` or `false`.
    YesNo,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
    /// An id, or a list of tables with spans.
    IdOrSpans,
}

impl Expected {
    fn label(self) -> Label {
        match self {
            Self::Text => Label::new("带引号的文字", "text in quotes"),
            Self::Day => Label::new("日期，如 2026-09-01", "a day, as in 2026-09-01"),
            Self::YesNo => Label::new("true 或 false", "true or false"),
            Self::Table => Label::new(
                "表，如 { zh = \"食堂\", en = \"Canteen\" }",
                "a table, as in { zh = \"食堂\", en = \"Canteen\" }",
            ),
            Self::Tables => Label::new("若干个表，如 [[subject]]", "tables, as in [[subject]]"),
            Self::IdOrSpans => Label::new(
                "编号，或带起止日期的列表，如 [{ of = \"…\", from = 2026-09-01 }]",
                "an id, or a list of dated entries, as in [{ of = \"…\", from = 2026-09-01 }]",
            ),
        }
    }
}

impl From<RefusalReason> for OrganisationReason {
    fn from(reason: RefusalReason) -> Self {
        Self::Value(reason)
    }
}

impl OrganisationReason {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Value(reason) => reason.code(),
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { nearest: None, .. } => "unknown_key",
            Self::UnknownKey { .. } => "misspelt_key",
            Self::DuplicateKey { .. } => "duplicate_key",
            Self::MissingKey { .. } => "missing_key",
            Self::Kind { .. } => "wrong_kind",
            Self::Organisation(OrganisationError::Duplicate(_)) => "duplicate_subject",
            Self::Organisation(OrganisationError::Unknown { .. }) => "unknown_subject",
            Self::Organisation(OrganisationError::Reversed(_)) => "reversed_span",
            Self::Organisation(OrganisationError::Overlap(_)) => "overlapping_spans",
            Self::Organisation(OrganisationError::Cycle(_)) => "cycle",
            Self::Organisation(_) => "organisation",
        }
    }

    fn args(&self) -> Args {
        let args = Args::none();
        match self {
            Self::Syntax { message } => args.with("message", message.as_str()),
            Self::UnknownKey { key, nearest } => {
                args.with("key", key.as_str()).with("nearest", nearest.unwrap_or_default())
            }
            Self::DuplicateKey { key } => args.with("key", key.as_str()),
            Self::MissingKey { key } => args.with("key", *key),
            Self::Kind { expected } => args.with("expected", &expected.label()),
            Self::Organisation(OrganisationError::Unknown { subject, unknown }) => {
                args.with("subject", subject).with("unknown", unknown)
            }
            Self::Organisation(
                OrganisationError::Duplicate(subject)
                | OrganisationError::Reversed(subject)
                | OrganisationError::Overlap(subject)
                | OrganisationError::Cycle(subject),
            ) => args.with("subject", subject),
            Self::Organisation(other) => args.with("message", other.to_string()),
            Self::Value(_) => args,
        }
    }

    /// The reason as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if let Self::Value(reason) = self {
            return reason.text(lang);
        }
        let code = self.code();
        let template = TEXTS.iter().find(|template| template.key == code);
        template.map_or_else(|| code.to_owned(), |template| self.args().fill(template.get(lang), lang))
    }
}

impl fmt::Display for OrganisationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

/// The codes of organisation files, beside those of [records](crate::refusal_texts), with their sentences.
#[must_use]
pub const fn organisation_texts() -> &'static [Template] {
    TEXTS
}

const TEXTS: &[Template] = &[
    Template { key: "syntax", zh: "语法错误：{message}", en: "syntax error: {message}" },
    Template {
        key: "unknown_key",
        zh: "此处没有“{key}”这一项；可用的项见记录手册",
        en: "there is no key `{key}` here; the manual of records lists them",
    },
    Template {
        key: "misspelt_key",
        zh: "此处没有“{key}”这一项；是否指“{nearest}”？",
        en: "there is no key `{key}` here; did you mean `{nearest}`?",
    },
    Template {
        key: "duplicate_key",
        zh: "“{key}”出现两次；请只留一个",
        en: "`{key}` stands twice; keep one",
    },
    Template { key: "missing_key", zh: "缺少“{key}”", en: "`{key}` is missing" },
    Template { key: "wrong_kind", zh: "此处应为{expected}", en: "this takes {expected}" },
    Template {
        key: "duplicate_subject",
        zh: "对象 {subject} 出现两次；每个对象只写一次，上级和负责人的变化用起止日期表示",
        en: "subject {subject} stands twice; give each subject one entry, with dated parents and leaders",
    },
    Template {
        key: "unknown_subject",
        zh: "对象 {subject} 提到 {unknown}，但本文件没有这一对象；请补上或更正编号",
        en: "subject {subject} names {unknown}, which is no subject of this file; add it or mend the id",
    },
    Template {
        key: "reversed_span",
        zh: "对象 {subject} 有一段时期的终止日期不晚于起始日期；终止日期为不再有效的第一天",
        en: "a span of subject {subject} ends before it begins; `until` is the first day on which it no longer holds",
    },
    Template {
        key: "overlapping_spans",
        zh: "对象 {subject} 在同一天有两个上级、两个负责人或两个代理负责人；请调整起止日期",
        en: "subject {subject} has two parents, two leaders or two acting leaders on one day; mend the dates",
    },
    Template {
        key: "cycle",
        zh: "对象 {subject} 成为自己的上级；请更正上级",
        en: "subject {subject} stands above itself; mend the parents",
    },
    Template { key: "organisation", zh: "{message}", en: "{message}" },
];
