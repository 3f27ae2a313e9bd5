//! The only transactions: [`Engine::accept`] makes durable what was heard, [`Engine::settle`] and its kin make
//! durable what was decided and done, and [`query`] is what pages and probes may read.

mod accept;
mod carry;
mod feed;
mod gather;
pub mod query;
mod settle;
mod status;

pub use accept::{Arrival, Heard, Receipt};
pub use feed::AppointmentChange;
pub use settle::{Facing, SentNote};
pub use status::{Failure, StatusNews};

use crate::clock::Clock;
use crate::domain::clinic::Clinic;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::Keys;
use crate::store::Store;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Read marks waiting for their turn at most; they are a courtesy and live in memory only.
const READ_MARKS: usize = 10_000;

/// What the engine is told by the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `retention.addresses`
    pub keep_addresses: Duration,
    /// The longest an EHR request of ours can still take effect after we gave up on it.
    pub ehr_settles_within: Duration,
}

/// The engine of one process. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    /// The database.
    pub store: Store,
    /// Keys and chance.
    pub keys: Keys,
    /// The present.
    pub clock: Clock,
    /// The clinics, by number.
    pub clinics: Arc<Vec<Clinic>>,
    settings: Settings,
    intake: accept::Intake,
    live: Arc<Live>,
}

#[derive(Default)]
struct Live {
    wake: Notify,
    read_marks: Mutex<HashMap<Id, Phi<String>>>,
}

impl Engine {
    /// An engine over `store`.
    pub fn new(
        store: Store,
        keys: Keys,
        clock: Clock,
        clinics: Arc<Vec<Clinic>>,
        settings: Settings,
    ) -> Self {
        let intake = accept::Intake::new(&keys, &clock, &settings);
        Self { store, keys, clock, clinics, settings, intake, live: Arc::default() }
    }

    /// The clinic with this number.
    pub fn clinic(&self, no: u16) -> Option<&Clinic> {
        self.clinics.iter().find(|clinic| clinic.no == no)
    }

    /// The clinic behind one of Meta's phone number ids.
    pub fn clinic_of(&self, phone_number_id: &str) -> Option<&Clinic> {
        self.clinics.iter().find(|clinic| clinic.phone_number_id == phone_number_id)
    }

    /// Tells workers that there is something to do.
    pub fn wake(&self) {
        self.live.wake.notify_one();
    }

    /// Waits until there may be something to do.
    pub async fn woken(&self) {
        self.live.wake.notified().await;
    }

    /// The id of the message behind an inbox row, for the read mark; it was never stored, so it is gone
    /// after a restart.
    pub fn take_read_mark(&self, row: Id) -> Option<Phi<String>> {
        self.live.read_marks.lock().unwrap_or_else(PoisonError::into_inner).remove(&row)
    }

    fn keep_read_mark(&self, row: Id, wamid: Phi<String>) {
        let mut marks = self.live.read_marks.lock().unwrap_or_else(PoisonError::into_inner);
        // Rows that another replica took leave their marks behind; a courtesy is not worth a better memory.
        if marks.len() >= READ_MARKS {
            marks.clear();
        }
        marks.insert(row, wamid);
    }
}
