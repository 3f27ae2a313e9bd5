//! What a turn costs beside the EHR's own time: from the webhook to the message that "Meta" receives, less the time
//! the EHR was at work.

use crate::ehr::{Ehr, Watched};
use crate::gateway::{Gateway, Setup};
use crate::parts::{Postgres, many};
use crate::talk::{Message, Meta, Phone};
use crate::{bodies, crowd};
use std::time::Duration;

/// Patients who book, one after the other.
fn patients() -> usize {
    many(150, 4)
}

const CLINICS: usize = 15;

pub fn sqlite() {
    measure("SQLite", None);
}

pub fn postgresql() {
    match Postgres::start() {
        Some(postgres) => measure("PostgreSQL", Some(postgres.database("turn"))),
        None => println!("PostgreSQL: no server programs here"),
    }
}

fn measure(name: &str, database: Option<String>) {
    let runtime = crowd::runtime();
    let ehr = Ehr::start();
    runtime.block_on(ehr.fill(CLINICS, patients() / CLINICS + 20, patients()));
    let (watched, meta) = (Watched::start(&ehr), Meta::start());
    let graph = format!("http://127.0.0.1:{}/graph", meta.port);
    let gateway = Gateway::start(&Setup { database, graph, ehr: watched.base.clone(), numbers: CLINICS });
    let mut steps: Vec<(&str, Vec<(Duration, Duration)>)> = STEPS.map(|step| (step, vec![])).to_vec();
    for n in 0..patients() {
        let mut phone = meta.phone(gateway.port, &bodies::phone(n), &bodies::number(n % CLINICS));
        runtime.block_on(book(&mut phone, &watched, &mut steps));
    }
    println!("{name}, {} bookings one after the other; milliseconds, medians", patients());
    println!("{:<26} {:>8} {:>8} {:>8} {:>8}", "", "turn", "EHR", "added", "p90");
    for (step, times) in &steps {
        let added = |nth: usize| quantile(times.iter().map(|(took, ehr)| took.saturating_sub(*ehr)), nth);
        let took = quantile(times.iter().map(|it| it.0), 50);
        let ehr = quantile(times.iter().map(|it| it.1), 50);
        println!("{step:<26} {took:>8.2} {ehr:>8.2} {:>8.2} {:>8.2}", added(50), added(90));
    }
}

const STEPS: [&str; 4] = ["hello", "choose the service", "choose a time", "confirm: the booking"];

async fn book(phone: &mut Phone, ehr: &Watched, steps: &mut [(&str, Vec<(Duration, Duration)>)]) {
    let mut note = |nth: usize, (message, took): (Message, Duration)| {
        steps[nth].1.push((took, ehr.at_work()));
        message
    };
    ehr.at_work();
    let welcome = note(0, phone.says("hello").await);
    let times = note(1, crowd::to_the_times(phone, welcome).await);
    let confirmation = note(2, phone.taps(&times, 0).await);
    let confirm =
        confirmation.place_of("Confirm booking").unwrap_or_else(|| panic!("{}", confirmation.text()));
    let booked = note(3, phone.taps(&confirmation, confirm).await);
    assert!(booked.text().starts_with("Your appointment is booked."), "{}", booked.text());
}

fn quantile(times: impl Iterator<Item = Duration>, percent: usize) -> f64 {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times.get(times.len() * percent / 100).map_or(0.0, |it| it.as_secs_f64() * 1e3)
}
