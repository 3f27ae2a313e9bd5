//! Delivery statuses: monotone, in any order, any number of times. A status is also what settles a send whose
//! answer was lost; and a failure that comes after the send is as real as one that comes with it.

use crate::clock::Moment;
use crate::domain::decision::{AuditFact, Effect, Say};
use crate::domain::guard;
use crate::domain::outcome::{Undelivered, undelivered};
use crate::engine::carry::{self, Carry};
use crate::ids::Id;
use crate::phi::Phi;
use crate::store::conn::Conn;
use crate::store::crypt::Errand;
use crate::store::delivery::{self, Found};
use crate::store::{StoreError, audit_log, contacts, identity, lanes};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A delivery status as an inlet understood it.
#[derive(Clone, Debug)]
pub struct StatusNews {
    /// The clinic whose number sent the message.
    pub clinic: u16,
    /// The effect's id, echoed by Meta.
    pub callback: Option<Id>,
    /// Meta's id of the message.
    pub wamid: Phi<String>,
    /// failed 1 < sent 2 < delivered 3 < read 4 < played 5; 0: unknown, ignored.
    pub rank: i16,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The recipient's identity key hash, and when it was theirs.
    pub identity: Option<(Phi<String>, Moment)>,
}

/// The rank of a failure.
const FAILED: i16 = 1;

/// Why Meta did not deliver, as closed codes for `outbox.error` and metrics.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Failure {
    /// A template does not fit.
    Retemplate,
    /// The person cannot be reached here.
    Unreachable,
    /// The account is in trouble: people must look.
    Alarm,
    /// Anything else.
    Other,
    /// The window was closed after all (Cloud API error 131047).
    WindowClosed,
    /// The number has another owner, or another phone (Cloud API error 137000).
    SomebodyElse,
}

impl Failure {
    /// The code in `outbox.error`.
    pub const fn code(self) -> i16 {
        match self {
            Self::Retemplate => 21,
            Self::Unreachable => 22,
            Self::Alarm => 23,
            Self::Other => 24,
            Self::WindowClosed => 25,
            Self::SomebodyElse => 26,
        }
    }

    const fn reason(self) -> Undelivered {
        match self {
            Self::WindowClosed => Undelivered::WindowClosed,
            Self::SomebodyElse => Undelivered::SomebodyElse,
            _ => Undelivered::Other,
        }
    }
}

/// What a status came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Noted {
    /// The message is not ours: another sender on the number, or a race.
    NotOurs,
    /// It was noted, or known.
    Known,
    /// A message of ours did not arrive; told once.
    Failed,
}

/// What the statuses of a webhook came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Of messages that are not ours.
    pub unknown: usize,
    /// Messages of ours that turn out not to have arrived.
    pub undelivered: usize,
}

impl Count {
    fn add(&mut self, noted: Noted) {
        self.unknown += usize::from(noted == Noted::NotOurs);
        self.undelivered += usize::from(noted == Noted::Failed);
    }
}

/// Notes the statuses of many webhooks. Those that only say how far a message has come are noted together; those of a
/// message that has more to it one by one, in their order.
pub fn note_all(
    conn: &mut Conn,
    carry: &Carry<'_>,
    webhooks: &[&Vec<StatusNews>],
) -> Result<Vec<Count>, StoreError> {
    let news = || webhooks.iter().flat_map(|webhook| webhook.iter());
    let found = delivery::find_all(conn, carry.keys, news().map(|news| (news.callback, &news.wamid)))?;
    let more = |news: &StatusNews, row: &Found| row.open || news.rank == FAILED || news.identity.is_some();
    let particular: BTreeSet<Id> = news()
        .zip(&found)
        .filter_map(|(news, row)| row.filter(|row| more(news, row)).map(|row| row.id))
        .collect();
    let mut raised: BTreeMap<Id, i16> = BTreeMap::new();
    let mut counts = vec![Count::default(); webhooks.len()];
    let whose = webhooks.iter().enumerate().flat_map(|(nth, webhook)| webhook.iter().map(move |_| nth));
    for ((news, row), nth) in news().zip(found).zip(whose) {
        let noted = match row {
            None => Noted::NotOurs,
            Some(row) if particular.contains(&row.id) => note(conn, carry, news)?,
            Some(row) => {
                let highest = raised.entry(row.id).or_insert(news.rank);
                *highest = news.rank.max(*highest);
                Noted::Known
            }
        };
        if let Some(count) = counts.get_mut(nth) {
            count.add(noted);
        }
    }
    delivery::raise_all(conn, &raised)?;
    Ok(counts)
}

