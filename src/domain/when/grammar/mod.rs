//! Items put together: which day, which time.

mod clock;
mod date;
mod day;
mod time;
mod weekday;

use super::items::{Item, Number};
use super::lexicon::Mark;
use super::{Clock, Day, Half, Part, Time, When, Which};

/// A year that a patient may mean, of either calendar.
const YEARS: std::ops::RangeInclusive<u16> = 2020..=2050;
/// Years that make a date Hijri (§5.3).
const HIJRI_YEARS: std::ops::RangeInclusive<u16> = 1440..=1460;
/// How far before a day a "cannot" still refuses it, in items.
const REACH: usize = 3;

/// The items of a text, with a few questions about them.
#[derive(Clone, Copy)]
struct Text<'a>(&'a [Item]);

/// Something that was found: what it is, and the item after its last.
type Found<T> = Option<(T, usize)>;

impl Text<'_> {
    fn item(self, at: usize) -> Option<Item> {
        self.0.get(at).copied()
    }

    fn mark(self, at: usize) -> Option<Mark> {
        match self.item(at)? {
            Item::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    fn before(self, at: usize) -> Option<Item> {
        self.item(at.checked_sub(1)?)
    }

    fn mark_before(self, at: usize) -> Option<Mark> {
        self.mark(at.checked_sub(1)?)
    }

    fn is(self, at: usize, mark: Mark) -> bool {
        self.mark(at) == Some(mark)
    }

    /// The place after any "of", "the", "a".
    fn skip_articles(self, mut at: usize) -> usize {
        while matches!(self.mark(at), Some(Mark::Of | Mark::Le | Mark::One)) {
            at += 1;
        }
        at
    }

    /// The place before any "of", "the", "in" that ends before `at`.
    fn back_over_articles(self, at: usize) -> usize {
        let mut before = at.wrapping_sub(1);
        while matches!(self.mark(before), Some(Mark::Of | Mark::Le | Mark::One | Mark::In | Mark::DayWord)) {
            before = before.wrapping_sub(1);
        }
        before
    }

    /// A number in digits or words; "خمسة وعشرين" is 25.
    fn number(self, at: usize) -> Found<Number> {
        let spelled = |value: u8| Number { value: value.into(), digits: 0, nth: false };
        match self.item(at)? {
            Item::Number(number) => Some((number, at + 1)),
            Item::Mark(Mark::Spelled(units)) => match (self.mark(at + 1), self.mark(at + 2)) {
                (Some(Mark::And), Some(Mark::Spelled(tens @ (20 | 30)))) if units < 10 => {
                    Some((spelled(units + tens), at + 3))
                }
                _ => Some((spelled(units), at + 1)),
            },
            Item::Mark(Mark::TwoOrMonday) => Some((spelled(2), at + 1)),
            Item::Mark(Mark::ThreeOrTuesday) => Some((spelled(3), at + 1)),
            _ => None,
        }
    }
}

/// Something found, with its place.
#[derive(Clone, Copy)]
struct Spot {
    what: What,
    at: usize,
    end: usize,
}

/// A day or a time.
#[derive(Clone, Copy)]
enum What {
    Day(Day),
    Time(Heard),
}

/// A time as it was heard.
#[derive(Clone, Copy)]
enum Heard {
    /// A part of the day.
    Part(Part),
    /// A point or a span.
    Time(Time),
    /// A span or a date: "3-5".
    Either { day: u8, month: u8, time: Time },
}

/// What the items say.
pub(super) fn when(items: &[Item]) -> Option<When> {
    let items = without_not_this(items);
    let text = Text(&items);
    let spots = refused_off(text, scan(text));
    let day = chosen(text, &spots);
    let (either, time) = time_of(&spots, day.is_some());
    let day = day.or(either);
    // "النهارده بالليل" is tonight.
    let time = match (day, time) {
        (Some(Day::In(0)), Some(Time::Part(Part::Night))) => Some(Time::Part(Part::Tonight)),
        _ => time,
    };
    (day.is_some() || time.is_some()).then_some(When { day, time })
}

/// "الخميس، مو هذا اللي بعده": the "not this" says nothing by itself.
fn without_not_this(items: &[Item]) -> Vec<Item> {
    let mark = |at: usize| Text(items).mark(at);
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let alone = mark(at) == Some(Mark::Not)
            && mark(at + 1) == Some(Mark::This)
            && !weekday::begins(Text(items), at + 2);
        if alone {
            at += 2;
        } else {
            if mark(at) != Some(Mark::NotThis) {
                kept.push(*item);
            }
            at += 1;
        }
    }
    kept
}

