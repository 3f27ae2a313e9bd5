//! Statuses and notices.

use super::{BSUID, PHONE, notice, phi, status, whats};
use crate::clock::from_millis;
use crate::wire::whatsapp::webhook::{Call, FieldNotice, Preference, Status, StatusKind, What};
use rstest::rstest;
use serde_json::{Value, json};

#[test]
fn a_status_is_read_whole() {
    let read = status(json!({
        "status": "delivered", "recipient_id": PHONE, "recipient_user_id": BSUID,
        "recipient_identity_key_hash": "DF2lS5v2W6x=", "biz_opaque_callback_data": "ob_01J9Z", "pricing": { "billable": true },
    }));
    let expected = Status {
        wamid: phi("wamid.OUT1"),
        kind: StatusKind::Delivered,
        at: Some(from_millis(1_790_000_005_000)),
        callback: Some("ob_01J9Z".to_owned()),
        errors: vec![],
        phone: Some(phi(PHONE)),
        bsuid: Some(phi(BSUID)),
        identity: Some(phi("DF2lS5v2W6x=")),
    };
    assert_eq!(read, expected);
}

#[test]
fn a_failure_without_a_person_keeps_its_codes() {
    let errors = json!([{ "code": 131026, "title": "t" }, { "code": "131047" }, { "title": "no code" }, 7]);
    let read = status(json!({ "status": "failed", "errors": errors }));
    assert_eq!(read.errors, [131_026, 131_047]);
    assert_eq!((read.phone, read.bsuid, read.callback), (None, None, None));
}

#[rstest]
#[case("failed", StatusKind::Failed, 1)]
#[case("sent", StatusKind::Sent, 2)]
#[case("delivered", StatusKind::Delivered, 3)]
#[case("read", StatusKind::Read, 4)]
#[case("played", StatusKind::Played, 5)]
#[case("deleted", StatusKind::Other, 0)]
#[case("teleported", StatusKind::Other, 0)]
fn a_state_has_its_rank(#[case] word: &str, #[case] kind: StatusKind, #[case] rank: u8) {
    assert_eq!(status(json!({ "status": word })).kind, kind);
    assert_eq!(kind.rank(), rank);
}

#[test]
fn in_any_order_the_highest_state_stays() {
    let kinds = [StatusKind::Delivered, StatusKind::Failed, StatusKind::Other, StatusKind::Sent];
    assert_eq!(kinds.iter().max_by_key(|kind| kind.rank()), Some(&StatusKind::Delivered));
}

#[rstest]
#[case("message_template_status_update", json!({ "event": "PAUSED", "message_template_name": "appt_v3" }), Some("PAUSED"), Some("appt_v3"))]
#[case("message_template_quality_update", json!({ "new_quality_score": "RED", "message_template_name": "a" }), Some("RED"), Some("a"))]
#[case("template_category_update", json!({ "new_category": "MARKETING", "message_template_name": "a" }), Some("MARKETING"), Some("a"))]
#[case("phone_number_quality_update", json!({ "event": "ONBOARDING" }), Some("ONBOARDING"), None)]
#[case("account_update", json!({ "event": "ACCOUNT_VIOLATION" }), Some("ACCOUNT_VIOLATION"), None)]
#[case("account_alerts", json!({ "alert_info": { "alert_type": "OBA_APPROVED" } }), Some("OBA_APPROVED"), None)]
#[case("account_review_update", json!({ "decision": "REJECTED" }), Some("REJECTED"), None)]
#[case("user_preferences", json!({ "user_preferences": [{ "wa_id": PHONE, "value": "stop" }] }), Some("stop"), None)]
#[case("security", json!({ "event": "Asha Nasser asked for a new PIN" }), None, None)]
#[case("standby", json!({ "messages": [{ "from": PHONE, "id": "wamid.1", "type": "text" }] }), None, None)]
#[case("field_of_next_year", json!({}), None, None)]
fn notices_keep_their_names_only(
    #[case] field: &str,
    #[case] value: Value,
    #[case] event: Option<&str>,
    #[case] template: Option<&str>,
) {
    let expected = FieldNotice {
        field: field.to_owned(),
        event: event.map(str::to_owned),
        template: template.map(str::to_owned),
        language: None,
        number: None,
        errors: vec![],
    };
    assert_eq!(notice(field, value), expected);
}

