//! What the page's forms do. With scripts they are sent in the background; without, the page comes back by itself.

use crate::clock::Moment;
use crate::sandbox::api::{self, Api, Hand};
use crate::sandbox::page::scene::{Ask, Scene};
use crate::sandbox::page::{raw, switches};
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::json;

/// A form; each button adds what it does.
#[derive(Deserialize)]
pub struct Filled {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    clinic: String,
    text: Option<String>,
    tap: Option<String>,
    kind: Option<String>,
    advance: Option<String>,
    to: Option<Moment>,
    on: Option<String>,
    off: Option<String>,
}

impl Filled {
    fn scene(&self) -> Scene {
        let (lang, person, clinic) = (self.lang.clone(), self.person.clone(), self.clinic.clone());
        Scene::of(&Ask { lang, person, clinic }, "")
    }
}

/// `POST /sandbox/page/say`: the same as `/sandbox/api/say`.
pub async fn say(api: Data<Api>, request: HttpRequest, form: Form<Filled>) -> HttpResponse {
    if let Some(refusal) = foreign(&request) {
        return refusal;
    }
    let scene = form.scene();
    let message = match (&form.text, &form.tap, &form.kind) {
        (_, Some(tap), _) => Some(api::tapped(&api, &scene.sender, tap)),
        (_, _, Some(kind)) => raw::message(kind, &scene.sender, scene.phone_lang()),
        (Some(text), _, _) if !text.trim().is_empty() => {
            Some(json!({ "type": "text", "text": { "body": text.trim() } }))
        }
        _ => None,
    };
    let Some(message) = message else {
        return done(&request, &scene, api::problem(400, "text, tap or kind"));
    };
    let answer = api::send(&api, scene.clinic.phone_number_id, &scene.sender, message).await;
    if !scripted(&request) {
        api::settled_now(&api).await;
    }
    done(&request, &scene, answer)
}

/// `POST /sandbox/page/clock`: the same as `/sandbox/api/clock`.
pub async fn clock(api: Data<Api>, request: HttpRequest, form: Form<Filled>) -> HttpResponse {
    if let Some(refusal) = foreign(&request) {
        return refusal;
    }
    let hand = Hand { running: None, advance: form.advance.clone(), to: form.to };
    let answer = api::turn(&api, &hand).await;
    done(&request, &form.scene(), answer)
}

/// `POST /sandbox/page/fault`: the same as `/sandbox/api/faults`, by the id of a switch.
pub async fn fault(api: Data<Api>, request: HttpRequest, form: Form<Filled>) -> HttpResponse {
    if let Some(refusal) = foreign(&request) {
        return refusal;
    }
    let turned = match (&form.on, &form.off) {
        (Some(id), None) => switches::turn(&api.faults, id, true),
        (None, Some(id)) => switches::turn(&api.faults, id, false),
        _ => false,
    };
    let answer =
        if turned { HttpResponse::Ok().json(api.faults.list()) } else { api::problem(400, "on or off") };
    done(&request, &form.scene(), answer)
}

fn scripted(request: &HttpRequest) -> bool {
    let accept = request.headers().get("accept").and_then(|it| it.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

/// A script gets the answer; a browser without scripts the page, where the answer can be seen.
fn done(request: &HttpRequest, scene: &Scene, answer: HttpResponse) -> HttpResponse {
    if scripted(request) {
        return answer;
    }
    let location = format!("/sandbox?{}#end", scene.query(None, None, None));
    HttpResponse::SeeOther().insert_header(("location", location)).finish()
}

/// Another site's page may not press our buttons: forms need no permission to be sent across sites, JSON does.
fn foreign(request: &HttpRequest) -> Option<HttpResponse> {
    let header = |name: &str| request.headers().get(name).and_then(|it| it.to_str().ok());
    let origin = header("origin")?;
    let host = header("host").unwrap_or_default();
    let ours = origin.split_once("://").is_some_and(|(_, theirs)| theirs == host);
    (!ours).then(|| api::problem(403, "sent from another site's page"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use rstest::rstest;

    #[rstest]
    #[case(None, false)]
    #[case(Some("http://127.0.0.1:8080"), false)]
    #[case(Some("http://127.0.0.1:8081"), true)]
    #[case(Some("https://evil.example"), true)]
    #[case(Some("null"), true)]
    fn another_sites_page_may_not_press_our_buttons(#[case] origin: Option<&str>, #[case] refused: bool) {
        let mut request = TestRequest::post().insert_header(("host", "127.0.0.1:8080"));
        if let Some(origin) = origin {
            request = request.insert_header(("origin", origin));
        }
        assert_eq!(foreign(&request.to_http_request()).is_some(), refused);
    }
}
