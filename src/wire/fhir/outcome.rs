//! What a refusal by the EHR means, as a table.
//!
//! Servers agree on neither status nor code: a stale version is 409 (HAPI, Oracle), 412 (WSO2, Medplum) or a 400
//! with "412" in its text (Helios). So a booking treats every answer here as "look again", and this table only
//! says what to look for.

use super::json;
use serde_json::Value;
use std::time::Duration;

/// Characters of a body that is not JSON which are searched for a sign.
const MAX_PLAIN: usize = 4096;

/// What a refused request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The slot has changed since it was read: offer anew.
    Taken,
    /// Something has changed since it was read: read again, then decide.
    Conflict,
    /// A twin of our own conditional create is under way or done: look it up by identifier.
    OurTwin,
    /// It exists already, or several do.
    Duplicate,
    /// No such thing, or none that is certain.
    NotFound,
    /// It existed once; or a page that has expired: start the search again.
    Gone,
    /// Our credentials or scopes do not allow it.
    Auth,
    /// Too fast; the server says how long to wait, when it does.
    Throttled {
        /// `Retry-After` in seconds.
        after: Option<Duration>,
    },
    /// Someone is editing it: try later.
    Locked,
    /// The request itself is wrong; repeating it changes nothing.
    Invalid,
    /// The server or something before it has trouble; a write may have been done.
    Transient,
    /// None of the above.
    Unknown,
}

