//! The plain forms of ids, days, times and numbers, read on bytes.
//!
//! Each function reads at the beginning of the bytes and tells how many belong to the value; whether the cell ends there is the
//! caller's question.

use chrono::{NaiveDate, NaiveTime};
use ducha_core::MAX_ID_BYTES;

/// The digits of a number of which no sum or product in reading can overflow.
const MOST_DIGITS: usize = 18;

/// A number as digits and the place of the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) digits: i64,
    pub(super) places: u32,
}

const LOW: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// A byte that ends a value, for comparing eight bytes at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delimiter(u64);

impl Delimiter {
    /// The end of a line, which no cell holds that is cut already.
    pub(super) const LINE: Self = Self(u64::from_le_bytes([b'\n'; 8]));

    pub(super) const fn new(byte: u8) -> Self {
        Self(u64::from_le_bytes([byte; 8]))
    }

    /// Marks the highest bit of the first byte that is the delimiter or below `floor`. Behind the first mark others may stand
    /// that mean nothing, for a byte there borrows from the next.
    #[inline(always)]
    const fn ends(self, word: u64, floor: u8) -> u64 {
        let below = word.wrapping_sub(u64::from_le_bytes([floor; 8])) & !word;
        let other = word ^ self.0;
        let equal = other.wrapping_sub(LOW) & !other;
        (below | equal) & HIGH
    }
}

/// How many bytes lie before the first one that is marked.
#[inline(always)]
const fn before(marks: u64) -> usize {
    (marks.trailing_zeros() >> 3) as usize
}

/// The last bytes, fewer than eight, as one word with NUL behind them: those end every value.
#[cold]
#[inline(never)]
fn last_word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// The length of the id; `None` if there is none or it is too long.
#[inline(always)]
pub(super) fn id_length(bytes: &[u8], delimiter: Delimiter) -> Option<usize> {
    // What is beyond ASCII ends an id, and so does delete, which adding one makes so.
    let ends = |word: u64| delimiter.ends(word, b'!') | (word | word.wrapping_add(LOW)) & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut length = 0_usize;
    for eight in words {
        let ends = ends(u64::from_le_bytes(*eight));
        if ends != 0 {
            length = length.wrapping_add(before(ends));
            return (length.wrapping_sub(1) < MAX_ID_BYTES).then_some(length);
        }
        length = length.wrapping_add(8);
        if length > MAX_ID_BYTES {
            return None;
        }
    }
    length = length.wrapping_add(before(ends(last_word(rest))));
    (length.wrapping_sub(1) < MAX_ID_BYTES).then_some(length)
}

/// The length of the text before the delimiter or a control character, such as a line break, and whether it goes
/// beyond ASCII.
#[inline(always)]
pub(super) fn text_length(bytes: &[u8], delimiter: Delimiter) -> (usize, bool) {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut length = 0_usize;
    let mut all = 0;
    for eight in words {
        let word = u64::from_le_bytes(*eight);
        let ends = delimiter.ends(word, b' ');
        if ends != 0 {
            // The bits below the first byte marked.
            let inside = ((ends & ends.wrapping_neg()) >> 7).wrapping_sub(1);
            return (length.wrapping_add(before(ends)), (all | word & inside) & HIGH != 0);
        }
        all |= word;
        length = length.wrapping_add(8);
    }
    let word = last_word(rest);
    let ends = delimiter.ends(word, b' ');
    let inside = ((ends & ends.wrapping_neg()) >> 7).wrapping_sub(1);
    (length.wrapping_add(before(ends)), (all | word & inside) & HIGH != 0)
}

#[inline(always)]
fn digit(byte: u8) -> Option<u32> {
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some(u32::from(digit))
}

/// One or two digits, and how many.
#[inline(always)]
fn one_or_two(bytes: &[u8]) -> Option<(u32, usize)> {
    let first = digit(*bytes.first()?)?;
    match bytes.get(1).and_then(|&byte| digit(byte)) {
        Some(second) => Some((first.wrapping_mul(10).wrapping_add(second), 2)),
        None => Some((first, 1)),
    }
}

#[inline(always)]
fn two([tens, ones]: [u8; 2]) -> Option<u32> {
    Some(digit(tens)?.wrapping_mul(10).wrapping_add(digit(ones)?))
}

/// A day: four digits, one or two, one or two, with equal marks between.
#[inline]
pub(super) fn day(bytes: &[u8]) -> Option<(NaiveDate, usize)> {
    let &[y1, y2, y3, y4, mark, ref rest @ ..] = bytes else {
        return None;
    };
    if !matches!(mark, b'-' | b'/' | b'.') {
        return None;
    }
    let year = two([y1, y2])?.wrapping_mul(100).wrapping_add(two([y3, y4])?);
    let (month, month_length) = one_or_two(rest)?;
    let rest = rest.get(month_length..)?;
    if *rest.first()? != mark {
        return None;
    }
    let (day, day_length) = one_or_two(rest.get(1..)?)?;
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day)?;
    Some((date, month_length.wrapping_add(day_length).wrapping_add(6)))
}

/// A time of day: `9:05`, `09:05`, `09:05:30`.
#[inline]
pub(super) fn time(bytes: &[u8]) -> Option<(NaiveTime, usize)> {
    let (hour, length) = one_or_two(bytes)?;
    let &[b':', m1, m2, ref rest @ ..] = bytes.get(length..)? else {
        return None;
    };
    let minute = two([m1, m2])?;
    let (second, length) = match *rest {
        [b':', s1, s2, ..] => (two([s1, s2])?, length.wrapping_add(6)),
        _ => (0, length.wrapping_add(3)),
    };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, length))
}

