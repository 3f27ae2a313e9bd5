//! What a phone shows: both sides of a chat in the order in which "Meta" had them, with ticks and the typing sign.
//! Made from the journal's lines, so that a chat is there again after a restart.

use crate::clock::{Moment, from_millis};
use chrono::Duration;
use serde_json::Value;
use std::collections::HashMap;

/// The typing sign goes out after so long, or with the answer (Meta: typing-indicators).
const TYPING: Duration = Duration::seconds(25);

/// One message of a chat.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// Its place among all messages, from 1.
    pub seq: u64,
    /// Grows with every change of any message: what is larger than a reader has seen is news.
    pub change: u64,
    /// The business number.
    pub number: String,
    /// The person: digits or BSUID.
    pub person: String,
    /// When it was sent.
    pub at: Moment,
    /// Its id.
    pub wamid: String,
    /// A message object of a webhook, or a request to the Graph API.
    pub body: Value,
    /// Who wrote it, and how far it came.
    pub way: Way,
}

/// Who wrote a message, and how far it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// The person did.
    Said {
        /// The gateway has taken it: its 200 is there.
        taken: bool,
        /// The gateway has marked it as read.
        read: bool,
    },
    /// The gateway did; statuses so far.
    Sent(Vec<String>),
}

/// All chats.
#[derive(Debug, Default)]
pub struct Chats {
    lines: Vec<Line>,
    by_wamid: HashMap<String, usize>,
    /// Webhooks that carry a message and wait for their 200.
    waiting: HashMap<u64, usize>,
    typing: HashMap<(String, String), Moment>,
    changes: u64,
}

impl Chats {
    /// Takes in a line of the journal.
    pub fn replay(&mut self, line: &Value) {
        let text = |name: &str| line[name].as_str().unwrap_or_default();
        match text("t") {
            "sent" => self.sent(line),
            "queued" => self.queued(line["id"].as_u64().unwrap_or(0), text("body")),
            "done" => self.done(line["id"].as_u64().unwrap_or(0)),
            "status" => self.touch(text("wamid"), |way| match way {
                Way::Sent(statuses) => statuses.push(text("status").to_owned()),
                Way::Said { .. } => {}
            }),
            "read" => self.read(text("wamid")),
            _ => {}
        }
    }

    fn push(&mut self, number: &str, person: &str, at: Moment, body: Value, wamid: &str, way: Way) {
        let index = self.lines.len();
        if self.by_wamid.insert(wamid.to_owned(), index).is_some() {
            return;
        }
        self.changes += 1;
        self.lines.push(Line {
            seq: index as u64 + 1,
            change: self.changes,
            number: number.to_owned(),
            person: person.to_owned(),
            at,
            wamid: wamid.to_owned(),
            body,
            way,
        });
    }

    fn sent(&mut self, line: &Value) {
        let text = |name: &str| line[name].as_str().unwrap_or_default();
        let at = from_millis(line["at"].as_i64().unwrap_or(0));
        self.typing.remove(&(text("number").to_owned(), text("to").to_owned()));
        let way = Way::Sent(vec![]);
        self.push(text("number"), text("to"), at, line["body"].clone(), text("wamid"), way);
    }

    /// A webhook with a message is something a person said.
    fn queued(&mut self, id: u64, body: &str) {
        if !body.contains("\"messages\":") {
            return;
        }
        let webhook: Value = serde_json::from_str(body).unwrap_or_default();
        let value = &webhook["entry"][0]["changes"][0]["value"];
        let message = &value["messages"][0];
        let person = message["from"].as_str().or(message["from_user_id"].as_str()).unwrap_or_default();
        let seconds: i64 = message["timestamp"].as_str().and_then(|it| it.parse().ok()).unwrap_or(0);
        let number = value["metadata"]["phone_number_id"].as_str().unwrap_or_default();
        let wamid = message["id"].as_str().unwrap_or_default();
        self.waiting.insert(id, self.by_wamid.get(wamid).copied().unwrap_or(self.lines.len()));
        let way = Way::Said { taken: false, read: false };
        self.push(number, person, from_millis(seconds * 1000), message.clone(), wamid, way);
    }

    fn done(&mut self, id: u64) {
        let Some(line) = self.waiting.remove(&id).and_then(|index| self.lines.get(index)) else { return };
        let wamid = line.wamid.clone();
        self.touch(&wamid, |way| {
            if let Way::Said { taken, .. } = way {
                *taken = true;
            }
        });
    }

    /// A read mark holds for everything said before it too (Meta: mark-messages-as-read).
    fn read(&mut self, wamid: &str) {
        let Some(last) = self.by_wamid.get(wamid).and_then(|index| self.lines.get(*index)).cloned() else {
            return;
        };
        self.changes += 1;
        for line in self.lines[..usize::try_from(last.seq).unwrap_or(0)].iter_mut().rev() {
            if line.person != last.person || line.number != last.number {
                continue;
            }
            match &mut line.way {
                Way::Said { read: true, .. } => break,
                Way::Said { taken, read } => (*taken, *read) = (true, true),
                Way::Sent(_) => continue,
            }
            line.change = self.changes;
        }
    }

    fn touch(&mut self, wamid: &str, change: impl FnOnce(&mut Way)) {
        let Some(index) = self.by_wamid.get(wamid) else { return };
        self.changes += 1;
        if let Some(line) = self.lines.get_mut(*index) {
            change(&mut line.way);
            line.change = self.changes;
        }
    }

