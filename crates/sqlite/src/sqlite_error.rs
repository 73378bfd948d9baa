//! SQLite's errors in the words of a journal.

use ducha_journal::StoreError;
use rusqlite::{Error, ErrorCode};
use std::path::Path;

/// What failed, where, and why.
pub(crate) fn failed(path: &Path, doing: &'static str) -> impl Fn(Error) -> StoreError + Copy {
    let place = path;
    move |error| {
        let place = place.display().to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { place, doing },
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { place },
            _ => StoreError::Failed { place, doing, source: error.into() },
        }
    }
}
