//! Booking as patients expect it: places, women doctors, limits, earlier visits, the calendar, the map.

use crate::stories::booking::{booked, to_the_times};
use crate::world::{Setting, World};
use serde_json::json;

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";

fn with(env: &[(&str, &str)]) -> World {
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    World::with(Setting { env, ..Setting::default() })
}

#[test]
fn a_second_confirmation_i_forgot_about_books_nothing_without_asking() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let (first, second) = (phone.taps(&times, "#0"), phone.taps(&times, "#2"));
    assert!(phone.taps(&first, "Confirm booking").text().starts_with("Your appointment is booked."));
    let asked = phone.taps(&second, "Confirm booking");
    assert!(asked.text().starts_with("You already have an appointment: "), "{}", asked.text());
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
    let confirmation = phone.taps(&asked, "Yes");
    assert!(phone.taps(&confirmation, "Confirm booking").text().starts_with("Your appointment is booked."));
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 2);
}

#[test]
fn no_more_than_the_clinic_allows_however_old_the_button() {
    let world = with(&[("WASL__CLINIC__0__BOOKING__MAX_OPEN", "1")]);
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let (first, second) = (phone.taps(&times, "#0"), phone.taps(&times, "#2"));
    phone.taps(&first, "Confirm booking");
    let limit = phone.taps(&second, "Confirm booking");
    assert!(limit.text().starts_with("You have reached the number of appointments"), "{}", limit.text());
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
}

#[test]
fn too_late_to_move_or_cancel_when_i_finally_confirm() {
    // Sunday morning in Riyadh; the nearest time is half past eleven.
    let world = World::at("2026-11-29T06:00:00Z", Setting::default());
    let phone = world.phone(JAMES);
    let mine = booked(&phone, 0, false);
    let question = phone.taps(&mine, "Cancel appointment");
    let times = phone.taps(&mine, "Move appointment");
    let moving = phone.taps(&times, "#1");
    world.advance("PT1H30M");
    for (message, label) in [(&question, "Yes, cancel it"), (&moving, "Confirm new time")] {
        let answer = phone.taps(message, label);
        assert!(answer.text().starts_with("This appointment is too close"), "{label}: {}", answer.text());
    }
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
}

#[test]
fn a_service_for_women_or_for_children_goes_to_the_team_for_everyone_else() {
    for (key, value) in [("SEX", "female"), ("MAX_AGE", "17"), ("REFERRAL", "true")] {
        let world = with(&[(&format!("WASL__CLINIC__0__SERVICE__0__{key}"), value)]);
        let phone = world.phone(JAMES);
        let welcome = phone.says("hi");
        let services = phone.taps(&welcome, "Book appointment");
        let answer = phone.taps(&services, "Dermatology");
        assert_eq!(answer.text(), "Our team books this service with you directly.", "{key}");
    }
}

#[test]
fn i_was_here_before_and_book_the_same_again() {
    let world = World::start();
    let phone = world.phone(JAMES);
    booked(&phone, 0, false);
    world.advance("P8D");
    phone.says("hi");
    let past = phone.says("my previous appointments");
    assert!(past.text().starts_with("You had 1 earlier appointment."), "{}", past.text());
    let again = phone.taps(&past, "#0");
    assert!(again.text().starts_with("Free times with Dr "), "{}", again.text());
}

#[test]
fn where_are_you_is_a_pin_on_the_map() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let pin = phone.says("where are you located?");
    let location = &pin.0["body"]["location"];
    assert_eq!(location["name"], "Oasis Hospital, Building B, floor 2");
    assert_eq!(location["address"], "King Fahd Road, Riyadh");
    assert_eq!((&location["latitude"], &location["longitude"]), (&json!(24.7136), &json!(46.6753)));
}

#[test]
fn the_calendar_is_one_word_away() {
    let world = World::start();
    let phone = world.phone(AMAL);
    let booked = booked(&phone, 0, true);
    assert_eq!(booked.0["body"]["interactive"]["footer"]["text"], "لإضافته إلى التقويم تكفي كلمة: التقويم");
    let link = phone.says("التقويم");
    let parameters = &link.0["body"]["interactive"]["action"]["parameters"];
    assert_eq!(parameters["display_text"], "إضافة إلى التقويم");
    assert!(parameters["url"].as_str().unwrap().contains("/calendar/"), "{parameters}");
}

#[test]
fn hijri_dates_stand_beside_in_bodies_where_the_clinic_wants_them() {
    let world = with(&[("WASL__CLINIC__0__HIJRI", "true")]);
    let phone = world.phone(AMAL);
    let times = to_the_times(&phone, "مرحبا", "حجز موعد");
    assert!(!times.labels().iter().any(|label| label.contains('(')), "rows stay short: {:?}", times.labels());
    let confirmation = phone.taps(&times, "#0");
    let when = confirmation.text().lines().find(|line| line.starts_with("الموعد: ")).unwrap().to_owned();
    assert!(when.contains(" (") && when.contains(')'), "{when}");
}

#[test]
fn an_unknown_number_books_at_once_where_the_hospital_says_create() {
    let world = with(&[("WASL__CLINIC__0__BOOKING__WITHOUT_RECORD", "create")]);
    let phone = world.phone("unknown");
    let welcome = phone.says("مرحبا");
    let services = phone.taps(&welcome, "حجز موعد");
    assert_eq!(services.text(), "ما الخدمة المطلوبة؟");
    let times = phone.taps(&services, "#0");
    let confirmation = phone.taps(&times, "#0");
    assert!(phone.taps(&confirmation, "تأكيد الحجز").text().starts_with("تم حجز موعدك."));
    let made = world.resources("Patient?phone=%2B966500000003");
    assert_eq!(made.len(), 1);
    assert!(made[0]["name"].is_null(), "the number and nothing else: {}", made[0]);
    assert_eq!(world.resources("Task?status=requested").len(), 1, "for people to complete");
}

#[test]
fn an_unknown_number_is_refused_where_the_hospital_says_no() {
    let world = with(&[("WASL__CLINIC__0__BOOKING__WITHOUT_RECORD", "no")]);
    let phone = world.phone("unknown");
    let welcome = phone.says("مرحبا");
    let answer = phone.taps(&welcome, "حجز موعد");
    assert!(answer.text().starts_with("للحجز هنا يلزم وجود ملف"), "{}", answer.text());
    assert!(world.resources("Task").is_empty());
}
