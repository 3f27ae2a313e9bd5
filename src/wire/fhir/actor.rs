//! `Schedule` and the actors it lists, as we read them. None of this is about a patient.

use super::json::{self, Coding, Identifier, Missing};
use serde_json::Value;

const SCHEDULE: &str = "Schedule";
const PRACTITIONER: &str = "Practitioner";
const LOCATION: &str = "Location";

/// The extension that names a place's time zone (FHIR R4 extension `timezone`; Medplum demands it).
const TIMEZONE: &str = "http://hl7.org/fhir/StructureDefinition/timezone";

/// A FHIR R4 `Schedule`. All its actors are needed together: two actors mean both, not either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleView {
    /// The id; `Schedule/id` is the reference.
    pub id: String,
    /// False where it is out of use.
    pub active: bool,
    /// Who and what it is the schedule of, `Type/id`.
    pub actors: Vec<String>,
    /// Services offered.
    pub service_types: Vec<Coding>,
}

/// A FHIR R4 `Practitioner`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PractitionerView {
    /// The id; `Practitioner/id` is the reference.
    pub id: String,
    /// False where the record is out of use.
    pub active: bool,
    /// Names as written for people, official ones first; several where several scripts are kept.
    pub names: Vec<String>,
    /// National and hospital numbers.
    pub identifiers: Vec<Identifier>,
}

/// A FHIR R4 `Location`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationView {
    /// The id; `Location/id` is the reference.
    pub id: String,
    /// False where it is suspended or inactive.
    pub active: bool,
    /// The name, then its aliases.
    pub names: Vec<String>,
    /// The IANA time zone, where the server states it.
    pub timezone: Option<String>,
    /// Numbers of the place.
    pub identifiers: Vec<Identifier>,
}

/// Reads a `Schedule`.
///
/// # Errors
/// No id, or no actor with a reference: nothing could be said about who is seen.
pub fn schedule(value: &Value) -> Result<ScheduleView, Missing> {
    json::expect(value, SCHEDULE)?;
    let actors = json::references(value, "actor");
    if actors.is_empty() {
        return Err(Missing { resource: SCHEDULE, element: "actor" });
    }
    Ok(ScheduleView {
        id: json::id(value, SCHEDULE)?,
        active: json::boolean(value, "active").unwrap_or(true),
        actors,
        service_types: json::codings(value, "serviceType"),
    })
}

/// Reads a `Practitioner`.
///
/// # Errors
/// No id.
pub fn practitioner(value: &Value) -> Result<PractitionerView, Missing> {
    json::expect(value, PRACTITIONER)?;
    let mut names: Vec<&Value> = json::list(value, "name").iter().collect();
    names.sort_by_key(|name| json::text(name, "use") != Some("official"));
    Ok(PractitionerView {
        id: json::id(value, PRACTITIONER)?,
        active: json::boolean(value, "active").unwrap_or(true),
        names: names.into_iter().filter_map(name).collect(),
        identifiers: json::identifiers(value),
    })
}

/// Reads a `Location`.
///
/// # Errors
/// No id.
pub fn location(value: &Value) -> Result<LocationView, Missing> {
    json::expect(value, LOCATION)?;
    let aliases = value.get("alias").and_then(Value::as_array).into_iter().flatten();
    let names = json::text(value, "name").into_iter().chain(aliases.filter_map(Value::as_str));
    Ok(LocationView {
        id: json::id(value, LOCATION)?,
        active: json::text(value, "status").is_none_or(|status| status == "active"),
        names: names.map(str::to_owned).collect(),
        timezone: json::list(value, "extension").iter().find_map(timezone),
        identifiers: json::identifiers(value),
    })
}

/// A `HumanName` in words: its `text`, else prefix, given and family names in that order.
fn name(value: &Value) -> Option<String> {
    if let Some(text) = json::text(value, "text") {
        return Some(text.to_owned());
    }
    let many =
        |member| value.get(member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let words: Vec<&str> = many("prefix").chain(many("given")).chain(json::text(value, "family")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn timezone(extension: &Value) -> Option<String> {
    (json::text(extension, "url") == Some(TIMEZONE))
        .then(|| json::text(extension, "valueCode"))?
        .map(str::to_owned)
}
