//! What cases do: random walks through every kind, and timelines that tell a story.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod campus;
mod complaint;
mod hold;
mod inspection;
mod page;
mod reasons;
mod rectification;
mod survey;
mod walk;
