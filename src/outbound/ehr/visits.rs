//! Appointments and free slots as facts.

use crate::clock::Moment;
use crate::domain::calendar;
use crate::domain::clinic::{Clinic, Service};
use crate::domain::fact::{Doctor, Fact, FreeSlot, Search, SlotKey, Visit, VisitState};
use crate::outbound::ehr::Asking;
use crate::outbound::ehr::client::{Fit, Problem};
use crate::outbound::ehr::directory::{doctor_of, other_actors, place_of};
use crate::outbound::ehr::rest::Rest;
use crate::phi::Phi;
use crate::seal::{Digest4, Digest8, Purpose};
use crate::wire::fhir::appointment::{self, AppointmentView};
use crate::wire::fhir::code::{AppointmentStatus, Participation, SlotStatus};
use crate::wire::fhir::slot::{self, SlotView};
use crate::wire::fhir::{Coding, instant, reference};
use chrono::Duration;
use serde_json::Value;

/// Appointments of one patient at most.
const VISITS: usize = 200;
/// Free times looked through where the server cannot filter.
const WIDE: u16 = 500;
/// Earlier appointments are shown for so long.
const PAST: Duration = Duration::days(365);
/// Free slots of a service that start at the same time at most.
const AT_ONCE: usize = 50;
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
        let mut pairs = vec![
            ("status", "free"),
            ("service-type", service.service_type.as_str()),
            ("start", from.as_str()),
            ("start", until.as_str()),
            ("_sort", "start"),
        ];
        let joined = schedules.as_ref().map(|schedules| schedules.join(","));
        if let Some(joined) = &joined {
            pairs.push(("schedule", joined));
        }
        let limit = if filtered(search) { WIDE } else { search.limit };
        let wanted = |value: &Value| {
            fits(value, |slot| {
                (search.from..search.until).contains(&slot.start)
                    && serves(slot, service, schedules.as_deref().unwrap_or_default())
            })
        };
        let found = self.client.search("Slot", &pairs, usize::from(limit), wanted).await?;
        let mut views: Vec<SlotView> = found.iter().filter_map(|value| slot::view(value).ok()).collect();
        views.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        let mut slots = vec![];
        for view in self.side_by_side(views).await? {
            slots.extend(self.free_slot(search.service, &view).await?);
        }
        slots.retain(|slot| suits(slot, search, asking.clinic));
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
        let mut pairs = vec![
            ("status", "free"),
            ("service-type", service.service_type.as_str()),
            ("start", from.as_str()),
            ("start", until.as_str()),
        ];
        // Where other clinics work at the same hours, a time that is gone here may be free there: an answer of theirs
        // alone would look like one to another question.
        let joined = service.schedules.join(",");
        if !joined.is_empty() {
            pairs.push(("schedule", joined.as_str()));
        }
        let fits = |value: &Value| {
            fits(value, |slot| slot.start == key.start && serves(slot, service, &service.schedules))
        };
        let found = self.client.look_up("Slot", &pairs, AT_ONCE, fits).await?;
        let mut views: Vec<SlotView> = found.iter().filter_map(|value| slot::view(value).ok()).collect();
        views.sort_by(|a, b| a.id.cmp(&b.id));
        for view in views {
            if let Some(free) = self.free_slot(key.service, &view).await?
                && free.key == key
                && !self.is_overlapped(&view).await?
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
        let Some(reference) = self.patient(patient, asking).await? else { return Ok(vec![]) };
        let since = format!("ge{}", instant::write(since));
        let pairs = [("patient", reference.reveal().as_str()), ("date", since.as_str())];
        let fits = |value: &Value| match appointment::view(value) {
            Ok(view) if view.actors("Patient").any(|theirs| *theirs == reference) => Fit::Yes,
            Ok(view) if view.is_whole() => Fit::No,
            _ => Fit::Odd,
        };
        let found = self.client.look_up("Appointment", &pairs, VISITS, fits).await?;
        let mut visits = vec![];
        for value in &found {
            if !self.may_be_an_orphan(value).await? {
                visits.extend(self.visit_of(value, patient, asking).await);
            }
        }
        Ok(visits)
    }

    /// An appointment of the EHR as a fact about one of its patients; `None` for one that is not theirs, has no time,
    /// or a status that may mean anything.
    pub(super) async fn visit_of(
        &self,
        value: &Value,
        patient: Digest8,
        asking: Asking<'_>,
    ) -> Option<Visit> {
        let view = appointment::view(value).ok()?;
        let taking_part = view.participants.iter().find(|it| {
            it.kind == "Patient" && it.actor.as_ref().is_some_and(|theirs| self.digest(theirs) == patient)
        })?;
        let attending = taking_part.status == Participation::Accepted;
        let patient = taking_part.actor.clone()?;
        let start = view.start?;
        let reference = view.id.clone().map(|id| format!("Appointment/{id}"));
        let actors = other_actors(&view);
        let doctor = doctor_of(actors.iter().map(String::as_str));
        let place = place_of(actors.iter().map(String::as_str));
        let state = state(&view.status)?;
        let told = self.told(&reference, state, start, doctor, place);
        Some(Visit {
            digest: self.digest(&reference),
            reference,
            patient: self.digest(&patient),
            patient_reference: patient,
            start,
            minutes: minutes(start, view.end.unwrap_or(start)),
            service: service_of(&view, asking),
            actors: self.actors_digest(&actors),
            told,
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

    /// Keyed per appointment: two people with the same doctor must not look alike.
    fn told(
        &self,
        reference: &Phi<String>,
        state: VisitState,
        start: Moment,
        doctor: Option<&str>,
        place: Option<&str>,
    ) -> [u8; 16] {
        let when = format!("{state:?}|{}", start.timestamp());
        let (doctor, place) = (doctor.unwrap_or_default(), place.unwrap_or_default());
        let all = format!("{when}|{doctor}|{place}");
        let parts = [("all", all.as_str()), ("when", &when), ("doctor", doctor), ("place", place)];
        let mut told = [0; 16];
        for (n, (name, part)) in parts.into_iter().enumerate() {
            let text = format!("{}|{name}|{part}", reference.reveal());
            let digest = self.keys.index(Purpose::Told, text.as_bytes()).value;
            told[n * 4..][..4].copy_from_slice(&digest[..4]);
        }
        told
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

fn suits(slot: &FreeSlot, search: Search, clinic: &Clinic) -> bool {
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

fn state(status: &AppointmentStatus) -> Option<VisitState> {
    use AppointmentStatus as Status;
    Some(match status {
        Status::Proposed | Status::Pending | Status::Booked | Status::Waitlist => VisitState::Booked,
        Status::Cancelled | Status::EnteredInError => VisitState::Cancelled,
        Status::Arrived | Status::CheckedIn | Status::Fulfilled | Status::NoShow => VisitState::Past,
        Status::Other(_) => return None,
    })
}

/// How a slot stands to a search for free ones.
fn fits(value: &Value, belongs: impl Fn(&SlotView) -> bool) -> Fit {
    match slot::view(value) {
        Ok(view) if matches!(view.status, SlotStatus::Other(_)) => Fit::Odd,
        Ok(view) if !belongs(&view) => Fit::No,
        Ok(view) if view.status == SlotStatus::Free => Fit::Yes,
        Ok(_) => Fit::Since,
        Err(_) => Fit::Odd,
    }
}

/// Whether a slot serves a service, in one of these schedules (none named: in any). One that says nothing of its
/// service serves the one that its schedule was configured for.
fn serves(slot: &SlotView, service: &Service, schedules: &[String]) -> bool {
    let within = |list: &[String]| slot.schedule.as_ref().is_some_and(|schedule| list.contains(schedule));
    let typed = |coding: &Coding| format!("{}|{}", coding.system, coding.code) == service.service_type;
    let wanted = if slot.service_types.is_empty() {
        within(&service.schedules)
    } else {
        slot.service_types.iter().any(typed)
    };
    wanted && (schedules.is_empty() || within(schedules))
}

fn place_id(place: Option<&str>) -> Option<Phi<String>> {
    let (_, id) = reference::split(place?)?;
    Some(Phi::new(id.to_owned()))
}

fn minutes(start: Moment, end: Moment) -> u16 {
    u16::try_from((end - start).num_minutes()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clinic::{Bilingual, Disclosure, Limits};
    use rstest::rstest;
    use serde_json::json;

    fn dermatology(schedules: &[&str]) -> Service {
        Service {
            id: "dermatology".to_owned(),
            name: Bilingual::default(),
            service_type: "http://snomed.info/sct|394582007".to_owned(),
            schedules: schedules.iter().map(|it| (*it).to_owned()).collect(),
            disclosure: Disclosure::Details,
            alias: None,
            limits: Limits::default(),
        }
    }

    fn slot(code: Option<&str>, schedule: &str) -> Value {
        let typed =
            code.map(|code| json!([{"coding": [{"system": "http://snomed.info/sct", "code": code}]}]));
        json!({"resourceType": "Slot", "id": "1", "status": "free", "schedule": {"reference": schedule},
            "serviceType": typed, "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T09:30:00Z"})
    }

    #[rstest]
    #[case::its_own(Some("394582007"), "Schedule/1", &[], Fit::Yes)]
    #[case::another_service(Some("419772000"), "Schedule/1", &[], Fit::No)]
    #[case::its_own_in_another_schedule(Some("394582007"), "Schedule/2", &["Schedule/1"], Fit::No)]
    #[case::untyped(None, "Schedule/1", &[], Fit::No)]
    #[case::untyped_in_its_schedule(None, "Schedule/1", &["Schedule/1"], Fit::Yes)]
    fn a_slot_of_another_service_is_not_believed(
        #[case] code: Option<&str>,
        #[case] schedule: &str,
        #[case] configured: &[&str],
        #[case] fit: Fit,
    ) {
        let service = dermatology(configured);
        let value = slot(code, schedule);
        assert_eq!(fits(&value, |slot| serves(slot, &service, &service.schedules)), fit);
    }

    #[rstest]
    #[case::taken_meanwhile("busy", Fit::Since)]
    #[case::vendors_own("vendor-held", Fit::Odd)]
    #[case::masked("", Fit::Odd)]
    fn only_what_is_called_free_is_free(#[case] status: &str, #[case] fit: Fit) {
        let mut value = slot(Some("394582007"), "Schedule/1");
        value["status"] = json!(status);
        assert_eq!(fits(&value, |_| true), fit);
        value["start"] = Value::Null;
        assert_eq!(fits(&value, |_| true), Fit::Odd, "and what has no time is odd");
    }

    #[test]
    fn an_unknown_status_is_not_shown_as_an_appointment() {
        let known =
            ["proposed", "booked", "cancelled", "arrived"].map(|it| state(&AppointmentStatus::parse(it)));
        use VisitState::{Booked, Cancelled, Past};
        assert_eq!(known, [Some(Booked), Some(Booked), Some(Cancelled), Some(Past)]);
        assert_eq!(state(&AppointmentStatus::parse("vendor-held")), None);
    }
}
