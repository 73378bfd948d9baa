//! One refused row: where it stands, what is wrong, and what it looked like.

use crate::reason::RefusalReason;
use crate::width::shortened;
use ducha_core::{Label, Lang};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// How many characters of a refused row are shown.
const SHOWN_CHARACTERS: usize = 200;

/// A row that could not be read, with its place and reason. In JSON: `line`, `column`, `id`, `code`, `text` in both
/// languages, `raw`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
#[non_exhaustive]
pub struct Refusal {
    /// The physical line on which the row begins, counted from 1.
    pub line: u64,
    /// The column at fault: its key, or the heading as written if it is unknown.
    pub column: Option<String>,
    /// The record's id, as far as it could be read.
    pub id: Option<String>,
    /// Why.
    pub reason: RefusalReason,
    /// How the row begins, at most 200 characters, with a mark for bytes that are no text.
    pub raw: String,
}

impl Refusal {
    pub(crate) fn new(line: u64, reason: RefusalReason) -> Self {
        Self { line, column: None, id: None, reason, raw: String::new() }
    }

    pub(crate) fn in_column(mut self, column: Option<impl Into<String>>) -> Self {
        self.column = column.map(Into::into);
        self
    }

    pub(crate) fn of_record(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }

    pub(crate) fn showing(mut self, text: &str) -> Self {
        self.raw = shortened(text.trim_end_matches(['\r', '\n']), SHOWN_CHARACTERS);
        self
    }

    /// The reason, with the column, as a sentence in both languages.
    #[must_use]
    pub fn message(&self) -> Label {
        Label::new(self.text(Lang::Zh), self.text(Lang::En))
    }

    /// The reason as a sentence; if a column is at fault that the sentence does not name, it stands first.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let text = self.reason.text(lang);
        let names_it = matches!(
            self.reason,
            RefusalReason::Missing { .. }
                | RefusalReason::UnknownColumn { .. }
                | RefusalReason::DuplicateColumn { .. }
        );
        match (&self.column, lang) {
            (Some(column), Lang::Zh) if !names_it => format!("“{}”：{text}", Self::column_name(column)),
            (Some(column), Lang::En) if !names_it => format!("{column}: {text}"),
            _ => text,
        }
    }

    fn column_name(key: &str) -> &str {
        crate::column::Column::of_heading(key).map_or(key, |column| column.name(Lang::Zh))
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Refusal", 6)?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("column", &self.column)?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("code", self.reason.code())?;
        out.serialize_field("text", &self.message())?;
        out.serialize_field("raw", &self.raw)?;
        out.end()
    }
}
