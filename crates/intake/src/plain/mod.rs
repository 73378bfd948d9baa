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
use value::{Delimiter, Number};

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

/// Where in a row a text lies.
///
/// INVARIANT: rows longer than 4 GiB are not plain, so the numbers suffice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Span {
    begin: u32,
    end: u32,
}

impl Span {
    #[inline(always)]
    const fn new(begin: usize, length: usize) -> Self {
        Self { begin: begin as u32, end: begin.wrapping_add(length) as u32 }
    }

    #[inline(always)]
    const fn is_empty(self) -> bool {
        self.begin >= self.end
    }

    #[inline(always)]
    fn of(self, row: &str) -> Option<&str> {
        row.get(self.begin as usize..self.end as usize)
    }
}

/// What was found in a plain row: values, and where in the row its texts lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Empty where there is none.
    ids: [Span; 9],
    texts: [Option<Span>; 3],
    days: [Option<NaiveDate>; 4],
    numbers: [Option<Number>; 3],
    time: Option<NaiveTime>,
    method: Option<Method>,
    /// Whether a text goes beyond ASCII, so that it depends on the encoding.
    pub(crate) beyond_ascii: bool,
}

impl Found {
    /// Takes the value at the beginning of `bytes`, which stands `at` so far into the row. It ends before `delimiter` or a line
    /// break, or with `bytes`; its length is told. `None` where it is not plain.
    #[inline(always)]
    fn take(
        &mut self,
        slot: Slot,
        bytes: &[u8],
        at: usize,
        delimiter: Delimiter,
        days: &mut LastDay,
    ) -> Option<usize> {
        match slot {
            Slot::Id(place) => {
                let length = value::id_length(bytes, delimiter)?;
                *self.ids.get_mut(place)? = Span::new(at, length);
                Some(length)
            }
            Slot::Day(place) => {
                let (day, length) = days.read(bytes)?;
                *self.days.get_mut(place)? = Some(day);
                Some(length)
            }
            Slot::Number(place) => {
                let (number, length) = value::number(bytes)?;
                *self.numbers.get_mut(place)? = Some(number);
                Some(length)
            }
            Slot::Type => {
                let code = RecordType::Finding.code().as_bytes();
                bytes.starts_with(code).then_some(code.len())
            }
            Slot::Text(place) => self.take_text(place, bytes, at, delimiter),
            Slot::Method => self.take_method(bytes, delimiter),
            Slot::Time => self.take_time(bytes),
            Slot::Empty => None,
        }
    }

    #[inline(always)]
    fn take_text(&mut self, place: usize, bytes: &[u8], at: usize, delimiter: Delimiter) -> Option<usize> {
        let (length, beyond_ascii) = value::text_length(bytes, delimiter);
        self.beyond_ascii |= beyond_ascii;
        *self.texts.get_mut(place)? = Some(Span::new(at, length));
        Some(length)
    }

    #[inline(never)]
    fn take_time(&mut self, bytes: &[u8]) -> Option<usize> {
        let (time, length) = value::time(bytes)?;
        self.time = Some(time);
        Some(length)
    }

    #[inline(never)]
    fn take_method(&mut self, bytes: &[u8], delimiter: Delimiter) -> Option<usize> {
        let (length, beyond_ascii) = value::text_length(bytes, delimiter);
        let word = bytes.get(..length)?;
        let (method, ..) =
            Method::NAMES.iter().find(|(_, code, zh, _)| code.as_bytes() == word || zh.as_bytes() == word)?;
        self.beyond_ascii |= beyond_ascii;
        self.method = Some(*method);
        Some(length)
    }

    /// Drops the blanks around a text, and a text that is nothing else.
    #[inline(always)]
    fn trim_text(&mut self, place: usize, row: &str) {
        let Some(Some(text)) = self.texts.get(place) else {
            return;
        };
        let ends = |at: u32| row.as_bytes().get(at as usize).is_none_or(|byte| !byte.is_ascii_graphic());
        if ends(text.begin) || ends(text.end.wrapping_sub(1)) {
            self.trim_blanks(place, row);
        }
    }

