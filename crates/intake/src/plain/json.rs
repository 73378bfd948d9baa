//! Plain lines of JSON Lines: an object of columns by their keys, its values texts without escapes, numbers or null.

use super::value::Delimiter;
use super::{Extent, Found, LastDay, Slot};
use crate::build::DOUBLE_DIGITS;
use crate::column::columns;

/// The keys of the lines, with the order in which they stood last.
#[derive(Debug, Clone)]
pub(crate) struct PlainJson {
    keys: Vec<(&'static str, Slot)>,
    /// By its place in the line, the key that stood there last; in one file it is almost always the same.
    order: Vec<usize>,
    day: LastDay,
}

impl PlainJson {
    pub(crate) fn new() -> Self {
        let keys: Vec<_> = columns()
            .iter()
            .map(|column| (column.key, Slot::of(column.key)))
            .filter(|(_, slot)| *slot != Slot::Empty)
            .collect();
        let order = (0..keys.len()).collect();
        Self { keys, order, day: LastDay::default() }
    }

    /// Reads the line at the beginning of the text, if it is plain and ends within it; `last` says that nothing follows the
    /// text. What is left in `found` otherwise means nothing.
    #[inline(never)]
    pub(crate) fn read(&mut self, text: &str, last: bool, found: &mut Found) -> Option<Extent> {
        let bytes = text.as_bytes();
        found.clear();
        let mut seen = 0_u32;
        let mut at = expect(bytes, 0, b'{')?;
        let mut place = 0;
        loop {
            let (key, behind) = string(bytes, at)?;
            let index = self.index(key, place)?;
            let (_, slot) = *self.keys.get(index)?;
            at = expect(bytes, behind, b':')?;
            if let Some(rest) = bytes.get(at..)?.strip_prefix(b"null") {
                at = bytes.len().wrapping_sub(rest.len());
            } else {
                let bit = 1_u32.checked_shl(u32::try_from(index).ok()?)?;
                if seen & bit != 0 {
                    return None;
                }
                seen |= bit;
                at = value(bytes, at, slot, found, &mut self.day)?;
            }
            at = blanks(bytes, at);
            match *bytes.get(at)? {
                b',' => at = blanks(bytes, at.wrapping_add(1)),
                b'}' => break,
                _ => return None,
            }
            place = place.wrapping_add(1);
        }
        let end = blanks(bytes, at.wrapping_add(1));
        let whole = found.is_whole() && u32::try_from(end).is_ok();
        if whole { super::line_end_at(bytes, end, last) } else { None }
    }

    /// Which of the keys it is.
    #[inline]
    fn index(&mut self, key: &[u8], place: usize) -> Option<usize> {
        let expected = *self.order.get(place)?;
        if self.keys.get(expected).is_some_and(|(name, _)| name.as_bytes() == key) {
            return Some(expected);
        }
        let index = self.keys.iter().position(|(name, _)| name.as_bytes() == key)?;
        *self.order.get_mut(place)? = index;
        Some(index)
    }
}

/// Reads a text or number into the slot, and tells where it ends.
#[inline]
fn value(bytes: &[u8], at: usize, slot: Slot, found: &mut Found, day: &mut LastDay) -> Option<usize> {
    if bytes.get(at) == Some(&b'"') {
        let (text, behind) = string(bytes, at)?;
        // JSON may say that a text is empty; of all else an empty one says nothing.
        if text.is_empty() && !matches!(slot, Slot::Text(_)) {
            return Some(behind);
        }
        let length = found.take(slot, text, at.wrapping_add(1), Delimiter::LINE, day)?;
        return (length == text.len()).then_some(behind);
    }
    let Slot::Number(_) = slot else {
        return None;
    };
    let digits = bytes.get(at..)?;
    // JSON knows no plus and no noughts before a number.
    match digits.strip_prefix(b"-").unwrap_or(digits) {
        [b'0', b'0'..=b'9', ..] | [b'+', ..] => return None,
        _ => {}
    }
    let length = found.take(slot, digits, at, Delimiter::LINE, day)?;
    let end = at.wrapping_add(length);
    // Longer ones may be the trace of a computation in binary; that is judged elsewhere.
    if length > DOUBLE_DIGITS || matches!(bytes.get(end), Some(b'e' | b'E' | b'.')) {
        return None;
    }
    Some(end)
}

/// The text between quotes that begins there, and what is behind; `None` if it has an escape, or a character that JSON
/// forbids.
#[inline]
fn string(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let inside = bytes.get(at..)?.strip_prefix(b"\"")?;
    let close = inside.iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\')?;
    let text = inside.get(..close)?;
    (*inside.get(close)? == b'"').then(|| (text, at.wrapping_add(close).wrapping_add(2)))
}

/// Behind that byte and the blanks around it.
#[inline]
fn expect(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    let at = blanks(bytes, at);
    (*bytes.get(at)? == byte).then(|| blanks(bytes, at.wrapping_add(1)))
}

/// Behind the blanks that stand there.
#[inline]
fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at = at.wrapping_add(1);
    }
    at
}
