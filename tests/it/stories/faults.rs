//! Everything that can go wrong at an effect, each time as "not done" and as "done, but the answer was lost", with the
//! process alive and with SIGKILL. Afterwards: exactly one appointment or none, the truth told once, no orphaned slot.

use crate::real;
use crate::world::{Message, Phone, Setting, World};
use diesel::Connection;
use diesel::connection::SimpleConnection;
use rstest::rstest;
use std::path::Path;

const JAMES: &str = "+966500000004";

fn to_the_confirmation(phone: &Phone<'_>) -> Message {
    let welcome = phone.says("hi");
    let services = phone.taps(&welcome, "Book appointment");
    let times = phone.taps(&services, "Dermatology");
    phone.taps(&times, "#0")
}

fn booked(phone: &Phone<'_>) -> Message {
    let confirmation = to_the_confirmation(phone);
    phone.taps(&confirmation, "Confirm booking")
}

fn texts(phone: &Phone<'_>) -> Vec<String> {
    let first = |text: String| text.lines().next().unwrap_or_default().split(':').next().unwrap().to_owned();
    phone.news().iter().map(|message| first(message.text())).collect()
}

/// Appointments and busy slots, which must agree.
fn holds(world: &World) -> (usize, usize) {
    let booked = world.resources("Appointment?status=booked&patient=Patient/demo-4");
    (booked.len(), world.resources("Slot?status=busy&_count=500").len())
}

/// Waits until a fault was met: the gateway is in the middle of the effect.
pub fn met(world: &World) {
    for _ in 0..2_000 {
        let (_, faults) = world.get("/sandbox/api/faults");
        if faults["faults"].as_array().is_some_and(Vec::is_empty) {
            return;
        }
        std::thread::yield_now();
    }
    panic!("the fault was not met");
}

fn everywhere() -> Vec<World> {
    let postgres = real::postgres().map(|url| Setting { database: Some(url), ..Setting::default() });
    std::iter::once(World::start()).chain(postgres.map(World::with)).collect()
}

#[rstest]
#[case::answer_lost("lost-answer")]
#[case::not_done("reset")]
#[case::html("html")]
fn a_booking_whose_answer_is_lost_is_pending_and_then_the_truth(#[case] fault: &str) {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let confirmation = to_the_confirmation(&phone);
        world.fault("ehr", "POST /", fault, 1);
        let pending = phone.taps(&confirmation, "Confirm booking");
        assert!(
            pending.text().starts_with("We have your request. It is not confirmed yet"),
            "{}",
            pending.text()
        );
        world.advance("PT2M");
        assert_eq!(texts(&phone), ["Your appointment is booked."], "{fault}");
        assert_eq!(holds(&world), (1, 1), "{fault}");
    }
}

#[test]
fn a_refusal_without_effect_is_told_and_trying_again_books() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let confirmation = to_the_confirmation(&phone);
    world.fault("ehr", "POST /", "throttle", 1);
    let slow = phone.taps(&confirmation, "Confirm booking");
    assert!(slow.text().starts_with("The appointment system is slow right now."), "{}", slow.text());
    assert_eq!(holds(&world), (0, 0));
    let booked = phone.taps(&slow, "Try again");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
    assert_eq!(holds(&world), (1, 1));
}

#[test]
fn a_slow_and_a_dead_ehr_are_told_apart_and_nothing_is_lost() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let welcome = phone.says("hi");
    world.fault("ehr", "GET /", "hang", 1);
    let slow = phone.taps(&welcome, "My appointments");
    assert!(slow.text().starts_with("The appointment system is slow right now."), "{}", slow.text());
    world.fault("ehr", "", "status:503", 1);
    let down = phone.taps(&slow, "Try again");
    assert!(down.text().starts_with("The appointment system is down right now."), "{}", down.text());
    assert_eq!(phone.taps(&down, "Try again").text(), "You have no appointments coming up.");
}

