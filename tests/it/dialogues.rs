//! Every dialogue as a patient sees it: told to a running world and written to `docs/CONVERSATION.md`.

use crate::world::{Message, Phone, Setting, World};
use serde_json::{Value, json};

/// Sunday, nine in the morning in Riyadh.
const NOW: &str = "2026-11-29T06:00:00Z";

/// What a patient does.
enum Do {
    Says(&'static str),
    Taps(&'static str),
    /// Something that is neither text nor tap, in words and as the Cloud API sends it.
    Sends(&'static str, Value),
    /// Something happens that the patient does not see.
    Meanwhile(&'static str, fn(&World)),
}
use Do::{Meanwhile, Says, Sends, Taps};

struct Dialogue {
    title: &'static str,
    person: &'static str,
    arabic: bool,
    does: Vec<Do>,
}

fn ar(title: &'static str, person: &'static str, does: Vec<Do>) -> Dialogue {
    Dialogue { title, person, arabic: true, does }
}

fn en(title: &'static str, person: &'static str, does: Vec<Do>) -> Dialogue {
    Dialogue { title, person, arabic: false, does }
}

fn image() -> Value {
    json!({ "type": "image", "image": { "id": "1", "mime_type": "image/jpeg", "sha256": "x" } })
}

fn voice() -> Value {
    json!({ "type": "audio", "audio": { "id": "1", "mime_type": "audio/ogg", "voice": true, "sha256": "x" } })
}

fn dialogues() -> Vec<Dialogue> {
    vec![
        ar(
            "A patient books",
            "amal",
            vec![Says("السلام عليكم"), Taps("حجز موعد"), Taps("الجلدية"), Taps("#0"), Taps("تأكيد الحجز")],
        ),
        en(
            "A patient books, in English",
            "james",
            vec![
                Says("hello"),
                Taps("Book appointment"),
                Taps("Family medicine"),
                Taps("#1"),
                Taps("Confirm booking"),
            ],
        ),
        en(
            "Another day, another doctor",
            "james",
            vec![
                Says("hi"),
                Taps("Book appointment"),
                Taps("Dermatology"),
                Taps("Another day"),
                Taps("#1"),
                Taps("Other doctors"),
                Taps("A woman doctor"),
            ],
        ),
        ar(
            "A sensitive service",
            "amal",
            vec![
                Says("مرحبا"),
                Taps("حجز موعد"),
                Taps("عيادة متخصصة"),
                Taps("#0"),
                Taps("تأكيد الحجز"),
                Says("مواعيدي"),
            ],
        ),
        ar(
            "Seeing, moving and cancelling",
            "amal",
            vec![
                Says("مرحبا"),
                Taps("حجز موعد"),
                Taps("الجلدية"),
                Taps("#0"),
                Taps("تأكيد الحجز"),
                Says("مواعيدي"),
                Taps("تغيير الموعد"),
                Taps("#2"),
                Taps("تأكيد التغيير"),
                Taps("إلغاء الموعد"),
                Taps("نعم، إلغاء الموعد"),
                Taps("صعوبة الوصول"),
            ],
        ),
        en(
            "The time was taken meanwhile",
            "james",
            vec![
                Says("hi"),
                Taps("Book appointment"),
                Taps("Dermatology"),
                Taps("#4"),
                Taps("Confirm booking"),
            ],
        ),
        en(
            "The answer of the appointment system is lost",
            "james",
            vec![
                Says("hi"),
                Taps("Book appointment"),
                Taps("Dermatology"),
                Taps("#0"),
                Meanwhile("The EHR books, but its answer is lost.", |world| {
                    world.fault("ehr", "POST /", "lost-answer", 1);
                }),
                Taps("Confirm booking"),
                Meanwhile("Four minutes later.", |world| world.advance("PT4M")),
            ],
        ),
        en(
            "The appointment system is down",
            "james",
            vec![
                Says("hi"),
                Meanwhile("The EHR answers nothing but 503.", |world| {
                    world.fault("ehr", "", "status:503", 1)
                }),
                Taps("My appointments"),
                Taps("Try again"),
            ],
        ),
        ar(
            "A mother of three",
            "parent",
            vec![
                Says("مرحبا"),
                Taps("حجز موعد"),
                Taps("الشخص ٣"),
                Taps("طب الأسرة"),
                Taps("#0"),
                Taps("تأكيد الحجز"),
            ],
        ),
        ar("A number without a record", "unknown", vec![Says("مرحبا"), Taps("حجز موعد")]),
        ar("A username and no number", "username", vec![Says("مرحبا"), Taps("حجز موعد")]),
        en(
            "Two appointments of one kind",
            "james",
            vec![
                Says("hi"),
                Taps("Book appointment"),
                Taps("Dermatology"),
                Taps("#0"),
                Taps("Confirm booking"),
                Says("book"),
                Taps("Dermatology"),
                Taps("#1"),
            ],
        ),
        en(
            "Pain, and a wish",
            "james",
            vec![
                Says("hi"),
                Says("my back hurts, I want an appointment"),
                Says("what can I take against it?"),
            ],
        ),
        ar("An emergency", "amal", vec![Says("صدري يوجعني ومو قادر اتنفس"), Taps("ليست حالة طارئة")]),
        ar("A person, please", "amal", vec![Says("مرحبا"), Says("موظف")]),
        en(
            "A call back",
            "james",
            vec![Says("hi"), Says("call me back please"), Taps("Morning"), Taps("Cancel the call")],
        ),
        en(
            "Running late, the calendar, the way",
            "james",
            vec![
                Says("hi"),
                Taps("Book appointment"),
                Taps("Dermatology"),
                Taps("#0"),
                Taps("Confirm booking"),
                Says("calendar"),
                Says("where are you located?"),
                Says("I am running late"),
            ],
        ),
        ar(
            "In words: a doctor, a day, a row",
            "amal",
            vec![Says("مرحبا"), Says("أبي موعد مع د. سارة"), Says("بكرة العصر"), Says("الأول"), Says("نعم")],
        ),
        en(
            "In words: a service, a day that can be two, a time",
            "james",
            vec![
                Says("hi"),
                Says("Family medicine"),
                Says("next Tuesday"),
                Taps("#1"),
                Says("at 10"),
                Says("Friday"),
                Says("tomorrow morning"),
                Says("the second one"),
            ],
        ),
        ar(
            "In words: a date in digits, a Hijri date, a day that is over",
            "amal",
            vec![
                Says("مرحبا"),
                Says("الجلدية"),
                Says("١٢/٧"),
                Says("٢٠ جمادى الآخرة"),
                Says("نعم"),
                Says("١٢/١٠/٢٠٢٦"),
            ],
        ),
        ar(
            "What must not be typed",
            "amal",
            vec![Says("مرحبا"), Says("رقم هويتي 1087654321"), Says("بطاقتي 4111 1111 1111 1111")],
        ),
        en(
            "What is not opened",
            "james",
            vec![Says("hi"), Sends("a photo", image()), Sends("a voice note", voice())],
        ),
        ar("Stop, and again", "amal", vec![Says("مرحبا"), Says("إيقاف"), Says("تشغيل")]),
        en("Not understood", "james", vec![Says("hi"), Says("blue lamp window"), Says("seven green chairs")]),
        en("Neither Arabic nor English", "james", vec![Says("bonjour"), Taps("English")]),
    ]
}

#[test]
fn the_page_of_dialogues_is_what_patients_read() {
    let mut page = String::from(
        "# The conversation, as patients see it\n\nMade by a test that holds these dialogues with a running gateway \
         (`tests/it/dialogues.rs`); do not edit. Sunday 29 November 2026, nine in the morning in Riyadh. What can be \
         tapped stands in brackets.\n",
    );
    for dialogue in dialogues() {
        page.push_str(&told(&dialogue));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/CONVERSATION.md");
    if std::env::var_os("WASL_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(kept == page, "run with WASL_WRITE_DOCS=1 to write docs/CONVERSATION.md again");
}

fn told(dialogue: &Dialogue) -> String {
    let world = World::at(NOW, Setting::default());
    let phone = world.phone(dialogue.person);
    let (open, close) = if dialogue.arabic { ("\n<div dir=\"rtl\">\n", "\n</div>\n") } else { ("", "") };
    let mut text = format!("\n## {}\n{open}", dialogue.title);
    let mut last: Option<Message> = None;
    for step in &dialogue.does {
        text.push_str(&done(step, &world, &phone, last.as_ref()));
        world.settle();
        for message in phone.news() {
            text.push_str(&said(&message));
            last = Some(message);
        }
    }
    text + close
}

fn done(step: &Do, world: &World, phone: &Phone<'_>, last: Option<&Message>) -> String {
    match step {
        Says(words) => {
            phone.send(json!({ "text": words }));
            format!("\n**Patient:** {words}\n")
        }
        Taps(label) => {
            let message = last.unwrap();
            let id = message.option(label);
            let title = message.options().into_iter().find(|(_, it)| *it == id).map(|(title, _)| title);
            phone.send(json!({ "tap": id }));
            format!("\n**Patient taps:** {}\n", title.unwrap_or_default())
        }
        Sends(what, raw) => {
            phone.raw(raw.clone());
            format!("\n**Patient sends:** {what}\n")
        }
        Meanwhile(what, happens) => {
            happens(world);
            format!("\n*{what}*\n")
        }
    }
}

fn said(message: &Message) -> String {
    let body = &message.0["body"];
    let mut text = if body["type"] == "location" {
        format!(
            "📍 {}, {}",
            body["location"]["name"].as_str().unwrap(),
            body["location"]["address"].as_str().unwrap()
        )
    } else {
        message.text()
    };
    if let Some(footer) = body["interactive"]["footer"]["text"].as_str() {
        text.push_str(&format!("\n*{footer}*"));
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut labels: Vec<String> = message.rows().iter().map(|row| format!("[{row}]")).collect();
    if let Some(link) = body["interactive"]["action"]["parameters"]["display_text"].as_str() {
        labels.push(format!("[{link} ↗]"));
    }
    if body["interactive"]["type"] == "request_contact_info" {
        labels.push("[WhatsApp's own button: share my number]".to_owned());
    }
    let labels = if labels.is_empty() { String::new() } else { format!(">\n> {}\n", labels.join(" ")) };
    format!("\n> {}\n{labels}", lines.join("  \n> "))
}
