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

/// The lines of a text, to find the place of a byte.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(place, _)| place.saturating_add(1));
        Self { text, starts: core::iter::once(0).chain(breaks).collect() }
    }

    /// Line and character of a byte, each counted from 1.
    pub(crate) fn place(&self, at: usize) -> (u64, u64) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..at).unwrap_or_default();
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        (number(line), number(before.chars().count()).saturating_add(1))
    }
}
