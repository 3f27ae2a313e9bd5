//! A patient books.

use crate::world::{Message, Phone, World};
use serde_json::json;

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";

/// From hello to the list of free times.
pub fn to_the_times(phone: &Phone<'_>, hello: &str, book: &str) -> Message {
    let welcome = phone.says(hello);
    let services = phone.taps(&welcome, book);
    phone.taps(&services, "#0")
}

/// Books the n-th free time of the first service.
pub fn booked(phone: &Phone<'_>, nth: usize, arabic: bool) -> Message {
    let (hello, book, confirm) = if arabic {
        ("مرحبا", "حجز موعد", "تأكيد الحجز")
    } else {
        ("hello", "Book appointment", "Confirm booking")
    };
    let times = to_the_times(phone, hello, book);
    let confirmation = phone.taps(&times, &format!("#{nth}"));
    phone.taps(&confirmation, confirm)
}

#[test]
fn in_arabic_four_taps_from_the_menu_and_the_ehr_has_it() {
    let world = World::start();
    let phone = world.phone(AMAL);
    let welcome = phone.says("السلام عليكم");
    assert!(
        welcome.text().starts_with("أهلا بك في مستشفى الواحة.\nهذا هو المساعد الآلي"),
        "{}",
        welcome.text()
    );
    assert_eq!(welcome.labels(), ["حجز موعد", "مواعيدي", "التحدث مع فريقنا"]);
    let menu = phone.says("القائمة");
    let first: Vec<String> = menu.labels().into_iter().take(4).collect();
    assert_eq!(first, ["حجز موعد", "مواعيدي", "تغيير موعد", "إلغاء موعد"]);
    let services = phone.taps(&menu, "حجز موعد");
    assert_eq!(services.labels(), ["الجلدية", "طب الأسرة", "عيادة متخصصة", "التحدث مع فريقنا"]);
    let times = phone.taps(&services, "الجلدية");
    assert_eq!(times.labels().len(), 10);
    let confirmation = phone.taps(&times, "#0");
    let text = confirmation.text();
    assert!(text.starts_with("هل نحجز لك هذا الوقت؟\nالموعد: "), "{text}");
    assert!(text.contains("مع: د. ") && text.contains("المكان: المبنى ب، الطابق 2"), "{text}");
    assert!(text.ends_with("لم يتم الحجز بعد."), "{text}");
    let booked = phone.taps(&confirmation, "تأكيد الحجز");
    assert!(booked.text().starts_with("تم حجز موعدك.\nالموعد: "), "{}", booked.text());
    assert_eq!(booked.labels(), ["تغيير الموعد", "إلغاء الموعد", "التحدث مع فريقنا"]);
    let appointments = world.resources("Appointment?patient=Patient/demo-1");
    assert_eq!(appointments.len(), 1);
    let appointment = &appointments[0];
    assert_eq!(appointment["status"], "booked");
    assert_eq!(appointment["identifier"][0]["system"], "urn:wasl:sandbox:booking");
    let slot = appointment["slot"][0]["reference"].as_str().unwrap();
    let (_, slot) = world.get(&format!("{}/{slot}", world.fhir()));
    assert_eq!((&slot["status"], &slot["start"]), (&json!("busy"), &appointment["start"]));
}

#[test]
fn in_english_with_what_the_ehr_is_told_of_each_message() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let booked = booked(&phone, 0, false);
    let text = booked.text();
    assert!(text.starts_with("Your appointment is booked.\nWhen: "), "{text}");
    assert!(text.contains("With: Dr ") && text.contains("Where: Building B, floor 2"), "{text}");
    world.settle();
    let told = world.resources("Communication?patient=Patient/demo-4");
    assert_eq!(told.len(), 1, "one Communication for the one message about a patient");
    assert_eq!(told[0]["status"], "completed");
    assert!(!told[0].to_string().contains("booked."), "the text is not in it");
}

#[test]
fn a_sensitive_service_shows_its_alias_and_no_detail() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let welcome = phone.says("hi");
    let services = phone.taps(&welcome, "Book appointment");
    let times = phone.taps(&services, "Specialist clinic");
    assert!(!times.0.to_string().contains("Reem"), "no doctor at neutral");
    let confirmation = phone.taps(&times, "#0");
    assert_eq!(confirmation.text(), "Shall we book the time you chose?\nNothing is booked yet.");
    let booked = phone.taps(&confirmation, "Confirm booking");
    assert_eq!(
        booked.text(),
        "Your appointment is booked.\nThe details are in your portal.\nWe look forward to seeing you."
    );
}

