//! *Ducha* (督查): the executable form of a campus service-quality regulation. This crate is the door.
//!
//! A finding goes in; a penalty comes out, with every reason, and with every duty that follows. Each crate behind the
//! door stands under one name, and every item is found by that one path:
//!
//! | Module | What it is for |
//! |---|---|
//! | [`core`] | The vocabulary: records, subjects, exact points and money, periods, derivations |
//! | [`calendar`] | Working days and time limits |
//! | [`rulebook`] | Reading and checking a rulebook; JSON Schema |
//! | [`scoring`] | From records to an assessment; previews and restatements |
//! | `intake` | Records and organisations from CSV, JSON Lines and TOML (feature `intake`, needs std) |
//! | `casework` | Cases as state machines: duties, deadlines, escalation (feature `casework`) |
//! | `journal` | An append-only, hash-chained journal of events, and the suite for stores (feature `journal`, needs std) |
//! | `desk` | Cases kept in a journal (feature `desk`, needs std) |
//! | `parallel` | Threads for the scorer, by rayon (feature `parallel`, needs std) |
//!
//! Without features the door is `no_std` and does no input or output: you bring the texts, the days and the records.
//!
//! ```
//! use ducha::{core::Lang, rulebook::{Rulebook, Source}, scoring::{Request, assess}};
//!
//! let rules = r#"
//! format = 1
//! [rulebook]
//! id = "canteen"
//! version = "2026"
//! title = { zh = "食堂检查", en = "Canteen inspection" }
//! status = "draft"
//! from = 2026-01-01
//! point_step = 0.5
//! calendar = "cn"
//! [[clause]]
//! id = "C-1"
//! name = { zh = "餐具不洁", en = "Unclean tableware" }
//! aspect = "service_quality"
//! price = { shape = "flat", points = 2 }
//! [[tally]]
//! id = "month"
//! name = { zh = "月度得分", en = "Score of the month" }
//! kind = "sum"
//! measure = "points"
//! subjects = ["canteen"]
//! window = "month"
//! full_marks = 100
//! "#;
//! let rulebook = Rulebook::read(&Source::new("rules.toml", rules))
//!     .map_err(|report| report.diagnostics[0].message(Lang::En))?;
//! let finding = serde_json::from_str(
//!     r#"{"id":"R-1","type":"finding","subject":"east","occurred_on":"2026-10-03","clause":"C-1"}"#,
//! )?;
//! let assessment = assess(&Request::new(&[rulebook], &[finding]));
//! assert_eq!(assessment.tallies[0].value.value().map(ToString::to_string).as_deref(), Some("98"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]

#[cfg(any(feature = "parallel", feature = "desk"))]
extern crate alloc;

#[cfg(feature = "desk")]
extern crate std;

#[cfg(feature = "desk")]
pub mod desk;
#[cfg(feature = "parallel")]
pub mod parallel;

pub use ducha_calendar as calendar;
#[cfg(feature = "casework")]
pub use ducha_casework as casework;
pub use ducha_core as core;
#[cfg(feature = "intake")]
pub use ducha_intake as intake;
#[cfg(feature = "journal")]
pub use ducha_journal as journal;
pub use ducha_rulebook as rulebook;
pub use ducha_scoring as scoring;
