//! The views against resources that are odd in ways seen in the field, and against the official ones.

use super::code::{AppointmentStatus, Participation, SlotStatus, TelecomSystem, TelecomUse};
use super::fixtures::{all, json};
use super::{Missing, actor, appointment, bundle, instant, outcome, patient, slot, transaction};
use crate::clock::Moment;
use rstest::rstest;
use serde_json::Value;

fn at(text: &str) -> Moment {
    instant::parse(text).unwrap()
}

/// Which element stops the view that fits the resource; `None` when it is read.
fn stopped_by(value: &Value) -> Option<&'static str> {
    let kind = value["resourceType"].as_str().unwrap_or_default();
    let missing: Option<Missing> = match kind {
        "Appointment" => appointment::view(value).err(),
        "Patient" => patient::view(value).err(),
        "Slot" => slot::view(value).err(),
        "Schedule" => actor::schedule(value).err(),
        "Practitioner" => actor::practitioner(value).err(),
        "Location" => actor::location(value).err(),
        _ => None,
    };
    missing.map(|missing| missing.element)
}

#[test]
fn only_times_of_no_certain_hour_stop_a_view() {
    let mut stopped = Vec::new();
    for (name, text) in all("hostile/read") {
        if let Some(element) = stopped_by(&serde_json::from_str(&text).unwrap()) {
            stopped.push((name.rsplit('/').next().unwrap().to_owned(), element));
        }
    }
    let expected = [("13-start-no-offset.json", "start"), ("14-start-date-only.json", "start")];
    assert_eq!(stopped, expected.map(|(name, element)| (name.to_owned(), element)));
}

#[test]
fn every_official_example_is_read() {
    for (name, text) in all("hl7/read") {
        assert_eq!(stopped_by(&serde_json::from_str(&text).unwrap()), None, "{name}");
    }
}

#[test]
fn whatever_comes_nothing_breaks() {
    for (name, text) in all("hostile/read") {
        let value: Value = serde_json::from_str(&text).unwrap();
        for status in [200, 400, 404, 409, 500] {
            let refusal = outcome::classify(status, None, text.as_bytes());
            assert_eq!(refusal, outcome::classify(status, None, value.to_string().as_bytes()), "{name}");
        }
        transaction::results(&value);
        let page = bundle::entries(&value, "Slot");
        assert_eq!(page.is_ok(), value["resourceType"] == "Bundle", "{name}");
    }
}

#[rstest]
#[case("02-unknown-status-code", AppointmentStatus::Other("no-show".into()))]
#[case("03-status-uppercase", AppointmentStatus::Other("Booked".into()))]
#[case("04-status-missing", AppointmentStatus::Other(String::new()))]
#[case("05-status-only-ext", AppointmentStatus::Other(String::new()))]
#[case("06-participant-missing", AppointmentStatus::Booked)]
fn a_status_is_what_it_says(#[case] name: &str, #[case] status: AppointmentStatus) {
    let view = appointment::view(&json(&format!("hostile/read/{name}.json"))).unwrap();
    assert_eq!(view.status, status);
}

#[rstest]
#[case("12-start-no-seconds", "2026-12-01T09:00:00Z")]
#[case("15-start-offset-0530", "2026-12-01T09:00:00Z")]
#[case("16-start-7-frac-digits", "2020-05-29T16:44:13.1882432Z")]
fn a_start_is_the_moment_it_names(#[case] name: &str, #[case] start: &str) {
    let view = appointment::view(&json(&format!("hostile/read/{name}.json"))).unwrap();
    assert_eq!(view.start, Some(at(start)));
}

#[test]
fn participants_are_kept_however_little_is_known() {
    let silent = appointment::view(&json("hostile/read/07-participant-status-missing.json")).unwrap();
    assert_eq!(silent.participants[0].status, Participation::Other(String::new()));
    let logical = appointment::view(&json("hostile/read/37-reference-identifier-only.json")).unwrap();
    assert_eq!((logical.participants[0].kind.as_str(), &logical.participants[0].actor), ("Patient", &None));
}

#[test]
fn a_slot_of_a_vendors_own_status_is_not_free() {
    let view = slot::view(&json("hostile/read/35-slot-vendor-status.json")).unwrap();
    assert_eq!(view.status, SlotStatus::Other("held".into()));
    let view = slot::view(&json("hostile/read/34-slot-no-schedule.json")).unwrap();
    assert_eq!((view.status, view.schedule), (SlotStatus::Free, None));
    let view = slot::view(&json("hostile/read/36-slot-lastUpdated-odd.json")).unwrap();
    assert_eq!(view.version.as_deref(), Some("410v795030969834"));
}

#[rstest]
#[case::ends_first("2026-12-01T09:00:00Z", "2026-12-01T08:00:00Z")]
#[case::empty("2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z")]
fn a_slot_without_length_is_none(#[case] start: &str, #[case] end: &str) {
    let value = serde_json::json!({"resourceType": "Slot", "id": "1", "start": start, "end": end});
    assert_eq!(slot::view(&value).unwrap_err().element, "end");
}

