//! Every body the gateway sends is judged by Meta's OpenAPI document, through Prism. The document is amended where
//! its own examples fail it or where it is older than what it describes: `tests/peers/prism/amend.mjs`.

use crate::real;
use crate::world::{Phone, World};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

/// What Prism expects of a client's name.
const AGENT: &str = "wasl/0.1.0";

/// Bodies that were judged already, but for their digits and ids: hundreds of stories say the same.
static JUDGED: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// Judges what "Meta" was asked in a world. Without Prism nothing is judged (`tests/run` has it).
pub fn judge(requests: &[Value]) {
    let Some(prism) = real::prism() else { return };
    let mut faults = vec![];
    for request in requests.iter().filter(|request| request["method"] == "POST") {
        let path = request["path"].as_str().unwrap();
        if seen_before(&format!("{path} {}", alike(&request["body"]))) {
            continue;
        }
        faults.extend(
            verdict(&prism, path, &request["body"])
                .into_iter()
                .map(|place| format!("{place}\n  in {}", request["body"])),
        );
    }
    assert!(faults.is_empty(), "Meta's document refuses what was sent:\n{}", faults.join("\n"));
}

fn seen_before(body: &str) -> bool {
    let mut judged = JUDGED.lock().unwrap_or_else(PoisonError::into_inner);
    !judged.get_or_insert_default().insert(body.to_owned())
}

/// A body in which digits are zeros and ids, which differ every time, keep only their length.
fn alike(body: &Value) -> Value {
    const IDS: [&str; 4] = ["id", "payload", "biz_opaque_callback_data", "message_id"];
    let zeros = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
    match body {
        Value::String(text) => json!(zeros(text)),
        Value::Array(items) => items.iter().map(alike).collect(),
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| match value.as_str() {
                Some(text) if IDS.contains(&name.as_str()) => (name.clone(), json!(text.len())),
                _ => (name.clone(), alike(value)),
            };
            Value::Object(members.iter().map(one).collect())
        }
        other => other.clone(),
    }
}

/// The places Prism names, none if the body is as Meta wants it.
fn verdict(prism: &str, path: &str, body: &Value) -> Vec<String> {
    let request = reqwest::Client::new()
        .post(format!("{prism}{path}"))
        .header("authorization", "Bearer x")
        .header("content-type", "application/json")
        .header("user-agent", AGENT)
        .body(body.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (status, answer) = runtime.block_on(async {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.bytes().await.unwrap())
    });
    if status == 200 {
        return vec![];
    }
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let places: Vec<String> = answer["validation"].as_array().into_iter().flatten().map(place).collect();
    assert!(!places.is_empty(), "Prism answers {status} to {path}: {answer}");
    // "must match the schema of its kind" only says that another place is named.
    places.into_iter().filter(|place| !place.ends_with("must match \"then\" schema")).collect()
}

fn place(fault: &Value) -> String {
    let steps: Vec<String> = fault["location"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
        .collect();
    format!("{}: {}", steps.join("."), fault["message"].as_str().unwrap_or_default())
}

const MESSAGES: &str = "/v26.0/106540000000001/messages";
const CALLS: &str = "/v26.0/106540000000001/calls";

fn message(kind: &str, it: Value) -> Value {
    let mut body = json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+966500000001",
        "biz_opaque_callback_data": "x", "type": kind });
    body[kind] = it;
    body
}

fn interactive(kind: &str, action: Value) -> Value {
    message("interactive", json!({ "type": kind, "body": { "text": "x" }, "action": action }))
}

fn with_button(title: &str) -> Value {
    interactive("button", json!({ "buttons": [{ "type": "reply", "reply": { "id": "a", "title": title } }] }))
}

fn with_link(parameters: Value) -> Value {
    interactive("cta_url", json!({ "name": "cta_url", "parameters": parameters }))
}

#[rstest]
#[case::link(MESSAGES, with_link(json!({ "display_text": "Open", "url": "https://example.org" })))]
#[case::place(MESSAGES, message("location", json!({ "latitude": 24.7, "longitude": 46.6, "name": "B" })))]
#[case::number(MESSAGES, interactive("request_contact_info", json!({ "name": "request_contact_info" })))]
#[case::call(CALLS, json!({ "messaging_product": "whatsapp", "call_id": "wacid.x", "action": "reject" }))]
fn what_meta_takes_is_taken(#[case] path: &str, #[case] body: Value) {
    let Some(prism) = real::prism() else { return };
    assert_eq!(verdict(&prism, path, &body), Vec::<String>::new());
}

