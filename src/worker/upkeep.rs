//! What recurs: retention carried out, key epochs reread. Its clock is the gateway's, its pace the machine's.

use crate::engine::Engine;
use crate::store::purge::{self, Keep};
use crate::store::{StoreError, keys};
use chrono::Duration;
use tokio_util::sync::CancellationToken;

/// How often the clock is looked at.
const LOOK: std::time::Duration = std::time::Duration::from_secs(10);
/// How often retention is carried out.
const PURGE: Duration = Duration::hours(1);

/// Runs until `stop`.
pub async fn upkeep(engine: Engine, keep: Keep, stop: CancellationToken) {
    let mut next = engine.clock.now();
    while !stop.is_cancelled() {
        if engine.clock.now() >= next {
            next = engine.clock.now() + PURGE;
            if let Err(error) = once(&engine, keep).await {
                tracing::error!(%error, "retention could not be carried out");
            }
        }
        if let Ok(epochs) = engine.store.read(keys::epochs).await {
            engine.keys.set_epochs(epochs);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn once(engine: &Engine, keep: Keep) -> Result<(), StoreError> {
    let now = engine.clock.now();
    let purged = engine.store.write(move |conn| purge::run(conn, keep, now)).await?;
    tracing::info!(
        inbox = purged.inbox,
        outbox = purged.outbox,
        addresses = purged.addresses,
        watches = purged.watches,
        "retention carried out"
    );
    Ok(())
}
