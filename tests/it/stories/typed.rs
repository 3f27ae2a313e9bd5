//! What patients type beside tapping.

use crate::stories::booking::to_the_times;
use crate::world::World;

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";

#[test]
fn yes_confirms_and_no_shows_other_times() {
    let world = World::start();
    let phone = world.phone(AMAL);
    let times = to_the_times(&phone, "مرحبا", "حجز موعد");
    phone.taps(&times, "#0");
    let other = phone.says("لا");
    assert!(other.text().starts_with("هذه أقرب الأوقات المتاحة"), "{}", other.text());
    phone.taps(&other, "#1");
    let booked = phone.says("ايوه");
    assert!(booked.text().starts_with("تم حجز موعدك."), "{}", booked.text());
    assert_eq!(world.resources("Appointment?patient=Patient/demo-1").len(), 1);
    let question = phone.says("cancel my appointment");
    assert!(question.text().starts_with("هل نلغي هذا الموعد؟"), "{}", question.text());
    let cancelled = phone.says("نعم");
    assert!(cancelled.text().starts_with("تم إلغاء موعدك"), "{}", cancelled.text());
    assert!(world.resources("Appointment?status=booked&patient=Patient/demo-1").is_empty());
}

#[test]
fn confirm_typed_under_a_confirmation_is_the_same_booking_as_its_button() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let confirmation = phone.taps(&times, "#0");
    let booked = phone.says("confirm");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
    assert_eq!(phone.taps(&confirmation, "Confirm booking").text(), "This was already done.");
    assert_eq!(world.resources("Appointment?patient=Patient/demo-4").len(), 1);
}

#[test]
fn my_back_hurts_i_want_an_appointment() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let services = phone.says("my back hurts, I want an appointment");
    assert!(
        services.text().starts_with("We wish you well. We cannot give medical advice here."),
        "{}",
        services.text()
    );
    assert!(services.text().ends_with("Which service do you need?"), "{}", services.text());
    assert!(services.text().contains("997"), "{}", services.text());
    let advice = phone.says("my back hurts, what should I take?");
    assert!(advice.text().starts_with("We wish you well. We cannot give medical advice here, but"));
}

#[test]
fn what_must_never_be_typed_is_answered_and_kept_nowhere() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    for (typed, answer) in [
        ("my card is 4111 1111 1111 1111", "To protect you, we never ask for bank card details"),
        ("my password is sesame-open-1", "Your password and codes are only for you."),
        ("رقم هويتي 1087654321", "To protect you, we never ask for an ID or passport number"),
    ] {
        let said = phone.says(typed);
        assert!(said.text().starts_with(answer), "{typed}: {}", said.text());
        assert!(!said.0.to_string().contains("4111") && !said.0.to_string().contains("1087"));
    }
}

#[test]
fn results_goods_anger_and_insults_get_fair_answers() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    for (typed, answer) in [
        ("are my lab results ready?", "For your privacy, we show no health details here."),
        ("can I buy medicine from you", "We do not sell medicines or devices in this chat."),
        ("I want to complain", "We are sorry about what happened."),
        ("you are idiots", "We are sorry that this is upsetting."),
        ("idiots!", "We can go on whenever it suits you."),
    ] {
        let said = phone.says(typed);
        assert!(said.text().starts_with(answer), "{typed}: {}", said.text());
    }
    phone.send(serde_json::json!({ "text": "idiots" }));
    phone.hears_nothing();
}

#[test]
fn call_me_back_in_the_morning_and_then_not_after_all() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let when = phone.says("please call me back");
    assert!(when.text().starts_with("When may we call?"), "{}", when.text());
    let saved = phone.taps(&when, "Morning");
    assert!(saved.text().starts_with("Your request for a call is saved.\nWhen: "), "{}", saved.text());
    assert!(saved.text().ends_with(", morning"), "{}", saved.text());
    let task = &world.resources("Task?status=requested")[0];
    assert!(task["input"][1]["valueString"].as_str().unwrap().ends_with(", morning"), "{task}");
    let off = phone.taps(&saved, "Cancel the call");
    assert_eq!(off.text(), "The call request is cancelled.");
    assert!(world.resources("Task?status=requested").is_empty());
}

#[test]
fn i_am_running_late_reaches_the_reception_with_the_appointment() {
    let world = World::start();
    let phone = world.phone(AMAL);
    crate::stories::booking::booked(&phone, 0, true);
    let late = phone.says("سأتأخر");
    assert!(late.text().starts_with("شكرا لإخبارنا. أبلغنا فريق الاستقبال"), "{}", late.text());
    let task = &world.resources("Task?status=requested")[0];
    let appointment = &world.resources("Appointment?patient=Patient/demo-1")[0];
    let focus = format!("Appointment/{}", appointment["id"].as_str().unwrap());
    assert_eq!(task["focus"]["reference"], focus.as_str());
}

#[test]
fn i_will_come_is_known_already_of_my_own_booking_and_noted_of_the_clinics() {
    let world = World::start();
    let phone = world.phone(AMAL);
    crate::stories::booking::booked(&phone, 0, true);
    assert!(phone.says("سأحضر").text().starts_with("تم تأكيد حضورك من قبل"));
    let mut appointment = world.resources("Appointment?patient=Patient/demo-1")[0].clone();
    for participant in appointment["participant"].as_array_mut().unwrap() {
        if participant["actor"]["reference"] == "Patient/demo-1" {
            participant["status"] = "needs-action".into();
        }
    }
    let url = format!("{}/Appointment/{}", world.fhir(), appointment["id"].as_str().unwrap());
    assert_eq!(world.call("PUT", &url, Some(appointment)).0, 200);
    let attending = phone.says("سأحضر");
    assert!(attending.text().starts_with("شكرا لك، تم تأكيد حضورك.\nالموعد: "), "{}", attending.text());
    let stored = world.resources("Appointment?patient=Patient/demo-1")[0].to_string();
    assert!(!stored.contains("needs-action"), "{stored}");
}
