//! Appends audit entries in the transaction of what they record.

use crate::audit::{self, Entry, Link};
use crate::ids::Id;
use crate::seal::{Keys, Place};
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::schema::audit_event as log;
use crate::store::writer::chain;
use diesel::prelude::*;

/// Appends `entry` to the chain of the writer that runs this transaction.
pub fn append(conn: &mut Conn, keys: &Keys, entry: &Entry) -> Result<(), StoreError> {
    let writer = chain();
    let last: Option<(i64, Vec<u8>)> = log::table
        .filter(log::writer.eq(writer.0.to_vec()))
        .order(log::writer_seq.desc())
        .select((log::writer_seq, log::body))
        .first(conn)
        .optional()?;
    let (seq, prev) = last.map_or((0, [0; 32]), |(seq, body)| (seq, audit::chain(&body)));
    let mut salt = [0; 16];
    keys.chance().fill(&mut salt);
    let body = audit::body(entry, Link { writer, seq: seq + 1, prev }, &salt);
    let place = Place { column: "audit_event.private_s", row: &entry.id.0 };
    diesel::insert_into(log::table)
        .values((
            log::id.eq(entry.id.0.to_vec()),
            log::writer.eq(writer.0.to_vec()),
            log::writer_seq.eq(seq + 1),
            log::prev.eq(prev.to_vec()),
            log::body.eq(body),
            log::private_s.eq(keys.seal(place, entry.private.to_string().as_bytes())),
            log::salt.eq(salt.to_vec()),
        ))
        .execute(conn)?;
    Ok(())
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
}

type RawEntry = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>);

/// Every entry, chain by chain, in order.
pub fn all(conn: &mut Conn) -> Result<Vec<Stored>, StoreError> {
    let rows: Vec<RawEntry> = log::table
        .order((log::writer, log::writer_seq))
        .select((log::id, log::writer, log::writer_seq, log::prev, log::body))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, writer, seq, prev, body)| {
            Some(Stored { id: Id::from_slice(&id)?, writer: Id::from_slice(&writer)?, seq, prev, body })
        })
        .collect())
}

/// The first entry whose chain does not hold, if any.
pub fn first_broken(entries: &[Stored]) -> Option<Id> {
    let mut before: Option<&Stored> = None;
    for entry in entries {
        let expected = match before {
            Some(last) if last.writer == entry.writer => (last.seq + 1, audit::chain(&last.body)),
            _ => (1, [0; 32]),
        };
        if (entry.seq, entry.prev.as_slice()) != (expected.0, &expected.1[..]) {
            return Some(entry.id);
        }
        before = Some(entry);
    }
    None
}
