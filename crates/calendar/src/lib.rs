//! Working days and time limits, with China's make-up working days.
//!
//! In China a deadline depends on a notice. Each autumn the General Office of the State Council arranges the next
//! year: weekdays are given off, and weekends are worked in their place (调休). A calendar that knows holidays but not
//! the made-up weekends is wrong a dozen times a year; one that guesses the year not yet noticed is wrong without
//! saying so. This crate knows every notice for 2007–2026, and says *unknown* about the rest.
//!
//! ```
//! use chrono::NaiveDate;
//! use ducha_calendar::{China, DeadlineError, Knowledge, Lang, Roll, deadline};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//!
//! // Seven working days from Thursday 24 September 2026: over Mid-Autumn and National Day, with Saturday 10 worked.
//! let due = deadline(day(2026, 9, 24), "7 working days".parse()?, Roll::Following, &China)?;
//! assert_eq!(due.due, day(2026, 10, 12));
//! assert_eq!(due.knowledge, Knowledge::Known);
//! assert!(due.explain(Lang::En).contains("1 made up"));
//!
//! // What would need the notice for 2027 is not answered.
//! let refused = deadline(day(2026, 12, 29), "3 working days".parse()?, Roll::Following, &China);
//! assert!(matches!(refused, Err(DeadlineError::Unknown { first_unknown, .. }) if first_unknown == day(2027, 1, 1)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a day is
//! A [`WorkCalendar`] answers one question: what is this day? The answer, [`DayStatus`], is either a [`Day`], with its
//! kind, how surely it is known, why, and by which [`Notice`], or it is *unknown* and has no kind to misread. Shipped
//! are [`China`], [`Weekends`] and [`EveryDay`]; a campus can bring its own. [`Layered`] lays an [`Overlay`] of closures,
//! vacations, extra working days and half days over any of them; [`China::as_noticed_on`] goes by the notices that were
//! public on a day; [`Assuming`] takes unknown days by an assumption, which every answer then carries. [`Ranks`] answer
//! without a walk, and [`YearAtAGlance`] shows a year.
//!
//! # What a limit is
//! A [`TimeLimit`] is a number and a named [`Unit`]. "7 days" is refused: one law counts working days there, another
//! calendar days. By the Civil Code (arts. 200–204) the start day is not counted, months end on the corresponding day
//! or else the month's last, and a last day that is off moves to the next working day, unless another rule says
//! otherwise ([`Roll`]). Limits in hours run on through days off ([`deadline_at`]). [`Terms`] say the rest: the anchor of
//! months, the cut-off hour, close of business, pauses, extensions, working hours, the offset of local time.
//!
//! # What an answer is
//! A [`Deadline`] carries every [`Step`] that led to it, with the rule that each step follows, in Chinese and English;
//! the notices it rests on; and whether it leans on a provisional day: the last days of the last noticed December,
//! which the next notice may yet rearrange. How it stands is a question of the moment, which the caller tells
//! ([`Deadline::standing`], [`Deadline::reminders`]). Rolling periods ([`live_until`]) and suspensions ([`Span`]) need no
//! calendar and are never unknown.
//!
//! Nothing here reads a clock, and no input makes it panic.
#![no_std]

extern crate alloc;

mod answer;
mod assume;
mod china;
mod count;
mod day;
mod deadline;
mod glance;
mod hours;
mod lang;
mod layered;
mod limit;
mod offset;
mod overlay;
mod pause;
mod period;
mod plain;
mod ranks;
mod roll;
mod step;
mod work_calendar;

pub use answer::{Answer, DeadlineError, LONGEST_REST};
pub use assume::Assuming;
pub use china::{China, ChinaAsNoticed};
pub use count::{add_working_days, working_days_between};
pub use day::{Day, DayKind, DayReason, DayStatus, Knowledge, Notice, Occasion, Publication, UnknownReason};
pub use deadline::{Anchor, Closing, Deadline, Reminder, Standing, Terms, deadline, deadline_at};
pub use glance::{Glimpse, Mark, NoSuchYear, Why, YearAtAGlance};
pub use hours::{Hours, HoursError};
pub use lang::Lang;
pub use layered::Layered;
pub use limit::{LimitError, TimeLimit, Unit};
pub use offset::{MomentError, Offset, Start};
#[cfg(feature = "ics")]
pub use overlay::IcsReading;
pub use overlay::{Effect, Entry, Expected, Overlay, OverlayError, OverlayFault, Place};
pub use pause::Pause;
pub use period::{LastDay, PeriodError, Span, add_forward, live_until};
pub use plain::{EveryDay, Weekends};
pub use ranks::{Ranked, Ranks, RanksError};
pub use roll::{Roll, roll};
pub use step::{Citation, Step};
pub use work_calendar::WorkCalendar;

/// Holds the README's example to what the crate does.
#[cfg(all(doctest, feature = "toml"))]
#[doc = include_str!("../README.md")]
struct Readme;
