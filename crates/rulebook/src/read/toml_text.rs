//! TOML text to a tree with places. All errors of notation are told at once.

use super::tree::{Entry, MAX_DEPTH, Moment, Node, Span, Value};
use super::{Fault, FaultKind, MAX_FAULTS, full_width, syntax::toml_message, unclosed};
use alloc::{borrow::Cow, format, string::ToString, vec::Vec};
use core::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key may have this many dots. `toml` bounds brackets and dots one by one, but not the two together, and a
/// tree of many thousand levels would overflow the stack when it is dropped.
const MAX_DOTS: usize = 8;

/// The tree, unless the notation leaves open what it is; and the faults of the notation.
pub(super) fn parse(text: &str) -> (Option<Node<'_>>, Vec<Fault>) {
    let (root, mut faults) = meant(text);
    // What was put in to read on is longer than the text: no fault is told beyond it, or within a character.
    for fault in &mut faults {
        fault.span = within(text, fault.span);
    }
    (root, faults)
}

/// The span as far as it lies in the text, from one whole character to another.
fn within(text: &str, (start, end): Span) -> Span {
    let whole = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = whole(start);
    (start, whole(end).max(start))
}

fn meant(text: &str) -> (Option<Node<'_>>, Vec<Fault>) {
    let (root, faults) = closed(text);
    if faults.is_empty() {
        return (root, faults);
    }
    let marks = full_width::find(text);
    let replaced = full_width::replaced(text, &marks);
    let (meant, rest) = closed(&replaced);
    if rest.len() >= faults.len() {
        return (root, faults);
    }
    let mut own: Vec<Fault> = marks.iter().take(MAX_FAULTS).map(full_width::Mark::fault).collect();
    own.extend(rest);
    own.sort_by_key(|fault| fault.span);
    (meant.map(Node::into_owned), own)
}

/// The tree and the faults, each of what is not closed told once.
fn closed(text: &str) -> (Option<Node<'_>>, Vec<Fault>) {
    if let Some(place) = too_many_dots(text) {
        let fault = Fault { span: (place, place.saturating_add(1)), kind: FaultKind::TooDeep };
        return (None, alloc::vec![fault]);
    }
    let (root, faults) = parsed(text);
    if faults.is_empty() {
        return (Some(root), faults);
    }
    mended(text, &faults).unwrap_or((None, faults))
}

/// Reads the text as if everything was closed that is not; nothing if that does not leave fewer faults.
fn mended(text: &str, faults: &[Fault]) -> Option<(Option<Node<'static>>, Vec<Fault>)> {
    let unclosed = unclosed::find(text);
    let whole = unclosed::mended(text, &unclosed);
    let is_many = unclosed.len() > MAX_FAULTS;
    if unclosed.is_empty() || is_many || too_many_dots(&whole).is_some() {
        return None;
    }
    let (root, rest) = parsed(&whole);
    let mut own: Vec<Fault> = unclosed.iter().map(unclosed::Unclosed::fault).collect();
    if rest.len() >= faults.len() {
        return None;
    }
    let place = |(start, end)| (unclosed::original(start, &unclosed), unclosed::original(end, &unclosed));
    let is_sound = rest.is_empty() && !unclosed.iter().any(unclosed::Unclosed::takes_the_rest);
    // What is wrong on the line of something unclosed mostly follows from it.
    let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
    let lines: Vec<usize> = own.iter().map(|fault| line(fault.span.0)).collect();
    own.extend(
        rest.into_iter()
            .take(MAX_FAULTS)
            .map(|fault| Fault { span: place(fault.span), kind: fault.kind })
            .filter(|fault| fault.kind != FaultKind::DuplicateKey && !lines.contains(&line(fault.span.0))),
    );
    own.sort_by_key(|fault| fault.span);
    let root = is_sound.then(|| {
        let mut root = root.into_owned();
        root.move_spans(&place);
        root
    });
    Some((root, own))
}

/// What `toml` makes of the text, and everything that it finds wrong.
pub(super) fn parsed(text: &str) -> (Node<'_>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors
        .into_iter()
        .map(|error| Fault {
            span: error.span().map_or((text.len(), text.len()), |span| clamp(&span, text.len())),
            kind: kind_of(error.message()),
        })
        .collect();
    let mut too_deep = None;
    let root = Node { value: table_of(table.into_inner(), 0, &mut too_deep), span: (0, 0) };
    if let Some(span) = too_deep {
        faults.push(Fault { span, kind: FaultKind::TooDeep });
    }
    (root, faults)
}

fn kind_of(message: &str) -> FaultKind {
    if message == "duplicate key" {
        FaultKind::DuplicateKey
    } else if message.contains("recursion") {
        FaultKind::TooDeep
    } else {
        FaultKind::Notation(toml_message(message))
    }
}

fn clamp(span: &Range<usize>, length: usize) -> Span {
    let start = span.start.min(length);
    (start, span.end.clamp(start, length))
}

fn table_of<'a>(table: DeTable<'a>, depth: usize, too_deep: &mut Option<Span>) -> Value<'a> {
    let mut entries: Vec<Entry<'a>> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = (key.span().start, key.span().end);
            Entry { key: key.into_inner(), key_span, node: node_of(value, depth, too_deep) }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Value::Table(entries)
}

