//! What pages, probes and the sandbox may read: counts and times, nothing about a person.

use crate::engine::Engine;
use crate::store::outbox::{self, Load};
use crate::store::schema;
use crate::store::{StoreError, audit_log, dump};
use diesel::prelude::*;

/// Rows per table.
pub type Census = Vec<(&'static str, i64)>;

impl Engine {
    /// What is open, and when the next row falls due.
    pub async fn load(&self) -> Result<Load, StoreError> {
        let now = self.clock.now();
        self.store.read(move |conn| outbox::load(conn, now)).await
    }

    /// How many rows each table holds.
    pub async fn census(&self) -> Result<Census, StoreError> {
        self.store
            .read(|conn| {
                Ok(vec![
                    ("contact", schema::contact::table.count().get_result(conn)?),
                    ("address", schema::address::table.count().get_result(conn)?),
                    ("thread", schema::thread::table.count().get_result(conn)?),
                    ("subject", schema::subject::table.count().get_result(conn)?),
                    ("consent", schema::consent::table.count().get_result(conn)?),
                    ("inbox", schema::inbox::table.count().get_result(conn)?),
                    ("outbox", schema::outbox::table.count().get_result(conn)?),
                    ("appointment_watch", schema::appointment_watch::table.count().get_result(conn)?),
                    ("audit_event", schema::audit_event::table.count().get_result(conn)?),
                ])
            })
            .await
    }

    /// Every row as text, nothing opened; of each table at most `most`.
    pub async fn dump(&self, most: u32) -> Result<Vec<dump::Table>, StoreError> {
        self.store.read(move |conn| dump::all(conn, most)).await
    }

    /// Checks every audit chain; names the first entry that does not fit.
    pub async fn broken_audit_entry(&self) -> Result<Option<crate::ids::Id>, StoreError> {
        self.store.read(|conn| Ok(audit_log::first_broken(&audit_log::all(conn)?))).await
    }
}
