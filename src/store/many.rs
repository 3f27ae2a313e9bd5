//! Many rows in one statement: the same text on both engines, so that a hundred webhooks cost a handful of round
//! trips. Such statements differ with every number of rows; they are prepared each time, for the tables as they are
//! now, which keeps PostgreSQL from planning for a table that was empty when it first saw the statement.

use crate::store::StoreError;
use crate::store::conn::Conn;
use diesel::QueryableByName;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::query_dsl::methods::LoadQuery;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, SmallInt};

/// The enum's backend, which stands for both.
type Either = <Conn as diesel::Connection>::Backend;
type Boxed<'q> = BoxedSqlQuery<'q, Either, SqlQuery>;

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

/// A statement over rows of the same width; `{rows}` in `text` becomes `(?1, ?2), (?3, ?4)`.
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

    /// SQLite takes `$1` for a name and looks it up among all others; `?1` is a number.
    fn query(self, conn: &Conn) -> Boxed<'static> {
        let sign = if matches!(conn, Conn::Sqlite(_)) { '?' } else { '$' };
        let mut rows = String::with_capacity(self.values.len() * 6);
        for n in 0..self.values.len() {
            rows.push_str(match (n, n % self.width) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            });
            rows.push(sign);
            rows.push_str(&(n + 1).to_string());
        }
        rows.push(')');
        let query = diesel::sql_query(self.text.replace("{rows}", &rows)).into_boxed::<Either>();
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Small(it) => query.bind::<SmallInt, _>(it),
            Value::Big(it) => query.bind::<BigInt, _>(it),
            Value::MaybeBig(it) => query.bind::<Nullable<BigInt>, _>(it),
            Value::Bytes(it) => query.bind::<Binary, _>(it),
            Value::MaybeBytes(it) => query.bind::<Nullable<Binary>, _>(it),
            Value::Flag(it) => query.bind::<Bool, _>(it),
        })
    }

    /// Runs it, unless there are no rows.
    pub(super) fn execute(self, conn: &mut Conn) -> Result<(), StoreError> {
        if self.values.is_empty() {
            return Ok(());
        }
        diesel::RunQueryDsl::execute(self.query(conn), conn)?;
        Ok(())
    }

    /// Runs it and reads what it returns.
    pub(super) fn load<T>(self, conn: &mut Conn) -> Result<Vec<T>, StoreError>
    where
        T: QueryableByName<Either> + 'static,
        Boxed<'static>: LoadQuery<'static, Conn, T>,
    {
        if self.values.is_empty() {
            return Ok(Vec::new());
        }
        Ok(diesel::RunQueryDsl::load(self.query(conn), conn)?)
    }
}
