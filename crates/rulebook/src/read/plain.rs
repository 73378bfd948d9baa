//! TOML as annexes are mostly written, read in one pass: bare keys, headings, texts on one line without escapes, numbers,
//! days, lists and inline tables.
//!
//! Whatever else a text holds, and whatever could be wrong with it, is left to [`super::toml_text`], which knows all of TOML
//! and tells of mistakes. INVARIANT: a tree from here is the tree that comes from there; tests hold the two together.

use super::tree::{Entry, Moment, Node, Span, Value};
use alloc::{borrow::Cow, vec::Vec};
use chrono::NaiveDate;

/// Brackets within one another.
const MAX_DEPTH: usize = 16;

/// Keys of one table: a new one is compared with all of them.
const MAX_KEYS: usize = 64;

/// Digits of a number; more are looked at with care elsewhere.
const MAX_DIGITS: usize = 18;

/// The tree of a text in plain notation; nothing if any of it may be something else.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    let mut reader = Reader { text, rest: text.as_bytes() };
    let root = reader.keys()?;
    let mut file = File { root, begin: reader.at() };
    while !reader.rest.is_empty() {
        let heading = reader.heading()?;
        let entries = reader.keys()?;
        file.place(&heading, entries)?;
    }
    Some(Node { value: Value::Table(file.root), span: (0, 0) })
}

/// `[a]`, `[[a]]`, `[a.b]` or `[[a.b]]`.
struct Heading<'a> {
    /// The table within which it stands: the last one of that heading.
    outer: Option<&'a str>,
    key: &'a str,
    key_span: Span,
    span: Span,
    is_item: bool,
}

/// What was read so far.
struct File<'a> {
    root: Vec<Entry<'a>>,
    /// Where the first heading stands: keys behind it are headings.
    begin: usize,
}

impl<'a> File<'a> {
    /// Puts a table where its heading says.
    fn place(&mut self, heading: &Heading<'a>, entries: Vec<Entry<'a>>) -> Option<()> {
        let parent = match heading.outer {
            None => &mut self.root,
            Some(outer) => self.headed(outer)?,
        };
        let table = Node { value: Value::Table(entries), span: heading.span };
        match parent.iter_mut().find(|entry| entry.key == heading.key) {
            Some(Entry { node: Node { value: Value::List(items), span }, .. })
                if heading.is_item && items.first().is_some_and(|first| first.span == *span) =>
            {
                // Only a list that headings make begins where its first item does.
                items.push(table);
            }
            Some(_) => return None,
            None => {
                let node = if heading.is_item {
                    Node { value: Value::List(Vec::from([table])), span: heading.span }
                } else {
                    table
                };
                new(parent, heading.key, heading.key_span, node)?;
            }
        }
        Some(())
    }

    /// The table under a heading, or the last one of several.
    fn headed(&mut self, key: &str) -> Option<&mut Vec<Entry<'a>>> {
        let begin = self.begin;
        let entry = self.root.iter_mut().find(|entry| entry.key == key && entry.key_span.0 >= begin)?;
        let node = match &mut entry.node.value {
            Value::List(items) => &mut items.last_mut()?.value,
            other => other,
        };
        match node {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }
}

/// A key that the table must not have yet.
fn new<'a>(entries: &mut Vec<Entry<'a>>, key: &'a str, key_span: Span, node: Node<'a>) -> Option<()> {
    if entries.len() >= MAX_KEYS || entries.iter().any(|entry| entry.key == key) {
        return None;
    }
    entries.push(Entry { key: Cow::Borrowed(key), key_span, node });
    Some(())
}

