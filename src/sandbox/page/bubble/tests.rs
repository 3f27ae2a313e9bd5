//! Every kind of message becomes a bubble that says what it is.

use super::*;
use crate::sandbox::hooks::Approved;
use crate::sandbox::page::render;
use crate::sandbox::page::scene::Ask;
use crate::sandbox::world::{self, DemoClinic};

fn line(body: Value, way: Way) -> Line {
    Line {
        seq: 7,
        change: 7,
        number: "106540000000001".to_owned(),
        person: "966500000001".to_owned(),
        at: "2026-11-24T07:05:00Z".parse().unwrap(),
        wamid: "wamid.x".to_owned(),
        body,
        way,
    }
}

fn delivered() -> Way {
    Way::Sent(vec!["sent".to_owned(), "delivered".to_owned()])
}

fn template(name: &str, language: &str) -> Option<Approved> {
    (name == "remind_v1" && language == "en").then(|| Approved {
        text: "You have an appointment at {{clinic}}.\nWhen: {{when}}".to_owned(),
        footer: "Stop messages: stop".to_owned(),
        replies: vec!["Confirm".to_owned(), "Move".to_owned()],
    })
}

fn shown_on(clinic: &DemoClinic, lang: Lang, line: &Line) -> String {
    let writing = Writing { lang, arabic: lang == Lang::Ar, clinic };
    let of = super::tests::line(
        json!({ "type": "text", "text": { "body": "Which *day*\nsuits you?" } }),
        delivered(),
    );
    let quoted = |id: &str| (id == "wamid.q").then(|| of.clone());
    let screen = Screen { writing, template: &template, quoted: &quoted };
    render::line(&screen.view(line), lang, &Ask::default()).unwrap()
}

fn shown(lang: Lang, body: Value, way: Way) -> String {
    shown_on(&world::clinics()[0], lang, &line(body, way))
}

fn sent(body: Value) -> String {
    shown(Lang::En, body, delivered())
}

fn said(body: Value) -> String {
    shown(Lang::En, body, Way::Said { taken: true, read: true })
}

fn interactive(kind: &str, action: Value) -> Value {
    json!({ "type": "interactive", "interactive": {
        "type": kind, "header": { "type": "text", "text": "Head" }, "body": { "text": "*Body*" },
        "footer": { "text": "Foot" }, "action": action,
    } })
}

#[test]
fn texts_buttons_lists_and_links_of_the_gateway() {
    let html = sent(json!({ "type": "text", "text": { "body": "*hi* <there>" } }));
    assert!(html.contains("<b>hi</b> &lt;there&gt;") && html.contains("10:05"), "{html}");
    let html = sent(interactive(
        "button",
        json!({ "buttons": [{ "type": "reply", "reply": { "id": "T1", "title": "Yes" } }] }),
    ));
    assert!(
        html.contains("name=\"tap\" value=\"T1\"") && html.contains("<b>Body</b>") && html.contains("Foot"),
        "{html}"
    );
    let rows = json!([{ "title": "Day", "rows": [{ "id": "R1", "title": "10:30", "description": "Dr A" }] }]);
    let html = sent(interactive("list", json!({ "button": "See times", "sections": rows })));
    assert!(
        html.contains("See times") && html.contains("type=\"radio\"") && html.contains("value=\"R1\""),
        "{html}"
    );
    let url = |url: &str| {
        interactive(
            "cta_url",
            json!({ "name": "cta_url", "parameters": { "display_text": "Open", "url": url } }),
        )
    };
    let html = sent(url("https://portal.example/r/1?a=1&b=2"));
    assert!(
        html.replace("&#x2f;", "/").contains("href=\"https://portal.example/r/1?a=1&amp;b=2\"")
            && html.contains("target=\"_blank\""),
        "{html}"
    );
    assert!(html.contains("rel=\"noopener noreferrer\""), "{html}");
    let html = sent(url("javascript:alert(1)"));
    assert!(!html.contains("<a ") && !html.contains("javascript") && html.contains("Open"), "{html}");
}

#[test]
fn a_place_is_drawn_and_leads_nowhere() {
    let html = sent(json!({ "type": "location", "location": {
        "latitude": 24.71361, "longitude": 46.6753, "name": "Oasis Hospital", "address": "King Road 1" } }));
    assert!(
        html.contains("Oasis Hospital") && html.contains("King Road 1") && html.contains("24.7136, 46.6753"),
        "{html}"
    );
    assert!(html.contains("#pin") && !html.contains("href=\"http"), "{html}");
}

#[test]
fn a_number_or_a_place_that_is_asked_for_is_one_tap_away() {
    let html = shown(
        Lang::Ar,
        interactive("request_contact_info", json!({ "name": "request_contact_info" })),
        delivered(),
    );
    assert!(html.contains("name=\"kind\" value=\"share\"") && html.contains("مشاركة رقم هاتفي"), "{html}");
    let html = sent(interactive("location_request_message", json!({ "name": "send_location" })));
    assert!(html.contains("name=\"kind\" value=\"location\""), "{html}");
}

