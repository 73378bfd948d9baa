//! What the semantics say in detail, each as a claim that can fail.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod admission;
mod balances;
mod caps;
#[path = "../desk/mod.rs"]
mod desk;
mod liability;
mod money;
mod recurrence;
#[path = "../engine/same.rs"]
mod same;
mod tallies;
mod tiers;
mod unrectified;
mod versions;

use desk::{table, tally};

const AGAIN: &str = "counts = \"inspections\"\nkey = [\"subject\", \"clause\"]\nfactors = [1, 2, 3]";

fn again(window: &str, keys: &str) -> String {
    table("recurrence", "again", &format!("{AGAIN}\nwindow = {window}\n{keys}"))
}

fn month() -> String {
    tally("score", "window = \"month\"\nfull_marks = 100\nfloor = 0")
}

const YEAR: &str = "{ rolling = \"12 months\", last_day = \"included\" }";
