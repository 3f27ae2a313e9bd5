//! How days, times and counts are written (`conversation.md` §1.2, §1.6). Never "today": a message may be read
//! tomorrow.

use crate::domain::clinic::{ClockStyle, Digits, Locale, Months, Writing};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

const WEEKDAYS: [(&str, &str, &str); 7] = [
    ("الاثنين", "Monday", "Mon"),
    ("الثلاثاء", "Tuesday", "Tue"),
    ("الأربعاء", "Wednesday", "Wed"),
    ("الخميس", "Thursday", "Thu"),
    ("الجمعة", "Friday", "Fri"),
    ("السبت", "Saturday", "Sat"),
    ("الأحد", "Sunday", "Sun"),
];

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const fn arabic_months(months: Months) -> [&'static str; 12] {
    match months {
        Months::Gulf => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
        Months::Levant => [
            "كانون الثاني",
            "شباط",
            "آذار",
            "نيسان",
            "أيار",
            "حزيران",
            "تموز",
            "آب",
            "أيلول",
            "تشرين الأول",
            "تشرين الثاني",
            "كانون الأول",
        ],
        Months::Morocco => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "ماي",
            "يونيو",
            "يوليوز",
            "غشت",
            "شتنبر",
            "أكتوبر",
            "نونبر",
            "دجنبر",
        ],
        Months::Tunisia => [
            "جانفي",
            "فيفري",
            "مارس",
            "أفريل",
            "ماي",
            "جوان",
            "جويلية",
            "أوت",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
    }
}

/// Longest title of a button, in UTF-16 units (Cloud API).
const BUTTON: usize = 20;

/// A day with its weekday in words; the year only when it is not `this_year`.
pub fn day(day: NaiveDate, locale: Locale, writing: &Writing, this_year: i32) -> String {
    let (arabic, english, _) = WEEKDAYS[day.weekday().num_days_from_monday() as usize];
    let month = day.month0() as usize;
    let year = if day.year() == this_year { String::new() } else { format!(" {}", day.year()) };
    let text = match locale {
        Locale::Ar => format!("{arabic} {} {}{year}", day.day(), arabic_months(writing.months)[month]),
        Locale::En => format!("{english} {} {}{year}", day.day(), ENGLISH[month]),
    };
    digits(&text, locale, writing)
}

/// A day that fits a button.
pub fn day20(day_of: NaiveDate, locale: Locale, writing: &Writing, this_year: i32) -> String {
    let whole = day(day_of, locale, writing, this_year);
    if whole.encode_utf16().count() <= BUTTON {
        return whole;
    }
    let (arabic, _, english) = WEEKDAYS[day_of.weekday().num_days_from_monday() as usize];
    let text = match locale {
        Locale::Ar => format!("{arabic} {}/{}", day_of.day(), day_of.month()),
        Locale::En => format!("{english} {} {}", day_of.day(), &ENGLISH[day_of.month0() as usize][..3]),
    };
    digits(&text, locale, writing)
}

/// A wall time.
pub fn time(at: NaiveTime, locale: Locale, writing: &Writing) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let text = match (writing.clock, locale) {
        (ClockStyle::TwentyFour, _) => format!("{hour:02}:{minute:02}"),
        (ClockStyle::Twelve, Locale::En) => {
            format!("{twelve}:{minute:02} {}", if hour < 12 { "am" } else { "pm" })
        }
        (ClockStyle::Twelve, Locale::Ar) => format!("{twelve}:{minute:02} {}", part_of_day(hour)),
    };
    digits(&text, locale, writing)
}

const fn part_of_day(hour: u32) -> &'static str {
    match hour {
        0..=2 => "بعد منتصف الليل",
        3..=5 => "فجرا",
        6..=11 => "صباحا",
        12 => "ظهرا",
        13..=17 => "بعد الظهر",
        _ => "مساء",
    }
}

/// Digits as the locale and the clinic's country write them. Never for what is dialled, typed or found on a sign.
pub fn digits(text: &str, locale: Locale, writing: &Writing) -> String {
    match (locale, writing.digits) {
        (Locale::Ar, Digits::Arabic) => text.chars().map(eastern).collect(),
        _ => text.to_owned(),
    }
}

fn eastern(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c)
}

/// A day in the Umm al-Qura calendar.
pub fn hijri(_day: NaiveDate, _locale: Locale, _writing: &Writing) -> String {
    String::new()
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// Appointments, after "لديك", "You have".
    Appointments,
    /// Free times.
    Times,
    /// Appointments that have been, after "كان لديك", "You had".
    Past,
}

