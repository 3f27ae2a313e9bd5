//! Everything WhatsApp can bring: what a patient sends, how late it comes, and how much of it.

use crate::meta::{asked, everywhere, notice, now, said, webhook, work};
use crate::stories::booking::{booked, to_the_times};
use crate::world::{Phone, World};
use rstest::rstest;
use serde_json::{Value, json};

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";
const LATE: &str = "Your message reached us late because of a fault on our side, and we did nothing.";
const FLOOD: &str = "We got all your messages. One is enough";
const OTHER: &str = "The assistant can only read text and buttons.";

fn call(world: &World, id: &str, event: &str, from: &str) {
    let call = json!({ "id": id, "from": from, "to": "15550001111", "event": event,
        "direction": "USER_INITIATED", "timestamp": now(world).to_string() });
    notice(world, "calls", json!({ "calls": [call] }));
    world.settle();
}

#[test]
fn i_call_and_nobody_can_take_it() {
    for world in everywhere() {
        // Whoever never wrote may be answered: the call has opened the window.
        let phone = world.phone("+966501000002");
        call(&world, "wacid.1", "connect", "966501000002");
        let answer = phone.answer();
        assert!(answer.text().starts_with("هاتف المستشفى: +966110000000"), "{}", answer.text());
        let rejected = asked(&world, "calls");
        assert_eq!(
            rejected,
            [json!({ "messaging_product": "whatsapp", "call_id": "wacid.1", "action": "reject" })]
        );
        call(&world, "wacid.1", "connect", "966501000002");
        call(&world, "wacid.1", "terminate", "966501000002");
        notice(&world, "calls", json!({ "statuses": [{ "id": "wacid.1", "status": "REJECTED" }] }));
        phone.hears_nothing();
        assert_eq!(asked(&world, "calls").len(), 1, "turned away once");
        let when = phone.taps(&answer, "طلب مكالمة");
        assert!(when.text().starts_with("متى يناسبك أن نتصل؟"), "{}", when.text());
    }
}

#[test]
fn a_call_that_reaches_us_late_is_answered_and_not_turned_away() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let call = json!({ "id": "wacid.1", "from": "966500000004", "event": "connect",
        "timestamp": (now(&world) - 600).to_string() });
    notice(&world, "calls", json!({ "calls": [call] }));
    assert!(phone.answer().text().starts_with("Hospital phone:"));
    assert!(asked(&world, "calls").is_empty(), "it has long stopped ringing");
}

#[test]
fn an_advertisement_led_me_here() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let ad = |text: &str| {
        json!({ "type": "text", "text": { "body": text }, "referral": { "source_type": "ad", "source_id": "1",
            "source_url": "https://fb.me/x", "headline": "Skin clinic", "ctwa_clid": "x" } })
    };
    phone.raw(ad("Hello! Can I get more info on this?"));
    assert!(phone.answer().text().starts_with("Welcome to Oasis Hospital."));
    phone.raw(ad("Hello! Can I get more info on this?"));
    assert!(phone.answer().text().starts_with("Welcome back"));
    phone.raw(ad("my appointments"));
    assert_eq!(phone.answer().text(), "You have no appointments coming up.", "their own words count");
    phone.raw(json!({ "type": "request_welcome" }));
    assert!(phone.answer().text().starts_with("Welcome back"));
    phone.raw(json!({ "type": "unsupported", "errors": [{ "code": 131060, "title": "This message is unavailable" }] }));
    let again = phone.answer();
    assert!(again.text().ends_with("Please send it again."), "{}", again.text());
}

#[rstest]
#[case::reaction(json!({ "type": "reaction", "reaction": { "message_id": "wamid.x", "emoji": "\u{1F44D}" } }))]
#[case::reaction_taken_back(json!({ "type": "reaction", "reaction": { "message_id": "wamid.x" } }))]
#[case::edited(json!({ "type": "edit", "edit": { "original_message_id": "wamid.x",
    "message": { "type": "text", "text": { "body": "book" } } } }))]
#[case::deleted(json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.x" } }))]
#[case::may_call(json!({ "type": "interactive", "interactive": { "type": "call_permission_reply",
    "call_permission_reply": { "response": "accept", "response_source": "automatic" } } }))]
#[case::in_a_group(json!({ "type": "text", "text": { "body": "my appointments" }, "group_id": "Y2FwaV9ncm91cDox" }))]
#[case::a_change_nobody_knows(json!({ "type": "system", "system": { "type": "user_got_older", "body": "x" } }))]
fn silence_is_the_answer(#[case] raw: Value) {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    phone.raw(raw);
    phone.hears_nothing();
    assert_eq!(phone.says("menu").text(), "How can we help?", "and the conversation goes on");
}

#[rstest]
#[case::order(json!({ "type": "order", "order": { "catalog_id": "1", "product_items": [] } }))]
#[case::form(json!({ "type": "interactive", "interactive": { "type": "nfm_reply",
    "nfm_reply": { "name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"x\"}" } } }))]
