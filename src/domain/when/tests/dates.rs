//! §5.3, row by row.

use super::{Clinic, each, told};
use rstest::rstest;

#[rstest]
#[case::sunday(
    "which Sun 22 Nov | Sun 29 Nov",
    "الأحد، الاحد، الحد، لحد, el7ad, a7ad, l7ed, sun, dimanche, Sunday"
)]
#[case::monday("Mon 23 Nov", "الاثنين، الإثنين، الأثنين، اتنين، التنين، لتنين, tnin, mon, lundi, Monday")]
#[case::tuesday(
    "Tue 24 Nov",
    "الثلاثاء، الثلاثا، التلات، التلاتا، الثلوث، لتلات, tlata, tue, tues, mardi, Tuesday"
)]
#[case::wednesday(
    "Wed 25 Nov",
    "الأربعاء، الاربعا، الأربع، الربوع، لاربع, el arba3, larb3, wed, wensday, mercredi, Wednesday"
)]
#[case::thursday("Thu 26 Nov", "الخميس، لخميس, 5amis, thu, thurs, thrusday, jeudi, Thursday")]
#[case::friday("closed Fri 27 Nov", "الجمعة، الجمعه، لجمعة, gom3a, jum3a, fri, vendredi, Friday")]
#[case::saturday("closed Sat 28 Nov", "السبت، لسبت, sebt, sat, saterday, samedi, Saturday")]
fn weekdays(#[case] comes_to: &str, #[case] row: &str) {
    each(row, comes_to);
}

#[test]
fn every_weekday_after_the_word_for_day_and_with_what_arabic_writes_onto_it() {
    each(
        "يوم الاثنين، بيوم الاثنين، ليوم الاثنين، للاثنين، عالاثنين، والاثنين, on Monday, for monday",
        "Mon 23 Nov",
    );
}

#[rstest]
#[case::day_first("Wed 12 May 2027", "12/5، ١٢/٥، 12-5، 12\\5, 12 / 5, 12 may, may 12, 12 May 2027, 12 mai")]
#[case::only_so("Thu 13 May 2027", "5/13, 13/5, 13-5")]
#[case::exact(
    "closed Sat 5 Dec",
    "2026-12-05، 5/12/2026، 5.12.26، 5 شهر 12، ٥ شهر ١٢، خمسة اتناعش، يوم 5 في 12, 5 dec, dec 5, 5.12, 5th of December, December 5th 2026, الخامس 5 ديسمبر, 2026/12/5, 5-12-2026, 05/12/2026"
)]
#[case::day_of_month("closed Sat 5 Dec", "يوم 5، بتاريخ 5, the 5th, le 5, 5th, 5 الشهر، خمسة في الشهر")]
#[case::day_of_next_month("Thu 24 Dec", "24 الشهر الجاي, the 24th of next month")]
#[case::weekday_and_number(
    "Sun 29 Nov",
    "الأحد 29, Sunday 29, Sunday the 29th, الأحد 29 نوفمبر, Sunday 29 November, 29/11 الأحد"
)]
#[case::number_words("Wed 25 Nov", "يوم خمسة وعشرين, 25 نوفمبر")]
fn dates(#[case] comes_to: &str, #[case] row: &str) {
    each(row, comes_to);
}

#[rstest]
#[case("5 dec at 3pm", "closed Sat 5 Dec")]
#[case("الأول من ديسمبر", "Tue 1 Dec")]
#[case("the first of december", "Tue 1 Dec")]
#[case("the third of december", "Thu 3 Dec")]
#[case("غرة رجب", "hijri 1/7/1448 Thu 10 Dec")]
#[case("6/12 الساعة 3", "Sun 6 Dec 15:00")]
#[case("6/12 3:30", "Sun 6 Dec 15:30")]
#[case("6 ديسمبر الصبح", "Sun 6 Dec 06:00-12:00")]
#[case("2026-12-06 15:30", "Sun 6 Dec 15:30")]
#[case("in december 3pm", "Tue 1 Dec to Thu 31 Dec 15:00")]
fn dates_with_times(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}

