//! All or none, and the order of what was written.

use super::{Case, Open, Outcome, due, event, events, holds, stream};
use crate::{AppendError, Batch, Event, Expected, Head, Journal};

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("an empty journal is empty", is_empty),
        ("versions count from 1 in each stream, positions from 1 over all", counts),
        ("events stand in the order in which they were given", order),
        ("a conflict in one of several streams writes nothing", all_or_none),
        ("an id that is refused in one of several streams writes nothing", all_or_none_of_ids),
        ("two batches for one stream follow each other", one_stream_twice),
        ("another handle sees what was written", other_handle),
        ("a refused append leaves no gap behind", no_gap),
    ]
}

fn is_empty<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    due("head", journal.head()?, Head::GENESIS)?;
    due("all events", journal.read_all(0, 10)?, crate::Page::default())?;
    due("events of a stream", journal.read(&stream("case/a")?, 0, 10)?, crate::Page::default())?;
    due("streams", journal.streams("", None, 10)?, vec![])?;
    due("snapshot", journal.snapshot(&stream("case/a")?)?, None)?;
    due("events verified", journal.verify(&Head::GENESIS)?.events, 0)
}

fn places(events: &[Event]) -> Vec<(u64, &str, u64)> {
    events.iter().map(|event| (event.position, event.stream.as_str(), event.version)).collect()
}

fn counts<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    for (name, id) in [("case/a", "1"), ("case/b", "2"), ("case/a", "3"), ("case/a", "4"), ("case/b", "5")] {
        journal.append(&stream(name)?, Expected::Any, &[event(id)?])?;
    }
    let found = journal.read_all(0, 10)?.events;
    let wanted = [(1, "case/a", 1), (2, "case/b", 1), (3, "case/a", 2), (4, "case/a", 3), (5, "case/b", 2)];
    due("places", places(&found), wanted.to_vec())?;
    let of_b = journal.read(&stream("case/b")?, 0, 10)?.events;
    due("places in one stream", places(&of_b), vec![(2, "case/b", 1), (5, "case/b", 2)])?;
    due("head", journal.head()?.position, 5)
}

fn order<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    // In no order of names: neither sorted nor reversed.
    let ids = ["m", "z", "a", "k", "B", "9", "b"];
    let sent = ids.iter().map(|id| event(id)).collect::<Result<Vec<_>, _>>()?;
    journal.append(&stream("case/a")?, Expected::New, &sent)?;
    let found = journal.read(&stream("case/a")?, 0, 10)?.events;
    due("ids", found.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ids.to_vec())
}

fn all_or_none<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b, c) = (stream("case/a")?, stream("case/b")?, stream("case/c")?);
    journal.append(&b, Expected::New, &events("b", 1)?)?;
    let (of_a, of_b, of_c) = (events("a", 2)?, events("b-late", 2)?, events("c", 1)?);
    let batches = [
        Batch { stream: &a, expected: Expected::New, events: &of_a },
        Batch { stream: &b, expected: Expected::New, events: &of_b },
        Batch { stream: &c, expected: Expected::New, events: &of_c },
    ];
    let refused = journal.append_all(&batches);
    holds(
        "the second batch is no conflict",
        matches!(refused, Err(AppendError::Conflict { actual: 1, .. })),
    )?;
    due("head", journal.head()?.position, 1)?;
    due("events", journal.read_all(0, 10)?.events.len(), 1)?;
    due("streams", journal.streams("", None, 10)?.len(), 1)?;
    // What was refused can be sent once it is right.
    let batches = batches.map(|batch| Batch { expected: Expected::Any, ..batch });
    due("sent rightly", journal.append_all(&batches)?.len(), 3)?;
    due("head", journal.head()?.position, 6)
}

fn all_or_none_of_ids<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let (a, b) = (stream("case/a")?, stream("case/b")?);
    journal.append(&b, Expected::New, &events("b", 1)?)?;
    let (new, mut changed) = (events("a", 2)?, events("b", 1)?);
    changed.iter_mut().for_each(|event| event.schema = 9);
    let batches = [
        Batch { stream: &a, expected: Expected::New, events: &new },
        Batch { stream: &b, expected: Expected::Any, events: &changed },
    ];
    let refused = journal.append_all(&batches);
    holds("another content is not refused", matches!(refused, Err(AppendError::DifferentContent { .. })))?;
    due("events", journal.read_all(0, 10)?.events.len(), 1)
}

fn one_stream_twice<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let a = stream("case/a")?;
    let (first, second) = (events("first", 2)?, events("second", 1)?);
    let mut batches = [
        Batch { stream: &a, expected: Expected::New, events: &first },
        Batch { stream: &a, expected: Expected::New, events: &second },
    ];
    let refused = journal.append_all(&batches);
    holds(
        "the second batch is no conflict",
        matches!(refused, Err(AppendError::Conflict { actual: 2, .. })),
    )?;
    due("events", journal.read_all(0, 10)?.events.len(), 0)?;
    batches = batches.map(|batch| Batch { expected: Expected::Any, ..batch });
    let versions: Vec<_> = journal.append_all(&batches)?.iter().map(|appended| appended.version).collect();
    due("versions", versions, vec![2, 3])
}

fn other_handle<J: Journal>(open: Open<'_, J>) -> Outcome {
    let (mut one, mut other) = (open(), open());
    due("head before", other.head()?, Head::GENESIS)?;
    one.append(&stream("case/a")?, Expected::New, &events("a", 2)?)?;
    due("events", other.read_all(0, 10)?, one.read_all(0, 10)?)?;
    other.append(&stream("case/a")?, Expected::Version(2), &events("b", 1)?)?;
    due("head", one.head()?, other.head()?)?;
    drop((one, other));
    due("events with a third handle", open().read_all(0, 10)?.events.len(), 3)
}

fn no_gap<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let a = stream("case/a")?;
    for round in 1..=5_u64 {
        let written = journal.append(&a, Expected::Any, &[event(&format!("e{round}"))?])?;
        due("position", written.position, round)?;
        let refused = journal.append(&a, Expected::New, &events(&format!("refused{round}"), 3)?);
        holds("no conflict", matches!(refused, Err(AppendError::Conflict { .. })))?;
    }
    due("events verified", journal.verify(&Head::GENESIS)?.events, 5)
}
