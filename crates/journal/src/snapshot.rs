//! A state kept beside the events, so that a long stream need not be read from its beginning.

use crate::StreamId;
use sha2::{Digest as _, Sha256};

/// The state of a stream at a version, in a form that only its owner understands.
///
/// A snapshot is a convenience: losing one loses nothing, and it is not part of the chain of hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The case.
    pub stream: StreamId,
    /// The version of the last event that the state includes.
    pub version: u64,
    /// The version of the state's form; who meets another than his own throws the snapshot away.
    pub schema: u32,
    /// The state.
    pub bytes: Vec<u8>,
}

impl Snapshot {
    /// A sum by which a store finds out that what it kept was damaged. A damaged snapshot counts as none.
    #[must_use]
    pub fn sum(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        sum.update(b"ducha.snapshot/1\n");
        // A stream's name has no line break.
        sum.update(self.stream.as_str());
        sum.update(b"\n");
        sum.update(self.version.to_be_bytes());
        sum.update(self.schema.to_be_bytes());
        sum.update(&self.bytes);
        sum.finalize().into()
    }
}
