//! The embedded EHR in a process of its own (the sandbox), filled for many clinics, behind a proxy that notes how
//! long each of its answers takes.

use crate::bodies::phone;
use crate::child::Process;
use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use chrono::{Duration as Span, TimeZone, Utc};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The sandbox as an EHR.
pub struct Ehr {
    _process: Process,
    /// Its FHIR base.
    pub base: String,
    _dir: TempDir,
}

impl Ehr {
    pub fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_wasl"));
        command.args(["sandbox", "--port", "0", "--data"]).arg(dir.path()).env("WASL_LOG", "warn");
        let (process, mut out) = Process::heard(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut line = String::new();
        BufReader::new(&mut out).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        Self { _process: process, base: format!("{url}/fhir"), _dir: dir }
    }

    /// Patients `0..patients`, and for each of so many clinics a doctor with free half-hours.
    pub async fn fill(&self, clinics: usize, slots: usize, patients: usize) {
        let mut all = vec![json!({
            "resourceType": "Location", "id": "bench-place", "status": "active", "name": "Building",
        })];
        all.extend((0..patients).map(patient));
        (0..clinics).for_each(|clinic| all.extend(doctor(clinic, slots)));
        let client = reqwest::Client::new();
        for part in all.chunks(200) {
            let entries: Vec<Value> = part.iter().map(put).collect();
            let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries });
            let request = client.post(&self.base).header("content-type", "application/fhir+json");
            let response = request.body(bundle.to_string()).send().await.unwrap();
            assert_eq!(response.status(), 200, "the EHR takes its demo data");
        }
    }

    /// Everything a search finds, all pages.
    pub async fn search(&self, query: &str) -> Vec<Value> {
        let (client, mut found) = (reqwest::Client::new(), Vec::new());
        let mut next = Some(format!("{}/{query}", self.base));
        while let Some(url) = next {
            let text = client.get(url).send().await.unwrap().text().await.unwrap();
            let page: Value = serde_json::from_str(&text).unwrap();
            found.extend(
                page["entry"].as_array().into_iter().flatten().map(|entry| entry["resource"].clone()),
            );
            let links = page["link"].as_array().into_iter().flatten();
            next = links
                .filter(|it| it["relation"] == "next")
                .find_map(|it| Some(it["url"].as_str()?.to_owned()));
        }
        found
    }
}

fn put(resource: &Value) -> Value {
    let text = |name: &str| resource[name].as_str().unwrap_or_default();
    let url = format!("{}/{}", text("resourceType"), text("id"));
    json!({ "resource": resource, "request": { "method": "PUT", "url": url } })
}

fn patient(n: usize) -> Value {
    json!({
        "resourceType": "Patient", "id": format!("bench-{n}"), "active": true, "birthDate": "1990-01-01",
        "name": [{ "family": "Crowd", "given": ["Demo"] }],
        "telecom": [{ "system": "phone", "value": format!("+{}", phone(n)), "use": "mobile" }],
    })
}

fn doctor(clinic: usize, slots: usize) -> Vec<Value> {
    let kind = json!([{ "coding": [{ "system": "http://snomed.info/sct", "code": "419772000" }] }]);
    let (who, when) = (format!("bench-doctor-{clinic}"), format!("bench-{clinic}"));
    let mut all = vec![
        json!({ "resourceType": "Practitioner", "id": who, "active": true,
            "name": [{ "family": "Alqahtani", "given": ["Noura"] }] }),
        json!({ "resourceType": "Schedule", "id": when, "active": true, "serviceType": kind, "actor": [
            { "reference": format!("Practitioner/{who}") }, { "reference": "Location/bench-place" }] }),
    ];
    let tomorrow =
        (wasl::clock::Clock::system().now() + Span::days(1)).date_naive().and_hms_opt(6, 0, 0).unwrap();
    let first = Utc.from_utc_datetime(&tomorrow);
    for n in 0..slots {
        // Fourteen half-hours a day.
        let (day, half) = (i64::try_from(n / 14).unwrap(), i64::try_from(n % 14).unwrap());
        let start = first + Span::days(day) + Span::minutes(half * 30);
        let text = |at: chrono::DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        all.push(json!({ "resourceType": "Slot", "id": format!("bench-{clinic}-{n}"), "serviceType": kind,
            "schedule": { "reference": format!("Schedule/{when}") }, "status": "free",
            "start": text(start), "end": text(start + Span::minutes(30)) }));
    }
    all
}

/// When the EHR was asked and when it had answered.
type Times = Mutex<Vec<(Instant, Instant)>>;

/// A proxy before the EHR.
pub struct Watched {
    /// The FHIR base through it.
    pub base: String,
    times: Arc<Times>,
}

struct Through {
    client: reqwest::Client,
    upstream: String,
    times: Arc<Times>,
}

impl Watched {
    pub fn start(ehr: &Ehr) -> Self {
        let times = Arc::<Times>::default();
        let (origin, path) = ehr.base.split_at(ehr.base.find("/sandbox").unwrap());
        let (upstream, theirs) = (origin.to_owned(), Arc::clone(&times));
        let (ready, port) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let data = Data::new(Through { client: reqwest::Client::new(), upstream, times: theirs });
            let app = move || App::new().app_data(data.clone()).default_service(to(through));
            let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
            ready.send(server.addrs()[0].port()).unwrap();
            actix_web::rt::System::new().block_on(server.run()).unwrap();
        });
        Self { base: format!("http://127.0.0.1:{}{path}", port.recv().unwrap()), times }
    }

    /// How long the EHR was at work since the last look, however many questions it had at once.
    pub fn at_work(&self) -> Duration {
        let mut times = std::mem::take(&mut *self.times.lock().unwrap());
        times.sort();
        let mut total = Duration::ZERO;
        let mut until: Option<Instant> = None;
        for (begin, end) in times {
            let from = until.map_or(begin, |until| until.max(begin));
            total += end.saturating_duration_since(from);
            until = Some(until.map_or(end, |until| until.max(end)));
        }
        total
    }
}

async fn through(it: Data<Through>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let begin = Instant::now();
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap();
    let mut asked = it.client.request(method, format!("{}{}", it.upstream, request.uri()));
    // The host is kept, so that links of pages lead through here.
    for name in ["host", "content-type", "accept", "if-match", "if-none-exist", "prefer"] {
        if let Some(value) = request.headers().get(name).and_then(|it| it.to_str().ok()) {
            asked = asked.header(name, value);
        }
    }
    let response = asked.body(body.to_vec()).send().await.unwrap();
    let status = actix_web::http::StatusCode::from_u16(response.status().as_u16()).unwrap();
    let mut answer = HttpResponse::build(status);
    for name in ["content-type", "etag", "location"] {
        if let Some(value) = response.headers().get(name).and_then(|it| it.to_str().ok()) {
            answer.insert_header((name, value));
        }
    }
    let body = response.bytes().await.unwrap();
    it.times.lock().unwrap().push((begin, Instant::now()));
    answer.body(body)
}
