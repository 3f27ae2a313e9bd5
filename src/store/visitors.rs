//! The contacts of many messages at once. Almost everybody who writes is known by every address they write from, or by
//! none: those cost no statement of their own. Whoever's addresses disagree goes through [`contacts::resolve`].

use crate::clock::Moment;
use crate::domain::context::Address;
use crate::ids::Id;
use crate::seal::{Keyed, Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::{self, OWNER_BOT, TRUSTED, clinic_no};
use crate::store::crypt;
use crate::store::many::{Many, Value};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, SmallInt};
use std::collections::{BTreeMap, HashMap};

/// A sealed address is kept for days; that it is needed is noted once in this time.
const NOTED: Duration = Duration::hours(1);
/// Somebody who writes, with the pseudonyms of their addresses: the current epoch's first.
#[derive(Clone, Debug)]
pub struct Visitor {
    from: Address,
    bsuid: Vec<Keyed>,
    phone: Vec<Keyed>,
}

impl Visitor {
    /// Somebody at `from`.
    pub fn new(keys: &Keys, from: Address) -> Self {
        let indexes = |purpose, value: Option<&_>| {
            value.map_or_else(Vec::new, |value| keys.indexes(purpose, crypt::index_bytes(value)))
        };
        let bsuid = indexes(Purpose::Bsuid, from.bsuid.as_ref());
        let phone = indexes(Purpose::Phone, from.phone.as_ref());
        Self { from, bsuid, phone }
    }

    /// `kind`, epoch and pseudonym of each address under each key.
    fn marks(&self) -> impl Iterator<Item = Mark> + '_ {
        let of = |kind: contacts::Kind, keyed: &[Keyed]| {
            keyed.iter().map(move |keyed| (kind.code(), *keyed)).collect::<Vec<_>>()
        };
        of(contacts::Kind::Bsuid, &self.bsuid).into_iter().chain(of(contacts::Kind::Phone, &self.phone))
    }

    /// The marks under the current keys: those that are written.
    fn current(&self) -> impl Iterator<Item = Mark> + '_ {
        let bsuid = self.bsuid.first().map(|keyed| (contacts::Kind::Bsuid.code(), *keyed));
        let phone = self.phone.first().map(|keyed| (contacts::Kind::Phone.code(), *keyed));
        bsuid.into_iter().chain(phone)
    }
}

type Mark = (i16, Keyed);

/// A contact as its address rows tell it.
#[derive(Clone, Copy, Debug)]
struct Known {
    contact: Id,
    /// Its sealed address is this visitor's and will not be wiped soon.
    noted: bool,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = SmallInt)]
    key_e: i16,
    #[diesel(sql_type = Binary)]
    key_k: Vec<u8>,
    #[diesel(sql_type = Binary)]
    contact: Vec<u8>,
    #[diesel(sql_type = Nullable<Binary>)]
    address_s: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    wipe_at: Option<i64>,
}

// CROSS JOIN: SQLite keeps the order, so that it looks the keys up; to PostgreSQL it is an inner join.
const FIND: &str = "SELECT a.kind, a.key_e, a.key_k, a.contact, c.address_s, c.wipe_at FROM (VALUES {rows}) AS k \
     CROSS JOIN address a CROSS JOIN contact c \
     WHERE a.kind = k.column1 AND a.key_e = k.column2 AND a.key_k = k.column3 AND c.id = a.contact";
const CREATE: &str = "INSERT INTO contact (id, trust, address_s, created, wipe_at) VALUES {rows}";
const REMEMBER: &str = "INSERT INTO address (kind, key_e, key_k, contact) VALUES {rows}";
// The window's end is moved on in steps of a minute: it counts as closed five minutes early anyhow.
const OPEN: &str = "INSERT INTO thread (contact, clinic_no, window_end, owner, misses) VALUES {rows} \
     ON CONFLICT (contact, clinic_no) DO UPDATE SET window_end = excluded.window_end \
     WHERE thread.window_end IS NULL OR thread.window_end < excluded.window_end - 60000";

/// Finds the contacts of many visitors.
pub struct Resolving<'a> {
    keys: &'a Keys,
    now: Moment,
    keep: Duration,
    known: HashMap<Mark, Known>,
    /// Contacts to be made, with whose they are.
    fresh: Vec<(Id, Visitor)>,
    /// Contacts whose address is to be kept anew.
    stale: Vec<(Id, Address)>,
}

impl<'a> Resolving<'a> {
    /// At `now`, keeping sealed addresses for `keep`.
    pub fn new(keys: &'a Keys, now: Moment, keep: Duration) -> Self {
        let (known, fresh, stale) = (HashMap::new(), Vec::new(), Vec::new());
        Self { keys, now, keep, known, fresh, stale }
    }

    /// The contact of each visitor, in their order; made where there is none.
    pub fn all(&mut self, conn: &mut Conn, visitors: &[&Visitor]) -> Result<Vec<Id>, StoreError> {
        self.look_up(conn, visitors)?;
        let contacts = visitors.iter().map(|it| self.one(conn, it)).collect::<Result<_, _>>()?;
        self.create(conn)?;
        Ok(contacts)
    }

    /// Keeps the addresses that are new or would be wiped soon. Comes once the contacts' lanes are held: whoever
    /// changes a contact holds its lane first.
    pub fn keep(self, conn: &mut Conn) -> Result<(), StoreError> {
        let wipe_at = self.now + self.keep;
        self.stale
            .iter()
            .try_for_each(|(contact, from)| contacts::note(conn, self.keys, *contact, from, wipe_at))
    }
}

