//! When Meta refuses a number altogether, nothing more is sent from it for a while but a try to see whether it is over.
//! What waits loses no try of its own. Pure, against the gateway's own clock; one state per process.

use crate::clock::Moment;
use chrono::Duration;
use std::collections::HashMap;

/// How long a number rests after the n-th refusal in a row; afterwards the last of them. A new token works at once, and
/// patients wait.
const RESTS_S: [i64; 3] = [60, 120, 300];
/// While one message is tried, the others wait so long: longer than an answer can take.
const TRY: Duration = Duration::seconds(15);
/// When Meta took another message of the number so lately, a refusal is about the message, not about the account.
const LATELY: Duration = Duration::seconds(60);

/// The numbers that rest, and those that do not.
#[derive(Debug, Default)]
pub struct Circuit(HashMap<String, State>);

#[derive(Clone, Copy, Debug, Default)]
struct State {
    rests_until: Option<Moment>,
    refusals: usize,
    taken_at: Option<Moment>,
}

impl Circuit {
    /// Whether something may be sent from `number` now, or how long it is to wait. While a number rests, the first one
    /// after its rest is let through alone.
    pub fn admit(&mut self, number: &str, now: Moment) -> Result<(), Duration> {
        let Some(state) = self.0.get_mut(number) else { return Ok(()) };
        let Some(until) = state.rests_until else { return Ok(()) };
        let rest = (until - now).min(longest());
        if rest > Duration::zero() {
            return Err(rest);
        }
        state.rests_until = Some(now + TRY);
        Ok(())
    }

    /// Whether a number rests. Asking is no try.
    pub fn rests(&self, number: &str) -> bool {
        self.0.get(number).is_some_and(|state| state.rests_until.is_some())
    }

    /// Meta took a message; `true` when that ends a rest.
    pub fn taken(&mut self, number: &str, now: Moment) -> bool {
        let state = self.0.entry(number.to_owned()).or_default();
        let rested = state.rests_until.is_some();
        *state = State { taken_at: Some(now), ..State::default() };
        rested
    }

    /// Meta refuses the account or the number: how long it rests. `None` where it is no more than this message, since
    /// Meta took another one a moment ago; `certain` when it cannot be (the token).
    pub fn refused(&mut self, number: &str, certain: bool, now: Moment) -> Option<Duration> {
        let state = self.0.entry(number.to_owned()).or_default();
        let lately = state.taken_at.is_some_and(|at| now >= at && now - at <= LATELY);
        if lately && !certain {
            return None;
        }
        let rest = Duration::seconds(RESTS_S[state.refusals.min(RESTS_S.len() - 1)]);
        state.refusals += 1;
        state.rests_until = Some(now + rest);
        Some(rest)
    }
}

const fn longest() -> Duration {
    Duration::seconds(RESTS_S[RESTS_S.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const N: &str = "106540000000001";
    const START: Moment = DateTime::UNIX_EPOCH;

    fn at(seconds: i64) -> Moment {
        START + Duration::seconds(seconds)
    }

    #[test]
    fn a_number_rests_ever_longer_tries_alone_and_goes_on_at_once() {
        let mut circuit = Circuit::default();
        assert_eq!(circuit.admit(N, START), Ok(()));
        assert_eq!(circuit.refused(N, true, START), Some(Duration::seconds(60)));
        assert_eq!(circuit.admit(N, at(20)), Err(Duration::seconds(40)));
        assert_eq!(circuit.admit("another", at(20)), Ok(()));
        assert_eq!(circuit.admit(N, at(60)), Ok(()), "one tries");
        assert_eq!(circuit.admit(N, at(60)), Err(TRY), "the others wait");
        assert_eq!(circuit.refused(N, true, at(61)), Some(Duration::seconds(120)));
        assert_eq!(circuit.refused(N, true, at(181)), Some(Duration::seconds(300)));
        assert_eq!(circuit.refused(N, true, at(481)), Some(Duration::seconds(300)));
        assert!(circuit.rests(N));
        assert!(circuit.taken(N, at(781)));
        assert_eq!((circuit.rests(N), circuit.admit(N, at(781))), (false, Ok(())));
        assert!(!circuit.taken(N, at(782)), "nothing to end");
    }

    #[test]
    fn one_message_that_is_refused_among_others_stops_nobody() {
        let mut circuit = Circuit::default();
        circuit.taken(N, START);
        assert_eq!(circuit.refused(N, false, at(30)), None);
        assert_eq!(circuit.admit(N, at(30)), Ok(()));
        assert!(circuit.refused(N, true, at(30)).is_some(), "a token is the whole account's");
        circuit.taken(N, at(31));
        assert!(circuit.refused(N, false, at(120)).is_some(), "nothing was taken lately");
    }

    #[test]
    fn a_clock_that_is_put_back_an_hour_costs_one_rest() {
        let mut circuit = Circuit::default();
        circuit.refused(N, true, at(3_600));
        assert_eq!(circuit.admit(N, START), Err(longest()));
        assert_eq!(circuit.admit(N, at(3_660)), Ok(()));
    }
}
