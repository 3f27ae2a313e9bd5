//! `GET` and `POST /webhooks/whatsapp`.

use crate::engine::Engine;
use crate::inbound::reading::sorted;
use crate::seal::same;
use crate::wire::whatsapp::signature;
use crate::wire::whatsapp::webhook::{self, MAX_BODY};
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Payload, PayloadConfig, Query, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use metrics::counter;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// What Meta and we know of each other.
#[derive(Clone)]
pub struct Secrets {
    /// App secrets: the current one first, older ones until every redelivery under them is over.
    pub app_secrets: Vec<SecretString>,
    /// What Meta proves itself with when the callback is set up.
    pub verify_token: SecretString,
}

/// Everything the two handlers need.
pub struct Inlet {
    /// Where what was heard becomes durable.
    pub engine: Engine,
    /// Who may speak.
    pub secrets: Secrets,
}

/// Mounts the webhook.
pub fn routes(config: &mut ServiceConfig) {
    config.service(
        actix_web::web::resource("/webhooks/whatsapp")
            .app_data(PayloadConfig::new(MAX_BODY))
            .route(actix_web::web::get().to(verify))
            .route(actix_web::web::post().to(receive)),
    );
}

#[derive(Deserialize)]
struct Challenge {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

async fn verify(inlet: Data<Inlet>, asked: Query<Challenge>) -> HttpResponse {
    let expected = inlet.secrets.verify_token.expose_secret();
    let token = asked.token.as_deref().unwrap_or_default();
    let right = asked.mode.as_deref() == Some("subscribe") && same(token.as_bytes(), expected.as_bytes());
    match (&asked.challenge, right) {
        (Some(challenge), true) => HttpResponse::Ok().content_type("text/plain").body(challenge.clone()),
        _ => HttpResponse::Forbidden().finish(),
    }
}

async fn receive(inlet: Data<Inlet>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let mut payload = payload.into_inner();
    let body = match Bytes::from_request(&request, &mut payload).await {
        Ok(body) => body,
        Err(error) if error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE => {
            return counted("too-long", HttpResponse::PayloadTooLarge().finish());
        }
        Err(_) => return counted("broken-off", HttpResponse::BadRequest().finish()),
    };
    if !signed(&inlet.secrets, &request, &body) {
        return counted("unsigned", HttpResponse::Unauthorized().finish());
    }
    let Ok(updates) = webhook::parse(&body) else {
        // Signed by Meta and yet unreadable: a repeat would not read better, so it is taken and counted.
        return counted("unreadable", HttpResponse::Ok().finish());
    };
    let (arrivals, news) = sorted(&inlet.engine, updates);
    match inlet.engine.accept(arrivals, news).await {
        Ok(receipt) => {
            counter!("wasl_messages_heard_total").increment(receipt.fresh as u64);
            counter!("wasl_messages_repeated_total").increment(receipt.repeats as u64);
            counter!("wasl_messages_flooded_total").increment(receipt.flooded as u64);
            counter!("wasl_messages_undelivered_total").increment(receipt.undelivered as u64);
            counted("accepted", HttpResponse::Ok().finish())
        }
        Err(error) => {
            tracing::error!(%error, "a webhook could not be made durable; Meta keeps it");
            counted("not-durable", HttpResponse::ServiceUnavailable().finish())
        }
    }
}

fn counted(outcome: &'static str, response: HttpResponse) -> HttpResponse {
    counter!("wasl_webhooks_total", "outcome" => outcome).increment(1);
    response
}

fn signed(secrets: &Secrets, request: &HttpRequest, body: &[u8]) -> bool {
    let header = request.headers().get(signature::HEADER).and_then(|value| value.to_str().ok());
    let keys: Vec<&[u8]> =
        secrets.app_secrets.iter().map(|secret| secret.expose_secret().as_bytes()).collect();
    signature::verify(&keys, header, body)
}
