//! Windows: which days (or which inspection) belong together (semantics §6).

use crate::{assessment::WindowOf, roster::Roster, versions::Version};
use alloc::{string::String, string::ToString, vec::Vec};
use chrono::{Datelike, Days, Months, NaiveDate};
use ducha_calendar::{TimeLimit, Unit, live_until};
use ducha_core::{InspectionId, Need, Period, RecordId, Step, SubjectId, message::Args};
use ducha_rulebook::annex::window::{Cycle, NamedWindow, Window};

/// What places something in a window: its day, and the inspection that it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment<'m> {
    pub(crate) day: NaiveDate,
    pub(crate) visit: Visit<'m>,
}

/// The inspection that something belongs to; what stands outside any is one of its own.
// semantics §6.1
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Visit<'m> {
    /// A day by itself, without anything that was inspected.
    Nothing,
    /// What stands alone.
    Alone(&'m RecordId),
    Inspection(&'m InspectionId),
}

/// The inspection that a record belongs to.
// semantics §6.1
pub(crate) fn visit<'m>(inspection: Option<&'m InspectionId>, record: &'m RecordId) -> Visit<'m> {
    inspection.map_or(Visit::Alone(record), Visit::Inspection)
}

impl Visit<'_> {
    /// How a window names it. No id has a blank, so that an inspection and a record of one name stay two.
    fn name(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Alone(record) => alloc::format!("# {record}"),
            Self::Inspection(inspection) => inspection.to_string(),
        }
    }

    /// Whether a window names it so.
    pub(crate) fn is(self, name: &str) -> bool {
        match self {
            Self::Nothing => name.is_empty(),
            Self::Alone(record) => name.strip_prefix("# ") == Some(record.as_str()),
            Self::Inspection(inspection) => name == inspection.as_str(),
        }
    }
}

/// A need that says that a day lies outside what dates can express.
pub(crate) fn off_the_calendar(day: NaiveDate) -> Need {
    Need { step: Step::DayOutOfRange, args: Args::none().with("day", day) }
}

/// The first day on which an act no longer counts.
// semantics §6.2
pub(crate) fn leaves(window: &Window, act: NaiveDate) -> Result<Option<NaiveDate>, Need> {
    match window {
        Window::Rolling(r) => {
            live_until(act, r.rolling, r.last_day).map(Some).map_err(|_| off_the_calendar(act))
        }
        Window::Named(_) | Window::Cycle(_) => Ok(None),
    }
}

/// The civil days of the named window that holds a day; nothing for inspections and all of history.
// semantics §6.1
fn civil_period(named: NamedWindow, version: Version<'_>, day: NaiveDate) -> Result<Option<Period>, Need> {
    let (year, month) = (day.year(), day.month());
    let period = match named {
        NamedWindow::Inspection | NamedWindow::Ever => return Ok(None),
        NamedWindow::Day => Period::day(day),
        NamedWindow::Week => {
            let back = u64::from(day.weekday().num_days_from_monday());
            let monday = day.checked_sub_days(Days::new(back));
            monday.and_then(|m| Period::new(m, m.checked_add_days(Days::new(7))?))
        }
        NamedWindow::Month => Period::months(year, month, 1),
        NamedWindow::Quarter => {
            let first = [10, 7, 4, 1].into_iter().find(|first| *first <= month).unwrap_or(1);
            Period::months(year, first, 3)
        }
        NamedWindow::HalfYear => Period::months(year, if month <= 6 { 1 } else { 7 }, 6),
        NamedWindow::Year => Period::months(year, 1, 12),
        NamedWindow::Term => {
            let terms = &version.annex.rulebook.term;
            let term = terms.iter().find(|t| t.from <= day && day < t.until);
            let Some(term) = term else {
                return Err(Need { step: Step::OutsideTerms, args: Args::none().with("day", day) });
            };
            Period::new(term.from, term.until)
        }
    };
    period.map(Some).ok_or_else(|| off_the_calendar(day))
}

/// The cycle that holds a day: cycles follow each other from the anchor, each reckoned from the anchor itself.
// semantics §6.3
pub(crate) fn cycle_period(anchor: NaiveDate, length: TimeLimit, day: NaiveDate) -> Result<Period, Need> {
    let bad = || off_the_calendar(day);
    if day < anchor {
        return Err(Need {
            step: Step::BeforeAnchor,
            args: Args::none().with("day", day).with("anchor", anchor),
        });
    }
    let found = match length.unit() {
        Unit::CalendarDays => cycle_of_days(anchor, u64::from(length.length()), day),
        Unit::Weeks => cycle_of_days(anchor, u64::from(length.length()).saturating_mul(7), day),
        Unit::Months => cycle_of_months(anchor, length.length(), day),
        Unit::Years => cycle_of_months(anchor, length.length().saturating_mul(12), day),
        _ => None,
    };
    found.ok_or_else(bad)
}

fn cycle_of_days(anchor: NaiveDate, length: u64, day: NaiveDate) -> Option<Period> {
    let past = u64::try_from(day.signed_duration_since(anchor).num_days()).ok()?;
    let from = anchor.checked_add_days(Days::new(past.checked_sub(past.checked_rem(length)?)?))?;
    Period::new(from, from.checked_add_days(Days::new(length))?)
}

fn cycle_of_months(anchor: NaiveDate, length: u32, day: NaiveDate) -> Option<Period> {
    let months =
        |date: NaiveDate| i64::from(date.year()).checked_mul(12)?.checked_add(i64::from(date.month0()));
    let past = u32::try_from(months(day)?.checked_sub(months(anchor)?)?).ok()?;
    let start = |n: u32| anchor.checked_add_months(Months::new(n.checked_mul(length)?));
    let n = past.checked_div(length)?;
    // In the month in which a cycle begins, the days before its beginning belong to the cycle before.
    let n = if day < start(n)? { n.checked_sub(1)? } else { n };
    Period::new(start(n)?, start(n.checked_add(1)?)?)
}

