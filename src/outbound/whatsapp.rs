//! Sending to Meta: one request, one answer, and what the answer means for the effect.

use crate::clock::{Clock, Moment};
use crate::outbound::budget::{Budget, PER_NUMBER, PER_PERSON};
use crate::outbound::circuit::Circuit;
use crate::outbound::http::{Http, Method, Request, Response, SendError};
use crate::phi::Phi;
use crate::wire::whatsapp::Outgoing;
use crate::wire::whatsapp::answer::{self, GraphError};
use crate::wire::whatsapp::errors::Action;
use crate::wire::whatsapp::message::{read_and_typing, to_json, turn_away};
use chrono::Duration;
use metrics::counter;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// Meta takes nothing from this number at the moment: it was not even tried, or its try told that; not before.
    Halted(Duration),
    /// The number has another owner, or its owner another phone (137000): it did not go out.
    SomebodyElse,
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
    /// Meta took nothing from the number; it waits.
    pub const HALTED: i16 = 20;
    /// It came too late to be of use.
    pub const TOO_LATE: i16 = 27;
    /// Somebody else may read it.
    pub const SOMEBODY_ELSE: i16 = 28;
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
    circuit: Mutex<Circuit>,
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
            circuit: Mutex::default(),
        }
    }

    /// Sends a message from a number to the contact `person`.
    pub async fn send(&self, number: &str, person: [u8; 16], message: &Outgoing) -> Sending {
        let sending = match self.admit(number, person, self.clock.now()) {
            Err(sending) => sending,
            Ok(()) => self.ended(number, self.post(number, "messages", &to_json(message)).await),
        };
        counter!("wasl_sends_total", "outcome" => outcome(&sending)).increment(1);
        sending
    }

    /// Marks a message as read and shows that an answer is being written: a courtesy, tried once.
    pub async fn read_and_typing(&self, number: &str, wamid: &Phi<String>) {
        if !self.circuit().rests(number) {
            let _ = self.post(number, "messages", &read_and_typing(wamid)).await;
        }
    }

    /// Turns a ringing call away, once: whoever calls hears at once that nobody will take it.
    pub async fn turn_away(&self, number: &str, call: &Phi<String>) {
        let done = self.post(number, "calls", &turn_away(call)).await;
        let done = done.is_ok_and(|response| (200..300).contains(&response.status));
        counter!("wasl_calls_turned_away_total", "done" => if done { "yes" } else { "no" }).increment(1);
    }

    /// What Graph answers to a GET below its version.
    ///
    /// # Errors
    /// A sentence for an operator.
    pub(super) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Phi<Vec<u8>>, String> {
        let GraphSettings { base, version, token } = &self.settings;
        let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request {
            method: Method::Get,
            url: Phi::new(format!("{base}/{version}/{path}?{}", query.join("&"))),
            headers: vec![("authorization", Phi::new(format!("Bearer {}", token.expose_secret())))],
            body: None,
            timeout: Some(TIMEOUT),
        };
        let response = self.http.send(request).await.map_err(|error| format!("{base}: {error}"))?;
        if response.status != 200 {
            let error = answer::refused(response.status, response.body.reveal());
            return Err(format!("Meta answers {} (code {:?})", error.http_status, error.code));
        }
        Ok(response.body)
    }

    /// The access token, for asking Meta about itself.
    pub(super) fn token_text(&self) -> &str {
        self.settings.token.expose_secret()
    }

    fn circuit(&self) -> MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, number: &str, person: [u8; 16], now: Moment) -> Result<(), Sending> {
        self.circuit().admit(number, now).map_err(Sending::Halted)?;
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let (pair, number) = ((number.to_owned(), person), number.to_owned());
        // Both or neither: what waits for one must not use up the other.
        let wait = people.wait(&pair, now).max(numbers.wait(&number, now));
        if wait > Duration::zero() {
            return Err(Sending::Later(wait));
        }
        people.take(pair, now).and_then(|()| numbers.take(number, now)).map_err(Sending::Later)
    }

    async fn post(&self, number: &str, edge: &str, body: &Value) -> Result<Response, SendError> {
        let GraphSettings { base, version, token } = &self.settings;
        let request = Request {
            method: Method::Post,
            url: Phi::new(format!("{base}/{version}/{number}/{edge}")),
            headers: vec![
                ("authorization", Phi::new(format!("Bearer {}", token.expose_secret()))),
                ("content-type", Phi::new("application/json".to_owned())),
            ],
            body: Some(Phi::new(body.to_string().into_bytes())),
            timeout: Some(TIMEOUT),
        };
        self.http.send(request).await
    }

    fn ended(&self, number: &str, answer: Result<Response, SendError>) -> Sending {
        let response = match answer {
            Ok(response) => response,
            Err(SendError::NotSent) => return Sending::Later(Duration::seconds(1)),
            Err(_) => return Sending::Unknown,
        };
        if (200..300).contains(&response.status) {
            let Some(accepted) = answer::accepted(response.body.reveal()) else { return Sending::Unknown };
            self.circuit().taken(number, self.clock.now());
            return Sending::Accepted(accepted.wamid);
        }
        let error = answer::refused(response.status, response.body.reveal());
        tracing::warn!(code = error.code, status = error.http_status, "Meta refused a message");
        match error.action() {
            Action::Alarm => self.refused_account(number, error),
            _ => refused(error),
        }
    }

    /// Meta refuses the account or the number: what waits for it stays, and loses no try.
    fn refused_account(&self, number: &str, error: GraphError) -> Sending {
        let rest = self.circuit().refused(number, error.is_unauthenticated(), self.clock.now());
        rest.map_or(Sending::Later(ONE_REFUSED), Sending::Halted)
    }
}

/// A message that is refused as if the account were at fault, while others of the same number are taken.
const ONE_REFUSED: Duration = Duration::minutes(5);

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
        Action::Reidentify => Sending::SomebodyElse,
        Action::GiveUp => Sending::Never(code::REFUSED),
        Action::Bug => Sending::Never(code::BUG),
        Action::Alarm => Sending::Later(ONE_REFUSED),
    }
}

const fn outcome(sending: &Sending) -> &'static str {
    match sending {
        Sending::Accepted(_) => "accepted",
        Sending::Later(_) => "later",
        Sending::Unknown => "unknown",
        Sending::Retemplate => "retemplate",
        Sending::Halted(_) => "halted",
        Sending::SomebodyElse => "somebody-else",
        Sending::Never(_) => "never",
    }
}
