//! The engine on both databases: order, fences, retention, what a feed may say.

use crate::real;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use wasl::clock::{Clock, ManualClock, Moment};
use wasl::config::Config;
use wasl::domain::clinic::Clinic;
use wasl::domain::context::{Address, Context};
use wasl::domain::conversation::decide;
use wasl::domain::decision::{Act, Decision, Effect, Told};
use wasl::domain::event::{Event, Said, What};
use wasl::domain::fact::{Fact, Facts, Question, Visit, VisitState};
use wasl::domain::speech::Content;
use wasl::domain::words::Word;
use wasl::engine::{AppointmentChange, Arrival, Engine, Facing, Heard, Settings};
use wasl::ids::{Chance, Id};
use wasl::phi::Phi;
use wasl::seal::{Digest8, Keys, MasterKey};
use wasl::store::conn::Target;
use wasl::store::{Store, migrate, purge, watch};

struct Bench {
    engine: Engine,
    hand: ManualClock,
    _dir: tempfile::TempDir,
}

fn benches() -> Vec<Bench> {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}", dir.path().join("x.db").display());
    let mut all = vec![bench(&sqlite, dir)];
    if let Some(url) = real::postgres() {
        all.push(bench(&url, tempfile::tempdir().unwrap()));
    }
    all
}

fn bench(url: &str, dir: tempfile::TempDir) -> Bench {
    migrate::up(&Target::parse(url).unwrap()).unwrap();
    let chance = Chance::system();
    let store = Store::open(url, 4, &chance).unwrap();
    let keys = Keys::new(&MasterKey::new([3; 32]), chance);
    let (clock, hand) = Clock::manual("2026-11-24T07:00:00Z".parse().unwrap());
    let settings =
        Settings { keep_addresses: Duration::hours(72), ehr_settles_within: Duration::seconds(20) };
    Bench { engine: Engine::new(store, keys, clock, clinics(), settings), hand, _dir: dir }
}

fn clinics() -> Arc<Vec<Clinic>> {
    let text = include_str!("../../config.toml");
    Arc::new(Config::parse(text, std::iter::empty()).unwrap().clinics())
}

fn arrival(engine: &Engine, phone: &str, n: usize) -> Arrival {
    Arrival {
        clinic: engine.clinics[0].no,
        from: Address { phone: Some(Phi::new(phone.to_owned())), bsuid: None },
        said_at: engine.clock.now(),
        key: Phi::new(format!("wamid.{phone}.{n}")),
        heard: Heard::Said(Said { word: [Word::Menu, Word::Book, Word::Mine][n % 3].into(), script: None }),
    }
}

