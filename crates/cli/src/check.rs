//! `ducha check`: mistakes and worked examples of rulebooks.

use crate::input::Given;
use crate::mistakes::{self, Pen};
use crate::outcome::{Outcome, Status, Step};
use crate::words::Say;
use ducha::core::{Lang, RulebookId};
use ducha::rulebook::read_all;
use ducha::rulebook::{Diagnostic, Rulebook, Severity, Source};
use ducha::scoring::run_examples;
use std::collections::BTreeMap;

/// What was found in all files.
#[derive(Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    failing: usize,
    examples: usize,
    inexpressible: usize,
}

/// Checks the files: those of one id together, as its versions.
pub(crate) fn run(given: &Given, lang: Lang, pen: Pen) -> Step<Outcome> {
    if let Some((file, _)) = &given.records {
        return Err(Outcome::wrong_use(Say::RecordsHere { file }.text(lang)));
    }
    let sources = given.sources(lang)?;
    if sources.is_empty() {
        return Err(Outcome::wrong_use(Say::NoRulebook.text(lang)));
    }
    let mut tally = Tally::default();
    let mut text = String::new();
    let mut versions: BTreeMap<RulebookId, Vec<usize>> = BTreeMap::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        match Rulebook::read(source) {
            Ok(book) => versions.entry(book.id().clone()).or_default().push(index),
            Err(report) => {
                diagnostics.extend(report.diagnostics.into_iter().map(|d| in_source(d, |_| index)));
            }
        }
    }
    let mut books: Vec<(usize, Rulebook)> = Vec::new();
    for indices in versions.values() {
        let together: Vec<Source> = indices.iter().filter_map(|i| sources.get(*i).cloned()).collect();
        let index_of = |local: usize| indices.get(local).copied().unwrap_or(local);
        match read_all(&together) {
            Ok(read) => {
                for (local, book) in read.into_iter().enumerate() {
                    diagnostics.extend(book.warnings().iter().cloned().map(|d| {
                        // A book's own warnings don't know which of the files it is; those between versions do.
                        let own = d.place.source != local;
                        in_source(d, |within| index_of(if own { local } else { within }))
                    }));
                    books.push((index_of(local), book));
                }
            }
            Err(wrong) => diagnostics.extend(wrong.into_iter().map(|d| in_source(d, index_of))),
        }
    }
    diagnostics.sort_by_key(|d| (d.place.source, d.place.span));
    for diagnostic in &diagnostics {
        match diagnostic.severity {
            Severity::Error => tally.errors = tally.errors.saturating_add(1),
            Severity::Warning => tally.warnings = tally.warnings.saturating_add(1),
        }
    }
    text.push_str(&mistakes::render_all(&diagnostics, &sources, lang, pen));
    books.sort_by_key(|(index, _)| *index);
    let all: Vec<Rulebook> = books.iter().map(|(_, book)| book.clone()).collect();
    for (index, book) in &books {
        let Some(source) = sources.get(*index) else { continue };
        for outcome in run_examples(book, &all, &[]) {
            tally.examples = tally.examples.saturating_add(1);
            if outcome.inexpressible {
                tally.inexpressible = tally.inexpressible.saturating_add(1);
            }
            if !outcome.holds() {
                tally.failing = tally.failing.saturating_add(1);
                text.push_str(&mistakes::render_example(&outcome, book, source, lang, pen));
            }
        }
    }
    let say = Say::CheckSummary {
        files: sources.len(),
        errors: tally.errors,
        warnings: tally.warnings,
        examples: tally.examples,
        failing: tally.failing,
        inexpressible: tally.inexpressible,
    };
    let passes = tally.errors == 0 && tally.failing == 0;
    let status = if passes { Status::Done } else { Status::Mistakes };
    Ok(Outcome { output: format!("{text}{}\n", say.text(lang)), status, ..Outcome::default() })
}

/// The diagnostic with all its places in the sources as they were given.
fn in_source(mut diagnostic: Diagnostic, index: impl Fn(usize) -> usize) -> Diagnostic {
    diagnostic.place.source = index(diagnostic.place.source);
    for related in &mut diagnostic.related {
        related.place.source = index(related.place.source);
    }
    if let Some(edit) = &mut diagnostic.edit {
        edit.place.source = index(edit.place.source);
    }
    diagnostic
}
