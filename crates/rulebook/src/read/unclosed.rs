//! Brackets, braces and quotes of TOML that are never closed: each is found where it opens.
//!
//! A parser goes on looking for the end of an unclosed `{` over all lines that follow, and finds fault with each of them.
//! A line that can only begin something new tells where the end was forgotten.

use super::tree::Span;
use super::{Fault, FaultKind, syntax::toml_message, toml_text};
use alloc::{string::String, vec::Vec};

/// Something that opens and is never closed.
pub(super) struct Unclosed {
    /// Where it opens.
    open: Span,
    message: &'static str,
    /// Where its end was forgotten.
    end: usize,
    /// What was forgotten there.
    closing: String,
}

impl Unclosed {
    pub(super) fn fault(&self) -> Fault {
        Fault { span: self.open, kind: FaultKind::Notation(toml_message(self.message)) }
    }

    /// Whether what follows up to the end of the text stands within it.
    pub(super) fn takes_the_rest(&self) -> bool {
        matches!(self.closing.as_str(), "\"\"\"" | "'''")
    }
}

/// Everything that is never closed, in the order of the text.
pub(super) fn find(text: &str) -> Vec<Unclosed> {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
        stack: Vec::new(),
        last: Last::LineStart,
        end_of_item: 0,
        found: Vec::new(),
    };
    while scan.at < scan.bytes.len() {
        scan.step();
    }
    scan.close(text.len());
    scan.found
}

