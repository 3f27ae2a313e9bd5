//! Lengths of time as an operator writes them: `10s`, `15m`, `2h`, `30d`, `6y`.

use super::fault::{Wrong, wrong};
use std::fmt;

/// The units, longest first, in seconds. A year is 366 days, so that nothing is deleted a day too early.
const UNITS: [(char, i64); 5] = [('y', 366 * 86_400), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// The longest span: 100 years.
const LONGEST: i64 = 100 * 366 * 86_400;

/// A length of time in whole seconds, never negative, at most a hundred years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Span(i64);

impl Span {
    pub(super) const fn seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    pub(super) const fn hours(hours: i64) -> Self {
        Self(hours * 3_600)
    }

    pub(super) const fn days(days: i64) -> Self {
        Self(days * 86_400)
    }

    /// As the domain counts.
    pub const fn duration(self) -> chrono::Duration {
        chrono::Duration::seconds(self.0)
    }

    /// As time-outs of sockets count.
    pub const fn std(self) -> std::time::Duration {
        std::time::Duration::from_secs(self.0.unsigned_abs())
    }

    /// Whether it is `0`, which switches off what it times.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads `2h`; `0` needs no unit.
    pub(super) fn parse(text: &str) -> Result<Self, Wrong> {
        let unclear = || {
            wrong(
                format!("{text:?} is no length of time"),
                "write a number and s, m, h, d or y, as in \"2h\"",
            )
        };
        if text == "0" {
            return Ok(Self(0));
        }
        let (unit, seconds) =
            UNITS.into_iter().find(|(unit, _)| text.ends_with(*unit)).ok_or_else(unclear)?;
        let number = text.strip_suffix(unit).ok_or_else(unclear)?;
        let number: u32 = number
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(number)
            .and_then(|n| n.parse().ok())
            .ok_or_else(unclear)?;
        let total = i64::from(number) * seconds;
        (total <= LONGEST).then_some(Self(total)).ok_or_else(unclear)
    }

    /// Reads `-24h`: so long before.
    pub(super) fn parse_before(text: &str) -> Result<Self, Wrong> {
        let unclear =
            || wrong(format!("{text:?} is not a time before the appointment"), "write it as in \"-24h\"");
        text.strip_prefix('-').ok_or_else(unclear).and_then(Self::parse)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = UNITS.iter().skip(1).find(|(_, seconds)| self.0 % seconds == 0);
        let (unit, seconds) = unit.copied().unwrap_or(('s', 1));
        if self.is_zero() { f.write_str("0") } else { write!(f, "{}{unit}", self.0 / seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use rstest::rstest;

    #[rstest]
    #[case("10s", 10, "10s")]
    #[case("15m", 900, "15m")]
    #[case("2h", 7_200, "2h")]
    #[case("90m", 5_400, "90m")]
    #[case("30d", 2_592_000, "30d")]
    #[case("48h", 172_800, "2d")]
    #[case("6y", 6 * 366 * 86_400, "2196d")]
    #[case("0", 0, "0")]
    #[case("0s", 0, "0")]
    fn spans_are_read_and_written(#[case] text: &str, #[case] seconds: i64, #[case] written: &str) {
        let span = Span::parse(text).unwrap();
        assert_eq!((span.duration().num_seconds(), span.std().as_secs()), (seconds, seconds as u64));
        assert_eq!(span.to_string(), written);
        assert_eq!(Span::parse(written).unwrap(), span);
    }

    #[rstest]
    fn what_is_no_span_is_refused(
        #[values("", "h", "2", "-2h", "+2h", "2 h", "2w", "1.5h", "٢h", "101y", "99999999999s", "2hh")] text: &str,
    ) {
        assert!(Span::parse(text).unwrap_err().problem.contains("is no length of time"), "{text}");
    }

    #[test]
    fn a_time_before_needs_its_minus() {
        assert_eq!(Span::parse_before("-24h").unwrap(), Span::hours(24));
        assert!(Span::parse_before("24h").is_err());
        assert!(Span::parse_before("--24h").is_err());
    }
}
