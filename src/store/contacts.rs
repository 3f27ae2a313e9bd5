//! People who write: one contact, whatever address they write from.

use crate::clock::{Moment, from_millis};
use crate::domain::clinic::Locale;
use crate::domain::context::{Address, Contact};
use crate::domain::decision::{Changes, Say};
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::crypt;
use crate::store::many::{Many, Value};
use crate::store::schema::{address, consent, contact, mandate, subject, thread};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Binary;
use std::collections::{BTreeSet, HashMap};

/// Free-form messages may be sent so long after the person's last one (Cloud API, customer service window).
pub const SERVICE_WINDOW: Duration = Duration::hours(24);
/// The purpose in `consent` that covers everything the hospital starts.
const EVERYTHING: i16 = 0;
const STOPPED: i16 = 0;
const ALLOWED: i16 = 1;
/// `consent.source`: the person said so in the chat.
const FROM_CHAT: i16 = 1;
/// `consent.wording`: version of the STOP and START texts.
const WORDING: i16 = 1;
/// Trust of an address nobody has doubted.
pub(super) const TRUSTED: i16 = 1;
/// Trust of an address that may belong to somebody else now.
const DOUBTED: i16 = 0;
/// `mandate.kind`: proved on the secure page.
pub const PROVED: i16 = 2;
/// `thread.owner`: the assistant answers.
pub(super) const OWNER_BOT: i16 = 1;

/// How one address is indexed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Phone,
    Bsuid,
}

impl Kind {
    pub(super) const fn code(self) -> i16 {
        match self {
            Self::Phone => 1,
            Self::Bsuid => 2,
        }
    }

    const fn purpose(self) -> Purpose {
        match self {
            Self::Phone => Purpose::Phone,
            Self::Bsuid => Purpose::Bsuid,
        }
    }
}

/// A contact as rows tell it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What decisions see.
    pub contact: Contact,
    /// Where to write to; `None` once it was wiped.
    pub address: Option<Address>,
    /// Until when free-form messages may be sent.
    pub window_end: Option<Moment>,
    /// `Patient/…` of the records they proved to be theirs.
    pub proved: Vec<Phi<String>>,
}

/// The contact behind an address, made when there is none. The BSUID leads, the phone number is optional:
/// it may change hands, and then its new owner is a new contact.
pub fn resolve(
    conn: &mut Conn,
    keys: &Keys,
    from: &Address,
    now: Moment,
    keep: Duration,
) -> Result<Id, StoreError> {
    let by_bsuid = find(conn, keys, Kind::Bsuid, from.bsuid.as_ref())?;
    let by_phone = find(conn, keys, Kind::Phone, from.phone.as_ref())?;
    let id = match (by_bsuid, by_phone) {
        (Some(id), Some(other)) if id != other => {
            if !has_bsuid(conn, other)? {
                merge(conn, other, id)?;
            }
            id
        }
        (Some(id), _) => id,
        // A number that belongs to another account now: its new owner starts afresh.
        (None, Some(id)) if from.bsuid.is_some() && has_bsuid(conn, id)? => create(conn, keys, now)?,
        (None, Some(id)) => id,
        (None, None) => create(conn, keys, now)?,
    };
    note(conn, keys, id, from, now + keep)?;
    Ok(id)
}

/// Notes that a contact writes from this address, and keeps it sealed until `wipe_at`.
pub fn note(conn: &mut Conn, keys: &Keys, id: Id, from: &Address, wipe_at: Moment) -> Result<(), StoreError> {
    remember(conn, keys, id, Kind::Bsuid, from.bsuid.as_ref())?;
    remember(conn, keys, id, Kind::Phone, from.phone.as_ref())?;
    keep_address(conn, keys, id, from, wipe_at)
}

fn find(
    conn: &mut Conn,
    keys: &Keys,
    kind: Kind,
    value: Option<&Phi<String>>,
) -> Result<Option<Id>, StoreError> {
    let Some(value) = value else { return Ok(None) };
    for index in keys.indexes(kind.purpose(), crypt::index_bytes(value)) {
        let found: Option<Vec<u8>> = address::table
            .filter(address::kind.eq(kind.code()))
            .filter(address::key_e.eq(index.epoch))
            .filter(address::key_k.eq(index.value.to_vec()))
            .select(address::contact)
            .first(conn)
            .optional()?;
        if let Some(found) = found {
            return Ok(Id::from_slice(&found));
        }
    }
    Ok(None)
}

fn has_bsuid(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let count: i64 = address::table
        .filter(address::contact.eq(id.0.to_vec()))
        .filter(address::kind.eq(Kind::Bsuid.code()))
        .count()
        .get_result(conn)?;
    Ok(count > 0)
}

