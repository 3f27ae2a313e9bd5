//! The twin over HTTP.

use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::ehr::book::{KINDS, Refused, Writing, Written};
use crate::sandbox::ehr::moods::{Mood, Now};
use crate::sandbox::ehr::params::decode;
use crate::sandbox::ehr::{magic, matching, pages, search, transaction};
use crate::sandbox::faults::{self, Side};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, PayloadConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use std::sync::PoisonError;

/// Largest body: a transaction of a few hundred resources.
const BODY: usize = 8 << 20;
const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";

/// Mounts one handler for everything below the base.
pub fn routes(config: &mut ServiceConfig) {
    config.app_data(PayloadConfig::new(BODY)).default_service(actix_web::web::to(handle));
}

async fn handle(twin: Data<EhrTwin>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let full = request.path();
    let base_path = request.match_pattern().unwrap_or_default();
    let base_path = base_path.split("/{").next().unwrap_or_default();
    let at = full.find("/fhir").map_or(base_path.len(), |at| at + "/fhir".len());
    let path = full[at..].to_owned();
    let fault_path = if path.is_empty() { "/" } else { path.as_str() };
    let fault = twin.inner.faults.take(Side::Ehr, request.method().as_str(), fault_path);
    if let Some(fault) = fault.filter(|fault| !fault.works()) {
        return faults::answer(fault, refusal(&Refused(429, "too many requests".to_owned()))).await;
    }
    let info = request.connection_info().clone();
    let base = format!("{}://{}{}", info.scheme(), info.host(), &full[..at]);
    let moods = twin.inner.moods.now();
    let response = Call { twin: &twin, request: &request, base, body: &body, moods }.answer(&path);
    match fault {
        Some(fault) => faults::answer(fault, HttpResponse::Ok().finish()).await,
        None => response,
    }
}

struct Call<'a> {
    twin: &'a EhrTwin,
    request: &'a HttpRequest,
    base: String,
    body: &'a Bytes,
    moods: Now,
}

