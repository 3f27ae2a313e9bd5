//! On a real server that does transactions by halves: Medplum's in-memory repository.

use crate::between::{Between, Meddle};
use crate::real;
use crate::stories::booking::to_the_times;
use crate::world::{Phone, Setting, World};
use serde_json::{Value, json};

const FREE: &str = "Slot?status=free&service-type=394582007&_sort=start&_count=1";
const PENDING: &str = "We have your request. It is not confirmed yet";

/// On each database, with somebody between the gateway and the server.
fn on_medplum(story: impl Fn(&World, &Between)) {
    let Some(ehr) = real::medplum() else { return };
    let _alone = real::alone();
    for database in std::iter::once(None).chain(real::postgres().map(Some)) {
        let between = Between::and(&ehr);
        let setting = Setting { database, ehr: Some(between.base()), ..Setting::default() };
        story(&World::with(setting), &between);
        assert!(between.is_done());
    }
}

/// The patient's appointments, newest last, that are not called off.
fn standing(world: &World, patient: &str) -> Vec<Value> {
    let mut found = world.resources(&format!("Appointment?patient=Patient/{patient}"));
    found.retain(|it| it["status"] != "cancelled");
    found
}

fn slot_of(world: &World, appointment: &Value) -> Value {
    let slot = appointment["slot"][0]["reference"].as_str().unwrap();
    world.get(&format!("{}/{slot}", world.fhir())).1
}

/// The one truth that came.
fn told(phone: &Phone<'_>) -> String {
    let news = phone.news();
    assert_eq!(news.len(), 1, "{news:?}");
    news[0].text()
}

#[test]
fn i_book_move_and_cancel_and_every_answer_is_lost() {
    on_medplum(|world, between| {
        let phone = world.phone("crowd-46");
        let times = to_the_times(&phone, "hello", "Book appointment");
        let question = phone.taps(&times, "#0");
        between.once("POST /", Meddle::lose());
        let pending = phone.taps(&question, "Confirm booking");
        assert!(pending.text().starts_with(PENDING), "{}", pending.text());
        world.advance("PT2M");
        assert!(told(&phone).starts_with("Your appointment is booked."));
        let before = standing(world, "demo-crowd-46");
        assert_eq!(before.len(), 1);

        let times = phone.taps(&phone.says("my appointments"), "Move appointment");
        let question = phone.taps(&times, "#2");
        between.once("POST /", Meddle::lose());
        phone.taps(&question, "Confirm new time");
        world.advance("PT2M");
        assert!(told(&phone).starts_with("Your appointment has been moved."));
        let after = standing(world, "demo-crowd-46");
        assert_eq!(after.len(), 1);
        assert_eq!(after[0]["id"], before[0]["id"], "the same appointment");
        let slots = [slot_of(world, &before[0]), slot_of(world, &after[0])];
        assert_eq!((&slots[0]["status"], &slots[1]["status"]), (&json!("free"), &json!("busy")));

        let question = phone.taps(&phone.says("my appointments"), "Cancel appointment");
        between.once("POST /", Meddle::lose());
        phone.taps(&question, "Yes, cancel it");
        world.advance("PT2M");
        assert!(told(&phone).starts_with("Your appointment is cancelled"));
        assert!(standing(world, "demo-crowd-46").is_empty());
        assert_eq!(slot_of(world, &after[0])["status"], "free");
    });
}

#[test]
fn somebody_was_quicker_and_what_medplum_kept_is_called_off() {
    on_medplum(|world, between| {
        let phone = world.phone("crowd-48");
        let times = to_the_times(&phone, "hello", "Book appointment");
        let question = phone.taps(&times, "#0");
        let slot = world.resources(FREE).remove(0);
        let reference = format!("Slot/{}", slot["id"].as_str().unwrap());
        let theirs = json!({
            "resourceType": "Appointment", "id": "quicker", "status": "booked", "start": slot["start"],
            "slot": [{ "reference": reference }],
            "participant": [{ "actor": { "reference": "Patient/demo-1" }, "status": "accepted" }],
        });
        let busy = Meddle::edit(FREE, json!({ "status": "busy" }));
        between.once("POST /", Meddle { put: Some(theirs.clone()), ..busy });
        let answer = phone.taps(&question, "Confirm booking");
        assert!(answer.text().starts_with("That time is no longer free"), "{}", answer.text());
        assert!(standing(world, "demo-crowd-48").is_empty());
        let kept = world.resources("Appointment?patient=Patient/demo-crowd-48&status=cancelled");
        let last = kept.last().unwrap();
        assert_eq!(last["cancelationReason"]["coding"][0]["code"], "oth-err", "it was left, and called off");
        let mut on_it = world.resources(&format!("Appointment?slot={reference}"));
        on_it.retain(|it| it["status"] != "cancelled");
        assert_eq!(on_it.len(), 1, "theirs");
        assert_eq!(slot_of(world, &theirs)["status"], "busy");

        // From now on the slot is taken first, and says for whom: nothing is left behind that others could see.
        let question = phone.taps(&answer, "#0");
        let again = phone.taps(&question, "Confirm booking");
        assert!(again.text().starts_with("Your appointment is booked."), "{}", again.text());
        let mine = standing(world, "demo-crowd-48").remove(0);
        let slot = slot_of(world, &mine);
        let marks = slot["identifier"].as_array().unwrap();
        assert!(marks.contains(&mine["identifier"][0]), "{slot}");
        let sure = phone.taps(&again, "Cancel appointment");
        phone.taps(&sure, "Yes, cancel it");
        let slot = slot_of(world, &mine);
        assert_eq!(slot["status"], "free");
        assert!(!slot["identifier"].as_array().unwrap().contains(&mine["identifier"][0]), "{slot}");
        give_back(world, &theirs);
    });
}

/// The next story finds the server as this one did.
fn give_back(world: &World, theirs: &Value) {
    let mut slot = slot_of(world, theirs);
    slot["status"] = json!("free");
    let url = format!("{}/{}", world.fhir(), theirs["slot"][0]["reference"].as_str().unwrap());
    assert_eq!(world.call("PUT", &url, Some(slot)).0, 200);
    assert_eq!(world.call("DELETE", &format!("{}/Appointment/quicker", world.fhir()), None).0, 200);
}