struct Reader<'a> {
    text: &'a str,
    /// What was not read yet.
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn at(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        if *first != byte {
            return None;
        }
        self.rest = rest;
        Some(())
    }

    /// So many bytes of the text from here, which are then read.
    fn piece(&mut self, bytes: usize) -> Option<&'a str> {
        let at = self.at();
        let piece = self.text.get(at..at.checked_add(bytes)?)?;
        self.skip(bytes);
        Some(piece)
    }

    fn blanks(&mut self) {
        while let [b' ' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// A comment if there is one, and the end of the line or of the text.
    fn end_of_line(&mut self) -> Option<()> {
        self.blanks();
        if let [b'#', ..] = self.rest {
            let end = self.rest.iter().position(|byte| is_control(*byte));
            self.skip(end.unwrap_or(self.rest.len()));
        }
        match self.rest {
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => self.rest = rest,
            [] => {}
            _ => return None,
        }
        Some(())
    }

    /// Blanks, comments and ends of lines.
    fn lines(&mut self) -> Option<()> {
        loop {
            self.blanks();
            match self.rest {
                [b'\n' | b'\r' | b'#', ..] => self.end_of_line()?,
                _ => return Some(()),
            }
        }
    }

    fn heading(&mut self) -> Option<Heading<'a>> {
        let start = self.at();
        self.take(b'[')?;
        let is_item = self.take(b'[').is_some();
        let (mut outer, (mut key, mut key_span)) = (None, self.key()?);
        if self.take(b'.').is_some() {
            outer = Some(key);
            (key, key_span) = self.key()?;
        }
        self.take(b']')?;
        if is_item {
            self.take(b']')?;
        }
        let span = (start, self.at());
        self.end_of_line()?;
        Some(Heading { outer, key, key_span, span, is_item })
    }

    /// Keys with their values up to the next heading or the end of the text.
    fn keys(&mut self) -> Option<Vec<Entry<'a>>> {
        let mut entries = Vec::new();
        loop {
            self.lines()?;
            if let [] | [b'[', ..] = self.rest {
                return Some(entries);
            }
            self.entry(&mut entries, 0)?;
            self.end_of_line()?;
        }
    }

    fn entry(&mut self, entries: &mut Vec<Entry<'a>>, depth: usize) -> Option<()> {
        let (key, key_span) = self.key()?;
        self.blanks();
        self.take(b'=')?;
        self.blanks();
        let node = self.value(depth)?;
        new(entries, key, key_span, node)
    }

    fn key(&mut self) -> Option<(&'a str, Span)> {
        let start = self.at();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = self.rest.iter().position(|byte| !is_part(byte))?;
        if length == 0 {
            return None;
        }
        Some((self.piece(length)?, (start, start.checked_add(length)?)))
    }

    fn value(&mut self, depth: usize) -> Option<Node<'a>> {
        let start = self.at();
        let value = match self.rest {
            [quote @ (b'"' | b'\''), ..] => self.quoted(*quote)?,
            [b'{', ..] => self.table(depth.checked_add(1)?)?,
            [b'[', ..] => self.list(depth.checked_add(1)?)?,
            _ => self.bare()?,
        };
        Some(Node { value, span: (start, self.at()) })
    }

    fn quoted(&mut self, quote: u8) -> Option<Value<'a>> {
        self.take(quote)?;
        let is_end = |byte: &u8| *byte == quote || is_control(*byte) || (*byte == b'\\' && quote == b'"');
        let length = self.rest.iter().position(is_end)?;
        let text = self.piece(length)?;
        self.take(quote)?;
        // Three quotes begin a text over many lines.
        if text.is_empty() && self.rest.first() == Some(&quote) {
            return None;
        }
        Some(Value::Text(Cow::Borrowed(text)))
    }

    fn table(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut entries = Vec::new();
        self.items(b'{', b'}', depth, |reader| reader.entry(&mut entries, depth))?;
        Some(Value::Table(entries))
    }

    fn list(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        self.items(b'[', b']', depth, |reader| {
            items.push(reader.value(depth)?);
            Some(())
        })?;
        Some(Value::List(items))
    }

    fn items(
        &mut self,
        open: u8,
        close: u8,
        depth: usize,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(open)?;
        self.lines()?;
        while self.take(close).is_none() {
            if depth > MAX_DEPTH {
                return None;
            }
            item(self)?;
            self.lines()?;
            if self.rest.first() != Some(&close) {
                self.take(b',')?;
                self.lines()?;
            }
        }
        Some(())
    }

    /// A number, a day, a time, `true` or `false`.
    fn bare(&mut self) -> Option<Value<'a>> {
        let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}' | b'#');
        let length = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
        let word = self.piece(length)?;
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number if is_number(number) => Value::Number(Cow::Borrowed(number)),
            day if is_day(day) => Value::Moment(Cow::Borrowed(day), Moment::Date),
            time if is_time(time) => Value::Moment(Cow::Borrowed(time), Moment::Time),
            _ => return None,
        };
        // A day, a blank and a time are one value.
        let is_followed = matches!(self.rest, [b' ', b'0'..=b'9', ..]);
        (!is_followed).then_some(value)
    }
}

/// Whether the byte is a control character; a tab may stand everywhere.
const fn is_control(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t') || byte == 0x7f
}

/// Digits without a needless 0 in front, with at most one point between digits.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.len() <= MAX_DIGITS
        && all_digits(whole)
        && all_digits(part)
        && (whole == "0" || !whole.starts_with('0'))
}

/// `2026-10-01`.
fn is_day(text: &str) -> bool {
    let is_shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    is_shaped && text.parse::<NaiveDate>().is_ok()
}

