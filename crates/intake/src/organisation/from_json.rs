//! JSON with the place of every value.

use super::fault::OrganisationReason;
use super::node::{At, Entry, Node, Value};
use crate::json_line::Entries;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How deep an organisation is nested at most: file, subject, list, span, value.
const DEPTH: usize = 6;

/// The tree as far as it can be told, and the mistakes of syntax.
pub(crate) fn parse(text: &str) -> (Option<Node<'_>>, Vec<At>) {
    let mut faults = Vec::new();
    let root = match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => node(text, raw, DEPTH, &mut faults),
        Err(error) => {
            faults.push((place(text, &error), syntax(&error)));
            None
        }
    };
    (root, faults)
}

/// The byte of the text at which a part of it begins.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// The byte at which the parser stopped; it tells lines and bytes within them.
fn place(text: &str, error: &serde_json::Error) -> usize {
    let before: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = before.saturating_add(error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

fn syntax(error: &serde_json::Error) -> OrganisationReason {
    let message = error.to_string();
    // The place is told by the fault itself.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    OrganisationReason::Syntax { message }
}

fn node<'a>(text: &'a str, raw: &'a RawValue, depth: usize, faults: &mut Vec<At>) -> Option<Node<'a>> {
    let source = raw.get();
    let at = offset(text, source);
    let Some(deeper) = depth.checked_sub(1) else {
        return Some(Node { at, value: Value::Other });
    };
    let mut failed = |error: serde_json::Error| faults.push((at, syntax(&error)));
    let value = match source.bytes().next()? {
        b'"' => Value::Text(Cow::Owned(serde_json::from_str(source).map_err(&mut failed).ok()?)),
        b'n' => return None,
        b't' => Value::Boolean(true),
        b'f' => Value::Boolean(false),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(source).map_err(&mut failed).ok()?;
            Value::List(items.into_iter().filter_map(|item| node(text, item, deeper, faults)).collect())
        }
        b'{' => {
            let entries: Entries<'_> = serde_json::from_str(source).map_err(&mut failed).ok()?;
            let mut found: Vec<Entry<'_>> = Vec::with_capacity(entries.0.len());
            let mut keys = BTreeSet::new();
            for (key, raw) in entries.0 {
                let at = offset(text, raw.get());
                if !keys.insert(key.clone()) {
                    faults.push((at, OrganisationReason::DuplicateKey { key }));
                } else if let Some(node) = node(text, raw, deeper, faults) {
                    found.push(Entry { key: Cow::Owned(key), at, node });
                }
            }
            Value::Table(found)
        }
        _ if source.bytes().all(|b| b.is_ascii_digit()) => Value::Text(Cow::Borrowed(source)),
        _ => Value::Other,
    };
    Some(Node { at, value })
}