#[test]
fn a_template_reads_as_meta_would_show_it_and_its_replies_are_tappable() {
    let template = |name: &str| {
        json!({ "type": "template", "template": {
        "name": name, "language": { "code": "en" }, "components": [
            { "type": "body", "parameters": [
                { "type": "text", "parameter_name": "clinic", "text": "Oasis" },
                { "type": "text", "parameter_name": "when", "text": "Sunday <10:30>" } ] },
            { "type": "button", "sub_type": "quick_reply", "index": "1", "parameters": [{ "type": "payload", "payload": "P1" }] },
            { "type": "button", "sub_type": "url", "index": "2", "parameters": [{ "type": "text", "text": "K9x" }] },
        ] } })
    };
    let html = sent(template("remind_v1"));
    assert!(html.contains("You have an appointment at Oasis.<br>When: Sunday &lt;10:30&gt;"), "{html}");
    assert!(
        html.contains("value=\"P1\"") && html.contains("Move") && html.contains("Stop messages: stop"),
        "{html}"
    );
    assert!(html.contains("K9x") && !html.contains("href=\"http"), "{html}");
    let html = sent(template("unheard_of_v2"));
    assert!(
        html.contains("Template unheard_of_v2") && html.contains("<small>when</small> Sunday &lt;10:30&gt;"),
        "{html}"
    );
    assert!(html.contains("Reply 2"), "{html}");
}

#[test]
fn what_the_person_sent() {
    let html = said(json!({ "type": "interactive", "context": { "id": "wamid.q" }, "interactive": {
        "type": "list_reply", "list_reply": { "id": "R1", "title": "10:30", "description": "Dr A" } } }));
    assert!(
        html.contains("10:30") && html.contains("Dr A") && html.contains("Which day suits you?"),
        "{html}"
    );
    assert!(html.contains("Oasis Hospital"), "the quote names who wrote it: {html}");
    assert!(said(json!({ "type": "button", "button": { "text": "Move", "payload": "P" } })).contains("Move"));
    assert!(
        said(json!({ "type": "image", "image": { "caption": "a *letter*" } })).contains("a <b>letter</b>")
    );
    assert!(said(json!({ "type": "audio", "audio": { "voice": true } })).contains("0:07"));
    assert!(said(json!({ "type": "sticker", "sticker": {} })).contains("Sticker"));
    let card = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Ali" }, "phones": [{ "phone": "+966 5" }] }] });
    assert!(said(card).contains("<bdi dir=\"ltr\">+966 5</bdi>"));
    assert!(said(json!({ "type": "reaction", "reaction": { "emoji": "👍" } })).contains("Reaction: 👍"));
}

#[test]
fn unknown_kinds_and_damaged_bodies_are_named_politely() {
    for body in [
        json!({ "type": "hologram" }),
        json!({}),
        json!({ "type": "interactive" }),
        json!({ "type": "interactive", "interactive": { "type": "product", "body": { "text": "Body" } } }),
        json!({ "type": "unsupported", "errors": [{ "code": 131_051 }] }),
        json!({ "type": 3, "text": [] }),
    ] {
        for html in [sent(body.clone()), said(body.clone())] {
            assert!(html.contains("does not show"), "{body}: {html}");
        }
    }
    assert!(sent(json!({ "type": "template" })).contains("Template"));
    assert!(!sent(json!({ "type": "location", "location": null })).is_empty());
    assert!(!sent(json!({ "type": "contacts", "contacts": [{}] })).is_empty());
}

#[test]
fn ticks_have_names_and_what_failed_says_so() {
    let said = |taken, read| {
        shown(Lang::En, json!({ "type": "text", "text": { "body": "x" } }), Way::Said { taken, read })
    };
    assert!(said(false, false).contains("Waiting for the gateway"));
    assert!(said(true, false).contains("Delivered"));
    assert!(said(true, true).contains(">Read<") || said(true, true).contains("\"Read\""));
    let failed = Way::Sent(vec!["sent".to_owned(), "failed".to_owned()]);
    let html = shown(Lang::Ar, json!({ "type": "text", "text": { "body": "x" } }), failed);
    assert!(html.contains("لم تصل"), "{html}");
    let html = sent(json!({ "type": "text", "text": { "body": "x" } }));
    assert!(html.contains("data-unread=\"wamid.x\""), "{html}");
}

#[test]
fn a_bubble_carries_the_language_it_is_written_in() {
    let html = shown(Lang::En, json!({ "type": "text", "text": { "body": "مرحبا" } }), delivered());
    assert!(html.contains("lang=\"ar\" dir=\"rtl\""), "{html}");
    let html = shown(Lang::Ar, json!({ "type": "text", "text": { "body": "12:30" } }), delivered());
    assert!(html.contains("lang=\"ar\" dir=\"rtl\"") && html.contains("١٠:٠٥"), "{html}");
}
