//! How much somebody wrote lately, beside the thread it was written in.

use crate::domain::flood::{Burst, MOST};
use crate::domain::guard::Wish;
use crate::ids::Id;
use crate::seal::Keys;
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::clinic_no;
use crate::store::crypt;
use crate::store::schema::thread;
use diesel::prelude::*;

/// Remembers how much somebody wrote, `before` and `now`. With the flood ends what was heeded in it.
pub fn keep(conn: &mut Conn, contact: Id, clinic: u16, before: Burst, now: Burst) -> Result<(), StoreError> {
    let key = (contact.0.to_vec(), clinic_no(clinic));
    diesel::update(thread::table.find(key))
        .set((
            thread::burst.eq(i16::try_from(now.count).unwrap_or(i16::MAX)),
            thread::burst_at.eq(now.since.map(|at| at.timestamp_millis())),
            thread::flood_until.eq(now.silent_until.map(|at| at.timestamp_millis())),
        ))
        .execute(conn)?;
    if ended(before, now) { forget_heeded(conn, contact, clinic) } else { Ok(()) }
}

/// A flood ended between these two.
pub const fn ended(before: Burst, now: Burst) -> bool {
    before.count >= MOST && now.count == 1
}

/// Forgets what was heeded in a flood.
pub fn forget_heeded(conn: &mut Conn, contact: Id, clinic: u16) -> Result<(), StoreError> {
    diesel::update(thread::table.find((contact.0.to_vec(), clinic_no(clinic))))
        .set(thread::heeded_s.eq(None::<Vec<u8>>))
        .execute(conn)?;
    Ok(())
}

/// Remembers that a wish was heeded in this flood; `true` when it was before. Which wishes is nobody's business: sealed.
pub fn heeded(
    conn: &mut Conn,
    keys: &Keys,
    contact: Id,
    clinic: u16,
    wish: Wish,
) -> Result<bool, StoreError> {
    let key = (contact.0.to_vec(), clinic_no(clinic));
    let sealed: Option<Vec<u8>> = thread::table.find(key.clone()).select(thread::heeded_s).first(conn)?;
    let before = sealed.and_then(|sealed| crypt::open_heeded(keys, contact, clinic, &sealed)).unwrap_or(0);
    if before & wish.bit() != 0 {
        return Ok(true);
    }
    let now = crypt::seal_heeded(keys, contact, clinic, before | wish.bit());
    diesel::update(thread::table.find(key)).set(thread::heeded_s.eq(now)).execute(conn)?;
    Ok(false)
}
