//! Proving who one is, on both databases: tries, tokens, mandates, and what a doubt undoes.

use crate::engine::{Bench, benches, heard};
use chrono::Duration;
use wasl::domain::decision::Changes;
use wasl::domain::fact::Trouble;
use wasl::domain::page::{IDENTIFY, PageToken};
use wasl::domain::proof::{Claim, Proof, Typed, read};
use wasl::domain::tap::{Coords, Step, Tap};
use wasl::engine::{Begun, Ended, Engine, Facing, Visitor};
use wasl::ids::Id;
use wasl::phi::Phi;
use wasl::seal::Purpose;
use wasl::store::contacts::Loaded;
use wasl::store::{contacts, keys, purge};

/// Tries for life.
const MOST: u32 = 3;

/// The contact behind a number that has just written.
async fn contact(engine: &Engine, phone: &str, n: usize) -> Id {
    heard(engine, phone, n).await;
    let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
    while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
        engine.settle(claim, open.id, 0, Default::default()).await.unwrap();
    }
    engine.release(claim).await.unwrap();
    claim.lane
}

/// What a contact's lane was told of tries.
async fn told(engine: &Engine, contact: Id) -> Vec<wasl::domain::event::What> {
    let mut all = vec![];
    for claim in engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap() {
        assert_eq!(claim.lane, contact);
        while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
            all.push(open.meaning.unwrap().what);
            engine.settle(claim, open.id, 0, Default::default()).await.unwrap();
        }
        engine.release(claim).await.unwrap();
    }
    all
}

fn address(engine: &Engine, contact: Id) -> String {
    let at = Coords { intent: engine.keys.chance().id(), ..Coords::default() };
    let expires = engine.clock.now() + Duration::hours(24);
    let tap = Tap { step: Step::Menu, from_reminder: false, asked: false, expires, at };
    let token = PageToken { contact, clinic: engine.clinics[0].no, tap };
    engine.keys.seal_page(IDENTIFY, &token.encode())
}

async fn visitor(engine: &Engine, contact: Id) -> Visitor {
    engine.visitor(IDENTIFY, &address(engine, contact)).await.unwrap().unwrap()
}

fn claim(record: &str) -> Claim {
    let text = |text: &str| Phi::new(text.to_owned());
    let [name, day, month, year, record] = ["A B", "1", "2", "1990", record].map(text);
    read(&Typed { name, day, month, year, record }, "2026-11-24".parse().unwrap()).unwrap()
}

fn proof(patient: &str, on_record: bool) -> Proof {
    Proof { reference: Phi::new(patient.to_owned()), on_record }
}

async fn ended(
    engine: &Engine,
    visitor: &Visitor,
    record: &str,
    said: Result<Option<Proof>, Trouble>,
) -> Ended {
    match engine.begin_try(visitor, &claim(record), MOST).await.unwrap() {
        Begun::Try(begun) => engine.end_try(begun, said).await.unwrap(),
        Begun::Limit => Ended::Limit,
        Begun::Shut => Ended::Shut,
    }
}

async fn loaded(engine: &Engine, contact: Id) -> Loaded {
    engine.contact(contact, engine.clinics[0].no, None).await.unwrap()
}

