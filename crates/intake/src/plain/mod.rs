//! Rows that are read where they stand, without asking for memory.
//!
//! What a cell means is told by [`build`](crate::build) alone. This is a shortcut for rows that leave no question: plain
//! texts, days, numbers and ids of a finding, in ASCII where ASCII is meant. INVARIANT: a row that is taken here would have
//! become the same record there; a row with anything else in it is left to it, right or wrong.

mod csv;
mod json;
mod value;

pub(crate) use csv::PlainCsv;
pub(crate) use json::PlainJson;

use crate::vocabulary::RecordType;
use chrono::{NaiveDate, NaiveTime};
use ducha_core::{Amount, FindingRow, Method};
use std::ops::Range;

/// Where a plain row ends and where the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) end: usize,
    pub(crate) next: usize,
}

/// What the cells of a column are in a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Id(usize),
    Text(usize),
    Day(usize),
    Number(usize),
    Time,
    Method,
    Type,
    /// A column that a plain finding leaves empty.
    Empty,
}

// The places of the columns of each kind.
const ID: usize = 0;
const SUBJECT: usize = 1;
const CLAUSE: usize = 2;
const REVOKES: usize = 3;
const SUPERSEDES: usize = 4;
const SEVERITY: usize = 5;
const INSPECTION: usize = 6;
const INSPECTOR: usize = 7;
const SOURCE: usize = 8;

const NOTE: usize = 0;
const REASON: usize = 1;
const PLACE: usize = 2;

const OCCURRED_ON: usize = 0;
const RECORDED_ON: usize = 1;
const CORRECTED_ON: usize = 2;
const DECIDED_ON: usize = 3;

const QUANTITY: usize = 0;
const POINTS: usize = 1;
const MONEY: usize = 2;

impl Slot {
    /// The slot of a column, by its key.
    fn of(key: &str) -> Self {
        match key {
            "id" => Self::Id(ID),
            "subject" => Self::Id(SUBJECT),
            "clause" => Self::Id(CLAUSE),
            "revokes" => Self::Id(REVOKES),
            "supersedes" => Self::Id(SUPERSEDES),
            "severity" => Self::Id(SEVERITY),
            "inspection" => Self::Id(INSPECTION),
            "inspector" => Self::Id(INSPECTOR),
            "source" => Self::Id(SOURCE),
            "note" => Self::Text(NOTE),
            "reason" => Self::Text(REASON),
            "place" => Self::Text(PLACE),
            "occurred_on" => Self::Day(OCCURRED_ON),
            "recorded_on" => Self::Day(RECORDED_ON),
            "corrected_on" => Self::Day(CORRECTED_ON),
            "decided_on" => Self::Day(DECIDED_ON),
            "quantity" => Self::Number(QUANTITY),
            "points" => Self::Number(POINTS),
            "money" => Self::Number(MONEY),
            "occurred_at" => Self::Time,
            "method" => Self::Method,
            "type" => Self::Type,
            _ => Self::Empty,
        }
    }
}

/// What was found in a plain row: values, and where in the row its texts lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Empty where there is none.
    ids: [Range<usize>; 9],
    texts: [Option<Range<usize>>; 3],
    days: [Option<NaiveDate>; 4],
    numbers: [Option<value::Number>; 3],
    time: Option<NaiveTime>,
    method: Option<Method>,
    /// Whether a text goes beyond ASCII, so that it depends on the encoding.
    pub(crate) beyond_ascii: bool,
}

impl Found {
    /// Takes the value at the beginning of `bytes`, which stands `at` so far into the row. It ends before `delimiter` or a line
    /// break, or with `bytes`; its length is told. `None` where it is not plain.
    #[inline]
    fn take(&mut self, slot: Slot, bytes: &[u8], at: usize, delimiter: u8) -> Option<usize> {
        match slot {
            Slot::Id(place) => {
                let length = value::id_length(bytes, delimiter)?;
                *self.ids.get_mut(place)? = at..at.saturating_add(length);
                Some(length)
            }
            Slot::Text(place) => {
                let length = value::text_length(bytes, delimiter);
                let text = bytes.get(..length)?;
                if memchr::memchr(0, text).is_some() {
                    return None;
                }
                self.beyond_ascii |= !text.is_ascii();
                *self.texts.get_mut(place)? = Some(at..at.saturating_add(length));
                Some(length)
            }
            Slot::Day(place) => {
                let (day, length) = value::day(bytes)?;
                *self.days.get_mut(place)? = Some(day);
                Some(length)
            }
            Slot::Number(place) => {
                let (number, length) = value::number(bytes)?;
                *self.numbers.get_mut(place)? = Some(number);
                Some(length)
            }
            Slot::Time => {
                let (time, length) = value::time(bytes)?;
                self.time = Some(time);
                Some(length)
            }
            Slot::Method => {
                let length = value::text_length(bytes, delimiter);
                let word = bytes.get(..length)?;
                let (method, ..) = Method::NAMES
                    .iter()
                    .find(|(_, code, zh, _)| code.as_bytes() == word || zh.as_bytes() == word)?;
                self.beyond_ascii |= !word.is_ascii();
                self.method = Some(*method);
                Some(length)
            }
            Slot::Type => {
                let code = RecordType::Finding.code().as_bytes();
                bytes.starts_with(code).then_some(code.len())
            }
            Slot::Empty => None,
        }
    }

