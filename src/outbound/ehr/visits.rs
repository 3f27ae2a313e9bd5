//! Appointments and free slots as facts.

use crate::clock::Moment;
use crate::domain::calendar;
use crate::domain::clinic::Clinic;
use crate::domain::fact::{Doctor, Fact, FreeSlot, Search, SlotKey, Visit, VisitState};
use crate::outbound::ehr::Asking;
use crate::outbound::ehr::client::Problem;
use crate::outbound::ehr::directory::{doctor_of, other_actors, place_of};
use crate::outbound::ehr::rest::Rest;
use crate::phi::Phi;
use crate::seal::{Digest4, Digest8, Purpose};
use crate::wire::fhir::appointment::{self, AppointmentView};
use crate::wire::fhir::code::{AppointmentStatus, Participation, SlotStatus};
use crate::wire::fhir::slot::{self, SlotView};
use crate::wire::fhir::{instant, reference};
use chrono::Duration;
use serde_json::Value;

/// Appointments of one patient at most.
const VISITS: usize = 200;
/// Free times looked through where the server cannot filter.
const WIDE: u16 = 500;
/// Earlier appointments are shown for so long.
const PAST: Duration = Duration::days(365);
/// A cancelled or past appointment is still found for this long, so that an old button gets a fair answer.
const LOOK_BACK: Duration = Duration::days(60);

