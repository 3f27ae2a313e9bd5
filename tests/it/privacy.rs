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

pub fn files(dir: &Path) -> Vec<PathBuf> {
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

pub fn forms(canary: &str) -> Vec<Vec<u8>> {
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

pub fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Every row of a PostgreSQL database as text; bytes show in hex.
pub fn rows(url: &str) -> String {
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

/// What is typed on the secure page: right and wrong answers, in both scripts and digits.
const TYPED: &[&str] = &[
    "Whitfield",
    "Quagmire",
    "قرقوش",
    "1990-05-30",
    "30 5 1990",
    "demo-4",
    "QX-7714093",
    "٧٧١٤٠٩٣",
    "7714093",
];

#[test]
fn nothing_that_was_typed_on_the_secure_page_is_kept_or_logged() {
    use crate::web::{answers, link, send};
    for database in [None, real::postgres()].into_iter().enumerate().filter_map(|(n, url)| match (n, url) {
        (0, _) => Some(None),
        (_, Some(url)) => Some(Some(url)),
        _ => None,
    }) {
        let env = vec![("WASL__IDENTIFY__POLICY".to_owned(), "questions".to_owned())];
        let world = World::with(Setting { database: database.clone(), env, ..Setting::default() });
        let phone = world.phone("+966500000003");
        let welcome = phone.says("hi");
        let url = link(&phone.taps(&welcome, "Book appointment"));
        let tries = [
            ("Quagmire Whitfield", "1990-05-30", "QX-7714093", 422),
            ("قرقوش الأول", "١٩٩٠-٥-٣٠", "٧٧١٤٠٩٣", 422),
            ("Quagmire", "1990-05-30", "", 422),
        ];
        for (name, birth, record, status) in tries {
            assert_eq!(send(&url, &answers(name, birth, record)).status, status);
        }
        world.fault("ehr", "GET /Patient", "status:500", 1);
        assert_eq!(send(&url, &answers("Quagmire Whitfield", "1990-05-30", "demo-4")).status, 503);
        assert_eq!(send(&url, &answers("Demo Whitfield", "1990-05-30", "demo-4")).status, 200);
        phone.answer();
        let mut kept: Vec<(String, Vec<u8>)> = files(world.dir())
            .into_iter()
            .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
            .collect();
        kept.extend(database.map(|url| ("postgresql".to_owned(), rows(&url).into_bytes())));
        for (place, bytes) in kept {
            for form in TYPED.iter().flat_map(|typed| forms(typed)) {
                assert!(!holds(&bytes, &form), "{} is in {place}", String::from_utf8_lossy(&form));
            }
        }
    }
}
