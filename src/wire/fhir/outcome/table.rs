//! The table of refusals: a line for each way a server was seen or is documented to refuse.

use super::Refusal;

/// How a line of the table recognises an answer.
pub(super) enum Sign {
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
pub(super) struct Rule(
    pub(super) &'static [u16],
    pub(super) Sign,
    pub(super) Refusal,
    #[cfg_attr(not(test), expect(dead_code, reason = "the evidence, for who reads the table"))]
    pub(super)  &'static str,
);

const THROTTLED: Refusal = Refusal::Throttled { after: None };

/// First match wins: what vendors say in particular, then issue codes, then statuses.
pub(super) const TABLE: &[Rule] = &[
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
    Rule(&[425, 503], Sign::Status, Refusal::Unavailable, "RFC 9110 §15.6.4; BaRS REC_SERVICE_UNAVAILABLE"),
    Rule(&[408, 500, 502, 504], Sign::Status, Refusal::Transient, "RFC 9110 §15.6.5; BaRS REC_TIMEOUT"),
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