#[test]
fn patients_are_known_dead_moved_or_reachable() {
    let read = |name: &str| patient::view(&json(&format!("hostile/read/{name}.json"))).unwrap();
    assert!(*read("30-deceased-both").deceased.reveal());
    assert!(!*read("60-epic-patient").deceased.reveal());
    assert_eq!(read("31-link-replaced-by").replaced_by.unwrap().reveal(), "Patient/2");
    assert_eq!(read("26-birthdate-slashes").birth_date, None);
    assert!(read("24-birthdate-ext").birth_date.is_some());
    assert!(read("38-boolean-as-string").active);
    assert_eq!(read("29-id-too-long").id.reveal().len(), 80);
    assert_eq!(read("21-telecom-system-unknown").telecoms[0].system, TelecomSystem::Other("whatsapp".into()));
    assert_eq!(read("22-telecom-use-unknown").telecoms[0].r#use, TelecomUse::Other("emergency".into()));
    assert_eq!(read("60-epic-patient").identifiers.len(), 1, "the masked number has no value");
}

#[rstest]
#[case::no_period(None, "mobile", true)]
#[case::old(None, "old", false)]
#[case::over(Some("2019"), "mobile", false)]
#[case::last_day(Some("2026-12-01"), "mobile", true)]
#[case::day_before(Some("2026-11-30"), "mobile", false)]
#[case::unreadable(Some("last spring"), "mobile", false)]
fn a_number_that_may_be_a_strangers_is_not_used(
    #[case] end: Option<&str>,
    #[case] r#use: &str,
    #[case] current: bool,
) {
    let mut value = serde_json::json!({"resourceType": "Patient", "id": "1",
        "telecom": [{"system": "phone", "value": "1", "use": r#use}]});
    if let Some(end) = end {
        value["telecom"][0]["period"] = serde_json::json!({ "end": end });
    }
    let view = patient::view(&value).unwrap();
    assert_eq!(view.telecoms[0].is_current(at("2026-12-01T12:00:00Z")), current);
}

#[test]
fn nothing_of_a_patient_is_printed() {
    for name in
        ["hl7/read/Patient-example.json", "ihe/read/patient.json", "hostile/read/60-epic-patient.json"]
    {
        let value = json(name);
        let printed = format!("{:?}", patient::view(&value).unwrap());
        for secret in ["birthDate", "id"].map(|member| value[member].as_str().unwrap()) {
            assert!(!printed.contains(&format!("\"{secret}\"")), "{name}");
        }
        assert!(!printed.contains("555") && !printed.contains("27475"), "{name}: {printed}");
    }
    let printed = format!("{:?}", appointment::view(&json("ihe/read/appointment.json")).unwrap());
    assert_eq!(printed, "AppointmentView([phi])");
}

#[test]
fn ihe_and_bars_appointments_are_read() {
    let ihe = appointment::view(&json("ihe/read/appointment.json")).unwrap();
    assert_eq!(ihe.actors("Patient").map(|it| it.reveal().as_str()).collect::<Vec<_>>(), ["Patient/pat1"]);
    assert_eq!(ihe.participants.len(), 3, "the office is known by its name only, and still takes part");
    let found = json("ihe/find/scheduling-bundle.json");
    let (offers, lost) =
        bundle::views(&bundle::entries(&found, "Appointment").unwrap(), "Appointment", appointment::view);
    assert!(lost.is_empty() && offers.iter().all(|it| it.status == AppointmentStatus::Proposed), "{lost:?}");
    let bars = appointment::view(&json("bars/read/appointment.json")).unwrap();
    assert_eq!((bars.start, bars.slots.len()), (Some(at("2021-10-12T12:30:30Z")), 0));
    let found = json("bars/read/appointments.json");
    let (booked, lost) =
        bundle::views(&bundle::entries(&found, "Appointment").unwrap(), "Appointment", appointment::view);
    assert!(!booked.is_empty() && lost.is_empty());
}

#[test]
fn doctors_and_places_have_names() {
    let doctor = actor::practitioner(&json("ihe/read/practitioner.json")).unwrap();
    assert!(!doctor.names.is_empty());
    let place = actor::location(&json("hl7/read/Location-1.json")).unwrap();
    assert!(place.active && place.names.len() > 1, "name and aliases: {:?}", place.names);
    let schedule = actor::schedule(&json("hl7/read/Schedule-example.json")).unwrap();
    assert_eq!(schedule.actors, ["Location/1"]);
}

#[test]
fn the_official_name_comes_first_and_a_zone_is_found() {
    let doctor = actor::practitioner(
        &serde_json::json!({"resourceType": "Practitioner", "id": "1", "name": [
        {"family": "Haddad", "given": ["Sara"], "prefix": ["Dr"]}, {"use": "official", "text": "د. سارة حداد"}]}),
    );
    assert_eq!(doctor.unwrap().names, ["د. سارة حداد", "Dr Sara Haddad"]);
    let place = actor::location(
        &serde_json::json!({"resourceType": "Location", "id": "1", "status": "suspended",
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "Africa/Casablanca"}]}),
    );
    let place = place.unwrap();
    assert_eq!((place.active, place.timezone.as_deref()), (false, Some("Africa/Casablanca")));
}

#[test]
fn a_schedule_of_nobody_is_none() {
    let value = serde_json::json!({"resourceType": "Schedule", "id": "1", "actor": [{"display": "Dr Y"}]});
    assert_eq!(actor::schedule(&value).unwrap_err().element, "actor");
}

#[test]
fn a_resource_of_another_type_is_none() {
    let value = json("hl7/read/Slot-example.json");
    assert_eq!(appointment::view(&value).unwrap_err().element, "resourceType");
    assert_eq!(patient::view(&Value::Null).unwrap_err().element, "resourceType");
}
