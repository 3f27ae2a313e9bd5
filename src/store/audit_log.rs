//! Appends audit entries in the transaction of what they record, checks their chains, and lets the oldest go.

use crate::audit::{self, Entry, Link, SALT};
use crate::clock::Moment;
use crate::ids::Id;
use crate::seal::{Keys, Place};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::schema::{audit_base as base, audit_event as log};
use crate::store::writer::chain;
use diesel::prelude::*;
use std::collections::HashMap;

/// Entries looked at in one go when the oldest are let go.
const PURGE_BATCH: i64 = 1_000;

/// Appends `entry` to the chain of the writer that runs this transaction.
pub fn append(conn: &mut Conn, keys: &Keys, entry: &Entry) -> Result<(), StoreError> {
    let writer = chain();
    let last: Option<(i64, Vec<u8>)> = log::table
        .filter(log::writer.eq(writer.0.to_vec()))
        .order(log::writer_seq.desc())
        .select((log::writer_seq, log::body))
        .first(conn)
        .optional()?;
    let (seq, prev) = match last {
        Some((seq, body)) => (seq, audit::chain(&body)),
        None => begins(conn, writer)?,
    };
    let mut salt = [0; SALT];
    keys.chance().fill(&mut salt);
    let body = audit::body(entry, Link { writer, seq: seq + 1, prev }, &salt);
    let sealed = [&salt[..], &audit::private(entry)].concat();
    diesel::insert_into(log::table)
        .values((
            log::id.eq(entry.id.0.to_vec()),
            log::writer.eq(writer.0.to_vec()),
            log::writer_seq.eq(seq + 1),
            log::prev.eq(prev.to_vec()),
            log::body.eq(body),
            log::private_s.eq(keys.seal(place(&entry.id), &sealed)),
        ))
        .execute(conn)?;
    Ok(())
}

fn place(id: &Id) -> Place<'_> {
    Place { column: "audit_event.private_s", row: &id.0 }
}

/// What a chain without entries goes on from.
fn begins(conn: &mut Conn, writer: Id) -> Result<(i64, [u8; 32]), StoreError> {
    let purged: Option<(i64, Vec<u8>)> =
        base::table.find(writer.0.to_vec()).select((base::seq, base::hash)).first(conn).optional()?;
    let purged = purged.and_then(|(seq, hash)| Some((seq, hash.try_into().ok()?)));
    Ok(purged.unwrap_or((0, [0; 32])))
}

/// A stored entry, for verification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// Its id.
    pub id: Id,
    /// Its writer.
    pub writer: Id,
    /// Its number in the writer's chain.
    pub seq: i64,
    /// The hash it claims of the entry before.
    pub prev: Vec<u8>,
    /// Its canonical bytes.
    pub body: Vec<u8>,
    /// Its salt and its private part, sealed.
    pub sealed: Vec<u8>,
}

type RawEntry = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>, Vec<u8>);

/// Every entry, chain by chain, in order.
pub fn all(conn: &mut Conn) -> Result<Vec<Stored>, StoreError> {
    let rows: Vec<RawEntry> = log::table
        .order((log::writer, log::writer_seq))
        .select((log::id, log::writer, log::writer_seq, log::prev, log::body, log::private_s))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, writer, seq, prev, body, sealed)| {
            let (id, writer) = (Id::from_slice(&id)?, Id::from_slice(&writer)?);
            Some(Stored { id, writer, seq, prev, body, sealed })
        })
        .collect())
}

/// Where chains begin whose oldest entries were purged: number and hash of the last one that is gone.
pub type Bases = HashMap<Id, (i64, Vec<u8>)>;

/// Reads them.
pub fn bases(conn: &mut Conn) -> Result<Bases, StoreError> {
    let rows: Vec<(Vec<u8>, i64, Vec<u8>)> = base::table.load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, seq, hash)| Some((Id::from_slice(&id)?, (seq, hash)))).collect())
}

/// The first entry whose chain does not hold or that commits to another private part, if any.
pub fn first_broken(keys: &Keys, bases: &Bases, entries: &[Stored]) -> Option<Id> {
    let mut before: Option<&Stored> = None;
    for entry in entries {
        let (seq, prev) = match (before, bases.get(&entry.writer)) {
            (Some(last), _) if last.writer == entry.writer => (last.seq, audit::chain(&last.body).to_vec()),
            (_, Some(purged)) => purged.clone(),
            (_, None) => (0, vec![0; 32]),
        };
        if (entry.seq, &entry.prev) != (seq + 1, &prev) || !commits(keys, entry) {
            return Some(entry.id);
        }
        before = Some(entry);
    }
    None
}

/// An entry sealed under a retired key cannot be opened any more; its chain still holds it.
fn commits(keys: &Keys, entry: &Stored) -> bool {
    match keys.open(place(&entry.id), &entry.sealed) {
        Some(plain) => plain
            .split_first_chunk::<SALT>()
            .is_some_and(|(salt, private)| audit::commits(&entry.body, salt, private)),
        None => !keys.reads(&entry.sealed),
    }
}

/// Lets go of what happened before `cutoff`: only whole beginnings of a chain, so that what stays can be verified from
/// the hash that is kept of the last one gone. Answers how many went.
pub fn purge(conn: &mut Conn, cutoff: Moment) -> Result<usize, StoreError> {
    let writers: Vec<Vec<u8>> = log::table.select(log::writer).distinct().load(conn)?;
    let mut gone = 0;
    for writer in writers {
        while let Some((seq, hash)) = last_before(conn, &writer, cutoff)? {
            diesel::delete(base::table.find(&writer)).execute(conn)?;
            diesel::insert_into(base::table)
                .values((base::writer.eq(&writer), base::seq.eq(seq), base::hash.eq(hash.to_vec())))
                .execute(conn)?;
            gone += diesel::delete(log::table.filter(log::writer.eq(&writer)))
                .filter(log::writer_seq.le(seq))
                .execute(conn)?;
        }
    }
    Ok(gone)
}

/// The last of a chain's oldest entries that may go.
fn last_before(
    conn: &mut Conn,
    writer: &[u8],
    cutoff: Moment,
) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    let oldest: Vec<(i64, Vec<u8>)> = log::table
        .filter(log::writer.eq(writer))
        .order(log::writer_seq)
        .limit(PURGE_BATCH)
        .select((log::writer_seq, log::body))
        .load(conn)?;
    let cutoff = cutoff.timestamp_millis();
    let old = |body: &[u8]| audit::hour(body).is_some_and(|hour| hour < cutoff);
    let last = oldest.iter().take_while(|(_, body)| old(body)).last();
    Ok(last.map(|(seq, body)| (*seq, audit::chain(body))))
}
