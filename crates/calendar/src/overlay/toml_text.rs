//! Overlays written in TOML; `docs/calendar.md` describes the format.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::shown;
use super::{Effect, Entry, Expected, Overlay, OverlayError, OverlayFault, Place};
use crate::offset::is_written_as_day;
use crate::{Hours, Occasion};

/// How a day is written.
const PATTERN: &str = "2026-07-13";

impl Overlay {
    /// Reads an overlay from TOML.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn from_toml(text: &str) -> Result<Overlay, OverlayError> {
        let table = DeTable::parse(text).map_err(|error| unread(text, &error))?;
        let source = Source { text };
        let root = At { source, start: 0, table: table.get_ref() };
        root.only(&["id", "name", "hours", "day"])?;
        let id = root.text("id")?;
        let name = root.name("name")?.ok_or_else(|| root.missing("name"))?;
        let hours = root.hours("hours")?;
        let mut entries = Vec::new();
        if let Some((place, value)) = root.get("day") {
            let DeValue::Array(days) = value else {
                return Err(wrong(place, "day", Expected::Days));
            };
            for day in days {
                entries.push(entry(source, day)?);
            }
        }
        Overlay::new(id, name, hours, entries)
    }
}

/// Why a text is no TOML; a date that does not exist is told as one in quotation marks is.
fn unread(text: &str, error: &toml::de::Error) -> OverlayError {
    let start = error.span().map(|span| span.start);
    let written = start.and_then(|start| text.get(start..)?.get(..PATTERN.len()));
    let fault = match written.filter(|day| is_written_as_day(day) && plain_date(day).is_none()) {
        Some(day) => OverlayFault::NotADay { written: day.to_string(), pattern: PATTERN },
        None => OverlayFault::Syntax { detail: error.message().to_string() },
    };
    OverlayError { place: start.map(|start| Place::of(text, start)), fault }
}

fn entry(source: Source<'_>, value: &Spanned<DeValue<'_>>) -> Result<Entry, OverlayError> {
    let start = value.span().start;
    let DeValue::Table(table) = value.get_ref() else {
        return Err(wrong(source.place(start), "day", Expected::Days));
    };
    let day = At { source, start, table };
    day.only(&["effect", "first", "last", "name", "hours"])?;
    let effect = {
        let written = day.text("effect")?;
        Effect::read(&written)
            .ok_or_else(|| day.fault("effect", OverlayFault::UnknownEffect { written: shown(&written) }))?
    };
    let first = day.date("first")?.ok_or_else(|| day.missing("first"))?;
    let last = day.date("last")?.unwrap_or(first);
    let name = day.name("name")?.unwrap_or_else(|| Occasion {
        zh: Cow::Borrowed(effect.name(crate::Lang::Zh)),
        en: Cow::Borrowed(effect.name(crate::Lang::En)),
    });
    let hours = day.hours("hours")?;
    Ok(Entry { first, last, effect, name, hours, place: Some(source.place(start)) })
}

#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
}

impl Source<'_> {
    fn place(self, offset: usize) -> Place {
        Place::of(self.text, offset)
    }
}

/// A table with its place.
struct At<'a, 'i> {
    source: Source<'a>,
    start: usize,
    table: &'a DeTable<'i>,
}

impl<'a, 'i> At<'a, 'i> {
    fn only(&self, known: &[&str]) -> Result<(), OverlayError> {
        // In the order in which they are written.
        let mut keys: Vec<_> = self.table.iter().map(|(key, _)| (key.span().start, key.get_ref())).collect();
        keys.sort_unstable_by_key(|(start, _)| *start);
        match keys.into_iter().find(|(_, key)| !known.contains(&key.as_ref())) {
            None => Ok(()),
            Some((start, key)) => Err(OverlayError::at(
                self.source.place(start),
                OverlayFault::UnknownKey { key: shown(key), known: known.join(", ") },
            )),
        }
    }

    fn get(&self, key: &str) -> Option<(Place, &'a DeValue<'i>)> {
        let value = self.table.get(key)?;
        Some((self.source.place(value.span().start), value.get_ref()))
    }

    fn missing(&self, key: &'static str) -> OverlayError {
        OverlayError::at(self.source.place(self.start), OverlayFault::Missing { key })
    }

    fn fault(&self, key: &str, fault: OverlayFault) -> OverlayError {
        let place = self.get(key).map_or_else(|| self.source.place(self.start), |(place, _)| place);
        OverlayError::at(place, fault)
    }

    fn text(&self, key: &'static str) -> Result<String, OverlayError> {
        let (place, value) = self.get(key).ok_or_else(|| self.missing(key))?;
        match value {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.trim().to_string()),
            _ => Err(wrong(place, key, Expected::Text)),
        }
    }

    /// One name for both languages, or one for each.
    fn name(&self, key: &'static str) -> Result<Option<Occasion>, OverlayError> {
        let Some((place, value)) = self.get(key) else { return Ok(None) };
        match value {
            DeValue::String(_) => {
                let name = self.text(key)?;
                Ok(Some(Occasion { zh: Cow::Owned(name.clone()), en: Cow::Owned(name) }))
            }
            DeValue::Table(table) => {
                let start = self.table.get(key).map_or(self.start, |value| value.span().start);
                let pair = At { source: self.source, start, table };
                pair.only(&["zh", "en"])?;
                Ok(Some(Occasion { zh: Cow::Owned(pair.text("zh")?), en: Cow::Owned(pair.text("en")?) }))
            }
            _ => Err(wrong(place, key, Expected::Name)),
        }
    }

    fn date(&self, key: &'static str) -> Result<Option<NaiveDate>, OverlayError> {
        let Some((place, value)) = self.get(key) else { return Ok(None) };
        let written = match value {
            DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => {
                format!("{moment}")
            }
            DeValue::String(text) => text.trim().to_string(),
            _ => return Err(wrong(place, key, Expected::Day)),
        };
        match plain_date(&written) {
            Some(date) => Ok(Some(date)),
            None => Err(OverlayError::at(
                place,
                OverlayFault::NotADay { written: shown(&written), pattern: PATTERN },
            )),
        }
    }

    fn hours(&self, key: &'static str) -> Result<Option<Hours>, OverlayError> {
        let Some((place, value)) = self.get(key) else { return Ok(None) };
        let DeValue::String(text) = value else { return Err(wrong(place, key, Expected::Hours)) };
        text.parse().map(Some).map_err(|error| OverlayError::at(place, OverlayFault::Hours(error)))
    }
}

/// A day of ten characters, as 2026-07-13, that exists.
fn plain_date(text: &str) -> Option<NaiveDate> {
    is_written_as_day(text).then(|| text.parse().ok()).flatten()
}

fn wrong(place: Place, key: &str, expected: Expected) -> OverlayError {
    OverlayError::at(place, OverlayFault::WrongKind { key: key.to_string(), expected })
}
