//! Single writes: create, update, patch, delete, with their conditions and a light validation.

use crate::clock::Moment;
use crate::ids::Chance;
use crate::sandbox::ehr::moods::{Mood, Now};
use crate::sandbox::ehr::params::{decode, strings};
use crate::sandbox::ehr::state::State;
use crate::sandbox::ehr::{patch, search};
use serde_json::{Value, json};

/// Types this server has.
pub const KINDS: [&str; 13] = [
    "Patient",
    "RelatedPerson",
    "Practitioner",
    "PractitionerRole",
    "Location",
    "HealthcareService",
    "Schedule",
    "Slot",
    "Appointment",
    "DiagnosticReport",
    "Communication",
    "Task",
    "Subscription",
];

/// A refusal: status and text of the OperationOutcome.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused(pub u16, pub String);

/// What a write came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    pub kind: String,
    pub id: String,
    pub version: u64,
    pub created: bool,
}

/// What writing needs.
pub struct Writing<'a> {
    pub state: &'a mut State,
    pub now: Moment,
    pub chance: &'a Chance,
    pub moods: Now,
}

impl Writing<'_> {
    /// Creates a resource; `If-None-Exist` makes it conditional.
    pub fn create(&mut self, mut resource: Value, condition: Option<&str>) -> Result<Written, Refused> {
        let kind = valid(&resource)?;
        self.references(&resource)?;
        if let Some(known) = self.conditional(&kind, condition)? {
            return Ok(known);
        }
        let id = self.chance.id().to_string()[..12].to_owned();
        resource["id"] = json!(id);
        let version = self.state.put(resource, self.now);
        Ok(Written { kind, id, version, created: true })
    }

    fn conditional(&self, kind: &str, condition: Option<&str>) -> Result<Option<Written>, Refused> {
        let races = self.moods.has(Mood::ConditionalCreateRaces);
        let Some(condition) = condition.filter(|_| !races) else { return Ok(None) };
        let pairs = decode(condition.trim_start_matches(&format!("{kind}?")));
        let mut found = Vec::new();
        for (id, resource) in self.state.all(kind) {
            let fits = search::matches(self.state, kind, resource, &pairs);
            if fits.map_err(|bad| Refused(400, bad.0))? {
                found.push(id.to_owned());
            }
        }
        match found.as_slice() {
            [] => Ok(None),
            [id] => {
                let version = self.state.current(kind, id).map_or(1, |version| version.number);
                Ok(Some(Written { kind: kind.to_owned(), id: id.clone(), version, created: false }))
            }
            _ => Err(Refused(412, "several resources match the condition".to_owned())),
        }
    }

    /// Replaces a resource; a stale `If-Match` changes nothing.
    pub fn update(&mut self, resource: Value, if_match: Option<&str>) -> Result<Written, Refused> {
        let kind = valid(&resource)?;
        self.references(&resource)?;
        let id = resource["id"].as_str().ok_or(Refused(400, "id is missing".to_owned()))?.to_owned();
        let before = self.state.current(&kind, &id).cloned();
        self.fresh(&kind, &id, if_match)?;
        let created = before.is_none_or(|before| before.resource.is_none());
        let version = self.state.put(resource, self.now);
        Ok(Written { kind, id, version, created })
    }

    /// Changes a resource by a JSON Patch (RFC 6902).
    pub fn patch(
        &mut self,
        kind: &str,
        id: &str,
        operations: &Value,
        if_match: Option<&str>,
    ) -> Result<Written, Refused> {
        self.fresh(kind, id, if_match.filter(|_| !self.moods.has(Mood::PatchIgnoresIfMatch)))?;
        let known = self.state.current(kind, id).and_then(|version| version.resource.clone());
        let known = known.ok_or(Refused(404, format!("{kind}/{id} is not known")))?;
        let patched = patch::apply(known, operations).map_err(|wrong| Refused(400, wrong))?;
        self.update(patched, None)
    }

    /// Deletes a resource.
    pub fn delete(&mut self, kind: &str, id: &str, if_match: Option<&str>) -> Result<(), Refused> {
        self.fresh(kind, id, if_match)?;
        self.state.delete(kind, id, self.now);
        Ok(())
    }

    fn fresh(&self, kind: &str, id: &str, if_match: Option<&str>) -> Result<(), Refused> {
        let Some(wanted) = if_match else { return Ok(()) };
        let Some(current) = self.state.current(kind, id) else {
            return Err(Refused(404, format!("{kind}/{id} is not known")));
        };
        if current.resource.is_none() {
            return Err(Refused(410, format!("{kind}/{id} was deleted")));
        }
        if wanted != format!("W/\"{}\"", self.moods.version(current.number)) {
            return Err(Refused(412, format!("If-Match {wanted} does not match {kind}/{id}")));
        }
        Ok(())
    }

    /// Referential integrity, as HAPI has it: what is referred to must exist.
    fn references(&self, resource: &Value) -> Result<(), Refused> {
        let paths: [&[&str]; 6] = [
            &["slot", "reference"],
            &["participant", "actor", "reference"],
            &["schedule", "reference"],
            &["actor", "reference"],
            &["for", "reference"],
            &["subject", "reference"],
        ];
        for reference in paths.iter().flat_map(|path| strings(resource, path)) {
            let Some((kind, id)) = reference.split_once('/') else { continue };
            let exists = self.state.current(kind, id).is_some_and(|version| version.resource.is_some());
            if KINDS.contains(&kind) && !exists {
                return Err(Refused(400, format!("{kind} in a reference is not known")));
            }
        }
        Ok(())
    }
}

const APPOINTMENT: [&str; 10] = [
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
];
const SLOT: [&str; 5] = ["free", "busy", "busy-unavailable", "busy-tentative", "entered-in-error"];

/// The type of a resource, if its required elements are there (FHIR R4 cardinalities).
fn valid(resource: &Value) -> Result<String, Refused> {
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    if !KINDS.contains(&kind) {
        return Err(Refused(404, format!("Unknown resource type {kind:?}")));
    }
    let status = resource["status"].as_str().unwrap_or_default();
    let fits = match kind {
        "Appointment" => {
            APPOINTMENT.contains(&status)
                && resource["participant"].as_array().is_some_and(|list| !list.is_empty())
        }
        "Slot" => {
            SLOT.contains(&status)
                && ["start", "end"].iter().all(|name| resource[name].is_string())
                && resource["schedule"].is_object()
        }
        _ => true,
    };
    if fits { Ok(kind.to_owned()) } else { Err(Refused(400, format!("{kind} is not valid"))) }
}
