//! The contacts of many messages at once. Almost everybody who writes is known by every address they write from, or by
//! none: those cost no statement of their own. Whoever's addresses disagree is for [`contacts::resolve`].

use crate::clock::{Moment, from_millis};
use crate::domain::context::Address;
use crate::domain::flood::Burst;
use crate::ids::Id;
use crate::seal::{Keyed, Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::contacts::{self, OWNER_BOT, clinic_no};
use crate::store::crypt;
use crate::store::hour;
use crate::store::identity::TRUSTED;
use crate::store::many::{Many, Value};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, SmallInt};
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// A contact as its rows tell it.
#[derive(Clone, Debug)]
struct Known {
    /// Where it can be reached.
    kept: Option<Address>,
    wipe_at: Option<i64>,
    /// It turned out to be another one a moment ago.
    merged: bool,
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
    #[diesel(sql_type = Nullable<Binary>)]
    merged_into: Option<Vec<u8>>,
}

// CROSS JOIN: SQLite keeps the order, so that it looks the keys up; to PostgreSQL it is an inner join.
const FIND: &str = "SELECT a.kind, a.key_e, a.key_k, a.contact, c.address_s, c.wipe_at, c.merged_into FROM ({rows}) AS k \
     CROSS JOIN address a CROSS JOIN contact c \
     WHERE a.kind = k.column1 AND a.key_e = k.column2 AND a.key_k = k.column3 AND c.id = a.contact";
const CREATE: &str = "INSERT INTO contact (id, trust, address_s, created, wipe_at) {rows}";
const REMEMBER: &str = "INSERT INTO address (kind, key_e, key_k, contact) {rows}";

/// Finds the contacts of many visitors.
pub struct Resolving<'a> {
    keys: &'a Keys,
    now: Moment,
    wipe_at: Moment,
    marks: HashMap<Mark, Id>,
    contacts: HashMap<Id, Known>,
    /// Contacts that are to be made, by the marks of who wrote first.
    newcomers: HashMap<Mark, Id>,
}

/// Whose messages are not as plain as they look.
#[derive(Default)]
pub struct Concerned {
    /// The contacts that are there.
    pub known: HashSet<Id>,
    contacts: HashSet<Id>,
    marks: HashSet<Mark>,
}

impl Concerned {
    /// A message of this visitor, who seems to be this contact, is among them.
    pub fn has(&self, visitor: &Visitor, contact: Id) -> bool {
        self.contacts.contains(&contact) || visitor.marks().any(|mark| self.marks.contains(&mark))
    }
}

impl<'a> Resolving<'a> {
    /// At `now`, keeping sealed addresses for `keep`.
    pub fn new(keys: &'a Keys, now: Moment, keep: Duration) -> Self {
        let (marks, contacts, newcomers) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { keys, now, wipe_at: now + keep, marks, contacts, newcomers }
    }

