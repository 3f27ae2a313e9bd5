//! The program as an operator meets it.

use crate::world::World;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
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

/// Another process holds the database: nothing could be made durable, though everything can still be read.
#[test]
fn a_database_that_takes_no_writes_is_not_ready_and_the_process_is_alive() {
    let world = World::start();
    let internal = world.get("/sandbox/api/world").1["urls"]["internal"].as_str().unwrap().to_owned();
    let database = world.dir().join("wasl.db");
    let mut other = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let (status, body) = world.get(&format!("{internal}/health/ready"));
    assert_eq!((status, &body["parts"]["ehr"]), (503, &json!("ready")));
    assert_ne!(body["parts"]["database"], "ready");
    assert_eq!(world.get(&format!("{internal}/health/live")).0, 200);
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(world.get(&format!("{internal}/health/ready")).0, 200);
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

/// A webhook whose head is there and whose body is not: the server has begun to answer it when it is asked to end.
#[test]
fn sigterm_answers_what_is_in_flight_loses_nothing_and_exits_0() {
    let mut world = World::start();
    let phone = world.phone("james");
    let services = phone.taps(&phone.says("hi"), "Book appointment");
    let times = phone.taps(&services, "Dermatology");
    let confirm = phone.taps(&times, "#0").option("Confirm booking");
    let seen = world.phone("james").news().len();
    let (_, about) = world.get("/sandbox/api/world");
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "1", "phone_number_id": "106540000000001" },
            "contacts": [{ "profile": { "name": "x" }, "wa_id": "966500000004" }],
            "messages": [{ "id": "wamid.last", "from": "966500000004", "timestamp": wasl::clock::Clock::system().now().timestamp().to_string(),
                "type": "interactive", "interactive": { "type": "button_reply",
                    "button_reply": { "id": confirm, "title": "Confirm booking" } } }],
        },
    }] }] })
    .to_string();
    let secret = about["whatsapp"]["app_secret"].as_str().unwrap();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
    let signature = data_encoding::HEXLOWER.encode(aws_lc_rs::hmac::sign(&key, body.as_bytes()).as_ref());
    let address = world.base().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "POST /webhooks/whatsapp HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         x-hub-signature-256: sha256={signature}\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\
         connection: close\r\n\r\n",
        body.len()
    )
    .unwrap();
    let mut answer = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    answer.read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 100"), "it was begun: {line}");
    world.asks_to_end();
    stream.write_all(body.as_bytes()).unwrap();
    let mut rest = String::new();
    answer.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("HTTP/1.1 200"), "in flight, and answered: {rest}");
    assert_eq!(world.ended(Duration::from_secs(30)), Some(0));
    world.kill_and_restart();
    world.settle();
    let told = world.phone("james").news().split_off(seen);
    assert_eq!(told.len(), 1, "what was answered with 200 was done, once");
    assert!(told[0].text().starts_with("Your appointment is booked."), "{}", told[0].text());
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
}