/// What was begun before a kill and is not there may still arrive: "we will write when we know" may come before the
/// truth, once.
pub fn after_pending(mut told: Vec<String>) -> Vec<String> {
    if told.first().is_some_and(|first| first.starts_with("We have your request. It is not confirmed yet")) {
        told.remove(0);
    }
    told
}

#[rstest]
#[case::book_not_done("book", "hang")]
#[case::book_done("book", "work-hang")]
#[case::move_not_done("move", "hang")]
#[case::move_done("move", "work-hang")]
#[case::cancel_not_done("cancel", "hang")]
#[case::cancel_done("cancel", "work-hang")]
fn killed_in_the_middle_of_an_ehr_write(#[case] what: &str, #[case] fault: &str) {
    for mut world in everywhere() {
        let token = {
            let phone = world.phone(JAMES);
            match what {
                "book" => to_the_confirmation(&phone).option("Confirm booking"),
                "move" => {
                    let times = phone.taps(&booked(&phone), "Move appointment");
                    phone.taps(&times, "#2").option("Confirm new time")
                }
                _ => phone.taps(&booked(&phone), "Cancel appointment").option("Yes, cancel it"),
            }
        };
        let seen = world.phone(JAMES).news().len();
        world.fault("ehr", "POST /", fault, 1);
        world.phone(JAMES).send(serde_json::json!({ "tap": token }));
        met(&world);
        world.kill_and_restart();
        world.advance("PT4M");
        let phone = world.phone(JAMES);
        let told = after_pending(texts(&phone).split_off(seen));
        let expected = match what {
            "book" => "Your appointment is booked.",
            "move" => "Your appointment has been moved.",
            _ => "Your appointment is cancelled",
        };
        assert_eq!(told, [expected], "{what} {fault}: the truth, once");
        let expected = if what == "cancel" { (0, 0) } else { (1, 1) };
        assert_eq!(holds(&world), expected, "{what} {fault}");
    }
}

#[rstest]
#[case::not_done("hang")]
#[case::done("work-hang")]
fn killed_in_the_middle_of_telling(#[case] fault: &str) {
    for mut world in everywhere() {
        let token = to_the_confirmation(&world.phone(JAMES)).option("Confirm booking");
        let seen = world.phone(JAMES).news().len();
        world.phone(JAMES).send(serde_json::json!({ "tap": token }));
        world.settle();
        let phone = world.phone(JAMES);
        assert_eq!(texts(&phone).split_off(seen), ["Your appointment is booked."]);
        let mine = phone.says("my appointments").option("Cancel appointment");
        let seen = world.phone(JAMES).news().len();
        world.fault("graph", "POST /", fault, 2);
        world.phone(JAMES).send(serde_json::json!({ "tap": mine }));
        met(&world);
        world.kill_and_restart();
        world.advance("PT4M");
        let told = texts(&world.phone(JAMES)).split_off(seen);
        assert_eq!(told, ["Shall we cancel this appointment?"], "{fault}: asked once");
    }
}

#[rstest]
#[case::answer_lost("lost-answer")]
#[case::not_done("reset")]
#[case::throttled("throttle")]
#[case::proxy_page("status:502")]
fn meta_misbehaves_and_the_patient_reads_it_once(#[case] fault: &str) {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    world.fault("graph", "POST /", fault, 2);
    phone.send(serde_json::json!({ "text": "menu" }));
    world.settle();
    world.clear_faults();
    world.advance("PT5M");
    assert_eq!(texts(&phone), ["How can we help?"], "{fault}");
}

#[test]
fn numbers_that_cannot_be_reached_hold_nobody_up() {
    let world = World::start();
    for ending in ["0429", "0500", "1026"] {
        world.phone(&format!("+96650123{ending}")).send(serde_json::json!({ "text": "hi" }));
    }
    let phone = world.phone(JAMES);
    phone.send(serde_json::json!({ "text": "hi" }));
    let (status, _) = world.post("/sandbox/api/clock", serde_json::json!({ "advance": "PT3H" }));
    assert_eq!(status, 200);
    assert_eq!(texts(&phone).len(), 1);
}

