//! What somebody with a copy of the database and no key can find out: the log's entries open to nobody, and what was
//! urgent looks like what was not.

use crate::engine::{arrival, benches};
use crate::world::World;
use chrono::Duration;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, SmallInt};
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use wasl::domain::decision::AuditFact;
use wasl::domain::event::Said;
use wasl::domain::words::Word;
use wasl::engine::{Arrival, Heard};
use wasl::ids::{Chance, Id};
use wasl::seal::{Keys, MasterKey, Place};
use wasl::store::audit_log;

const HOUR_MS: i64 = 3_600_000;

/// Four people: one in an emergency, one in distress, one who wants a person, one who wants nothing.
fn four_chats() -> World {
    let world = World::start();
    world.phone("amal").says("الحقوني صدري يعورني");
    world.phone("james").says("I want to die");
    world.phone("crowd-02").says("agent");
    world.phone("crowd-04").says("hi");
    world.settle();
    world
}

fn database(world: &World) -> SqliteConnection {
    SqliteConnection::establish(world.dir().join("wasl.db").to_str().unwrap()).unwrap()
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    it: Vec<u8>,
}

fn bytes(conn: &mut SqliteConnection, sql: &str) -> Vec<Vec<u8>> {
    sql_query(sql).load::<Bytes>(conn).unwrap().into_iter().map(|row| row.it).collect()
}

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    body: Vec<u8>,
    #[diesel(sql_type = Binary)]
    private_s: Vec<u8>,
}

#[derive(QueryableByName)]
struct Effect {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    lane: Vec<u8>,
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Every text that an entry about one of these contacts, effects and contents could have committed to.
fn guesses(conn: &mut SqliteConnection) -> Vec<(&'static str, Value)> {
    let texts = include_str!("../../locales/en.ftl");
    let ids = texts.lines().filter_map(|line| Some(line.split_once(" =")?.0));
    let bare = |id: &str| {
        let levels = ["-details", "-time", "-neutral"];
        levels.iter().find_map(|level| id.strip_suffix(level)).unwrap_or(id).to_owned()
    };
    let contents: BTreeSet<String> = ids.map(bare).collect();
    let mut all = vec![];
    for clinic in 0..3 {
        for contact in bytes(conn, "SELECT id AS it FROM contact") {
            for fact in [
                AuditFact::EmergencyAnswered,
                AuditFact::PersonAsked,
                AuditFact::AccessRefused,
                AuditFact::TapRefused,
                AuditFact::Stopped,
            ] {
                all.push((fact.word(), json!({ "contact": hex(&contact), "clinic": clinic })));
            }
        }
        for effect in sql_query("SELECT id, lane FROM outbox").load::<Effect>(conn).unwrap() {
            for content in &contents {
                let (contact, effect) = (hex(&effect.lane), hex(&effect.id));
                let sent = AuditFact::MessageSent.word();
                all.push((sent, json!({ "contact": contact, "effect": effect, "content": content, "version": 1, "clinic": clinic })));
                all.push((
                    sent,
                    json!({ "contact": contact, "effect": effect, "content": content, "learnt": "status" }),
                ));
            }
        }
    }
    all
}

#[test]
fn no_entry_of_the_log_opens_with_what_the_columns_hold() {
    let world = four_chats();
    let master = std::fs::read_to_string(world.dir().join("master.key")).unwrap();
    let keys = Keys::new(&MasterKey::parse(&master).unwrap(), Chance::seeded(1));
    let mut conn = database(&world);
    let mut salts: BTreeSet<Vec<u8>> = BTreeSet::from([vec![0; 16]]);
    for sql in [
        "SELECT id AS it FROM audit_event",
        "SELECT writer AS it FROM audit_event",
        "SELECT prev AS it FROM audit_event",
        "SELECT id AS it FROM contact",
        "SELECT id AS it FROM outbox",
        "SELECT id AS it FROM inbox",
        "SELECT wamid_k AS it FROM outbox WHERE wamid_k IS NOT NULL",
        "SELECT dedupe_k AS it FROM inbox",
        "SELECT key_k AS it FROM address",
    ] {
        salts.extend(bytes(&mut conn, sql).into_iter().map(|it| it[..16].to_vec()));
    }
    let guesses = guesses(&mut conn);
    let entries: Vec<Entry> =
        sql_query("SELECT id, body, private_s FROM audit_event").load(&mut conn).unwrap();
    assert!(entries.len() >= 7, "four answers, three reasons: {}", entries.len());
    let mut shown = vec![];
    for entry in entries {
        let place = Place { column: "audit_event.private_s", row: &entry.id };
        let plain = keys.open(place, &entry.private_s).expect("whoever has the key opens it");
        let (salt, private) = plain.split_first_chunk::<16>().unwrap();
        let body: Value = serde_json::from_slice(&entry.body).unwrap();
        assert_eq!(body["private"], hex(&Keys::commit(salt, private)), "and finds what was committed to");
        let told: Value = serde_json::from_slice(private).unwrap();
        // A guesser who knows even the millisecond.
        let text = |word: &str, about: &Value| {
            json!({ "at": told["at"], "kind": word, "about": about }).to_string().into_bytes()
        };
        assert!(
            guesses.iter().any(|(word, about)| text(word, about) == private),
            "the guesses are good: {told}"
        );
        for (word, about) in &guesses {
            let text = text(word, about);
            for salt in &salts {
                let salt: &[u8; 16] = salt.as_slice().try_into().unwrap();
                assert_ne!(body["private"], hex(&Keys::commit(salt, &text)), "{about}");
            }
        }
        assert_eq!(body["at"].as_i64().unwrap() % HOUR_MS, 0, "to the hour");
        shown.push(body["kind"].as_str().unwrap().to_owned());
    }
    shown.sort();
    let guarded = shown.iter().filter(|kind| *kind == "guard").count();
    assert_eq!(guarded, 3, "{shown:?}");
    assert!(shown.iter().all(|kind| kind == "guard" || kind == "message-sent"), "{shown:?}");
}

#[derive(QueryableByName, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Done {
    #[diesel(sql_type = Bool)]
    open: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    seq: Option<i64>,
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = SmallInt)]
    priority: i16,
    #[diesel(sql_type = SmallInt)]
    attempts: i16,
    #[diesel(sql_type = Nullable<SmallInt>)]
    error: Option<i16>,
    #[diesel(sql_type = Bool)]
    sent: bool,
    #[diesel(sql_type = BigInt)]
    minutes: i64,
}

