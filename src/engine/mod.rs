//! The only transactions: [`Engine::accept`] makes durable what was heard, [`Engine::settle`] and its kin make
//! durable what was decided and done, and [`query`] is what pages and probes may read.

mod accept;
pub mod alarms;
mod carry;
mod doors;
mod feed;
mod gather;
mod intake;
mod proof;
pub mod query;
mod settle;
mod status;

pub use accept::{Arrival, Heard, Receipt};
pub use alarms::{Alarm, Alarms};
pub use doors::{Doors, Visitor};
pub use feed::AppointmentChange;
pub use proof::{Begun, Ended, Try};
pub use settle::{Claimed, Facing, Room, SentNote};
pub use status::{Failure, StatusNews};

use crate::clock::{Clock, Moment};
use crate::domain::clinic::Clinic;
use crate::domain::directory::{Listed, Names};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::Keys;
use crate::store::Store;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::Notify;

/// How often Meta is asked how the account stands.
const ACCOUNT_LOOK: Duration = Duration::days(1);
/// After Meta could not be asked.
const ACCOUNT_RETRY: Duration = Duration::hours(1);
/// Courtesies waiting for their turn at most; they live in memory only.
const COURTESIES: usize = 10_000;

/// What Meta is told beside an answer. Its ids were never stored, so it is forgotten with a restart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Courtesy {
    /// The message of this id was read.
    Read(Phi<String>),
    /// Nobody takes this call.
    TurnAway {
        /// The business number that was called.
        number: String,
        /// Meta's id of the call.
        call: Phi<String>,
    },
}

/// What the engine is told by the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `retention.addresses`
    pub keep_addresses: Duration,
    /// The longest an EHR request of ours can still take effect after we gave up on it.
    pub ehr_settles_within: Duration,
    /// How long free-form messages may be sent after the person's last one (Cloud API, customer service window).
    pub service_window: Duration,
    /// How long a sender waits for us at most, in real time.
    pub accept_within: std::time::Duration,
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
    intake: intake::Intake,
    live: Arc<Live>,
}

#[derive(Default)]
struct Live {
    alarms: Alarms,
    account_look: Mutex<Option<Moment>>,
    wake: Notify,
    read_marks: Mutex<HashMap<Id, Phi<String>>>,
    calls: Mutex<Vec<(String, Phi<String>)>>,
    names: RwLock<Arc<Names>>,
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
        let names = RwLock::new(Arc::new(Names::new(&clinics, &[])));
        let live = Live { alarms: Alarms::new(), names, ..Live::default() };
        let intake = intake::Intake::new(&keys, &clock, &settings);
        Self { store, keys, clock, clinics, settings, intake, live: Arc::new(live) }
    }

    /// What threatens the clinic's messages.
    pub fn alarms(&self) -> &Alarms {
        &self.live.alarms
    }

    /// When Meta is to be asked next how the account stands; a clock that was put back by more than a day asks at once.
    pub fn next_account_look(&self) -> Moment {
        let now = self.clock.now();
        let next = *self.live.account_look.lock().unwrap_or_else(PoisonError::into_inner);
        next.filter(|next| *next - now <= ACCOUNT_LOOK).unwrap_or(now)
    }

    /// Asks for it now: Meta warned of something.
    pub fn look_at_account_now(&self) {
        *self.live.account_look.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.wake();
    }

    /// True once when it is due; the next one is then a day away.
    pub fn begin_account_look(&self) -> bool {
        let now = self.clock.now();
        let due = self.next_account_look() <= now;
        if due {
            let mut next = self.live.account_look.lock().unwrap_or_else(PoisonError::into_inner);
            *next = Some(now + ACCOUNT_LOOK);
        }
        due
    }

    /// Meta could not be asked: sooner than tomorrow, then.
    pub fn retry_account_look(&self) {
        let mut next = self.live.account_look.lock().unwrap_or_else(PoisonError::into_inner);
        *next = Some(self.clock.now() + ACCOUNT_RETRY);
    }

    /// The same engine for senders who wait so long at most.
    #[must_use]
    pub fn with_patience(&self, accept_within: std::time::Duration) -> Self {
        let settings = Settings { accept_within, ..self.settings.clone() };
        Self { settings, ..self.clone() }
    }

    /// The clinic with this number.
    pub fn clinic(&self, no: u16) -> Option<&Clinic> {
        self.clinics.iter().find(|clinic| clinic.no == no)
    }

    /// The clinic behind one of Meta's phone number ids.
    pub fn clinic_of(&self, phone_number_id: &str) -> Option<&Clinic> {
        self.clinics.iter().find(|clinic| clinic.phone_number_id == phone_number_id)
    }

    /// Takes the doctors whose names patients may type.
    pub fn know_doctors(&self, doctors: &[Listed]) {
        let names = Arc::new(Names::new(&self.clinics, doctors));
        *self.live.names.write().unwrap_or_else(PoisonError::into_inner) = names;
    }

    /// The names that patients may type; of doctors none until the EHR has listed them.
    pub fn names(&self) -> Arc<Names> {
        Arc::clone(&self.live.names.read().unwrap_or_else(PoisonError::into_inner))
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

    /// Calls that ring and are to be turned away: business number and call.
    pub fn take_calls(&self) -> Vec<(String, Phi<String>)> {
        std::mem::take(&mut *self.live.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn owe(&self, row: Id, courtesy: Courtesy) {
        match courtesy {
            Courtesy::Read(wamid) => {
                let mut marks = self.live.read_marks.lock().unwrap_or_else(PoisonError::into_inner);
                // Rows that another replica took leave their marks behind; a courtesy is not worth a better memory.
                if marks.len() >= COURTESIES {
                    marks.clear();
                }
                marks.insert(row, wamid);
            }
            Courtesy::TurnAway { number, call } => {
                let mut calls = self.live.calls.lock().unwrap_or_else(PoisonError::into_inner);
                if calls.len() < COURTESIES {
                    calls.push((number, call));
                }
            }
        }
    }
}