impl Rest {
    /// Free times of a service, nearest first.
    pub(super) async fn slots(&self, search: Search, asking: Asking<'_>) -> Result<Fact, Problem> {
        let Some(service) = asking.clinic.services.iter().find(|it| it.digest() == search.service) else {
            return Ok(Fact::Slots(vec![]));
        };
        let schedules = self.schedules_for(search.doctor, &service.schedules).await?;
        if schedules.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Fact::Slots(vec![]));
        }
        let from = format!("ge{}", instant::write(search.from));
        let until = format!("lt{}", instant::write(search.until));
        let limit = if filtered(search) { WIDE } else { search.limit };
        let count = limit.to_string();
        let mut pairs = vec![
            ("status", "free"),
            ("service-type", service.service_type.as_str()),
            ("start", from.as_str()),
            ("start", until.as_str()),
            ("_sort", "start"),
            ("_count", count.as_str()),
        ];
        let joined = schedules.map(|schedules| schedules.join(","));
        if let Some(joined) = &joined {
            pairs.push(("schedule", joined));
        }
        let found = self.client.search("Slot", &pairs, usize::from(limit)).await?;
        let mut slots = vec![];
        for value in &found {
            if let Ok(view) = slot::view(value)
                && view.status == SlotStatus::Free
                && (search.from..search.until).contains(&view.start)
            {
                slots.extend(self.free_slot(search.service, &view).await?);
            }
        }
        slots.retain(|slot| fits(slot, search, asking.clinic));
        slots.sort_by_key(|slot| (slot.key.start, slot.key.actors));
        slots.truncate(usize::from(search.limit));
        Ok(Fact::Slots(slots))
    }

    /// The schedules to search in: those of the configuration, or of one doctor; `None`: all.
    async fn schedules_for(
        &self,
        doctor: Digest8,
        configured: &[String],
    ) -> Result<Option<Vec<String>>, Problem> {
        if doctor.is_nil() {
            return Ok((!configured.is_empty()).then(|| configured.to_vec()));
        }
        let known = self.directory.schedules(&self.client, self.clock.now()).await?;
        let mut mine: Vec<String> = known
            .iter()
            .filter(|(id, actors)| {
                (configured.is_empty() || configured.contains(id))
                    && actors.iter().any(|actor| self.keys.digest8(actor.as_bytes()) == doctor)
            })
            .map(|(id, _)| id.clone())
            .collect();
        mine.sort();
        Ok(Some(mine))
    }

    async fn free_slot(&self, service: Digest4, view: &SlotView) -> Result<Option<FreeSlot>, Problem> {
        let Some(schedule) = &view.schedule else { return Ok(None) };
        let actors = self.directory.actors(&self.client, schedule, self.clock.now()).await?;
        let key = SlotKey { service, start: view.start, actors: self.actors_digest(&actors) };
        Ok(Some(FreeSlot {
            key,
            minutes: minutes(view.start, view.end),
            doctor: self.doctor(doctor_of(actors.iter().map(String::as_str))).await,
            place: place_id(place_of(actors.iter().map(String::as_str))),
        }))
    }

    /// The slot behind coordinates, read afresh, with its resource as it came.
    pub(super) async fn find_slot(
        &self,
        key: SlotKey,
        asking: Asking<'_>,
    ) -> Result<Option<(FreeSlot, SlotView)>, Problem> {
        let Some(service) = asking.clinic.services.iter().find(|it| it.digest() == key.service) else {
            return Ok(None);
        };
        let from = format!("ge{}", instant::write(key.start));
        let until = format!("lt{}", instant::write(key.start + Duration::minutes(1)));
        let pairs = [
            ("status", "free"),
            ("service-type", service.service_type.as_str()),
            ("start", from.as_str()),
            ("start", until.as_str()),
            ("_count", "50"),
        ];
        let found = self.client.search("Slot", &pairs, 50).await?;
        for value in &found {
            let Ok(view) = slot::view(value) else { continue };
            if view.status != SlotStatus::Free {
                continue;
            }
            if let Some(free) = self.free_slot(key.service, &view).await?
                && free.key == key
            {
                return Ok(Some((free, view)));
            }
        }
        Ok(None)
    }

    /// A patient's appointments ahead, nearest first.
    pub(super) async fn visits(&self, patient: Digest8, asking: Asking<'_>) -> Result<Fact, Problem> {
        let now = self.clock.now();
        let mut visits = self.all_visits(patient, now, asking).await?;
        visits.retain(|visit| visit.state == VisitState::Booked && visit.start > now);
        visits.sort_by_key(|visit| visit.start);
        Ok(Fact::Visits(visits))
    }

    /// A patient's appointments of the last year that took place or should have, latest first.
    pub(super) async fn past(&self, patient: Digest8, asking: Asking<'_>) -> Result<Fact, Problem> {
        let now = self.clock.now();
        let mut visits = self.all_visits(patient, now - PAST, asking).await?;
        visits.retain(|visit| visit.state != VisitState::Cancelled && visit.start <= now);
        visits.sort_by_key(|visit| std::cmp::Reverse(visit.start));
        Ok(Fact::Visits(visits))
    }

    /// One appointment, whatever its state.
    pub(super) async fn visit(
        &self,
        patient: Digest8,
        appointment: Digest8,
        asking: Asking<'_>,
    ) -> Result<Option<Visit>, Problem> {
        let since = self.clock.now() - LOOK_BACK;
        let visits = self.all_visits(patient, since, asking).await?;
        Ok(visits.into_iter().find(|visit| visit.digest == appointment))
    }

    async fn all_visits(
        &self,
        patient: Digest8,
        since: Moment,
        asking: Asking<'_>,
    ) -> Result<Vec<Visit>, Problem> {
        let Some(patient) = self.patient(patient, asking).await? else { return Ok(vec![]) };
        let since = format!("ge{}", instant::write(since));
        let pairs = [("patient", patient.reveal().as_str()), ("date", since.as_str()), ("_count", "100")];
        let found = self.client.search("Appointment", &pairs, VISITS).await?;
        let mut visits = vec![];
        for value in &found {
            visits.extend(self.visit_of(value, asking).await);
        }
        Ok(visits)
    }

    /// An appointment of the EHR as a fact; `None` for one without a patient or a time.
    pub(super) async fn visit_of(&self, value: &Value, asking: Asking<'_>) -> Option<Visit> {
        let view = appointment::view(value).ok()?;
        let taking_part = view.participants.iter().find(|it| it.kind == "Patient" && it.actor.is_some())?;
        let attending = taking_part.status == Participation::Accepted;
        let patient = taking_part.actor.clone()?;
        let start = view.start?;
        let reference = view.id.clone().map(|id| format!("Appointment/{id}"));
        let actors = other_actors(&view);
        let doctor = doctor_of(actors.iter().map(String::as_str));
        let place = place_of(actors.iter().map(String::as_str));
        let state = state(&view.status);
        Some(Visit {
            digest: self.digest(&reference),
            reference,
            patient: self.digest(&patient),
            patient_reference: patient,
            start,
            minutes: minutes(start, view.end.unwrap_or(start)),
            service: service_of(&view, asking),
            actors: self.actors_digest(&actors),
            told: self.told(state, start, doctor, place),
            doctor: self.doctor(doctor).await,
            place: place_id(place),
            state,
            attending,
        })
    }

    /// A doctor by reference; one whose name cannot be had is left out rather than made up.
    async fn doctor(&self, doctor: Option<&str>) -> Option<Doctor> {
        let doctor = doctor?;
        let known = self.directory.doctor(&self.client, doctor, self.clock.now()).await.ok()?;
        let named = !known.name.ar.is_empty() || !known.name.en.is_empty();
        named.then(|| Doctor {
            digest: self.keys.digest8(doctor.as_bytes()),
            name: Phi::new(known.name),
            gender: known.gender,
        })
    }

    fn told(&self, state: VisitState, start: Moment, doctor: Option<&str>, place: Option<&str>) -> [u8; 16] {
        let text = format!(
            "{state:?}|{}|{}|{}",
            start.timestamp(),
            doctor.unwrap_or_default(),
            place.unwrap_or_default()
        );
        self.keys.index(Purpose::Told, text.as_bytes()).value
    }

    pub(super) fn digest(&self, reference: &Phi<String>) -> Digest8 {
        self.keys.digest8(reference.reveal().as_bytes())
    }

    /// Sorted references of everyone but the patient, as one coordinate.
    pub(super) fn actors_digest(&self, sorted: &[String]) -> Digest8 {
        self.keys.digest8(sorted.join("|").as_bytes())
    }
}

