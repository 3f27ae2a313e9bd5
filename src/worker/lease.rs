//! Leases of work that takes longer than one: many requests to a slow EHR, each with a time-out of its own.

use crate::store::StoreError;
use std::time::Duration;

/// How often a lease is prolonged: a third of it, so that one lost renewal costs nothing.
pub(super) const RENEW_EVERY: Duration = Duration::from_secs(30);
/// Renewals at most, a quarter of an hour: what takes longer hangs, and somebody else shall try.
const RENEWALS: usize = 30;

/// Does `work` and has its lease prolonged meanwhile. Whoever has lost it finds out when it settles.
pub(super) async fn kept<T, R: Future<Output = Result<(), StoreError>>>(
    every: Duration,
    renew: impl Fn() -> R,
    mut work: impl Future<Output = T> + Unpin,
) -> T {
    for _ in 0..RENEWALS {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(every) => {}
        }
        match renew().await {
            Ok(()) => {}
            Err(StoreError::Fenced) => break,
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
        kept(BRIEF, renew, Box::pin(enough.notified())).await;
        count.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn a_lease_is_prolonged_for_as_long_as_its_work_lasts() {
        assert_eq!(prolonged(3, || Ok(())).await, 3);
    }

    #[tokio::test]
    async fn a_database_that_stumbles_ends_no_lease_and_a_lost_one_is_let_be() {
        assert_eq!(prolonged(3, || Err(StoreError::Busy)).await, 3);
        assert_eq!(prolonged(1, || Err(StoreError::Fenced)).await, 1);
    }

    #[tokio::test]
    async fn work_that_hangs_for_ever_loses_its_lease_in_the_end() {
        assert_eq!(prolonged(RENEWALS, || Ok(())).await, RENEWALS);
    }
}
