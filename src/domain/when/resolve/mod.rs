//! From what was said to days of the calendar (`conversation.md` §5).

mod days;
mod hours;

use super::setting::minute;
use super::{Clock, Half, Setting, Time, When};
use crate::clock::Moment;
use crate::domain::calendar::{Hijri, at};
use chrono::{Duration, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use days::{Days, days};
pub(super) use hours::span;
use hours::{Choice, choice};

/// Days, perhaps only some hours of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first.
    pub from: NaiveDate,
    /// The last; the first again for one day.
    pub until: NaiveDate,
    /// Which hours; none for all.
    pub hours: Option<Hours>,
}

/// Hours of a day, in minutes after its midnight: 900 is 15:00. Beyond 1440 they are of the night that follows, which
/// people count as the same evening (`line-night`). One moment where both are equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hours {
    /// From then.
    pub from: u16,
    /// To then; at most 1620, 03:00 of the next day.
    pub until: u16,
}

/// What [`When`] comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// These days and hours.
    Window(Window),
    /// One of two days (`date-which`).
    WhichDay([Window; 2]),
    /// One of two times on the same days (`date-am-pm`).
    WhichTime(Window, [Hours; 2]),
    /// The evening of one of two days (`date-night`).
    WhichNight([Window; 2]),
    /// A Hijri date, to be confirmed with its day in the common calendar (`date-hijri`).
    Hijri(Hijri, Window),
    /// It is over (`date-past`).
    Past,
    /// Beyond what can be booked, with the last day that can (`date-far`).
    Far(NaiveDate),
    /// The clinic is closed that day (`book-closed-day`).
    Closed(NaiveDate),
    /// As early as possible.
    Nearest,
    /// A day that cannot be told: a feast that the clinic's table does not hold, a day that does not exist.
    Unclear,
}

impl Window {
    /// One whole day.
    pub const fn day(day: NaiveDate) -> Self {
        Self { from: day, until: day, hours: None }
    }

    const fn within(self, hours: Option<Hours>) -> Self {
        Self { hours, ..self }
    }

    /// True for one day.
    pub fn is_one_day(&self) -> bool {
        self.from == self.until
    }

    /// The moments of one of its days: from the first to the one after the last. A point lasts a minute.
    pub fn moments(&self, day: NaiveDate, zone: Tz) -> (Moment, Moment) {
        let hours = self.hours.unwrap_or(Hours { from: 0, until: 1440 });
        let until = hours.until.max(hours.from + 1);
        (hours.moment(day, hours.from, zone), hours.moment(day, until, zone))
    }

    /// True for a moment within these days and hours.
    pub fn holds(&self, moment: Moment, zone: Tz) -> bool {
        let days = self.from.iter_days().take_while(|day| *day <= self.until);
        days.map(|day| self.moments(day, zone)).any(|(from, until)| (from..until).contains(&moment))
    }
}

impl Hours {
    /// Hours between two moments of a day.
    pub const fn between(from: u16, until: u16) -> Self {
        Self { from, until }
    }

    /// One moment.
    pub const fn at(minute: u16) -> Self {
        Self { from: minute, until: minute }
    }

    /// One moment rather than a span.
    pub const fn is_point(&self) -> bool {
        self.from == self.until
    }

    /// The wall time it begins at.
    pub fn start(&self) -> NaiveTime {
        NaiveTime::MIN + Duration::minutes(i64::from(self.from % 1440))
    }

    fn moment(self, day: NaiveDate, minute: u16, zone: Tz) -> Moment {
        let time = NaiveTime::MIN + Duration::minutes(i64::from(minute % 1440));
        at(day + Duration::days(i64::from(minute / 1440)), time, zone)
    }
}

/// What was said, at this moment and in this place.
pub fn resolve(when: &When, now: Moment, setting: &Setting<'_>) -> Resolved {
    let wall = setting.wall(now);
    let present =
        Present { today: wall.date(), minute: minute(wall.time()), last: setting.last(now), setting };
    let (time, days) = present.read(when);
    present.combine(days, time)
}

/// Now and here.
struct Present<'a> {
    today: NaiveDate,
    minute: u16,
    last: NaiveDate,
    setting: &'a Setting<'a>,
}

