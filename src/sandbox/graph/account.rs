//! What "Meta" says of the account: the number and its quality, the access token and its end, templates, calls, and
//! where webhooks of a number go.

use crate::clock::{Moment, from_millis};
use crate::sandbox::graph::http::{admitted, answered, error};
use crate::sandbox::graph::{GraphTwin, Sender, display_number, limits};
use actix_web::web::{Bytes, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;

/// A callback that does not prove itself in this time is refused.
const PROOF: Duration = Duration::from_secs(10);
/// What a callback must send back.
const CHALLENGE: &str = "1158201444";
/// "Callback verification failed" (Graph API error 2200).
const UNPROVEN: u32 = 2_200;

/// What a script can make "Meta" think.
#[derive(Debug, Default)]
pub struct Account {
    /// When the access token ends; never, if there is none.
    token_expires_at: Option<Moment>,
    /// Quality ratings other than GREEN, by number.
    quality: HashMap<String, String>,
    /// Where webhooks of a number go instead.
    callbacks: HashMap<String, String>,
    /// Hashes of people's identity keys, by number or BSUID.
    identities: HashMap<String, String>,
    /// How templates stand other than approved, by name.
    templates: HashMap<String, String>,
}

impl Account {
    /// Takes in a line of the journal.
    pub fn replay(&mut self, line: &Value) {
        match line["t"].as_str() {
            Some("token") => self.token_expires_at = line["at"].as_i64().map(from_millis),
            Some("quality") => put(&mut self.quality, line, "rating"),
            Some("callback") => put(&mut self.callbacks, line, "url"),
            Some("identity") => put(&mut self.identities, line, "hash"),
            Some("template") => put(&mut self.templates, line, "status"),
            _ => {}
        }
    }

    /// True when the access token has ended.
    pub fn expired(&self, now: Moment) -> bool {
        self.token_expires_at.is_some_and(|at| at <= now)
    }

    /// The hash of somebody's identity key, where the check is on (Meta: identity-change).
    pub fn identity(&self, person: &Sender) -> Option<&String> {
        person.addresses().iter().find_map(|address| self.identities.get(address))
    }

    /// Where webhooks of `number` go, unless to the app's own callback.
    pub fn callback(&self, number: &str) -> Option<&String> {
        self.callbacks.get(number)
    }
}

/// An empty value takes the entry away.
fn put(entries: &mut HashMap<String, String>, line: &Value, member: &str) {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    if text(member).is_empty() {
        entries.remove(&text("number"));
    } else {
        entries.insert(text("number"), text(member));
    }
}

/// What a script tells "Meta" of the account.
#[derive(Debug, Deserialize)]
pub struct Told {
    /// When the access token ends, in ISO 8601; `null`: never.
    #[serde(default, with = "double")]
    token_expires_at: Option<Option<Moment>>,
    /// Quality ratings by number: GREEN, YELLOW, RED.
    #[serde(default)]
    quality: HashMap<String, String>,
    /// Hashes of identity keys by number (digits) or BSUID: a new one is a new phone, or a new owner.
    #[serde(default)]
    identity: HashMap<String, String>,
    /// How templates stand, by name: PAUSED, DISABLED; empty: approved again.
    #[serde(default)]
    templates: HashMap<String, String>,
}

/// Tells "absent" from `null`.
mod double {
    use crate::clock::Moment;
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Moment>>, D::Error> {
        Option::deserialize(from).map(Some)
    }
}

impl GraphTwin {
    /// Changes what "Meta" thinks of the account; it survives a restart.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn told(&self, told: &Told) -> std::io::Result<()> {
        let mut state = self.state();
        if let Some(at) = told.token_expires_at {
            state.note(&json!({ "t": "token", "at": at.map(|at| at.timestamp_millis()) }))?;
        }
        for (number, rating) in &told.quality {
            state.note(&json!({ "t": "quality", "number": number, "rating": rating }))?;
        }
        for (address, hash) in &told.identity {
            state.note(&json!({ "t": "identity", "number": address, "hash": hash }))?;
        }
        for (name, status) in &told.templates {
            state.note(&json!({ "t": "template", "number": name, "status": status }))?;
        }
        Ok(())
    }

    /// Asks a callback to prove itself, as Meta does before it uses one (Meta: webhooks/create-webhook-endpoint).
    async fn proven(&self, url: &str, token: &str) -> bool {
        let Ok(mut asked) = reqwest::Url::parse(url) else { return false };
        asked
            .query_pairs_mut()
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", CHALLENGE)
            .append_pair("hub.verify_token", token);
        let Ok(response) = self.inner.client.get(asked).timeout(PROOF).send().await else { return false };
        response.status() == 200 && response.text().await.is_ok_and(|body| body == CHALLENGE)
    }
}

