//! The EHR is as odd as real servers are. Whatever it does: exactly one appointment or none, the truth told once, no
//! slot taken in vain, and nothing shown that belongs to somebody else.

use crate::real;
use crate::stories::booking::{booked, to_the_times};
use crate::world::{Message, Phone, Setting, World};
use rstest::rstest;
use serde_json::{Value, json};

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";
const TAKEN: &str = "That time is no longer free, and nothing was booked.";
const DOWN: &str = "The appointment system is down right now.";
const PENDING: &str = "We have your request. It is not confirmed yet";

/// Moods that patients must not even notice.
const HARMLESS: [&str; 14] = [
    "stale-as-400",
    "conditional-create-races",
    "uuid-etags",
    "vendor-etags",
    "patch-ignores-if-match",
    "empty-create",
    "cached-searches",
    "stubborn-cache",
    "not-atomic",
    "no-total",
    "no-search-mode",
    "foreign-entries",
    "odd-entries",
    "index-first",
];

fn everywhere() -> Vec<World> {
    let postgres = real::postgres().map(|url| Setting { database: Some(url), ..Setting::default() });
    std::iter::once(World::start()).chain(postgres.map(World::with)).collect()
}

/// Appointments that stand, and slots that are taken, of patients who book through us.
fn stands(world: &World) -> (Vec<Value>, Vec<Value>) {
    let mut appointments = world.resources("Appointment?_count=500");
    appointments.retain(|it| it["status"] != "cancelled");
    (appointments, world.resources("Slot?status=busy&_count=500"))
}

/// The first lines of what came.
fn news(phone: &Phone<'_>) -> Vec<String> {
    phone.news().iter().map(|message| message.text().lines().next().unwrap().to_owned()).collect()
}

fn confirmation(phone: &Phone<'_>, nth: usize) -> Message {
    let times = to_the_times(phone, "hello", "Book appointment");
    let question = phone.taps(&times, &format!("#{nth}"));
    // Who won an earlier race has an appointment already, and is asked about it.
    if question.labels()[0] == "Yes" { phone.taps(&question, "Yes") } else { question }
}

fn a_whole_road(world: &World, mood: &str) {
    let phone = world.phone(JAMES);
    let first = booked(&phone, 0, false);
    assert!(first.text().starts_with("Your appointment is booked.\nWhen: "), "{mood}: {}", first.text());
    let mine = phone.says("my appointments");
    assert!(mine.text().starts_with("This is your appointment."), "{mood}: {}", mine.text());
    let times = phone.taps(&mine, "Move appointment");
    let question = phone.taps(&times, "#2");
    let moved = phone.taps(&question, "Confirm new time");
    assert!(moved.text().starts_with("Your appointment has been moved."), "{mood}: {}", moved.text());
    let question = phone.taps(&moved, "Cancel appointment");
    let cancelled = phone.taps(&question, "Yes, cancel it");
    assert!(cancelled.text().starts_with("Your appointment is cancelled"), "{mood}: {}", cancelled.text());
    assert_eq!(phone.says("my appointments").text(), "You have no appointments coming up.", "{mood}");
}

#[rstest]
fn i_book_see_move_and_cancel_and_notice_nothing(
    #[values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)] mood: usize,
) {
    let world = World::start();
    world.mood(HARMLESS[mood]);
    a_whole_road(&world, HARMLESS[mood]);
    world.calm();
    let (appointments, taken) = stands(&world);
    assert!(appointments.is_empty() && taken.is_empty(), "{}: {appointments:?} {taken:?}", HARMLESS[mood]);
    assert_eq!(world.resources("Appointment?patient=Patient/demo-4").len(), 1, "{}", HARMLESS[mood]);
}

#[test]
fn all_oddities_at_once_do_not_trouble_me_either() {
    for world in everywhere() {
        HARMLESS.iter().filter(|mood| **mood != "vendor-etags").for_each(|mood| world.mood(mood));
        a_whole_road(&world, "all");
        world.calm();
        let (appointments, taken) = stands(&world);
        assert!(appointments.is_empty() && taken.is_empty(), "{appointments:?} {taken:?}");
    }
}

