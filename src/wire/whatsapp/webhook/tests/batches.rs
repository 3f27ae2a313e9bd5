//! Batches with odd items, and garbage.

use super::{BSUID, PHONE, body, change, inbound, message_with, phi, whats};
use crate::phi::Phi;
use crate::wire::whatsapp::fixtures;
use crate::wire::whatsapp::webhook::{Content, MAX_BODY, Unparsable, What, parse};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

#[test]
fn one_odd_item_leaves_its_batch_alone() {
    let good = |n: usize| json!({ "from": PHONE, "id": format!("wamid.{n}"), "type": "text", "text": { "body": "hi" } });
    let five = |odd: Value| json!({ "messages": [good(0), good(1), odd, good(3), good(4)] });
    let two = |odd: Value| json!([change("messages", five(odd)), change("messages", five(good(2)))]);
    let entries = json!([
        { "id": "1", "changes": two(json!({ "type": 7, "id": [] })) },
        { "id": "2", "changes": two(json!("rubbish")) },
    ]);
    let updates = parse(&serde_json::to_vec(&json!({ "entry": entries })).unwrap()).unwrap();
    let odd: Vec<usize> =
        updates.iter().enumerate().filter(|(_, u)| u.what == What::Unreadable).map(|(n, _)| n).collect();
    assert_eq!((updates.len(), odd), (20, vec![2, 12]));
    assert_eq!(updates[9].waba_id.as_deref(), Some("1"));
    assert_eq!(updates[10].waba_id.as_deref(), Some("2"));
}

#[rstest]
#[case::entry(json!({ "entry": [7] }))]
#[case::no_changes(json!({ "entry": [{ "id": "1" }] }))]
#[case::change(json!({ "entry": [{ "changes": [null] }] }))]
#[case::no_field(json!({ "entry": [{ "changes": [{ "value": {} }] }] }))]
#[case::no_value(json!({ "entry": [{ "changes": [{ "field": "messages" }] }] }))]
#[case::empty_value(json!({ "entry": [{ "changes": [{ "field": "messages", "value": {} }] }] }))]
#[case::no_list(json!({ "entry": [{ "changes": [{ "field": "messages", "value": { "messages": {} } }] }] }))]
#[case::field_with_text(json!({ "entry": [{ "changes": [{ "field": "call me, Asha", "value": {} }] }] }))]
fn a_broken_frame_is_counted_not_lost(#[case] frame: Value) {
    let updates = parse(&serde_json::to_vec(&frame).unwrap()).unwrap();
    assert_eq!(updates.into_iter().map(|u| u.what).collect::<Vec<_>>(), [What::Unreadable]);
}

#[test]
fn statuses_and_messages_may_share_a_change() {
    let message = json!({ "from": PHONE, "id": "wamid.1", "type": "location" });
    let read = whats(
        "messages",
        json!({ "messages": [message], "statuses": [{ "id": "w", "status": "sent" }, {}] }),
    );
    assert!(matches!(read[..], [What::Message(_), What::Status(_), What::Unreadable]));
}

#[test]
fn half_an_emoji_in_a_caption_costs_nothing() {
    let body = br#"{"entry":[{"id":"1","changes":[{"field":"messages","value":{
        "contacts":[{"profile":{"name":"Asha \ud83d"},"wa_id":"15552223333"}],
        "messages":[{"from":"15552223333","id":"wamid.1","type":"text","text":{"body":"caf\u00e9 \ud83d\udc4d"}}]}}]}]}"#;
    let updates = parse(body).unwrap();
    assert_eq!(inbound(updates[0].what.clone()).content, Content::Text(phi("café 👍")));
}

#[test]
fn three_megabytes_are_read() {
    let text = "س".repeat(1_500_000);
    let message = json!({ "from": PHONE, "id": "wamid.1", "type": "text", "text": { "body": text } });
    let body = body(json!([change("messages", json!({ "messages": [message] }))]));
    assert!(body.len() > 3_000_000);
    let updates = parse(&body).unwrap();
    assert_eq!(inbound(updates[0].what.clone()).content, Content::Text(Phi::new(text)));
}

#[rstest]
#[case::too_long(vec![b' '; MAX_BODY + 1], Unparsable::TooLong)]
#[case::nothing(vec![], Unparsable::NotJson { line: 1, column: 0 })]
#[case::html(b"<html>".to_vec(), Unparsable::NotJson { line: 1, column: 1 })]
#[case::a_number(b"7".to_vec(), Unparsable::NoEntries)]
#[case::no_entry(b"{\"object\":\"page\"}".to_vec(), Unparsable::NoEntries)]
fn what_is_no_webhook_is_refused(#[case] body: Vec<u8>, #[case] error: Unparsable) {
    assert_eq!(parse(&body), Err(error));
}

#[test]
fn bottomless_nesting_is_refused() {
    assert!(matches!(parse("[".repeat(MAX_BODY).as_bytes()), Err(Unparsable::NotJson { .. })));
}

#[test]
fn nothing_personal_is_printed() {
    let members = json!({ "type": "text", "text": { "body": "I need a cardiologist" }, "context": { "id": "wamid.0" } });
    let printed = format!("{:?}", message_with(members));
    for secret in [PHONE, BSUID, "wamid.", "cardiologist"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

/// JSON made of Meta's own words, in any arrangement.
fn shuffled() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop_oneof![
            Just("messages"),
            Just("text"),
            Just("system"),
            Just("interactive"),
            Just("US.1"),
            Just("15552223333")
        ]
        .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let keys = prop_oneof![
        Just("messages"),
        Just("statuses"),
        Just("contacts"),
        Just("from"),
        Just("id"),
        Just("type"),
        Just("text"),
        Just("body"),
        Just("system"),
        Just("interactive"),
        Just("button_reply"),
        Just("errors"),
        Just("code"),
        Just("context"),
        Just("timestamp"),
        Just("metadata"),
        Just("user_id"),
        Just("field"),
        Just("value"),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|members| members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn damaged_payloads_never_panic(cut in 0usize..700, at in 0usize..700, byte in any::<u8>()) {
        let mut body = fixtures::bytes("webhooks/Text_Message.json");
        let at = at % body.len();
        body[at] = byte;
        let _ = parse(&body[..cut.min(body.len())]);
        let _ = parse(&body);
    }

    #[test]
    fn every_item_of_a_shuffled_change_is_accounted_for(items in prop::collection::vec(shuffled(), 0..6), key in prop_oneof![Just("messages"), Just("statuses")]) {
        let count = items.len();
        prop_assert_eq!(whats("messages", json!({ key: items })).len(), count);
    }

    #[test]
    fn any_frame_is_read(field in prop_oneof![Just("messages"), Just("user_id_update"), Just("account_update")], value in shuffled()) {
        let body = body(json!([{ "field": field, "value": value }]));
        prop_assert!(parse(&body).is_ok());
    }
}
