//! The real parts that `tests/run` starts. Plain `cargo test` goes without them; `WASL_TEST_REAL=required` makes a
//! missing one a failure.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

fn part(name: &str) -> Option<String> {
    let found = std::env::var(name).ok().filter(|value| !value.is_empty());
    let required = std::env::var("WASL_TEST_REAL").is_ok_and(|value| value == "required");
    assert!(found.is_some() || !required, "{name} is missing: tests/run did not start that part");
    found
}

/// A FHIR server: HAPI.
pub fn fhir() -> Option<String> {
    part("WASL_TEST_FHIR")
}

/// A FHIR server whose transactions are not atomic: Medplum's in-memory repository.
pub fn medplum() -> Option<String> {
    part("WASL_TEST_MEDPLUM")
}

/// Real EHRs are one for all stories: one story at a time.
pub fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Chromium, and the folder with the driver's packages.
pub fn browser() -> Option<(String, String)> {
    part("WASL_TEST_CHROMIUM").zip(part("WASL_TEST_BROWSER"))
}

/// Prism, with Meta's amended OpenAPI document.
pub fn prism() -> Option<String> {
    part("WASL_TEST_PRISM")
}

/// A Python that has pywa.
pub fn pywa() -> Option<String> {
    part("WASL_TEST_PYWA")
}

/// A fresh database on the PostgreSQL server.
pub fn postgres() -> Option<String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let server = part("WASL_TEST_POSTGRES")?;
    let name = format!("wasl_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    let mut conn = PgConnection::establish(&server).unwrap();
    conn.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}
