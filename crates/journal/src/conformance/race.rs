//! Several writers at once.

use super::{Case, Open, Outcome, Wrong, due, event, events, holds, stream};
use crate::{AppendError, Appended, Expected, Head, Journal, NewEvent, StreamId};
use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// How often two writers meet.
const ROUNDS: usize = 40;
const WRITERS: usize = 3;
const EACH_WRITES: usize = 15;

pub(super) fn cases<J: Journal + Send + 'static>() -> Vec<Case<J>> {
    vec![
        ("of two writers racing on one stream exactly one wins", one_wins),
        ("of two writers sending the same events one finds them already there", same_events),
        ("writers of many streams leave no gap, and readers see none", no_gaps),
    ]
}

/// What two writers are told that append at the same moment, each with a handle of its own.
type Told = [Result<Appended, AppendError>; 2];

fn meet<J: Journal + Send>(
    writers: &mut [J; 2],
    appends: [(&StreamId, Expected, &[NewEvent]); 2],
) -> Result<Told, Wrong> {
    let start = Barrier::new(2);
    let [one, other] = writers;
    let [of_one, of_other] = appends;
    let append = |journal: &mut J, (stream, expected, events)| {
        start.wait();
        journal.append(stream, expected, events)
    };
    thread::scope(|scope| {
        let one = scope.spawn(|| append(one, of_one));
        let other = scope.spawn(|| append(other, of_other));
        let panicked = |_| Wrong("a writer panicked".to_owned());
        Ok([one.join().map_err(panicked)?, other.join().map_err(panicked)?])
    })
}

fn one_wins<J: Journal + Send>(open: Open<'_, J>) -> Outcome {
    let case = stream("case/a")?;
    let mut writers = [open(), open()];
    let mut seen = 0;
    for round in 0..ROUNDS {
        let (one, other) = (events(&format!("one-{round}"), 2)?, events(&format!("other-{round}"), 2)?);
        let expected = Expected::Version(seen);
        match meet(&mut writers, [(&case, expected, &one), (&case, expected, &other)])? {
            [Ok(won), Err(AppendError::Conflict { actual, .. })]
            | [Err(AppendError::Conflict { actual, .. }), Ok(won)] => {
                due("the version that the loser is told", actual, won.version)?;
                seen = won.version;
            }
            found => {
                return Err(Wrong(format!(
                    "round {round}: expected one winner and one conflict, found {found:?}"
                )));
            }
        }
    }
    let mut journal = open();
    due("events", journal.load(&case, 0)?.len(), ROUNDS.saturating_mul(2))?;
    journal.verify(&Head::GENESIS)?;
    Ok(())
}

fn same_events<J: Journal + Send>(open: Open<'_, J>) -> Outcome {
    let case = stream("case/a")?;
    let mut writers = [open(), open()];
    for round in 0..ROUNDS {
        let sent = events(&format!("e{round}"), 2)?;
        let [one, other] =
            meet(&mut writers, [(&case, Expected::Any, &sent), (&case, Expected::Any, &sent)])?;
        let (one, other) = (one?, other?);
        due("place", (one.version, one.position), (other.version, other.position))?;
        holds("exactly one of two writers wrote", one.already != other.already)?;
    }
    due("events", open().load(&case, 0)?.len(), ROUNDS.saturating_mul(2))
}

fn no_gaps<J: Journal + Send + 'static>(open: Open<'_, J>) -> Outcome {
    let done = Arc::new(AtomicBool::new(false));
    let reader = {
        let (done, mut journal) = (Arc::clone(&done), open());
        thread::spawn(move || -> Result<u64, String> {
            let mut seen: u64 = 0;
            loop {
                let last_look = done.load(Ordering::SeqCst);
                let page = journal.read_all(seen, 7).map_err(|error| error.to_string())?;
                for event in &page.events {
                    if seen.checked_add(1) != Some(event.position) {
                        return Err(format!("after position {seen} a reader saw {}", event.position));
                    }
                    seen = event.position;
                }
                if last_look && !page.more {
                    return Ok(seen);
                }
            }
        })
    };
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (mut journal, name) = (open(), format!("case/{writer}"));
            thread::spawn(move || -> Result<(), Wrong> {
                let case = stream(&name)?;
                for number in 0..EACH_WRITES {
                    let sent =
                        [event(&format!("{writer}-{number}"))?, event(&format!("{writer}-{number}-b"))?];
                    let seen = u64::try_from(number).unwrap_or_default().saturating_mul(2);
                    journal.append(&case, Expected::Version(seen), &sent)?;
                }
                Ok(())
            })
        })
        .collect();
    let outcomes: Vec<_> = writers.into_iter().map(thread::JoinHandle::join).collect();
    done.store(true, Ordering::SeqCst);
    let seen = reader.join().map_err(|_| Wrong("the reader panicked".to_owned()))?.map_err(Wrong)?;
    for outcome in outcomes {
        outcome.map_err(|_| Wrong("a writer panicked".to_owned()))??;
    }
    let written = u64::try_from(WRITERS.saturating_mul(EACH_WRITES).saturating_mul(2)).unwrap_or_default();
    due("events that a reader saw", seen, written)?;
    holds("fewer events verified than written", open().verify(&Head::GENESIS)?.events == written)
}
