//! What a message holds.

use super::{PHONE, content, inbound, message_with, phi};
use crate::clock::from_millis;
use crate::wire::whatsapp::webhook::{Content, MediaKind};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[case::voice(json!({ "type": "audio", "audio": { "id": "1", "voice": true } }), Content::Media(MediaKind::Voice))]
#[case::sound(json!({ "type": "audio", "audio": { "id": "1" } }), Content::Media(MediaKind::Audio))]
#[case::film(json!({ "type": "video", "video": {} }), Content::Media(MediaKind::Video))]
#[case::file(json!({ "type": "document", "document": {} }), Content::Media(MediaKind::Document))]
#[case::sticker(json!({ "type": "sticker", "sticker": {} }), Content::Media(MediaKind::Sticker))]
#[case::reaction_removed(json!({ "type": "reaction", "reaction": { "message_id": "wamid.0" } }), Content::Reaction)]
#[case::cards_without_name(json!({ "type": "contacts", "contacts": [{ "phones": [] }] }), Content::Contacts { shared: None })]
#[case::opened(json!({ "type": "request_welcome" }), Content::Opening)]
#[case::flow(json!({ "type": "interactive", "interactive": { "type": "nfm_reply" } }), Content::FlowReply)]
#[case::call(json!({ "type": "interactive", "interactive": { "type": "call_permission_reply" } }), Content::CallPermission)]
#[case::edited(json!({ "type": "edit", "edit": { "original_message_id": "wamid.0" } }), Content::Edit)]
#[case::deleted(json!({ "type": "revoke", "revoke": {} }), Content::Revoke)]
#[case::poll(json!({ "type": "unsupported", "errors": [{ "code": 131051 }], "unsupported": { "type": "poll" } }), Content::Unsupported { code: Some(131_051) })]
#[case::bare_unsupported(json!({ "type": "unsupported" }), Content::Unsupported { code: None })]
#[case::withheld(json!({ "type": "text", "errors": [{ "code": 131060 }] }), Content::Unsupported { code: Some(131_060) })]
#[case::new_type(json!({ "type": "hologram", "hologram": {} }), Content::Unknown)]
#[case::no_type(json!({}), Content::Unknown)]
#[case::text_without_body(json!({ "type": "text" }), Content::Unknown)]
#[case::text_of_another_type(json!({ "type": "text", "text": { "body": ["a"] } }), Content::Unknown)]
#[case::tap_without_id(json!({ "type": "interactive", "interactive": { "type": "button_reply" } }), Content::Unknown)]
#[case::new_interactive(json!({ "type": "interactive", "interactive": { "type": "dial" } }), Content::Unknown)]
fn a_message_always_gets_a_content(#[case] members: Value, #[case] expected: Content) {
    assert_eq!(content(members), expected);
}

#[rstest]
#[case::answer(json!([{ "origin": "contact_request", "phones": [{ "phone": "+1 555", "wa_id": PHONE }] }]), Some(PHONE))]
#[case::as_written(json!([{ "origin": "contact_request", "phones": [{ "phone": "+1 (555) 222-3333" }] }]), Some(PHONE))]
#[case::same_twice(json!([{ "origin": "contact_request", "phones": [{ "wa_id": PHONE }, { "phone": "+15552223333" }] }]), Some(PHONE))]
#[case::two_numbers(json!([{ "origin": "contact_request", "phones": [{ "wa_id": PHONE }, { "wa_id": "15550000002" }] }]), None)]
#[case::two_cards(json!([{ "origin": "contact_request", "phones": [{ "wa_id": PHONE }] }, {}]), None)]
#[case::without_country(json!([{ "origin": "contact_request", "phones": [{ "phone": "0555 222 3333" }] }]), None)]
#[case::freely(json!([{ "origin": "other", "phones": [{ "wa_id": PHONE }] }]), None)]
#[case::unsaid(json!([{ "phones": [{ "wa_id": PHONE }] }]), None)]
#[case::no_number(json!([{ "origin": "contact_request" }]), None)]
fn only_an_answer_to_our_request_shares_a_number(#[case] cards: Value, #[case] expected: Option<&str>) {
    let read = content(json!({ "type": "contacts", "contacts": cards }));
    assert_eq!(read, Content::Contacts { shared: expected.map(phi) });
}

#[rstest]
#[case::once("forwarded")]
#[case::often("frequently_forwarded")]
fn a_forwarded_tap_says_so(#[case] member: &str) {
    let tap = json!({ "type": "button", "button": { "payload": "CONFIRM" }, "context": { member: true } });
    let message = inbound(message_with(tap));
    assert!(message.forwarded);
    assert_eq!(message.context, None);
}

#[test]
fn a_group_message_says_so() {
    let text = json!({ "type": "text", "text": { "body": "hi" }, "group_id": "Y2FwaV9ncm91cDox" });
    assert!(inbound(message_with(text)).group);
}

#[rstest]
#[case::text(json!("1790000000"), Some(1_790_000_000))]
#[case::number(json!(1_790_000_000), Some(1_790_000_000))]
#[case::words(json!("today"), None)]
#[case::negative(json!("-1"), None)]
#[case::beyond_all_years(json!("9223372036854775807"), None)]
#[case::absent(Value::Null, None)]
fn time_comes_as_text_or_number(#[case] timestamp: Value, #[case] seconds: Option<i64>) {
    let message = message_with(json!({ "type": "location", "timestamp": timestamp }));
    assert_eq!(inbound(message).at, seconds.map(|s| from_millis(s * 1000)));
}
