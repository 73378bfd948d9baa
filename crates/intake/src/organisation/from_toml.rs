//! TOML with the place of every key and value.

use super::fault::OrganisationReason;
use super::node::{At, Entry, Node, Value};
use chrono::NaiveDate;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The tree as far as it can be told, and the mistakes of syntax.
pub(crate) fn parse(text: &str) -> (Option<Node<'_>>, Vec<At>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let at = root.span().start;
    let faults = errors
        .iter()
        .map(|error| {
            let place = error.span().map_or(0, |span| span.start);
            (place, OrganisationReason::Syntax { message: error.message().to_owned() })
        })
        .collect();
    (Some(Node { at, value: table(root.into_inner()) }), faults)
}

fn table(entries: DeTable<'_>) -> Value<'_> {
    let entries = entries.into_iter().map(|(key, value)| {
        let at = key.span().start;
        Entry { key: key.into_inner(), at, node: node(value) }
    });
    Value::Table(entries.collect())
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let at = value.span().start;
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        // A whole number may be meant as an id.
        DeValue::Integer(number) if number.radix() == 10 => {
            Value::Text(Cow::Owned(number.as_str().to_owned()))
        }
        DeValue::Boolean(yes) => Value::Boolean(yes),
        DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => moment
            .date
            .and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)))
            .map_or(Value::Other, Value::Day),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(entries) => table(entries),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
    };
    Node { at, value }
}
