//! Plain rows of CSV: cells without quotes, or with quotes around the whole cell and none within.

use super::value::Delimiter;
use super::{CLAUSE, Extent, Found, LastDay, Slot};
use crate::column::Column;
use crate::heading::Heading;

/// How plain rows lie under a heading.
#[derive(Debug, Clone)]
pub(crate) struct PlainCsv {
    delimiter: u8,
    slots: Vec<Slot>,
    day: LastDay,
}

impl PlainCsv {
    /// The plain rows under that heading; `None` where no row can be a finding.
    pub(crate) fn under(heading: &Heading<Column>) -> Option<Self> {
        let slots: Vec<_> =
            heading.columns.iter().map(|column| column.map_or(Slot::Empty, |c| Slot::of(c.key))).collect();
        slots.contains(&Slot::Id(CLAUSE)).then_some(Self {
            delimiter: heading.delimiter,
            slots,
            day: LastDay::default(),
        })
    }

    /// Reads the row at the beginning of the text, if it is plain and ends within it; `last` says that nothing follows the
    /// text. What is left in `found` otherwise means nothing.
    #[inline(never)]
    pub(crate) fn read(&mut self, text: &str, last: bool, found: &mut Found) -> Option<Extent> {
        found.clear();
        let bytes = text.as_bytes();
        let (delimiter, ends) = (self.delimiter, Delimiter::new(self.delimiter));
        let (&final_slot, slots) = self.slots.split_last()?;
        let mut at = 0_usize;
        for &slot in slots {
            if *bytes.get(at)? != delimiter {
                at = cell(slot, text, at, ends, found, &mut self.day)?;
                if *bytes.get(at)? != delimiter {
                    return None;
                }
            }
            at = at.wrapping_add(1);
        }
        let end = match bytes.get(at) {
            None | Some(b'\r' | b'\n') => at,
            Some(&first) if first == delimiter => return None,
            Some(_) => cell(final_slot, text, at, ends, found, &mut self.day)?,
        };
        let whole = found.is_whole() && u32::try_from(end).is_ok();
        if whole { super::line_end_at(bytes, end, last) } else { None }
    }
}

/// Reads the cell that begins `at` so far into the row and is not empty, and tells where it ends.
#[inline(always)]
fn cell(
    slot: Slot,
    text: &str,
    at: usize,
    delimiter: Delimiter,
    found: &mut Found,
    day: &mut LastDay,
) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    let end = if let [b'"', ..] = bytes {
        quoted_cell(slot, bytes, at, found, day)?
    } else {
        at.wrapping_add(found.take(slot, bytes, at, delimiter, day)?)
    };
    if let Slot::Text(place) = slot {
        found.trim_text(place, text);
    }
    Some(end)
}

/// Reads a cell with quotes around it, and tells where it ends.
#[inline(never)]
fn quoted_cell(slot: Slot, bytes: &[u8], at: usize, found: &mut Found, day: &mut LastDay) -> Option<usize> {
    let inner = quoted(bytes)?;
    let begin = at.wrapping_add(1);
    // Within quotes no line break stands, so that it can stand for the end.
    if !inner.is_empty() && found.take(slot, inner, begin, Delimiter::LINE, day)? != inner.len() {
        return None;
    }
    Some(begin.wrapping_add(inner.len()).wrapping_add(1))
}

/// What stands between the quotes around a cell; `None` if it holds a quote or a line break.
fn quoted(bytes: &[u8]) -> Option<&[u8]> {
    let inside = bytes.get(1..)?;
    let close = inside.iter().position(|byte| matches!(byte, b'"' | b'\r' | b'\n'))?;
    let (inner, behind) = inside.split_at_checked(close)?;
    match behind {
        [b'"', b'"', ..] => None,
        [b'"', ..] => Some(inner),
        _ => None,
    }
}
