//! Ids: each is defined once, and every reference finds what it names.

use super::MAX_TOLD;
use super::nearest::nearest;
use super::say;
use super::tree::{Node, Span, Value};
use super::way::{Trail, Way};
use crate::diagnostic::{Code, Diagnostic, Edit, Place, Related};
use crate::doubt::{Element, Links, element};
use crate::key::{Kind, Table, Target};
use alloc::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};
use ducha_core::{Label, message::Arg, message::Args, record::standard_fact};

/// The ids that a file defines and refers to, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Ids<'t> {
    defined: Vec<Named<'t>>,
    referred: Vec<Named<'t>>,
    /// The ways to them.
    trail: Trail<'t>,
    /// Ids within what could not be read: whatever they name, it is there.
    unread: BTreeSet<String>,
    /// Things without a readable id: any unknown id may be theirs.
    nameless: BTreeSet<Target>,
}

#[derive(Debug)]
struct Named<'t> {
    target: Target,
    text: Cow<'t, str>,
    /// Where the trail keeps the way to it.
    at: usize,
    span: Span,
}

impl<'t> Ids<'t> {
    /// Takes note of an id behind a key of a table.
    pub(super) fn note(
        &mut self,
        (table, key): (&str, &str),
        target: Target,
        text: Cow<'t, str>,
        way: &Way<'_, 't>,
        span: Span,
    ) {
        let is_defined = key == "id";
        let is_referred =
            || declared(target) && !names_another_version(table, key) && !is_example_record(way);
        if is_defined || is_referred() {
            let named = Named { target, text, at: self.trail.keep(way), span };
            if is_defined { &mut self.defined } else { &mut self.referred }.push(named);
        }
    }