    /// The gateway shows that it is writing to whoever said this.
    pub fn begin_typing(&mut self, wamid: &str, now: Moment) {
        let Some(line) = self.by_wamid.get(wamid).and_then(|index| self.lines.get(*index)) else { return };
        let last = self.lines.iter().rev().find(|it| it.person == line.person && it.number == line.number);
        // The answer may be here before the sign.
        if last.is_some_and(|last| matches!(last.way, Way::Said { .. })) {
            self.typing.insert((line.number.clone(), line.person.clone()), now + TYPING);
        }
    }

    /// Whether the gateway is writing to one of these addresses.
    pub fn typing(&self, number: &str, addresses: &[String], now: Moment) -> bool {
        addresses.iter().any(|address| {
            let until = self.typing.get(&(number.to_owned(), address.clone()));
            until.is_some_and(|until| now < *until && now > *until - TYPING - TYPING)
        })
    }

    /// The chat of a person with a number: lines that changed after `seen`, oldest first.
    pub fn chat(&self, number: &str, addresses: &[String], seen: u64) -> Vec<Line> {
        let mine = |line: &&Line| line.number == number && addresses.contains(&line.person);
        self.lines.iter().filter(|line| line.change > seen).filter(mine).cloned().collect()
    }

    /// A message by its id.
    pub fn line(&self, wamid: &str) -> Option<&Line> {
        self.lines.get(*self.by_wamid.get(wamid)?)
    }

    /// How many messages have reached these addresses that their phone has not shown yet.
    pub fn unread(&self, addresses: &[String]) -> usize {
        let new = |line: &&Line| {
            let Way::Sent(statuses) = &line.way else { return false };
            let has = |status: &str| statuses.iter().any(|it| it == status);
            has("delivered") && !has("read") && !has("failed")
        };
        self.lines.iter().filter(|line| addresses.contains(&line.person)).filter(new).count()
    }

    /// The newest change.
    pub fn changes(&self) -> u64 {
        self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn said(id: u64, wamid: &str) -> Value {
        let webhook = json!({ "entry": [{ "changes": [{ "value": {
            "metadata": { "phone_number_id": "1" },
            "messages": [{ "from": "966500000001", "id": wamid, "timestamp": "1795000000", "type": "text" }],
        } }] }] });
        json!({ "t": "queued", "id": id, "body": webhook.to_string() })
    }

    fn answered(wamid: &str) -> Value {
        json!({ "t": "sent", "at": 1, "number": "1", "to": "966500000001", "wamid": wamid, "body": {} })
    }

    fn chats(lines: &[Value]) -> Chats {
        let mut chats = Chats::default();
        lines.iter().for_each(|line| chats.replay(line));
        chats
    }

    fn me() -> Vec<String> {
        vec!["966500000001".to_owned()]
    }

    #[test]
    fn both_sides_stand_in_order_and_ticks_follow() {
        let mut chats = chats(&[said(1, "a"), json!({ "t": "done", "id": 1 }), answered("b"), said(2, "c")]);
        let chat = chats.chat("1", &me(), 0);
        assert_eq!(chat.iter().map(|line| line.wamid.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(chat[0].way, Way::Said { taken: true, read: false });
        assert_eq!(chat[2].way, Way::Said { taken: false, read: false });
        let seen = chats.changes();
        chats.replay(&json!({ "t": "read", "wamid": "c" }));
        let news = chats.chat("1", &me(), seen);
        assert_eq!(news.len(), 2, "a read mark holds for what was said before, and is news");
        assert!(news.iter().all(|line| line.way == Way::Said { taken: true, read: true }));
        assert!(chats.chat("2", &me(), 0).is_empty(), "another number is another chat");
    }

    #[test]
    fn a_message_that_meta_delivers_again_is_shown_once() {
        let chats = chats(&[said(1, "a"), json!({ "t": "done", "id": 1 }), said(2, "a")]);
        assert_eq!(chats.chat("1", &me(), 0).len(), 1);
    }

    #[test]
    fn unread_is_what_the_phone_has_not_shown() {
        let mut chats = chats(&[answered("a"), answered("b"), answered("c"), answered("d")]);
        for wamid in ["a", "b", "c"] {
            chats.replay(&json!({ "t": "status", "wamid": wamid, "status": "delivered" }));
        }
        assert_eq!(chats.unread(&me()), 3, "the fourth is still under way");
        chats.replay(&json!({ "t": "status", "wamid": "a", "status": "read" }));
        chats.replay(&json!({ "t": "status", "wamid": "b", "status": "failed" }));
        assert_eq!(chats.unread(&me()), 1);
    }

    #[test]
    fn the_typing_sign_ends_with_the_answer_or_after_25_seconds() {
        let mut chats = chats(&[said(1, "a")]);
        let now = at("2026-11-24T07:00:00Z");
        chats.begin_typing("a", now);
        assert!(chats.typing("1", &me(), now + Duration::seconds(24)));
        assert!(!chats.typing("1", &me(), now + Duration::seconds(25)));
        chats.replay(&answered("b"));
        assert!(!chats.typing("1", &me(), now));
        chats.begin_typing("a", now);
        assert!(!chats.typing("1", &me(), now), "a sign that comes after the answer is not shown");
    }
}
