//! What became of our messages, what comes too late to be said, and what stops the clinic's messages altogether.

use crate::meta::{alarm, everywhere, figures, notice, now, status, thinks, work};
use crate::stories::booking::{booked, to_the_times};
use crate::world::{Message, Phone, World};
use rstest::rstest;
use serde_json::{Value, json};
use std::process::Command;

const JAMES: &str = "+966500000004";

fn texts(phone: &Phone<'_>) -> Vec<String> {
    phone.news().iter().map(Message::text).collect()
}

/// A booking whose message Meta takes and then does not deliver.
fn booked_and_failed<'a>(world: &'a World, code: u32) -> (Phone<'a>, Message) {
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hi", "Book appointment");
    let confirmation = phone.taps(&times, "#0");
    world.fault("graph", "POST /", &format!("fails:{code}"), 2);
    phone.tap_only(&confirmation, "Confirm booking");
    world.settle();
    world.clear_faults();
    let first = phone.news().remove(0);
    assert!(first.text().starts_with("Your appointment is booked."), "{}", first.text());
    (phone, first)
}

#[test]
fn meta_took_it_and_the_window_was_closed_after_all() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let confirmation = phone.taps(&times, "#0");
        world.fault("graph", "POST /", "fails:131047", 2);
        phone.tap_only(&confirmation, "Confirm booking");
        world.settle();
        world.clear_faults();
        let told = phone.news();
        assert_eq!(told.len(), 2, "the booking, then its template");
        assert_eq!(told[1].0["body"]["template"]["name"], "late_booked_details_v1");
        assert!(work(&world, "Check booking").is_empty());
        status(&world, told[0].0["wamid"].as_str().unwrap(), "failed", Some(131_047));
        assert!(phone.news().is_empty(), "the same failure again is no other");
    }
}

#[rstest]
#[case::not_on_whatsapp(131_026)]
#[case::payment(131_042)]
#[case::something(131_000)]
fn meta_took_it_and_it_never_arrived(#[case] code: u32) {
    for world in everywhere() {
        let (phone, first) = booked_and_failed(&world, code);
        assert_eq!(work(&world, "Check booking").len(), 1, "people tell the patient");
        let wamid = first.0["wamid"].as_str().unwrap();
        for (again, code) in [("failed", Some(code)), ("sent", None), ("failed", None)] {
            status(&world, wamid, again, code);
        }
        assert_eq!(work(&world, "Check booking").len(), 1, "once");
        assert!(phone.news().is_empty());
        assert!(!figures(&world, "wasl_messages_undelivered_total").is_empty());
    }
}

#[test]
fn one_of_my_phones_has_it_and_another_has_not() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let told = booked(&phone, 0, false);
        let wamid = told.0["wamid"].as_str().unwrap().to_owned();
        for (state, code) in [("read", None), ("failed", Some(131_026)), ("delivered", None), ("sent", None)]
        {
            status(&world, &wamid, state, code);
        }
        assert!(work(&world, "Check booking").is_empty(), "delivered wins");
        status(&world, &wamid, "deleted", None);
        status(&world, &wamid, "teleported", None);
        assert_eq!(phone.says("menu").text(), "How can we help?");
    }
}

#[test]
fn a_question_that_was_not_delivered_is_nobodys_business() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    world.fault("graph", "POST /", "fails:131026", 2);
    phone.send(json!({ "text": "menu" }));
    world.settle();
    world.clear_faults();
    assert_eq!(texts(&phone), ["How can we help?"]);
    assert!(world.resources("Task?status=requested").is_empty());
}

#[test]
fn statuses_of_messages_that_are_not_ours_change_nothing() {
    let world = World::start();
    let unknown: Vec<Value> = (0..50)
        .map(|n| {
            json!({ "id": format!("wamid.else{n}"), "status": "failed", "timestamp": "1790000000",
                "recipient_id": "966500000004", "biz_opaque_callback_data": "another app's",
                "errors": [{ "code": 131026 }] })
        })
        .collect();
    notice(&world, "messages", json!({ "statuses": unknown }));
    world.settle();
    assert_eq!(world.phone(JAMES).says("hi").0["to"], "966500000004");
}

#[test]
fn meta_was_down_for_an_hour_and_the_list_of_times_is_not_sent_any_more() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let confirmation = phone.taps(&times, "#0");
        world.fault("graph", "POST /", "throttle", 100_000);
        phone.tap_only(&confirmation, "Confirm booking");
        phone.send(json!({ "text": "menu" }));
        world.settle();
        world.advance("PT1H");
        world.clear_faults();
        world.advance("PT1H");
        let told = texts(&phone);
        assert_eq!(told.len(), 1, "the booking is true an hour later, the menu nobody's wish: {told:?}");
        assert!(told[0].starts_with("Your appointment is booked."), "{told:?}");
    }
}

