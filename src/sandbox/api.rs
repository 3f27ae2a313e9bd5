//! What a person does on the phone page, a script does here: `/sandbox/api/...`.

use crate::clock::Moment;
use crate::sandbox::clock::WorldClock;
use crate::sandbox::ehr::EhrTwin;
use crate::sandbox::faults::Faults;
use crate::sandbox::graph::{GraphTwin, Sender, Told};
use crate::sandbox::world::{self, DemoPerson};
use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Query, ServiceConfig, delete, get, post};
use chrono::Duration;
use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How long settling may take in real time.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
/// A retry due this soon is waited for.
const SOON: Duration = Duration::seconds(5);
/// How often it is looked.
const LOOK: std::time::Duration = std::time::Duration::from_millis(10);

/// What the gateway has to do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pending {
    /// Due by now, or being worked on.
    pub due: usize,
    /// When the next job falls due.
    pub next_due: Option<Moment>,
}

/// Asks for the rows per table.
pub type Census = dyn Fn() -> BoxFuture<'static, Vec<(String, i64)>> + Send + Sync;

/// What the composer knows of the gateway.
#[derive(Clone)]
pub struct Hooks {
    /// What it has to do.
    pub pending: Arc<dyn Fn() -> BoxFuture<'static, Pending> + Send + Sync>,
    /// Rows per table.
    pub census: Arc<Census>,
    /// Makes it look again.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

/// Everything the script interface works with.
#[derive(Clone)]
pub struct Api {
    /// "Meta".
    pub graph: GraphTwin,
    /// The embedded EHR, unless a real one is used.
    pub ehr: Option<EhrTwin>,
    /// The world's clock.
    pub clock: WorldClock,
    /// Scripted misbehaviour.
    pub faults: Faults,
    /// The gateway.
    pub hooks: Hooks,
    /// Where everything listens.
    pub urls: Value,
    /// What scripts need to speak as Meta.
    pub whatsapp: Value,
}

/// Mounts the interface.
pub fn routes(api: &Api, config: &mut ServiceConfig) {
    config
        .app_data(Data::new(api.clone()))
        .route("/sandbox/api/world", get().to(the_world))
        .route("/sandbox/api/say", post().to(say))
        .route("/sandbox/api/messages", get().to(messages))
        .route("/sandbox/api/requests", get().to(requests))
        .route("/sandbox/api/meta", post().to(meta))
        .route("/sandbox/api/notice", post().to(notice))
        .route("/sandbox/api/settle", post().to(settle))
        .route("/sandbox/api/clock", post().to(clock))
        .route("/sandbox/api/faults", post().to(add_fault))
        .route("/sandbox/api/faults", get().to(list_faults))
        .route("/sandbox/api/faults", delete().to(clear_faults))
        .route("/sandbox/api/moods", post().to(switch_mood))
        .route("/sandbox/api/moods", get().to(list_moods))
        .route("/sandbox/api/moods", delete().to(clear_moods))
        .route("/sandbox/api/status", post().to(status))
        .route("/sandbox/api/panel", get().to(panel))
        .route("/sandbox/api/hl7", post().to(hl7));
}

async fn the_world(api: Data<Api>) -> HttpResponse {
    let clinics: Vec<Value> = world::clinics()
        .iter()
        .map(|clinic| {
            json!({
                "id": clinic.id,
                "phone_number_id": clinic.phone_number_id,
                "name": { "ar": clinic.name.0, "en": clinic.name.1 },
                "timezone": clinic.zone,
                "services": clinic.services.iter().map(|service| service.id).collect::<Vec<_>>(),
            })
        })
        .collect();
    let people: Vec<Value> = world::people()
        .iter()
        .map(|person| {
            json!({
                "id": person.id,
                "phone": person.phone.as_ref().map(|phone| format!("+{phone}")),
                "bsuid": person.bsuid,
                "locale": person.locale,
                "patients": person.patients,
                "note": person.note,
            })
        })
        .collect();
    HttpResponse::Ok().json(json!({
        "now": api.clock.now(),
        "urls": api.urls,
        "whatsapp": api.whatsapp,
        "clinics": clinics,
        "people": people,
        "magic": {
            "phones": { "0429": "throttled", "0500": "fails", "0408": "hangs", "1026": "undeliverable" },
            "slots": { "taken": "somebody else gets it first", "gone": "deleted meanwhile" },
            "moods": api.ehr.as_ref().map(|ehr| ehr.moods()["moods"].clone()),
        },
    }))
}

#[derive(Deserialize)]
struct Saying {
    from: String,
    to: Option<String>,
    text: Option<String>,
    tap: Option<String>,
    raw: Option<Value>,
}

/// Somebody by id, phone or BSUID; any other phone is a stranger's.
fn somebody(text: &str) -> Sender {
    let digits = text.trim_start_matches('+');
    let known = world::people().into_iter().find(|person: &DemoPerson| {
        person.id == text || person.phone.as_deref() == Some(digits) || person.bsuid.as_deref() == Some(text)
    });
    match known {
        Some(person) => Sender { phone: person.phone, bsuid: person.bsuid },
        None => Sender::at(if text.contains('.') { text } else { digits }),
    }
}

async fn say(api: Data<Api>, saying: Json<Saying>) -> HttpResponse {
    let from = somebody(&saying.from);
    let to = saying.to.clone().unwrap_or_else(|| world::clinics()[0].phone_number_id.to_owned());
    let message = match (&saying.text, &saying.tap, &saying.raw) {
        (Some(text), None, None) => json!({ "type": "text", "text": { "body": text } }),
        (None, Some(tap), None) => api.graph.tapped(&from, tap),
        (None, None, Some(raw)) => raw.clone(),
        _ => return problem(400, "one of text, tap or raw"),
    };
    match api.graph.say(&to, &from, message).await {
        Ok((wamid, true)) => HttpResponse::Accepted().json(json!({ "wamid": wamid })),
        Ok((_, false)) => problem(502, "the gateway did not take it; it will be delivered again"),
        Err(error) => problem(500, &error.to_string()),
    }
}

#[derive(Deserialize)]
struct From {
    from: Option<String>,
    #[serde(default)]
    after: u64,
}

async fn messages(api: Data<Api>, asked: Query<From>) -> HttpResponse {
    let Some(from) = &asked.from else { return problem(400, "from: a person's id, phone or BSUID") };
    let person = somebody(from);
    let addresses: Vec<String> = person.phone.into_iter().chain(person.bsuid).collect();
    let found = api.graph.messages(&addresses, asked.after);
    let next = found.last().map_or(asked.after, |sent| sent.n);
    let messages: Vec<Value> = found
        .into_iter()
        .map(|sent| {
            json!({
                "n": sent.n,
                "at": sent.at,
                "to": sent.to,
                "from": sent.number,
                "wamid": sent.wamid,
                "body": sent.body,
                "statuses": sent.statuses,
            })
        })
        .collect();
    HttpResponse::Ok().json(json!({ "next": next, "messages": messages }))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

/// Everything that was asked of "Meta", read marks and refused requests too.
async fn requests(api: Data<Api>, asked: Query<After>) -> HttpResponse {
    let requests = api.graph.requests(asked.after);
    let next = requests.last().map_or(json!(asked.after), |last| last["n"].clone());
    HttpResponse::Ok().json(json!({ "next": next, "requests": requests }))
}

/// What "Meta" thinks of the account from now on.
async fn meta(api: Data<Api>, told: Json<Told>) -> HttpResponse {
    match api.graph.told(&told) {
        Ok(()) => HttpResponse::Ok().json(json!({})),
        Err(error) => problem(500, &error.to_string()),
    }
}

#[derive(Deserialize)]
struct Notice {
    to: Option<String>,
    field: String,
    value: Value,
}

/// A signed webhook of any field, delivered until it gets its 200.
async fn notice(api: Data<Api>, notice: Json<Notice>) -> HttpResponse {
    let Notice { to, field, value } = notice.into_inner();
    if !value.is_object() {
        return problem(400, "value: an object as in Meta's reference of the field");
    }
    let to = to.unwrap_or_else(|| world::clinics()[0].phone_number_id.to_owned());
    match api.graph.notice(&to, &field, value).await {
        Ok(true) => HttpResponse::Accepted().json(json!({})),
        Ok(false) => problem(502, "the gateway did not take it; it will be delivered again"),
        Err(error) => problem(500, &error.to_string()),
    }
}

async fn settle(api: Data<Api>) -> HttpResponse {
    match settled(&api, SOON).await {
        Ok(next_due) => idle(&api, next_due),
        Err(stuck) => stuck_at(&api, &stuck),
    }
}

fn idle(api: &Api, next_due: Option<Moment>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "now": api.clock.now(), "idle": true, "next_due": next_due }))
}

