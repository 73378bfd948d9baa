//! Connecting to a journal, and making its tables.

use crate::address::shown;
use crate::postgres_error::{failed, unreachable};
use crate::schema::{SCHEMA_VERSION, STEPS};
use ducha_journal::StoreError;
use postgres::{Client, Config, NoTls, Transaction};
use std::time::Duration;

/// How long a handle waits for another that appends, unless [`Options`] say otherwise.
pub const DEFAULT_BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// The schema in which the tables stand, unless [`Options`] say otherwise.
pub const DEFAULT_SCHEMA: &str = "ducha";

/// The longest name of a schema that PostgreSQL does not cut.
const MAX_SCHEMA_BYTES: usize = 63;
/// Locked while tables are made, so that two first connections don't make them twice. The number stands for the word ducha.
const MAKING_TABLES: i64 = 0x64_7563_6861;

/// A journal in PostgreSQL. One handle is one connection; connect as often as there are threads.
pub struct Postgres {
    pub(crate) client: Client,
    pub(crate) place: String,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Postgres").field(&self.place).finish()
    }
}

/// How to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The schema in which the tables stand: lower-case ASCII letters, digits and `_`.
    pub schema: String,
    /// How long to wait for another handle that appends.
    pub busy_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { schema: DEFAULT_SCHEMA.to_owned(), busy_timeout: DEFAULT_BUSY_TIMEOUT }
    }
}

/// Why a journal cannot be reached.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The text is no address. It is not repeated here, for a password may stand in it.
    #[error("this is no address of a database; write postgresql://user:password@host:port/database")]
    Address,
    /// The schema's name is none.
    #[error(
        "`{0}` cannot name a schema; use up to 63 lower-case ASCII letters, digits and `_`, a letter first"
    )]
    Schema(String),
    /// A newer program has made the tables. They were left as they are.
    #[error(
        "{place} has tables of version {found}, and this program knows up to version {SCHEMA_VERSION}; use a newer one"
    )]
    Newer {
        /// The database.
        place: String,
        /// The version of its tables.
        found: i32,
    },
    /// There are tables of these names that are no journal's. They were left as they are.
    #[error("{place} holds tables that are no journal of ducha; they were left as they are")]
    NotAJournal {
        /// The database.
        place: String,
    },
    /// The server failed, or cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Postgres {
    /// Connects to a journal in the schema `ducha`, and makes its tables where there are none.
    ///
    /// # Errors
    /// [`OpenError`] when the text is no address, the server cannot be reached, or the tables are of a newer program.
    pub fn connect(address: &str) -> Result<Self, OpenError> {
        Self::connect_with(address, &Options::default())
    }

    /// Connects as the options say.
    ///
    /// # Errors
    /// [`OpenError`], which names the database and never the password.
    pub fn connect_with(address: &str, options: &Options) -> Result<Self, OpenError> {
        // The client's own error may repeat a piece of the text.
        let config: Config = address.parse().map_err(|_| OpenError::Address)?;
        if !is_name(&options.schema) {
            return Err(OpenError::Schema(options.schema.clone()));
        }
        let place = shown(&config, &options.schema);
        let client = config.connect(NoTls).map_err(|error| unreachable(&place, &error))?;
        let mut journal = Self { client, place };
        journal.prepare(options)?;
        Ok(journal)
    }

    fn prepare(&mut self, options: &Options) -> Result<(), OpenError> {
        let Options { schema, busy_timeout } = options;
        let wrong = failed(&self.place, "connecting");
        // The name was checked: it needs no quotes and can be nothing but a name.
        let settings = format!(
            "SET search_path TO {schema}; SET lock_timeout TO {}; SET client_encoding TO 'UTF8'; \
             SET synchronous_commit TO on; SET default_transaction_isolation TO 'read committed'",
            busy_timeout.as_millis().clamp(1, 2_147_483_647)
        );
        self.client.batch_execute(&settings).map_err(wrong)?;
        if found(&mut self.client.transaction().map_err(wrong)?, schema, &self.place)? != Some(SCHEMA_VERSION)
        {
            self.step_up(schema)?;
        }
        Ok(())
    }

    /// Makes the tables, or changes older ones, in one transaction.
    fn step_up(&mut self, schema: &str) -> Result<(), OpenError> {
        let wrong = failed(&self.place, "bringing the tables up to date");
        let mut transaction = self.client.transaction().map_err(wrong)?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKING_TABLES]).map_err(wrong)?;
        // Another handle may have done it in the meantime.
        let version = found(&mut transaction, schema, &self.place)?.unwrap_or_default();
        if version > SCHEMA_VERSION {
            return Err(OpenError::Newer { place: self.place.clone(), found: version });
        }
        if version == 0 {
            transaction.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")).map_err(wrong)?;
        }
        for (step, sql) in (1..).zip(STEPS) {
            if step > version {
                transaction.batch_execute(sql).map_err(wrong)?;
            }
        }
        transaction.execute("UPDATE about SET version = $1", &[&SCHEMA_VERSION]).map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        Ok(())
    }
}

fn is_name(schema: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    schema.len() <= MAX_SCHEMA_BYTES
        && schema.bytes().next().is_some_and(letter)
        && schema.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
}

/// The version of the tables; none where there is no table at all.
fn found(transaction: &mut Transaction<'_>, schema: &str, place: &str) -> Result<Option<i32>, OpenError> {
    let wrong = failed(place, "looking for the tables");
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = $1";
    let tables: Vec<String> =
        transaction.query(tables, &[&schema]).map_err(wrong)?.iter().map(|row| row.get(0)).collect();
    let has = |name: &str| tables.iter().any(|table| table == name);
    match (has("about") && has("head"), has("event") || has("stream") || has("head") || has("about")) {
        (true, _) => {
            let row = transaction.query_opt("SELECT version FROM about", &[]).map_err(wrong)?;
            let version = row.and_then(|row| row.try_get::<_, i32>(0).ok());
            version.map(Some).ok_or_else(|| OpenError::NotAJournal { place: place.to_owned() })
        }
        (false, true) => Err(OpenError::NotAJournal { place: place.to_owned() }),
        (false, false) => Ok(None),
    }
}
