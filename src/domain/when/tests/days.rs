//! §5.1, row by row.

use super::{Clinic, each, told};
use chrono::Weekday;
use rstest::rstest;

#[rstest]
#[case::today(
    "Sun 22 Nov",
    "اليوم، هاليوم، النهارده، انهاردة، ليوم، ليوما, el yom, elnharda, lyoum, today, aujourd'hui"
)]
#[case::tonight(
    "Sun 22 Nov 17:00-27:00",
    "هذا المساء، الليلة، هالليلة، النهارده بالليل، هالمسا، هاد العشية, el leila, tonight, this evening, ce soir"
)]
#[case::tomorrow(
    "Mon 23 Nov",
    "غدا، غداً، بكرة، بكره، باكر، باچر، بكرا، غدوة، غدوا, bokra, bukra, baker, ghodwa, ghedda, tomorrow, tmrw, tomorow, tommorrow, demain"
)]
#[case::tomorrow_morning(
    "Mon 23 Nov 06:00-12:00",
    "غدا صباحا، غداً صباحاً، صباح الغد، بكرة الصبح، باچر الصبح، بكره بدري، بكرا الصبح، بكرا عبكير، غدا فالصباح، غدوة الصباح, bokra el sob7, bukra 3bakkeer, tomorrow morning, demain matin, early tomorrow"
)]
#[case::tomorrow_asr(
    "Mon 23 Nov 15:00-18:00",
    "غدا عصرا، بكرة العصر، باكر العصر، بكرا العصر، غدا العصر، غدوة العصر, bokra el 3asr"
)]
#[case::tomorrow_afternoon(
    "Mon 23 Nov 12:00-18:00",
    "tomorrow afternoon, بكرة بعد الظهر, بكرا بعد الضهر, demain après-midi, ghedda l3achiya"
)]
#[case::day_after_at_three(
    "Tue 24 Nov 15:00",
    "بعد غد الساعة 3، بعد بكرة ٣ العصر، عقب باكر 3، بعد بكره ٣ العصر، بعد بكرا عال3، من بعد غدا مع 3، بعد غدوة الثلاثة, ba3d bokra 3 el 3asr, day after tomorrow at 3, après-demain à 15h"
)]
#[case::next_sunday(
    "Sun 29 Nov",
    "الأحد القادم، الأحد المقبل، الأحد الجاي، الأحد الياي، الحد الجاي، يوم الحد اللي جاي، الأحد الجايي، لحد اللي جاي, el7ad el gay, el a7ad el jay, l7ed jay, next Sunday, dimanche prochain"
)]
#[case::this_thursday(
    "Thu 26 Nov",
    "هذا الخميس، الخميس، هالخميس، الخميس ذا، الخميس ده، هيدا الخميس، هاد الخميس, el khamis da, hal khamis, this Thursday, Thursday, on thursday, thurs, jeudi"
)]
#[case::thursday_after(
    "Thu 3 Dec",
    "الخميس بعد القادم، الخميس اللي عقبه، الخميس مو هذا اللي بعده، الخميس اللي بعده، الخميس مش ده اللي بعده، الخميس اللي موراه، الخميس اللي موراه ماشي هادا, el khamis elly ba3do, Thursday after next"
)]
#[case::in_two_days(
    "Tue 24 Nov",
    "بعد يومين، عقب يومين، كمان يومين، من هنا يوماين, ba3d yomen, in two days, in 2 days, بعد 2 أيام, dans deux jours"
)]
#[case::in_a_week(
    "Sun 29 Nov to Thu 3 Dec",
    "بعد أسبوع، عقب أسبوع، كمان جمعة، من هنا سيمانة، بعد جمعة, ba3d esbo3, kaman jom3a, in a week, dans une semaine"
)]
#[case::next_week(
    "Sun 29 Nov to Thu 3 Dec",
    "الأسبوع القادم، الأسبوع الجاي، الأسبوع الياي، السيمانة الجاية، الجمعة الجاية, الجمعة الجاي, el esbo3 el gay, smana jaya, next week, la semaine prochaine"
)]
#[case::this_week(
    "Sun 22 Nov to Thu 26 Nov",
    "هالأسبوع، الأسبوع ده، هاد الأسبوع، هذا الأسبوع, this week, cette semaine"
)]
#[case::weekend(
    "closed Fri 27 Nov",
    "نهاية الأسبوع، الويكند، الويك اند، آخر الأسبوع، الويكاند، آخر السيمانة, weekend, this weekend"
)]
#[case::early(
    "Tue 1 Dec to Thu 10 Dec",
    "أول الشهر، بداية الشهر, awel el shahr, early next month, beginning of the month"
)]
#[case::mid(
    "Sun 13 Dec to Sun 20 Dec",
    "منتصف الشهر، نص الشهر, nos el shahr, mid december, middle of next month"
)]
#[case::end(
    "Sun 22 Nov to Mon 30 Nov",
    "آخر الشهر، لخر ديال الشهر، نهاية الشهر, akher el shahr, end of the month, fin du mois"
)]
#[case::nearest(
    "nearest",
    "أقرب وقت، أسرع شي، الحين، أقرب ميعاد، دلوقتي، أقرب موعد، هلق، دابا، توا, a2rab wa2t, asra3, ASAP, earliest, as soon as possible, le plus tôt possible"
)]
#[case::any("nearest", "أي يوم، عادي، مش فارق، ما بتفرق، أي نهار, any day, anytime, n'importe quel jour")]
fn every_row(#[case] comes_to: &str, #[case] row: &str) {
    each(row, comes_to);
}