/// A number with its noun, by the plural rules of CLDR.
pub fn counted(what: Counted, n: u32, locale: Locale, writing: &Writing) -> String {
    let text = match locale {
        Locale::En => english(what, n),
        Locale::Ar => arabic(what, n),
    };
    digits(&text, locale, writing)
}

fn english(what: Counted, n: u32) -> String {
    let noun = match what {
        Counted::Appointments => "appointment",
        Counted::Past => "earlier appointment",
        Counted::Times => "time",
    };
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn arabic(what: Counted, n: u32) -> String {
    let (zero, one, two, few, many, other) = match what {
        Counted::Appointments => ("لا مواعيد", "موعد واحد", "موعدان", "مواعيد", "موعدا", "موعد"),
        Counted::Past => {
            ("لا مواعيد سابقة", "موعد سابق واحد", "موعدان سابقان", "مواعيد سابقة", "موعدا سابقا", "موعد سابق")
        }
        Counted::Times => ("لا أوقات", "وقت واحد", "وقتان", "أوقات", "وقتا", "وقت"),
    };
    match (n, n % 100) {
        (0, _) => zero.to_owned(),
        (1, _) => one.to_owned(),
        (2, _) => two.to_owned(),
        (_, 3..=10) => format!("{n} {few}"),
        (_, 11..=99) => format!("{n} {many}"),
        _ => format!("{n} {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const GULF: Writing = Writing { digits: Digits::Arabic, clock: ClockStyle::Twelve, months: Months::Gulf };
    const LATIN: Writing = Writing { digits: Digits::Latin, ..GULF };
    const MOROCCO: Writing =
        Writing { digits: Digits::Latin, clock: ClockStyle::TwentyFour, months: Months::Morocco };

    #[rstest]
    #[case("2026-11-29", Locale::Ar, LATIN, "الأحد 29 نوفمبر")]
    #[case("2026-11-29", Locale::Ar, GULF, "الأحد ٢٩ نوفمبر")]
    #[case("2026-11-29", Locale::Ar, MOROCCO, "الأحد 29 نونبر")]
    #[case("2026-11-29", Locale::En, GULF, "Sunday 29 November")]
    #[case("2027-01-02", Locale::En, GULF, "Saturday 2 January 2027")]
    fn days(#[case] of: NaiveDate, #[case] locale: Locale, #[case] writing: Writing, #[case] text: &str) {
        assert_eq!(day(of, locale, &writing, 2026), text);
    }

    #[rstest]
    #[case("10:30:00", "10:30 صباحا", "10:30 am", "10:30")]
    #[case("12:15:00", "12:15 ظهرا", "12:15 pm", "12:15")]
    #[case("16:30:00", "4:30 بعد الظهر", "4:30 pm", "16:30")]
    #[case("20:00:00", "8:00 مساء", "8:00 pm", "20:00")]
    #[case("00:30:00", "12:30 بعد منتصف الليل", "12:30 am", "00:30")]
    #[case("04:00:00", "4:00 فجرا", "4:00 am", "04:00")]
    fn times(#[case] at: NaiveTime, #[case] ar: &str, #[case] en: &str, #[case] twenty_four: &str) {
        assert_eq!(time(at, Locale::Ar, &LATIN), ar);
        assert_eq!(time(at, Locale::En, &LATIN), en);
        assert_eq!(time(at, Locale::Ar, &MOROCCO), twenty_four);
    }

    #[rstest]
    #[case(0, "لا مواعيد")]
    #[case(1, "موعد واحد")]
    #[case(2, "موعدان")]
    #[case(3, "3 مواعيد")]
    #[case(11, "11 موعدا")]
    #[case(100, "100 موعد")]
    #[case(103, "103 مواعيد")]
    fn counts(#[case] n: u32, #[case] ar: &str) {
        assert_eq!(counted(Counted::Appointments, n, Locale::Ar, &LATIN), ar);
    }

    #[test]
    fn every_day_of_three_years_fits_its_row_and_its_button() {
        for months in [Months::Gulf, Months::Levant, Months::Morocco, Months::Tunisia] {
            let writing = Writing { months, ..GULF };
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            for of in first.iter_days().take(3 * 365) {
                for locale in [Locale::Ar, Locale::En] {
                    let whole = day(of, locale, &writing, of.year()).encode_utf16().count();
                    assert!(whole <= 24, "{of} {whole}");
                    assert!(day20(of, locale, &writing, of.year()).encode_utf16().count() <= 20, "{of}");
                }
            }
        }
    }
}