#[rstest]
#[case::unknown_member(MESSAGES, message("text", json!({ "body": "x", "surprise": 1 })), "body.text: ")]
#[case::empty(MESSAGES, message("text", json!({ "body": "" })), "body.text.body: ")]
#[case::long_title(MESSAGES, with_button(&"x".repeat(21)), "body.interactive.action.buttons.0.reply.title: ")]
#[case::long_link(MESSAGES, with_link(json!({ "display_text": "x".repeat(21), "url": "https://example.org" })),
    "body.interactive.action.parameters.display_text: ")]
#[case::no_link(MESSAGES, with_link(json!({ "display_text": "x", "url": "tel:1" })),
    "body.interactive.action.parameters.url: ")]
#[case::beyond_the_pole(MESSAGES, message("location", json!({ "latitude": 91, "longitude": 0 })),
    "body.location.latitude: ")]
#[case::new_kind(MESSAGES, interactive("hologram", json!({})), "body.interactive.type: ")]
#[case::another_action(MESSAGES, interactive("request_contact_info", json!({ "name": "send_location" })),
    "body.interactive.action.name: ")]
#[case::no_message_id(MESSAGES, json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "x" }),
    "body.message_id: ")]
#[case::odd_call(CALLS, json!({ "messaging_product": "whatsapp", "call_id": "wacid.x", "action": "dance" }),
    "body.action: ")]
fn what_meta_refuses_is_refused_at_its_place(#[case] path: &str, #[case] body: Value, #[case] place: &str) {
    let Some(prism) = real::prism() else { return };
    let places = verdict(&prism, path, &body);
    assert!(places.iter().any(|found| found.starts_with(place)), "{places:?}");
}

#[test]
fn metas_own_examples_pass_its_amended_document() {
    let Some(prism) = real::prism() else { return };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/whatsapp/requests");
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mut body: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        // Meta's examples hold names in brackets where numbers and ids belong.
        if body["status"] == "read" {
            body["message_id"] = json!("wamid.x");
        } else {
            body["to"] = json!("+16505551234");
        }
        assert_eq!(verdict(&prism, MESSAGES, &body), Vec::<String>::new(), "{}", path.display());
        n += 1;
    }
    assert_eq!(n, 5);
}

/// What kinds of requests a world has made.
fn kinds(world: &World) -> BTreeSet<String> {
    let requests = world.get("/sandbox/api/requests").1;
    let one = |request: &Value| {
        let body = &request["body"];
        let kind = body["type"].as_str().or(body["status"].as_str()).unwrap_or("?");
        match body["interactive"]["type"].as_str() {
            Some(inner) => format!("{kind}/{inner}"),
            None => kind.to_owned(),
        }
    };
    requests["requests"].as_array().unwrap().iter().map(one).collect()
}

/// From hello to the booking, by the first of everything that is offered.
fn books(phone: &Phone<'_>, hello: &str) {
    let welcome = phone.says(hello);
    let services = phone.taps(&welcome, "#0");
    let times = phone.taps(&services, "#0");
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "#0");
}

/// The world judges itself when it ends; here it is made sure that every kind is among what it judges.
#[test]
fn a_conversation_in_both_languages_has_every_kind_of_message() {
    let world = World::start();
    books(&world.phone("amal"), "مرحبا");
    let james = world.phone("james");
    books(&james, "hello");
    james.says("thanks");
    world.phone("username").says("hello");
    let expected = ["interactive/button", "interactive/list", "read", "text"];
    let found = kinds(&world);
    assert!(expected.iter().all(|kind| found.contains(*kind)), "{found:?}");
}

#[test]
fn every_template_in_every_language_is_as_meta_wants_it() {
    use wasl::domain::clinic::Disclosure::{Details, Neutral, Time};
    use wasl::domain::speech::TemplateId;
    use wasl::outbound::catalogue::{name, parameter};
    use wasl::phi::Phi;
    use wasl::wire::whatsapp::message::to_json;
    use wasl::wire::whatsapp::{Body, Outgoing, Recipient, Template};
    let Some(prism) = real::prism() else { return };
    for entry in TemplateId::all() {
        for level in [Details, Time, Neutral] {
            let slots = entry.parameters(level);
            let values = slots.iter().map(|slot| (parameter(*slot), Phi::new("10:30".to_owned()))).collect();
            let payloads = vec![Phi::new("x".repeat(128)); 3];
            let template = Template::new(name(entry, level), "ar".to_owned(), values, payloads).unwrap();
            let to = Recipient::Phone(Phi::new("966500000001".to_owned()));
            let message = Outgoing::new(to, "x".to_owned(), Body::Template(template)).unwrap();
            assert_eq!(verdict(&prism, MESSAGES, &to_json(&message)), Vec::<String>::new());
        }
    }
}
