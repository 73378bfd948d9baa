//! Engine and reference side by side: numbers, trees, the trees of each subject by itself, and the same on several threads.

use ducha_scoring::{
    Assessment, Request, assess,
    engine::{Question, Scorer, Workers},
};
use proptest::prelude::*;

/// Three threads for each list of pieces, so that nothing depends on who comes first.
struct Threads;

impl Workers for Threads {
    fn pieces(&self) -> usize {
        3
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
        std::thread::scope(|scope| {
            let threads: Vec<_> = pieces.into_iter().map(|piece| scope.spawn(|| work(piece))).collect();
            threads.into_iter().map(|thread| thread.join().expect("the work ends")).collect()
        })
    }
}

/// Holds two assessments against each other, part by part, so that a counterexample can be read.
fn same<D: PartialEq + core::fmt::Debug>(
    engine: &Assessment<D>,
    reference: &Assessment<D>,
) -> Result<(), TestCaseError> {
    fn each<T: PartialEq + core::fmt::Debug>(
        what: &str,
        engine: &[T],
        reference: &[T],
    ) -> Result<(), TestCaseError> {
        for (ours, theirs) in engine.iter().zip(reference) {
            prop_assert_eq!(ours, theirs, "{}", what);
        }
        prop_assert_eq!(engine.len(), reference.len(), "how many {}", what);
        Ok(())
    }
    prop_assert_eq!(&engine.account, &reference.account);
    each("entries", &engine.entries, &reference.entries)?;
    each("tallies", &engine.tallies, &reference.tallies)?;
    each("indexes", &engine.indexes, &reference.indexes)?;
    each("standings", &engine.standings, &reference.standings)?;
    each("rankings", &engine.rankings, &reference.rankings)?;
    each("consequences", &engine.consequences, &reference.consequences)?;
    each("subjects", &engine.subjects, &reference.subjects)?;
    prop_assert!(engine == reference, "the assessments differ elsewhere");
    Ok(())
}

/// Holds the engine's answer against the reference's.
pub(crate) fn same_as_the_reference(request: &Request<'_>) -> Result<(), TestCaseError> {
    let fail = |error: &dyn core::fmt::Display| TestCaseError::fail(error.to_string());
    let mut said = assess(request);
    said.engine.name = "compiled".into();
    let scorer = Scorer::compile(request.rulebooks).map_err(|error| fail(&error))?;
    let question = Question::from(request);
    let scored = scorer.assess(&question).map_err(|error| fail(&error))?;
    let numbers = said.clone().numbers();
    same(&scored.numbers(), &numbers)?;
    let threaded = scorer.assess_with(&question, &Threads).map_err(|error| fail(&error))?;
    prop_assert!(threaded.numbers() == numbers, "the answer depends on the threads");
    same(&scored.assessment().map_err(|error| fail(&error))?, &said)?;
    for line in &said.subjects {
        let explained = scored.explain(&line.id).map_err(|error| fail(&error))?;
        let of = |subject: &ducha_core::SubjectId| *subject == line.id;
        let entries: Vec<_> = said.entries.iter().filter(|entry| of(&entry.subject)).cloned().collect();
        prop_assert_eq!(&explained.entries, &entries, "entries of {}", line.id);
        let tallies: Vec<_> = said.tallies.iter().filter(|t| of(&t.subject)).cloned().collect();
        prop_assert_eq!(&explained.tallies, &tallies, "tallies of {}", line.id);
        let standings: Vec<_> = said.standings.iter().filter(|s| of(&s.subject)).cloned().collect();
        prop_assert_eq!(&explained.standings, &standings, "standings of {}", line.id);
        let fired: Vec<_> = said.consequences.iter().filter(|f| of(&f.subject)).cloned().collect();
        prop_assert_eq!(&explained.consequences, &fired, "consequences of {}", line.id);
    }
    Ok(())
}
