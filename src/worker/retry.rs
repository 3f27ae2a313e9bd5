//! The retry schedule as data.

use chrono::Duration;

/// How long to wait before the n-th repeat; afterwards the last of them.
const WAITS_S: [i64; 8] = [1, 2, 5, 15, 60, 120, 300, 900];
/// A message tried this often goes to the dead letters: about an hour and a half.
pub const SAY_TRIES: i16 = 12;
/// A reconciliation tried this often goes to people: about two hours.
pub const RECONCILE_TRIES: i16 = 14;
/// Work items and records for the EHR are tried for about a day.
pub const BACKGROUND_TRIES: i16 = 100;
/// A send whose answer was lost is settled by its status within this time, or repeated
/// (`whatsapp.md` §3.9: "wait, e.g. 60 s").
pub const STATUS_WAIT: Duration = Duration::seconds(60);

/// How long to wait after the `attempts`-th try, at least `floor` when the other side named a time.
pub fn wait(attempts: i16, floor: Duration) -> Duration {
    let index = usize::try_from(attempts.max(1) - 1).unwrap_or(0).min(WAITS_S.len() - 1);
    Duration::seconds(WAITS_S[index]).max(floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_never_undercut_what_was_asked_for() {
        assert_eq!(wait(1, Duration::zero()), Duration::seconds(1));
        assert_eq!(wait(4, Duration::zero()), Duration::seconds(15));
        assert_eq!(wait(50, Duration::zero()), Duration::seconds(900));
        assert_eq!(wait(1, Duration::seconds(30)), Duration::seconds(30));
        assert_eq!(wait(0, Duration::zero()), Duration::seconds(1));
    }
}
