//! FHIR `instant` and `dateTime`, read tolerantly and written in one form.

use crate::clock::Moment;
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, SecondsFormat, Utc};

/// Reads an `instant`. Any number of fraction digits, `Z` or an offset (also `+0530`, `+05`), seconds left out.
///
/// `None` without an offset: in the zone of the sender it could be any hour, and a wrong hour is worse than none
/// (FHIR R4 `instant`: "SHALL include a time zone").
pub fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    let plain = match text.strip_suffix(['Z', 'z']) {
        Some(local) => format!("{local}+0000"),
        None => text.to_owned(),
    };
    ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"]
        .iter()
        .find_map(|form| DateTime::parse_from_str(&plain, form).ok())
        .map(|at| at.with_timezone(&Utc))
}

/// Writes an `instant` in UTC, without fractions unless there are any.
pub fn write(at: Moment) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Reads a full `date`; partial and foreign forms (`1980`, `01/02/1980`) give `None`.
pub fn date(text: &str) -> Option<NaiveDate> {
    let full = text.len() == "YYYY-MM-DD".len();
    full.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// The first moment after a `Period.end`. A date, month or year is included whole ("If the end of the period is
/// 2012-02-03, then any time on that day is included", FHIR R4 `Period.end`); days are taken in UTC.
pub fn after(text: &str) -> Option<Moment> {
    let next = match text.len() {
        4 => NaiveDate::from_ymd_opt(text.parse().ok()?, 1, 1)?.checked_add_months(Months::new(12)),
        7 => date(&format!("{text}-01"))?.checked_add_months(Months::new(1)),
        10 => date(text)?.checked_add_days(Days::new(1)),
        _ => return parse(text),
    };
    Some(next?.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::{after, date, parse, write};
    use rstest::rstest;

    #[rstest]
    #[case::utc("2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z")]
    #[case::india("2026-12-01T14:30:00+05:30", "2026-12-01T09:00:00Z")]
    #[case::bare_offset("2026-12-01T14:30:00+0530", "2026-12-01T09:00:00Z")]
    #[case::hours_only("2026-12-01T12:00:00+03", "2026-12-01T09:00:00Z")]
    #[case::no_seconds("2026-12-01T09:00Z", "2026-12-01T09:00:00Z")]
    #[case::seven_digits("2020-05-29T11:44:13.1882432-05:00", "2020-05-29T16:44:13.188243200Z")]
    #[case::lower_case_z("2026-12-01T09:00:00z", "2026-12-01T09:00:00Z")]
    #[case::zero_fraction("2026-12-01T09:00:00.000+00:00", "2026-12-01T09:00:00Z")]
    fn what_servers_write_is_read(#[case] text: &str, #[case] meant: &str) {
        assert_eq!(write(parse(text).unwrap()), meant);
    }

    #[rstest]
    #[case::no_offset("2026-12-01T09:00:00")]
    #[case::date("2026-12-01")]
    #[case::nothing("")]
    #[case::hour_24("2026-12-01T24:00:00Z")]
    #[case::words("tomorrow")]
    #[case::trailing("2026-12-01T09:00:00Z; DROP")]
    fn what_could_be_any_hour_is_not(#[case] text: &str) {
        assert_eq!(parse(text), None);
    }

    #[rstest]
    #[case("1980-01-02", true)]
    #[case("1980-02-30", false)]
    #[case("01/02/1980", false)]
    #[case("1980", false)]
    #[case("1980-1-2", false)]
    fn only_full_dates_are_dates(#[case] text: &str, #[case] readable: bool) {
        assert_eq!(date(text).is_some(), readable);
    }

    #[rstest]
    #[case::year("2019", "2020-01-01T00:00:00Z")]
    #[case::december("2019-12", "2020-01-01T00:00:00Z")]
    #[case::day("2020-02-28", "2020-02-29T00:00:00Z")]
    #[case::exact("2020-02-28T10:00:00+03:00", "2020-02-28T07:00:00Z")]
    fn a_period_includes_its_last_day(#[case] end: &str, #[case] first_after: &str) {
        assert_eq!(write(after(end).unwrap()), first_after);
    }
}
