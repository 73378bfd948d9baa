//! Plain rows of CSV: cells without quotes, or with quotes around the whole cell and none within.

use super::{CLAUSE, Extent, Found, Slot};
use crate::column::Column;
use crate::heading::Heading;

/// How plain rows lie under a heading.
#[derive(Debug, Clone)]
pub(crate) struct PlainCsv {
    delimiter: u8,
    slots: Vec<Slot>,
}

impl PlainCsv {
    /// The plain rows under that heading; `None` where no row can be a finding.
    pub(crate) fn under(heading: &Heading<Column>) -> Option<Self> {
        let slots: Vec<_> =
            heading.columns.iter().map(|column| column.map_or(Slot::Empty, |c| Slot::of(c.key))).collect();
        slots.contains(&Slot::Id(CLAUSE)).then_some(Self { delimiter: heading.delimiter, slots })
    }

    /// Reads the row at the beginning of the text, if it is plain and ends within it; `last` says that nothing follows the
    /// text. What is left in `found` otherwise means nothing.
    #[inline]
    pub(crate) fn read(&self, text: &str, last: bool, found: &mut Found) -> Option<Extent> {
        let bytes = text.as_bytes();
        found.beyond_ascii = false;
        let (&final_slot, slots) = self.slots.split_last()?;
        let mut at = 0_usize;
        for &slot in slots {
            let end = self.cell(slot, text, at, found)?;
            if *bytes.get(end)? != self.delimiter {
                return None;
            }
            at = end.wrapping_add(1);
        }
        let end = self.cell(final_slot, text, at, found)?;
        if !found.is_whole() {
            return None;
        }
        super::line_end_at(bytes, end, last)
    }

    /// Reads the cell that begins `at` so far into the row, and tells where it ends.
    #[inline]
    fn cell(&self, slot: Slot, text: &str, at: usize, found: &mut Found) -> Option<usize> {
        let bytes = text.as_bytes().get(at..)?;
        match bytes.first() {
            Some(b'"') => {
                let inner = quoted(bytes)?;
                let begin = at.wrapping_add(1);
                if inner.is_empty() {
                    found.leave(slot)?;
                } else if found.take(slot, inner, begin, b'\n')? != inner.len() {
                    return None;
                }
                found.trim(slot, text);
                Some(begin.wrapping_add(inner.len()).wrapping_add(1))
            }
            Some(&first) if first != self.delimiter && !matches!(first, b'\r' | b'\n') => {
                let length = found.take(slot, bytes, at, self.delimiter)?;
                found.trim(slot, text);
                Some(at.wrapping_add(length))
            }
            _ => {
                found.leave(slot)?;
                Some(at)
            }
        }
    }
}

/// What stands between the quotes around a cell; `None` if it holds a quote or a line break.
fn quoted(bytes: &[u8]) -> Option<&[u8]> {
    let inside = bytes.get(1..)?;
    let close = memchr::memchr3(b'"', b'\r', b'\n', inside)?;
    let (inner, behind) = inside.split_at_checked(close)?;
    match behind {
        [b'"', b'"', ..] => None,
        [b'"', ..] => Some(inner),
        _ => None,
    }
}
