//! The program as an operator meets it.

use crate::world::World;
use serde_json::json;
use std::process::{Command, Output};
use std::time::Duration;

fn wasl(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wasl")).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_teaches_and_wrong_usage_exits_2() {
    let help = wasl(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for word in ["sandbox", "serve", "migrate", "keys", "doctor", "Exit codes"] {
        assert!(text(&help.stdout).contains(word), "{word}");
    }
    assert_eq!(wasl(&["sing"]).status.code(), Some(2));
    let missing = wasl(&["serve", "--config", "/nowhere/config.toml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("/nowhere/config.toml"), "{}", text(&missing.stderr));
}

#[test]
fn every_command_works_on_the_sandboxs_configuration() {
    let world = World::start();
    let config = world.dir().join("config.toml");
    let config = config.to_str().unwrap();
    let doctor = wasl(&["doctor", "--json", "--config", config]);
    assert_eq!(doctor.status.code(), Some(0), "{}", text(&doctor.stdout));
    let report: serde_json::Value = serde_json::from_slice(&doctor.stdout).unwrap();
    let status = |id: &str| {
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["id"] == id).unwrap()["status"].as_str().unwrap().to_owned()
    };
    for id in [
        "config",
        "keys",
        "database",
        "whatsapp",
        "ehr.reach",
        "ehr.transaction",
        "ehr.paging",
        "ehr.timezone",
    ] {
        assert_eq!(status(id), "ok", "{id}");
    }
    assert_eq!(wasl(&["migrate", "--check", "--config", config]).status.code(), Some(0));
    assert!(text(&wasl(&["keys", "rotate", "--config", config]).stdout).contains("epoch 2"));
    assert!(text(&wasl(&["keys", "list", "--config", config]).stdout).contains("current"));
    let second = wasl(&["serve", "--config", config]);
    assert_eq!(second.status.code(), Some(2));
    assert!(text(&second.stderr).contains("another server has"), "{}", text(&second.stderr));
}

/// A confirmation's button names a patient, a time and a doctor; what was told of a booking is a digest too.
#[test]
fn keys_rotate_under_a_conversation_and_old_buttons_still_work() {
    let mut world = World::start();
    let config = world.dir().join("config.toml");
    let rotate = || wasl(&["keys", "rotate", "--config", config.to_str().unwrap()]);
    let phone = world.phone("james");
    let services = phone.taps(&phone.says("hi"), "Book appointment");
    let times = phone.taps(&services, "Dermatology");
    let confirm = phone.taps(&times, "#0").option("Confirm booking");
    assert!(rotate().status.success());
    world.kill_and_restart();
    let phone = world.phone("james");
    phone.news();
    let booked = phone.taps_id(&confirm);
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
    let cancel = phone.taps(&booked, "Cancel appointment").option("Yes, cancel it");
    world.fault("ehr", "POST /", "lost-answer", 1);
    assert!(phone.taps_id(&cancel).text().starts_with("We have your request."));
    assert!(rotate().status.success());
    world.kill_and_restart();
    let phone = world.phone("james");
    phone.news();
    world.advance("PT5M");
    assert!(phone.answer().text().starts_with("Your appointment is cancelled"));
    assert!(world.resources("Task?status=requested").is_empty(), "nobody is sent to a person for it");
}

#[test]
fn probes_name_the_part_that_is_not_ready_and_metrics_are_there() {
    let world = World::start();
    let internal = world.get("/sandbox/api/world").1["urls"]["internal"].as_str().unwrap().to_owned();
    assert_eq!(world.get(&format!("{internal}/health/live")).0, 200);
    assert_eq!(world.get(&format!("{internal}/health/ready")).0, 200);
    world.fault("ehr", "GET /metadata", "status:503", 1);
    let (status, body) = world.get(&format!("{internal}/health/ready"));
    assert_eq!((status, &body["parts"]["database"]), (503, &json!("ready")));
    assert_ne!(body["parts"]["ehr"], "ready");
    world.phone("james").says("hi");
    assert_eq!(world.get(&format!("{internal}/metrics")).0, 200);
}

#[test]
fn the_webhook_is_guarded() {
    let world = World::start();
    let (_, about) = world.get("/sandbox/api/world");
    let token = about["whatsapp"]["verify_token"].as_str().unwrap();
    let ask = |token: &str| {
        world.get(&format!(
            "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444"
        ))
    };
    assert_eq!(ask(token), (200, json!(1_158_201_444)));
    assert_eq!(ask("wrong").0, 403);
    let body = json!({ "object": "whatsapp_business_account", "entry": [] });
    assert_eq!(world.post("/webhooks/whatsapp", body).0, 401, "no signature");
    let large = json!({ "x": "x".repeat(5 << 20) });
    assert_eq!(world.post("/webhooks/whatsapp", large).0, 413);
}

#[test]
fn sigterm_finishes_what_was_begun_and_exits_0() {
    let mut world = World::start();
    world.phone("james").send(json!({ "text": "hi" }));
    assert_eq!(world.terminate(Duration::from_secs(30)), Some(0));
}
