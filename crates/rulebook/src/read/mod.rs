//! From the text of a file to an [`Annex`], or to everything that is wrong with the text.
//!
//! Syntax first (all errors of notation at once), then the keys, kinds and words by the key table, then ids and references.
//! What the rules *mean* is left to [`crate::check`].

mod accept;
mod data;
mod full_width;
mod json_text;
mod line;
mod nearest;
mod places;
mod reference;
mod say;
mod syntax;
mod toml_text;
mod tree;
mod unclosed;
mod way;

pub(crate) use accept::notation;
pub(crate) use data::{Data, Name};
pub use line::LineIndex;
pub(crate) use places::Places;
#[cfg(test)]
pub(crate) use tree::Value;
pub(crate) use tree::{Node, Span};

use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::doubt::{Doubt, Links, Unread};
use crate::key::Keyed;
use crate::{Annex, key::Kind};
use accept::Quoting;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use ducha_core::{Label, message::Arg, message::Args};

/// The largest text that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// So many faults of notation are told; what comes after them is mostly their echo.
const MAX_FAULTS: usize = 100;

/// So many mistakes in keys, words and references are told.
const MAX_TOLD: usize = 1000;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// TOML 1.1.
    Toml,
    /// JSON (RFC 8259).
    Json,
}

/// The text of a rulebook file and the name under which people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name, as it shall be shown.
    pub name: String,
    /// The file's text.
    pub text: String,
    /// How it is written.
    pub format: Format,
}

impl Source {
    /// A text whose name tells how it is written: JSON if it ends in `.json`, TOML otherwise.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let json = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"));
        Self { name, text: text.into(), format: if json { Format::Json } else { Format::Toml } }
    }
}

/// Something wrong with the notation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    span: Span,
    kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FaultKind {
    Notation(Label),
    DuplicateKey,
    TooDeep,
}

/// A text that was read: the annex, the same as canonical data, and the tree that knows the places.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    pub(crate) annex: Annex,
    pub(crate) data: Data<'t>,
    pub(crate) tree: Node<'t>,
    /// What is wrong with keys, kinds, words and ids. What is faulty is left out of the annex or has a stand-in there.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What that leaves open.
    pub(crate) doubt: Doubt,
}

/// Reads the text, or tells what is wrong with it where nothing of it can be checked.
pub(crate) fn read(source: &Source) -> Result<Reading<'_>, Vec<Diagnostic>> {
    let (tree, mut diagnostics) = parse(source);
    let Some(tree) = tree else { return Err(diagnostics) };
    let Accepted { data, diagnostics: told, doubt } = accept_tree(&tree, &Annex::KIND, source.format);
    if diagnostics.is_empty() {
        diagnostics = told;
    } else if !told.is_empty() {
        let lines = LineIndex::new(&source.text);
        let line = |d: &Diagnostic| d.place.span.map(|(start, _)| lines.line_column(&source.text, start).0);
        // Where the notation is faulty, the value is a guess.
        let guessed: Vec<_> = diagnostics.iter().map(line).collect();
        diagnostics.extend(told.into_iter().filter(|told| !guessed.contains(&line(told))));
    }
    let Some(data) = data else { return Err(diagnostics) };
    match data.lower() {
        Ok(annex) => Ok(Reading { annex, data, tree, diagnostics, doubt }),
        Err(_) if !diagnostics.is_empty() => Err(diagnostics),
        Err(error) => {
            let args = Args::none().with("detail", error.to_string());
            Err(alloc::vec![Diagnostic::new(Code::NotLowered, Pointer::root(), args)])
        }
    }
}

/// The text as a tree, unless its notation leaves open what it is; and all faults of its notation.
pub(crate) fn parse(source: &Source) -> (Option<Node<'_>>, Vec<Diagnostic>) {
    if source.text.len() > MAX_BYTES {
        let args = Args::none().with("bytes", source.text.len()).with("most", MAX_BYTES);
        return (None, alloc::vec![Diagnostic::new(Code::TooLarge, Pointer::root(), args)]);
    }
    let (format, (tree, faults)) = match source.format {
        Format::Toml => ("TOML", toml_text::parse(&source.text)),
        Format::Json => match json_text::parse(&source.text) {
            Ok(tree) => ("JSON", (Some(tree), Vec::new())),
            Err(faults) => ("JSON", (None, faults)),
        },
    };
    (tree, faults.into_iter().take(MAX_FAULTS).map(|fault| told(fault, format)).collect())
}