#[test]
fn the_truth_that_comes_after_the_window_closed_goes_out_as_a_template() {
    let mut world = World::start();
    let token = to_the_confirmation(&world.phone(JAMES)).option("Confirm booking");
    let seen = world.phone(JAMES).news().len();
    world.fault("ehr", "POST /", "work-hang", 1);
    world.phone(JAMES).send(serde_json::json!({ "tap": token }));
    met(&world);
    world.kill_later_and_restart(2);
    world.advance("PT10M");
    let news = world.phone(JAMES).news().split_off(seen);
    assert_eq!(news.len(), 1);
    let template = &news[0].0["body"]["template"];
    assert_eq!(template["name"], "late_booked_details_v1");
    assert_eq!(template["language"]["code"], "en");
    let question = world.phone(JAMES);
    question.news();
    // Its quick replies are buttons like any other; by now the visit is over.
    let answer = question.taps(&news[0], "#1");
    assert!(answer.text().starts_with("The time of this appointment has passed."), "{}", answer.text());
    assert_eq!(holds(&world), (1, 1));
}

#[test]
fn a_send_that_stays_unknown_is_repeated_once_and_no_more() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    world.fault("graph", "POST /", "reset", 1_000);
    phone.send(serde_json::json!({ "text": "menu" }));
    world.settle();
    world.advance("PT3H");
    world.clear_faults();
    world.advance("PT3H");
    assert!(texts(&phone).is_empty());
    assert_eq!(phone.says("menu").text(), "How can we help?", "and the conversation goes on");
}

#[test]
fn a_truth_that_cannot_be_told_goes_to_people() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let confirmation = to_the_confirmation(&phone);
    world.fault("graph", "POST /", "reset", 1_000);
    phone.tap_only(&confirmation, "Confirm booking");
    world.settle();
    world.advance("PT3H");
    assert_eq!(holds(&world), (1, 1), "booked all the same");
    let tasks = world.resources("Task?status=requested");
    assert_eq!(tasks.len(), 1, "somebody is asked to tell them");
}

#[rstest]
fn a_gateway_that_gives_up_is_no_word_of_the_ehr(#[values(503, 504, 524)] status: u16) {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let confirmation = to_the_confirmation(&phone);
        world.fault("ehr", "POST /", &format!("status:{status}"), 1);
        let pending = phone.taps(&confirmation, "Confirm booking");
        assert!(
            pending.text().starts_with("We have your request. It is not confirmed yet"),
            "{}",
            pending.text()
        );
        world.advance("PT4M");
        assert_eq!(texts(&phone).last().unwrap(), "Your appointment is booked.");
        assert_eq!(holds(&world), (1, 1));
    }
}

#[test]
fn a_mark_that_the_clinic_left_on_a_free_slot_is_not_mine() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let confirmation = to_the_confirmation(&phone);
    for mut slot in world.resources("Slot?status=free&_count=500") {
        slot["identifier"] = serde_json::json!([
            { "system": "urn:wasl:sandbox:booking", "value": "an-earlier-booking" },
            { "system": "urn:clinic:slot", "value": "7" },
        ]);
        let place = format!("{}/Slot/{}", world.fhir(), slot["id"].as_str().unwrap());
        assert_eq!(world.call("PUT", &place, Some(slot)).0, 200);
    }
    let booked = phone.taps(&confirmation, "Confirm booking");
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
    let taken = &world.resources("Slot?status=busy&_count=500")[0];
    assert_eq!(taken["identifier"], serde_json::json!([{ "system": "urn:clinic:slot", "value": "7" }]));
}