#[rstest]
#[case("بعد 3 أيام", "Wed 25 Nov")]
#[case("in three days", "Wed 25 Nov")]
#[case("بعد أسبوعين", "Sun 6 Dec to Thu 10 Dec")]
#[case("in two weeks", "Sun 6 Dec to Thu 10 Dec")]
#[case("بعد شهر", "Tue 22 Dec to Mon 28 Dec")]
#[case("in a month", "Tue 22 Dec to Mon 28 Dec")]
#[case("الشهر القادم", "Tue 1 Dec to Thu 31 Dec")]
#[case("next month", "Tue 1 Dec to Thu 31 Dec")]
#[case("شهر 12", "Tue 1 Dec to Thu 31 Dec")]
#[case("في ديسمبر", "Tue 1 Dec to Thu 31 Dec")]
#[case("December", "Tue 1 Dec to Thu 31 Dec")]
#[case("late december", "Mon 21 Dec to Thu 31 Dec")]
#[case("أول ديسمبر", "Tue 1 Dec")]
#[case("بعد ساعتين", "Sun 22 Nov 12:00-24:00")]
#[case("in two hours", "Sun 22 Nov 12:00-24:00")]
#[case("بعد بكرا", "Tue 24 Nov")]
#[case("بكرة المغرب", "Mon 23 Nov 17:00-20:00")]
#[case("Sunday next week", "Sun 29 Nov")]
#[case("الأسبوع الجاي يوم الاثنين", "Mon 30 Nov")]
#[case("next week on Tuesday at 9", "Tue 1 Dec 09:00")]
#[case("الاثنين الأسبوع الجاي الصبح", "Mon 30 Nov 06:00-12:00")]
#[case("week after next", "Sun 6 Dec to Thu 10 Dec")]
#[case("next week in the morning", "Sun 29 Nov to Thu 3 Dec 06:00-12:00")]
#[case("الأسبوع الجاي الصبح", "Sun 29 Nov to Thu 3 Dec 06:00-12:00")]
#[case("tomorrow after work", "Mon 23 Nov 18:00-20:00")]
#[case("بكرة بعد الدوام", "Mon 23 Nov 18:00-20:00")]
#[case("أقرب وقت الصبح", "Sun 22 Nov 2026 06:00-12:00")]
fn more_days(#[case] text: &str, #[case] comes_to: &str) {
    let comes_to = comes_to
        .replace("Sun 22 Nov 2026", "Sun 22 Nov to Sun 21 Nov 2027")
        .replace("Sun 21 Nov 2027", "Mon 22 Nov 2027");
    assert_eq!(told(text), comes_to, "{text}");
}

