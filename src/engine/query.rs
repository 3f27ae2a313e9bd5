//! What pages, probes and the sandbox may read: counts and times, nothing about a person.

use crate::engine::Engine;
use crate::store::census::{self, Census};
use crate::store::outbox::{self, Load};
use crate::store::{StoreError, audit_log, dump};

impl Engine {
    /// What is open, and when the next row falls due.
    pub async fn load(&self) -> Result<Load, StoreError> {
        let now = self.clock.now();
        self.store.read(move |conn| outbox::load(conn, now)).await
    }

    /// How many rows each table holds.
    pub async fn census(&self) -> Result<Census, StoreError> {
        self.store.read(census::count).await
    }

    /// Whether the database still takes writes, as whoever answers webhooks has patience.
    pub async fn writable(&self) -> Result<(), StoreError> {
        let written = self.store.write(census::touch);
        tokio::time::timeout(self.settings.accept_within, written).await.unwrap_or(Err(StoreError::Busy))
    }

    /// Every row as text, nothing opened; of each table at most `most`.
    pub async fn dump(&self, most: u32) -> Result<Vec<dump::Table>, StoreError> {
        self.store.read(move |conn| dump::all(conn, most)).await
    }

    /// Checks every audit chain and what its entries commit to; names the first entry that does not fit.
    pub async fn broken_audit_entry(&self) -> Result<Option<crate::ids::Id>, StoreError> {
        let keys = self.keys.clone();
        self.store
            .read(move |conn| {
                let bases = audit_log::bases(conn)?;
                Ok(audit_log::first_broken(&keys, &bases, &audit_log::all(conn)?))
            })
            .await
    }
}
