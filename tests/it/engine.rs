//! The engine on both databases: order, fences, retention, what a feed may say.

use crate::real;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use wasl::clock::{Clock, ManualClock};
use wasl::config::Config;
use wasl::domain::clinic::{Clinic, Locale};
use wasl::domain::context::{Address, Contact, Context};
use wasl::domain::conversation::decide;
use wasl::domain::decision::{Act, Decision, Effect, Say, Told};
use wasl::domain::event::{Event, Said, What};
use wasl::domain::fact::{Fact, Facts, Person, Question, Standing, Trouble, Visit, VisitState};
use wasl::domain::speech::Content;
use wasl::domain::tap::{Coords, Step};
use wasl::domain::words::Word;
use wasl::engine::{AppointmentChange, Arrival, Engine, Facing, Heard, Room, Settings};
use wasl::ids::{Chance, Id};
use wasl::phi::Phi;
use wasl::seal::{Digest8, Keys, MasterKey};
use wasl::store::conn::Target;
use wasl::store::{Store, migrate, watch};

pub struct Bench {
    pub engine: Engine,
    pub hand: ManualClock,
    _dir: tempfile::TempDir,
}

/// An engine on each database there is.
pub fn benches() -> Vec<Bench> {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}", dir.path().join("x.db").display());
    let mut all = vec![bench(&sqlite, dir)];
    if let Some(url) = real::postgres() {
        all.push(bench(&url, tempfile::tempdir().unwrap()));
    }
    all
}

pub fn bench(url: &str, dir: tempfile::TempDir) -> Bench {
    migrate::up(&Target::parse(url).unwrap()).unwrap();
    let chance = Chance::system();
    let store = Store::open(url, 4, &chance).unwrap();
    let keys = Keys::new(&MasterKey::new([3; 32]), chance);
    let (clock, hand) = Clock::manual("2026-11-24T07:00:00Z".parse().unwrap());
    let settings = Settings {
        keep_addresses: Duration::hours(72),
        ehr_settles_within: Duration::seconds(20),
        service_window: chrono::Duration::hours(24),
        accept_within: std::time::Duration::from_secs(30),
    };
    Bench { engine: Engine::new(store, keys, clock, clinics(), settings), hand, _dir: dir }
}

fn clinics() -> Arc<Vec<Clinic>> {
    let text = include_str!("../../config.toml");
    Arc::new(Config::parse(text, std::iter::empty()).unwrap().clinics())
}

pub fn arrival(engine: &Engine, phone: &str, n: usize) -> Arrival {
    Arrival {
        clinic: engine.clinics[0].no,
        from: Address { phone: Some(Phi::new(phone.to_owned())), bsuid: None },
        identity: None,
        said_at: engine.clock.now(),
        key: Phi::new(format!("wamid.{phone}.{n}")),
        heard: Heard::Said(Said {
            word: [Word::Menu, Word::Book, Word::Mine][n % 3].into(),
            ..Said::default()
        }),
    }
}

pub async fn heard(engine: &Engine, phone: &str, n: usize) {
    engine.accept(vec![arrival(engine, phone, n)], vec![]).await.unwrap();
}

/// What a lane's worker read, lane by lane.
type Read = Arc<Mutex<HashMap<Id, Vec<Word>>>>;

/// A worker that takes lanes until so many rows were settled by all of them together.
async fn settles(engine: Engine, done: Read, all: usize) {
    let me = engine.keys.chance().id();
    while done.lock().unwrap().values().map(Vec::len).sum::<usize>() < all {
        for claim in engine.claim_lanes(me, 3).await.unwrap() {
            while let Facing::Heard(open) = engine.face(claim).await.unwrap() {
                let What::Said(said) = open.meaning.unwrap().what else { panic!("text was said") };
                engine.settle(claim, open.id, 0, Act::default()).await.unwrap();
                done.lock().unwrap().entry(claim.lane).or_default().push(said.word.unwrap());
            }
            engine.release(claim).await.unwrap();
        }
        tokio::task::yield_now().await;
    }
}