#[rstest]
#[case("أبي موعد بكرة الصبح عند دكتورة جلدية", "Mon 23 Nov 06:00-12:00")]
#[case("السلام عليكم، عايزة أحجز كشف يوم الخميس الساعة ٤ لو سمحت", "Thu 26 Nov 16:00")]
#[case("Hello, I'd like an appointment with Dr Sara on Monday at 10am please", "Mon 23 Nov 10:00")]
#[case("my back hurts, I want an appointment tomorrow", "Mon 23 Nov")]
#[case("ظهري يوجعني أبي موعد بكرة العصر", "Mon 23 Nov 15:00-18:00")]
#[case("I can't come Sunday, can I come Tuesday?", "Tue 24 Nov")]
#[case("الأحد ما يناسبني أبي الثلاثاء", "Tue 24 Nov")]
#[case("not Monday, Tuesday", "Tue 24 Nov")]
#[case("مو بكرة، بعد بكرة", "Tue 24 Nov")]
#[case("move my appointment from Monday to Wednesday", "Wed 25 Nov")]
#[case("غيروا موعدي من الاثنين للأربعاء", "Wed 25 Nov")]
#[case("bghit rdv ghedda m3a 10", "Mon 23 Nov 10:00")]
#[case("3ayez a7gez bokra el sa3a 4", "Mon 23 Nov 16:00")]
#[case("je voudrais un rendez-vous lundi à 15h30", "Mon 23 Nov 15:30")]
#[case("احجزولي بكرة ٣ مع الدكتورة سارة", "Mon 23 Nov 15:00")]
#[case("بكرة الاثنين", "Mon 23 Nov")]
#[case("الاثنين او الثلاثاء", "Mon 23 Nov")]
#[case("any day except Monday", "nearest")]
#[case("I can't come Monday morning, Tuesday afternoon is fine", "Tue 24 Nov 12:00-18:00")]
#[case("this afternoon", "Sun 22 Nov 12:00-18:00")]
#[case("cet après-midi", "Sun 22 Nov 12:00-18:00")]
#[case("two weeks from now", "Sun 6 Dec to Thu 10 Dec")]
#[case("الأحد اللي بعد الجاي", "Sun 6 Dec")]
fn inside_a_sentence(#[case] text: &str, #[case] comes_to: &str) {
    assert_eq!(told(text), comes_to, "{text}");
}

#[test]
fn a_week_begins_where_the_clinic_says() {
    let monday = Clinic { week_start: Weekday::Mon, ..Clinic::of_the_page() };
    assert_eq!(monday.told("next week"), "Mon 23 Nov to Sun 29 Nov");
    let saturday = Clinic { week_start: Weekday::Sat, ..Clinic::of_the_page() };
    assert_eq!(saturday.told("next week"), "Sun 29 Nov to Thu 3 Dec");
}

#[test]
fn a_weekend_with_open_days_is_a_window() {
    let always = Clinic::of_the_page().open_daily("08:00:00", "20:00:00");
    assert_eq!(always.told("weekend"), "Fri 27 Nov to Sat 28 Nov");
}

#[test]
fn days_at_both_ends_of_a_window_are_open_ones() {
    let clinic = Clinic::of_the_page().holidays("2026-11-29", 2);
    assert_eq!(clinic.told("next week"), "Tue 1 Dec to Thu 3 Dec");
    assert_eq!(Clinic::of_the_page().holidays("2026-11-29", 7).told("next week"), "closed Sun 29 Nov");
    assert_eq!(Clinic::of_the_page().booking(8).told("next week"), "Sun 29 Nov to Mon 30 Nov");
}

#[test]
fn a_chosen_day_is_meant_where_only_a_time_is_said() {
    let clinic = Clinic::of_the_page().on("2026-11-25");
    assert_eq!(clinic.told("الساعة 3"), "Wed 25 Nov 15:00");
    assert_eq!(clinic.told("العصر"), "Wed 25 Nov 15:00-18:00");
    assert_eq!(clinic.told("thursday at 3"), "Thu 26 Nov 15:00");
}