/// WhatsApp may name a patient with a username by BSUID alone, from one message to the next.
#[test]
fn a_message_without_a_number_does_not_turn_a_pending_booking_into_a_refused_one() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let confirmation = to_the_confirmation(&phone);
    world.fault("ehr", "POST /", "lost-answer", 1);
    let pending = phone.taps(&confirmation, "Confirm booking");
    assert!(pending.text().starts_with("We have your request."), "{}", pending.text());
    let people = world.get("/sandbox/api/world").1["people"].clone();
    let james = people.as_array().unwrap().iter().find(|person| person["id"] == "james").unwrap();
    let value = serde_json::json!({
        "contacts": [{ "profile": { "name": "x" }, "user_id": james["bsuid"] }],
        "messages": [{ "id": "wamid.no-number", "from_user_id": james["bsuid"], "type": "text",
            "timestamp": "1795000000", "text": { "body": "menu" } }],
    });
    let (status, _) =
        world.post("/sandbox/api/notice", serde_json::json!({ "field": "messages", "value": value }));
    assert_eq!(status, 202);
    assert_eq!(phone.answer().text(), "How can we help?");
    world.advance("PT5M");
    assert_eq!(texts(&phone), ["Your appointment is booked."]);
    assert_eq!(holds(&world), (1, 1));
}

/// Ten days without a word, and the address is wiped: by then the truth has been told, or people look for it.
#[rstest]
#[case::booked("book", "Appointment?status=booked")]
#[case::cancelled("cancel", "Appointment?status=cancelled")]
fn a_write_in_doubt_keeps_the_way_to_its_patient(#[case] what: &str, #[case] truth: &str) {
    let mut world = World::start();
    let token = {
        let phone = world.phone(JAMES);
        match what {
            "book" => to_the_confirmation(&phone).option("Confirm booking"),
            _ => phone.taps(&booked(&phone), "Cancel appointment").option("Yes, cancel it"),
        }
    };
    world.fault("ehr", "POST /", "work-hang", 1);
    let seen = world.phone(JAMES).news().len();
    world.phone(JAMES).send(serde_json::json!({ "tap": token }));
    met(&world);
    world.kill_later_and_restart(10);
    world.advance("PT4H");
    assert_eq!(world.resources(truth).len(), 1);
    let told = world.phone(JAMES).news().split_off(seen);
    assert_eq!(told.len(), 1, "{told:#?}");
    let expected = if what == "book" { "late_booked_details_v1" } else { "late_cancelled_details_v1" };
    assert_eq!(told[0].0["body"]["template"]["name"], expected);
}

#[test]
fn a_write_in_doubt_whose_patient_nobody_can_be_asked_about_goes_to_people() {
    let mut world = World::start();
    let token = {
        let phone = world.phone(JAMES);
        phone.taps(&booked(&phone), "Cancel appointment").option("Yes, cancel it")
    };
    world.fault("ehr", "POST /", "hang", 1);
    let seen = world.phone(JAMES).news().len();
    world.phone(JAMES).send(serde_json::json!({ "tap": token }));
    met(&world);
    world.kill_change_and_restart(|dir| {
        let database = dir.join("wasl.db");
        let mut conn = diesel::SqliteConnection::establish(database.to_str().unwrap()).unwrap();
        conn.batch_execute("UPDATE contact SET address_s = NULL").unwrap();
    });
    world.advance("PT4H");
    assert_eq!(texts(&world.phone(JAMES)).len(), seen, "nothing is claimed that is not known");
    assert_eq!(world.resources("Task?status=requested").len(), 1, "people look");
    assert_eq!(holds(&world), (1, 1));
}

