//! The annex of a service-quality regulation as data (art. 25).
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod annex;
pub mod bound;
pub mod check;
pub mod diagnostic;
mod digest;
pub mod key;
mod read;
pub mod rulebook;
#[cfg(test)]
mod sample;
pub mod schema;

pub use annex::Annex;
pub use check::{check, check_versions};
pub use diagnostic::{Code, Diagnostic, Place, Pointer, Severity};
pub use digest::Digest;
pub use read::{Format, LineIndex, MAX_BYTES, Source};
pub use rulebook::{Report, Rulebook};