#[test]
fn moods_are_listed_switched_and_outlive_sigkill() {
    let mut world = World::start();
    let (status, body) = world.post("/sandbox/api/moods", json!({ "mood": "sunny", "on": true }));
    assert_eq!(status, 400, "{body}");
    world.mood("lies");
    world.mood("no-total");
    world.post("/sandbox/api/moods", json!({ "mood": "lies", "on": false }));
    world.kill_and_restart();
    let (_, listed) = world.get("/sandbox/api/moods");
    let on: Vec<&str> = listed["moods"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["on"] == true)
        .map(|it| it["mood"].as_str().unwrap())
        .collect();
    assert_eq!(on, ["no-total"]);
    let (_, page) = world.get(&format!("{}/Slot?_count=1", world.fhir()));
    assert!(page.get("total").is_none() && page["entry"].as_array().unwrap().len() == 1);
    world.calm();
    assert!(world.get(&format!("{}/Slot?_count=1", world.fhir())).1.get("total").is_some());
}

#[rstest]
#[case::the_others_are_left_behind(&["not-atomic"])]
#[case::and_a_slot_says_nothing_of_it(&["not-atomic", "conditional-create-races", "vendor-etags", "odd-entries"])]
#[case::a_conflict_reads_like_a_mistake(&["stale-as-400", "uuid-etags"])]
#[case::what_was_free_is_taken_when_it_is_read(&["index-first"])]
fn a_dozen_of_us_want_one_time_and_one_gets_it(#[case] moods: &[&str]) {
    for world in everywhere() {
        moods.iter().for_each(|mood| world.mood(mood));
        // Twice: the first race may teach the gateway what the server is like.
        let phones: Vec<Phone<'_>> = (1..=12).map(|n| world.phone(&format!("crowd-{:02}", 2 * n))).collect();
        for race in 0..2 {
            let ready: Vec<(&Phone<'_>, Message)> =
                phones.iter().map(|phone| (phone, confirmation(phone, 1))).collect();
            for (phone, question) in &ready {
                phone.tap_only(question, "Confirm booking");
            }
            world.settle();
            let told: Vec<Vec<String>> = ready.iter().map(|(phone, _)| news(phone)).collect();
            assert!(told.iter().all(|it| it.len() == 1), "{moods:?}: one truth each: {told:?}");
            let won = told.iter().filter(|it| it[0] == "Your appointment is booked.").count();
            let lost = told.iter().filter(|it| it[0].starts_with(TAKEN)).count();
            assert_eq!((won, lost), (1, 11), "{moods:?}, race {race}: {told:?}");
            world.calm();
            let (appointments, taken) = stands(&world);
            assert_eq!(
                (appointments.len(), taken.len()),
                (race + 1, race + 1),
                "{moods:?}: no orphan stands"
            );
            moods.iter().for_each(|mood| world.mood(mood));
        }
    }
}

#[rstest]
#[case::both_answers(2)]
#[case::one_answer(1)]
fn two_of_us_want_one_time_and_answers_are_lost(#[case] lost: u32) {
    for world in everywhere() {
        world.mood("not-atomic");
        let (first, second) = (world.phone("crowd-02"), world.phone("crowd-04"));
        let questions = [confirmation(&first, 0), confirmation(&second, 0)];
        world.fault("ehr", "POST /", "lost-answer", lost);
        first.tap_only(&questions[0], "Confirm booking");
        second.tap_only(&questions[1], "Confirm booking");
        world.settle();
        world.advance("PT3M");
        let told: Vec<String> = [&first, &second].iter().map(|phone| news(phone).pop().unwrap()).collect();
        let won = told.iter().filter(|it| *it == "Your appointment is booked.").count();
        let told_taken = told.iter().filter(|it| it.starts_with(TAKEN)).count();
        assert_eq!((won, told_taken), (1, 1), "{told:?}");
        let (appointments, taken) = stands(&world);
        assert_eq!((appointments.len(), taken.len()), (1, 1));
        assert_eq!(
            appointments[0]["slot"][0]["reference"],
            format!("Slot/{}", taken[0]["id"].as_str().unwrap())
        );
    }
}

#[rstest]
#[case::before_the_slot("PUT /Slot", "hang")]
#[case::after_the_slot("PUT /Slot", "work-hang")]
#[case::before_the_appointment("POST /Appointment", "hang")]
#[case::after_the_appointment("POST /Appointment", "work-hang")]
fn killed_between_the_slot_and_the_appointment(#[case] at: &str, #[case] fault: &str) {
    for mut world in everywhere() {
        teach(&world);
        let token = confirmation(&world.phone(JAMES), 0).option("Confirm booking");
        let seen = world.phone(JAMES).news().len();
        world.fault("ehr", at, fault, 1);
        world.phone(JAMES).send(json!({ "tap": token }));
        crate::stories::faults::met(&world);
        world.kill_and_restart();
        world.advance("PT4M");
        let told = news(&world.phone(JAMES)).split_off(seen);
        let told = crate::stories::faults::after_pending(told);
        assert_eq!(told, ["Your appointment is booked."], "{at} {fault}");
        world.calm();
        let (appointments, taken) = stands(&world);
        // The stranger of `taken` has the other two.
        assert_eq!((appointments.len(), taken.len()), (2, 2), "{at} {fault}");
    }
}

/// A lost race on a server that does transactions by halves: from now on the gateway takes slots first.
fn teach(world: &World) {
    world.mood("not-atomic");
    let phone = world.phone(AMAL);
    let times = to_the_times(&phone, "مرحبا", "حجز موعد");
    let question = phone.taps(&times, "#4");
    let answer = phone.taps(&question, "تأكيد الحجز");
    assert!(answer.text().starts_with("لم يعد هذا الوقت متاحا"), "{}", answer.text());
    assert!(world.resources("Appointment?patient=Patient/demo-1&status=booked").is_empty());
    assert_eq!(world.resources("Appointment?patient=Patient/demo-1&status=cancelled").len(), 1, "called off");
}

#[test]
fn a_create_that_answers_nothing_but_where_is_read_back() {
    let world = World::start();
    teach(&world);
    world.mood("empty-create");
    world.mood("vendor-etags");
    let phone = world.phone(JAMES);
    let question = confirmation(&phone, 0);
    let booked = phone.taps(&question, "Confirm booking");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
}

#[test]
fn the_time_was_taken_or_gone_and_i_hear_only_that() {
    let world = World::start();
    world.mood("not-atomic");
    let phone = world.phone(JAMES);
    phone.says("hi");
    // Once `taken` is taken, `gone` stands in its place. The first is lost in a transaction, the second at the slot.
    for magic in ["taken", "gone"] {
        let services = phone.says("book");
        let times = phone.taps(&services, "Dermatology");
        let question = phone.taps(&times, "#4");
        let answer = phone.taps(&question, "Confirm booking");
        assert!(answer.text().starts_with(TAKEN), "{magic}: {}", answer.text());
        assert_eq!(phone.says("my appointments").text(), "You have no appointments coming up.");
    }
    assert!(world.resources("Appointment?patient=Patient/demo-4&status=booked").is_empty());
    let orphans = world.resources("Appointment?patient=Patient/demo-4");
    assert_eq!(orphans.len(), 1, "and after the first no other was even made");
    assert_eq!(orphans[0]["cancelationReason"]["coding"][0]["code"], "oth-err");
    let told = world.resources("Communication?patient=Patient/demo-4");
    assert!(told.is_empty(), "nothing was said of an appointment: {told:?}");
}

#[test]
fn a_slot_the_desk_filled_without_marking_it_is_not_mine() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let question = confirmation(&phone, 0);
    let slot = &world.resources("Slot?status=free&service-type=394582007&_sort=start&_count=1")[0];
    let desk = json!({
        "resourceType": "Appointment", "status": "booked", "start": slot["start"], "end": slot["end"],
        "slot": [{ "reference": format!("Slot/{}", slot["id"].as_str().unwrap()) }],
        "participant": [{ "actor": { "reference": "Patient/demo-1" }, "status": "accepted" }],
    });
    assert_eq!(world.call("POST", &format!("{}/Appointment", world.fhir()), Some(desk)).0, 201);
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().starts_with(TAKEN), "{}", answer.text());
    assert!(world.resources("Appointment?patient=Patient/demo-4").is_empty());
}

