//! Counts of rows, for pages and probes: nothing about a person.

use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::schema::{
    address, appointment_watch, audit_event, consent, contact, inbox, outbox, setting, subject, thread,
};
use diesel::prelude::*;

/// Rows per table.
pub type Census = Vec<(&'static str, i64)>;

/// How many rows each table holds.
pub fn count(conn: &mut Conn) -> Result<Census, StoreError> {
    Ok(vec![
        ("contact", contact::table.count().get_result(conn)?),
        ("address", address::table.count().get_result(conn)?),
        ("thread", thread::table.count().get_result(conn)?),
        ("subject", subject::table.count().get_result(conn)?),
        ("consent", consent::table.count().get_result(conn)?),
        ("inbox", inbox::table.count().get_result(conn)?),
        ("outbox", outbox::table.count().get_result(conn)?),
        ("appointment_watch", appointment_watch::table.count().get_result(conn)?),
        ("audit_event", audit_event::table.count().get_result(conn)?),
    ])
}

/// Writes something that changes nothing: a database that takes no more writes is found out, a full disk too.
pub fn touch(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::update(setting::table).set(setting::value.eq(setting::value)).execute(conn)?;
    Ok(())
}