impl Call<'_> {
    fn answer(&self, path: &str) -> HttpResponse {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let method = self.request.method();
        let result = match (parts.as_slice(), method) {
            (["metadata"], &Method::GET) => Ok(resource(StatusCode::OK, &capability(), None)),
            ([], &Method::POST) => self.transaction(),
            (["_history"], &Method::GET) => Ok(self.changes(None)),
            ([kind, ..], _) if !KINDS.contains(kind) => {
                Err(Refused(404, format!("Unknown resource type {kind:?}")))
            }
            ([kind], &Method::GET) => self.search(kind, self.request.query_string()),
            ([kind, "_search"], &Method::POST) => self.search(kind, &String::from_utf8_lossy(self.body)),
            ([kind, "_history"], &Method::GET) => Ok(self.changes(Some(kind))),
            ([_], &Method::POST) => self.create(),
            ([kind, id], &Method::GET) => self.read(kind, id, None),
            ([kind, id, "_history"], &Method::GET) => Ok(self.history(kind, id)),
            ([kind, id, "_history", version], &Method::GET) => self.read(kind, id, Some(version)),
            (["Patient", "$match"], &Method::POST) => self.matched(),
            ([_, id], &Method::PUT) => self.update(id),
            ([kind, id], &Method::PATCH) => self.patch(kind, id),
            ([kind, id], &Method::DELETE) => self.delete(kind, id),
            _ => Err(Refused(405, "not supported here".to_owned())),
        };
        result.unwrap_or_else(|refused| refusal(&refused))
    }

    fn json(&self) -> Result<Value, Refused> {
        serde_json::from_slice(self.body).map_err(|_| Refused(400, "the body is not JSON".to_owned()))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    fn transaction(&self) -> Result<HttpResponse, Refused> {
        transaction::run(self.twin, &self.json()?).map(|answer| resource(StatusCode::OK, &answer, None))
    }

    fn search(&self, kind: &str, query: &str) -> Result<HttpResponse, Refused> {
        let fresh = self.header("cache-control").is_some_and(|it| it.contains("no-cache"));
        let now = self.twin.inner.clock.now();
        let mut cache = self.twin.inner.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let page = cache.page(&format!("{kind}?{query}"), self.moods, fresh, now, || {
            search::run(&self.twin.state(), kind, &decode(query), &self.base, self.moods)
        });
        page.map(|page| resource(StatusCode::OK, &page, None)).map_err(|bad| Refused(400, bad.0))
    }

    fn matched(&self) -> Result<HttpResponse, Refused> {
        let patients: Vec<Value> = self.twin.all("Patient");
        matching::run(&patients, &self.json()?).map(|page| resource(StatusCode::OK, &page, None))
    }

    fn create(&self) -> Result<HttpResponse, Refused> {
        let body = self.json()?;
        self.writing(|writing| writing.create(body, self.header("if-none-exist")))
    }

    fn update(&self, id: &str) -> Result<HttpResponse, Refused> {
        let mut body = self.json()?;
        body["id"] = json!(id);
        let inner = &self.twin.inner;
        magic::meddle(&mut self.twin.state(), &inner.chance, inner.clock.now(), &body)?;
        self.writing(|writing| writing.update(body, self.header("if-match")))
    }

    fn patch(&self, kind: &str, id: &str) -> Result<HttpResponse, Refused> {
        let operations = self.json()?;
        self.writing(|writing| writing.patch(kind, id, &operations, self.header("if-match")))
    }

    fn delete(&self, kind: &str, id: &str) -> Result<HttpResponse, Refused> {
        let mut state = self.twin.state();
        let inner = &self.twin.inner;
        Writing { state: &mut state, now: inner.clock.now(), chance: &inner.chance, moods: self.moods }
            .delete(kind, id, self.header("if-match"))?;
        state.commit().map_err(transaction::disk)?;
        Ok(HttpResponse::NoContent().finish())
    }

    fn writing(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<Written, Refused>,
    ) -> Result<HttpResponse, Refused> {
        let mut state = self.twin.state();
        let inner = &self.twin.inner;
        let moods = self.moods;
        let written =
            work(&mut Writing { state: &mut state, now: inner.clock.now(), chance: &inner.chance, moods })?;
        let stored = state.current(&written.kind, &written.id).and_then(|it| it.resource.clone());
        if moods.has(Mood::Lies) && self.request.method() == Method::PUT {
            state.roll_back();
        }
        state.commit().map_err(transaction::disk)?;
        let status = if written.created { StatusCode::CREATED } else { StatusCode::OK };
        let stored = stored.filter(|_| !(written.created && moods.has(Mood::EmptyCreate)));
        Ok(self.versioned(status, stored.as_ref(), &written.kind, &written.id, written.version))
    }

    /// A resource with its version, as this moment's mood calls it.
    fn versioned(
        &self,
        status: StatusCode,
        stored: Option<&Value>,
        kind: &str,
        id: &str,
        number: u64,
    ) -> HttpResponse {
        let version = self.moods.version(number);
        let location = format!("{}/{kind}/{id}/_history/{version}", self.base);
        match stored {
            Some(stored) => {
                let dressed = pages::dressed(stored.clone(), self.moods);
                resource(status, &dressed, Some((version, location)))
            }
            None => HttpResponse::build(status)
                .insert_header(("ETag", format!("W/\"{version}\"")))
                .insert_header(("Location", location))
                .finish(),
        }
    }

    fn read(&self, kind: &str, id: &str, version: Option<&str>) -> Result<HttpResponse, Refused> {
        let state = self.twin.state();
        let found = match version {
            Some(wanted) => state.history(kind, id).iter().find(|it| self.moods.version(it.number) == wanted),
            None => state.current(kind, id),
        };
        let found = found.ok_or(Refused(404, format!("{kind} is not known")))?;
        let Some(value) = &found.resource else {
            return Err(Refused(410, format!("{kind} was deleted")));
        };
        Ok(self.versioned(StatusCode::OK, Some(value), kind, id, found.number))
    }

    fn history(&self, kind: &str, id: &str) -> HttpResponse {
        let state = self.twin.state();
        let entries: Vec<Value> =
            state.history(kind, id).iter().rev().map(|it| json!({ "resource": it.resource })).collect();
        resource(StatusCode::OK, &bundle_of_history(entries), None)
    }

    fn changes(&self, kind: Option<&str>) -> HttpResponse {
        let since = decode(self.request.query_string());
        let since = since.iter().find(|(name, _)| name == "_since").map(|(_, value)| value.clone());
        let entries = self
            .twin
            .state()
            .versions_of(kind)
            .into_iter()
            .rev()
            .filter(|(_, _, version)| since.as_ref().is_none_or(|since| version.at >= *since))
            .map(|(kind, id, version)| {
                json!({ "fullUrl": format!("{}/{kind}/{id}", self.base), "resource": version.resource })
            })
            .collect();
        resource(StatusCode::OK, &bundle_of_history(entries), None)
    }
}

fn bundle_of_history(entries: Vec<Value>) -> Value {
    json!({ "resourceType": "Bundle", "type": "history", "total": entries.len(), "entry": entries })
}

fn resource(status: StatusCode, value: &Value, version: Option<(String, String)>) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if let Some((version, location)) = version {
        response.insert_header(("ETag", format!("W/\"{version}\"")));
        if status == StatusCode::CREATED {
            response.insert_header(("Location", location));
        }
    }
    response.content_type(FHIR_JSON).body(value.to_string())
}

fn refusal(refused: &Refused) -> HttpResponse {
    let outcome = json!({
        "resourceType": "OperationOutcome",
        "issue": [{ "severity": "error", "code": "processing", "diagnostics": refused.1 }],
    });
    let status = StatusCode::from_u16(refused.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).content_type(FHIR_JSON).body(outcome.to_string())
}

fn capability() -> Value {
    let interactions =
        ["read", "vread", "update", "patch", "delete", "create", "search-type", "history-instance"];
    let interactions: Vec<Value> = interactions.iter().map(|code| json!({ "code": code })).collect();
    let kinds: Vec<Value> = KINDS
        .iter()
        .map(|kind| {
            json!({
                "type": kind,
                "versioning": "versioned-update",
                "conditionalCreate": true,
                "updateCreate": true,
                "interaction": interactions,
            })
        })
        .collect();
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "software": { "name": "Wasl sandbox EHR" },
        "rest": [{ "mode": "server", "interaction": [{ "code": "transaction" }], "resource": kinds }],
    })
}
