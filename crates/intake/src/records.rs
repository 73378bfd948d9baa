//! The stream of records: one item for each row that is not blank.

use crate::cell::readable_id;
use crate::column::Column;
use crate::encoding::{Encoding, Mark};
use crate::file::{Account, Format, OpenError, Options, Placed};
use crate::heading::{Heading, delimiter_of, headings, record_columns};
use crate::long_way::record_of;
use crate::plain::{Extent, Found, PlainCsv, PlainJson};
use crate::reason::RefusalReason;
use crate::refusal::Refusal;
use crate::row::{Cut, Scan, scan};
use crate::window::{Window, line_end};
use ducha_core::{Record, Row};
use std::io::{self, Read};

/// The records of a file, one by one, in bounded memory.
///
/// Each row that is not blank yields one item: the record with its line, or the refusal. If the source itself fails, one
/// more item says so ([`RefusalReason::Interrupted`]) and the stream ends.
#[derive(Debug)]
pub struct Records<R> {
    window: Window<R>,
    options: Options,
    encoding: Encoding,
    /// The heading of CSV; `None` for JSON Lines.
    heading: Option<Heading<Column>>,
    /// Up to this offset a quote must close on its line: a quote was already followed so far in vain.
    strict_until: u64,
    cuts: Vec<Cut>,
    /// How rows lie that are read where they stand; `None` if there are none in this file.
    plain: Option<Plain>,
    found: Found,
    account: Account,
    ended: bool,
}

#[derive(Debug)]
enum Plain {
    Csv(PlainCsv),
    Json(PlainJson),
}

impl<R: Read> Records<R> {
    /// The records of a source of that form.
    ///
    /// # Errors
    /// [`OpenError`] if the source fails, is UTF-16, or has a heading row that is not understood.
    pub fn open(source: R, format: Format, options: Options) -> Result<Self, OpenError> {
        match format {
            Format::Csv => Self::csv(source, options),
            Format::JsonLines => Self::json_lines(source, options),
        }
    }

    /// The records of a CSV file: a heading row, then one record a row.
    ///
    /// # Errors
    /// [`OpenError`]. A wrong heading row is told in full, and no row is guessed at.
    pub fn csv(source: R, options: Options) -> Result<Self, OpenError> {
        let mut records = Self::begin(source, options)?;
        let heading = records.read_heading()?;
        records.plain = PlainCsv::under(&heading).map(Plain::Csv);
        records.heading = Some(heading);
        Ok(records)
    }

    /// The records of a JSON Lines file: one object a line.
    ///
    /// # Errors
    /// [`OpenError`] if the source fails or is UTF-16.
    pub fn json_lines(source: R, options: Options) -> Result<Self, OpenError> {
        let mut records = Self::begin(source, options)?;
        records.plain = Some(Plain::Json(PlainJson::new()));
        Ok(records)
    }

    /// The account of the rows seen so far; complete once the iterator has ended.
    #[must_use]
    pub const fn account(&self) -> Account {
        self.account
    }

    /// The encoding, as far as it is settled.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes of the source lie behind the rows told so far, the heading among them; all of them at the end.
    ///
    /// Beside the size of a file it tells how far reading has come.
    #[must_use]
    pub const fn bytes_read(&self) -> u64 {
        self.window.offset()
    }

