//! How much somebody wrote lately, beside the thread it was written in.

use crate::clock::{Moment, from_millis};
use crate::domain::flood::{Burst, Pace, Weight};
use crate::domain::guard::Wish;
use crate::ids::Id;
use crate::seal::Keys;
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::clinic_no;
use crate::store::crypt;
use crate::store::schema::thread;
use diesel::prelude::*;

/// Messages, since when, and until when the flood is not spoken of.
type RawBurst = (i16, Option<i64>, Option<i64>);

/// Counts one more message of a thread that exists.
pub fn count(
    conn: &mut Conn,
    contact: Id,
    clinic: u16,
    weight: Weight,
    now: Moment,
) -> Result<Pace, StoreError> {
    let key = (contact.0.to_vec(), clinic_no(clinic));
    let (count, since, silent): RawBurst = thread::table
        .find(key.clone())
        .select((thread::burst, thread::burst_at, thread::flood_until))
        .first(conn)?;
    let burst = Burst {
        count: u16::try_from(count).unwrap_or(0),
        since: since.map(from_millis),
        silent_until: silent.map(from_millis),
    };
    let (next, pace) = burst.next(weight, now);
    let row = diesel::update(thread::table.find(key.clone()));
    row.set((
        thread::burst.eq(i16::try_from(next.count).unwrap_or(i16::MAX)),
        thread::burst_at.eq(next.since.map(|at| at.timestamp_millis())),
        thread::flood_until.eq(next.silent_until.map(|at| at.timestamp_millis())),
    ))
    .execute(conn)?;
    if next.count == 1 {
        diesel::update(thread::table.find(key).filter(thread::heeded_s.is_not_null()))
            .set(thread::heeded_s.eq(None::<Vec<u8>>))
            .execute(conn)?;
    }
    Ok(pace)
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
