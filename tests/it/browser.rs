//! The phone page in Chromium.

use crate::real;
use crate::world::{Setting, World};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Command;
use tempfile::TempDir;

/// The first clinic's number.
const NUMBER: &str = "106540000000001";

/// When the messages of `kinds.json` begin: 2026-10-06, 09:42 in Riyadh.
const BEGAN: i64 = 1_791_268_920_000;

/// Runs a script of `tests/browser` on a world of its own for each language, both at once.
fn in_both_languages(script: &str, world: impl Fn() -> (World, TempDir) + Sync) {
    let Some((chromium, packages)) = real::browser() else { return };
    std::thread::scope(|scope| {
        for language in ["ar", "en"] {
            let (world, chromium, packages) = (&world, &chromium, &packages);
            scope.spawn(move || {
                let (world, _folder) = world();
                let script = format!("{}/tests/browser/{script}", env!("CARGO_MANIFEST_DIR"));
                let mut command = Command::new("node");
                command.args([&script, world.base(), language]);
                command.env("WASL_TEST_CHROMIUM", chromium).env("WASL_TEST_BROWSER", packages);
                let output = command.output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{language}: {said}");
            });
        }
    });
}

#[test]
fn a_newcomer_books_with_the_mouse_with_the_keyboard_and_without_scripts() {
    in_both_languages("phone.mjs", || with_messages(""));
}

#[test]
fn every_state_is_accessible_at_every_width_in_light_and_dark() {
    in_both_languages("states.mjs", || with_messages(&every_kind()));
}

/// A world whose "Meta" has a journal of earlier messages.
fn with_messages(journal: &str) -> (World, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let twins = folder.path().join("twins");
    std::fs::create_dir_all(&twins).unwrap();
    std::fs::write(twins.join("graph.ndjson"), journal).unwrap();
    (World::open(folder.path(), Setting::default()), folder)
}

/// The messages of `kinds.json` on James's phone, one a second.
fn every_kind() -> String {
    let kinds: Vec<Value> = serde_json::from_str(include_str!("../browser/kinds.json")).unwrap();
    let lines = kinds.iter().enumerate().flat_map(|(n, kind)| {
        let at = BEGAN + 1000 * i64::try_from(n).unwrap();
        if kind["sent"].is_object() { sent(n, at, kind) } else { said(n, at, kind["said"].clone()) }
    });
    lines.map(|line| format!("{line}\n")).collect()
}

fn sent(n: usize, at: i64, kind: &Value) -> Vec<Value> {
    let (wamid, to) = (format!("wamid.kind{n}"), "966500000004");
    let body = &kind["sent"];
    let mut lines =
        vec![json!({ "t": "sent", "at": at, "number": NUMBER, "to": to, "wamid": wamid, "body": body })];
    let delivered = json!(["sent", "delivered"]);
    for status in kind.get("statuses").unwrap_or(&delivered).as_array().unwrap() {
        lines.push(json!({ "t": "status", "wamid": wamid, "status": status }));
    }
    lines
}

fn said(n: usize, at: i64, mut message: Value) -> Vec<Value> {
    message["id"] = json!(format!("wamid.kind{n}"));
    message["from"] = json!("966500000004");
    message["timestamp"] = json!((at / 1000).to_string());
    let value = json!({ "metadata": { "phone_number_id": NUMBER }, "messages": [message] });
    let webhook = json!({ "entry": [{ "changes": [{ "value": value }] }] });
    vec![
        json!({ "t": "queued", "id": n + 1, "body": webhook.to_string() }),
        json!({ "t": "done", "id": n + 1 }),
    ]
}

/// One request as a browser sends it; the status and the body as it came over the wire.
fn ask(url: &str, headers: &[(&str, &str)], form: Option<&str>) -> (u16, Vec<u8>) {
    let client =
        reqwest::Client::builder().no_gzip().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut request = match form {
        Some(form) => {
            let request = client.post(url).header("content-type", "application/x-www-form-urlencoded");
            request.body(form.to_owned())
        }
        None => client.get(url),
    };
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
    })
}

