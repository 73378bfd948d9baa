//! The random worlds of the laws, for fuzzing: the same bytes make the same world here and there.

#[allow(unused_imports, reason = "its own test uses more")]
#[path = "../../crates/scoring/tests/laws/generator/organisation.rs"]
mod organisation;
#[path = "../../crates/scoring/tests/laws/generator/records.rs"]
mod records;
#[path = "../../crates/scoring/tests/laws/generator/rulebook.rs"]
mod rulebook;
#[allow(dead_code, reason = "the laws use more of it")]
#[path = "../../crates/scoring/tests/laws/generator/world.rs"]
mod world;

use world::{Tape, day};
pub(crate) use world::{Without, World};
