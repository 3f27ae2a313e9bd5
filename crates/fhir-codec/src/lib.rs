//! The only user of `fhir-sdk`: builds and strictly checks the resources Wasl authors.
//!
//! FHIR code in `fhir-sdk` is generic over the serialiser, and every resource can contain every other, so each
//! way in and each way out instantiates some 150 resources. There is exactly one of each here ([`check`]'s
//! `from_slice`, `to_vec`), in functions that are not generic; add none (about 50 CPU seconds apiece).
//!
//! What the EHR sent us is never passed through these types on its way back: they drop unknown fields and
//! rewrite decimals. Tests live in `src/wire/fhir`, since this crate is compiled without a test harness.

mod parts;

use fhir_sdk::DateTime;
use fhir_sdk::Instant;
use fhir_sdk::r4b::codes::{EventStatus, TaskIntent, TaskStatus};
use fhir_sdk::r4b::resources::Resource;
use parts::{accepted, coded, identifier, input, reference, worded};

/// A FHIR R4 `Identifier`: `system` is a URI, `value` is unique in it.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The namespace, a URI.
    pub system: &'a str,
    /// The value, unique within the namespace.
    pub value: &'a str,
}

/// A FHIR R4 `Coding` without its display.
#[derive(Clone, Copy)]
pub struct Coded<'a> {
    /// The code system, a URI.
    pub system: &'a str,
    /// The code.
    pub code: &'a str,
}

/// What a booking says. References have the form `Type/id`, times are RFC 3339 with an offset.
#[derive(Clone, Copy)]
pub struct Appointment<'a> {
    /// Our booking's identifier; the server and we find it again by this.
    pub identifier: Named<'a>,
    /// The `Slot` it fills.
    pub slot: &'a str,
    /// When it begins.
    pub start: &'a str,
    /// When it ends.
    pub end: &'a str,
    /// The service booked, where the slot or the configuration names one.
    pub service_type: Option<Coded<'a>>,
    /// The `Patient`.
    pub patient: &'a str,
    /// The actors of the slot's Schedule: practitioner, place, device; whatever it lists.
    pub actors: &'a [&'a str],
}

/// What a work item for staff says. Everything a person reads in it comes from a closed list of the caller's.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// Makes a repeated create recognisable.
    pub identifier: Named<'a>,
    /// What kind of work it is, in words.
    pub code: &'a str,
    /// What to do, in words.
    pub description: &'a str,
    /// The `Patient` it is about, when known.
    pub patient: Option<&'a str>,
    /// What it is about, when known: an `Appointment`.
    pub focus: Option<&'a str>,
    /// When it was asked for, RFC 3339.
    pub authored_on: &'a str,
    /// What else staff need: kind and value, as the number to call back.
    pub inputs: &'a [(&'a str, &'a str)],
}

/// A record that holds a telephone number and nothing else.
#[derive(Clone, Copy)]
pub struct Patient<'a> {
    /// Makes a repeated create recognisable.
    pub identifier: Named<'a>,
    /// The number, E.164.
    pub phone: &'a str,
}

/// A record that a message was sent: what kind, never its text.
#[derive(Clone, Copy)]
pub struct Communication<'a> {
    /// Makes a repeated create recognisable.
    pub identifier: Named<'a>,
    /// Why it was sent: reminder, notification, ...
    pub category: Coded<'a>,
    /// How it travelled.
    pub medium: Coded<'a>,
    /// Which approved content it was.
    pub content: Coded<'a>,
    /// The `Patient` it concerns.
    pub patient: &'a str,
    /// Who received it: the same `Patient`, or a `RelatedPerson`.
    pub recipient: &'a str,
    /// When it left, RFC 3339.
    pub sent: &'a str,
}

