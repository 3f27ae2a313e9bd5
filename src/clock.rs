//! The only reads of time. Whatever outlives a call is a row compared with a [`Clock`]; only socket time-outs
//! run on the machine's own time.

use chrono::{DateTime, TimeZone, Utc};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment, UTC. Stored as milliseconds since the Unix epoch.
pub type Moment = DateTime<Utc>;

/// Where the present comes from: the machine, or whoever holds the other end (sandbox, tests).
#[derive(Clone)]
pub struct Clock(Arc<Now>);

type Now = dyn Fn() -> Moment + Send + Sync;

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one door through which real time enters")]
    pub fn system() -> Self {
        Self(Arc::new(|| std::time::SystemTime::now().into()))
    }

    /// A clock read through `now`.
    pub fn of(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that stands still until [`ManualClock::set`] moves it.
    pub fn manual(start: Moment) -> (Self, ManualClock) {
        let hand = ManualClock(Arc::new(AtomicI64::new(start.timestamp_millis())));
        let face = hand.clone();
        (Self::of(move || face.now()), hand)
    }

    /// The present.
    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// The hand of a manual clock.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// Puts the clock to `at`.
    pub fn set(&self, at: Moment) {
        self.0.store(at.timestamp_millis(), Ordering::SeqCst);
    }

    /// Moves the clock forward by `span`.
    pub fn advance(&self, span: chrono::Duration) {
        self.0.fetch_add(span.num_milliseconds(), Ordering::SeqCst);
    }

    /// What the clock shows.
    pub fn now(&self) -> Moment {
        from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A stored moment; out-of-range values become the epoch, since none is ever written.
pub fn from_millis(millis: i64) -> Moment {
    Utc.timestamp_millis_opt(millis).single().unwrap_or_default()
}
