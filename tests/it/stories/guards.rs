//! What comes before everything: stop, a person, an emergency; who writes; what cannot be read.

use crate::world::World;
use serde_json::json;

#[test]
fn stop_and_start_take_effect_and_who_writes_is_still_answered() {
    let world = World::start();
    let phone = world.phone("+966500000004");
    phone.says("hi");
    assert!(phone.says("STOP").text().starts_with("All messages to this number are stopped."));
    assert!(phone.says("stop").text().starts_with("Messages are already stopped."));
    assert_eq!(phone.says("menu").text(), "How can we help?");
    assert!(phone.says("start").text().starts_with("Messages are on."));
}

#[test]
fn an_emergency_is_answered_in_any_state_with_the_number_first() {
    let world = World::start();
    let phone = world.phone("+966500000001");
    let answer = phone.says("الحقوني صدري يعورني");
    assert!(answer.text().starts_with("يرجى الاتصال الآن: 997\n"), "{}", answer.text());
    let back = phone.taps(&answer, "ليست حالة طارئة");
    assert_eq!(back.text(), "شكرا للتوضيح. كيف نساعدك؟");
    world.settle();
    let tasks = world.resources("Task?status=requested");
    assert_eq!(tasks.len(), 1);
    assert!(!tasks[0].to_string().contains("صدري"), "nothing that was typed");
}

#[test]
fn a_person_is_a_task_in_the_ehr_and_told_honestly() {
    let world = World::start();
    let phone = world.phone("+966500000004");
    let welcome = phone.says("hi");
    let noted = phone.taps(&welcome, "Talk to our team");
    assert!(noted.text().contains("Hospital phone: +966110000000"), "{}", noted.text());
    assert_eq!(world.resources("Task?status=requested").len(), 1);
    world.fault("ehr", "", "status:500", 1_000);
    let down = phone.says("agent");
    assert!(down.text().starts_with("We cannot reach our team"), "{}", down.text());
    world.clear_faults();
    world.advance("PT10M");
    assert_eq!(world.resources("Task?status=requested").len(), 2, "the request itself is not lost");
}

#[test]
fn no_record_and_a_deceased_one_go_to_a_person_and_never_learn_why() {
    let world = World::start();
    for (person, expected) in [("unknown", "لم نجد هذا الرقم"), ("deceased", "نحتاج إلى مراجعة قصيرة")]
    {
        let phone = world.phone(person);
        let welcome = phone.says("مرحبا");
        let answer = phone.taps(&welcome, "حجز موعد");
        assert!(answer.text().starts_with(expected), "{person}: {}", answer.text());
        phone.hears_nothing();
    }
    let tasks = world.resources("Task?status=requested").len();
    assert_eq!(tasks, 2, "one work item each");
    let phone = world.phone("unknown");
    phone.news();
    phone.says("حجز موعد");
    world.settle();
    assert_eq!(world.resources("Task?status=requested").len(), tasks, "trying again makes no more of them");
    assert!(world.resources("Appointment").is_empty());
}

#[test]
fn somebody_elses_forwarded_and_damaged_buttons_do_nothing() {
    let world = World::start();
    let (james, amal) = (world.phone("+966500000004"), world.phone("+966500000001"));
    let welcome = james.says("hi");
    amal.says("مرحبا");
    let token = welcome.option("My appointments");
    assert!(amal.taps_id(&token).text().starts_with("انتهت صلاحية هذا الزر"));
    let bent = format!("B{}", &token[1..]);
    assert!(james.taps_id(&bent).text().starts_with("That button has expired"));
    james.raw(json!({ "type": "interactive", "context": { "forwarded": true },
        "interactive": { "type": "button_reply", "button_reply": { "id": token, "title": "x" } } }));
    assert!(james.answer().text().starts_with("That button belongs to another chat."));
}

#[test]
fn whatever_else_arrives_is_answered_politely_or_with_silence() {
    let world = World::start();
    let phone = world.phone("+966500000004");
    phone.says("hi");
    for (raw, expected) in [
        (json!({ "type": "audio", "audio": { "id": "1", "voice": true } }), "The assistant cannot listen"),
        (json!({ "type": "image", "image": { "id": "1" } }), "To protect your privacy, we did not open"),
        (
            json!({ "type": "location", "location": { "latitude": 1.0, "longitude": 2.0 } }),
            "We got a location",
        ),
        (json!({ "type": "hologram", "hologram": {} }), "The assistant can only read text and buttons."),
    ] {
        phone.raw(raw);
        let answer = phone.answer();
        assert!(answer.text().starts_with(expected), "{}", answer.text());
    }
    phone.raw(json!({ "type": "sticker", "sticker": { "id": "1" } }));
    phone.hears_nothing();
    phone.raw(json!({ "type": "reaction", "reaction": { "message_id": "wamid.x", "emoji": "x" } }));
    phone.hears_nothing();
    assert!(phone.says("qwerty asdf").text().starts_with("We did not quite understand."));
    assert!(phone.says("qwerty asdf").text().starts_with("Sorry, the assistant does not understand"));
}

#[test]
fn the_same_webhook_seven_days_later_has_no_second_effect() {
    let world = World::start();
    let phone = world.phone("+966500000004");
    let message = json!({ "id": "wamid.fixed", "type": "text", "text": { "body": "hi" } });
    phone.raw(message.clone());
    phone.answer();
    world.advance("P6D");
    phone.raw(message);
    phone.hears_nothing();
}

#[test]
fn the_language_changes_by_row_and_by_word() {
    let world = World::start();
    let phone = world.phone("+966500000001");
    phone.says("مرحبا");
    let menu = phone.says("القائمة");
    let english = phone.taps(&menu, "اللغة (English)");
    assert!(english.text().starts_with("Done. We will go on in English."), "{}", english.text());
    assert!(phone.says("عربي").text().starts_with("تم، نكمل بالعربية."));
    let stranger = world.phone("+33612345678");
    let asked = stranger.says("bonjour");
    assert_eq!(asked.labels(), ["العربية", "English", "التحدث مع فريقنا"]);
}
