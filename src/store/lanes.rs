//! Lanes: strict order per contact at any number of contacts. A worker claims a contact's lane, not a row;
//! the fence tells a worker that lost its lease that it did.

use crate::clock::Moment;
use crate::ids::Id;
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::many::{Many, Value};
use crate::store::schema::{inbox, lane, outbox};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary};
use std::collections::{BTreeMap, HashMap};

/// How long a claim lasts; whoever still works prolongs it.
pub const LEASE: Duration = Duration::seconds(90);

/// A lane that a worker holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The contact.
    pub lane: Id,
    /// Changes with every claim.
    pub fence: i64,
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    fence: i64,
}

const CLAIM: &str = "UPDATE lane SET claim_at = $1, owner = $2, fence = fence + 1 WHERE id IN \
     (SELECT r.id FROM lane r WHERE r.claim_at <= $3 ORDER BY r.claim_at LIMIT $4";

/// Claims up to `limit` lanes that have something to do.
pub fn claim(conn: &mut Conn, owner: Id, now: Moment, limit: i64) -> Result<Vec<Claim>, StoreError> {
    let until = (now + LEASE).timestamp_millis();
    let now = now.timestamp_millis();
    let claimed: Vec<Claimed> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(format!("{CLAIM}) RETURNING id, fence"))
            .bind::<BigInt, _>(until)
            .bind::<Binary, _>(owner.0.to_vec())
            .bind::<BigInt, _>(now)
            .bind::<BigInt, _>(limit)
            .load(c)?,
        Conn::Postgres(c) => {
            diesel::sql_query(format!("{CLAIM} FOR UPDATE SKIP LOCKED) RETURNING id, fence"))
                .bind::<BigInt, _>(until)
                .bind::<Binary, _>(owner.0.to_vec())
                .bind::<BigInt, _>(now)
                .bind::<BigInt, _>(limit)
                .load(c)?
        }
    };
    Ok(claimed
        .into_iter()
        .filter_map(|row| Some(Claim { lane: Id::from_slice(&row.id)?, fence: row.fence }))
        .collect())
}

/// The next place in a lane, made when it has none; the row stays locked until the commit.
pub fn next_place(conn: &mut Conn, id: Id) -> Result<i64, StoreError> {
    let key = id.0.to_vec();
    let place: Option<i64> = diesel::update(lane::table.find(key.clone()))
        .set(lane::next_seq.eq(lane::next_seq + 1))
        .returning(lane::next_seq)
        .get_result(conn)
        .optional()?;
    if let Some(place) = place {
        return Ok(place);
    }
    diesel::insert_into(lane::table)
        .values((lane::id.eq(key), lane::next_seq.eq(1), lane::fence.eq(0)))
        .execute(conn)?;
    Ok(1)
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    next_seq: i64,
}

// A lane under lease is left alone: its release looks for itself.
const TAKE: &str = "INSERT INTO lane (id, next_seq, claim_at, fence) {rows} \
     ON CONFLICT (id) DO UPDATE SET next_seq = lane.next_seq + excluded.next_seq, claim_at = CASE \
     WHEN lane.owner IS NULL AND (lane.claim_at IS NULL OR lane.claim_at > excluded.claim_at) \
     THEN excluded.claim_at ELSE lane.claim_at END RETURNING id, next_seq";

/// Takes the next places in many lanes, made where there are none, and wakes those that have something to do at `due`;
/// answers the first place of each. The rows stay locked until the commit.
pub fn take_places(
    conn: &mut Conn,
    places: &BTreeMap<Id, Places>,
    due: Moment,
) -> Result<HashMap<Id, i64>, StoreError> {
    let mut take = Many::new(TAKE);
    for (id, places) in places {
        take.row([
            Value::Bytes(id.0.to_vec()),
            Value::Big(places.count),
            Value::MaybeBig(places.open.then(|| due.timestamp_millis())),
            Value::Big(0),
        ]);
    }
    let first = |taken: Taken| {
        let id = Id::from_slice(&taken.id)?;
        Some((id, taken.next_seq - places.get(&id)?.count + 1))
    };
    Ok(take.load::<Taken>(conn)?.into_iter().filter_map(first).collect())
}

/// What is wanted of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Places {
    /// So many places.
    pub count: i64,
    /// At least one row is still to be decided about.
    pub open: bool,
}

/// A row of this lane falls due at `due`. A lane under lease is left alone: its release looks for itself.
pub fn wake(conn: &mut Conn, id: Id, due: Moment) -> Result<(), StoreError> {
    let due = due.timestamp_millis();
    diesel::update(lane::table.find(id.0.to_vec()).filter(lane::owner.is_null()))
        .filter(lane::claim_at.is_null().or(lane::claim_at.gt(due)))
        .set(lane::claim_at.eq(due))
        .execute(conn)?;
    Ok(())
}

/// Fails with [`StoreError::Fenced`] unless `claim` still holds its lane; locks the lane until the commit.
pub fn hold(conn: &mut Conn, claim: Claim) -> Result<(), StoreError> {
    let held = diesel::update(lane::table.find(claim.lane.0.to_vec()))
        .filter(lane::fence.eq(claim.fence))
        .filter(lane::owner.is_not_null())
        .set(lane::fence.eq(claim.fence))
        .execute(conn)?;
    if held == 1 { Ok(()) } else { Err(StoreError::Fenced) }
}

/// Prolongs the lease on a lane that its worker still works on.
pub fn renew(conn: &mut Conn, claim: Claim, now: Moment) -> Result<(), StoreError> {
    let held = diesel::update(lane::table.find(claim.lane.0.to_vec()))
        .filter(lane::fence.eq(claim.fence))
        .filter(lane::owner.is_not_null())
        .set(lane::claim_at.eq((now + LEASE).timestamp_millis()))
        .execute(conn)?;
    if held == 1 { Ok(()) } else { Err(StoreError::Fenced) }
}

/// Gives a lane back: it can be claimed again when its first open row falls due.
pub fn release(conn: &mut Conn, claim: Claim) -> Result<(), StoreError> {
    hold(conn, claim)?;
    let lane_id = claim.lane.0.to_vec();
    let heard: Option<i64> = inbox::table
        .filter(inbox::open)
        .filter(inbox::lane.eq(lane_id.clone()))
        .select(diesel::dsl::min(inbox::due))
        .first(conn)?;
    let to_do: Option<i64> = outbox::table
        .filter(outbox::open)
        .filter(outbox::lane.eq(lane_id.clone()))
        .filter(outbox::seq.is_not_null())
        .select(diesel::dsl::min(outbox::due))
        .first(conn)?;
    let first = [heard, to_do].into_iter().flatten().min();
    diesel::update(lane::table.find(lane_id))
        .set((lane::claim_at.eq(first), lane::owner.eq(None::<Vec<u8>>)))
        .execute(conn)?;
    Ok(())
}

/// Frees every lane: only where no other server can hold one (SQLite, after the server lock was taken).
pub fn free_all(conn: &mut Conn, now: Moment) -> Result<(), StoreError> {
    diesel::update(lane::table.filter(lane::owner.is_not_null()))
        .set((
            lane::owner.eq(None::<Vec<u8>>),
            lane::claim_at.eq(now.timestamp_millis()),
            lane::fence.eq(lane::fence + 1),
        ))
        .execute(conn)?;
    Ok(())
}
