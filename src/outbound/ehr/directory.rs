//! Who and what schedules stand for. Changes rarely, so it is kept for a few minutes; never anything of a patient.

use crate::clock::Moment;
use crate::domain::clinic::Bilingual;
use crate::domain::tap::Gender;
use crate::outbound::ehr::client::{Client, Problem};
use crate::outbound::ehr::names;
use crate::wire::fhir::appointment::{self, AppointmentView};
use crate::wire::fhir::{actor, reference};
use chrono::Duration;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a name or a schedule is believed.
const BELIEVED: Duration = Duration::minutes(5);
/// Schedules of a hospital at most.
const SCHEDULES: usize = 2_000;

/// What is known of actors and schedules.
#[derive(Debug, Default)]
pub struct Directory {
    known: Mutex<Kept>,
}

/// A doctor as patients know them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Name with title in each language the EHR has.
    pub name: Bilingual,
    /// Their sex, where the EHR says so.
    pub gender: Option<Gender>,
}

/// Actors by `Schedule/…`.
type Actors = HashMap<String, Vec<String>>;

#[derive(Debug, Default)]
struct Kept {
    schedules: Option<(Moment, Arc<Actors>)>,
    doctors: HashMap<String, (Moment, Known)>,
}

impl Directory {
    /// Actors of every schedule, by `Schedule/…`, each list sorted.
    pub async fn schedules(
        &self,
        client: &Client,
        now: Moment,
    ) -> Result<Arc<HashMap<String, Vec<String>>>, Problem> {
        if let Some((at, schedules)) = &self.lock().schedules
            && now - *at < BELIEVED
        {
            return Ok(Arc::clone(schedules));
        }
        let found = client.search("Schedule", &[("_count", "200")], SCHEDULES).await?;
        let schedules: HashMap<String, Vec<String>> = found.iter().filter_map(schedule).collect();
        let schedules = Arc::new(schedules);
        self.lock().schedules = Some((now, Arc::clone(&schedules)));
        Ok(schedules)
    }

    /// The actors of one schedule, asked for alone when it is new.
    pub async fn actors(
        &self,
        client: &Client,
        schedule_reference: &str,
        now: Moment,
    ) -> Result<Vec<String>, Problem> {
        let known = self.schedules(client, now).await?;
        if let Some(actors) = known.get(schedule_reference) {
            return Ok(actors.clone());
        }
        let value = client.read(schedule_reference).await?;
        let (reference, actors) = schedule(&value).unwrap_or_default();
        let mut all = (*known).clone();
        all.insert(reference, actors.clone());
        self.lock().schedules = Some((now, Arc::new(all)));
        Ok(actors)
    }

    /// A practitioner as patients know them, the name with title; a role leads to its practitioner.
    pub async fn doctor(&self, client: &Client, doctor: &str, now: Moment) -> Result<Known, Problem> {
        if let Some((at, known)) = self.lock().doctors.get(doctor)
            && now - *at < BELIEVED
        {
            return Ok(known.clone());
        }
        let mut value = client.read(doctor).await?;
        if let Some(practitioner) = value.pointer("/practitioner/reference").and_then(Value::as_str) {
            let practitioner = reference::normal(practitioner).ok_or(Problem::NotFhir)?;
            value = client.read(&practitioner).await?;
        }
        let known = Known { name: names::doctor(&value), gender: gender(&value) };
        self.lock().doctors.insert(doctor.to_owned(), (now, known.clone()));
        Ok(known)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gender(practitioner: &Value) -> Option<Gender> {
    match practitioner["gender"].as_str()? {
        "female" => Some(Gender::Woman),
        "male" => Some(Gender::Man),
        _ => None,
    }
}

fn schedule(value: &Value) -> Option<(String, Vec<String>)> {
    let view = actor::schedule(value).ok()?;
    let mut actors = view.actors;
    actors.sort();
    Some((format!("Schedule/{}", view.id), actors))
}

/// The doctor among actors, if any.
pub fn doctor_of<'a>(mut actors: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    actors.find(|actor| matches!(reference::kind(actor), "Practitioner" | "PractitionerRole"))
}

/// The place among actors, if any.
pub fn place_of<'a>(mut actors: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    actors.find(|actor| reference::kind(actor) == "Location")
}

/// References of everyone but the patient on an appointment, sorted; none for what is no appointment.
pub fn actors_of(value: &Value) -> Vec<String> {
    appointment::view(value).map(|view| other_actors(&view)).unwrap_or_default()
}

/// References of everyone but the patient, sorted.
pub fn other_actors(view: &AppointmentView) -> Vec<String> {
    let mut actors: Vec<String> = view
        .participants
        .iter()
        .filter(|participant| participant.kind != "Patient")
        .filter_map(|participant| participant.actor.as_ref())
        .filter_map(|actor| reference::normal(actor.reveal()))
        .collect();
    actors.sort();
    actors
}
