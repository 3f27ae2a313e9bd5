//! The hour, its minutes, its half of the day.

use super::{Found, Text, fixed, open};
use crate::domain::when::items::{Item, Number};
use crate::domain::when::lexicon::{Mark, Unit};
use crate::domain::when::{Clock, Half, Part, Time};

/// "3.30", and "12.5" for half past twelve.
pub(super) fn dotted(a: Number, b: Number) -> Option<Clock> {
    let minute = if b.digits == 1 { b.value * 6 } else { b.value };
    of_digits(a, minute)
}

/// [`clock`] with the part of the day right behind it. In "between 3 and 5" the 5 is no minutes (`and_minutes`).
pub(super) fn placed_clock(text: Text<'_>, at: usize, and_minutes: bool) -> Found<Clock> {
    let (clock, end) = clock_with(text, at, and_minutes)?;
    Some(match part_at(text, end) {
        Some((part, end)) => (placed(clock, part), end),
        None => (clock, end),
    })
}

/// An hour with its minutes.
pub(super) fn clock(text: Text<'_>, at: usize) -> Found<Clock> {
    clock_with(text, at, true)
}

fn clock_with(text: Text<'_>, at: usize, and_minutes: bool) -> Found<Clock> {
    let at = text.skip_at(at);
    let (whole, next) = hour_at(text, at)?;
    let (clock, end) = fraction(text, whole, next, and_minutes);
    let end = if text.is(end, Mark::Oclock) { end + 1 } else { end };
    Some(fraction(text, clock, end, and_minutes))
}

fn hour_at(text: Text<'_>, at: usize) -> Found<Clock> {
    match text.item(at)? {
        Item::Pair(a, ':' | 'h', b) => Some((of_digits(a, b.value)?, at + 1)),
        Item::Pair(a, '.', b) if b.digits == 2 => Some((dotted(a, b)?, at + 1)),
        Item::Mark(Mark::HourOrdinal(hour)) => Some((open(hour.into(), 0), at + 1)),
        Item::Number(number) => Some((hour(number)?, at + 1)),
        _ => {
            let (number, next) = text.number(at)?;
            Some((hour(number)?, next))
        }
    }
}

/// An hour alone, or an hour and minutes without a sign: "1530", "930".
pub(super) fn hour(number: Number) -> Option<Clock> {
    if number.nth {
        return None;
    }
    match number.digits {
        3 | 4 => {
            let years = super::YEARS.contains(&number.value) || super::HIJRI_YEARS.contains(&number.value);
            let (hour, minute) = (number.value / 100, number.value % 100);
            let digits = number.digits - 2;
            (!years && minute % 5 == 0)
                .then(|| of_digits(Number { value: hour, digits, nth: false }, minute))?
        }
        _ => of_digits(number, 0).filter(|_| number.value > 0),
    }
}

/// Hours above twelve, and those written with a zero in front, are of the day's 24.
fn of_digits(hour: Number, minute: u16) -> Option<Clock> {
    let day = hour.value > 12 || hour.value == 0 || (hour.digits == 2 && hour.value < 10);
    if hour.value > 23 || minute > 59 {
        return None;
    }
    Some(if day { fixed(hour.value * 60 + minute) } else { open(hour.value, minute) })
}

/// Halves, quarters, thirds and fives behind an hour, at most two: "ونص وخمسة", "ونص إلا خمسة".
fn fraction(text: Text<'_>, clock: Clock, at: usize, and_minutes: bool) -> (Clock, usize) {
    let (mut clock, mut at) = (clock, at);
    for _ in 0..2 {
        let (before, next) = match text.mark(at) {
            Some(Mark::And) => (false, at + 1),
            Some(Mark::Less) => (true, at + 1),
            _ => (false, at),
        };
        let Some((minutes, end)) = minutes(text, next, next > at && (before || and_minutes)) else { break };
        clock = if before { less(clock, minutes) } else { more(clock, minutes) };
        at = end;
    }
    (clock, at)
}

