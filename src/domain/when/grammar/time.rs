//! Times of day: points, spans, beginnings and ends.

use super::clock::{clock, dotted, hour, in_part, less, more, part_at, placed_clock};
use super::{Found, Heard, Text, date, fixed};
use crate::domain::when::items::{Item, Number};
use crate::domain::when::lexicon::{Mark, Unit};
use crate::domain::when::resolve::span as span_of;
use crate::domain::when::{Clock, Half, Part, Time};

/// A time that begins at `at`; `joined` when a day or a time ends right before it.
pub(super) fn time(text: Text<'_>, at: usize, joined: bool) -> Found<Heard> {
    match text.mark(at) {
        Some(Mark::Part(part)) => Some((Heard::Part(part), at + 1)),
        Some(Mark::EarlyWord) => Some((Heard::Part(Part::Morning), at + 1)),
        Some(Mark::WeakPart(part)) if joined || beside_day(text, at + 1) => Some((Heard::Part(part), at + 1)),
        Some(Mark::Midnight) => Some((Heard::Time(Time::Midnight(0)), at + 1)),
        Some(Mark::After | Mark::In) => hours(text, at + 1).or_else(|| from(text, at)),
        Some(Mark::Between | Mark::From) => span(text, at + 1).or_else(|| from(text, at)),
        Some(Mark::Until | Mark::To | Mark::Lhad) => until(text, at + 1),
        Some(Mark::Minutes(_) | Mark::Mid | Mark::Spelled(_)) => {
            minutes_first(text, at).or_else(|| point(text, at, joined))
        }
        _ => point(text, at, joined),
    }
}

fn beside_day(text: Text<'_>, at: usize) -> bool {
    let at = text.skip_articles(at);
    super::day::day(text, at).is_some() || matches!(text.mark(at), Some(Mark::At))
}

/// "in two hours".
fn hours(text: Text<'_>, at: usize) -> Found<Heard> {
    let at = text.skip_articles(at);
    let (count, at) = text.number(at).map_or((None, at), |(number, next)| (Some(number.value), next));
    let Mark::Units(Unit::Hour, own) = text.mark(at)? else { return None };
    let count = u8::try_from(count.unwrap_or(own.into())).ok().filter(|count| (1..=24).contains(count))?;
    Some((Heard::Time(Time::InHours(count)), at + 1))
}

/// "after 4", "from 4 on".
fn from(text: Text<'_>, at: usize) -> Found<Heard> {
    let (clock, end) = clock(text, at + 1)?;
    (!counts(text, end)).then(|| with_part(text, Time::From(clock), end))
}

/// "before 11", "until 11", "before the afternoon".
fn until(text: Text<'_>, at: usize) -> Found<Heard> {
    if let Some(Mark::Part(part)) = text.mark(at) {
        let (start, _) = span_of(part)?;
        return Some((Heard::Time(Time::Until(fixed(start))), at + 1));
    }
    let (clock, end) = clock(text, at)?;
    (!counts(text, end)).then(|| with_part(text, Time::Until(clock), end))
}

/// "between 3 and 5", "from 3 to 5".
fn span(text: Text<'_>, at: usize) -> Found<Heard> {
    if let Some(Item::Pair(a, '-', b)) = text.item(text.skip_at(at)) {
        let time = Time::Between(hour(a)?, hour(b)?);
        let end = text.skip_at(at) + 1;
        return Some(with_part(text, time, end));
    }
    let (from, next) = placed_clock(text, at, false)?;
    let joined = matches!(text.mark(next), Some(Mark::And | Mark::To | Mark::Lhad | Mark::One));
    let (until, end) = placed_clock(text, next + usize::from(joined), true)?;
    let from = if until.half == Half::Fixed { same_half(from, until) } else { from };
    (joined && !counts(text, end)).then_some((Heard::Time(Time::Between(from, until)), end))
}

fn with_part(text: Text<'_>, time: Time, end: usize) -> (Heard, usize) {
    match part_at(text, end) {
        Some((part, end)) => (Heard::Time(in_part(time, part)), end),
        None => (Heard::Time(time), end),
    }
}

/// A number of things, not an hour: "3 days".
fn counts(text: Text<'_>, at: usize) -> bool {
    matches!(text.mark(at), Some(Mark::Units(..)))
}