#[case::poll(json!({ "type": "unsupported", "errors": [{ "code": 131051 }], "unsupported": { "type": "poll" } }))]
#[case::bare(json!({ "type": "unsupported" }))]
#[case::card(json!({ "type": "contacts", "contacts": [{ "phones": [{ "phone": "+966500000001" }] }] }))]
#[case::sticker(json!({ "type": "sticker", "sticker": { "id": "1", "animated": true } }))]
#[case::of_next_year(json!({ "type": "hologram", "hologram": { "id": "1" } }))]
#[case::interactive_of_next_year(json!({ "type": "interactive", "interactive": { "type": "dial" } }))]
fn what_cannot_be_read_is_said_so_and_once_an_hour(#[case] raw: Value) {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    phone.raw(raw.clone());
    let answer = phone.answer();
    assert!(answer.text().starts_with(OTHER), "{}", answer.text());
    phone.raw(raw);
    phone.hears_nothing();
}

#[rstest]
#[case::voice(json!({ "type": "audio", "audio": { "id": "1", "voice": true, "url": "https://lookaside.fbsbx.com/x" } }))]
#[case::report(json!({ "type": "document", "document": { "id": "1", "filename": "result.pdf", "caption": "my result" } }))]
#[case::picture(json!({ "type": "image", "image": { "id": "1", "mime_type": "image/jpeg", "sha256": "x" },
    "context": { "forwarded": true } }))]
#[case::film(json!({ "type": "video", "video": {} }))]
#[case::place(json!({ "type": "location", "location": { "latitude": 24.7, "longitude": 46.6 } }))]
fn what_i_send_is_never_opened(#[case] raw: Value) {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    phone.raw(raw);
    let answer = phone.answer();
    assert!(answer.text().contains("not") && answer.text().contains("keep"), "{}", answer.text());
    let requests = world.get("/sandbox/api/requests").1["requests"].as_array().unwrap().clone();
    let fetched = |request: &&Value| request["path"].as_str().unwrap().ends_with("/1");
    assert_eq!(requests.iter().filter(fetched).count(), 0, "no media is asked for");
}

/// A tap as Meta words it, sent so many seconds ago.
fn tap(world: &World, id: &str, seconds: i64) -> Value {
    let reply = json!({ "type": "button_reply", "button_reply": { "id": id, "title": "x" } });
    json!({ "type": "interactive", "interactive": reply, "timestamp": (now(world) - seconds).to_string() })
}

fn typed(world: &World, text: &str, seconds: i64) -> Value {
    json!({ "type": "text", "text": { "body": text }, "timestamp": (now(world) - seconds).to_string() })
}

#[test]
fn i_confirmed_twenty_minutes_ago_and_you_were_away() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let confirmation = phone.taps(&times, "#0");
        phone.raw(tap(&world, &confirmation.option("Confirm booking"), 1_200));
        let late = phone.answer();
        assert!(late.text().starts_with(LATE), "{}", late.text());
        assert!(world.resources("Appointment?patient=Patient/demo-4").is_empty());
        phone.raw(typed(&world, "yes", 900));
        assert!(phone.answer().text().starts_with(LATE), "a yes that is as late is asked as well");
        let done = phone.taps(&late, "Yes");
        assert!(done.text().starts_with("Your appointment is booked."), "{}", done.text());
        phone.raw(tap(&world, &confirmation.option("Confirm booking"), 1_200));
        phone.answer();
        assert_eq!(world.resources("Appointment?patient=Patient/demo-4").len(), 1);
    }
}

#[test]
fn i_typed_yes_long_ago_and_nothing_was_cancelled() {
    let world = World::start();
    let phone = world.phone(JAMES);
    let mine = booked(&phone, 0, false);
    phone.taps(&mine, "Cancel appointment");
    phone.raw(typed(&world, "yes", 1_200));
    let late = phone.answer();
    assert!(late.text().starts_with(LATE), "{}", late.text());
    assert_eq!(world.resources("Appointment?status=booked&patient=Patient/demo-4").len(), 1);
    assert!(phone.taps(&late, "No, thank you").text().starts_with("Welcome back"));
}

#[test]
fn all_i_wrote_during_the_outage_arrives_at_once() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        phone.says("hi");
        for text in ["book an appointment", "book", "my appointments"] {
            phone.raw(typed(&world, text, 3_600));
        }
        let late = phone.answer();
        assert!(late.text().starts_with(LATE), "asked once: {}", late.text());
        assert_eq!(phone.taps(&late, "Yes").text(), "Which service do you need?");
        phone.raw(typed(&world, "agent", 3_600));
        assert!(phone.answer().text().starts_with("Your request is with our team."), "a person is a person");
        phone.raw(typed(&world, "chest pain", 3_600));
        assert!(phone.answer().text().starts_with("Please call now: 997"));
        phone.raw(typed(&world, "stop", 3_600));
        assert!(phone.answer().text().starts_with("All messages to this number are stopped."));
    }
}