/// The tenth of each month, in the names of every region.
#[rstest]
#[case::gulf(&["يناير", "فبراير، فبرير", "مارس", "أبريل، ابريل، إبريل", "مايو", "يونيو، يونيه", "يوليو، يوليه", "أغسطس، اغسطس", "سبتمبر", "أكتوبر، اكتوبر", "نوفمبر", "ديسمبر"])]
#[case::levant(&["كانون الثاني، كانون 2", "شباط", "آذار، اذار", "نيسان", "أيار، ايار", "حزيران", "تموز", "آب، اب", "أيلول، ايلول", "تشرين الأول، تشرين 1", "تشرين الثاني، تشرين 2", "كانون الأول، كانون 1"])]
#[case::maghreb(&["جانفي، يناير", "فيفري، فبراير", "مارس", "أفريل، أبريل", "ماي", "جوان، يونيو", "جويلية، يوليوز", "أوت، غشت", "سبتمبر، شتنبر", "أكتوبر", "نوفمبر، نونبر", "ديسمبر، دجنبر"])]
#[case::english(&["jan, january", "feb, february", "mar, march", "apr, april", "may", "jun, june", "jul, july", "aug, august", "sep, sept, september", "oct, october", "nov, november", "dec, december"])]
#[case::french(&["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"])]
fn months(#[case] names: &[&str]) {
    let clinic = Clinic::of_the_page().open_daily("08:00:00", "20:00:00").at("2026-12-31T10:00");
    for (month, names) in (1..).zip(names) {
        let expected = chrono::NaiveDate::from_ymd_opt(2027, month, 10).unwrap();
        // Of the last two months, those of 2026 are just past.
        let expected = if month > 10 { "past".to_owned() } else { super::day(expected) };
        for name in names.split(['،', ',']).map(str::trim) {
            assert_eq!(clinic.told(&format!("10 {name}")), expected, "{name}");
            assert_eq!(
                clinic.told(&format!("10 {name} 2027")),
                super::day(chrono::NaiveDate::from_ymd_opt(2027, month, 10).unwrap()),
                "{name}"
            );
        }
    }
}

/// The second day of each Hijri month of 1448, all of its names.
#[test]
fn hijri_months() {
    let names = [
        "محرم",
        "صفر",
        "ربيع الأول، ربيع 1",
        "ربيع الآخر، ربيع الثاني، ربيع 2",
        "جمادى الأولى، جماد أول",
        "جمادى الآخرة، جمادى الثانية، جماد ثاني",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو القعدة، ذي القعدة، القعدة",
        "ذو الحجة، ذي الحجة، الحجة",
    ];
    let clinic = Clinic::of_the_page().booking(800);
    for (month, names) in (1..).zip(names) {
        for name in names.split('،').map(str::trim) {
            let told = clinic.told(&format!("2 {name} 1449"));
            assert!(told.starts_with(&format!("hijri 2/{month}/1449 ")), "{name}: {told}");
        }
    }
}

#[rstest]
#[case("10 رمضان 1448", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("١٠ رمضان", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("١٥ شعبان", "hijri 15/8/1448 Sat 23 Jan 2027")]
#[case("أول شوال", "hijri 1/10/1448 Tue 9 Mar 2027")]
#[case("10/9/1448", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("1448/9/10", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("١٠/٩ هـ", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("10-9-1448هـ", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("10 شهر رمضان", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("10 ramadan", "hijri 10/9/1448 Wed 17 Feb 2027")]
#[case("10 رمضان 1448 الساعة 3", "hijri 10/9/1448 Wed 17 Feb 2027 15:00")]
#[case("10 رمضان 1440", "past")]
#[case("شهر 9", "Wed 1 Sep 2027 to Thu 30 Sep 2027")]
#[case("في رمضان", "Mon 8 Feb 2027 to Mon 8 Mar 2027")]
#[case("نص شعبان", "Tue 19 Jan 2027 to Thu 28 Jan 2027")]
fn hijri_dates(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}

#[test]
fn a_hijri_date_is_asked_back_even_beyond_the_horizon() {
    let clinic = Clinic::of_the_page().booking(30);
    assert_eq!(clinic.told("10 رمضان 1448"), "hijri 10/9/1448 Wed 17 Feb 2027");
}

#[rstest]
#[case("31/2", "unclear")]
#[case("30 فبراير", "unclear")]
#[case("5/12/2025", "past")]
#[case("20/11", "past")]
#[case("20 نوفمبر", "past")]
#[case("1/1/2031", "far Mon 22 Nov 2027")]
#[case("29/2", "far Mon 22 Nov 2027")]
fn dates_that_cannot_be(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}
