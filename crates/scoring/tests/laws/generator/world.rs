//! A random world, read off bytes: proptest and the fuzz targets draw from here.

use super::{organisation, records, rulebook};
use chrono::NaiveDate;
use ducha_core::{Organisation, Period, Record};
use ducha_rulebook::{Rulebook, Source, read_all};
use ducha_scoring::{Assessment, Request, assess};

/// Choices, read one by one; past its end every choice is the first.
pub(crate) struct Tape<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tape<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % count
    }

    /// True in about one of `of` cases; false for a tape that has run out.
    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// What is switched off for a law that it would not hold for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Without {
    /// Shares, accountability, rankings, member indexes: what connects subjects.
    pub(crate) connections: bool,
    /// A second version.
    pub(crate) versions: bool,
}

/// A world to be assessed.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) texts: Vec<String>,
    pub(crate) books: Vec<Rulebook>,
    pub(crate) organisation: Organisation,
    pub(crate) records: Vec<Record>,
    pub(crate) as_of: NaiveDate,
    pub(crate) period: Option<Period>,
    pub(crate) complete_from: Option<NaiveDate>,
    pub(crate) known_on: Option<NaiveDate>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for text in &self.texts {
            writeln!(f, "{text}\n------")?;
        }
        for record in &self.records {
            writeln!(f, "{}", serde_json::to_string(record).unwrap())?;
        }
        writeln!(
            f,
            "as of {}, period {:?}, complete from {:?}, known on {:?}",
            self.as_of, self.period, self.complete_from, self.known_on
        )
    }
}

impl World {
    pub(crate) fn request(&self) -> Request<'_> {
        let mut request = Request::new(&self.books, &self.records);
        request.organisation = Some(&self.organisation);
        request.as_of = Some(self.as_of);
        request.period = self.period;
        request.complete_from = self.complete_from;
        request.known_on = self.known_on;
        request
    }

    pub(crate) fn assess(&self) -> Assessment {
        assess(&self.request())
    }

    /// The same world with other records.
    pub(crate) fn with(&self, records: Vec<Record>) -> Self {
        Self { records, ..self.clone() }
    }

    /// The version that prices acts of that day.
    pub(crate) fn version_on(&self, day: NaiveDate) -> Option<&Rulebook> {
        self.books.iter().find(|book| book.is_in_force(day))
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads the texts, or says what is wrong with them.
pub(crate) fn read(texts: &[String]) -> Result<Vec<Rulebook>, String> {
    let sources: Vec<Source> =
        texts.iter().enumerate().map(|(i, text)| Source::new(format!("v{i}.toml"), text.clone())).collect();
    read_all(&sources).map_err(|wrong| {
        let lines = wrong.iter().map(|d| {
            let pointer = d.place.pointer.as_str();
            format!("{} {} at {pointer}", d.code.text().code, d.message(ducha_core::Lang::En))
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

impl World {
    /// The world of these bytes; nothing where its rulebooks don't read.
    pub(crate) fn of(rules: &[u8], rows: &[[u8; 16]], frame: &[u8], without: Without) -> Option<Self> {
        let texts = rulebook::texts(&mut Tape::new(rules), without);
        let books = read(&texts).ok()?;
        let mut frame = Tape::new(frame);
        let organisation = organisation::organisation(&mut frame);
        let records = records::records(rows);
        let as_of = frame.pick(&["2026-12-31", "2026-10-12", "2026-10-31", "2027-02-28", "2026-07-01"]);
        let period = frame.pick(&[None, Some("2026-10"), Some("2026-Q4"), Some("2026"), Some("2025-12")]);
        let complete_from = frame.pick(&[None, None, Some("2025-01-01"), Some("2026-03-01")]);
        Some(Self {
            texts,
            books,
            organisation,
            records,
            as_of: day(as_of),
            period: period.map(|text| Period::parse(text).unwrap()),
            complete_from: complete_from.map(day),
            known_on: None,
        })
    }
}
