//! `RelatedPerson` as we read it: who acts for a patient, by which number, in which role.

use super::json::{self, Missing};
use super::patient::{Telecom, telecom};
use super::{instant, reference};
use crate::clock::Moment;
use crate::phi::Phi;
use serde_json::Value;

const RELATED_PERSON: &str = "RelatedPerson";

/// Roles that end when a child comes of age (HL7 v3 RoleCode; `GUARD` of RoleClass).
const PARENTS: [&str; 17] = [
    "PRN", "FTH", "MTH", "NPRN", "NFTH", "NMTH", "ADOPTP", "ADOPTF", "ADOPTM", "PRNFOST", "FTHFOST",
    "MTHFOST", "STPPRN", "STPFTH", "STPMTH", "GUARD", "GESTM",
];

/// A FHIR R4 `RelatedPerson`, without names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedPersonView {
    /// Whom they are related to, `Patient/id`.
    pub patient: Phi<String>,
    /// In use, and its period not over.
    pub ended: Option<Moment>,
    /// False where the record says it is not in use; absent means in use.
    pub active: bool,
    /// A parent or guardian; also where no role is told.
    pub parent: bool,
    /// How to reach them.
    pub telecoms: Vec<Telecom>,
}

impl RelatedPersonView {
    /// True while they may act.
    pub fn is_current(&self, now: Moment) -> bool {
        self.active && self.ended.is_none_or(|end| now < end)
    }
}

/// Reads a `RelatedPerson`.
///
/// # Errors
/// No patient.
pub fn view(value: &Value) -> Result<RelatedPersonView, Missing> {
    json::expect(value, RELATED_PERSON)?;
    let patient = value.get("patient").and_then(json::reference);
    let patient = patient.filter(|it| reference::kind(it) == "Patient");
    let end = value.get("period").and_then(|period| json::text(period, "end"));
    let roles = json::codings(value, "relationship");
    Ok(RelatedPersonView {
        patient: Phi::new(patient.ok_or(Missing { resource: RELATED_PERSON, element: "patient" })?),
        // A period that cannot be read counts as over: acting for somebody needs to be sure.
        ended: end.map(|end| instant::after(end).unwrap_or(Moment::MIN_UTC)),
        active: json::boolean(value, "active").unwrap_or(true),
        parent: roles.is_empty() || roles.iter().any(|role| PARENTS.contains(&role.code.as_str())),
        telecoms: json::list(value, "telecom").iter().filter_map(telecom).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::fhir::fixtures;
    use serde_json::json;

    #[test]
    fn hl7s_own_examples_are_read() {
        let mut seen = 0;
        for (name, text) in fixtures::all("hl7/read") {
            if !name.contains("/RelatedPerson-") {
                continue;
            }
            let value: Value = serde_json::from_str(&text).unwrap();
            view(&value).unwrap();
            seen += 1;
        }
        assert!(seen > 0);
    }

    #[test]
    fn roles_and_periods_decide() {
        let person = |role: &str, active: bool, end: &str| {
            view(&json!({
                "resourceType": "RelatedPerson", "id": "1", "active": active,
                "patient": { "reference": "Patient/child" },
                "relationship": [{ "coding": [{ "code": role }] }],
                "period": { "end": end },
            }))
            .unwrap()
        };
        let now: Moment = "2026-11-25T00:00:00Z".parse().unwrap();
        assert!(person("MTH", true, "2030-01-01").is_current(now));
        assert!(!person("MTH", true, "2020-01-01").is_current(now));
        assert!(!person("MTH", false, "2030-01-01").is_current(now));
        assert!(!person("MTH", true, "soon").is_current(now));
        assert!(person("MTH", true, "2030").parent && !person("SPS", true, "2030").parent);
        assert!(view(&json!({ "resourceType": "RelatedPerson", "id": "1" })).is_err());
    }
}
