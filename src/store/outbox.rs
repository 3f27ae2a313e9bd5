//! What is to be done in the world: what to do, never what to say. Rows with a place in a lane are done in its
//! order; free rows (repeats, reconciliations, work items, urgent answers) are claimed one by one.

use crate::clock::{Moment, from_millis};
use crate::domain::decision::Effect;
use crate::domain::fact::Seen;
use crate::domain::speech::Unanswered;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::crypt::{self, Errand};
use crate::store::lanes;
use crate::store::many::{Many, Value};
use crate::store::schema::outbox;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, SmallInt};
use std::collections::BTreeMap;

/// How long a free row is claimed for.
pub const LEASE: Duration = Duration::seconds(90);

/// Answers that nothing may hold up come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Priority {
    /// STOP, emergencies, a person.
    Urgent,
    /// Everything that answers a patient.
    Answer,
    /// What nobody waits for.
    Background,
}

impl Priority {
    const fn code(self) -> i16 {
        match self {
            Self::Urgent => 0,
            Self::Answer => 1,
            Self::Background => 2,
        }
    }
}

/// An effect to be done.
#[derive(Clone, Debug)]
pub struct Row {
    /// Names the effect; Meta sees it as `biz_opaque_callback_data`.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// How often it was begun, this time included. More than one: an earlier try may have been done.
    pub attempts: i16,
    /// It has a place in its lane.
    pub ordered: bool,
    /// Why an earlier try was put off, as a closed code.
    pub error: Option<i16>,
    /// What to do; `None` when it cannot be opened any more.
    pub errand: Option<Errand>,
}

/// A new row.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Names the effect.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// It takes the next place in the lane; else it is free.
    pub ordered: bool,
    /// When it falls due.
    pub due: Moment,
    /// Who comes first among free rows.
    pub priority: Priority,
    /// The worker that adds it begins it at once, under its lease.
    pub begun: bool,
    /// What to do.
    pub errand: &'a Errand,
}

