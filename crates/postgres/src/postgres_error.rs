//! PostgreSQL's errors in the words of a journal.

use ducha_journal::StoreError;
use postgres::{Error, error::SqlState};

/// What failed, where, and why.
pub(crate) fn failed(place: &str, doing: &'static str) -> impl Fn(Error) -> StoreError + Copy {
    move |error| {
        let place = place.to_owned();
        match error.code() {
            Some(
                &SqlState::LOCK_NOT_AVAILABLE
                | &SqlState::QUERY_CANCELED
                | &SqlState::T_R_DEADLOCK_DETECTED
                | &SqlState::T_R_SERIALIZATION_FAILURE
                | &SqlState::TOO_MANY_CONNECTIONS,
            ) => StoreError::Busy { place, doing },
            Some(&SqlState::READ_ONLY_SQL_TRANSACTION) => StoreError::ReadOnly { place },
            Some(&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN | &SqlState::CANNOT_CONNECT_NOW) => {
                StoreError::Lost { place, doing, source: error.into() }
            }
            // The server had nothing to say: the line is dead.
            None if is_line_dead(&error) => StoreError::Lost { place, doing, source: error.into() },
            _ => StoreError::Failed { place, doing, source: told(&error).into() },
        }
    }
}

fn is_line_dead(error: &Error) -> bool {
    let io = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    error.is_closed() || io.is_some()
}

/// That no connection came about.
pub(crate) fn unreachable(place: &str, error: &Error) -> StoreError {
    StoreError::Failed { place: place.to_owned(), doing: "connecting", source: told(error).into() }
}

/// The server's own sentence: the client's says no more than "db error".
fn told(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}
