//! Field time (art. 22): the office spends four fifths of the year at base level. Reckoned exactly, as of any day, with what is
//! still needed until the year's end.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use chrono::{Datelike, NaiveDate};
use ducha_calendar::WorkCalendar;
use ducha_core::{Period, SubjectId};
use ducha_rulebook::annex::procedure::{FieldDay, FieldTime, LeaveDay};
use serde::{Deserialize, Serialize};

/// How much of a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Half of it.
    Half,
    /// All of it.
    Whole,
}

/// What a member of the office did with a working day, or with half of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spent {
    /// Inspection or research at base level.
    Field,
    /// Leave.
    Leave,
}

/// One entry of the office's diary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Who.
    pub person: SubjectId,
    /// The day.
    pub on: NaiveDate,
    /// What for.
    pub spent: Spent,
    /// How much of it.
    pub part: Part,
}

/// A member of the office, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub person: SubjectId,
    /// The first day in the office.
    pub from: NaiveDate,
    /// The first day no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Member {
    fn is_in(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Why an entry of the diary does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCounted {
    /// The day lies outside the year, or after the day of the reckoning.
    OutsideThePeriod,
    /// No working day.
    DayOff,
    /// Not a member of the office on that day.
    NoMember,
    /// Only whole days count.
    HalfDay,
    /// The day was full already: counted once.
    MoreThanADay,
}

/// The office's time at base level as of a day, in halves of working days of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// As of the end of which day.
    pub as_of: NaiveDate,
    /// Half days at base level so far.
    pub field: u64,
    /// Half days of leave so far.
    pub leave: u64,
    /// Half working days so far, of which four fifths are asked for: without leave where the rules leave it out.
    pub base: u64,
    /// Half working days that remain until the year's end; nothing where the calendar does not know them all.
    pub remaining: Option<u64>,
    /// The first day of the year that the calendar does not know, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_from: Option<NaiveDate>,
    /// The entries that do not count, by their places, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_counted: Vec<(usize, NotCounted)>,
}

/// Four fifths (art. 22).
const ASKED: (u64, u64) = (4, 5);

impl Account {
    /// Whether at least four fifths were spent at base level; nothing where there was no working day yet.
    #[must_use]
    pub const fn is_met(&self) -> Option<bool> {
        if self.base == 0 { None } else { Some(at_least(self.field, self.base)) }
    }

    /// How many half days at base level are still needed until the year's end for four fifths of the whole year; nothing where the
    /// calendar does not know all of it. Leave to come is not foreseen.
    #[must_use]
    pub fn still_needed(&self) -> Option<u64> {
        let whole = self.base.saturating_add(self.remaining?);
        let asked = whole.saturating_mul(ASKED.0).div_ceil(ASKED.1);
        Some(asked.saturating_sub(self.field))
    }

    /// Whether four fifths of the year can still be reached; nothing where the calendar does not know all of it.
    #[must_use]
    pub fn can_be_met(&self) -> Option<bool> {
        Some(self.still_needed()? <= self.remaining?)
    }

    /// Whether the year would end with four fifths if it went on as so far; nothing where that cannot be told.
    #[must_use]
    pub fn would_be_met(&self) -> Option<bool> {
        // The same share of every day to come leaves the share as it is.
        self.remaining?;
        self.is_met()
    }
}

const fn at_least(field: u64, base: u64) -> bool {
    // Exactly: field / base ≥ 4 / 5.
    field.saturating_mul(ASKED.1) >= base.saturating_mul(ASKED.0)
}

/// The office's account of a civil year, as of the end of a day; nothing where the day lies outside what dates can express.
///
/// # Days
/// A working day of the calendar counts for each member of the office on that day. What the diary says of one person and day counts up
/// to that day, field time before leave.
#[must_use]
pub fn field_time(
    rule: &FieldTime,
    members: &[Member],
    diary: &[Entry],
    as_of: NaiveDate,
    calendar: &dyn WorkCalendar,
) -> Option<Account> {
    let year = Period::months(as_of.year(), 1, 12)?;
    let mut not_counted = Vec::new();
    let mut spent: BTreeMap<(&SubjectId, NaiveDate), (u64, u64)> = BTreeMap::new();
    // Field time before leave, then in the order of the diary.
    let mut entries: Vec<(usize, &Entry)> = diary.iter().enumerate().collect();
    entries.sort_by_key(|(place, entry)| (entry.spent, *place));
    for (place, entry) in entries {
        match counts(rule, members, entry, as_of, year, calendar) {
            Some(why) => not_counted.push((place, why)),
            None => {
                let halves = if entry.part == Part::Whole { 2 } else { 1 };
                let (field, leave) = spent.entry((&entry.person, entry.on)).or_default();
                let room = 2_u64.saturating_sub(field.saturating_add(*leave));
                let taken = room.min(halves);
                if taken < halves {
                    not_counted.push((place, NotCounted::MoreThanADay));
                }
                match entry.spent {
                    Spent::Field => *field = field.saturating_add(taken),
                    Spent::Leave => *leave = leave.saturating_add(taken),
                }
            }
        }
    }
    not_counted.sort_by_key(|(place, _)| *place);
    let (field, leave) = spent.values().fold((0_u64, 0_u64), |(field, leave), (more_field, more_leave)| {
        (field.saturating_add(*more_field), leave.saturating_add(*more_leave))
    });
    let (so_far, remaining, unknown_from) = working_halves(members, year, as_of, calendar);
    let base = match rule.leave {
        LeaveDay::Excluded => so_far.saturating_sub(leave),
        LeaveDay::Counted => so_far,
    };
    let remaining = if unknown_from.is_none() { Some(remaining) } else { None };
    Some(Account { as_of, field, leave, base, remaining, unknown_from, not_counted })
}

fn counts(
    rule: &FieldTime,
    members: &[Member],
    entry: &Entry,
    as_of: NaiveDate,
    year: Period,
    calendar: &dyn WorkCalendar,
) -> Option<NotCounted> {
    if !year.contains(entry.on) || entry.on > as_of {
        return Some(NotCounted::OutsideThePeriod);
    }
    if !calendar.day(entry.on).day().is_some_and(ducha_calendar::Day::is_working) {
        return Some(NotCounted::DayOff);
    }
    if !members.iter().any(|member| member.person == entry.person && member.is_in(entry.on)) {
        return Some(NotCounted::NoMember);
    }
    let half = entry.spent == Spent::Field && entry.part == Part::Half && rule.counts == FieldDay::WholeDays;
    half.then_some(NotCounted::HalfDay)
}

/// Half working days of all members up to a day and after it in the year, and the first day that the calendar does not know.
fn working_halves(
    members: &[Member],
    year: Period,
    as_of: NaiveDate,
    calendar: &dyn WorkCalendar,
) -> (u64, u64, Option<NaiveDate>) {
    let (mut so_far, mut after, mut unknown) = (0_u64, 0_u64, None);
    let mut at = year.from;
    while at < year.until {
        match calendar.day(at).day() {
            None => unknown = unknown.or(Some(at)),
            Some(day) if day.is_working() => {
                let people: BTreeSet<&SubjectId> =
                    members.iter().filter(|member| member.is_in(at)).map(|member| &member.person).collect();
                let halves = u64::try_from(people.len()).unwrap_or(u64::MAX).saturating_mul(2);
                if at <= as_of {
                    so_far = so_far.saturating_add(halves);
                } else {
                    after = after.saturating_add(halves);
                }
            }
            Some(_) => {}
        }
        match at.succ_opt() {
            Some(next) => at = next,
            None => break,
        }
    }
    (so_far, after, unknown)
}
