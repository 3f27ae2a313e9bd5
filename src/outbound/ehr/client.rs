//! FHIR over HTTP: only reads are repeated blindly, caches are bypassed, the budget is kept.

use crate::clock::Clock;
use crate::domain::fact::Trouble;
use crate::outbound::budget::{Budget, Rate};
use crate::outbound::http::{Http, Method, Request, Response, SendError};
use crate::phi::Phi;
use crate::wire::fhir::bundle::{self, Mode, Walk};
use crate::wire::fhir::etag::ETag;
use crate::wire::fhir::outcome::{self, Refusal};
use crate::wire::fhir::query;
use chrono::Duration;
use metrics::{counter, histogram};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

const FHIR_JSON: &str = "application/fhir+json";

/// How we identify ourselves.
#[derive(Clone, Debug)]
pub enum Auth {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// User name.
        username: String,
        /// Password.
        password: SecretString,
    },
}

/// What the configuration says of the EHR.
#[derive(Clone, Debug)]
pub struct EhrSettings {
    /// Base URL, without a slash at the end.
    pub base: String,
    /// Identifier system of our bookings.
    pub booking_system: String,
    /// How we identify ourselves.
    pub auth: Auth,
    /// Requests a second, this process's share.
    pub requests_per_second: u32,
    /// How long a request may take.
    pub timeout: std::time::Duration,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// It cannot be reached, and the request was not sent.
    #[error("the EHR cannot be reached")]
    Unreachable,
    /// It was sent, but no answer came: it may have been done.
    #[error("the EHR did not answer in time")]
    NoAnswer,
    /// It refused.
    #[error("the EHR refused: {0:?}")]
    Refused(Refusal),
    /// It answered something that is not FHIR.
    #[error("the EHR answered something that is not FHIR")]
    NotFhir,
    /// Our budget is used up.
    #[error("the EHR's budget for us is used up")]
    OverBudget,
}

impl Problem {
    /// What a patient is told.
    pub const fn trouble(self) -> Trouble {
        match self {
            Self::NoAnswer | Self::OverBudget => Trouble::Slow,
            Self::Refused(Refusal::Throttled { .. } | Refusal::Locked) => Trouble::Slow,
            _ => Trouble::Down,
        }
    }
}

/// A FHIR server.
#[derive(Debug)]
pub struct Client {
    http: Http,
    pub(super) settings: EhrSettings,
    clock: Clock,
    budget: Mutex<Budget<()>>,
}

impl Client {
    /// A client of the server that `settings` name.
    pub fn new(http: Http, settings: EhrSettings, clock: Clock) -> Self {
        let per_second = i32::try_from(settings.requests_per_second.max(1)).unwrap_or(i32::MAX);
        // A second's worth may be used at once; a burst of patients then waits for its turn.
        let every = Duration::milliseconds((1_000 / i64::from(per_second)).max(1));
        let budget = Mutex::new(Budget::new(Rate { every, burst: per_second }));
        Self { http, settings, clock, budget }
    }

    /// The CapabilityStatement.
    pub async fn metadata(&self) -> Result<Value, Problem> {
        self.read("metadata").await
    }

    /// Reads one resource.
    pub async fn read(&self, path: &str) -> Result<Value, Problem> {
        let url = format!("{}/{path}", self.settings.base);
        self.get(&url).await
    }

    /// One resource as it came, with its version: what is changed goes back byte for byte.
    pub async fn raw(&self, path: &str) -> Result<Raw, Problem> {
        let url = format!("{}/{path}", self.settings.base);
        let response = self.get_response(&url).await?;
        let text = String::from_utf8(response.body.into_revealed()).map_err(|_| Problem::NotFhir)?;
        let value: Value = serde_json::from_str(&text).map_err(|_| Problem::NotFhir)?;
        let version = value.pointer("/meta/versionId").and_then(Value::as_str);
        let etag = response.etag.as_deref().and_then(ETag::of_header);
        let etag = etag.or_else(|| version.and_then(ETag::of_version)).ok_or(Problem::NotFhir)?;
        Ok(Raw { text: Phi::new(text), value, etag })
    }

    /// The matches of a search for one type, page by page, until there are `limit` of them or no more.
    pub async fn search(
        &self,
        kind: &str,
        pairs: &[(&str, &str)],
        limit: usize,
    ) -> Result<Vec<Value>, Problem> {
        let mut url = format!("{}/{}", self.settings.base, query::search(kind, pairs));
        let (mut walk, mut found) = (Walk::new(&self.settings.base), vec![]);
        loop {
            let page = self.get(&url).await?;
            let entries = bundle::entries(&page, kind).map_err(|_| Problem::NotFhir)?;
            let matches = entries.iter().filter(|entry| entry.mode == Mode::Match);
            found.extend(matches.map(|entry| entry.resource.clone()));
            match walk.next(&page) {
                Ok(Some(next)) if found.len() < limit => url = next,
                Ok(_) => return Ok(found),
                Err(paging) => {
                    tracing::warn!(%paging, "a search was cut short");
                    return Ok(found);
                }
            }
        }
    }