/// Adds a row.
pub fn add(conn: &mut Conn, keys: &Keys, new: &New<'_>) -> Result<(), StoreError> {
    let seq = if new.ordered { Some(lanes::next_place(conn, new.lane)?) } else { None };
    let intent = intent_of(&new.errand.effect).map(|intent| keys.index(Purpose::Intent, &intent.0));
    let never_twice = matches!(&new.errand.effect, Effect::Say(say)
        if say.content.unanswered() == Unanswered::NeverTwice);
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(new.id.0.to_vec()),
            outbox::lane.eq(new.lane.0.to_vec()),
            outbox::seq.eq(seq),
            outbox::open.eq(true),
            outbox::due.eq(new.due.timestamp_millis()),
            outbox::kind.eq(kind_code(&new.errand.effect)),
            outbox::what_s.eq(crypt::seal_errand(keys, new.id, new.errand)),
            outbox::policy.eq(i16::from(never_twice)),
            outbox::priority.eq(new.priority.code()),
            outbox::attempts.eq(i16::from(new.begun)),
            outbox::intent_e.eq(intent.map(|index| index.epoch)),
            outbox::intent_k.eq(intent.map(|index| index.value.to_vec())),
            outbox::rank.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// The writes whose intent must be unique; a reconciliation shares its write's intent under its own kind.
fn intent_of(effect: &Effect) -> Option<Id> {
    match effect {
        Effect::Ehr(write) | Effect::Reconcile(write) => Some(write.about.intent),
        _ => None,
    }
}

const EHR: i16 = 2;
const RECONCILE: i16 = 5;

const fn kind_code(effect: &Effect) -> i16 {
    match effect {
        Effect::Say(_) => 1,
        Effect::Ehr(_) => EHR,
        Effect::Task(..) => 3,
        Effect::WriteBack(_) => 4,
        Effect::Reconcile(_) => RECONCILE,
    }
}

/// What became of an intent.
pub fn seen(conn: &mut Conn, keys: &Keys, intent: Id) -> Result<Seen, StoreError> {
    let mut state = Seen::New;
    for index in keys.indexes(Purpose::Intent, &intent.0) {
        let rows: Vec<bool> = outbox::table
            .filter(outbox::intent_e.eq(index.epoch))
            .filter(outbox::intent_k.eq(index.value.to_vec()))
            .select(outbox::open)
            .load(conn)?;
        if rows.iter().any(|open| *open) {
            return Ok(Seen::Open);
        }
        if !rows.is_empty() {
            state = Seen::Done;
        }
    }
    Ok(state)
}

/// Begins a lane's oldest open row again: `attempts` then tells that it may have been done before.
pub fn begin_oldest(conn: &mut Conn, keys: &Keys, lane: Id, now: Moment) -> Result<Option<Row>, StoreError> {
    let found: Option<Vec<u8>> = outbox::table
        .filter(outbox::open)
        .filter(outbox::lane.eq(lane.0.to_vec()))
        .filter(outbox::seq.is_not_null())
        .filter(outbox::due.le(now.timestamp_millis()))
        .order(outbox::seq)
        .select(outbox::id)
        .first(conn)
        .optional()?;
    let Some(found) = found else { return Ok(None) };
    let row: RawRow = diesel::update(outbox::table.find(found))
        .set(outbox::attempts.eq(outbox::attempts + 1))
        .returning((outbox::id, outbox::lane, outbox::attempts, outbox::seq, outbox::error, outbox::what_s))
        .get_result(conn)?;
    Ok(opened(keys, row))
}

type RawRow = (Vec<u8>, Vec<u8>, i16, Option<i64>, Option<i16>, Option<Vec<u8>>);

fn opened(keys: &Keys, row: RawRow) -> Option<Row> {
    let (id, lane, attempts, seq, error, sealed) = row;
    let id = Id::from_slice(&id)?;
    let errand = sealed.and_then(|sealed| crypt::open_errand(keys, id, &sealed).ok());
    Some(Row { id, lane: Id::from_slice(&lane)?, attempts, ordered: seq.is_some(), error, errand })
}

#[derive(QueryableByName)]
struct ClaimedId {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
}

const CLAIM: &str = "UPDATE outbox SET due = $1, attempts = attempts + 1 WHERE id IN \
     (SELECT r.id FROM outbox r WHERE r.open AND r.seq IS NULL AND r.due <= $2 ORDER BY r.priority, r.due LIMIT $3";

/// Claims up to `limit` free rows that are due.
pub fn claim_free(conn: &mut Conn, keys: &Keys, now: Moment, limit: i64) -> Result<Vec<Row>, StoreError> {
    let until = (now + LEASE).timestamp_millis();
    let now = now.timestamp_millis();
    let claimed: Vec<ClaimedId> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(format!("{CLAIM}) RETURNING id"))
            .bind::<BigInt, _>(until)
            .bind::<BigInt, _>(now)
            .bind::<BigInt, _>(limit)
            .load(c)?,
        Conn::Postgres(c) => diesel::sql_query(format!("{CLAIM} FOR UPDATE SKIP LOCKED) RETURNING id"))
            .bind::<BigInt, _>(until)
            .bind::<BigInt, _>(now)
            .bind::<BigInt, _>(limit)
            .load(c)?,
    };
    let mut rows = Vec::with_capacity(claimed.len());
    for ClaimedId { id } in claimed {
        let row: RawRow = outbox::table
            .find(id)
            .select((outbox::id, outbox::lane, outbox::attempts, outbox::seq, outbox::error, outbox::what_s))
            .first(conn)?;
        rows.extend(opened(keys, row));
    }
    Ok(rows)
}