fn create(conn: &mut Conn, keys: &Keys, now: Moment) -> Result<Id, StoreError> {
    let id = keys.chance().id();
    diesel::insert_into(contact::table)
        .values((
            contact::id.eq(id.0.to_vec()),
            contact::trust.eq(TRUSTED),
            contact::created.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(id)
}

fn merge(conn: &mut Conn, from: Id, into: Id) -> Result<(), StoreError> {
    diesel::update(contact::table.find(from.0.to_vec()))
        .set((contact::merged_into.eq(into.0.to_vec()), contact::address_s.eq(None::<Vec<u8>>)))
        .execute(conn)?;
    diesel::update(address::table.filter(address::contact.eq(from.0.to_vec())))
        .set(address::contact.eq(into.0.to_vec()))
        .execute(conn)?;
    Ok(())
}

fn remember(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    kind: Kind,
    value: Option<&Phi<String>>,
) -> Result<(), StoreError> {
    let Some(value) = value else { return Ok(()) };
    let index = keys.index(kind.purpose(), crypt::index_bytes(value));
    let row = (kind.code(), index.epoch, index.value.to_vec());
    let updated = diesel::update(address::table.find(row.clone()))
        .set(address::contact.eq(id.0.to_vec()))
        .execute(conn)?;
    if updated == 0 {
        diesel::insert_into(address::table)
            .values((
                address::kind.eq(row.0),
                address::key_e.eq(row.1),
                address::key_k.eq(row.2),
                address::contact.eq(id.0.to_vec()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn keep_address(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    from: &Address,
    wipe_at: Moment,
) -> Result<(), StoreError> {
    let sealed = crypt::seal_address(keys, id, from);
    diesel::update(contact::table.find(id.0.to_vec()))
        .set((contact::address_s.eq(sealed), contact::wipe_at.eq(wipe_at.timestamp_millis())))
        .execute(conn)?;
    Ok(())
}

/// Opens or prolongs the customer service window of a contact at a clinic.
pub fn heard(conn: &mut Conn, id: Id, clinic: u16, said_at: Moment) -> Result<(), StoreError> {
    let end = (said_at + SERVICE_WINDOW).timestamp_millis();
    let key = (id.0.to_vec(), clinic_no(clinic));
    let known: Option<Option<i64>> =
        thread::table.find(key.clone()).select(thread::window_end).first(conn).optional()?;
    match known {
        Some(before) if before.is_some_and(|before| before >= end) => {}
        Some(_) => {
            diesel::update(thread::table.find(key)).set(thread::window_end.eq(end)).execute(conn)?;
        }
        None => {
            diesel::insert_into(thread::table)
                .values((
                    thread::contact.eq(key.0),
                    thread::clinic_no.eq(key.1),
                    thread::window_end.eq(end),
                    thread::owner.eq(OWNER_BOT),
                    thread::misses.eq(0),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Meta says that the window is closed (error 131047): it is the judge.
pub fn close_window(conn: &mut Conn, id: Id, clinic: u16) -> Result<(), StoreError> {
    diesel::update(thread::table.find((id.0.to_vec(), clinic_no(clinic))))
        .set(thread::window_end.eq(None::<i64>))
        .execute(conn)?;
    Ok(())
}

/// Window, greeting, misses, quiet, last step.
type RawThread = (Option<i64>, Option<i64>, i16, Option<i64>, Option<Vec<u8>>);

/// Loads a contact with its thread at `clinic`.
pub fn load(conn: &mut Conn, keys: &Keys, id: Id, clinic: u16) -> Result<Loaded, StoreError> {
    let (locale, trust, sealed): (Option<i16>, i16, Option<Vec<u8>>) = contact::table
        .find(id.0.to_vec())
        .select((contact::locale, contact::trust, contact::address_s))
        .first(conn)?;
    let address = sealed.map(|sealed| crypt::open_address(keys, id, &sealed)).transpose()?;
    let thread: Option<RawThread> = thread::table
        .find((id.0.to_vec(), clinic_no(clinic)))
        .select((
            thread::window_end,
            thread::greeted_at,
            thread::misses,
            thread::quiet_until,
            thread::last_step_s,
        ))
        .first(conn)
        .optional()?;
    let (window_end, greeted, misses, quiet, last) = thread.unwrap_or_default();
    let proved = proved(conn, keys, id)?;
    let contact = Contact {
        id,
        locale: locale.and_then(locale_of),
        has_phone: address.as_ref().is_some_and(|address| address.phone.is_some()),
        greeted_at: greeted.map(from_millis),
        stopped: is_stopped(conn, id)?,
        misses: u16::try_from(misses).unwrap_or(0),
        quiet_until: quiet.map(from_millis),
        doubted: trust == DOUBTED,
        proved: !proved.is_empty(),
        last: last.and_then(|sealed| crypt::open_last(keys, id, clinic, &sealed)),
        told: None,
    };
    Ok(Loaded { contact, address, window_end: window_end.map(from_millis), proved })
}

/// The records that a contact proved to be theirs.
fn proved(conn: &mut Conn, keys: &Keys, id: Id) -> Result<Vec<Phi<String>>, StoreError> {
    let subjects: Vec<Vec<u8>> = mandate::table
        .filter(mandate::contact.eq(id.0.to_vec()))
        .filter(mandate::kind.eq(PROVED))
        .select(mandate::subject)
        .load(conn)?;
    if subjects.is_empty() {
        return Ok(vec![]);
    }
    let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> = subject::table
        .filter(subject::id.eq_any(subjects))
        .select((subject::id, subject::ref_s))
        .load(conn)?;
    let open = |(id, sealed): (Vec<u8>, Option<Vec<u8>>)| {
        crypt::open_reference(keys, "subject.ref_s", &id, &sealed?)
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

/// Remembers what was last said, until the service window closes: typed answers are read against it.
pub fn remember_last(conn: &mut Conn, keys: &Keys, id: Id, clinic: u16, say: &Say) -> Result<(), StoreError> {
    let sealed = crypt::seal_last(keys, id, clinic, say);
    diesel::update(thread::table.find((id.0.to_vec(), clinic_no(clinic))))
        .set((thread::last_step_s.eq(sealed), thread::last_step_until.eq(thread::window_end)))
        .execute(conn)?;
    Ok(())
}

/// Carries out changes to a contact and its thread.
pub fn apply(conn: &mut Conn, id: Id, clinic: u16, changes: &Changes, now: Moment) -> Result<(), StoreError> {
    let key = (id.0.to_vec(), clinic_no(clinic));
    if let Some(locale) = changes.locale {
        diesel::update(contact::table.find(key.0.clone()))
            .set(contact::locale.eq(locale_code(locale)))
            .execute(conn)?;
    }
    if changes.greeted {
        diesel::update(thread::table.find(key.clone()))
            .set(thread::greeted_at.eq(now.timestamp_millis()))
            .execute(conn)?;
    }
    if let Some(misses) = changes.misses {
        let misses = i16::try_from(misses).unwrap_or(i16::MAX);
        diesel::update(thread::table.find(key.clone())).set(thread::misses.eq(misses)).execute(conn)?;
    }
    if let Some(until) = changes.quiet_until {
        diesel::update(thread::table.find(key))
            .set(thread::quiet_until.eq(until.timestamp_millis()))
            .execute(conn)?;
    }
    if let Some(doubted) = changes.doubted {
        let trust = if doubted { DOUBTED } else { TRUSTED };
        diesel::update(contact::table.find(id.0.to_vec())).set(contact::trust.eq(trust)).execute(conn)?;
    }
    changes.stopped.map_or(Ok(()), |stopped| set_stopped(conn, id, stopped, now))
}

fn is_stopped(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let state: Option<i16> = consent::table
        .find((id.0.to_vec(), Vec::<u8>::new(), EVERYTHING))
        .select(consent::state)
        .first(conn)
        .optional()?;
    Ok(state == Some(STOPPED))
}

fn set_stopped(conn: &mut Conn, id: Id, stopped: bool, now: Moment) -> Result<(), StoreError> {
    let key = (id.0.to_vec(), Vec::<u8>::new(), EVERYTHING);
    diesel::delete(consent::table.find(key.clone())).execute(conn)?;
    diesel::insert_into(consent::table)
        .values((
            consent::contact.eq(key.0),
            consent::subject.eq(key.1),
            consent::purpose.eq(key.2),
            consent::state.eq(if stopped { STOPPED } else { ALLOWED }),
            consent::wording.eq(WORDING),
            consent::source.eq(FROM_CHAT),
            consent::at.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(())
}

/// The contact's id and the ids of contacts that were merged into it: its buttons may be bound to any of them.
pub fn ids_of(conn: &mut Conn, id: Id) -> Result<Vec<Id>, StoreError> {
    let merged: Vec<Vec<u8>> =
        contact::table.filter(contact::merged_into.eq(id.0.to_vec())).select(contact::id).load(conn)?;
    Ok(std::iter::once(id).chain(merged.iter().filter_map(|old| Id::from_slice(old))).collect())
}

#[derive(QueryableByName)]
struct Merged {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    merged_into: Vec<u8>,
}

const MERGED: &str = "SELECT c.id, c.merged_into FROM (VALUES {rows}) AS k CROSS JOIN contact c \
     WHERE c.merged_into = k.column1";

/// The same for many contacts: what was merged into each of them.
pub fn merged_into(
    conn: &mut Conn,
    contacts: impl Iterator<Item = Id>,
) -> Result<HashMap<Id, Vec<Id>>, StoreError> {
    let mut merged = Many::new(MERGED);
    let contacts: BTreeSet<Id> = contacts.collect();
    contacts.iter().for_each(|id| merged.row([Value::Bytes(id.0.to_vec())]));
    let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in merged.load::<Merged>(conn)? {
        if let (Some(id), Some(into)) = (Id::from_slice(&row.id), Id::from_slice(&row.merged_into)) {
            found.entry(into).or_default().push(id);
        }
    }
    Ok(found)
}

/// A clinic's number as a column.
pub fn clinic_no(clinic: u16) -> i16 {
    i16::try_from(clinic).unwrap_or(i16::MAX)
}

const fn locale_code(locale: Locale) -> i16 {
    match locale {
        Locale::Ar => 1,
        Locale::En => 2,
    }
}

const fn locale_of(code: i16) -> Option<Locale> {
    match code {
        1 => Some(Locale::Ar),
        2 => Some(Locale::En),
        _ => None,
    }
}
