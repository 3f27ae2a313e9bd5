//! The one way in which a [`When`] is written in a sealed row: ten bytes, five for the day and five for the time.

use super::{Clock, Day, Feast, Half, Month, Part, Third, Time, When, Which};
use chrono::Weekday;

/// Of a day, and of a time.
const HALF: usize = 5;

const PARTS: [Part; 15] = [
    Part::Dawn,
    Part::Morning,
    Part::Forenoon,
    Part::Noon,
    Part::Afternoon,
    Part::Asr,
    Part::Sunset,
    Part::Evening,
    Part::Tonight,
    Part::Night,
    Part::AfterWork,
    Part::AfterPrayer,
    Part::AfterIftar,
    Part::AfterTarawih,
    Part::BeforeSuhoor,
];

const HALVES: [Half; 3] = [Half::Open, Half::Asked, Half::Fixed];
const THIRDS: [Option<Third>; 4] = [None, Some(Third::Early), Some(Third::Mid), Some(Third::Late)];
const FEASTS: [Feast; 2] = [Feast::Holiday, Feast::Ramadan];

impl When {
    /// Canonical: equal values have equal bytes, and only these are read by [`When::decode`].
    pub fn encode(&self) -> Vec<u8> {
        let day = self.day.map_or([0; HALF], day_bytes);
        let time = self.time.map_or([0; HALF], time_bytes);
        [day, time].concat()
    }

    /// Reads [`When::encode`]; `None` for any other bytes.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (day, time) = bytes.split_at_checked(HALF)?;
        let (day, time): ([u8; HALF], [u8; HALF]) = (day.try_into().ok()?, time.try_into().ok()?);
        let when = Self { day: optional(day, day_of)?, time: optional(time, time_of)? };
        let said = when.day.is_some() || when.time.is_some();
        (said && when.encode() == bytes).then_some(when)
    }
}

/// All zeros are nothing; anything else must be something.
fn optional<T>(bytes: [u8; HALF], read: impl Fn([u8; HALF]) -> Option<T>) -> Option<Option<T>> {
    if bytes == [0; HALF] { Some(None) } else { read(bytes).map(Some) }
}

fn day_bytes(day: Day) -> [u8; HALF] {
    match day {
        Day::In(n) => [1, n, 0, 0, 0],
        Day::Weeks(n) => [2, n, 0, 0, 0],
        Day::Months(n) => [3, n, 0, 0, 0],
        Day::Weekday(day, which) => {
            let [kind, n] = which_bytes(which);
            [4, weekday_byte(day), kind, n, 0]
        }
        Day::Jumaa => [5, 0, 0, 0, 0],
        Day::NightOf(day) => [6, weekday_byte(day), 0, 0, 0],
        Day::Week(n) => [7, n, 0, 0, 0],
        Day::Weekend => [8, 0, 0, 0, 0],
        Day::Month(month, third) => {
            let [kind, n] = month_bytes(month);
            [9, kind, n, place(&THIRDS, &third), 0]
        }
        Day::Nth { day, next } => [10, day, next.into(), 0, 0],
        Day::Date { day, month, year, swaps } => {
            let [high, low] = year.unwrap_or(0).to_be_bytes();
            // The month's highest bit tells of digits that can be swapped.
            [11, day, month | if swaps { 0x80 } else { 0 }, high, low]
        }
        Day::DateOrTime { day, month } => [12, day, month, 0, 0],
        Day::Hijri { day, month, year } => {
            let [high, low] = year.unwrap_or(0).to_be_bytes();
            [13, day, month, high, low]
        }
        Day::HijriMonth(month, third) => [14, month, place(&THIRDS, &third), 0, 0],
        Day::After(feast) => [15, place(&FEASTS, &feast), 0, 0, 0],
        Day::Nearest => [16, 0, 0, 0, 0],
    }
}

