//! Is it still the same person? Numbers, accounts and phones change; nothing of a patient is shown until it is certain.

use crate::meta::{NUMBER, completed, everywhere, notice, now, said, status, thinks, webhook, work};
use crate::stories::booking::booked;
use crate::world::World;
use rstest::rstest;
use serde_json::{Value, json};

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";
const JAMES_ID: &str = "SA.1000000000000004";
/// What staff read.
const CONFIRM: &str = "Confirm who has the number";
const CHANGED: &str = "Your number or WhatsApp account has changed.";
const CHANGED_AR: &str = "تغير رقمك أو حسابك في واتساب.";
const EXPIRED: &str = "That button has expired, so we did nothing.";

/// James's account moves to `number`.
fn moves_to(world: &World, number: &str, id: &str) {
    let system = json!({ "type": "user_changed_number", "wa_id": number, "body": "User A changed…" });
    let message = json!({ "from": "966500000004", "from_user_id": JAMES_ID, "id": id,
        "timestamp": now(world).to_string(), "type": "system", "system": system });
    notice(world, "messages", json!({ "messages": [message] }));
    world.settle();
}

#[test]
fn i_have_a_new_number_and_it_was_another_patients() {
    for world in everywhere() {
        let (james, amal) = (world.phone(JAMES), world.phone(AMAL));
        let old = booked(&james, 0, false).option("Cancel appointment");
        // A button knows the minute it was made in, and no more.
        world.advance("PT1M");
        moves_to(&world, "966500000001", "wamid.S1");
        james.hears_nothing();
        let changed = james.says("my appointments");
        assert!(changed.text().starts_with(CHANGED), "{}", changed.text());
        assert!(changed.text().ends_with("We have not changed any appointment."), "{}", changed.text());
        assert_eq!(changed.labels(), ["Ask for a call", "Menu", "Talk to our team"]);
        assert!(james.taps_id(&old).text().starts_with(EXPIRED));
        amal.says("مرحبا");
        let theirs = amal.says("مواعيدي");
        assert!(theirs.text().starts_with(CHANGED_AR), "whoever writes from it first: {}", theirs.text());
        for _ in 0..2 {
            james.says("my appointments");
        }
        assert_eq!(work(&world, CONFIRM).len(), 2, "one a day for each of them");
        assert_eq!(world.resources("Appointment?status=booked").len(), 1, "nothing was changed");
    }
}

#[test]
fn reception_knows_me_and_my_appointments_are_back() {
    let world = World::start();
    let james = world.phone(JAMES);
    james.says("hello");
    moves_to(&world, "966500000077", "wamid.S1");
    james.says("my appointments");
    world.advance("P1D");
    assert!(james.says("my appointments").text().starts_with(CHANGED));
    assert_eq!(work(&world, CONFIRM).len(), 2, "one a day");
    completed(&world, work(&world, CONFIRM).remove(0));
    assert_eq!(james.says("my appointments").text(), "You have no appointments coming up.");
    assert_eq!(
        james.says("my appointments").text(),
        "You have no appointments coming up.",
        "and it stays so"
    );
    moves_to(&world, "966500000078", "wamid.S2");
    let again = james.says("my appointments");
    assert!(again.text().starts_with(CHANGED), "a word about the first doubt says nothing about the second");
}

#[test]
fn reception_does_not_know_me() {
    let world = World::start();
    let james = world.phone(JAMES);
    james.says("hi");
    moves_to(&world, "966500000077", "wamid.S1");
    james.says("my appointments");
    let mut task = work(&world, CONFIRM).remove(0);
    task["status"] = json!("rejected");
    let url = format!("{}/Task/{}", world.fhir(), task["id"].as_str().unwrap());
    assert_eq!(world.call("PUT", &url, Some(task)).0, 200);
    assert!(james.says("my appointments").text().starts_with(CHANGED));
}

#[rstest]
#[case::system_message(true)]
#[case::field_of_its_own(false)]
fn whatsapp_made_my_account_anew(#[case] system: bool) {
    for world in everywhere() {
        let james = world.phone(JAMES);
        booked(&james, 0, false);
        if system {
            let change =
                json!({ "type": "user_changed_user_id", "user_id": "SA.777", "previous_user_id": JAMES_ID });
            let message =
                json!({ "from_user_id": JAMES_ID, "id": "wamid.S1", "type": "system", "system": change });
            notice(&world, "messages", json!({ "messages": [message] }));
        } else {
            let update = json!({ "wa_id": "966500000004", "timestamp": now(&world),
                "user_id": { "previous": JAMES_ID, "current": "SA.777" } });
            notice(&world, "user_id_update", json!({ "user_id_update": [update] }));
        }
        world.settle();
        assert!(james.says("my appointments").text().starts_with(CHANGED));
        let anew = world.phone("SA.777");
        anew.says("hello");
        assert!(anew.says("my appointments").text().starts_with(CHANGED), "the new account too");
    }
}

