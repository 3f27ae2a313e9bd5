use super::template::UNKNOWN;
use super::*;
use rstest::rstest;
use serde_json::json;

fn button(title: &str, id: &str) -> Value {
    json!({ "type": "reply", "reply": { "id": id, "title": title } })
}

fn message(kind: &str, it: Value) -> Value {
    let mut body = json!({ "messaging_product": "whatsapp", "to": "+966500000001", "type": kind });
    body[kind] = it;
    body
}

fn interactive(kind: &str, action: Value) -> Value {
    message("interactive", json!({ "type": kind, "body": { "text": "x" }, "action": action }))
}

fn with_buttons(buttons: Vec<Value>) -> Value {
    interactive("button", json!({ "buttons": buttons }))
}

fn with_rows(n: usize, title: &str) -> Value {
    let rows: Vec<Value> = (0..n).map(|id| json!({ "id": id.to_string(), "title": title })).collect();
    interactive("list", json!({ "button": "See", "sections": [{ "rows": rows }] }))
}

fn with_link(text: &str, url: &str) -> Value {
    interactive("cta_url", json!({ "name": "cta_url", "parameters": { "display_text": text, "url": url } }))
}

fn place(latitude: Value, longitude: Value) -> Value {
    message("location", json!({ "latitude": latitude, "longitude": longitude, "name": "Building B" }))
}

fn asking(kind: &str, action: &str) -> Value {
    interactive(kind, json!({ "name": action }))
}

fn with(mut body: Value, path: &str, value: Value) -> Value {
    let (parent, member) = path.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[member] = value;
    body
}

#[rstest]
#[case(message("text", json!({ "body": "x".repeat(4096) })))]
#[case(with_buttons(vec![button(&"x".repeat(20), "a"), button("b", "b"), button("c", "c")]))]
#[case(with_rows(10, &"x".repeat(24)))]
#[case(with_link(&"x".repeat(20), "https://example.org/c/1"))]
#[case(with(with_link("x", "https://example.org"), "/interactive/header", json!({ "type": "text", "text": "x" })))]
#[case(place(json!(24.7), json!(-180)))]
#[case(place(json!("24.7"), json!("46.6")))]
#[case(asking("location_request_message", "send_location"))]
#[case(asking("request_contact_info", "request_contact_info"))]
#[case(with(message("text", json!({ "body": "x" })), "/context", json!({ "message_id": "wamid.x" })))]
fn what_meta_takes(#[case] body: Value) {
    assert_eq!(check(&body, &[]), Ok(()));
}

#[rstest]
#[case(message("text", json!({ "body": "x".repeat(4097) })), PARAMETER)]
#[case(message("text", json!({ "body": "" })), PARAMETER)]
#[case(message("text", json!({})), MISSING)]
#[case(with(message("text", json!({ "body": "x" })), "/to", json!("1234")), PARAMETER)]
#[case(with(message("text", json!({ "body": "x" })), "/context", json!({})), MISSING)]
#[case(with(message("text", json!({ "body": "x" })), "/surprise", json!(1)), INVALID)]
#[case(with(message("text", json!({ "body": "x" })), "/text/surprise", json!(1)), INVALID)]
#[case(with_buttons(vec![]), PARAMETER)]
#[case(with_buttons(vec![button("a", "a"), button("b", "b"), button("c", "c"), button("d", "d")]), PARAMETER)]
#[case(with_buttons(vec![button(&"x".repeat(21), "a")]), PARAMETER)]
#[case(with_buttons(vec![button("a", "a"), button("a", "b")]), PARAMETER)]
#[case(with_buttons(vec![button("a", " a")]), PARAMETER)]
#[case(with_rows(11, "x"), PARAMETER)]
#[case(with_rows(1, &"x".repeat(25)), PARAMETER)]
#[case(with(with_rows(1, "x"), "/interactive/action/buttons", json!([])), INVALID)]
#[case(with_link(&"x".repeat(21), "https://example.org"), PARAMETER)]
#[case(with_link("x", "javascript:alert(1)"), PARAMETER)]
#[case(with(with_link("x", "https://example.org"), "/interactive/action/name", json!("cta")), PARAMETER)]
#[case(with(with_link("x", "https://example.org"), "/interactive/body", json!({ "text": "x".repeat(1025) })), PARAMETER)]
#[case(with(with_link("x", "https://example.org"), "/interactive/header", json!({ "type": "text", "text": "x".repeat(61) })), PARAMETER)]
#[case(place(json!(91), json!(0)), PARAMETER)]
#[case(place(json!(0), json!("181")), PARAMETER)]
#[case(place(json!(null), json!(0)), MISSING)]
#[case(asking("location_request_message", "request_contact_info"), PARAMETER)]
#[case(with(asking("request_contact_info", "request_contact_info"), "/interactive/footer", json!({ "text": "x" })), INVALID)]
#[case(interactive("hologram", json!({})), INVALID)]
#[case(message("template", json!({ "name": "nope", "language": { "code": "ar" } })), UNKNOWN)]
fn what_meta_refuses(#[case] body: Value, #[case] code: u32) {
    assert_eq!(check(&body, &[]).unwrap_err().0, code);
}
