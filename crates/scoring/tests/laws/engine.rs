//! The compiled engine says what the reference evaluator says, on every field: over random worlds.
//!
//! `PROPTEST_CASES=20000 cargo test --release -p ducha-scoring --test laws engine` looks harder.

use crate::generator::{Without, World, config, worlds};
use ducha_scoring::{
    Assessment, assess,
    engine::{Question, Scorer},
};
use proptest::prelude::*;

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

/// Holds the engine's answer against the reference's: numbers, then trees, then the trees of each subject by itself.
fn same_as_the_reference(world: &World) -> Result<(), TestCaseError> {
    let request = world.request();
    let mut said = assess(&request);
    let fail = |error: &dyn core::fmt::Display| TestCaseError::fail(error.to_string());
    let scorer = Scorer::compile(&world.books).map_err(|error| fail(&error))?;
    let scored = scorer.assess(&Question::from(&request)).map_err(|error| fail(&error))?;
    said.engine.name = "compiled".into();
    same(&scored.numbers(), &said.clone().numbers())?;
    same(&scored.assessment().map_err(|error| fail(&error))?, &said)?;
    for line in &said.subjects {
        let explained = scored.explain(&line.id).map_err(|error| fail(&error))?;
        let of = |subject: &ducha_core::SubjectId| *subject == line.id;
        let entries: Vec<_> = said.entries.iter().filter(|entry| of(&entry.subject)).cloned().collect();
        prop_assert_eq!(&explained.entries, &entries, "entries of {}", line.id);
        let standings: Vec<_> = said.standings.iter().filter(|s| of(&s.subject)).cloned().collect();
        prop_assert_eq!(&explained.standings, &standings, "standings of {}", line.id);
        let fired: Vec<_> = said.consequences.iter().filter(|f| of(&f.subject)).cloned().collect();
        prop_assert_eq!(&explained.consequences, &fired, "consequences of {}", line.id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(world in worlds(Without::default())) {
        same_as_the_reference(&world)?;
    }
}
