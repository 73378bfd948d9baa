//! Texts as numbers: the codes of clauses, found by their text in a few nanoseconds.

use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// Codes, each with a number from 0, in an open table of at most half its places taken.
///
/// INVARIANT: every code is in the table, reachable from its own place by going on until it is met; the table has an empty
/// place. The hash is fixed, so the table is the same everywhere; no output depends on its order.
#[derive(Debug, Clone)]
pub(super) struct Codes {
    texts: Box<[String]>,
    places: Box<[u32]>,
    mask: usize,
}

const EMPTY: u32 = u32::MAX;

/// FNV-1a (Fowler, Noll, Vo), eight bytes at a time: codes are short.
fn hash(text: &str) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut rest = text.as_bytes();
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x0000_0100_0000_01B3);
        hash ^= hash >> 29;
        rest = after;
    }
    let mut last = [0_u8; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    hash = (hash ^ u64::from_le_bytes(last) ^ (text.len() as u64)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The high bits are the well-mixed ones.
    usize::try_from(hash >> 32).unwrap_or(0)
}

impl Codes {
    pub(super) fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(String::from).collect();
        let size = texts.len().saturating_mul(2).saturating_add(1).next_power_of_two();
        let mask = size.saturating_sub(1);
        let mut places = vec![EMPTY; size];
        for (number, text) in (0_u32..).zip(&texts) {
            let mut at = hash(text) & mask;
            while places.get(at).is_some_and(|place| *place != EMPTY) {
                at = at.wrapping_add(1) & mask;
            }
            if let Some(place) = places.get_mut(at) {
                *place = number;
            }
        }
        Self { texts: texts.into_boxed_slice(), places: places.into_boxed_slice(), mask }
    }

    /// The number of a code.
    #[inline]
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        let mut at = hash(text) & self.mask;
        loop {
            let number = *self.places.get(at)?;
            if number == EMPTY {
                return None;
            }
            if self.texts.get(number as usize).is_some_and(|code| code == text) {
                return Some(number);
            }
            at = at.wrapping_add(1) & self.mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_code_is_found_and_no_other(texts in proptest::collection::btree_set("[A-C]{0,12}", 0..60), other in "[A-C]{0,12}") {
            let codes = Codes::new(texts.iter().map(String::as_str));
            for (number, text) in (0_u32..).zip(&texts) {
                prop_assert_eq!(codes.number(text), Some(number));
            }
            prop_assert_eq!(codes.number(&other).is_some(), texts.contains(&other));
        }
    }
}
