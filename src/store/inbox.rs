//! What was heard and not yet decided about. A row is open from the commit that was answered with 200 to the
//! transaction that settles it; afterwards only its dedupe hash stays.

use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keyed, Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt::{self, Meaning};
use crate::store::lanes;
use crate::store::many::{Many, Value};
use crate::store::schema::inbox;
use crate::store::{StoreError, hour};
use diesel::prelude::*;
use diesel::sql_types::{Binary, SmallInt};
use std::collections::HashSet;

/// A row to be decided about.
#[derive(Clone, Debug)]
pub struct Open {
    /// The row.
    pub id: Id,
    /// When we heard of it.
    pub heard_at: Moment,
    /// How often a worker faced it, this time included.
    pub attempts: i16,
    /// What it means; `None` when it cannot be opened any more (its key was retired).
    pub meaning: Option<Meaning>,
}

/// Where a row comes from (`inbox.kind`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// WhatsApp.
    Message,
    /// An EHR feed.
    Feed,
    /// A page of ours.
    Page,
}

impl Kind {
    const fn code(self) -> i16 {
        match self {
            Self::Message => 1,
            Self::Feed => 3,
            Self::Page => 4,
        }
    }
}

/// True when something with this key was heard before.
pub fn heard_before(conn: &mut Conn, keys: &Keys, key: &Phi<String>) -> Result<bool, StoreError> {
    for index in keys.indexes(Purpose::Wamid, crypt::index_bytes(key)) {
        let count: i64 = inbox::table
            .filter(inbox::dedupe_e.eq(index.epoch))
            .filter(inbox::dedupe_k.eq(index.value.to_vec()))
            .count()
            .get_result(conn)?;
        if count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = SmallInt)]
    dedupe_e: i16,
    #[diesel(sql_type = Binary)]
    dedupe_k: Vec<u8>,
}

const KNOWN: &str = "SELECT i.dedupe_e, i.dedupe_k FROM ({rows}) AS k CROSS JOIN inbox i \
     WHERE i.dedupe_e = k.column1 AND i.dedupe_k = k.column2";
const ADD: &str = "INSERT INTO inbox \
     (id, lane, seq, open, due, kind, meaning_s, dedupe_e, dedupe_k, heard, attempts) {rows}";

/// Which of these keys were heard before.
pub fn known(conn: &mut Conn, keyed: impl Iterator<Item = Keyed>) -> Result<HashSet<Keyed>, StoreError> {
    let mut known = Many::new(KNOWN);
    keyed.for_each(|it| known.row([Value::Small(it.epoch), Value::Bytes(it.value.to_vec())]));
    let read = |found: Known| {
        Some(Keyed { epoch: found.dedupe_e, value: found.dedupe_k.as_slice().try_into().ok()? })
    };
    Ok(known.load::<Known>(conn)?.into_iter().filter_map(read).collect())
}

/// A message that has its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The row.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// Its place in the lane.
    pub seq: i64,
    /// What makes a repeat recognisable, under the current key.
    pub key: Keyed,
    /// Its sealed meaning; without one it is closed from the start.
    pub sealed: Option<Vec<u8>>,
}

/// Adds messages whose lanes were woken.
pub fn add_all(conn: &mut Conn, placed: Vec<Placed>, now: Moment) -> Result<(), StoreError> {
    let mut add = Many::new(ADD);
    for it in placed {
        let open = it.sealed.is_some();
        let heard = heard_at(open, now);
        add.row([
            Value::Bytes(it.id.0.to_vec()),
            Value::Bytes(it.lane.0.to_vec()),
            Value::Big(it.seq),
            Value::Flag(open),
            Value::Big(heard),
            Value::Small(Kind::Message.code()),
            Value::MaybeBytes(it.sealed),
            Value::Small(it.key.epoch),
            Value::Bytes(it.key.value.to_vec()),
            Value::Big(heard),
            Value::Small(i16::from(!open)),
        ]);
    }
    add.execute(conn)
}

/// What was done with at once must not differ from what was decided later: it was a STOP, or an emergency.
fn heard_at(open: bool, now: Moment) -> i64 {
    if open { now.timestamp_millis() } else { hour(now) }
}

/// A new row.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The row.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// Its place there ([`lanes::next_place`]).
    pub place: i64,
    /// Where it comes from.
    pub kind: Kind,
    /// What makes a repeat recognisable.
    pub key: &'a Phi<String>,
    /// What it means; without one it is closed from the start: all that was to be done is done in this transaction.
    pub meaning: Option<&'a Meaning>,
}

/// Adds a row.
pub fn add(conn: &mut Conn, keys: &Keys, new: &New<'_>, now: Moment) -> Result<(), StoreError> {
    let index = keys.index(Purpose::Wamid, crypt::index_bytes(new.key));
    let sealed = new.meaning.and_then(|meaning| crypt::seal_meaning(keys, new.id, meaning));
    let open = sealed.is_some();
    let heard = heard_at(open, now);
    diesel::insert_into(inbox::table)
        .values((
            inbox::id.eq(new.id.0.to_vec()),
            inbox::lane.eq(new.lane.0.to_vec()),
            inbox::seq.eq(new.place),
            inbox::open.eq(open),
            inbox::due.eq(heard),
            inbox::kind.eq(new.kind.code()),
            inbox::meaning_s.eq(sealed),
            inbox::dedupe_e.eq(index.epoch),
            inbox::dedupe_k.eq(index.value.to_vec()),
            inbox::heard.eq(heard),
            inbox::attempts.eq(i16::from(!open)),
        ))
        .execute(conn)?;
    if open { lanes::wake(conn, new.lane, now) } else { Ok(()) }
}

/// Faces the oldest open row of a lane once more.
pub fn oldest(conn: &mut Conn, keys: &Keys, lane: Id) -> Result<Option<Open>, StoreError> {
    let found: Option<Vec<u8>> = inbox::table
        .filter(inbox::open)
        .filter(inbox::lane.eq(lane.0.to_vec()))
        .order(inbox::seq)
        .select(inbox::id)
        .first(conn)
        .optional()?;
    let Some(found) = found else { return Ok(None) };
    let (id, heard, attempts, sealed): (Vec<u8>, i64, i16, Option<Vec<u8>>) =
        diesel::update(inbox::table.find(found))
            .set(inbox::attempts.eq(inbox::attempts + 1))
            .returning((inbox::id, inbox::heard, inbox::attempts, inbox::meaning_s))
            .get_result(conn)?;
    Ok(Id::from_slice(&id).map(|id| {
        let meaning = sealed.and_then(|sealed| crypt::open_meaning(keys, id, &sealed).ok());
        Open { id, heard_at: crate::clock::from_millis(heard), attempts, meaning }
    }))
}

/// Closes a row; its meaning is wiped, and of its time only the hour stays. `error` is a closed code for dead letters.
pub fn close(conn: &mut Conn, id: Id, now: Moment, error: Option<i16>) -> Result<(), StoreError> {
    diesel::update(inbox::table.find(id.0.to_vec()))
        .set((
            inbox::open.eq(false),
            inbox::meaning_s.eq(None::<Vec<u8>>),
            inbox::error.eq(error),
            inbox::due.eq(hour(now)),
            inbox::heard.eq(hour(now)),
        ))
        .execute(conn)?;
    Ok(())
}
