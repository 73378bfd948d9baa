//! A tree of values with their places, the same for TOML, JSON and CSV.

use super::fault::OrganisationReason;
use chrono::NaiveDate;
use std::borrow::Cow;

/// A mistake at a byte of the text.
pub(crate) type At = (usize, OrganisationReason);

#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    /// The byte of the text at which it begins.
    pub(crate) at: usize,
    pub(crate) value: Value<'a>,
}

#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Boolean(bool),
    Day(NaiveDate),
    List(Vec<Node<'a>>),
    Table(Vec<Entry<'a>>),
    /// Something that no key takes: a number, a time.
    Other,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    /// The byte at which the key stands.
    pub(crate) at: usize,
    pub(crate) node: Node<'a>,
}

impl Node<'_> {
    /// The empty tree, where nothing could be parsed.
    pub(crate) fn nothing() -> Self {
        Self { at: 0, value: Value::Table(Vec::new()) }
    }
}

/// Line and character of a byte of the text, each counted from 1.
pub(crate) fn line_and_column(text: &str, at: usize) -> (u64, u64) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |place| place.saturating_add(1));
    let column = before.get(start..).unwrap_or_default().chars().count();
    let from_one = |n: usize| u64::try_from(n).unwrap_or(u64::MAX).saturating_add(1);
    (from_one(line), from_one(column))
}
