//! Acceptance: the tree is walked by the key table, and everything that does not belong there is told at once.
//!
//! What is accepted comes out as canonical data (exact decimals as texts, days and limits in one notation), from which
//! the [`crate::Annex`] is built and the digest of meaning is taken. What is faulty is left out where its key may be absent,
//! and has a stand-in where it may not, so that the rest can be checked; [`Unread`] tell where that is so.

mod scalar;
mod stand_in;
mod unanswered;

pub(crate) use scalar::notation;

use super::MAX_TOLD;
use super::data::{Data, Name};
use super::nearest::nearest;
use super::reference::Ids;
use super::say;
use super::tree::{Entry, Node, Span, Value};
use super::way::Way;
use crate::diagnostic::{Code, Diagnostic, Edit, Place};
use crate::doubt::{ANY_KEY, Unread};
use crate::key::{Key, Kind, Table, Tagged, Word, has_effect};
use alloc::{borrow::Cow, format, string::String, string::ToString, vec::Vec};
use ducha_core::{Label, message::Arg, message::Args};

/// How the file is written, for edits of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Keys stand bare, as in TOML.
    Bare,
    /// Keys stand in quotation marks, as in JSON.
    Quoted,
}

/// What acceptance found.
pub(super) struct Accepted<'t> {
    /// The canonical data, with stand-ins for what is faulty; nothing if there is no table at all.
    pub(super) data: Option<Data<'t>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where something was left out or has a stand-in.
    pub(super) unread: Vec<Unread>,
    pub(super) ids: Ids<'t>,
}

pub(super) fn accept<'t>(root: &Node<'t>, kind: &Kind, quoting: Quoting) -> Accepted<'t> {
    let mut walk = Walk { quoting, diagnostics: Vec::new(), unread: Vec::new(), ids: Ids::default() };
    let data = walk.value(Here { node: root, at: &Way::root(), owner: ("", "") }, kind);
    Accepted { data, diagnostics: walk.diagnostics, unread: walk.unread, ids: walk.ids }
}

/// A value on the way, with its place and the table and key behind which it stands.
#[derive(Clone, Copy)]
struct Here<'w, 't> {
    node: &'w Node<'t>,
    at: &'w Way<'w, 't>,
    owner: (&'static str, &'static str),
}

struct Walk<'t> {
    quoting: Quoting,
    diagnostics: Vec<Diagnostic>,
    unread: Vec<Unread>,
    ids: Ids<'t>,
}

impl<'t> Walk<'t> {
    fn leave_out(&mut self, at: &Way<'_, 't>) {
        self.unread.push(Unread { at: at.pointer(), is_silent: at.any_rule(is_silent) });
    }

