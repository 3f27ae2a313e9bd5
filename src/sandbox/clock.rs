//! The world's clock: runs at the world's pace from where it was put, or stands still. Survives SIGKILL.

use crate::clock::{Clock, Moment, from_millis};
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A clock that can be put. Cheap to clone.
#[derive(Clone, Debug)]
pub struct WorldClock {
    hands: Arc<Mutex<Hands>>,
    real: Clock,
    file: PathBuf,
}

#[derive(Clone, Copy, Debug)]
enum Hands {
    Running { ahead_ms: i64 },
    Standing { at: Moment },
}

impl WorldClock {
    /// Opens the clock that lies in `dir`; a new one shows real time.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub fn open(dir: &Path, real: Clock) -> io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let file = dir.join("clock.json");
        let kept: Value = std::fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let hands = match kept["standing_at"].as_i64() {
            Some(at) => Hands::Standing { at: from_millis(at) },
            None => Hands::Running { ahead_ms: kept["ahead_ms"].as_i64().unwrap_or(0) },
        };
        Ok(Self { hands: Arc::new(Mutex::new(hands)), real, file })
    }

    /// What it shows.
    pub fn now(&self) -> Moment {
        match *self.hands.lock().unwrap_or_else(PoisonError::into_inner) {
            Hands::Running { ahead_ms } => {
                from_millis(self.real.now().timestamp_millis().saturating_add(ahead_ms))
            }
            Hands::Standing { at } => at,
        }
    }

    /// The same, for the gateway and the twins.
    pub fn face(&self) -> Clock {
        let clock = self.clone();
        Clock::of(move || clock.now())
    }

    /// Puts it to `at`; it goes on running or standing.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(&self, at: Moment) -> io::Result<()> {
        let running = matches!(*self.lock(), Hands::Running { .. });
        self.set(if running { self.running_from(at) } else { Hands::Standing { at } })
    }

    /// Lets it run or stand.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn run(&self, running: bool) -> io::Result<()> {
        let now = self.now();
        self.set(if running { self.running_from(now) } else { Hands::Standing { at: now } })
    }

    fn running_from(&self, at: Moment) -> Hands {
        Hands::Running { ahead_ms: (at - self.real.now()).num_milliseconds() }
    }

    fn set(&self, hands: Hands) -> io::Result<()> {
        let kept = match hands {
            Hands::Running { ahead_ms } => json!({ "ahead_ms": ahead_ms }),
            Hands::Standing { at } => json!({ "standing_at": at.timestamp_millis() }),
        };
        let fresh = self.file.with_extension("new");
        std::fs::write(&fresh, kept.to_string())?;
        std::fs::rename(&fresh, &self.file)?;
        *self.lock() = hands;
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn it_runs_from_where_it_was_put_stands_when_told_and_comes_back_so() {
        let dir = tempfile::tempdir().unwrap();
        let (real, hand) = Clock::manual("2026-11-24T07:00:00Z".parse().unwrap());
        let clock = WorldClock::open(dir.path(), real.clone()).unwrap();
        assert_eq!(clock.now(), real.now());
        clock.put(real.now() + Duration::hours(2)).unwrap();
        hand.advance(Duration::minutes(5));
        assert_eq!(clock.now().to_rfc3339(), "2026-11-24T09:05:00+00:00");
        clock.run(false).unwrap();
        hand.advance(Duration::hours(1));
        let again = WorldClock::open(dir.path(), real).unwrap();
        assert_eq!(again.now().to_rfc3339(), "2026-11-24T09:05:00+00:00");
    }
}
