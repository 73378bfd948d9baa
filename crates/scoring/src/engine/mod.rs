//! The compiled engine: what the reference evaluator says, from tables made once.
//!
//! [`Scorer::compile`] turns all versions of a checked rulebook into tables: codes as numbers, points as whole numbers at
//! one scale, windows as runs of days. A scorer is immutable and can be shared between threads.
//!
//! The reference evaluator stays the specification: the tests hold the two equal on every field, over random worlds, the 41
//! shapes and all rulebooks of the repository. The engine's numbers never come from the reference. Its trees do, on demand
//! and openly: [`Scored::explain`] gives the specification the records that bear on a subject, and holds each tree against
//! the engine's number.
//!
//! There are three ways in, with one meaning:
//!
//! * a batch: [`Scorer::assess`], on one thread or on several ([`Scorer::assess_with`]);
//! * a [`Ledger`], one record after the other, also backdated; it tells beforehand what one would change;
//! * columns: [`Scorer::assess_columns`], for Arrow, data frames and databases.
//!
//! Each takes every rulebook. Beside them [`Scorer::stream`] reads sorted files of plain rules in bounded memory.
//!
//! | module | what it holds |
//! |---|---|
//! | `question`, `compile`, `tables` | what is asked; the way from rulebooks to tables; what is reckoned together |
//! | `admit`, `names`, `people` | which records take effect; what they name and whom they are about, as numbers |
//! | `fold` | from records to entries |
//! | `dossier` | records and entries laid out by subject |
//! | `judge` | values, tiers, places, consequences |
//! | `assess`, `scored`, `explain` | the batch, its answer, and how it came about |
//! | `ledger` | records that come one by one, and the entries that are kept |
//! | `workers` | whose threads do it |
//! | `plain`, `clause`, `policy`, `ladder`, `run` | tables of plain rules, and the pass of findings through them |
//! | `columns` | findings as columns: through plain rules, or as a batch |
//! | `stream` | findings one by one in order, of plain rules alone |
//! | `price` | one finding by itself |
//! | `codes`, `scale`, `span`, `reach` | texts as numbers, decimals as whole numbers, windows as runs of days, how far a rule looks back |

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
mod judge;
mod ladder;
mod ledger;
mod names;
mod people;
mod plain;
mod policy;
mod price;
mod question;
mod reach;
mod run;
mod scale;
mod scored;
mod span;
mod stream;
mod tables;
mod taking;
mod workers;

pub use assess::AssessError;
pub use columns::{
    Cells, Coded, Columns, ColumnsError, Dense, EntryColumns, General, LadderColumn, ScoredColumns, Table,
    TallyColumn, Tell, TierCell, UnscoredCell, Way,
};
pub use compile::{CompileError, Part, Scorer};
pub use explain::{ExplainError, Explanation};
pub use ledger::{Added, KeptBy, Ledger, LedgerError, LedgerState, LoadError, OfSubject, Prospect};
pub use price::PriceError;
pub use question::Question;
pub use scale::Scaled;
pub use scored::Scored;
pub use stream::{RefusedAt, Stream, StreamStop, Streamed};
pub use workers::{InTurn, Workers};
