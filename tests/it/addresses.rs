//! Numbers and accounts that change hands, on both databases: who is doubted, who is left alone, and what ends a doubt.

use crate::engine::{Bench, arrival, benches};
use chrono::Duration;
use wasl::domain::context::Address;
use wasl::domain::decision::Changes;
use wasl::domain::page::{IDENTIFY, PageToken};
use wasl::domain::proof::{Claim, Proof, Typed, read};
use wasl::domain::tap::{Coords, Step, Tap};
use wasl::engine::{Arrival, Begun, Ended, Engine, Facing};
use wasl::ids::Id;
use wasl::phi::Phi;
use wasl::store::contacts::{self, Loaded};

const OLD: &str = "966500000001";
const NEW: &str = "966500000002";

fn from(bsuid: Option<&str>, phone: &str) -> Address {
    let text = |text: &str| Phi::new(text.to_owned());
    Address { phone: Some(text(phone)), bsuid: bsuid.map(text) }
}

/// Somebody writes; whose lane it is in.
async fn writes(engine: &Engine, n: usize, from: Address) -> Id {
    let arrival = Arrival { from, ..arrival(engine, OLD, n) };
    engine.accept(vec![arrival], vec![]).await.unwrap();
    let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
    while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
        engine.settle(claim, open.id, 0, Default::default()).await.unwrap();
    }
    engine.release(claim).await.unwrap();
    claim.lane
}

async fn loaded(engine: &Engine, id: Id) -> Loaded {
    engine.contact(id, engine.clinics[0].no, None).await.unwrap()
}

/// People say that the doubt of `since` is over.
async fn vouched(bench: &Bench, id: Id, since: &Loaded) {
    let Bench { engine, .. } = bench;
    let (now, clinic) = (engine.clock.now(), engine.clinics[0].no);
    let changes = Changes { doubted: Some(false), doubt_since: since.doubted_at, ..Changes::default() };
    engine.store.write(move |conn| contacts::apply(conn, id, clinic, &changes, now)).await.unwrap();
}

fn address(engine: &Engine, contact: Id) -> String {
    let at = Coords { intent: engine.keys.chance().id(), ..Coords::default() };
    let expires = engine.clock.now() + Duration::hours(24);
    let tap = Tap { step: Step::Menu, from_reminder: false, asked: false, expires, at };
    engine.keys.seal_page(IDENTIFY, &PageToken { contact, clinic: engine.clinics[0].no, tap }.encode())
}

fn claim() -> Claim {
    let [name, day, month, year, record] =
        ["A B", "1", "2", "1990", "7"].map(|text| Phi::new(text.to_owned()));
    read(&Typed { name, day, month, year, record }, "2026-11-24".parse().unwrap()).unwrap()
}

async fn begun(engine: &Engine, address: &str) -> wasl::engine::Try {
    let visitor = engine.visitor(IDENTIFY, address).await.unwrap().unwrap();
    let Begun::Try(begun) = engine.begin_try(&visitor, &claim(), 3).await.unwrap() else { panic!("no try") };
    begun
}

fn yes() -> Option<Proof> {
    Some(Proof { reference: Phi::new("Patient/7".to_owned()), on_record: true })
}

#[tokio::test]
async fn whoever_gets_my_old_number_costs_me_nothing() {
    for bench in benches() {
        let engine = &bench.engine;
        let me = writes(engine, 0, from(Some("SA.1"), OLD)).await;
        assert_eq!(writes(engine, 1, from(Some("SA.1"), NEW)).await, me);
        vouched(&bench, me, &loaded(engine, me).await).await;
        assert!(!loaded(engine, me).await.contact.doubted);
        let other = writes(engine, 2, from(Some("SA.2"), OLD)).await;
        assert_ne!(other, me);
        let mine = loaded(engine, me).await;
        assert!(!mine.contact.doubted);
        assert_eq!(mine.address.unwrap().phone, from(None, NEW).phone, "my present number");
        assert!(loaded(engine, other).await.contact.doubted, "the record may still have the number as mine");
    }
}

#[tokio::test]
async fn a_word_about_one_doubt_ends_no_later_one() {
    for bench in benches() {
        let engine = &bench.engine;
        let me = writes(engine, 0, from(Some("SA.1"), OLD)).await;
        writes(engine, 1, from(Some("SA.1"), NEW)).await;
        let first = loaded(engine, me).await;
        bench.hand.advance(Duration::minutes(5));
        engine.somebody_else(me, engine.clinics[0].no).await.unwrap();
        vouched(&bench, me, &first).await;
        assert!(loaded(engine, me).await.contact.doubted);
        vouched(&bench, me, &loaded(engine, me).await).await;
        assert!(!loaded(engine, me).await.contact.doubted);
    }
}

#[tokio::test]
async fn what_was_sent_or_begun_before_a_doubt_does_not_end_it() {
    for bench in benches() {
        let engine = &bench.engine;
        let me = writes(engine, 0, from(Some("SA.1"), OLD)).await;
        let before = address(engine, me);
        let under_way = begun(engine, &before).await;
        bench.hand.advance(Duration::minutes(5));
        engine.somebody_else(me, engine.clinics[0].no).await.unwrap();
        assert!(
            engine.visitor(IDENTIFY, &before).await.unwrap().is_none(),
            "the old link is still in the chat"
        );
        assert_eq!(engine.end_try(under_way, Ok(yes())).await.unwrap(), Ended::Shut);
        assert!(loaded(engine, me).await.contact.doubted);
        let after = begun(engine, &address(engine, me)).await;
        assert_eq!(engine.end_try(after, Ok(yes())).await.unwrap(), Ended::Done);
        assert!(!loaded(engine, me).await.contact.doubted);
    }
}

#[tokio::test]
async fn whoever_turns_out_to_be_one_person_while_they_prove_it_has_proved_it() {
    for bench in benches() {
        let engine = &bench.engine;
        let account = writes(engine, 0, Address { phone: None, ..from(Some("SA.1"), OLD) }).await;
        let number = writes(engine, 1, from(None, OLD)).await;
        let under_way = begun(engine, &address(engine, number)).await;
        assert_eq!(writes(engine, 2, from(Some("SA.1"), OLD)).await, account);
        assert_eq!(engine.end_try(under_way, Ok(yes())).await.unwrap(), Ended::Done);
        assert_eq!(loaded(engine, account).await.proved.len(), 1);
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None);
    }
}
