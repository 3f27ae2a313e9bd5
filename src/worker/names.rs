//! Keeps the names that patients type fresh, so that nothing is stored and no EHR is asked before the 200.

use crate::engine::Engine;
use crate::outbound::ehr::Ehr;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Doctors come and go in days; the EHR is asked at the machine's pace.
const FRESH: Duration = Duration::from_secs(600);
/// After the EHR did not answer.
const AGAIN: Duration = Duration::from_secs(30);

/// Runs until `stop`.
pub async fn names(engine: Engine, ehr: Ehr, stop: CancellationToken) {
    loop {
        let rest = match ehr.doctors().await {
            Ok(doctors) => {
                engine.know_doctors(doctors);
                FRESH
            }
            Err(_) => AGAIN,
        };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = stop.cancelled() => return,
        }
    }
}