    #[inline(never)]
    fn trim_blanks(&mut self, place: usize, row: &str) {
        let Some(text) = self.texts.get_mut(place) else {
            return;
        };
        *text = text.take().and_then(|span| {
            let text = span.of(row)?.trim_end();
            let inner = text.trim_start();
            let begin = (span.begin as usize).wrapping_add(text.len().wrapping_sub(inner.len()));
            (!inner.is_empty()).then(|| Span::new(begin, inner.len()))
        });
    }

    /// Whether all is there that a finding must have.
    #[inline(always)]
    fn is_whole(&self) -> bool {
        let [id, subject, clause, ..] = &self.ids;
        let [occurred_on, ..] = &self.days;
        !id.is_empty() && !subject.is_empty() && !clause.is_empty() && occurred_on.is_some()
    }

    /// The finding, cut out of the row in which it was found.
    ///
    /// INVARIANT: the row is the one that was read, so that every span lies in it and what a finding must have is there.
    #[inline(always)]
    pub(crate) fn in_row<'r>(&self, row: &'r str) -> FindingRow<'r> {
        let [id, subject, clause, revokes, supersedes, severity, inspection, inspector, source] = &self.ids;
        let [note, reason, place] = &self.texts;
        let [occurred_on, recorded_on, corrected_on, decided_on] = self.days;
        let [quantity, points, money] = &self.numbers;
        let needed = |span: &Span| span.of(row).unwrap_or_default();
        let named = |span: &Span| if span.is_empty() { None } else { span.of(row) };
        let text = |span: &Option<Span>| span.as_ref().and_then(|span| span.of(row));
        FindingRow {
            id: needed(id),
            subject: needed(subject),
            occurred_on: occurred_on.unwrap_or_default(),
            occurred_at: self.time,
            recorded_on,
            revokes: named(revokes),
            supersedes: named(supersedes),
            note: text(note),
            clause: needed(clause),
            quantity: quantity.as_ref().and_then(amount),
            points: points.as_ref().and_then(amount),
            money: money.as_ref().and_then(amount),
            severity: named(severity),
            reason: text(reason),
            place: text(place),
            inspection: named(inspection),
            inspector: named(inspector),
            method: self.method,
            source: named(source),
            corrected_on,
            decided_on,
        }
    }

    /// Forgets the row before.
    #[inline(always)]
    fn clear(&mut self) {
        self.ids = [Span { begin: 0, end: 0 }; 9];
        self.texts = [None; 3];
        self.days = [None; 4];
        self.numbers = [None; 3];
        self.time = None;
        self.method = None;
        self.beyond_ascii = false;
    }
}

#[inline(always)]
fn amount<U>(number: &Number) -> Option<Amount<U>> {
    Amount::of_scaled(number.digits, number.places)
}

/// The day that was read last, as it was written: files mostly stand in the order of days, and a day that stands again need
/// not be read again.
#[derive(Debug, Clone, Copy, Default)]
struct LastDay {
    written: [u8; 10],
    day: Option<NaiveDate>,
}

impl LastDay {
    #[inline(always)]
    fn read(&mut self, bytes: &[u8]) -> Option<(NaiveDate, usize)> {
        let written = bytes.first_chunk::<10>();
        if let (Some(day), Some(written)) = (self.day, written)
            && *written == self.written
        {
            return Some((day, written.len()));
        }
        self.read_anew(bytes)
    }

    #[inline(never)]
    fn read_anew(&mut self, bytes: &[u8]) -> Option<(NaiveDate, usize)> {
        let (day, length) = value::day(bytes)?;
        if let Some(written) = bytes.first_chunk::<10>()
            && length == written.len()
        {
            *self = Self { written: *written, day: Some(day) };
        }
        Some((day, length))
    }
}

/// The extent of a row whose cells end there, if the row ends there as well; `last` says that nothing follows the bytes.
#[inline(always)]
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