    /// Takes note of the ids in a value that was not read.
    pub(super) fn unread(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.unread(item)),
            Value::Table(entries) => {
                for entry in entries {
                    self.unread.extend(entry.node.text().filter(|_| entry.key == "id").map(String::from));
                    self.unread(&entry.node);
                }
            }
            _ => {}
        }
    }

    /// Takes note that what stands behind a key is missing or was not read.
    pub(super) fn lacking(&mut self, key: &str, kind: &Kind) {
        let mut keys = |table: &Table| table.keys.iter().for_each(|key| self.lacking(key.name, &key.kind));
        match kind {
            Kind::Id(target) if key == "id" => {
                self.nameless.insert(*target);
            }
            Kind::List(inner) | Kind::Map(inner) => self.lacking(key, inner),
            Kind::Table(table) => keys(table),
            Kind::Tagged(tagged) => tagged.variants.iter().for_each(keys),
            Kind::WordOrTable(_, tables) => tables.iter().for_each(keys),
            _ => {}
        }
    }

    /// Which element of the file names which other: what a finding about the one may rest on.
    pub(super) fn links(&self) -> Links {
        let element = |named: &Named<'_>| element(&self.trail.pointer(named.at));
        let mut places: BTreeMap<(Target, &str), Vec<Element>> = BTreeMap::new();
        for named in &self.defined {
            places.entry((named.target, &named.text)).or_default().push(element(named));
        }
        let mut links = Links::default();
        for named in &self.referred {
            let to = places.get(&(named.target, &*named.text));
            match to {
                Some(to) => links.add(element(named), to),
                None if named.target != Target::Fact => links.add_open(element(named), named.target),
                None => {}
            }
        }
        links
    }

    /// Everything that is defined twice or not at all.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let mut out = self.twice();
        let mut known: Vec<(Target, &str)> =
            self.defined.iter().map(|named| (named.target, &*named.text)).collect();
        known.extend(standard_fact::ALL.map(|fact| (Target::Fact, fact)));
        known.sort_unstable();
        for named in &self.referred {
            if known.binary_search(&(named.target, &named.text)).is_ok() {
                continue;
            }
            let may_be = self.nameless.contains(&named.target) || self.unread.contains(&*named.text);
            if !may_be && out.len() < MAX_TOLD {
                let known = known.iter().filter(|(target, _)| *target == named.target);
                out.push(self.unknown(named, &known.map(|(_, text)| *text).collect()));
            }
        }
        out
    }

    fn twice(&self) -> Vec<Diagnostic> {
        let mut unique: Vec<(Target, Option<usize>, &str, usize)> = Vec::with_capacity(self.defined.len());
        for (index, named) in self.defined.iter().enumerate() {
            let within = match unique_within(named.target) {
                Unique::Nowhere => continue,
                Unique::InFile => None,
                Unique::InList => self.trail.outer(named.at).and_then(|item| self.trail.outer(item)),
            };
            unique.push((named.target, within, &named.text, index));
        }
        unique.sort_unstable();
        // Of equal ones the first in the file comes first.
        let mut again: Vec<(usize, usize)> = unique
            .chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2))
            .filter_map(|equal| equal.split_first())
            .flat_map(|(first, later)| later.iter().map(|one| (one.3, first.3)))
            .collect();
        again.sort_unstable();
        let named = |(later, first)| Some((self.defined.get(later)?, self.defined.get(first)?));
        let pairs = again.into_iter().filter_map(named).take(MAX_TOLD);
        pairs.map(|(later, first)| self.duplicate(later, first)).collect()
    }

    fn place(&self, named: &Named<'_>) -> Place {
        Place { source: 0, pointer: self.trail.pointer(named.at), span: Some(named.span) }
    }

    fn told(&self, code: Code, named: &Named<'_>, args: Args) -> Diagnostic {
        let (zh, en, _) = say::target(named.target);
        let args = args.with("id", &*named.text).with("target", Arg::Label(Label::new(zh, en)));
        let place = self.place(named);
        let mut diagnostic = Diagnostic::new(code, place.pointer.clone(), args);
        diagnostic.place = place;
        diagnostic
    }

    fn duplicate(&self, named: &Named<'_>, earlier: &Named<'_>) -> Diagnostic {
        let mut diagnostic = self.told(Code::DuplicateId, named, Args::none());
        diagnostic.related.push(Related {
            place: self.place(earlier),
            what: Label::new("最先定义处", "defined first here"),
        });
        diagnostic
    }

    fn unknown(&self, named: &Named<'_>, known: &BTreeSet<&str>) -> Diagnostic {
        let meant = nearest(&named.text, known.iter().copied());
        let list: Vec<&str> = known.iter().copied().collect();
        let hint = if list.is_empty() {
            let (_, _, table) = say::target(named.target);
            Label::new(format!("先用 [[{table}]] 声明"), format!("declare it under [[{table}]]"))
        } else {
            say::hint(meant, &list)
        };
        let mut diagnostic =
            self.told(Code::UnknownReference, named, Args::none().with("hint", Arg::Label(hint)));
        diagnostic.edit =
            meant.map(|meant| Edit { place: self.place(named), replacement: format!("\"{meant}\"") });
        diagnostic
    }
}

/// Whether ids of this target are declared in rulebooks, so that a reference must find one.
const fn declared(target: Target) -> bool {
    !matches!(
        target,
        Target::Record
            | Target::Subject
            | Target::SubjectKind
            | Target::Inspection
            | Target::Rulebook
            | Target::Anchor
            | Target::AwardGroup
            | Target::Entry
    )
}

/// Keys that name what an earlier version declared.
fn names_another_version(table: &str, key: &str) -> bool {
    matches!((table, key), ("Clause", "replaces") | ("Transition", "from_tally"))
}

/// Records of examples may name what does not exist: that they are refused is what such an example shows.
fn is_example_record(way: &Way<'_, '_>) -> bool {
    way.has(1, "example") && way.has(3, "record")
}

enum Unique {
    InFile,
    InList,
    Nowhere,
}

const fn unique_within(target: Target) -> Unique {
    match target {
        // Rows with one id are a matter of scoring: equal ones are one, unequal ones are refused.
        Target::Record | Target::Rulebook => Unique::Nowhere,
        Target::Level | Target::Subject | Target::Entry => Unique::InList,
        _ => Unique::InFile,
    }
}
