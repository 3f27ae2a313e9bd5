//! A twin of Meta's Graph API: takes messages and enforces the real limits with code of its own, keeps what it was
//! told, sends signed webhooks and sends them again until they get their 200.

mod account;
mod chat;
mod deliver;
mod http;
mod limits;
mod people;
mod rates;
mod requests;
mod state;
mod taps;

use crate::clock::{Clock, Moment};
use crate::ids::Chance;
use crate::sandbox::faults::Faults;
use crate::sandbox::journal::Journal;
use crate::sandbox::traffic::Traffic;
use actix_web::web::{Data, ServiceConfig};
use chrono::Duration;
use requests::Requests;
use serde_json::{Value, json};
use state::State;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

pub use account::Told;
pub use chat::{Line, Way};
pub use people::Sender;
pub use state::Sent;

/// How the twin and the gateway know each other.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Where webhooks go.
    pub webhook_url: String,
    /// What they are signed with.
    pub app_secret: String,
    /// What the gateway identifies itself with.
    pub access_token: String,
    /// Templates Meta has approved, by name, with their languages and named parameters.
    pub templates: Vec<limits::Approved>,
}

/// The twin. Cheap to clone.
#[derive(Clone)]
pub struct GraphTwin {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    terms: Terms,
    clock: Clock,
    chance: Chance,
    faults: Faults,
    traffic: Traffic,
    client: reqwest::Client,
    requests: Requests,
    wake: Notify,
}

impl GraphTwin {
    /// Opens the twin whose journal lies in `dir`. Webhooks that were not acknowledged go out again once
    /// [`GraphTwin::deliver`] runs.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn open(
        dir: &Path,
        terms: Terms,
        clock: Clock,
        chance: Chance,
        faults: Faults,
        traffic: Traffic,
    ) -> io::Result<Self> {
        let (journal, lines) = Journal::open(dir, "graph")?;
        let mut state = State::new(journal);
        for line in &lines {
            state.replay(line);
        }
        let (client, requests, wake) = (reqwest::Client::new(), Requests::default(), Notify::new());
        let state = Mutex::new(state);
        let inner = Inner { state, terms, clock, chance, faults, traffic, client, requests, wake };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Mounts the twin below the scope it is given.
    pub fn routes(&self, config: &mut ServiceConfig) {
        config.app_data(Data::new(self.clone()));
        http::routes(config);
    }

    /// Messages to any of `addresses` (digits or BSUID) after the `after`-th.
    pub fn messages(&self, addresses: &[String], after: u64) -> Vec<Sent> {
        self.state().messages(addresses, after)
    }

    /// A person's chat with a number: messages that changed after `seen`, and the newest change of all.
    pub fn chat(&self, number: &str, person: &Sender, seen: u64) -> (Vec<Line>, u64) {
        let state = self.state();
        (state.chats.chat(number, &person.addresses(), seen), state.chats.changes())
    }

    /// Grows with every change of any chat.
    pub fn changes(&self) -> u64 {
        self.state().chats.changes()
    }

    /// A message by its id.
    pub fn line(&self, wamid: &str) -> Option<Line> {
        self.state().chats.line(wamid).cloned()
    }

    /// Whether a number is writing to a person.
    pub fn typing(&self, number: &str, person: &Sender) -> bool {
        self.state().chats.typing(number, &person.addresses(), self.now())
    }

    /// How many messages a person's phone has not shown yet.
    pub fn unread(&self, person: &Sender) -> usize {
        self.state().chats.unread(&person.addresses())
    }

    /// Until when a number may write freely to a person: 24 hours after they last wrote.
    pub fn window_end(&self, number: &str, person: &Sender) -> Option<Moment> {
        let state = self.state();
        let heard = person.addresses().iter().filter_map(|it| state.last_heard(number, it)).max()?;
        Some(heard + Duration::hours(24))
    }

    /// Webhooks that wait for their 200.
    pub fn waiting(&self) -> usize {
        self.state().waiting().len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Moment {
        self.inner.clock.now()
    }

    /// A message id as Meta makes them: base64, with the peer's address in clear.
    fn wamid(&self, address: &str) -> String {
        let mut bytes = b"HBg".to_vec();
        bytes.extend(address.as_bytes());
        bytes.extend(self.inner.chance.id().0);
        format!("wamid.{}", data_encoding::BASE64.encode(&bytes))
    }

    /// Requests after the `after`-th, exactly as received; the newest few thousand are kept.
    pub fn requests(&self, after: u64) -> Vec<Value> {
        self.inner.requests.after(after)
    }

    /// Somebody sends a message to a number: makes the webhook durable and tries once; `true` when it got its 200.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn say(&self, number: &str, from: &Sender, message: Value) -> io::Result<(String, bool)> {
        let mut message = message;
        let wamid = message["id"].as_str().map_or_else(|| self.wamid(&from.address()), str::to_owned);
        message["id"] = json!(wamid);
        if message["timestamp"].is_null() {
            message["timestamp"] = json!(self.now().timestamp().to_string());
        }
        from.sign(&mut message);
        let mut contact = from.contact();
        let id = {
            let mut state = self.state();
            if let Some(hash) = state.account.identity(from) {
                contact["identity_key_hash"] = json!(hash);
            }
            let value = json!({ "contacts": [contact], "messages": [message] });
            let from = state.linked(from, &value["messages"][0]);
            state.heard(number, &from, self.now())?;
            state.queue(number, &envelope(number, "messages", value))?
        };
        Ok((wamid, self.try_now(id).await))
    }

    /// A webhook of any field: a call, a warning about the number, a template's new status. Tries once; `true` when it
    /// got its 200.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn notice(&self, number: &str, field: &str, value: Value) -> io::Result<bool> {
        let id = {
            let mut state = self.state();
            for address in callers(field, &value) {
                let caller = state.person(&address);
                state.heard(number, &caller, self.now())?;
            }
            state.queue(number, &envelope(number, field, value))?
        };
        Ok(self.try_now(id).await)
    }

    /// One delivery status of a message; `false` when the message is not known.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn status(&self, wamid: &str, status: &str, errors: Option<Value>) -> io::Result<bool> {
        let mut state = self.state();
        let Some(sent) = state.noted(wamid, status)? else { return Ok(false) };
        let person = state.person(&sent.to);
        let key = state.account.identity(&person).cloned();
        let body = status_webhook(&sent, (&person, key.as_deref()), status, errors, self.now());
        state.queue(&sent.number, &body)?;
        drop(state);
        self.inner.wake.notify_one();
        Ok(true)
    }
}

