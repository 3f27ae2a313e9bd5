//! Time zones, and what the country of one says about digits, clock and month names (`conversation.md` §1.2).

use super::fault::{Wrong, one_of, wrong};
use crate::domain::clinic::{ClockStyle, Digits, Months, Writing};
use chrono_tz::{TZ_VARIANTS, Tz};

/// How many near names a wrong zone is answered with.
const SUGGESTIONS: usize = 3;

/// The Arab countries by their zones (IANA `zone1970.tab`); elsewhere `clinic.country` must be set.
const COUNTRIES: [(&str, &str); 24] = [
    ("Asia/Riyadh", "SA"),
    ("Africa/Cairo", "EG"),
    ("Egypt", "EG"),
    ("Asia/Kuwait", "KW"),
    ("Asia/Qatar", "QA"),
    ("Asia/Bahrain", "BH"),
    ("Asia/Muscat", "OM"),
    ("Asia/Aden", "YE"),
    ("Asia/Baghdad", "IQ"),
    ("Asia/Amman", "JO"),
    ("Asia/Beirut", "LB"),
    ("Asia/Damascus", "SY"),
    ("Asia/Gaza", "PS"),
    ("Asia/Hebron", "PS"),
    ("Africa/Khartoum", "SD"),
    ("Africa/Nouakchott", "MR"),
    ("Asia/Dubai", "AE"),
    ("Africa/Tripoli", "LY"),
    ("Africa/Tunis", "TN"),
    ("Africa/Algiers", "DZ"),
    ("Africa/Casablanca", "MA"),
    ("Africa/Djibouti", "DJ"),
    ("Africa/Mogadishu", "SO"),
    ("Indian/Comoro", "KM"),
];

/// Where Arabic is written with Arabic-Indic digits.
const ARABIC_DIGITS: [&str; 14] =
    ["SA", "EG", "KW", "QA", "BH", "OM", "YE", "IQ", "JO", "LB", "SY", "PS", "SD", "MR"];

/// A zone by its IANA name.
pub(super) fn zone(name: &str) -> Result<Tz, Wrong> {
    name.parse().map_err(|_| {
        let near = nearest(name);
        wrong(format!("{name:?} is not an IANA time zone"), format!("did you mean {}?", one_of(&near)))
    })
}

/// The names most like `name`, as a whole or in their last part (`Riyad`, `Asia/Riyad`).
fn nearest(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase().replace(' ', "_");
    let unlike = |zone: &str| {
        let zone = zone.to_lowercase();
        let city = zone.rsplit('/').next().unwrap_or(&zone);
        let like = strsim::jaro_winkler(&name, &zone).max(strsim::jaro_winkler(&name, city));
        ((1.0 - like) * 1000.0) as u32
    };
    let mut zones: Vec<(u32, &str)> =
        TZ_VARIANTS.iter().map(|zone| (unlike(zone.name()), zone.name())).collect();
    zones.sort_unstable();
    zones.into_iter().take(SUGGESTIONS).map(|(_, zone)| zone).collect()
}

/// The Arab country a zone lies in.
pub(super) fn country_of(zone: Tz) -> Option<&'static str> {
    COUNTRIES.into_iter().find(|(name, _)| *name == zone.name()).map(|(_, country)| country)
}

/// An ISO 3166-1 alpha-2 code that has telephone numbers.
pub(super) fn country(code: &str) -> Result<String, Wrong> {
    let known = code.parse::<phonenumber::country::Id>().is_ok();
    let fix = "write the two capital letters of ISO 3166, as in \"SA\"";
    known.then(|| code.to_owned()).ok_or_else(|| wrong(format!("{code:?} is not a country"), fix))
}

/// How a country writes dates and times.
pub(super) fn writing(country: &str) -> Writing {
    Writing {
        digits: if ARABIC_DIGITS.contains(&country) { Digits::Arabic } else { Digits::Latin },
        clock: if country == "MA" { ClockStyle::TwentyFour } else { ClockStyle::Twelve },
        months: match country {
            "IQ" | "JO" | "LB" | "SY" | "PS" => Months::Levant,
            "MA" => Months::Morocco,
            "TN" | "DZ" => Months::Tunisia,
            _ => Months::Gulf,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn every_zone_of_the_table_exists_and_every_digit_country_has_one() {
        for (name, code) in COUNTRIES {
            assert_eq!(country_of(zone(name).unwrap()), Some(code));
            assert_eq!(country(code).unwrap(), code);
        }
        for code in ARABIC_DIGITS {
            assert!(COUNTRIES.iter().any(|(_, country)| *country == code), "{code}");
        }
    }

    #[rstest]
    #[case("Asia/Riyadh", Digits::Arabic, ClockStyle::Twelve, Months::Gulf)]
    #[case("Asia/Dubai", Digits::Latin, ClockStyle::Twelve, Months::Gulf)]
    #[case("Africa/Cairo", Digits::Arabic, ClockStyle::Twelve, Months::Gulf)]
    #[case("Africa/Tripoli", Digits::Latin, ClockStyle::Twelve, Months::Gulf)]
    #[case("Asia/Amman", Digits::Arabic, ClockStyle::Twelve, Months::Levant)]
    #[case("Asia/Baghdad", Digits::Arabic, ClockStyle::Twelve, Months::Levant)]
    #[case("Africa/Casablanca", Digits::Latin, ClockStyle::TwentyFour, Months::Morocco)]
    #[case("Africa/Tunis", Digits::Latin, ClockStyle::Twelve, Months::Tunisia)]
    #[case("Africa/Algiers", Digits::Latin, ClockStyle::Twelve, Months::Tunisia)]
    fn a_country_has_its_way_of_writing(
        #[case] name: &str,
        #[case] digits: Digits,
        #[case] clock: ClockStyle,
        #[case] months: Months,
    ) {
        let country = country_of(zone(name).unwrap()).unwrap();
        assert_eq!(writing(country), Writing { digits, clock, months });
    }

    #[rstest]
    #[case("Asia/Riyad", "Asia/Riyadh")]
    #[case("riyadh", "Asia/Riyadh")]
    #[case("Africa/Casablanka", "Africa/Casablanca")]
    #[case("Arabia/Dubai", "Asia/Dubai")]
    fn a_wrong_zone_is_answered_with_near_ones(#[case] typed: &str, #[case] meant: &str) {
        let wrong = zone(typed).unwrap_err();
        assert!(wrong.fix.contains(meant), "{wrong:?}");
        assert_eq!(wrong.fix.matches('"').count(), 2 * SUGGESTIONS);
    }

    #[test]
    fn countries_are_checked() {
        assert_eq!(country("FR").unwrap(), "FR");
        for code in ["", "sa", "XX", "Saudi Arabia"] {
            assert!(country(code).is_err(), "{code}");
        }
    }
}