/// "half past 3", "quarter to 4", "half 3", "ten past three".
fn minutes_first(text: Text<'_>, at: usize) -> Found<Heard> {
    let minutes = match text.mark(at)? {
        Mark::Minutes(minutes) => u16::from(minutes),
        Mark::Mid => 30,
        Mark::Spelled(n @ (5 | 10 | 20)) => n.into(),
        _ => return None,
    };
    let (before, next) = match text.mark(at + 1) {
        Some(Mark::Past) => (false, at + 2),
        Some(Mark::To | Mark::Less) if minutes < 30 => (true, at + 2),
        _ if minutes == 30 && !text.is(at, Mark::Mid) => (false, at + 1),
        _ => return None,
    };
    let (number, end) = text.number(next)?;
    let whole = hour(number)?;
    let clock = if before { less(whole, minutes) } else { more(whole, minutes) };
    Some(with_part(text, Time::At(clock), end))
}

/// A point, or a span written with a sign or "to".
fn point(text: Text<'_>, at: usize, joined: bool) -> Found<Heard> {
    let start = text.skip_at(at);
    let asked = start > at;
    if let Some(Item::Pair(a, sign @ ('-' | '.'), b)) = text.item(start)
        && let Some(found) = either(text, start, a, sign, b, asked)
    {
        return Some(found);
    }
    let (heard, end) = to(text, at).or_else(|| {
        let (clock, end) = clock(text, at)?;
        let (heard, end) = with_part(text, Time::At(clock), end);
        Some(match heard {
            Heard::Time(Time::At(clock)) if text.is(end, Mark::Onwards) => {
                (Heard::Time(Time::From(clock)), end + 1)
            }
            _ => (heard, end),
        })
    })?;
    let told = asked || clock_is_told(text, start, end);
    let bare = bare_fits(text, start, end, joined);
    (told || bare).then_some((heard, end))
}

/// "3 to 5", "8 am to 2".
fn to(text: Text<'_>, at: usize) -> Found<Heard> {
    let (from, next) = placed_clock(text, at, true)?;
    let (until, end) = text.is(next, Mark::To).then(|| placed_clock(text, next + 1, true))??;
    let from = if until.half == Half::Fixed { same_half(from, until) } else { from };
    (!counts(text, end)).then_some((Heard::Time(Time::Between(from, until)), end))
}

/// The latest reading of `from` before `until`: "3 to 5 pm" begins in the afternoon, "10 to 2 pm" in the morning.
fn same_half(from: Clock, until: Clock) -> Clock {
    if from.half != Half::Open {
        return from;
    }
    let later = from.minute + 720;
    fixed(if later < until.minute { later } else { from.minute })
}

/// "3-5" and "12.5": a span or a half hour, or else a date.
fn either(text: Text<'_>, at: usize, a: Number, sign: char, b: Number, asked: bool) -> Found<Heard> {
    let (time, end) = match sign {
        '-' if date::is_span(a, b) || asked => (Time::Between(hour(a)?, hour(b)?), at + 1),
        '.' if b.digits <= 2 => (Time::At(dotted(a, b)?), at + 1),
        _ => return None,
    };
    let (time, after) = match part_at(text, end) {
        Some((part, after)) => (in_part(time, part), after),
        None => (time, end),
    };
    let day = u8::try_from(a.value).ok().filter(|day| (1..=31).contains(day));
    let month = u8::try_from(b.value).ok().filter(|month| (1..=12).contains(month));
    Some(match (day, month) {
        (Some(day), Some(month)) if !asked && after == end => (Heard::Either { day, month, time }, end),
        _ => (Heard::Time(time), after),
    })
}

/// Something says that it is a time: a sign, minutes, a half of the day, "o'clock".
fn clock_is_told(text: Text<'_>, at: usize, end: usize) -> bool {
    let sign = matches!(text.item(at), Some(Item::Pair(..)));
    let ordinal = matches!(text.mark(at), Some(Mark::HourOrdinal(_)));
    let alone = end == at + 1;
    sign || (!alone && !ordinal) || (ordinal && end > at + 1)
}

/// A bare number is an hour where nothing else is around: at the beginning or behind a day, and nothing behind it
/// that it could count.
fn bare_fits(text: Text<'_>, at: usize, end: usize, joined: bool) -> bool {
    let before = joined || at == 0 || matches!(text.mark_before(at), Some(Mark::Filler));
    let ordinal = matches!(text.mark(at), Some(Mark::HourOrdinal(_)));
    let latin_one = matches!(text.mark(at), Some(Mark::Spelled(1)));
    let after = match text.item(end) {
        None => true,
        Some(Item::Mark(mark)) => !matches!(mark, Mark::Units(..) | Mark::Numbering | Mark::Nothing),
        Some(_) => false,
    };
    before && after && (joined || !(ordinal || latin_one))
}