#[test]
fn a_second_tap_is_the_same_booking_and_an_answered_one() {
    let world = World::start();
    let phone = world.phone(AMAL);
    let times = to_the_times(&phone, "مرحبا", "حجز موعد");
    let confirmation = phone.taps(&times, "#0");
    phone.tap_only(&confirmation, "تأكيد الحجز");
    phone.tap_only(&confirmation, "تأكيد الحجز");
    world.settle();
    let news: Vec<String> = phone.news().iter().map(Message::text).collect();
    assert_eq!(news.len(), 2, "{news:?}");
    assert!(news[0].starts_with("تم حجز موعدك."), "{news:?}");
    assert_eq!(news[1], "تم تنفيذ هذا الطلب من قبل.");
    assert_eq!(world.resources("Appointment?patient=Patient/demo-1").len(), 1);
}

#[test]
fn a_time_that_somebody_else_took_and_one_that_is_gone() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    // Once `taken` is taken, `gone` stands in its place.
    for magic in ["taken", "gone"] {
        let services = phone.says("book");
        let times = phone.taps(&services, "Dermatology");
        let confirmation = phone.taps(&times, "#4");
        let answer = phone.taps(&confirmation, "Confirm booking");
        let text = answer.text();
        assert!(text.starts_with("That time is no longer free, and nothing was booked."), "{magic}: {text}");
        assert_eq!(answer.labels().len(), 10, "the next ones are offered");
    }
    assert!(world.resources("Appointment?patient=Patient/demo-4").is_empty());
}

#[test]
fn a_time_that_is_free_at_another_clinic_only_is_gone_here() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let free = world.resources("Slot?status=free&service-type=394582007&_sort=start&_count=500");
    let last = free[11]["start"].as_str().unwrap();
    for slot in free.iter().filter(|slot| slot["start"].as_str().unwrap() <= last) {
        let (mut here, mut elsewhere) = (slot.clone(), slot.clone());
        let id = slot["id"].as_str().unwrap();
        here["status"] = "busy".into();
        elsewhere["id"] = format!("elsewhere-{id}").into();
        elsewhere["schedule"]["reference"] = "Schedule/demo-schedule-5".into();
        for slot in [here, elsewhere] {
            let place = format!("{}/Slot/{}", world.fhir(), slot["id"].as_str().unwrap());
            assert!(world.call("PUT", &place, Some(slot)).0 < 300);
        }
    }
    let gone = phone.taps(&times, "#0");
    assert!(
        gone.text().starts_with("That time is no longer free, and nothing was booked."),
        "{}",
        gone.text()
    );
}

#[test]
fn more_times_another_day_another_doctor() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let more = phone.taps(&times, "More times");
    assert!(times.options()[..6].iter().all(|(_, id)| !more.options().iter().any(|(_, other)| other == id)));
    assert_eq!(more.labels().len(), 10);
    let days = phone.taps(&times, "Another day");
    let day = days.labels()[1].clone();
    let of_day = phone.taps(&days, "#1");
    assert!(of_day.text().starts_with(&format!("Free times on {day}.")), "{}", of_day.text());
    let doctors = phone.taps(&times, "Other doctors");
    assert_eq!(doctors.labels()[0], "Any doctor");
    assert_eq!(doctors.labels()[1..3], ["A woman doctor", "A man doctor"]);
    let doctor = doctors.labels()[3].clone();
    let with = phone.taps(&doctors, "#3");
    assert!(with.text().starts_with(&format!("Free times with {doctor}.")), "{}", with.text());
    let women = phone.taps(&doctors, "A woman doctor");
    let confirmation = phone.taps(&women, "#0");
    assert!(confirmation.text().contains("With: Dr Sara Alotaibi"), "{}", confirmation.text());
}

#[test]
fn in_casablanca_the_wall_clock_is_right_and_the_doctor_stays_unsaid() {
    let world = World::start();
    let phone = world.phone_at("+212600000001", "106540000000002");
    let welcome = phone.says("مرحبا");
    let times = phone.taps(&welcome, "حجز موعد");
    let confirmation = phone.taps(&times, "#0");
    let booked = phone.taps(&confirmation, "تأكيد الحجز");
    let appointment = &world.resources("Appointment?patient=Patient/demo-8")[0];
    let start = appointment["start"].as_str().unwrap();
    // Permanent UTC+0 since 2026-09-20: the wall clock is UTC's; and Morocco writes 24 hours with Latin digits.
    assert!(booked.text().contains(&start[11..16]), "{} {start}", booked.text());
    assert!(!booked.text().contains("مع:"), "{}", booked.text());
}