#[test]
fn what_i_wrote_two_days_ago_takes_effect_and_cannot_be_answered() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    world.advance("P3D");
    phone.raw(typed(&world, "menu", 2 * 86_400));
    phone.hears_nothing();
    phone.raw(typed(&world, "stop", 2 * 86_400));
    phone.hears_nothing();
    let refused = crate::meta::figures(&world, "wasl_sends_total{outcome=\"retemplate\"}");
    assert!(refused.is_empty(), "Meta was not even asked: {refused:?}");
    assert!(phone.says("stop").text().starts_with("Messages are already stopped."), "STOP held");
}

#[test]
fn six_days_later_meta_delivers_everything_again() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let mine = booked(&phone, 0, false);
        let asked = phone.taps(&mine, "Cancel appointment");
        let mut keep = tap(&world, &asked.option("Keep appointment"), 0);
        keep["id"] = json!("wamid.keep");
        phone.raw(keep.clone());
        phone.answer();
        let call = json!({ "id": "wacid.9", "from": "966500000004", "event": "connect",
            "timestamp": now(&world).to_string() });
        notice(&world, "calls", json!({ "calls": [call] }));
        phone.answer();
        world.advance("P6D");
        phone.raw(keep);
        notice(&world, "calls", json!({ "calls": [call] }));
        phone.hears_nothing();
    }
}

/// So many texts of one person in one webhook.
fn many(world: &World, from: &str, prefix: &str, text: &str, count: usize) {
    let at = now(world).to_string();
    let one = |n: usize| {
        json!({ "from": from, "id": format!("wamid.{prefix}{n}"), "timestamp": at, "type": "text",
            "text": { "body": text } })
    };
    let messages: Vec<Value> = (0..count).map(one).collect();
    assert_eq!(webhook(world, &said(json!(messages), json!([{ "wa_id": from }]))), 200);
    world.settle();
}

fn texts(phone: &Phone<'_>) -> Vec<String> {
    phone.news().iter().map(crate::world::Message::text).collect()
}

#[test]
fn my_child_sends_a_hundred_messages_in_a_second() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        phone.says("hi");
        many(&world, "966500000004", "a", "menu", 100);
        let heard = phone.news();
        assert_eq!(heard.len(), 15, "fourteen turns and one word about it");
        assert!(heard[..14].iter().all(|message| message.text() == "How can we help?"));
        let flood = &heard[14];
        assert!(flood.text().starts_with(FLOOD), "{}", flood.text());
        many(&world, "966500000004", "b", "menu", 20);
        assert!(texts(&phone).is_empty(), "said once");
        let services = phone.taps(flood, "Book appointment");
        assert_eq!(services.text(), "Which service do you need?", "its buttons work");
        many(&world, "966500000004", "c", "stop", 3);
        many(&world, "966500000004", "d", "chest pain", 5);
        let heard = texts(&phone);
        assert_eq!(heard.len(), 2, "each kind is heeded at once, and answered once: {heard:?}");
        assert!(heard[0].starts_with("All messages to this number are stopped."), "{heard:?}");
        assert!(heard[1].starts_with("Please call now: 997"), "{heard:?}");
        assert_eq!(work(&world, "Urgent: call").len(), 1);
        assert!(texts(&world.phone(AMAL)).is_empty(), "nobody else is concerned");
        world.advance("PT2M");
        assert_eq!(phone.says("menu").text(), "How can we help?", "a quiet minute ends it");
    }
}

#[test]
fn the_same_flood_again_changes_nothing() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    many(&world, "966500000004", "a", "menu", 40);
    phone.news();
    world.advance("PT3M");
    many(&world, "966500000004", "a", "menu", 40);
    assert!(texts(&phone).is_empty(), "every one of them was heard before");
}

#[test]
fn no_marketing_please_and_the_rest_goes_on() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        phone.says("hi");
        let switch = |value: &str, at: i64| {
            let one = json!({ "wa_id": "966500000004", "user_id": "SA.1000000000000004", "value": value,
                "category": "marketing_messages", "timestamp": at });
            notice(&world, "user_preferences", json!({ "user_preferences": [one] }));
            world.settle();
        };
        switch("stop", now(&world));
        let consents = || {
            let (_, panel) = world.get("/sandbox/api/panel?from=james");
            let tables = panel["database"]["tables"].as_array().unwrap().clone();
            tables.iter().find(|table| table["name"] == "consent").unwrap()["rows"].clone()
        };
        assert_eq!(consents(), json!(1));
        switch("resume", now(&world) + 5);
        assert_eq!(consents(), json!(1), "one word for each purpose");
        assert!(phone.says("stop").text().starts_with("All messages to this number are stopped."));
        assert_eq!(consents(), json!(2), "STOP is another purpose");
        phone.hears_nothing();
    }
}
