//! Every column, what it may hold and for how long. A test compares it with both databases: a column that is not
//! here cannot be migrated in unnoticed.

/// What a column may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// A random id.
    RandomId,
    /// A number from a closed list.
    ClosedEnum,
    /// A count, an order, a fence, a flag.
    Number,
    /// When something of ours happened or falls due.
    OwnTime,
    /// A keyed pseudonym (HMAC-SHA-256, key outside).
    Pseudonym,
    /// The epoch of the key beside it.
    KeyEpoch,
    /// An AEAD-sealed value, padded.
    Sealed,
    /// Public bytes: canonical audit entries, hashes, names of settings.
    Public,
}

/// Until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// As long as the contact or subject exists.
    Relationship,
    /// `retention.dedupe` after the row was closed.
    Dedupe,
    /// Wiped in the transaction that is done with it.
    UntilDone,
    /// Wiped in the transaction that is done with it; of a message that must not get lost, that is the one that learns
    /// of its delivery, at the latest `retention.addresses` after it was sent.
    UntilDelivered,
    /// `retention.addresses` after the last thing to send to that person.
    Address,
    /// With the service window.
    Window,
    /// 26 weeks after the last telling.
    Watch,
    /// Until the token, which works for a day, would have expired anyway.
    Token,
    /// `retention.audit`.
    Audit,
    /// For good: holds nothing about a person.
    Always,
}

use Holds::{ClosedEnum, KeyEpoch, Number, OwnTime, Pseudonym, Public, RandomId, Sealed};
use Kept::{Address, Always, Audit, Dedupe, Relationship, Token, UntilDelivered, UntilDone, Watch, Window};

/// One column.
pub type Column = (&'static str, &'static str, Holds, Kept);

