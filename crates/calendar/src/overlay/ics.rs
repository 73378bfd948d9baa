//! Overlays read from iCalendar (RFC 5545): events that last whole days.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::{Days, NaiveDate};

use super::error::shown;
use super::{Effect, Entry, Overlay, OverlayError, OverlayFault, Place};
use crate::{Hours, Lang, Occasion};

/// What an iCalendar cannot tell of itself: the overlay's id and name, and what its events mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcsReading {
    /// The overlay's id, as "campus".
    pub id: String,
    /// The overlay's name.
    pub name: Occasion,
    /// What an event makes of its days where it does not say so itself.
    pub effect: Effect,
    /// The working hours of half days, which an event cannot tell.
    pub half_day: Option<Hours>,
    /// The working hours of ordinary working days.
    pub hours: Option<Hours>,
}

impl Overlay {
    /// Reads an overlay from an iCalendar's events. Each must last whole days and come once. What it makes of its days
    /// is told by a category (closure, vacation, worked, half-day; 闭校、放假、上班、半天) or by `X-APPLE-SPECIAL-DAY`
    /// (`WORK-HOLIDAY`, `ALTERNATE-WORKDAY`), else by `reading`. Cancelled events are passed over.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line: events that come again are refused, not read in part.
    pub fn from_ics(text: &str, reading: IcsReading) -> Result<Overlay, OverlayError> {
        Overlay::from_ics_bytes(text.as_bytes(), reading)
    }

    /// Reads an overlay from the bytes of a file, as [`Overlay::from_ics`] does. Long lines may have been folded within
    /// a character (RFC 5545, 3.1), so such a file need not be text before its lines are joined.
    ///
    /// # Errors
    /// As [`Overlay::from_ics`]; and a line that is no UTF-8.
    pub fn from_ics_bytes(bytes: &[u8], reading: IcsReading) -> Result<Overlay, OverlayError> {
        let entries = events(bytes, &reading)?;
        Overlay::new(reading.id, reading.name, reading.hours, entries)
    }
}

fn events(bytes: &[u8], reading: &IcsReading) -> Result<Vec<Entry>, OverlayError> {
    let mut open: Vec<(String, Place)> = Vec::new();
    let mut entries = Vec::new();
    let mut event = Event::default();
    let mut begun = false;
    for (place, line) in unfolded(bytes) {
        let fault = if begun { OverlayFault::NotUtf8 } else { OverlayFault::NotACalendar };
        let line = String::from_utf8(line).map_err(|_| OverlayError::at(place, fault))?;
        if line.trim().is_empty() {
            continue;
        }
        let property = Property::read(&line).ok_or_else(|| {
            let fault = if begun {
                OverlayFault::NotALine { written: shown(&line) }
            } else {
                OverlayFault::NotACalendar
            };
            OverlayError::at(place, fault)
        })?;
        let value = property.value.trim();
        match property.name.as_str() {
            "BEGIN" => {
                let component = value.to_uppercase();
                if open.is_empty() && component != "VCALENDAR" {
                    return Err(OverlayError::at(place, OverlayFault::NotACalendar));
                }
                if component == "VEVENT" {
                    if open.iter().any(|(name, _)| name == "VEVENT") {
                        return Err(OverlayError::at(place, OverlayFault::Unbalanced { component }));
                    }
                    event = Event::default();
                }
                begun = true;
                open.push((component, place));
            }
            _ if !begun => return Err(OverlayError::at(place, OverlayFault::NotACalendar)),
            "END" => {
                let component = value.to_uppercase();
                let Some((begun_as, began)) = open.pop().filter(|(name, _)| *name == component) else {
                    let component = shown(&component);
                    return Err(OverlayError::at(place, OverlayFault::Unbalanced { component }));
                };
                if begun_as == "VEVENT" {
                    entries.extend(core::mem::take(&mut event).entry(began, reading)?);
                }
            }
            _ if open.last().is_some_and(|(name, _)| name == "VEVENT") => {
                // A cancelled event is passed over whatever else it says, and that may come last.
                if let Err(error) = event.take(&property, place) {
                    event.fault.get_or_insert(error);
                }
            }
            _ => {}
        }
    }
    match open.pop() {
        Some((component, place)) => Err(OverlayError::at(place, OverlayFault::Unbalanced { component })),
        None if !begun => Err(OverlayError::at(Place { line: 1, column: 1 }, OverlayFault::NotACalendar)),
        None => Ok(entries),
    }
}

/// The lines with their places; a line that begins with a space or a tab goes on the one before.
fn unfolded(bytes: &[u8]) -> Vec<(Place, Vec<u8>)> {
    let mut lines: Vec<(Place, Vec<u8>)> = Vec::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    for (number, line) in (1_u32..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line, lines.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some((_, whole))) => whole.extend_from_slice(rest),
            _ => lines.push((Place { line: number, column: 1 }, line.to_vec())),
        }
    }
    lines
}

/// `NAME;PARAMETER=value:value`.
struct Property {
    name: String,
    /// In capitals, each as `NAME=VALUE`.
    parameters: Vec<String>,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Property> {
        let mut quoted = false;
        let (colon, _) = line.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        })?;
        let (head, value) = line.split_at_checked(colon)?;
        let mut parts = head.split(';').map(|part| part.trim().to_uppercase());
        let name = parts.next()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        Some(Property { name, parameters: parts.collect(), value: value.strip_prefix(':')?.to_string() })
    }
}

