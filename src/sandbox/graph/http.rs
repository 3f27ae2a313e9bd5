//! The twin over HTTP: `POST {version}/{phone_number_id}/messages`. What concerns the account is in [`account`].

use crate::sandbox::faults::{self, Fault, Side};
use crate::sandbox::graph::{GraphTwin, Sent, account, limits, rates, status_webhook};
use crate::sandbox::traffic::{self, Peer};
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use serde_json::{Value, json};

/// Mounts the routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/debug_token", get().to(account::debug_token))
        .route("/{version}/debug_token", get().to(account::debug_token))
        .route("/{version}/{number}/messages", post().to(messages))
        .route("/{version}/{number}/calls", post().to(account::calls))
        .route("/{version}/{waba}/message_templates", get().to(account::templates))
        .route("/{version}/{number}", get().to(account::number))
        .route("/{version}/{number}", post().to(account::configure))
        .route("/{version}/{number}/", post().to(account::configure));
}

/// Notes a request and looks who asks; what a script wants to go wrong is still to be done by the caller.
pub(super) async fn admitted(
    twin: &GraphTwin,
    request: &HttpRequest,
    body: &[u8],
) -> Result<Option<Fault>, HttpResponse> {
    let path = request.path().strip_prefix("/sandbox/graph").unwrap_or(request.path());
    let method = request.method().as_str();
    twin.inner.requests.note(method, path, body);
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = asked["status"] != "read";
    let fault = twin.inner.faults.take_for(Side::Graph, method, path, message);
    let fault = faults::after_a_while(fault).await;
    if let Some(fault) = fault.filter(|fault| !fault.works()) {
        return Err(faults::answer(fault, error(400, 130_429, "throttled")).await);
    }
    let authorised = request.headers().get("authorization").and_then(|it| it.to_str().ok());
    if authorised != Some(&format!("Bearer {}", twin.inner.terms.access_token)) {
        return Err(error(401, 190, "the access token is not valid"));
    }
    if twin.state().account.expired(twin.now()) {
        return Err(error(401, 190, "the access token has expired"));
    }
    Ok(fault)
}

/// The answer, unless a script wants it lost.
pub(super) async fn answered(fault: Option<Fault>, answer: HttpResponse) -> HttpResponse {
    match fault {
        Some(fault) => faults::answer(fault, HttpResponse::Ok().finish()).await,
        None => answer,
    }
}

async fn messages(
    twin: Data<GraphTwin>,
    path: Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let shown: Value = serde_json::from_slice(&body).unwrap_or_default();
    let call = twin.inner.traffic.begin(Peer::Meta, &format!("POST /messages {}", traffic::kind(&shown)));
    let (fault, answer) = heard(&twin, &path.1, &request, &body).await;
    faults::told(call, fault, answer)
}

/// The fault that was played, and what is answered.
async fn heard(
    twin: &GraphTwin,
    number: &str,
    request: &HttpRequest,
    body: &Bytes,
) -> (Option<Fault>, HttpResponse) {
    let fault = match admitted(twin, request, body).await {
        Ok(fault) => fault,
        Err(answer) => return (None, answer),
    };
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return (fault, error(400, limits::INVALID, "the body is not JSON"));
    };
    let read = body["status"] == "read";
    let fails = match fault {
        Some(Fault::Fails(code)) => Some(code),
        _ => None,
    };
    let answer = if read { read_mark(twin, &body) } else { taken(twin, number, &body, fails).await };
    (fault, answered(fault.filter(|_| fails.is_none()), answer).await)
}

/// Read mark, with or without the sign that an answer is being written (Meta: typing-indicators).
fn read_mark(twin: &GraphTwin, body: &Value) -> HttpResponse {
    let typing = &body["typing_indicator"];
    let known = typing.is_null() || typing["type"] == "text";
    if body["messaging_product"] != "whatsapp" || !known {
        return error(400, limits::INVALID, "messaging_product or typing_indicator");
    }
    let id = body["message_id"].as_str().unwrap_or_default();
    if !id.starts_with("wamid.") {
        return error(400, limits::PARAMETER, "message_id");
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

/// Takes a message; with `fails`, its status tells that it did not arrive.
async fn taken(twin: &GraphTwin, number: &str, body: &Value, fails: Option<u32>) -> HttpResponse {
    let to = body["to"].as_str().map(digits);
    let address = to.or(body["recipient"].as_str().map(str::to_owned)).unwrap_or_default();
    if let Some(answer) = magic(&address).await {
        return answer;
    }
    if let Err((code, details)) = limits::check(body, &twin.inner.terms.templates) {
        let http = if code == 132_001 { 404 } else { 400 };
        return error(http, code, &details);
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
    let person = state.person(&address);
    let key = state.account.identity(&person).cloned();
    if body["recipient_identity_key_hash"].as_str().is_some_and(|hash| Some(hash) != key.as_deref()) {
        return error(400, 137_000, "the recipient's identity key is another one");
    }
    let to = (&person, key.as_deref());
    let last = if fails.is_some() { "failed" } else { "delivered" };
    let statuses = ["sent", last].map(|status| {
        let errors = fails.filter(|_| status == "failed").map(|code| json!([{ "code": code, "title": "x" }]));
        (status, status_webhook(&sent, to, status, errors, now))
    });
    if let Err(problem) = state.take(&sent, &statuses) {
        return error(500, 131_000, &problem.to_string());
    }
    drop(state);
    twin.inner.wake.notify_one();
    accepted(body, &address, &wamid)
}

fn accepted(body: &Value, address: &str, wamid: &str) -> HttpResponse {
    let contact = if address.contains('.') {
        json!({ "input": address, "user_id": address })
    } else {
        json!({ "input": body["to"], "wa_id": address })
    };
    let mut message = json!({ "id": wamid });
    if body["type"] == "template" {
        message["message_status"] = json!("accepted");
    }
    HttpResponse::Ok().json(json!({
        "messaging_product": "whatsapp", "contacts": [contact], "messages": [message],
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
        "0408" => Some(faults::answer(Fault::Hang, HttpResponse::Ok().finish()).await),
        "1026" => Some(error(400, 131_026, "undeliverable")),
        _ => None,
    }
}

/// An error as Graph words it.
pub(super) fn error(http: u16, code: u32, details: &str) -> HttpResponse {
    let status = StatusCode::from_u16(http).unwrap_or(StatusCode::BAD_REQUEST);
    HttpResponse::build(status).json(json!({ "error": {
        "message": format!("(#{code}) sandbox"),
        "type": "OAuthException",
        "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": details },
        "fbtrace_id": "sandbox",
    }}))
}