#[derive(Deserialize)]
pub(super) struct Fields {
    fields: Option<String>,
}

/// Without `fields` Graph answers a few; a field that does not exist is an error.
pub(super) async fn number(
    twin: Data<GraphTwin>,
    path: Path<(String, String)>,
    asked: Query<Fields>,
    request: HttpRequest,
) -> HttpResponse {
    let fault = match admitted(&twin, &request, b"").await {
        Ok(fault) => fault,
        Err(answer) => return answer,
    };
    let known = facts(&twin, &path.1);
    let wanted = asked.fields.as_deref().unwrap_or(
        "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput",
    );
    let mut answer = json!({ "id": path.1 });
    for field in wanted.split(',').map(str::trim).filter(|field| !field.is_empty()) {
        match known.get(field) {
            Some(Value::Null) => {}
            Some(value) => answer[field] = value.clone(),
            None => {
                let details = format!("Tried accessing nonexisting field ({field})");
                return error(400, limits::INVALID, &details);
            }
        }
    }
    answered(fault, HttpResponse::Ok().json(answer)).await
}

/// Every field of a number that OpenAPI v23 names; `null`: known, and absent here.
fn facts(twin: &GraphTwin, number: &str) -> Value {
    let state = twin.state();
    let quality = state.account.quality.get(number).map_or("GREEN", String::as_str);
    let callbacks = json!({
        "application": twin.inner.terms.webhook_url,
        "phone_number": state.account.callback(number),
    });
    json!({
        "id": number, "verified_name": "Oasis Hospital", "display_phone_number": display_number(number),
        "quality_rating": quality, "quality_score": { "score": quality }, "status": "CONNECTED",
        "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API", "account_mode": "LIVE",
        "name_status": "APPROVED", "throughput": { "level": "STANDARD" }, "webhook_configuration": callbacks,
        "whatsapp_business_manager_messaging_limit": "TIER_2K", "messaging_limit_tier": "TIER_2K",
        "is_official_business_account": false, "is_on_biz_app": false, "is_pin_enabled": true,
        "is_preverified_number": false, "last_onboarded_time": "2026-01-05T08:00:00+0000",
        "country_code": "US", "country_dial_code": "1", "search_visibility": "NON_VISIBLE",
        "eligibility_for_api_business_global_search": "NON_ELIGIBLE_UNDEFINED_COUNTRY",
        "health_status": { "can_send_message": "AVAILABLE", "entities": [] },
        "conversational_automation": null, "new_name_status": null, "certificate": null, "new_certificate": null,
        "username": null,
    })
}

#[derive(Deserialize)]
pub(super) struct Inspected {
    input_token: Option<String>,
}

