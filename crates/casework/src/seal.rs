//! The digest of a text or of what was published, as events name it.

use alloc::string::String;
use core::fmt;
use ducha_rulebook::Digest;
use serde::{Deserialize, Serialize};

/// A SHA-256 digest in 64 lower-case hexadecimal digits: it tells whether a text is still the one that was adopted or published.
///
/// ```
/// use ducha_casework::Seal;
/// assert!(Seal::new("0".repeat(64)).is_ok());
/// assert!(Seal::new("2026").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seal(String);

/// A text that is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no digest; write its 64 hexadecimal digits in lower case")]
pub struct NoSeal(String);

impl Seal {
    /// The digest that is written so.
    ///
    /// # Errors
    /// [`NoSeal`] unless these are 64 lower-case hexadecimal digits.
    pub fn new(text: impl Into<String>) -> Result<Self, NoSeal> {
        let text = text.into();
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && digits { Ok(Self(text)) } else { Err(NoSeal(text)) }
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Digest> for Seal {
    fn from(digest: Digest) -> Self {
        Self(alloc::format!("{digest}"))
    }
}

impl TryFrom<String> for Seal {
    type Error = NoSeal;

    fn try_from(text: String) -> Result<Self, NoSeal> {
        Self::new(text)
    }
}

impl From<Seal> for String {
    fn from(seal: Seal) -> Self {
        seal.0
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
