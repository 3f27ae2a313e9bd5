//! What became of a message once Meta had it.

use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt::{self, Errand};
use crate::store::many::{Many, Value};
use crate::store::outbox::{finish, wipe};
use crate::store::schema::outbox;
use crate::store::{StoreError, hour};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, SmallInt};
use std::collections::BTreeMap;

/// Notes that Meta accepted a message, and closes its row: whoever says so knows. With `keep`, what was said stays sealed
/// until a status tells that it arrived: if it does not, it is said another way.
pub fn sent(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    wamid: Option<&Phi<String>>,
    keep: bool,
    now: Moment,
) -> Result<(), StoreError> {
    let index = wamid.map(|wamid| keys.index(Purpose::Wamid, crypt::index_bytes(wamid)));
    diesel::update(outbox::table.find(id.0.to_vec()))
        .set((
            outbox::wamid_e.eq(index.map(|index| index.epoch)),
            outbox::wamid_k.eq(index.map(|index| index.value.to_vec())),
            outbox::sent_at.eq(hour(now)),
        ))
        .execute(conn)?;
    if keep { finish(conn, id, now, None) } else { wipe(conn, id, now, None) }
}

/// True when Meta has taken this message.
pub fn was_sent(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let sent: Option<Option<i64>> =
        outbox::table.find(id.0.to_vec()).select(outbox::sent_at).first(conn).optional()?;
    Ok(sent.flatten().is_some())
}

/// A message's row as a status finds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// The row.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// Its send was never answered.
    pub open: bool,
    /// The highest status so far.
    pub rank: i16,
}

/// Finds a message by the id we gave Meta, else by the id Meta gave it.
pub fn find(
    conn: &mut Conn,
    keys: &Keys,
    callback: Option<Id>,
    wamid: &Phi<String>,
) -> Result<Option<Found>, StoreError> {
    let columns = (outbox::id, outbox::lane, outbox::open, outbox::rank);
    let mut row: Option<(Vec<u8>, Vec<u8>, bool, i16)> = None;
    if let Some(id) = callback {
        row = outbox::table.find(id.0.to_vec()).select(columns).first(conn).optional()?;
    }
    for index in keys.indexes(Purpose::Wamid, crypt::index_bytes(wamid)) {
        if row.is_none() {
            row = outbox::table
                .filter(outbox::wamid_k.eq(index.value.to_vec()))
                .filter(outbox::wamid_e.eq(index.epoch))
                .select(columns)
                .first(conn)
                .optional()?;
        }
    }
    Ok(row.and_then(|(id, lane, open, rank)| {
        Some(Found { id: Id::from_slice(&id)?, lane: Id::from_slice(&lane)?, open, rank })
    }))
}

#[derive(QueryableByName)]
struct ById {
    #[diesel(sql_type = BigInt)]
    nth: i64,
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    lane: Vec<u8>,
    #[diesel(sql_type = Bool)]
    open: bool,
    #[diesel(sql_type = SmallInt)]
    rank: i16,
}

const BY_ID: &str = "SELECT k.column1 AS nth, o.id, o.lane, o.open, o.rank FROM ({rows}) AS k \
     CROSS JOIN outbox o WHERE o.id = k.column2 ORDER BY o.id";
const BY_WAMID: &str = "SELECT k.column1 AS nth, o.id, o.lane, o.open, o.rank FROM ({rows}) AS k \
     CROSS JOIN outbox o WHERE o.wamid_k = k.column3 AND o.wamid_e = k.column2 ORDER BY o.id";
