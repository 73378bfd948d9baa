//! A digest that is taken when it is first asked for: nothing but an account of results needs it, and a file is read more often
//! than that.

use crate::digest::Digest;
use alloc::string::String;
use core::fmt;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A text that tells its digest.
pub(crate) struct LateDigest {
    text: String,
    /// The digest, once it is taken. Whoever takes it at the same time writes the same.
    words: [AtomicU32; 8],
    is_taken: AtomicBool,
}

impl LateDigest {
    pub(crate) fn new(text: String) -> Self {
        Self { text, words: Default::default(), is_taken: AtomicBool::new(false) }
    }

    pub(crate) fn get(&self) -> Digest {
        if self.is_taken.load(Ordering::Acquire) {
            return Digest::from_words(self.words.each_ref().map(|word| word.load(Ordering::Relaxed)));
        }
        let digest = Digest::of(self.text.as_bytes());
        for (kept, word) in self.words.iter().zip(digest.words()) {
            kept.store(word, Ordering::Relaxed);
        }
        self.is_taken.store(true, Ordering::Release);
        digest
    }
}

impl Clone for LateDigest {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl fmt::Debug for LateDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_same_whenever_it_is_asked_for() {
        let digest = LateDigest::new("abc".into());
        let copy = digest.clone();
        assert_eq!(digest.get(), Digest::of(b"abc"));
        assert_eq!(digest.get(), Digest::of(b"abc"));
        assert_eq!(copy.get(), digest.clone().get());
    }
}
