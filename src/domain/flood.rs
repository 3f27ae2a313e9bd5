//! More messages than anyone can mean. Everything is still taken and remembered as heard; what is over the measure gets
//! no turn. What nobody may miss (`guard`) takes effect all the same.

use crate::clock::Moment;
use chrono::Duration;

/// So many messages of one person are answered within [`SPAN`]. Meta lets 45 answers through at once and then one in six
/// seconds (error 131056); ours are held to 20 (`outbound::budget`), and five of those are left for the answers to STOP,
/// an emergency, a person, and for the word about the flood itself. Nobody types fifteen messages in a minute.
pub const MOST: u16 = 15;
/// The time within which they are counted; as long without any ends a flood.
pub const SPAN: Duration = Duration::minutes(1);
/// The flood is spoken of once in this time (`conversation.md` §2.6).
pub const SILENCE: Duration = Duration::minutes(10);

/// How much somebody wrote lately.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Burst {
    /// Messages since `since`; during a flood [`MOST`] and the taps that were answered in it.
    pub count: u16,
    /// When counting began; during a flood, its last message.
    pub since: Option<Moment>,
    /// Until when the flood is not spoken of again.
    pub silent_until: Option<Moment>,
}

/// What a message is, as far as floods care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Must not be missed: STOP, an emergency, a person.
    Wish,
    /// A tap on something we offered: meant one by one.
    Tap,
    /// Everything else.
    Other,
}

/// What becomes of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// It gets its turn.
    Turn,
    /// It is one too many, and that is said.
    TooMany,
    /// It is one too many, and that was said.
    Silent,
}

impl Burst {
    /// Counts one more message.
    pub fn next(self, weight: Weight, now: Moment) -> (Self, Pace) {
        if self.is_over(now) {
            return (Self { count: 1, since: Some(now), ..self }, Pace::Turn);
        }
        if self.count < MOST {
            return (Self { count: self.count + 1, ..self }, Pace::Turn);
        }
        let flooding = Self { since: Some(now), ..self };
        match weight {
            Weight::Wish => (flooding, Pace::Silent),
            Weight::Tap if self.count < 2 * MOST => (Self { count: self.count + 1, ..flooding }, Pace::Turn),
            _ if self.was_told(now) => (flooding, Pace::Silent),
            _ => (Self { silent_until: Some(now + SILENCE), ..flooding }, Pace::TooMany),
        }
    }

    /// The minute is over. A clock that was put back ends it too.
    fn is_over(self, now: Moment) -> bool {
        self.since.is_none_or(|since| now < since || now - since >= SPAN)
    }

    fn was_told(self, now: Moment) -> bool {
        self.silent_until.is_some_and(|until| now < until && until - now <= SILENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    const START: Moment = DateTime::UNIX_EPOCH;

    fn paces(weights: impl IntoIterator<Item = Weight>, burst: &mut Burst, now: Moment) -> Vec<Pace> {
        let one = |weight| {
            let (next, pace) = burst.next(weight, now);
            *burst = next;
            pace
        };
        weights.into_iter().map(one).collect()
    }

    fn many(count: usize) -> impl Iterator<Item = Weight> {
        std::iter::repeat_n(Weight::Other, count)
    }

    #[test]
    fn a_hundred_messages_in_a_second_get_fifteen_turns_and_one_word() {
        let mut burst = Burst::default();
        let paces = paces(many(100), &mut burst, START);
        let count = |wanted| paces.iter().filter(|pace| **pace == wanted).count();
        assert_eq!((count(Pace::Turn), count(Pace::TooMany), count(Pace::Silent)), (15, 1, 84));
        assert_eq!(paces[15], Pace::TooMany);
    }

    #[test]
    fn a_flood_ends_with_a_quiet_minute_and_is_spoken_of_once_in_ten() {
        let mut burst = Burst::default();
        paces(many(20), &mut burst, START);
        let at = |seconds| START + Duration::seconds(seconds);
        for seconds in [30, 80, 130] {
            assert_eq!(paces(many(1), &mut burst, at(seconds)), [Pace::Silent], "{seconds}");
        }
        assert_eq!(paces(many(1), &mut burst, at(190)), [Pace::Turn], "a quiet minute");
        assert_eq!(*paces(many(20), &mut burst, at(191)).last().unwrap(), Pace::Silent, "said before");
        for n in 1..=10 {
            assert_eq!(
                paces(many(1), &mut burst, at(191 + n * 40)),
                [Pace::Silent],
                "without a quiet minute"
            );
        }
        let again = paces(many(1), &mut burst, at(620));
        assert_eq!(again, [Pace::TooMany], "still flooding after ten minutes");
    }

    #[test]
    fn buttons_under_the_word_about_the_flood_work_within_reason() {
        let mut burst = Burst::default();
        paces(many(100), &mut burst, START);
        let taps = paces(std::iter::repeat_n(Weight::Tap, 40), &mut burst, START + Duration::seconds(5));
        assert_eq!(taps.iter().filter(|pace| **pace == Pace::Turn).count(), 15);
        assert_eq!(taps[15..], [Pace::Silent; 25]);
    }

    #[test]
    fn a_wish_neither_speaks_of_the_flood_nor_keeps_it_from_being_spoken_of() {
        let mut burst = Burst::default();
        let mut weights: Vec<Weight> = many(15).collect();
        weights.extend([Weight::Wish, Weight::Other, Weight::Other]);
        let paces = paces(weights, &mut burst, START);
        assert_eq!(paces[15..], [Pace::Silent, Pace::TooMany, Pace::Silent]);
    }

    #[test]
    fn a_clock_that_is_put_back_an_hour_silences_nobody() {
        let mut burst = Burst::default();
        paces(many(100), &mut burst, START + Duration::hours(1));
        assert_eq!(paces(many(1), &mut burst, START), [Pace::Turn]);
        let (_, pace) = Burst { count: MOST, since: Some(START), ..burst }.next(Weight::Other, START);
        assert_eq!(pace, Pace::TooMany, "a silence that lies an hour ahead is none");
    }

    #[test]
    fn fifteen_in_a_minute_again_and_again_are_all_answered() {
        let mut burst = Burst::default();
        for minute in 0..5 {
            let now = START + SPAN * minute;
            assert!(paces(many(15), &mut burst, now).iter().all(|pace| *pace == Pace::Turn), "{minute}");
        }
    }
}