#[test]
fn the_page_comes_in_the_language_asked_for_and_is_small() {
    let world = World::start();
    for (query, accepted, lang) in [
        ("", "en-GB,en;q=0.8", "lang=\"en\" dir=\"ltr\""),
        ("", "ar-SA", "lang=\"ar\" dir=\"rtl\""),
        ("", "fr", "lang=\"ar\" dir=\"rtl\""),
        ("?lang=en", "ar", "lang=\"en\" dir=\"ltr\""),
        ("?lang=xx&person=%3Cscript%3E&clinic=9", "en", "lang=\"en\" dir=\"ltr\""),
    ] {
        let (status, page) =
            ask(&format!("{}/sandbox{query}", world.base()), &[("accept-language", accepted)], None);
        assert_eq!(status, 200);
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains(&format!("<html {lang}>")), "{query} {accepted}");
        assert!(!page.contains("<script>") && !page.contains("=&quot;"), "{query}");
        assert!(
            page.contains("data-hash=") && !page.contains("data-hash=\"\""),
            "every part is there at once"
        );
        let linked: Vec<String> = page
            .split('"')
            .filter(|part| {
                part.starts_with("/sandbox/page/style.css") || part.starts_with("/sandbox/page/phone.js")
            })
            .map(str::to_owned)
            .collect();
        assert_eq!(linked.len(), 2, "one sheet and one script");
        let paths = linked.iter().cloned().chain([format!("/sandbox{query}")]);
        let weight = |path: String| {
            let headers = [("accept-encoding", "gzip, br"), ("accept-language", accepted)];
            ask(&format!("{}{path}", world.base()), &headers, None).1.len()
        };
        let all: usize = paths.map(weight).sum();
        assert!(all < 50_000, "the first load has {all} bytes");
    }
}

#[test]
fn a_sandbox_that_stops_does_not_wait_for_open_pages() {
    let mut world = World::start();
    let mut page = std::net::TcpStream::connect(world.base().trim_start_matches("http://")).unwrap();
    page.write_all(b"GET /sandbox/page/live?lang=en HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut news = BufReader::new(page.try_clone().unwrap()).lines().map(Result::unwrap);
    assert!(news.any(|line| line.starts_with("data: {")), "the page is kept up to date");
    world.asks_to_end();
    assert_eq!(world.ended(std::time::Duration::from_secs(10)), Some(0));
}

#[test]
fn another_sites_page_cannot_press_the_buttons() {
    let world = World::start();
    let press = |origin: &str| {
        let url = format!("{}/sandbox/page/say", world.base());
        ask(&url, &[("origin", origin)], Some("lang=en&person=amal&text=hello")).0
    };
    let answers = || world.get("/sandbox/api/messages?from=amal").1["messages"].as_array().unwrap().len();
    assert_eq!((press("https://elsewhere.example"), press("null")), (403, 403));
    world.settle();
    assert_eq!(answers(), 0);
    assert_eq!(
        (press(world.base()), answers()),
        (303, 1),
        "the page itself may, and comes back with the answer"
    );
}

#[test]
fn a_chat_is_there_again_after_a_restart() {
    let mut world = World::start();
    world.phone("james").says("good morning");
    let page = |world: &World| {
        let (_, page) = ask(&format!("{}/sandbox?lang=en", world.base()), &[], None);
        String::from_utf8(page).unwrap()
    };
    let shown = |page: &str| {
        let count = |what: &str| page.matches(what).count();
        // Delivered or read: a read mark is a courtesy of the gateway's, tried once.
        let ticks = count("aria-label=\"Delivered\"") + count("aria-label=\"Read\"");
        (count("data-test=\"bubble-out\""), count("data-test=\"bubble-in\""), ticks)
    };
    assert_eq!(shown(&page(&world)), (1, 1, 1), "what was said, what came back, and that it arrived");
    world.kill_and_restart();
    assert_eq!(shown(&page(&world)), (1, 1, 1));
}

#[test]
fn the_panel_reads_the_rows_of_either_database() {
    for database in std::iter::once(None).chain(real::postgres().map(Some)) {
        let sealed = if database.is_some() { "\\x01" } else { "X&#x27;01" };
        let world = World::with(Setting { database, ..Setting::default() });
        world.phone("james").says("where is my doctor");
        let (_, page) = ask(&format!("{}/sandbox?lang=en", world.base()), &[], None);
        let page = String::from_utf8(page).unwrap();
        assert!(page.matches("data-test=\"db-row\"").count() >= 5, "the tables are listed");
        assert!(page.contains("<li><bdi>where is my doctor</bdi></li>"), "what was said is searched for");
        assert!(page.contains("no trace"), "and not found");
        let address = page.split("<dt>address_s</dt>").nth(1).unwrap();
        assert!(address.starts_with(&format!("<dd class=\"Sealed\">{sealed}")), "{}", &address[..60]);
    }
}

#[test]
fn the_pages_switches_are_faults_that_the_chat_survives() {
    let world = World::start();
    let press = |form: &str| ask(&format!("{}/sandbox/page/fault", world.base()), &[], Some(form)).0;
    let listed = || world.get("/sandbox/api/faults").1["faults"].as_array().unwrap().len();
    let phone = world.phone("james");
    assert_eq!(press("lang=en&on=ehr-slow"), 303);
    phone.says("my appointments");
    assert_eq!((press("lang=en&off=ehr-slow"), listed()), (303, 0));
    press("lang=en&on=graph-lost");
    phone.says("hello");
    assert_eq!(listed(), 0, "an answer is lost once, and a read mark does not use it up");
    let (status, _) = ask(
        &format!("{}/sandbox/page/fault", world.base()),
        &[("accept", "application/json")],
        Some("on=gravity"),
    );
    assert_eq!(status, 400);
}