#[test]
fn the_access_token_ended_and_nothing_is_lost() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let confirmation = phone.taps(&times, "#0");
        thinks(&world, json!({ "token_expires_at": "2020-01-01T00:00:00Z" }));
        phone.tap_only(&confirmation, "Confirm booking");
        world.settle();
        assert_eq!(alarm(&world, "sending"), "1");
        world.advance("PT8H");
        assert!(phone.news().is_empty());
        let tries = figures(&world, "wasl_sends_total{outcome=\"halted\"}");
        assert!(!tries.is_empty());
        thinks(&world, json!({ "token_expires_at": null }));
        world.advance("PT10M");
        let told = texts(&phone);
        assert_eq!(told.len(), 1, "eight hours later: {told:?}");
        assert!(told[0].starts_with("Your appointment is booked."), "{told:?}");
        assert_eq!(alarm(&world, "sending"), "0");
        assert!(work(&world, "Check booking").is_empty(), "nobody had to be called");
    }
}

#[test]
fn the_token_will_end_in_five_days_and_somebody_is_told_today() {
    let world = World::start();
    world.phone(JAMES).says("hi");
    assert_eq!(alarm(&world, "token"), "0");
    let ends = now(&world) + 6 * 86_400;
    let ends = wasl::clock::from_millis(ends * 1_000).to_rfc3339();
    thinks(&world, json!({ "token_expires_at": ends, "quality": { "106540000000001": "RED" } }));
    world.advance("P1DT1M");
    assert_eq!((alarm(&world, "token"), alarm(&world, "quality")), ("1".to_owned(), "1".to_owned()));
    let internal = world.get("/sandbox/api/world").1["urls"]["internal"].as_str().unwrap().to_owned();
    assert_eq!(world.get(&format!("{internal}/health/ready")).0, 200, "patients are still answered");
    let config = world.dir().join("config.toml");
    let doctor = || {
        let output = Command::new(env!("CARGO_BIN_EXE_wasl"))
            .args(["doctor", "--json", "--config", config.to_str().unwrap()])
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap().clone();
        let find = |id: &str| checks.iter().find(|check| check["id"] == id).unwrap().clone();
        (find("whatsapp"), find("templates"))
    };
    let (whatsapp, templates) = doctor();
    assert_eq!((&whatsapp["status"], &templates["status"]), (&json!("warn"), &json!("ok")));
    let detail = whatsapp["detail"].as_str().unwrap();
    assert!(detail.contains("the access token ends on") && detail.contains("quality RED"), "{detail}");
    thinks(&world, json!({ "token_expires_at": null, "quality": { "106540000000001": "" } }));
    world.advance("P1DT1M");
    assert_eq!((alarm(&world, "token"), alarm(&world, "quality")), ("0".to_owned(), "0".to_owned()));
    thinks(&world, json!({ "templates": { "late_booked_details_v1": "PAUSED" } }));
    let paused = json!({ "event": "PAUSED", "message_template_name": "late_booked_details_v1",
        "message_template_language": "en", "reason": "NONE" });
    notice(&world, "message_template_status_update", paused);
    world.settle();
    assert_eq!(alarm(&world, "template"), "2", "in both languages, at once and not tomorrow");
    let (_, templates) = doctor();
    assert_eq!(templates["status"], "warn");
    assert!(templates["detail"].as_str().unwrap().contains("late_booked_details_v1/en"), "{templates}");
    thinks(&world, json!({ "templates": { "late_booked_details_v1": "" } }));
    notice(&world, "message_template_status_update", json!({ "event": "REINSTATED" }));
    world.settle();
    assert_eq!(alarm(&world, "template"), "0");
}

#[test]
fn meta_warns_the_account_and_it_stands_for_a_week() {
    let world = World::start();
    notice(
        &world,
        "account_update",
        json!({ "event": "ACCOUNT_VIOLATION", "violation_info": { "violation_type": "X" } }),
    );
    notice(&world, "security", json!({ "event": "PIN_CHANGED", "requester": "1000" }));
    notice(&world, "account_alerts", json!({ "alert_info": { "alert_type": "OBA_APPROVED" } }));
    notice(&world, "messages", json!({ "errors": [{ "code": 131042, "title": "payment" }] }));
    world.settle();
    assert_eq!((alarm(&world, "account"), alarm(&world, "security")), ("3".to_owned(), "1".to_owned()));
    let log = std::fs::read_to_string(world.dir().join("gateway.log")).unwrap();
    assert!(log.contains("ACCOUNT_VIOLATION"), "an error line");
    world.advance("P8D");
    assert_eq!((alarm(&world, "account"), alarm(&world, "security")), ("0".to_owned(), "0".to_owned()));
}
