//! Claims what is open, asks the world for facts, lets the domain decide, carries out effects. Never holds a
//! transaction while the world is asked.

mod effects;
mod facts;
mod lane;
pub mod retry;
mod say;
mod upkeep;

pub use upkeep::upkeep;

use crate::engine::Engine;
use crate::ids::Id;
use crate::outbound::desk::Desk;
use crate::outbound::ehr::Ehr;
use crate::outbound::say::Speaker;
use crate::outbound::whatsapp::Graph;
use crate::store::StoreError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Lanes worked on at once by one process: the EHR's budget is the true limit.
const LANES: usize = 64;
/// Without a wake-up, open work is looked for this often.
const POLL: Duration = Duration::from_millis(250);

/// What a worker works with.
pub struct Parts {
    /// Transactions.
    pub engine: Engine,
    /// The EHR.
    pub ehr: Ehr,
    /// Meta.
    pub graph: Graph,
    /// The only renderer.
    pub speaker: Speaker,
    /// Work items for people.
    pub desk: Desk,
}

/// What a worker has in hand, for those who wait until nothing is left to do.
#[derive(Clone, Debug, Default)]
pub struct Load {
    tasks: TaskTracker,
    begun: Arc<AtomicU64>,
}

impl Load {
    /// How much is being worked on, and how much was ever begun: as long as the second has not moved between two
    /// looks, nothing was begun and ended in between.
    pub fn look(&self) -> (usize, u64) {
        (self.tasks.len(), self.begun.load(Ordering::SeqCst))
    }
}

/// A worker of this process.
#[derive(Clone)]
pub struct Worker {
    parts: Arc<Parts>,
    me: Id,
    room: Arc<Semaphore>,
    load: Load,
}

impl Worker {
    /// A worker that calls itself `me` on leases and counts what it does in `load`.
    pub fn new(parts: Parts, me: Id, load: Load) -> Self {
        Self { parts: Arc::new(parts), me, room: Arc::new(Semaphore::new(LANES)), load }
    }

    /// Works until `stop`; then finishes what was begun.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.begin_what_is_due().await {
                Ok(0) => self.rest(&stop).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "open work could not be claimed");
                    self.rest(&stop).await;
                }
            }
        }
        self.load.tasks.close();
        self.load.tasks.wait().await;
    }

    async fn rest(&self, stop: &CancellationToken) {
        tokio::select! {
            () = self.parts.engine.woken() => {}
            () = tokio::time::sleep(POLL) => {}
            () = stop.cancelled() => {}
        }
    }

    /// Begins what is due, as far as there is room; answers how much.
    async fn begin_what_is_due(&self) -> Result<usize, StoreError> {
        let room = self.room.available_permits();
        if room == 0 {
            return Ok(0);
        }
        let room = i64::try_from(room).unwrap_or(1);
        let engine = &self.parts.engine;
        if engine.load().await?.is_idle() {
            return Ok(0);
        }
        // What is claimed counts as at work before it is spawned: whoever asks must never see a gap.
        let _claiming = self.load.tasks.token();
        let free = engine.claim_free().await?;
        let lanes = engine.claim_lanes(self.me, room).await?;
        let begun = free.len() + lanes.len();
        self.load.begun.fetch_add(begun as u64, Ordering::SeqCst);
        for row in free {
            let worker = self.clone();
            self.spawn(Box::pin(async move { worker.free(row).await })).await;
        }
        for claim in lanes {
            let worker = self.clone();
            self.spawn(Box::pin(async move { worker.lane(claim).await })).await;
        }
        Ok(begun)
    }

    async fn spawn(&self, work: impl Future<Output = Result<(), StoreError>> + Send + 'static) {
        let Ok(permit) = Arc::clone(&self.room).acquire_owned().await else { return };
        let engine = self.parts.engine.clone();
        self.load.tasks.spawn(async move {
            match work.await {
                // Another worker has it now and goes on where the rows say.
                Ok(()) | Err(StoreError::Fenced) => {}
                Err(error) => tracing::error!(%error, "work was left for its lease to lapse"),
            }
            drop(permit);
            engine.wake();
        });
    }
}
