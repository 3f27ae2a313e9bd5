//! Proving who one is on the secure page: tokens that were used, tries that failed, mandates that were won.

use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keyed, Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::{self, PROVED};
use crate::store::schema::{mandate, page_used, proof_try};
use crate::store::{crypt, watch};
use diesel::prelude::*;

/// Whose tries are counted. Only a keyed pseudonym of either is stored.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Of whoever writes, whatever they answer.
    Contact(Id),
    /// Of a file number in its one spelling, whoever names it, and whether or not there is such a file.
    Record(&'a Phi<String>),
}

impl Whose<'_> {
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Contact(id) => [b"contact/", &id.0[..]].concat(),
            Self::Record(number) => [b"record/", crypt::index_bytes(number)].concat(),
        }
    }

    fn rows(self, keys: &Keys) -> Vec<Keyed> {
        keys.indexes(Purpose::Proof, &self.bytes())
    }
}

/// Whether a token was used.
pub fn is_used(conn: &mut Conn, token: Id) -> Result<bool, StoreError> {
    let count: i64 = page_used::table.find(token.0.to_vec()).count().get_result(conn)?;
    Ok(count > 0)
}

/// Uses a token, which would expire at `expires`; `false` when it was used before.
pub fn use_up(conn: &mut Conn, token: Id, expires: Moment) -> Result<bool, StoreError> {
    if is_used(conn, token)? {
        return Ok(false);
    }
    diesel::insert_into(page_used::table)
        .values((page_used::token.eq(token.0.to_vec()), page_used::wipe_at.eq(expires.timestamp_millis())))
        .execute(conn)?;
    Ok(true)
}

/// Tries that failed or are under way, under every key they may have been counted with.
pub fn tries(conn: &mut Conn, keys: &Keys, whose: Whose<'_>) -> Result<i64, StoreError> {
    let mut all = 0;
    for row in whose.rows(keys) {
        let failed: Option<i16> = proof_try::table
            .find((row.epoch, row.value.to_vec()))
            .select(proof_try::failed)
            .first(conn)
            .optional()?;
        all += i64::from(failed.unwrap_or(0));
    }
    Ok(all)
}

/// The tries of a contact, under every id it ever had.
pub fn tries_of(conn: &mut Conn, keys: &Keys, contact: Id) -> Result<i64, StoreError> {
    let ids = contacts::ids_of(conn, contact)?;
    ids.into_iter().map(|id| tries(conn, keys, Whose::Contact(id))).sum()
}

/// Counts a try. Its row stays locked until the commit, so that no two tries pass under one limit.
pub fn count(conn: &mut Conn, keys: &Keys, whose: Whose<'_>) -> Result<(), StoreError> {
    let row = keys.index(Purpose::Proof, &whose.bytes());
    let counted = diesel::update(proof_try::table.find((row.epoch, row.value.to_vec())))
        .set(proof_try::failed.eq(proof_try::failed + 1))
        .execute(conn)?;
    if counted == 0 {
        diesel::insert_into(proof_try::table)
            .values((
                proof_try::who_e.eq(row.epoch),
                proof_try::who_k.eq(row.value.to_vec()),
                proof_try::failed.eq(1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a counted try back: it succeeded, or nobody could be asked.
pub fn uncount(conn: &mut Conn, keys: &Keys, whose: Whose<'_>) -> Result<(), StoreError> {
    for row in whose.rows(keys) {
        let taken = diesel::update(proof_try::table.find((row.epoch, row.value.to_vec())))
            .filter(proof_try::failed.gt(0))
            .set(proof_try::failed.eq(proof_try::failed - 1))
            .execute(conn)?;
        if taken > 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// `contact` may act for `patient` from now on; answers the subject. `on_record`: their number stands on that record.
pub fn grant(
    conn: &mut Conn,
    keys: &Keys,
    contact: Id,
    patient: &Phi<String>,
    on_record: bool,
    now: Moment,
) -> Result<Id, StoreError> {
    contacts::believe(conn, contact, on_record)?;
    let subject = watch::subject_of(conn, keys, patient, now)?;
    diesel::delete(mandate::table.find((subject.0.to_vec(), contact.0.to_vec()))).execute(conn)?;
    diesel::insert_into(mandate::table)
        .values((
            mandate::subject.eq(subject.0.to_vec()),
            mandate::contact.eq(contact.0.to_vec()),
            mandate::kind.eq(PROVED),
        ))
        .execute(conn)?;
    Ok(subject)
}
