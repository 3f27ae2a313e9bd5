//! When people are there.

use crate::clock::Moment;
use crate::domain::calendar::{at, local, time};
use crate::domain::clinic::{Locale, Opening, OpeningHours, Writing};
use chrono::{Datelike, Duration, NaiveDate};
use chrono_tz::Tz;

/// A clinic that opens at all does so within this many days.
const SEARCHED_DAYS: i64 = 60;

/// When people are there on a day; empty when it is closed.
pub fn spans(hours: &OpeningHours, day: NaiveDate) -> &[Opening] {
    if hours.holidays.contains(&day) {
        return &[];
    }
    &hours.week[day.weekday().num_days_from_monday() as usize]
}

/// True of a day on which people are there at all.
pub fn open_on(hours: &OpeningHours, day: NaiveDate) -> bool {
    !spans(hours, day).is_empty()
}

/// True while people are there.
pub fn open_at(hours: &OpeningHours, now: Moment, zone: Tz) -> bool {
    let wall = local(now, zone);
    spans(hours, wall.date()).iter().any(|span| (span.from..span.until).contains(&wall.time()))
}

/// When people are there next; now, if they are.
pub fn next_opening(hours: &OpeningHours, now: Moment, zone: Tz) -> Option<Moment> {
    if open_at(hours, now, zone) {
        return Some(now);
    }
    let today = local(now, zone).date();
    (0..SEARCHED_DAYS)
        .flat_map(|n| {
            let day = today + Duration::days(n);
            spans(hours, day).iter().map(move |span| at(day, span.from, zone))
        })
        .find(|opens| *opens > now)
}

/// The hours of the current day, else of the next day that has any; empty when there are none.
pub fn hours_text(hours: &OpeningHours, now: Moment, zone: Tz, locale: Locale, writing: &Writing) -> String {
    let Some(opens) = next_opening(hours, now, zone) else { return String::new() };
    let spans = spans(hours, local(opens, zone).date());
    let texts: Vec<String> = spans.iter().map(|span| range(span, locale, writing)).collect();
    texts.join(match locale {
        Locale::Ar => "، ",
        Locale::En => ", ",
    })
}

/// In words: a dash turns round in Arabic.
fn range(span: &Opening, locale: Locale, writing: &Writing) -> String {
    let (from, until) = (time(span.from, locale, writing), time(span.until, locale, writing));
    match locale {
        Locale::Ar => format!("من {from} إلى {until}"),
        Locale::En => format!("{from} to {until}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clinic::{ClockStyle, Digits, Months};

    const WRITING: Writing =
        Writing { digits: Digits::Latin, clock: ClockStyle::Twelve, months: Months::Gulf };

    fn sunday_to_thursday() -> OpeningHours {
        let span = Opening { from: "08:00:00".parse().unwrap(), until: "20:00:00".parse().unwrap() };
        let mut hours = OpeningHours::default();
        for day in [0, 1, 2, 3, 6] {
            hours.week[day] = vec![span];
        }
        hours
    }

    #[test]
    fn thursday_evening_leads_to_sunday_morning_and_a_holiday_to_monday() {
        let mut hours = sunday_to_thursday();
        let thursday: Moment = "2026-11-26T18:00:00Z".parse().unwrap();
        assert!(!open_at(&hours, thursday, Tz::Asia__Riyadh));
        let sunday = next_opening(&hours, thursday, Tz::Asia__Riyadh).unwrap();
        assert_eq!(sunday.to_rfc3339(), "2026-11-29T05:00:00+00:00");
        hours.holidays.push("2026-11-29".parse().unwrap());
        let monday = next_opening(&hours, thursday, Tz::Asia__Riyadh).unwrap();
        assert_eq!(monday.to_rfc3339(), "2026-11-30T05:00:00+00:00");
    }

    #[test]
    fn hours_are_told_in_words() {
        let hours = sunday_to_thursday();
        let now: Moment = "2026-11-24T10:00:00Z".parse().unwrap();
        let text = |locale| hours_text(&hours, now, Tz::Asia__Riyadh, locale, &WRITING);
        assert_eq!(text(Locale::Ar), "من 8:00 صباحا إلى 8:00 مساء");
        assert_eq!(text(Locale::En), "8:00 am to 8:00 pm");
        assert_eq!(hours_text(&OpeningHours::default(), now, Tz::Asia__Riyadh, Locale::En, &WRITING), "");
    }
}
