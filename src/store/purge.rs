//! Carries out the retention that [`super::manifest`] declares.

use crate::clock::Moment;
use crate::store::conn::Conn;
use crate::store::schema::{appointment_watch, contact, inbox, outbox, page_used, thread};
use crate::store::watch::week;
use crate::store::{StoreError, audit_log, hour};
use chrono::Duration;
use diesel::prelude::*;

/// How long things are kept (`[retention]`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// Dedupe hashes and message pseudonyms. Meta repeats webhooks for seven days.
    pub dedupe: Duration,
    /// Sealed addresses, and what was said to them and is not delivered, after the last thing to send to that person.
    pub addresses: Duration,
    /// Audit entries.
    pub audit: Duration,
}

/// What a run removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Purged {
    /// Rows of the inbox.
    pub inbox: usize,
    /// Rows of the outbox.
    pub outbox: usize,
    /// Sealed addresses.
    pub addresses: usize,
    /// Messages whose delivery nobody waits for any more.
    pub undelivered: usize,
    /// Sealed last steps.
    pub steps: usize,
    /// Watches of appointments.
    pub watches: usize,
    /// Audit entries.
    pub audit: usize,
    /// Used tokens of pages.
    pub tokens: usize,
}

/// Removes what is older than its retention.
pub fn run(conn: &mut Conn, keep: Keep, now: Moment) -> Result<Purged, StoreError> {
    let ms = now.timestamp_millis();
    let old = (now - keep.dedupe).timestamp_millis();
    let inbox = diesel::delete(inbox::table.filter(inbox::open.eq(false)).filter(inbox::heard.lt(old)))
        .execute(conn)?;
    let undelivered = diesel::update(outbox::table.filter(outbox::what_s.is_not_null()))
        .filter(outbox::open.eq(false))
        .filter(outbox::closed.lt((now - keep.addresses).timestamp_millis()))
        .set(outbox::what_s.eq(None::<Vec<u8>>))
        .execute(conn)?;
    // A closed row also says when something was last sent to a person, and so when their address may go.
    let sent = (now - keep.dedupe.max(keep.addresses)).timestamp_millis();
    let outbox = diesel::delete(outbox::table.filter(outbox::closed.lt(sent))).execute(conn)?;
    let addresses = wipe_addresses(conn, keep, now)?;
    let steps = diesel::update(thread::table.filter(thread::last_step_until.lt(ms)))
        .set((thread::last_step_s.eq(None::<Vec<u8>>), thread::last_step_until.eq(None::<i64>)))
        .execute(conn)?;
    diesel::update(thread::table.filter(thread::window_end.lt(ms)))
        .filter(thread::heeded_s.is_not_null())
        .set(thread::heeded_s.eq(None::<Vec<u8>>))
        .execute(conn)?;
    let watches = diesel::delete(appointment_watch::table.filter(appointment_watch::wipe_week.lt(week(now))))
        .execute(conn)?;
    let tokens = diesel::delete(page_used::table.filter(page_used::wipe_at.lt(ms))).execute(conn)?;
    let audit = audit_log::purge(conn, now - keep.audit)?;
    Ok(Purged { inbox, outbox, addresses, undelivered, steps, watches, tokens, audit })
}

/// An address goes once nothing was heard from its person, sent to them or is to be done for them for so long.
fn wipe_addresses(conn: &mut Conn, keep: Keep, now: Moment) -> Result<usize, StoreError> {
    let since = hour(now - keep.addresses);
    let due = contact::wipe_at.lt(now.timestamp_millis()).and(contact::address_s.is_not_null());
    let heard = inbox::table.filter(inbox::open).select(inbox::lane);
    let to_do = outbox::table.filter(outbox::open).select(outbox::lane);
    let done = outbox::table.filter(outbox::closed.ge(since)).select(outbox::lane);
    Ok(diesel::update(contact::table.filter(due))
        .filter(contact::id.ne_all(heard))
        .filter(contact::id.ne_all(to_do))
        .filter(contact::id.ne_all(done))
        .set((contact::address_s.eq(None::<Vec<u8>>), contact::identity_s.eq(None::<Vec<u8>>)))
        .execute(conn)?)
}
