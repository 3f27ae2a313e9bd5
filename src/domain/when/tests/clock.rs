//! §5.2, row by row. "Tomorrow" stands beside every word, so that a day is set.

use super::{Clinic, told};
use rstest::rstest;

/// Each text with a day before it.
fn tomorrow(row: &str, hours: &str) {
    for text in row.split(['،', ',']).map(str::trim) {
        assert_eq!(told(&format!("بكرة {text}")), format!("Mon 23 Nov {hours}"), "{text}");
    }
}

#[rstest]
#[case::dawn("03:00-06:00", "فجرا، الفجر, fajr")]
#[case::morning(
    "06:00-12:00",
    "صباحا، الصبح، الصباح, morning, matin, بدري، بكير، عبكير، بكري, early, أول الدوام"
)]
#[case::forenoon("09:00-12:00", "الضحى، قبل الظهر، قبل الضهر")]
#[case::noon("12:00-15:00", "ظهرا، الظهر، الضهر, noon, midi")]
#[case::afternoon("12:00-18:00", "بعد الظهر، بعد الضهر، بعد الزوال، العشية, afternoon, après-midi")]
#[case::asr("15:00-18:00", "عصرا، العصر، العصرية, 3asr")]
#[case::sunset("17:00-20:00", "المغرب، بعد المغرب، المغربية")]
#[case::evening("17:00-21:00", "مساء، المسا، العشا، بعد العشاء, evening, soir")]
#[case::night("20:00-27:00", "ليلا، الليل، بالليل، آخر الليل, night, at night")]
#[case::after_work("18:00-20:00", "آخر الدوام، بعد الدوام، بعد الشغل، بعد الخدمة, after work")]
fn parts(#[case] hours: &str, #[case] row: &str) {
    tomorrow(row, hours);
}

#[rstest]
#[case(
    "15:00",
    "٣، 3، الساعة 3، عال3، مع 3, at 3, @ 3, 3 o'clock, à 3h, around 3, الساعة الثالثة، الساعة ثلاثة، الساعة تلاتة"
)]
#[case(
    "15:30",
    "٣ ونص، 3 ونصف، تلاتة ونص, 3.30, half 3, half past 3, 3:30, الثالثة والنصف، الساعة ٣ و ٣٠ , 3 et demie, تلاتة و نص"
)]
#[case("15:15", "٣ وربع، الثالثة والربع, quarter past 3, 3 et quart")]
#[case("15:45", "٤ إلا ربع، ٤ قل ربع، ٤ غير ربع, quarter to 4, 4 moins le quart")]
#[case("15:20", "٣ وثلث، ٣ وتلت")]
#[case("15:40", "٤ إلا ثلث، ٤ الا تلت")]
#[case("15:35", "٣ ونص وخمسة")]
#[case("15:25", "٣ ونص إلا خمسة")]
#[case("15:10", "الثلاثة ودرجين، التلاتة وقسمين، ٣ وعشرة, ten past 3")]
#[case("14:00", "الجوج، مع الجوج، جوج")]
#[case("14:30", "جوج ونص، الجوج ونص")]
#[case(
    "15:00-17:00",
    "بين 3 و5، من 3 ل 5، من ٣ إلى ٥, between 3 and 5, from 3 to 5, 3 to 5, 3-5, 3 - 5, من الساعة 3 لحد 5, من 3 لين 5, entre 3 et 5"
)]
#[case("16:00-24:00", "بعد 4، بعد الساعة ٤, after 4, after 4pm, من بعد 4, ba3d 4")]
#[case("00:00-11:00", "قبل 11، قبل الساعة ١١, before 11, before 11am, لحد 11, until 11")]
#[case("15:30", "15:30، 15h30، ١٥٫٣٠، 1530، الساعة 15:30, 15.30, 3:30pm, 3.30 pm, 3:30 م")]
#[case("08:00", "8 الصبح، ٨ صباحا, 8am, 8 a.m., 8 ص, 08:00")]
#[case("20:00", "٨ بالليل، 8 مساء, 8pm, 8 p.m., 8 م, 20:00, 20h")]
#[case("11:00", "11, الحداشر، الساعة احدعش, 11am")]
#[case("12:00", "12 الظهر, 12 pm, 12pm, الساعة 12")]
#[case("12:30", "12 ونص، اتناشر ونص, 12:30")]
#[case("08:00-14:00", "من 8 ل 2, from 8 to 2")]
#[case("10:00-14:00", "10 to 2 pm, from 10am to 2pm, 10am-2pm")]
#[case("15:00-18:00", "بعد صلاة العصر")]
#[case("17:30", "el sa3a 5 we nos")]
#[case("09:00-24:00", "9 onwards, من 9 وفوق")]
#[case("16:00", "4ish, تقريبا ٤، الساعة 4 العصر, العصر الساعة 4، ٤ عصرا, 4 in the afternoon")]
fn clock_words(#[case] time: &str, #[case] row: &str) {
    tomorrow(row, time);
}

#[test]
fn after_the_friday_prayer() {
    let clinic = Clinic::of_the_page().open_daily("08:00:00", "20:00:00");
    for text in ["الجمعة بعد الصلاة", "Friday after prayer", "بعد صلاة الجمعة"] {
        assert_eq!(clinic.told(text), "Fri 27 Nov 13:00-15:00", "{text}");
    }
}

#[test]
fn the_meal_that_ends_the_fast_is_breakfast_outside_ramadan() {
    let clinic = || Clinic::of_the_page().open_daily("08:00:00", "23:00:00");
    assert_eq!(clinic().told("بكرة بعد الفطور"), "am-pm Mon 23 Nov 08:00-12:00 | 18:00-27:00");
    let ramadan = clinic().at("2027-02-14T10:00");
    assert_eq!(ramadan.told("بكرة بعد الفطور"), "Mon 15 Feb 2027 18:00-27:00");
    assert_eq!(ramadan.told("اليوم بعد التراويح"), "Sun 14 Feb 2027 20:00-27:00");
    assert_eq!(ramadan.told("بكرة قبل السحور"), "Mon 15 Feb 2027 22:00-27:00");
}

#[rstest]
#[case("at 3", "Sun 22 Nov to Mon 22 Nov 2027 15:00")]
#[case("3", "Sun 22 Nov to Mon 22 Nov 2027 15:00")]
#[case("٣ العصر", "Sun 22 Nov to Mon 22 Nov 2027 15:00")]
#[case("الصبح", "Sun 22 Nov to Mon 22 Nov 2027 06:00-12:00")]
#[case("خليها ٣", "Sun 22 Nov to Mon 22 Nov 2027 15:00")]
#[case("make it 3 please", "Sun 22 Nov to Mon 22 Nov 2027 15:00")]
fn a_time_alone_is_of_any_day(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}

#[test]
fn today_keeps_only_what_is_to_come() {
    assert_eq!(told("today at 9"), "past");
    assert_eq!(told("today at 11"), "Sun 22 Nov 11:00");
    assert_eq!(told("اليوم الصبح"), "Sun 22 Nov 06:00-12:00");
    assert_eq!(Clinic::of_the_page().at("2026-11-22T13:00").told("اليوم الصبح"), "past");
    assert_eq!(told("today at 3"), "Sun 22 Nov 15:00");
}

#[test]
fn where_the_clinic_is_open_at_neither_hour_the_one_of_the_day_is_meant() {
    let clinic = Clinic::of_the_page().open_daily("08:00:00", "14:00:00");
    assert_eq!(clinic.told("tomorrow at 5"), "Mon 23 Nov 17:00");
    assert_eq!(clinic.told("tomorrow at 6"), "Mon 23 Nov 18:00");
}
