//! What every journal must do, as named cases that run against any of them.
//!
//! Whoever writes a store calls [`run`] in a test of his own:
//!
//! ```
//! use ducha_journal::{Memory, conformance};
//! let passed = conformance::run(|| {
//!     // An empty store …
//!     let store = Memory::new();
//!     // … and how to get a handle to it, as often as one is asked for.
//!     move || store.clone()
//! })?;
//! assert!(passed.cases.len() > 25);
//! # Ok::<(), conformance::Failures>(())
//! ```
//!
//! A journal that passes is as good as the ones shipped, for all that Ducha does with it. What the cases cannot see from
//! outside is for the store's own tests: that a program which is killed loses nothing, for which [`crash`] has the tools, and
//! that a changed byte is found by [`verify`](crate::Journal::verify).

mod append;
mod content;
pub mod crash;
mod race;
mod read;
mod seal;
mod snapshot;
mod write;

use crate::{EventId, Journal, NewEvent, Payload, StreamId};
use chrono::NaiveDateTime;
use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// What a case found wrong.
#[derive(Debug)]
struct Wrong(String);

impl<E: std::error::Error> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self(format!("unexpected error: {error}"))
    }
}

type Outcome = Result<(), Wrong>;
/// An empty store: each call gives one more handle to it.
type Open<'a, J> = &'a dyn Fn() -> J;
type Case<J> = (&'static str, fn(Open<'_, J>) -> Outcome);

/// The cases that a journal passed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passed {
    /// Their names, which say what holds.
    pub cases: Vec<&'static str>,
}

/// The cases that a journal failed, each with what was found and what was due.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct Failures {
    /// Name of the case, and what was wrong.
    pub cases: Vec<(&'static str, String)>,
    /// How many cases passed.
    pub passed: usize,
}

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed = self.cases.len();
        writeln!(f, "the journal fails {failed} of {} cases:", failed.saturating_add(self.passed))?;
        self.cases.iter().try_for_each(|(name, wrong)| writeln!(f, "- {name}: {wrong}"))
    }
}

impl fmt::Debug for Failures {
    /// The same as for readers, since it is `unwrap` in a test that shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Runs all cases against a journal, each on an empty store of its own, and tells of all that failed.
///
/// `empty` makes an empty store and gives a function that opens handles to it. Several handles are open at once, some of
/// them in other threads.
///
/// # Errors
/// [`Failures`] names every case that failed. A panic within a case is a failure of that case.
pub fn run<J, F>(empty: impl Fn() -> F) -> Result<Passed, Failures>
where
    J: Journal + Send + 'static,
    F: Fn() -> J,
{
    let mut passed = Vec::new();
    let mut failed = Vec::new();
    for (name, case) in cases::<J>() {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let open = empty();
            case(&open)
        }));
        match outcome {
            Ok(Ok(())) => passed.push(name),
            Ok(Err(Wrong(wrong))) => failed.push((name, wrong)),
            Err(panic) => failed.push((name, format!("panicked: {}", said(&*panic)))),
        }
    }
    if failed.is_empty() {
        Ok(Passed { cases: passed })
    } else {
        Err(Failures { cases: failed, passed: passed.len() })
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}

fn cases<J: Journal + Send + 'static>() -> Vec<Case<J>> {
    [
        append::cases(),
        write::cases(),
        content::cases(),
        read::cases(),
        snapshot::cases(),
        seal::cases(),
        race::cases(),
    ]
    .concat()
}

/// That something is what was due.
#[allow(clippy::needless_pass_by_value, reason = "a case reads best with what it expects written in place")]
fn due<T: fmt::Debug + PartialEq>(what: &str, found: T, due: T) -> Outcome {
    if found == due { Ok(()) } else { Err(Wrong(format!("{what}: expected {due:?}, found {found:?}"))) }
}

fn holds(what: &str, condition: bool) -> Outcome {
    if condition { Ok(()) } else { Err(Wrong(what.to_owned())) }
}

fn stream(name: &str) -> Result<StreamId, Wrong> {
    Ok(StreamId::new(name)?)
}

fn time(text: &str) -> Result<NaiveDateTime, Wrong> {
    text.parse().map_err(|_| Wrong(format!("{text} is no time")))
}

/// An event of little meaning.
fn event(id: &str) -> Result<NewEvent, Wrong> {
    saying(id, &serde_json::json!({ "clause": "CT-07", "points": "2.5" }))
}

fn saying(id: &str, what: &serde_json::Value) -> Result<NewEvent, Wrong> {
    let at = time("2026-10-03T14:30:00")?;
    Ok(NewEvent {
        id: EventId::new(id)?,
        kind: "rectification.noted".parse()?,
        schema: 1,
        occurred_at: at,
        recorded_at: at,
        actor: None,
        payload: Payload::new(what)?,
    })
}

/// Events with ids that begin with a name, numbered from 1.
fn events(name: &str, count: usize) -> Result<Vec<NewEvent>, Wrong> {
    (1..=count).map(|number| event(&format!("{name}:{number}"))).collect()
}
