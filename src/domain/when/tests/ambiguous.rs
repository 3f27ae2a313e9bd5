//! §5.4, row by row.

use super::{Clinic, told};
use chrono::Weekday;
use rstest::rstest;

fn page() -> Clinic {
    Clinic::of_the_page()
}

#[test]
fn a_sunday_on_a_sunday() {
    assert_eq!(told("الأحد"), "which Sun 22 Nov | Sun 29 Nov");
    assert_eq!(told("Sunday"), "which Sun 22 Nov | Sun 29 Nov");
    // Nothing can be had today any more: the other without asking.
    assert_eq!(page().at("2026-11-22T18:30").told("الأحد"), "Sun 29 Nov");
    assert_eq!(page().at("2026-11-22T14:00").told("الأحد الساعة 9"), "Sun 29 Nov 09:00");
    assert_eq!(told("هذا الأحد"), "Sun 22 Nov");
    assert_eq!(told("الأحد القادم"), "Sun 29 Nov");
}

#[test]
fn next_is_asked_while_the_nearest_is_in_this_week() {
    assert_eq!(told("الثلاثاء الجاي"), "which Tue 24 Nov | Tue 1 Dec");
    assert_eq!(told("next Tuesday"), "which Tue 24 Nov | Tue 1 Dec");
    assert_eq!(told("next Tuesday at 10"), "which Tue 24 Nov 10:00 | Tue 1 Dec 10:00");
    assert_eq!(page().at("2026-11-26T10:00").told("next Tuesday"), "Tue 1 Dec");
    // An hour that is unclear itself waits until the day is known.
    assert_eq!(told("next Tuesday at 8"), "which Tue 24 Nov | Tue 1 Dec");
}

#[test]
fn friday_or_week() {
    assert_eq!(told("الجمعة الجاي"), "Sun 29 Nov to Thu 3 Dec");
    let open = page().open(Weekday::Fri, "14:00:00", "20:00:00");
    assert_eq!(open.told("الجمعة الجاي"), "which Fri 27 Nov | Sun 29 Nov");
    assert_eq!(open.told("الجمعة"), "Fri 27 Nov");
    assert_eq!(open.told("next Friday"), "which Fri 27 Nov | Fri 4 Dec");
}

#[test]
fn the_night_of_friday() {
    assert_eq!(told("ليلة الجمعة"), "night Thu 26 Nov 17:00-27:00 | Fri 27 Nov 17:00-27:00");
    assert_eq!(told("leilet el jom3a"), "night Thu 26 Nov 17:00-27:00 | Fri 27 Nov 17:00-27:00");
}

#[test]
fn twelve_at_night() {
    let night = "night Sun 22 Nov 24:00 | Mon 23 Nov 24:00";
    for text in ["بكرة 12 بالليل", "tomorrow at midnight", "بكرة الساعة ١٢ ليلا", "12 بالليل", "midnight"]
    {
        assert_eq!(told(text), night, "{text}");
    }
    assert_eq!(told("الخميس 12 ونص بالليل"), "night Wed 25 Nov 24:30 | Thu 26 Nov 24:30");
    assert_eq!(told("بكرة ١ بالليل"), "night Sun 22 Nov 25:00 | Mon 23 Nov 25:00");
}

#[rstest]
#[case("بكرة الساعة 8", "am-pm Mon 23 Nov 08:00 | 20:00")]
#[case("بكرة 12 الظهر", "Mon 23 Nov 12:00")]
#[case("tomorrow 12 pm", "Mon 23 Nov 12:00")]
#[case("بكرة 12 الصبح", "am-pm Mon 23 Nov 00:00 | 12:00")]
#[case("tomorrow 12 am", "am-pm Mon 23 Nov 00:00 | 12:00")]
#[case("الساعة 8", "am-pm Sun 22 Nov to Mon 22 Nov 2027 08:00 | 20:00")]
fn morning_or_evening(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}

#[test]
fn hours_or_a_date() {
    assert_eq!(told("3-5"), "which Sun 22 Nov 15:00-17:00 | Mon 3 May 2027");
    assert_eq!(told("12.5"), "which Sun 22 Nov 12:30 | Wed 12 May 2027");
    // The date could not be booked: no need to ask.
    assert!(page().booking(30).told("3-5").ends_with("15:00-17:00"));
    // A day is set: in the same text, or in the conversation.
    assert_eq!(told("بكرة 3-5"), "Mon 23 Nov 15:00-17:00");
    assert_eq!(page().on("2026-11-25").told("3-5"), "Wed 25 Nov 15:00-17:00");
    assert_eq!(page().on("2026-11-25").told("12.5"), "Wed 25 Nov 12:30");
    assert!(told("3-5 العصر").ends_with("15:00-17:00"));
    assert!(told("3").ends_with(" 15:00"));
}

#[test]
fn after_the_feast() {
    let feast = || page().holidays("2026-12-06", 3).holidays("2027-03-09", 5);
    for text in ["بعد العيد", "after the holidays", "بعد الإجازة"] {
        assert_eq!(feast().told(text), "Wed 9 Dec", "{text}");
    }
    // The fast ends on Monday 8 March 2027, the feast of the table on the 13th.
    assert_eq!(feast().told("بعد رمضان"), "Sun 14 Mar 2027");
    assert_eq!(told("بعد العيد"), "unclear");
    assert_eq!(page().holidays("2026-11-22", 2).told("بعد العيد"), "Tue 24 Nov");
}

#[test]
fn tomorrow_said_in_the_night() {
    let night = || page().at("2026-11-23T01:30");
    assert_eq!(night().told("بكرة"), "which Mon 23 Nov | Tue 24 Nov");
    assert_eq!(night().told("tomorrow at 3"), "which Mon 23 Nov 15:00 | Tue 24 Nov 15:00");
    assert_eq!(page().at("2026-11-23T04:00").told("بكرة"), "Tue 24 Nov");
}

#[test]
fn day_or_month_first() {
    let month = || page().booking(30);
    assert_eq!(month().told("12/5"), "which Wed 12 May 2027 | Sat 5 Dec");
    assert_eq!(month().told("5/12"), "closed Sat 5 Dec");
    assert_eq!(month().told("10/3"), "far Tue 22 Dec");
    assert_eq!(told("12/5"), "Wed 12 May 2027");
}

#[rstest]
#[case::closed("الجمعة", "closed Fri 27 Nov")]
#[case::past("20/11/2026", "past")]
#[case::far("15/1/2027", "far Tue 22 Dec")]
#[case::nothing("لا أعرف", "nothing")]
fn what_cannot_be(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(page().booking(30).told(text), comes_to, "{text}");
}

#[test]
fn a_holiday_is_closed() {
    assert_eq!(page().holidays("2026-11-24", 1).told("الثلاثاء"), "closed Tue 24 Nov");
}
