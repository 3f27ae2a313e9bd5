//! At the very moment a write arrives, somebody at the clinic changes what it is about. A server that does
//! transactions as a whole, and one that does them by halves: the patient must not be able to tell them apart.

use crate::between::{Between, Meddle};
use crate::stories::booking::{booked, to_the_times};
use crate::world::{Message, Phone, Setting, World};
use rstest::rstest;
use serde_json::{Value, json};

const JAMES: &str = "+966500000004";
const MINE: &str = "Appointment?patient=Patient/demo-4&status=booked";

/// An EHR, somebody between, and a gateway that knows neither.
struct Clinic {
    ehr: World,
    between: Between,
    world: World,
}

impl Clinic {
    fn with(mood: Option<&str>) -> Self {
        let ehr = World::start();
        mood.iter().for_each(|mood| ehr.mood(mood));
        let between = Between::and(&ehr.fhir());
        let world = World::with(Setting { ehr: Some(between.base()), ..Setting::default() });
        Self { ehr, between, world }
    }

    fn phone(&self) -> Phone<'_> {
        self.world.phone(JAMES)
    }

    /// The one appointment, and the one slot that is taken.
    fn stands(&self) -> (Value, Value) {
        let mut mine = self.ehr.resources(MINE);
        let mut taken = self.ehr.resources("Slot?status=busy&_count=500");
        assert_eq!((mine.len(), taken.len()), (1, 1), "{mine:?} {taken:?}");
        let (mine, taken) = (mine.remove(0), taken.remove(0));
        let id = taken["id"].as_str().unwrap();
        assert_eq!(mine["slot"], json!([{ "reference": format!("Slot/{id}") }]));
        assert_eq!(mine["start"], taken["start"]);
        (mine, taken)
    }

    fn nothing_stands(&self) {
        let mine = self.ehr.resources(MINE);
        let taken = self.ehr.resources("Slot?status=busy&_count=500");
        assert!(mine.is_empty() && taken.is_empty(), "{mine:?} {taken:?}");
    }
}

fn new_time(phone: &Phone<'_>, message: &Message) -> Message {
    let times = phone.taps(message, "Move appointment");
    phone.taps(&times, "#2")
}