/// How a line of the table recognises an answer.
enum Sign {
    /// The last `HAPI-nnnn` (earlier ones are wrappers), beside a text found in the same place.
    Hapi(&'static str, &'static str),
    /// A piece of any diagnostic text, in lower case.
    Text(&'static str),
    /// A number in the list after Epic's `APTWARN ERROR Details:`.
    Warning(&'static str),
    /// A code in `issue.details.coding`.
    Detail(&'static str),
    /// `issue.code`.
    Issue(&'static str),
    /// `issue.severity` and `issue.code`.
    Severe(&'static str, &'static str),
    /// Nothing but the status.
    Status,
}

/// One line: these statuses (none named: any) with this sign mean this; known from there.
struct Rule(
    &'static [u16],
    Sign,
    Refusal,
    #[cfg_attr(not(test), expect(dead_code, reason = "the evidence"))] &'static str,
);

const THROTTLED: Refusal = Refusal::Throttled { after: None };

/// First match wins: what vendors say in particular, then issue codes, then statuses.
const TABLE: &[Rule] = &[
    Rule(
        &[],
        Sign::Text("hfj_res_search_url"),
        Refusal::OurTwin,
        "HAPI 8.8.0, tried: racing conditional creates",
    ),
    Rule(&[], Sign::Hapi("2745", ""), Refusal::OurTwin, "HAPI 8.8.0, tried: racing conditional creates"),
    Rule(&[], Sign::Hapi("0989", "slot/"), Refusal::Taken, "HAPI 8.8.0, tried: stale ifMatch on the Slot"),
    Rule(&[], Sign::Hapi("0989", ""), Refusal::Conflict, "HAPI source: not the current version"),
    Rule(&[], Sign::Hapi("0823", ""), Refusal::Conflict, "HAPI source: two writers committed at once"),
    Rule(&[], Sign::Hapi("0974", ""), Refusal::Conflict, "HAPI 8.8.0, tried: PATCH on a stale version"),
    Rule(&[], Sign::Hapi("0549", ""), Refusal::Conflict, "HAPI source: server-side retries exhausted"),
    Rule(&[], Sign::Hapi("0824", ""), Refusal::Duplicate, "HAPI source: unique index"),
    Rule(&[], Sign::Hapi("1093", ""), Refusal::Duplicate, "HAPI source: unique index, pre-check"),
    Rule(&[], Sign::Hapi("0825", ""), Refusal::Duplicate, "HAPI source: client-assigned id collision"),
    Rule(&[], Sign::Hapi("0958", ""), Refusal::Duplicate, "HAPI source: conditional create, several matches"),
    Rule(&[], Sign::Hapi("0417", ""), Refusal::Gone, "HAPI source: paging id expired"),
    Rule(&[], Sign::Hapi("0515", ""), Refusal::Invalid, "HAPI source: delete of what is referenced"),
    Rule(&[], Sign::Hapi("2223", ""), Refusal::Invalid, "HAPI 8.8.0, tried: 500 for a malformed If-Match"),
    Rule(
        &[],
        Sign::Text("multiple matches"),
        Refusal::Duplicate,
        "Helios 0.2.7, tried: 412 with several matches",
    ),
    Rule(
        &[400],
        Sign::Text("entry failed with status 412"),
        Refusal::Conflict,
        "Helios 0.2.7, tried: stale ifMatch in a transaction",
    ),
    Rule(
        &[],
        Sign::Detail("59144"),
        Refusal::Taken,
        "Epic $book: id from $find no longer valid (cobalt-api)",
    ),
    Rule(&[], Sign::Detail("59013"), Refusal::NotFound, "Epic $match: none certain"),
    Rule(&[], Sign::Text("slottaken"), Refusal::Taken, "Epic ScheduleWithInsurance (cobalt-api)"),
    Rule(&[], Sign::Warning("25"), Refusal::Taken, "Epic APTWARN 25: slot no longer available (cobalt-api)"),
    Rule(&[], Sign::Warning("27"), Refusal::Taken, "Epic APTWARN 27: pick another time (cobalt-api)"),
    Rule(&[], Sign::Warning("34"), Refusal::Taken, "Epic APTWARN 34: pick another time (cobalt-api)"),
    Rule(
        &[],
        Sign::Text("requested time slot is not available"),
        Refusal::Taken,
        "Medplum $book documentation",
    ),
    Rule(
        &[200, 201, 400, 409, 412, 422],
        Sign::Severe("fatal", "not-found"),
        Refusal::Taken,
        "IHE ITI-116, ITI-117: also with 200",
    ),
    Rule(
        &[200, 400, 409, 412, 422],
        Sign::Issue("duplicate"),
        Refusal::Duplicate,
        "FHIR R4 issue-type; BaRS REC_CONFLICT",
    ),
    Rule(
        &[200, 400, 409, 412, 422],
        Sign::Issue("multiple-matches"),
        Refusal::Duplicate,
        "FHIR R4 issue-type; Medplum",
    ),
    Rule(
        &[200, 400, 409, 412, 422],
        Sign::Issue("conflict"),
        Refusal::Conflict,
        "FHIR R4 issue-type; BaRS REC_CONFLICT",
    ),
    Rule(&[200, 400, 409, 422, 423], Sign::Issue("lock-error"), Refusal::Locked, "FHIR R4 issue-type"),
    Rule(
        &[200, 400, 409, 503],
        Sign::Issue("throttled"),
        THROTTLED,
        "FHIR R4 issue-type; BaRS SEND_TOO_MANY_REQUESTS",
    ),
    Rule(&[401, 403], Sign::Status, Refusal::Auth, "SMART; Oracle \"Tenant not valid\""),
    Rule(&[404], Sign::Status, Refusal::NotFound, "FHIR R4 §3.1.0.4"),
    Rule(&[408, 425, 500, 502, 503, 504], Sign::Status, Refusal::Transient, "RFC 9110; BaRS REC_TIMEOUT"),
    Rule(&[409], Sign::Status, Refusal::Conflict, "Oracle: stale version"),
    Rule(&[410], Sign::Status, Refusal::Gone, "FHIR R4 §3.1.0.7.1"),
    Rule(&[412], Sign::Status, Refusal::Conflict, "FHIR R4 §3.1.0.5.1; WSO2 1.0.0 and Medplum, tried"),
    Rule(&[423], Sign::Status, Refusal::Locked, "Oracle: being edited"),
    Rule(&[429], Sign::Status, THROTTLED, "RFC 6585"),
    Rule(
        &[400, 405, 406, 413, 415, 422, 424, 428, 501],
        Sign::Status,
        Refusal::Invalid,
        "FHIR R4 §3.1.0.4; Oracle 406, 424",
    ),
];

/// What an answer that is not the one hoped for means. `status` is the HTTP status (IHE refuses with 200, so the
/// body counts too), `retry_after` the header of that name.
pub fn classify(status: u16, retry_after: Option<&str>, body: &[u8]) -> Refusal {
    let said = Said::of(body);
    if said.is_html && !matches!(status, 401 | 403 | 429) {
        // A proxy, a login page or a maintenance page spoke, not the EHR: its 404 says nothing about a booking.
        return Refusal::Transient;
    }
    let rule = TABLE.iter().find(|Rule(statuses, sign, ..)| {
        (statuses.is_empty() || statuses.contains(&status)) && said.shows(sign)
    });
    match rule.map(|Rule(_, _, refusal, _)| *refusal) {
        Some(Refusal::Throttled { .. }) => Refusal::Throttled { after: seconds(retry_after) },
        other => other.unwrap_or(Refusal::Unknown),
    }
}

/// True where a body is an OperationOutcome with an error or worse, alone or as all that a Bundle holds: IHE
/// refuses `$book` like this with status 200 (ITI-117).
pub fn is_refusal(body: &Value) -> bool {
    let issues = issues(body);
    !issues.is_empty() && issues.iter().any(|issue| is_severe(issue))
}

/// `Retry-After` in seconds; the form with a date would need a clock, and no EHR was seen to use it.
fn seconds(retry_after: Option<&str>) -> Option<Duration> {
    retry_after?.trim().parse().ok().map(Duration::from_secs)
}

/// What a body says, gathered.
struct Said {
    issues: Vec<Value>,
    /// All diagnostic texts, in lower case, a line each.
    text: String,
    is_html: bool,
}

impl Said {
    fn of(body: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => Self::of_json(&value),
            Err(_) => Self::of_plain(&String::from_utf8_lossy(&body[..body.len().min(MAX_PLAIN)])),
        }
    }

    fn of_json(value: &Value) -> Self {
        let mut issues = issues(value);
        if issues.iter().any(is_severe) {
            issues.retain(is_severe);
        }
        // Epic's own services answer {Message, ExceptionMessage} (cobalt-api).
        let mut texts: Vec<&str> =
            ["Message", "ExceptionMessage"].iter().filter_map(|it| json::text(value, it)).collect();
        for issue in &issues {
            texts.extend(json::text(issue, "diagnostics"));
            texts.extend(issue.get("details").and_then(|details| json::text(details, "text")));
        }
        let text = texts.join("\n").to_ascii_lowercase();
        Self { issues, text, is_html: false }
    }

    fn of_plain(body: &str) -> Self {
        let text = body.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        let is_html =
            text.starts_with("<!doctype html") || text.starts_with("<html") || text.contains("<body");
        Self { issues: Vec::new(), text, is_html }
    }

    fn shows(&self, sign: &Sign) -> bool {
        let any = |test: &dyn Fn(&Value) -> bool| self.issues.iter().any(test);
        match sign {
            Sign::Hapi(code, beside) => self.last_hapi() == Some(code) && self.text.contains(beside),
            Sign::Text(piece) => self.text.contains(piece),
            Sign::Warning(number) => self.warnings().any(|found| found == *number),
            Sign::Detail(code) => any(&|issue| details(issue).any(|found| found == *code)),
            Sign::Issue(code) => any(&|issue| json::text(issue, "code") == Some(code)),
            Sign::Severe(severity, code) => any(&|issue| {
                json::text(issue, "severity") == Some(severity) && json::text(issue, "code") == Some(code)
            }),
            Sign::Status => true,
        }
    }

    fn last_hapi(&self) -> Option<&str> {
        let (_, after) = self.text.rsplit_once("hapi-")?;
        after.get(..4).filter(|code| code.bytes().all(|b| b.is_ascii_digit()))
    }

    fn warnings(&self) -> impl Iterator<Item = &str> {
        let list = self.text.split_once("aptwarn error details:").map_or("", |(_, after)| after);
        let end = list.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | ' ')).unwrap_or(list.len());
        list[..end].split(',').map(str::trim)
    }
}

/// The issues of an OperationOutcome, or of those in a Bundle that holds nothing else.
fn issues(value: &Value) -> Vec<Value> {
    match json::text(value, "resourceType") {
        Some("OperationOutcome") => json::list(value, "issue").to_vec(),
        Some("Bundle") => {
            let entries: Vec<&Value> =
                json::list(value, "entry").iter().filter_map(|it| it.get("resource")).collect();
            let only = entries.iter().all(|it| json::text(it, "resourceType") == Some("OperationOutcome"));
            if only { entries.into_iter().flat_map(issues).collect() } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn is_severe(issue: &Value) -> bool {
    matches!(json::text(issue, "severity"), Some("fatal" | "error"))
}

fn details(issue: &Value) -> impl Iterator<Item = &str> {
    let codings = issue.get("details").map_or(&[][..], |details| json::list(details, "coding"));
    codings.iter().filter_map(|coding| json::text(coding, "code"))
}

#[cfg(test)]
mod tests {
    use super::{Refusal, TABLE, classify, is_refusal};
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
    #[case("bars/error/503-REC_SERVICE_UNAVAILABLE-transient.json", 503, Refusal::Transient)]
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
    #[case::teapot(418, "", Refusal::Unknown)]
    #[case::fine(200, "{}", Refusal::Unknown)]
    fn other_servers_mean(#[case] status: u16, #[case] body: &str, #[case] meant: Refusal) {
        assert_eq!(classify(status, None, body.as_bytes()), meant);
    }

    #[test]
    fn ihe_refuses_with_200_and_a_bundle_of_one_outcome() {
        let outcome = json!({"resourceType": "OperationOutcome", "issue": [{"severity": "fatal", "code": "not-found"}]});
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
}
