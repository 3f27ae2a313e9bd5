//! The pair rate: one message in six seconds to one person, 45 at once borrowed from later (error 131056).

use crate::clock::Moment;

const EVERY_S: i64 = 6;
const BURST: i64 = 45;

/// True when one more message is too many; `times` of earlier ones, newest first.
pub fn too_many(times: &[Moment], now: Moment) -> bool {
    let mut owed_until: Option<Moment> = None;
    // Meta's own clock does not step: what seems to be sent later than now was sent before.
    for at in times.iter().rev().map(|at| (*at).min(now)) {
        let from = owed_until.map_or(at, |until| until.max(at));
        owed_until = Some(from + chrono::Duration::seconds(EVERY_S));
    }
    owed_until.is_some_and(|until| (until - now).num_seconds() >= EVERY_S * BURST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};

    #[test]
    fn forty_five_at_once_then_one_in_six_seconds() {
        let start = DateTime::UNIX_EPOCH;
        let mut times = vec![];
        for n in 0..45 {
            assert!(!too_many(&times, start), "{n}");
            times.insert(0, start);
        }
        assert!(too_many(&times, start));
        assert!(!too_many(&times, start + Duration::seconds(6)));
        assert!(!too_many(&times[..3], start - Duration::hours(1)));
    }
}