fn stuck_at(api: &Api, stuck: &Value) -> HttpResponse {
    HttpResponse::GatewayTimeout().json(json!({ "now": api.clock.now(), "idle": false, "stuck": stuck }))
}

/// Waits until nothing is left to do by now; what is due within `soon` counts as now.
async fn settled(api: &Api, soon: Duration) -> Result<Option<Moment>, Value> {
    let mut last = json!(null);
    let waiting = async {
        loop {
            (api.hooks.wake)();
            let pending = (api.hooks.pending)().await;
            let webhooks = api.graph.waiting();
            let near = pending.next_due.is_some_and(|at| at - api.clock.now() < soon);
            if pending.due == 0 && webhooks == 0 && !near {
                return pending.next_due;
            }
            last = json!({ "webhooks": webhooks, "due": pending.due, "next_due": pending.next_due });
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.map_err(|_| last)
}

#[derive(Deserialize)]
struct Hand {
    running: Option<bool>,
    advance: Option<String>,
    to: Option<Moment>,
}

async fn clock(api: Data<Api>, hand: Json<Hand>) -> HttpResponse {
    if let Some(running) = hand.running
        && let Err(error) = api.clock.run(running)
    {
        return problem(500, &error.to_string());
    }
    let target = match (&hand.advance, hand.to) {
        (None, None) => return settle(api).await,
        (Some(advance), None) => match span(advance) {
            Some(span) => api.clock.now() + span,
            None => return problem(400, "advance: an ISO 8601 duration such as PT2H or P1D"),
        },
        (None, Some(to)) => to,
        _ => return problem(400, "advance or to, not both"),
    };
    match step_to(&api, target).await {
        Ok(next_due) => idle(&api, next_due),
        Err(stuck) => stuck_at(&api, &stuck),
    }
}

/// Jobs that fall due on the way run in order, each at its own time.
async fn step_to(api: &Api, target: Moment) -> Result<Option<Moment>, Value> {
    loop {
        let next = settled(api, Duration::zero()).await?;
        let at = next.filter(|at| *at <= target).unwrap_or(target);
        api.clock.put(at.max(api.clock.now().min(target))).map_err(|error| json!(error.to_string()))?;
        if at == target {
            return settled(api, Duration::zero()).await;
        }
    }
}

/// `PnDTnHnMnS`.
fn span(text: &str) -> Option<Duration> {
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((&text[1..], ""));
    let mut total = Duration::zero();
    for (part, units) in [(days, "DW"), (time, "HMS")] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() {
                number.push(c);
                continue;
            }
            let n: i64 = number.parse().ok()?;
            number.clear();
            total += match (units, c) {
                ("DW", 'W') => Duration::weeks(n),
                ("DW", 'D') => Duration::days(n),
                ("HMS", 'H') => Duration::hours(n),
                ("HMS", 'M') => Duration::minutes(n),
                ("HMS", 'S') => Duration::seconds(n),
                _ => return None,
            };
        }
        if !number.is_empty() {
            return None;
        }
    }
    Some(total)
}

