//! Checks of what a rulebook means.

use crate::{Annex, Diagnostic};
use alloc::vec::Vec;

/// Everything that is wrong with one version.
#[must_use]
pub fn check(annex: &Annex) -> Vec<Diagnostic> {
    let _ = annex;
    Vec::new()
}

/// Everything that is wrong between versions; [`crate::Place`]'s `source` is the index of the version.
#[must_use]
pub fn check_versions(annexes: &[&Annex]) -> Vec<Diagnostic> {
    let _ = annexes;
    Vec::new()
}
