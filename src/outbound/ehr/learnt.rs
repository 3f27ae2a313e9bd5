//! What was learnt of this server by watching it. Kept in memory: after a restart it is learnt again.

use metrics::counter;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Schedules remembered at most.
const SCHEDULES: usize = 10_000;

/// What was learnt.
#[derive(Debug, Default)]
pub struct Learnt {
    halves: AtomicBool,
    overlapping: Mutex<HashSet<String>>,
}

impl Learnt {
    /// True until a transaction was seen to be done by halves.
    pub fn atomic(&self) -> bool {
        !self.halves.load(Ordering::Relaxed)
    }

    /// A transaction was done by halves.
    pub fn done_by_halves(&self) {
        counter!("wasl_ehr_orphans_total").increment(1);
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
}
