//! The last calls on the wire, for the panel beside the phone: who asked whom for what, and what came back.

use crate::clock::{Clock, Moment};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many calls are kept.
const KEPT: usize = 40;
/// So much of a path and query is kept, in characters.
const LONGEST: usize = 120;

/// Who is at the other end of the gateway's wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Peer {
    /// "Meta", asked by the gateway.
    Meta,
    /// "Meta", calling the gateway's webhook.
    Webhook,
    /// The EHR, asked by the gateway.
    Ehr,
}

/// What came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing yet.
    Open,
    /// An answer with this HTTP status.
    Status(u16),
    /// Nothing: the connection broke, or whoever asked went away.
    Lost,
}

/// One call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Its number, from 1.
    pub n: u64,
    /// When it began, by the world's clock.
    pub at: Moment,
    /// Who was asked, or asked.
    pub peer: Peer,
    /// Method, path and what stands out.
    pub what: String,
    /// What came back.
    pub outcome: Outcome,
    /// How long it took in real time, in milliseconds.
    pub took_ms: i64,
}

/// The calls. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Traffic {
    calls: Arc<Mutex<VecDeque<Call>>>,
    changes: Arc<AtomicU64>,
    world: Clock,
    real: Clock,
}

impl Traffic {
    /// Nothing yet; `world` says when, `real` how long.
    pub fn new(world: Clock, real: Clock) -> Self {
        Self { calls: Arc::default(), changes: Arc::default(), world, real }
    }

    /// A call begins. It counts as lost when what is returned is dropped without an end.
    pub fn begin(&self, peer: Peer, what: &str) -> Ongoing {
        let mut calls = self.lock();
        let n = calls.back().map_or(1, |last| last.n + 1);
        let what = what.chars().take(LONGEST).collect();
        calls.push_back(Call { n, at: self.world.now(), peer, what, outcome: Outcome::Open, took_ms: 0 });
        if calls.len() > KEPT {
            calls.pop_front();
        }
        drop(calls);
        self.changes.fetch_add(1, Ordering::Relaxed);
        Ongoing { traffic: self.clone(), n, began: self.real.now() }
    }

    /// Grows with every beginning and end.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// The last `most` calls, newest first.
    pub fn last(&self, most: usize) -> Vec<Call> {
        self.lock().iter().rev().take(most).cloned().collect()
    }

    /// The newest call to or from a peer that came to an end.
    pub fn newest(&self, peers: &[Peer]) -> Option<Call> {
        let calls = self.lock();
        calls.iter().rev().find(|it| peers.contains(&it.peer) && it.outcome != Outcome::Open).cloned()
    }

    fn end(&self, ongoing: &Ongoing, outcome: Outcome) {
        let took_ms = (self.real.now() - ongoing.began).num_milliseconds();
        if let Some(call) =
            self.lock().iter_mut().find(|call| call.n == ongoing.n && call.outcome == Outcome::Open)
        {
            (call.outcome, call.took_ms) = (outcome, took_ms);
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that has not come to an end.
#[derive(Debug)]
pub struct Ongoing {
    traffic: Traffic,
    n: u64,
    began: Moment,
}

impl Ongoing {
    /// An answer went back.
    pub fn answered(self, status: u16) {
        self.traffic.end(&self, Outcome::Status(status));
    }

    /// The connection was broken on purpose.
    pub fn lost(self) {
        self.traffic.end(&self, Outcome::Lost);
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        self.traffic.end(self, Outcome::Lost);
    }
}

/// What a message to "Meta" is, in a word or two: never its text.
pub fn kind(body: &Value) -> String {
    if body["status"] == "read" {
        return "read, typing".to_owned();
    }
    let kind = body["type"].as_str().unwrap_or("?");
    let of = body[kind]["type"].as_str().or(body[kind]["name"].as_str()).unwrap_or_default();
    format!("{kind} {of}").trim_end().to_owned()
}

/// What a transaction holds: method and type of each entry.
pub fn entries(bundle: &Value) -> String {
    let entries = bundle["entry"].as_array().into_iter().flatten().map(|entry| {
        let request = &entry["request"];
        let url = request["url"].as_str().unwrap_or_default();
        let condition = ["ifMatch", "ifNoneExist"].into_iter().find(|it| request.get(*it).is_some());
        let name = match condition {
            Some("ifMatch") => " If-Match",
            Some(_) => " If-None-Exist",
            None => "",
        };
        let kind = url.split(['/', '?']).next().unwrap_or_default();
        format!("{} {kind}{name}", request["method"].as_str().unwrap_or("?"))
    });
    entries.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use serde_json::json;

    #[test]
    fn a_call_that_nobody_ended_was_lost_and_old_ones_go() {
        let start: Moment = "2026-11-24T07:00:00Z".parse().unwrap();
        let (world, hand) = Clock::manual(start);
        let traffic = Traffic::new(world.clone(), world);
        let call = traffic.begin(Peer::Ehr, "GET /Slot");
        assert_eq!(traffic.last(9)[0].outcome, Outcome::Open);
        assert!(traffic.newest(&[Peer::Ehr]).is_none());
        assert_eq!(traffic.changes(), 1);
        hand.advance(Duration::milliseconds(31));
        call.answered(200);
        let call = traffic.newest(&[Peer::Ehr]).unwrap();
        assert_eq!((call.outcome, call.took_ms, call.at), (Outcome::Status(200), 31, start));
        assert_eq!(traffic.changes(), 2, "an end counts once");
        drop(traffic.begin(Peer::Meta, "POST /messages"));
        assert_eq!(traffic.last(1)[0].outcome, Outcome::Lost);
        for _ in 0..KEPT {
            traffic.begin(Peer::Webhook, &"x".repeat(500)).answered(200);
        }
        assert_eq!(traffic.last(99).len(), KEPT);
        assert_eq!(traffic.last(1)[0].what.len(), LONGEST);
        assert!(traffic.newest(&[Peer::Ehr]).is_none());
    }

    #[test]
    fn kinds_and_entries_are_named_without_their_content() {
        assert_eq!(kind(&json!({ "type": "text", "text": { "body": "x" } })), "text");
        assert_eq!(
            kind(&json!({ "type": "interactive", "interactive": { "type": "list" } })),
            "interactive list"
        );
        assert_eq!(kind(&json!({ "type": "template", "template": { "name": "x_v1" } })), "template x_v1");
        assert_eq!(kind(&json!({ "status": "read", "typing_indicator": {} })), "read, typing");
        let bundle = json!({ "entry": [
            { "request": { "method": "PUT", "url": "Slot/1", "ifMatch": "W/\"1\"" } },
            { "request": { "method": "POST", "url": "Appointment", "ifNoneExist": "x" } },
        ] });
        assert_eq!(entries(&bundle), "PUT Slot If-Match, POST Appointment If-None-Exist");
    }
}
