//! What "Meta" knows: messages it took, people who wrote, webhooks that wait for their 200.

use crate::clock::{Moment, from_millis};
use crate::sandbox::graph::account::Account;
use crate::sandbox::graph::chat::Chats;
use crate::sandbox::graph::people::Sender;
use crate::sandbox::journal::Journal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io;

/// A message as it was received.
#[derive(Clone, PartialEq, Debug)]
pub struct Sent {
    /// Its number, from 1.
    pub n: u64,
    /// When it was received.
    pub at: Moment,
    /// From which business number.
    pub number: String,
    /// Digits or BSUID.
    pub to: String,
    /// Its id.
    pub wamid: String,
    /// The request, exactly.
    pub body: Value,
    /// Statuses so far.
    pub statuses: Vec<String>,
}

#[derive(Debug)]
pub struct State {
    journal: Journal,
    sent: Vec<Sent>,
    heard: HashMap<(String, String), Moment>,
    people: HashMap<String, Sender>,
    waiting: BTreeMap<u64, Waiting>,
    next: u64,
    /// What is thought of the account.
    pub account: Account,
    /// What phones show; made from the same lines.
    pub chats: Chats,
}

/// A webhook that waits for its 200.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// The number it concerns.
    pub number: String,
    /// The body, byte for byte.
    pub body: String,
}

impl State {
    pub fn new(journal: Journal) -> Self {
        Self {
            journal,
            sent: Vec::new(),
            heard: HashMap::new(),
            people: HashMap::new(),
            waiting: BTreeMap::new(),
            next: 1,
            account: Account::default(),
            chats: Chats::default(),
        }
    }

    /// Takes in a line of the journal.
    pub fn replay(&mut self, line: &Value) {
        self.chats.replay(line);
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| line[name].as_u64().unwrap_or(0);
        let at = from_millis(line["at"].as_i64().unwrap_or(0));
        match line["t"].as_str() {
            Some("sent") => self.sent.push(Sent {
                n: self.sent.len() as u64 + 1,
                at,
                number: text("number"),
                to: text("to"),
                wamid: text("wamid"),
                body: line["body"].clone(),
                statuses: vec![],
            }),
            Some("status") => {
                let (wamid, status) = (text("wamid"), text("status"));
                if let Some(sent) = self.sent.iter_mut().find(|sent| sent.wamid == wamid) {
                    sent.statuses.push(status);
                }
            }
            Some("heard") => {
                let person = Sender::read(line);
                for address in person.addresses() {
                    self.heard.insert((text("number"), address.clone()), at);
                    self.people.insert(address, person.clone());
                }
            }
            Some("queued") => {
                self.next = self.next.max(number("id") + 1);
                let waiting = Waiting { number: text("number"), body: text("body") };
                self.waiting.insert(number("id"), waiting);
            }
            Some("done") => {
                self.waiting.remove(&number("id"));
            }
            _ => self.account.replay(line),
        }
    }

    /// Makes a line durable and takes it in.
    pub fn note(&mut self, line: &Value) -> io::Result<()> {
        self.journal.append(line)?;
        self.replay(line);
        Ok(())
    }

    /// Takes a message and makes the webhooks of its first statuses wait, all at once: what Meta took, it also tells.
    pub fn take(&mut self, sent: &Sent, statuses: &[(&str, Value)]) -> io::Result<()> {
        let mut lines = vec![json!({
            "t": "sent",
            "at": sent.at.timestamp_millis(),
            "number": sent.number,
            "to": sent.to,
            "wamid": sent.wamid,
            "body": sent.body,
        })];
        for (id, (status, webhook)) in (self.next..).zip(statuses) {
            lines.push(json!({ "t": "status", "wamid": sent.wamid, "status": status }));
            lines.push(queued(id, &sent.number, webhook));
        }
        self.journal.append_all(&lines)?;
        lines.iter().for_each(|line| self.replay(line));
        Ok(())
    }

    /// Notes that somebody wrote to a number.
    pub fn heard(&mut self, number: &str, from: &Sender, now: Moment) -> io::Result<()> {
        let at = now.timestamp_millis();
        self.note(
            &json!({ "t": "heard", "at": at, "number": number, "phone": from.phone, "bsuid": from.bsuid }),
        )
    }

    /// Somebody shares their own number: from then on it is theirs, unless it is known to be somebody else's.
    pub fn linked(&self, from: &Sender, message: &Value) -> Sender {
        let card = &message["contacts"][0];
        let phone = card["phones"][0]["wa_id"].as_str().filter(|_| card["origin"] == "contact_request");
        let free = |phone: &&str| self.people.get(*phone).is_none_or(|known| known.bsuid == from.bsuid);
        let phone = from.phone.clone().or_else(|| phone.filter(free).map(str::to_owned));
        Sender { phone, ..from.clone() }
    }

    /// Who has this address; somebody who never wrote has nothing else.
    pub fn person(&self, address: &str) -> Sender {
        self.people.get(address).cloned().unwrap_or_else(|| Sender::at(address))
    }

    /// When somebody last wrote to a number.
    pub fn last_heard(&self, number: &str, from: &str) -> Option<Moment> {
        self.heard.get(&(number.to_owned(), from.to_owned())).copied()
    }

    /// Makes a webhook wait for its 200.
    pub fn queue(&mut self, number: &str, body: &Value) -> io::Result<u64> {
        let id = self.next;
        self.note(&queued(id, number, body))?;
        Ok(id)
    }

    /// A webhook got its 200.
    pub fn done(&mut self, id: u64) -> io::Result<()> {
        self.note(&json!({ "t": "done", "id": id }))
    }

    /// Webhooks that wait, oldest first.
    pub fn waiting(&self) -> Vec<u64> {
        self.waiting.keys().copied().collect()
    }

    /// One webhook that waits.
    pub fn waits(&self, id: u64) -> Option<Waiting> {
        self.waiting.get(&id).cloned()
    }

    /// The gateway has read a message. The line waits for the next one that must be on disk: a read mark survives
    /// SIGKILL, not a power cut.
    pub fn read(&mut self, wamid: &str) -> io::Result<()> {
        let line = json!({ "t": "read", "wamid": wamid });
        self.journal.append_lazily(&line)?;
        self.replay(&line);
        Ok(())
    }

    /// Notes a status; the message it belongs to.
    pub fn noted(&mut self, wamid: &str, status: &str) -> io::Result<Option<Sent>> {
        if !self.sent.iter().any(|sent| sent.wamid == wamid) {
            return Ok(None);
        }
        self.note(&json!({ "t": "status", "wamid": wamid, "status": status }))?;
        Ok(self.sent.iter().find(|sent| sent.wamid == wamid).cloned())
    }

    /// Messages to any of these addresses, and to what else belongs to the same people, after the `after`-th.
    pub fn messages(&self, addresses: &[String], after: u64) -> Vec<Sent> {
        let known = addresses.iter().filter_map(|address| self.people.get(address));
        let addresses: Vec<String> =
            addresses.iter().cloned().chain(known.flat_map(Sender::addresses)).collect();
        self.sent.iter().filter(|sent| sent.n > after && addresses.contains(&sent.to)).cloned().collect()
    }

    /// When messages from a number to an address were taken, newest first.
    pub fn times(&self, number: &str, to: &str) -> Vec<Moment> {
        self.sent
            .iter()
            .rev()
            .filter(|sent| sent.number == number && sent.to == to)
            .map(|sent| sent.at)
            .collect()
    }
}

fn queued(id: u64, number: &str, body: &Value) -> Value {
    json!({ "t": "queued", "id": id, "number": number, "body": body.to_string() })
}