/// All of them, table by table.
pub const COLUMNS: &[Column] = &[
    ("contact", "id", RandomId, Relationship),
    ("contact", "merged_into", RandomId, Relationship),
    ("contact", "locale", ClosedEnum, Relationship),
    ("contact", "trust", ClosedEnum, Relationship),
    ("contact", "address_s", Sealed, Address),
    ("contact", "created", OwnTime, Relationship),
    ("contact", "wipe_at", OwnTime, Relationship),
    ("contact", "doubted_at", OwnTime, Relationship),
    ("contact", "identity_e", KeyEpoch, Relationship),
    ("contact", "identity_k", Pseudonym, Relationship),
    ("contact", "identity_s", Sealed, Address),
    ("contact", "identity_at", OwnTime, Relationship),
    ("address", "kind", ClosedEnum, Relationship),
    ("address", "key_e", KeyEpoch, Relationship),
    ("address", "key_k", Pseudonym, Relationship),
    ("address", "contact", RandomId, Relationship),
    ("thread", "contact", RandomId, Relationship),
    ("thread", "clinic_no", ClosedEnum, Relationship),
    ("thread", "window_end", OwnTime, Relationship),
    ("thread", "owner", ClosedEnum, Relationship),
    ("thread", "owner_until", OwnTime, Relationship),
    ("thread", "greeted_at", OwnTime, Relationship),
    ("thread", "misses", Number, Relationship),
    ("thread", "quiet_until", OwnTime, Relationship),
    ("thread", "last_step_s", Sealed, Window),
    ("thread", "last_step_until", OwnTime, Window),
    ("thread", "burst", Number, Relationship),
    ("thread", "burst_at", OwnTime, Relationship),
    ("thread", "flood_until", OwnTime, Relationship),
    ("thread", "heeded_s", Sealed, Window),
    ("subject", "id", RandomId, Relationship),
    ("subject", "ref_e", KeyEpoch, Relationship),
    ("subject", "ref_k", Pseudonym, Relationship),
    ("subject", "ref_s", Sealed, Relationship),
    ("subject", "created", OwnTime, Relationship),
    ("mandate", "subject", RandomId, Relationship),
    ("mandate", "contact", RandomId, Relationship),
    ("mandate", "kind", ClosedEnum, Relationship),
    ("mandate", "until", OwnTime, Relationship),
    ("consent", "contact", RandomId, Relationship),
    ("consent", "subject", RandomId, Relationship),
    ("consent", "purpose", ClosedEnum, Relationship),
    ("consent", "state", ClosedEnum, Relationship),
    ("consent", "wording", Number, Relationship),
    ("consent", "source", ClosedEnum, Relationship),
    ("consent", "at", OwnTime, Relationship),
    ("key_state", "purpose", Public, Always),
    ("key_state", "epoch", KeyEpoch, Always),
    ("key_state", "state", ClosedEnum, Always),
    ("key_state", "created", OwnTime, Always),
    ("pause", "scope", Public, Always),
    ("pause", "since", OwnTime, Always),
    ("instance", "id", RandomId, Always),
    ("instance", "role", ClosedEnum, Always),
    ("instance", "heard", OwnTime, Always),
    ("setting", "name", Public, Always),
    ("setting", "value", Public, Always),
    ("lane", "id", RandomId, Relationship),
    ("lane", "next_seq", Number, Relationship),
    ("lane", "claim_at", OwnTime, Relationship),
    ("lane", "fence", Number, Relationship),
    ("lane", "owner", RandomId, Relationship),
    ("inbox", "id", RandomId, Dedupe),
    ("inbox", "lane", RandomId, Dedupe),
    ("inbox", "seq", Number, Dedupe),
    ("inbox", "open", Number, Dedupe),
    ("inbox", "due", OwnTime, Dedupe),
    ("inbox", "kind", ClosedEnum, Dedupe),
    ("inbox", "meaning_s", Sealed, UntilDone),
    ("inbox", "dedupe_e", KeyEpoch, Dedupe),
    ("inbox", "dedupe_k", Pseudonym, Dedupe),
    ("inbox", "heard", OwnTime, Dedupe),
    ("inbox", "attempts", Number, Dedupe),
    ("inbox", "error", ClosedEnum, Dedupe),
    ("outbox", "id", RandomId, Dedupe),
    ("outbox", "lane", RandomId, Dedupe),
    ("outbox", "seq", Number, Dedupe),
    ("outbox", "open", Number, Dedupe),
    ("outbox", "due", OwnTime, Dedupe),
    ("outbox", "kind", ClosedEnum, Dedupe),
    ("outbox", "what_s", Sealed, UntilDelivered),
    ("outbox", "priority", ClosedEnum, Dedupe),
    ("outbox", "attempts", Number, Dedupe),
    ("outbox", "error", ClosedEnum, Dedupe),
    ("outbox", "intent_e", KeyEpoch, Dedupe),
    ("outbox", "intent_k", Pseudonym, Dedupe),
    ("outbox", "wamid_e", KeyEpoch, Dedupe),
    ("outbox", "wamid_k", Pseudonym, Dedupe),
    ("outbox", "rank", ClosedEnum, Dedupe),
    ("outbox", "sent_at", OwnTime, Dedupe),
    ("outbox", "closed", OwnTime, Dedupe),
    ("appointment_watch", "ref_e", KeyEpoch, Watch),
    ("appointment_watch", "ref_k", Pseudonym, Watch),
    ("appointment_watch", "ref_s", Sealed, Watch),
    ("appointment_watch", "contact", RandomId, Watch),
    ("appointment_watch", "subject", RandomId, Watch),
    ("appointment_watch", "told_k", Pseudonym, Watch),
    ("appointment_watch", "wipe_week", OwnTime, Watch),
    ("audit_event", "id", RandomId, Audit),
    ("audit_event", "writer", RandomId, Audit),
    ("audit_event", "writer_seq", Number, Audit),
    ("audit_event", "prev", Public, Audit),
    ("audit_event", "body", Public, Audit),
    ("audit_event", "private_s", Sealed, Audit),
    ("audit_event", "leaf_index", Number, Audit),
    ("audit_base", "writer", RandomId, Always),
    ("audit_base", "seq", Number, Always),
    ("audit_base", "hash", Public, Always),
    ("page_used", "token", RandomId, Token),
    ("page_used", "wipe_at", OwnTime, Token),
    ("proof_try", "who_e", KeyEpoch, Relationship),
    ("proof_try", "who_k", Pseudonym, Relationship),
    ("proof_try", "failed", Number, Relationship),
];
