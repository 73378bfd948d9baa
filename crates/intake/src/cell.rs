//! What stands in a row, told by column, before it is known to be a record.

use crate::column::Column;
use crate::reason::RefusalReason;
use std::borrow::Cow;

/// The content of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Text of a CSV cell or a JSON string.
    Text(Cow<'a, str>),
    /// A JSON number as it was written.
    Number(&'a str),
    /// A JSON list.
    List(Vec<Cell<'a>>),
    /// A JSON object, in the order in which it was written.
    Object(Vec<(String, Cell<'a>)>),
    /// A JSON `true` or `false`.
    Boolean,
}

impl Cell<'_> {
    pub(crate) const fn json_kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "number",
            Self::List(_) => "list",
            Self::Object(_) => "object",
            Self::Boolean => "boolean",
        }
    }
}

/// What is wrong with a row, and in which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) column: Option<String>,
    pub(crate) reason: RefusalReason,
}

impl From<RefusalReason> for Fault {
    fn from(reason: RefusalReason) -> Self {
        Self { column: None, reason }
    }
}

/// The cells of one row that are not empty, each with its column.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    cells: Vec<(&'static Column, Cell<'a>)>,
}

impl<'a> Fields<'a> {
    /// Adds a cell; `false` if the column already has one.
    #[must_use]
    pub(crate) fn put(&mut self, column: &'static Column, cell: Cell<'a>) -> bool {
        if self.get(column.key).is_some() {
            return false;
        }
        self.cells.push((column, cell));
        true
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Cell<'a>> {
        self.cells.iter().find(|(column, _)| column.key == key).map(|(_, cell)| cell)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<(&'static Column, Cell<'a>)> {
        let place = self.cells.iter().position(|(column, _)| column.key == key)?;
        Some(self.cells.swap_remove(place))
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.cells.iter().map(|(column, _)| *column)
    }

    /// The record's id, as far as it can be read: for the account of refused rows.
    pub(crate) fn readable_id(&self) -> Option<String> {
        match self.get("id")? {
            Cell::Text(text) => readable_id(text),
            Cell::Number(text) => readable_id(text),
            _ => None,
        }
    }
}

/// A text as the id of a refused row, unless it is far too long to be one.
pub(crate) fn readable_id(text: &str) -> Option<String> {
    let id = crate::width::narrow(text);
    (!id.is_empty() && id.len() <= ducha_core::MAX_ID_BYTES).then(|| id.into_owned())
}