    /// Sends a write, once.
    pub async fn write(
        &self,
        method: Method,
        path: &str,
        headers: Vec<(&'static str, Phi<String>)>,
        body: Vec<u8>,
    ) -> Result<Response, Problem> {
        let url = if path.is_empty() {
            self.settings.base.clone()
        } else {
            format!("{}/{path}", self.settings.base)
        };
        let mut headers = headers;
        headers.push(("content-type", Phi::new(FHIR_JSON.to_owned())));
        self.send(method, &url, headers, Some(body)).await
    }

    async fn get(&self, url: &str) -> Result<Value, Problem> {
        let response = self.get_response(url).await?;
        serde_json::from_slice(response.body.reveal()).map_err(|_| Problem::NotFhir)
    }

    /// Reads may be repeated: once more covers a connection that the server had closed meanwhile.
    async fn get_response(&self, url: &str) -> Result<Response, Problem> {
        let first = self.send(Method::Get, url, vec![], None).await;
        match first {
            Err(Problem::Unreachable) => self.send(Method::Get, url, vec![], None).await,
            other => other,
        }
    }

    async fn send(
        &self,
        method: Method,
        url: &str,
        mut headers: Vec<(&'static str, Phi<String>)>,
        body: Option<Vec<u8>>,
    ) -> Result<Response, Problem> {
        self.admit().await?;
        headers.push(("accept", Phi::new(FHIR_JSON.to_owned())));
        // HAPI serves searches from a cache for a minute: a slot that was just booked would still look free.
        headers.push(("cache-control", Phi::new("no-cache".to_owned())));
        if let Auth::Basic { username, password } = &self.settings.auth {
            headers.push(("authorization", Phi::new(basic(username, password))));
        }
        let began = self.clock.now();
        let request = Request {
            method,
            url: Phi::new(url.to_owned()),
            headers,
            body: body.map(Phi::new),
            timeout: Some(self.settings.timeout),
        };
        let answer = self.http.send(request).await;
        let took = (self.clock.now() - began).num_milliseconds();
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one request")]
        histogram!("wasl_ehr_seconds").record(took as f64 / 1_000.0);
        self.understood(answer)
    }

    fn understood(&self, answer: Result<Response, SendError>) -> Result<Response, Problem> {
        let result = match answer {
            Err(SendError::NotSent) => Err(Problem::Unreachable),
            Err(SendError::TooLarge) => Err(Problem::NotFhir),
            Err(SendError::Unknown) => Err(Problem::NoAnswer),
            Ok(response) if (200..300).contains(&response.status) => Ok(response),
            Ok(response) => Err(Problem::Refused(outcome::classify(
                response.status,
                response.retry_after.as_deref(),
                response.body.reveal(),
            ))),
        };
        counter!("wasl_ehr_requests_total", "outcome" => outcome_word(&result)).increment(1);
        result
    }

    /// Waits for its turn, as long as a patient would.
    async fn admit(&self) -> Result<(), Problem> {
        /// Longer than this in the queue, and the honest answer is that the EHR is slow.
        const PATIENCE: Duration = Duration::seconds(8);
        let mut waited = Duration::zero();
        loop {
            let taken = self.budget.lock().unwrap_or_else(PoisonError::into_inner).take((), self.clock.now());
            let Err(wait) = taken else { return Ok(()) };
            waited += wait;
            if waited > PATIENCE {
                return Err(Problem::OverBudget);
            }
            tokio::time::sleep(wait.to_std().unwrap_or_default()).await;
        }
    }
}

fn outcome_word(result: &Result<Response, Problem>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Problem::Unreachable) => "unreachable",
        Err(Problem::NoAnswer) => "no-answer",
        Err(Problem::Refused(_)) => "refused",
        Err(Problem::NotFhir) => "not-fhir",
        Err(Problem::OverBudget) => "over-budget",
    }
}

fn basic(username: &str, password: &SecretString) -> String {
    let pair = format!("{username}:{}", password.expose_secret());
    format!("Basic {}", data_encoding::BASE64.encode(pair.as_bytes()))
}

/// A resource as it came.
#[derive(Debug)]
pub struct Raw {
    /// Its text.
    pub text: Phi<String>,
    /// The same, read.
    pub value: Value,
    /// Its version.
    pub etag: ETag,
}