    /// The value, or nothing which is then left out; ids within what is not read stay known.
    fn read(&mut self, here: Here<'_, 't>, kind: &Kind) -> Option<Data<'t>> {
        let value = self.value(here, kind);
        if value.is_none() {
            self.unread(here, kind);
        }
        value
    }

    fn unread(&mut self, here: Here<'_, 't>, kind: &Kind) {
        self.leave_out(here.at);
        self.ids.unread(here.node);
        let is_id = here.owner.1 == "id";
        if is_id || !matches!(here.node.value, Value::List(_) | Value::Table(_)) {
            self.ids.lacking(here.owner.1, kind);
        }
    }

    fn tell(&mut self, code: Code, at: &Way<'_, 't>, span: Span, args: Args) -> Option<&mut Diagnostic> {
        if self.diagnostics.len() >= MAX_TOLD {
            return None;
        }
        let mut diagnostic = Diagnostic::new(code, at.pointer(), args);
        diagnostic.place.span = Some(span);
        self.diagnostics.push(diagnostic);
        self.diagnostics.last_mut()
    }

    fn tell_with_edit(
        &mut self,
        code: Code,
        at: &Way<'_, 't>,
        span: Span,
        args: Args,
        replacement: Option<String>,
    ) {
        if let Some(diagnostic) = self.tell(code, at, span, args) {
            diagnostic.edit = replacement.map(|replacement| Edit {
                place: Place { source: 0, pointer: at.pointer(), span: Some(span) },
                replacement,
            });
        }
    }

    fn wrong_kind(&mut self, here: Here<'_, 't>, kind: &Kind) {
        let (expected, hint) = say::expected(kind, here.owner.1);
        let args = Args::none()
            .with("expected", Arg::Label(expected))
            .with("found", Arg::Label(say::found(&here.node.value)))
            .with("hint", Arg::Label(hint));
        let quoted = match (&here.node.value, kind) {
            (Value::Number(text), Kind::Id(_) | Kind::Text) => Some(format!("\"{text}\"")),
            (Value::Text(text), Kind::Bool) if text == "true" || text == "false" => Some(text.to_string()),
            _ => None,
        };
        self.tell_with_edit(Code::WrongKind, here.at, here.node.span, args, quoted);
    }

    fn value(&mut self, here: Here<'_, 't>, kind: &Kind) -> Option<Data<'t>> {
        match (kind, &here.node.value) {
            (Kind::List(inner), Value::List(items)) => self.list(here, items, inner),
            (Kind::Map(inner), Value::Table(entries)) => self.map(here, entries, inner),
            (Kind::Table(table), Value::Table(entries)) => self.table(here, entries, table, None),
            (Kind::Tagged(tagged), Value::Table(entries)) => self.tagged(here, entries, tagged),
            (Kind::WordOrTable(words, _), Value::Text(text)) => self.word(here, text, words),
            (Kind::WordOrTable(_, tables), Value::Table(entries)) => match meant_table(tables, entries) {
                Some(table) => self.table(here, entries, table, None),
                None => {
                    self.wrong_kind(here, kind);
                    None
                }
            },
            _ => self.scalar(here, kind),
        }
    }

    fn list(&mut self, here: Here<'_, 't>, items: &[Node<'t>], inner: &Kind) -> Option<Data<'t>> {
        let mut out = Vec::with_capacity(items.len());
        for (index, node) in items.iter().enumerate() {
            let value = self.read(Here { node, at: &here.at.item(index), owner: here.owner }, inner);
            // Items keep their positions, so that places stay true.
            out.push(value.unwrap_or_else(|| stand_in::of(inner)));
        }
        Some(Data::List(out))
    }

    fn map(&mut self, here: Here<'_, 't>, entries: &[Entry<'t>], inner: &Kind) -> Option<Data<'t>> {
        let mut out = Vec::with_capacity(entries.len());
        for entry in entries {
            let at = here.at.key(entry.key.clone());
            let known = self.key_id(&at, entry);
            let value = self.read(Here { node: &entry.node, at: &at, owner: here.owner }, inner);
            if let Some(value) = value.filter(|_| known) {
                out.push((Name::Free(entry.key.clone()), value));
            }
        }
        Some(Data::Table(out))
    }

    fn tagged(
        &mut self,
        here: Here<'_, 't>,
        entries: &[Entry<'t>],
        tagged: &'static Tagged,
    ) -> Option<Data<'t>> {
        let names = || tagged.variants.iter().map(|table| table.name).collect::<Vec<&str>>();
        let Some(tag) = entries.iter().find(|entry| entry.key == tagged.tag) else {
            let words = say::join(names());
            let doc = Label::new(format!("可选：{words}"), format!("choose from {words}"));
            self.missing(here, tagged.tag, Arg::Label(doc));
            return None;
        };
        let at = here.at.key(Cow::Borrowed(tagged.tag));
        let tag_here = Here { node: &tag.node, at: &at, owner: (tagged.name, tagged.tag) };
        let Some(name) = tag.node.text() else {
            self.wrong_kind(tag_here, &Kind::Choice(&[]));
            return None;
        };
        match tagged.variants.iter().find(|table| table.name == name) {
            Some(table) => self.table(here, entries, table, Some(tagged.tag)),
            None => {
                self.unknown_word(tag_here, name, &names());
                None
            }
        }
    }

    fn table(
        &mut self,
        here: Here<'_, 't>,
        entries: &[Entry<'t>],
        table: &'static Table,
        tag: Option<&'static str>,
    ) -> Option<Data<'t>> {
        let mut out = Vec::with_capacity(entries.len());
        let mut meant = Vec::new();
        // Most files have their keys in the order of the key table: the next one is looked for behind the last.
        let mut next = 0_usize;
        for entry in entries {
            if let Some((index, key)) = known(table, next, &entry.key) {
                next = index.saturating_add(1);
                let at = here.at.known(table, key);
                let inside = Here { node: &entry.node, at: &at, owner: (table.name, key.name) };
                out.extend(self.key(inside, table, key).map(|value| (Name::Known(key), value)));
            } else if let Some(tag) = tag.filter(|tag| *tag == entry.key) {
                if let Value::Text(word) = &entry.node.value {
                    out.push((Name::Free(Cow::Borrowed(tag)), Data::Text(word.clone())));
                }
            } else {
                let free = |name: &&'static str| !entries.iter().any(|entry| entry.key == *name);
                let free: Vec<&'static str> =
                    table.keys.iter().map(|key| key.name).chain(tag).filter(free).collect();
                let at = here.at.key(entry.key.clone());
                let key = self.unknown_key(here, &at, entry, &free);
                self.leave_out(&here.at.key(Cow::Borrowed(key.unwrap_or(ANY_KEY))));
                self.ids.unread(&entry.node);
                meant.extend(key);
            }
        }
        for key in table.keys.iter().filter(|key| key.required) {
            if out.iter().any(|(name, _)| name.text() == key.name) {
                continue;
            }
            out.push((Name::Known(key), stand_in::behind(key)));
            if !entries.iter().any(|entry| entry.key == key.name) {
                self.lacks(here, table, key, meant.contains(&key.name));
            }
        }
        Some(Data::Table(out))
    }

    /// The value behind a key of a table.
    fn key(&mut self, inside: Here<'_, 't>, table: &Table, key: &Key) -> Option<Data<'t>> {
        if self.lacks_items(inside, table, key) {
            self.unread(inside, &key.kind);
            return None;
        }
        self.read(inside, &key.kind)
    }

    /// Tells of a key that must be given and is not, unless a slip of it was told.
    fn lacks(&mut self, here: Here<'_, 't>, table: &'static Table, key: &'static Key, is_told: bool) {
        self.leave_out(&here.at.known(table, key));
        self.ids.lacking(key.name, &key.kind);
        if is_told {
            return;
        }
        match unanswered::code(table.name, key.name) {
            Some(code) => {
                let args = Args::none().with("table", Arg::Label(say::table(&here.at.pointer())));
                self.tell(code, here.at, here.node.span, args);
            }
            None => self.missing(here, key.name, Arg::Label(say::doc(key, &key.kind))),
        }
    }

    fn missing(&mut self, here: Here<'_, 't>, key: &str, doc: Arg) {
        let args = Args::none()
            .with("table", Arg::Label(say::table(&here.at.pointer())))
            .with("key", key)
            .with("doc", doc);
        self.tell(Code::MissingKey, here.at, here.node.span, args);
    }

    /// Whether a list that must have items has none.
    fn lacks_items(&mut self, here: Here<'_, 't>, table: &Table, key: &Key) -> bool {
        let empty = matches!(&here.node.value, Value::List(items) if items.is_empty());
        let lacks = empty && key.needs_items(table);
        if lacks {
            let item = if let Kind::List(inner) = &key.kind { inner } else { &key.kind };
            let args = Args::none().with("key", key.name).with("doc", Arg::Label(say::doc(key, item)));
            self.tell(Code::EmptyList, here.at, here.node.span, args);
        }
        lacks
    }

    /// Tells of an unknown key, and yields which of the keys that are not given was probably meant.
    fn unknown_key(
        &mut self,
        here: Here<'_, 't>,
        at: &Way<'_, 't>,
        entry: &Entry<'t>,
        free: &[&'static str],
    ) -> Option<&'static str> {
        let meant =
            if self.diagnostics.len() < MAX_TOLD { nearest(&entry.key, free.iter().copied()) } else { None };
        let args = Args::none()
            .with("table", Arg::Label(say::table(&here.at.pointer())))
            .with("key", shown(&entry.key))
            .with("hint", Arg::Label(say::hint(meant, free)));
        let replacement = meant.map(|meant| match self.quoting {
            Quoting::Bare => meant.to_string(),
            Quoting::Quoted => format!("\"{meant}\""),
        });
        self.tell_with_edit(Code::UnknownKey, at, entry.key_span, args, replacement);
        free.iter().copied().find(|name| Some(*name) == meant)
    }

    fn word(&mut self, here: Here<'_, 't>, text: &Cow<'t, str>, words: &[Word]) -> Option<Data<'t>> {
        if words.iter().any(|word| word.name == text) {
            return Some(Data::Text(text.clone()));
        }
        let names: Vec<&str> = words.iter().map(|word| word.name).collect();
        self.unknown_word(here, text, &names);
        None
    }

    fn unknown_word(&mut self, here: Here<'_, 't>, text: &str, words: &[&str]) {
        if self.diagnostics.len() >= MAX_TOLD {
            return;
        }
        let meant = nearest(text, words.iter().copied());
        let args = Args::none()
            .with("key", here.owner.1)
            .with("word", shown(text))
            .with("hint", Arg::Label(say::hint(meant, words)));
        let replacement = meant.map(|meant| format!("\"{meant}\""));
        self.tell_with_edit(Code::UnknownWord, here.at, here.node.span, args, replacement);
    }
}

/// The key of that name in a table, and its position; looked for from a position on.
fn known(table: &'static Table, from: usize, name: &str) -> Option<(usize, &'static Key)> {
    let (before, behind) = table.keys.split_at_checked(from)?;
    let find = |keys: &'static [Key], begin: usize| {
        let at = keys.iter().position(|key| key.name == name)?;
        Some((at.saturating_add(begin), keys.get(at)?))
    };
    find(behind, from).or_else(|| find(before, 0))
}

/// Whether no check asks for the key: it says something to people only.
fn is_silent(table: &Table, key: &Key) -> bool {
    // What examples expect is checked, and that an adopted rulebook tells who adopted it.
    let is_checked = table.name == "Annex" || key.name == "adopted_by";
    !is_checked && !has_effect(table.name, key)
}

/// Which of several tables is meant: the one whose first key is there, else one with another key, else one nearly spelt.
fn meant_table(tables: &'static [Table], entries: &[Entry<'_>]) -> Option<&'static Table> {
    let first =
        |table: &Table, entry: &Entry<'_>| table.keys.first().is_some_and(|key| key.name == entry.key);
    let any = |table: &Table, entry: &Entry<'_>| table.keys.iter().any(|key| key.name == entry.key);
    let near = |table: &Table, entry: &Entry<'_>| {
        nearest(&entry.key, table.keys.first().map(|key| key.name)).is_some()
    };
    let find = |fits: &dyn Fn(&Table, &Entry<'_>) -> bool| {
        tables.iter().find(|table| entries.iter().any(|entry| fits(table, entry)))
    };
    find(&first).or_else(|| find(&near)).or_else(|| find(&any))
}

/// What was written, cut so that a message stays readable.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}
