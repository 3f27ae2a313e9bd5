//! What a person agreed to, by their own word in the chat or by their switch at WhatsApp.

use crate::clock::{Moment, from_millis};
use crate::ids::Id;
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::schema::consent;
use diesel::prelude::*;

/// The purpose in `consent` that covers everything the hospital starts.
const EVERYTHING: i16 = 0;
/// The purpose in `consent` that is WhatsApp's own switch for marketing messages (field `user_preferences`).
const MARKETING: i16 = 1;
const STOPPED: i16 = 0;
const ALLOWED: i16 = 1;
/// `consent.source`: the person said so in the chat.
const FROM_CHAT: i16 = 1;
/// `consent.source`: WhatsApp said so.
const FROM_META: i16 = 2;
/// `consent.wording`: version of the STOP and START texts.
const WORDING: i16 = 1;

/// The person wrote STOP, and no START since.
pub(super) fn is_stopped(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let state: Option<i16> = consent::table
        .find((id.0.to_vec(), Vec::<u8>::new(), EVERYTHING))
        .select(consent::state)
        .first(conn)
        .optional()?;
    Ok(state == Some(STOPPED))
}

/// Notes that a person switched the marketing messages of businesses off or on at WhatsApp, at `at` by Meta's clock. An
/// older word than the one that is known changes nothing.
pub fn set_marketing(conn: &mut Conn, id: Id, stopped: bool, at: Moment) -> Result<(), StoreError> {
    let key = (id.0.to_vec(), Vec::<u8>::new(), MARKETING);
    let known: Option<i64> = consent::table.find(key.clone()).select(consent::at).first(conn).optional()?;
    if known.is_some_and(|known| from_millis(known) > at) {
        return Ok(());
    }
    set_consent(conn, key, stopped, FROM_META, at)
}

/// Notes STOP or START.
pub(super) fn set_stopped(conn: &mut Conn, id: Id, stopped: bool, now: Moment) -> Result<(), StoreError> {
    set_consent(conn, (id.0.to_vec(), Vec::new(), EVERYTHING), stopped, FROM_CHAT, now)
}

fn set_consent(
    conn: &mut Conn,
    key: (Vec<u8>, Vec<u8>, i16),
    stopped: bool,
    source: i16,
    at: Moment,
) -> Result<(), StoreError> {
    diesel::delete(consent::table.find(key.clone())).execute(conn)?;
    diesel::insert_into(consent::table)
        .values((
            consent::contact.eq(key.0),
            consent::subject.eq(key.1),
            consent::purpose.eq(key.2),
            consent::state.eq(if stopped { STOPPED } else { ALLOWED }),
            consent::wording.eq(WORDING),
            consent::source.eq(source),
            consent::at.eq(at.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(())
}
