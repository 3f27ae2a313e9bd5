//! What became of a message once Meta had it.

use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt::{self, Errand};
use crate::store::outbox::{finish, wipe};
use crate::store::schema::outbox;
use crate::store::{StoreError, hour};
use diesel::prelude::*;

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
