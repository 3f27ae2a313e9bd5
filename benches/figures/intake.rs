//! Signed webhooks made durable and answered, beside a handler that only reads them.

use crate::bodies::texts;
use crate::child::{Process, server};
use crate::gateway::{Gateway, Setup};
use crate::load::{Outcome, flood, steady};
use crate::parts::{self, Postgres, many};
use std::sync::Arc;

/// Webhooks in one flood.
fn flood_of() -> usize {
    many(40_000, 800)
}

/// Connections of "Meta".
fn connections() -> usize {
    many(512, 32)
}

/// People who write, and numbers they write to.
const PEOPLE: usize = 10_000;
const NUMBERS: usize = 200;
/// How long the steady load lasts.
const STEADY_S: f64 = 5.0;
const SHORT_S: f64 = 0.5;

pub fn sqlite() {
    compared(|base| against(base, "wasl, SQLite", None));
}

pub fn postgresql() {
    compared(|base| match Postgres::start() {
        Some(postgres) => against(base, "wasl, PostgreSQL", Some(postgres.database("intake"))),
        None => println!("wasl, PostgreSQL: no server programs here"),
    });
}

pub fn pywa() {
    compared(|base| match parts::pywa() {
        Some((process, port)) => {
            line("pywa on FastAPI, stores nothing", &measured(&process, port, flood_of() / 4), base);
        }
        None => println!("pywa: run tests/run once, or set WASL_TEST_PYWA"),
    });
}

/// Between two runs of the empty handler, so that it shows how steady the machine is.
fn compared(print: impl FnOnce(f64)) {
    println!(
        "{} texts of {PEOPLE} people, one to a webhook, {} connections; the worker answers meanwhile",
        flood_of(),
        connections()
    );
    println!("{:<34} {:>9} {:>7} {:>9} {:>8} {:>8}", "", "per s", "ratio", "CPU us", "p50 ms", "p99 ms");
    let base = empty();
    line("actix-web, reads the body", &base, base.rate);
    print(base.rate);
    let again = empty();
    line("actix-web once more", &again, base.rate);
}

struct Measured {
    rate: f64,
    /// Microseconds of the server's CPU for one webhook, all it does meanwhile included.
    cpu: f64,
    outcome: Outcome,
}

fn empty() -> Measured {
    let (process, port) = server("empty");
    measured(&process, port, flood_of())
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn measured(process: &Process, port: u16, count: usize) -> Measured {
    let requests = Arc::new(texts(count, PEOPLE, NUMBERS));
    let before = process.cpu();
    let outcome = flood(port, &requests, connections());
    assert_eq!(outcome.refused, 0, "every webhook is answered with 200");
    Measured { rate: outcome.rate(), cpu: (process.cpu() - before) * 1e6 / count as f64, outcome }
}

fn line(name: &str, it: &Measured, base: f64) {
    let Measured { rate, cpu, outcome } = it;
    let (p50, p99) = (outcome.millis(500), outcome.millis(990));
    println!("{name:<34} {rate:>9.0} {:>7.2} {cpu:>9.0} {p50:>8.1} {p99:>8.1}", rate / base);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate times a few seconds")]
fn against(base: f64, name: &str, database: Option<String>) {
    let (world, port) = server("world");
    let setup = Setup {
        database,
        graph: format!("http://127.0.0.1:{port}/graph"),
        ehr: format!("http://127.0.0.1:{port}/fhir"),
        numbers: NUMBERS,
    };
    let gateway = Gateway::start(&setup);
    let it = measured(&gateway.process, gateway.port, flood_of());
    line(name, &it, base);
    let half = it.rate / 2.0;
    let requests =
        Arc::new(texts((half * if many(1, 0) == 0 { SHORT_S } else { STEADY_S }) as usize, PEOPLE, NUMBERS));
    let outcome = steady(gateway.port, &requests, half, connections() * 2);
    assert_eq!(outcome.refused, 0, "every webhook is answered with 200");
    let (p50, p99) = (outcome.millis(500), outcome.millis(990));
    println!(
        "{:<34} {half:>9.0} {:>7} {:>9} {p50:>8.1} {p99:>8.1}",
        format!("{name}, at half of it"),
        "",
        ""
    );
    drop(gateway);
    drop(world);
}
