//! JSON text (RFC 8259) to a tree with places.
//!
//! Written by hand because a rulebook's numbers must stay the digits that are written, because every mistake needs its
//! line, and because a key that stands twice is a mistake here. Tests hold it against `serde_json`.

use super::tree::{Entry, MAX_DEPTH, Node, Value};
use super::{Fault, FaultKind};
use alloc::{borrow::Cow, collections::BTreeSet, string::String, vec::Vec};
use ducha_core::Label;

pub(super) fn parse(text: &str) -> Result<Node<'_>, Vec<Fault>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { text, at: start, faults: Vec::new() };
    let root = reader.document();
    match root {
        Ok(root) if reader.faults.is_empty() => Ok(root),
        Ok(_) => Err(reader.faults),
        Err(stop) => {
            reader.faults.push(stop);
            Err(reader.faults)
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// What is wrong but does not stop the reading.
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node<'a>, Fault> {
        let root = self.value(0)?;
        self.skip_blanks();
        if self.peek().is_some() {
            return Err(self.fault("结束之后还有内容", "unexpected text after the end"));
        }
        Ok(root)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    fn fault(&self, zh: &str, en: &str) -> Fault {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let width = rest.chars().next().map_or(0, char::len_utf8);
        Fault {
            span: (self.at, self.at.saturating_add(width)),
            kind: FaultKind::Notation(Label::new(zh, en)),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'a>, Fault> {
        self.skip_blanks();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                return Err(Fault { span: (start, start.saturating_add(1)), kind: FaultKind::TooDeep });
            }
            Some(b'{') => self.table(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(Cow::Owned(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => return Err(self.fault("应为一个值", "expected a value")),
            None => return Err(self.fault("文件过早结束", "the text ends too early")),
        };
        Ok(Node { value, span: (start, self.at) })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Fault> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.fault("应为一个值", "expected a value"));
        }
        self.at = self.at.saturating_add(word.len());
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        self.step();
        let mut items = Vec::new();
        self.skip_blanks();
        if self.peek() == Some(b']') {
            self.step();
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth.saturating_add(1))?);
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b']') => {
                    self.step();
                    return Ok(Value::List(items));
                }
                _ => return Err(self.fault("应为 `,` 或 `]`", "expected `,` or `]`")),
            }
        }
    }

    fn table(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        self.step();
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut known = BTreeSet::new();
        self.skip_blanks();
        if self.peek() == Some(b'}') {
            self.step();
            return Ok(Value::Table(entries));
        }
        loop {
            self.skip_blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.fault("应为引号内的键", "expected a key in quotation marks"));
            }
            let key = self.string()?;
            let key_span = (start, self.at);
            self.skip_blanks();
            if self.peek() != Some(b':') {
                return Err(self.fault("应为 `:`", "expected `:`"));
            }
            self.step();
            let node = self.value(depth.saturating_add(1))?;
            if known.insert(key.clone()) {
                entries.push(Entry { key: Cow::Owned(key), key_span, node });
            } else {
                self.faults.push(Fault { span: key_span, kind: FaultKind::DuplicateKey });
            }
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b'}') => {
                    self.step();
                    return Ok(Value::Table(entries));
                }
                _ => return Err(self.fault("应为 `,` 或 `}`", "expected `,` or `}`")),
            }
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.fault("应为数字", "expected a digit"));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value<'a>, Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.step();
        }
        if self.peek() == Some(b'0') {
            self.step();
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.step();
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.step();
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.step();
            }
            self.digits()?;
        }
        Ok(Value::Number(Cow::Borrowed(self.text.get(start..self.at).unwrap_or_default())))
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.step();
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(next) = rest.chars().next() else {
                return Err(self.fault("文件在引号内结束", "the text ends within a string"));
            };
            match next {
                '"' => {
                    self.step();
                    return Ok(out);
                }
                '\\' => out.push(self.escape()?),
                c if u32::from(c) < 0x20 => {
                    return Err(self.fault(
                        "引号内有控制字符，须写作转义",
                        "a control character within a string; write it as an escape",
                    ));
                }
                c => {
                    self.at = self.at.saturating_add(c.len_utf8());
                    out.push(c);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        self.step();
        let Some(byte) = self.peek() else {
            return Err(self.fault("文件在引号内结束", "the text ends within a string"));
        };
        let plain = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.step();
                return self.code_point();
            }
            _ => return Err(self.fault("没有这种转义", "no such escape")),
        };
        self.step();
        Ok(plain)
    }

    fn code_point(&mut self) -> Result<char, Fault> {
        let first = self.hex4()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        // A surrogate: the second half must follow.
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
            return Err(self.fault("代理对不完整", "half of a surrogate pair"));
        }
        self.at = self.at.saturating_add(2);
        let second = self.hex4()?;
        let Ok(first) = u16::try_from(first) else {
            return Err(self.fault("没有这个字符", "no such character"));
        };
        let Ok(second) = u16::try_from(second) else {
            return Err(self.fault("没有这个字符", "no such character"));
        };
        match char::decode_utf16([first, second]).next() {
            Some(Ok(c)) if u32::from(c) > 0xffff => Ok(c),
            _ => Err(self.fault("代理对不完整", "half of a surrogate pair")),
        }
    }

    fn hex4(&mut self) -> Result<u32, Fault> {
        let end = self.at.saturating_add(4);
        let digits = self.text.get(self.at..end).filter(|t| t.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.fault("应为四位十六进制数字", "expected four hexadecimal digits"));
        };
        self.at = end;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;
    use proptest::prelude::*;
    use serde_json::Value as Json;

    fn plain(node: &Node<'_>) -> Json {
        match &node.value {
            Value::Text(text) => Json::String(text.to_string()),
            Value::Number(text) => serde_json::from_str(text).unwrap(),
            Value::Bool(value) => Json::Bool(*value),
            Value::Moment(..) | Value::Null => Json::Null,
            Value::List(items) => Json::Array(items.iter().map(plain).collect()),
            Value::Table(entries) => Json::Object(
                entries.iter().map(|entry| (entry.key.to_string(), plain(&entry.node))).collect(),
            ),
        }
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            any::<i64>().prop_map(Json::from),
            any::<String>().prop_map(Json::String),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Json::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_alike(value in json()) {
            let text = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(plain(&parse(&text).unwrap()), value);
        }

        #[test]
        fn what_serde_json_refuses_is_refused_and_the_reverse(text in r#"[\[\]{},:"\\ua0-9e.+truefalsn \-]{0,24}"#) {
            let theirs: Result<Json, _> = serde_json::from_str(&text);
            let ours = parse(&text);
            let twice = ours.as_ref().is_err_and(|f| f.iter().all(|f| matches!(f.kind, FaultKind::DuplicateKey)));
            // A number beyond the range of a float is one here, and a key that stands twice is none.
            let huge = theirs.as_ref().is_err_and(|e| std::string::ToString::to_string(e).contains("out of range"));
            prop_assert!(ours.is_ok() == theirs.is_ok() || twice || huge, "{text}: {ours:?} {theirs:?}");
        }
    }

    #[test]
    fn brackets_without_end_do_not_overflow_the_stack() {
        assert!(parse(&"[".repeat(200_000)).is_err());
        assert!(parse(&"{\"a\":".repeat(200_000)).is_err());
    }

    #[test]
    fn a_key_that_stands_twice_is_a_fault_at_the_second() {
        let faults = parse("{\"a\":1,\"a\":2}").unwrap_err();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].span, (7, 10));
    }
}
