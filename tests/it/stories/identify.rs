//! A number the EHR does not know proves on the secure page whose record it may act for.

use crate::real;
use crate::web::{Page, answers, encoded, fetch, link, open, send};
use crate::world::{Message, Phone, Setting, World};
use rstest::rstest;
use serde_json::{Value, json};

const NEW: &str = "+966500000003";
const AMAL: (&str, &str, &str) = ("Demo Alzahrani", "1984-03-12", "demo-1");
const JAMES: (&str, &str, &str) = ("Demo Whitfield", "1990-05-30", "demo-4");
const EXPIRED: &str = "This page has expired";

fn asking(database: Option<String>) -> World {
    let env = vec![("WASL__IDENTIFY__POLICY".to_owned(), "questions".to_owned())];
    World::with(Setting { database, env, ..Setting::default() })
}

/// From hello to the message with the link, in English.
fn invited(phone: &Phone<'_>) -> Message {
    let welcome = phone.says("hi");
    phone.taps(&welcome, "Book appointment")
}

fn try_as(url: &str, (name, birth, record): (&str, &str, &str)) -> Page {
    send(url, &answers(name, birth, record))
}

/// The patient's appointments in the EHR.
fn booked(world: &World, patient: &str) -> usize {
    world.resources(&format!("Appointment?patient=Patient/{patient}")).len()
}

fn i_say_who_i_am_and_book(world: &World) {
    let phone = world.phone(NEW);
    let welcome = phone.says("مرحبا");
    let asked = phone.taps(&welcome, "حجز موعد");
    assert!(asked.text().contains("يمكنك التعريف بنفسك في صفحة آمنة"), "{}", asked.text());
    let url = link(&asked);
    let page = open(&url);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<html lang=\"ar\" dir=\"rtl\">") && page.text().contains("التعريف بنفسك"));
    assert!(open(&format!("{url}?lang=en")).text().contains("Tell us who you are"));
    let done = send(&url, &answers("Alzahrani Demo", "١٩٨٤-٣-١٢", " demo-1 "));
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains("يمكنك إغلاق هذه الصفحة والعودة إلى واتساب."), "{}", done.text());
    let known = phone.answer();
    assert_eq!(known.text(), "تم ربط هذا الرقم بملفك. كيف نساعدك؟");
    let services = phone.taps(&known, "حجز موعد");
    let times = phone.taps(&services, "#0");
    let confirmation = phone.taps(&times, "#0");
    let done = phone.taps(&confirmation, "تأكيد الحجز");
    assert_eq!(booked(world, "demo-1"), 1);
    let told = done.text();
    assert!(told.starts_with("تم حجز موعدك."), "{told}");
    assert!(
        !told.contains("مع:") && !told.contains("المكان:") && !told.contains("الموعد:"),
        "neutral: {told}"
    );
    // The hospital puts the number on the record: from then on the chat speaks as to anyone.
    let fhir = format!("{}/Patient/demo-1", world.fhir());
    let mut record = world.get(&fhir).1;
    let more = json!({ "system": "phone", "value": NEW, "use": "mobile" });
    record["telecom"].as_array_mut().unwrap().push(more);
    assert_eq!(world.call("PUT", &fhir, Some(record)).0, 200);
    let mine = phone.says("مواعيدي");
    assert!(mine.text().contains("مع:"), "details: {}", mine.text());
}

#[test]
fn nobody_knows_my_number_so_i_say_who_i_am_and_book() {
    i_say_who_i_am_and_book(&asking(None));
}

#[test]
fn nobody_knows_my_number_on_postgresql() {
    let Some(url) = real::postgres() else { return };
    i_say_who_i_am_and_book(&asking(Some(url)));
}

