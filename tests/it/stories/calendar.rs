//! An appointment goes into somebody's calendar.

use crate::web::{Page, link, open};
use crate::world::{Phone, World};
use serde_json::json;

fn booked(phone: &Phone<'_>, service: &str) {
    let welcome = phone.says("hi");
    let services = phone.taps(&welcome, "Book appointment");
    let times = phone.taps(&services, service);
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "Confirm booking");
}

fn line(page: &Page, name: &str) -> String {
    let unfolded = page.body.replace("\r\n ", "");
    let found = unfolded.split("\r\n").find(|line| line.starts_with(name));
    found.unwrap_or_default().to_owned()
}

#[test]
fn put_it_in_my_calendar() {
    let world = World::start();
    let phone = world.phone("james");
    booked(&phone, "Dermatology");
    let url = link(&phone.says("calendar"));
    let file = open(&url);
    assert_eq!(file.status, 200);
    assert!(file.header("content-type").starts_with("text/calendar; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"appointment.ics\"");
    assert_eq!((file.header("cache-control"), file.header("referrer-policy")), ("no-store", "no-referrer"));
    let appointment = &world.resources("Appointment?patient=Patient/demo-4")[0];
    let stamp = |at: &serde_json::Value| at.as_str().unwrap().replace(['-', ':'], "");
    assert_eq!(line(&file, "DTSTART"), format!("DTSTART:{}", stamp(&appointment["start"])));
    assert_eq!(line(&file, "DTEND"), format!("DTEND:{}", stamp(&appointment["end"])));
    assert_eq!(line(&file, "SUMMARY"), "SUMMARY;LANGUAGE=en:Appointment at Oasis Hospital");
    assert_eq!(line(&file, "LOCATION"), "LOCATION;LANGUAGE=en:Building B\\, floor 2");
    for secret in ["Dermatology", "Alotaibi", "Whitfield", "demo-", appointment["id"].as_str().unwrap()] {
        assert!(!file.body.contains(secret), "{secret}");
    }
    assert!(line(&open(&format!("{url}?lang=ar")), "SUMMARY").ends_with("موعد في مستشفى الواحة"));
    let rows = || world.get("/sandbox/api/panel").1;
    let before = rows()["database"].clone();
    assert_eq!(line(&open(&url), "UID"), line(&file, "UID"), "adding it twice makes one entry");
    assert_eq!(rows()["database"], before, "opening changes nothing");
}

#[test]
fn of_a_sensitive_service_not_even_the_place() {
    let world = World::start();
    let phone = world.phone("james");
    booked(&phone, "Specialist clinic");
    let file = open(&link(&phone.says("calendar")));
    assert_eq!((file.status, line(&file, "LOCATION")), (200, String::new()));
}

#[test]
fn the_file_is_what_the_hospital_says_now_and_nothing_when_it_was_cancelled() {
    let world = World::start();
    let phone = world.phone("james");
    booked(&phone, "Dermatology");
    let url = link(&phone.says("calendar"));
    world.fault("ehr", "GET /Patient", "status:503", 5);
    let down = open(&url);
    assert_eq!(down.status, 503);
    assert!(down.text().contains("The appointment system is down right now"), "{}", down.text());
    world.clear_faults();
    let mut appointment = world.resources("Appointment?patient=Patient/demo-4")[0].clone();
    appointment["status"] = json!("cancelled");
    let at = format!("{}/Appointment/{}", world.fhir(), appointment["id"].as_str().unwrap());
    assert_eq!(world.call("PUT", &at, Some(appointment)).0, 200);
    let gone = open(&url);
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("This page has expired"), "{}", gone.text());
    let (base, token) = url.rsplit_once('/').unwrap();
    assert_eq!(open(&format!("{base}/{}x", &token[..token.len() - 1])), gone, "as a damaged one");
}
