//! The benches of ducha: `cargo bench -p ducha-benches`. They stay out of the default build.

pub mod kernel;
pub mod late;
pub mod naive;
pub mod rounds;