async fn heard(engine: &Engine, phone: &str, n: usize) {
    engine.accept(vec![arrival(engine, phone, n)], vec![]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_keep_every_lane_in_order_and_take_each_row_once() {
    for bench in benches() {
        let engine = &bench.engine;
        for n in 0..12 {
            let batch = (0..20).map(|who| arrival(engine, &format!("9665000001{who:02}"), n)).collect();
            engine.accept(batch, vec![]).await.unwrap();
        }
        let done: Arc<Mutex<HashMap<Id, Vec<Word>>>> = Arc::default();
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (engine, done, me) = (engine.clone(), done.clone(), engine.keys.chance().id());
                tokio::spawn(async move {
                    loop {
                        let claims = engine.claim_lanes(me, 3).await.unwrap();
                        if claims.is_empty() {
                            return;
                        }
                        for claim in claims {
                            while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
                                let What::Said(said) = open.meaning.unwrap().what else {
                                    panic!("text was said")
                                };
                                engine.settle(claim, open.id, 0, Act::default()).await.unwrap();
                                done.lock().unwrap().entry(claim.lane).or_default().push(said.word.unwrap());
                            }
                            engine.release(claim, None).await.unwrap();
                        }
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap();
        }
        let done = done.lock().unwrap();
        assert_eq!(done.len(), 20);
        let order: Vec<Word> = (0..12).map(|n| [Word::Menu, Word::Book, Word::Mine][n % 3]).collect();
        assert!(done.values().all(|words| *words == order));
    }
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_can_settle_nothing() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let (slow, quick) = (engine.keys.chance().id(), engine.keys.chance().id());
        let lost = engine.claim_lanes(slow, 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(lost).await.unwrap() else { panic!("something was heard") };
        assert!(engine.claim_lanes(quick, 1).await.unwrap().is_empty(), "it is held");
        bench.hand.advance(Duration::seconds(91));
        let held = engine.claim_lanes(quick, 1).await.unwrap()[0];
        let late = engine.settle(lost, open.id, 0, Act::default()).await;
        assert!(matches!(late, Err(wasl::store::StoreError::Fenced)));
        engine.settle(held, open.id, 0, Act::default()).await.unwrap();
        engine.release(held, None).await.unwrap();
        assert!(engine.load().await.unwrap().is_idle());
    }
}

#[tokio::test]
async fn retention_is_carried_out() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        engine.settle(claim, open.id, 0, Act::default()).await.unwrap();
        engine.release(claim, None).await.unwrap();
        let purge = |at: Moment| {
            let keep = purge::Keep { dedupe: Duration::days(30) };
            engine.store.write(move |conn| purge::run(conn, keep, at))
        };
        let now = engine.clock.now();
        assert_eq!(purge(now + Duration::hours(71)).await.unwrap(), purge::Purged::default());
        let purged = purge(now + Duration::hours(73)).await.unwrap();
        assert_eq!((purged.addresses, purged.inbox), (1, 0));
        assert!(engine.contact(claim.lane, 0, None).await.unwrap().address.is_none());
        assert_eq!(purge(now + Duration::days(31)).await.unwrap().inbox, 1);
    }
}

fn visit(told: u8, state: VisitState) -> Visit {
    Visit {
        digest: Digest8([7; 8]),
        reference: Phi::new("Appointment/1".to_owned()),
        patient: Digest8([8; 8]),
        patient_reference: Phi::new("Patient/1".to_owned()),
        start: "2026-11-29T07:30:00Z".parse().unwrap(),
        minutes: 30,
        service: None,
        actors: Digest8([9; 8]),
        doctor: None,
        place: None,
        state,
        attending: false,
        told: [told; 16],
    }
}

#[tokio::test]
async fn our_own_booking_coming_back_is_no_news_and_a_change_is_told_once() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        let act = Act { told: vec![Told::of(&visit(1, VisitState::Booked))], ..Act::default() };
        engine.settle(claim, open.id, engine.clinics[0].no, act).await.unwrap();
        let change = AppointmentChange {
            clinic: engine.clinics[0].no,
            key: Phi::new("Appointment/1/_history/1".to_owned()),
            said_at: engine.clock.now(),
            reference: visit(1, VisitState::Booked).reference,
            appointment: Digest8([7; 8]),
            patient: Digest8([8; 8]),
        };
        assert!(engine.appointment_changed(change.clone()).await.unwrap());
        assert!(!engine.appointment_changed(change.clone()).await.unwrap(), "heard before");
        let strange = AppointmentChange {
            key: Phi::new("x".to_owned()),
            reference: Phi::new("Appointment/2".to_owned()),
            ..change.clone()
        };
        assert!(!engine.appointment_changed(strange).await.unwrap(), "nobody was told of it");
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("the change was heard") };
        let loaded = engine.contact(claim.lane, change.clinic, Some(change.reference)).await.unwrap();
        assert_eq!(loaded.contact.told, Some([1; 16]));
        let what = open.meaning.unwrap().what;
        let now = engine.clock.now();
        let event = Event { id: open.id, clinic: change.clinic, said_at: now, heard_at: now, what };
        let said = |visit: Visit| {
            let mut facts = Facts::default();
            facts.learn(Question::Visit(visit.patient, visit.digest), Fact::Visit(Some(visit)));
            let clinic = &engine.clinics[0];
            let context =
                Context { now, clinic, contact: &loaded.contact, facts: &facts, fresh: Id([1; 16]) };
            match decide(&event, &context) {
                Decision::Act(act) => act.effects.iter().find_map(|effect| match effect {
                    Effect::Say(say) => Some(say.content),
                    _ => None,
                }),
                Decision::Ask(_) => panic!("everything is known"),
            }
        };
        assert_eq!(said(visit(1, VisitState::Booked)), None, "our own booking");
        assert_eq!(said(visit(2, VisitState::Booked)), Some(Content::ChangedTime));
        assert_eq!(said(visit(2, VisitState::Cancelled)), Some(Content::CancelledByClinic));
        let told = engine.keys.clone();
        let reference = visit(1, VisitState::Booked).reference;
        let known = engine.store.read(move |conn| watch::told(conn, &told, &reference)).await.unwrap();
        assert_eq!(known, Some((claim.lane, [1; 16])));
    }
}