/// The subject's date from which its cycles count.
// semantics §6.3
fn anchor(cycle: &Cycle, roster: &Roster<'_>, subject: &SubjectId) -> Result<NaiveDate, Need> {
    let anchor = roster.subject(subject).and_then(|s| s.anchor.get(&cycle.anchor)).copied();
    let args = || Args::none().with("subject", subject).with("anchor", &cycle.anchor);
    anchor.ok_or_else(|| Need { step: Step::AnchorMissing, args: args() })
}

/// Why the subject has no window of this kind at all: its cycles have no date to count from.
// semantics §6.3
pub(crate) fn unanchored(window: &Window, roster: &Roster<'_>, subject: &SubjectId) -> Option<Need> {
    match window {
        Window::Cycle(cycle) => anchor(cycle, roster, subject).err(),
        Window::Named(_) | Window::Rolling(_) => None,
    }
}

/// The day on which the subject's first cycle begins.
pub(crate) fn first_cycle(window: &Window, roster: &Roster<'_>, subject: &SubjectId) -> Option<NaiveDate> {
    match window {
        Window::Cycle(cycle) => anchor(cycle, roster, subject).ok(),
        Window::Named(_) | Window::Rolling(_) => None,
    }
}

/// The window of this kind that holds the moment, as of a day.
pub(crate) fn window_of(
    window: &Window,
    version: Version<'_>,
    roster: &Roster<'_>,
    subject: &SubjectId,
    moment: &Moment<'_>,
) -> Result<WindowOf, Need> {
    match window {
        Window::Rolling(_) => Ok(WindowOf::Rolling { as_of: moment.day }),
        Window::Cycle(cycle) => {
            let anchor = anchor(cycle, roster, subject)?;
            Ok(WindowOf::Days { period: cycle_period(anchor, cycle.cycle, moment.day)? })
        }
        Window::Named(NamedWindow::Ever) => Ok(WindowOf::Ever { as_of: moment.day }),
        Window::Named(NamedWindow::Inspection) => {
            Ok(WindowOf::Inspection { inspection: moment.visit.name(), day: moment.day })
        }
        Window::Named(named) => match civil_period(*named, version, moment.day)? {
            Some(period) => Ok(WindowOf::Days { period }),
            None => Ok(WindowOf::Ever { as_of: moment.day }),
        },
    }
}

/// Whether an earlier moment lies in the same window as a later one.
// semantics §6.4
pub(crate) fn same_window(
    window: &Window,
    version: Version<'_>,
    roster: &Roster<'_>,
    subject: &SubjectId,
    earlier: &Moment<'_>,
    later: &Moment<'_>,
) -> Result<bool, Need> {
    match window {
        Window::Rolling(_) => {
            Ok(earlier.day <= later.day && leaves(window, earlier.day)?.is_none_or(|end| later.day < end))
        }
        Window::Named(NamedWindow::Ever) => Ok(true),
        Window::Named(NamedWindow::Inspection) => Ok(earlier.visit == later.visit),
        Window::Named(_) | Window::Cycle(_) => {
            let of = |moment| window_if_any(window, version, roster, subject, moment);
            let earlier = of(earlier)?;
            Ok(earlier.is_some() && earlier == of(later)?)
        }
    }
}

/// The window that holds the moment; nothing between terms and before the first cycle, where no window of the kind lies.
pub(crate) fn window_if_any(
    window: &Window,
    version: Version<'_>,
    roster: &Roster<'_>,
    subject: &SubjectId,
    moment: &Moment<'_>,
) -> Result<Option<WindowOf>, Need> {
    match window_of(window, version, roster, subject, moment) {
        Ok(found) => Ok(Some(found)),
        Err(need) if matches!(need.step, Step::OutsideTerms | Step::BeforeAnchor) => Ok(None),
        Err(need) => Err(need),
    }
}

impl WindowOf {
    /// The last day of the window; for rolling windows and all of history the day as of which they are seen.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        match self {
            Self::Days { period } => period.last_day(),
            Self::Inspection { day, .. } => *day,
            Self::Rolling { as_of } | Self::Ever { as_of } => *as_of,
        }
    }

    /// The window in few words: `2026-10`, an inspection, `≤ 2026-10-31`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Days { period } => period.text(),
            Self::Inspection { inspection, .. } => inspection.clone(),
            Self::Rolling { as_of } | Self::Ever { as_of } => {
                let mut text = String::from("≤ ");
                text.push_str(&as_of.to_string());
                text
            }
        }
    }
}

/// The windows of one kind that hold any of these moments, each once, in order.
pub(crate) fn windows_touched(
    window: &Window,
    version: Version<'_>,
    roster: &Roster<'_>,
    subject: &SubjectId,
    moments: &[Moment<'_>],
) -> Vec<WindowOf> {
    each_once(moments.iter().filter_map(|m| window_of(window, version, roster, subject, m).ok()).collect())
}

/// The windows in order, each once; an inspection by its first day.
pub(crate) fn each_once(mut windows: Vec<WindowOf>) -> Vec<WindowOf> {
    windows.sort();
    windows.dedup_by(|a, b| match (&*a, &*b) {
        (WindowOf::Inspection { inspection: x, .. }, WindowOf::Inspection { inspection: y, .. }) => x == y,
        (x, y) => x == y,
    });
    windows
}
