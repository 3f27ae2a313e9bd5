//! The EHR twin is judged by the same questions as a real server: what holds on HAPI must hold on it.

use crate::real;
use crate::world::{Setting, World};
use serde_json::{Value, json};
use std::collections::HashSet;

fn everywhere(check: impl Fn(&World, &str)) {
    check(&World::start(), "twin");
    if let Some(ehr) = real::fhir() {
        check(&World::with(Setting { ehr: Some(ehr), ..Setting::default() }), "HAPI");
    }
}

fn url(world: &World, path: &str) -> String {
    format!("{}/{path}", world.fhir())
}

fn slot(world: &World, id: &str) -> Value {
    let slot = json!({
        "resourceType": "Slot", "id": id, "status": "free", "schedule": { "reference": "Schedule/demo-schedule-6" },
        "start": "2031-01-01T08:00:00Z", "end": "2031-01-01T08:30:00Z",
    });
    let (status, stored) = world.call("PUT", &url(world, &format!("Slot/{id}")), Some(slot));
    assert!(status == 200 || status == 201, "{status} {stored}");
    stored
}

fn booking(slot: &Value, version: &str, intent: &str) -> Value {
    let mut busy = slot.clone();
    busy["status"] = json!("busy");
    let id = slot["id"].as_str().unwrap();
    let appointment = json!({
        "resourceType": "Appointment", "status": "booked", "identifier": [{ "system": "urn:twin", "value": intent }],
        "slot": [{ "reference": format!("Slot/{id}") }], "start": slot["start"], "end": slot["end"],
        "participant": [{ "actor": { "reference": "Patient/demo-1" }, "status": "accepted" }],
    });
    json!({ "resourceType": "Bundle", "type": "transaction", "entry": [
        { "resource": busy, "request": { "method": "PUT", "url": format!("Slot/{id}"), "ifMatch": format!("W/\"{version}\"") } },
        { "resource": appointment, "request":
            { "method": "POST", "url": "Appointment", "ifNoneExist": format!("identifier=urn:twin|{intent}") } },
    ]})
}

#[test]
fn a_stale_transaction_leaves_nothing_behind_and_a_fresh_one_everything() {
    everywhere(|world, place| {
        let stored = slot(world, "twin-slot-a");
        let version = stored["meta"]["versionId"].as_str().unwrap();
        let count = || world.resources("Appointment?identifier=urn:twin%7Ca").len();
        let before = count();
        let stale = version.parse::<u64>().unwrap() + 7;
        let (status, _) = world.call("POST", &world.fhir(), Some(booking(&stored, &stale.to_string(), "a")));
        assert!([409, 412].contains(&status), "{place}: {status}");
        assert_eq!(count(), before, "{place}: rolled back");
        let (status, answer) = world.call("POST", &world.fhir(), Some(booking(&stored, version, "a")));
        assert_eq!(status, 200, "{place}: {answer}");
        assert_eq!(count(), 1, "{place}");
        let (_, slot) = world.get(&url(world, "Slot/twin-slot-a"));
        assert_eq!(slot["status"], "busy", "{place}");
        let (status, _) = world.call("POST", &world.fhir(), Some(booking(&stored, version, "a")));
        assert!([409, 412].contains(&status), "{place}: a repeat is refused by the slot");
        assert_eq!(count(), 1, "{place}: and makes no twin");
    });
}

#[test]
fn pages_hold_each_match_once_and_odd_questions_are_refused() {
    everywhere(|world, place| {
        let found = world.resources("Slot?schedule=Schedule/demo-schedule-5&_sort=start&_count=7");
        let ids: HashSet<&str> = found.iter().map(|slot| slot["id"].as_str().unwrap()).collect();
        assert!(found.len() > 50 && ids.len() == found.len(), "{place}: {} {}", found.len(), ids.len());
        let starts: Vec<&str> = found.iter().map(|slot| slot["start"].as_str().unwrap()).collect();
        assert!(starts.is_sorted(), "{place}");
        assert_eq!(world.get(&url(world, "Slot?surprise=1")).0, 400, "{place}");
        assert_eq!(world.get(&url(world, "Patient/nobody-at-all")).0, 404, "{place}");
        assert!(
            world.resources("Patient?phone=%2B966500000001").iter().any(|it| it["id"] == "demo-1"),
            "{place}"
        );
        assert!(world.resources("Patient?phone=+966500000001").is_empty(), "{place}: a bare plus is a blank");
        let (status, _) =
            world.call("POST", &url(world, "Appointment"), Some(json!({ "resourceType": "Appointment" })));
        assert!([400, 422].contains(&status) || place == "HAPI", "{place}: {status}");
    });
}

#[test]
fn what_was_deleted_is_gone_and_what_was_is_remembered() {
    everywhere(|world, place| {
        let id = format!("twin-slot-{}", if place == "twin" { "b" } else { "c" });
        slot(world, &id);
        let address = url(world, &format!("Slot/{id}"));
        let status = world.call("DELETE", &address, None).0;
        assert!([200, 204].contains(&status), "{place}: {status}");
        assert_eq!(world.get(&address).0, 410, "{place}");
        let (status, history) = world.get(&format!("{address}/_history"));
        assert_eq!(status, 200, "{place}");
        assert!(history["entry"].as_array().unwrap().len() >= 2, "{place}");
    });
}
