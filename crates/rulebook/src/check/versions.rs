//! Versions of one rulebook together: at most one in force on a day, and nothing changed by silence.

use super::book::at;
use crate::{
    Annex, Code, Diagnostic, Place, Pointer,
    annex::{identity::Status, tally::Tally},
    diagnostic::{Edit, Related},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    vec::Vec,
};
use ducha_core::{
    ClauseId, Id, Label,
    message::{Arg, Args},
};

/// An annex with its position among those read together.
type Version<'a> = (usize, &'a Annex);

pub(super) fn check(annexes: &[&Annex]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut rulebooks: BTreeMap<&str, Vec<Version<'_>>> = BTreeMap::new();
    for (source, annex) in annexes.iter().enumerate() {
        rulebooks.entry(annex.rulebook.id.as_str()).or_default().push((source, annex));
    }
    for versions in rulebooks.values_mut() {
        versions.sort_by_key(|(source, annex)| (annex.rulebook.from, *source));
        validity(versions, &mut out);
        for (earlier, later) in versions.iter().zip(versions.iter().skip(1)) {
            tallies(*earlier, *later, &mut out);
        }
        replaced(versions, &mut out);
    }
    out
}

fn push(out: &mut Vec<Diagnostic>, (source, _): Version<'_>, mut diagnostic: Diagnostic) {
    diagnostic.place.source = source;
    out.push(diagnostic);
}

fn beside(mut diagnostic: Diagnostic, (source, _): Version<'_>, pointer: Pointer, what: Label) -> Diagnostic {
    diagnostic.related.push(Related { place: Place { source, pointer, span: None }, what });
    diagnostic
}

/// Adopted versions follow each other without a common day and without a day between.
fn validity(versions: &[Version<'_>], out: &mut Vec<Diagnostic>) {
    let key = |key| Pointer::root().key("rulebook").key(key);
    let mut last: Option<Version<'_>> = None;
    let adopted = versions.iter().filter(|(_, annex)| {
        let identity = &annex.rulebook;
        identity.status == Status::Adopted && identity.until.is_none_or(|until| until > identity.from)
    });
    for version in adopted {
        let identity = &version.1.rulebook;
        if let Some(before) = last {
            let end = before.1.rulebook.until;
            let args = Args::none()
                .with("earlier", before.1.rulebook.version.as_str())
                .with("later", identity.version.as_str())
                .with("from", identity.from);
            let same_day = before.1.rulebook.from == identity.from;
            match end {
                Some(end) if end == identity.from => {}
                Some(end) if end < identity.from => {
                    let diagnostic = Diagnostic::new(Code::VersionsGap, key("from"), args.with("until", end));
                    let what = Label::new("前一版本到此为止", "the version before ends here");
                    push(out, *version, beside(diagnostic, before, key("until"), what));
                }
                _ => {
                    let args = args.with("hint", Arg::Label(how_to_part(before.1, version.1)));
                    let diagnostic = Diagnostic::new(Code::VersionsOverlap, key("from"), args);
                    let what = Label::new("仍在施行的前一版本", "the version that is still in force");
                    let place = if end.is_some() { key("until") } else { key("from") };
                    let mut diagnostic = beside(diagnostic, before, place, what);
                    if end.is_some() && !same_day {
                        let place = Place { source: before.0, pointer: key("until"), span: None };
                        diagnostic.edit = Some(Edit { place, replacement: format!("\"{}\"", identity.from) });
                    }
                    push(out, *version, diagnostic);
                }
            }
        }
        let further = |before: Version<'_>| match (identity.until, before.1.rulebook.until) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(own), Some(end)) => own > end,
        };
        if last.is_none_or(further) {
            last = Some(*version);
        }
    }
}