/// What an event says, as far as it matters here.
#[derive(Default)]
struct Event {
    start: Option<(Place, NaiveDate)>,
    end: Option<(Place, NaiveDate)>,
    days: Option<u64>,
    name: Option<String>,
    category: Option<Effect>,
    special: Option<Effect>,
    cancelled: bool,
    /// The first thing that is wrong with it.
    fault: Option<OverlayError>,
}

impl Event {
    fn take(&mut self, property: &Property, place: Place) -> Result<(), OverlayError> {
        let value = property.value.trim();
        let at = |fault| Err(OverlayError::at(place, fault));
        let twice = || at(OverlayFault::Twice { property: property.name.clone() });
        match property.name.as_str() {
            "DTSTART" if self.start.is_some() => return twice(),
            "DTEND" if self.end.is_some() => return twice(),
            "DURATION" if self.days.is_some() => return twice(),
            "DTSTART" => self.start = Some((place, whole_day(value, place)?)),
            "DTEND" => self.end = Some((place, whole_day(value, place)?)),
            "DURATION" => match whole_days(value) {
                Some(days) => self.days = Some(days),
                None => return at(OverlayFault::NotWholeDays { written: shown(value) }),
            },
            "RRULE" | "RDATE" | "EXDATE" | "EXRULE" | "RECURRENCE-ID" => {
                return at(OverlayFault::ComesAgain { property: property.name.clone() });
            }
            // The first language's name is kept.
            "SUMMARY" if self.name.is_none() => self.name = Some(unescaped(value)),
            "STATUS" => self.cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            "CATEGORIES" => {
                for other in value.split(',').filter_map(Effect::read) {
                    match self.category {
                        Some(one) if one != other => return at(OverlayFault::TwoEffects { one, other }),
                        _ => self.category = Some(other),
                    }
                }
            }
            "X-APPLE-SPECIAL-DAY" => {
                self.special = match value {
                    "WORK-HOLIDAY" => Some(Effect::Vacation),
                    "ALTERNATE-WORKDAY" => Some(Effect::Worked),
                    _ => None,
                };
            }
            _ => {}
        }
        // A parameter that says otherwise than the value does is a fault of the value's.
        if matches!(property.name.as_str(), "DTSTART" | "DTEND")
            && property.parameters.iter().any(|of| of.starts_with("VALUE=") && of != "VALUE=DATE")
        {
            return at(OverlayFault::NotAllDay { written: shown(value) });
        }
        Ok(())
    }

    fn entry(self, began: Place, reading: &IcsReading) -> Result<Option<Entry>, OverlayError> {
        if self.cancelled {
            return Ok(None);
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let Some((place, first)) = self.start else {
            return Err(OverlayError::at(began, OverlayFault::Missing { key: "DTSTART" }));
        };
        let last = match (self.end, self.days) {
            // The end is the day after the last.
            (Some((place, _)), Some(_)) => return Err(OverlayError::at(place, OverlayFault::BothEnds)),
            (Some((place, end)), None) => end
                .pred_opt()
                .filter(|last| first <= *last)
                .ok_or_else(|| OverlayError::at(place, OverlayFault::NoWholeDay { first, end }))?,
            (None, Some(days)) => {
                days.checked_sub(1).and_then(|more| first.checked_add_days(Days::new(more))).ok_or_else(
                    || OverlayError::at(place, OverlayFault::NotWholeDays { written: days.to_string() }),
                )?
            }
            (None, None) => first,
        };
        let effect = self.category.or(self.special).unwrap_or(reading.effect);
        let name = match self.name.filter(|name| !name.trim().is_empty()) {
            Some(name) => Occasion { zh: Cow::Owned(name.clone()), en: Cow::Owned(name) },
            None => Occasion { zh: effect.name(Lang::Zh).into(), en: effect.name(Lang::En).into() },
        };
        let hours = if effect == Effect::HalfDay { reading.half_day } else { None };
        Ok(Some(Entry { first, last, effect, name, hours, place: Some(began) }))
    }
}

/// A day of eight digits, as 20260713.
fn whole_day(written: &str, place: Place) -> Result<NaiveDate, OverlayError> {
    let fault = |fault| Err(OverlayError::at(place, fault));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if written.len() != 8 || !digits(written) {
        return match written.split_once('T') {
            Some((date, _)) if digits(date) => fault(OverlayFault::NotAllDay { written: shown(written) }),
            _ => fault(OverlayFault::NotADay { written: shown(written), pattern: "20260713" }),
        };
    }
    let part = |from: usize, to: usize| written.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let date = part(0, 4)
        .zip(part(4, 6))
        .zip(part(6, 8))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day));
    match date {
        Some(date) => Ok(date),
        None => fault(OverlayFault::NotADay { written: shown(written), pattern: "20260713" }),
    }
}

/// A duration of at least one whole day: P3D or P2W.
fn whole_days(written: &str) -> Option<u64> {
    let length = written.strip_prefix('+').unwrap_or(written).strip_prefix('P')?;
    let (number, days_each) = match (length.strip_suffix('D'), length.strip_suffix('W')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 7),
        _ => return None,
    };
    let plain = number.bytes().all(|digit| digit.is_ascii_digit());
    number
        .parse::<u32>()
        .ok()
        .filter(|_| plain)
        .map(u64::from)?
        .checked_mul(days_each)
        .filter(|days| *days > 0)
}

/// A text with its escapes undone.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            'n' | 'N' if escaped => plain.push(' '),
            c => plain.push(c),
        }
        escaped = false;
    }
    plain.trim().to_string()
}
