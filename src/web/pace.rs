//! One try at a time behind one address, and not too many in a minute. A second tap on the button waits for the first
//! and reads the same answer; what was begun is ended even if the browser went away. Kept by each process for itself;
//! what limits tries for life is in the database.

use crate::clock::{Clock, Moment};
use crate::domain::fact::Trouble;
use crate::engine::Ended;
use crate::ids::Id;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// Forms sent from one page in a minute at most: more than anyone fills in, far fewer than a program tries.
const FORMS: u32 = 10;
/// What is counted is forgotten after so long.
const MINUTE: Duration = Duration::minutes(1);

/// The pace of tries. Cheap to clone.
#[derive(Clone)]
pub struct Pace {
    state: Arc<Mutex<State>>,
    clock: Clock,
    runtime: Handle,
    tasks: TaskTracker,
}

#[derive(Default)]
struct State {
    since: Moment,
    sent: HashMap<Id, u32>,
    busy: HashMap<Id, watch::Receiver<Option<Ended>>>,
}

impl Pace {
    /// Nobody has tried yet.
    pub fn new(clock: Clock, runtime: Handle, tasks: TaskTracker) -> Self {
        Self { state: Arc::default(), clock, runtime, tasks }
    }

    /// Whether one more form may be sent from the page with this token.
    pub fn admits(&self, token: Id) -> bool {
        let now = self.clock.now();
        let mut state = self.lock();
        if !(Duration::zero()..MINUTE).contains(&(now - state.since)) {
            state.since = now;
            state.sent.clear();
        }
        let sent = state.sent.entry(token).or_default();
        *sent += 1;
        *sent <= FORMS
    }

    /// Does `work`, or waits for what is being done behind the same token.
    pub async fn once(&self, token: Id, work: impl Future<Output = Ended> + Send + 'static) -> Ended {
        let mut ended = self.begin(token, work);
        let found = ended.wait_for(Option::is_some).await.map(|ended| *ended);
        found.ok().flatten().unwrap_or(Ended::Trouble(Trouble::Down))
    }

    fn begin(
        &self,
        token: Id,
        work: impl Future<Output = Ended> + Send + 'static,
    ) -> watch::Receiver<Option<Ended>> {
        let mut state = self.lock();
        if let Some(busy) = state.busy.get(&token) {
            return busy.clone();
        }
        let (tell, ended) = watch::channel(None);
        state.busy.insert(token, ended.clone());
        let free = Free { pace: self.clone(), token };
        self.tasks.spawn_on(
            async move {
                let ended = work.await;
                drop(free);
                tell.send_replace(Some(ended));
            },
            &self.runtime,
        );
        ended
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the next try begin, however this one ends.
struct Free {
    pace: Pace,
    token: Id,
}

impl Drop for Free {
    fn drop(&mut self) {
        self.pace.lock().busy.remove(&self.token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> (Pace, crate::clock::ManualClock) {
        let (clock, hand) = Clock::manual("2026-11-26T07:00:00Z".parse().unwrap());
        (Pace::new(clock, Handle::current(), TaskTracker::new()), hand)
    }

    #[tokio::test]
    async fn ten_forms_a_minute_from_one_page() {
        let (pace, hand) = pace();
        assert!((0..FORMS).all(|_| pace.admits(Id([1; 16]))));
        assert!(!pace.admits(Id([1; 16])));
        assert!(pace.admits(Id([2; 16])), "another page");
        hand.advance(MINUTE);
        assert!(pace.admits(Id([1; 16])));
    }

    #[tokio::test]
    async fn a_second_tap_reads_the_first_ones_answer() {
        let (pace, _) = pace();
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let first = pace.begin(Id([1; 16]), async {
            let _ = wait.await;
            Ended::Done
        });
        let second = pace.begin(Id([1; 16]), async { Ended::Failed });
        drop(first);
        go.send(()).unwrap();
        let mut second = second;
        assert_eq!(*second.wait_for(Option::is_some).await.unwrap(), Some(Ended::Done));
        assert_eq!(pace.once(Id([1; 16]), async { Ended::Limit }).await, Ended::Limit, "the next one is new");
    }
}
