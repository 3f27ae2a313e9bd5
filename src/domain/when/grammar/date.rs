//! Dates: numbers beside months, "5/12/2026", "the 5th".

use super::{Found, HIJRI_YEARS, Text, YEARS};
use crate::domain::when::items::{Item, Number};
use crate::domain::when::lexicon::{Mark, Unit};
use crate::domain::when::{Day, Month};

/// A date that begins with a number or with two or three joined ones.
pub(super) fn date(text: Text<'_>, at: usize) -> Found<Day> {
    match text.item(at)? {
        Item::Triple(a, b, c) => Some((triple(a, b, c, text.is(at + 1, Mark::HijriSign))?, at + 1)),
        Item::Pair(a, '/', b) => pair(text, at, a, b),
        Item::Pair(a, '-', b) if !is_span(a, b) => pair(text, at, a, b),
        Item::Pair(a, '.', b) if is_dotted_date(a, b) => pair(text, at, a, b),
        _ => number_first(text, at),
    }
}

/// "3-5": also from three to five.
pub(super) const fn is_span(a: Number, b: Number) -> bool {
    a.value < b.value && b.value <= 12 && a.value > 0
}

/// "5.12" is a date, "12.5" may be half past twelve, "3.30" is a time.
const fn is_dotted_date(a: Number, b: Number) -> bool {
    let minutes = b.value.is_multiple_of(5) && (b.digits == 2 || b.value == 5);
    b.digits <= 2 && (a.value > 23 || (b.value <= 12 && !minutes))
}

fn pair(text: Text<'_>, at: usize, a: Number, b: Number) -> Found<Day> {
    let hijri = text.is(at + 1, Mark::HijriSign);
    let swaps = a.value <= 12 && b.value <= 12 && a.value != b.value;
    let (day, month) = if b.value > 12 { (b.value, a.value) } else { (a.value, b.value) };
    if hijri {
        return Some((Day::Hijri { day: part(day, 30)?, month: part(month, 12)?, year: None }, at + 2));
    }
    if let Some((year, end)) = year(text, at + 1) {
        return Some((dated(part(day, 31)?, part(month, 12)?, Some(year))?, end));
    }
    Some((Day::Date { day: part(day, 31)?, month: part(month, 12)?, year: None, swaps }, at + 1))
}

/// Day, month, year; a year of four digits may come first, one of two digits is of this century.
fn triple(a: Number, b: Number, c: Number, hijri: bool) -> Option<Day> {
    let (first, month, last) = if a.digits == 4 { (c, b, a) } else { (a, b, c) };
    let year = match last.digits {
        4 => last.value,
        2 if hijri => 1400 + last.value,
        2 => 2000 + last.value,
        _ => return None,
    };
    // "12/25/2026": the month can only be the first.
    let (day, month) = if month.value > 12 && first.value <= 12 {
        (month.value, first.value)
    } else {
        (first.value, month.value)
    };
    dated(part(day, 31)?, part(month, 12)?, Some(year))
}

/// A date of whichever calendar has such a year.
fn dated(day: u8, month: u8, year: Option<u16>) -> Option<Day> {
    match year {
        Some(year) if HIJRI_YEARS.contains(&year) => {
            (day <= 30).then_some(Day::Hijri { day, month, year: Some(year) })
        }
        year => Some(Day::Date { day, month, year, swaps: false }),
    }
}

fn part(value: u16, most: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|value| (1..=most).contains(value))
}

/// A year right behind a date.
fn year(text: Text<'_>, at: usize) -> Found<u16> {
    let at = text.skip_articles(at);
    match text.item(at)? {
        Item::Number(number) if YEARS.contains(&number.value) || HIJRI_YEARS.contains(&number.value) => {
            Some((number.value, at + 1))
        }
        _ => None,
    }
}

/// "5 December", "5 شهر 12", "خمسة اتناعش", "10 رمضان 1448", "5 of the month", "5th".
fn number_first(text: Text<'_>, at: usize) -> Found<Day> {
    let (number, next) = text.number(at)?;
    let day = part(number.value, 31)?;
    let of = text.skip_articles(next);
    let from = if text.is(of, Mark::From) { of + 1 } else { of };
    if let Some((month, end)) = month(text, of) {
        let (year, end) = year(text, end).map_or((None, end), |(year, end)| (Some(year), end));
        return Some((dated(day, month, year)?, end));
    }
    if let Some((month, end)) = hijri_month(text, of) {
        let (year, end) = year(text, end).map_or((None, end), |(year, end)| (Some(year), end));
        let end = if text.is(end, Mark::HijriSign) { end + 1 } else { end };
        return Some((Day::Hijri { day: part(day.into(), 30)?, month, year }, end));
    }
    if let Some((next, end)) = of_the_month(text, from) {
        return Some((Day::Nth { day, next }, end));
    }
    if let Some((day, end)) = super::day::length(text, at)
        && text.is(end, Mark::Later)
    {
        return Some((day, end + 1));
    }
    spelled_pair(text, at, number, next)
        .or_else(|| number.nth.then_some((Day::Nth { day, next: false }, next)))
}

/// "the month", "next month", "الشهر الجاي".
pub(super) fn of_the_month(text: Text<'_>, at: usize) -> Found<bool> {
    let month = |at: usize| matches!(text.mark(at), Some(Mark::TheMonth | Mark::Units(Unit::Month, 1)));
    match text.mark(at)? {
        Mark::TheMonth if text.is(at + 1, Mark::Next) => Some((true, at + 2)),
        Mark::TheMonth => Some((false, at + if text.is(at + 1, Mark::This) { 2 } else { 1 })),
        Mark::Next if month(at + 1) => Some((true, at + 2)),
        Mark::This if month(at + 1) => Some((false, at + 2)),
        _ => None,
    }
}

