//! The audit log's entries: canonical public bytes, and a salted commitment to the private part. Each writer
//! keeps a chain of its own, so that writers never wait for one another; the log of issue "links and audit"
//! sequences the chains.
//!
//! Anyone may read the public bytes, so they tell no more than a count: a word that is the same for everything that
//! was urgent, and the hour. The exact word, the exact time and whom it was about are in the private part; its salt is
//! sealed with it, since a salt beside its commitment lets everybody try all contacts there are.

use crate::clock::Moment;
use crate::ids::Id;
use crate::seal::{Keys, sha256};
use serde_json::{Value, json};

/// Version of the canonical form.
pub const VERSION: u8 = 2;
/// The grain of public times.
const HOUR_MS: i64 = 3_600_000;
/// Bytes of a salt.
pub const SALT: usize = 16;

/// One entry before it is placed in a chain.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Names the entry.
    pub id: Id,
    /// When it happened.
    pub at: Moment,
    /// What happened, exactly.
    pub word: &'static str,
    /// What anyone may read of it.
    pub shown: &'static str,
    /// Who and what exactly: sealed beside the entry, committed to in it.
    pub about: Value,
}

/// Where an entry stands in its writer's chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Whose chain.
    pub writer: Id,
    /// Its number there, from 1.
    pub seq: i64,
    /// SHA-256 of the body before it; zeros for the first.
    pub prev: [u8; 32],
}

/// The private part of an entry, as it is committed to.
pub fn private(entry: &Entry) -> Vec<u8> {
    json!({ "at": entry.at.timestamp_millis(), "kind": entry.word, "about": entry.about })
        .to_string()
        .into_bytes()
}

/// The canonical bytes of an entry: one JSON object, members in this order, no blanks.
pub fn body(entry: &Entry, link: Link, salt: &[u8; SALT]) -> Vec<u8> {
    let at = entry.at.timestamp_millis();
    let body = json!({
        "v": VERSION,
        "id": entry.id.to_string(),
        "at": at - at.rem_euclid(HOUR_MS),
        "kind": entry.shown,
        "writer": link.writer.to_string(),
        "seq": link.seq,
        "prev": hex(&link.prev),
        "private": hex(&Keys::commit(salt, &private(entry))),
    });
    body.to_string().into_bytes()
}

/// True when `body` commits to this private part. Entries of the first version have lost their salts.
pub fn commits(body: &[u8], salt: &[u8; SALT], private: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return false };
    body["v"] == 1 || body["private"] == hex(&Keys::commit(salt, private))
}

/// The public time of a body: the hour it happened in, in milliseconds since the Unix epoch.
pub fn hour(body: &[u8]) -> Option<i64> {
    serde_json::from_slice::<Value>(body).ok()?["at"].as_i64()
}

/// The `prev` of the entry after one with this body.
pub fn chain(body: &[u8]) -> [u8; 32] {
    sha256(body)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
