//! Days.

use super::{Found, Text, date, weekday};
use crate::domain::when::items::Item;
use crate::domain::when::lexicon::{Mark, Unit};
use crate::domain::when::{Day, Month, Third, Which};

/// A day that begins at `at`.
pub(super) fn day(text: Text<'_>, at: usize) -> Found<Day> {
    match text.item(at)? {
        Item::Mark(mark) => marked(text, at, mark),
        Item::Number(_) | Item::Pair(..) | Item::Triple(..) => date::date(text, at),
        Item::Other => None,
    }
}

fn marked(text: Text<'_>, at: usize, mark: Mark) -> Found<Day> {
    match mark {
        Mark::Day(day) => Some((day, at + 1)),
        Mark::Tonight => Some((Day::In(0), at + 1)),
        Mark::Lyoum => named(text, at + 1).or(Some((Day::In(0), at + 1))),
        Mark::DayWord => named(text, at + 1),
        Mark::Le => le(text, at + 1),
        Mark::This => with(text, at + 1, Which::This),
        Mark::Next => with(text, at + 1, Which::Next),
        Mark::TheWeek | Mark::Units(Unit::Week, 1) => week(text, at),
        Mark::TheMonth => date::of_the_month(text, at).map(|(next, end)| (month(next), end)),
        Mark::After | Mark::In => length(text, at + 1).or_else(|| in_month(text, at + 1, mark)),
        Mark::Of => in_month(text, at + 1, mark),
        Mark::First | Mark::Early | Mark::Mid | Mark::Late | Mark::EarlyWord => third(text, at, mark),
        Mark::NightOf => night(text, at + 1),
        Mark::Units(Unit::Month, 1) => hijri_whole(text, at).or_else(|| date::month_first(text, at, true)),
        Mark::Month(_) | Mark::WeakMonth(_) | Mark::MonthPair(..) => date::month_first(text, at, false),
        Mark::Spelled(_) => date::date(text, at),
        Mark::NthWord(day) => date::nth_word(text, at, day),
        _ => weekday::weekday(text, at, false, Which::Plain).or_else(|| date::date(text, at)),
    }
}

/// After "day": a weekday or a day of the month.
fn named(text: Text<'_>, at: usize) -> Found<Day> {
    let before = match text.mark(at) {
        Some(Mark::This) => Which::This,
        _ => Which::Plain,
    };
    let at = if before == Which::This { at + 1 } else { at };
    weekday::weekday(text, at, true, before).or_else(|| date::after_day_word(text, at))
}

/// "le 5", "le 5 décembre", "le lundi".
fn le(text: Text<'_>, at: usize) -> Found<Day> {
    match text.item(at)? {
        Item::Number(_) | Item::Pair(..) | Item::Triple(..) => date::after_day_word(text, at),
        _ => None,
    }
}

/// "this …", "next …".
fn with(text: Text<'_>, at: usize, which: Which) -> Found<Day> {
    let at = text.skip_articles(at);
    let next = which == Which::Next;
    match text.mark(at)? {
        Mark::TheWeek | Mark::Units(Unit::Week, 1) => Some((Day::Week(next.into()), at + 1)),
        Mark::Day(Day::Weekend) => Some((Day::Weekend, at + 1)),
        Mark::TheMonth | Mark::Units(Unit::Month, 1) => Some((month(next), at + 1)),
        Mark::Month(named) | Mark::WeakMonth(named) => Some((Day::Month(Month::Named(named), None), at + 1)),
        Mark::DayWord => weekday::weekday(text, at + 1, true, which),
        // "this morning": today; the part is read by itself.
        Mark::Part(_) if which == Which::This => Some((Day::In(0), at)),
        _ => weekday::weekday(text, at, false, which),
    }
}

const fn month(next: bool) -> Day {
    Day::Month(if next { Month::Next } else { Month::This }, None)
}

/// "الأسبوع الجاي", "week after next".
fn week(text: Text<'_>, at: usize) -> Found<Day> {
    let number = match text.mark(at + 1)? {
        Mark::This => 0,
        Mark::Next => 1,
        Mark::AfterNext => 2,
        _ => return None,
    };
    Some((Day::Week(number), at + 2))
}

/// After "in": a length of time.
pub(super) fn length(text: Text<'_>, at: usize) -> Found<Day> {
    let at = text.skip_articles(at);
    let (count, at) = text.number(at).map_or((None, at), |(number, next)| (Some(number.value), next));
    let (unit, own) = match text.mark(at)? {
        Mark::Units(unit, own) => (unit, own),
        Mark::JumaaWeek | Mark::BareJumaa => (Unit::Week, 1),
        Mark::DayWord if !named(text, at + 1).is_some_and(|(day, _)| matches!(day, Day::Weekday(..))) => {
            (Unit::Day, 1)
        }
        _ => return None,
    };
    let count = u8::try_from(count.unwrap_or(own.into())).ok().filter(|count| *count > 0)?;
    let day = match unit {
        Unit::Hour => return None,
        Unit::Day => Day::In(count),
        Unit::Week => Day::Weeks(count),
        Unit::Month => Day::Months(count),
    };
    Some((day, at + 1))
}

/// "in December", "في شهر 12", "في رمضان".
fn in_month(text: Text<'_>, at: usize, mark: Mark) -> Found<Day> {
    let at = text.skip_articles(at);
    match text.mark(at)? {
        Mark::Hijri(month) if mark != Mark::After => Some((Day::HijriMonth(month, None), at + 1)),
        Mark::Month(_) | Mark::WeakMonth(_) if mark != Mark::After => {
            date::month_first(text, at, mark == Mark::In)
        }
        _ => None,
    }
}

/// "شهر رمضان".
fn hijri_whole(text: Text<'_>, at: usize) -> Found<Day> {
    let (month, end) = date::hijri_month(text, at)?;
    Some((Day::HijriMonth(month, None), end))
}

/// "أول الشهر", "early December", "end of next month"; "أول شوال" is its first day.
fn third(text: Text<'_>, at: usize, mark: Mark) -> Found<Day> {
    let third = match mark {
        Mark::First | Mark::Early | Mark::EarlyWord => Third::Early,
        Mark::Mid => Third::Mid,
        _ => Third::Late,
    };
    let of = text.skip_articles(at + 1);
    if let Some((month, end)) = date::hijri_month(text, of) {
        let first = Day::Hijri { day: 1, month, year: None };
        return Some((if mark == Mark::First { first } else { Day::HijriMonth(month, Some(third)) }, end));
    }
    if let Some((next, end)) = date::of_the_month(text, of) {
        return Some((Day::Month(if next { Month::Next } else { Month::This }, Some(third)), end));
    }
    let (month, end) = date::month(text, of)?;
    let first = Day::Date { day: 1, month, year: None, swaps: false };
    Some((if mark == Mark::First { first } else { Day::Month(Month::Named(month), Some(third)) }, end))
}

/// "ليلة الجمعة".
fn night(text: Text<'_>, at: usize) -> Found<Day> {
    let at = if text.is(at, Mark::DayWord) { at + 1 } else { text.skip_articles(at) };
    match weekday::weekday(text, at, true, Which::Plain)? {
        (Day::Weekday(weekday, _), end) => Some((Day::NightOf(weekday), end)),
        _ => None,
    }
}
