//! The vocabulary of a service-quality regulation.
//!
//! Everything that the other crates of Ducha speak about is named here once: articles and citations, ids, exact points
//! and money, records, the organisation, periods, and the derivation tree with its catalogue of sentences in Chinese and English.
//! This crate knows nothing of rules, files, clocks or stores.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod amount;
mod article;
mod citation;
pub mod derivation;
pub mod exact;
mod id;
mod label;
pub mod message;
pub mod organisation;
mod period;
pub mod record;
pub mod row;
mod step;

pub use amount::{Amount, Factor, Money, Points, Quantity};
pub use article::{Article, LAST_ARTICLE};
pub use citation::Citation;
pub use derivation::{Derivation, Need, Value};
pub use exact::{ArithmeticError, DecimalError, Rounding, RoundingMode};
pub use id::*;
pub use label::{Label, Lang};
pub use organisation::{Leadership, Membership, Organisation, OrganisationError, Subject};
pub use period::{Period, PeriodError};
pub use record::{Matter, Method, Record};
pub use row::{FindingRow, Row};
pub use step::Step;
