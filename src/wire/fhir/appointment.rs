//! `Appointment` as we read it.

use super::code::{AppointmentStatus, Participation};
use super::json::{self, Coding, Identifier, Missing};
use super::reference;
use crate::clock::Moment;
use crate::phi::Phi;
use serde_json::Value;
use std::fmt;

const APPOINTMENT: &str = "Appointment";

/// A FHIR R4 `Appointment`. All of it is about a patient, so `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct AppointmentView {
    /// The id; `Appointment/id` is the reference.
    pub id: Phi<String>,
    /// The status; `Other("")` where the server masks it.
    pub status: AppointmentStatus,
    /// When it begins; proposed and cancelled ones may have none (FHIR R4 app-3).
    pub start: Option<Moment>,
    /// When it ends.
    pub end: Option<Moment>,
    /// Business identifiers, ours among them.
    pub identifiers: Vec<Identifier>,
    /// The Slots it fills, `Slot/id`.
    pub slots: Vec<String>,
    /// Who takes part.
    pub participants: Vec<Participant>,
    /// The services.
    pub service_types: Vec<Coding>,
    /// `meta.versionId`, opaque; see [`super::etag::ETag`].
    pub version: Option<String>,
    /// Why it was cancelled (R4 `cancelationReason`, R5 `cancellationReason`).
    pub cancel_reason: Vec<Coding>,
}

/// One participant of an [`AppointmentView`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The actor, `Type/id`; `None` for a participant known by identifier or role only.
    pub actor: Option<Phi<String>>,
    /// The actor's resource type: from the reference, else from `actor.type`; empty when unknown.
    pub kind: String,
    /// Whether they will come.
    pub status: Participation,
}

impl AppointmentView {
    /// The references of all participants of one type, `Patient` for instance.
    pub fn actors<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Phi<String>> {
        self.participants.iter().filter(move |it| it.kind == kind).filter_map(|it| it.actor.as_ref())
    }

    /// True unless it was called off or never was; an unknown status may mean anything, so it counts.
    pub fn is_active(&self) -> bool {
        !matches!(self.status, AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError)
    }

    /// True of what FHIR would take: a status it knows, and a start where the status demands one (FHIR R4 app-3).
    pub fn is_whole(&self) -> bool {
        use AppointmentStatus::{Cancelled, EnteredInError, Other, Proposed, Waitlist};
        match self.status {
            Other(_) => false,
            Proposed | Cancelled | Waitlist | EnteredInError => true,
            _ => self.start.is_some(),
        }
    }

    /// The values of all identifiers in a namespace.
    pub fn values<'a>(&'a self, system: &'a str) -> impl Iterator<Item = &'a str> {
        self.identifiers.iter().filter(move |it| it.system == system).map(|it| it.value.reveal().as_str())
    }

    /// The value of the first identifier in a namespace.
    pub fn identifier(&self, system: &str) -> Option<&Phi<String>> {
        self.identifiers.iter().find(|it| it.system == system).map(|it| &it.value)
    }
}

impl fmt::Debug for AppointmentView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppointmentView([phi])")
    }
}

/// Reads an `Appointment`.
///
/// # Errors
/// No id, or a start or end that is there and cannot be read.
pub fn view(value: &Value) -> Result<AppointmentView, Missing> {
    json::expect(value, APPOINTMENT)?;
    Ok(AppointmentView {
        id: Phi::new(json::id(value, APPOINTMENT)?),
        status: AppointmentStatus::parse(json::text(value, "status").unwrap_or_default()),
        start: json::moment(value, APPOINTMENT, "start")?,
        end: json::moment(value, APPOINTMENT, "end")?,
        identifiers: json::identifiers(value),
        slots: json::references(value, "slot"),
        participants: json::list(value, "participant").iter().map(participant).collect(),
        service_types: json::codings(value, "serviceType"),
        version: json::version(value),
        cancel_reason: [
            json::codings(value, "cancelationReason"),
            json::codings(value, "cancellationReason"),
        ]
        .concat(),
    })
}

/// Whether a resource carries an identifier, whatever else of it cannot be read.
pub fn has_identifier(resource: &Value, system: &str, value: &str) -> bool {
    json::identifiers(resource).iter().any(|it| it.system == system && it.value.reveal() == value)
}

fn participant(value: &Value) -> Participant {
    let actor = value.get("actor");
    let found = actor.and_then(json::reference);
    let stated = actor.and_then(|it| json::text(it, "type")).unwrap_or_default();
    Participant {
        kind: found.as_deref().map_or(stated, reference::kind).to_owned(),
        actor: found.map(Phi::new),
        status: Participation::parse(json::text(value, "status").unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::{has_identifier, view};
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case::booked("booked", true, true, true)]
    #[case::timeless("booked", false, false, true)]
    #[case::wished_for("waitlist", false, true, true)]
    #[case::called_off("cancelled", false, true, false)]
    #[case::vendors_own("vendor-held", true, false, true)]
    fn whole_and_active(
        #[case] status: &str,
        #[case] timed: bool,
        #[case] whole: bool,
        #[case] active: bool,
    ) {
        let mut value = json!({"resourceType": "Appointment", "id": "1", "status": status});
        if timed {
            value["start"] = json!("2026-12-01T09:00:00Z");
        }
        let view = view(&value).unwrap();
        assert_eq!((view.is_whole(), view.is_active()), (whole, active));
    }

    #[test]
    fn an_identifier_is_found_where_nothing_else_can_be_read() {
        let value = json!({"identifier": [{"system": "s", "value": "v"}, {"value": "w"}], "start": "soon"});
        assert!(has_identifier(&value, "s", "v") && !has_identifier(&value, "s", "w"));
    }
}