/// A new FHIR R4 `Appointment`, `booked`, every participant `accepted` (Oracle takes nothing else for a booking).
///
/// # Errors
/// A time that is not RFC 3339 with an offset.
pub fn appointment(said: &Appointment<'_>) -> Result<Vec<u8>, String> {
    let mut resource = seed(br#"{"resourceType":"Appointment","status":"booked","participant":[]}"#)?;
    if let Resource::Appointment(it) = &mut resource {
        it.identifier = identifier(&said.identifier);
        it.service_type = said.service_type.iter().map(|code| Some(coded(code))).collect();
        it.start = Some(instant(said.start)?);
        it.end = Some(instant(said.end)?);
        it.slot = vec![Some(reference(said.slot))];
        it.participant = [said.patient].iter().chain(said.actors).map(|actor| accepted(actor)).collect();
    }
    to_vec(&resource)
}

/// A new FHIR R4 `Task`, `requested`, intent `order`.
///
/// # Errors
/// A time that is not RFC 3339 with an offset.
pub fn task(said: &Task<'_>) -> Result<Vec<u8>, String> {
    let mut resource = seed(br#"{"resourceType":"Task","status":"requested","intent":"order"}"#)?;
    if let Resource::Task(it) = &mut resource {
        it.status = TaskStatus::Requested;
        it.intent = TaskIntent::_Custom("order".to_owned());
        it.identifier = identifier(&said.identifier);
        it.code = Some(worded(said.code));
        it.description = Some(said.description.to_owned());
        it.r#for = said.patient.map(reference);
        it.authored_on = Some(DateTime::DateTime(instant(said.authored_on)?));
        it.focus = said.focus.map(reference);
        it.input = said.inputs.iter().map(|(kind, value)| input(kind, value)).collect();
    }
    to_vec(&resource)
}

/// A new FHIR R4 `Patient`, active, for people to complete.
///
/// # Errors
/// None that is known: everything in it is text.
pub fn patient(said: &Patient<'_>) -> Result<Vec<u8>, String> {
    let plain = serde_json::json!({
        "resourceType": "Patient",
        "active": true,
        "identifier": [{ "system": said.identifier.system, "value": said.identifier.value }],
        "telecom": [{ "system": "phone", "value": said.phone, "use": "mobile" }],
    });
    to_vec(&seed(plain.to_string().as_bytes())?)
}

/// A new FHIR R4 `Communication`, `completed`; the content id is its `topic`, and it has no payload.
///
/// # Errors
/// A time that is not RFC 3339 with an offset.
pub fn communication(said: &Communication<'_>) -> Result<Vec<u8>, String> {
    let mut resource = seed(br#"{"resourceType":"Communication","status":"completed"}"#)?;
    if let Resource::Communication(it) = &mut resource {
        it.status = EventStatus::Completed;
        it.identifier = identifier(&said.identifier);
        it.category = vec![Some(coded(&said.category))];
        it.medium = vec![Some(coded(&said.medium))];
        it.topic = Some(coded(&said.content));
        it.subject = Some(reference(said.patient));
        it.recipient = vec![Some(reference(said.recipient))];
        it.sent = Some(DateTime::DateTime(instant(said.sent)?));
    }
    to_vec(&resource)
}

/// The strict oracle: parses any R4 resource (as R4B, identical for scheduling) and names its type.
///
/// # Errors
/// The first thing that the model does not allow: a code outside a required binding, a missing element, a
/// malformed time. Unknown fields pass.
pub fn check(bytes: &[u8]) -> Result<String, String> {
    seed(bytes).map(|resource| resource.resource_type().to_string())
}

/// The one way in. Authored resources start here too: `resourceType` is a private field that only a builder or
/// a parser can set.
fn seed(bytes: &[u8]) -> Result<Resource, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// The one way out.
fn to_vec(resource: &Resource) -> Result<Vec<u8>, String> {
    serde_json::to_vec(resource).map_err(|error| error.to_string())
}

fn instant(rfc3339: &str) -> Result<Instant, String> {
    rfc3339
        .parse()
        .map_err(|_| String::from("a time to be written to the EHR is not RFC 3339 with an offset"))
}
