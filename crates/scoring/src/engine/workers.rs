//! Who does the work: one thread, or as many as the embedder lends.
//!
//! Entries are reckoned unit by unit, and subjects are judged each by itself; only admission before and rankings and
//! consequences after ask for everything at once. So the pieces can lie on any number of threads, and come together in
//! their order: the answer is the same.

use alloc::vec::Vec;

/// Runs pieces of work that do not depend on each other.
///
/// Scoring has no threads of its own. An embedder lends them by this trait; the door crate does so with rayon.
pub trait Workers {
    /// How many pieces are worth making.
    fn pieces(&self) -> usize;

    /// What comes of each piece, in the order of the pieces.
    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R>;
}

/// One piece after the other, on the thread that asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct InTurn;

impl Workers for InTurn {
    fn pieces(&self) -> usize {
        1
    }

    fn each<T: Send, R: Send>(&self, pieces: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
        pieces.into_iter().map(work).collect()
    }
}

/// A list in so many runs of about the same length, cut only where two neighbours may be parted.
pub(super) fn cut<T>(list: &[T], pieces: usize, may_part: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
    let length = list.len().checked_div(pieces.max(1)).unwrap_or(0).max(1);
    let mut cut = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let mut end = length.min(rest.len());
        while let (Some(last), Some(next)) = (end.checked_sub(1).and_then(|at| rest.get(at)), rest.get(end)) {
            if may_part(last, next) {
                break;
            }
            end = end.saturating_add(1);
        }
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        cut.push(piece);
        rest = after;
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_are_the_list_and_part_no_pair(list in prop::collection::vec(0_u8..6, 0..60), pieces in 1_usize..9) {
            let mut sorted = list;
            sorted.sort_unstable();
            let cut = cut(&sorted, pieces, |a, b| a != b);
            prop_assert_eq!(cut.concat(), sorted.clone());
            prop_assert!(cut.windows(2).all(|two| two[0].last() != two[1].first()));
        }
    }
}