/// "الأول من ديسمبر", "the fifth of December".
pub(super) fn nth_word(text: Text<'_>, at: usize, day: u8) -> Found<Day> {
    let of = text.skip_articles(at + 1);
    let of = if text.is(of, Mark::From) { of + 1 } else { of };
    if let Some((month, end)) = hijri_month(text, of) {
        return Some((Day::Hijri { day, month, year: None }, end));
    }
    let (month, end) = month(text, of).filter(|_| of > at + 1)?;
    let (year, end) = year(text, end).map_or((None, end), |(year, end)| (Some(year), end));
    Some((dated(day, month, year)?, end))
}

/// A month behind a number: by name, by half a name and a number, by "شهر" and a number.
pub(super) fn month(text: Text<'_>, at: usize) -> Found<u8> {
    let digits = |at: usize| match text.item(at) {
        Some(Item::Number(number)) => Some(number.value),
        _ => None,
    };
    match text.mark(at)? {
        Mark::Month(month) | Mark::WeakMonth(month) | Mark::NumberedMonth(month) => Some((month, at + 1)),
        Mark::MonthPair(first, second) => Some((one_of(first, second, digits(at + 1)?)?, at + 2)),
        Mark::Units(Unit::Month, 1) => {
            if let Some(named) = month_name(text, at + 1) {
                return Some(named);
            }
            let (number, end) = text.number(at + 1)?;
            Some((part(number.value, 12)?, end))
        }
        _ => None,
    }
}

fn month_name(text: Text<'_>, at: usize) -> Found<u8> {
    match text.mark(at)? {
        Mark::Month(month) | Mark::WeakMonth(month) | Mark::NumberedMonth(month) => Some((month, at + 1)),
        _ => None,
    }
}

/// A Hijri month behind a number, perhaps with "شهر" in between.
pub(super) fn hijri_month(text: Text<'_>, at: usize) -> Found<u8> {
    match (text.mark(at)?, text.item(at + 1)) {
        (Mark::Hijri(month), _) => Some((month, at + 1)),
        (Mark::HijriPair(first, second), Some(Item::Number(number))) => {
            Some((one_of(first, second, number.value)?, at + 2))
        }
        (Mark::Units(Unit::Month, 1), Some(Item::Mark(Mark::Hijri(month)))) => Some((month, at + 2)),
        _ => None,
    }
}

const fn one_of(first: u8, second: u8, number: u16) -> Option<u8> {
    match number {
        1 => Some(first),
        2 => Some(second),
        _ => None,
    }
}

/// "خمسة اتناعش": the 5th of the 12th.
fn spelled_pair(text: Text<'_>, at: usize, first: Number, next: usize) -> Found<Day> {
    let (second, end) = text.number(next)?;
    let both = first.digits == 0 && second.digits == 0 && at + 1 == next && end == next + 1;
    let date =
        Day::Date { day: part(first.value, 31)?, month: part(second.value, 12)?, year: None, swaps: false };
    both.then_some((date, end))
}

/// "dec 5", "December 5, 2026"; a month alone, if its name is nothing else or something says that it is one.
pub(super) fn month_first(text: Text<'_>, at: usize, sure: bool) -> Found<Day> {
    let (month, end) = match text.mark(at)? {
        Mark::Month(month) => (month, at + 1),
        Mark::WeakMonth(month) if sure || number_follows(text, at + 1) => (month, at + 1),
        Mark::Units(Unit::Month, 1) | Mark::MonthPair(..) => month(text, at)?,
        _ => return None,
    };
    let named = text.skip_articles(end);
    match text.item(named) {
        Some(Item::Number(number)) if is_day(text, named, number) => {
            let (year, end) =
                year(text, named + 1).map_or((None, named + 1), |(year, end)| (Some(year), end));
            Some((Day::Date { day: part(number.value, 31)?, month, year, swaps: false }, end))
        }
        _ => Some((Day::Month(Month::Named(month), None), end)),
    }
}

fn number_follows(text: Text<'_>, at: usize) -> bool {
    matches!(text.item(text.skip_articles(at)), Some(Item::Number(number)) if (1..=31).contains(&number.value))
}

/// A number behind a month is its day, unless it is an hour ("in december 3pm").
fn is_day(text: Text<'_>, at: usize, number: Number) -> bool {
    let hour = matches!(text.mark(at + 1), Some(Mark::Am | Mark::Pm | Mark::Oclock | Mark::Part(_)));
    (1..=31).contains(&number.value) && !(hour && number.value <= 12 && !number.nth)
}

/// "يوم 5", "يوم 5 في 12", "بتاريخ 5/12".
pub(super) fn after_day_word(text: Text<'_>, at: usize) -> Found<Day> {
    if let Some(date) = date(text, at) {
        return Some(date);
    }
    let (number, next) = text.number(at)?;
    let day = part(number.value, 31)?;
    if text.is(next, Mark::Of)
        && let Some((month, end)) = text.number(next + 1)
        && let Some(month) = part(month.value, 12)
        && !matches!(text.mark(end), Some(Mark::Am | Mark::Pm | Mark::Part(_)))
    {
        return Some((Day::Date { day, month, year: None, swaps: false }, end));
    }
    Some((Day::Nth { day, next: false }, next))
}