/// The server is killed while it brings the wish to people; after the restart nobody can be reached.
#[test]
fn a_wish_for_a_person_is_answered_also_after_a_kill() {
    let mut world = World::start();
    world.phone(JAMES).says("hi");
    let seen = world.phone(JAMES).news().len();
    world.fault("ehr", "", "hang", 1);
    world.phone(JAMES).send(serde_json::json!({ "text": "agent" }));
    met(&world);
    let ehr = |from: &'static str, to: &'static str| {
        move |dir: &Path| {
            let config = std::fs::read_to_string(dir.join("config.toml")).unwrap();
            assert!(config.contains(from));
            std::fs::write(dir.join("config.toml"), config.replace(from, to)).unwrap();
        }
    };
    world.kill_change_and_restart(ehr("/sandbox/fhir", "/sandbox/nowhere"));
    world.settle();
    let told = texts(&world.phone(JAMES)).split_off(seen);
    assert_eq!(told.len(), 1, "at once, before any lease lapses: {told:?}");
    assert!(told[0].starts_with("We cannot reach our team"), "{told:?}");
    world.kill_change_and_restart(ehr("/sandbox/nowhere", "/sandbox/fhir"));
    world.advance("PT10M");
    assert_eq!(world.resources("Task?status=requested").len(), 1);
}

#[rstest]
#[case::not_done("hang", 1..=1)]
#[case::done("work-hang", 1..=2)]
fn an_emergency_whose_answer_may_not_have_gone_out_is_answered_again_at_once(
    #[case] fault: &str,
    #[case] times: std::ops::RangeInclusive<usize>,
) {
    let mut world = World::start();
    world.phone(JAMES).says("hi");
    let seen = world.phone(JAMES).news().len();
    world.fault("graph", "POST /", fault, 1);
    world.phone(JAMES).send(serde_json::json!({ "text": "help, chest pain" }));
    met(&world);
    world.kill_and_restart();
    world.settle();
    let told = texts(&world.phone(JAMES)).split_off(seen);
    assert!(times.contains(&told.len()), "{fault}: {told:?}");
    assert!(told.iter().all(|text| text == "Please call now"), "{told:?}");
}

#[test]
fn what_no_look_up_settles_is_said_as_it_is_and_goes_to_people() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let confirmation = to_the_confirmation(&phone);
    world.fault("ehr", "POST /", "lost-answer", 1);
    assert!(phone.taps(&confirmation, "Confirm booking").text().starts_with("We have your request."));
    world.fault("ehr", "GET /", "status:503", 100_000);
    world.advance("PT3H");
    let told = phone.answer();
    let expected = "We could not find out yet whether your last request at Oasis Hospital went through. \
        Our team is checking and will tell you.";
    assert_eq!(told.text(), expected);
    assert_eq!(told.labels(), ["My appointments", "Menu", "Talk to our team"]);
    world.clear_faults();
    world.advance("PT1H");
    phone.hears_nothing();
    assert_eq!(holds(&world), (1, 1));
    assert_eq!(world.resources("Task?status=requested").len(), 1, "somebody looks");
}

/// The button of the last step before a write of `what`.
fn last_button(phone: &Phone<'_>, what: &str) -> String {
    match what {
        "book" => to_the_confirmation(phone).option("Confirm booking"),
        "move" => {
            let times = phone.taps(&booked(phone), "Move appointment");
            phone.taps(&times, "#2").option("Confirm new time")
        }
        _ => phone.taps(&booked(phone), "Cancel appointment").option("Yes, cancel it"),
    }
}

/// What is said when it is done, and what the EHR then holds: appointments, busy slots.
fn truth_of(what: &str) -> (&'static str, (usize, usize)) {
    match what {
        "book" => ("Your appointment is booked.", (1, 1)),
        "move" => ("Your appointment has been moved.", (1, 1)),
        _ => ("Your appointment is cancelled", (0, 0)),
    }
}