impl Resolving<'_> {
    fn look_up(&mut self, conn: &mut Conn, visitors: &[&Visitor]) -> Result<(), StoreError> {
        let mut whose: BTreeMap<Sorted, &Visitor> = BTreeMap::new();
        for visitor in visitors {
            whose.extend(visitor.marks().map(|mark| (sorted(mark), *visitor)));
        }
        let mut find = Many::new(FIND);
        for (kind, epoch, value) in whose.keys() {
            find.row([Value::Small(*kind), Value::Small(*epoch), Value::Bytes(value.to_vec())]);
        }
        // A contact has several marks; its sealed address is opened once.
        let mut noted: HashMap<Id, bool> = HashMap::new();
        for found in find.load::<Found>(conn)? {
            let Some((mark, contact)) = read(&found) else { continue };
            let noted = *noted.entry(contact).or_insert_with(|| {
                whose.get(&sorted(mark)).is_some_and(|it| self.is_noted(contact, &found, &it.from))
            });
            self.known.insert(mark, Known { contact, noted });
        }
        Ok(())
    }

    fn is_noted(&self, contact: Id, found: &Found, from: &Address) -> bool {
        let soon = (self.now + self.keep - NOTED).timestamp_millis();
        found.wipe_at.is_some_and(|at| at >= soon)
            && found.address_s.as_ref().is_some_and(|sealed| {
                crypt::open_address(self.keys, contact, sealed).is_ok_and(|kept| kept == *from)
            })
    }

    fn one(&mut self, conn: &mut Conn, visitor: &Visitor) -> Result<Id, StoreError> {
        let [bsuid, phone] = [&visitor.bsuid, &visitor.phone].map(|keyed| keyed.first());
        let known =
            |kind: contacts::Kind, keyed: Option<&Keyed>| self.known.get(&(kind.code(), *keyed?)).copied();
        let (by_bsuid, by_phone) = (known(contacts::Kind::Bsuid, bsuid), known(contacts::Kind::Phone, phone));
        let agreed = match (by_bsuid, by_phone) {
            (Some(one), Some(other)) => (one.contact == other.contact).then_some(one.noted && other.noted),
            (Some(one), None) => Some(one.noted && phone.is_none()),
            (None, Some(one)) => bsuid.is_none().then_some(one.noted),
            (None, None) => None,
        };
        if let (Some(noted), Some(it)) = (agreed, by_bsuid.or(by_phone)) {
            if !noted {
                self.stale.push((it.contact, visitor.from.clone()));
                self.remember(visitor, it.contact);
            }
            return Ok(it.contact);
        }
        if visitor.marks().all(|mark| !self.known.contains_key(&mark)) {
            let contact = self.keys.chance().id();
            self.fresh.push((contact, visitor.clone()));
            self.remember(visitor, contact);
            return Ok(contact);
        }
        // What is to be made is looked up there too.
        self.create(conn)?;
        let contact = contacts::resolve(conn, self.keys, &visitor.from, self.now, self.keep)?;
        self.remember(visitor, contact);
        Ok(contact)
    }

    fn remember(&mut self, visitor: &Visitor, contact: Id) {
        let known = Known { contact, noted: true };
        self.known.extend(visitor.current().map(|mark| (mark, known)));
    }

    /// Makes the contacts that are to be made, addresses in one order for everyone: replicas that meet the same people at once
    /// wait for one another in a line, never in a circle.
    fn create(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        let mut create = Many::new(CREATE);
        let mut remember: BTreeMap<Sorted, Id> = BTreeMap::new();
        for (contact, visitor) in self.fresh.drain(..) {
            create.row([
                Value::Bytes(contact.0.to_vec()),
                Value::Small(TRUSTED),
                Value::MaybeBytes(Some(crypt::seal_address(self.keys, contact, &visitor.from))),
                Value::Big(self.now.timestamp_millis()),
                Value::MaybeBig(Some((self.now + self.keep).timestamp_millis())),
            ]);
            remember.extend(visitor.current().map(|mark| (sorted(mark), contact)));
        }
        let mut rows = Many::new(REMEMBER);
        for ((kind, epoch, value), contact) in remember {
            let key = Value::Bytes(value.to_vec());
            rows.row([Value::Small(kind), Value::Small(epoch), key, Value::Bytes(contact.0.to_vec())]);
        }
        create.execute(conn)?;
        rows.execute(conn)
    }
}

/// A mark that can be sorted.
type Sorted = (i16, i16, [u8; 16]);

fn sorted((kind, keyed): Mark) -> Sorted {
    (kind, keyed.epoch, keyed.value)
}

fn read(found: &Found) -> Option<(Mark, Id)> {
    let keyed = Keyed { epoch: found.key_e, value: found.key_k.as_slice().try_into().ok()? };
    Some(((found.kind, keyed), Id::from_slice(&found.contact)?))
}

/// Opens or prolongs the customer service windows of contacts at clinics.
pub fn heard(conn: &mut Conn, heard: &[(Id, u16, Moment)]) -> Result<(), StoreError> {
    let mut ends: BTreeMap<(Id, u16), i64> = BTreeMap::new();
    for (contact, clinic, said_at) in heard {
        let end = (*said_at + contacts::SERVICE_WINDOW).timestamp_millis();
        let latest = ends.entry((*contact, *clinic)).or_insert(end);
        *latest = end.max(*latest);
    }
    let mut open = Many::new(OPEN);
    for ((contact, clinic), end) in ends {
        open.row([
            Value::Bytes(contact.0.to_vec()),
            Value::Small(clinic_no(clinic)),
            Value::MaybeBig(Some(end)),
            Value::Small(OWNER_BOT),
            Value::Small(0),
        ]);
    }
    open.execute(conn)
}
