//! How far a rule looks back from a moment: the window that holds it, ready to be asked about earlier ones.

use super::{
    dossier::Visit,
    judge::Known,
    people::People,
    span::{Day, Span, number_of},
};
use crate::{
    versions::Version,
    window::{cycle_period, off_the_calendar},
};
use alloc::boxed::Box;
use chrono::NaiveDate;
use ducha_core::{Need, Step, message::Args};
use ducha_rulebook::annex::window::{NamedWindow, Window};

/// A window of a rule, ready to be asked for any moment.
#[derive(Debug, Clone)]
pub(super) enum Reach {
    /// Everything of one inspection.
    Inspection,
    /// All of history.
    Ever,
    /// Civil days.
    Civil(Span),
    /// An academic term of the version.
    Term,
    /// From each act forward for a time.
    Rolling(Span),
    /// Cycles from a date of the subject's own; also what has no run of days, which nothing else is.
    Cycle(Box<Window>),
}

/// The window that holds a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// The moment lies in no window of the kind: between terms, or before the first cycle.
    Nowhere,
    /// All of history.
    Ever,
    /// These days, the second one no longer.
    Days(NaiveDate, NaiveDate),
    /// This inspection.
    Inspection(Visit),
    /// Seen from this day.
    Rolling(Span, Day),
}

/// Whether an earlier moment lies in the window, and whether those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// It does.
    Yes,
    /// It does not, but an earlier one may.
    No,
    /// Neither it nor any earlier one.
    Past,
}

impl Reach {
    pub(super) fn of(window: &Window) -> Self {
        match (window, Span::of(window)) {
            (Window::Named(NamedWindow::Inspection), _) => Self::Inspection,
            (Window::Named(NamedWindow::Ever), _) => Self::Ever,
            (Window::Named(NamedWindow::Term), _) => Self::Term,
            (Window::Named(_), Some(span)) => Self::Civil(span),
            (Window::Rolling(_), Some(span)) => Self::Rolling(span),
            (Window::Cycle(_) | Window::Named(_) | Window::Rolling(_), _) => {
                Self::Cycle(Box::new(window.clone()))
            }
        }
    }

    /// The window that holds the moment.
    // semantics §6.1, §6.3, §6.4
    pub(super) fn frame(
        &self,
        version: Version<'_>,
        people: &People<'_>,
        subject: u32,
        day: NaiveDate,
        visit: Visit,
    ) -> Known<Frame> {
        Ok(match self {
            Self::Inspection => Frame::Inspection(visit),
            Self::Ever => Frame::Ever,
            Self::Rolling(span) => Frame::Rolling(*span, number_of(day)),
            Self::Civil(span) => {
                let (from, until) = span.dates(day).ok_or_else(|| Box::new(off_the_calendar(day)))?;
                Frame::Days(from, until)
            }
            Self::Term => {
                let terms = &version.annex.rulebook.term;
                let term = terms.iter().find(|term| term.from <= day && day < term.until);
                term.map_or(Frame::Nowhere, |term| Frame::Days(term.from, term.until))
            }
            Self::Cycle(window) => {
                let Window::Cycle(cycle) = &**window else { return Err(Box::new(off_the_calendar(day))) };
                let anchor = people.subject(subject).and_then(|s| s.anchor.get(&cycle.anchor)).copied();
                let Some(anchor) = anchor else {
                    let args = people
                        .id(subject)
                        .into_iter()
                        .fold(Args::none(), |args, id| args.with("subject", id));
                    return Err(Box::new(Need {
                        step: Step::AnchorMissing,
                        args: args.with("anchor", &cycle.anchor),
                    }));
                };
                if day < anchor {
                    return Ok(Frame::Nowhere);
                }
                let period = cycle_period(anchor, cycle.cycle, day)?;
                Frame::Days(period.from, period.until)
            }
        })
    }
}

impl Frame {
    /// Whether a moment, no later than the one of the frame, lies in it.
    // semantics §6.4
    pub(super) fn holds(&self, day: NaiveDate, visit: Visit) -> Held {
        match self {
            Self::Nowhere => Held::Past,
            Self::Ever => Held::Yes,
            Self::Days(from, until) if *from <= day => {
                if day < *until {
                    Held::Yes
                } else {
                    Held::No
                }
            }
            Self::Days(..) => Held::Past,
            Self::Inspection(this) => {
                if *this == visit {
                    Held::Yes
                } else {
                    Held::No
                }
            }
            Self::Rolling(span, seen) => {
                let act = number_of(day);
                match span.around(act) {
                    Some(bounds) if *seen < bounds.until => {
                        if act <= *seen {
                            Held::Yes
                        } else {
                            Held::No
                        }
                    }
                    // The earlier an act, the earlier it ceases to count.
                    Some(_) => Held::Past,
                    None => Held::No,
                }
            }
        }
    }
}
