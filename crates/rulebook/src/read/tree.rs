//! A file as a tree in which every key and value knows its place: what TOML and JSON have in common.

use crate::diagnostic::Pointer;
use alloc::{string::String, vec::Vec};

/// Lists and tables may stand in one another this deep; a rulebook needs eight.
pub(crate) const MAX_DEPTH: usize = 64;

/// Bytes from the first up to before the second.
pub(crate) type Span = (usize, usize);

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    /// The number as it is written, so that no digit is lost.
    Number(String),
    Bool(bool),
    /// TOML's own notation of days and times.
    Moment(String, Moment),
    Null,
    List(Vec<Node>),
    /// In the order of the file.
    Table(Vec<Entry>),
}

/// What a TOML date or time tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Date,
    Time,
    DateAndTime,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives every place another one.
    pub(crate) fn move_spans(&mut self, to: &impl Fn(Span) -> Span) {
        self.span = to(self.span);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_spans(to)),
            Value::Table(entries) => {
                for entry in entries {
                    entry.key_span = to(entry.key_span);
                    entry.node.move_spans(to);
                }
            }
            _ => {}
        }
    }

    fn item(&self, index: &str) -> Option<&Self> {
        match &self.value {
            Value::List(items) => items.get(index.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The bytes of the value at the pointer, or of the nearest thing that encloses it and has bytes.
    pub(crate) fn locate(&self, pointer: &Pointer) -> Span {
        let mut node = self;
        let mut span = self.span;
        for segment in pointer.segments() {
            let Some(next) = node.get(&segment).or_else(|| node.item(&segment)) else { break };
            node = next;
            span = node.span;
        }
        span
    }
}
