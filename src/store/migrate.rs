//! Migrations, one folder per engine with the same names.

use crate::store::StoreError;
use crate::store::conn::{Conn, Target};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// Replicas that start together migrate one after the other (an arbitrary, fixed advisory lock).
const ADVISORY_LOCK: i64 = 0x7761_736c;

/// Brings the database up to date; answers the names of what was applied.
pub fn up(target: &Target) -> Result<Vec<String>, StoreError> {
    match target.connect()? {
        Conn::Sqlite(mut c) => run(&mut c, SQLITE),
        Conn::Postgres(mut c) => {
            c.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
            run(&mut c, POSTGRES)
        }
    }
}

/// Takes every migration back. Everything is lost: for tests and for those who mean it.
pub fn down(target: &Target) -> Result<Vec<String>, StoreError> {
    match target.connect()? {
        Conn::Sqlite(mut c) => revert(&mut c, SQLITE),
        Conn::Postgres(mut c) => revert(&mut c, POSTGRES),
    }
}

/// The names of migrations that are missing; `serve` refuses to start while there are any.
pub fn pending(target: &Target) -> Result<Vec<String>, StoreError> {
    match target.connect()? {
        Conn::Sqlite(mut c) => missing(&mut c, SQLITE),
        Conn::Postgres(mut c) => missing(&mut c, POSTGRES),
    }
}

/// The names of all migrations of one engine, for the test that both have the same.
pub fn names(target: &Target) -> Vec<String> {
    match target {
        Target::Sqlite(_) => listed::<diesel::sqlite::Sqlite>(SQLITE),
        Target::Postgres(_) => listed::<diesel::pg::Pg>(POSTGRES),
    }
}

fn listed<DB: diesel::backend::Backend>(source: EmbeddedMigrations) -> Vec<String> {
    use diesel::migration::MigrationSource;
    let all: Vec<Box<dyn diesel::migration::Migration<DB>>> = source.migrations().unwrap_or_default();
    all.iter().map(|migration| migration.name().to_string()).collect()
}

fn run<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError> {
    let done = conn.run_pending_migrations(source).map_err(migration_error)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

fn revert<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError> {
    let done = conn.revert_all_migrations(source).map_err(migration_error)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

fn missing<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError> {
    let missing = conn.pending_migrations(source).map_err(migration_error)?;
    Ok(missing.iter().map(|migration| migration.name().to_string()).collect())
}

fn migration_error(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Commit(format!("migration: {error}"))
}

/// What may never change after the first migration: kept in `setting`.
pub fn freeze(conn: &mut Conn, name: &str, value: &str) -> Result<String, StoreError> {
    use crate::store::schema::setting;
    let known: Option<String> = setting::table.find(name).select(setting::value).first(conn).optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    diesel::insert_into(setting::table)
        .values((setting::name.eq(name), setting::value.eq(value)))
        .execute(conn)?;
    Ok(value.to_owned())
}
