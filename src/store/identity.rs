//! Whose address it is. A number that changed hands, an account that began anew, an identity key that is another one:
//! each may mean that somebody else writes now, and none of it merges anything by itself.

use crate::clock::{Moment, from_millis};
use crate::domain::context::Address;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::{self, Kind, PROVED};
use crate::store::crypt;
use crate::store::schema::{address, contact, mandate, thread};
use diesel::prelude::*;

/// `contact.trust`: the address may belong to somebody else now.
pub const DOUBTED: i16 = 0;
/// `contact.trust`: nobody has doubted it, or a person vouched for it since.
pub const TRUSTED: i16 = 1;
/// `contact.trust`: it was doubted; whoever writes proved since whose record they may act for, and the number alone
/// vouches for nothing beside it.
pub const PROVED_ONLY: i16 = 2;

/// Notes a doubt: what was proved before does not count any more, and what was last said was said to somebody else.
pub fn doubt(conn: &mut Conn, id: Id, now: Moment) -> Result<(), StoreError> {
    let key = id.0.to_vec();
    diesel::update(contact::table.find(key.clone()))
        .set((contact::trust.eq(DOUBTED), contact::doubted_at.eq(now.timestamp_millis())))
        .execute(conn)?;
    diesel::delete(mandate::table.filter(mandate::contact.eq(key.clone())).filter(mandate::kind.eq(PROVED)))
        .execute(conn)?;
    diesel::update(thread::table.filter(thread::contact.eq(key)))
        .set((thread::last_step_s.eq(None::<Vec<u8>>), thread::last_step_until.eq(None::<i64>)))
        .execute(conn)?;
    Ok(())
}

/// Ends the doubt that began at `since` by a person's word; one that began later stands.
pub fn trust(conn: &mut Conn, id: Id, since: Option<Moment>) -> Result<(), StoreError> {
    let Some(since) = since else { return Ok(()) };
    diesel::update(contact::table.find(id.0.to_vec()).filter(contact::trust.eq(DOUBTED)))
        .filter(contact::doubted_at.eq(since.timestamp_millis()))
        .set(contact::trust.eq(TRUSTED))
        .execute(conn)?;
    Ok(())
}

/// When it last came into doubt whose address it is.
pub fn doubted_at(conn: &mut Conn, id: Id) -> Result<Option<Moment>, StoreError> {
    let at: Option<i64> = contact::table.find(id.0.to_vec()).select(contact::doubted_at).first(conn)?;
    Ok(at.map(from_millis))
}

/// Who was known under the parts of an address before a message from it was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Known {
    by_bsuid: Option<Id>,
    by_phone: Option<Id>,
}

/// Who is known under the parts of an address.
pub fn known(conn: &mut Conn, keys: &Keys, from: &Address) -> Result<Known, StoreError> {
    Ok(Known {
        by_bsuid: contacts::find(conn, keys, Kind::Bsuid, from.bsuid.as_ref())?,
        by_phone: contacts::find(conn, keys, Kind::Phone, from.phone.as_ref())?,
    })
}

impl Known {
    /// All of them, each once.
    pub fn everyone(self) -> impl Iterator<Item = Id> {
        let other = self.by_phone.filter(|id| Some(*id) != self.by_bsuid);
        self.by_bsuid.into_iter().chain(other)
    }

    /// Another contact than `id` had the number until now.
    pub fn had_number_before(self, id: Id) -> Option<Id> {
        self.by_phone.filter(|other| *other != id)
    }

    /// Whom to doubt now that a message from this address turned out to be of the contact `id`: both sides of a number
    /// that changed hands, and an account that has another number than it had.
    pub fn shaken(self, conn: &mut Conn, keys: &Keys, from: &Address, id: Id) -> Result<Vec<Id>, StoreError> {
        if let Some(other) = self.had_number_before(id) {
            if was_merged(conn, other)? {
                return Ok(vec![]);
            }
            // Who has had another number since lost nothing by this; who has it now is not thereby who is on the record.
            let moved_on = contacts::address(conn, keys, other)?.and_then(|at| at.phone);
            let moved_on = moved_on.is_some_and(|phone| Some(&phone) != from.phone.as_ref());
            return Ok(if moved_on { vec![id] } else { vec![other, id] });
        }
        let changed = self.by_phone.is_none() && self.by_bsuid == Some(id) && phones(conn, id)? > 1;
        Ok(if changed { vec![id] } else { vec![] })
    }
}

/// The same person under a second address, not somebody else.
fn was_merged(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let into: Option<Vec<u8>> =
        contact::table.find(id.0.to_vec()).select(contact::merged_into).first(conn)?;
    Ok(into.is_some())
}

fn phones(conn: &mut Conn, id: Id) -> Result<i64, StoreError> {
    Ok(address::table
        .filter(address::contact.eq(id.0.to_vec()))
        .filter(address::kind.eq(Kind::Phone.code()))
        .count()
        .get_result(conn)?)
}