#[test]
fn two_appointments_of_one_request_become_one() {
    let world = World::start();
    world.mood("conditional-create-races");
    let phone = world.phone(JAMES);
    let question = confirmation(&phone, 0);
    world.fault("ehr", "POST /", "lost-answer", 1);
    let pending = phone.taps(&question, "Confirm booking");
    assert!(pending.text().starts_with(PENDING), "{}", pending.text());
    let mut twin = world.resources("Appointment?patient=Patient/demo-4").remove(0);
    twin.as_object_mut().unwrap().remove("id");
    let identifier = twin["identifier"][0].clone();
    let (status, _) = world.call("POST", &format!("{}/Appointment", world.fhir()), Some(twin));
    assert_eq!(status, 201, "a create that raced with itself");
    world.advance("PT3M");
    assert_eq!(news(&phone), ["Your appointment is booked."]);
    let both = world.resources("Appointment?patient=Patient/demo-4");
    let standing: Vec<&Value> = both.iter().filter(|it| it["status"] == "booked").collect();
    assert_eq!((both.len(), standing.len()), (2, 1));
    assert_eq!(standing[0]["identifier"][0], identifier);
    let mine = phone.says("my appointments");
    assert!(mine.text().starts_with("This is your appointment."), "one, and not a list: {}", mine.text());
}

