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
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

const FHIR_JSON: &str = "application/fhir+json";

/// How we identify ourselves.
#[derive(Clone, Debug)]
pub enum Auth {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// User name, `ehr.username`.
        username: String,
        /// Password, `ehr.password`.
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
    /// It answered another question than the one it was asked: other people's appointments, other services' slots.
    #[error("the EHR answered another question than it was asked")]
    Astray,
    /// What it holds does not fit together: people must look.
    #[error("what the EHR holds does not fit together")]
    Unsettled,
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

/// How an entry of a page stands to the search it was found by. Servers answer too much, and some the wrong thing, so
/// nothing is believed to fit because it was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// It is what was asked for.
    Yes,
    /// It was, and has changed since: servers search their index first and read the entries after it (HAPI FHIR 8.8.0
    /// under load answers a search for free slots with one that is busy by now).
    Since,
    /// It can be read, and belongs to another search.
    No,
    /// It cannot be read; it costs itself and not the page.
    Odd,
}

impl Fit {
    /// [`Self::Yes`] or [`Self::No`] of what can be read.
    pub const fn of(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

/// Entries of a look-up at least: few are expected, and the number says nothing.
const FEW: usize = 20;
/// Numbers of entries that look-ups take turns at.
const TURNS: usize = 97;
/// Entries on a page at most.
const PAGE: usize = 200;

/// A FHIR server.
#[derive(Debug)]
pub struct Client {
    http: Http,
    pub(super) settings: EhrSettings,
    clock: Clock,
    budget: Mutex<Budget<()>>,
    asked: AtomicUsize,
}

impl Client {
    /// A client of the server that `settings` name.
    pub fn new(http: Http, settings: EhrSettings, clock: Clock) -> Self {
        let per_second = i32::try_from(settings.requests_per_second.max(1)).unwrap_or(i32::MAX);
        // A second's worth may be used at once; a burst of patients then waits for its turn.
        let every = Duration::milliseconds((1_000 / i64::from(per_second)).max(1));
        let budget = Mutex::new(Budget::new(Rate { every, burst: per_second }));
        Self { http, settings, clock, budget, asked: AtomicUsize::new(0) }
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

    /// One resource, `Type/id`, as it came, with its version: what is changed goes back byte for byte.
    pub async fn raw(&self, reference: &str) -> Result<Raw, Problem> {
        let path = query::path(reference).ok_or(Problem::NotFhir)?;
        let response = self.get_response(&format!("{}/{path}", self.settings.base)).await?;
        let text = String::from_utf8(response.body.into_revealed()).map_err(|_| Problem::NotFhir)?;
        let value: Value = serde_json::from_str(&text).map_err(|_| Problem::NotFhir)?;
        let named = |member: &str| value.get(member).and_then(Value::as_str).unwrap_or_default();
        if format!("{}/{}", named("resourceType"), named("id")) != reference {
            return Err(Problem::Astray);
        }
        let version = value.pointer("/meta/versionId").and_then(Value::as_str);
        let etag = response.etag.as_deref().and_then(ETag::of_header);
        let etag = etag.or_else(|| version.and_then(ETag::of_version)).ok_or(Problem::NotFhir)?;
        Ok(Raw { text: Phi::new(text), value, etag })
    }

    /// What fits of a search for one type, page by page, until there are `limit` of them or no more. A page of which
    /// nothing fits though it could be read answers another question.
    pub async fn search(
        &self,
        kind: &str,
        pairs: &[(&str, &str)],
        limit: usize,
        fits: impl Fn(&Value) -> Fit,
    ) -> Result<Vec<Value>, Problem> {
        self.pages(kind, pairs, limit.min(PAGE), limit, fits).await
    }

    /// A search whose answer decides something, so that no cache may give it: some take no notice of
    /// `Cache-Control`, but none knows the answer to a question that was not asked before. The number of entries
    /// asked for makes it a new one.
    pub async fn look_up(
        &self,
        kind: &str,
        pairs: &[(&str, &str)],
        limit: usize,
        fits: impl Fn(&Value) -> Fit,
    ) -> Result<Vec<Value>, Problem> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed) % TURNS;
        self.pages(kind, pairs, limit.max(FEW) + turn, limit, fits).await
    }

    async fn pages(
        &self,
        kind: &str,
        pairs: &[(&str, &str)],
        count: usize,
        limit: usize,
        fits: impl Fn(&Value) -> Fit,
    ) -> Result<Vec<Value>, Problem> {
        let count = count.to_string();
        let pairs = [pairs, &[("_count", count.as_str())]].concat();
        let mut url = format!("{}/{}", self.settings.base, query::search(kind, &pairs));
        let (mut walk, mut found) = (Walk::new(&self.settings.base), vec![]);
        loop {
            let page = self.get(&url).await?;
            let (mut fitting, astray) = sorted(&page, kind, &fits)?;
            if astray && found.is_empty() {
                return Err(Problem::Astray);
            }
            found.append(&mut fitting);
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

    /// Replaces a resource, `Type/id`, if it still is at this version.
    pub async fn put(&self, reference: &str, body: String, if_match: &ETag) -> Result<(), Problem> {
        let path = query::path(reference).ok_or(Problem::NotFhir)?;
        let headers = vec![("if-match", Phi::new(if_match.to_string()))];
        self.write(Method::Put, &path, headers, body.into_bytes()).await.map(drop)
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

/// The matches of a page that fit, and whether all it holds belongs to another search.
fn sorted(page: &Value, kind: &str, fits: impl Fn(&Value) -> Fit) -> Result<(Vec<Value>, bool), Problem> {
    let entries = bundle::entries(page, kind).map_err(|_| Problem::NotFhir)?;
    let (mut fitting, mut since, mut others, mut odd) = (vec![], 0_u64, 0_u64, 0_u64);
    for entry in entries.iter().filter(|entry| entry.mode == Mode::Match) {
        let of_kind = entry.resource.get("resourceType").and_then(Value::as_str) == Some(kind);
        match if of_kind { fits(entry.resource) } else { Fit::No } {
            Fit::Yes => fitting.push(entry.resource.clone()),
            Fit::Since => since += 1,
            Fit::No => others += 1,
            Fit::Odd => odd += 1,
        }
    }
    if others + odd > 0 {
        counter!("wasl_ehr_entries_left_out_total").increment(others + odd);
    }
    let astray = others > 0 && since == 0 && fitting.is_empty();
    Ok((fitting, astray))
}

fn outcome_word(result: &Result<Response, Problem>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Problem::Unreachable) => "unreachable",
        Err(Problem::NoAnswer) => "no-answer",
        Err(Problem::Refused(_)) => "refused",
        Err(Problem::NotFhir | Problem::Astray | Problem::Unsettled) => "not-fhir",
        Err(Problem::OverBudget) => "over-budget",
    }
}

fn basic(username: &str, password: &SecretString) -> String {
    let pair = format!("{username}:{}", password.expose_secret());
    format!("Basic {}", data_encoding::BASE64.encode(pair.as_bytes()))
}

/// A resource as it came.
pub struct Raw {
    /// Its text.
    pub text: Phi<String>,
    /// The same, read.
    pub value: Value,
    /// Its version.
    pub etag: ETag,
}

/// A resource is shown to nobody.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("text", &self.text).field("etag", &self.etag).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of_patient_9(value: &Value) -> Fit {
        match value["patient"].as_str() {
            Some("9") if value["status"] == "cancelled" => Fit::Since,
            Some(patient) => Fit::of(patient == "9"),
            None => Fit::Odd,
        }
    }

    #[test]
    fn entries_are_sorted_into_ours_others_and_oddities() {
        let page = json!({ "resourceType": "Bundle", "entry": [
            { "resource": { "resourceType": "Appointment", "id": "1", "patient": "9" } },
            { "resource": { "resourceType": "Appointment", "id": "2", "patient": "8" } },
            { "resource": { "resourceType": "Appointment", "id": "3" } },
            { "resource": { "resourceType": "Appointment", "id": "6", "patient": "9", "status": "cancelled" } },
            { "resource": { "resourceType": "Location", "id": "4" }, "search": { "mode": "match" } },
            { "resource": { "resourceType": "Location", "id": "5" }, "search": { "mode": "include" } },
            { "resource": { "resourceType": "OperationOutcome" }, "search": { "mode": "outcome" } },
        ]});
        let (ours, astray) = sorted(&page, "Appointment", of_patient_9).unwrap();
        assert_eq!((ours.len(), astray), (1, false), "what was included or only said is neither");
        assert_eq!(ours[0]["id"], "1");
        let of = |entries: &[usize]| {
            let entries: Vec<&Value> = entries.iter().map(|n| &page["entry"][*n]).collect();
            sorted(&json!({ "resourceType": "Bundle", "entry": entries }), "Appointment", of_patient_9)
                .unwrap()
        };
        assert_eq!(of(&[1, 4]), (vec![], true), "all of another search, or of another kind");
        assert_eq!(of(&[1, 3]), (vec![], false), "one was ours until just now");
        assert_eq!(of(&[2]), (vec![], false), "nobody knows whose it is");
        assert_eq!(
            sorted(&json!({ "resourceType": "Patient" }), "Appointment", of_patient_9),
            Err(Problem::NotFhir)
        );
    }
}
