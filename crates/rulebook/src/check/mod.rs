//! What can be wrong with a rulebook although every key of it is well written.
//!
//! Each check is a pure function over the [`Annex`] that pushes [`Diagnostic`]s with the pointer of the key at fault. [`check`] looks at one file, [`check_versions`] at the versions of
//! one rulebook together. What belongs to reading (keys, kinds, references, duplicates) is not repeated here, but nothing here panics or loops where it was skipped.

mod award;
mod bands;
mod book;
mod clause;
mod condition;
mod consequence;
mod cycles;
mod duty;
mod example;
mod force;
mod index;
mod keys;
mod ladder;
mod liability;
mod money;
mod policy;
mod price;
mod procedure;
mod reach;
mod scope;
mod step;
mod tally;
mod unused;
mod versions;
mod veto;
mod window;

use crate::{Annex, Diagnostic};
use alloc::vec::Vec;
use book::Book;
use reach::Reaches;

/// Everything that is wrong with one rulebook, in the order of the file's tables.
///
/// A rulebook in whose diagnostics no [`Error`](crate::Severity::Error) is left can be scored with.
#[must_use]
pub fn check(annex: &Annex) -> Vec<Diagnostic> {
    let book = Book::new(annex);
    let mut out = Vec::new();
    let before = [
        force::check,
        window::check,
        duty::check,
        procedure::check,
        policy::check,
        liability::check,
        clause::check,
        price::check,
        veto::check,
        award::check,
        tally::check,
        index::check,
    ];
    before.iter().for_each(|one| one(&book, &mut out));
    let mut reaches = Reaches::new(&book);
    ladder::check(&book, &mut reaches, &mut out);
    condition::check(&book, &mut reaches, &mut out);
    consequence::check(&book, &mut out);
    money::check(&book, &mut reaches, &mut out);
    let behind = [cycles::check, scope::check, unused::check, example::check];
    behind.iter().for_each(|one| one(&book, &mut out));
    out
}

/// Everything that is wrong between the versions of rulebooks; `source` of a place is the position in the slice.
#[must_use]
pub fn check_versions(annexes: &[&Annex]) -> Vec<Diagnostic> {
    versions::check(annexes)
}

#[cfg(test)]
mod tests;
