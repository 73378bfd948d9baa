//! The chain of hashes.

use super::{Case, Open, Outcome, Wrong, due, event, events, stream, time};
use crate::{Batch, ChainHash, Expected, Head, Journal, Memory, NewEvent, Tamper, Tampered, VerifyError};

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("a sound journal verifies, up to its head", sound),
        ("verifying goes on from a head that is trusted", goes_on),
        ("a journal is held against heads that were kept elsewhere", kept_heads),
        ("another past than the one that was kept is found", other_past),
        ("hashes are the same in every journal", same_hashes),
    ]
}

fn fill<J: Journal + ?Sized>(journal: &mut J) -> Result<Vec<Head>, Wrong> {
    let (a, b) = (stream("case/a")?, stream("case/b")?);
    let mut heads = vec![journal.head()?];
    let full = NewEvent {
        actor: Some("督查办".parse()?),
        recorded_at: time("2026-10-05T08:00:00.25")?,
        schema: 3,
        ..event("full")?
    };
    journal.append(&a, Expected::New, &events("a", 2)?)?;
    heads.push(journal.head()?);
    journal.append(&a, Expected::Version(2), &[full])?;
    heads.push(journal.head()?);
    let (of_a, of_b) = (events("a-more", 3)?, events("b", 2)?);
    journal.append_all(&[
        Batch { stream: &b, expected: Expected::New, events: &of_b },
        Batch { stream: &a, expected: Expected::Version(3), events: &of_a },
    ])?;
    heads.push(journal.head()?);
    Ok(heads)
}

fn sound<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    fill(&mut journal)?;
    let verified = open().verify(&Head::GENESIS)?;
    due("events", verified.events, 8)?;
    due("head", verified.head, journal.head()?)?;
    let last = journal.read_all(7, 1)?.events;
    due("hash of the last event", last.first().map(Head::from), Some(verified.head))
}

fn goes_on<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    for (head, left) in fill(&mut journal)?.iter().zip([8, 6, 5, 0]) {
        due(&format!("events after {}", head.position), journal.verify(head)?.events, left)?;
    }
    Ok(())
}

fn kept_heads<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    for head in fill(&mut journal)? {
        due(
            &format!("events, with the head at {}", head.position),
            journal.verify_against(&head)?.events,
            8,
        )?;
    }
    Ok(())
}

fn tampered<T: std::fmt::Debug>(found: Result<T, VerifyError>, position: u64, what: Tamper) -> Outcome {
    match found {
        Err(VerifyError::Tampered(found)) => due("what is told", found, Tampered { position, what }),
        other => Err(Wrong(format!("expected {what:?} at position {position}, found {other:?}"))),
    }
}

fn other_past<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let other = ChainHash::stored([1; 32]);
    let heads = fill(&mut journal)?;
    for head in &heads {
        let false_head = Head { hash: other, ..*head };
        tampered(journal.verify_against(&false_head), head.position, Tamper::Head)?;
    }
    tampered(journal.verify(&Head { position: 3, hash: other }), 4, Tamper::Hash)?;
    tampered(journal.verify(&Head { position: 8, hash: other }), 8, Tamper::Head)?;
    // A journal that once reached further was cut.
    let further = Head { position: 9, hash: other };
    tampered(journal.verify_against(&further), 9, Tamper::Cut { end: 8 })?;
    tampered(journal.verify(&further), 9, Tamper::Cut { end: 8 })
}

fn same_hashes<J: Journal>(open: Open<'_, J>) -> Outcome {
    let (mut journal, mut reference) = (open(), Memory::new());
    due("heads", fill(&mut journal)?, fill(&mut reference)?)?;
    due("events", journal.read_all(0, 100)?, reference.read_all(0, 100)?)
}
