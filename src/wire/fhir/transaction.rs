//! Transaction Bundles (FHIR R4 §3.1.0.11).
//!
//! A Bundle is put together as text, around resources as they are: what was read goes back byte for byte, which
//! neither the typed model nor a JSON value would do.

use super::etag::ETag;
use super::{json, query, reference};
use crate::phi::Phi;
use serde_json::Value;
use serde_json::value::RawValue;

/// One step of a transaction. Servers take steps by verb, not in this order: POST before PUT.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// Replaces a resource, if it still is at this version.
    Put {
        /// The resource, `Type/id`.
        reference: &'a str,
        /// Its new text.
        body: &'a str,
        /// The version that was read.
        if_match: &'a ETag,
    },
    /// Creates a resource, unless one with this identifier exists.
    Create {
        /// Its type.
        kind: &'a str,
        /// Its text.
        body: &'a str,
        /// The namespace of the identifier.
        system: &'a str,
        /// The value of the identifier.
        value: &'a str,
    },
}

/// What the server says about one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The HTTP status: 201 for created, 200 for updated *or found already there*.
    pub status: u16,
    /// The resource, `Type/id`, where the server names it.
    pub reference: Option<Phi<String>>,
    /// Its new version.
    pub etag: Option<ETag>,
}

/// A step that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// The text of a resource is not JSON.
    #[error("a resource for a transaction is not JSON")]
    NotJson,
    /// The reference is not `Type/id`.
    #[error("a reference for a transaction is not Type/id")]
    NotAReference,
}

/// The Bundle of these steps, below `base` (our base URL, for `fullUrl`).
///
/// # Errors
/// [`TransactionError`].
pub fn bundle(base: &str, steps: &[Step<'_>]) -> Result<String, TransactionError> {
    let entries: Result<Vec<String>, _> = steps.iter().map(|step| entry(base, step)).collect();
    Ok(format!(r#"{{"resourceType":"Bundle","type":"transaction","entry":[{}]}}"#, entries?.join(",")))
}

fn entry(base: &str, step: &Step<'_>) -> Result<String, TransactionError> {
    match *step {
        Step::Put { reference, body, if_match } => {
            let path = query::path(reference).ok_or(TransactionError::NotAReference)?;
            let full = quoted(&format!("{}/{path}", base.trim_end_matches('/')));
            let (url, tag) = (quoted(&path), quoted(if_match.as_str()));
            let request = format!(r#"{{"method":"PUT","url":{url},"ifMatch":{tag}}}"#);
            Ok(format!(r#"{{"fullUrl":{full},"resource":{},"request":{request}}}"#, whole(body)?))
        }
        Step::Create { kind, body, system, value } => {
            let unless = query::conditions(&[("identifier", &query::token(system, value))]);
            let (url, unless) = (quoted(kind), quoted(&unless));
            let request = format!(r#"{{"method":"POST","url":{url},"ifNoneExist":{unless}}}"#);
            Ok(format!(r#"{{"resource":{},"request":{request}}}"#, whole(body)?))
        }
    }
}

/// The text itself, if it is one JSON value: half a value would change the meaning of the steps around it.
fn whole(body: &str) -> Result<&str, TransactionError> {
    serde_json::from_str::<&RawValue>(body).map(RawValue::get).map_err(|_| TransactionError::NotJson)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// What a `transaction-response` says about each step, in the order of the request; `None` for another body.
pub fn results(response: &Value) -> Option<Vec<Done>> {
    json::expect(response, "Bundle").ok()?;
    json::list(response, "entry").iter().map(done).collect()
}

fn done(entry: &Value) -> Option<Done> {
    let response = entry.get("response")?;
    Some(Done {
        status: json::text(response, "status")?.get(..3)?.parse().ok()?,
        reference: json::text(response, "location").and_then(reference::normal).map(Phi::new),
        etag: json::text(response, "etag").and_then(ETag::of_header),
    })
}

#[cfg(test)]
mod tests {
    use super::{Step, TransactionError, bundle, results};
    use crate::phi::Phi;
    use crate::wire::fhir::etag::ETag;
    use crate::wire::fhir::fixtures::json;
    use serde_json::Value;

    const SLOT: &str = "{\"resourceType\":\"Slot\",\"id\":\"7\", \"x\":1.50,\"schedule\":{\"reference\":\"Schedule/1\"},\
        \"status\":\"busy\",\"start\":\"2026-12-01T09:00:00Z\",\"end\":\"2026-12-01T09:30:00Z\"}";
    const TASK: &str = "{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\"}";

    #[test]
    fn both_steps_stand_in_it_as_they_were_given() {
        let tag = ETag::of_version("3423957v2380283").unwrap();
        let put = Step::Put { reference: "Slot/7", body: SLOT, if_match: &tag };
        let create = Step::Create { kind: "Task", body: TASK, system: "https://gw/x", value: "1" };
        let text = bundle("https://h/fhir/", &[put, create]).unwrap();
        assert!(text.contains(SLOT) && text.contains(TASK));
        assert_eq!(fhir_codec::check(text.as_bytes()).as_deref(), Ok("Bundle"));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value.pointer("/entry/0/fullUrl").unwrap(), "https://h/fhir/Slot/7");
        assert_eq!(value.pointer("/entry/0/request/url").unwrap(), "Slot/7");
        assert_eq!(value.pointer("/entry/0/request/ifMatch").unwrap(), "W/\"3423957v2380283\"");
        assert_eq!(value.pointer("/entry/1/request/ifNoneExist").unwrap(), "identifier=https://gw/x%7C1");
    }

    #[test]
    fn half_a_resource_is_refused() {
        let tag = ETag::of_version("1").unwrap();
        let body = "{}},{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1\"}";
        let step = Step::Put { reference: "Slot/7", body, if_match: &tag };
        assert_eq!(bundle("https://h", &[step]), Err(TransactionError::NotJson));
        let step = Step::Put { reference: "Slot/../x", body: "{}", if_match: &tag };
        assert_eq!(bundle("https://h", &[step]), Err(TransactionError::NotAReference));
    }

    #[test]
    fn a_response_is_read_step_by_step() {
        let done = results(&json("hostile/read/49-bundle-tx-response.json")).unwrap();
        assert_eq!((done[0].status, done[1].status), (201, 200));
        assert_eq!(done[0].reference, Some(Phi::new("Appointment/1".to_owned())));
        assert_eq!((done[1].reference.clone(), done[1].etag.clone()), (None, ETag::of_version("1")));
        assert_eq!(results(&json("hostile/read/52-oo-epic-fatal.json")), None);
    }
}