#[test]
fn i_installed_whatsapp_on_a_new_phone() {
    for world in everywhere() {
        thinks(&world, json!({ "identity": { "966500000004": "KEY1=" } }));
        let james = world.phone(JAMES);
        let welcome = james.says("hi");
        assert_eq!(welcome.0["body"].get("recipient_identity_key_hash"), None, "nothing of a patient");
        let booked = booked(&james, 0, false);
        assert_eq!(booked.0["body"]["recipient_identity_key_hash"], "KEY1=", "for this phone only");
        world.advance("PT1M");
        thinks(&world, json!({ "identity": { "966500000004": "KEY2=" } }));
        assert!(james.taps(&booked, "Cancel appointment").text().starts_with(EXPIRED));
        assert!(james.says("my appointments").text().starts_with(CHANGED));
        completed(&world, work(&world, CONFIRM).remove(0));
        let mine = james.says("my appointments");
        assert!(mine.text().starts_with("This is your appointment."), "{}", mine.text());
        assert_eq!(mine.0["body"]["recipient_identity_key_hash"], "KEY2=");
        let old = james.taps(&booked, "Cancel appointment");
        assert!(old.text().starts_with(EXPIRED), "what was sent before the doubt stays dead: {}", old.text());
        let asked = james.taps(&mine, "Cancel appointment");
        assert!(asked.text().starts_with("Shall we cancel this appointment?"), "{}", asked.text());
    }
}

#[test]
fn what_was_on_its_way_does_not_reach_whoever_has_the_phone_now() {
    for world in everywhere() {
        thinks(&world, json!({ "identity": { "966500000004": "KEY1=" } }));
        let james = world.phone(JAMES);
        let welcome = james.says("hi");
        let services = james.taps(&welcome, "Book appointment");
        let times = james.taps(&services, "Dermatology");
        let confirmation = james.taps(&times, "#0");
        world.fault("ehr", "POST /", "lost-answer", 1);
        let pending = james.taps(&confirmation, "Confirm booking");
        assert!(pending.text().starts_with("We have your request."), "{}", pending.text());
        thinks(&world, json!({ "identity": { "966500000004": "KEY2=" } }));
        world.advance("PT5M");
        let told = james.news();
        assert_eq!(told.len(), 1, "one word, and nothing of the appointment");
        assert!(told[0].text().starts_with(CHANGED), "{}", told[0].text());
        assert_eq!(work(&world, "Check booking").len(), 1, "people tell the patient");
        assert!(james.says("my appointments").text().starts_with(CHANGED));
    }
}

#[test]
fn a_status_tells_of_a_new_phone_and_an_old_one_arrives_late() {
    let world = World::start();
    thinks(&world, json!({ "identity": { "966500000004": "KEY1=" } }));
    let james = world.phone(JAMES);
    let mine = booked(&james, 0, false);
    let wamid = mine.0["wamid"].as_str().unwrap();
    status(&world, wamid, "read", None);
    world.advance("PT1M");
    thinks(&world, json!({ "identity": { "966500000004": "KEY2=" } }));
    status(&world, wamid, "read", None);
    assert!(james.says("my appointments").text().starts_with(CHANGED));
    completed(&world, work(&world, CONFIRM).remove(0));
    assert!(james.says("my appointments").text().starts_with("This is your appointment."));
    let old = json!({ "id": wamid, "status": "read", "timestamp": (now(&world) - 3_600).to_string(),
        "recipient_id": "966500000004", "recipient_identity_key_hash": "KEY1=" });
    notice(&world, "messages", json!({ "statuses": [old] }));
    world.settle();
    let still = james.says("my appointments");
    assert!(still.text().starts_with("This is your appointment."), "old news: {}", still.text());
}

#[test]
fn my_number_belongs_to_another_account_now() {
    for world in everywhere() {
        let james = world.phone(JAMES);
        let old = booked(&james, 0, false).option("Cancel appointment");
        let from = |id: &str, text: &str| {
            let message = json!({ "from": "966500000004", "from_user_id": "SA.9", "id": id,
                "timestamp": now(&world).to_string(), "type": "text", "text": { "body": text } });
            let contact = json!({ "wa_id": "966500000004", "user_id": "SA.9" });
            assert_eq!(webhook(&world, &said(json!([message]), json!([contact]))), 200);
            world.settle();
            james.news().iter().map(|message| message.text()).collect::<Vec<_>>()
        };
        let welcome = from("wamid.n1", "hello");
        assert!(welcome[0].starts_with("Welcome to Oasis Hospital."), "somebody new: {welcome:?}");
        let changed = from("wamid.n2", "my appointments");
        assert!(changed[0].starts_with(CHANGED), "{changed:?}");
        let foreign = json!({ "from": "966500000004", "from_user_id": "SA.9", "id": "wamid.n3",
            "timestamp": now(&world).to_string(), "type": "interactive",
            "interactive": { "type": "button_reply", "button_reply": { "id": old, "title": "x" } } });
        let contact = json!({ "wa_id": "966500000004", "user_id": "SA.9" });
        assert_eq!(webhook(&world, &said(json!([foreign]), json!([contact]))), 200);
        assert!(james.answer().text().starts_with(EXPIRED));
        // The account that had the number is written to by its id from now on, and is in doubt as well.
        let message = json!({ "from_user_id": JAMES_ID, "id": "wamid.n4", "timestamp": now(&world).to_string(),
            "type": "text", "text": { "body": "my appointments" } });
        assert_eq!(webhook(&world, &said(json!([message]), json!([{ "user_id": JAMES_ID }]))), 200);
        world.settle();
        assert!(james.news().iter().all(|message| message.0["to"] == JAMES_ID), "never to the number");
        assert_eq!(world.resources("Appointment?status=booked").len(), 1);
    }
}

