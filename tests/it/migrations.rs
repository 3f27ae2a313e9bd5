//! The database: manifest, migrations on both engines.

use crate::real;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::collections::{BTreeMap, BTreeSet};
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

#[derive(QueryableByName)]
struct Typed {
    #[diesel(sql_type = Text)]
    tab: String,
    #[diesel(sql_type = Text)]
    col: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

const SQLITE_TYPES: &str = "SELECT m.name AS tab, p.name AS col, lower(p.type) AS kind \
     FROM sqlite_master m JOIN pragma_table_info(m.name) p \
     WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite_%'";
const POSTGRES_TYPES: &str = "SELECT table_name::text AS tab, column_name::text AS col, data_type::text AS kind \
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";

/// One row in every table, a value in every column; `nth` keeps it apart from the rows before.
fn fill(target: &Target, nth: u8) -> usize {
    let mut conn = target.connect().unwrap();
    let columns: Vec<Typed> = match &mut conn {
        Conn::Sqlite(c) => sql_query(SQLITE_TYPES).load(c).unwrap(),
        Conn::Postgres(c) => sql_query(POSTGRES_TYPES).load(c).unwrap(),
    };
    let value = |kind: &str| match kind {
        "blob" => format!("x'{nth:02x}'"),
        "bytea" => format!("'\\x{nth:02x}'"),
        "text" => format!("'{nth}'"),
        "boolean" => "false".to_owned(),
        "smallint" | "integer" | "bigint" => nth.to_string(),
        other => panic!("no value for a column of type {other}"),
    };
    let mut tables: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for Typed { tab, col, kind } in columns {
        let (names, values) = tables.entry(tab).or_default();
        names.push(col);
        values.push(value(&kind));
    }
    for (table, (names, values)) in &tables {
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
        conn.batch_execute(&sql).unwrap();
    }
    tables.len()
}

/// The first migration alone.
fn first(target: &Target) {
    use diesel_migrations::{FileBasedMigrations, MigrationHarness};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    match target.connect().unwrap() {
        Conn::Sqlite(mut c) => {
            let all = FileBasedMigrations::from_path(format!("{root}/sqlite")).unwrap();
            c.run_next_migration(all).unwrap();
        }
        Conn::Postgres(mut c) => {
            let all = FileBasedMigrations::from_path(format!("{root}/postgres")).unwrap();
            c.run_next_migration(all).unwrap();
        }
    }
}

#[test]
fn up_on_a_filled_database_down_and_up_again() {
    everywhere(|target| {
        first(target);
        let tables = fill(target, 1);
        assert!(tables >= 14, "{tables}");
        assert!(!migrate::pending(target).unwrap().is_empty());
        migrate::up(target).unwrap();
        assert!(migrate::pending(target).unwrap().is_empty());
        let listed: BTreeSet<&str> = COLUMNS.iter().map(|(table, ..)| *table).collect();
        assert_eq!(fill(target, 2), listed.len(), "every table takes another row");
        assert!(migrate::up(target).unwrap().is_empty(), "nothing to do twice");
        let down = migrate::down(target).unwrap();
        assert!(columns(target).is_empty(), "nothing is left behind");
        assert_eq!(migrate::up(target).unwrap().len(), down.len());
        assert_eq!(migrate::names(target), migrate::names(&Target::parse("postgres://x@y/z").unwrap()));
    });
}
