//! My appointments: see, move, cancel.

use crate::stories::booking::booked;
use crate::world::World;
use serde_json::json;

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";

#[test]
fn seen_moved_and_cancelled_on_one_appointment() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let booked = booked(&phone, 0, false);
    let before = world.resources("Appointment?patient=Patient/demo-4")[0].clone();
    let mine = phone.says("my appointments");
    assert!(mine.text().starts_with("This is your appointment.\nWhen: "), "{}", mine.text());

    let times = phone.taps(&booked, "Move appointment");
    assert!(times.text().starts_with("Which new time suits you?"), "{}", times.text());
    let confirmation = phone.taps(&times, "#2");
    assert!(confirmation.text().contains("\nNow: ") && confirmation.text().contains("\nNew: "));
    let moved = phone.taps(&confirmation, "Confirm new time");
    assert!(moved.text().starts_with("Your appointment has been moved.\nNew time: "), "{}", moved.text());
    let after = world.resources("Appointment?patient=Patient/demo-4");
    assert_eq!(after.len(), 1, "one transaction on the same appointment");
    assert_eq!(after[0]["id"], before["id"]);
    assert_ne!(after[0]["start"], before["start"]);
    let slot = |of: &serde_json::Value| {
        let reference = of["slot"][0]["reference"].as_str().unwrap();
        world.get(&format!("{}/{reference}", world.fhir())).1["status"].clone()
    };
    assert_eq!((slot(&before), slot(&after[0])), (json!("free"), json!("busy")));

    let question = phone.taps(&moved, "Cancel appointment");
    assert!(question.text().starts_with("Shall we cancel this appointment?"), "{}", question.text());
    let cancelled = phone.taps(&question, "Yes, cancel it");
    assert!(cancelled.text().starts_with("Your appointment is cancelled: "), "{}", cancelled.text());
    let last = &world.resources("Appointment?patient=Patient/demo-4")[0];
    assert_eq!(last["status"], "cancelled");
    assert_eq!(last["cancelationReason"]["coding"][0]["code"], "pat");
    assert_eq!(slot(last), json!("free"));
    let thanks = phone.taps(&cancelled, "Hard to get there");
    assert_eq!(thanks.text(), "Thank you, that helps us.");
    let last = &world.resources("Appointment?patient=Patient/demo-4")[0];
    assert_eq!(last["cancelationReason"]["coding"][0]["code"], "pat-lt");
    assert_eq!(phone.says("my appointments").text(), "You have no appointments coming up.");
}

#[test]
fn an_old_button_gets_a_fair_answer_and_does_nothing() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let booked = booked(&phone, 0, false);
    let times = phone.taps(&booked, "Move appointment");
    let confirmation = phone.taps(&times, "#2");
    let moved = phone.taps(&confirmation, "Confirm new time");
    let stale = phone.taps(&booked, "Cancel appointment");
    assert!(stale.text().starts_with("This appointment has changed since that message"), "{}", stale.text());
    world.advance("P2D");
    let expired = phone.taps(&moved, "Move appointment");
    assert!(expired.text().starts_with("That button has expired"), "{}", expired.text());
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
}

#[test]
fn several_appointments_are_asked_apart() {
    let world = World::start();
    let phone = world.phone(AMAL);
    booked(&phone, 0, true);
    let services = phone.says("حجز موعد");
    let times = phone.taps(&services, "الجلدية");
    let have = phone.taps(&times, "#2");
    assert!(have.text().starts_with("لديك موعد محجوز: "), "{}", have.text());
    let confirmation = phone.taps(&have, "نعم");
    phone.taps(&confirmation, "تأكيد الحجز");
    let list = phone.says("مواعيدي");
    assert!(list.text().starts_with("لديك موعدان."), "{}", list.text());
    let which = phone.says("إلغاء الموعد");
    assert_eq!(which.text(), "أي موعد هو المقصود؟");
    let question = phone.taps(&which, "#1");
    let kept = phone.taps(&question, "إبقاء الموعد");
    assert_eq!(kept.text(), "موعدك كما هو. بانتظارك.");
    let question = phone.taps(&which, "#1");
    phone.taps(&question, "نعم، إلغاء الموعد");
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-1").len(), 1);
}

#[test]
fn fields_the_gateway_does_not_know_survive_a_move_and_a_cancellation() {
    let world = World::start();
    let phone = world.phone(JAMES);
    booked(&phone, 0, false);
    let mut appointment = world.resources("Appointment?patient=Patient/demo-4")[0].clone();
    let extension = json!([{ "url": "urn:vendor:copay", "valueString": "kept \\ as it is" }]);
    appointment["extension"] = extension.clone();
    appointment["comment"] = json!("by the desk");
    let url = format!("{}/Appointment/{}", world.fhir(), appointment["id"].as_str().unwrap());
    assert_eq!(world.call("PUT", &url, Some(appointment)).0, 200);
    let mine = phone.says("my appointments");
    let times = phone.taps(&mine, "Move appointment");
    let confirmation = phone.taps(&times, "#1");
    let moved = phone.taps(&confirmation, "Confirm new time");
    let question = phone.taps(&moved, "Cancel appointment");
    phone.taps(&question, "Yes, cancel it");
    let last = &world.resources("Appointment?patient=Patient/demo-4")[0];
    assert_eq!((&last["extension"], &last["comment"]), (&extension, &json!("by the desk")));
    assert_eq!(last["status"], "cancelled");
}
