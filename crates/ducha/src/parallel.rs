//! Threads for the scorer, by rayon: as many as its current pool has.

use crate::scoring::engine::Workers;
use alloc::vec::Vec;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Rayon's current pool. The answer is the same whatever the number of threads is.
///
/// Entries are reckoned unit by unit and subjects judged one by one, on whatever thread is free; what asks for all subjects
/// at once (admission before, rankings and consequences after) is done on the thread that asks.
///
/// ```
/// use ducha::{parallel::Threads, rulebook::{Rulebook, Source}, scoring::engine::{Question, Scorer}};
/// let rules = std::fs::read_to_string("../../examples/campus/rulebook-2026.toml")?;
/// let book = Rulebook::read(&Source::new("rulebook-2026.toml", rules)).map_err(|report| format!("{report:?}"))?;
/// let scorer = Scorer::compile(&[book])?;
/// let scored = scorer.assess_with(&Question::new(&[]), &Threads)?;
/// assert_eq!(scored.count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Threads;

impl Workers for Threads {
    fn pieces(&self) -> usize {
        // Some are longer than others: with a few for each thread, none waits long.
        rayon::current_num_threads().saturating_mul(4)
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
        pieces.into_par_iter().map(work).collect()
    }
}
