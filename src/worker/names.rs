//! Keeps the names that patients type fresh, so that nothing is stored and no EHR is asked before the 200.

use crate::engine::Engine;
use crate::outbound::ehr::Ehr;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Doctors come and go in days; the EHR is asked at the machine's pace.
const FRESH: Duration = Duration::from_secs(600);
/// After the EHR did not answer.
const AGAIN: Duration = Duration::from_secs(30);

/// Runs until `stop`; `first` is let go when the first answer is there, or does not come.
pub async fn names(engine: Engine, ehr: Ehr, first: TaskTrackerToken, stop: CancellationToken) {
    let mut first = Some(first);
    loop {
        let rest = tokio::select! {
            rest = ask(&engine, &ehr) => rest,
            () = stop.cancelled() => return,
        };
        first.take();
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Asks once; how long the answer is good for.
async fn ask(engine: &Engine, ehr: &Ehr) -> Duration {
    match ehr.doctors().await {
        Ok(doctors) => {
            engine.know_doctors(&doctors);
            FRESH
        }
        Err(_) => AGAIN,
    }
}
