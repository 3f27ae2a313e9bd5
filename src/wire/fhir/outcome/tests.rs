//! Refusals as servers send them.

use super::table::TABLE;
use super::{Refusal, classify, is_refusal};
use crate::wire::fhir::fixtures;
use rstest::rstest;
use serde_json::json;
use std::time::Duration;

fn hapi(diagnostics: &str) -> String {
    json!({"resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "processing", "diagnostics": diagnostics}]})
    .to_string()
}

#[rstest]
#[case::slot(
    409,
    "HAPI-0550: HAPI-0550: HAPI-0989: Trying to update Slot/77/_history/3 but this is not the current version",
    Refusal::Taken
)]
#[case::appointment(
    409,
    "HAPI-0550: HAPI-0989: Trying to update Appointment/5/_history/1 but this is not the current version",
    Refusal::Conflict
)]
#[case::two_writers(
    409,
    "HAPI-0550: HAPI-0823: The operation has failed with a version constraint failure. This generally means that two clients/threads were trying to update the same resource at the same time, and this request was chosen as the failing request.",
    Refusal::Conflict
)]
#[case::stale_patch(
    409,
    "HAPI-0974: Version 1 is not the most recent version of this resource, unable to apply patch",
    Refusal::Conflict
)]
#[case::twin(409, "HAPI-0550: HAPI-2745: Failed to CREATE resource with match URL", Refusal::OurTwin)]
#[case::twin_by_key(
    409,
    "HAPI-0550: HAPI-0824: could not execute batch: Unique index or primary key violation: PUBLIC.PRIMARY_KEY ON PUBLIC.HFJ_RES_SEARCH_URL(RES_SEARCH_URL)",
    Refusal::OurTwin
)]
#[case::unique(
    409,
    "HAPI-0550: HAPI-0824: The operation has failed with a unique index constraint failure.",
    Refusal::Duplicate
)]
#[case::several(
    412,
    "HAPI-0958: Failed to CREATE resource with match URL because this search matched 2 resources",
    Refusal::Duplicate
)]
#[case::expired_page(410, "HAPI-0417: Search ID does not exist and may have expired", Refusal::Gone)]
#[case::malformed_if_match(500, "HAPI-2223: Failed to parse match URL", Refusal::Invalid)]
#[case::parameter(400, "HAPI-0524: Unknown search parameter", Refusal::Invalid)]
#[case::code(400, "HAPI-0450: Failed to parse request body as JSON resource", Refusal::Invalid)]
#[case::not_found(404, "HAPI-2001: Resource Slot/1 is not known", Refusal::NotFound)]
#[case::deleted(410, "HAPI-2001: Resource was deleted", Refusal::Gone)]
fn hapi_means(#[case] status: u16, #[case] diagnostics: &str, #[case] meant: Refusal) {
    assert_eq!(classify(status, None, hapi(diagnostics).as_bytes()), meant);
}

#[rstest]
#[case("epic/book/stu3-book-stale.json", 400, Refusal::Taken)]
#[case("epic/book/stu3-book-stale.json", 404, Refusal::Taken)]
#[case("epic/book/schedulewithinsurance-400-slot-gone.json", 400, Refusal::Taken)]
#[case("epic/book/schedulewithinsurance-400-slottaken.json", 400, Refusal::Taken)]
#[case("epic/book/schedulewithinsurance-400-multi.json", 400, Refusal::Taken)]
#[case("epic/book/patientcreate-400-nodob.json", 400, Refusal::Invalid)]
#[case("epic/match/r4-match-not-certain.json", 400, Refusal::NotFound)]
#[case("bars/error/408-REC_TIMEOUT-timeout.json", 408, Refusal::Transient)]
#[case("bars/error/409-REC_CONFLICT-conflict.json", 409, Refusal::Conflict)]
#[case("bars/error/409-REC_CONFLICT-duplicate.json", 409, Refusal::Duplicate)]
#[case("bars/error/429-SEND_TOO_MANY_REQUESTS-throttled.json", 429, Refusal::Throttled { after: None })]
#[case("bars/error/503-REC_SERVICE_UNAVAILABLE-transient.json", 503, Refusal::Unavailable)]
fn recorded_bodies_mean(#[case] fixture: &str, #[case] status: u16, #[case] meant: Refusal) {
    assert_eq!(classify(status, None, fixtures::text(fixture).as_bytes()), meant);
}

