//! How a file of records is to be read, and what is told of it.

use crate::encoding::Encoding;
use crate::refusal::Refusal;
use std::io;

/// The longest row, in bytes, unless [`Options`] say otherwise: 64 KiB.
pub const DEFAULT_ROW_LIMIT: usize = 64 * 1024;

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The encoding; found out where that is safe, by default.
    pub encoding: Encoding,
    /// The longest row in bytes, without its line break; a longer one is refused and passed over.
    pub row_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { encoding: Encoding::Auto, row_limit: DEFAULT_ROW_LIMIT }
    }
}

/// The form of a file of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows under a heading row, cells separated by comma, semicolon or tab.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The form that the file's ending says: `.csv`, `.tsv`, `.txt`; `.jsonl`, `.ndjson`.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// Something with the line on which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The physical line, counted from 1.
    pub line: u64,
    /// What stands there.
    pub value: T,
}

/// How many rows were seen so far: `rows = read + refused`; blank rows and the heading are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// Rows that are not blank.
    pub rows: u64,
    /// Rows that became a record.
    pub read: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Blank rows: empty, or empty cells alone.
    pub blank: u64,
    /// Whether the source failed before its end, so that rows may be lost.
    pub interrupted: bool,
}

/// Why a file of records cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The source failed.
    #[error("the source cannot be read: {0}")]
    Source(#[from] io::Error),
    /// The file's encoding or its heading row is wrong; no row was guessed at. Each fault with its place.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Heading(Vec<Refusal>),
}

impl From<Refusal> for OpenError {
    fn from(refusal: Refusal) -> Self {
        Self::Heading(vec![refusal])
    }
}
