//! Statuses and notices.

use super::{BSUID, PHONE, notice, phi, status};
use crate::clock::from_millis;
use crate::wire::whatsapp::webhook::{FieldNotice, Status, StatusKind};
use rstest::rstest;
use serde_json::{Value, json};

#[test]
fn a_status_is_read_whole() {
    let read = status(json!({
        "status": "delivered", "recipient_id": PHONE, "recipient_user_id": BSUID,
        "biz_opaque_callback_data": "ob_01J9Z", "pricing": { "billable": true },
    }));
    let expected = Status {
        wamid: phi("wamid.OUT1"),
        kind: StatusKind::Delivered,
        at: Some(from_millis(1_790_000_005_000)),
        callback: Some("ob_01J9Z".to_owned()),
        errors: vec![],
        phone: Some(phi(PHONE)),
        bsuid: Some(phi(BSUID)),
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
        errors: vec![],
    };
    assert_eq!(notice(field, value), expected);
}

#[test]
fn an_account_error_is_a_notice() {
    let read = notice("messages", json!({ "errors": [{ "code": 131_042, "title": "payment" }] }));
    assert_eq!((read.field.as_str(), read.errors), ("messages", vec![131_042]));
}
