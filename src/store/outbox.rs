//! What is to be done in the world: what to do, never what to say. Rows with a place in a lane are done in its
//! order; free rows (repeats, reconciliations, work items, urgent answers) are claimed one by one.

use crate::clock::{Moment, from_millis};
use crate::domain::decision::Effect;
use crate::domain::fact::Seen;
use crate::ids::Id;
use crate::seal::{Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt::{self, Errand};
use crate::store::lanes;
use crate::store::schema::outbox;
use crate::store::{StoreError, hour};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, SmallInt};

/// How long a free row is claimed for; whoever still works on it prolongs it.
pub const LEASE: Duration = Duration::seconds(90);

/// Answers that nothing may hold up come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Priority {
    /// The answer to STOP, emergencies, distress: needs no EHR.
    Urgent,
    /// The work item that brings a person.
    People,
    /// Everything that answers a patient.
    Answer,
    /// What nobody waits for.
    Background,
}

impl Priority {
    const fn code(self) -> i16 {
        match self {
            Self::Urgent => 0,
            Self::People => 1,
            Self::Answer => 2,
            Self::Background => 3,
        }
    }
}

/// Which free rows to claim: each class has workers of its own, so that none waits for another's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// [`Priority::Urgent`]
    Urgent,
    /// [`Priority::People`]
    People,
    /// The rest.
    Other,
}