fn node_of<'a>(value: Spanned<DeValue<'a>>, depth: usize, too_deep: &mut Option<Span>) -> Node<'a> {
    let span = (value.span().start, value.span().end);
    let deeper = depth.saturating_add(1);
    if deeper > MAX_DEPTH {
        *too_deep = Some(span);
        return Node { value: Value::Null, span };
    }
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) if number.radix() == 10 => Value::Number(Cow::Owned(number.as_str().into())),
        // `0xFF` stays as it is written: no decimal and no whole number of a rulebook reads it.
        DeValue::Integer(number) => Value::Number(Cow::Owned(format!("{number}"))),
        DeValue::Float(number) => Value::Number(Cow::Owned(number.as_str().into())),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(moment) => {
            let text = Cow::Owned(moment.to_string());
            match (moment.date.is_some(), moment.time.is_some()) {
                (true, false) => Value::Moment(text, Moment::Date),
                (false, true) => Value::Moment(text, Moment::Time),
                _ => Value::Moment(text, Moment::DateAndTime),
            }
        }
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node_of(item, deeper, too_deep)).collect())
        }
        DeValue::Table(table) => table_of(table, deeper, too_deep),
    };
    Node { value, span }
}

/// Where a key has more than [`MAX_DOTS`] dots, if one has. Tokens are told apart as `toml` does.
fn too_many_dots(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0_usize;
    let mut dots = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at = at.saturating_add(match byte {
            b'.' => {
                dots = dots.saturating_add(1);
                if dots > MAX_DOTS {
                    return Some(at);
                }
                1
            }
            b'=' | b',' | b'[' | b']' | b'{' | b'}' | b'\n' | b'\r' => {
                dots = 0;
                1
            }
            b' ' | b'\t' => 1,
            b'#' => rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len()),
            b'"' if rest.starts_with(b"\"\"\"") => many_lines(rest, b'"', true),
            b'\'' if rest.starts_with(b"'''") => many_lines(rest, b'\'', false),
            b'"' => one_line(rest, b'"', true),
            b'\'' => one_line(rest, b'\'', false),
            _ => rest
                .iter()
                .position(|b| {
                    matches!(
                        b,
                        b'.' | b'=' | b',' | b'[' | b']' | b'{' | b'}' | b' ' | b'\t' | b'#' | b'\r' | b'\n'
                    )
                })
                .unwrap_or(rest.len()),
        });
    }
    None
}

/// The length of a string on one line; it ends at the quote or before the line's end.
pub(super) fn one_line(rest: &[u8], quote: u8, escapes: bool) -> usize {
    let mut escaped = false;
    for (at, &byte) in rest.iter().enumerate().skip(1) {
        if byte == b'\n' {
            return at;
        }
        if escaped {
            escaped = false;
        } else if byte == quote {
            return at.saturating_add(1);
        } else {
            escaped = escapes && byte == b'\\';
        }
    }
    rest.len()
}

/// The length of a string over many lines; up to two quotes may stand directly before the closing three.
pub(super) fn many_lines(rest: &[u8], quote: u8, escapes: bool) -> usize {
    let mut escaped = false;
    let mut run = 0_usize;
    for (at, &byte) in rest.iter().enumerate().skip(3) {
        let closing = !escaped && byte == quote;
        if run >= 3 && (!closing || run == 5) {
            return at;
        }
        run = if closing { run.saturating_add(1) } else { 0 };
        escaped = escapes && !escaped && byte == b'\\';
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    #[test]
    fn dots_in_texts_and_comments_are_no_keys() {
        for fine in [
            "a = \"1.2.3.4.5.6.7.8.9.10.11\"",
            "a = '''\n1.2.3.4.5.6.7.8.9.10\n'''",
            "a = \"\"\"x\"\"\"\"\"\nb = 1 # ............",
            "a.b.c.d = 1.5",
            "a = \"\\\"..........\"",
        ] {
            assert_eq!(too_many_dots(fine), None, "{fine}");
        }
        assert_eq!(too_many_dots("a.b.c.d.e.f.g.h.i.j = 1"), Some(17));
        assert!(too_many_dots("[a.b.c.d.e.f.g.h.i.j]").is_some());
    }

    #[test]
    fn nothing_nests_so_deep_that_the_stack_overflows() {
        let dotted = "x.".repeat(60_000);
        let nested = "[".repeat(100_000);
        let tables = "{a.b.c.d.e.f=".repeat(50_000);
        for text in [
            std::format!("{dotted}x = 1"),
            std::format!("[{dotted}x]"),
            std::format!("a = {nested}"),
            std::format!("a = {tables}"),
        ] {
            assert!(!parse(&text).1.is_empty());
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        let text = "a = 0.10\nb = 12345678901234567890.123456789\nc = 1_000";
        let Value::Table(entries) = parse(text).0.unwrap().value else { panic!("a table") };
        let number = |key: &str| match &entries.iter().find(|entry| entry.key == key).unwrap().node.value {
            Value::Number(text) => String::from(text.as_ref()),
            _ => String::new(),
        };
        assert_eq!(number("a"), "0.10");
        assert_eq!(number("b"), "12345678901234567890.123456789");
        assert_eq!(number("c"), "1000");
    }
}