    /// The next row with its texts borrowed, for callers that go through many and keep few of them.
    ///
    /// Made [records](Row::into_record), these are the items of the iterator, refusals and [account](Self::account)
    /// included; the two may be called by turns.
    ///
    /// ```
    /// use ducha_core::Row;
    /// use ducha_intake::{Options, Records};
    /// let sent = "id,subject,date,clause,quantity\nR-1,canteen,2026-10-03,CT-07,2\n";
    /// let mut records = Records::csv(sent.as_bytes(), Options::default())?;
    /// while let Some(row) = records.next_row() {
    ///     let placed = row?;
    ///     match placed.value {
    ///         Row::Finding(finding) => assert_eq!((finding.id, finding.clause), ("R-1", "CT-07")),
    ///         Row::Other(record) => println!("{}", record.id),
    ///     }
    /// }
    /// assert_eq!(records.bytes_read(), 63);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[allow(clippy::type_complexity, reason = "an item of the iterator, borrowed")]
    pub fn next_row(&mut self) -> Option<Result<Placed<Row<'_>>, Refusal>> {
        let (line, extent) = loop {
            match self.at_hand() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(refusal) => return Some(Err(*refusal)),
            }
            if let Some(extent) = self.plain_row() {
                let line = self.window.line();
                self.window.pass(extent.next, u64::from(extent.next > extent.end));
                break (line, extent);
            }
            if let Some(item) = self.take_row() {
                return Some(
                    item.map(|Placed { line, value }| Placed { line, value: Row::Other(Box::new(value)) }),
                );
            }
        };
        self.account.rows = self.account.rows.saturating_add(1);
        self.account.read = self.account.read.saturating_add(1);
        let row = self.window.text_behind(extent.next);
        Some(Ok(Placed { line, value: Row::Finding(self.found.in_row(row)) }))
    }

    /// Where the row at the beginning of the window ends, if it is one that is read where it stands.
    #[inline]
    fn plain_row(&mut self) -> Option<Extent> {
        let text = self.window.text();
        let last = self.window.is_last() && text.len() == self.window.bytes().len();
        let extent = match self.plain.as_mut()? {
            Plain::Csv(rows) => rows.read(text, last, &mut self.found)?,
            Plain::Json(lines) => lines.read(text, last, &mut self.found)?,
        };
        let settled = !self.found.beyond_ascii || self.encoding == Encoding::Utf8;
        (settled && extent.end <= self.options.row_limit).then_some(extent)
    }

    fn begin(source: R, options: Options) -> Result<Self, OpenError> {
        let mut records = Self {
            window: Window::new(source, options.row_limit),
            options,
            encoding: options.encoding,
            heading: None,
            strict_until: 0,
            cuts: Vec::new(),
            plain: None,
            found: Found::default(),
            account: Account::default(),
            ended: false,
        };
        records.window.fill()?;
        match Mark::of(records.window.bytes()) {
            Mark::None => {}
            Mark::Known(encoding, length) => {
                records.encoding = encoding;
                records.window.consume(length);
            }
            Mark::Utf16 => return Err(Refusal::new(1, RefusalReason::Utf16).into()),
        }
        Ok(records)
    }

    fn read_heading(&mut self) -> Result<Heading<Column>, OpenError> {
        loop {
            self.window.fill()?;
            let line = self.window.line();
            if self.window.bytes().is_empty() {
                return Err(Refusal::new(line, RefusalReason::NoHeader).into());
            }
            let limit = self.options.row_limit;
            let (bytes, last) = (self.window.bytes(), self.window.is_last());
            // The encoding is settled on the first physical line; a heading over several lines settles it below.
            let first_line = line_end(bytes).map_or(bytes, |(end, _)| bytes.get(..end).unwrap_or(bytes));
            let mut encoding = self.encoding;
            let unsettled = encoding.settle(first_line).err();
            let delimiter =
                delimiter_of(bytes, limit, last, encoding, |name| Column::of_heading(name).is_some());
            let shown = encoding.show(first_line);
            let refuse = |reason| OpenError::from(Refusal::new(line, reason).showing(&shown));
            let (end, next) = match scan(bytes, delimiter, limit, 0, last, &mut self.cuts) {
                Scan::Row { end, next } => (end, next),
                Scan::Quote { .. } => return Err(refuse(RefusalReason::Quote)),
                Scan::TooLong { .. } => return Err(refuse(RefusalReason::RowTooLong { limit })),
            };
            if let Some(reason) = unsettled {
                return Err(refuse(reason));
            }
            let row = bytes.get(..end).unwrap_or_default();
            encoding.settle(row).map_err(refuse)?;
            let found = headings(row, &self.cuts, encoding).map_err(refuse)?;
            if found.iter().all(|heading| heading.trim().is_empty()) {
                self.account.blank = self.account.blank.saturating_add(1);
                self.window.consume(next);
                continue;
            }
            let columns = record_columns(&found, line).map_err(|refusals| {
                let shown = encoding.show(row);
                OpenError::Heading(refusals.into_iter().map(|refusal| refusal.showing(&shown)).collect())
            })?;
            self.encoding = encoding;
            self.window.consume(next);
            return Ok(Heading { delimiter, columns });
        }
    }

    /// Whether a row is at hand; the refusal that ends the stream if the source fails.
    #[inline]
    fn at_hand(&mut self) -> Result<bool, Box<Refusal>> {
        if self.ended {
            return Ok(false);
        }
        if let Err(error) = self.window.fill() {
            return Err(Box::new(self.interrupted(&error)));
        }
        self.ended = self.window.bytes().is_empty();
        Ok(!self.ended)
    }

    #[cold]
    fn interrupted(&mut self, error: &io::Error) -> Refusal {
        self.ended = true;
        self.account.interrupted = true;
        Refusal::new(self.window.line(), RefusalReason::Interrupted { message: error.to_string() })
    }

    /// The row at the beginning of the window, with its place in the account; `None` for a blank one.
    fn take_row(&mut self) -> Option<Result<Placed<Record>, Refusal>> {
        let item = match self.read_row() {
            Ok(Some(item)) => item,
            Ok(None) => {
                self.account.blank = self.account.blank.saturating_add(1);
                return None;
            }
            Err(error) => return Some(Err(self.interrupted(&error))),
        };
        self.account.rows = self.account.rows.saturating_add(1);
        let counter = if item.is_ok() { &mut self.account.read } else { &mut self.account.refused };
        *counter = counter.saturating_add(1);
        Some(item)
    }

    /// The row at the beginning of the window; `None` for a blank one.
    fn read_row(&mut self) -> io::Result<Option<Result<Placed<Record>, Refusal>>> {
        let line = self.window.line();
        let limit = self.options.row_limit;
        let (bytes, last) = (self.window.bytes(), self.window.is_last());
        let found = match &self.heading {
            Some(heading) => {
                let strict = self.strict_until.saturating_sub(self.window.offset());
                let strict = usize::try_from(strict).unwrap_or(usize::MAX);
                scan(bytes, heading.delimiter, limit, strict, last, &mut self.cuts)
            }
            None => match line_end(bytes) {
                Some((end, next)) if end <= limit => Scan::Row { end, next },
                None if bytes.len() <= limit => Scan::Row { end: bytes.len(), next: bytes.len() },
                _ => Scan::TooLong { seen: bytes.len().min(limit) },
            },
        };
        match found {
            Scan::Row { end, next } => {
                let row = bytes.get(..end).unwrap_or_default();
                let mut encoding = self.encoding;
                let record = record_of(row, &mut encoding, self.heading.as_ref(), &self.cuts);
                let item = match record {
                    Ok(None) => None,
                    Ok(Some(value)) => Some(Ok(Placed { line, value })),
                    Err((fault, id)) => Some(Err(Refusal::new(line, fault.reason)
                        .in_column(fault.column)
                        .of_record(id)
                        .showing(&encoding.show(beginning(row))))),
                };
                self.encoding = encoding;
                self.window.consume(next);
                Ok(item)
            }
            Scan::Quote { seen } => {
                let seen = u64::try_from(seen).unwrap_or(u64::MAX);
                self.strict_until = self.strict_until.max(self.window.offset().saturating_add(seen));
                let refusal = self.refuse_start(line, RefusalReason::Quote);
                self.window.skip_line()?;
                Ok(Some(Err(refusal)))
            }
            Scan::TooLong { seen } => {
                let refusal = self.refuse_start(line, RefusalReason::RowTooLong { limit });
                self.window.consume(seen);
                self.window.skip_line()?;
                Ok(Some(Err(refusal)))
            }
        }
    }

    /// The refusal of a row that has no end within reach.
    fn refuse_start(&self, line: u64, reason: RefusalReason) -> Refusal {
        let bytes = self.window.bytes();
        let first = beginning(line_end(bytes).map_or(bytes, |(end, _)| bytes.get(..end).unwrap_or(bytes)));
        let shown = self.encoding.show(first);
        let id = self.heading.as_ref().and_then(|heading| {
            let place =
                heading.columns.iter().position(|column| column.is_some_and(|column| column.key == "id"))?;
            readable_id(shown.split(char::from(heading.delimiter)).nth(place)?.trim_matches('"'))
        });
        Refusal::new(line, reason).of_record(id).showing(&shown)
    }
}

/// As much of a row as can be shown, whatever its encoding.
fn beginning(row: &[u8]) -> &[u8] {
    row.get(..2000).unwrap_or(row)
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Placed<Record>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.at_hand() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(refusal) => return Some(Err(*refusal)),
            }
            if let Some(item) = self.take_row() {
                return Some(item);
            }
        }
    }
}
