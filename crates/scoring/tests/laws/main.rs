//! The laws at the end of the design's semantics, as property tests over random rulebooks, organisations and records.
//!
//! `PROPTEST_CASES=1000 cargo test -p ducha-scoring --test laws` looks harder.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod account;
mod derivation;
mod generator;
mod hostile;
mod ledger;
mod limits;
mod monotone;
mod order;

use generator::{Without, config, worlds};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config())]

    /// What must hold of any one assessment; together, for a world is dear to assess.
    #[test]
    fn every_assessment_keeps_the_laws(world in worlds(Without::default())) {
        let assessment = world.assess();
        account::every_row_is_in_exactly_one_place(&world, &assessment)?;
        account::an_assessment_survives_json_and_restates_itself_by_nothing(&world, &assessment)?;
        account::a_clean_subject_stands_at_full_marks_and_missing_is_not_zero(&world, &assessment)?;
        derivation::derivations_sum_to_the_result(&world, &assessment)?;
        limits::caps_hold_in_every_window(&world, &assessment)?;
        limits::floors_ceilings_and_period_caps_hold(&world, &assessment)?;
    }
}
