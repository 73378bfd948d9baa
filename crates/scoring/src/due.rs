//! Time limits: until when, by which calendar, and whether that is settled (semantics §17).

use crate::{assessment::Due, versions::Version};
use alloc::{
    format,
    string::{String, ToString},
};
use chrono::{NaiveDate, NaiveTime};
use ducha_calendar::{Knowledge, Lang, Offset, Roll, Start, Terms, TimeLimit, Unit};
use ducha_core::{Citation, Derivation, Label, Step, Value, message::Args};
use ducha_rulebook::annex::duty::Limit;

/// The last day of a limit that begins on a day, with how it was reckoned.
// semantics §17
pub(crate) fn due(version: Version<'_>, limit: &Limit, from: (NaiveDate, Option<NaiveTime>)) -> Due {
    let cite = version.cite_rule("limit", &limit.id);
    reckoned(version, &limit.name, limit.length, limit.roll, from, cite)
}

/// The length of a limit in both languages.
pub(crate) fn length_text(length: TimeLimit) -> Label {
    Label::new(length.to_text(Lang::Zh), length.to_text(Lang::En))
}

/// Whether a limit runs from a moment.
pub(crate) fn is_by_hour(length: TimeLimit) -> bool {
    matches!(length.unit(), Unit::Hours | Unit::WorkingHours)
}

/// The moment from which the limit runs: the hour decides only where hours are counted.
fn start(length: TimeLimit, (day, time): (NaiveDate, Option<NaiveTime>)) -> Start {
    let moment =
        time.filter(|_| is_by_hour(length)).and_then(|time| Offset::BEIJING.moment(day.and_time(time)));
    moment.map_or(Start::Day(day), Start::Moment)
}

/// The last day of any length of time from a day.
pub(crate) fn reckoned(
    version: Version<'_>,
    name: &Label,
    length: TimeLimit,
    roll: Roll,
    from: (NaiveDate, Option<NaiveTime>),
    cite: Citation,
) -> Due {
    let in_both = |text: &dyn Fn(Lang) -> String| Label::new(text(Lang::Zh), text(Lang::En));
    let args = || {
        Args::none()
            .with("limit", name)
            .with("length", &length_text(length))
            .with("start", told(from.0, from.1.filter(|_| is_by_hour(length))))
    };
    match Terms::of(length).rolling(roll).from(start(length, from), &*version.calendar()) {
        Ok(found) => {
            let steps = found.steps.iter().map(|step| {
                let text = in_both(&|lang| step.text(lang).into());
                let cites = step.citation().map(|c| Citation::Law {
                    name: in_both(&|lang| c.text(lang).into()),
                    section: String::new(),
                });
                Derivation::new(Step::CalendarStep, Args::none().with("text", &text), Value::None)
                    .citing(cites)
            });
            let provisional = found.knowledge == Knowledge::Provisional;
            let step = if provisional { Step::DueProvisional } else { Step::DueOn };
            Due {
                on: Some(found.due),
                at: found.closes,
                provisional,
                derivation: Derivation::new(
                    step,
                    args().with("due", told(found.due, found.closes)),
                    Value::None,
                )
                .citing([cite])
                .using(steps),
            }
        }
        Err(error) => {
            let why = in_both(&|lang| error.text(lang));
            Due {
                on: None,
                at: None,
                provisional: false,
                derivation: Derivation::new(Step::DueUnknown, args().with("why", &why), Value::None)
                    .citing([cite]),
            }
        }
    }
}

/// A day, or a moment of it.
fn told(day: NaiveDate, time: Option<NaiveTime>) -> String {
    time.map_or_else(|| day.to_string(), |time| format!("{day} {}", time.format("%H:%M")))
}
