//! People who write: one contact, whatever address they write from.

use crate::clock::{Moment, from_millis};
use crate::domain::clinic::Locale;
use crate::domain::context::{Address, Contact};
use crate::domain::decision::{Changes, Say};
use crate::domain::flood::Burst;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt;
use crate::store::identity::{self, DOUBTED, PROVED_ONLY, TRUSTED};
use crate::store::many::{Many, Value};
use crate::store::schema::{address, contact, mandate, subject, thread};
use crate::store::{StoreError, consent, hour, merge};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Binary;
use std::collections::{BTreeSet, HashMap};

/// `mandate.kind`: proved on the secure page.
pub const PROVED: i16 = 2;
/// `thread.owner`: the assistant answers.
pub(super) const OWNER_BOT: i16 = 1;

/// How one address is indexed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Digits.
    Phone,
    /// A business-scoped user id.
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
    /// The hash of their identity key: a message that carries it reaches nobody else (Cloud API error 137000).
    pub identity: Option<Phi<String>>,
    /// When it last came into doubt whose address it is; buttons from before do nothing.
    pub doubted_at: Option<Moment>,
    /// How much they wrote lately.
    pub burst: Burst,
    /// The number was doubted, so that only those records count, until the number stands on one of them.
    pub proved_only: bool,
}

/// The contact behind an address, made when there is none. The BSUID leads, the phone number is optional:
/// it may change hands, and then its new owner is a new contact.
pub fn resolve(conn: &mut Conn, keys: &Keys, from: &Address, now: Moment) -> Result<Id, StoreError> {
    let by_bsuid = find(conn, keys, Kind::Bsuid, from.bsuid.as_ref())?;
    let by_phone = find(conn, keys, Kind::Phone, from.phone.as_ref())?;
    let id = match (by_bsuid, by_phone) {
        (Some(id), Some(other)) if id != other => {
            if !has_bsuid(conn, other)? {
                merge::merge(conn, keys, other, id)?;
            }
            id
        }
        (Some(id), _) => id,
        // A number that belongs to another account now: its new owner starts afresh.
        (None, Some(id)) if from.bsuid.is_some() && has_bsuid(conn, id)? => create(conn, keys, now)?,
        (None, Some(id)) => id,
        (None, None) => create(conn, keys, now)?,
    };
    remember(conn, keys, id, Kind::Bsuid, from.bsuid.as_ref())?;
    remember(conn, keys, id, Kind::Phone, from.phone.as_ref())?;
    Ok(id)
}