/// Twenty people write twelve times while four workers read: a row that arrives as its lane is given back is not left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_keep_every_lane_in_order_and_take_each_row_once() {
    for bench in benches() {
        let engine = &bench.engine;
        let done: Read = Arc::default();
        let workers: Vec<_> =
            (0..4).map(|_| tokio::spawn(settles(engine.clone(), done.clone(), 12 * 20))).collect();
        for n in 0..12 {
            let batch = (0..20).map(|who| arrival(engine, &format!("9665000001{who:02}"), n)).collect();
            engine.accept(batch, vec![]).await.unwrap();
        }
        for worker in workers {
            worker.await.unwrap();
        }
        let done = done.lock().unwrap().clone();
        assert_eq!(done.len(), 20);
        let order: Vec<Word> = (0..12).map(|n| [Word::Menu, Word::Book, Word::Mine][n % 3]).collect();
        assert!(done.values().all(|words| *words == order));
        assert!(engine.load().await.unwrap().is_idle());
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
        engine.release(held).await.unwrap();
        assert!(engine.load().await.unwrap().is_idle());
    }
}

pub fn menu() -> Say {
    Say { content: Content::Menu, step: Step::Menu, about: Coords::default(), mood: None }
}

#[tokio::test]
async fn what_a_message_does_not_name_of_an_address_stays_known() {
    for bench in benches() {
        let engine = &bench.engine;
        let phone = || Some(Phi::new("966500000001".to_owned()));
        let bsuid = || Some(Phi::new("SA.1".to_owned()));
        for (n, from) in [
            Address { phone: phone(), bsuid: bsuid() },
            Address { phone: None, bsuid: bsuid() },
            Address { phone: phone(), bsuid: None },
        ]
        .into_iter()
        .enumerate()
        {
            let arrival = Arrival { from, ..arrival(engine, "966500000001", n) };
            engine.accept(vec![arrival], vec![]).await.unwrap();
            let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
            let loaded = engine.contact(claim.lane, 0, None).await.unwrap();
            assert_eq!(loaded.address, Some(Address { phone: phone(), bsuid: bsuid() }), "message {n}");
            engine.release(claim).await.unwrap();
        }
    }
}

fn person(standing: Standing) -> Person {
    Person {
        digest: Digest8([8; 8]),
        reference: Phi::new("Patient/1".to_owned()),
        standing,
        birth: Phi::new(None),
        sex: Phi::new(None),
        own: true,
        proxy: None,
        proved: false,
    }
}

pub fn visit(told: u8, state: VisitState) -> Visit {
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
        let effects = |contact: &Contact, standing: Standing, fact: Fact| {
            let mut facts = Facts::default();
            facts.learn(Question::Who, Fact::Who(vec![person(standing)]));
            facts.learn(Question::Visit(Digest8([8; 8]), Digest8([7; 8])), fact);
            let clinic = &engine.clinics[0];
            let context = Context { now, clinic, contact, facts: &facts, fresh: Id([1; 16]) };
            match decide(&event, &context) {
                Decision::Act(act) => act.effects,
                Decision::Ask(_) => panic!("everything is known"),
            }
        };
        let shown = |visit: Visit| Fact::Visit(Some(visit));
        let said = |visit: Visit| {
            let effects = effects(&loaded.contact, Standing::Active, shown(visit));
            effects.iter().find_map(|effect| match effect {
                Effect::Say(say) => Some(say.content),
                _ => None,
            })
        };
        assert_eq!(said(visit(1, VisitState::Booked)), None, "our own booking");
        assert_eq!(said(visit(2, VisitState::Booked)), Some(Content::ChangedTime));
        assert_eq!(said(visit(2, VisitState::Cancelled)), Some(Content::CancelledByClinic));
        let parts = |time: u8, doctor: u8, place: u8| {
            let told = [[2; 4], [time; 4], [doctor; 4], [place; 4]].concat();
            Visit { told: told.try_into().unwrap(), ..visit(2, VisitState::Booked) }
        };
        assert_eq!(said(parts(1, 1, 2)), Some(Content::ChangedPlace));
        assert_eq!(said(parts(1, 2, 2)), Some(Content::ChangedPlace), "nobody must look for it elsewhere");
        assert_eq!(said(parts(2, 2, 2)), Some(Content::ChangedTime));
        assert_eq!(said(parts(1, 2, 1)), None, "a doctor whose name is not known is no news");
        let past = Visit { start: "2026-11-24T06:59:00Z".parse().unwrap(), ..visit(2, VisitState::Booked) };
        assert_eq!(said(past), None);
        let moved = || shown(visit(2, VisitState::Booked));
        assert_eq!(effects(&loaded.contact, Standing::Review, moved()), [], "the dead are not written to");
        let stopped = Contact { stopped: true, ..loaded.contact.clone() };
        assert_eq!(effects(&stopped, Standing::Active, moved()), [], "nor whoever said STOP");
        let later = effects(&loaded.contact, Standing::Active, Fact::Trouble(Trouble::Down));
        assert!(matches!(later[..], [Effect::News(_)]), "trouble is no answer: {later:?}");
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
            engine.release(claim).await.unwrap();
            lanes.push(claim.lane);
        }
        assert_eq!((lanes[0], lanes[1]), (lanes[1], lanes[2]), "phone and BSUID lead to one contact");
        assert_ne!(lanes[3], lanes[0], "the number's new owner starts afresh");
        assert_eq!(lanes[4], lanes[0], "the account stays who it was");
    }
}

