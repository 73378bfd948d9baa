//! What an append answers, and what it refuses.

use super::{Case, Open, Outcome, Wrong, due, event, events, holds, saying, stream};
use crate::{AppendError, Appended, Batch, Event, Expected, Journal};
use serde_json::json;

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("an append tells version and position", tells_version_and_position),
        ("a stream that was expected to be new is a conflict", conflict_of_new),
        ("a stale version is a conflict that names both", conflict_of_version),
        ("an expected version ahead of the stream is a conflict", conflict_ahead),
        ("any version is never a conflict, and version 0 is new", any_and_zero),
        ("the same events sent again are already there", again),
        ("events sent again are already there whatever version is expected", again_whatever_is_expected),
        ("events sent again over several streams are already there", again_over_streams),
        ("an id with another content is refused", different_content),
        ("an id in another stream is refused", different_stream),
        ("a batch that is partly there is refused", partly_there),
        ("an id twice in one append is refused", repeated),
        ("an append without events is refused", empty),
        ("ids that differ in case alone are different", ids_have_case),
    ]
}

fn all<J: Journal>(journal: &mut J) -> Result<Vec<Event>, Wrong> {
    Ok(journal.read_all(0, 1_000)?.events)
}

fn appended(version: u64, position: u64, already: bool) -> Appended {
    Appended { version, position, already }
}

fn tells_version_and_position<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b) = (stream("case/a")?, stream("case/b")?);
    due("first batch", journal.append(&a, Expected::New, &events("a", 3)?)?, appended(3, 3, false))?;
    due("other stream", journal.append(&b, Expected::New, &events("b", 1)?)?, appended(1, 4, false))?;
    let more = journal.append(&a, Expected::Version(3), &events("a-more", 2)?)?;
    due("later batch", more, appended(5, 6, false))
}

/// That an append was refused with the conflict that was due, and wrote nothing.
fn conflicts<J: Journal>(journal: &mut J, name: &str, expected: Expected, version: u64) -> Outcome {
    let case = stream(name)?;
    let before = all(journal)?.len();
    match journal.append(&case, expected, &events("late", 2)?) {
        Err(AppendError::Conflict { stream, expected: told, actual }) => {
            due("the stream", stream, case)?;
            due("the expected version", told, expected)?;
            due("the actual version", actual, version)?;
        }
        other => return Err(Wrong(format!("expected a conflict with version {version}, found {other:?}"))),
    }
    due("events after the conflict", all(journal)?.len(), before)
}

fn conflict_of_new<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    journal.append(&stream("case/a")?, Expected::New, &events("a", 2)?)?;
    conflicts(&mut journal, "case/a", Expected::New, 2)
}

fn conflict_of_version<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    journal.append(&stream("case/a")?, Expected::New, &events("a", 3)?)?;
    conflicts(&mut journal, "case/a", Expected::Version(2), 3)?;
    conflicts(&mut journal, "case/a", Expected::Version(0), 3)
}

fn conflict_ahead<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    conflicts(&mut journal, "case/none", Expected::Version(1), 0)?;
    journal.append(&stream("case/a")?, Expected::New, &events("a", 1)?)?;
    conflicts(&mut journal, "case/a", Expected::Version(2), 1)?;
    conflicts(&mut journal, "case/a", Expected::Version(u64::MAX), 1)
}

fn any_and_zero<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let a = stream("case/a")?;
    due("new", journal.append(&a, Expected::Version(0), &events("a", 1)?)?, appended(1, 1, false))?;
    due("any", journal.append(&a, Expected::Any, &events("b", 1)?)?, appended(2, 2, false))?;
    due(
        "any, new",
        journal.append(&stream("case/b")?, Expected::Any, &events("c", 1)?)?,
        appended(1, 3, false),
    )
}

fn again<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, sent) = (stream("case/a")?, events("a", 3)?);
    journal.append(&a, Expected::New, &sent)?;
    let before = all(&mut journal)?;
    due("sent again", journal.append(&a, Expected::New, &sent)?, appended(3, 3, true))?;
    due("events", all(&mut journal)?, before)
}

fn again_whatever_is_expected<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, sent) = (stream("case/a")?, events("a", 2)?);
    journal.append(&a, Expected::New, &sent)?;
    journal.append(&a, Expected::Version(2), &events("later", 2)?)?;
    for expected in [Expected::New, Expected::Any, Expected::Version(1), Expected::Version(4)] {
        due("sent again", journal.append(&a, expected, &sent)?, appended(2, 2, true))?;
    }
    due("number of events", all(&mut journal)?.len(), 4)
}

