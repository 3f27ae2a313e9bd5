//! Bad input from outside: whatever arrives, the batch is taken, nobody else is touched, and the conversation goes on.

use crate::meta::{NUMBER, everywhere, notice, now, said, webhook};
use crate::stories::booking::{booked, to_the_times};
use crate::world::{Message, Phone, World};
use rstest::rstest;
use serde_json::{Value, json};
use std::process::Command;

const AMAL: &str = "+966500000001";
const JAMES: &str = "+966500000004";
const EXPIRED: &str = "That button has expired, so we did nothing.";

fn texts(phone: &Phone<'_>) -> Vec<String> {
    phone.news().iter().map(Message::text).collect()
}

/// Every type of message with something in it.
fn samples() -> Vec<(&'static str, Value)> {
    let media = json!({ "id": "1", "mime_type": "x/y", "sha256": "x", "caption": "my result" });
    vec![
        ("text", json!({ "body": "hello" })),
        ("image", media.clone()),
        ("video", media.clone()),
        ("audio", media.clone()),
        ("document", media.clone()),
        ("sticker", media),
        ("location", json!({ "latitude": 24.7, "longitude": 46.6 })),
        ("contacts", json!([{ "origin": "contact_request", "phones": [{ "phone": "+966501000001" }] }])),
        ("reaction", json!({ "message_id": "wamid.x", "emoji": "\u{1F44D}" })),
        ("button", json!({ "payload": "CONFIRM", "text": "Confirm" })),
        ("interactive", json!({ "type": "button_reply", "button_reply": { "id": "x", "title": "x" } })),
        ("order", json!({ "catalog_id": "1", "product_items": [] })),
        ("system", json!({ "type": "user_changed_number", "wa_id": "966500000099" })),
        ("unsupported", json!({ "type": "poll" })),
        ("edit", json!({ "original_message_id": "wamid.x" })),
        ("revoke", json!({ "original_message_id": "wamid.x" })),
        ("hologram", json!({ "id": "1" })),
    ]
}

/// A content bent in ways that each broke somebody's integration.
fn bent(kind: &str, content: &Value) -> Vec<Value> {
    let message = |content: Value| json!({ "type": kind, kind: content });
    let mut all = vec![
        json!({ "type": kind }),
        json!({ "type": [kind] }),
        json!({ "type": kind.to_uppercase(), kind: content }),
        message(json!(null)),
        message(json!("text")),
        message(json!([content])),
        message(json!(7)),
        message(json!({})),
    ];
    for odd in [json!(null), json!({}), json!([1, 2]), json!(-1), json!("x".repeat(64 * 1024))] {
        let mut one = content.clone();
        for (_, member) in one.as_object_mut().into_iter().flatten() {
            *member = odd.clone();
        }
        all.push(message(one));
    }
    let with = |member: &str, value: Value| {
        let mut one = message(content.clone());
        one[member] = value;
        one
    };
    all.push(with("context", json!("wamid.x")));
    all.push(with("context", json!({ "id": ["x"], "forwarded": "yes" })));
    all.push(with("referral", json!([])));
    all.push(with("timestamp", json!("yesterday")));
    all.push(with("timestamp", json!(-1)));
    all.push(with("errors", json!([{ "code": "x" }, null])));
    all
}

#[test]
fn every_type_of_message_malformed_and_oversized() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        phone.says("hi");
        let mut n = 0;
        for (kind, content) in samples() {
            // A person's messages beyond fifteen a minute get no turn: each type has a minute of its own.
            world.advance("PT2M");
            let at = now(&world).to_string();
            let mut messages = vec![];
            for mut one in bent(kind, &content) {
                n += 1;
                one["from"] = json!("966500000004");
                one["id"] = json!(format!("wamid.bent{n}"));
                if one["timestamp"].is_null() {
                    one["timestamp"] = json!(at);
                }
                messages.push(one);
            }
            let count = messages.len();
            let body = said(json!(messages), json!([{ "wa_id": "966500000004" }, null, 7]));
            assert_eq!(webhook(&world, &body), 200, "{kind}");
            world.settle();
            let answers = texts(&phone);
            assert!(answers.len() <= count, "{kind}: at most one answer each");
        }
        world.advance("PT2M");
        assert!(!phone.says("menu").text().is_empty(), "the conversation goes on");
        assert!(world.resources("Appointment").is_empty());
    }
}

