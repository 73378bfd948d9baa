//! The heading row: which delimiter, which columns.

use crate::column::{Column, columns};
use crate::encoding::Encoding;
use crate::reason::RefusalReason;
use crate::refusal::Refusal;
use crate::row::{Cut, Scan, scan};
use crate::vocabulary::nearest;
use crate::width::shortened;
use std::borrow::Cow;

/// What may stand between cells, in the order of preference.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// How the rows of a CSV file are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading<C: 'static> {
    pub(crate) delimiter: u8,
    /// The column of each cell; `None` under an empty heading.
    pub(crate) columns: Vec<Option<&'static C>>,
}

/// The delimiter of the row at the beginning of the window: the one with which most headings are known, and with it most cells.
pub(crate) fn delimiter_of(
    bytes: &[u8],
    limit: usize,
    last: bool,
    encoding: Encoding,
    knows: impl Fn(&str) -> bool,
) -> u8 {
    let mut best = (0, 0, b',');
    let mut cuts = Vec::new();
    for delimiter in DELIMITERS {
        let Scan::Row { .. } = scan(bytes, delimiter, limit, 0, last, &mut cuts) else {
            continue;
        };
        let known = cuts
            .iter()
            .filter(|cut| encoding.decode(&cut.bytes(bytes)).is_ok_and(|heading| knows(&heading)))
            .count();
        if (known, cuts.len()) > (best.0, best.1) {
            best = (known, cuts.len(), delimiter);
        }
    }
    best.2
}

/// The headings as texts.
pub(crate) fn headings<'a>(
    row: &'a [u8],
    cuts: &[Cut],
    encoding: Encoding,
) -> Result<Vec<Cow<'a, str>>, RefusalReason> {
    cuts.iter()
        .map(|cut| match cut.bytes(row) {
            Cow::Borrowed(bytes) => encoding.decode(bytes),
            Cow::Owned(bytes) => encoding.decode(&bytes).map(|text| Cow::Owned(text.into_owned())),
        })
        .collect()
}

/// The columns of records under these headings, or everything that is wrong with them.
pub(crate) fn record_columns(
    headings: &[Cow<'_, str>],
    line: u64,
) -> Result<Vec<Option<&'static Column>>, Vec<Refusal>> {
    let mut found: Vec<Option<&'static Column>> = Vec::with_capacity(headings.len());
    let mut refusals = Vec::new();
    for heading in headings {
        let name = shortened(heading.trim(), 60);
        if name.is_empty() {
            found.push(None);
            continue;
        }
        let column = Column::of_heading(heading);
        let reason = match column {
            None => Some(RefusalReason::UnknownColumn {
                nearest: nearest(heading, columns().iter().flat_map(Column::names)),
                name: name.clone(),
            }),
            Some(known) if found.iter().flatten().any(|other| other.key == known.key) => {
                Some(RefusalReason::DuplicateColumn { name: name.clone() })
            }
            Some(_) => None,
        };
        if let Some(reason) = reason {
            refusals.push(Refusal::new(line, reason).in_column(Some(name)));
        }
        found.push(column);
    }
    for column in columns().iter().filter(|c| c.required.len() == crate::vocabulary::RecordType::NAMES.len())
    {
        if !found.iter().flatten().any(|other| other.key == column.key) {
            let reason = RefusalReason::Missing { column: column.key };
            refusals.push(Refusal::new(line, reason).in_column(Some(column.key)));
        }
    }
    if refusals.is_empty() { Ok(found) } else { Err(refusals) }
}
