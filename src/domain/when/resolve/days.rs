//! Days.

use super::{Present, Window};
use crate::domain::calendar::Hijri;
use crate::domain::when::{Day, Feast, Month, Third, Time, Which};
use chrono::{Datelike, Duration, Months, NaiveDate, Weekday};

/// A date without a year that was over at most this long ago was that one, not the next year's.
const JUST_PAST: Duration = Duration::days(60);
/// Up to this hour "tomorrow" may be the coming daylight (§5.4).
const NIGHT_UNTIL: u16 = 4 * 60;

/// The days of a [`Day`].
pub(super) enum Days {
    Window(Window),
    Nearest,
    /// One of two.
    Two([NaiveDate; 2]),
    /// The hours that stand beside it on days to come, or a date.
    Mixed(Window, NaiveDate),
    /// The evening of one of two.
    Nights([NaiveDate; 2]),
    Hijri(Hijri, NaiveDate),
    Past,
    Unclear,
}

/// `chosen` is the window of a time without a day.
pub(super) fn days(now: &Present<'_>, day: Day, time: Option<Time>, chosen: Days) -> Days {
    let today = now.today;
    match day {
        Day::In(n) => in_days(now, n.into()),
        Day::Weeks(n) => week_from(today + Duration::weeks(n.into())),
        Day::Months(n) => today.checked_add_months(Months::new(n.into())).map_or(Days::Unclear, week_from),
        Day::Weekday(weekday, which) => weekday_of(now, weekday, which),
        Day::Jumaa => jumaa(now),
        Day::NightOf(weekday) => {
            let day = nearest(today, weekday, 0);
            let day = if day == today { day + Duration::days(7) } else { day };
            Days::Nights([day - Duration::days(1), day])
        }
        Day::Week(n) => week(now, n),
        Day::Weekend => weekend(now),
        Day::Month(month, third) => month_of(now, month, third),
        Day::Nth { day, next } => nth(now, day, next),
        Day::Date { day, month, year, swaps } => date(now, day, month, year, swaps),
        Day::DateOrTime { day, month } => date_or_time(now, day, month, time, chosen),
        Day::Hijri { day, month, year } => hijri(today, day, month, year),
        Day::HijriMonth(month, third) => hijri_month(today, month, third),
        Day::After(feast) => after(now, feast),
        Day::Nearest => Days::Nearest,
    }
}

const fn one(day: NaiveDate) -> Days {
    Days::Window(Window::day(day))
}

const fn between(from: NaiveDate, until: NaiveDate) -> Days {
    Days::Window(Window { from, until, hours: None })
}

fn week_from(day: NaiveDate) -> Days {
    between(day, day + Duration::days(6))
}

/// "بكرة" between midnight and four: the coming daylight, or the day after.
fn in_days(now: &Present<'_>, n: i64) -> Days {
    let day = now.today + Duration::days(n);
    if (1..=2).contains(&n) && now.minute < NIGHT_UNTIL {
        Days::Two([day - Duration::days(1), day])
    } else {
        one(day)
    }
}

/// The nearest day of that name at least `from` days away.
fn nearest(today: NaiveDate, weekday: Weekday, from: i64) -> NaiveDate {
    let start = today + Duration::days(from);
    start + Duration::days(i64::from(weekday.days_since(start.weekday())))
}

fn weekday_of(now: &Present<'_>, weekday: Weekday, which: Which) -> Days {
    let coming = nearest(now.today, weekday, 1);
    let is_today = now.today.weekday() == weekday;
    let after = coming + Duration::days(7);
    match which {
        // Today counts as long as the clinic is still open.
        Which::Plain if is_today && now.is_still_open() => Days::Two([now.today, coming]),
        Which::This if is_today => one(now.today),
        Which::Plain | Which::This => one(coming),
        // "Next" is asked while the nearest is in this week of the clinic.
        Which::Next if now.setting.week_of(coming) == now.setting.week_of(now.today) => {
            Days::Two([coming, after])
        }
        Which::Next => one(coming),
        Which::AfterNext => one(after),
        Which::OfWeek(n) => {
            let start = now.setting.week_of(now.today) + Duration::weeks(n.into());
            one(nearest(start, weekday, 0))
        }
    }
}

