//! Connections: one enum over both engines, so that every function above is written once.

use crate::store::StoreError;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{CustomizeConnection, ManageConnection, Pool};
use std::path::{Path, PathBuf};

/// How long a SQLite statement waits for another process (`wasl keys` beside a running server).
const BUSY_MS: u32 = 5_000;

/// SQLite copies its log into the database file when it has so many pages (32 MB), not after every few commits.
const CHECKPOINT_PAGES: u32 = 8_192;

/// Pages that a writer of SQLite keeps at hand (16 MB): the indexes that every message touches.
const WRITER_CACHE_KB: u32 = 16_000;

/// A connection to either engine.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// SQLite, compiled in.
    Sqlite(diesel::SqliteConnection),
    /// PostgreSQL.
    Postgres(diesel::PgConnection),
}

/// Where the database is, by the scheme of its URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// `sqlite://PATH`
    Sqlite(PathBuf),
    /// `postgres://…`, kept as libpq wants it.
    Postgres(String),
}

impl Target {
    /// Reads a database URL. An unknown scheme is an error: a typo must not create an empty database.
    pub fn parse(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(StoreError::Url)
    }

    /// Opens a connection with the settings every connection has.
    pub fn connect(&self) -> Result<Conn, StoreError> {
        match self {
            Self::Sqlite(path) => open_sqlite(path).map(Conn::Sqlite),
            Self::Postgres(url) => open_postgres(url).map(Conn::Postgres),
        }
    }
}

impl Target {
    /// Opens a connection for a writer.
    pub fn connect_writer(&self) -> Result<Conn, StoreError> {
        let mut conn = self.connect()?;
        if let Conn::Sqlite(c) = &mut conn {
            c.batch_execute(&format!("PRAGMA cache_size=-{WRITER_CACHE_KB}"))?;
        }
        Ok(conn)
    }
}

fn open_sqlite(path: &Path) -> Result<diesel::SqliteConnection, StoreError> {
    let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| StoreError::Connect(error.to_string()))?;
    // FULL: a commit that was answered with 200 survives a power cut (rule 3 of the design).
    // temp_store: what a savepoint could need again is kept in memory, not in a file.
    // secure_delete: wiped values leave no copy in free pages.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout={BUSY_MS}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
         PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}; PRAGMA temp_store=MEMORY; \
         PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    ))?;
    Ok(conn)
}

fn open_postgres(url: &str) -> Result<diesel::PgConnection, StoreError> {
    diesel::PgConnection::establish(url).map_err(|error| {
        let text = error.to_string();
        if text.contains("SSL support is not compiled in") {
            return StoreError::NoTls;
        }
        StoreError::Connect(text)
    })
}

/// Makes pooled connections.
#[derive(Debug)]
pub struct Manager(pub Target);

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = StoreError;

    fn connect(&self) -> Result<Conn, StoreError> {
        self.0.connect()
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), StoreError> {
        Ok(conn.batch_execute("SELECT 1")?)
    }

    /// Asked whenever a connection comes back. Whether it still works is asked before it is used again
    /// ([`Self::is_valid`]); an empty statement is no way to ask, since PostgreSQL's answer to it counts as an error.
    fn has_broken(&self, _: &mut Conn) -> bool {
        std::thread::panicking()
    }
}

/// Readers of SQLite may not write: there is one writer.
#[derive(Debug)]
pub struct ReadOnly;

impl CustomizeConnection<Conn, StoreError> for ReadOnly {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), StoreError> {
        match conn {
            Conn::Sqlite(c) => Ok(c.batch_execute("PRAGMA query_only=ON")?),
            Conn::Postgres(c) => Ok(c.batch_execute("SET default_transaction_read_only = on")?),
        }
    }
}

/// A pool of readers.
pub fn readers(target: &Target, size: u32) -> Result<Pool<Manager>, StoreError> {
    Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(1))
        .test_on_check_out(true)
        .connection_customizer(Box::new(ReadOnly))
        .connection_timeout(std::time::Duration::from_secs(5))
        .build(Manager(target.clone()))
        .map_err(|error| StoreError::Connect(error.to_string()))
}
