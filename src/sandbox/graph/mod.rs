//! A twin of Meta's Graph API: takes messages and enforces the real limits with code of its own, keeps what it was
//! told, sends signed webhooks and sends them again until they get their 200.

mod chat;
mod deliver;
mod http;
mod limits;
mod rates;
mod state;

use crate::clock::{Clock, Moment};
use crate::ids::Chance;
use crate::sandbox::faults::Faults;
use crate::sandbox::journal::Journal;
use crate::sandbox::traffic::Traffic;
use actix_web::web::{Data, ServiceConfig};
use chrono::Duration;
use serde_json::{Value, json};
use state::State;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

pub use chat::{Line, Way};
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
    pub templates: Vec<(String, Vec<String>, Vec<String>)>,
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
        let (client, wake) = (reqwest::Client::new(), Notify::new());
        let state = Mutex::new(state);
        Ok(Self { inner: Arc::new(Inner { state, terms, clock, chance, faults, traffic, client, wake }) })
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

    /// Somebody sends a message to a number: makes the webhook durable and tries once; `true` when it got its 200.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn say(&self, number: &str, from: &Sender, message: Value) -> io::Result<(String, bool)> {
        let address = from.phone.clone().or(from.bsuid.clone()).unwrap_or_default();
        let wamid = message["id"].as_str().map_or_else(|| self.wamid(&address), str::to_owned);
        let mut message = message;
        message["id"] = json!(wamid);
        if message["timestamp"].is_null() {
            message["timestamp"] = json!(self.now().timestamp().to_string());
        }
        let mut contact = json!({ "profile": { "name": "Demo" } });
        if let Some(phone) = &from.phone {
            message["from"] = json!(phone);
            contact["wa_id"] = json!(phone);
        }
        if let Some(bsuid) = &from.bsuid {
            message["from_user_id"] = json!(bsuid);
            contact["user_id"] = json!(bsuid);
        }
        let value = json!({ "contacts": [contact], "messages": [message] });
        let id = {
            let mut state = self.state();
            state.heard(number, &address, self.now())?;
            state.queue(&envelope(number, value))?
        };
        Ok((wamid, self.try_now(id).await))
    }

    /// One delivery status of a message; `false` when the message is not known.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn status(&self, wamid: &str, status: &str, errors: Option<Value>) -> io::Result<bool> {
        let mut state = self.state();
        let Some(sent) = state.noted(wamid, status)? else { return Ok(false) };
        let body = status_webhook(&sent, status, errors, self.now());
        state.queue(&body)?;
        drop(state);
        self.inner.wake.notify_one();
        Ok(true)
    }
}

/// Who sends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sender {
    /// Digits with country code.
    pub phone: Option<String>,
    /// Business-scoped user id.
    pub bsuid: Option<String>,
}

impl Sender {
    /// Under what they are known.
    pub fn addresses(&self) -> Vec<String> {
        self.phone.iter().chain(&self.bsuid).cloned().collect()
    }
}

/// The webhook of one delivery status.
fn status_webhook(sent: &Sent, status: &str, errors: Option<Value>, now: Moment) -> Value {
    let mut item = json!({
        "id": sent.wamid,
        "status": status,
        "timestamp": now.timestamp().to_string(),
    });
    let name = if sent.to.contains('.') { "recipient_user_id" } else { "recipient_id" };
    item[name] = json!(sent.to);
    if let Some(callback) = sent.body.get("biz_opaque_callback_data") {
        item["biz_opaque_callback_data"] = callback.clone();
    }
    if let Some(errors) = errors {
        item["errors"] = errors;
    }
    envelope(&sent.number, json!({ "statuses": [item] }))
}

fn envelope(number: &str, mut value: Value) -> Value {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({ "display_phone_number": "15550001111", "phone_number_id": number });
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "102290000000001", "changes": [{ "field": "messages", "value": value }] }],
    })
}