/// "الجمعة الجاي": next week where Friday is closed, else asked.
fn jumaa(now: &Present<'_>) -> Days {
    let friday = nearest(now.today, Weekday::Fri, 1);
    let next = now.setting.week_of(now.today) + Duration::weeks(1);
    if !now.setting.is_open(friday) {
        return week(now, 1);
    }
    now.setting.first_open(next).map_or(one(friday), |first| Days::Two([friday, first]))
}

fn week(now: &Present<'_>, n: u8) -> Days {
    week_from(now.setting.week_of(now.today) + Duration::weeks(n.into()))
}

/// The days off that come next; where there are none, the two before the week begins.
fn weekend(now: &Present<'_>) -> Days {
    let open = |day: &NaiveDate| !now.setting.hours.week.get(index(*day)).is_none_or(Vec::is_empty);
    let Some(first) = now.today.iter_days().take(7).find(|day| !open(day)) else {
        let last = now.setting.week_of(now.today) + Duration::days(6);
        return between((last - Duration::days(1)).max(now.today), last);
    };
    let last = first.iter_days().take_while(|day| !open(day)).take(7).last().unwrap_or(first);
    between(first, last)
}

fn index(day: NaiveDate) -> usize {
    day.weekday().num_days_from_monday() as usize
}

fn month_of(now: &Present<'_>, month: Month, third: Option<Third>) -> Days {
    let first = now.today.with_day(1).unwrap_or(now.today);
    let later = |n: u32| first.checked_add_months(Months::new(n));
    let start = match month {
        Month::This => Some(first),
        Month::Next => later(1),
        Month::Named(month) => later((u32::from(month) + 12 - first.month()) % 12),
    };
    let Some(start) = start else { return Days::Unclear };
    let window = part_of(start, last_of(start), third);
    // "أول الشهر" on the 22nd is of the next month.
    match later(1) {
        Some(next) if month == Month::This && third.is_some() && window.until < now.today => {
            Days::Window(part_of(next, last_of(next), third))
        }
        _ => Days::Window(window),
    }
}

fn last_of(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).map_or(first, |next| next - Duration::days(1))
}

/// Days 1 to 10, 11 to 20, 21 to the end.
fn part_of(first: NaiveDate, last: NaiveDate, third: Option<Third>) -> Window {
    let nth = |n: i64| first + Duration::days(n - 1);
    let (from, until) = match third {
        None => (first, last),
        Some(Third::Early) => (first, nth(10)),
        Some(Third::Mid) => (nth(11), nth(20)),
        Some(Third::Late) => (nth(21), last),
    };
    Window { from, until, hours: None }
}

/// The next 5th; on a 5th, today or in a month.
fn nth(now: &Present<'_>, day: u8, next: bool) -> Days {
    let first = now.today.with_day(1).unwrap_or(now.today);
    let months = (u32::from(next)..=12).filter_map(|n| first.checked_add_months(Months::new(n)));
    let mut days = months.filter_map(|month| month.with_day(day.into())).filter(|it| *it >= now.today);
    match (days.next(), days.next()) {
        (Some(today), Some(later)) if today == now.today && later <= now.last => Days::Two([today, later]),
        (Some(day), _) => one(day),
        (None, _) => Days::Unclear,
    }
}

fn date(now: &Present<'_>, day: u8, month: u8, year: Option<u16>, swaps: bool) -> Days {
    let Some(written) = dated(now, day, month, year) else { return Days::Unclear };
    let swapped = if swaps { dated(now, month, day, year) } else { None };
    match swapped {
        Some(swapped) if !now.can_book(written) && now.can_book(swapped) => Days::Two([written, swapped]),
        _ => one(written),
    }
}