/// Everyone whom a change from one address to another concerns: whoever is known under either. Nobody is made up for an
/// old address that never wrote; for the new one somebody is, so that the first message from it finds the doubt.
pub fn concerned(
    conn: &mut Conn,
    keys: &Keys,
    from: &Address,
    to: &Address,
    now: Moment,
) -> Result<Vec<Id>, StoreError> {
    let mut all: Vec<Id> = known(conn, keys, from)?.everyone().collect();
    for id in expect(conn, keys, to, now)? {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    Ok(all)
}

/// Contacts for an address that nobody has written from yet, but somebody will.
fn expect(conn: &mut Conn, keys: &Keys, at: &Address, now: Moment) -> Result<Vec<Id>, StoreError> {
    let known = known(conn, keys, at)?;
    let missing = Address {
        phone: at.phone.clone().filter(|_| known.by_phone.is_none()),
        bsuid: at.bsuid.clone().filter(|_| known.by_bsuid.is_none()),
    };
    let mut all: Vec<Id> = known.everyone().collect();
    if missing != Address::default() {
        let id = contacts::create(conn, keys, now)?;
        contacts::remember(conn, keys, id, Kind::Bsuid, missing.bsuid.as_ref())?;
        contacts::remember(conn, keys, id, Kind::Phone, missing.phone.as_ref())?;
        all.push(id);
    }
    Ok(all)
}

/// The number is somebody else's now: nothing for this contact goes there any more. Another number of theirs stays.
pub fn lose_phone(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    lost: Option<&Phi<String>>,
) -> Result<(), StoreError> {
    let sealed: Option<Vec<u8>> =
        contact::table.find(id.0.to_vec()).select(contact::address_s).first(conn)?;
    let Some(sealed) = sealed else { return Ok(()) };
    let known = crypt::open_address(keys, id, &sealed).ok();
    if known.as_ref().is_some_and(|known| known.phone.is_some() && known.phone.as_ref() != lost) {
        return Ok(());
    }
    let bsuid = known.and_then(|address| address.bsuid);
    let left = bsuid.map(|bsuid| crypt::seal_address(keys, id, &Address { phone: None, bsuid: Some(bsuid) }));
    diesel::update(contact::table.find(id.0.to_vec())).set(contact::address_s.eq(left)).execute(conn)?;
    Ok(())
}

/// Key epoch, pseudonym, and when it was last seen.
type Seen = (Option<i16>, Option<Vec<u8>>, Option<i64>);

/// Remembers the identity key hash that was seen at `at`, by Meta's clock; `true` when it is another one than before.
/// What is older than the last one seen is no news: statuses and repeats come in any order.
pub fn key_seen(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    hash: &Phi<String>,
    at: Moment,
) -> Result<bool, StoreError> {
    let (epoch, pseudonym, seen_at): Seen = contact::table
        .find(id.0.to_vec())
        .select((contact::identity_e, contact::identity_k, contact::identity_at))
        .first(conn)?;
    if seen_at.is_some_and(|seen_at| from_millis(seen_at) > at) {
        return Ok(false);
    }
    let indexes = keys.indexes(Purpose::Identity, crypt::index_bytes(hash));
    let before = epoch.zip(pseudonym);
    // Under a retired key nobody can tell any more whether it is the same.
    let comparable = before.as_ref().is_some_and(|(epoch, _)| indexes.iter().any(|it| it.epoch == *epoch));
    let same = before.is_some_and(|(epoch, pseudonym)| {
        indexes.iter().any(|it| it.epoch == epoch && it.value.as_slice() == pseudonym)
    });
    let current = keys.index(Purpose::Identity, crypt::index_bytes(hash));
    diesel::update(contact::table.find(id.0.to_vec()))
        .set((
            contact::identity_e.eq(current.epoch),
            contact::identity_k.eq(current.value.to_vec()),
            contact::identity_s.eq(crypt::seal_identity(keys, id, hash)),
            contact::identity_at.eq(at.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(comparable && !same)
}

/// Of two people's trust the lower one: a doubt about either is a doubt about both.
pub const fn less(one: i16, other: i16) -> i16 {
    match (one, other) {
        (DOUBTED, _) | (_, DOUBTED) => DOUBTED,
        (PROVED_ONLY, _) | (_, PROVED_ONLY) => PROVED_ONLY,
        _ => TRUSTED,
    }
}

/// Two contacts become one: of their identity keys the one seen later holds.
pub fn join(conn: &mut Conn, keys: &Keys, from: Id, into: Id) -> Result<(), StoreError> {
    type Key = (Option<i16>, Option<Vec<u8>>, Option<Vec<u8>>, Option<i64>);
    let columns = (contact::identity_e, contact::identity_k, contact::identity_s, contact::identity_at);
    let old: Key = contact::table.find(from.0.to_vec()).select(columns).first(conn)?;
    let new: Key = contact::table.find(into.0.to_vec()).select(columns).first(conn)?;
    let Some(hash) = old.2.as_deref().and_then(|sealed| crypt::open_identity(keys, from, sealed)) else {
        return Ok(());
    };
    if old.3 <= new.3 {
        return Ok(());
    }
    diesel::update(contact::table.find(into.0.to_vec()))
        .set((
            contact::identity_e.eq(old.0),
            contact::identity_k.eq(old.1),
            contact::identity_s.eq(crypt::seal_identity(keys, into, &hash)),
            contact::identity_at.eq(old.3),
        ))
        .execute(conn)?;
    Ok(())
}

/// Meta says that the key is another one, and not which (error 137000): the next one seen is the first.
pub fn forget_key(conn: &mut Conn, id: Id) -> Result<(), StoreError> {
    diesel::update(contact::table.find(id.0.to_vec()))
        .set((
            contact::identity_e.eq(None::<i16>),
            contact::identity_k.eq(None::<Vec<u8>>),
            contact::identity_s.eq(None::<Vec<u8>>),
        ))
        .execute(conn)?;
    Ok(())
}