impl Class {
    const fn priorities(self) -> (i16, i16) {
        match self {
            Self::Urgent => (Priority::Urgent.code(), Priority::Urgent.code()),
            Self::People => (Priority::People.code(), Priority::People.code()),
            Self::Other => (Priority::Answer.code(), Priority::Background.code()),
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
    /// Why the try before was put off, as a closed code. A later try without one follows on a worker that died.
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
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(new.id.0.to_vec()),
            outbox::lane.eq(new.lane.0.to_vec()),
            outbox::seq.eq(seq),
            outbox::open.eq(true),
            outbox::due.eq(new.due.timestamp_millis()),
            outbox::kind.eq(kind_code(&new.errand.effect)),
            outbox::what_s.eq(crypt::seal_errand(keys, new.id, new.errand)),
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

/// What the column tells: whether a row holds an intent, which its reconciliation may hold too. Whether it is a
/// message or a work item is nobody's business.
const fn kind_code(effect: &Effect) -> i16 {
    match effect {
        Effect::Say(_) | Effect::Task(..) | Effect::WriteBack(_) | Effect::News(_) => 1,
        Effect::Ehr(_) => 2,
        Effect::Reconcile(_) => 5,
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
     (SELECT r.id FROM outbox r WHERE r.open AND r.seq IS NULL AND r.due <= $2 AND r.priority BETWEEN $3 AND $4 \
     ORDER BY r.priority, r.due LIMIT $5";

/// Claims up to `limit` free rows of a class that are due.
pub fn claim_free(
    conn: &mut Conn,
    keys: &Keys,
    class: Class,
    now: Moment,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let (first, last) = class.priorities();
    let until = (now + LEASE).timestamp_millis();
    let now = now.timestamp_millis();
    let claimed: Vec<ClaimedId> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(format!("{CLAIM}) RETURNING id"))
            .bind::<BigInt, _>(until)
            .bind::<BigInt, _>(now)
            .bind::<SmallInt, _>(first)
            .bind::<SmallInt, _>(last)
            .bind::<BigInt, _>(limit)
            .load(c)?,
        Conn::Postgres(c) => diesel::sql_query(format!("{CLAIM} FOR UPDATE SKIP LOCKED) RETURNING id"))
            .bind::<BigInt, _>(until)
            .bind::<BigInt, _>(now)
            .bind::<SmallInt, _>(first)
            .bind::<SmallInt, _>(last)
            .bind::<BigInt, _>(limit)
            .load(c)?,
    };
    let ids: Vec<Vec<u8>> = claimed.into_iter().map(|claimed| claimed.id).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        let row: RawRow = outbox::table
            .find(id)
            .select((outbox::id, outbox::lane, outbox::attempts, outbox::seq, outbox::error, outbox::what_s))
            .first(conn)?;
        rows.extend(opened(keys, row));
    }
    // In hand: whoever finds it so later knows that a worker died over it.
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
        .filter(outbox::error.is_not_null())
        .set(outbox::error.eq(None::<i16>))
        .execute(conn)?;
    Ok(rows)
}

/// Frees every free row that somebody had in hand: only where no other server can (SQLite, after the server lock was
/// taken). Rows that were put off keep their time.
pub fn free_all(conn: &mut Conn, now: Moment) -> Result<(), StoreError> {
    diesel::update(outbox::table.filter(outbox::open).filter(outbox::seq.is_null()))
        .filter(outbox::attempts.gt(0))
        .filter(outbox::error.is_null())
        .set(outbox::due.eq(now.timestamp_millis()))
        .execute(conn)?;
    Ok(())
}

/// Prolongs the lease on a free row that its worker still works on.
pub fn renew(conn: &mut Conn, row: &Row, now: Moment) -> Result<(), StoreError> {
    let held = diesel::update(outbox::table.find(row.id.0.to_vec()).filter(outbox::open))
        .filter(outbox::attempts.eq(row.attempts))
        .filter(outbox::seq.is_null())
        .set(outbox::due.eq((now + LEASE).timestamp_millis()))
        .execute(conn)?;
    if held == 1 { Ok(()) } else { Err(StoreError::Fenced) }
}

/// True while `row` is open and in the attempt its holder began: the fence of free rows. Locks the row until the commit.
pub fn still_held(conn: &mut Conn, row: &Row) -> Result<bool, StoreError> {
    let held = diesel::update(outbox::table.find(row.id.0.to_vec()).filter(outbox::open))
        .filter(outbox::attempts.eq(row.attempts))
        .set(outbox::attempts.eq(row.attempts))
        .execute(conn)?;
    Ok(held == 1)
}

/// Puts a row off that was not even tried, since its number is at a stop: this time does not count. Free from then on.
/// `false` when it is another's now.
pub fn halt(conn: &mut Conn, row: &Row, due: Moment, error: i16) -> Result<bool, StoreError> {
    if !postpone(conn, row, due, error)? {
        return Ok(false);
    }
    diesel::update(outbox::table.find(row.id.0.to_vec()))
        .set(outbox::attempts.eq(outbox::attempts - 1))
        .execute(conn)?;
    Ok(true)
}

/// Puts a row off until `due`; from then on it is free, so that nothing in its lane waits for it. `false` when it is
/// another's now.
pub fn postpone(conn: &mut Conn, row: &Row, due: Moment, error: i16) -> Result<bool, StoreError> {
    let held = diesel::update(outbox::table.find(row.id.0.to_vec()).filter(outbox::open))
        .filter(outbox::attempts.eq(row.attempts))
        .set((outbox::due.eq(due.timestamp_millis()), outbox::seq.eq(None::<i64>), outbox::error.eq(error)))
        .execute(conn)?;
    Ok(held == 1)
}

/// Closes a row; what it was to do is wiped, how urgent it was and its place too, and of its times only the hour
/// stays. `error` is a closed code for dead letters. `false` when it is another's now.
pub fn close(conn: &mut Conn, row: &Row, now: Moment, error: Option<i16>) -> Result<bool, StoreError> {
    if !still_held(conn, row)? {
        return Ok(false);
    }
    wipe(conn, row.id, now, error)?;
    Ok(true)
}

/// Closes a row and wipes what it was to do.
pub(super) fn wipe(conn: &mut Conn, id: Id, now: Moment, error: Option<i16>) -> Result<(), StoreError> {
    forget(conn, id)?;
    finish(conn, id, now, error)
}

/// Wipes what a row was to do.
fn forget(conn: &mut Conn, id: Id) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id.0.to_vec()))
        .set(outbox::what_s.eq(None::<Vec<u8>>))
        .execute(conn)?;
    Ok(())
}

/// Closes a row; what it was to do stays.
pub(super) fn finish(conn: &mut Conn, id: Id, now: Moment, error: Option<i16>) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id.0.to_vec()))
        .set((
            outbox::open.eq(false),
            outbox::error.eq(error),
            outbox::priority.eq(Priority::Answer.code()),
            outbox::seq.eq(None::<i64>),
            outbox::due.eq(hour(now)),
            outbox::closed.eq(hour(now)),
        ))
        .execute(conn)?;
    Ok(())
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
