//! Reading the organisation file: TOML, JSON of the same shape, or a plain CSV list.

mod fault;
mod from_csv;
mod from_json;
mod from_toml;
mod node;
mod subject;

pub use fault::{Expected, OrganisationFault, OrganisationReason, organisation_texts};
pub use from_csv::{RosterColumn, roster_columns};

use crate::encoding::{Encoding, Mark};
use ducha_core::Organisation;
use node::Node;
use std::borrow::Cow;

/// The form of an organisation file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganisationFormat {
    /// `[[subject]]` tables.
    Toml,
    /// The same shape as JSON: `{"subject": [{…}, …]}`.
    Json,
    /// One subject a row, with one parent and one leader at most.
    Csv,
}

impl OrganisationFormat {
    /// The form that the file's ending says: `.toml`, `.json`, `.csv`.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Reads an organisation, or tells everything that is wrong with it, in the order of the file.
///
/// TOML and JSON are UTF-8, with or without byte-order mark; CSV may be GB18030 too, which is found out from the whole file.
///
/// # Errors
/// Every [`OrganisationFault`] with line and column.
///
/// ```
/// use ducha_intake::{OrganisationFormat, read_organisation};
/// let text = r#"
/// [[subject]]
/// id = "canteen"
/// kind = "department"
/// name = { zh = "第一食堂", en = "Canteen 1" }
/// leader = [{ person = "wang", until = 2026-09-01 }, { person = "li", from = 2026-09-01 }]
/// "#;
/// let faults = read_organisation(text.as_bytes(), OrganisationFormat::Toml).unwrap_err();
/// assert_eq!((faults[0].line, faults[0].column, faults[0].reason.code()), (6, 22, "unknown_subject"));
/// ```
pub fn read_organisation(
    bytes: &[u8],
    format: OrganisationFormat,
) -> Result<Organisation, Vec<OrganisationFault>> {
    let text = match decode(bytes, format) {
        Ok(text) => text,
        Err(reason) => return Err(vec![OrganisationFault { line: 1, column: 1, reason: reason.into() }]),
    };
    let (root, syntax) = match format {
        OrganisationFormat::Toml => from_toml::parse(&text),
        OrganisationFormat::Json => from_json::parse(&text),
        OrganisationFormat::Csv => from_csv::parse(&text),
    };
    subject::organisation(&text, &root.unwrap_or_else(Node::nothing), syntax)
}

fn decode(bytes: &[u8], format: OrganisationFormat) -> Result<Cow<'_, str>, crate::RefusalReason> {
    let (mut encoding, bytes) = match Mark::of(bytes) {
        Mark::Known(encoding, length) => (encoding, bytes.get(length..).unwrap_or_default()),
        Mark::Utf16 => return Err(crate::RefusalReason::Utf16),
        Mark::None if format == OrganisationFormat::Csv => (Encoding::Auto, bytes),
        Mark::None => (Encoding::Utf8, bytes),
    };
    encoding.settle(bytes)?;
    encoding.decode(bytes)
}