/// `08:30:00`.
fn is_time(text: &str) -> bool {
    let part = |most: &'static str| {
        move |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part <= most
    };
    let mut parts = text.split(':');
    let mut next = |most| parts.next().is_some_and(part(most));
    next("23") && next("59") && next("59") && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::toml_text;
    use proptest::prelude::*;
    use std::string::String;

    /// What is read here is read alike there, and without a fault.
    fn agrees(text: &str) -> bool {
        let Some(plain) = parse(text) else { return false };
        let (root, faults) = toml_text::parsed(text);
        assert_eq!(faults, [], "{text}");
        assert_eq!(plain, root, "{text}");
        true
    }

    #[test]
    fn what_is_plain_is_read_as_toml_reads_it() {
        for text in [
            "",
            "# remark\n\n  a = 1 # one\r\nb-c_2 = -0.50",
            "a = \"文 '\"\nb = '\"\\'\nc = \"\"\nd = ''",
            "a = [ 1, # one\n 2,\n]\nb = [[], [[]]]\nc = []",
            "a = { b = { c = 1 }, d = [{ e = true }], }\nf = {}\ng = {\n h = 1, # x\n}",
            "a = 2026-02-28\nb = 08:30:00\nc = 0000-01-01\nd = 23:59:59",
            "[a]\nb = 1\n[a.c]\n[d]\n[[a.e]]\nf = 1\n[[a.e]]\n[[a.e]]",
            "x = 1\n[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[a.b]\n[[a]]\n[[a.b]]\nc = 1",
            "[true]\n2026-01-01 = 1\n1 = 2",
        ] {
            assert!(agrees(text), "{text}");
        }
    }

    #[test]
    fn the_rulebooks_that_are_shipped_are_plain() {
        let mut files = 0;
        for folder in ["campus", "rulebooks"] {
            let folder = std::format!("{}/../../examples/{folder}", env!("CARGO_MANIFEST_DIR"));
            for file in std::fs::read_dir(&folder).unwrap() {
                let path = file.unwrap().path();
                if path.extension().is_some_and(|ending| ending == "toml") {
                    assert!(agrees(&std::fs::read_to_string(&path).unwrap()), "{}", path.display());
                    files += 1;
                }
            }
        }
        assert!(files >= 10, "{files}");
    }

    #[test]
    fn what_may_be_something_else_is_left_to_toml() {
        for text in [
            "a.b = 1",
            "\"a\" = 1",
            "[a.b]",
            "[[a.b.c]]",
            "[ a ]",
            "a = 1\na = 2",
            "a = { b = 1, b = 2 }",
            "[a]\n[a]",
            "[a]\n[[a]]",
            "[[a]]\n[a]",
            "a = []\n[[a]]",
            "a = [[1]]\n[[a]]",
            "a = {}\n[a.b]",
            "a = [{}]\n[a.b]",
            "[x]\na = [{}]\n[[x.a]]",
            "a = \"\\n\"",
            "a = \"\"\"x\"\"\"",
            "a = '''x'''",
            "a = \"x\ny\"",
            "a = \"\u{7f}\"",
            "a = 1 # \u{1}",
            "a = 1 \r",
            "\u{feff}a = 1",
            "a = 01",
            "a = +1",
            "a = 1_0",
            "a = 1e3",
            "a = .5",
            "a = 5.",
            "a = -",
            "a = inf",
            "a = 0x1",
            "a = 2026-02-29",
            "a = 2026-02-28 08:30:00",
            "a = 2026-02-28T08:30:00Z",
            "a = 08:30",
            "a = 24:00:00",
            "a = 1 b = 2",
            "a = [1 2]",
            "a = [,]",
            "a = {b = 1",
            "a = [1",
            "a =",
            "a",
            "[a",
            "[a]]",
            "[a] x",
            "= 1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        let deep = std::format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&deep), None);
    }

    proptest! {
        #[test]
        fn pieces_in_any_order_are_read_as_toml_reads_them(
            pieces in proptest::collection::vec(0..PIECES.len(), 0..24),
        ) {
            let text: String = pieces.iter().filter_map(|piece| PIECES.get(*piece)).copied().collect();
            agrees(&text);
        }

        #[test]
        fn lines_in_any_order_are_read_as_toml_reads_them(lines in proptest::collection::vec(0..LINES.len(), 0..12)) {
            let text: String = lines.iter().filter_map(|line| LINES.get(*line)).copied().collect();
            agrees(&text);
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "b",
        "a = ",
        "\nb = ",
        "=",
        "1",
        "-0",
        "0.5",
        "2026-10-01",
        "08:30:00",
        "true",
        "\"x\"",
        "'y'",
        "\"",
        "'",
        "\\",
        "[",
        "]",
        "{",
        "}",
        "[[",
        "]]",
        ",",
        ".",
        "#",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "文",
        "\u{7f}",
        "\n[a]\n",
        "\n[[b]]\n",
    ];

    const LINES: &[&str] = &[
        "[a]\n",
        "[[a]]\n",
        "[b]\n",
        "[[b]]\n",
        "[a.b]\n",
        "[[a.b]]\n",
        "[[a.c]]\n",
        "[b.a]\n",
        "[[b.a]]\n",
        "a = 1\n",
        "b = { a = 1 }\n",
        "b = [{ a = 1 }]\n",
        "c = [[1]]\n",
        "b = []\n",
        "c = 1\n",
        "# c\n",
    ];
}
