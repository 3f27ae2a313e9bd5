//! Delivery statuses: monotone, in any order, any number of times. A status is also what settles a send whose
//! answer was lost.

use crate::audit::{Entry, Kind};
use crate::clock::Moment;
use crate::ids::Id;
use crate::phi::Phi;
use crate::seal::Keys;
use crate::store::conn::Conn;
use crate::store::outbox::{self, Found, Raise};
use crate::store::{StoreError, audit_log};
use serde_json::json;
use std::collections::BTreeMap;

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

/// Notes the statuses of many webhooks; answers how many of each are of messages that are not ours.
pub fn note_all(
    conn: &mut Conn,
    keys: &Keys,
    webhooks: &[&Vec<StatusNews>],
    now: Moment,
) -> Result<Vec<usize>, StoreError> {
    let news = || webhooks.iter().flat_map(|webhook| webhook.iter());
    let mut found = outbox::find_all(conn, keys, news().map(|news| (news.callback, &news.wamid)))?;
    let mut raised: BTreeMap<Id, Raise> = BTreeMap::new();
    for (news, row) in news().zip(&mut found) {
        let Some(row) = row.as_mut().filter(|_| news.rank > 0) else { continue };
        // A second status of the same message finds it adopted.
        if row.open && !raised.contains_key(&row.id) {
            adopt(conn, keys, *row, &news.wamid, now)?;
        }
        let raise = Raise { rank: news.rank, error: news.failure.map(Failure::code) };
        let highest = raised.entry(row.id).or_insert(raise);
        if raise.rank > highest.rank {
            *highest = raise;
        }
    }
    outbox::raise_all(conn, &raised)?;
    let mut found = found.into_iter();
    let unknown =
        |webhook: &&Vec<StatusNews>| found.by_ref().take(webhook.len()).filter(Option::is_none).count();
    Ok(webhooks.iter().map(unknown).collect())
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