async fn add_fault(api: Data<Api>, script: Json<Value>) -> HttpResponse {
    match api.faults.add(&script) {
        Ok(()) => HttpResponse::Ok().json(api.faults.list()),
        Err(wrong) => problem(400, &wrong),
    }
}

async fn list_faults(api: Data<Api>) -> HttpResponse {
    HttpResponse::Ok().json(api.faults.list())
}

async fn clear_faults(api: Data<Api>) -> HttpResponse {
    api.faults.clear();
    HttpResponse::Ok().json(api.faults.list())
}

#[derive(Deserialize)]
struct Switch {
    mood: String,
    on: Option<bool>,
}

/// What is answered where the EHR is not the embedded one.
const NO_MOODS: &str = "only the embedded EHR has moods";

async fn switch_mood(api: Data<Api>, switch: Json<Switch>) -> HttpResponse {
    let Some(ehr) = &api.ehr else { return problem(409, NO_MOODS) };
    match ehr.switch(&switch.mood, switch.on.unwrap_or(true)) {
        Ok(()) => HttpResponse::Ok().json(ehr.moods()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidInput => {
            problem(400, "mood: one of those that GET lists")
        }
        Err(error) => problem(500, &error.to_string()),
    }
}

async fn list_moods(api: Data<Api>) -> HttpResponse {
    match &api.ehr {
        Some(ehr) => HttpResponse::Ok().json(ehr.moods()),
        None => problem(409, NO_MOODS),
    }
}

async fn clear_moods(api: Data<Api>) -> HttpResponse {
    let Some(ehr) = &api.ehr else { return problem(409, NO_MOODS) };
    match ehr.calm() {
        Ok(()) => HttpResponse::Ok().json(ehr.moods()),
        Err(error) => problem(500, &error.to_string()),
    }
}

#[derive(Deserialize)]
struct OneStatus {
    wamid: String,
    status: String,
    errors: Option<Value>,
}

async fn status(api: Data<Api>, one: Json<OneStatus>) -> HttpResponse {
    match api.graph.status(&one.wamid, &one.status, one.errors.clone()) {
        Ok(true) => HttpResponse::Accepted().json(json!({})),
        Ok(false) => problem(404, "no such message"),
        Err(error) => problem(500, &error.to_string()),
    }
}

/// What the EHR and the database hold, for the panel beside the phone.
async fn panel(api: Data<Api>, asked: Query<From>) -> HttpResponse {
    let phone = asked.from.as_deref().and_then(|from| somebody(from).phone);
    let tables: Vec<Value> = (api.hooks.census)()
        .await
        .into_iter()
        .map(|(name, rows)| json!({ "name": name, "rows": rows }))
        .collect();
    let ehr = api.ehr.as_ref().map_or(json!({ "external": true }), |ehr| {
        let counts: serde_json::Map<String, Value> =
            ehr.census().into_iter().map(|(kind, n)| (kind, json!(n))).collect();
        json!({ "counts": counts, "appointments": appointments(ehr, phone.as_deref()) })
    });
    HttpResponse::Ok().json(json!({ "now": api.clock.now(), "ehr": ehr, "database": { "tables": tables } }))
}

/// The appointments of whoever has this number, as the EHR's own staff would see them.
fn appointments(ehr: &EhrTwin, phone: Option<&str>) -> Vec<Value> {
    let Some(phone) = phone else { return vec![] };
    let national = &phone[phone.len().saturating_sub(9)..];
    let patients: Vec<String> = ehr
        .all("Patient")
        .iter()
        .filter(|patient| {
            let known: String = patient["telecom"][0]["value"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            known.ends_with(national)
        })
        .map(|patient| format!("Patient/{}", patient["id"].as_str().unwrap_or_default()))
        .collect();
    let doctors = ehr.all("Practitioner");
    let mut found: Vec<Value> = ehr
        .all("Appointment")
        .iter()
        .filter_map(|appointment| {
            let actors: Vec<&str> = appointment["participant"]
                .as_array()?
                .iter()
                .filter_map(|participant| participant["actor"]["reference"].as_str())
                .collect();
            let patient = actors.iter().find(|actor| patients.iter().any(|mine| mine == *actor))?;
            let doctor = doctors.iter().find(|doctor| {
                actors
                    .contains(&format!("Practitioner/{}", doctor["id"].as_str().unwrap_or_default()).as_str())
            });
            Some(json!({
                "status": appointment["status"],
                "start": appointment["start"],
                "end": appointment["end"],
                "service": appointment["serviceType"][0]["coding"][0]["code"],
                "practitioner": doctor.map(|doctor| doctor["name"][0]["family"].clone()),
                "patient": patient,
            }))
        })
        .collect();
    found.sort_by_key(|appointment| appointment["start"].as_str().unwrap_or_default().to_owned());
    found
}

async fn hl7() -> HttpResponse {
    problem(501, "HL7 v2 comes with a later issue")
}

fn problem(status: u16, detail: &str) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
    HttpResponse::build(status)
        .content_type("application/problem+json")
        .body(json!({ "status": status.as_u16(), "detail": detail }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("PT2H", Some(Duration::hours(2)))]
    #[case("P1DT30M", Some(Duration::minutes(24 * 60 + 30)))]
    #[case("P2W", Some(Duration::weeks(2)))]
    #[case("PT", Some(Duration::zero()))]
    #[case("2H", None)]
    #[case("PT2", None)]
    #[case("P1H", None)]
    fn spans(#[case] text: &str, #[case] expected: Option<Duration>) {
        assert_eq!(span(text), expected);
    }
}