#[test]
fn the_ehr_says_yes_and_does_nothing_and_nobody_calls_it_booked() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let question = confirmation(&phone, 0);
        world.mood("lies");
        let pending = phone.taps(&question, "Confirm booking");
        assert!(pending.text().starts_with(PENDING), "{}", pending.text());
        world.advance("PT1M");
        assert!(news(&phone).is_empty(), "no truth yet");
        assert!(stands(&world).0.is_empty());
        world.calm();
        world.advance("PT30M");
        assert_eq!(news(&phone), ["Your appointment is booked."], "once it tells the truth");
        let (appointments, taken) = stands(&world);
        assert_eq!((appointments.len(), taken.len()), (1, 1));
        world.mood("lies");
        let mine = phone.says("my appointments");
        let sure = phone.taps(&mine, "Cancel appointment");
        let pending = phone.taps(&sure, "Yes, cancel it");
        assert!(pending.text().starts_with(PENDING), "{}", pending.text());
        world.advance("PT4H");
        let told = news(&phone);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(!told[0].contains("cancelled"), "{told:?}");
        assert_eq!(world.resources("Task?status=requested").len(), 1, "people look");
        assert_eq!(stands(&world).0.len(), 1);
    }
}

#[test]
fn an_answer_to_another_question_is_no_answer() {
    let world = World::start();
    booked(&world.phone(AMAL), 0, true);
    let phone = world.phone(JAMES);
    let question = confirmation(&phone, 0);
    let mine = phone.says("my appointments");
    assert_eq!(mine.text(), "You have no appointments coming up.");
    world.mood("wrong-page");
    for asked in ["my appointments", "book"] {
        let answer = phone.says(asked);
        assert!(answer.text().starts_with(DOWN), "{asked}: {}", answer.text());
    }
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().starts_with(DOWN), "nothing left us, so nothing was done: {}", answer.text());
    world.calm();
    assert!(world.resources("Appointment?patient=Patient/demo-4").is_empty());
    let booked = phone.taps(&answer, "Try again");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
}

#[test]
fn what_belongs_to_others_is_never_shown_to_me() {
    let world = World::start();
    booked(&world.phone(AMAL), 0, true);
    world.mood("foreign-entries");
    let phone = world.phone(JAMES);
    phone.says("hi");
    let services = phone.says("book");
    let times = phone.taps(&services, "Family medicine");
    assert!(times.labels().len() > 6);
    let shown = times.0.to_string();
    assert!(!shown.contains("Alotaibi") && !shown.contains("Alharbi"), "no dermatologist: {shown}");
    assert!(shown.contains("Alqahtani"), "{shown}");
    let question = phone.taps(&times, "#0");
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().contains("With: Dr Noura Alqahtani"), "{}", answer.text());
    let mine = phone.says("my appointments");
    assert!(mine.text().starts_with("This is your appointment."), "one, and not a list: {}", mine.text());
    assert!(mine.text().contains("Alqahtani"), "{}", mine.text());
}

