//! Meta's own payloads.

use super::{file, inbound, phi};
use crate::clock::from_millis;
use crate::wire::whatsapp::fixtures;
use crate::wire::whatsapp::webhook::parse;
use crate::wire::whatsapp::webhook::{Content, FieldNotice, Inbound, MediaKind, SystemKind, TapKind, What};
use rstest::rstest;

#[test]
fn every_payload_of_metas_can_be_read() {
    let payloads = fixtures::folder("webhooks");
    assert_eq!(payloads.len(), 16);
    for (name, body) in payloads {
        let updates = parse(&body).unwrap();
        assert_eq!(updates.len(), 1, "{name}");
        assert_eq!(updates[0].phone_number_id.as_deref(), Some("106540352242922"), "{name}");
        assert_ne!(updates[0].what, What::Unreadable, "{name}");
    }
}

#[rstest]
#[case("Text_Message", Content::Text(phi("Does it come in another color?")))]
#[case("Text_Message_from_Click_to_WhatsApp_Ad", Content::Text(phi("Hello! Can I get more info on this?")))]
#[case("Text_Message_with_Context_Product_Inquiry", Content::Text(phi("Is this still available?")))]
#[case("Button_Message", Content::Tap { kind: TapKind::Template, id: phi("Unsubscribe") })]
#[case("Interactive_Button_Reply_Message", Content::Tap { kind: TapKind::Button, id: phi("cancel-button") })]
#[case("Interactive_List_Reply_Message", Content::Tap { kind: TapKind::Row, id: phi("priority_express") })]
#[case("Image_Message", Content::Media(MediaKind::Image))]
#[case("Location_Message", Content::Location)]
#[case("Contact_Sharing_Message", Content::Contacts { shared: None })]
#[case("Reaction_Message", Content::Reaction)]
#[case("Order_Message", Content::Order)]
#[case("Unsupported_Message", Content::Unsupported { code: Some(131_051) })]
fn metas_messages_read_as_what_they_are(#[case] name: &str, #[case] expected: Content) {
    let message = inbound(file(name).what);
    assert_eq!(message.content, expected);
    assert_eq!(message.phone, Some(phi("16505551234")));
    assert_eq!(message.bsuid, None, "these were recorded before April 2026");
    assert!(!message.group && !message.forwarded);
}

#[test]
fn a_tap_of_metas_is_read_whole() {
    let update = file("Button_Message");
    assert_eq!(update.waba_id.as_deref(), Some("419561257915477"));
    let expected = Inbound {
        wamid: phi("wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUU0M0MxQzQzMUJCMTMwNUZFOQA="),
        phone: Some(phi("16505551234")),
        bsuid: None,
        at: Some(from_millis(1_750_091_045_000)),
        forwarded: false,
        context: Some(phi("wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJFNjk2OTMwNEZCQjhGMzUyQUYA")),
        group: false,
        referred: false,
        identity: None,
        content: Content::Tap { kind: TapKind::Template, id: phi("Unsubscribe") },
    };
    assert_eq!(inbound(update.what), expected);
}

#[test]
fn an_opening_from_an_advertisement_says_so() {
    assert!(inbound(file("Text_Message_from_Click_to_WhatsApp_Ad").what).referred);
    assert!(!inbound(file("Text_Message").what).referred);
}

#[test]
fn metas_change_of_number_names_both() {
    let What::System(change) = file("System_Message").what else { panic!("no system change") };
    assert_eq!(change.kind, SystemKind::Number);
    assert_eq!(change.old_phone, Some(phi("16505551234")));
    assert_eq!(change.new_phone, Some(phi("12195555358")));
}

#[rstest]
#[case("Group_Create_Message", "group_lifecycle_update", "group_create")]
#[case("Group_Remove_Participants", "group_participants_update", "group_create")]
#[case("Group_Settings_Update", "group_settings_update", "group_settings_update")]
fn metas_group_notices_are_named(#[case] name: &str, #[case] field: &str, #[case] event: &str) {
    let expected = FieldNotice {
        field: field.to_owned(),
        event: Some(event.to_owned()),
        template: None,
        language: None,
        number: None,
        errors: vec![],
    };
    assert_eq!(file(name).what, What::Field(expected));
}
