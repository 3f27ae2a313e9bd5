//! The road of the first issue, on every database and every EHR there is.

use crate::real;
use crate::world::{Message, Setting, World};

/// Every database with every EHR.
pub fn everywhere(story: impl Fn(&World, &str)) {
    let on = |ehr: Option<String>, place: &str| {
        story(&World::with(Setting { ehr: ehr.clone(), ..Setting::default() }), &format!("SQLite, {place}"));
        if let Some(url) = real::postgres() {
            let setting = Setting { database: Some(url), ehr, ..Setting::default() };
            story(&World::with(setting), &format!("PostgreSQL, {place}"));
        }
    };
    on(None, "embedded EHR");
    let _alone = real::alone();
    for (ehr, place) in [(real::fhir(), "HAPI"), (real::medplum(), "Medplum")] {
        if ehr.is_some() {
            on(ehr, place);
        }
    }
}

fn states(world: &World, patient: &str) -> Vec<String> {
    let found = world.resources(&format!("Appointment?patient=Patient/{patient}"));
    found.iter().map(|it| it["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn booked_seen_moved_and_cancelled() {
    everywhere(|world, place| {
        let before = states(world, "demo-crowd-02").len();
        let phone = world.phone("crowd-02");
        let welcome = phone.says("hi");
        let services = phone.taps(&welcome, "Book appointment");
        let times = phone.taps(&services, "Family medicine");
        let confirmation = phone.taps(&times, "#0");
        let booked = phone.taps(&confirmation, "Confirm booking");
        assert!(
            booked.text().starts_with("Your appointment is booked.\nWhen: "),
            "{place}: {}",
            booked.text()
        );
        assert!(booked.text().contains("With: Dr Noura Alqahtani\n"), "{place}: {}", booked.text());
        assert_eq!(states(world, "demo-crowd-02").len(), before + 1, "{place}");
        let mine = phone.says("my appointments");
        assert!(mine.text().starts_with("This is your appointment."), "{place}: {}", mine.text());
        let times = phone.taps(&mine, "Move appointment");
        let confirmation = phone.taps(&times, "#1");
        let moved = phone.taps(&confirmation, "Confirm new time");
        assert!(moved.text().starts_with("Your appointment has been moved."), "{place}: {}", moved.text());
        assert_eq!(states(world, "demo-crowd-02").len(), before + 1, "{place}: the same appointment");
        let question = phone.taps(&moved, "Cancel appointment");
        let cancelled = phone.taps(&question, "Yes, cancel it");
        assert!(
            cancelled.text().starts_with("Your appointment is cancelled: "),
            "{place}: {}",
            cancelled.text()
        );
        assert!(states(world, "demo-crowd-02").iter().all(|state| state == "cancelled"), "{place}");
    });
}

#[test]
fn fifty_patients_on_one_slot_have_one_winner_and_forty_nine_are_offered_the_next() {
    everywhere(|world, place| {
        let mut ready = vec![];
        for n in 1..=50 {
            let phone = world.phone(&format!("crowd-{n:02}"));
            let welcome = phone.says(if n % 2 == 0 { "hi" } else { "مرحبا" });
            let services = phone.taps(&welcome, "#0");
            let times = phone.taps(&services, "#1");
            let confirmation = phone.taps(&times, "#3");
            ready.push((phone, confirmation));
        }
        for (phone, confirmation) in &ready {
            phone.tap_only(confirmation, "#0");
        }
        world.settle();
        let mut won: Vec<(usize, Message)> = vec![];
        for (n, (phone, _)) in ready.iter().enumerate() {
            let mut news = phone.news();
            assert_eq!(news.len(), 1, "{place}: one truth each");
            let answer = news.remove(0);
            let text = answer.text();
            if text.starts_with("Your appointment is booked.") || text.starts_with("تم حجز موعدك.")
            {
                won.push((n, answer));
            } else {
                let lost = ["That time is no longer free", "لم يعد هذا الوقت متاحا"];
                assert!(lost.iter().any(|lost| text.starts_with(lost)), "{place}: {text}");
                assert!(answer.labels().len() > 4, "{place}: the next ones are offered");
            }
        }
        assert_eq!(won.len(), 1, "{place}: one winner");
        let (n, booked) = &won[0];
        let winner = format!("Appointment?status=booked&patient=Patient/demo-crowd-{:02}", n + 1);
        let theirs = world.resources(&winner);
        let slot = theirs[0]["slot"][0]["reference"].as_str().unwrap();
        let mut standing = world.resources(&format!("Appointment?slot={slot}"));
        standing.retain(|it| it["status"] != "cancelled");
        assert_eq!(standing.len(), 1, "{place}: no orphan stands");
        let status = || world.get(&format!("{}/{slot}", world.fhir())).1["status"].clone();
        assert_eq!(status(), "busy", "{place}");
        let question = ready[*n].0.taps(booked, "#1");
        ready[*n].0.taps(&question, "#0");
        assert_eq!(status(), "free", "{place}: and is offered again");
    });
}
