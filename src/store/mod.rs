//! The database: SQLite by default, PostgreSQL by URL, one set of functions over both. What each column may hold
//! and for how long stands in [`manifest`]; sealed values are made and opened in [`crypt`] only.

pub mod audit_log;
pub mod census;
pub mod conn;
pub mod consent;
pub mod contacts;
pub mod crypt;
pub mod delivery;
pub mod dump;
pub mod identity;
pub mod inbox;
pub mod keys;
pub mod lanes;
pub mod lock;
pub mod manifest;
mod many;
mod merge;
pub mod migrate;
pub mod outbox;
pub mod pace;
pub mod proof;
pub mod purge;
pub mod schema;
pub mod visitors;
pub mod watch;
mod writer;

use conn::{Conn, Manager, Target};
use diesel::r2d2::Pool;
use writer::Writer;

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL's scheme is unknown.
    #[error("database.url: neither sqlite://PATH nor postgres://USER@HOST/NAME")]
    Url,
    /// TLS was asked of a libpq that has none.
    #[error(
        "database.url: sslmode asks for TLS, which this build's libpq lacks; use an image that links the \
         system's libpq, or build with --no-default-features"
    )]
    NoTls,
    /// No connection.
    #[error("the database cannot be reached: {0}")]
    Connect(String),
    /// The engine refused a statement. Statements carry no personal data; their values are never shown.
    #[error("database: {}", quiet(.0))]
    Database(#[from] diesel::result::Error),
    /// A commit that this job was part of failed.
    #[error("database: {0}")]
    Commit(String),
    /// The lease on a lane was lost to another worker: whoever has it now goes on.
    #[error("the lane is another worker's now")]
    Fenced,
    /// A sealed value does not open.
    #[error("a sealed value does not open: its key was retired or the row was altered")]
    Unsealed,
    /// It waited longer than whoever asked has patience. It may have been done.
    #[error("the database does not keep up")]
    Busy,
    /// The work itself is at fault.
    #[error("the work on the database panicked: a fault of ours")]
    Panicked,
    /// The store is shutting down.
    #[error("the store has stopped")]
    Stopped,
}

impl StoreError {
    /// The same failure for another job of the same commit.
    fn again(&self) -> Self {
        Self::Commit(match self {
            Self::Database(error) => quiet(error),
            other => other.to_string(),
        })
    }
}

/// The hour a moment lies in, the grain of every time of what is over: rows that tell the moment could be put beside
/// the audit log's entries, in the same order, and would say whose each of them is.
pub(crate) fn hour(at: crate::clock::Moment) -> i64 {
    const HOUR_MS: i64 = 3_600_000;
    let at = at.timestamp_millis();
    at - at.rem_euclid(HOUR_MS)
}

/// What of a database error may be shown: engines put values into some messages ("Key (x)=(…) already exists").
fn quiet(error: &diesel::result::Error) -> String {
    match error {
        diesel::result::Error::DatabaseError(kind, about) => {
            format!("{kind:?} {}", about.constraint_name().unwrap_or_default()).trim_end().to_owned()
        }
        other => other.to_string(),
    }
}

/// The database of a running gateway. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    target: Target,
    writer: Writer,
    readers: Pool<Manager>,
}

impl Store {
    /// Opens the database at `url` with `connections` readers.
    pub fn open(url: &str, connections: u32, chance: &crate::ids::Chance) -> Result<Self, StoreError> {
        let target = Target::parse(url)?;
        let writer = Writer::start(&target, chance)?;
        let readers = conn::readers(&target, connections)?;
        Ok(Self { target, writer, readers })
    }

    /// Where it is.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Runs `work` in a transaction with whatever else waits; answers after the commit.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(work).await
    }

    /// Runs `work` in the very next transaction: somebody outside waits for it. `done` hears of it after the commit,
    /// on the writer's thread.
    pub fn write_urgently<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
        done: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) {
        self.writer.urgently(work, done);
    }

    /// Runs `work` on a reader.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let pool = self.readers.clone();
        tokio::task::spawn_blocking(move || {
            let mut conn = pool.get().map_err(|error| StoreError::Connect(error.to_string()))?;
            work(&mut conn)
        })
        .await
        .map_err(|_| StoreError::Stopped)?
    }
}

/// Runs `work` in a short transaction of its own, beside a running server.
///
/// # Errors
/// The database cannot be reached, or refused.
pub fn briefly<T>(
    target: &Target,
    work: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    use diesel::connection::SimpleConnection;
    let mut conn = target.connect()?;
    conn.batch_execute(match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => "BEGIN",
    })?;
    let result = work(&mut conn);
    conn.batch_execute(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    result
}