const DONE: &str = "SELECT open, seq, kind, priority, attempts, error, wamid_k IS NOT NULL AS sent, \
     due % 3600000 + coalesce(closed, 0) % 3600000 + coalesce(sent_at, 0) % 3600000 AS minutes \
     FROM outbox WHERE lane = ?";
const HEARD: &str = "SELECT open, CAST(NULL AS BIGINT) AS seq, kind, CAST(0 AS SMALLINT) AS priority, attempts, error, \
     0 AS sent, due % 3600000 + heard % 3600000 AS minutes FROM inbox WHERE lane = ?";

#[test]
fn what_was_urgent_leaves_the_same_rows_as_what_was_not() {
    let world = four_chats();
    let mut conn = database(&world);
    let contacts = bytes(&mut conn, "SELECT id AS it FROM contact ORDER BY rowid");
    assert_eq!(contacts.len(), 4);
    let mut left = |sql: &str, contact: &[u8]| {
        let mut rows: Vec<Done> = sql_query(sql).bind::<Binary, _>(contact).load(&mut conn).unwrap();
        rows.sort();
        rows
    };
    let emergency = left(DONE, &contacts[0]);
    assert_eq!(emergency.iter().filter(|row| row.sent).count(), 1);
    assert_eq!(emergency.len(), 2, "an answer and a work item");
    assert!(emergency.iter().all(|row| row.minutes == 0), "hours only");
    assert_eq!(emergency, left(DONE, &contacts[1]), "distress");
    assert_eq!(emergency, left(DONE, &contacts[2]), "a wish for a person");
    let heard = left(HEARD, &contacts[0]);
    for contact in &contacts[1..] {
        assert_eq!(heard, left(HEARD, contact), "also beside what was no guard's business");
    }
}

#[tokio::test]
async fn the_oldest_entries_go_and_what_stays_is_still_a_chain() {
    for bench in benches() {
        let engine = &bench.engine;
        let said = |n: usize| Arrival {
            heard: Heard::Said(Said {
                word: Some([Word::Stop, Word::Start][n % 2]),
                script: None,
                ..Said::default()
            }),
            ..arrival(engine, "966500000001", n)
        };
        for n in 0..6 {
            engine.accept(vec![said(n)], vec![]).await.unwrap();
            bench.hand.advance(Duration::days(1));
        }
        let entries = || async {
            let census = engine.census().await.unwrap();
            census.iter().find(|(table, _)| *table == "audit_event").unwrap().1
        };
        let purge = |days: i64| {
            let cutoff = engine.clock.now() - Duration::days(days);
            engine.store.write(move |conn| audit_log::purge(conn, cutoff))
        };
        assert_eq!(purge(7).await.unwrap(), 0);
        assert_eq!((purge(3).await.unwrap(), entries().await), (3, 3));
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None, "from the hash of the last one gone");
        engine.accept(vec![said(6)], vec![]).await.unwrap();
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None);
        bench.hand.advance(Duration::days(9));
        assert_eq!((purge(3).await.unwrap(), entries().await), (4, 0));
        for n in 7..20 {
            engine.accept(vec![said(n)], vec![]).await.unwrap();
        }
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None, "chains go on where they ended");
    }
}

#[tokio::test]
async fn whoever_has_the_key_notices_a_private_part_that_was_exchanged() {
    use diesel::prelude::*;
    use wasl::store::schema::audit_event as log;
    for bench in benches() {
        let engine = &bench.engine;
        let stop = Heard::Said(Said { word: Some(Word::Stop), ..Said::default() });
        engine
            .accept(vec![Arrival { heard: stop, ..arrival(engine, "966500000001", 0) }], vec![])
            .await
            .unwrap();
        assert_eq!(engine.broken_audit_entry().await.unwrap(), None);
        let keys = engine.keys.clone();
        let forged: Id = engine
            .store
            .write(move |conn| {
                let id: Vec<u8> = log::table.select(log::id).first(conn)?;
                let other = [&[7; 16][..], br#"{"at":1,"kind":"stopped","about":{}}"#].concat();
                let sealed = keys.seal(Place { column: "audit_event.private_s", row: &id }, &other);
                diesel::update(log::table).set(log::private_s.eq(sealed)).execute(conn)?;
                Ok(Id::from_slice(&id).unwrap())
            })
            .await
            .unwrap();
        assert_eq!(engine.broken_audit_entry().await.unwrap(), Some(forged));
    }
}
