//! Budgets as data: how often the world may be asked. Pure, against the gateway's own clock.

use crate::clock::Moment;
use chrono::Duration;
use std::collections::HashMap;
use std::hash::Hash;

/// So many at once, one more every so often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// One is earned in this time.
    pub every: Duration,
    /// At most so many are saved up.
    pub burst: i32,
}

/// Messages of one number, in and out together: 80 a second (Cloud API throughput); half is left for what comes in.
pub const PER_NUMBER: Rate = Rate { every: Duration::milliseconds(25), burst: 40 };
/// Messages to one person: one in six seconds, 45 at once (Cloud API pair rate, error 131056); under half of that
/// burst is ours, so that a restart or a second replica never meets the limit.
pub const PER_PERSON: Rate = Rate { every: Duration::seconds(6), burst: 20 };

/// Keys that are remembered; beyond it those that have long been full again are forgotten.
const REMEMBERED: usize = 20_000;

/// Who has used how much: the generic cell rate algorithm, one moment per key.
#[derive(Debug)]
pub struct Budget<K> {
    rate: Rate,
    full_again: HashMap<K, Moment>,
}

impl<K: Hash + Eq> Budget<K> {
    /// An unused budget.
    pub fn new(rate: Rate) -> Self {
        Self { rate, full_again: HashMap::new() }
    }

    /// Takes one for `key`, or says how long to wait for it.
    pub fn take(&mut self, key: K, now: Moment) -> Result<(), Duration> {
        let wait = self.wait(&key, now);
        if wait > Duration::zero() {
            return Err(wait);
        }
        let owed = self.full_again.get(&key).copied().unwrap_or(now).max(now);
        self.full_again.insert(key, owed + self.rate.every);
        Ok(())
    }

    /// How long to wait until one can be taken for `key`; nothing or less when it can be now.
    pub fn wait(&mut self, key: &K, now: Moment) -> Duration {
        if self.full_again.len() >= REMEMBERED {
            self.full_again.retain(|_, at| *at > now);
        }
        let saved = self.rate.every * self.rate.burst;
        let Some(owed) = self.full_again.get_mut(key) else { return Duration::zero() };
        // No key owes more than it could have used: a clock that stepped back costs one wait, not as long as its step.
        *owed = (*owed).min(now + saved);
        (*owed).max(now) + self.rate.every - now - saved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_burst_is_let_through_and_then_one_at_a_time() {
        let mut budget = Budget::new(PER_PERSON);
        let start = DateTime::UNIX_EPOCH;
        for n in 0..20 {
            assert_eq!(budget.take("a", start), Ok(()), "{n}");
        }
        assert_eq!(budget.take("a", start), Err(Duration::seconds(6)));
        assert_eq!(budget.take("b", start), Ok(()));
        assert_eq!(budget.take("a", start + Duration::seconds(6)), Ok(()));
        assert_eq!(budget.take("a", start + Duration::seconds(6)), Err(Duration::seconds(6)));
    }

    #[test]
    fn a_clock_that_steps_back_an_hour_costs_one_wait_and_not_an_hour() {
        let mut budget = Budget::new(PER_PERSON);
        let now = DateTime::UNIX_EPOCH + Duration::hours(1);
        assert_eq!(budget.take(1, now), Ok(()));
        let back = now - Duration::hours(1);
        assert_eq!(budget.take(1, back), Err(PER_PERSON.every));
        assert_eq!(budget.take(1, back + PER_PERSON.every), Ok(()));
        assert_eq!(budget.take(1, now), Ok(()));
    }
}
