//! Retention, column by column, as the manifest declares it.

use crate::engine::{Bench, arrival, benches, heard, menu, visit};
use chrono::Duration;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::collections::{BTreeMap, BTreeSet};
use wasl::clock::Moment;
use wasl::domain::decision::{Act, Told};
use wasl::domain::event::Said;
use wasl::domain::fact::VisitState;
use wasl::domain::words::Word;
use wasl::engine::{Arrival, Facing, Heard, SentNote};
use wasl::ids::Id;
use wasl::phi::Phi;
use wasl::store::conn::Conn;
use wasl::store::manifest::{COLUMNS, Kept};
use wasl::store::{proof, purge};

const DEDUPE: Duration = Duration::days(30);
const ADDRESSES: Duration = Duration::hours(72);
const AUDIT: Duration = Duration::days(366);
/// How long the token of the page that was used would have worked.
const TOKEN: Duration = Duration::days(7);
/// Times of what is over are kept to the hour, and weeks of watches to the week.
const GRAIN: Duration = Duration::hours(2);

async fn purged(bench: &Bench, at: Moment) -> purge::Purged {
    let keep = purge::Keep { dedupe: DEDUPE, addresses: ADDRESSES, audit: AUDIT };
    bench.engine.store.write(move |conn| purge::run(conn, keep, at)).await.unwrap()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(conn: &mut Conn, sql: &str) -> i64 {
    let row: Count = match conn {
        Conn::Sqlite(c) => sql_query(sql).get_result(c).unwrap(),
        Conn::Postgres(c) => sql_query(sql).get_result(c).unwrap(),
    };
    row.n
}

type Filled = BTreeMap<(&'static str, &'static str), i64>;

/// How many rows hold something, for every column of the manifest.
async fn filled(bench: &Bench) -> Filled {
    bench
        .engine
        .store
        .read(|conn| {
            let held = |(table, column, _, _): &(&'static str, &'static str, _, _)| {
                let sql = format!("SELECT count(*) AS n FROM {table} WHERE {column} IS NOT NULL");
                ((*table, *column), count(conn, &sql))
            };
            Ok(COLUMNS.iter().map(held).collect())
        })
        .await
        .unwrap()
}

/// Everything a person can leave behind, and what the gateway keeps for itself.
async fn lived(bench: &Bench) {
    let engine = &bench.engine;
    let clinic = engine.clinics[0].no;
    heard(engine, "966500000001", 0).await;
    let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
    let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
    let act = Act { told: vec![Told::of(&visit(1, VisitState::Booked))], ..Act::default() };
    let rows = engine.settle(claim, open.id, clinic, act.saying(menu())).await.unwrap();
    let note =
        SentNote { say: menu(), wamid: Some(Phi::new("wamid.x".to_owned())), clinic, write_back: None };
    engine.sent(rows[0].clone(), note).await.unwrap();
    engine.release(claim).await.unwrap();
    let stop = Heard::Said(Said { word: Some(Word::Stop), ..Said::default() });
    engine.accept(vec![Arrival { heard: stop, ..arrival(engine, "966500000001", 1) }], vec![]).await.unwrap();
    let room = wasl::engine::Room { urgent: 9, people: 9, other: 9 };
    let urgent = engine.claim(engine.keys.chance().id(), room).await.unwrap().urgent;
    engine.give_up(&urgent[0], 17).await.unwrap();
    let (keys, now) = (engine.keys.clone(), engine.clock.now());
    engine
        .store
        .write(move |conn| {
            assert!(proof::use_up(conn, Id([5; 16]), now + TOKEN)?);
            proof::count(conn, &keys, proof::Whose::Contact(Id([6; 16])))
        })
        .await
        .unwrap();
    let own = "INSERT INTO pause VALUES ('everything', 1); INSERT INTO setting VALUES ('a', 'b'); \
        INSERT INTO key_state VALUES ('row', 1, 1, 1);";
    engine
        .store
        .write(move |conn| {
            use diesel::connection::SimpleConnection;
            conn.batch_execute(own)?;
            let id = if matches!(conn, Conn::Sqlite(_)) { "x'05'" } else { "'\\x05'" };
            conn.batch_execute(&format!("INSERT INTO instance VALUES ({id}, 1, 1)"))?;
            Ok(())
        })
        .await
        .unwrap();
}

/// When a column's value goes, counted from what was last done; `None`: it stays.
fn goes(kept: Kept) -> Option<Duration> {
    match kept {
        Kept::UntilDone => Some(Duration::zero()),
        Kept::Window => Some(Duration::hours(24)),
        Kept::Address | Kept::UntilDelivered => Some(ADDRESSES),
        Kept::Token => Some(TOKEN),
        Kept::Dedupe => Some(DEDUPE),
        Kept::Watch => Some(Duration::weeks(26)),
        Kept::Audit => Some(AUDIT),
        Kept::Relationship | Kept::Always => None,
    }
}

#[tokio::test]
async fn every_column_goes_when_its_rule_says_and_not_before() {
    for bench in benches() {
        lived(&bench).await;
        let began = bench.engine.clock.now();
        let at_first = filled(&bench).await;
        let tables: BTreeSet<&str> =
            at_first.iter().filter(|(_, rows)| **rows > 0).map(|((table, _), _)| *table).collect();
        let all: BTreeSet<&str> = COLUMNS.iter().map(|(table, ..)| *table).collect();
        // Where a chain begins is known once something of it went.
        assert_eq!(all.difference(&tables).collect::<Vec<_>>(), [&"audit_base"], "every table is filled");

        let mut moments: Vec<Duration> = COLUMNS.iter().filter_map(|(.., kept)| goes(*kept)).collect();
        moments.sort();
        moments.dedup();
        for moment in moments {
            for (at, gone) in [(moment - GRAIN, false), (moment + GRAIN + week(moment), true)] {
                purged(&bench, began + at).await;
                let now = filled(&bench).await;
                for (table, column, _, kept) in COLUMNS {
                    let (before, left) = (at_first[&(*table, *column)], now[&(*table, *column)]);
                    match goes(*kept) {
                        Some(rule) if rule < moment || (rule == moment && gone) => {
                            assert_eq!(left, 0, "{table}.{column} stays after {at}");
                        }
                        Some(_) => assert_eq!(left, before, "{table}.{column} goes before its time, at {at}"),
                        None if *table == "audit_base" => {}
                        None => assert_eq!(left, before, "{table}.{column} is kept"),
                    }
                }
            }
        }
        let now = filled(&bench).await;
        assert!(now[&("audit_base", "hash")] > 0, "and chains say where they go on");
    }
}

/// Watches go by the week.
fn week(moment: Duration) -> Duration {
    if moment == Duration::weeks(26) { Duration::weeks(1) } else { Duration::zero() }
}

#[tokio::test]
async fn an_address_stays_while_there_is_something_to_decide_or_to_send() {
    for bench in benches() {
        let engine = &bench.engine;
        heard(engine, "966500000001", 0).await;
        let claim = engine.claim_lanes(engine.keys.chance().id(), 1).await.unwrap()[0];
        let Facing::Heard(open) = engine.face(claim).await.unwrap() else { panic!("something was heard") };
        let now = engine.clock.now();
        assert_eq!(
            purged(&bench, now + Duration::days(9)).await.addresses,
            0,
            "there is something to decide"
        );
        let rows = engine.settle(claim, open.id, 0, Act::default().saying(menu())).await.unwrap();
        assert_eq!(purged(&bench, now + Duration::days(9)).await.addresses, 0, "there is something to send");
        bench.hand.advance(Duration::days(10));
        engine.give_up(&rows[0], 17).await.unwrap();
        engine.release(claim).await.unwrap();
        let now = engine.clock.now();
        assert_eq!(purged(&bench, now + Duration::hours(71)).await, purge::Purged::default());
        assert_eq!(purged(&bench, now + Duration::hours(74)).await.addresses, 1);
        assert!(engine.contact(claim.lane, 0, None).await.unwrap().address.is_none());
    }
}
