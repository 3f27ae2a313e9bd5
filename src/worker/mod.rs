//! Claims what is open, asks the world for facts, lets the domain decide, carries out effects. Never holds a
//! transaction while the world is asked.

mod account;
mod effects;
mod facts;
mod lane;
mod lease;
mod names;
pub mod retry;
mod say;
mod upkeep;

pub use names::names;
pub use upkeep::upkeep;

use crate::engine::{Engine, Room};
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
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Lanes and free rows worked on at once by one process: the EHR's budget is the true limit.
const LANES: usize = 64;
/// Urgent answers sent at once, and work items brought to people, beside those: an EHR that hangs holds every lane for
/// as long as its time-out, and an emergency must not wait for one of them.
const URGENT: usize = 32;
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

    /// Counts as one thing in hand until it is dropped: what is done beside the lanes.
    pub fn hold(&self) -> TaskTrackerToken {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.tasks.token()
    }
}

/// A worker of this process.
#[derive(Clone)]
pub struct Worker {
    parts: Arc<Parts>,
    me: Id,
    urgent: Arc<Semaphore>,
    people: Arc<Semaphore>,
    other: Arc<Semaphore>,
    load: Load,
}

impl Worker {
    /// A worker that calls itself `me` on leases and counts what it does in `load`.
    pub fn new(parts: Parts, me: Id, load: Load) -> Self {
        let room = |permits| Arc::new(Semaphore::new(permits));
        let (urgent, people, other) = (room(URGENT), room(URGENT), room(LANES));
        Self { parts: Arc::new(parts), me, urgent, people, other, load }
    }

    /// Works until `stop`; then finishes what was begun.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.tell_meta();
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

    /// What no row says: calls to turn away, and the daily look at the account.
    fn tell_meta(&self) {
        for (number, call) in self.parts.engine.take_calls() {
            let worker = self.clone();
            self.load.tasks.spawn(async move { worker.parts.graph.turn_away(&number, &call).await });
        }
        let looking = self.load.tasks.token();
        if self.parts.engine.begin_account_look() {
            let worker = self.clone();
            self.load.begun.fetch_add(1, Ordering::SeqCst);
            self.load.tasks.spawn(async move { worker.look_at_account().await });
        }
        drop(looking);
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
        let room = Room {
            urgent: self.urgent.available_permits(),
            people: self.people.available_permits(),
            other: self.other.available_permits(),
        };
        let engine = &self.parts.engine;
        if room == Room::default() || engine.load().await?.is_idle() {
            return Ok(0);
        }
        // What is claimed counts as at work before it is spawned: whoever asks must never see a gap.
        let _claiming = self.load.tasks.token();
        let claimed = engine.claim(self.me, room).await?;
        let begun = claimed.count();
        self.load.begun.fetch_add(begun as u64, Ordering::SeqCst);
        let free =
            [(claimed.urgent, &self.urgent), (claimed.people, &self.people), (claimed.free, &self.other)];
        for (rows, room) in free {
            for row in rows {
                let worker = self.clone();
                self.spawn(room, Box::pin(async move { worker.free(row).await })).await;
            }
        }
        for claim in claimed.lanes {
            let worker = self.clone();
            self.spawn(&self.other, Box::pin(async move { worker.lane(claim).await })).await;
        }
        Ok(begun)
    }

    async fn spawn(
        &self,
        room: &Arc<Semaphore>,
        work: impl Future<Output = Result<(), StoreError>> + Send + 'static,
    ) {
        let Ok(permit) = Arc::clone(room).acquire_owned().await else { return };
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