/// The webhook of one delivery status. A failure names no contact (Meta: business-scoped-user-ids).
fn status_webhook(
    sent: &Sent,
    (to, key): (&Sender, Option<&str>),
    status: &str,
    errors: Option<Value>,
    now: Moment,
) -> Value {
    let mut item = json!({
        "id": sent.wamid,
        "status": status,
        "timestamp": now.timestamp().to_string(),
    });
    if let Some(phone) = &to.phone {
        item["recipient_id"] = json!(phone);
    }
    if let Some(bsuid) = to.bsuid.as_ref().filter(|_| status != "failed") {
        item["recipient_user_id"] = json!(bsuid);
    }
    if let Some(key) = key.filter(|_| status != "failed") {
        item["recipient_identity_key_hash"] = json!(key);
    }
    if let Some(callback) = sent.body.get("biz_opaque_callback_data") {
        item["biz_opaque_callback_data"] = callback.clone();
    }
    if matches!(status, "sent" | "delivered") {
        item["pricing"] = price(sent);
    }
    if let Some(errors) = errors {
        item["errors"] = errors;
    }
    let mut value = json!({ "statuses": [item] });
    if status != "failed" {
        value["contacts"] = json!([to.contact()]);
    }
    envelope(&sent.number, "messages", value)
}

/// Templates are charged; what answers within the window is not, within the allowance (Meta: pricing).
fn price(sent: &Sent) -> Value {
    let (kind, category) = if sent.body["type"] == "template" {
        ("regular", "utility")
    } else {
        ("free_customer_service", "service")
    };
    json!({ "billable": kind == "regular", "pricing_model": "PMP", "type": kind, "category": category })
}

/// Who calls: a call opens the service window as a message does, also if nobody takes it (Meta: pricing).
fn callers(field: &str, value: &Value) -> Vec<String> {
    let calls = value["calls"].as_array().filter(|_| field == "calls");
    let rings = calls.into_iter().flatten().filter(|call| call["event"] == "connect");
    rings
        .filter_map(|call| Some(call["from"].as_str().or(call["from_user_id"].as_str())?.to_owned()))
        .collect()
}

/// A webhook with one change. Account-wide fields have no `metadata`.
fn envelope(number: &str, field: &str, mut value: Value) -> Value {
    if matches!(field, "messages" | "calls") {
        value["messaging_product"] = json!("whatsapp");
        value["metadata"] =
            json!({ "display_phone_number": display_number(number), "phone_number_id": number });
    }
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "102290000000001", "changes": [{ "field": field, "value": value }] }],
    })
}

/// The number people see: 1 555 000, then the last digit of its id four times.
fn display_number(number: &str) -> String {
    format!("1555000{}", number.get(number.len().saturating_sub(1)..).unwrap_or("0").repeat(4))
}