impl Present<'_> {
    /// The days that were said; the one already chosen, or all that can be booked, where none was.
    fn read(&self, when: &When) -> (Option<Time>, Days) {
        let all = Days::Window(Window { from: self.today, until: self.last, hours: None });
        let chosen = self.setting.day.map_or(all, |day| Days::Window(Window::day(day)));
        match (when.day, when.time) {
            (None, Some(Time::InHours(n))) => self.in_hours(n),
            (None, time) => (time, chosen),
            (Some(day), time) => (time, days(self, day, time, chosen)),
        }
    }

    /// "in two hours": from then on, perhaps tomorrow already.
    fn in_hours(&self, n: u8) -> (Option<Time>, Days) {
        let minutes = self.minute + u16::from(n) * 60;
        let day = self.today + Duration::days(i64::from(minutes / 1440));
        let from = Clock { minute: minutes % 1440, half: Half::Fixed };
        (Some(Time::From(from)), Days::Window(Window::day(day)))
    }

    fn combine(&self, days: Days, time: Option<Time>) -> Resolved {
        match days {
            Days::Window(window) => self.one(window, time),
            Days::Nearest if time.is_none() => Resolved::Nearest,
            Days::Nearest => self.one(Window { from: self.today, until: self.last, hours: None }, time),
            Days::Two(days) => self.two(days, time),
            Days::Mixed(hours, date) => self.mixed(hours, date, time),
            Days::Nights(nights) => {
                Resolved::WhichNight(nights.map(|day| Window::day(day).within(Some(self.night_hours(time)))))
            }
            Days::Hijri(named, day) => self.hijri(named, day, time),
            Days::Past => Resolved::Past,
            Days::Unclear => Resolved::Unclear,
        }
    }

    /// One window, within what can be booked and what is open.
    fn one(&self, window: Window, time: Option<Time>) -> Resolved {
        if window.until < self.today {
            return Resolved::Past;
        }
        if window.from > self.last {
            return Resolved::Far(self.last);
        }
        let from = window.from.max(self.today);
        let until = window.until.min(self.last).max(from);
        if let Some(Time::Midnight(minutes)) = time {
            return self.midnight(window, minutes);
        }
        let mut open =
            from.iter_days().take_while(|day| *day <= until).filter(|day| self.setting.is_open(*day));
        let Some(first) = open.next() else { return Resolved::Closed(from) };
        let last = open.last().unwrap_or(first);
        self.at(Window { from: first, until: last, hours: None }, time)
    }

    /// The hours of open days.
    fn at(&self, window: Window, time: Option<Time>) -> Resolved {
        let Some(time) = time else { return Resolved::Window(window) };
        match choice(self, window, time) {
            Choice::Any => Resolved::Window(window),
            Choice::One(hours) => Resolved::Window(window.within(Some(hours))),
            Choice::Two(hours) => Resolved::WhichTime(window, hours),
            Choice::Past => Resolved::Past,
        }
    }

    /// Two days: neither is dropped for being closed, since the question shows both. A time that is over today
    /// leaves the other; one that is itself unclear waits until the day is known.
    fn two(&self, days: [NaiveDate; 2], time: Option<Time>) -> Resolved {
        let windows = days.map(Window::day);
        let [first, second] = windows.map(|window| match time.map(|time| choice(self, window, time)) {
            None | Some(Choice::Any | Choice::Two(_)) => Some(window),
            Some(Choice::One(hours)) => Some(window.within(Some(hours))),
            Some(Choice::Past) => None,
        });
        match (first, second) {
            (Some(first), Some(second)) if second.from <= self.last => Resolved::WhichDay([first, second]),
            (Some(window), _) | (None, Some(window)) => self.one(Window::day(window.from), time),
            (None, None) => Resolved::Past,
        }
    }

    /// A time today or later, or a date: "3-5".
    fn mixed(&self, hours: Window, date: NaiveDate, time: Option<Time>) -> Resolved {
        let as_hours = self.one(hours, time);
        match as_hours {
            Resolved::Window(window) => {
                let day = self.first_with(window);
                Resolved::WhichDay([Window { hours: window.hours, ..Window::day(day) }, Window::day(date)])
            }
            other => other,
        }
    }

    /// The first day whose hours are not over.
    fn first_with(&self, window: Window) -> NaiveDate {
        let over = window.from == self.today && window.hours.is_some_and(|hours| hours.until <= self.minute);
        if over {
            self.setting.first_open(window.from + Duration::days(1)).unwrap_or(window.from)
        } else {
            window.from
        }
    }

    /// "12 بالليل": of the evening before, or of that evening.
    fn midnight(&self, window: Window, minutes: u16) -> Resolved {
        let hours = Some(Hours::at(1440 + minutes));
        let day = window.from.max(self.today);
        let before = day - Duration::days(1);
        let evenings = if before < self.today { [day, day + Duration::days(1)] } else { [before, day] };
        Resolved::WhichNight(evenings.map(|day| Window::day(day).within(hours)))
    }

    fn night_hours(&self, time: Option<Time>) -> Hours {
        match time.map(|time| choice(self, Window::day(self.today + Duration::days(1)), time)) {
            Some(Choice::One(hours)) => hours,
            _ => match time {
                Some(Time::Midnight(minutes)) => Hours::at(1440 + minutes),
                _ => hours::EVENING_AND_NIGHT,
            },
        }
    }

    /// Asked back even where it cannot be booked: the answer to "yes" says so, and a sighting may differ by a day.
    fn hijri(&self, named: Hijri, day: NaiveDate, time: Option<Time>) -> Resolved {
        if day < self.today {
            return Resolved::Past;
        }
        let hours = match time.map(|time| choice(self, Window::day(day), time)) {
            Some(Choice::One(hours)) => Some(hours),
            _ => None,
        };
        Resolved::Hijri(named, Window::day(day).within(hours))
    }
}
