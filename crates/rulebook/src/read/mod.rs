//! From the text of a file to an [`Annex`], or to everything that is wrong with the text.
//!
//! Syntax first (all errors of notation at once), then the keys, kinds and words by the key table, then ids and references.
//! What the rules *mean* is left to [`crate::check`].

mod accept;
mod json_text;
mod line;
mod nearest;
mod reference;
mod say;
mod syntax;
mod toml_text;
mod tree;

pub(crate) use accept::notation;
pub use line::LineIndex;
#[cfg(test)]
pub(crate) use tree::Value;
pub(crate) use tree::{Node, Span};

use crate::diagnostic::{Code, Diagnostic, Pointer};
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
pub(crate) struct Reading {
    pub(crate) annex: Annex,
    pub(crate) data: serde_json::Value,
    pub(crate) tree: Node,
    /// Keys and ids that are unknown, ids that stand twice: what else is wrong can be told beside them.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the text, or tells everything that is wrong with it short of its meaning.
pub(crate) fn read(source: &Source) -> Result<Reading, Vec<Diagnostic>> {
    let tree = parse(source)?;
    let (data, mut diagnostics) = accept_tree(&tree, &Annex::KIND, source.format);
    let Some(data) = data else { return Err(diagnostics) };
    match serde_json::from_value(data.clone()) {
        Ok(annex) => Ok(Reading { annex, data, tree, diagnostics }),
        Err(_) if !diagnostics.is_empty() => Err(diagnostics),
        Err(error) => {
            let args = Args::none().with("detail", error.to_string());
            diagnostics.push(Diagnostic::new(Code::NotLowered, Pointer::root(), args));
            Err(diagnostics)
        }
    }
}

/// The text as a tree, or all faults of its notation.
pub(crate) fn parse(source: &Source) -> Result<Node, Vec<Diagnostic>> {
    if source.text.len() > MAX_BYTES {
        let args = Args::none().with("bytes", source.text.len()).with("most", MAX_BYTES);
        return Err(alloc::vec![Diagnostic::new(Code::TooLarge, Pointer::root(), args)]);
    }
    let (format, tree) = match source.format {
        Format::Toml => ("TOML", toml_text::parse(&source.text)),
        Format::Json => ("JSON", json_text::parse(&source.text)),
    };
    tree.map_err(|faults| faults.into_iter().take(MAX_FAULTS).map(|fault| told(fault, format)).collect())
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

/// Walks a tree by the key table: the canonical data if nothing is wrong, and what is wrong.
pub(crate) fn accept_tree(
    tree: &Node,
    kind: &Kind,
    format: Format,
) -> (Option<serde_json::Value>, Vec<Diagnostic>) {
    let quoting = match format {
        Format::Toml => Quoting::Bare,
        Format::Json => Quoting::Quoted,
    };
    let accepted = accept::accept(tree, kind, quoting);
    let mut diagnostics = accepted.diagnostics;
    diagnostics.extend(accepted.ids.check());
    (accepted.data, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Fill, annexes, source};
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
                let reading = read(&source(&annex)).map_err(|wrong| messages(&wrong));
                let reading = reading.unwrap_or_else(|wrong| panic!("{fill:?}: {wrong:#?}"));
                let again = serde_json::to_value(&reading.annex).unwrap();
                assert_eq!(told(&again), told(&reading.data), "{fill:?}");
            }
        }
    }
}