#[test]
fn an_answer_that_is_lost_behind_a_cache_is_found_all_the_same() {
    for mood in ["cached-searches", "stubborn-cache"] {
        let world = World::start();
        world.mood(mood);
        let phone = world.phone(JAMES);
        let question = confirmation(&phone, 0);
        world.fault("ehr", "POST /", "lost-answer", 1);
        let pending = phone.taps(&question, "Confirm booking");
        assert!(pending.text().starts_with(PENDING), "{mood}: {}", pending.text());
        world.advance("PT40S");
        assert_eq!(news(&phone), ["Your appointment is booked."], "{mood}: within the cache's minute");
        let sure = phone.taps(&phone_mine(&phone), "Cancel appointment");
        phone.taps(&sure, "Yes, cancel it");
        let times = to_the_times(&phone, "hello", "Book appointment");
        let again = phone.taps(&times, "#0");
        assert!(
            again.text().starts_with("Shall we book this time for you?"),
            "{mood}: free again: {}",
            again.text()
        );
    }
}

fn phone_mine(phone: &Phone<'_>) -> Message {
    phone.says("my appointments")
}

#[test]
fn a_time_across_a_taken_one_is_not_offered_or_booked() {
    let world = World::start();
    world.mood("overlapping-slots");
    let first = &world.resources("Slot?status=free&service-type=394582007&_sort=start&_count=1")[0];
    let id = first["id"].as_str().unwrap();
    let (_, second) = world.get(&format!("{}/Slot/{id}-across", world.fhir()));
    assert!(second["start"].as_str() < first["end"].as_str(), "one lies across the other");
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    let times_of = |message: &Message| -> Vec<String> { message.labels().into_iter().take(6).collect() };
    let offered = times_of(&times);
    // The desk takes the first; the one across it is free as far as the EHR goes.
    let mut busy = first.clone();
    busy["status"] = json!("busy");
    let url = format!("{}/Slot/{id}", world.fhir());
    assert_eq!(world.call("PUT", &url, Some(busy)).0, 200);
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().starts_with(TAKEN), "{}", answer.text());
    assert!(!times_of(&answer).contains(&offered[0]), "the time itself is gone");
    let start = second["start"].as_str().unwrap();
    let minute = format!(":{}", &start[14..16]);
    assert!(!times_of(&answer).iter().any(|label| label.contains(&minute)), "{:?}", times_of(&answer));
    let (appointments, _) = stands(&world);
    assert!(appointments.is_empty());
}

/// The first free time of dermatology, twice in its schedule.
fn twice(world: &World) -> Value {
    let first = world.resources("Slot?status=free&service-type=394582007&_sort=start&_count=1").remove(0);
    let mut second = first.clone();
    let id = format!("{}-again", first["id"].as_str().unwrap());
    second["id"] = json!(id);
    assert_eq!(world.call("PUT", &format!("{}/Slot/{id}", world.fhir()), Some(second)).0, 201);
    first
}

#[test]
fn a_doctor_who_stands_twice_at_the_same_time_sees_one_of_us() {
    let world = World::start();
    twice(&world);
    let phone = world.phone(JAMES);
    let times = to_the_times(&phone, "hello", "Book appointment");
    let question = phone.taps(&times, "#0");
    assert_ne!(times.labels()[0], times.labels()[1], "offered once");
    booked(&world.phone(AMAL), 0, true);
    let answer = phone.taps(&question, "Confirm booking");
    assert!(answer.text().starts_with(TAKEN), "{}", answer.text());
    assert_ne!(answer.labels()[0], times.labels()[0], "and not offered again");
    assert_eq!(stands(&world).0.len(), 1);
}

#[test]
fn a_room_with_two_places_takes_two_of_us() {
    let world = World::start();
    let first = twice(&world);
    let schedule = first["schedule"]["reference"].as_str().unwrap();
    let url = format!("{}/{schedule}", world.fhir());
    let (_, mut room) = world.get(&url);
    room["actor"].as_array_mut().unwrap().retain(|it| it["reference"] == "Location/demo-place-main");
    assert_eq!(world.call("PUT", &url, Some(room)).0, 200);
    let phone = world.phone(JAMES);
    let question = confirmation(&phone, 0);
    booked(&world.phone(AMAL), 0, true);
    let mine = phone.taps(&question, "Confirm booking");
    assert!(mine.text().starts_with("Your appointment is booked."), "{}", mine.text());
    let (appointments, taken) = stands(&world);
    assert_eq!((appointments.len(), taken.len()), (2, 2));
    assert_eq!(appointments[0]["start"], appointments[1]["start"]);
    assert_ne!(appointments[0]["slot"], appointments[1]["slot"]);
}