/// How two versions that overlap are told apart.
fn how_to_part(before: &Annex, later: &Annex) -> Label {
    let (before, later) = (&before.rulebook, &later.rulebook);
    let from = later.from;
    if before.version == later.version && before.from == from {
        let zh = format!("版本 {} 给了两次：只留一个文件", later.version);
        return Label::new(
            zh,
            format!("version {} is given twice: leave one of the files out", later.version),
        );
    }
    if before.from == from {
        let zh = "两个版本自同一天起施行：改正其中一个的 from，或只留一个";
        return Label::new(zh, "both begin on one day: correct the from of one of them, or leave one out");
    }
    Label::new(format!("在前一版本写 until = {from}"), format!("write until = {from} in the earlier version"))
}

/// A tally that changes its window, kind or measure says what becomes of its entries.
fn tallies(earlier: Version<'_>, later: Version<'_>, out: &mut Vec<Diagnostic>) {
    let before: BTreeMap<&str, (usize, &Tally)> =
        earlier.1.tally.iter().enumerate().rev().map(|(i, tally)| (tally.id.as_str(), (i, tally))).collect();
    for (i, tally) in later.1.tally.iter().enumerate() {
        if later.1.transition.iter().any(|transition| transition.tally == tally.id) {
            continue;
        }
        let Some((j, old)) = before.get(tally.id.as_str()) else { continue };
        for (key, changed) in [
            ("window", tally.window != old.window),
            ("kind", tally.kind != old.kind),
            ("measure", tally.measure != old.measure),
        ] {
            if changed {
                let args = Args::none().with("tally", &tally.id).with("key", key);
                let diagnostic = Diagnostic::new(Code::TallyChanged, at("tally", i).key(key), args);
                let what = Label::new("前一版本的写法", "as the version before has it");
                push(out, later, beside(diagnostic, earlier, at("tally", *j).key(key), what));
            }
        }
    }
    for (i, transition) in later.1.transition.iter().enumerate() {
        let (key, id) = match &transition.from_tally {
            Some(id) => ("from_tally", id),
            None => ("tally", &transition.tally),
        };
        if !before.contains_key(id.as_str()) {
            let args = Args::none().with("tally", id).with("earlier", earlier.1.rulebook.version.as_str());
            push(out, later, Diagnostic::new(Code::TransitionIdle, at("transition", i).key(key), args));
        }
    }
}

/// What a clause replaces was there before, and what that had replaced is replaced as well.
fn replaced(versions: &[Version<'_>], out: &mut Vec<Diagnostic>) {
    // Of each clause, with the place, what it replaced.
    let mut known: BTreeMap<&str, (Version<'_>, usize, &[ClauseId])> = BTreeMap::new();
    for (position, version) in versions.iter().enumerate() {
        let clauses = &version.1.clause;
        let meant: BTreeSet<&str> = clauses
            .iter()
            .flat_map(|clause| clause.replaces.iter().chain([&clause.id]))
            .map(Id::as_str)
            .collect();
        for (i, clause) in clauses.iter().enumerate().filter(|_| position > 0) {
            for (j, id) in clause.replaces.iter().enumerate() {
                let pointer = at("clause", i).key("replaces").item(j);
                let Some((earlier, k, olds)) = known.get(id.as_str()) else {
                    let args = Args::none().with("id", id);
                    push(out, *version, Diagnostic::new(Code::ReplacesNothing, pointer, args));
                    continue;
                };
                for older in olds.iter().filter(|older| !meant.contains(older.as_str())) {
                    let args = Args::none().with("id", id).with("older", older);
                    let diagnostic = Diagnostic::new(Code::ReplacesShort, pointer.clone(), args);
                    let what = Label::new("以前的取代", "what it replaced");
                    let place = at("clause", *k).key("replaces");
                    push(out, *version, beside(diagnostic, *earlier, place, what));
                }
            }
        }
        let own = clauses.iter().enumerate();
        known.extend(
            own.map(|(i, clause)| (Id::as_str(&clause.id), (*version, i, clause.replaces.as_slice()))),
        );
    }
}
