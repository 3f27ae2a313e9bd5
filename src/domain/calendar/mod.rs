//! Local time, and how days and times are written. The only module that turns moments into wall time: `chrono-tz`
//! 0.10.4 carries rules of 2025b (Morocco has changed since), so the rules come from `jiff`'s database.

mod opening;
mod writing;

pub use opening::{hours_text, next_opening, open_at, open_on, spans};
pub use writing::{Counted, counted, day, day20, digits, hijri, time};

use crate::clock::{Moment, from_millis};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone as _, Timelike};
use chrono_tz::Tz;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
static ZONES: LazyLock<RwLock<HashMap<&'static str, TimeZone>>> = LazyLock::new(RwLock::default);

/// The rules of a zone; UTC for a name that the database does not have, which configuration has refused before.
fn rules(zone: Tz) -> TimeZone {
    if let Some(known) = ZONES.read().unwrap_or_else(PoisonError::into_inner).get(zone.name()) {
        return known.clone();
    }
    let rules = DATABASE.get(zone.name()).unwrap_or(TimeZone::UTC);
    ZONES.write().unwrap_or_else(PoisonError::into_inner).insert(zone.name(), rules.clone());
    rules
}

/// True when the rules of this zone are known.
pub fn knows(zone: Tz) -> bool {
    DATABASE.get(zone.name()).is_ok()
}

fn offset(at: Moment, zone: Tz) -> Duration {
    let stamp = Timestamp::from_second(at.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH);
    Duration::seconds(i64::from(rules(zone).to_offset(stamp).seconds()))
}

/// Wall time at `zone`.
pub fn local(at: Moment, zone: Tz) -> NaiveDateTime {
    (at + offset(at, zone)).naive_utc()
}

/// The moment of a wall time: in a gap the time moved forward, in a fold the first of the two.
pub fn at(day: NaiveDate, time: NaiveTime, zone: Tz) -> Moment {
    let part = |n: u32| i8::try_from(n).unwrap_or(0);
    let wall = DateTime::new(
        i16::try_from(day.year()).unwrap_or(0),
        part(day.month()),
        part(day.day()),
        part(time.hour()),
        part(time.minute()),
        part(time.second()),
        0,
    );
    let stamp = wall.and_then(|wall| rules(zone).to_ambiguous_timestamp(wall).compatible());
    from_millis(stamp.map_or(0, |stamp| stamp.as_millisecond()))
}

/// The first moment of a day and the first of the next.
pub fn day_bounds(day: NaiveDate, zone: Tz) -> (Moment, Moment) {
    (at(day, NaiveTime::MIN, zone), at(day + Duration::days(1), NaiveTime::MIN, zone))
}

/// Zones whose rules in `chrono-tz` are out of date within `days`, with the first day that shows it.
pub fn stale_zones(zones: &[Tz], from: Moment, days: i64) -> Vec<(Tz, Moment)> {
    let differs = |zone: Tz, at: Moment| {
        let old = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
        i64::from(old) != offset(at, zone).num_seconds()
    };
    let first = |zone: Tz| (0..days).map(|n| from + Duration::days(n)).find(|at| differs(zone, *at));
    zones.iter().filter_map(|zone| Some((*zone, first(*zone)?))).collect()
}

/// Where the rules in use come from; the crate's version moves with each release of the IANA database.
pub fn tzdb_source() -> String {
    format!("jiff's bundled database, {} zones", DATABASE.available().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::morocco_left_plus_one(Tz::Africa__Casablanca, "2026-12-01T10:00:00", "2026-12-01T10:00:00Z")]
    #[case::riyadh(Tz::Asia__Riyadh, "2026-11-29T10:30:00", "2026-11-29T07:30:00Z")]
    #[case::cairo_summer(Tz::Africa__Cairo, "2026-07-01T09:00:00", "2026-07-01T06:00:00Z")]
    #[case::cairo_winter(Tz::Africa__Cairo, "2026-12-01T09:00:00", "2026-12-01T07:00:00Z")]
    fn wall_time_is_right_both_ways(#[case] zone: Tz, #[case] wall_time: &str, #[case] utc: &str) {
        let wall_time = wall(wall_time);
        assert_eq!(at(wall_time.date(), wall_time.time(), zone), moment(utc));
        assert_eq!(local(moment(utc), zone), wall_time);
    }

    #[test]
    fn a_fold_is_its_first_time_and_a_gap_moves_on() {
        let (fold, gap) = (wall("2026-10-25T01:30:00"), wall("2026-03-29T01:30:00"));
        assert_eq!(at(fold.date(), fold.time(), Tz::Europe__London), moment("2026-10-25T00:30:00Z"));
        assert_eq!(at(gap.date(), gap.time(), Tz::Europe__London), moment("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn a_day_may_have_23_or_25_hours() {
        let hours = |day: &str| {
            let (from, until) = day_bounds(day.parse().unwrap(), Tz::Europe__London);
            (until - from).num_hours()
        };
        assert_eq!((hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")), (23, 25, 24));
    }

    #[test]
    fn chrono_tz_is_known_to_be_out_of_date_for_morocco() {
        let zones = [Tz::Africa__Casablanca, Tz::Asia__Riyadh];
        let stale = stale_zones(&zones, moment("2026-11-24T00:00:00Z"), 400);
        assert_eq!(stale.iter().map(|(zone, _)| *zone).collect::<Vec<_>>(), [Tz::Africa__Casablanca]);
    }
}
