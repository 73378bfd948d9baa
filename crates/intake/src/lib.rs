//! Records and organisations as a clerk sends them: bytes in; records, or refusals with their place, out.
//!
//! A file of records is CSV or JSON Lines. Both go through one [table of columns](columns), in which every column has
//! its key, its English and Chinese names and the types of records that use it. The crate opens no file: it works over
//! [`std::io::Read`], in bounded memory, and no byte is given up silently. What cannot be read is [refused](Refusal) with its line
//! and reason, and reading goes on.
//!
//! ```
//! use ducha_intake::{Options, Records};
//! let sent = "编号,对象,日期,条款,数量\nR-1,canteen,2026/10/3,CT-07,２\nR-2,canteen,十月三日,CT-07,1\n";
//! let mut records = Records::csv(sent.as_bytes(), Options::default())?;
//! let first = records.next().unwrap().unwrap();
//! assert_eq!((first.line, first.value.id.as_str()), (2, "R-1"));
//! let refused = records.next().unwrap().unwrap_err();
//! assert_eq!((refused.line, refused.reason.code()), (3, "bad_date"));
//! assert!(records.next().is_none());
//! assert_eq!(records.account().rows, 2);
//! # Ok::<(), ducha_intake::OpenError>(())
//! ```
//!
//! Who goes through a million rows and keeps few of them asks for [`Records::next_row`]: the same rows in the same order,
//! with the texts of plain findings borrowed instead of owned, which takes a fraction of the time.
//!
//! What needs a rulebook or an organisation to judge (unknown clauses and subjects, points out of range, conflicting
//! ids) is not refused here but by the scoring.

mod build;
mod cell;
mod column;
mod day;
mod encoding;
mod file;
mod heading;
mod json_line;
mod long_way;
mod organisation;
mod plain;
mod reason;
mod reason_text;
mod records;
mod refusal;
mod row;
mod vocabulary;
mod width;
mod window;

pub use column::{Column, Kind, columns};
pub use encoding::Encoding;
pub use file::{Account, DEFAULT_ROW_LIMIT, Format, OpenError, Options, Placed};
pub use organisation::{
    Expected, OrganisationFault, OrganisationFormat, OrganisationReason, RosterColumn, organisation_texts,
    read_organisation, roster_columns,
};
pub use reason::RefusalReason;
pub use reason_text::refusal_texts;
pub use records::Records;
pub use refusal::Refusal;
pub use vocabulary::{EVIDENCE_KINDS, RecordType};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