fn scan(text: Text<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    let (mut at, mut joined) = (0, false);
    while at < text.0.len() {
        if let Some((day, end)) = day::day(text, at) {
            spots.push(Spot { what: What::Day(day), at, end });
            if text.is(at, Mark::Tonight) {
                spots.push(Spot { what: What::Time(Heard::Part(Part::Tonight)), at, end });
            }
            (at, joined) = (end, true);
        } else if let Some((time, end)) = time::time(text, at, joined) {
            spots.push(Spot { what: What::Time(time), at, end });
            (at, joined) = (end, true);
        } else {
            joined &= matches!(text.mark(at), Some(Mark::Of | Mark::Le | Mark::Filler | Mark::And));
            at += 1;
        }
    }
    spots
}

/// Without what is refused: "not Sunday", "I can't come Sunday morning", "الأحد ما يناسبني", "last Sunday".
fn refused_off(text: Text<'_>, spots: Vec<Spot>) -> Vec<Spot> {
    let mut kept = spots;
    for (at, _) in text.0.iter().enumerate().filter(|(_, item)| **item == Item::Mark(Mark::Refused)) {
        let before = kept.iter().position(|spot| spot.end == at);
        let after = || kept.iter().position(|spot| spot.at > at && spot.at - at <= REACH);
        if let Some(first) = before.or_else(after) {
            remove(text, &mut kept, first);
        }
    }
    let refused = |spot: &Spot| {
        let before = text.mark(text.back_over_articles(spot.at));
        text.is(spot.end, Mark::Gone) || matches!(before, Some(Mark::Since | Mark::Not))
    };
    while let Some(first) = kept.iter().position(refused) {
        remove(text, &mut kept, first);
    }
    kept
}

/// Takes out a day or a time, with the time right behind the day.
fn remove(text: Text<'_>, spots: &mut Vec<Spot>, first: usize) {
    let removed = spots.remove(first);
    let follows =
        |spot: &Spot| text.skip_articles(removed.end) >= spot.at && matches!(spot.what, What::Time(_));
    if matches!(removed.what, What::Day(_)) && spots.get(first).is_some_and(follows) {
        spots.remove(first);
    }
}

/// The most exact day; of equals the first. One that something begins with ("from Sunday") yields to another.
fn chosen(text: Text<'_>, spots: &[Spot]) -> Option<Day> {
    let from = |spot: &Spot| text.mark_before(spot.at) == Some(Mark::From);
    let days = || {
        spots.iter().filter_map(|spot| if let What::Day(day) = spot.what { Some((spot, day)) } else { None })
    };
    let (_, day) = days().min_by_key(|(spot, day)| (from(spot), rank(*day)))?;
    let week = days().find_map(|(_, day)| if let Day::Week(n) = day { Some(n) } else { None });
    Some(match (day, week) {
        (Day::Weekday(weekday, _), Some(n)) => Day::Weekday(weekday, Which::OfWeek(n)),
        _ => day,
    })
}

const fn rank(day: Day) -> u8 {
    match day {
        Day::Date { .. } | Day::Hijri { .. } | Day::Nth { .. } | Day::DateOrTime { .. } => 0,
        Day::In(_) | Day::Jumaa | Day::NightOf(_) => 1,
        Day::Weekday(..) => 2,
        Day::Weeks(_) | Day::Months(_) | Day::After(_) | Day::Weekend => 3,
        Day::Week(_) => 4,
        Day::Month(..) | Day::HijriMonth(..) => 5,
        Day::Nearest => 6,
    }
}

/// The first time on the clock, with the first part of the day applied to it; else the part alone. "3-5" is a time
/// where a day or a part stands beside it.
fn time_of(spots: &[Spot], has_day: bool) -> (Option<Day>, Option<Time>) {
    let heard =
        || spots.iter().filter_map(|spot| if let What::Time(heard) = spot.what { Some(heard) } else { None });
    let part = heard().find_map(|it| if let Heard::Part(part) = it { Some(part) } else { None });
    let clock = heard().find_map(|it| match it {
        Heard::Part(_) => None,
        Heard::Time(time) => Some((None, time)),
        Heard::Either { day, month, time } => Some((Some(Day::DateOrTime { day, month }), time)),
    });
    let either = clock.and_then(|(either, _)| either).filter(|_| !has_day && part.is_none());
    let time = match (clock, part) {
        (Some((_, time)), Some(part)) => Some(clock::in_part(time, part)),
        (Some((_, time)), None) => Some(time),
        (None, part) => part.map(Time::Part),
    };
    (either, time)
}

/// An hour of the twelve, its half not said.
const fn open(hour: u16, minute: u16) -> Clock {
    Clock { minute: hour % 12 * 60 + minute, half: Half::Open }
}

const fn fixed(minute: u16) -> Clock {
    Clock { minute, half: Half::Fixed }
}
