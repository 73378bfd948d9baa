//! Overlays: what a campus arranges for itself, laid over another calendar.

mod error;
#[cfg(feature = "ics")]
mod ics;
#[cfg(feature = "toml")]
mod toml_text;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::error::{Expected, OverlayError, OverlayFault, Place};
#[cfg(feature = "ics")]
pub use self::ics::IcsReading;
use crate::{
    Day, DayKind, DayReason, DayStatus, Hours, Knowledge, Lang, Occasion, UnknownReason, WorkCalendar,
};

/// What an overlay makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Closed, as for an examination or for works: a day off.
    Closure,
    /// Vacation: a day off.
    Vacation,
    /// An extra working day.
    Worked,
    /// Worked for part of the day: a working day, with hours of its own.
    HalfDay,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Effect; 4] = [Effect::Closure, Effect::Vacation, Effect::Worked, Effect::HalfDay];

    /// Working or off.
    #[must_use]
    pub const fn kind(self) -> DayKind {
        match self {
            Effect::Closure | Effect::Vacation => DayKind::Off,
            Effect::Worked | Effect::HalfDay => DayKind::Working,
        }
    }

    /// The effect's name, as "vacation" or "放假".
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Effect::Closure, Lang::Zh) => "闭校",
            (Effect::Closure, Lang::En) => "closure",
            (Effect::Vacation, Lang::Zh) => "放假",
            (Effect::Vacation, Lang::En) => "vacation",
            (Effect::Worked, Lang::Zh) => "上班",
            (Effect::Worked, Lang::En) => "worked",
            (Effect::HalfDay, Lang::Zh) => "半天",
            (Effect::HalfDay, Lang::En) => "half day",
        }
    }

    /// Reads the name in either language, in capitals or not; a hyphen or an underscore may stand in "half day".
    #[must_use]
    pub fn read(text: &str) -> Option<Effect> {
        let plain: String = text
            .trim()
            .to_lowercase()
            .chars()
            .map(|c| if matches!(c, '-' | '_') { ' ' } else { c })
            .collect();
        Effect::ALL.into_iter().find(|of| [Lang::Zh, Lang::En].iter().any(|lang| of.name(*lang) == plain))
    }
}

/// A run of days of which an overlay speaks, both ends counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, still counted.
    pub last: NaiveDate,
    /// What is made of them.
    pub effect: Effect,
    /// What they are called, as "winter vacation".
    pub name: Occasion,
    /// Working hours of these very days; a half day must have them, a day off cannot.
    pub hours: Option<Hours>,
    /// Where the entry is written, if it was read.
    pub place: Option<Place>,
}

/// A campus's own closures, vacations, extra working days and half days, with its working hours.
///
/// By itself it knows only the days that it names; lay it over another calendar with [`Layered`](crate::Layered).
///
/// ```
/// # #[cfg(feature = "toml")] {
/// use ducha_calendar::{China, DayKind, Lang, Layered, Overlay, WorkCalendar};
///
/// let campus = Overlay::from_toml(r#"
///     id = "campus"
///     name = { zh = "校历", en = "campus calendar" }
///
///     [[day]]
///     effect = "vacation"
///     first = 2026-07-13
///     last = 2026-08-30
///     name = { zh = "暑假", en = "summer vacation" }
/// "#)?;
/// let calendar = Layered::over(China).with(campus);
/// let status = calendar.day("2026-07-20".parse().unwrap());
/// assert_eq!(status.kind(), Some(DayKind::Off));
/// assert_eq!(status.day().unwrap().why.text(Lang::Zh), "放假：暑假，据“校历”");
/// # }
/// # Ok::<(), ducha_calendar::OverlayError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    id: String,
    name: Occasion,
    hours: Option<Hours>,
    // INVARIANT: in order, apart, each first <= last
    entries: Vec<Entry>,
}

impl Overlay {
    /// Makes an overlay of entries in any order; `hours` are those of its ordinary working days.
    ///
    /// # Errors
    /// An entry that ends before it begins, a half day without hours, a day off with hours, and two entries that make
    /// different things of one day.
    pub fn new(
        id: impl Into<String>,
        name: Occasion,
        hours: Option<Hours>,
        entries: Vec<Entry>,
    ) -> Result<Overlay, OverlayError> {
        Ok(Overlay { id: id.into(), name, hours, entries: apart(entries)? })
    }

    /// The overlay's name.
    #[must_use]
    pub fn name(&self) -> &Occasion {
        &self.name
    }

    /// The entries, in order; what two of them both said stands once.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn entry(&self, date: NaiveDate) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.first <= date);
        let entry = self.entries.get(after.checked_sub(1)?)?;
        (date <= entry.last).then_some(entry)
    }
}

impl WorkCalendar for Overlay {
    fn id(&self) -> &str {
        &self.id
    }

    fn day(&self, date: NaiveDate) -> DayStatus {
        let Some(entry) = self.entry(date) else {
            return DayStatus::Unknown(UnknownReason::NotInOverlay);
        };
        let (overlay, name, effect) = (self.name.clone(), entry.name.clone(), entry.effect);
        DayStatus::Told(Day {
            kind: effect.kind(),
            knowledge: Knowledge::Known,
            why: DayReason::Overlay { overlay, name, effect },
            notice: None,
            hours: entry.hours,
        })
    }

    /// What a campus arranges for itself is no statutory holiday.
    fn statutory(&self, _date: NaiveDate) -> DayStatus {
        DayStatus::Unknown(UnknownReason::NotInOverlay)
    }

    fn horizon(&self) -> Option<NaiveDate> {
        self.entries.last().map_or(Some(NaiveDate::MIN), |entry| Some(entry.last))
    }

    fn hours(&self) -> Option<Hours> {
        self.hours
    }
}

/// Puts entries in order and cuts off what an earlier one says as well; refuses what contradicts.
fn apart(mut entries: Vec<Entry>) -> Result<Vec<Entry>, OverlayError> {
    for entry in &entries {
        let fault = if entry.last < entry.first {
            OverlayFault::Reversed { first: entry.first, last: entry.last }
        } else if entry.effect == Effect::HalfDay && entry.hours.is_none() {
            OverlayFault::HalfDayWithoutHours
        } else if entry.effect.kind() == DayKind::Off && entry.hours.is_some() {
            OverlayFault::HoursOnDayOff
        } else {
            continue;
        };
        return Err(OverlayError { place: entry.place, fault });
    }
    entries.sort_by_key(|entry| (entry.first, entry.last, entry.place));
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        if let Some(before) = kept.last()
            && entry.first <= before.last
        {
            if (before.effect, before.hours) != (entry.effect, entry.hours) {
                let (one, other) =
                    if before.place <= entry.place { (before, &entry) } else { (&entry, before) };
                return Err(OverlayError {
                    place: other.place,
                    fault: OverlayFault::Contradiction {
                        day: entry.first,
                        earlier: one.effect,
                        earlier_place: one.place,
                        later: other.effect,
                        hours: [one.hours, other.hours],
                    },
                });
            }
            match before.last.succ_opt() {
                Some(rest) if rest <= entry.last => entry.first = rest,
                _ => continue,
            }
        }
        kept.push(entry);
    }
    Ok(kept)
}