pub(super) fn find(
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
        // Two messages at once: the one that waited may have found whom the other has merged meanwhile.
        if let Some(found) = found.and_then(|found| Id::from_slice(&found)) {
            return living(conn, found);
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

pub(super) fn create(conn: &mut Conn, keys: &Keys, now: Moment) -> Result<Id, StoreError> {
    let id = keys.chance().id();
    diesel::insert_into(contact::table)
        .values((contact::id.eq(id.0.to_vec()), contact::trust.eq(TRUSTED), contact::created.eq(hour(now))))
        .execute(conn)?;
    Ok(id)
}

pub(super) fn remember(
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

/// Keeps where a contact can be reached. A message may come without the number that is known (usernames) or without the
/// BSUID: what it does not name stays as it was.
pub fn keep_address(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    from: &Address,
    wipe_at: Moment,
) -> Result<(), StoreError> {
    let known = if from.phone.is_some() && from.bsuid.is_some() { None } else { address(conn, keys, id)? };
    let known = known.unwrap_or_default();
    let kept =
        Address { phone: from.phone.clone().or(known.phone), bsuid: from.bsuid.clone().or(known.bsuid) };
    let sealed = crypt::seal_address(keys, id, &kept);
    diesel::update(contact::table.find(id.0.to_vec()))
        .set((contact::address_s.eq(sealed), contact::wipe_at.eq(wipe_hour(wipe_at))))
        .execute(conn)?;
    Ok(())
}

/// The hour in which what is kept until then is wiped: never before it.
pub(super) fn wipe_hour(until: Moment) -> i64 {
    hour(until + Duration::hours(1))
}

/// Where a contact can be reached; one that does not open any more is as good as wiped.
pub fn address(conn: &mut Conn, keys: &Keys, id: Id) -> Result<Option<Address>, StoreError> {
    let sealed: Option<Vec<u8>> =
        contact::table.find(id.0.to_vec()).select(contact::address_s).first(conn)?;
    Ok(sealed.and_then(|sealed| crypt::open_address(keys, id, &sealed).ok()))
}

/// Opens or prolongs the customer service window of a contact at a clinic.
pub fn heard(conn: &mut Conn, id: Id, clinic: u16, window_end: Moment) -> Result<(), StoreError> {
    let end = window_end.timestamp_millis();
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

/// Language, trust, since when in doubt, address, identity key.
type RawContact = (Option<i16>, i16, Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>);
/// Window, greeting, misses, quiet, last step; messages lately, since when, and until when that is not spoken of.
type RawThread = (Option<i64>, Option<i64>, i16, Option<i64>, Option<Vec<u8>>, i16, Option<i64>, Option<i64>);

/// Who a contact is now: itself, or the one it was merged into.
pub fn current(conn: &mut Conn, id: Id) -> Result<Id, StoreError> {
    Ok(living(conn, id)?.unwrap_or(id))
}

/// Loads a contact with its thread at `clinic`; one that was merged is the one it was merged into.
pub fn load(conn: &mut Conn, keys: &Keys, id: Id, clinic: u16) -> Result<Loaded, StoreError> {
    let id = current(conn, id)?;
    let (locale, trust, doubted_at, sealed, identity): RawContact = contact::table
        .find(id.0.to_vec())
        .select((
            contact::locale,
            contact::trust,
            contact::doubted_at,
            contact::address_s,
            contact::identity_s,
        ))
        .first(conn)?;
    let address = sealed.and_then(|sealed| crypt::open_address(keys, id, &sealed).ok());
    let thread: Option<RawThread> = thread::table
        .find((id.0.to_vec(), clinic_no(clinic)))
        .select((
            thread::window_end,
            thread::greeted_at,
            thread::misses,
            thread::quiet_until,
            thread::last_step_s,
            thread::burst,
            thread::burst_at,
            thread::flood_until,
        ))
        .first(conn)
        .optional()?;
    let (window_end, greeted, misses, quiet, last, count, since, silent) = thread.unwrap_or_default();
    let proved = proved(conn, keys, id)?;
    let contact = Contact {
        id,
        locale: locale.and_then(locale_of),
        has_phone: address.as_ref().is_some_and(|address| address.phone.is_some()),
        greeted_at: greeted.map(from_millis),
        stopped: consent::is_stopped(conn, id)?,
        misses: u16::try_from(misses).unwrap_or(0),
        quiet_until: quiet.map(from_millis),
        doubted: trust == DOUBTED,
        proved: !proved.is_empty(),
        last: last.and_then(|sealed| crypt::open_last(keys, id, clinic, &sealed)),
        told: None,
    };
    Ok(Loaded {
        contact,
        address,
        window_end: window_end.map(from_millis),
        proved,
        proved_only: trust == PROVED_ONLY,
        identity: identity.and_then(|sealed| crypt::open_identity(keys, id, &sealed)),
        doubted_at: doubted_at.map(from_millis),
        burst: Burst {
            count: u16::try_from(count).unwrap_or(0),
            since: since.map(from_millis),
            silent_until: silent.map(from_millis),
        },
    })
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
    match changes.doubted {
        Some(true) => identity::doubt(conn, id, now)?,
        Some(false) => identity::trust(conn, id, changes.doubt_since)?,
        None => {}
    }
    changes.stopped.map_or(Ok(()), |stopped| consent::set_stopped(conn, id, stopped, now))
}

/// The contact's id and the ids of contacts that were merged into it: its buttons may be bound to any of them.
pub fn ids_of(conn: &mut Conn, id: Id) -> Result<Vec<Id>, StoreError> {
    let merged: Vec<Vec<u8>> =
        contact::table.filter(contact::merged_into.eq(id.0.to_vec())).select(contact::id).load(conn)?;
    Ok(std::iter::once(id).chain(merged.iter().filter_map(|old| Id::from_slice(old))).collect())
}

/// The contact that goes by this id now: itself, or the one it was merged into.
pub fn living(conn: &mut Conn, id: Id) -> Result<Option<Id>, StoreError> {
    /// A contact was merged into another at most so many times in a row.
    const HOPS: usize = 8;
    let mut id = id;
    for _ in 0..HOPS {
        let row: Option<Option<Vec<u8>>> =
            contact::table.find(id.0.to_vec()).select(contact::merged_into).first(conn).optional()?;
        match row.map(|into| into.as_deref().and_then(Id::from_slice)) {
            None => return Ok(None),
            Some(None) => return Ok(Some(id)),
            Some(Some(into)) => id = into,
        }
    }
    Ok(None)
}

/// Somebody proved whose record they may act for. What an earlier owner of the number had proved falls with the doubt;
/// `on_record`: the number stands on the record that was proved, which ends the doubt about it too.
pub fn believe(conn: &mut Conn, id: Id, on_record: bool) -> Result<(), StoreError> {
    let row = contact::table.find(id.0.to_vec());
    let trust: i16 = row.select(contact::trust).first(conn)?;
    if trust == DOUBTED {
        diesel::delete(mandate::table.filter(mandate::contact.eq(id.0.to_vec())))
            .filter(mandate::kind.eq(PROVED))
            .execute(conn)?;
    }
    let now = if trust == TRUSTED || on_record { TRUSTED } else { PROVED_ONLY };
    diesel::update(contact::table.find(id.0.to_vec())).set(contact::trust.eq(now)).execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Merged {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    merged_into: Vec<u8>,
}

const MERGED: &str = "SELECT c.id, c.merged_into FROM ({rows}) AS k CROSS JOIN contact c \
     WHERE c.merged_into = k.column1";

/// What was merged into each of many contacts.
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
