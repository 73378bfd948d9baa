//! `ducha deadline`: the last day of a time limit, or why it cannot be known.

use crate::args::{Due, TextOrJson};
use crate::assess::json;
use crate::calendar::{asked, speech};
use crate::outcome::{Outcome, Status, Step};
use crate::prospect::{Outlook, Prospect};
use ducha::calendar::{Deadline, DeadlineError, Knowledge, Lang as Speech, Unit};
use ducha::core::Lang;
use serde_json::{Value, json};

/// The deadline that is asked for.
pub(crate) fn run(due: &Due, lang: Lang) -> Step<Outcome> {
    let (start, terms) = due.terms.read(&due.start, &due.limit, lang)?;
    let prospect = Prospect::read(due, lang)?;
    let calendar = asked(&due.which, lang)?;
    match terms.from(start, &*calendar) {
        Ok(found) => known(&found, &prospect.of(&found, &*calendar, lang)?, due, lang),
        Err(error @ DeadlineError::Unknown { .. }) => unknown(&error, due, lang),
        Err(error) => Err(Outcome::wrong_use(error.text(speech(lang)))),
    }
}

fn known(found: &Deadline, outlook: &Outlook, due: &Due, lang: Lang) -> Step<Outcome> {
    if due.format == TextOrJson::Json {
        let mut value = serde_json::to_value(found).map_err(Outcome::wrong_use)?;
        if let Value::Object(object) = &mut value {
            object.insert("ends_at".into(), json!(found.ends_at().map(|end| end.to_rfc3339())));
            outlook.add_to(object);
            if due.explain {
                object.insert("explanation".into(), explanation(|lang| found.explain(lang)));
            }
        }
        return Ok(Outcome::done(json(&value)?));
    }
    // What runs by the hour ends at a moment, the rest with a day.
    let by_hour = matches!(found.limit.unit(), Unit::Hours | Unit::WorkingHours);
    let mut output = match found.ends_at() {
        Some(end) if by_hour => format!("{}\n", end.to_rfc3339()),
        _ => format!("{}\n", found.due),
    };
    if due.explain {
        output.push_str(&found.explain(speech(lang)));
    }
    output.push_str(&outlook.text(lang));
    let mut outcome = Outcome::done(output);
    if found.knowledge != Knowledge::Known && !due.explain {
        // What the answer leans on is the last of its steps.
        let leans = found.steps.last().map(|step| step.text(speech(lang))).unwrap_or_default();
        outcome.beside = format!("ducha: {leans}\n");
    }
    Ok(outcome)
}

/// The word *unknown* and the first unknown day; status 1.
fn unknown(error: &DeadlineError, due: &Due, lang: Lang) -> Step<Outcome> {
    let DeadlineError::Unknown { first_unknown, calendar, why } = error else {
        return Err(Outcome::wrong_use(error.text(speech(lang))));
    };
    let (output, beside) = match due.format {
        TextOrJson::Text => {
            (format!("unknown {first_unknown}\n"), format!("ducha: {}\n", error.text(speech(lang))))
        }
        TextOrJson::Json => {
            let value = json!({
                "due": null,
                "knowledge": "unknown",
                "first_unknown": first_unknown,
                "calendar": calendar,
                "why": why,
                "explanation": explanation(|lang| error.text(lang)),
            });
            (json(&value)?, String::new())
        }
    };
    Ok(Outcome { output, beside, status: Status::Mistakes })
}

fn explanation(text: impl Fn(Speech) -> String) -> Value {
    json!({ "zh": text(Speech::Zh), "en": text(Speech::En) })
}
