//! Times of day, weekdays, opening hours and holidays.

use super::fault::{Wrong, wrong};
use super::reader::Section;
use crate::domain::clinic::{Opening, OpeningHours};
use chrono::{NaiveDate, NaiveTime, Weekday};
use toml::Value;

/// The longest closed time one entry may name.
const HOLIDAY_MAX_DAYS: usize = 60;

/// The days as the configuration names them, in the order of the week.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// `21:00`; `24:00` is the last second of the day.
pub(super) fn time(text: &str) -> Result<NaiveTime, Wrong> {
    let unclear =
        || wrong(format!("{text:?} is not a time of day"), "write hours and minutes, as in \"21:00\"");
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<u32>().ok()).flatten();
    let (hours, minutes) = text.split_once(':').ok_or_else(unclear)?;
    let time = match (two(hours), two(minutes)) {
        (Some(24), Some(0)) => NaiveTime::from_hms_opt(23, 59, 59),
        (Some(hours), Some(minutes)) => NaiveTime::from_hms_opt(hours, minutes, 0),
        _ => None,
    };
    time.ok_or_else(unclear)
}

/// `sun`.
pub(super) fn weekday(text: &str) -> Result<Weekday, Wrong> {
    let found = DAYS.into_iter().find(|(name, _)| *name == text).map(|(_, day)| day);
    found.ok_or_else(|| wrong(format!("{text:?} is not a day"), "use mon, tue, wed, thu, fri, sat or sun"))
}

/// `sun-thu` or `sat`: the days, across the end of the week if need be.
fn days(text: &str) -> Result<Vec<Weekday>, Wrong> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (mut day, last) = (weekday(first)?, weekday(last)?);
    let mut days = vec![day];
    while day != last {
        day = day.succ();
        days.push(day);
    }
    Ok(days)
}

/// `08:00-20:00`.
fn opening(text: &str) -> Result<Opening, Wrong> {
    let fix = "write it as in \"08:00-20:00\"; hours past midnight belong to the next day";
    let unclear = || wrong(format!("{text:?} is not a span of a day"), fix);
    let (from, until) = text.split_once('-').ok_or_else(unclear)?;
    let span = Opening { from: time(from)?, until: time(until)? };
    (span.from < span.until).then_some(span).ok_or_else(unclear)
}

/// `opening_hours = { sun-thu = ["08:00-20:00"], sat = ["09:00-14:00"] }` and the `holiday` entries.
pub(super) fn read(s: &mut Section<'_>) -> OpeningHours {
    let mut hours = OpeningHours::default();
    match s.take("opening_hours") {
        None => s.missing("opening_hours", "{ sun-thu = [\"08:00-16:00\"] }"),
        Some(value) => {
            if let Err(wrong) = fill(&mut hours.week, value) {
                s.fault("opening_hours", wrong);
            }
        }
    }
    hours.holidays = s.tables("holiday", |_, s| holiday(s)).into_iter().flatten().collect();
    hours
}

fn fill(week: &mut [Vec<Opening>; 7], value: Value) -> Result<(), Wrong> {
    let form = || wrong("is not a table of days", "write it as in { sun-thu = [\"08:00-20:00\"] }");
    let Value::Table(table) = value else { return Err(form()) };
    for (names, spans) in &table {
        let texts = spans.as_array().ok_or_else(form)?.iter().map(|span| span.as_str().ok_or_else(form));
        let spans = texts.map(|text| text.and_then(opening)).collect::<Result<Vec<_>, _>>()?;
        for day in days(names)? {
            put(week, day, &spans)?;
        }
    }
    Ok(())
}

fn put(week: &mut [Vec<Opening>; 7], day: Weekday, spans: &[Opening]) -> Result<(), Wrong> {
    let Some(place) = week.get_mut(day.num_days_from_monday() as usize) else { return Ok(()) };
    place.extend_from_slice(spans);
    place.sort_by_key(|span| span.from);
    let overlap = place.windows(2).any(|pair| matches!(pair, [a, b] if a.until > b.from));
    if overlap {
        Err(wrong(format!("{day} has hours that overlap"), "give each hour of a day once"))
    } else {
        Ok(())
    }
}

fn holiday(s: &mut Section<'_>) -> Vec<NaiveDate> {
    if !s.has("date") {
        s.missing("date", "\"2026-09-23\"");
    }
    let (first, until) = (date(s, "date"), date(s, "until"));
    let Some(first) = first else { return Vec::new() };
    let last = until.unwrap_or(first);
    let days: Vec<NaiveDate> =
        first.iter_days().take_while(|day| *day <= last).take(HOLIDAY_MAX_DAYS + 1).collect();
    if days.is_empty() || days.len() > HOLIDAY_MAX_DAYS {
        let fix = format!("name at most {HOLIDAY_MAX_DAYS} days, the first one first");
        s.fault("until", wrong(format!("{last} does not follow {first} closely"), fix));
    }
    days
}

/// A date, as a string or as TOML's own.
fn date(s: &mut Section<'_>, key: &'static str) -> Option<NaiveDate> {
    let text = match s.take(key)? {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let read =
        text.parse().map_err(|_| wrong(format!("{text:?} is not a date"), "write it as in \"2026-09-23\""));
    read.map_err(|wrong| s.fault(key, wrong)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn week(text: &str) -> Result<[Vec<Opening>; 7], String> {
        let mut week = <[Vec<Opening>; 7]>::default();
        let value = text.parse().unwrap();
        fill(&mut week, value).map(|()| week).map_err(|wrong| wrong.problem)
    }

    fn at(hours: u32, minutes: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hours, minutes, 0).unwrap()
    }

    #[test]
    fn a_week_of_the_gulf() {
        let week = week(r#"{ sun-thu = ["08:00-12:00", "16:00-20:00"], sat = ["09:00-14:00"] }"#).unwrap();
        let open: Vec<usize> = week.iter().map(Vec::len).collect();
        assert_eq!(open, [2, 2, 2, 2, 0, 1, 2], "Monday first; Friday closed");
        assert_eq!(week[0][1], Opening { from: at(16, 0), until: at(20, 0) });
    }

    #[test]
    fn the_end_of_a_day_may_be_named() {
        let week = week(r#"{ mon-sun = ["00:00-24:00"] }"#).unwrap();
        assert!(week.iter().all(|day| day[0].until == NaiveTime::from_hms_opt(23, 59, 59).unwrap()));
    }

    #[rstest]
    #[case(r#"{ sunday = ["08:00-12:00"] }"#, "\"sunday\" is not a day")]
    #[case(r#"{ sun = "08:00-12:00" }"#, "is not a table of days")]
    #[case(r#"{ sun = [8] }"#, "is not a table of days")]
    #[case(r#"["08:00-12:00"]"#, "is not a table of days")]
    #[case(r#"{ sun = ["8-12"] }"#, "\"8\" is not a time of day")]
    #[case(r#"{ sun = ["08:00-25:00"] }"#, "\"25:00\" is not a time of day")]
    #[case(r#"{ sun = ["20:00-02:00"] }"#, "\"20:00-02:00\" is not a span of a day")]
    #[case(r#"{ sun = ["08:00"] }"#, "\"08:00\" is not a span of a day")]
    #[case(r#"{ sun-thu = ["08:00-12:00"], mon = ["11:00-13:00"] }"#, "Mon has hours that overlap")]
    fn hours_that_make_no_sense_are_refused(#[case] text: &str, #[case] problem: &str) {
        assert_eq!(week(text).unwrap_err(), problem);
    }
}
