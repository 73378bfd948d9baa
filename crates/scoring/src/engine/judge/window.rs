//! Windows: which days, or which inspection, belong together (semantics §6).

use super::{Judge, Known, missing};
use crate::{
    assessment::WindowOf,
    engine::dossier::{Dossier, Visit},
    versions::Version,
};
use alloc::{boxed::Box, format, string::String, string::ToString};
use chrono::{Datelike, Days, Months, NaiveDate};
use ducha_calendar::{TimeLimit, Unit, live_until};
use ducha_core::{Need, Period, Step, message::Args};
use ducha_rulebook::annex::window::{Cycle, NamedWindow, Window};

/// The inspection of what is asked by its day alone: none.
pub(in crate::engine) const NO_VISIT: Visit = Visit::Alone(u32::MAX);

/// A window, as it is reckoned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) enum Win {
    /// Civil days: a month, a year, a term, a cycle; `until` is the first day after them.
    Days { from: NaiveDate, until: NaiveDate },
    /// One inspection, with its day.
    Inspection { visit: Visit, day: NaiveDate },
    /// A rolling window as of a day.
    Rolling { as_of: NaiveDate },
    /// All of history up to a day.
    Ever { as_of: NaiveDate },
}

impl Win {
    /// The last day; for rolling windows and all of history the day as of which they are seen.
    pub(in crate::engine) fn last_day(self) -> NaiveDate {
        match self {
            Self::Days { until, .. } => until.pred_opt().unwrap_or(until),
            Self::Inspection { day, .. } => day,
            Self::Rolling { as_of } | Self::Ever { as_of } => as_of,
        }
    }

    /// The first day; of a window without days of its own the last.
    pub(in crate::engine) fn first_day(self) -> NaiveDate {
        match self {
            Self::Days { from, .. } => from,
            _ => self.last_day(),
        }
    }

    /// Whether its days are not over on a day.
    pub(in crate::engine) fn is_open(self, as_of: NaiveDate) -> bool {
        matches!(self, Self::Days { .. }) && as_of < self.last_day()
    }

    pub(super) const fn of(period: Period) -> Self {
        Self::Days { from: period.from, until: period.until }
    }
}

impl Dossier<'_> {
    /// The text of an inspection; of a record outside any, `# ` and its id.
    // semantics §6.1
    pub(super) fn visit_text(&self, visit: Visit) -> String {
        match visit {
            Visit::Named(number) => self.inspections.get(number as usize).map(ToString::to_string),
            Visit::Alone(index) => self.record(index).map(|one| format!("# {}", one.id)),
        }
        .unwrap_or_default()
    }

    /// The window as the assessment shows it.
    pub(in crate::engine) fn shown(&self, window: Win) -> WindowOf {
        match window {
            Win::Days { from, until } => WindowOf::Days { period: Period { from, until } },
            Win::Inspection { visit, day } => {
                WindowOf::Inspection { inspection: self.visit_text(visit), day }
            }
            Win::Rolling { as_of } => WindowOf::Rolling { as_of },
            Win::Ever { as_of } => WindowOf::Ever { as_of },
        }
    }
}

impl<'a> Judge<'_, 'a> {
    /// The window of this kind that holds a day, or an inspection, as of that day.
    // semantics §6.1, §6.3
    pub(in crate::engine) fn window_of(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: u32,
        day: NaiveDate,
        visit: Option<Visit>,
    ) -> Known<Win> {
        match kind {
            Window::Rolling(_) => Ok(Win::Rolling { as_of: day }),
            Window::Named(NamedWindow::Ever) => Ok(Win::Ever { as_of: day }),
            Window::Named(NamedWindow::Inspection) => {
                Ok(Win::Inspection { visit: visit.unwrap_or(NO_VISIT), day })
            }
            Window::Named(named) => civil(*named, version, day).map(Win::of),
            Window::Cycle(cycle) => cycle_around(self.anchor(cycle, subject)?, cycle.cycle, day).map(Win::of),
        }
    }

    /// The same; nothing between terms and before the first cycle, where no window of the kind lies.
    pub(super) fn window_if_any(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: u32,
        day: NaiveDate,
        visit: Option<Visit>,
    ) -> Known<Option<Win>> {
        match self.window_of(version, kind, subject, day, visit) {
            Ok(found) => Ok(Some(found)),
            Err(missing) if matches!(missing.step, Step::OutsideTerms | Step::BeforeAnchor) => Ok(None),
            Err(missing) => Err(missing),
        }
    }

    /// Whether a day, or an inspection, lies in a window.
    pub(in crate::engine) fn within(
        kind: &Window,
        window: Win,
        date: NaiveDate,
        visit: Option<Visit>,
    ) -> Known<bool> {
        Ok(match window {
            Win::Days { from, until } => from <= date && date < until,
            Win::Inspection { visit: this, .. } => visit.unwrap_or(NO_VISIT) == this,
            Win::Rolling { as_of } => {
                date <= as_of && Self::leaves(kind, date)?.is_none_or(|end| as_of < end)
            }
            Win::Ever { as_of } => date <= as_of,
        })
    }

    /// The first day on which an act no longer counts.
    // semantics §6.2
    pub(in crate::engine) fn leaves(kind: &Window, act: NaiveDate) -> Known<Option<NaiveDate>> {
        match kind {
            Window::Rolling(rolling) => {
                let end = live_until(act, rolling.rolling, rolling.last_day);
                end.map(Some).map_err(|_| off_the_calendar(act))
            }
            Window::Named(_) | Window::Cycle(_) => Ok(None),
        }
    }

    /// The subject's date from which its cycles count.
    // semantics §6.3
    fn anchor(&self, cycle: &Cycle, subject: u32) -> Known<NaiveDate> {
        let people = &self.dossier.people;
        let anchor = people.subject(subject).and_then(|s| s.anchor.get(&cycle.anchor)).copied();
        anchor.ok_or_else(|| {
            let args = people.id(subject).into_iter().fold(Args::none(), |args, id| args.with("subject", id));
            missing(Step::AnchorMissing, args.with("anchor", &cycle.anchor))
        })
    }

    /// Why the subject has no window of this kind at all: its cycles have no date to count from.
    // semantics §6.3
    pub(super) fn unanchored(&self, kind: &Window, subject: u32) -> Option<Box<Need>> {
        match kind {
            Window::Cycle(cycle) => self.anchor(cycle, subject).err(),
            Window::Named(_) | Window::Rolling(_) => None,
        }
    }

    /// The day on which the subject's first cycle begins.
    pub(super) fn first_cycle(&self, kind: &Window, subject: u32) -> Option<NaiveDate> {
        match kind {
            Window::Cycle(cycle) => self.anchor(cycle, subject).ok(),
            Window::Named(_) | Window::Rolling(_) => None,
        }
    }

    /// Whether the subject is on the roster within the window.
    pub(in crate::engine) fn concerned(&self, subject: u32, window: Win) -> bool {
        let Win::Days { from: first, until: end } = window else { return true };
        self.dossier
            .people
            .subject(subject)
            .is_none_or(|s| s.from.is_none_or(|from| from < end) && s.until.is_none_or(|until| first < until))
    }

    /// Whether this version judges the window for a rule that not every version has: the one in force on its last day,
    /// else the latest one before that has the rule and held on a day of the window.
    // semantics §2
    pub(in crate::engine) fn judges(
        &self,
        version: Version<'a>,
        window: Win,
        has_rule: impl Fn(Version<'a>) -> bool,
    ) -> bool {
        let (first, last) = (window.first_day(), window.last_day());
        let held = |v: &Version<'_>| {
            let identity = &v.annex.rulebook;
            identity.from <= last && identity.until.is_none_or(|until| first < until)
        };
        let versions = &self.dossier.versions;
        let judge = versions.judging(last).filter(|v| has_rule(*v));
        let judge = judge.or_else(|| versions.iter().rev().find(|v| has_rule(*v) && held(v)));
        judge.is_some_and(|judge| judge.number == version.number)
    }
}