#[tokio::test]
async fn one_person_whatever_address_and_another_when_a_number_changes_hands() {
    for bench in benches() {
        let engine = &bench.engine;
        let from = |phone: Option<&str>, bsuid: Option<&str>, n: usize| Arrival {
            from: Address {
                phone: phone.map(|it| Phi::new(it.to_owned())),
                bsuid: bsuid.map(|it| Phi::new(it.to_owned())),
            },
            ..arrival(engine, "966500000001", n)
        };
        let me = engine.keys.chance().id();
        let mut lanes = vec![];
        for (n, (phone, bsuid)) in [
            (Some("966500000001"), None),
            (Some("966500000001"), Some("SA.1")),
            (None, Some("SA.1")),
            (Some("966500000001"), Some("SA.2")),
            (None, Some("SA.1")),
        ]
        .into_iter()
        .enumerate()
        {
            engine.accept(vec![from(phone, bsuid, n)], vec![]).await.unwrap();
            let claim = engine.claim_lanes(me, 1).await.unwrap()[0];
            while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
                engine.settle(claim, open.id, 0, Act::default()).await.unwrap();
            }
            engine.release(claim, None).await.unwrap();
            lanes.push(claim.lane);
        }
        assert_eq!((lanes[0], lanes[1]), (lanes[1], lanes[2]), "phone and BSUID lead to one contact");
        assert_ne!(lanes[3], lanes[0], "the number's new owner starts afresh");
        assert_eq!(lanes[4], lanes[0], "the account stays who it was");
    }
}

#[tokio::test]
async fn every_entry_of_the_audit_log_fits_its_chain() {
    for bench in benches() {
        let engine = &bench.engine;
        for n in 0..5 {
            let stop = Arrival {
                heard: Heard::Said(Said { word: Some([Word::Stop, Word::Start][n % 2]), script: None }),
                ..arrival(engine, "966500000001", n)
            };
            engine.accept(vec![stop], vec![]).await.unwrap();
        }
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None);
        let census = engine.census().await.unwrap();
        assert!(census.contains(&("audit_event", 5)), "{census:?}");
    }
}

#[tokio::test]
async fn a_row_that_kills_its_workers_is_known_by_its_attempts() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        for attempt in 1..=3 {
            let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
            let Facing::Heard(open) = engine.face(claim).await.unwrap() else {
                panic!("something was heard")
            };
            assert_eq!(open.attempts, attempt);
            bench.hand.advance(Duration::seconds(91));
        }
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        engine.bury(claim, open.id, 34).await.unwrap();
        assert!(matches!(engine.face(claim).await.unwrap(), Facing::Nothing), "the lane goes on");
    }
}

#[tokio::test]
async fn a_status_that_is_quicker_than_metas_answer_costs_no_record() {
    use wasl::domain::decision::Say;
    use wasl::domain::tap::{Coords, Step};
    use wasl::engine::{SentNote, StatusNews};
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        let say = Say { content: Content::Booked, step: Step::Confirm, about: Coords::default(), mood: None };
        let rows = engine.settle(claim, open.id, 0, Act::default().saying(say)).await.unwrap();
        let wamid = Phi::new("wamid.out".to_owned());
        let status = StatusNews { callback: Some(rows[0].id), wamid: wamid.clone(), rank: 2, failure: None };
        engine.accept(vec![], vec![status]).await.unwrap();
        let note = SentNote {
            say,
            wamid: Some(wamid),
            clinic: 0,
            write_back: Some(Phi::new("Patient/1".to_owned())),
        };
        engine.sent(rows[0].clone(), note).await.unwrap();
        assert_eq!(engine.load().await.unwrap().free, 1, "the EHR is told");
        assert!(engine.census().await.unwrap().contains(&("audit_event", 1)), "and the log has it once");
    }
}