fn card(origin: &str, phone: &str) -> Value {
    json!({ "type": "contacts", "contacts": [{ "origin": origin, "name": { "formatted_name": "x" },
        "phones": [{ "phone": format!("+{phone}"), "wa_id": phone, "type": "CELL" }] }] })
}

#[test]
fn i_hide_my_number_and_share_it_when_asked() {
    for world in everywhere() {
        let phone = world.phone("username");
        phone.says("hello");
        let asked = phone.says("book appointment");
        assert_eq!(asked.0["body"]["interactive"]["type"], "request_contact_info", "{}", asked.text());
        phone.raw(card("other", "966501000001"));
        let other = phone.answer();
        assert!(
            other.text().starts_with("The assistant can only read text and buttons."),
            "{}",
            other.text()
        );
        phone.says("book appointment");
        phone.raw(card("contact_request", "966501000001"));
        let services = phone.answer();
        assert_eq!(services.text(), "Which service do you need?", "what was meant goes on");
        assert_eq!(services.0["to"], "966501000001", "whoever really has the number reads it");
    }
}

#[test]
fn i_share_a_number_that_somebody_else_writes_from() {
    for world in everywhere() {
        let amal = world.phone(AMAL);
        booked(&amal, 0, true);
        let phone = world.phone("username");
        phone.says("hello");
        phone.says("my appointments");
        phone.raw(card("contact_request", "966500000001"));
        world.settle();
        let answers: Vec<_> = phone.news().into_iter().chain(amal.news()).collect();
        assert_eq!(answers.len(), 1);
        assert!(answers[0].text().starts_with(CHANGED), "nothing of amal's: {}", answers[0].text());
        assert_eq!(answers[0].0["to"], "966500000001", "and whoever really has the number reads it");
        assert!(amal.says("مواعيدي").text().starts_with(CHANGED_AR), "and it is asked whose number it is");
    }
}

#[test]
fn my_number_changes_while_the_hospital_is_busy_with_my_booking() {
    for world in everywhere() {
        let james = world.phone(JAMES);
        let welcome = james.says("hi");
        let services = james.taps(&welcome, "Book appointment");
        let times = james.taps(&services, "Dermatology");
        let confirmation = james.taps(&times, "#0");
        world.fault("ehr", "", "slow", 20);
        james.tap_only(&confirmation, "Confirm booking");
        moves_to(&world, "966500000077", "wamid.S1");
        let told = james.news();
        assert_eq!(told.len(), 1, "nothing of the appointment goes to the old number");
        assert!(told[0].text().starts_with(CHANGED), "{}", told[0].text());
        assert_eq!(world.resources("Appointment?status=booked").len(), 1);
        assert_eq!(work(&world, "Check booking").len(), 1, "people tell the patient");
    }
}

#[test]
fn this_is_not_my_number() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let mine = booked(&phone, 0, false).option("Cancel appointment");
        world.advance("PT1M");
        let wrong = phone.says("wrong number");
        assert!(
            wrong.text().starts_with("We are sorry for the trouble. We have stopped messages"),
            "{}",
            wrong.text()
        );
        world.settle();
        assert_eq!(work(&world, "Correct number").len(), 1);
        assert!(phone.says("stop").text().starts_with("Messages are already stopped."));
        assert!(phone.taps_id(&mine).text().starts_with(EXPIRED));
        assert!(phone.says("my appointments").text().starts_with(CHANGED));
        let sorry = phone.says("wrong number");
        world.settle();
        assert_eq!(work(&world, "Correct number").len(), 1, "said once is enough");
        let again = phone.taps(&sorry, "This is my number");
        assert!(again.text().starts_with("Thank you. One short step"), "{}", again.text());
        assert!(phone.says("start").text().starts_with("Messages are on."));
    }
}

#[test]
fn the_number_of_the_clinic_stays_what_it_was() {
    // A change that names nobody we know makes nobody up but the one who will write.
    let world = World::start();
    let system = json!({ "type": "user_changed_number", "wa_id": "966500000099" });
    let message = json!({ "from": "966500000098", "id": "wamid.S1", "type": "system", "system": system });
    notice(&world, "messages", json!({ "messages": [message] }));
    world.settle();
    let (_, panel) = world.get("/sandbox/api/panel?from=james");
    let tables = panel["database"]["tables"].as_array().unwrap();
    let rows = |name: &str| tables.iter().find(|table| table["name"] == name).unwrap()["rows"].clone();
    assert_eq!((rows("contact"), rows("audit_event")), (json!(1), json!(1)), "{NUMBER}");
}
