//! A thousand patients who book at once: a figure, and a check that fails. Nobody is left without an answer, nobody
//! gets two, no slot is booked twice, and what was said is what the EHR has.

use crate::bodies;
use crate::ehr::Ehr;
use crate::gateway::{Gateway, Setup};
use crate::parts::many;
use crate::talk::{Message, Meta, Phone};
use std::collections::HashSet;
use std::time::{Duration, Instant};

fn patients() -> usize {
    many(1_000, 20)
}

const CLINICS: usize = 50;
/// Half-hours of each clinic: more than its patients, so that everybody finds one in the end.
const SLOTS: usize = 40;
/// A patient whose time is taken tries another so often at most.
const TRIES: usize = 15;

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

pub fn print() {
    let runtime = runtime();
    let (ehr, meta) = (Ehr::start(), Meta::start());
    runtime.block_on(ehr.fill(CLINICS, SLOTS, patients()));
    let graph = format!("http://127.0.0.1:{}/graph", meta.port);
    let gateway = Gateway::start(&Setup { database: None, graph, ehr: ehr.base.clone(), numbers: CLINICS });
    let begin = Instant::now();
    let tasks: Vec<_> = (0..patients())
        .map(|n| {
            let phone = meta.phone(gateway.port, &bodies::phone(n), &bodies::number(n % CLINICS));
            runtime.spawn(book(phone, n))
        })
        .collect();
    let ends: Vec<End> = tasks.into_iter().map(|task| runtime.block_on(task).unwrap()).collect();
    let took = begin.elapsed();
    gateway.settle();
    let (refused, surplus) = (
        gateway.counter("wasl_webhooks_total{outcome=\"not-durable\"}"),
        ends.iter().map(|it| it.surplus).sum::<usize>(),
    );
    let booked = runtime.block_on(ehr.search("Appointment?status=booked&_count=200"));
    check(&ends, &booked);
    assert!(refused == 0.0 && surplus == 0, "{refused} webhooks refused, {surplus} answers too many");
    print_times(&ends, took, gateway.process.resident());
}

fn check(ends: &[End], booked: &[serde_json::Value]) {
    assert_eq!(ends.iter().filter(|it| it.booked).count(), patients(), "everybody has a booking");
    assert_eq!(booked.len(), patients(), "the EHR has as many");
    let slots: HashSet<&str> = booked.iter().filter_map(|it| it["slot"][0]["reference"].as_str()).collect();
    assert_eq!(slots.len(), patients(), "no slot is booked twice");
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn print_times(ends: &[End], took: Duration, resident: f64) {
    let turns: usize = ends.iter().map(|it| it.times.len()).sum();
    let again: usize = ends.iter().map(|it| it.tries - 1).sum();
    let mut times: Vec<Duration> = ends.iter().flat_map(|it| it.times.iter().copied()).collect();
    times.sort();
    let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64();
    println!(
        "{} patients at {CLINICS} clinics booked at once in {:.1} s: no error, no double, no lost answer",
        patients(),
        took.as_secs_f64()
    );
    println!(
        "{turns} turns, {:.0} a second; {again} times were taken by somebody else first",
        turns as f64 / took.as_secs_f64()
    );
    println!(
        "an answer took {:.2} s in the middle, {:.2} s at the 99th percentile; {resident:.0} MB resident",
        at(50),
        at(99)
    );
}

/// How a patient's conversation ended.
struct End {
    booked: bool,
    tries: usize,
    surplus: usize,
    times: Vec<Duration>,
}

async fn book(mut phone: Phone, n: usize) -> End {
    let mut times = vec![];
    let mut timed = |(message, took): (Message, Duration)| {
        times.push(took);
        message
    };
    let welcome = timed(phone.says("hello").await);
    let mut offered = timed(to_the_times(&mut phone, welcome).await);
    let mut tries = 0;
    let booked = loop {
        tries += 1;
        let confirmation = timed(phone.taps(&offered, (n / CLINICS + tries) % 5).await);
        let answer = match confirmation.place_of("Confirm booking") {
            Some(confirm) => timed(phone.taps(&confirmation, confirm).await),
            None => confirmation,
        };
        if answer.text().starts_with("Your appointment is booked.") {
            break true;
        }
        assert!(answer.text().starts_with("That time is no longer free"), "{}", answer.text());
        if tries == TRIES {
            break false;
        }
        offered = answer;
    };
    let surplus = phone.more();
    End { booked, tries, surplus, times }
}

/// From the welcome to the free times; with one service they come at once.
pub async fn to_the_times(phone: &mut Phone, welcome: Message) -> (Message, Duration) {
    let book = welcome.place_of("Book appointment").unwrap_or_else(|| panic!("{}", welcome.text()));
    let (mut message, mut took) = phone.taps(&welcome, book).await;
    while message.place_of("Family medicine").is_some() {
        (message, took) = phone.taps(&message, 0).await;
    }
    (message, took)
}
