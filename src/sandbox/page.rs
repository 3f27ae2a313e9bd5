//! The phone page at `/sandbox`: rendered by the server in the language asked for, usable without scripts, kept up to
//! date by server-sent events. What it does, a script can do at `/sandbox/api`.

mod bubble;
mod forms;
mod lead;
mod lean;
mod live;
mod markup;
mod parts;
mod raw;
mod records;
mod render;
mod scene;
mod search;
mod switches;
mod texts;
mod when;

use crate::sandbox::api::{self, Api};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;
use scene::{Ask, Scene};
use std::io::Write;
use std::sync::LazyLock;

/// One sheet: what all pages share, then what is this page's.
const SHEETS: [&str; 2] = [include_str!("page/wasl.css"), include_str!("page/phone.css")];
const SCRIPT: &str = include_str!("page/phone.js");

/// Elements of a chat that the first paint has; the rest of a long one is left to the phone's owner.
const FIRST_LINES: usize = 40;

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static SHEET: LazyLock<String> = LazyLock::new(|| lean::sheet(&SHEETS.concat()));
static LEAN_SCRIPT: LazyLock<String> = LazyLock::new(|| lean::script(SCRIPT));
/// Changes with sheet and script, so that browsers may keep both.
static STAMP: LazyLock<String> = LazyLock::new(|| parts::hash(&format!("{}{}", *SHEET, *LEAN_SCRIPT)));

/// Mounts the page.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sandbox", get().to(page))
        .route("/sandbox/page/style.css", get().to(sheet))
        .route("/sandbox/page/phone.js", get().to(script))
        .route("/sandbox/page/live", get().to(live::live))
        .route("/sandbox/page/say", post().to(forms::say))
        .route("/sandbox/page/clock", post().to(forms::clock))
        .route("/sandbox/page/fault", post().to(forms::fault));
}

async fn page(api: Data<Api>, request: HttpRequest, ask: Query<Ask>) -> HttpResponse {
    let accepted =
        request.headers().get("accept-language").and_then(|it| it.to_str().ok()).unwrap_or_default();
    let scene = Scene::of(&ask, accepted);
    match parts::page(&scene, &api, &parts::look(&api).await, &STAMP) {
        Ok(html) => {
            let mut response = guarded(HttpResponse::Ok());
            response
                .content_type("text/html; charset=utf-8")
                .insert_header(("content-language", scene.lang.code()))
                .insert_header(("cache-control", "no-store"));
            packed(&request, response, &html)
        }
        Err(error) => api::problem(StatusCode::INTERNAL_SERVER_ERROR.as_u16(), &error.to_string()),
    }
}

async fn sheet(request: HttpRequest) -> HttpResponse {
    file(&request, "text/css; charset=utf-8", &SHEET)
}

async fn script(request: HttpRequest) -> HttpResponse {
    file(&request, "text/javascript; charset=utf-8", &LEAN_SCRIPT)
}

fn file(request: &HttpRequest, kind: &'static str, body: &str) -> HttpResponse {
    let mut response = guarded(HttpResponse::Ok());
    response.content_type(kind).insert_header(("cache-control", "max-age=31536000, immutable"));
    packed(request, response, body)
}

/// Compressed for whoever can read that: every browser.
fn packed(request: &HttpRequest, mut response: HttpResponseBuilder, body: &str) -> HttpResponse {
    response.insert_header(("vary", "accept-encoding, accept-language"));
    let accepted =
        request.headers().get("accept-encoding").and_then(|it| it.to_str().ok()).unwrap_or_default();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(body.as_bytes()).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) if accepted.contains("gzip") => {
            response.insert_header(("content-encoding", "gzip")).body(packed)
        }
        _ => response.body(body.to_owned()),
    }
}

/// With `no-referrer` browsers would send forms with `Origin: null`, which is refused.
fn guarded(mut response: HttpResponseBuilder) -> HttpResponseBuilder {
    response
        .insert_header(("content-security-policy", POLICY))
        .insert_header(("x-content-type-options", "nosniff"))
        .insert_header(("referrer-policy", "same-origin"));
    response
}

#[cfg(test)]
mod tests;