fn proved(loaded: &Loaded) -> Vec<&str> {
    let mut all: Vec<&str> = loaded.proved.iter().map(|it| it.reveal().as_str()).collect();
    all.sort_unstable();
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_tries_at_once_no_more_pass_than_are_allowed() {
    for Bench { engine, .. } in benches() {
        let me = contact(&engine, "966500000001", 0).await;
        let visitor = visitor(&engine, me).await;
        let tries: Vec<_> = (0..16)
            .map(|n| {
                let (engine, visitor) = (engine.clone(), visitor.clone());
                tokio::spawn(async move {
                    let begun = engine.begin_try(&visitor, &claim(&n.to_string()), MOST).await.unwrap();
                    matches!(begun, Begun::Try(_))
                })
            })
            .collect();
        let mut passed = 0;
        for one in tries {
            passed += u32::from(one.await.unwrap());
        }
        assert_eq!(passed, MOST);
    }
}

#[tokio::test]
async fn a_file_number_is_barred_after_three_wherever_they_come_from_and_whatever_the_ehr_says() {
    for Bench { engine, .. } in benches() {
        for (n, phone) in ["966500000001", "966500000002", "966500000003"].into_iter().enumerate() {
            let someone = contact(&engine, phone, n).await;
            let visitor = visitor(&engine, someone).await;
            assert_eq!(ended(&engine, &visitor, "0077", Ok(None)).await, Ended::Failed);
        }
        let me = contact(&engine, "966500000004", 4).await;
        let visitor = visitor(&engine, me).await;
        assert_eq!(ended(&engine, &visitor, "77", Ok(Some(proof("Patient/1", true)))).await, Ended::Failed);
        assert!(loaded(&engine, me).await.proved.is_empty());
        assert_eq!(ended(&engine, &visitor, "78", Ok(Some(proof("Patient/2", true)))).await, Ended::Done);
    }
}

#[tokio::test]
async fn tries_are_remembered_over_rotated_keys_and_merged_contacts() {
    for Bench { engine, .. } in benches() {
        let me = contact(&engine, "966500000001", 0).await;
        let first = visitor(&engine, me).await;
        assert_eq!(ended(&engine, &first, "7", Ok(None)).await, Ended::Failed);
        let now = engine.clock.now();
        engine.store.write(move |conn| keys::rotate(conn, Purpose::Proof, now)).await.unwrap();
        engine.keys.set_epochs(engine.store.read(keys::epochs).await.unwrap());
        assert_eq!(ended(&engine, &first, "7", Ok(None)).await, Ended::Failed);
        assert_eq!(visitor(&engine, me).await.tries, 2);
        assert_eq!(ended(&engine, &first, "7", Err(Trouble::Down)).await, Ended::Trouble(Trouble::Down));
        assert_eq!(visitor(&engine, me).await.tries, 2, "nobody could be asked");
        assert_eq!(ended(&engine, &first, "8", Ok(None)).await, Ended::Limit);
        assert_eq!(told(&engine, me).await, [wasl::domain::event::What::Identified(false)], "once");
        assert_eq!(ended(&engine, &first, "8", Ok(None)).await, Ended::Limit);
        assert!(told(&engine, me).await.is_empty(), "not again");
    }
}

#[tokio::test]
async fn a_token_works_once_and_proof_gives_the_try_back() {
    for Bench { engine, hand, .. } in benches() {
        let me = contact(&engine, "966500000001", 0).await;
        let address = address(&engine, me);
        let first = engine.visitor(IDENTIFY, &address).await.unwrap().unwrap();
        let Begun::Try(slow) = engine.begin_try(&first, &claim("1"), MOST).await.unwrap() else {
            panic!("a try is free")
        };
        assert_eq!(ended(&engine, &first, "1", Ok(Some(proof("Patient/1", false)))).await, Ended::Done);
        assert_eq!(engine.end_try(slow, Ok(Some(proof("Patient/2", false)))).await.unwrap(), Ended::Shut);
        assert!(engine.visitor(IDENTIFY, &address).await.unwrap().is_none(), "used");
        assert_eq!(ended(&engine, &first, "1", Ok(Some(proof("Patient/2", false)))).await, Ended::Shut);
        let mine = loaded(&engine, me).await;
        assert_eq!((proved(&mine), mine.contact.proved), (vec!["Patient/1"], true));
        assert_eq!(visitor(&engine, me).await.tries, 0);
        assert_eq!(told(&engine, me).await, [wasl::domain::event::What::Identified(true)]);
        let purge = |at| {
            let keep = purge::Keep {
                dedupe: Duration::days(30),
                addresses: Duration::hours(72),
                audit: Duration::days(366),
            };
            engine.store.write(move |conn| purge::run(conn, keep, at))
        };
        assert_eq!(purge(engine.clock.now() + Duration::hours(23)).await.unwrap().tokens, 0);
        hand.advance(Duration::hours(25));
        assert_eq!(purge(engine.clock.now()).await.unwrap().tokens, 1);
        assert!(engine.visitor(IDENTIFY, &address).await.unwrap().is_none(), "expired by now");
    }
}

#[tokio::test]
async fn what_a_numbers_former_owner_proved_falls_with_the_doubt() {
    for Bench { engine, .. } in benches() {
        let me = contact(&engine, "966500000001", 0).await;
        let (now, clinic) = (engine.clock.now(), engine.clinics[0].no);
        let doubt = || {
            let changes = Changes { doubted: Some(true), ..Changes::default() };
            engine.store.write(move |conn| contacts::apply(conn, me, clinic, &changes, now))
        };
        let prove = async |patient: &str, on_record: bool| {
            let said = Ok(Some(proof(patient, on_record)));
            assert_eq!(ended(&engine, &visitor(&engine, me).await, "1", said).await, Ended::Done);
            loaded(&engine, me).await
        };
        let before = prove("Patient/former", true).await;
        assert!(!before.proved_only && !before.contact.doubted);
        doubt().await.unwrap();
        assert!(loaded(&engine, me).await.contact.doubted, "nothing is shown");
        let after = prove("Patient/new", false).await;
        assert!(!after.contact.doubted);
        assert_eq!((proved(&after), after.proved_only), (vec!["Patient/new"], true));
        let child = prove("Patient/child", false).await;
        assert_eq!((proved(&child), child.proved_only), (vec!["Patient/child", "Patient/new"], true));
        // The number stands on the record that was proved: it counts again.
        assert!(!prove("Patient/new", true).await.proved_only);
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None);
    }
}