fn minutes(text: Text<'_>, at: usize, joined: bool) -> Found<u16> {
    match text.item(at)? {
        Item::Mark(Mark::Minutes(minutes)) => Some((minutes.into(), at + 1)),
        Item::Mark(Mark::Mid) => Some((30, at + 1)),
        Item::Mark(Mark::Spelled(n @ (5 | 10 | 20))) if joined => Some((n.into(), at + 1)),
        Item::Mark(Mark::Spelled(n @ (15 | 30))) => Some((n.into(), at + 1)),
        Item::Number(number) if joined && number.value % 5 == 0 && (5..60).contains(&number.value) => {
            Some((number.value, at + 1))
        }
        _ => None,
    }
}

/// Minutes later or earlier, within its day or half day.
pub(super) const fn more(clock: Clock, minutes: u16) -> Clock {
    let round = if matches!(clock.half, Half::Fixed) { 1440 } else { 720 };
    Clock { minute: (clock.minute + minutes) % round, half: clock.half }
}

pub(super) const fn less(clock: Clock, minutes: u16) -> Clock {
    let round = if matches!(clock.half, Half::Fixed) { 1440 } else { 720 };
    Clock { minute: (clock.minute + round - minutes) % round, half: clock.half }
}

/// A part of the day right behind an hour, or "am" and "pm".
pub(super) fn part_at(text: Text<'_>, at: usize) -> Found<Half12> {
    let at = text.skip_articles(at);
    let at = if text.is(at, Mark::In) { text.skip_articles(at + 1) } else { at };
    Some(match text.mark(at)? {
        Mark::Am => (Half12::Am, at + 1),
        Mark::Pm => (Half12::Pm, at + 1),
        Mark::Part(part) | Mark::WeakPart(part) => (Half12::Part(part), at + 1),
        _ => return None,
    })
}

/// What tells the half of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Half12 {
    Am,
    Pm,
    Part(Part),
}

impl From<Part> for Half12 {
    fn from(part: Part) -> Self {
        Self::Part(part)
    }
}

/// A time with its part of the day applied.
pub(super) fn in_part(time: Time, part: impl Into<Half12>) -> Time {
    let part = part.into();
    match time {
        Time::At(clock) => match (clock, part) {
            // Twelve to four at night are after midnight, and belong to the evening before.
            (Clock { minute: 0..300, half: Half::Open }, Half12::Part(Part::Night | Part::Tonight)) => {
                Time::Midnight(clock.minute)
            }
            (Clock { minute: 0..60, half: Half::Open }, Half12::Part(Part::Evening | Part::Sunset)) => {
                Time::Midnight(clock.minute)
            }
            _ => Time::At(placed(clock, part)),
        },
        Time::Between(from, until) => Time::Between(placed(from, part), placed(until, part)),
        Time::From(clock) => Time::From(placed(clock, part)),
        Time::Until(clock) => Time::Until(placed(clock, part)),
        other => other,
    }
}

/// A time on the clock in a part of the day.
fn placed(clock: Clock, part: impl Into<Half12>) -> Clock {
    if clock.half != Half::Open {
        return clock;
    }
    let (am, pm) = (fixed(clock.minute), fixed(clock.minute + 720));
    let twelve = clock.minute < 60;
    match part.into() {
        // "12 am", "12 الصبح": said of midnight and of noon.
        Half12::Am | Half12::Part(Part::Dawn | Part::Morning | Part::Forenoon) if twelve => {
            Clock { half: Half::Asked, ..clock }
        }
        Half12::Am | Half12::Part(Part::Dawn | Part::Morning | Part::Forenoon | Part::BeforeSuhoor) => am,
        Half12::Part(Part::Noon) if clock.minute >= 600 => am,
        Half12::Part(Part::Night | Part::Tonight) if clock.minute < 300 => am,
        Half12::Pm | Half12::Part(_) => pm,
    }
}

impl Text<'_> {
    /// The place after "at", "مع", "ساعة".
    pub(super) fn skip_at(self, mut at: usize) -> usize {
        while matches!(self.mark(at), Some(Mark::At))
            || (matches!(self.mark(at), Some(Mark::With | Mark::Units(Unit::Hour, 1)))
                && self.hour_follows(at + 1))
        {
            at += 1;
        }
        at
    }

    fn hour_follows(self, at: usize) -> bool {
        let number = self.number(at).is_some() || matches!(self.item(at), Some(Item::Pair(..)));
        number || matches!(self.mark(at), Some(Mark::HourOrdinal(_)))
    }
}
