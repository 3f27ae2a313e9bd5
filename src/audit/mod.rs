//! The audit log's entries: canonical public bytes, and a salted commitment to the private part. Each writer
//! keeps a chain of its own, so that writers never wait for one another; the log of issue "links and audit"
//! sequences the chains.

use crate::clock::Moment;
use crate::ids::Id;
use crate::seal::{Keys, sha256};
use serde_json::{Value, json};

/// Version of the canonical form.
pub const VERSION: u8 = 1;

/// What happened, as an auditor may see it without any key: closed words, no person, no content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A message was accepted by Meta.
    MessageSent,
    /// An appointment was booked.
    Booked,
    /// An appointment was moved.
    Moved,
    /// An appointment was cancelled.
    Cancelled,
    /// A write was refused or lost a race.
    NotBooked,
    /// A damaged, expired or foreign button did nothing.
    TapRefused,
    /// A number without exactly one usable record was sent to a person.
    AccessRefused,
    /// STOP took effect.
    Stopped,
    /// START took effect.
    Started,
    /// An emergency answer was given.
    EmergencyAnswered,
    /// A person was asked for.
    PersonAsked,
    /// A patient said that they will come.
    Attending,
    /// A record was made for a number that had none.
    Registered,
    /// It became doubtful whose number or account it is.
    Doubted,
    /// Somebody proved who they are.
    Identified,
}

impl Kind {
    /// The word in the entry. Never changes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MessageSent => "message-sent",
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::NotBooked => "not-booked",
            Self::TapRefused => "tap-refused",
            Self::AccessRefused => "access-refused",
            Self::Stopped => "stopped",
            Self::Started => "started",
            Self::EmergencyAnswered => "emergency-answered",
            Self::PersonAsked => "person-asked",
            Self::Attending => "attending",
            Self::Registered => "registered",
            Self::Doubted => "doubted",
            Self::Identified => "identified",
        }
    }
}

/// One entry before it is placed in a chain.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Names the entry.
    pub id: Id,
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub kind: Kind,
    /// Who and what exactly: sealed beside the entry, committed to in it.
    pub private: Value,
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

/// The canonical bytes of an entry: one JSON object, members in this order, no blanks.
pub fn body(entry: &Entry, link: Link, salt: &[u8; 16]) -> Vec<u8> {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let commitment = Keys::commit(salt, entry.private.to_string().as_bytes());
    let body = json!({
        "v": VERSION,
        "id": entry.id.to_string(),
        "at": entry.at.timestamp_millis(),
        "kind": entry.kind.word(),
        "writer": link.writer.to_string(),
        "seq": link.seq,
        "prev": hex(&link.prev),
        "private": hex(&commitment),
    });
    body.to_string().into_bytes()
}

/// The `prev` of the entry after one with this body.
pub fn chain(body: &[u8]) -> [u8; 32] {
    sha256(body)
}
