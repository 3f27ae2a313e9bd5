//! The database: manifest, migrations on both engines.

use crate::real;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::collections::BTreeSet;
use wasl::store::conn::{Conn, Target};
use wasl::store::manifest::{COLUMNS, Holds};
use wasl::store::migrate;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    tab: String,
    #[diesel(sql_type = Text)]
    col: String,
}

const SQLITE: &str = "SELECT m.name AS tab, p.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) p \
     WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite_%'";
const POSTGRES: &str = "SELECT table_name::text AS tab, column_name::text AS col FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";

fn columns(target: &Target) -> BTreeSet<(String, String)> {
    let rows: Vec<Column> = match target.connect().unwrap() {
        Conn::Sqlite(mut c) => sql_query(SQLITE).load(&mut c).unwrap(),
        Conn::Postgres(mut c) => sql_query(POSTGRES).load(&mut c).unwrap(),
    };
    rows.into_iter().map(|row| (row.tab, row.col)).collect()
}

fn everywhere(check: impl Fn(&Target)) {
    let dir = tempfile::tempdir().unwrap();
    check(&Target::Sqlite(dir.path().join("x.db")));
    if let Some(url) = real::postgres() {
        check(&Target::parse(&url).unwrap());
    }
}

#[test]
fn every_column_is_on_the_manifest_and_every_line_of_it_is_a_column() {
    let listed: BTreeSet<(String, String)> =
        COLUMNS.iter().map(|(table, column, _, _)| ((*table).to_owned(), (*column).to_owned())).collect();
    assert_eq!(listed.len(), COLUMNS.len(), "no line twice");
    everywhere(|target| {
        migrate::up(target).unwrap();
        assert_eq!(columns(target), listed);
    });
}

#[test]
fn names_say_what_a_column_holds() {
    for (table, column, holds, _) in COLUMNS {
        assert_eq!(
            column.ends_with("_s"),
            *holds == Holds::Sealed || *column == "private_s",
            "{table}.{column}"
        );
        assert_eq!(column.ends_with("_k"), *holds == Holds::Pseudonym, "{table}.{column}");
        let epoch = column.ends_with("_e") || *column == "epoch";
        assert_eq!(epoch, *holds == Holds::KeyEpoch, "{table}.{column}");
    }
}

#[test]
fn up_on_a_filled_database_down_and_up_again() {
    everywhere(|target| {
        migrate::up(target).unwrap();
        assert!(migrate::pending(target).unwrap().is_empty());
        let rows = "INSERT INTO pause VALUES ('everything', 1); INSERT INTO setting VALUES ('a', 'b'); \
            INSERT INTO key_state VALUES ('row', 1, 1, 1); INSERT INTO page_used VALUES ('token', 1); \
            INSERT INTO proof_try VALUES (1, 'who', 3);";
        match target.connect().unwrap() {
            Conn::Sqlite(mut c) => c.batch_execute(rows).unwrap(),
            Conn::Postgres(mut c) => c.batch_execute(rows).unwrap(),
        }
        assert!(migrate::up(target).unwrap().is_empty(), "nothing to do twice");
        let down = migrate::down(target).unwrap();
        assert!(columns(target).is_empty(), "nothing is left behind");
        assert_eq!(migrate::up(target).unwrap().len(), down.len());
        assert_eq!(migrate::names(target), migrate::names(&Target::parse("postgres://x@y/z").unwrap()));
    });
}