#[rstest]
fn a_change_whose_answer_is_lost_is_pending_and_then_the_truth(
    #[values("move", "cancel")] what: &str,
    #[values("lost-answer", "reset", "html")] fault: &str,
) {
    let world = World::start();
    let phone = world.phone(JAMES);
    let token = last_button(&phone, what);
    world.fault("ehr", "POST /", fault, 1);
    let pending = phone.taps_id(&token);
    assert!(pending.text().starts_with("We have your request."), "{what} {fault}: {}", pending.text());
    world.advance("PT2M");
    let (text, held) = truth_of(what);
    assert_eq!(texts(&phone), [text], "{what} {fault}");
    assert_eq!(holds(&world), held, "{what} {fault}");
    world.advance("PT2H");
    phone.hears_nothing();
}

/// The first reading of the slot or the appointment itself comes after the decision was made durable.
#[rstest]
#[case::book("book", "GET /Slot/")]
#[case::move_it("move", "GET /Appointment/")]
#[case::cancel("cancel", "GET /Appointment/")]
fn killed_between_the_decision_and_the_write(#[case] what: &str, #[case] read: &str) {
    for mut world in everywhere() {
        let token = last_button(&world.phone(JAMES), what);
        let seen = world.phone(JAMES).news().len();
        world.fault("ehr", read, "hang", 1);
        world.phone(JAMES).send(serde_json::json!({ "tap": token }));
        met(&world);
        world.kill_and_restart();
        world.advance("PT4M");
        let (text, held) = truth_of(what);
        // Nobody knows whether the one that was killed had asked yet: that is said, then the truth.
        let pending = "We have your request. It is not confirmed yet because the appointment system is slow.";
        let told = texts(&world.phone(JAMES)).split_off(seen);
        assert_eq!(told, [pending, text], "{what}: done and told once");
        assert_eq!(holds(&world), held, "{what}");
    }
}

/// Two requests to "Meta" follow a tap: the read mark and the answer.
#[rstest]
fn killed_while_the_truth_is_told(
    #[values("book", "move", "cancel")] what: &str,
    #[values("hang", "work-hang")] fault: &str,
) {
    let mut world = World::start();
    let token = last_button(&world.phone(JAMES), what);
    let seen = world.phone(JAMES).news().len();
    world.fault("graph", "POST /", fault, 2);
    world.phone(JAMES).send(serde_json::json!({ "tap": token }));
    met(&world);
    world.kill_and_restart();
    world.advance("PT4M");
    let (text, held) = truth_of(what);
    assert_eq!(texts(&world.phone(JAMES)).split_off(seen), [text], "{what} {fault}: told once");
    assert_eq!(holds(&world), held, "{what} {fault}: done once");
}

#[test]
fn a_work_item_whose_answer_is_lost_is_one_and_told_in_the_end() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    world.fault("ehr", "POST /Task", "lost-answer", 1);
    phone.send(serde_json::json!({ "text": "agent" }));
    world.settle();
    world.advance("PT10M");
    let told: Vec<String> = phone.news().iter().map(Message::text).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("We cannot reach our team"), "nobody knows: {}", told[0]);
    assert!(told[1].starts_with("Your request is with our team."), "{}", told[1]);
    assert!(told[1].contains("Hospital phone: +966110000000"), "{}", told[1]);
    assert_eq!(world.resources("Task?status=requested").len(), 1, "done before, found again");
}

#[test]
fn a_record_of_a_message_whose_answer_is_lost_is_one() {
    let records = |lost: u32| {
        let world = World::start();
        let phone = world.phone(JAMES);
        let confirmation = to_the_confirmation(&phone);
        if lost > 0 {
            world.fault("ehr", "POST /Communication", "lost-answer", lost);
        }
        phone.taps(&confirmation, "Confirm booking");
        world.advance("PT30M");
        let (_, faults) = world.get("/sandbox/api/faults");
        assert_eq!(faults["faults"].as_array().map(Vec::len), Some(0), "the answer was lost");
        world.resources("Communication").len()
    };
    let all = records(0);
    assert!(all > 0);
    assert_eq!(records(1), all);
}
