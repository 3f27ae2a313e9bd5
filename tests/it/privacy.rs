//! The canary: names, phones, birth dates, record numbers and message ids of the demo people appear nowhere in what the
//! gateway keeps or logs, raw or encoded.

use crate::real;
use crate::world::{Setting, World};
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use std::path::{Path, PathBuf};

const CANARIES: &[&str] = &[
    "Whitfield",
    "Alzahrani",
    "966500000004",
    "500000004",
    "966500000001",
    "1990-05-30",
    "1984-03-12",
    "demo-4",
    "SA.1000000000000004",
    "Dermatology",
    "Alotaibi",
    "سارة",
    "wamid.",
];

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        // The twins are the other side of the wire; the configuration is the operator's.
        if path.ends_with("twins") || path.ends_with("config.toml") {
            continue;
        }
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn forms(canary: &str) -> Vec<Vec<u8>> {
    let bytes = canary.as_bytes();
    let hex = data_encoding::HEXLOWER.encode(bytes);
    let url: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    // Base64 of a text depends on where it stands: the middle of each of the three phases is searched for.
    let phases = (0..3).map(|shift| {
        let padded = [vec![b'.'; shift], bytes.to_vec()].concat();
        let text = data_encoding::BASE64.encode(&padded);
        let from = (shift * 8).div_ceil(6);
        text.as_bytes()[from..text.len().saturating_sub(4)].to_vec()
    });
    let upper = hex.to_uppercase();
    [bytes.to_vec(), hex.into_bytes(), upper.into_bytes(), url.into_bytes()]
        .into_iter()
        .chain(phases)
        .filter(|form| form.len() >= 6)
        .collect()
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Every row of a PostgreSQL database as text; bytes show in hex.
fn rows(url: &str) -> String {
    let mut conn = PgConnection::establish(url).unwrap();
    let mut tables: Vec<&str> = wasl::store::manifest::COLUMNS.iter().map(|column| column.0).collect();
    tables.dedup();
    let mut all = String::new();
    for table in tables {
        let query = sql_query(format!("SELECT t::text AS text FROM {table} t"));
        all.extend(query.load::<Row>(&mut conn).unwrap().into_iter().map(|row| row.text));
    }
    all
}

fn live(world: &World) {
    for (person, hello) in [("james", "hi"), ("amal", "مرحبا")] {
        let phone = world.phone(person);
        let welcome = phone.says(hello);
        let services = phone.taps(&welcome, "#0");
        let times = phone.taps(&services, "#0");
        let confirmation = phone.taps(&times, "#0");
        world.fault("ehr", "POST /", "lost-answer", 1);
        phone.taps(&confirmation, "#0");
        world.fault("graph", "POST /", "status:500", 1);
        world.fault("ehr", "GET /", "status:500", 1);
        phone.send(serde_json::json!({ "text": "my appointments" }));
        world.settle();
        world.advance("PT3M");
    }
}

#[test]
fn nothing_of_a_patient_is_in_a_postgresql_database() {
    let Some(url) = real::postgres() else { return };
    let world = World::with(Setting { database: Some(url.clone()), ..Setting::default() });
    live(&world);
    let all = rows(&url);
    assert!(all.len() > 5_000, "there is something to search");
    for canary in CANARIES {
        for form in forms(canary) {
            assert!(!holds(all.as_bytes(), &form), "{canary}");
        }
    }
}

#[test]
fn nothing_of_a_patient_is_in_database_wal_or_logs() {
    let mut world = World::start();
    live(&world);
    let scan = |world: &World| {
        let found = files(world.dir());
        assert!(
            found.iter().any(|path| path.ends_with("wasl.db"))
                && found.iter().any(|path| path.ends_with("gateway.log"))
        );
        for path in found {
            let bytes = std::fs::read(&path).unwrap();
            for canary in CANARIES {
                for form in forms(canary) {
                    assert!(!holds(&bytes, &form), "{canary} is in {}", path.display());
                }
            }
        }
    };
    scan(&world);
    world.kill_and_restart();
    world.settle();
    scan(&world);
}

#[test]
fn the_scan_would_find_it() {
    let text = "x 966500000004 y";
    for carrier in [
        text.to_owned(),
        data_encoding::BASE64.encode(text.as_bytes()),
        data_encoding::HEXLOWER.encode(text.as_bytes()),
    ] {
        assert!(forms("966500000004").iter().any(|form| holds(carrier.as_bytes(), form)), "{carrier}");
    }
}
