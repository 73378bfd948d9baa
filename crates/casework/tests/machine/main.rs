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

mod adoption;
mod appeal;
mod campus;
mod commendation;
mod complaint;
mod field_time;
mod filing;
mod hold;
mod inspection;
mod misconduct;
mod month_close;
mod page;
mod plan;
mod promise;
mod reasons;
mod rectification;
mod sanction;
mod survey;
mod told;
mod walk;