/// A number writes, then an account without a number, then both at once: what was true of either is true of the one.
#[tokio::test]
async fn whoever_turns_out_to_be_one_person_keeps_stop_language_appointments_and_what_is_to_be_done() {
    for bench in benches() {
        let engine = &bench.engine;
        let clinic = engine.clinics[0].no;
        let me = engine.keys.chance().id();
        let by = |phone: bool, bsuid: bool, n: usize, word: Word| Arrival {
            from: Address {
                phone: phone.then(|| Phi::new("966500000001".to_owned())),
                bsuid: bsuid.then(|| Phi::new("SA.1".to_owned())),
            },
            heard: Heard::Said(Said { word: Some(word), script: Some(Locale::En), ..Said::default() }),
            ..arrival(engine, "966500000001", n)
        };
        engine.accept(vec![by(true, false, 0, Word::Menu)], vec![]).await.unwrap();
        let old = engine.claim_lanes(me, 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(old).await.unwrap() else { panic!("something was heard") };
        let mut act = Act { told: vec![Told::of(&visit(1, VisitState::Booked))], ..Act::default() };
        act.changes.locale = Some(Locale::En);
        engine.settle(old, open.id, clinic, act.saying(menu())).await.unwrap();
        engine.accept(vec![by(true, false, 1, Word::Stop)], vec![]).await.unwrap();
        engine.accept(vec![by(true, false, 2, Word::Mine)], vec![]).await.unwrap();
        engine.accept(vec![by(false, true, 3, Word::Menu)], vec![]).await.unwrap();
        let new = engine.claim_lanes(me, 1).await.unwrap()[0];
        assert_ne!(new.lane, old.lane, "an account nobody could know");
        engine.accept(vec![by(true, true, 4, Word::Book)], vec![]).await.unwrap();

        let late = engine.release(old).await;
        assert!(matches!(late, Err(wasl::store::StoreError::Fenced)), "the old lane is nobody's");
        let mut words = vec![];
        let mut said = 0;
        loop {
            match engine.face(new).await.unwrap() {
                Facing::Heard(open) => {
                    let What::Said(heard) = open.meaning.unwrap().what else { panic!("text was said") };
                    words.push(heard.word.unwrap());
                    engine.settle(new, open.id, clinic, Act::default()).await.unwrap();
                }
                Facing::Effect(row) => {
                    said += 1;
                    assert_eq!((row.lane, row.attempts), (new.lane, 2), "it may have gone out");
                    engine.give_up(&row, 17).await.unwrap();
                }
                Facing::Nothing => break,
            }
        }
        assert_eq!((words, said), (vec![Word::Menu, Word::Mine, Word::Book], 1), "nothing is lost");
        for id in [old.lane, new.lane] {
            let loaded = engine.contact(id, clinic, None).await.unwrap();
            assert_eq!(loaded.contact.id, new.lane);
            assert!(loaded.contact.stopped, "STOP holds whatever address it came from");
            assert_eq!(loaded.contact.locale, Some(Locale::En));
            assert!(loaded.address.is_some_and(|it| it.phone.is_some() && it.bsuid.is_some()));
        }
        let (keys, reference) = (engine.keys.clone(), visit(1, VisitState::Booked).reference);
        let told = engine.store.read(move |conn| watch::told(conn, &keys, &reference)).await.unwrap();
        assert_eq!(told, Some((new.lane, [1; 16])), "and changes of the appointment are told to them");
        assert_eq!(engine.claim(me, Room { urgent: 9, people: 9, other: 9 }).await.unwrap().urgent.len(), 1);
    }
}

#[tokio::test]
async fn a_lease_that_is_prolonged_outlasts_itself_and_a_lost_one_cannot_be() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let me = engine.keys.chance().id();
        let held = engine.claim_lanes(me, 1).await.unwrap()[0];
        for _ in 0..3 {
            bench.hand.advance(Duration::seconds(60));
            engine.renew_lane(held).await.unwrap();
            assert!(engine.claim_lanes(me, 1).await.unwrap().is_empty(), "its worker lives");
        }
        bench.hand.advance(Duration::seconds(91));
        let next = engine.claim_lanes(me, 1).await.unwrap()[0];
        let late = engine.renew_lane(held).await;
        assert!(matches!(late, Err(wasl::store::StoreError::Fenced)));
        engine.renew_lane(next).await.unwrap();
    }
}