/// The text with what was forgotten.
pub(super) fn mended(text: &str, unclosed: &[Unclosed]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for one in unclosed {
        out.push_str(text.get(from..one.end).unwrap_or_default());
        out.push_str(&one.closing);
        from = one.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A place of the mended text in the text as it is.
pub(super) fn original(place: usize, unclosed: &[Unclosed]) -> usize {
    unclosed.iter().fold(place, |place, one| {
        if one.end < place { place.saturating_sub(one.closing.len()).max(one.end) } else { place }
    })
}

/// What stands before the place that is looked at, blanks and comments apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Outside of brackets, at the beginning of a line.
    LineStart,
    /// A comma or an opening bracket: something must follow.
    Open,
    /// `=`: a value must follow.
    Equals,
    Other,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The brackets that are open, with their places.
    stack: Vec<(u8, usize)>,
    last: Last,
    /// Where the last value or word ended.
    end_of_item: usize,
    found: Vec<Unclosed>,
}

impl Scan<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(&byte) = rest.first() else { return };
        let end_of_line = || rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        let (length, last) = match byte {
            b' ' | b'\t' | b'\r' => (1, self.last),
            b'#' => (end_of_line(), self.last),
            b'\n' => return self.next_line(),
            b'[' if self.stack.is_empty() && self.last == Last::LineStart => (end_of_line(), Last::Other),
            b'[' | b'{' => {
                if byte == b'{' && self.last != Last::Equals {
                    self.close_before_sibling();
                }
                self.stack.push((byte, self.at));
                (1, Last::Open)
            }
            b']' | b'}' => return self.closing(byte),
            b',' => (1, Last::Open),
            b'=' => (1, Last::Equals),
            b'"' | b'\'' => return self.quoted(byte),
            _ => (1, Last::Other),
        };
        self.at = self.at.saturating_add(length);
        self.last = last;
        if last == Last::Other {
            self.end_of_item = self.at;
        }
    }

    fn next_line(&mut self) {
        let end = self.at;
        self.at = self.at.saturating_add(1);
        if self.stack.is_empty() {
            self.last = Last::LineStart;
            return;
        }
        let line = self.rest().split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
        let in_list = self.stack.last().is_some_and(|(open, _)| *open == b'[');
        if is_heading(line) || (is_assignment(line) && (in_list || self.last == Last::Other)) {
            self.close(self.end_of_content(end));
        }
    }

    /// Where the line that ends there has its last mark that is no blank; a comment stays behind it.
    fn end_of_content(&self, end: usize) -> usize {
        let line = self.bytes.get(..end).unwrap_or_default();
        line.trim_ascii_end().len()
    }

    /// A brace directly within a brace, without a key, is the next item of the list around: the one before has no end.
    fn close_before_sibling(&mut self) {
        if let [.., (b'[', _), (b'{', place)] = *self.stack.as_slice() {
            self.tell(b'{', place, self.end_of_item, String::from("}"));
            self.stack.pop();
        }
    }

    /// Takes everything that is open for closed there.
    fn close(&mut self, end: usize) {
        let Some((open, at)) = self.stack.last().copied() else { return };
        // In a comment, what is put in would be lost: it goes to the next line.
        let mut closing = String::from("\n");
        closing.extend(self.stack.iter().rev().map(|(open, _)| char::from(closing_of(*open))));
        match self.found.last_mut().filter(|string| string.end == end) {
            // The end was swallowed by a string that is not closed.
            Some(string) => string.closing.push_str(&closing),
            None => self.tell(open, at, end, closing),
        }
        self.stack.clear();
        self.last = Last::LineStart;
    }

    fn tell(&mut self, open: u8, at: usize, end: usize, closing: String) {
        let message = match open {
            b'[' => "unclosed array, expected `]`",
            b'{' => "unclosed inline table, expected `}`",
            _ => "unclosed string",
        };
        self.found.push(Unclosed { open: (at, at.saturating_add(1)), message, end, closing });
    }

    fn closing(&mut self, byte: u8) {
        let (at, here) = (self.at, self.stack.pop());
        match here {
            Some((open, place)) if closing_of(open) != byte => {
                let outer = self.stack.last().is_some_and(|(outer, _)| closing_of(*outer) == byte);
                if outer {
                    // `{` within `[ … ]`: the brace ends here, and then the list.
                    self.tell(open, place, at, String::from(char::from(closing_of(open))));
                    self.stack.pop();
                } else {
                    self.stack.push((open, place));
                }
            }
            _ => {}
        }
        self.at = at.saturating_add(1);
        self.end_of_item = self.at;
        self.last = Last::Other;
    }

    fn quoted(&mut self, quote: u8) {
        let rest = self.rest();
        let many = rest.starts_with(&[quote, quote, quote]);
        let length = if many {
            toml_text::many_lines(rest, quote, quote == b'"')
        } else {
            toml_text::one_line(rest, quote, quote == b'"')
        };
        let text = rest.get(..length).unwrap_or_default();
        let quotes: usize = if many { 3 } else { 1 };
        let ends =
            length >= quotes.saturating_mul(2) && text.ends_with(rest.get(..quotes).unwrap_or_default());
        let (at, end) = (self.at, self.at.saturating_add(length));
        if !ends {
            self.tell(quote, at, self.end_of_content(end), String::from(char::from(quote)).repeat(quotes));
        }
        self.at = end;
        self.end_of_item = end;
        self.last = Last::Other;
    }
}

const fn closing_of(open: u8) -> u8 {
    match open {
        b'[' => b']',
        b'{' => b'}',
        other => other,
    }
}

fn is_word(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

/// Whether a line is a heading: `[name]` or `[[name]]`. In a list a bare word of letters is no value.
fn is_heading(line: &[u8]) -> bool {
    let line = line.split(|b| *b == b'#').next().unwrap_or_default().trim_ascii();
    let inner = line.strip_prefix(b"[").and_then(|line| line.strip_suffix(b"]"));
    let inner = inner.map(|line| line.strip_prefix(b"[").and_then(|l| l.strip_suffix(b"]")).unwrap_or(line));
    inner.is_some_and(|word| {
        is_word(word)
            && word.first().is_some_and(u8::is_ascii_alphabetic)
            && !matches!(word, b"true" | b"false" | b"inf" | b"nan")
    })
}

/// Whether a line begins with `key =`.
fn is_assignment(line: &[u8]) -> bool {
    let mut parts = line.splitn(2, |b| *b == b'=');
    parts.next().is_some_and(|key| is_word(key.trim_ascii())) && parts.next().is_some()
}
