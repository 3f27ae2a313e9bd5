//! Two contacts turn out to be one person: an account known by its BSUID and a number that wrote without one. Everything
//! that is true of the person moves; whoever works on the old lane loses it and finds the rows again in the new one.

use crate::domain::context::Address;
use crate::ids::Id;
use crate::seal::Keys;
use crate::store::conn::Conn;
use crate::store::schema::{
    address, appointment_watch as watch, consent, contact, inbox, lane, mandate, outbox, thread,
};
use crate::store::{StoreError, contacts, crypt, identity, lanes};
use diesel::prelude::*;

/// Merges `from` into `into`. Doing it twice changes nothing.
pub fn merge(conn: &mut Conn, keys: &Keys, from: Id, into: Id) -> Result<(), StoreError> {
    take_lanes(conn, from, into)?;
    about_the_person(conn, keys, from, into)?;
    consents(conn, from, into)?;
    mandates(conn, from, into)?;
    threads(conn, keys, from, into)?;
    diesel::update(watch::table.filter(watch::contact.eq(key(from))))
        .set(watch::contact.eq(key(into)))
        .execute(conn)?;
    open_rows(conn, from, into)
}

fn key(id: Id) -> Vec<u8> {
    id.0.to_vec()
}

/// Locks both lanes in one order for everyone, and takes the old one from whoever holds it.
fn take_lanes(conn: &mut Conn, from: Id, into: Id) -> Result<(), StoreError> {
    let mut both = [from, into];
    both.sort_by_key(|id| id.0);
    for id in both {
        diesel::update(lane::table.find(key(id))).set(lane::next_seq.eq(lane::next_seq)).execute(conn)?;
    }
    diesel::update(lane::table.find(key(from)))
        .set((
            lane::fence.eq(lane::fence + 1),
            lane::owner.eq(None::<Vec<u8>>),
            lane::claim_at.eq(None::<i64>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Language, trust, address; contacts merged into the old one before are the new one's now.
fn about_the_person(conn: &mut Conn, keys: &Keys, from: Id, into: Id) -> Result<(), StoreError> {
    type Person = (Option<i16>, i16, Option<i64>, Option<i64>);
    let columns = (contact::locale, contact::trust, contact::wipe_at, contact::doubted_at);
    let old: Person = contact::table.find(key(from)).select(columns).first(conn)?;
    let new: Person = contact::table.find(key(into)).select(columns).first(conn)?;
    let known = [contacts::address(conn, keys, into)?, contacts::address(conn, keys, from)?];
    let mut all = known.into_iter().flatten();
    let sealed = all.next().map(|first| {
        let second = all.next().unwrap_or_default();
        let phone = first.phone.or(second.phone);
        crypt::seal_address(keys, into, &Address { phone, bsuid: first.bsuid.or(second.bsuid) })
    });
    diesel::update(contact::table.find(key(into)))
        .set((
            contact::locale.eq(new.0.or(old.0)),
            contact::trust.eq(identity::less(new.1, old.1)),
            contact::doubted_at.eq(new.3.max(old.3)),
            contact::address_s.eq(sealed),
            contact::wipe_at.eq(new.2.max(old.2)),
        ))
        .execute(conn)?;
    identity::join(conn, keys, from, into)?;
    diesel::update(contact::table.find(key(from)))
        .set((contact::merged_into.eq(key(into)), contact::address_s.eq(None::<Vec<u8>>)))
        .execute(conn)?;
    diesel::update(contact::table.filter(contact::merged_into.eq(key(from))))
        .set(contact::merged_into.eq(key(into)))
        .execute(conn)?;
    diesel::update(address::table.filter(address::contact.eq(key(from))))
        .set(address::contact.eq(key(into)))
        .execute(conn)?;
    Ok(())
}

/// Of two answers to the same question the later one holds.
fn consents(conn: &mut Conn, from: Id, into: Id) -> Result<(), StoreError> {
    let old: Vec<(Vec<u8>, i16, i64)> = consent::table
        .filter(consent::contact.eq(key(from)))
        .select((consent::subject, consent::purpose, consent::at))
        .load(conn)?;
    for (subject, purpose, at) in old {
        let same = |id: Id| consent::table.find((key(id), subject.clone(), purpose));
        let known: Option<i64> = same(into).select(consent::at).first(conn).optional()?;
        if known.is_some_and(|known| known > at) {
            diesel::delete(same(from)).execute(conn)?;
            continue;
        }
        diesel::delete(same(into)).execute(conn)?;
        diesel::update(same(from)).set(consent::contact.eq(key(into))).execute(conn)?;
    }
    Ok(())
}

/// Of two mandates for one record the stronger one holds.
fn mandates(conn: &mut Conn, from: Id, into: Id) -> Result<(), StoreError> {
    let old: Vec<(Vec<u8>, i16)> = mandate::table
        .filter(mandate::contact.eq(key(from)))
        .select((mandate::subject, mandate::kind))
        .load(conn)?;
    for (subject, kind) in old {
        let same = |id: Id| mandate::table.find((subject.clone(), key(id)));
        let known: Option<i16> = same(into).select(mandate::kind).first(conn).optional()?;
        if known.is_some_and(|known| known >= kind) {
            diesel::delete(same(from)).execute(conn)?;
            continue;
        }
        diesel::delete(same(into)).execute(conn)?;
        diesel::update(same(from)).set(mandate::contact.eq(key(into))).execute(conn)?;
    }
    Ok(())
}

/// Window end, owner, owner until, greeted, misses, quiet until, last step, last step until, flood until. How fast they
/// wrote begins anew.
type RawThread =
    (Option<i64>, i16, Option<i64>, Option<i64>, i16, Option<i64>, Option<Vec<u8>>, Option<i64>, Option<i64>);

/// Of each time the later one holds; a person who took a chat keeps it; what was last said stays known.
fn threads(conn: &mut Conn, keys: &Keys, from: Id, into: Id) -> Result<(), StoreError> {
    let columns = (
        thread::window_end,
        thread::owner,
        thread::owner_until,
        thread::greeted_at,
        thread::misses,
        thread::quiet_until,
        thread::last_step_s,
        thread::last_step_until,
        thread::flood_until,
    );
    let clinics: Vec<i16> =
        thread::table.filter(thread::contact.eq(key(from))).select(thread::clinic_no).load(conn)?;
    for clinic in clinics {
        let old: RawThread = thread::table.find((key(from), clinic)).select(columns).first(conn)?;
        let last = old.6.as_deref().and_then(|sealed| resealed(keys, from, into, clinic, sealed));
        let known: Option<RawThread> =
            thread::table.find((key(into), clinic)).select(columns).first(conn).optional()?;
        diesel::delete(thread::table.find((key(from), clinic))).execute(conn)?;
        let Some(new) = known else {
            diesel::insert_into(thread::table)
                .values((
                    thread::contact.eq(key(into)),
                    thread::clinic_no.eq(clinic),
                    thread::window_end.eq(old.0),
                    thread::owner.eq(old.1),
                    thread::owner_until.eq(old.2),
                    thread::greeted_at.eq(old.3),
                    thread::misses.eq(old.4),
                    thread::quiet_until.eq(old.5),
                    thread::last_step_s.eq(last),
                    thread::last_step_until.eq(old.7),
                    thread::flood_until.eq(old.8),
                ))
                .execute(conn)?;
            continue;
        };
        let (owner, owner_until) = if new.1 >= old.1 { (new.1, new.2) } else { (old.1, old.2) };
        let (last, last_until) = if new.6.is_some() { (new.6, new.7) } else { (last, old.7) };
        diesel::update(thread::table.find((key(into), clinic)))
            .set((
                thread::window_end.eq(new.0.max(old.0)),
                thread::owner.eq(owner),
                thread::owner_until.eq(owner_until),
                thread::greeted_at.eq(new.3.max(old.3)),
                thread::quiet_until.eq(new.5.max(old.5)),
                thread::last_step_s.eq(last),
                thread::last_step_until.eq(last_until),
                thread::flood_until.eq(new.8.max(old.8)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn resealed(keys: &Keys, from: Id, into: Id, clinic: i16, sealed: &[u8]) -> Option<Vec<u8>> {
    let clinic = u16::try_from(clinic).ok()?;
    let last = crypt::open_last(keys, from, clinic, sealed)?;
    Some(crypt::seal_last(keys, into, clinic, &last))
}

/// What is still to be decided and done takes its place at the end of the new lane, in its old order.
fn open_rows(conn: &mut Conn, from: Id, into: Id) -> Result<(), StoreError> {
    let heard: Vec<(Vec<u8>, i64)> = inbox::table
        .filter(inbox::open)
        .filter(inbox::lane.eq(key(from)))
        .order(inbox::seq)
        .select((inbox::id, inbox::due))
        .load(conn)?;
    for (row, due) in heard {
        let place = lanes::next_place(conn, into)?;
        diesel::update(inbox::table.find(row))
            .set((inbox::lane.eq(key(into)), inbox::seq.eq(place)))
            .execute(conn)?;
        lanes::wake(conn, into, crate::clock::from_millis(due))?;
    }
    let to_do: Vec<(Vec<u8>, i64)> = outbox::table
        .filter(outbox::open)
        .filter(outbox::lane.eq(key(from)))
        .filter(outbox::seq.is_not_null())
        .order(outbox::seq)
        .select((outbox::id, outbox::due))
        .load(conn)?;
    for (row, due) in to_do {
        let place = lanes::next_place(conn, into)?;
        diesel::update(outbox::table.find(row))
            .set((outbox::lane.eq(key(into)), outbox::seq.eq(place)))
            .execute(conn)?;
        lanes::wake(conn, into, crate::clock::from_millis(due))?;
    }
    diesel::update(outbox::table.filter(outbox::open).filter(outbox::lane.eq(key(from))))
        .set(outbox::lane.eq(key(into)))
        .execute(conn)?;
    Ok(())
}