fn day_of(bytes: [u8; HALF]) -> Option<Day> {
    let [kind, a, b, c, d] = bytes;
    let year = || Some(u16::from_be_bytes([c, d])).filter(|year| *year > 0);
    Some(match kind {
        1 => Day::In(a),
        2 => Day::Weeks(a),
        3 => Day::Months(a),
        4 => Day::Weekday(weekday_of(a)?, which_of(b, c)?),
        5 => Day::Jumaa,
        6 => Day::NightOf(weekday_of(a)?),
        7 => Day::Week(a),
        8 => Day::Weekend,
        9 => Day::Month(month_of(a, b)?, at(&THIRDS, c)?),
        10 => Day::Nth { day: nth(a, 31)?, next: b == 1 },
        11 => Day::Date { day: nth(a, 31)?, month: nth(b & 0x7F, 12)?, year: year(), swaps: b & 0x80 != 0 },
        12 => Day::DateOrTime { day: nth(a, 31)?, month: nth(b, 12)? },
        13 => Day::Hijri { day: nth(a, 30)?, month: nth(b, 12)?, year: year() },
        14 => Day::HijriMonth(nth(a, 12)?, at(&THIRDS, b)?),
        15 => Day::After(at(&FEASTS, a)?),
        16 => Day::Nearest,
        _ => return None,
    })
}

fn time_bytes(time: Time) -> [u8; HALF] {
    match time {
        Time::Part(part) => [1, place(&PARTS, &part), 0, 0, 0],
        Time::At(clock) => one_clock(2, clock),
        Time::Between(from, until) => {
            let ([a, b], [c, d]) = (clock_bytes(from), clock_bytes(until));
            [3, a, b, c, d]
        }
        Time::From(clock) => one_clock(4, clock),
        Time::Until(clock) => one_clock(5, clock),
        Time::InHours(n) => [6, n, 0, 0, 0],
        Time::Midnight(minutes) => {
            let [high, low] = minutes.to_be_bytes();
            [7, high, low, 0, 0]
        }
    }
}

fn time_of(bytes: [u8; HALF]) -> Option<Time> {
    let [kind, a, b, c, d] = bytes;
    let clock = || clock_of([a, b]);
    Some(match kind {
        1 => Time::Part(at(&PARTS, a)?),
        2 => Time::At(clock()?),
        3 => Time::Between(clock()?, clock_of([c, d])?),
        4 => Time::From(clock()?),
        5 => Time::Until(clock()?),
        6 => Time::InHours(a),
        7 => Time::Midnight(Some(u16::from_be_bytes([a, b])).filter(|minutes| *minutes < 300)?),
        _ => return None,
    })
}

fn one_clock(kind: u8, clock: Clock) -> [u8; HALF] {
    let [high, low] = clock_bytes(clock);
    [kind, high, low, 0, 0]
}

/// The minute needs eleven bits; the two highest of sixteen tell the half.
fn clock_bytes(clock: Clock) -> [u8; 2] {
    (clock.minute | (u16::from(place(&HALVES, &clock.half)) << 14)).to_be_bytes()
}

fn clock_of(bytes: [u8; 2]) -> Option<Clock> {
    let both = u16::from_be_bytes(bytes);
    let half = at(&HALVES, u8::try_from(both >> 14).ok()?)?;
    let minute = both & 0x3FFF;
    let most = if half == Half::Fixed { 1440 } else { 720 };
    (minute < most).then_some(Clock { minute, half })
}

const fn which_bytes(which: Which) -> [u8; 2] {
    match which {
        Which::Plain => [0, 0],
        Which::This => [1, 0],
        Which::Next => [2, 0],
        Which::AfterNext => [3, 0],
        Which::OfWeek(n) => [4, n],
    }
}

const fn which_of(kind: u8, n: u8) -> Option<Which> {
    Some(match kind {
        0 => Which::Plain,
        1 => Which::This,
        2 => Which::Next,
        3 => Which::AfterNext,
        4 => Which::OfWeek(n),
        _ => return None,
    })
}

const fn month_bytes(month: Month) -> [u8; 2] {
    match month {
        Month::This => [0, 0],
        Month::Next => [1, 0],
        Month::Named(n) => [2, n],
    }
}

fn month_of(kind: u8, n: u8) -> Option<Month> {
    Some(match kind {
        0 => Month::This,
        1 => Month::Next,
        2 => Month::Named(nth(n, 12)?),
        _ => return None,
    })
}

fn weekday_byte(day: Weekday) -> u8 {
    u8::try_from(day.num_days_from_monday()).unwrap_or_default()
}

fn weekday_of(byte: u8) -> Option<Weekday> {
    Weekday::try_from(byte).ok()
}

fn nth(n: u8, most: u8) -> Option<u8> {
    (1..=most).contains(&n).then_some(n)
}

fn place<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|it| it == one).and_then(|n| u8::try_from(n).ok()).unwrap_or_default()
}

fn at<T: Copy>(all: &[T], n: u8) -> Option<T> {
    all.get(usize::from(n)).copied()
}