/// True while `row` is open and in the attempt its holder began: the fence of free rows. Locks the row until the commit.
pub fn still_held(conn: &mut Conn, row: &Row) -> Result<bool, StoreError> {
    let held = diesel::update(outbox::table.find(row.id.0.to_vec()).filter(outbox::open))
        .filter(outbox::attempts.eq(row.attempts))
        .set(outbox::attempts.eq(row.attempts))
        .execute(conn)?;
    Ok(held == 1)
}

/// Puts a row off until `due`; from then on it is free, so that nothing in its lane waits for it.
pub fn postpone(conn: &mut Conn, id: Id, due: Moment, error: i16) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id.0.to_vec()).filter(outbox::open))
        .set((outbox::due.eq(due.timestamp_millis()), outbox::seq.eq(None::<i64>), outbox::error.eq(error)))
        .execute(conn)?;
    Ok(())
}

/// Closes a row; what it was to do is wiped. `error` is a closed code for dead letters.
pub fn close(conn: &mut Conn, id: Id, now: Moment, error: Option<i16>) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id.0.to_vec()))
        .set((
            outbox::open.eq(false),
            outbox::what_s.eq(None::<Vec<u8>>),
            outbox::error.eq(error),
            outbox::closed.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that Meta accepted a message, and closes its row.
pub fn sent(
    conn: &mut Conn,
    keys: &Keys,
    id: Id,
    wamid: Option<&Phi<String>>,
    now: Moment,
) -> Result<(), StoreError> {
    let index = wamid.map(|wamid| keys.index(Purpose::Wamid, crypt::index_bytes(wamid)));
    diesel::update(outbox::table.find(id.0.to_vec()))
        .set((
            outbox::wamid_e.eq(index.map(|index| index.epoch)),
            outbox::wamid_k.eq(index.map(|index| index.value.to_vec())),
            outbox::sent_at.eq(now.timestamp_millis()),
        ))
        .execute(conn)?;
    close(conn, id, now, None)
}

/// True when Meta has taken this message.
pub fn was_sent(conn: &mut Conn, id: Id) -> Result<bool, StoreError> {
    let sent: Option<Option<i64>> =
        outbox::table.find(id.0.to_vec()).select(outbox::sent_at).first(conn).optional()?;
    Ok(sent.flatten().is_some())
}

/// A message's row as a status finds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// The row.
    pub id: Id,
    /// Whose.
    pub lane: Id,
    /// Its send was never answered.
    pub open: bool,
    /// The highest status so far.
    pub rank: i16,
}

#[derive(QueryableByName)]
struct ById {
    #[diesel(sql_type = BigInt)]
    nth: i64,
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    lane: Vec<u8>,
    #[diesel(sql_type = Bool)]
    open: bool,
    #[diesel(sql_type = SmallInt)]
    rank: i16,
}

const BY_ID: &str = "SELECT k.column1 AS nth, o.id, o.lane, o.open, o.rank FROM (VALUES {rows}) AS k \
     CROSS JOIN outbox o WHERE o.id = k.column2 ORDER BY o.id";
const BY_WAMID: &str = "SELECT k.column1 AS nth, o.id, o.lane, o.open, o.rank FROM (VALUES {rows}) AS k \
     CROSS JOIN outbox o WHERE o.wamid_k = k.column3 AND o.wamid_e = k.column2 ORDER BY o.id";
const RAISE: &str = "UPDATE outbox SET rank = k.column2, error = k.column3 FROM (VALUES {rows}) AS k \
     WHERE outbox.id = k.column1 AND outbox.rank < k.column2";

/// Finds messages by the ids we gave Meta, else by the ids Meta gave them; in the order asked.
pub fn find_all<'a>(
    conn: &mut Conn,
    keys: &Keys,
    asked: impl Iterator<Item = (Option<Id>, &'a Phi<String>)>,
) -> Result<Vec<Option<Found>>, StoreError> {
    let asked: Vec<_> = asked.collect();
    let mut found: Vec<Option<Found>> = vec![None; asked.len()];
    let mut by_id = Many::new(BY_ID);
    for (nth, id) in (0..).zip(&asked).filter_map(|(nth, (id, _))| Some((nth, (*id)?))) {
        by_id.row([Value::Big(nth), Value::Bytes(id.0.to_vec())]);
    }
    put(&mut found, by_id.load(conn)?);
    let mut by_wamid = Many::new(BY_WAMID);
    for (nth, (_, wamid)) in (0..).zip(&asked).filter(|(nth, _)| missing(&found, *nth)) {
        for index in keys.indexes(Purpose::Wamid, crypt::index_bytes(wamid)) {
            let key = Value::Bytes(index.value.to_vec());
            by_wamid.row([Value::Big(nth), Value::Small(index.epoch), key]);
        }
    }
    put(&mut found, by_wamid.load(conn)?);
    Ok(found)
}

fn missing(found: &[Option<Found>], nth: i64) -> bool {
    usize::try_from(nth).is_ok_and(|nth| found.get(nth).is_some_and(Option::is_none))
}

fn put(found: &mut [Option<Found>], rows: Vec<ById>) {
    for row in rows {
        let place = usize::try_from(row.nth).ok().and_then(|nth| found.get_mut(nth));
        let ids = Id::from_slice(&row.id).zip(Id::from_slice(&row.lane));
        if let (Some(place), Some((id, lane))) = (place, ids) {
            *place = Some(Found { id, lane, open: row.open, rank: row.rank });
        }
    }
}

/// A status of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raise {
    /// failed 1 < sent 2 < delivered 3 < read 4 < played 5.
    pub rank: i16,
    /// Why it failed.
    pub error: Option<i16>,
}