#[rstest]
#[case::helios_transaction(400, &hapi("Transaction failed at entry 0: Entry failed with status 412"), Refusal::Conflict)]
#[case::helios_create(412, &hapi("Multiple matches found"), Refusal::Duplicate)]
#[case::medplum_book(400, &hapi("Requested time slot is not available"), Refusal::Taken)]
#[case::wso2_stale(412, "", Refusal::Conflict)]
#[case::oracle_stale(409, "", Refusal::Conflict)]
#[case::oracle_edited(423, "", Refusal::Locked)]
#[case::oracle_dependency(424, "", Refusal::Invalid)]
#[case::oracle_plain_text(400, "Missing required parameter", Refusal::Invalid)]
#[case::auth(401, "", Refusal::Auth)]
#[case::scope(403, "<html><body>Forbidden</body></html>", Refusal::Auth)]
#[case::login_page(200, "<!DOCTYPE html><html><body>Sign in</body></html>", Refusal::Transient)]
#[case::proxy_404(404, "\n <html><head><title>404</title></head></html>", Refusal::Transient)]
#[case::not_json(500, "{\"resourceType\":", Refusal::Transient)]
#[case::in_its_own_words(500, &hapi("Something broke inside"), Refusal::Unavailable)]
#[case::gateway_gave_up(504, "", Refusal::Transient)]
#[case::bad_gateway(502, "<html><body>Bad gateway</body></html>", Refusal::Transient)]
#[case::maintenance(503, "<html><body>Back soon</body></html>", Refusal::Transient)]
#[case::proxy_lost_it(503, "upstream connect error or disconnect/reset before headers", Refusal::Transient)]
#[case::cloudflare(524, "error code: 524", Refusal::Transient)]
#[case::cannot_now_in_its_own_words(503, &hapi("Database is being moved"), Refusal::Unavailable)]
#[case::unlisted_in_its_own_words(507, &hapi("Disk full"), Refusal::Unknown)]
#[case::teapot(418, "", Refusal::Unknown)]
#[case::fine(200, "{}", Refusal::Unknown)]
fn other_servers_mean(#[case] status: u16, #[case] body: &str, #[case] meant: Refusal) {
    assert_eq!(classify(status, None, body.as_bytes()), meant);
}

#[test]
fn who_says_when_to_come_again_has_not_done_it() {
    assert_eq!(classify(503, Some("30"), b"Back soon"), Refusal::Unavailable);
}

#[test]
fn ihe_refuses_with_200_and_a_bundle_of_one_outcome() {
    let outcome =
        json!({"resourceType": "OperationOutcome", "issue": [{"severity": "fatal", "code": "not-found"}]});
    let body = json!({"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": outcome}]});
    assert!(is_refusal(&body));
    assert_eq!(classify(200, None, body.to_string().as_bytes()), Refusal::Taken);
}

#[test]
fn an_information_beside_a_result_is_no_refusal() {
    let note = json!({"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]});
    assert!(!is_refusal(&note));
    let with_result = json!({"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Appointment", "id": "1"}},
        {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "not-found"}]}}]});
    assert!(!is_refusal(&with_result));
}

#[test]
fn a_warning_does_not_outshout_the_error() {
    let body = json!({"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": "processing", "diagnostics": "HAPI-0550: HAPI-0823: version constraint"},
        {"severity": "warning", "code": "processing", "diagnostics": "HAPI-0417: something else"}]});
    assert_eq!(classify(409, None, body.to_string().as_bytes()), Refusal::Conflict);
}

#[rstest]
#[case(Some("7"), Some(7))]
#[case(Some("Wed, 21 Oct 2026 07:28:00 GMT"), None)]
#[case(Some("-1"), None)]
#[case(None, None)]
fn retry_after_is_seconds(#[case] header: Option<&str>, #[case] after: Option<u64>) {
    let after = after.map(Duration::from_secs);
    assert_eq!(classify(429, header, b""), Refusal::Throttled { after });
}

#[test]
fn every_line_names_its_source() {
    assert!(TABLE.iter().all(|rule| rule.3.len() > "tried".len()));
}