#[test]
fn whatever_i_got_wrong_the_answer_is_the_same_and_three_times_is_enough() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    let wrong =
        [("Demo Alharbi", JAMES.1, JAMES.2), (JAMES.0, "1990-05-03", JAMES.2), (JAMES.0, JAMES.1, "demo-9")];
    let pages: Vec<Page> = wrong[..2].iter().map(|claim| try_as(&url, *claim)).collect();
    assert_eq!(pages[0].status, 422);
    assert!(pages[0].text().contains("We could not find a file with these details"), "{}", pages[0].text());
    assert_eq!(pages[0], pages[1], "not a byte differs");
    assert!(!pages[0].body.contains("Alharbi") && !pages[0].body.contains("demo-4"), "nothing comes back");
    phone.hears_nothing();
    let last = try_as(&url, wrong[2]);
    assert_eq!(last.status, 403);
    assert!(last.text().contains("no more tries are possible here"), "{}", last.text());
    assert_eq!(phone.answer().text(), "We could not link this number to a file. Our team can help.");
    // For life: neither the right answers nor another link help, now or a week later.
    assert_eq!(try_as(&url, JAMES).status, 403);
    phone.hears_nothing();
    world.advance("P7D");
    let again = link(&phone.says("book"));
    assert_eq!(open(&again).status, 403);
    assert_eq!(try_as(&again, JAMES).status, 403);
    phone.hears_nothing();
    // The record is not barred: it was named twice only.
    let other = world.phone("+966500000093");
    assert_eq!(try_as(&link(&invited(&other)), JAMES).status, 200);
}

#[test]
fn strangers_who_guess_at_one_record_bar_it_together() {
    let world = asking(None);
    let [one, two, three] = ["+966500000091", "+966500000092", "+966500000093"];
    let url = link(&invited(&world.phone(one)));
    let failed = try_as(&url, ("Demo Whitfield", "1990-01-01", "demo-4"));
    // Spelt differently, it is the same number.
    assert_eq!(try_as(&url, ("Demo Whitfield", "1990-01-02", "DEMO 4")).status, 422);
    let url = link(&invited(&world.phone(two)));
    assert_eq!(try_as(&url, ("Demo Whitfield", "1990-01-03", "demo-٤")).status, 422);
    let url = link(&invited(&world.phone(three)));
    assert_eq!(try_as(&url, JAMES), failed, "the right answers read as any wrong ones");
    assert_eq!(try_as(&url, AMAL).status, 200, "another record is not barred");
}

#[test]
fn opening_the_page_does_nothing_however_often() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    let rows = || world.get("/sandbox/api/panel").1["database"].clone();
    let before = rows();
    world.fault("ehr", "", "status:500", 1);
    let first = open(&url);
    for _ in 0..9 {
        assert_eq!(open(&url), first);
    }
    let left = world.get("/sandbox/api/faults").1["faults"][0]["left"].clone();
    assert_eq!(left, 1, "the EHR was not asked");
    world.clear_faults();
    assert_eq!(rows(), before);
    phone.hears_nothing();
    assert_eq!(try_as(&url, AMAL).status, 200);
}

#[test]
fn damaged_expired_used_and_foreign_addresses_are_one_page() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    let (base, token) = url.rsplit_once('/').unwrap();
    let used = link(&phone.says("book"));
    assert_eq!(try_as(&used, AMAL).status, 200);
    phone.answer();
    let gone = open(&used);
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains(EXPIRED), "{}", gone.text());
    assert_eq!(try_as(&used, JAMES), gone, "used");
    for place in [0, 5, 40, token.len() - 1] {
        let mut bent = token.as_bytes().to_vec();
        bent[place] = if bent[place] == b'A' { b'B' } else { b'A' };
        let bent = format!("{base}/{}", String::from_utf8(bent).unwrap());
        assert_eq!(open(&bent), gone, "bent at {place}");
        assert_eq!(try_as(&bent, JAMES), gone);
    }
    for odd in ["", "x", "%00", &"A".repeat(5_000)] {
        assert!([404, 410].contains(&open(&format!("{base}/{odd}")).status), "{odd}");
    }
    // The token of one page opens no other.
    assert_eq!(open(&url.replace("/identify/", "/calendar/")), gone);
    // One contact's page proves for that contact, whoever holds the telephone.
    assert_eq!(try_as(&url, JAMES).status, 200);
    let mut fresh = link(&phone.says("typed my card 4111 1111 1111 1111, hello"));
    if !fresh.contains("/identify/") {
        fresh = url.clone();
    }
    world.advance("PT25H");
    assert_eq!(open(&fresh), gone, "expired");
    assert_eq!(try_as(&fresh, JAMES), gone);
}

