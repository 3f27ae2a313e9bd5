//! The twin over HTTP: `POST {version}/{phone_number_id}/messages`, and what `doctor` asks.

use crate::sandbox::faults::{self, Fault, Side};
use crate::sandbox::graph::{GraphTwin, Sent, limits, rates, status_webhook};
use crate::sandbox::traffic::{self, Peer};
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use serde_json::{Value, json};

/// Mounts the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/{version}/{number}/messages", post().to(messages))
        .route("/{version}/{waba}/message_templates", get().to(templates))
        .route("/{version}/{number}", get().to(number));
}

async fn messages(
    twin: Data<GraphTwin>,
    path: Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let (version, number) = path.into_inner();
    let shown: Value = serde_json::from_slice(&body).unwrap_or_default();
    let call = twin.inner.traffic.begin(Peer::Meta, &format!("POST /messages {}", traffic::kind(&shown)));
    let path = format!("/{version}/{number}/messages");
    let fault = twin.inner.faults.take_for(Side::Graph, "POST", &path, shown["status"] != "read");
    let fault = faults::after_a_while(fault).await;
    let answer = answered(&twin, &number, &request, &body, fault).await;
    faults::told(call, fault, answer)
}

async fn answered(
    twin: &GraphTwin,
    number: &str,
    request: &HttpRequest,
    body: &Bytes,
    fault: Option<Fault>,
) -> HttpResponse {
    if let Some(fault) = fault.filter(|fault| !fault.works()) {
        return faults::answer(fault, error(400, 130_429, "throttled")).await;
    }
    let authorised = request.headers().get("authorization").and_then(|it| it.to_str().ok());
    if authorised != Some(&format!("Bearer {}", twin.inner.terms.access_token)) {
        return error(401, 190, "the access token is not valid");
    }
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return error(400, 100, "the body is not JSON");
    };
    let answer =
        if body["status"] == "read" { read_mark(twin, &body) } else { taken(twin, number, &body).await };
    match fault {
        Some(fault) => faults::answer(fault, HttpResponse::Ok().finish()).await,
        None => answer,
    }
}

fn read_mark(twin: &GraphTwin, body: &Value) -> HttpResponse {
    let id = body["message_id"].as_str().unwrap_or_default();
    if !id.starts_with("wamid.") {
        return error(400, 131_009, "message_id");
    }
    let now = twin.now();
    let mut state = twin.state();
    if let Err(problem) = state.read(id) {
        return error(500, 131_000, &problem.to_string());
    }
    if body["typing_indicator"].is_object() {
        state.chats.begin_typing(id, now);
    }
    HttpResponse::Ok().json(json!({ "success": true }))
}

async fn taken(twin: &GraphTwin, number: &str, body: &Value) -> HttpResponse {
    let to = body["to"].as_str().map(digits);
    let address = to.or(body["recipient"].as_str().map(str::to_owned)).unwrap_or_default();
    if let Some(answer) = magic(&address).await {
        return answer;
    }
    if let Err((code, details)) = limits::check(body, &twin.inner.terms.templates) {
        return error(400, code, &details);
    }
    let now = twin.now();
    let mut state = twin.state();
    let open = state.last_heard(number, &address).is_some_and(|at| now - at < Duration::hours(24));
    if body["type"] != "template" && !open {
        return error(400, 131_047, "the window is closed");
    }
    if rates::too_many(&state.times(number, &address), now) {
        return error(400, 131_056, "too many messages to this person");
    }
    let wamid = twin.wamid(&address);
    let sent = Sent {
        n: 0,
        at: now,
        number: number.to_owned(),
        to: address.clone(),
        wamid: wamid.clone(),
        body: body.clone(),
        statuses: vec![],
    };
    let statuses = ["sent", "delivered"].map(|status| (status, status_webhook(&sent, status, None, now)));
    if let Err(problem) = state.take(&sent, &statuses) {
        return error(500, 131_000, &problem.to_string());
    }
    drop(state);
    twin.inner.wake.notify_one();
    let contact = if address.contains('.') {
        json!({ "input": address, "user_id": address })
    } else {
        json!({ "input": body["to"], "wa_id": address })
    };
    HttpResponse::Ok().json(json!({
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{ "id": wamid, "message_status": "accepted" }],
    }))
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// Numbers that make this twin misbehave.
async fn magic(address: &str) -> Option<HttpResponse> {
    let ending = address.get(address.len().checked_sub(4)?..)?;
    match ending {
        "0429" => Some(error(400, 130_429, "throttled")),
        "0500" => Some(error(500, 131_000, "something went wrong")),
        "0408" => Some(faults::answer(faults::Fault::Hang, HttpResponse::Ok().finish()).await),
        "1026" => Some(error(400, 131_026, "undeliverable")),
        _ => None,
    }
}

async fn templates(twin: Data<GraphTwin>) -> HttpResponse {
    let data: Vec<Value> = twin
        .inner
        .terms
        .templates
        .iter()
        .flat_map(|(name, languages, _)| {
            languages.iter().map(move |language| {
                json!({ "name": name, "language": language, "status": "APPROVED", "category": "UTILITY" })
            })
        })
        .collect();
    HttpResponse::Ok().json(json!({ "data": data }))
}

async fn number(path: Path<(String, String)>) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "id": path.1, "verified_name": "Demo", "quality_rating": "GREEN", "platform_type": "CLOUD_API",
    }))
}

fn error(http: u16, code: u32, details: &str) -> HttpResponse {
    let status = StatusCode::from_u16(http).unwrap_or(StatusCode::BAD_REQUEST);
    HttpResponse::build(status).json(json!({ "error": {
        "message": format!("(#{code}) sandbox"),
        "type": "OAuthException",
        "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": details },
        "fbtrace_id": "sandbox",
    }}))
}