/// Finds messages by the ids we gave Meta, else by the ids Meta gave them; in the order asked.
pub fn find_all<'a>(
    conn: &mut Conn,
    keys: &Keys,
    asked: impl Iterator<Item = (Option<Id>, &'a Phi<String>)>,
) -> Result<Vec<Option<Found>>, StoreError> {
    let asked: Vec<_> = asked.collect();
    let mut found: Vec<Option<Found>> = vec![None; asked.len()];
    let mut by_id = Many::new(BY_ID);
    for (nth, id) in (0..).zip(&asked).filter_map(|(nth, (id, _))| Some((nth, (*id)?))) {
        by_id.row([Value::Big(nth), Value::Bytes(id.0.to_vec())]);
    }
    put(&mut found, by_id.load(conn)?);
    let mut by_wamid = Many::new(BY_WAMID);
    for (nth, (_, wamid)) in (0..).zip(&asked).filter(|(nth, _)| missing(&found, *nth)) {
        for index in keys.indexes(Purpose::Wamid, crypt::index_bytes(wamid)) {
            let key = Value::Bytes(index.value.to_vec());
            by_wamid.row([Value::Big(nth), Value::Small(index.epoch), key]);
        }
    }
    put(&mut found, by_wamid.load(conn)?);
    Ok(found)
}

fn missing(found: &[Option<Found>], nth: i64) -> bool {
    usize::try_from(nth).is_ok_and(|nth| found.get(nth).is_some_and(Option::is_none))
}

fn put(found: &mut [Option<Found>], rows: Vec<ById>) {
    for row in rows {
        let place = usize::try_from(row.nth).ok().and_then(|nth| found.get_mut(nth));
        let ids = Id::from_slice(&row.id).zip(Id::from_slice(&row.lane));
        if let (Some(place), Some((id, lane))) = (place, ids) {
            *place = Some(Found { id, lane, open: row.open, rank: row.rank });
        }
    }
}

/// A device has the message: from here on no failure counts (`whatsapp.md` §1.6).
const DELIVERED: i16 = 3;
/// The rank of a failure.
const FAILED: i16 = 1;

/// Raises the status of a message that went out; it never steps down.
pub fn raise(conn: &mut Conn, id: Id, rank: i16) -> Result<(), StoreError> {
    let row = outbox::table.find(id.0.to_vec()).filter(outbox::rank.lt(rank));
    if rank < DELIVERED {
        diesel::update(row).set(outbox::rank.eq(rank)).execute(conn)?;
        return Ok(());
    }
    diesel::update(row)
        .set((outbox::rank.eq(rank), outbox::error.eq(None::<i16>), outbox::what_s.eq(None::<Vec<u8>>)))
        .execute(conn)?;
    Ok(())
}

const RAISE: &str = "UPDATE outbox SET rank = k.column2, \
     error = CASE WHEN k.column2 >= 3 THEN NULL ELSE outbox.error END, \
     what_s = CASE WHEN k.column2 >= 3 THEN NULL ELSE outbox.what_s END \
     FROM ({rows}) AS k WHERE outbox.id = k.column1 AND outbox.rank < k.column2";

/// The same for many messages.
pub fn raise_all(conn: &mut Conn, raised: &BTreeMap<Id, i16>) -> Result<(), StoreError> {
    let mut raise = Many::new(RAISE);
    for (id, rank) in raised {
        raise.row([Value::Bytes(id.0.to_vec()), Value::Small(*rank)]);
    }
    raise.execute(conn)
}

/// Notes that a message failed, and closes its row; `false` when some device has it, or its failure is known.
pub fn fail(conn: &mut Conn, id: Id, error: i16, now: Moment) -> Result<bool, StoreError> {
    let failed = diesel::update(outbox::table.find(id.0.to_vec()).filter(outbox::rank.lt(DELIVERED)))
        .filter(outbox::open.or(outbox::error.is_null()))
        .set(outbox::error.eq(error))
        .execute(conn)?;
    if failed == 0 {
        return Ok(false);
    }
    diesel::update(outbox::table.find(id.0.to_vec()).filter(outbox::rank.lt(FAILED)))
        .set(outbox::rank.eq(FAILED))
        .execute(conn)?;
    wipe(conn, id, now, Some(error))?;
    Ok(true)
}

/// Opens the errand of a row that is open, or of a message whose delivery is waited for.
pub fn errand(conn: &mut Conn, keys: &Keys, id: Id) -> Result<Option<Errand>, StoreError> {
    let sealed: Option<Option<Vec<u8>>> =
        outbox::table.find(id.0.to_vec()).select(outbox::what_s).first(conn).optional()?;
    Ok(sealed.flatten().and_then(|sealed| crypt::open_errand(keys, id, &sealed).ok()))
}