    /// Reads who is known under the addresses of these visitors.
    pub fn look_up<'b>(
        &mut self,
        conn: &mut Conn,
        visitors: impl Iterator<Item = &'b Visitor>,
    ) -> Result<(), StoreError> {
        let marks: HashSet<Mark> = visitors.flat_map(Visitor::marks).collect();
        let mut find = Many::new(FIND);
        for (kind, keyed) in marks {
            let key = Value::Bytes(keyed.value.to_vec());
            find.row([Value::Small(kind), Value::Small(keyed.epoch), key]);
        }
        for found in find.load::<Found>(conn)? {
            let Some((mark, contact)) = read(&found) else { continue };
            self.marks.insert(mark, contact);
            self.contacts.entry(contact).or_insert_with(|| {
                let sealed = found.address_s.as_ref();
                let kept = sealed.and_then(|sealed| crypt::open_address(self.keys, contact, sealed).ok());
                Known { kept, wipe_at: found.wipe_at, merged: found.merged_into.is_some() }
            });
        }
        Ok(())
    }

    /// The contact of a visitor, if that is certain: known by the number and by everything else that they write from,
    /// or by nothing at all.
    pub fn whose(&mut self, visitor: &Visitor) -> Option<Id> {
        let known: HashSet<Id> = visitor.marks().filter_map(|mark| self.marks.get(&mark).copied()).collect();
        if known.is_empty() {
            return self.newcomer(visitor);
        }
        let certain = known.len() == 1
            && !visitor.phone.is_empty()
            && visitor.current().all(|mark| self.marks.contains_key(&mark));
        let merged = |id: &Id| self.contacts.get(id).is_some_and(|known| known.merged);
        known.into_iter().next().filter(|id| certain && !merged(id))
    }

    fn newcomer(&mut self, visitor: &Visitor) -> Option<Id> {
        let mut before = visitor.current().map(|mark| self.newcomers.get(&mark).copied());
        let first = before.next()?;
        if before.any(|other| other != first) {
            return None;
        }
        let id = first.unwrap_or_else(|| self.keys.chance().id());
        self.newcomers.extend(visitor.current().map(|mark| (mark, id)));
        Some(id)
    }

    /// Whom messages of `singly` may concern, and so on through everyone who shares an address with them.
    pub fn concerned<'b>(
        &self,
        singly: impl Iterator<Item = &'b Visitor>,
        everyone: impl Iterator<Item = &'b Visitor> + Clone,
    ) -> Concerned {
        let mut concerned = Concerned::default();
        let mut more: Vec<&Visitor> = singly.collect();
        while let Some(visitor) = more.pop() {
            let before = (concerned.marks.len(), concerned.contacts.len());
            for mark in visitor.marks() {
                concerned.contacts.extend(self.marks.get(&mark).or_else(|| self.newcomers.get(&mark)));
                concerned.marks.insert(mark);
            }
            if before != (concerned.marks.len(), concerned.contacts.len()) {
                let shares = |other: &&Visitor| {
                    other.marks().any(|mark| {
                        let whose = self.marks.get(&mark).or_else(|| self.newcomers.get(&mark));
                        concerned.marks.contains(&mark)
                            || whose.is_some_and(|id| concerned.contacts.contains(id))
                    })
                };
                more.extend(everyone.clone().filter(shares));
            }
        }
        // Nobody is made for what goes one by one: those contacts are not there yet.
        concerned.known =
            concerned.contacts.iter().copied().filter(|id| self.contacts.contains_key(id)).collect();
        concerned
    }

    /// Makes the contacts that are new, addresses in one order for everyone: replicas that meet the same people at once
    /// wait for one another in a line, never in a circle.
    pub fn create<'b>(
        &self,
        conn: &mut Conn,
        everyone: impl Iterator<Item = (Id, &'b Visitor)>,
    ) -> Result<(), StoreError> {
        let fresh: BTreeMap<Id, &Visitor> =
            everyone.filter(|(contact, _)| !self.contacts.contains_key(contact)).collect();
        let mut create = Many::new(CREATE);
        let mut remember: BTreeMap<Sorted, Id> = BTreeMap::new();
        for (contact, visitor) in fresh {
            create.row([
                Value::Bytes(contact.0.to_vec()),
                Value::Small(TRUSTED),
                Value::MaybeBytes(Some(crypt::seal_address(self.keys, contact, &visitor.from))),
                Value::Big(hour(self.now)),
                Value::MaybeBig(Some(self.wipe_hour())),
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

    fn wipe_hour(&self) -> i64 {
        contacts::wipe_hour(self.wipe_at)
    }

    /// Keeps the addresses that are not kept so long. Comes once the contacts' lanes are held: whoever changes a contact
    /// holds its lane first.
    pub fn keep<'b>(
        &self,
        conn: &mut Conn,
        mut everyone: impl Iterator<Item = (Id, &'b Visitor)>,
    ) -> Result<(), StoreError> {
        let mut kept: HashSet<(Id, Vec<Mark>)> = HashSet::new();
        everyone.try_for_each(|(contact, visitor)| {
            let stale = self.contacts.get(&contact).is_some_and(|known| !self.is_kept(known, &visitor.from));
            if stale && kept.insert((contact, visitor.current().collect())) {
                contacts::keep_address(conn, self.keys, contact, &visitor.from, self.wipe_at)?;
            }
            Ok(())
        })
    }

    fn is_kept(&self, known: &Known, from: &Address) -> bool {
        known.wipe_at.is_some_and(|at| at >= self.wipe_hour())
            && known.kept.as_ref().is_some_and(|kept| {
                let same = |known: &Option<_>, now: &Option<_>| now.is_none() || known == now;
                same(&kept.phone, &from.phone) && same(&kept.bsuid, &from.bsuid)
            })
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

/// What matters of a person before their message is placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// When it last came into doubt who they are.
    pub doubted_at: Option<Moment>,
    /// How much they wrote lately.
    pub burst: Burst,
    /// A flood of theirs ended.
    pub flood_ended: bool,
}

#[derive(QueryableByName)]
struct Read {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = SmallInt)]
    clinic: i16,
    #[diesel(sql_type = Nullable<BigInt>)]
    doubted_at: Option<i64>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    burst: Option<i16>,
    #[diesel(sql_type = Nullable<BigInt>)]
    burst_at: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    flood_until: Option<i64>,
}

const PEOPLE: &str = "SELECT c.id, k.column2 AS clinic, c.doubted_at, t.burst, t.burst_at, t.flood_until \
     FROM ({rows}) AS k CROSS JOIN contact c \
     LEFT JOIN thread t ON t.contact = c.id AND t.clinic_no = k.column2 WHERE c.id = k.column1";

/// Reads people at their clinics. Comes once their lanes are held.
pub fn people(
    conn: &mut Conn,
    threads: impl Iterator<Item = (Id, u16)>,
) -> Result<HashMap<(Id, u16), Person>, StoreError> {
    let threads: HashSet<(Id, u16)> = threads.collect();
    let mut people = Many::new(PEOPLE);
    for (contact, clinic) in threads {
        people.row([Value::Bytes(contact.0.to_vec()), Value::Small(clinic_no(clinic))]);
    }
    let person = |row: Read| {
        let burst = Burst {
            count: row.burst.and_then(|count| u16::try_from(count).ok()).unwrap_or(0),
            since: row.burst_at.map(from_millis),
            silent_until: row.flood_until.map(from_millis),
        };
        let doubted_at = row.doubted_at.map(from_millis);
        let thread = (Id::from_slice(&row.id)?, u16::try_from(row.clinic).ok()?);
        Some((thread, Person { doubted_at, burst, flood_ended: false }))
    };
    Ok(people.load::<Read>(conn)?.into_iter().filter_map(person).collect())
}

/// What is written of a person's thread when they wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Until when the customer service window is open.
    pub window_end: Option<Moment>,
    /// How much they wrote lately.
    pub burst: Burst,
}

const WRITE: &str = "INSERT INTO thread \
     (contact, clinic_no, window_end, owner, misses, burst, burst_at, flood_until) {rows} \
     ON CONFLICT (contact, clinic_no) DO UPDATE SET burst = excluded.burst, burst_at = excluded.burst_at, \
     flood_until = excluded.flood_until, window_end = CASE \
     WHEN thread.window_end IS NULL OR thread.window_end < excluded.window_end \
     THEN excluded.window_end ELSE thread.window_end END";

/// Opens or prolongs the customer service windows of people at clinics, and notes how much they wrote.
pub fn write(conn: &mut Conn, written: &BTreeMap<(Id, u16), Written>) -> Result<(), StoreError> {
    let mut write = Many::new(WRITE);
    let millis = |at: Option<Moment>| Value::MaybeBig(at.map(|at| at.timestamp_millis()));
    for ((contact, clinic), Written { window_end, burst }) in written {
        write.row([
            Value::Bytes(contact.0.to_vec()),
            Value::Small(clinic_no(*clinic)),
            millis(*window_end),
            Value::Small(OWNER_BOT),
            Value::Small(0),
            Value::Small(i16::try_from(burst.count).unwrap_or(i16::MAX)),
            millis(burst.since),
            millis(burst.silent_until),
        ]);
    }
    write.execute(conn)
}
