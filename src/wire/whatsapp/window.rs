//! The 24-hour customer service window (Meta: about-the-platform, error 131047), as a type: free-form messages are
//! built with an [`OpenWindow`] in hand, and none exists for a closed one.

use crate::clock::Moment;
use chrono::TimeDelta;

/// How long the window stays open after the person's last message or call to this business number.
pub const SERVICE_WINDOW: TimeDelta = TimeDelta::hours(24);

/// The window counts as closed this long before its end: a message built now may wait in a queue, be retried,
/// and meet a clock at Meta that differs from ours.
pub const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// The window between one person and one business number, at one moment.
#[derive(Debug)]
pub enum Window {
    /// Text, buttons and lists may be sent, and templates.
    Open(OpenWindow),
    /// Templates only.
    Closed,
}

/// Proof that the window was open a moment ago. Cannot be made, copied or kept by other means than [`Window::at`].
#[derive(Debug)]
pub struct OpenWindow(());

impl Window {
    /// The window at `now`, given when it ends; `None` if the person never wrote.
    pub fn at(window_end: Option<Moment>, now: Moment) -> Self {
        match window_end {
            Some(end) if end.signed_duration_since(now) > MARGIN => Self::Open(OpenWindow(())),
            _ => Self::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MARGIN, SERVICE_WINDOW, Window};
    use crate::clock::{Moment, from_millis};
    use chrono::TimeDelta;
    use rstest::rstest;

    const SAID: i64 = 1_790_000_000_000;

    #[rstest]
    #[case::just_said(TimeDelta::zero(), true)]
    #[case::next_morning(TimeDelta::hours(16), true)]
    #[case::a_moment_before_the_margin(TimeDelta::minutes(24 * 60 - 5) - TimeDelta::milliseconds(1), true)]
    #[case::at_the_margin(TimeDelta::hours(24) - MARGIN, false)]
    #[case::at_the_end(TimeDelta::hours(24), false)]
    #[case::six_days_later(TimeDelta::days(6), false)]
    fn the_window_closes_a_little_early(#[case] later: TimeDelta, #[case] open: bool) {
        let said = from_millis(SAID);
        let window = Window::at(Some(said + SERVICE_WINDOW), said + later);
        assert_eq!(matches!(window, Window::Open(_)), open);
    }

    #[test]
    fn who_never_wrote_has_no_window() {
        assert!(matches!(Window::at(None, from_millis(SAID)), Window::Closed));
    }

    #[test]
    fn the_ends_of_time_do_no_harm() {
        assert!(matches!(Window::at(Some(Moment::MIN_UTC), Moment::MAX_UTC), Window::Closed));
        assert!(matches!(Window::at(Some(Moment::MAX_UTC), Moment::MIN_UTC), Window::Open(_)));
    }
}
