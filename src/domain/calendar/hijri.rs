//! The Hijri calendar of Umm al-Qura, by ICU's tables. A sighting may differ by a day: a Hijri date that a patient
//! types is asked back, never taken.

use crate::domain::calendar::digits;
use crate::domain::clinic::{Locale, Writing};
use chrono::{Datelike, Duration, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::{Hijri as Rules, Iso};

const MONTHS: [(&str, &str); 12] = [
    ("محرم", "Muharram"),
    ("صفر", "Safar"),
    ("ربيع الأول", "Rabi I"),
    ("ربيع الآخر", "Rabi II"),
    ("جمادى الأولى", "Jumada I"),
    ("جمادى الآخرة", "Jumada II"),
    ("رجب", "Rajab"),
    ("شعبان", "Shaban"),
    ("رمضان", "Ramadan"),
    ("شوال", "Shawwal"),
    ("ذو القعدة", "Dhu al-Qada"),
    ("ذو الحجة", "Dhu al-Hijja"),
];

/// A day by its Hijri name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Hijri {
    /// Year, as 1448.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 30.
    pub day: u8,
}

impl Hijri {
    /// The Hijri name of a day.
    pub fn of(day: NaiveDate) -> Option<Self> {
        let part = |n: u32| u8::try_from(n).ok();
        let iso = Date::try_new_iso(day.year(), part(day.month())?, part(day.day())?).ok()?;
        let named = iso.to_calendar(Rules::new_umm_al_qura());
        let (year, month) = (named.year().extended_year(), named.month().ordinal);
        Some(Self { year, month, day: named.day_of_month().0 })
    }

    /// The day of this name; `None` where there is none: the 30th of a month of 29 days, a month 13.
    pub fn day(self) -> Option<NaiveDate> {
        let rules = Rules::new_umm_al_qura();
        let iso =
            Date::try_new_hijri_with_calendar(self.year, self.month, self.day, rules).ok()?.to_calendar(Iso);
        NaiveDate::from_ymd_opt(
            iso.year().extended_year(),
            iso.month().ordinal.into(),
            iso.day_of_month().0.into(),
        )
    }

    /// The first and the last day of its month.
    pub fn month_days(self) -> Option<(NaiveDate, NaiveDate)> {
        let first = Self { day: 1, ..self };
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        Some((first.day()?, Self { year, month, day: 1 }.day()? - Duration::days(1)))
    }
}

/// The Hijri day and month of a day: "19 جمادى الآخرة", "19 Jumada II"; empty beyond what the calendar knows.
pub fn hijri(day: NaiveDate, locale: Locale, writing: &Writing) -> String {
    Hijri::of(day).map_or_else(String::new, |named| written(named, locale, writing, ""))
}

/// With the year: "10 رمضان 1448", "10 Ramadan 1448".
pub fn hijri_date(named: Hijri, locale: Locale, writing: &Writing) -> String {
    written(named, locale, writing, &format!(" {}", named.year))
}

fn written(named: Hijri, locale: Locale, writing: &Writing, year: &str) -> String {
    let (arabic, english) =
        usize::from(named.month).checked_sub(1).and_then(|n| MONTHS.get(n)).unwrap_or(&("", ""));
    let month = match locale {
        Locale::Ar => arabic,
        Locale::En => english,
    };
    digits(&format!("{} {month}{year}", named.day), locale, writing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clinic::{ClockStyle, Digits, Months};
    use rstest::rstest;

    const LATIN: Writing = Writing { digits: Digits::Latin, clock: ClockStyle::Twelve, months: Months::Gulf };
    const ARABIC: Writing = Writing { digits: Digits::Arabic, ..LATIN };

    #[rstest]
    #[case("2026-11-29", 1448, 6, 19)]
    #[case("2027-02-17", 1448, 9, 10)]
    #[case("2027-01-23", 1448, 8, 15)]
    #[case("2027-03-09", 1448, 10, 1)]
    fn the_days_of_the_page(#[case] day: NaiveDate, #[case] year: i32, #[case] month: u8, #[case] nth: u8) {
        let named = Hijri { year, month, day: nth };
        assert_eq!(Hijri::of(day), Some(named));
        assert_eq!(named.day(), Some(day));
    }

    #[test]
    fn every_day_of_thirty_years_comes_back() {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        for day in first.iter_days().take(30 * 365) {
            assert_eq!(Hijri::of(day).unwrap().day(), Some(day));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(Hijri { year: 1448, month: 13, day: 1 }.day(), None);
        assert_eq!(Hijri { year: 1448, month: 0, day: 1 }.day(), None);
        assert_eq!(Hijri { year: 1448, month: 9, day: 31 }.day(), None);
        assert!((1..=12).any(|month| Hijri { year: 1448, month, day: 30 }.day().is_none()));
    }

    #[test]
    fn a_month_has_29_or_30_days() {
        for month in 1..=12 {
            let (first, last) = Hijri { year: 1448, month, day: 5 }.month_days().unwrap();
            assert!([28, 29].contains(&(last - first).num_days()));
            assert_eq!(Hijri::of(last).unwrap().month, month);
        }
    }

    #[rstest]
    #[case(Locale::Ar, LATIN, "19 جمادى الآخرة", "19 جمادى الآخرة 1448")]
    #[case(Locale::Ar, ARABIC, "١٩ جمادى الآخرة", "١٩ جمادى الآخرة ١٤٤٨")]
    #[case(Locale::En, ARABIC, "19 Jumada II", "19 Jumada II 1448")]
    fn written(#[case] locale: Locale, #[case] writing: Writing, #[case] short: &str, #[case] long: &str) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        assert_eq!(hijri(day, locale, &writing), short);
        assert_eq!(hijri_date(Hijri::of(day).unwrap(), locale, &writing), long);
    }

    #[test]
    fn a_day_with_its_hijri_name_fits_its_slot() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for day in first.iter_days().take(400) {
            for locale in [Locale::Ar, Locale::En] {
                let text = format!(
                    "{} ({})",
                    crate::domain::calendar::day(day, locale, &LATIN, 2020),
                    hijri(day, locale, &LATIN)
                );
                assert!(text.encode_utf16().count() <= 60, "{text}");
            }
        }
    }
}
