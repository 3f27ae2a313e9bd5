//! The writers on both databases: batches that would wait for one another, senders that do not wait for ever.

use crate::engine::{arrival, benches};
use diesel::connection::SimpleConnection;
use std::time::Duration;
use wasl::domain::decision::Act;
use wasl::engine::{Engine, Facing};
use wasl::store::StoreError;
use wasl::store::conn::{Conn, Target};

/// People who all write at once.
const PEOPLE: usize = 12;

/// Takes lanes and settles them until nothing is left, like a worker.
async fn worked(engine: Engine, me: wasl::ids::Id) -> usize {
    let mut settled = 0;
    loop {
        let claims = engine.claim_lanes(me, 4).await.unwrap();
        if claims.is_empty() {
            return settled;
        }
        for claim in claims {
            while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
                engine.settle(claim, open.id, 0, Act::default()).await.unwrap();
                settled += 1;
            }
            engine.release(claim).await.unwrap();
        }
    }
}

/// Each webhook brings seven of twelve people, each starting elsewhere, so that two batches that overlap take the same
/// rows in different orders; meanwhile workers hold the lanes of the same people.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn batched_webhooks_about_the_same_people_all_become_durable() {
    for bench in benches() {
        let engine = &bench.engine;
        let webhooks: Vec<_> = (0..160)
            .map(|n| {
                let people = (0..7).map(move |step| (n * 5 + step * (1 + n % 5)) % PEOPLE);
                let mut people: Vec<usize> = people.collect();
                people.sort_unstable();
                people.dedup();
                let batch: Vec<_> =
                    people.iter().map(|who| arrival(engine, &format!("9665100000{who:02}"), n)).collect();
                let engine = engine.clone();
                tokio::spawn(async move {
                    let (heard, receipt) = (batch.len(), engine.accept(batch, vec![]).await.unwrap());
                    assert_eq!(receipt.fresh, heard);
                    heard - receipt.flooded
                })
            })
            .collect();
        let workers: Vec<_> =
            (0..4).map(|_| tokio::spawn(worked(engine.clone(), engine.keys.chance().id()))).collect();
        let (mut heard, mut settled) = (0, 0);
        for webhook in webhooks {
            heard += webhook.await.unwrap();
        }
        for worker in workers {
            settled += worker.await.unwrap();
        }
        settled += worked(engine.clone(), engine.keys.chance().id()).await;
        assert_eq!(settled, heard, "what was answered with 200 is worked on, once, but for a flood");
    }
}

/// Another process that has the database and does not let go.
fn held(target: &Target) -> Conn {
    let mut conn = target.connect().unwrap();
    match &mut conn {
        Conn::Sqlite(c) => c.batch_execute("BEGIN IMMEDIATE").unwrap(),
        Conn::Postgres(c) => c.batch_execute("BEGIN; LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE").unwrap(),
    }
    conn
}

#[tokio::test]
async fn a_sender_is_told_in_time_that_nothing_is_durable_and_its_repeat_counts_once() {
    for bench in benches() {
        let patient = &bench.engine;
        let hasty = patient.with_patience(Duration::from_millis(50));
        let webhook = || vec![arrival(patient, "966500000001", 0)];
        let mut other = held(patient.store.target());
        let late = hasty.accept(webhook(), vec![]).await;
        assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
        other.batch_execute("COMMIT").unwrap();
        let again = patient.accept(webhook(), vec![]).await.unwrap();
        assert_eq!(again.fresh + again.repeats, 1);
        let census = patient.census().await.unwrap();
        assert!(census.contains(&("inbox", 1)), "{census:?}");
    }
}

#[tokio::test]
async fn work_that_panics_costs_its_own_answer_and_no_other() {
    for bench in benches() {
        let store = &bench.engine.store;
        let broken = store.write(|_| -> Result<(), StoreError> { panic!("a fault of ours") });
        let (broken, sound) = tokio::join!(broken, store.write(|_| Ok(7)));
        assert!(matches!(broken, Err(StoreError::Panicked)), "{broken:?}");
        assert_eq!(sound.unwrap(), 7);
        for n in 0..6 {
            assert_eq!(store.write(move |_| Ok(n)).await.unwrap(), n, "every writer is there");
        }
    }
}
