//! Texts as numbers: the codes of clauses, found by their text in a few nanoseconds.

use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// Codes, each with a number from 0, in an open table of at most half its places taken.
///
/// INVARIANT: every code is in the table, reachable from its own place by going on until it is met; the table has an empty
/// place. The hash is fixed, so the table is the same everywhere; no output depends on its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes {
    texts: Vec<String>,
    places: Box<[u32]>,
    mask: usize,
}

const EMPTY: u32 = u32::MAX;

/// FNV-1a (Fowler, Noll, Vo), eight bytes at a time: codes are short.
pub(super) fn hash(text: &str) -> usize {
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
        let mut codes = Self::default();
        for text in texts {
            codes.add(text);
        }
        codes
    }

    /// The codes by their numbers.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts
    }

    /// How many codes there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The codes by number.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// Gives a code the next number, unless it has one; whether it was new.
    pub(super) fn add(&mut self, text: &str) -> bool {
        if self.number(text).is_some() {
            return false;
        }
        // Twice as large when half full, so that the table always has an empty place.
        if self.texts.len().saturating_add(1).saturating_mul(2) > self.places.len() {
            self.grow();
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(EMPTY);
        self.texts.push(String::from(text));
        self.put(number, text);
        true
    }

    fn grow(&mut self) {
        let size = self.places.len().saturating_mul(2).max(8);
        self.places = vec![EMPTY; size].into_boxed_slice();
        self.mask = size.saturating_sub(1);
        let texts = core::mem::take(&mut self.texts);
        for (number, text) in (0_u32..).zip(&texts) {
            self.put(number, text);
        }
        self.texts = texts;
    }

    fn put(&mut self, number: u32, text: &str) {
        let mut at = hash(text) & self.mask;
        while self.places.get(at).is_some_and(|place| *place != EMPTY) {
            at = at.wrapping_add(1) & self.mask;
        }
        if let Some(place) = self.places.get_mut(at) {
            *place = number;
        }
    }

    /// The number of a code.
    #[inline]
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        let mut at = hash(text) & self.mask;
        loop {
            // INVARIANT: there is an empty place, or there are none at all.
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
