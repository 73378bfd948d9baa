//! In which encoding a file is, and the text of its rows.
//!
//! Rows are cut on bytes and decoded one by one: no byte of a multi-byte GB18030 character is a comma, semicolon, tab, quote or
//! line break, so the cuts are the same before and after decoding, and one undecodable row does not spoil the next.

use crate::reason::RefusalReason;
use encoding_rs::GB18030;
use std::borrow::Cow;

/// The encoding of a file.
///
/// `Auto` decides at the first row that is not plain ASCII, for the rest of the file: a row that is valid UTF-8 and has a
/// character of three or four bytes (as all Chinese has) is UTF-8; one that is no UTF-8 but decodes as GB18030 is GB18030. A row that is
/// both (`一` in GB18030 is a Cyrillic letter in UTF-8) or neither is refused, and the next row decides. A UTF-8 byte-order mark
/// decides at once, and goes before whatever was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Encoding {
    /// Decided by the first row that is not plain ASCII.
    #[default]
    Auto,
    /// UTF-8, with or without byte-order mark.
    Utf8,
    /// GB18030, which includes GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The name for people and the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
        }
    }

    /// The encoding of that name: `auto`, `utf-8`, `gb18030`, or one of the names of its subsets, `gbk` and `gb2312`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "auto" => Some(Self::Auto),
            "utf-8" | "utf8" => Some(Self::Utf8),
            "gb18030" | "gbk" | "gb2312" => Some(Self::Gb18030),
            _ => None,
        }
    }

    /// Settles the encoding by this row, as far as it can, before its cells are decoded.
    pub(crate) fn settle(&mut self, row: &[u8]) -> Result<(), RefusalReason> {
        if row.contains(&0) {
            return Err(RefusalReason::Nul);
        }
        if *self != Self::Auto || row.is_ascii() {
            return Ok(());
        }
        let utf8 = std::str::from_utf8(row);
        let gb18030 = GB18030.decode_without_bom_handling_and_without_replacement(row);
        *self = match (utf8, gb18030) {
            (Ok(text), _) if text.chars().any(|c| c.len_utf8() > 2) => Self::Utf8,
            (Ok(_), None) => Self::Utf8,
            (Err(_), Some(_)) => Self::Gb18030,
            (Ok(_), Some(_)) => return Err(RefusalReason::EncodingUnclear),
            (Err(_), None) => return Err(RefusalReason::Undecodable { encoding: *self }),
        };
        Ok(())
    }

    /// The text of these bytes.
    pub(crate) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, RefusalReason> {
        let decoded = match self {
            Self::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
            Self::Auto | Self::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        };
        decoded.ok_or(RefusalReason::Undecodable { encoding: self })
    }

    /// The text of these bytes for people to see, with a mark where they are no text.
    pub(crate) fn show(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
            Self::Auto | Self::Utf8 => String::from_utf8_lossy(bytes),
        }
    }
}

/// What the first bytes of a file say of its encoding.
pub(crate) enum Mark {
    None,
    /// A byte-order mark of that many bytes.
    Known(Encoding, usize),
    Utf16,
}

impl Mark {
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [0xef, 0xbb, 0xbf, ..] => Self::Known(Encoding::Utf8, 3),
            [0x84, 0x31, 0x95, 0x33, ..] => Self::Known(Encoding::Gb18030, 4),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Self::Utf16,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(rows: &[&[u8]]) -> (Encoding, Vec<&'static str>) {
        let mut encoding = Encoding::Auto;
        let refused =
            rows.iter().filter_map(|row| encoding.settle(row).err()).map(|reason| reason.code()).collect();
        (encoding, refused)
    }

    #[test]
    fn the_first_row_beyond_ascii_decides_where_that_is_safe() {
        let (gb, _, _) = GB18030.encode("扣分");
        assert_eq!(settled(&[b"id,date", "扣分".as_bytes()]), (Encoding::Utf8, vec![]));
        assert_eq!(settled(&[b"id,date", &gb]), (Encoding::Gb18030, vec![]));
        assert_eq!(settled(&[b"id,date"]), (Encoding::Auto, vec![]));
    }

    #[test]
    fn a_row_that_could_be_both_is_refused_and_the_next_decides() {
        let (one, _, _) = GB18030.encode("一");
        let (gb, _, _) = GB18030.encode("扣分");
        assert_eq!(settled(&[&one, &gb]), (Encoding::Gb18030, vec!["encoding_unclear"]));
        assert_eq!(settled(&[b"\xff\xff", "扣".as_bytes()]), (Encoding::Utf8, vec!["undecodable"]));
    }
}
