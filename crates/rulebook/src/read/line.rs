//! Bytes of a text as lines and columns.

use alloc::vec::Vec;

/// The lines of a text, to tell the line and column of a byte quickly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    /// Where each line begins.
    starts: Vec<usize>,
}

impl LineIndex {
    /// The lines of this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let after_breaks =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at.saturating_add(1));
        Self { starts: core::iter::once(0).chain(after_breaks).collect() }
    }

    /// Line and column of a byte, both counted from 1; columns count characters, not bytes.
    ///
    /// `text` is the text that the index was made of; a byte beyond its end counts as the end.
    ///
    /// ```
    /// use ducha_rulebook::LineIndex;
    /// let text = "a = 1\n名 = 2\n";
    /// assert_eq!(LineIndex::new(text).line_column(text, 10), (2, 3));
    /// ```
    #[must_use]
    pub fn line_column(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = byte.min(text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0).max(mark(text));
        let before = text.as_bytes().get(start..byte).unwrap_or_default();
        // Bytes that continue a character are not counted.
        let column = before.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count();
        (line, column.saturating_add(1))
    }

    /// The text of a line counted from 1, without its line break.
    #[must_use]
    pub fn line<'a>(&self, text: &'a str, line: usize) -> Option<&'a str> {
        let start = (*self.starts.get(line.checked_sub(1)?)?).max(mark(text));
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        Some(text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }
}

/// The length of a byte-order mark; it is no character of the first line.
fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_line() {
        let text = "一二\r\n\nab";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 0), (1, 1));
        assert_eq!(index.line_column(text, 3), (1, 2));
        assert_eq!(index.line_column(text, 8), (2, 1));
        assert_eq!(index.line_column(text, 9), (3, 1));
        assert_eq!(index.line_column(text, 99), (3, 3));
        assert_eq!(index.line(text, 1), Some("一二"));
        assert_eq!(index.line(text, 3), Some("ab"));
        assert_eq!(index.line(text, 4), None);
        let marked = "\u{feff}a = 1";
        assert_eq!(LineIndex::new(marked).line_column(marked, 3), (1, 1));
        assert_eq!(LineIndex::new(marked).line(marked, 1), Some("a = 1"));
    }
}
