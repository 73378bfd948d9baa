//! Ids: each is defined once, and every reference finds what it names.

use super::MAX_TOLD;
use super::nearest::nearest;
use super::say;
use super::tree::Span;
use crate::diagnostic::{Code, Diagnostic, Edit, Place, Pointer, Related};
use crate::key::Target;
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
            if !known.contains(named.text.as_str()) && out.len() < MAX_TOLD {
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
