//! What is wrong with a rulebook, as neutral data: a stable code, places, arguments, the article, an edit that mends it.
//!
//! Nothing here renders: the command draws the source line, an editor underlines it, a front end shows the JSON.

mod code;

pub use code::{Code, CodeText};

use alloc::{string::String, vec::Vec};
use core::{fmt, ops::Range};
use ducha_core::{Article, Label, Lang, message::Args};
use serde::{Deserialize, Serialize};

/// A place in a rulebook as a JSON Pointer (RFC 6901), such as `/ladder/2/tier/0/at_least`.
///
/// It means the same in TOML and JSON; the reader finds the bytes of the text from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The whole file.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// The value behind a key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut text = self.longer(key.len());
        if key.contains(['~', '/']) {
            text.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(key);
        }
        Self(text)
    }

    /// The pointer's text with a stroke behind it, and room for so much more.
    fn longer(&self, more: usize) -> String {
        let mut text = String::with_capacity(self.0.len().saturating_add(more).saturating_add(1));
        text.push_str(&self.0);
        text.push('/');
        text
    }

    /// The item of a list, counted from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        const DIGITS: usize = 4;
        let mut text = self.longer(DIGITS);
        push_number(&mut text, index);
        Self(text)
    }

    /// The pointer's text; empty for the whole file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The keys and list positions on the way, from the outside in.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// What encloses it; nothing for the whole file.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }
}

/// Pointers are made for each item that is checked: without the machinery of formats.
fn push_number(text: &mut String, number: usize) {
    let (rest, digit) = (number.checked_div(10).unwrap_or(0), number.checked_rem(10).unwrap_or(0));
    if rest > 0 {
        push_number(text, rest);
    }
    text.extend(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)));
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place: always a pointer; in TOML also the bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// Which of the sources that were read together, counted from 0.
    pub source: usize,
    /// Where in the data.
    pub pointer: Pointer,
    /// Where in the text, in bytes, once it is known.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// The place of a pointer before its text is known.
    #[must_use]
    pub const fn at(pointer: Pointer) -> Self {
        Self { source: 0, pointer, span: None }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        self.span.map(|(start, end)| start..end)
    }
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rulebook cannot be used.
    Error,
    /// It can be used, but something looks wrong, or is wrong and accepted.
    Warning,
}

/// A second place that belongs to a diagnostic, with what it has to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What it is.
    pub what: Label,
}

/// An edit that would mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; an insertion where its span is empty.
    pub place: Place,
    /// What stands there then.
    pub replacement: String,
}

/// One mistake in a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// The facts that the message names.
    pub args: Args,
    /// Other places that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// The article that it touches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
    /// An edit that would mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// Why the real rules keep the defect, if they do (`[[accepted_defect]]`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Label>,
}

impl Diagnostic {
    /// A diagnostic at a place, as grave as its code says.
    #[must_use]
    pub fn new(code: Code, at: Pointer, args: Args) -> Self {
        Self {
            code,
            severity: code.text().severity,
            place: Place::at(at),
            args,
            related: Vec::new(),
            article: None,
            edit: None,
            accepted: None,
        }
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn related(mut self, at: Pointer, what: Label) -> Self {
        self.related.push(Related { place: Place::at(at), what });
        self
    }

    /// With the article that it touches.
    #[must_use]
    pub fn article(mut self, number: u8) -> Self {
        self.article = Article::new(number);
        self
    }

    /// With an edit: the value (or key) at the pointer is replaced.
    #[must_use]
    pub fn edit(mut self, at: Pointer, replacement: impl Into<String>) -> Self {
        self.edit = Some(Edit { place: Place::at(at), replacement: replacement.into() });
        self
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.args.fill(self.code.text().message(lang), lang)
    }

    /// How to mend it, for people.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        self.args.fill(self.code.text().help(lang), lang)
    }
}
