//! States kept beside the events.

use super::{Case, Open, Outcome, Wrong, due, events, stream};
use crate::{Expected, Head, Journal, Snapshot, SnapshotError};

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("a snapshot comes back byte by byte", comes_back),
        ("a later snapshot replaces an earlier one, not the other way round", replaced),
        ("a snapshot of events that are not there is refused", no_such_version),
        ("a forgotten snapshot is gone, and the events are not", forgotten),
    ]
}

fn state(name: &str, version: u64, bytes: &[u8]) -> Result<Snapshot, Wrong> {
    Ok(Snapshot { stream: stream(name)?, version, schema: 7, bytes: bytes.to_vec() })
}

fn comes_back<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    for name in ["case/a", "case/b"] {
        journal.append(&stream(name)?, Expected::New, &events(name, 3)?)?;
    }
    let all_bytes: Vec<u8> = (0..=255).collect();
    let (a, b) = (state("case/a", 3, &all_bytes)?, state("case/b", 1, &[])?);
    journal.save_snapshot(&a)?;
    journal.save_snapshot(&b)?;
    let mut other = open();
    due("of one stream", other.snapshot(&a.stream)?, Some(a))?;
    due("of another", other.snapshot(&b.stream)?, Some(b))?;
    due("of a third", other.snapshot(&stream("case/c")?)?, None)
}

fn replaced<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    journal.append(&case, Expected::New, &events("a", 5)?)?;
    let later = state("case/a", 4, b"later")?;
    journal.save_snapshot(&state("case/a", 2, b"early")?)?;
    journal.save_snapshot(&later)?;
    due("the later one", journal.snapshot(&case)?, Some(later.clone()))?;
    journal.save_snapshot(&state("case/a", 3, b"late to arrive")?)?;
    due("after an earlier one", journal.snapshot(&case)?, Some(later))?;
    let anew = Snapshot { schema: 8, ..state("case/a", 4, b"in a new form")? };
    journal.save_snapshot(&anew)?;
    due("of the same version anew", journal.snapshot(&case)?, Some(anew))
}

fn no_such_version<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    for (events_there, version) in [(0, 0), (0, 1), (2, 0), (2, 3), (2, u64::MAX)] {
        if events_there > 0 && journal.head()? == Head::GENESIS {
            journal.append(&case, Expected::New, &events("a", events_there)?)?;
        }
        match journal.save_snapshot(&state("case/a", version, b"x")?) {
            Err(SnapshotError::NoSuchVersion { version: told, actual, .. }) => {
                due("versions", (told, actual), (version, u64::try_from(events_there).unwrap_or_default()))?;
            }
            other => {
                return Err(Wrong(format!("version {version}: expected `NoSuchVersion`, found {other:?}")));
            }
        }
    }
    due("snapshot", journal.snapshot(&case)?, None)
}

fn forgotten<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    journal.append(&case, Expected::New, &events("a", 2)?)?;
    let before = journal.head()?;
    journal.save_snapshot(&state("case/a", 2, b"x")?)?;
    due("head with a snapshot", journal.head()?, before)?;
    journal.forget_snapshot(&case)?;
    due("snapshot", journal.snapshot(&case)?, None)?;
    journal.forget_snapshot(&stream("case/none")?)?;
    due("events", journal.load(&case, 0)?.len(), 2)
}
