//! Times as a journal writes them: ISO 8601 civil time, one text for each time.
//!
//! Hashes are made from these texts, so their form never changes: `2026-10-03T14:30:00`, and nine digits after a point
//! where a second is not whole.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

const NANOS: u32 = 1_000_000_000;

/// The text of a time.
///
/// ```
/// use ducha_journal::moment;
/// let at = moment::read("2026-10-03T14:30:00");
/// assert_eq!(at.map(moment::write).as_deref(), Some("2026-10-03T14:30:00"));
/// assert_eq!(moment::read("2026-10-03 14:30"), None);
/// ```
#[must_use]
pub fn write(at: NaiveDateTime) -> String {
    let year = at.year();
    // A leap second is 23:59:60, which chrono holds as more than a second's nanoseconds in second 59.
    let (second, nanos) = match at.nanosecond().checked_sub(NANOS) {
        Some(rest) => (at.second().saturating_add(1), rest),
        None => (at.second(), at.nanosecond()),
    };
    let day = if (0..=9999).contains(&year) { format!("{year:04}") } else { format!("{year:+06}") };
    let rest = format!("-{:02}-{:02}T{:02}:{:02}:{second:02}", at.month(), at.day(), at.hour(), at.minute());
    if nanos == 0 { day + &rest } else { format!("{day}{rest}.{nanos:09}") }
}

/// The time that a text in exactly this form tells; `None` for any other text.
#[must_use]
pub fn read(text: &str) -> Option<NaiveDateTime> {
    // Whole seconds of four-digit years are nearly all there is; they are read without a general parser.
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] =
        text.as_bytes()
    {
        let year = number(&[*y1, *y2, *y3, *y4])?;
        let date =
            NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)?;
        let (hour, minute, second) = (number(&[*h1, *h2])?, number(&[*n1, *n2])?, number(&[*s1, *s2])?);
        return match second {
            60 => date.and_hms_nano_opt(hour, minute, 59, NANOS),
            _ => date.and_hms_opt(hour, minute, second),
        };
    }
    let at = text.parse().ok()?;
    (write(at) == text).then_some(at)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit.wrapping_sub(b'0')))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_text_is_fixed() {
        for text in [
            "2026-10-03T14:30:00",
            "2026-10-03T14:30:00.500000000",
            "2016-12-31T23:59:60",
            "2016-12-31T23:59:60.000000001",
            "0001-01-01T00:00:00",
            "+10000-01-01T00:00:00",
            "-00044-03-15T12:00:00",
        ] {
            assert_eq!(read(text).map(write).as_deref(), Some(text));
        }
        for other in [
            "",
            "2026-10-03",
            "2026-10-03 14:30:00",
            "2026-10-03T14:30:00.5",
            "2026-13-03T14:30:00",
            "2026-10-03T14:30:0x",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -8_000_000_000_000_i64..8_000_000_000_000, nanos in prop_oneof![Just(0_u32), 0..NANOS]) {
            let at = chrono::DateTime::from_timestamp(seconds, nanos).map(|at| at.naive_utc());
            prop_assume!(at.is_some());
            prop_assert_eq!(read(&write(at.unwrap())), at);
        }
    }
}
