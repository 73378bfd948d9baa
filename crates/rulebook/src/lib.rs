//! The annex of a service-quality regulation as data (art. 25): read, pointed at where it is wrong, versioned, printed as
//! JSON Schema.
//!
//! A rulebook is one file per version, TOML or JSON. [`Rulebook::read`] takes its text and yields a checked rulebook or
//! everything that is wrong with it, each mistake with its place, in Chinese and English:
//!
//! ```
//! use ducha_core::Lang;
//! use ducha_rulebook::{Rulebook, Source};
//!
//! let text = r#"
//! format = 1
//! [rulebook]
//! id = "canteen"
//! version = "2026"
//! title = { zh = "食堂附件", en = "Canteen annex" }
//! status = "adoptd"
//! from = 2026-01-01
//! point_step = 0.5
//! calendar = "cn"
//! "#;
//! let report = Rulebook::read(&Source::new("rulebook.toml", text)).unwrap_err();
//! let mistake = &report.diagnostics[0];
//! let start = mistake.place.span.map_or(0, |span| span.0);
//! assert_eq!(report.lines().line_column(text, start), (7, 10));
//! assert_eq!(mistake.help(Lang::En), "did you mean `adopted`?");
//! assert_eq!(mistake.help(Lang::Zh), "是否要写 `adopted`？");
//! ```
//!
//! * [`annex`]: what a file holds, table by table.
//! * [`key`]: the key table, from which the reader accepts and the [`schema`] is printed.
//! * [`mod@check`]: what must hold beyond keys, kinds and references.
//! * [`diagnostic`]: mistakes as neutral data.
//!
//! This crate knows nothing of records that are scored, of clocks, and of files: text comes in.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod annex;
pub mod bound;
pub mod check;
pub mod diagnostic;
mod digest;
mod doubt;
pub mod key;
mod late_digest;
mod read;
mod rulebook;
#[cfg(test)]
mod sample;
pub mod schema;

pub use annex::Annex;
pub use check::{check, check_versions};
pub use diagnostic::{Code, Diagnostic, Place, Pointer, Severity};
pub use digest::Digest;
pub use read::{Format, LineIndex, MAX_BYTES, Source};
pub use rulebook::{Report, Rulebook, read_all};
