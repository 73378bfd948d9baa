//! Days and times of day as clerks write them.

use crate::reason::RefusalReason;
use crate::width::{narrow, shortened};
use chrono::{NaiveDate, NaiveTime};

/// Reads a day: `2026-10-03`, `2026/10/3`, `2026.10.3`, `2026年10月3日`, `20261003`.
pub(crate) fn read_date(written: &str) -> Result<NaiveDate, RefusalReason> {
    let text = narrow(written);
    let bad = || RefusalReason::BadDate { text: shortened(&text, 60) };
    if text.contains(':') {
        return Err(RefusalReason::DateWithTime { text: shortened(&text, 60) });
    }
    let (year, month, day) = parts(&text).ok_or_else(bad)?;
    let number = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        if !lengths.contains(&s.len()) || !s.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        s.parse::<u32>().map_err(|_| bad())
    };
    let (year, month, day) = (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?);
    let year = i32::try_from(year).map_err(|_| bad())?;
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| RefusalReason::NoSuchDay { text: shortened(&text, 60) })
}

fn parts(text: &str) -> Option<(&str, &str, &str)> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        let day = rest.strip_suffix(['日', '号'])?;
        return Some((year.trim(), month.trim(), day.trim()));
    }
    for mark in ['-', '/', '.'] {
        if let Some((year, rest)) = text.split_once(mark) {
            let (month, day) = rest.split_once(mark)?;
            return Some((year, month, day));
        }
    }
    (text.len() == 8).then(|| Some((text.get(..4)?, text.get(4..6)?, text.get(6..)?)))?
}

/// Reads a time of day: `9:05`, `09:05:30`, `9时05分`. An offset is refused: times are local.
pub(crate) fn read_time(written: &str) -> Result<NaiveTime, RefusalReason> {
    let text = narrow(written);
    let bad = || RefusalReason::BadTime { text: shortened(&text, 60) };
    if text.contains(['+', 'Z', 'z']) || text.contains('-') {
        return Err(RefusalReason::TimeOffset { text: shortened(&text, 60) });
    }
    let plain = text.replace(['时', '点'], ":");
    let plain = match plain.strip_suffix('分') {
        Some(minutes) => minutes,
        None if plain.len() != text.len() => plain.strip_suffix(':').ok_or_else(bad)?,
        None => &plain,
    };
    let mut fields = plain.split(':');
    let hour = fields.next().unwrap_or_default();
    let minute = fields.next();
    if minute.is_none() && !text.contains(['时', '点']) {
        return Err(bad());
    }
    let (second, fraction) = fields.next().map_or((None, None), |s| match s.split_once('.') {
        Some((second, fraction)) => (Some(second), Some(fraction)),
        None => (Some(s), None),
    });
    if fields.next().is_some() {
        return Err(bad());
    }
    let number = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        if !lengths.contains(&s.len()) || !s.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        s.parse::<u32>().map_err(|_| bad())
    };
    let hour = number(hour, 1..=2)?;
    let spoken = text.contains(['时', '点']);
    let minute = number(minute.unwrap_or("00"), if spoken { 1..=2 } else { 2..=2 })?;
    let second = number(second.unwrap_or("00"), 2..=2)?;
    let fraction = fraction.unwrap_or("0");
    number(fraction, 1..=9)?;
    let nanos = number(&format!("{fraction:0<9}"), 9..=9)?;
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_clerks_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 3).unwrap();
        for text in [
            "2026-10-03",
            "2026/10/3",
            "2026.10.3",
            "2026年10月3日",
            "2026 年 10 月 3 日",
            "2026年10月3号",
            "20261003",
            "２０２６／１０／３",
            "2026。10。3",
            " 2026-10-3\u{3000}",
        ] {
            assert_eq!(read_date(text), Ok(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_its_own_reason() {
        let cases = [
            ("26-10-3", "bad_date"),
            ("3/10/2026", "bad_date"),
            ("2026-10/3", "bad_date"),
            ("46298", "bad_date"),
            ("十月三日", "bad_date"),
            ("2026年10月", "bad_date"),
            ("+026-10-03", "bad_date"),
            ("年月日", "bad_date"),
            ("2026-02-29", "no_such_day"),
            ("2026-13-01", "no_such_day"),
            ("2026-10-03 09:05", "date_with_time"),
            ("2026-10-03T09:05:00+08:00", "date_with_time"),
        ];
        for (text, code) in cases {
            assert_eq!(read_date(text).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn times_as_clerks_write_them() {
        let at = |h, m, s| NaiveTime::from_hms_opt(h, m, s).unwrap();
        let cases = [
            ("9:05", at(9, 5, 0)),
            ("09:05", at(9, 5, 0)),
            ("9：05", at(9, 5, 0)),
            ("09:05:30", at(9, 5, 30)),
            ("9时05分", at(9, 5, 0)),
            ("9点5分", at(9, 5, 0)),
            ("9时", at(9, 0, 0)),
        ];
        for (text, time) in cases {
            assert_eq!(read_time(text), Ok(time), "{text}");
        }
        for text in ["9", "24:00", "9:5", "9:05:61", "09:05:30.", "上午9:05", ":", "时分", "9时05", "9:05分x"]
        {
            assert_eq!(read_time(text).unwrap_err().code(), "bad_time", "{text}");
        }
        for text in ["09:05+08:00", "09:05Z"] {
            assert_eq!(read_time(text).unwrap_err().code(), "time_offset", "{text}");
        }
    }
}
