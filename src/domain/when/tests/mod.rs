//! The rows of `conversation.md` §5, with the clock of its examples: Sunday 22 November 2026, 10:00 in Riyadh, a week
//! that begins on Sunday, open Sunday to Thursday from 8 to 20.

mod ambiguous;
mod clock;
mod code;
mod dates;
mod days;
mod silence;

use super::{Hours, Resolved, Setting, Window, read, resolve};
use crate::clock::Moment;
use crate::domain::clinic::{Opening, OpeningHours};
use chrono::{Datelike, Duration, NaiveDate, Weekday};
use chrono_tz::Tz;

/// A clinic and its clock.
struct Clinic {
    now: Moment,
    hours: OpeningHours,
    horizon: i64,
    week_start: Weekday,
    day: Option<NaiveDate>,
}

impl Clinic {
    /// The page's own, booking a year ahead so that its examples are within reach.
    fn of_the_page() -> Self {
        let span = Opening { from: "08:00:00".parse().unwrap(), until: "20:00:00".parse().unwrap() };
        let mut hours = OpeningHours::default();
        for day in [0, 1, 2, 3, 6] {
            hours.week[day] = vec![span];
        }
        let now = "2026-11-22T10:00:00+03:00".parse().unwrap();
        Self { now, hours, horizon: 365, week_start: Weekday::Sun, day: None }
    }

    fn at(self, now: &str) -> Self {
        Self { now: format!("{now}:00+03:00").parse().unwrap(), ..self }
    }

    fn booking(self, horizon: i64) -> Self {
        Self { horizon, ..self }
    }

    fn open(mut self, weekday: Weekday, from: &str, until: &str) -> Self {
        let span = Opening { from: from.parse().unwrap(), until: until.parse().unwrap() };
        self.hours.week[weekday.num_days_from_monday() as usize] = vec![span];
        self
    }

    fn open_daily(mut self, from: &str, until: &str) -> Self {
        for n in 0..7 {
            self = self.open(Weekday::try_from(n).unwrap(), from, until);
        }
        self
    }

    fn holidays(mut self, from: &str, days: usize) -> Self {
        let first: NaiveDate = from.parse().unwrap();
        self.hours.holidays.extend(first.iter_days().take(days));
        self
    }

    fn on(self, day: &str) -> Self {
        Self { day: Some(day.parse().unwrap()), ..self }
    }

    /// What a text comes to, in words.
    fn told(&self, text: &str) -> String {
        let setting = Setting {
            zone: Tz::Asia__Riyadh,
            week_start: self.week_start,
            hours: &self.hours,
            horizon: Duration::days(self.horizon),
            min_notice: Duration::hours(2),
            day: self.day,
        };
        read(text).map_or_else(|| "nothing".to_owned(), |when| written(resolve(&when, self.now, &setting)))
    }
}

fn told(text: &str) -> String {
    Clinic::of_the_page().told(text)
}

fn written(resolved: Resolved) -> String {
    match resolved {
        Resolved::Window(one) => window(one),
        Resolved::WhichDay([a, b]) => format!("which {} | {}", window(a), window(b)),
        Resolved::WhichTime(days, [a, b]) => format!("am-pm {} {} | {}", window(days), hours(a), hours(b)),
        Resolved::WhichNight([a, b]) => format!("night {} | {}", window(a), window(b)),
        Resolved::Hijri(named, day) => {
            format!("hijri {}/{}/{} {}", named.day, named.month, named.year, window(day))
        }
        Resolved::Past => "past".to_owned(),
        Resolved::Far(last) => format!("far {}", day(last)),
        Resolved::Closed(closed) => format!("closed {}", day(closed)),
        Resolved::Nearest => "nearest".to_owned(),
        Resolved::Unclear => "unclear".to_owned(),
    }
}

fn window(window: Window) -> String {
    let days = if window.is_one_day() {
        day(window.from)
    } else {
        format!("{} to {}", day(window.from), day(window.until))
    };
    window.hours.map_or(days.clone(), |span| format!("{days} {}", hours(span)))
}

fn hours(span: Hours) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    if span.is_point() { clock(span.from) } else { format!("{}-{}", clock(span.from), clock(span.until)) }
}

fn day(day: NaiveDate) -> String {
    let year = if day.year() == 2026 { String::new() } else { format!(" {}", day.year()) };
    format!("{}{year}", day.format("%a %-d %b"))
}

/// Every text of a row, parted by the Arabic semicolon-free comma of the page and by commas.
fn each(row: &str, comes_to: &str) {
    for text in row.split(['،', ',']).map(str::trim).filter(|text| !text.is_empty()) {
        assert_eq!(told(text), comes_to, "{text}");
    }
}