#[test]
fn the_records_do_not_answer_and_my_try_does_not_count() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    for (path, fault) in [
        ("GET /Patient", "status:503"),
        ("GET /Patient", "reset"),
        ("GET /Patient", "html"),
        ("GET /Patient", "throttle"),
    ] {
        world.fault("ehr", path, fault, 5);
        let page = try_as(&url, JAMES);
        assert_eq!(page.status, 503, "{fault}");
        assert!(page.text().contains("this try does not count"), "{}", page.text());
        world.clear_faults();
    }
    phone.hears_nothing();
    assert_eq!(try_as(&url, JAMES).status, 200, "five tries later");
}

#[test]
fn a_server_that_knows_people_better_finds_me_by_match() {
    let world = asking(None);
    let (name, birth) = (JAMES.0, JAMES.1);
    // "demo.4" is under no spelling that is searched for; the server's own index reads past the signs.
    let first = link(&invited(&world.phone("+966500000091")));
    assert_eq!(
        try_as(&first, (name, "1990-05-03", "demo.4")).status,
        422,
        "the birth date is verified here too"
    );
    assert_eq!(try_as(&first, (name, birth, "demo.4")).status, 200);
    // Without the operation it is the file number or nothing, and the server is left alone with it for an hour.
    world.fault("ehr", "POST /Patient/$match", "status:400", 2);
    let url = link(&invited(&world.phone("+966500000092")));
    assert_eq!(try_as(&url, (name, birth, "demo.4")).status, 422);
    assert_eq!(try_as(&url, (name, birth, "demo-4")).status, 200);
    assert_eq!(world.get("/sandbox/api/faults").1["faults"][0]["left"], 1);
    world.advance("PT61M");
    let url = link(&invited(&world.phone("+966500000093")));
    assert_eq!(try_as(&url, (name, birth, "demo.4")).status, 422);
    assert_eq!(world.get("/sandbox/api/faults").1["faults"], json!([]));
}

#[rstest]
#[case::deceased(("Demo Alshehri", "1941-09-09", "demo-6"))]
#[case::inactive(("Demo Tazi", "1988-02-14", "demo-8"))]
#[case::two_people_with_my_answers(AMAL)]
fn a_record_nobody_may_act_for_reads_as_none(#[case] claim: (&str, &str, &str)) {
    let world = asking(None);
    let fhir = world.fhir();
    let put = |id: &str, change: &dyn Fn(&mut Value)| {
        let mut record = world.get(&format!("{fhir}/Patient/{}", claim.2)).1;
        change(&mut record);
        record["id"] = json!(id);
        let (status, body) = world.call("PUT", &format!("{fhir}/Patient/{id}"), Some(record));
        assert!(status < 300, "{body}");
    };
    match claim.2 {
        "demo-8" => put("demo-8", &|record| record["active"] = json!(false)),
        "demo-1" => put("demo-1-twin", &|record| record["identifier"][0]["system"] = json!("urn:other")),
        _ => {}
    }
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    let nobody = try_as(&url, (claim.0, claim.1, "demo-none"));
    assert_eq!(try_as(&url, claim), nobody);
    assert_eq!(nobody.status, 422);
}

#[test]
fn my_old_file_number_leads_to_the_record_that_took_its_place() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    assert_eq!(try_as(&url, ("Demo Almutairi", "1965-12-24", "demo-7")).status, 200);
    let services = phone.taps(&phone.answer(), "Book appointment");
    let times = phone.taps(&services, "#0");
    let confirmation = phone.taps(&times, "#0");
    phone.taps(&confirmation, "Confirm booking");
    assert_eq!((booked(&world, "demo-1"), booked(&world, "demo-7")), (1, 0));
}

