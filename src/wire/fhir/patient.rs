//! `Patient` as we read it: enough to know whom a phone belongs to, and whether to write at all.

use super::code::{AdministrativeGender, TelecomSystem, TelecomUse};
use super::instant;
use super::json::{self, Identifier, Missing};
use crate::clock::Moment;
use crate::phi::Phi;
use chrono::NaiveDate;
use serde_json::Value;

const PATIENT: &str = "Patient";

/// A FHIR R4 `Patient`, without names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientView {
    /// The id; `Patient/id` is the reference.
    pub id: Phi<String>,
    /// False where the record says it is not in use; absent means in use (FHIR R4 `Patient.active`).
    pub active: bool,
    /// A true `deceasedBoolean` or any `deceasedDateTime`: all outreach stops. Epic writes `false` as a value.
    pub deceased: Phi<bool>,
    /// The record that took this one's place, `Patient/id`; this one is dead then, whatever `active` says.
    pub replaced_by: Option<Phi<String>>,
    /// The birth date, only where it is complete.
    pub birth_date: Option<Phi<NaiveDate>>,
    /// FHIR R4 administrative-gender; `Other("")` where the record does not tell.
    pub gender: Phi<AdministrativeGender>,
    /// Record numbers and the like.
    pub identifiers: Vec<Identifier>,
    /// How to reach them.
    pub telecoms: Vec<Telecom>,
}

/// One `ContactPoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telecom {
    /// What it is; vendors have `whatsapp`.
    pub system: TelecomSystem,
    /// The number or address as the EHR writes it.
    pub value: Phi<String>,
    /// What it is for.
    pub r#use: TelecomUse,
    /// From when on it is someone else's. A `period.end` that cannot be read counts as long past: a message to a
    /// stranger is worse than none.
    pub ended: Option<Moment>,
}

impl Telecom {
    /// True while the number is this person's: not marked `old`, and its period not over.
    pub fn is_current(&self, now: Moment) -> bool {
        self.r#use != TelecomUse::Old && self.ended.is_none_or(|end| now < end)
    }
}

/// Reads a `Patient`.
///
/// # Errors
/// No id.
pub fn view(value: &Value) -> Result<PatientView, Missing> {
    json::expect(value, PATIENT)?;
    Ok(PatientView {
        id: Phi::new(json::id(value, PATIENT)?),
        active: json::boolean(value, "active").unwrap_or(true),
        deceased: Phi::new(deceased(value)),
        replaced_by: json::list(value, "link").iter().find_map(replacement),
        birth_date: json::text(value, "birthDate").and_then(instant::date).map(Phi::new),
        gender: Phi::new(AdministrativeGender::parse(json::text(value, "gender").unwrap_or_default())),
        identifiers: json::identifiers(value),
        telecoms: json::list(value, "telecom").iter().filter_map(telecom).collect(),
    })
}

fn deceased(value: &Value) -> bool {
    json::boolean(value, "deceasedBoolean") == Some(true) || json::text(value, "deceasedDateTime").is_some()
}

fn replacement(link: &Value) -> Option<Phi<String>> {
    let replaced = json::text(link, "type") == Some("replaced-by");
    replaced.then(|| json::reference(link.get("other")?)).flatten().map(Phi::new)
}

pub(super) fn telecom(value: &Value) -> Option<Telecom> {
    let end = value.get("period").and_then(|period| json::text(period, "end"));
    Some(Telecom {
        system: TelecomSystem::parse(json::text(value, "system").unwrap_or_default()),
        value: Phi::new(json::text(value, "value")?.to_owned()),
        r#use: TelecomUse::parse(json::text(value, "use").unwrap_or_default()),
        ended: end.map(|end| instant::after(end).unwrap_or(Moment::MIN_UTC)),
    })
}
