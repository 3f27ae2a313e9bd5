//! Sending to Meta: one request, one answer, and what the answer means for the effect.

use crate::clock::{Clock, Moment};
use crate::outbound::budget::{Budget, PER_NUMBER, PER_PERSON};
use crate::outbound::http::{Http, Method, Request, Response, SendError};
use crate::phi::Phi;
use crate::wire::whatsapp::Outgoing;
use crate::wire::whatsapp::answer::{self, GraphError};
use crate::wire::whatsapp::errors::Action;
use crate::wire::whatsapp::message::{read_and_typing, to_json};
use chrono::Duration;
use metrics::counter;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

/// How long Meta is waited for. Its own clients give up after 30 s; a patient does earlier.
pub const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// How a send ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sending {
    /// Meta took it; only statuses tell whether it arrived.
    Accepted(Phi<String>),
    /// It certainly did not go out; try again after this long.
    Later(Duration),
    /// The answer was lost: it may have gone out.
    Unknown,
    /// The window is closed after all (131047), or the template does not fit.
    Retemplate,
    /// It will never go out; the code for the dead letter.
    Never(i16),
}

/// Codes in `outbox.error`.
pub mod code {
    /// It did not go out yet.
    pub const NOT_SENT: i16 = 11;
    /// It may have gone out.
    pub const UNKNOWN: i16 = 12;
    /// Meta refused it for good.
    pub const REFUSED: i16 = 13;
    /// The person cannot be reached here.
    pub const UNREACHABLE: i16 = 14;
    /// We built something that Meta does not take.
    pub const BUG: i16 = 15;
    /// The window is closed and there is no template for it.
    pub const NO_TEMPLATE: i16 = 16;
    /// The address was wiped before it could be sent.
    pub const NO_ADDRESS: i16 = 17;
    /// It was tried too often.
    pub const TOO_OFTEN: i16 = 18;
    /// It may have gone out and must not go out twice.
    pub const NEVER_TWICE: i16 = 19;
}

/// Where Meta is and how we identify ourselves.
#[derive(Clone, Debug)]
pub struct GraphSettings {
    /// `whatsapp.graph_url`
    pub base: String,
    /// `whatsapp.api_version`
    pub version: String,
    /// `whatsapp.access_token`
    pub token: SecretString,
}

/// The way to Meta.
#[derive(Debug)]
pub struct Graph {
    http: Http,
    settings: GraphSettings,
    clock: Clock,
    numbers: Mutex<Budget<String>>,
    people: Mutex<Budget<(String, [u8; 16])>>,
}

impl Graph {
    /// A way to Meta over `http`.
    pub fn new(http: Http, settings: GraphSettings, clock: Clock) -> Self {
        Self {
            http,
            settings,
            clock,
            numbers: Mutex::new(Budget::new(PER_NUMBER)),
            people: Mutex::new(Budget::new(PER_PERSON)),
        }
    }

    /// Sends a message from a number to the contact `person`.
    pub async fn send(&self, number: &str, person: [u8; 16], message: &Outgoing) -> Sending {
        if let Err(wait) = self.admit(number, person, self.clock.now()) {
            return Sending::Later(wait);
        }
        let sending = self.ended(self.post(number, &to_json(message)).await);
        counter!("wasl_sends_total", "outcome" => outcome(&sending)).increment(1);
        sending
    }

    /// Marks a message as read and shows that an answer is being written: a courtesy, tried once.
    pub async fn read_and_typing(&self, number: &str, wamid: &Phi<String>) {
        let _ = self.post(number, &read_and_typing(wamid)).await;
    }

    /// Asks Meta about a number: its quality, or what is wrong.
    ///
    /// # Errors
    /// A sentence for an operator.
    pub async fn number(&self, number: &str) -> Result<String, String> {
        let GraphSettings { base, version, token } = &self.settings;
        let request = Request {
            method: Method::Get,
            url: Phi::new(format!("{base}/{version}/{number}?fields=verified_name,quality_rating")),
            headers: vec![("authorization", Phi::new(format!("Bearer {}", token.expose_secret())))],
            body: None,
            timeout: Some(TIMEOUT),
        };
        let response = self.http.send(request).await.map_err(|error| format!("{base}: {error}"))?;
        if response.status != 200 {
            let error = answer::refused(response.status, response.body.reveal());
            return Err(format!("Meta answers {} (code {:?})", error.http_status, error.code));
        }
        let body: Value = serde_json::from_slice(response.body.reveal()).unwrap_or_default();
        Ok(body["quality_rating"].as_str().unwrap_or("unknown").to_owned())
    }

    fn admit(&self, number: &str, person: [u8; 16], now: Moment) -> Result<(), Duration> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).take((number.to_owned(), person), now)?;
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).take(number.to_owned(), now)
    }

    async fn post(&self, number: &str, body: &Value) -> Result<Response, SendError> {
        let GraphSettings { base, version, token } = &self.settings;
        let request = Request {
            method: Method::Post,
            url: Phi::new(format!("{base}/{version}/{number}/messages")),
            headers: vec![
                ("authorization", Phi::new(format!("Bearer {}", token.expose_secret()))),
                ("content-type", Phi::new("application/json".to_owned())),
            ],
            body: Some(Phi::new(body.to_string().into_bytes())),
            timeout: Some(TIMEOUT),
        };
        self.http.send(request).await
    }

    fn ended(&self, answer: Result<Response, SendError>) -> Sending {
        let response = match answer {
            Ok(response) => response,
            Err(SendError::NotSent) => return Sending::Later(Duration::seconds(1)),
            Err(_) => return Sending::Unknown,
        };
        if (200..300).contains(&response.status) {
            return answer::accepted(response.body.reveal())
                .map_or(Sending::Unknown, |accepted| Sending::Accepted(accepted.wamid));
        }
        let error = answer::refused(response.status, response.body.reveal());
        tracing::warn!(code = error.code, status = error.http_status, "Meta refused a message");
        refused(error)
    }
}

fn refused(error: GraphError) -> Sending {
    // A 5xx without a Graph error is some proxy's page: nobody knows whether Meta saw the message.
    if error.code.is_none() && error.http_status >= 500 {
        return Sending::Unknown;
    }
    match error.action() {
        Action::Retry => Sending::Later(Duration::seconds(2)),
        Action::SlowDown => Sending::Later(Duration::seconds(30)),
        Action::WaitPair => Sending::Later(PER_PERSON.every),
        Action::Retemplate => Sending::Retemplate,
        Action::Unreachable => Sending::Never(code::UNREACHABLE),
        Action::GiveUp => Sending::Never(code::REFUSED),
        Action::Bug => Sending::Never(code::BUG),
        Action::Alarm => {
            tracing::error!(code = error.code, "Meta refuses this account: sending is at a stop");
            counter!("wasl_alarms_total", "what" => "account").increment(1);
            Sending::Later(Duration::minutes(5))
        }
    }
}

const fn outcome(sending: &Sending) -> &'static str {
    match sending {
        Sending::Accepted(_) => "accepted",
        Sending::Later(_) => "later",
        Sending::Unknown => "unknown",
        Sending::Retemplate => "retemplate",
        Sending::Never(_) => "never",
    }
}
