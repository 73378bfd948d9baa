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
mod limits;
mod monotone;
mod order;
