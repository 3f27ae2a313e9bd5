//! The clinic changes an appointment. Feeds come with a later issue; what one says is put into the gateway's database
//! beside it, and everything after that is the running gateway.

use crate::stories::booking::booked;
use crate::world::{Message, Phone, World};
use serde_json::{Value, json};
use std::sync::Arc;
use wasl::clock::Clock;
use wasl::config::Config;
use wasl::engine::{AppointmentChange, Engine, Settings};
use wasl::ids::Chance;
use wasl::phi::Phi;
use wasl::seal::{Keys, MasterKey};
use wasl::store::Store;

const JAMES: &str = "+966500000004";
const CASABLANCA: &str = "106540000000002";

/// A feed that tells of one appointment.
struct Feed<'a> {
    world: &'a World,
    patient: &'a str,
    /// Which of the configured clinics.
    clinic: usize,
}

impl Feed<'_> {
    fn appointment(&self) -> Value {
        let found = self.world.resources(&format!("Appointment?patient={}", self.patient));
        assert_eq!(found.len(), 1);
        found[0].clone()
    }

    /// The clinic edits the appointment, then the feed tells of it.
    fn edits(&self, edit: impl FnOnce(&mut Value)) {
        let mut appointment = self.appointment();
        edit(&mut appointment);
        put(self.world, &appointment);
        self.tells();
    }

    fn tells(&self) {
        self.tells_of(&self.appointment());
    }

    fn tells_of(&self, appointment: &Value) {
        let reference = format!("Appointment/{}", appointment["id"].as_str().unwrap());
        let dir = self.world.dir();
        let clinics = Config::load(&dir.join("config.toml"), std::iter::empty()).unwrap().clinics();
        let master = std::fs::read_to_string(dir.join("master.key")).unwrap();
        let chance = Chance::system();
        let keys = Keys::new(&MasterKey::parse(&master).unwrap(), chance.clone());
        let store = Store::open(&format!("sqlite://{}/wasl.db", dir.display()), 1, &chance).unwrap();
        let settings = Settings {
            keep_addresses: chrono::Duration::hours(72),
            ehr_settles_within: chrono::Duration::seconds(20),
            service_window: chrono::Duration::hours(24),
            accept_within: std::time::Duration::from_secs(30),
        };
        let change = AppointmentChange {
            clinic: clinics[self.clinic].no,
            key: Phi::new(format!("{reference}/{}", appointment["meta"]["versionId"])),
            said_at: Clock::system().now(),
            appointment: keys.digest8(reference.as_bytes()),
            patient: keys.digest8(self.patient.as_bytes()),
            reference: Phi::new(reference),
        };
        let engine = Engine::new(store, keys, Clock::system(), Arc::new(clinics), settings);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        assert!(runtime.block_on(engine.appointment_changed(change)).unwrap(), "somebody was told of it");
    }
}

fn put(world: &World, resource: &Value) {
    let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
    let (status, body) = world.call("PUT", &format!("{}/{kind}/{id}", world.fhir()), Some(resource.clone()));
    assert!(status < 300, "{body}");
}

fn actor<'a>(appointment: &'a mut Value, kind: &str) -> &'a mut Value {
    let participants = appointment["participant"].as_array_mut().unwrap();
    let found = participants.iter_mut().map(|it| &mut it["actor"]["reference"]);
    found.into_iter().find(|it| it.as_str().unwrap().starts_with(kind)).unwrap()
}

fn later(appointment: &mut Value) {
    for end in ["start", "end"] {
        let at: chrono::DateTime<chrono::Utc> = appointment[end].as_str().unwrap().parse().unwrap();
        appointment[end] = json!((at + chrono::Duration::minutes(90)).to_rfc3339());
    }
}

fn other_doctor(appointment: &mut Value) {
    let doctor = actor(appointment, "Practitioner/");
    let other = if *doctor == "Practitioner/demo-doctor-1" { "demo-doctor-2" } else { "demo-doctor-1" };
    *doctor = json!(format!("Practitioner/{other}"));
}

/// A place that has no name.
fn elsewhere() -> Value {
    json!({ "resourceType": "Location", "id": "demo-place-elsewhere" })
}

fn other_place(appointment: &mut Value) {
    *actor(appointment, "Location/") = json!("Location/demo-place-elsewhere");
}

fn james(world: &World) -> (Phone<'_>, Feed<'_>) {
    let phone = world.phone(JAMES);
    booked(&phone, 0, false);
    (phone, Feed { world, patient: "Patient/demo-4", clinic: 0 })
}

fn starts(message: &Message, with: &str) {
    assert!(message.text().starts_with(with), "{}", message.text());
}

