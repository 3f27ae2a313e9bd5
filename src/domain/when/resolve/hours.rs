//! Hours.

use super::{Hours, Present, Window};
use crate::domain::calendar::Hijri;
use crate::domain::when::{Clock, Half, Part, Time};

/// "tonight", and the evening before a Friday.
pub(super) const EVENING_AND_NIGHT: Hours = Hours::between(17 * 60, 27 * 60);
/// After the dawn meal outside Ramadan.
const BREAKFAST: Hours = Hours::between(8 * 60, 12 * 60);
/// After the meal that ends the fast: sunset, at its latest in the Gulf and at its earliest in the Maghreb.
const AFTER_IFTAR: Hours = Hours::between(18 * 60, 27 * 60);
/// After the prayers that follow it.
const AFTER_TARAWIH: Hours = Hours::between(20 * 60, 27 * 60);
/// The night before the dawn meal.
const BEFORE_SUHOOR: Hours = Hours::between(22 * 60, 27 * 60);
/// How long before it closes a clinic's "after work" begins.
const AFTER_WORK: u16 = 120;
/// Where the clinic's hours do not tell, people mean the hour between these.
const DAYLIGHT: std::ops::Range<u16> = 7 * 60..22 * 60;
/// The ninth month.
const RAMADAN: u8 = 9;

/// What a time comes to on open days.
pub(super) enum Choice {
    /// Any hour.
    Any,
    One(Hours),
    Two([Hours; 2]),
    /// It is over.
    Past,
}

/// A part of the day in minutes (§5.2); none for those that the clinic or the season tells.
pub(in crate::domain::when) const fn span(part: Part) -> Option<(u16, u16)> {
    let (from, until) = match part {
        Part::Dawn => (3, 6),
        Part::Morning => (6, 12),
        Part::Forenoon => (9, 12),
        Part::Noon => (12, 15),
        Part::Afternoon => (12, 18),
        Part::Asr => (15, 18),
        Part::Sunset => (17, 20),
        Part::Evening => (17, 21),
        Part::Tonight => (17, 27),
        Part::Night => (20, 27),
        Part::AfterPrayer => (13, 15),
        Part::AfterWork | Part::AfterIftar | Part::AfterTarawih | Part::BeforeSuhoor => return None,
    };
    Some((from * 60, until * 60))
}

/// The hours of `time` on the days of `window`.
pub(super) fn choice(now: &Present<'_>, window: Window, time: Time) -> Choice {
    let candidates: Vec<Candidate> = match time {
        Time::Part(part) => return part_choice(now, window, part),
        // Beside a day it says nothing; alone it is resolved with its day.
        Time::InHours(_) => return Choice::Any,
        Time::Midnight(minutes) => vec![whole(Hours::at(1440 + minutes))],
        Time::At(clock) => readings(clock).into_iter().map(Hours::at).map(whole).collect(),
        Time::Between(from, until) => ranges(from, until).into_iter().map(whole).collect(),
        Time::From(clock) => readings(clock).into_iter().map(from).collect(),
        Time::Until(clock) => readings(clock).into_iter().map(until).collect(),
    };
    let asked = matches!(time, Time::At(Clock { half: Half::Asked, .. }));
    pick(now, window, &candidates, asked)
}

/// Hours that may be meant, and those of them that must lie in opening hours if they are.
#[derive(Clone, Copy)]
struct Candidate {
    hours: Hours,
    open: Hours,
}

const fn whole(hours: Hours) -> Candidate {
    Candidate { hours, open: hours }
}

const fn from(minute: u16) -> Candidate {
    Candidate { hours: Hours::between(minute, 1440), open: Hours::between(minute, minute + 1) }
}

const fn until(minute: u16) -> Candidate {
    Candidate { hours: Hours::between(0, minute), open: Hours::between(minute.saturating_sub(1), minute) }
}

/// The minutes that a clock may show.
fn readings(clock: Clock) -> Vec<u16> {
    match clock.half {
        Half::Fixed => vec![clock.minute],
        Half::Open | Half::Asked => vec![clock.minute, clock.minute + 720],
    }
}

/// From each beginning to the next end, less than half a day away.
fn ranges(from: Clock, until: Clock) -> Vec<Hours> {
    let ends = readings(until);
    let starts = readings(from);
    let range = |start: u16| {
        let end = ends.iter().copied().filter(|end| *end > start).min()?;
        (end - start < 720 || starts.len() == 1).then_some(Hours::between(start, end))
    };
    starts.iter().copied().filter_map(range).collect()
}

/// Those in opening hours, else all; of them those that are not over: one, or the choice between two.
fn pick(now: &Present<'_>, window: Window, candidates: &[Candidate], asked: bool) -> Choice {
    let open: Vec<Hours> =
        candidates.iter().filter(|it| asked || now.is_open_at(window, it.open)).map(|it| it.hours).collect();
    let likely = if open.is_empty() { candidates.iter().map(|it| it.hours).collect() } else { open.clone() };
    let coming: Vec<Hours> = likely.into_iter().filter(|hours| !now.is_over(window, *hours)).collect();
    match coming.as_slice() {
        [] => Choice::Past,
        [only] => Choice::One(*only),
        [first, second, ..] if !open.is_empty() => Choice::Two([*first, *second]),
        [first, ..] => {
            let by_day = coming.iter().find(|hours| DAYLIGHT.contains(&hours.from));
            Choice::One(*by_day.unwrap_or(first))
        }
    }
}

fn part_choice(now: &Present<'_>, window: Window, part: Part) -> Choice {
    let fasting = Hijri::of(window.from).is_some_and(|named| named.month == RAMADAN);
    let hours = match (part, span(part)) {
        (_, Some((from, until))) => Hours::between(from, until),
        (Part::AfterWork, _) => match now.setting.spans(window.from).map(|(_, until)| until).max() {
            Some(until) => Hours::between(until.saturating_sub(AFTER_WORK), until),
            None => return Choice::Any,
        },
        (Part::AfterIftar, _) if !fasting => {
            return pick_both(now, window, [BREAKFAST, AFTER_IFTAR]);
        }
        (Part::AfterIftar, _) => AFTER_IFTAR,
        (Part::AfterTarawih, _) => AFTER_TARAWIH,
        _ => BEFORE_SUHOOR,
    };
    if now.is_over(window, hours) { Choice::Past } else { Choice::One(hours) }
}

/// Both, unless one is over.
fn pick_both(now: &Present<'_>, window: Window, both: [Hours; 2]) -> Choice {
    let [first, second] = both;
    match (now.is_over(window, first), now.is_over(window, second)) {
        (false, false) => Choice::Two(both),
        (true, false) => Choice::One(second),
        (false, true) => Choice::One(first),
        (true, true) => Choice::Past,
    }
}

impl Present<'_> {
    /// Over today, where only today is meant.
    fn is_over(&self, window: Window, hours: Hours) -> bool {
        let last = if hours.is_point() { hours.from } else { hours.until.saturating_sub(1) };
        window.until == self.today && last < self.minute
    }

    /// Whether the clinic is open at some of these hours on some of the days. The minute it closes counts for a
    /// point, so that "at 8" is asked where it is open from 8 to 8 (§5.4).
    fn is_open_at(&self, window: Window, hours: Hours) -> bool {
        let overlaps = |(from, until): (u16, u16)| {
            if hours.is_point() {
                (from..=until).contains(&hours.from)
            } else {
                hours.from < until && from < hours.until
            }
        };
        if window.is_one_day() {
            self.setting.spans(window.from).any(overlaps)
        } else {
            self.setting.week_spans().any(overlaps)
        }
    }
}
