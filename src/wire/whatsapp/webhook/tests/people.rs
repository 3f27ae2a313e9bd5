//! Who wrote, and whose id or number changed.

use super::{BSUID, PHONE, inbound, message_with, only, phi, system, whats};
use crate::clock::from_millis;
use crate::wire::whatsapp::webhook::{SystemChange, SystemKind, What};
use rstest::rstest;
use serde_json::{Value, json};

#[test]
fn a_person_is_known_by_both_ids() {
    let message = inbound(message_with(json!({ "type": "text", "text": { "body": "hi" } })));
    assert_eq!(message.phone, Some(phi(PHONE)));
    assert_eq!(message.bsuid, Some(phi(BSUID)));
    assert_eq!(message.at, Some(from_millis(1_790_000_000_000)));
}

#[rstest]
#[case::nothing_but_the_id(json!([]))]
#[case::contact_without_number(json!([{ "profile": { "username": "asha.k" }, "user_id": BSUID }]))]
#[case::contact_without_name(json!([{ "user_id": BSUID }]))]
fn who_hides_the_number_is_read_by_bsuid(#[case] contacts: Value) {
    let message = json!({ "from_user_id": BSUID, "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    let what = only(whats("messages", json!({ "contacts": contacts, "messages": [message] })));
    assert_eq!(inbound(what.clone()).bsuid, Some(phi(BSUID)));
    assert_eq!(inbound(what.clone()).phone, None);
    assert_eq!(inbound(what).at, None);
}

#[test]
fn a_bsuid_in_the_wrong_member_never_becomes_a_number() {
    let message = json!({ "from": BSUID, "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    let contacts = json!([{ "wa_id": BSUID }]);
    let read = inbound(only(whats("messages", json!({ "contacts": contacts, "messages": [message] }))));
    assert_eq!((read.phone, read.bsuid), (None, Some(phi(BSUID))));
}

#[test]
fn two_people_in_one_change_are_not_mixed() {
    let text = json!({ "body": "hi" });
    let messages = json!([
        { "from": "15550000002", "id": "wamid.2", "type": "text", "text": text },
        { "from_user_id": "US.1", "id": "wamid.1", "type": "text", "text": text },
        { "id": "wamid.3", "type": "text", "text": text },
    ]);
    let contacts = json!([
        { "wa_id": "15550000001", "user_id": "US.1" },
        { "wa_id": "15550000002", "user_id": "US.2" },
    ]);
    let read = whats("messages", json!({ "contacts": contacts, "messages": messages }));
    let person = |what: &What| {
        let message = inbound(what.clone());
        (message.phone, message.bsuid)
    };
    assert_eq!(person(&read[0]), (Some(phi("15550000002")), Some(phi("US.2"))));
    assert_eq!(person(&read[1]), (Some(phi("15550000001")), Some(phi("US.1"))));
    assert_eq!(read[2], What::Unreadable, "nobody says who wrote it");
}

#[test]
fn the_only_contact_of_the_only_message_wrote_it() {
    let message = json!({ "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    let contacts = json!([{ "wa_id": PHONE, "user_id": BSUID }]);
    let read = inbound(only(whats("messages", json!({ "contacts": contacts, "messages": [message] }))));
    assert_eq!((read.phone, read.bsuid), (Some(phi(PHONE)), Some(phi(BSUID))));
}

#[test]
fn a_contact_who_is_someone_else_lends_nothing() {
    let message = json!({ "from_user_id": BSUID, "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    let contacts = json!([{ "wa_id": "15550000009", "user_id": "US.9" }]);
    let read = inbound(only(whats("messages", json!({ "contacts": contacts, "messages": [message] }))));
    assert_eq!((read.phone, read.bsuid), (None, Some(phi(BSUID))));
}

#[test]
fn the_identity_key_is_that_of_who_wrote() {
    let text = json!({ "body": "hi" });
    let messages = json!([
        { "from": PHONE, "id": "wamid.1", "type": "text", "text": text },
        { "from": "15550000002", "id": "wamid.2", "type": "text", "text": text },
        { "from": "15550000003", "id": "wamid.3", "type": "text", "text": text },
    ]);
    let contacts = json!([
        { "wa_id": "15550000002", "identity_key_hash": "DF2lS5v2W6x=" },
        { "wa_id": PHONE, "user_id": BSUID },
        { "wa_id": "15550000003", "identity_key_hash": "with a\nline" },
    ]);
    let read = whats("messages", json!({ "contacts": contacts, "messages": messages }));
    let keys: Vec<_> = read.into_iter().map(|what| inbound(what).identity).collect();
    assert_eq!(keys, [None, Some(phi("DF2lS5v2W6x=")), None]);
}

#[test]
fn a_new_id_names_both_ids() {
    let change = system(json!({
        "from_user_id": "US.OLD", "id": "wamid.S1", "timestamp": "1790000100", "type": "system",
        "system": { "type": "user_changed_user_id", "user_id": "US.NEW", "previous_user_id": "US.OLD" },
    }));
    let expected = SystemChange {
        wamid: Some(phi("wamid.S1")),
        kind: SystemKind::Id,
        at: Some(from_millis(1_790_000_100_000)),
        old_phone: None,
        new_phone: None,
        old_bsuid: Some(phi("US.OLD")),
        new_bsuid: Some(phi("US.NEW")),
    };
    assert_eq!(change, expected);
}

#[test]
fn a_new_id_may_stay_silent_about_the_old() {
    let sentence = "User Asha changed from US.OLD to US.NEW";
    let change = system(json!({
        "id": "wamid.S1", "type": "system",
        "system": { "type": "user_changed_user_id", "user_id": "US.NEW", "body": sentence },
    }));
    assert_eq!((change.old_bsuid, change.new_bsuid), (None, Some(phi("US.NEW"))));
}

#[test]
fn a_new_id_is_also_read_from_its_own_field() {
    let ids = json!({ "previous": "US.OLD", "current": "US.NEW" });
    let update = json!({ "wa_id": PHONE, "detail": "…", "user_id": ids, "timestamp": 1_790_000_100 });
    let read = whats("user_id_update", json!({ "user_id_update": [update, { "user_id": {} }] }));
    let What::System(change) = &read[0] else { panic!("no system change") };
    assert_eq!((change.kind, &change.wamid), (SystemKind::Id, &None));
    assert_eq!(change.old_bsuid, Some(phi("US.OLD")));
    assert_eq!(change.new_bsuid, Some(phi("US.NEW")));
    assert_eq!(change.new_phone, Some(phi(PHONE)));
    assert_eq!(read[1..], [What::Unreadable]);
}

#[rstest]
#[case("customer_identity_changed", SystemKind::Identity)]
#[case("user_identity_changed", SystemKind::Identity)]
#[case("customer_changed_number", SystemKind::Number)]
#[case("something_new", SystemKind::Other)]
fn other_system_messages_are_told_apart(#[case] word: &str, #[case] kind: SystemKind) {
    let change = system(json!({ "from": PHONE, "id": "w", "type": "system", "system": { "type": word } }));
    assert_eq!(change.kind, kind);
    assert_eq!(change.old_phone, Some(phi(PHONE)));
}
