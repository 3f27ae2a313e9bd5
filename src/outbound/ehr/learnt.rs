//! What was learnt of this server by watching it, and which bookings are in doubt. Kept in memory: after a restart it
//! is learnt again.

use crate::ids::Id;
use metrics::counter;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Schedules remembered at most.
const SCHEDULES: usize = 10_000;
/// Bookings in doubt remembered at most: each is settled or given to people within about two hours.
const DOUBTS: usize = 10_000;

/// What was learnt.
#[derive(Debug, Default)]
pub struct Learnt {
    halves: AtomicBool,
    overlapping: Mutex<HashSet<String>>,
    doubts: Mutex<HashSet<Id>>,
}

impl Learnt {
    /// True until a transaction was seen to be done by halves.
    pub fn atomic(&self) -> bool {
        !self.halves.load(Ordering::Relaxed)
    }

    /// A transaction was done by halves.
    pub fn done_by_halves(&self) {
        counter!("wasl_ehr_half_done_total").increment(1);
        if !self.halves.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "the EHR keeps what it did before it refused a transaction; from now on slots are taken first"
            );
        }
    }

    /// Slots of this schedule, `Schedule/…`, lie across each other.
    pub fn overlap(&self, schedule: &str) {
        let mut known = self.overlapping.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < SCHEDULES {
            known.insert(schedule.to_owned());
        }
    }

    /// Whether slots of this schedule were seen to lie across each other.
    pub fn overlaps(&self, schedule: &str) -> bool {
        self.overlapping.lock().unwrap_or_else(PoisonError::into_inner).contains(schedule)
    }

    /// Nobody knows yet what came of a booking.
    pub fn doubt(&self, intent: Id) {
        let mut doubts = self.doubts.lock().unwrap_or_else(PoisonError::into_inner);
        if doubts.len() < DOUBTS {
            doubts.insert(intent);
        }
    }

    /// It is known now.
    pub fn settled(&self, intent: Id) {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner).remove(&intent);
    }

    /// Whether a booking is in doubt, by its intent as an identifier spells it.
    pub fn doubts(&self, intent: &str) -> bool {
        let known = self.doubts.lock().unwrap_or_else(PoisonError::into_inner);
        !known.is_empty() && Id::parse(intent).is_some_and(|intent| known.contains(&intent))
    }
}
