//! Where a CSV row ends and its cells lie (RFC 4180, on bytes).

use crate::window::line_end;
use std::borrow::Cow;
use std::ops::Range;

/// One cell of a row: its bytes without the quotes around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) range: Range<usize>,
    pub(crate) quoted: bool,
}

impl Cut {
    /// The cell's bytes, with doubled quotes made single.
    pub(crate) fn bytes<'a>(&self, row: &'a [u8]) -> Cow<'a, [u8]> {
        let bytes = row.get(self.range.clone()).unwrap_or_default();
        if !self.quoted || !bytes.contains(&b'"') {
            return Cow::Borrowed(bytes);
        }
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes.iter();
        while let Some(&byte) = rest.next() {
            out.push(byte);
            if byte == b'"' {
                rest.next();
            }
        }
        Cow::Owned(out)
    }
}

/// What lies at the beginning of the window.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A row up to `end`; the next begins at `next`.
    Row { end: usize, next: usize },
    /// A quote that is not closed within the limit, or closed in the midst of text; `seen` is how far it was followed.
    Quote { seen: usize },
    /// A row longer than the limit; nothing up to `seen` ends it.
    TooLong { seen: usize },
}

/// Cuts the row at the beginning of `bytes`, which reaches beyond the limit or to the end of the source (`last`).
///
/// A quote that opens before `strict` must close on its physical line: that far an earlier quote was already followed in
/// vain, and following each again would take quadratic time.
pub(crate) fn scan(
    bytes: &[u8],
    delimiter: u8,
    limit: usize,
    strict: usize,
    last: bool,
    cuts: &mut Vec<Cut>,
) -> Scan {
    cuts.clear();
    let mut at = 0;
    let mut spans_lines = false;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = if let Some(inside) = rest.strip_prefix(b"\"") {
            let from = at.saturating_add(1);
            let Some(length) = closing_quote(inside) else {
                let runs_over_lines = line_end(inside).is_some();
                let seen = bytes.len();
                return if runs_over_lines || last { Scan::Quote { seen } } else { Scan::TooLong { seen } };
            };
            let close = from.saturating_add(length);
            spans_lines |= inside.get(..length).is_some_and(|cell| line_end(cell).is_some());
            if at < strict && spans_lines {
                return Scan::Quote { seen: close };
            }
            cuts.push(Cut { range: from..close, quoted: true });
            close.saturating_add(1)
        } else {
            let length =
                rest.iter().position(|&b| b == delimiter || matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
            let end = at.saturating_add(length);
            cuts.push(Cut { range: at..end, quoted: false });
            end
        };
        if end > limit {
            // Over many lines it is rather a quote too many than a row too long.
            return if spans_lines { Scan::Quote { seen: end } } else { Scan::TooLong { seen: end } };
        }
        let behind = bytes.get(end..).unwrap_or_default();
        match behind.first() {
            None => return Scan::Row { end, next: end },
            Some(&byte) if byte == delimiter => at = end.saturating_add(1),
            Some(b'\r' | b'\n') => {
                let length = if behind.starts_with(b"\r\n") { 2 } else { 1 };
                return Scan::Row { end, next: end.saturating_add(length) };
            }
            // The quote that seemed to close may be one that opens another cell: it is not yet used up.
            Some(_) => return Scan::Quote { seen: end.saturating_sub(1) },
        }
    }
}

/// The place of the quote that closes a cell; a doubled one does not.
fn closing_quote(inside: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let place = inside.get(from..)?.iter().position(|&b| b == b'"')?.saturating_add(from);
        let behind = place.saturating_add(1);
        if inside.get(behind) != Some(&b'"') {
            return Some(place);
        }
        from = behind.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> (Scan, Vec<String>) {
        let mut cuts = Vec::new();
        let scan = scan(text.as_bytes(), b',', 1000, 0, true, &mut cuts);
        let cells =
            cuts.iter().map(|c| String::from_utf8(c.bytes(text.as_bytes()).into_owned()).unwrap()).collect();
        (scan, cells)
    }

    #[test]
    fn quotes_hold_commas_breaks_and_quotes() {
        let (scan, found) = cells("a,\"b,\r\n\"\"c\"\"\",\r\nnext");
        assert_eq!(found, ["a", "b,\r\n\"c\"", ""]);
        assert_eq!(scan, Scan::Row { end: 14, next: 16 });
    }

    #[test]
    fn a_quote_left_open_or_followed_by_text_is_told() {
        assert_eq!(cells("a,\"b\nc").0, Scan::Quote { seen: 6 });
        assert_eq!(cells("a,\"b\"c").0, Scan::Quote { seen: 4 });
        assert_eq!(cells("a,b\"c").1, ["a", "b\"c"]);
    }

    proptest! {
        /// The cuts are those of the `csv` crate for whatever that crate writes.
        #[test]
        fn cuts_equal_those_of_an_independent_reader(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n;扣 ]{0,6}", 1..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let mut rest = &bytes[..];
            let mut cuts = Vec::new();
            for row in &rows {
                let Scan::Row { next, .. } = scan(rest, b',', usize::MAX, 0, true, &mut cuts) else {
                    panic!("no row in {rest:?}");
                };
                let found: Vec<_> = cuts.iter().map(|c| c.bytes(rest).into_owned()).collect();
                prop_assert_eq!(found, row.iter().map(|c| c.as_bytes().to_vec()).collect::<Vec<_>>());
                rest = &rest[next..];
            }
            prop_assert!(rest.is_empty());
        }
    }
}