#[test]
fn one_odd_item_among_a_thousand() {
    for world in everywhere() {
        let (james, amal) = (world.phone(JAMES), world.phone(AMAL));
        james.says("hi");
        amal.says("مرحبا");
        let at = now(&world).to_string();
        let text = |from: &str, n: usize, body: &str| {
            json!({ "from": from, "id": format!("wamid.k{n}"), "timestamp": at, "type": "text",
                "text": { "body": body } })
        };
        let mut messages: Vec<Value> = (0..998)
            .map(|n| {
                json!({ "from": format!("9665700{n:05}"), "id": format!("wamid.r{n}"), "timestamp": at,
                    "type": "reaction", "reaction": { "message_id": "wamid.x" } })
            })
            .collect();
        messages.insert(500, json!({ "type": 7, "from": [], "id": {} }));
        messages.insert(250, text("966500000004", 1, "menu"));
        messages.push(text("966500000001", 2, "القائمة"));
        assert_eq!(messages.len(), 1_001);
        let body = said(json!(messages), json!([]));
        // A thousand strangers at once on a busy machine: what is not durable in time is answered with 503, and "Meta"
        // comes again, as it does for days.
        let answers: Vec<u16> = (0..8).map(|_| webhook(&world, &body)).take_while(|it| *it != 200).collect();
        assert!(answers.len() < 8 && answers.iter().all(|it| *it == 503), "{answers:?}");
        world.settle();
        assert_eq!(texts(&james), ["How can we help?"]);
        assert_eq!(texts(&amal), ["كيف نساعدك؟"]);
        assert_eq!(webhook(&world, &body), 200, "delivered again");
        world.settle();
        assert!(texts(&james).is_empty() && texts(&amal).is_empty());
    }
}

#[test]
fn changes_of_every_field_in_one_body() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let message = json!({ "from": "966500000004", "id": "wamid.f1", "timestamp": now(&world).to_string(),
        "type": "text", "text": { "body": "menu" } });
    let metadata = json!({ "phone_number_id": NUMBER, "display_phone_number": "15550001111" });
    let changes = json!([
        { "field": "calls", "value": { "calls": "x" } },
        { "field": "user_preferences", "value": { "user_preferences": [null, { "category": 7 }] } },
        { "field": "user_id_update", "value": {} },
        { "field": 7, "value": {} },
        { "field": "messages", "value": { "metadata": metadata, "statuses": [null, { "id": 7 }] } },
        { "field": "messages", "value": { "metadata": { "phone_number_id": "1" }, "messages": [message] } },
        { "field": "messages", "value": { "metadata": metadata, "messages": [message] } },
        { "field": "account_update", "value": { "event": "x".repeat(10_000) } },
        null,
    ]);
    let body =
        json!({ "object": "whatsapp_business_account", "entry": [null, { "id": "1", "changes": changes }] });
    assert_eq!(webhook(&world, body.to_string().as_bytes()), 200);
    assert_eq!(phone.answer().text(), "How can we help?", "ours, once; the other number is not ours");
}

