//! Time limits: until when, by which calendar, and whether that is settled (semantics §17).

use crate::{assessment::Due, versions::Version};
use chrono::NaiveDate;
use ducha_calendar::{Knowledge, Lang, Roll, TimeLimit, deadline};
use ducha_core::{Citation, Derivation, Label, Step, Value, message::Args};
use ducha_rulebook::annex::duty::Limit;

/// The last day of a limit that begins on a day, with how it was reckoned.
// semantics §17
pub(crate) fn due(version: Version<'_>, limit: &Limit, start: NaiveDate) -> Due {
    let cite = version.cite_rule("limit", &limit.id);
    reckoned(version, &limit.name, limit.length, limit.roll, start, cite)
}

/// The last day of any length of time from a day.
pub(crate) fn reckoned(
    version: Version<'_>,
    name: &Label,
    length: TimeLimit,
    roll: Roll,
    start: NaiveDate,
    cite: Citation,
) -> Due {
    let in_both = |text: &dyn Fn(Lang) -> alloc::string::String| Label::new(text(Lang::Zh), text(Lang::En));
    let args = || {
        let length = in_both(&|lang| length.to_text(lang));
        Args::none().with("limit", name).with("length", &length).with("start", start)
    };
    match deadline(start, length, roll, &*version.calendar()) {
        Ok(found) => {
            let steps = found.steps.iter().map(|step| {
                let text = in_both(&|lang| step.text(lang).into());
                let cites = step.citation().map(|c| Citation::Law {
                    name: in_both(&|lang| c.text(lang).into()),
                    section: alloc::string::String::new(),
                });
                Derivation::new(Step::CalendarStep, Args::none().with("text", &text), Value::None)
                    .citing(cites)
            });
            let provisional = found.knowledge == Knowledge::Provisional;
            let step = if provisional { Step::DueProvisional } else { Step::DueOn };
            Due {
                on: Some(found.due),
                provisional,
                derivation: Derivation::new(step, args().with("due", found.due), Value::None)
                    .citing([cite])
                    .using(steps),
            }
        }
        Err(error) => {
            let why = in_both(&|lang| error.text(lang));
            Due {
                on: None,
                provisional: false,
                derivation: Derivation::new(Step::DueUnknown, args().with("why", &why), Value::None)
                    .citing([cite]),
            }
        }
    }
}
