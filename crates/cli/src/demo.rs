//! The demonstration month, embedded in the binary: what `ducha` shows when it is asked nothing.

use crate::input::{Given, RulebookFile};

/// A file of the month: its name and its bytes.
type File = (&'static str, &'static [u8]);

const RULEBOOKS: [File; 2] = [
    ("rulebook-2025.toml", include_bytes!(concat!(env!("OUT_DIR"), "/rulebook-2025.toml"))),
    ("rulebook-2026.toml", include_bytes!(concat!(env!("OUT_DIR"), "/rulebook-2026.toml"))),
];
const ORGANISATION: File = ("org.toml", include_bytes!(concat!(env!("OUT_DIR"), "/org.toml")));
const RECORDS: File =
    ("findings-2026-10.csv", include_bytes!(concat!(env!("OUT_DIR"), "/findings-2026-10.csv")));

/// The month that is assessed.
pub(crate) const PERIOD: &str = "2026-10";
/// From this day on the demonstration campus has no other records than those of the file.
pub(crate) const HISTORY_FROM: &str = "2025-10-01";

/// The files of the month.
pub(crate) fn given() -> Given {
    let rulebooks = RULEBOOKS
        .iter()
        .map(|(name, bytes)| RulebookFile { name: (*name).to_owned(), bytes: bytes.to_vec() });
    Given {
        rulebooks: rulebooks.collect(),
        organisation: Some((ORGANISATION.0.to_owned(), ORGANISATION.1.to_vec())),
        records: Some((RECORDS.0.to_owned(), RECORDS.1.to_vec())),
    }
}