fn again_over_streams<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b) = (stream("case/a")?, stream("case/b")?);
    let (of_a, of_b) = (events("a", 2)?, events("b", 1)?);
    let batches = [
        Batch { stream: &a, expected: Expected::New, events: &of_a },
        Batch { stream: &b, expected: Expected::New, events: &of_b },
    ];
    due("sent", journal.append_all(&batches)?, vec![appended(2, 2, false), appended(1, 3, false)])?;
    due("sent again", journal.append_all(&batches)?, vec![appended(2, 2, true), appended(1, 3, true)])?;
    due("number of events", all(&mut journal)?.len(), 3)
}

fn refused_as_different<J: Journal>(journal: &mut J, name: &str, sent: &crate::NewEvent) -> Outcome {
    let before = all(journal)?;
    match journal.append(&stream(name)?, Expected::Any, std::slice::from_ref(sent)) {
        Err(AppendError::DifferentContent { id, position }) => {
            due("the id", id, sent.id.clone())?;
            due("the position of the one that is there", position, 2)?;
        }
        other => return Err(Wrong(format!("expected `DifferentContent`, found {other:?}"))),
    }
    due("events", all(journal)?, before)
}

fn different_content<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    journal.append(&stream("case/a")?, Expected::New, &events("a", 2)?)?;
    let there = event("a:2")?;
    let second_later =
        there.occurred_at.checked_add_signed(chrono::TimeDelta::seconds(1)).unwrap_or_default();
    let changed = [
        saying("a:2", &json!({ "clause": "CT-07", "points": "2.50" }))?,
        crate::NewEvent { kind: "rectification.other".parse()?, ..there.clone() },
        crate::NewEvent { schema: 2, ..there.clone() },
        crate::NewEvent { occurred_at: second_later, ..there.clone() },
        crate::NewEvent { recorded_at: second_later, ..there.clone() },
        crate::NewEvent { actor: Some("inspector-1".parse()?), ..there },
    ];
    changed.iter().try_for_each(|changed| refused_as_different(&mut journal, "case/a", changed))
}

fn different_stream<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    journal.append(&stream("case/a")?, Expected::New, &events("a", 2)?)?;
    refused_as_different(&mut journal, "case/b", &event("a:2")?)?;
    due("events of the other stream", journal.read(&stream("case/b")?, 0, 10)?.events.len(), 0)
}

fn partly_there<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let a = stream("case/a")?;
    journal.append(&a, Expected::New, &events("a", 2)?)?;
    match journal.append(&a, Expected::Any, &events("a", 3)?) {
        Err(AppendError::PartlyThere { there, missing }) => {
            due("one that is there", there.as_str(), "a:1")?;
            due("one that is missing", missing.as_str(), "a:3")?;
        }
        other => return Err(Wrong(format!("expected `PartlyThere`, found {other:?}"))),
    }
    due("number of events", all(&mut journal)?.len(), 2)
}

fn repeated<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b, one) = (stream("case/a")?, stream("case/b")?, events("a", 1)?);
    let twice = [one.clone(), one.clone()].concat();
    let within = journal.append(&a, Expected::New, &twice);
    holds(
        "an id twice in a batch is not refused as `Repeated`",
        matches!(within, Err(AppendError::Repeated { .. })),
    )?;
    let batches = [&a, &b].map(|stream| Batch { stream, expected: Expected::New, events: &one });
    let across = journal.append_all(&batches);
    holds(
        "an id in two batches is not refused as `Repeated`",
        matches!(across, Err(AppendError::Repeated { .. })),
    )?;
    due("number of events", all(&mut journal)?.len(), 0)
}

fn empty<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b, one) = (stream("case/a")?, stream("case/b")?, events("a", 1)?);
    let nothing = journal.append(&a, Expected::New, &[]);
    holds("a batch without events is not refused as `Empty`", matches!(nothing, Err(AppendError::Empty)))?;
    holds(
        "no batches are not refused as `Empty`",
        matches!(journal.append_all(&[]), Err(AppendError::Empty)),
    )?;
    let batches = [
        Batch { stream: &a, expected: Expected::New, events: &one },
        Batch { stream: &b, expected: Expected::New, events: &[] },
    ];
    let beside = journal.append_all(&batches);
    holds("an empty batch beside a full one is not refused", matches!(beside, Err(AppendError::Empty)))?;
    due("number of events", all(&mut journal)?.len(), 0)?;
    due("number of streams", journal.streams("", None, 10)?.len(), 0)
}

fn ids_have_case<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    for (position, (name, id)) in
        (1..).zip([("case/a", "e"), ("case/a", "E"), ("case/A", "e2"), ("Case/a", "e3")])
    {
        let written = journal.append(&stream(name)?, Expected::Any, &[event(id)?])?;
        due("position", written.position, position)?;
    }
    due("streams", journal.streams("", None, 10)?.len(), 3)
}
