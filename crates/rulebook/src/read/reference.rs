//! Ids: each is defined once, and every reference finds what it names.

use super::MAX_TOLD;
use super::nearest::nearest;
use super::say;
use super::tree::{Node, Span, Value};
use crate::diagnostic::{Code, Diagnostic, Edit, Place, Pointer, Related};
use crate::doubt::{Element, Links, element};
use crate::key::{Kind, Table, Target};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString},
    vec::Vec,
};
use ducha_core::{Label, message::Arg, message::Args, record::standard_fact};

/// The ids that a file defines and refers to, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    defined: Vec<Named>,
    referred: Vec<Named>,
    /// Ids within what could not be read: whatever they name, it is there.
    unread: BTreeSet<String>,
    /// Things without a readable id: any unknown id may be theirs.
    nameless: BTreeSet<Target>,
}

#[derive(Debug)]
struct Named {
    target: Target,
    text: String,
    at: Pointer,
    span: Span,
}

impl Ids {
    /// Takes note of an id behind a key of a table.
    pub(super) fn note(
        &mut self,
        (table, key): (&str, &str),
        target: Target,
        text: &str,
        at: &Pointer,
        span: Span,
    ) {
        let named = Named { target, text: text.to_string(), at: at.clone(), span };
        if key == "id" {
            self.defined.push(named);
        } else if declared(target) && !names_another_version(table, key) && !is_example_record(at) {
            self.referred.push(named);
        }
    }

    /// Takes note of the ids in a value that was not read.
    pub(super) fn unread(&mut self, node: &Node) {
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
        let mut places: BTreeMap<(Target, &str), Vec<Element>> = BTreeMap::new();
        for named in &self.defined {
            places.entry((named.target, &named.text)).or_default().push(element(&named.at));
        }
        let mut links = Links::default();
        for named in &self.referred {
            let to = places.get(&(named.target, named.text.as_str()));
            match to {
                Some(to) => links.add(element(&named.at), to),
                None if named.target != Target::Fact => links.add_open(element(&named.at), named.target),
                None => {}
            }
        }
        links
    }

    /// Everything that is defined twice or not at all.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let mut out = self.twice();
        let mut known: BTreeMap<Target, BTreeSet<&str>> = BTreeMap::new();
        for named in &self.defined {
            known.entry(named.target).or_default().insert(&named.text);
        }
        known.entry(Target::Fact).or_default().extend(standard_fact::ALL);
        let none = BTreeSet::new();
        for named in &self.referred {
            let known = known.get(&named.target).unwrap_or(&none);
            let may_be = self.nameless.contains(&named.target) || self.unread.contains(&named.text);
            if !known.contains(named.text.as_str()) && !may_be && out.len() < MAX_TOLD {
                out.push(unknown(named, known));
            }
        }
        out
    }

    fn twice(&self) -> Vec<Diagnostic> {
        let mut first: BTreeMap<(Target, Option<Pointer>, &str), &Named> = BTreeMap::new();
        let mut out = Vec::new();
        for named in &self.defined {
            let within = match unique_within(named.target) {
                Unique::Nowhere => continue,
                Unique::InFile => None,
                Unique::InList => named.at.parent().and_then(|item| item.parent()),
            };
            match first.get(&(named.target, within.clone(), named.text.as_str())) {
                Some(earlier) if out.len() < MAX_TOLD => out.push(duplicate(named, earlier)),
                Some(_) => {}
                None => {
                    first.insert((named.target, within, &named.text), named);
                }
            }
        }
        out
    }
}

fn place(named: &Named) -> Place {
    Place { source: 0, pointer: named.at.clone(), span: Some(named.span) }
}

fn told(code: Code, named: &Named, args: Args) -> Diagnostic {
    let (zh, en, _) = say::target(named.target);
    let args = args.with("id", named.text.as_str()).with("target", Arg::Label(Label::new(zh, en)));
    let mut diagnostic = Diagnostic::new(code, named.at.clone(), args);
    diagnostic.place = place(named);
    diagnostic
}

fn duplicate(named: &Named, earlier: &Named) -> Diagnostic {
    let mut diagnostic = told(Code::DuplicateId, named, Args::none());
    diagnostic
        .related
        .push(Related { place: place(earlier), what: Label::new("最先定义处", "defined first here") });
    diagnostic
}

fn unknown(named: &Named, known: &BTreeSet<&str>) -> Diagnostic {
    let meant = nearest(&named.text, known.iter().copied());
    let list: Vec<&str> = known.iter().copied().collect();
    let hint = if list.is_empty() {
        let (_, _, table) = say::target(named.target);
        Label::new(format!("先用 [[{table}]] 声明"), format!("declare it under [[{table}]]"))
    } else {
        say::hint(meant, &list)
    };
    let mut diagnostic = told(Code::UnknownReference, named, Args::none().with("hint", Arg::Label(hint)));
    diagnostic.edit = meant.map(|meant| Edit { place: place(named), replacement: format!("\"{meant}\"") });
    diagnostic
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
fn is_example_record(at: &Pointer) -> bool {
    let mut segments = at.segments();
    segments.next().is_some_and(|s| s == "example") && segments.nth(1).is_some_and(|s| s == "record")
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