fn told(fault: Fault, format: &str) -> Diagnostic {
    let (code, args) = match fault.kind {
        FaultKind::Notation(detail) => {
            (Code::Syntax, Args::none().with("format", format).with("detail", Arg::Label(detail)))
        }
        FaultKind::DuplicateKey => (Code::DuplicateKey, Args::none()),
        FaultKind::TooDeep => (Code::TooDeep, Args::none()),
    };
    let mut diagnostic = Diagnostic::new(code, Pointer::root(), args);
    diagnostic.place.span = Some(fault.span);
    diagnostic
}

/// What a walk by the key table yields.
pub(crate) struct Accepted<'t> {
    /// Canonical data; what is faulty is left out or has a stand-in.
    pub(crate) data: Option<Data<'t>>,
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What that leaves open.
    pub(crate) doubt: Doubt,
}

/// Walks a tree by the key table.
pub(crate) fn accept_tree<'t>(tree: &Node<'t>, kind: &Kind, format: Format) -> Accepted<'t> {
    let quoting = match format {
        Format::Toml => Quoting::Bare,
        Format::Json => Quoting::Quoted,
    };
    let accepted = accept::accept(tree, kind, quoting);
    let wrong_ids = accepted.ids.check();
    let mut unread = accepted.unread;
    unread.extend(wrong_ids.iter().map(|id| Unread { at: id.place.pointer.clone(), is_silent: false }));
    // Without anything unread nothing rests on it, whatever names what.
    let links = if unread.is_empty() { Links::default() } else { accepted.ids.links() };
    if !unread.is_empty() && !accepted.data.as_ref().is_some_and(asks_aspect) {
        // Where no scope asks for an aspect, nothing rests on one.
        unread.retain(|unread| !is_aspect(&unread.at));
    }
    let doubt = Doubt::new(unread, links);
    let mut diagnostics = accepted.diagnostics;
    diagnostics.extend(wrong_ids);
    Accepted { data: accepted.data, diagnostics, doubt }
}

/// Whether a scope of the file takes in clauses by their aspect.
fn asks_aspect(data: &Data<'_>) -> bool {
    let Data::Table(tables) = data else { return false };
    let items = tables.iter().flat_map(|(_, table)| table.items());
    items.filter_map(|item| item.get("scope")).any(|scope| scope.get("aspects").is_some())
}

fn is_aspect(at: &Pointer) -> bool {
    at.segments().next().is_some_and(|table| table == "clause")
        && at.segments().nth(2).is_some_and(|key| key == "aspect")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Fill, annexes, json, source};
    use alloc::format;

    use serde_json::Value as Json;

    /// What a value tells, without what tells nothing.
    fn told(data: &Json) -> Json {
        let empty = |value: &Json| match value {
            Json::Null => true,
            Json::Bool(value) => !value,
            Json::Array(items) => items.is_empty(),
            Json::Object(map) => map.is_empty(),
            _ => false,
        };
        match data {
            Json::Array(items) => Json::Array(items.iter().map(told).collect()),
            Json::Object(map) => Json::Object(
                map.iter()
                    .map(|(key, value)| (key.clone(), told(value)))
                    .filter(|(_, value)| !empty(value))
                    .collect(),
            ),
            plain => plain.clone(),
        }
    }

    fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
        let line = |d: &Diagnostic| format!("{} {}", d.place.pointer, d.message(ducha_core::Lang::En));
        diagnostics.iter().map(line).collect()
    }

    #[test]
    fn what_is_accepted_becomes_an_annex_and_no_key_or_word_is_lost() {
        for fill in [Fill::Full, Fill::Least] {
            for annex in annexes(fill) {
                let source = source(&annex);
                let reading = read(&source).map_err(|wrong| messages(&wrong));
                let reading = reading.unwrap_or_else(|wrong| panic!("{fill:?}: {wrong:#?}"));
                let again = serde_json::to_value(&reading.annex).unwrap();
                assert_eq!(told(&again), told(&json(&reading.data)), "{fill:?}");
            }
        }
    }
}
