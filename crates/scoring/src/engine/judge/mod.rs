//! What follows from entries: values, tiers, places, consequences. Numbers alone; trees are made on demand.
//!
//! Values above a sum are exact decimals, as in the reference: there are few of them. A need is boxed, for it is rare.

use super::dossier::Dossier;
use alloc::boxed::Box;
use ducha_core::Need;

/// A value, or why there is none.
pub(super) type Known<T> = Result<T, Box<Need>>;

/// The questions that can be asked of a dossier. One judge works on one thread; a dossier serves many.
pub(super) struct Judge<'d, 'a> {
    pub(super) dossier: &'d Dossier<'a>,
}
