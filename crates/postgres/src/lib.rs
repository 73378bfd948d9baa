//! The journal of ducha in PostgreSQL: for an office whose systems share a server.
//!
//! ```no_run
//! use ducha_journal::Journal as _;
//! use ducha_postgres::Postgres;
//! let mut journal = Postgres::connect("postgresql://ducha:secret@db.campus.edu/office")?;
//! println!("{}", journal.head()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! All tables stand in a schema of their own, `ducha` by default, which the first connection makes. PostgreSQL 12 or newer.
//!
//! # One order, without gaps
//!
//! A sequence would give positions before a transaction commits, so a reader could see position 9 before 8 and miss 8 for ever;
//! and a transaction that fails would leave a hole. Here one row holds the journal's head, and an append locks it until it
//! commits: appends go one after the other, and positions become visible in their order. Readers wait for nobody.
//!
//! # What it does not do
//!
//! The connection is not encrypted: use a local socket, a private network or a tunnel. The password never stands in an error.

mod address;
mod journal;
mod open;
mod postgres_error;
mod row;
mod schema;

pub use open::{DEFAULT_BUSY_TIMEOUT, DEFAULT_SCHEMA, OpenError, Options, Postgres};
pub use schema::SCHEMA_VERSION;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
