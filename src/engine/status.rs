//! Delivery statuses: monotone, in any order, any number of times. A status is also what settles a send whose
//! answer was lost.

use crate::audit::{Entry, Kind};
use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::{Keys, Purpose};
use crate::store::conn::Conn;
use crate::store::crypt::index_bytes;
use crate::store::outbox::{self, Found};
use crate::store::{StoreError, audit_log};
use serde_json::json;

/// A delivery status as an inlet understood it.
#[derive(Clone, Debug)]
pub struct StatusNews {
    /// The effect's id, echoed by Meta.
    pub callback: Option<Id>,
    /// Meta's id of the message.
    pub wamid: Phi<String>,
    /// failed 1 < sent 2 < delivered 3 < read 4 < played 5; 0: unknown, ignored.
    pub rank: i16,
    /// Why it failed.
    pub failure: Option<Failure>,
}

/// Why Meta did not deliver, as closed codes for `outbox.error` and metrics.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Failure {
    /// The window was closed after all, or a template does not fit.
    Retemplate,
    /// The person cannot be reached here.
    Unreachable,
    /// The account is in trouble: people must look.
    Alarm,
    /// Anything else.
    Other,
}

impl Failure {
    /// The code in `outbox.error`.
    pub const fn code(self) -> i16 {
        match self {
            Self::Retemplate => 21,
            Self::Unreachable => 22,
            Self::Alarm => 23,
            Self::Other => 24,
        }
    }
}

/// Where a status comes in its transaction: replicas that note the same messages lock them in one order.
pub fn order_of(keys: &Keys, news: &StatusNews) -> [u8; 16] {
    news.callback.map_or_else(|| keys.index(Purpose::Wamid, index_bytes(&news.wamid)).value, |id| id.0)
}

/// Notes a status; `false` when the message is not ours.
pub fn note(conn: &mut Conn, keys: &Keys, news: &StatusNews, now: Moment) -> Result<bool, StoreError> {
    let Some(found) = outbox::find(conn, keys, news.callback, &news.wamid)? else { return Ok(false) };
    if news.rank == 0 {
        return Ok(true);
    }
    if found.open {
        adopt(conn, keys, found, &news.wamid, now)?;
    }
    outbox::raise(conn, found.id, news.rank, news.failure.map(Failure::code))?;
    Ok(true)
}

/// The send's answer was lost, but the message went out: its row is done.
fn adopt(
    conn: &mut Conn,
    keys: &Keys,
    found: Found,
    wamid: &Phi<String>,
    now: Moment,
) -> Result<(), StoreError> {
    let errand = outbox::errand(conn, keys, found.id)?;
    outbox::sent(conn, keys, found.id, Some(wamid), now)?;
    let content = errand.as_ref().and_then(|errand| match &errand.effect {
        crate::domain::decision::Effect::Say(say) => Some(say.content),
        _ => None,
    });
    let private = json!({
        "contact": found.lane.to_string(),
        "effect": found.id.to_string(),
        "content": content.map(|content| content.id()),
        "learnt": "status",
    });
    let entry = Entry { id: keys.chance().id(), at: now, kind: Kind::MessageSent, private };
    audit_log::append(conn, keys, &entry)
}
