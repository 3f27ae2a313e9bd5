//! SQLite is one server: a lock file beside the database refuses a second one.

use crate::store::StoreError;
use crate::store::conn::Target;
use std::fs::{File, OpenOptions};

/// Held while a server runs; the operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct ServerLock(#[expect(dead_code, reason = "held for its lock")] Option<File>);

/// Takes the lock; an error when another server has it. PostgreSQL needs none.
pub fn take(target: &Target) -> Result<ServerLock, StoreError> {
    let Target::Sqlite(path) = target else { return Ok(ServerLock(None)) };
    let mut name = path.clone().into_os_string();
    name.push(".server");
    let shown = name.to_string_lossy().into_owned();
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| StoreError::Connect(format!("{shown}: {error}")))?;
    file.try_lock().map_err(|_| {
        StoreError::Connect(format!("another server has {shown}; SQLite serves one, use PostgreSQL for more"))
    })?;
    Ok(ServerLock(Some(file)))
}