/// Raises the statuses of messages; they never step down.
pub fn raise_all(conn: &mut Conn, raised: &BTreeMap<Id, Raise>) -> Result<(), StoreError> {
    let mut raise = Many::new(RAISE);
    for (id, it) in raised {
        raise.row([Value::Bytes(id.0.to_vec()), Value::Small(it.rank), Value::MaybeSmall(it.error)]);
    }
    raise.execute(conn)
}

/// Opens the errand of an open row.
pub fn errand(conn: &mut Conn, keys: &Keys, id: Id) -> Result<Option<Errand>, StoreError> {
    let sealed: Option<Option<Vec<u8>>> =
        outbox::table.find(id.0.to_vec()).select(outbox::what_s).first(conn).optional()?;
    Ok(sealed.flatten().and_then(|sealed| crypt::open_errand(keys, id, &sealed).ok()))
}

/// What can be begun by now, and when there is more. What a worker holds is not counted: the worker knows of it, and
/// if it died, its lease says when another may begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Load {
    /// Lanes that have something to do.
    pub lanes: i64,
    /// Free rows that are due.
    pub free: i64,
    /// When the next of them falls due.
    pub next_due: Option<Moment>,
}

impl Load {
    /// Nothing can be begun now.
    pub fn is_idle(&self) -> bool {
        self.lanes == 0 && self.free == 0
    }
}

/// Counts what is open.
pub fn load(conn: &mut Conn, now: Moment) -> Result<Load, StoreError> {
    use crate::store::schema::lane;
    use diesel::dsl::min;
    let now = now.timestamp_millis();
    let lanes = lane::table.filter(lane::claim_at.le(now)).count().get_result(conn)?;
    let free_rows = || outbox::table.filter(outbox::open).filter(outbox::seq.is_null());
    let free = free_rows().filter(outbox::due.le(now)).count().get_result(conn)?;
    let next_lane: Option<i64> =
        lane::table.filter(lane::claim_at.gt(now)).select(min(lane::claim_at)).first(conn)?;
    let next_free: Option<i64> =
        free_rows().filter(outbox::due.gt(now)).select(min(outbox::due)).first(conn)?;
    let next = next_lane.into_iter().chain(next_free).min();
    Ok(Load { lanes, free, next_due: next.map(from_millis) })
}
