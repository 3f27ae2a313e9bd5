//! What became of our messages (Meta: webhooks/reference/messages/status).

use super::What;
use crate::clock::Moment;
use crate::phi::Phi;
use crate::wire::whatsapp::json;
use serde_json::Value;

/// One status of one outgoing message. Statuses come late, twice, out of order, and before our own HTTP answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// The message it is about.
    pub wamid: Phi<String>,
    /// What happened to it.
    pub kind: StatusKind,
    /// When, by Meta's clock.
    pub at: Option<Moment>,
    /// What we gave as `biz_opaque_callback_data`. Another app on the same account may have sent the message:
    /// look it up, print it nowhere.
    pub callback: Option<String>,
    /// Error codes of a `failed` status; see [`crate::wire::whatsapp::errors`].
    pub errors: Vec<u32>,
    /// To whom, in digits; `failed` often says nothing.
    pub phone: Option<Phi<String>>,
    /// To whom, as BSUID; `failed` often says nothing.
    pub bsuid: Option<Phi<String>>,
    /// The recipient's identity key hash, where the hospital switched the check on (Meta: identity-change).
    pub identity: Option<Phi<String>>,
}

/// The states of a message. `read` may come without `delivered` (the chat was open), `delivered` beside `failed`
/// (several devices), and people with read receipts off never produce `read`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatusKind {
    /// Not delivered, unless a higher rank was or will be seen.
    Failed,
    /// It left Meta.
    Sent,
    /// A device has it.
    Delivered,
    /// The person saw it.
    Read,
    /// The person listened to it.
    Played,
    /// A state that is not known here (`deleted` and what comes later).
    Other,
}

impl StatusKind {
    /// The order in which a state may replace another: a message never steps down. 0 replaces nothing.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Failed => 1,
            Self::Sent => 2,
            Self::Delivered => 3,
            Self::Read => 4,
            Self::Played => 5,
        }
    }

    fn read(word: &str) -> Self {
        match word {
            "failed" => Self::Failed,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            _ => Self::Other,
        }
    }
}

/// Reads one of `statuses[]`; `None` without a message id or a state.
pub(super) fn read(status: &Value) -> Option<What> {
    Some(What::Status(Status {
        wamid: json::phi(status, "/id")?,
        kind: StatusKind::read(json::word(status, "/status")?),
        at: json::moment(status, "/timestamp"),
        callback: json::text(status, "/biz_opaque_callback_data"),
        errors: json::codes(status, "/errors"),
        phone: json::phone(status, "/recipient_id"),
        bsuid: json::bsuid(status, "/recipient_user_id"),
        identity: json::identity(status, "/recipient_identity_key_hash"),
    }))
}