/// Notes a status.
fn note(conn: &mut Conn, carry: &Carry<'_>, news: &StatusNews) -> Result<Noted, StoreError> {
    let Some(found) = delivery::find(conn, carry.keys, news.callback, &news.wamid)? else {
        return Ok(Noted::NotOurs);
    };
    same_key(conn, carry, found, news)?;
    match news.rank {
        0 => Ok(Noted::Known),
        FAILED => failed(conn, carry, found, news),
        rank => {
            if found.open {
                adopt(conn, carry, found, &news.wamid)?;
            }
            delivery::raise(conn, found.id, rank)?;
            Ok(Noted::Known)
        }
    }
}

/// The person's identity key, as the status tells it, must be the one it was.
fn same_key(conn: &mut Conn, carry: &Carry<'_>, found: Found, news: &StatusNews) -> Result<(), StoreError> {
    let Some((hash, at)) = &news.identity else { return Ok(()) };
    // The lane before everything else of a contact, as everywhere.
    lanes::next_place(conn, found.lane)?;
    let contact = contacts::living(conn, found.lane)?.unwrap_or(found.lane);
    if identity::key_seen(conn, carry.keys, contact, hash, *at)? {
        carry::out(conn, carry, contact, news.clinic, &guard::doubted())?;
    }
    Ok(())
}

/// A message did not arrive, and no device has it. What a patient must learn is told another way.
fn failed(conn: &mut Conn, carry: &Carry<'_>, found: Found, news: &StatusNews) -> Result<Noted, StoreError> {
    let failure = news.failure.unwrap_or(Failure::Other);
    lanes::next_place(conn, found.lane)?;
    let errand = delivery::errand(conn, carry.keys, found.id)?;
    if !delivery::fail(conn, found.id, failure.code(), carry.now)? {
        return Ok(Noted::Known);
    }
    let contact = contacts::living(conn, found.lane)?.unwrap_or(found.lane);
    match failure {
        Failure::WindowClosed => contacts::close_window(conn, contact, news.clinic)?,
        Failure::SomebodyElse => identity::forget_key(conn, contact)?,
        _ => {}
    }
    let act = undelivered(errand.as_ref().and_then(said), failure.reason());
    carry::out(conn, carry, contact, news.clinic, &act)?;
    Ok(Noted::Failed)
}

fn said(errand: &Errand) -> Option<Say> {
    match errand.effect {
        Effect::Say(say) => Some(say),
        _ => None,
    }
}

/// The send's answer was lost, but the message went out: its row is done.
fn adopt(conn: &mut Conn, carry: &Carry<'_>, found: Found, wamid: &Phi<String>) -> Result<(), StoreError> {
    let errand = delivery::errand(conn, carry.keys, found.id)?;
    let content = errand.as_ref().and_then(said).map(|say| say.content);
    let keep = content.is_some_and(|content| content.matters());
    delivery::sent(conn, carry.keys, found.id, Some(wamid), keep, carry.now)?;
    let about = json!({
        "contact": found.lane.to_string(),
        "effect": found.id.to_string(),
        "content": content.map(|content| content.id()),
        "learnt": "status",
    });
    audit_log::append(conn, carry.keys, &carry::entry(carry.keys, AuditFact::MessageSent, carry.now, about))
}