#[rstest]
#[case::sixty_four_kilobytes("ألف باء ".repeat(4_096))]
#[case::one_word_without_end("x".repeat(64 * 1024))]
#[case::emojis_only("\u{1F600}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}".repeat(200))]
#[case::zalgo("h\u{0301}\u{0350}\u{0489}".repeat(2_000))]
#[case::turned_round("\u{202E}unem\u{202C}\u{2066}\u{2067}\u{200F}".repeat(50))]
#[case::invisible("\u{200B}\u{200C}\u{200D}\u{FEFF}\u{00AD}".repeat(500))]
#[case::control("\u{0}\u{7}\u{1B}[31m\r\n\t".repeat(50))]
#[case::markup("*_~`".repeat(1_000))]
#[case::digits("٠١٢٣٤٥٦٧٨٩".repeat(1_000))]
#[case::a_template("{{1}} { $clinic } <script>alert(1)</script> ' OR 1=1 --".to_owned())]
fn a_text_nobody_can_read(#[case] text: String) {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let answer = phone.says(&text);
    let shown = answer.text();
    assert!(!shown.contains("script") && !shown.contains("\u{202E}") && shown.len() < 1_024, "{shown}");
    assert_eq!(phone.says("menu").text(), "How can we help?");
}

#[test]
fn menu_with_bidi_marks_and_zalgo_is_still_menu() {
    let world = World::start();
    let phone = world.phone(AMAL);
    phone.says("مرحبا");
    assert_eq!(phone.says("\u{200F}القا\u{0651}ئمة\u{200E}").text(), "كيف نساعدك؟");
}

#[test]
fn a_button_bent_in_any_bit_does_nothing() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let token = phone.taps(&times, "#0").option("Confirm booking");
        let sealed = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
        // One bit in each part: version, epoch, nonce, every coordinate, tag.
        for (n, byte) in (0..sealed.len()).step_by(7).enumerate() {
            if n % 10 == 9 {
                world.advance("PT2M");
            }
            let mut bent = sealed.clone();
            bent[byte] ^= 1 << (n % 8);
            let bent = data_encoding::BASE64URL_NOPAD.encode(&bent);
            assert!(phone.taps_id(&bent).text().starts_with(EXPIRED), "byte {byte}");
        }
        for odd in [&token[1..], &format!("{token}A"), &token.to_uppercase(), "", " ", &"A".repeat(100_000)] {
            world.advance("PT1M");
            let id = if odd.is_empty() { "-" } else { odd };
            assert!(phone.taps_id(id).text().starts_with(EXPIRED), "{} characters", odd.len());
        }
        assert!(world.resources("Appointment?patient=Patient/demo-4").is_empty());
        let booked = phone.taps_id(&token);
        assert!(
            booked.text().starts_with("Your appointment is booked."),
            "the right one works: {}",
            booked.text()
        );
    }
}

#[test]
fn buttons_swapped_between_people_and_clinics() {
    let world = World::start();
    let (james, amal) = (world.phone(JAMES), world.phone(AMAL));
    let mine = booked(&james, 0, false).option("Cancel appointment");
    let theirs = booked(&amal, 1, true).option("إلغاء الموعد");
    assert!(james.taps_id(&theirs).text().starts_with(EXPIRED));
    assert!(amal.taps_id(&mine).text().starts_with("انتهت صلاحية هذا الزر"));
    let elsewhere = world.phone_at(JAMES, "106540000000002");
    elsewhere.news();
    elsewhere.says("hello");
    assert!(elsewhere.taps_id(&mine).text().starts_with(EXPIRED), "another clinic's number");
    assert_eq!(world.resources("Appointment?status=booked").len(), 2);
}