fn comment() -> Value {
    json!({ "comment": "called, will bring the old pictures" })
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
#[case::by_halves_worded_oddly(Some("stale-as-400"))]
fn a_remark_on_the_slot_does_not_cost_me_the_time(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    let first = "Slot?status=free&service-type=394582007&_sort=start&_count=1";
    clinic.between.once("POST /", Meddle::edit(first, comment()));
    let booked = phone.taps(&question, "Confirm booking");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
    let (_, slot) = clinic.stands();
    assert_eq!(slot["comment"], comment()["comment"], "the remark stays");
    assert!(clinic.between.is_done());
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
fn the_desk_blocks_the_slot_just_before_me(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    let first = "Slot?status=free&service-type=394582007&_sort=start&_count=1";
    clinic.between.once("POST /", Meddle::edit(first, json!({ "status": "busy" })));
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().starts_with("That time is no longer free"), "{}", answer.text());
    assert!(clinic.ehr.resources(MINE).is_empty());
    let taken = clinic.ehr.resources("Slot?status=busy&_count=500");
    assert_eq!(taken.len(), 1, "what the desk blocked stays blocked");
    assert_eq!(phone.says("my appointments").text(), "You have no appointments coming up.");
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
fn i_move_while_the_clinic_writes_a_remark(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let question = new_time(&phone, &booked(&phone, 0, false));
    clinic.between.once("POST /", Meddle::edit(MINE, comment()));
    let moved = phone.taps(&question, "Confirm new time");
    assert!(moved.text().starts_with("Your appointment has been moved."), "{}", moved.text());
    let (mine, _) = clinic.stands();
    assert_eq!(mine["comment"], comment()["comment"]);
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
fn i_move_while_the_clinic_moves_it_too(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let question = new_time(&phone, &booked(&phone, 0, false));
    let (_, slot) = clinic.stands();
    let later = json!({ "start": "2031-01-05T09:00:00Z", "end": "2031-01-05T09:30:00Z" });
    clinic.between.once("POST /", Meddle::edit(MINE, later.clone()));
    let answer = phone.taps(&question, "Confirm new time");
    assert!(answer.text().starts_with("This appointment has changed"), "{}", answer.text());
    let mine = &clinic.ehr.resources(MINE)[0];
    assert_eq!(mine["start"], later["start"], "the clinic's word counts");
    let taken = clinic.ehr.resources("Slot?status=busy&_count=500");
    assert_eq!(taken.len(), 1, "no slot is taken in vain: {taken:?}");
    assert_eq!(taken[0]["id"], slot["id"]);
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
fn i_move_while_the_desk_writes_on_the_old_slot(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let question = new_time(&phone, &booked(&phone, 0, false));
    clinic.between.once("POST /", Meddle::edit("Slot?status=busy", comment()));
    let moved = phone.taps(&question, "Confirm new time");
    assert!(moved.text().starts_with("Your appointment has been moved."), "{}", moved.text());
    let (_, slot) = clinic.stands();
    assert!(slot.get("comment").is_none(), "the old slot is free again");
}

#[rstest]
#[case::as_a_whole(None)]
#[case::by_halves(Some("not-atomic"))]
fn i_cancel_while_the_desk_writes_on_the_slot(#[case] mood: Option<&str>) {
    let clinic = Clinic::with(mood);
    let phone = clinic.phone();
    let question = phone.taps(&booked(&phone, 0, false), "Cancel appointment");
    clinic.between.once("POST /", Meddle::edit("Slot?status=busy", comment()));
    let cancelled = phone.taps(&question, "Yes, cancel it");
    assert!(cancelled.text().starts_with("Your appointment is cancelled"), "{}", cancelled.text());
    clinic.nothing_stands();
}

#[test]
fn half_a_move_whose_answer_is_lost_takes_nothing_in_vain() {
    let clinic = Clinic::with(Some("not-atomic"));
    let phone = clinic.phone();
    // A remark on the first slot shows what this server is like.
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    let first = "Slot?status=free&service-type=394582007&_sort=start&_count=1";
    clinic.between.once("POST /", Meddle::edit(first, comment()));
    let booked = phone.taps(&question, "Confirm booking");
    let question = new_time(&phone, &booked);
    let later = json!({ "start": "2031-01-05T09:00:00Z", "end": "2031-01-05T09:30:00Z" });
    clinic.between.once("POST /", Meddle { lose: true, ..Meddle::edit(MINE, later) });
    let pending = phone.taps(&question, "Confirm new time");
    assert!(pending.text().starts_with("We have your request."), "{}", pending.text());
    assert_eq!(clinic.ehr.resources("Slot?status=busy&_count=500").len(), 2, "half of it was done");
    clinic.world.advance("PT3M");
    let told = phone.news();
    assert_eq!(told.len(), 1);
    assert!(told[0].text().starts_with("This appointment has changed"), "{}", told[0].text());
    assert_eq!(clinic.ehr.resources("Slot?status=busy&_count=500").len(), 1);
}

#[test]
fn another_of_us_was_quicker_and_my_answer_was_lost() {
    let clinic = Clinic::with(Some("not-atomic"));
    let phone = clinic.phone();
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    let first = "Slot?status=free&service-type=394582007&_sort=start&_count=1";
    let slot = &clinic.ehr.resources(first)[0];
    let theirs = json!({
        "resourceType": "Appointment", "id": "another-replica", "status": "booked",
        "identifier": [{ "system": "urn:wasl:sandbox:booking", "value": "00112233445566778899aabbccddeeff" }],
        "start": slot["start"], "end": slot["end"],
        "slot": [{ "reference": format!("Slot/{}", slot["id"].as_str().unwrap()) }],
        "participant": [{ "actor": { "reference": "Patient/demo-1" }, "status": "accepted" }],
    });
    let busy = Meddle::edit(first, json!({ "status": "busy" }));
    clinic.between.once("POST /", Meddle { put: Some(theirs), lose: true, ..busy });
    let pending = phone.taps(&question, "Confirm booking");
    assert!(pending.text().starts_with("We have your request."), "{}", pending.text());
    assert_eq!(clinic.ehr.resources(MINE).len(), 1, "others can see it in the EHR");
    let mine = phone.says("my appointments");
    assert_eq!(mine.text(), "You have no appointments coming up.", "the patient is not told of it");
    clinic.world.advance("PT3M");
    let told = phone.news();
    assert_eq!(told.len(), 1);
    assert!(told[0].text().starts_with("That time is no longer free"), "{}", told[0].text());
    assert!(clinic.ehr.resources(MINE).is_empty());
    let (_, slot) = clinic.ehr.get(&format!("{}/Slot/{}", clinic.ehr.fhir(), slot["id"].as_str().unwrap()));
    assert_eq!(slot["status"], "busy", "it is theirs");
    let (_, theirs) = clinic.ehr.get(&format!("{}/Appointment/another-replica", clinic.ehr.fhir()));
    assert_eq!(theirs["status"], "booked");
}