/// A number: perhaps a sign, digits, perhaps a point and digits. A negative nought is not plain.
#[inline(always)]
pub(super) fn number(bytes: &[u8]) -> Option<(Number, usize)> {
    let (negative, sign) = match *bytes.first()? {
        b'-' => (true, 1),
        b'+' => (false, 1),
        _ => (false, 0),
    };
    let (whole, whole_length) = digits(bytes.get(sign..)?, 0);
    let behind = sign.wrapping_add(whole_length);
    let (number, part_length) = match bytes.get(behind) {
        Some(b'.') => {
            let (number, length) = digits(bytes.get(behind.wrapping_add(1)..)?, whole);
            if length == 0 {
                return None;
            }
            (number, length)
        }
        _ => (whole, 0),
    };
    if whole_length == 0 || whole_length.wrapping_add(part_length) > MOST_DIGITS || (negative && number == 0)
    {
        return None;
    }
    let length = behind.wrapping_add(part_length).wrapping_add(usize::from(part_length > 0));
    let digits = if negative { number.wrapping_neg() } else { number };
    Some((Number { digits, places: u32::try_from(part_length).ok()? }, length))
}

/// Goes on from `number` by the digits at the beginning of the bytes, and says how many there are. Beyond
/// [`MOST_DIGITS`] the number means nothing.
#[inline(always)]
fn digits(bytes: &[u8], mut number: i64) -> (i64, usize) {
    let mut length = 0_usize;
    for digit in bytes.iter().map_while(|&byte| digit(byte)) {
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        length = length.wrapping_add(1);
    }
    (number, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::read_id;
    use crate::day::{read_date, read_time};
    use ducha_core::{Amount, RecordId, amount::unit, exact};
    use proptest::prelude::*;

    fn decimal(number: Number) -> Amount<unit::Point> {
        Amount::of_scaled(number.digits, number.places).unwrap()
    }

    #[test]
    fn plain_values_are_taken_up_to_their_end() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 3);
        for (text, length) in [("2026-10-03,x", 10), ("2026/10/3", 9), ("2026.10.3\n", 9)] {
            assert_eq!(day(text.as_bytes()), date.map(|date| (date, length)), "{text}");
        }
        for (text, digits, places, length) in
            [("2,", 2, 0, 1), ("-12.50;", -1250, 2, 6), ("+3", 3, 0, 2), ("007", 7, 0, 3), ("0.0x", 0, 1, 3)]
        {
            assert_eq!(number(text.as_bytes()), Some((Number { digits, places }, length)), "{text}");
        }
        assert_eq!(id_length(b"CT-07,2026-10-03", Delimiter::new(b',')), Some(5));
        assert_eq!(id_length(&[b'x'; 128], Delimiter::new(b',')), Some(128));
        assert_eq!(time(b"9:05,"), NaiveTime::from_hms_opt(9, 5, 0).map(|time| (time, 4)));
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for text in ["", ".", "-", "1.", ".5", "-0", "-0.0", "1234567890123456789", "２"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
        for text in ["", "2026-10/3", "26-10-3", "20261003", "2026-02-29", "2026-10-", "２０２６-10-3"] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
        for text in ["", "9", "9:5", "24:00", "9:05:60"] {
            assert_eq!(time(text.as_bytes()), None, "{text}");
        }
        assert_eq!(id_length(b" x", Delimiter::new(b',')), None);
        assert_eq!(id_length(&[b'x'; 129], Delimiter::new(b',')), None);
        assert_eq!(id_length(&[b'x'; 136], Delimiter::new(b',')), None);
    }

    proptest! {
        /// An id ends where the first byte stands that no id has, whatever stands behind.
        #[test]
        fn ids_end_where_their_bytes_end(bytes in prop::collection::vec(prop_oneof![8 => b'!'..=b'~', 1 => any::<u8>()], 0..40), delimiter in prop::sample::select(&b",;\t\n"[..])) {
            let end = bytes.iter().position(|b| !b.is_ascii_graphic() || *b == delimiter).unwrap_or(bytes.len());
            prop_assert_eq!(id_length(&bytes, Delimiter::new(delimiter)), (end > 0).then_some(end));
        }

        /// So does a text at its delimiter or a control character, and what is beyond ASCII is told of it alone.
        #[test]
        fn texts_end_where_they_end(text in prop_oneof!["[ -~]{0,40}", "[ -~\\t\r\n\u{0}扣é]{0,40}"], delimiter in prop::sample::select(&b",;\t\n"[..])) {
            let bytes = text.as_bytes();
            let end = bytes.iter().position(|b| *b < b' ' || *b == delimiter).unwrap_or(bytes.len());
            prop_assert_eq!(text_length(bytes, Delimiter::new(delimiter)), (end, !bytes[..end].is_ascii()));
        }

        /// Whatever is taken to its end means the same read the long way.
        #[test]
        fn what_is_plain_means_the_same(text in prop_oneof!["[-+]?[0-9.]{0,20}", "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}", "[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2})?", "\\PC{0,12}"]) {
            let bytes = text.as_bytes();
            let whole = |length| length == bytes.len();
            if let Some((number, length)) = number(bytes) && whole(length) {
                prop_assert_eq!(exact::parse(&text).map(Amount::new), Ok(decimal(number)));
            }
            if let Some((day, length)) = day(bytes) && whole(length) {
                prop_assert_eq!(read_date(&text), Ok(day));
            }
            if let Some((time, length)) = time(bytes) && whole(length) {
                prop_assert_eq!(read_time(&text), Ok(time));
            }
            if let Some(length) = id_length(bytes, Delimiter::LINE) && whole(length) {
                prop_assert_eq!(read_id(&text).map(|id: RecordId| id.to_string()), Ok(text.clone()));
            }
        }
    }
}
