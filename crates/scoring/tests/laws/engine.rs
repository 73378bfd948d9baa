//! The compiled engine says what the reference evaluator says, on every field: over random worlds.

use crate::generator::{Without, World, config, worlds};
use ducha_scoring::{
    Request, assess,
    engine::{Question, Scorer},
};
use proptest::prelude::*;

/// Holds the engine's answer against the reference's.
fn same_as_the_reference(world: &World) -> Result<(), TestCaseError> {
    let request: Request<'_> = world.request();
    let said = assess(&request).numbers();
    let scorer = Scorer::compile(&world.books).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let scored =
        scorer.assess(&Question::from(&request)).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(scored.account(), &said.account);
    let entries = scored.entries();
    for (engine, reference) in entries.iter().zip(&said.entries) {
        prop_assert_eq!(engine, reference);
    }
    prop_assert_eq!(entries.len(), said.entries.len());
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(world in worlds(Without::default())) {
        same_as_the_reference(&world)?;
    }
}
