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

fn patch(world: &World, id: &str, version: &str) -> u16 {
    let tag = format!("W/\"{version}\"");
    let headers = [("content-type", "application/json-patch+json"), ("if-match", tag.as_str())];
    let operations = json!([{ "op": "add", "path": "/comment", "value": format!("at {version}") }]);
    world.call_with("PATCH", &url(world, &format!("Slot/{id}")), &headers, Some(operations)).0
}

#[test]
fn a_patch_of_a_stale_version_is_refused() {
    everywhere(|world, place| {
        let stored = slot(world, "twin-slot-d");
        let version = stored["meta"]["versionId"].as_str().unwrap();
        assert_eq!(patch(world, "twin-slot-d", version), 200, "{place}");
        let status = patch(world, "twin-slot-d", version);
        assert!([409, 412].contains(&status), "{place}: {status}");
        let (_, now) = world.get(&url(world, "Slot/twin-slot-d"));
        assert_eq!(now["comment"], format!("at {version}"), "{place}");
    });
    let world = World::start();
    world.mood("patch-ignores-if-match");
    slot(&world, "twin-slot-d");
    assert_eq!(patch(&world, "twin-slot-d", "77"), 200, "but in that mood it is taken");
}

/// What a search finds, by id.
fn ids(page: &Value) -> Vec<String> {
    let entries = page["entry"].as_array().cloned().unwrap_or_default();
    entries.iter().map(|it| it["resource"]["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn in_a_mood_conditions_are_worded_or_kept_like_elsewhere() {
    let world = World::start();
    let stored = slot(&world, "a");
    let count = |intent: &str| world.resources(&format!("Appointment?identifier=urn:twin%7C{intent}")).len();
    world.mood("stale-as-400");
    let (status, answer) = world.call("POST", &world.fhir(), Some(booking(&stored, "9", "one")));
    let text = answer["issue"][0]["diagnostics"].as_str().unwrap().to_owned();
    assert_eq!((status, text.contains("status 412"), count("one")), (400, true, 0), "{text}");
    world.mood("not-atomic");
    world.call("POST", &world.fhir(), Some(booking(&stored, "9", "two")));
    assert_eq!(count("two"), 1, "the failing step came last");
    world.call("POST", &world.fhir(), Some(booking(&stored, "9", "two")));
    assert_eq!(count("two"), 1, "the condition holds");
    world.mood("conditional-create-races");
    world.call("POST", &world.fhir(), Some(booking(&stored, "9", "two")));
    assert_eq!(count("two"), 2, "and here it does not");
    world.calm();
    world.mood("lies");
    let (status, _) = world.call("POST", &world.fhir(), Some(booking(&stored, "1", "three")));
    assert_eq!((status, count("three")), (200, 0));
    let (_, slot) = world.get(&url(&world, "Slot/a"));
    assert_eq!(slot["status"], "free");
}

#[test]
fn in_a_mood_versions_are_opaque_and_work_all_the_same() {
    for (mood, begins) in [("vendor-etags", "410v79503096"), ("uuid-etags", "9e3779b1-5a1e-")] {
        let world = World::start();
        world.mood(mood);
        let stored = slot(&world, "a");
        let version = stored["meta"]["versionId"].as_str().unwrap();
        assert!(version.starts_with(begins), "{version}");
        let (status, answer) = world.call("POST", &world.fhir(), Some(booking(&stored, version, "one")));
        assert_eq!(status, 200, "{answer}");
        let (status, _) = world.get(&url(&world, &format!("Slot/a/_history/{version}")));
        assert_eq!(status, 200);
        world.mood("empty-create");
        let task = json!({ "resourceType": "Task", "status": "requested", "intent": "order" });
        assert_eq!(world.call("POST", &url(&world, "Task"), Some(task)), (201, Value::Null), "no body");
        assert_eq!(world.resources("Task").len(), 1);
    }
}

#[test]
fn in_a_mood_pages_are_old_bare_or_of_another_search() {
    let world = World::start();
    let search = url(&world, "Slot?schedule=Schedule/demo-schedule-3&_sort=start&_count=1");
    let look = |headers: &[(&str, &str)]| world.call_with("GET", &search, headers, None).1;
    world.mood("cached-searches");
    let first = ids(&look(&[]));
    assert_eq!(world.call("DELETE", &url(&world, &format!("Slot/{}", first[0])), None).0, 204);
    assert_eq!(ids(&look(&[])), first, "out of the cache");
    let fresh = ids(&look(&[("cache-control", "no-cache")]));
    assert_ne!(fresh, first);
    world.mood("stubborn-cache");
    assert_eq!(world.call("DELETE", &url(&world, &format!("Slot/{}", fresh[0])), None).0, 204);
    assert_eq!(ids(&look(&[("cache-control", "no-cache")])), fresh, "whatever is asked for");
    world.advance("PT61S");
    assert_ne!(ids(&look(&[])), fresh, "for a minute");
    world.calm();
    world.mood("no-total");
    world.mood("no-search-mode");
    let bare = look(&[]);
    assert!(bare.get("total").is_none() && bare["entry"][0].get("search").is_none(), "{bare}");
    world.mood("odd-entries");
    let odd = look(&[]);
    assert_eq!(odd["entry"].as_array().unwrap().len(), 3, "beside its own");
    assert_eq!(odd["entry"][0]["resource"]["status"], "vendor-held");
    assert!(odd["entry"][1]["resource"].get("start").is_none());
    world.calm();
    world.mood("foreign-entries");
    let foreign = look(&[]);
    let schedules: Vec<&Value> =
        foreign["entry"].as_array().unwrap().iter().map(|it| &it["resource"]["schedule"]).collect();
    assert_eq!(schedules.len(), 3);
    assert!(schedules[0] != schedules[1] && schedules[2].is_null(), "{schedules:?}");
    world.calm();
    let free = url(&world, "Slot?status=free&_count=500");
    let statuses = || -> std::collections::BTreeSet<String> {
        let (_, page) = world.call("GET", &free, None);
        page["entry"].as_array().unwrap().iter().map(|it| it["resource"]["status"].to_string()).collect()
    };
    assert_eq!(statuses().len(), 1);
    let mut taken = world.resources("Slot?status=free&_count=1").remove(0);
    taken["status"] = json!("busy");
    let place = url(&world, &format!("Slot/{}", taken["id"].as_str().unwrap()));
    assert_eq!(world.call("PUT", &place, Some(taken)).0, 200);
    world.mood("index-first");
    assert!(statuses().len() > 1, "some are taken by the time they are read");
    world.calm();
    world.mood("wrong-page");
    let wrong = look(&[]);
    assert_ne!(wrong["entry"][0]["resource"]["schedule"]["reference"], "Schedule/demo-schedule-3");
}
