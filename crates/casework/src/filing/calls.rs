//! Which filings a period calls for (arts. 5, 14, 19): from whom, about which window, until when.

use crate::{
    context::Context,
    draft::Draft,
    duty::{Due, reckon},
    party::{Moment, Party},
    refusal::{Reason, Refusal},
};
use alloc::vec::Vec;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use ducha_calendar::{Terms, TimeLimit, Unit};
use ducha_core::{Article, EntryId, Label, Organisation, Period, SubjectId, message::Args};
use ducha_rulebook::{
    Annex,
    annex::{duty::Filing as Rule, window::NamedWindow},
};

/// A filing that is owed: what, by whom, about which window, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The filing duty of the rulebook.
    pub filing: EntryId,
    /// Its name.
    pub name: Label,
    /// The unit.
    pub unit: SubjectId,
    /// In which capacity somebody files it.
    pub by: Party,
    /// What it is about.
    pub period: Period,
    /// Until when.
    pub due: Due,
}

/// The filings that a period calls for: for each filing duty, each of its windows that ends in the period, and each unit that files
/// and is on the roster on the window's last day. In the order of the rulebook, then of windows, then of units.
///
/// # Errors
/// Where the rules lack a time limit.
pub fn called_for(
    period: Period,
    organisation: &Organisation,
    context: &Context<'_>,
) -> Result<Vec<Call>, Refusal> {
    let mut calls = Vec::new();
    for rule in &context.rules.filing {
        let limit = context.limit(&rule.within, article_of(rule))?;
        let terms = Terms::of(limit.length).rolling(limit.roll);
        for window in windows_ending_in(period, rule.every, context.rules) {
            let due = reckon(&terms, starts(limit.length, window), context.calendar);
            let last = Period { from: window.last_day(), until: window.until };
            let files = |kind| rule.subjects.is_empty() || rule.subjects.contains(kind);
            let units = organisation.subjects().filter(|subject| files(&subject.kind));
            calls.extend(units.filter(|unit| organisation.on_roster(&unit.id, &last)).map(|unit| Call {
                filing: rule.id.clone(),
                name: rule.name.clone(),
                unit: unit.id.clone(),
                by: Party::Role(rule.by),
                period: window,
                due,
            }));
        }
    }
    Ok(calls)
}

/// The article of a filing duty: its own, or the one on filings.
pub(super) fn article_of(rule: &Rule) -> Article {
    rule.article.unwrap_or(crate::case::article(5))
}

/// From when a limit runs that begins with the end of a period: limits in hours at 24:00, others with its last day, so that the
/// day after it is the first that counts (Civil Code 201).
pub(crate) fn starts(length: TimeLimit, period: Period) -> Moment {
    let by_hour = matches!(length.unit(), Unit::Hours | Unit::WorkingHours);
    let day = if by_hour { period.until } else { period.last_day() };
    day.and_time(NaiveTime::MIN)
}

/// The filing duty of that id, and the window that is meant; or a refusal where there is no such window.
pub(super) fn rule<'a, C: crate::Case>(
    id: &EntryId,
    period: Period,
    draft: &Draft<'a, C>,
) -> Result<&'a Rule, Refusal> {
    let rules = draft.context().rules;
    let found = rules.filing.iter().find(|rule| rule.id == *id);
    let rule = found.ok_or_else(|| {
        draft.refuse(Reason::NoRule, crate::case::article(5), Args::none().with("rule", id))
    })?;
    if window_of(period.from, rule.every, rules) == Some(period) {
        return Ok(rule);
    }
    let args = Args::none().with("period", period.text()).with("filing", &rule.name);
    Err(draft.refuse(Reason::NotThatPeriod, article_of(rule), args))
}

/// The windows whose last day lies in the period.
fn windows_ending_in(period: Period, every: NamedWindow, rules: &Annex) -> Vec<Period> {
    let mut windows = Vec::new();
    let mut day = period.from;
    while period.contains(day) {
        match window_of(day, every, rules) {
            Some(window) => {
                if period.contains(window.last_day()) {
                    windows.push(window);
                }
                day = window.until;
            }
            // Between terms there is no window.
            None => match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            },
        }
    }
    windows
}

/// The window in which a day lies; none for inspections and all of history, which never end.
fn window_of(day: NaiveDate, every: NamedWindow, rules: &Annex) -> Option<Period> {
    let (year, month) = (day.year(), day.month());
    let months = |length: u32| {
        let before = day.month0().checked_rem(length)?;
        Period::months(year, month.checked_sub(before)?, length)
    };
    match every {
        NamedWindow::Day => Period::day(day),
        NamedWindow::Week => {
            let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
            Period::new(monday, monday.checked_add_days(Days::new(7))?)
        }
        NamedWindow::Month => months(1),
        NamedWindow::Quarter => months(3),
        NamedWindow::HalfYear => months(6),
        NamedWindow::Year => months(12),
        NamedWindow::Term => {
            let mut terms = rules.rulebook.term.iter().filter_map(|term| Period::new(term.from, term.until));
            terms.find(|term| term.contains(day))
        }
        NamedWindow::Inspection | NamedWindow::Ever => None,
    }
}
