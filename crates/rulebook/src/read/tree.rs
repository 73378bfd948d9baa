//! A file as a tree in which every key and value knows its place: what TOML and JSON have in common.

use alloc::{borrow::Cow, vec::Vec};

/// Lists and tables may stand in one another this deep; a rulebook needs eight.
pub(crate) const MAX_DEPTH: usize = 64;

/// Bytes from the first up to before the second.
pub(crate) type Span = (usize, usize);

/// A value and its place. Texts are those of the file, where nothing in them is escaped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    /// The number as it is written, so that no digit is lost.
    Number(Cow<'a, str>),
    Bool(bool),
    /// TOML's own notation of days and times.
    Moment(Cow<'a, str>, Moment),
    Null,
    List(Vec<Node<'a>>),
    /// In the order of the file.
    Table(Vec<Entry<'a>>),
}

/// What a TOML date or time tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Date,
    Time,
    DateAndTime,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_span: Span,
    pub(crate) node: Node<'a>,
}

impl Node<'_> {
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

    /// The same, with texts of its own.
    pub(crate) fn into_owned(self) -> Node<'static> {
        fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        let value = match self.value {
            Value::Text(text) => Value::Text(owned(text)),
            Value::Number(text) => Value::Number(owned(text)),
            Value::Bool(value) => Value::Bool(value),
            Value::Moment(text, moment) => Value::Moment(owned(text), moment),
            Value::Null => Value::Null,
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Table(entries) => {
                let own = |entry: Entry<'_>| Entry {
                    key: owned(entry.key),
                    key_span: entry.key_span,
                    node: entry.node.into_owned(),
                };
                Value::Table(entries.into_iter().map(own).collect())
            }
        };
        Node { value, span: self.span }
    }
}