#[test]
fn what_changed_is_said_and_no_more() {
    let world = World::start();
    let (phone, feed) = james(&world);
    feed.tells();
    phone.hears_nothing();
    feed.edits(later);
    starts(&phone.answer(), "Sorry, the time of your appointment at Oasis Hospital has changed.");
    feed.edits(other_doctor);
    let doctor = phone.answer();
    starts(&doctor, "A change to your appointment at Oasis Hospital. The time stays the same.\nWhen: ");
    assert!(doctor.text().contains("\nYou will now see: Dr "), "{}", doctor.text());
    assert_eq!(doctor.labels(), ["I will come", "Move appointment", "Cancel appointment"]);
    put(&world, &elsewhere());
    feed.edits(other_place);
    let place = phone.answer();
    starts(&place, "The place of your appointment at Oasis Hospital has changed. The time has not.\nWhen: ");
    assert!(
        place.text().contains("\nThe new place is in your portal."),
        "one without a name: {}",
        place.text()
    );
    feed.edits(|it| *actor(it, "Location/") = json!("Location/demo-place-main"));
    assert!(phone.answer().text().contains("\nNew place: Building B, floor 2\n"));
    feed.edits(|it| it["status"] = json!("cancelled"));
    starts(&phone.answer(), "We are sorry, we had to cancel your next appointment at Oasis Hospital.");
    feed.edits(|it| it["comment"] = json!("called"));
    phone.hears_nothing();
}

#[test]
fn another_doctor_is_no_message_where_no_doctor_is_named() {
    let world = World::start();
    let phone = world.phone_at("casablanca", CASABLANCA);
    // One service there, so nobody is asked which.
    let times = phone.taps(&phone.says("مرحبا"), "حجز موعد");
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "#0");
    let feed = Feed { world: &world, patient: "Patient/demo-8", clinic: 1 };
    feed.edits(|it| {
        let doctor = actor(it, "Practitioner/");
        let other = if *doctor == "Practitioner/demo-doctor-5" { "demo-doctor-6" } else { "demo-doctor-5" };
        *doctor = json!(format!("Practitioner/{other}"));
    });
    phone.hears_nothing();
    put(&world, &elsewhere());
    feed.edits(other_place);
    let place = phone.answer().text();
    assert!(place.starts_with("تغير مكان موعدك في عيادات الواحة الدار البيضاء، والوقت كما هو."), "{place}");
    assert!(place.contains("المكان الجديد في بوابتك."), "{place}");
}

#[test]
fn after_stop_the_hospital_says_nothing_of_its_own_accord() {
    let world = World::start();
    let (phone, feed) = james(&world);
    phone.says("stop");
    feed.edits(later);
    phone.hears_nothing();
    starts(&phone.says("start"), "Messages are on.");
    starts(&phone.says("my appointments"), "This is your appointment.");
}

#[test]
fn whoever_died_is_not_written_to() {
    let world = World::start();
    let (phone, feed) = james(&world);
    let (_, mut patient) = world.get(&format!("{}/Patient/demo-4", world.fhir()));
    patient["deceasedBoolean"] = json!(true);
    put(&world, &patient);
    feed.edits(later);
    phone.hears_nothing();
}

#[test]
fn my_child_has_come_of_age_and_their_appointments_are_their_own() {
    let world = World::start();
    let phone = world.phone("parent");
    let who = phone.taps(&phone.says("مرحبا"), "حجز موعد");
    let services = phone.taps(&who, "الشخص ٣");
    let times = phone.taps(&services, "طب الأسرة");
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "#0");
    let feed = Feed { world: &world, patient: "Patient/demo-2c", clinic: 0 };
    feed.edits(later);
    assert!(!phone.answer().text().is_empty(), "still a child");
    let (_, mut child) = world.get(&format!("{}/Patient/demo-2c", world.fhir()));
    child["birthDate"] = json!("1990-01-01");
    put(&world, &child);
    feed.edits(later);
    phone.hears_nothing();
}

#[test]
fn a_change_the_ehr_cannot_show_now_is_told_when_it_can_and_once() {
    let world = World::start();
    let (phone, feed) = james(&world);
    let mut appointment = feed.appointment();
    later(&mut appointment);
    put(&world, &appointment);
    let told = feed.appointment();
    world.fault("ehr", "GET /", "status:503", 100_000);
    feed.tells_of(&told);
    world.settle();
    world.advance("PT1H");
    phone.hears_nothing();
    assert_eq!(phone.says("menu").text(), "How can we help?", "it holds nobody up");
    world.clear_faults();
    world.advance("PT1H");
    starts(&phone.answer(), "Sorry, the time of your appointment at Oasis Hospital has changed.");
    world.advance("PT3H");
    phone.hears_nothing();
}