#[test]
fn what_cannot_be_an_answer_is_said_before_anything_is_asked_or_counted() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    world.fault("ehr", "", "status:500", 1);
    let page = send(&url, &answers("James", "90-5-30", ""));
    assert_eq!(page.status, 422);
    for text in [
        "Some answers need another look",
        "Full name: at least two names",
        "a year of four digits",
        "Hospital file number: its digits and letters",
    ] {
        assert!(page.text().contains(text), "{text} in {}", page.text());
    }
    assert!(!page.body.contains("James"), "nothing comes back");
    let large = encoded(&[("name", &"x".repeat(20_000))]);
    assert_eq!(fetch("POST", &url, &[], Some(large)).status, 413);
    assert_eq!(fetch("POST", &url, &[("content-type", "application/json")], None).status, 415);
    assert_eq!(send(&url, &[("name", "A B"), ("name", "C D")]).status, 400, "twice");
    for foreign in [
        [("sec-fetch-site", "cross-site"), ("origin", "null")],
        [("sec-fetch-site", "same-site"), ("origin", "null")],
        [("x-none", ""), ("origin", "https://evil.example")],
    ] {
        let page = fetch("POST", &url, &foreign, Some(encoded(&answers(JAMES.0, JAMES.1, JAMES.2))));
        assert_eq!((page.status, page.text().contains(EXPIRED)), (410, true), "{foreign:?}");
    }
    for _ in 0..6 {
        assert_eq!(send(&url, &answers("", "1-1-1", "")).status, 422);
    }
    let fast = send(&url, &answers("", "1-1-1", ""));
    assert_eq!(fast.status, 429, "the eleventh form of a minute");
    assert_eq!(world.get("/sandbox/api/faults").1["faults"][0]["left"], 1, "the EHR was not asked");
    world.clear_faults();
    world.advance("PT1M");
    assert_eq!(try_as(&url, JAMES).status, 200);
}

#[test]
fn two_taps_on_the_button_are_one_try() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    let both: Vec<Page> = std::thread::scope(|scope| {
        let taps: Vec<_> = (0..2).map(|_| scope.spawn(|| try_as(&url, JAMES))).collect();
        taps.into_iter().map(|tap| tap.join().unwrap()).collect()
    });
    // The second either waits for the first, or comes when the page has done its work.
    assert!(both.iter().any(|page| page.status == 200));
    assert!(both.iter().all(|page| [200, 410].contains(&page.status)));
    phone.answer();
}

#[test]
fn the_page_is_private_small_and_whole_without_scripts() {
    let world = asking(None);
    let phone = world.phone(NEW);
    let url = link(&invited(&phone));
    for page in [open(&url), try_as(&url, AMAL), open(&url)] {
        assert!(page.body.len() < 30_000, "{} bytes", page.body.len());
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("set-cookie"), "");
        let policy = page.header("content-security-policy");
        for rule in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(rule), "{policy}");
        }
        let style = page.body.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let hash = data_encoding::BASE64.encode(&wasl::seal::sha256(style.as_bytes()));
        assert!(policy.contains(&format!("style-src 'sha256-{hash}'")), "{policy}");
        assert!(
            !page.body.contains("<script") && !page.body.contains("style=") && !page.body.contains("src=")
        );
    }
}

/// HAPI has no `$match`: the file number is all there is.
#[test]
fn who_i_am_on_a_real_server() {
    let Some(fhir) = real::fhir() else { return };
    let _one = real::alone();
    let env = vec![("WASL__IDENTIFY__POLICY".to_owned(), "questions".to_owned())];
    let world = World::with(Setting { ehr: Some(fhir), env, ..Setting::default() });
    let phone = world.phone("+966500000094");
    let url = link(&invited(&phone));
    assert_eq!(try_as(&url, ("Demo Whitfield", "1990-05-03", "demo-4")).status, 422);
    assert_eq!(try_as(&url, JAMES).status, 200);
    assert_eq!(phone.answer().text(), "This number is now linked to your file. How can we help?");
}
