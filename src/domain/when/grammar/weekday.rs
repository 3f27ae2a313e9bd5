//! Weekdays with what makes them one of several.

use super::{Found, Text};
use crate::domain::when::items::Item;
use crate::domain::when::lexicon::{Mark, Unit};
use crate::domain::when::{Day, Which};
use chrono::Weekday;

/// True where a weekday begins.
pub(super) fn begins(text: Text<'_>, at: usize) -> bool {
    matches!(text.mark(at), Some(Mark::Weekday(_) | Mark::Jumaa | Mark::BareJumaa | Mark::Short(_)))
}

/// A weekday at `at`, after a "day" if `named`, with what follows it: "الأحد الجاي", "Sunday next week".
pub(super) fn weekday(text: Text<'_>, at: usize, named: bool, before: Which) -> Found<Day> {
    let (weekday, arabic_friday) = name(text, at, named)?;
    let (which, end) = which(text, at + 1);
    let which = which.or(before);
    if arabic_friday && which == Which::Next {
        return Some((Day::Jumaa, end));
    }
    // "Sunday 29": the number is the day of the month, which says more.
    if let (Which::Plain, Some(Item::Number(number))) = (which, text.item(end))
        && (13..=31).contains(&number.value)
        && !matches!(
            text.mark(end + 1),
            Some(Mark::Oclock | Mark::Month(_) | Mark::WeakMonth(_) | Mark::Hijri(_))
        )
    {
        let day = u8::try_from(number.value).ok()?;
        return Some((Day::Nth { day, next: false }, end + 1));
    }
    Some((Day::Weekday(weekday, which), end))
}

fn name(text: Text<'_>, at: usize, named: bool) -> Option<(Weekday, bool)> {
    let number_follows =
        || matches!(text.item(at + 1), Some(Item::Number(_) | Item::Pair(..) | Item::Mark(Mark::At)));
    let clock_around = || {
        matches!(text.mark_before(at), Some(Mark::At))
            || matches!(text.mark(at + 1), Some(Mark::Minutes(_) | Mark::Less | Mark::Mid | Mark::Part(_)))
    };
    Some(match text.mark(at)? {
        Mark::Weekday(day) => (day, false),
        Mark::Jumaa | Mark::BareJumaa => (Weekday::Fri, true),
        Mark::Short(day) if named || fits_short(text, at) => (day, false),
        Mark::AfterDay(day) if named => (day, false),
        Mark::JumaaWeek if named => (Weekday::Fri, true),
        Mark::Lhad if named || !number_follows() => (Weekday::Sun, false),
        Mark::TwoOrMonday if named || !clock_around() => (Weekday::Mon, false),
        Mark::ThreeOrTuesday if named || !clock_around() => (Weekday::Tue, false),
        _ => return None,
    })
}

/// "sat" and "mon" are words as well: what stands around must be of days and times.
fn fits_short(text: Text<'_>, at: usize) -> bool {
    let before = match text.before(at) {
        None => true,
        Some(Item::Mark(mark)) => !matches!(mark, Mark::Numbering),
        Some(Item::Number(_) | Item::Pair(..) | Item::Triple(..)) => true,
        Some(Item::Other) => false,
    };
    before && !matches!(text.item(at + 1), Some(Item::Other))
}

/// What follows a weekday.
fn which(text: Text<'_>, at: usize) -> (Which, usize) {
    let week = |at: usize| matches!(text.mark(at), Some(Mark::TheWeek | Mark::Units(Unit::Week, 1)));
    let at_week = text.skip_articles(at);
    if week(at_week) {
        return match text.mark(at_week + 1) {
            Some(Mark::Next) => (Which::OfWeek(1), at_week + 2),
            Some(Mark::This) => (Which::OfWeek(0), at_week + 2),
            Some(Mark::AfterNext) => (Which::OfWeek(2), at_week + 2),
            _ => (Which::Plain, at),
        };
    }
    match text.mark(at) {
        Some(Mark::Next) if week(at + 1) => (Which::OfWeek(1), at + 2),
        Some(Mark::This) if week(at + 1) => (Which::OfWeek(0), at + 2),
        Some(Mark::Next) => (Which::Next, at + 1),
        Some(Mark::This) => (Which::This, at + 1),
        Some(Mark::AfterNext) => (Which::AfterNext, at + 1),
        _ => (Which::Plain, at),
    }
}

impl Which {
    /// This, unless it says nothing.
    fn or(self, other: Self) -> Self {
        if self == Self::Plain { other } else { self }
    }
}
