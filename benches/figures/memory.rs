//! Resident memory of the gateway at rest and with many conversations open, and how long it takes to start.

use crate::bodies;
use crate::child::server;
use crate::crowd::runtime;
use crate::gateway::{Gateway, Setup};
use crate::parts::many;
use crate::talk::{Meta, Phone};
use std::sync::Arc;
use tokio::sync::Semaphore;

fn conversations() -> usize {
    many(10_000, 60)
}

const NUMBERS: usize = 250;
/// People who type at the same moment.
const AT_ONCE: usize = 200;
const STARTS: usize = 5;

pub fn print() {
    let (_world, port) = server("world");
    let meta = Meta::start();
    let setup = Setup {
        database: None,
        graph: format!("http://127.0.0.1:{}/graph", meta.port),
        ehr: format!("http://127.0.0.1:{port}/fhir"),
        numbers: NUMBERS,
    };
    let mut starts: Vec<_> = (0..STARTS).map(|_| Gateway::start(&setup).started_in).collect();
    starts.sort();
    println!(
        "start to ready: {:.0} ms (middle of {STARTS}, {NUMBERS} numbers)",
        starts[STARTS / 2].as_secs_f64() * 1e3
    );
    let gateway = Gateway::start(&setup);
    println!("idle: {:.0} MB resident", gateway.process.resident());
    runtime().block_on(open(&meta, &gateway));
    gateway.settle();
    println!("{} conversations open: {:.0} MB resident", conversations(), gateway.process.resident());
}

/// Everybody says hello and opens the list of services: the next tap goes on from there.
async fn open(meta: &Meta, gateway: &Gateway) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = vec![];
    for n in 0..conversations() {
        let phone = meta.phone(gateway.port, &bodies::phone(n), &bodies::number(n % NUMBERS));
        let permit = Arc::clone(&room).acquire_owned().await.unwrap();
        tasks.push(tokio::spawn(async move {
            two_turns(phone).await;
            drop(permit);
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

async fn two_turns(mut phone: Phone) {
    let (welcome, _) = phone.says("hello").await;
    let book = welcome.place_of("Book appointment").unwrap_or_else(|| panic!("{}", welcome.text()));
    phone.taps(&welcome, book).await;
}
