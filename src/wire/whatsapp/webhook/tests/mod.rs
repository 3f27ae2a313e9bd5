//! Meta's own payloads, the shapes that broke other integrators, and garbage.

mod batches;
mod content;
mod payloads;
mod people;
mod told;

use super::{Content, FieldNotice, Inbound, Status, SystemChange, Update, What, parse};
use crate::phi::Phi;
use crate::wire::whatsapp::fixtures;
use serde_json::{Value, json};

const NUMBER: &str = "106540000000001";
const WABA: &str = "102290000000001";
const BSUID: &str = "US.13490000000000000001";
const PHONE: &str = "15552223333";

fn phi(text: &str) -> Phi<String> {
    Phi::new(text.to_owned())
}

fn change(field: &str, mut value: Value) -> Value {
    value["metadata"] = json!({ "display_phone_number": "15550001111", "phone_number_id": NUMBER });
    json!({ "field": field, "value": value })
}

fn body(changes: Value) -> Vec<u8> {
    let entry = json!([{ "id": WABA, "changes": changes }]);
    serde_json::to_vec(&json!({ "object": "whatsapp_business_account", "entry": entry })).unwrap()
}

/// What one change of one field reads as.
fn whats(field: &str, value: Value) -> Vec<What> {
    let updates = parse(&body(json!([change(field, value)]))).unwrap();
    assert!(updates.iter().all(|u| u.phone_number_id.as_deref() == Some(NUMBER)));
    assert!(updates.iter().all(|u| u.waba_id.as_deref() == Some(WABA)));
    updates.into_iter().map(|update| update.what).collect()
}

fn only(mut whats: Vec<What>) -> What {
    assert_eq!(whats.len(), 1);
    whats.remove(0)
}

fn message_with(members: Value) -> What {
    let mut message =
        json!({ "from": PHONE, "from_user_id": BSUID, "id": "wamid.1", "timestamp": "1790000000" });
    message.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    only(whats("messages", json!({ "messages": [message] })))
}

fn inbound(what: What) -> Inbound {
    match what {
        What::Message(message) => message,
        other => panic!("no message: {other:?}"),
    }
}

fn content(members: Value) -> Content {
    inbound(message_with(members)).content
}

fn status(members: Value) -> Status {
    let mut status = json!({ "id": "wamid.OUT1", "status": "sent", "timestamp": "1790000005" });
    status.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    match only(whats("messages", json!({ "statuses": [status] }))) {
        What::Status(status) => status,
        other => panic!("no status: {other:?}"),
    }
}

fn system(message: Value) -> SystemChange {
    match only(whats("messages", json!({ "messages": [message] }))) {
        What::System(change) => change,
        other => panic!("no system change: {other:?}"),
    }
}

fn notice(field: &str, value: Value) -> FieldNotice {
    match only(whats(field, value)) {
        What::Field(notice) => notice,
        other => panic!("no notice: {other:?}"),
    }
}

fn file(name: &str) -> Update {
    let mut updates = parse(&fixtures::bytes(&format!("webhooks/{name}.json"))).unwrap();
    assert_eq!(updates.len(), 1, "{name}");
    updates.remove(0)
}
