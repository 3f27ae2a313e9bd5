//! All doctors at once, for the names that patients type: two searches, asked every few minutes.

use crate::domain::directory::Listed;
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::directory::doctor_of;
use crate::outbound::ehr::names;
use crate::outbound::ehr::rest::Rest;
use crate::wire::fhir::actor;
use serde_json::Value;
use std::collections::HashMap;

/// Doctors, and schedules, of a hospital at most.
const MOST: usize = 2_000;

impl Rest {
    /// Every doctor that a schedule names, with what the schedule is for.
    pub(super) async fn doctors(&self) -> Result<Vec<Listed>, Problem> {
        let readable = |fits: bool| if fits { Fit::Yes } else { Fit::Odd };
        let schedule = |value: &Value| readable(actor::schedule(value).is_ok());
        let doctor = |value: &Value| readable(actor::practitioner(value).is_ok());
        let schedules = self.client.search("Schedule", &[], MOST, schedule).await?;
        let found = self.client.search("Practitioner", &[], MOST, doctor).await?;
        let mut serves: HashMap<String, Vec<String>> = HashMap::new();
        for view in schedules.iter().filter_map(|value| actor::schedule(value).ok()) {
            let Some(doctor) = doctor_of(view.actors.iter().map(String::as_str)) else { continue };
            let codes = view.service_types.iter().map(|it| format!("{}|{}", it.system, it.code));
            serves.entry(doctor.to_owned()).or_default().extend(codes);
        }
        Ok(found.iter().filter_map(|value| self.listed(value, &mut serves)).collect())
    }

    fn listed(&self, value: &Value, serves: &mut HashMap<String, Vec<String>>) -> Option<Listed> {
        let reference = format!("Practitioner/{}", value["id"].as_str()?);
        let mut service_types = serves.remove(&reference)?;
        service_types.sort();
        service_types.dedup();
        let digest = self.keys.digest8(reference.as_bytes());
        Some(Listed { digest, name: names::doctor(value), service_types })
    }
}