/// Facebook Login, "debug_token": an inspected token that is bad is an answer, not an error.
pub(super) async fn debug_token(
    twin: Data<GraphTwin>,
    asked: Query<Inspected>,
    request: HttpRequest,
) -> HttpResponse {
    let bearer = request.headers().get("authorization").and_then(|it| it.to_str().ok());
    twin.inner.requests.note("GET", "/debug_token", b"");
    if bearer.is_none_or(str::is_empty) {
        return error(401, 190, "the access token is not valid");
    }
    let expires_at = twin.state().account.token_expires_at;
    let known = asked.input_token.as_deref() == Some(twin.inner.terms.access_token.as_str());
    let valid = known && expires_at.is_none_or(|at| at > twin.now());
    let mut data = json!({
        "app_id": "670000000000001", "type": "SYSTEM_USER", "application": "Wasl sandbox", "user_id": "1000001",
        "is_valid": valid, "expires_at": expires_at.map_or(0, |at| at.timestamp()), "data_access_expires_at": 0,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"],
    });
    if !known {
        data = json!({ "error": { "code": 190, "message": "Malformed access token" }, "is_valid": false, "scopes": [] });
    } else if !valid {
        data["error"] = json!({ "code": 190, "subcode": 463, "message": "Session has expired" });
    }
    HttpResponse::Ok().json(json!({ "data": data }))
}

/// Meta: calling/user-initiated-calls. A call that is refused ends; nobody here can take one.
pub(super) async fn calls(twin: Data<GraphTwin>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let fault = match admitted(&twin, &request, &body).await {
        Ok(fault) => fault,
        Err(answer) => return answer,
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if body["messaging_product"] != "whatsapp" {
        return error(400, limits::INVALID, "messaging_product");
    }
    if body["call_id"].as_str().is_none_or(|id| !id.starts_with("wacid.")) {
        return error(400, limits::MISSING, "call_id");
    }
    let answer = match body["action"].as_str() {
        Some("reject" | "terminate") => {
            HttpResponse::Ok().json(json!({ "messaging_product": "whatsapp", "success": true }))
        }
        Some("connect" | "pre_accept" | "accept") => {
            error(400, limits::PARAMETER, "this sandbox carries no sound")
        }
        _ => error(400, limits::PARAMETER, "action"),
    };
    answered(fault, answer).await
}

/// `webhook_configuration` of a number (Meta: webhooks/override).
pub(super) async fn configure(
    twin: Data<GraphTwin>,
    path: Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let fault = match admitted(&twin, &request, &body).await {
        Ok(fault) => fault,
        Err(answer) => return answer,
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let wanted = &body["webhook_configuration"];
    let Some(url) = wanted["override_callback_uri"].as_str() else {
        return error(400, limits::MISSING, "webhook_configuration.override_callback_uri");
    };
    if url.len() > 200 {
        return error(400, limits::PARAMETER, "override_callback_uri has at most 200 characters");
    }
    let token = wanted["verify_token"].as_str().unwrap_or_default();
    if !url.is_empty() && !twin.proven(url, token).await {
        return error(400, UNPROVEN, "the callback did not answer with the challenge");
    }
    let line = json!({ "t": "callback", "number": path.1, "url": url });
    if let Err(problem) = twin.state().note(&line) {
        return error(500, 131_000, &problem.to_string());
    }
    answered(fault, HttpResponse::Ok().json(json!({ "success": true }))).await
}

pub(super) async fn templates(twin: Data<GraphTwin>, request: HttpRequest) -> HttpResponse {
    let fault = match admitted(&twin, &request, b"").await {
        Ok(fault) => fault,
        Err(answer) => return answer,
    };
    let data = told(&twin);
    answered(fault, HttpResponse::Ok().json(json!({ "data": data }))).await
}

/// Every template in each of its languages.
fn told(twin: &GraphTwin) -> Vec<Value> {
    let terms = &twin.inner.terms;
    let state = twin.state();
    let status = |name: &String| state.account.templates.get(name).map_or("APPROVED", String::as_str);
    let one = |name: &String, language: &String| json!({ "name": name, "language": language, "status": status(name), "category": "UTILITY" });
    let all = terms.templates.iter();
    all.flat_map(|(name, languages, _)| {
        languages.iter().map(|language| one(name, language)).collect::<Vec<_>>()
    })
    .collect()
}
