//! Full-width marks where TOML wants ASCII ones, as an input method for Chinese writes them: each is told once, and read as it was meant.

use super::toml_text::{many_lines, one_line};
use super::tree::Span;
use super::{Fault, FaultKind};
use alloc::{format, string::String, vec::Vec};
use ducha_core::Label;

/// A mark, number, word or quoted text that is written with full-width characters.
pub(super) struct Mark {
    span: Span,
    /// The ASCII that is meant; never longer than what stands there.
    meant: String,
    /// What to tell: what is written and what it ought to be.
    told: (String, String),
}

impl Mark {
    pub(super) fn fault(&self) -> Fault {
        let (written, expected) = &self.told;
        let detail = Label::new(
            format!("`{written}` 是全角字符，应为 `{expected}`"),
            format!("`{written}` is full-width, expected `{expected}`"),
        );
        Fault { span: self.span, kind: FaultKind::Notation(detail) }
    }
}

/// Every one outside of texts and comments, in the order of the text.
pub(super) fn find(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, meant) = piece(rest);
        let end = at.saturating_add(length.max(1));
        if let Some(meant) = meant {
            let written = rest.get(..length).unwrap_or_default();
            // Of a quoted text and of a comment only the mark is told.
            let first = |text: &str| text.chars().take(1).collect::<String>();
            let told = if meant.starts_with(['"', '#']) {
                (first(written), first(&meant))
            } else {
                (String::from(written), meant.clone())
            };
            found.push(Mark { span: (at, end), meant, told });
        }
        at = end;
    }
    found
}

/// The text as it is meant. What is shorter is filled with blanks, so that every place stays.
pub(super) fn replaced(text: &str, marks: &[Mark]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for mark in marks {
        out.push_str(text.get(from..mark.span.0).unwrap_or_default());
        out.push_str(&mark.meant);
        while out.len() < mark.span.1 {
            out.push(' ');
        }
        from = mark.span.1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// How long the next piece of the notation is, and what is meant if it has full-width characters.
fn piece(rest: &str) -> (usize, Option<String>) {
    let bytes = rest.as_bytes();
    let Some(first) = rest.chars().next() else { return (0, None) };
    let line = rest.split('\n').next().unwrap_or_default();
    match first {
        '#' => (line.len(), None),
        '＃' => (line.len(), Some(format!("#{}", line.get(first.len_utf8()..).unwrap_or_default()))),
        '"' | '\'' if bytes.starts_with(b"\"\"\"") || bytes.starts_with(b"'''") => {
            (many_lines(bytes, *bytes.first().unwrap_or(&b'"'), first == '"'), None)
        }
        '"' => (one_line(bytes, b'"', true), None),
        '\'' => (one_line(bytes, b'\'', false), None),
        '“' | '”' | '„' | '＂' => quoted(line, &['”', '“', '＂', '"']),
        '‘' | '’' | '＇' => quoted(line, &['’', '‘', '＇', '\'']),
        '「' => quoted(line, &['」']),
        '『' => quoted(line, &['』']),
        _ if is_part_of_word(twin(first)) => word(rest),
        _ => (first.len_utf8(), Some(twin(first)).filter(|twin| *twin != first).map(String::from)),
    }
}

fn quoted(line: &str, closing: &[char]) -> (usize, Option<String>) {
    let open = line.chars().next().map_or(0, char::len_utf8);
    let inner = line.get(open..).unwrap_or_default();
    let Some((text, behind)) = inner.split_once(closing) else { return (open, Some(String::from("\""))) };
    // What TOML would read otherwise within its quotation marks is left to be told as it is.
    if text.contains(['"', '\\']) {
        return (open, None);
    }
    (line.len().saturating_sub(behind.len()), Some(format!("\"{text}\"")))
}

/// A number, day, key or other bare word.
fn word(rest: &str) -> (usize, Option<String>) {
    let end = rest.find(|c| !is_part_of_word(twin(c))).unwrap_or(rest.len());
    let written = rest.get(..end).unwrap_or_default();
    let meant = (!written.is_ascii()).then(|| written.chars().map(twin).collect());
    (end, meant)
}

const fn is_part_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | ':')
}

/// The ASCII character that a full-width one stands for; any other character itself.
fn twin(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '－' | '−' | '–' | '—' => '-',
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}