#[tokio::test]
async fn a_free_row_tells_whether_it_was_put_off_or_somebody_died_over_it() {
    let room = Room { urgent: 9, people: 9, other: 9 };
    for bench in benches() {
        let engine = &bench.engine;
        let stop = Heard::Said(Said { word: Some(Word::Stop), ..Said::default() });
        engine
            .accept(vec![Arrival { heard: stop, ..arrival(engine, "966500000001", 0) }], vec![])
            .await
            .unwrap();
        let me = engine.keys.chance().id();
        let claim = || async { engine.claim(me, room).await.unwrap().urgent };
        let first = claim().await.remove(0);
        assert_eq!((first.attempts, first.error), (1, None));
        engine.postpone(&first, engine.clock.now() + Duration::seconds(5), 11).await.unwrap();
        assert!(claim().await.is_empty(), "it was put off");
        bench.hand.advance(Duration::seconds(5));
        let second = claim().await.remove(0);
        assert_eq!((second.attempts, second.error), (2, Some(11)), "it was put off");
        bench.hand.advance(Duration::seconds(80));
        engine.renew_row(second.clone()).await.unwrap();
        bench.hand.advance(Duration::seconds(80));
        assert!(claim().await.is_empty(), "its worker lives");
        let now = engine.clock.now();
        engine.store.write(move |conn| wasl::store::outbox::free_all(conn, now)).await.unwrap();
        let third = claim().await.remove(0);
        assert_eq!((third.attempts, third.error), (3, None), "somebody died over it");
        engine.give_up(&second, 17).await.unwrap();
        engine.postpone(&second, now, 11).await.unwrap();
        assert!(claim().await.is_empty(), "whoever lost it changes nothing");
        engine.give_up(&third, 17).await.unwrap();
        assert!(engine.load().await.unwrap().is_idle());
    }
}

#[tokio::test]
async fn every_entry_of_the_audit_log_fits_its_chain() {
    for bench in benches() {
        let engine = &bench.engine;
        for n in 0..5 {
            let stop = Arrival {
                heard: Heard::Said(Said { word: Some([Word::Stop, Word::Start][n % 2]), ..Said::default() }),
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
    use wasl::engine::{SentNote, StatusNews};
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        let say = Say { content: Content::Booked, step: Step::Confirm, about: Coords::default(), mood: None };
        let rows = engine.settle(claim, open.id, 0, Act::default().saying(say)).await.unwrap();
        let wamid = Phi::new("wamid.out".to_owned());
        let status = StatusNews {
            clinic: 0,
            callback: Some(rows[0].id),
            wamid: wamid.clone(),
            rank: 2,
            failure: None,
            identity: None,
        };
        engine.accept(vec![], vec![status]).await.unwrap();
        let note = SentNote {
            say,
            wamid: Some(wamid),
            clinic: 0,
            write_back: Some(Phi::new("Patient/1".to_owned())),
        };
        engine.sent(rows[0].clone(), note).await.unwrap();
        let contact = engine.contact(rows[0].lane, 0, None).await.unwrap().contact;
        assert_eq!(contact.last, Some(say), "a typed answer will be read against it");
        assert_eq!(engine.load().await.unwrap().free, 1, "the EHR is told");
        assert!(engine.census().await.unwrap().contains(&("audit_event", 1)), "and the log has it once");
    }
}
