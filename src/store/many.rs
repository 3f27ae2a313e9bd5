//! Many rows in one statement, so that a hundred webhooks cost a handful of round trips.
//!
//! PostgreSQL gets one array for each column: text and parameters are the same for any number of rows. It prepares them
//! each time, for the tables as they are now: a plan made while a table was empty would stay with it. SQLite, where a
//! round trip costs nothing and reading a statement does, gets them as `VALUES` of a few sizes, which stay prepared.

use crate::store::StoreError;
use crate::store::conn::Conn;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, BoxedSqlQuery, Query, QueryFragment, QueryId, SqlQuery};
use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, SmallInt, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, RunQueryDsl};

/// Rows in one statement of SQLite.
const SIZES: [usize; 3] = [64, 8, 1];

/// A value of a row.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Small(i16),
    Big(i64),
    MaybeBig(Option<i64>),
    Bytes(Vec<u8>),
    MaybeBytes(Option<Vec<u8>>),
    Flag(bool),
}

/// A statement over rows of the same width. `{rows}` in its text becomes a query for them; its columns are called
/// `column1`, `column2` and so on.
pub(super) struct Many {
    text: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Many {
    pub(super) fn new(text: &'static str) -> Self {
        Self { text, width: 1, values: Vec::new() }
    }

    pub(super) fn row<const N: usize>(&mut self, row: [Value; N]) {
        self.width = N;
        self.values.extend(row);
    }

    /// Runs it, unless there are no rows.
    pub(super) fn execute(self, conn: &mut Conn) -> Result<(), StoreError> {
        if self.values.is_empty() {
            return Ok(());
        }
        match conn {
            Conn::Sqlite(c) => {
                for part in self.parts() {
                    part.execute(c)?;
                }
            }
            Conn::Postgres(c) => {
                self.postgres().execute(c)?;
            }
        }
        Ok(())
    }

    /// Runs it and reads what it returns.
    pub(super) fn load<T>(self, conn: &mut Conn) -> Result<Vec<T>, StoreError>
    where
        T: QueryableByName<Sqlite> + QueryableByName<Pg> + 'static,
    {
        if self.values.is_empty() {
            return Ok(Vec::new());
        }
        match conn {
            Conn::Sqlite(c) => {
                let mut found = Vec::new();
                for part in self.parts() {
                    found.append(&mut part.load(c)?);
                }
                Ok(found)
            }
            Conn::Postgres(c) => Ok(self.postgres().load(c)?),
        }
    }

    /// The same in parts that are prepared once.
    fn parts(self) -> Vec<Part> {
        let Self { text, width, values } = self;
        let (mut parts, mut values) = (Vec::new(), values.into_iter());
        for rows in SIZES {
            while values.len() >= rows * width {
                parts.push(Part { text, width, values: values.by_ref().take(rows * width).collect() });
            }
        }
        parts
    }

    /// `SELECT * FROM unnest($1, $2) AS rows (column1, column2)`. Rows come, and are locked, in their order.
    fn postgres(self) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
        let list = |name: &str| {
            let names: Vec<String> = (1..=self.width).map(|n| format!("{name}{n}")).collect();
            names.join(", ")
        };
        let rows = format!("SELECT * FROM unnest({}) AS rows ({})", list("$"), list("column"));
        let query = diesel::sql_query(self.text.replace("{rows}", &rows)).into_boxed::<Pg>();
        let mut columns = vec![Column::Empty; self.width];
        for (n, value) in self.values.into_iter().enumerate() {
            columns[n % self.width].push(value);
        }
        columns.into_iter().fold(query, |query, column| match column {
            Column::Small(it) => query.bind::<Array<Nullable<SmallInt>>, _>(it),
            Column::Big(it) => query.bind::<Array<Nullable<BigInt>>, _>(it),
            Column::Bytes(it) => query.bind::<Array<Nullable<Binary>>, _>(it),
            Column::Flag(it) => query.bind::<Array<Bool>, _>(it),
            Column::Empty => query,
        })
    }
}

/// A statement of SQLite whose text comes again and again: `VALUES (?, ?), (?, ?)` between the parts of a text.
struct Part {
    text: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl QueryFragment<Sqlite> for Part {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> diesel::QueryResult<()> {
        let (before, after) = self.text.split_once("{rows}").unwrap_or((self.text, ""));
        out.push_sql(before);
        for (n, value) in self.values.iter().enumerate() {
            out.push_sql(match (n, n % self.width) {
                (0, _) => "VALUES (",
                (_, 0) => "), (",
                _ => ", ",
            });
            bind(&mut out, value)?;
        }
        out.push_sql(")");
        out.push_sql(after);
        Ok(())
    }
}

fn bind<'b>(out: &mut AstPass<'_, 'b, Sqlite>, value: &'b Value) -> diesel::QueryResult<()> {
    match value {
        Value::Small(it) => out.push_bind_param::<SmallInt, _>(it),
        Value::Big(it) => out.push_bind_param::<BigInt, _>(it),
        Value::MaybeBig(it) => out.push_bind_param::<Nullable<BigInt>, _>(it),
        Value::Bytes(it) => out.push_bind_param::<Binary, _>(it),
        Value::MaybeBytes(it) => out.push_bind_param::<Nullable<Binary>, _>(it),
        Value::Flag(it) => out.push_bind_param::<Bool, _>(it),
    }
}

impl QueryId for Part {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Part {
    type SqlType = Untyped;
}

impl RunQueryDsl<diesel::SqliteConnection> for Part {}

/// The values of one column, which are all of one kind.
#[derive(Clone)]
enum Column {
    Empty,
    Small(Vec<Option<i16>>),
    Big(Vec<Option<i64>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Flag(Vec<bool>),
}

impl Column {
    fn push(&mut self, value: Value) {
        match value {
            Value::Small(it) => self.small(Some(it)),
            Value::Big(it) => self.big(Some(it)),
            Value::MaybeBig(it) => self.big(it),
            Value::Bytes(it) => self.bytes(Some(it)),
            Value::MaybeBytes(it) => self.bytes(it),
            Value::Flag(it) => match self {
                Self::Flag(column) => column.push(it),
                _ => *self = Self::Flag(vec![it]),
            },
        }
    }

    fn small(&mut self, value: Option<i16>) {
        match self {
            Self::Small(column) => column.push(value),
            _ => *self = Self::Small(vec![value]),
        }
    }

    fn big(&mut self, value: Option<i64>) {
        match self {
            Self::Big(column) => column.push(value),
            _ => *self = Self::Big(vec![value]),
        }
    }

    fn bytes(&mut self, value: Option<Vec<u8>>) {
        match self {
            Self::Bytes(column) => column.push(value),
            _ => *self = Self::Bytes(vec![value]),
        }
    }
}