/// True of a search that looks for less than the server can be asked for.
const fn filtered(search: Search) -> bool {
    !search.hours.is_any() || search.gender.is_some() || search.place != 0
}

fn fits(slot: &FreeSlot, search: Search, clinic: &Clinic) -> bool {
    let time = calendar::local(slot.key.start, clinic.zone).time();
    let gender = slot.doctor.as_ref().and_then(|doctor| doctor.gender);
    let venue = clinic.places.get(usize::from(search.place).wrapping_sub(1));
    let here = venue.is_none_or(|venue| slot.place.as_ref().is_some_and(|it| *it.reveal() == venue.id));
    search.hours.holds(time) && search.gender.is_none_or(|wanted| gender == Some(wanted)) && here
}

fn service_of(view: &AppointmentView, asking: Asking<'_>) -> Option<Digest4> {
    let service = asking.clinic.services.iter().find(|service| {
        view.service_types
            .iter()
            .any(|coding| format!("{}|{}", coding.system, coding.code) == service.service_type)
    })?;
    Some(service.digest())
}

fn state(status: &AppointmentStatus) -> VisitState {
    match status {
        AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError => VisitState::Cancelled,
        AppointmentStatus::Arrived
        | AppointmentStatus::CheckedIn
        | AppointmentStatus::Fulfilled
        | AppointmentStatus::NoShow => VisitState::Past,
        _ => VisitState::Booked,
    }
}

fn place_id(place: Option<&str>) -> Option<Phi<String>> {
    let (_, id) = reference::split(place?)?;
    Some(Phi::new(id.to_owned()))
}

fn minutes(start: Moment, end: Moment) -> u16 {
    u16::try_from((end - start).num_minutes()).unwrap_or(0)
}