    /// Notes that the row has no value there.
    #[inline]
    fn leave(&mut self, slot: Slot) -> Option<()> {
        match slot {
            Slot::Id(place) => *self.ids.get_mut(place)? = 0..0,
            Slot::Text(place) => *self.texts.get_mut(place)? = None,
            Slot::Day(place) => *self.days.get_mut(place)? = None,
            Slot::Number(place) => *self.numbers.get_mut(place)? = None,
            Slot::Time => self.time = None,
            Slot::Method => self.method = None,
            Slot::Type | Slot::Empty => {}
        }
        Some(())
    }

    /// Whether all is there that a finding must have.
    fn is_whole(&self) -> bool {
        let [id, subject, clause, ..] = &self.ids;
        let [occurred_on, ..] = &self.days;
        !id.is_empty() && !subject.is_empty() && !clause.is_empty() && occurred_on.is_some()
    }

    /// Drops the blanks around a text, and a text that is nothing else.
    #[inline]
    fn trim(&mut self, slot: Slot, row: &str) {
        let Slot::Text(place) = slot else {
            return;
        };
        let Some(range) = self.texts.get_mut(place) else {
            return;
        };
        *range = range.take().and_then(|Range { start, end }| {
            let text = row.get(start..end)?.trim_end();
            let begin = text.trim_start();
            let start = start.wrapping_add(text.len().wrapping_sub(begin.len()));
            (!begin.is_empty()).then(|| start..start.wrapping_add(begin.len()))
        });
    }

    /// The finding, cut out of the row in which it was found.
    #[inline]
    pub(crate) fn in_row<'r>(&self, row: &'r str) -> Option<FindingRow<'r>> {
        let id = |place: usize| {
            let range = self.ids.get(place)?;
            if range.is_empty() { None } else { row.get(range.clone()) }
        };
        let text = |place: usize| row.get(self.texts.get(place)?.clone()?);
        let day = |place: usize| self.days.get(place).copied().flatten();
        let number = |place: usize| self.numbers.get(place).copied().flatten();
        Some(FindingRow {
            id: id(ID)?,
            subject: id(SUBJECT)?,
            occurred_on: day(OCCURRED_ON)?,
            occurred_at: self.time,
            recorded_on: day(RECORDED_ON),
            revokes: id(REVOKES),
            supersedes: id(SUPERSEDES),
            note: text(NOTE),
            clause: id(CLAUSE)?,
            quantity: number(QUANTITY).and_then(amount),
            points: number(POINTS).and_then(amount),
            money: number(MONEY).and_then(amount),
            severity: id(SEVERITY),
            reason: text(REASON),
            place: text(PLACE),
            inspection: id(INSPECTION),
            inspector: id(INSPECTOR),
            method: self.method,
            source: id(SOURCE),
            corrected_on: day(CORRECTED_ON),
            decided_on: day(DECIDED_ON),
        })
    }
}

#[inline]
fn amount<U>(number: value::Number) -> Option<Amount<U>> {
    Amount::of_scaled(number.digits, number.places)
}

/// The extent of a row whose cells end there, if the row ends there as well; `last` says that nothing follows the bytes.
#[inline]
fn line_end_at(bytes: &[u8], end: usize, last: bool) -> Option<Extent> {
    let next = |length| Some(Extent { end, next: end.wrapping_add(length) });
    match bytes.get(end..)? {
        [b'\n', ..] => next(1),
        [b'\r', b'\n', ..] => next(2),
        [b'\r', _, ..] => next(1),
        [b'\r'] if last => next(1),
        [] if last => next(0),
        _ => None,
    }
}
