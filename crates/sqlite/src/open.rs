//! Opening a journal's file, or making one.

use crate::file::{Found, look};
use crate::schema::{APPLICATION_ID, SCHEMA_VERSION, STEPS};
use crate::sqlite_error::failed;
use ducha_journal::StoreError;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a handle waits for another that writes, unless [`Options`] say otherwise.
pub const DEFAULT_BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How many statements a handle keeps prepared; more than there are.
const STATEMENTS: usize = 32;

/// A journal in one SQLite file. One handle is one connection; open as many as there are threads.
#[derive(Debug)]
pub struct Sqlite {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// How a file is to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to make the file where there is none.
    pub create: bool,
    /// Whether to open it for reading alone.
    pub read_only: bool,
    /// How long to wait for another handle that writes.
    pub busy_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { create: true, read_only: false, busy_timeout: DEFAULT_BUSY_TIMEOUT }
    }
}

/// Why a journal's file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no such file, and none was to be made.
    #[error("there is no journal at {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The folder does not exist.
    #[error("the folder of {} does not exist; make it first", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("{} is a folder; name a file in it", path.display())]
    Folder {
        /// The path.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is something else. It was left as it is.
    #[error("{} is no journal of ducha; it was left as it is", path.display())]
    NotAJournal {
        /// The file.
        path: PathBuf,
    },
    /// A newer program has written the file. It was left as it is.
    #[error("{} has tables of version {found}, and this program knows up to version {SCHEMA_VERSION}; use a newer one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i32,
    },
    /// An older program has written the file, which was opened for reading alone and cannot be brought up to date.
    #[error("{} has tables of version {found}; open it once for writing, which brings it to version {SCHEMA_VERSION}", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i32,
    },
    /// SQLite failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Sqlite {
    /// Opens a journal's file, and makes it where there is none.
    ///
    /// # Errors
    /// [`OpenError`] when the folder is missing, the file is something else or of a newer program, or SQLite fails.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, Options::default())
    }

    /// Opens a journal's file for reading alone. The folder must still be writable, since SQLite lays its index of the
    /// write-ahead log beside the file.
    ///
    /// # Errors
    /// [`OpenError`] when there is no journal at the path, or SQLite fails.
    pub fn open_to_read(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, Options { create: false, read_only: true, ..Options::default() })
    }

    /// Opens a journal's file as the options say.
    ///
    /// # Errors
    /// [`OpenError`], which names the file.
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        let path = path.as_ref().to_owned();
        let found = look(&path)?;
        if found == Found::Nothing {
            if options.read_only || !options.create {
                return Err(OpenError::Missing { path });
            }
            // A bare name has the empty parent, which is the folder that we are in.
            if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
                return Err(OpenError::NoFolder { path });
            }
        }
        let access = match (options.read_only, found) {
            (true, _) => OpenFlags::SQLITE_OPEN_READ_ONLY,
            (false, Found::Journal) => OpenFlags::SQLITE_OPEN_READ_WRITE,
            (false, Found::Nothing) => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let wrong = failed(&path, "opening the file");
        let connection =
            Connection::open_with_flags(&path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(wrong)?;
        connection.busy_timeout(options.busy_timeout).map_err(wrong)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let mut opened = Self { connection, path };
        opened.bring_up_to_date(options.read_only)?;
        Ok(opened)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn bring_up_to_date(&mut self, read_only: bool) -> Result<(), OpenError> {
        let path = self.path.clone();
        let wrong = failed(&path, "opening the file");
        let found = version(&self.connection).map_err(wrong)?;
        self.refuse_newer(found)?;
        if found < SCHEMA_VERSION && read_only {
            return Err(OpenError::Older { path, found });
        }
        if read_only {
            return Ok(());
        }
        if found < SCHEMA_VERSION {
            self.step_up()?;
        }
        // Set once and kept in the file, so that it is nothing to do for all but the first handle. With the log, a commit
        // is one write that reaches the disk (`FULL`); without it there would be three.
        let mode: String =
            self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(wrong)?;
        if mode != "wal" {
            let source = format!("the write-ahead log cannot be used here (journal_mode is {mode})").into();
            let place = path.display().to_string();
            return Err(StoreError::Failed { place, doing: "opening the file", source }.into());
        }
        self.connection
            .execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .map_err(wrong)?;
        Ok(())
    }

    /// Makes the tables, or changes those of an older file, in one transaction.
    fn step_up(&mut self) -> Result<(), OpenError> {
        let path = self.path.clone();
        let wrong = failed(&path, "bringing the tables up to date");
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        // Another handle may have done it in the meantime.
        let found = version(&transaction).map_err(wrong)?;
        for (step, sql) in (1..).zip(STEPS) {
            if step > found {
                transaction.execute_batch(sql).map_err(wrong)?;
            }
        }
        if found < SCHEMA_VERSION {
            transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(wrong)?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(wrong)?;
        }
        transaction.commit().map_err(wrong)?;
        self.refuse_newer(found)
    }

    fn refuse_newer(&self, found: i32) -> Result<(), OpenError> {
        if found > SCHEMA_VERSION { Err(OpenError::Newer { path: self.path.clone(), found }) } else { Ok(()) }
    }
}

fn version(connection: &Connection) -> Result<i32, rusqlite::Error> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}
