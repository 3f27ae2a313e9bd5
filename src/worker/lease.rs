//! Leases of work that takes longer than one: many requests to a slow EHR, each with a time-out of its own.

use crate::store::StoreError;
use std::time::Duration;

/// How often a lease is prolonged. So often, because that is also how a worker learns that it lost its lane (two contacts
/// became one): whoever took it over writes only once nothing can arrive from before any more, twice the EHR's time-out.
pub(super) const RENEW_EVERY: Duration = Duration::from_secs(5);
/// Renewals at most, a quarter of an hour: what takes longer hangs, and somebody else shall try.
const RENEWALS: usize = 180;

/// Does `work` and has its lease prolonged meanwhile. Work whose lease is lost is dropped where it stands: another has it
/// now, and takes what was asked of the world for an answer that was lost.
pub(super) async fn kept<R: Future<Output = Result<(), StoreError>>>(
    every: Duration,
    renew: impl Fn() -> R,
    mut work: impl Future<Output = Result<(), StoreError>> + Unpin,
) -> Result<(), StoreError> {
    for _ in 0..RENEWALS {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(every) => {}
        }
        match renew().await {
            Ok(()) => {}
            Err(StoreError::Fenced) => return Err(StoreError::Fenced),
            Err(error) => tracing::warn!(%error, "a lease could not be prolonged"),
        }
    }
    work.await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Notify;

    const BRIEF: Duration = Duration::from_millis(1);

    /// Work that lasts until its lease was prolonged so often.
    async fn prolonged(times: usize, outcome: fn() -> Result<(), StoreError>) -> usize {
        let (count, enough) = (AtomicUsize::new(0), Notify::new());
        let renew = || async {
            if count.fetch_add(1, Ordering::SeqCst) + 1 == times {
                enough.notify_one();
            }
            outcome()
        };
        let work = Box::pin(async {
            enough.notified().await;
            Ok(())
        });
        let _ = kept(BRIEF, renew, work).await;
        count.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn a_lease_is_prolonged_for_as_long_as_its_work_lasts() {
        assert_eq!(prolonged(3, || Ok(())).await, 3);
    }

    #[tokio::test]
    async fn a_database_that_stumbles_ends_no_lease() {
        assert_eq!(prolonged(3, || Err(StoreError::Busy)).await, 3);
    }

    #[tokio::test]
    async fn whoever_lost_its_lease_asks_nothing_of_the_world_any_more() {
        let hangs = Box::pin(std::future::pending());
        let ended = kept(BRIEF, || async { Err(StoreError::Fenced) }, hangs).await;
        assert!(matches!(ended, Err(StoreError::Fenced)));
    }

    #[tokio::test]
    async fn work_that_hangs_for_ever_loses_its_lease_in_the_end() {
        assert_eq!(prolonged(RENEWALS, || Ok(())).await, RENEWALS);
    }
}
