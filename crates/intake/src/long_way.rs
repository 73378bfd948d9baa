//! From the bytes of a row to its record: the one way that knows every row.

use crate::build::build;
use crate::cell::{Cell, Fault, Fields};
use crate::column::Column;
use crate::encoding::Encoding;
use crate::heading::Heading;
use crate::json_line::read_line;
use crate::reason::RefusalReason;
use crate::row::Cut;
use ducha_core::Record;
use std::borrow::Cow;

pub(crate) type RowFault = (Fault, Option<String>);

/// The record of a row, read the long way: whatever is right, wrong or odd in it. `None` for a blank row; with a fault goes
/// the record's id, as far as it can be read.
pub(crate) fn record_of(
    row: &[u8],
    encoding: &mut Encoding,
    heading: Option<&Heading<Column>>,
    cuts: &[Cut],
) -> Result<Option<Record>, RowFault> {
    let settled = encoding.settle(row);
    let Some(heading) = heading else {
        let decoded = settled.and_then(|()| encoding.decode(row)).map_err(|reason| (reason.into(), None))?;
        if decoded.trim().is_empty() {
            return Ok(None);
        }
        let mut fields = Fields::default();
        if let Err(fault) = read_line(&decoded, &mut fields) {
            return Err((fault, fields.readable_id()));
        }
        let id = fields.readable_id();
        return build(fields).map(Some).map_err(|fault| (fault, id));
    };
    let mut fields = Fields::default();
    let mut first_fault = settled.err().map(Fault::from);
    let mut blank = first_fault.is_none();
    for (place, cut) in cuts.iter().enumerate() {
        let column = heading.columns.get(place).copied().flatten();
        let bytes = cut.bytes(row);
        let text = match &bytes {
            Cow::Borrowed(bytes) => encoding.decode(bytes),
            Cow::Owned(bytes) => encoding.decode(bytes).map(|text| Cow::Owned(text.into_owned())),
        };
        let text = match text {
            Ok(text) => text,
            Err(reason) => {
                blank = false;
                first_fault.get_or_insert(Fault { column: column.map(|c| c.key.to_owned()), reason });
                continue;
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        blank = false;
        match column {
            // INVARIANT: a heading names no column twice, so the cell has its place.
            Some(column) => _ = fields.put(column, Cell::Text(trimmed(text))),
            None => {
                let reason = RefusalReason::NoHeading { cell: place.saturating_add(1) };
                first_fault.get_or_insert(reason.into());
            }
        }
    }
    if blank {
        return Ok(None);
    }
    let (expected, found) = (heading.columns.len(), cuts.len());
    if expected != found {
        first_fault = Some(RefusalReason::CellCount { expected, found }.into());
    }
    let id = fields.readable_id();
    match first_fault {
        Some(fault) => Err((fault, id)),
        None => build(fields).map(Some).map_err(|fault| (fault, id)),
    }
}

/// A CSV cell without the blanks around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