/// The day of a date: without a year the one just past, else the next.
fn dated(now: &Present<'_>, day: u8, month: u8, year: Option<u16>) -> Option<NaiveDate> {
    let of = |year: i32| NaiveDate::from_ymd_opt(year, month.into(), day.into());
    if let Some(year) = year {
        return of(year.into());
    }
    let this = now.today.year();
    let mut recent = [this - 1, this].into_iter().filter_map(of);
    let just_past = recent.rfind(|date| *date < now.today && now.today - *date <= JUST_PAST);
    // A 29 February may be years away.
    just_past.or_else(|| (this..=this + 8).filter_map(of).find(|date| *date >= now.today))
}

/// Hours where a day is chosen already or the date cannot be booked.
fn date_or_time(now: &Present<'_>, day: u8, month: u8, time: Option<Time>, chosen: Days) -> Days {
    let date = dated(now, day, month, None).filter(|date| now.can_book(*date));
    match (chosen, date) {
        (Days::Window(hours), Some(date)) if now.setting.day.is_none() && time.is_some() => {
            Days::Mixed(hours, date)
        }
        (chosen, _) => chosen,
    }
}

fn hijri(today: NaiveDate, day: u8, month: u8, year: Option<u16>) -> Days {
    let this = Hijri::of(today).map(|named| named.year);
    let years = year
        .map_or_else(|| this.map(|year| vec![year, year + 1]).unwrap_or_default(), |year| vec![year.into()]);
    let named = years.into_iter().map(|year| Hijri { year, month, day });
    let mut days = named.filter_map(|named| Some((named, named.day()?)));
    let found = days.find(|(_, day)| year.is_some() || *day >= today);
    match found {
        Some((_, day)) if day < today => Days::Past,
        Some((named, day)) => Days::Hijri(named, day),
        None => Days::Unclear,
    }
}

fn hijri_month(today: NaiveDate, month: u8, third: Option<Third>) -> Days {
    let window = |year: i32| {
        let (first, last) = Hijri { year, month, day: 1 }.month_days()?;
        Some(part_of(first, last, third))
    };
    let this = Hijri::of(today).map(|named| named.year);
    let mut windows = this.into_iter().flat_map(|year| [year, year + 1]).filter_map(window);
    windows.find(|window| window.until >= today).map_or(Days::Unclear, Days::Window)
}

/// The first open day after the feast, by the clinic's table of holidays.
fn after(now: &Present<'_>, feast: Feast) -> Days {
    let from = match feast {
        Feast::Holiday => Some(now.today),
        Feast::Ramadan => ramadan_end(now.today),
    };
    let Some(from) = from else { return Days::Unclear };
    let holidays = &now.setting.hours.holidays;
    let first = match feast {
        // The holidays that are now, else the next ones.
        Feast::Holiday => holidays.iter().filter(|day| **day >= from).min().copied(),
        Feast::Ramadan => Some(from + Duration::days(1)),
    };
    first.and_then(|day| now.setting.first_open(day)).map_or(Days::Unclear, one)
}

/// The last day of this Ramadan or the next.
fn ramadan_end(today: NaiveDate) -> Option<NaiveDate> {
    match hijri_month(today, 9, None) {
        Days::Window(window) => Some(window.until),
        _ => None,
    }
}

impl Present<'_> {
    fn can_book(&self, day: NaiveDate) -> bool {
        (self.today..=self.last).contains(&day)
    }

    /// Whether the clinic is open today at a time that can still be booked.
    fn is_still_open(&self) -> bool {
        let notice = u16::try_from(self.setting.min_notice.num_minutes()).unwrap_or(u16::MAX);
        let earliest = self.minute.saturating_add(notice);
        self.setting.spans(self.today).any(|(_, until)| earliest < until)
    }
}
