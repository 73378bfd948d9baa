//! What a file is, read from its first bytes, before SQLite touches it.

use crate::open::OpenError;
use crate::schema::APPLICATION_ID;
use std::{fs::File, io::Read as _, path::Path};

/// Every SQLite file begins so.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the header of SQLite holds the mark of the program that made the file.
const APPLICATION_ID_AT: usize = 68;
const HEADER_BYTES: usize = 100;

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No file, or an empty one.
    Nothing,
    /// A journal of ducha, by its mark.
    Journal,
}

/// Looks at a file without changing it; SQLite itself might put its house in order.
pub(crate) fn look(path: &Path) -> Result<Found, OpenError> {
    let refused = |source| OpenError::Unreadable { path: path.to_owned(), source };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(refused(error)),
    };
    if file.metadata().map_err(refused)?.is_dir() {
        return Err(OpenError::Folder { path: path.to_owned() });
    }
    let mut header = Vec::new();
    file.by_ref().take(HEADER_BYTES as u64).read_to_end(&mut header).map_err(refused)?;
    if header.is_empty() {
        return Ok(Found::Nothing);
    }
    let mark = header.get(APPLICATION_ID_AT..).and_then(|rest| rest.first_chunk::<4>());
    match mark {
        Some(mark) if header.starts_with(MAGIC) && i32::from_be_bytes(*mark) == APPLICATION_ID => {
            Ok(Found::Journal)
        }
        _ => Err(OpenError::NotAJournal { path: path.to_owned() }),
    }
}