/// A need that says that a day lies outside what dates can express.
pub(super) fn off_the_calendar(day: NaiveDate) -> Box<Need> {
    missing(Step::DayOutOfRange, Args::none().with("day", day))
}

/// The civil days, or the term, around a day.
// semantics §6.1
fn civil(named: NamedWindow, version: Version<'_>, day: NaiveDate) -> Known<Period> {
    let months = |length: u32| {
        let begin = day.month0().checked_sub(day.month0().checked_rem(length)?)?;
        Period::months(day.year(), begin.checked_add(1)?, length)
    };
    let around = match named {
        // Without an inspection, a day is all that can be told; nobody asks for it.
        NamedWindow::Day | NamedWindow::Inspection | NamedWindow::Ever => Period::day(day),
        NamedWindow::Week => {
            let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())));
            monday.and_then(|monday| Period::new(monday, monday.checked_add_days(Days::new(7))?))
        }
        NamedWindow::Month => months(1),
        NamedWindow::Quarter => months(3),
        NamedWindow::HalfYear => months(6),
        NamedWindow::Year => months(12),
        NamedWindow::Term => {
            let term = version.annex.rulebook.term.iter().find(|term| term.from <= day && day < term.until);
            let term = term.ok_or_else(|| missing(Step::OutsideTerms, Args::none().with("day", day)))?;
            Period::new(term.from, term.until)
        }
    };
    around.ok_or_else(|| off_the_calendar(day))
}

/// The cycle around a day: cycles follow each other from the anchor, each reckoned from the anchor itself.
// semantics §6.3
fn cycle_around(anchor: NaiveDate, length: TimeLimit, day: NaiveDate) -> Known<Period> {
    if day < anchor {
        let args = Args::none().with("day", day).with("anchor", anchor);
        return Err(missing(Step::BeforeAnchor, args));
    }
    let each = length.length();
    let around = match length.unit() {
        Unit::CalendarDays => cycle_of_days(anchor, u64::from(each), day),
        Unit::Weeks => cycle_of_days(anchor, u64::from(each).saturating_mul(7), day),
        Unit::Months => cycle_of_months(anchor, each, day),
        Unit::Years => cycle_of_months(anchor, each.saturating_mul(12), day),
        _ => None,
    };
    around.ok_or_else(|| off_the_calendar(day))
}

fn cycle_of_days(anchor: NaiveDate, each: u64, day: NaiveDate) -> Option<Period> {
    let since = u64::try_from(day.signed_duration_since(anchor).num_days()).ok()?;
    let begin = anchor.checked_add_days(Days::new(since.checked_sub(since.checked_rem(each)?)?))?;
    Period::new(begin, begin.checked_add_days(Days::new(each))?)
}

fn cycle_of_months(anchor: NaiveDate, each: u32, day: NaiveDate) -> Option<Period> {
    let months = |of: NaiveDate| i64::from(of.year()).checked_mul(12)?.checked_add(i64::from(of.month0()));
    let begin = |n: u32| anchor.checked_add_months(Months::new(n.checked_mul(each)?));
    let since = u32::try_from(months(day)?.checked_sub(months(anchor)?)?).ok()?;
    let n = since.checked_div(each)?;
    // A cycle that begins later in this month has not begun.
    let n = if begin(n)? <= day { n } else { n.checked_sub(1)? };
    Period::new(begin(n)?, begin(n.checked_add(1)?)?)
}
