//! Reading JSON that was meant to be FHIR: the elements shared by all views.

use super::instant;
use crate::clock::Moment;
use crate::phi::Phi;
use serde_json::Value;

/// An element without which a resource cannot be used. Names elements only, never values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{resource}.{element} is absent or cannot be read: the entry is skipped")]
pub struct Missing {
    /// The resource type that was expected.
    pub resource: &'static str,
    /// The element that is absent or unreadable.
    pub element: &'static str,
}

/// One `Coding` of a `CodeableConcept`; `system` is empty where the sender left it out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Coding {
    /// The code system, a URI.
    pub system: String,
    /// The code.
    pub code: String,
}

/// One `Identifier`. Epic masks some: those have no `value` and are left out of lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The namespace; empty where the sender left it out. Never compare a value without it.
    pub system: String,
    /// The value.
    pub value: Phi<String>,
}

/// Fails unless `value` is a resource of this type.
pub(super) fn expect(value: &Value, resource: &'static str) -> Result<(), Missing> {
    let found = text(value, "resourceType").is_some_and(|kind| kind == resource);
    found.then_some(()).ok_or(Missing { resource, element: "resourceType" })
}

/// A member that is a string with something in it.
pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str().filter(|text| !text.is_empty())
}

/// The resource's id, of any length: Epic's `$find` gives 68 characters where FHIR allows 64.
pub(super) fn id(value: &Value, resource: &'static str) -> Result<String, Missing> {
    text(value, "id").map(str::to_owned).ok_or(Missing { resource, element: "id" })
}

/// A boolean, also in quotes as some servers write it.
pub(super) fn boolean(value: &Value, member: &str) -> Option<bool> {
    match value.get(member)? {
        Value::Bool(it) => Some(*it),
        Value::String(it) => it.parse().ok(),
        _ => None,
    }
}

/// The elements of a repeating member; a lone object where an array belongs counts as one element.
pub(super) fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    match value.get(member) {
        Some(Value::Array(items)) => items,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}

/// A time that may be absent, but when present must be readable: half-understood times are not shown to people.
pub(super) fn moment(
    value: &Value,
    resource: &'static str,
    element: &'static str,
) -> Result<Option<Moment>, Missing> {
    match value.get(element) {
        None | Some(Value::Null) => Ok(None),
        Some(it) => it.as_str().and_then(instant::parse).map(Some).ok_or(Missing { resource, element }),
    }
}

/// `meta.versionId`, opaque: Oracle's are like `410v795030969834`.
pub(super) fn version(value: &Value) -> Option<String> {
    text(value.get("meta")?, "versionId").map(str::to_owned)
}

/// The codings of every `CodeableConcept` in a repeating member.
pub(super) fn codings(value: &Value, member: &str) -> Vec<Coding> {
    list(value, member).iter().flat_map(|concept| list(concept, "coding")).filter_map(coding).collect()
}

fn coding(value: &Value) -> Option<Coding> {
    let system = text(value, "system").unwrap_or_default().to_owned();
    Some(Coding { system, code: text(value, "code")?.trim().to_owned() })
}

/// The identifiers that have a value.
pub(super) fn identifiers(value: &Value) -> Vec<Identifier> {
    list(value, "identifier").iter().filter_map(identifier).collect()
}

fn identifier(value: &Value) -> Option<Identifier> {
    let system = text(value, "system").unwrap_or_default().to_owned();
    Some(Identifier { system, value: Phi::new(text(value, "value")?.to_owned()) })
}

/// The `Type/id` of every readable `Reference` in a repeating member.
pub(super) fn references(value: &Value, member: &str) -> Vec<String> {
    list(value, member).iter().filter_map(reference).collect()
}

/// The `Type/id` of a `Reference`, if it has one: identifier-only and contained references have none.
pub(super) fn reference(value: &Value) -> Option<String> {
    text(value, "reference").and_then(super::reference::normal)
}
