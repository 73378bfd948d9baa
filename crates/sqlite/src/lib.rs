//! The journal of ducha in one SQLite file: the embedded default.
//!
//! The file is all there is: no server, nothing to set up. What an append has answered survives the loss of power, since
//! every commit reaches the disk before it is told (`synchronous=FULL`); readers and a writer don't wait for each other
//! (write-ahead log). Beside the open file stand two more, `-wal` and `-shm`, which belong to it: copy a journal when nobody
//! has it open, or with SQLite's own means.
//!
//! ```
//! use ducha_journal::{Head, Journal as _};
//! use ducha_sqlite::Sqlite;
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let mut journal = Sqlite::open(folder.join("campus.ducha"))?;
//! assert_eq!(journal.head()?, Head::GENESIS);
//! // An auditor opens the same file and cannot change it.
//! let mut auditor = Sqlite::open_to_read(folder.join("campus.ducha"))?;
//! assert_eq!(auditor.verify(&Head::GENESIS)?.events, 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A file that is no journal of ducha, or one of a newer program, is refused and left as it is.

mod file;
mod journal;
mod open;
mod row;
mod schema;
mod sqlite_error;

pub use open::{DEFAULT_BUSY_TIMEOUT, OpenError, Options, Sqlite};
pub use schema::{APPLICATION_ID, SCHEMA_VERSION};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
