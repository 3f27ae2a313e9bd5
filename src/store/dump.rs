//! Every row as text, bytes in hex: what somebody who got hold of the database would read. The canary and the
//! sandbox's panel search it; nothing is opened here.

use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::manifest::{COLUMNS, Holds};
use diesel::prelude::*;
use diesel::sql_types::Text;

/// Stands between the cells of a row (unit separator).
const BETWEEN: char = '\u{1f}';

/// One table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns in the order of the manifest.
    pub columns: Vec<(&'static str, Holds)>,
    /// Its rows, in no order, a text for each column.
    pub rows: Vec<Vec<String>>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table, of each at most `most` rows.
///
/// # Errors
/// The database refused.
pub fn all(conn: &mut Conn, most: u32) -> Result<Vec<Table>, StoreError> {
    let mut tables: Vec<Table> = vec![];
    for (table, column, holds, _) in COLUMNS {
        match tables.last_mut().filter(|last| last.name == *table) {
            Some(last) => last.columns.push((column, *holds)),
            None => tables.push(Table { name: table, columns: vec![(column, *holds)], rows: vec![] }),
        }
    }
    for table in &mut tables {
        table.rows = rows(conn, table, most)?;
    }
    Ok(tables)
}

/// Names come from the manifest, never from outside.
fn rows(conn: &mut Conn, table: &Table, most: u32) -> Result<Vec<Vec<String>>, StoreError> {
    let cells = |cell: fn(&str) -> String, between: &str| -> String {
        table.columns.iter().map(|(name, _)| cell(name)).collect::<Vec<_>>().join(between)
    };
    let name = table.name;
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => {
            let cells = cells(|name| format!("quote(\"{name}\")"), "||char(31)||");
            diesel::sql_query(format!("SELECT {cells} AS line FROM \"{name}\" LIMIT {most}")).load(conn)?
        }
        Conn::Postgres(conn) => {
            let cells = cells(|name| format!("coalesce(\"{name}\"::text,'NULL')"), "||chr(31)||");
            diesel::sql_query(format!("SELECT {cells} AS line FROM \"{name}\" LIMIT {most}")).load(conn)?
        }
    };
    Ok(lines.iter().map(|row| row.line.split(BETWEEN).map(str::to_owned).collect()).collect())
}
