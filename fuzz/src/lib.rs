//! What the fuzz targets share: the rulebooks to score by, and records made out of a fuzzer's bytes.
//!
//! A target that only panics on a panic proves little; each says what must hold as well.

pub mod books;
pub mod depth;
pub mod invent;

use ducha_core::Lang;

/// Both languages: whatever is said must be sayable in either.
pub const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];