#[test]
fn a_button_of_yesterday_and_one_under_a_retired_key() {
    let mut world = World::start();
    let old = booked(&world.phone(JAMES), 0, false).option("Cancel appointment");
    world.advance("P1DT1M");
    let (kept, asked) = {
        let phone = world.phone(JAMES);
        phone.news();
        let expired = phone.taps_id(&old);
        assert!(expired.text().starts_with(EXPIRED), "{}", expired.text());
        let services = phone.taps(&expired, "Book appointment");
        let times = phone.taps(&services, "#0");
        let confirmation = phone.taps(&times, "#0");
        (confirmation.option("Confirm booking"), confirmation.text())
    };
    assert!(asked.starts_with("Shall we book this time for you?"), "{asked}");
    let config = world.dir().join("config.toml");
    for command in [vec!["keys", "rotate"], vec!["keys", "retire", "1"]] {
        let done = Command::new(env!("CARGO_BIN_EXE_wasl"))
            .args(&command)
            .args(["--config", config.to_str().unwrap()])
            .output()
            .unwrap();
        assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    world.kill_and_restart();
    let phone = world.phone(JAMES);
    phone.news();
    // Under retired keys nobody is known either: the answer is a stranger's, in the clinic's own language.
    let retired = phone.taps_id(&kept);
    assert!(retired.text().starts_with("انتهت صلاحية هذا الزر"), "{}", retired.text());
    assert_eq!(world.resources("Appointment?status=booked").len(), 1);
}

#[test]
fn messages_come_in_any_order() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        phone.says("hi");
        let base = now(&world);
        // The status of an answer before the message it answers, a later message before an earlier one.
        let later = json!({ "from": "966500000004", "id": "wamid.o2", "timestamp": base.to_string(), "type": "text",
            "text": { "body": "stop" } });
        let earlier = json!({ "from": "966500000004", "id": "wamid.o1", "timestamp": (base - 60).to_string(),
            "type": "text", "text": { "body": "start" } });
        assert_eq!(webhook(&world, &said(json!([later]), json!([]))), 200);
        assert_eq!(webhook(&world, &said(json!([earlier]), json!([]))), 200);
        world.settle();
        let answers = texts(&phone);
        assert!(answers[0].starts_with("All messages to this number are stopped."), "{answers:?}");
        assert_eq!(answers.len(), 2);
    }
}

#[test]
fn the_clock_steps_an_hour_back_and_forth() {
    for world in everywhere() {
        let phone = world.phone(JAMES);
        let times = to_the_times(&phone, "hi", "Book appointment");
        let step = |hours: i64| {
            let to = wasl::clock::from_millis((now(&world) + hours * 3_600) * 1_000).to_rfc3339();
            let (status, answer) = world.post("/sandbox/api/clock", json!({ "to": to }));
            assert_eq!(status, 200, "{answer}");
        };
        // A clock that was put back costs the next answer the six seconds of the pair rate, and not the hour.
        let after_a_while = |message: &Message, label: &str| {
            phone.tap_only(message, label);
            world.settle();
            world.advance("PT6S");
            phone.answer()
        };
        step(-1);
        let confirmation = after_a_while(&times, "#1");
        assert!(
            confirmation.text().starts_with("Shall we book this time for you?"),
            "{}",
            confirmation.text()
        );
        step(1);
        let booked = phone.taps(&confirmation, "Confirm booking");
        assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
        step(-1);
        let mine = after_a_while(&booked, "Move appointment");
        assert!(mine.text().starts_with("Which new time suits you?"), "{}", mine.text());
        step(2);
        step(-1);
        let asked = after_a_while(&booked, "Cancel appointment");
        step(1);
        let done = phone.taps(&asked, "Yes, cancel it");
        assert!(done.text().starts_with("Your appointment is cancelled"), "{}", done.text());
        assert!(world.resources("Appointment?status=booked").is_empty());
    }
}

#[test]
fn who_is_not_meta_is_not_heard() {
    let world = World::start();
    let phone = world.phone(JAMES);
    phone.says("hi");
    let body = said(
        json!([{ "from": "966500000004", "id": "wamid.u1", "type": "text", "text": { "body": "stop" } }]),
        json!([]),
    );
    let text: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(world.post("/webhooks/whatsapp", text).0, 401);
    notice(&world, "messages", json!({ "messages": [] }));
    phone.hears_nothing();
    assert!(
        phone.says("stop").text().starts_with("All messages to this number are stopped."),
        "not stopped before"
    );
}