#[test]
fn a_notice_names_its_template_and_its_number() {
    let value = json!({ "event": "PAUSED", "message_template_name": "a", "message_template_language": "en" });
    assert_eq!(notice("message_template_status_update", value).language.as_deref(), Some("en"));
    let value = json!({ "event": "FLAGGED", "display_phone_number": "15550001111" });
    assert_eq!(notice("phone_number_quality_update", value).number.as_deref(), Some("15550001111"));
}

#[rstest]
#[case::stop("stop", true, json!(1_790_000_100))]
#[case::resume("resume", false, json!("1790000100"))]
fn a_person_switches_marketing(#[case] word: &str, #[case] stopped: bool, #[case] timestamp: Value) {
    let one = json!({ "wa_id": PHONE, "user_id": BSUID, "category": "marketing_messages", "value": word, "timestamp": timestamp });
    let other = json!({ "wa_id": PHONE, "category": "newsletters", "value": "stop" });
    let nobody = json!({ "category": "marketing_messages", "value": "stop" });
    let read = whats("user_preferences", json!({ "user_preferences": [one, other, nobody, 7] }));
    let at = Some(from_millis(1_790_000_100_000));
    let expected = Preference { phone: Some(phi(PHONE)), bsuid: Some(phi(BSUID)), stopped, at };
    assert_eq!(read[0], What::Preference(expected));
    assert!(matches!(read[1..], [What::Field(_), What::Field(_), What::Unreadable]));
}

#[test]
fn a_ringing_call_names_its_caller_and_its_end_does_not_ring() {
    let rings = json!({ "id": "wacid.1", "from": PHONE, "to": "15550001111", "event": "connect",
        "direction": "USER_INITIATED", "timestamp": "1790000200", "session": { "sdp_type": "offer", "sdp": "v=0" } });
    let hidden = json!({ "id": "wacid.2", "from_user_id": "US.2", "event": "connect" });
    let ended = json!({ "id": "wacid.1", "from": PHONE, "event": "terminate", "status": "COMPLETED" });
    let ours =
        json!({ "id": "wacid.3", "from": PHONE, "event": "connect", "direction": "BUSINESS_INITIATED" });
    let nobody = json!({ "id": "wacid.4", "event": "connect" });
    let contacts = json!([{ "wa_id": PHONE, "user_id": BSUID }, { "wa_id": "15550000002" }]);
    let calls = json!([rings, hidden, ended, ours, nobody]);
    let read = whats("calls", json!({ "contacts": contacts, "calls": calls }));
    let expected = Call {
        id: phi("wacid.1"),
        phone: Some(phi(PHONE)),
        bsuid: Some(phi(BSUID)),
        at: Some(from_millis(1_790_000_200_000)),
    };
    assert_eq!(read[0], What::Call(expected));
    let What::Call(call) = &read[1] else { panic!("no call") };
    assert_eq!((&call.phone, &call.bsuid), (&None, &Some(phi("US.2"))));
    assert!(matches!(read[2..], [What::Field(_), What::Field(_), What::Unreadable]));
    assert!(matches!(whats("calls", json!({ "statuses": [{}] }))[..], [What::Field(_)]));
}

#[test]
fn an_account_error_is_a_notice() {
    let read = notice("messages", json!({ "errors": [{ "code": 131_042, "title": "payment" }] }));
    assert_eq!((read.field.as_str(), read.errors), ("messages", vec![131_042]));
}
