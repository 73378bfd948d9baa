//! The compiled engine: what the reference evaluator says, from tables made once.
//!
//! [`Scorer::compile`] turns a checked rulebook into dense tables: codes as numbers, points as whole numbers at one scale,
//! windows as runs of day numbers. [`Scorer::assess_columns`] reckons findings that come as columns.
//!
//! The reference evaluator stays the specification: `tests/engine` holds the two equal. What the engine does not know it
//! refuses to compile, by [`CompileError::NotCompiled`]; it never hands anything to the reference behind the caller's back.
//! docs/performance.md tells which rules are compiled.
//!
//! | module | what it holds |
//! |---|---|
//! | `compile` | the way from a rulebook to the tables |
//! | `clause`, `policy`, `ladder` | the tables of clauses, of recurrence, caps and tallies, of tiers |
//! | `codes` | texts as numbers |
//! | `scale` | decimals as whole numbers |
//! | `span` | windows as runs of days |
//! | `columns` | findings as columns, and what becomes of them |
//! | `run` | the way from the ones to the others |
//! | `ledger` | records that come one by one |

mod admit;
mod assess;
mod clause;
mod codes;
mod columns;
mod compile;
mod dossier;
mod explain;
mod few;
mod fold;
#[cfg(test)]
mod from_reference;
mod judge;
mod ladder;
mod ledger;
mod names;
mod people;
mod plain;
mod policy;
mod question;
mod reach;
mod run;
mod scale;
mod scored;
mod span;
mod stream;
mod tables;
mod taking;

pub use assess::AssessError;
pub use columns::{Columns, ColumnsError, LadderColumn, RefusedRow, ScoredColumns, TallyColumn, TierCell};
pub use compile::{CompileError, Part, Scorer};
pub use explain::{ExplainError, Explanation};
pub use ledger::{Added, KeptBy, Ledger, LedgerError, LedgerState, LoadError, OfSubject, Prospect};
pub use question::Question;
pub use scale::Scaled;
pub use scored::Scored;
pub use stream::{RefusedAt, Stream, StreamStop, Streamed};
