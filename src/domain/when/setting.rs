//! Where a [`When`](super::When) is resolved.

use crate::clock::Moment;
use crate::domain::calendar::{local, spans};
use crate::domain::clinic::{Clinic, OpeningHours};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;

/// What of a clinic gives days and times their meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setting<'a> {
    /// Its zone.
    pub zone: Tz,
    /// The first day of its week.
    pub week_start: Weekday,
    /// When it is open, and its holidays.
    pub hours: &'a OpeningHours,
    /// How far ahead it books.
    pub horizon: Duration,
    /// How long from now the first bookable time is.
    pub min_notice: Duration,
    /// The day already chosen in this conversation: a time alone is one of it, and "3-5" are hours.
    pub day: Option<NaiveDate>,
}

/// One minute past this one is the next day.
const DAY: u16 = 1440;

impl<'a> Setting<'a> {
    /// That of a clinic, no day chosen.
    pub fn of(clinic: &'a Clinic) -> Self {
        Self {
            zone: clinic.zone,
            week_start: clinic.week_start,
            hours: &clinic.hours,
            horizon: clinic.booking.horizon,
            min_notice: clinic.booking.min_notice,
            day: None,
        }
    }

    /// The same with a day chosen.
    #[must_use]
    pub const fn on(self, day: NaiveDate) -> Self {
        Self { day: Some(day), ..self }
    }

    pub(super) fn is_open(&self, day: NaiveDate) -> bool {
        !spans(self.hours, day).is_empty()
    }

    /// The first open day from `day` on, within the horizon of a search of a year.
    pub(super) fn first_open(&self, day: NaiveDate) -> Option<NaiveDate> {
        day.iter_days().take(366).find(|day| self.is_open(*day))
    }

    /// Opening hours of a day in minutes.
    pub(super) fn spans(&self, day: NaiveDate) -> impl Iterator<Item = (u16, u16)> + 'a {
        spans(self.hours, day).iter().map(|span| (minute(span.from), minute(span.until)))
    }

    /// Opening hours of any day of the week.
    pub(super) fn week_spans(&self) -> impl Iterator<Item = (u16, u16)> + 'a {
        self.hours.week.iter().flatten().map(|span| (minute(span.from), minute(span.until)))
    }

    /// The first day of the clinic's week that holds `day`.
    pub(super) fn week_of(&self, day: NaiveDate) -> NaiveDate {
        day - Duration::days(i64::from(day.weekday().days_since(self.week_start)))
    }

    pub(super) fn wall(&self, now: Moment) -> NaiveDateTime {
        local(now, self.zone)
    }

    /// The last day that can be booked.
    pub(super) fn last(&self, now: Moment) -> NaiveDate {
        local(now + self.horizon, self.zone).date()
    }
}

/// Minutes after midnight; 23:59:59, how 24:00 is kept, is the whole day.
pub(super) fn minute(time: NaiveTime) -> u16 {
    let minutes = u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(DAY);
    if time.second() == 59 { minutes + 1 } else { minutes }
}
