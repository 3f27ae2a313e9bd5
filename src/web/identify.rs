//! `GET` and `POST /identify/{token}`: where an unknown number proves whose record it may act for. What is typed goes to
//! the EHR and nowhere else: it is not kept, not logged, not shown again. No answer tells which part was wrong.

use crate::domain::calendar;
use crate::domain::clinic::Identify;
use crate::domain::fact::Trouble;
use crate::domain::proof::{self, Claim, Gap, Typed};
use crate::engine::{Begun, Doors, Ended, Engine, Visitor};
use crate::phi::Phi;
use crate::web::look::{Answer, View};
use crate::web::{IDENTIFY, Pages, path, token};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, FormConfig, ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use metrics::counter;
use minijinja::context;
use serde::Deserialize;

/// Bytes of a form at most: three answers at their longest, percent-encoded.
const FORM: usize = 8 << 10;

/// One page for every address that does not work, whatever is wrong with it.
pub const EXPIRED: Answer =
    Answer { status: StatusCode::GONE, id: "page-id-expired", icon: "hour", tone: "" };
const DONE: Answer = Answer { status: StatusCode::OK, id: "page-id-done", icon: "tick", tone: "ok" };
const LIMIT: Answer = Answer { status: StatusCode::FORBIDDEN, id: "page-id-limit", icon: "person", tone: "" };
const DOWN: Answer =
    Answer { status: StatusCode::SERVICE_UNAVAILABLE, id: "page-id-down", icon: "pause", tone: "" };

/// Mounts the page.
pub fn routes(config: &mut ServiceConfig) {
    config.service(
        resource(path(IDENTIFY))
            .app_data(FormConfig::default().limit(FORM))
            .route(get().to(show))
            .route(post().to(prove)),
    );
}

/// The form as it is sent. Never printed.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    month: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    record: String,
}

impl From<Fields> for Typed {
    fn from(fields: Fields) -> Self {
        let Fields { name, day, month, year, record } = fields;
        let [name, day, month, year, record] = [name, day, month, year, record].map(Phi::new);
        Self { name, day, month, year, record }
    }
}

/// What stands above the form.
#[derive(Clone, Copy, Debug)]
struct Note {
    status: StatusCode,
    id: &'static str,
    tone: &'static str,
}

const FAILED: Note = Note { status: StatusCode::UNPROCESSABLE_ENTITY, id: "page-id-nomatch", tone: "warn" };
const PACE: Note = Note { status: StatusCode::TOO_MANY_REQUESTS, id: "page-id-pace", tone: "warn" };
const UNASKED: Note = Note { status: StatusCode::SERVICE_UNAVAILABLE, id: "page-id-down", tone: "warn" };

const fn check(status: StatusCode) -> Note {
    Note { status, id: "page-id-check", tone: "bad" }
}

async fn show(pages: Data<Pages>, request: HttpRequest) -> HttpResponse {
    match visitor(&pages, &request).await {
        Ok((view, _)) => pages.form(&view, None, &[]),
        Err(response) => response,
    }
}

async fn prove(
    pages: Data<Pages>,
    request: HttpRequest,
    form: Result<Form<Fields>, actix_web::Error>,
) -> HttpResponse {
    if !pages.is_ours(&request) {
        return counted("foreign", pages.look.answer(&pages.nobodys_view(&request), EXPIRED));
    }
    let (view, visitor) = match visitor(&pages, &request).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if !pages.pace.admits(visitor.token.tap.at.intent) {
        return counted("too-fast", pages.form(&view, Some(PACE), &[]));
    }
    match pages.read(form, &visitor) {
        Err((status, gaps)) => counted("gaps", pages.form(&view, Some(check(status)), &gaps)),
        Ok(claim) => {
            let ended = pages.tried(visitor, claim).await;
            pages.ended(ended, &view, &request)
        }
    }
}

/// Whoever the address was sent to, if it works and tries are left; else the page that says so.
async fn visitor(pages: &Pages, request: &HttpRequest) -> Result<(View, Visitor), HttpResponse> {
    let nobody = || pages.nobodys_view(request);
    let visitor = match pages.engine.visitor(IDENTIFY, token(request)).await {
        Ok(Some(visitor)) if pages.asks(&visitor) => visitor,
        Ok(_) => return Err(counted("expired", pages.look.answer(&nobody(), EXPIRED))),
        Err(error) => {
            tracing::error!(%error, "a page could not be looked up");
            return Err(counted("trouble", pages.look.answer(&nobody(), DOWN)));
        }
    };
    let view = pages.view(&visitor, request).unwrap_or_else(nobody);
    if visitor.tries >= i64::from(pages.attempts) {
        return Err(counted("limit", pages.look.answer(&view, LIMIT)));
    }
    Ok((view, visitor))
}

impl Pages {
    /// This hospital still asks these questions.
    fn asks(&self, visitor: &Visitor) -> bool {
        let clinic = self.engine.clinic(visitor.token.clinic);
        clinic.is_some_and(|clinic| clinic.identity.policy == Identify::Questions)
    }

    /// A form is sent by our own page only. The token in its address is what nobody else knows; beside it browsers say
    /// where a request comes from (Fetch Metadata; `Origin` is `null` under our own no-referrer policy).
    fn is_ours(&self, request: &HttpRequest) -> bool {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        match (header("sec-fetch-site"), header("origin")) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => origin == "null" || origin == self.origin,
            (None, None) => true,
        }
    }

    fn read(
        &self,
        form: Result<Form<Fields>, actix_web::Error>,
        visitor: &Visitor,
    ) -> Result<Claim, (StatusCode, Vec<Gap>)> {
        let all = || vec![Gap::Name, Gap::Birth, Gap::Record];
        let form = form.map_err(|error| (error.as_response_error().status_code(), all()))?;
        let zone = self.engine.clinic(visitor.token.clinic).map(|clinic| clinic.zone);
        let now = self.engine.clock.now();
        let today = zone.map_or(now.date_naive(), |zone| calendar::local(now, zone).date());
        proof::read(&form.into_inner().into(), today).map_err(|gaps| (StatusCode::UNPROCESSABLE_ENTITY, gaps))
    }

    /// One try, ended even when the browser goes away.
    async fn tried(&self, visitor: Visitor, claim: Claim) -> Ended {
        let (engine, doors, most) = (self.engine.clone(), self.doors.clone(), self.attempts);
        let token = visitor.token.tap.at.intent;
        self.pace.once(token, async move { tried(&engine, &doors, visitor, claim, most).await }).await
    }

    fn ended(&self, ended: Ended, view: &View, request: &HttpRequest) -> HttpResponse {
        match ended {
            Ended::Done => counted("done", self.look.answer(view, DONE)),
            Ended::Failed => counted("failed", self.form(view, Some(FAILED), &[])),
            Ended::Limit => counted("limit", self.look.answer(view, LIMIT)),
            Ended::Shut => counted("expired", self.look.answer(&self.nobodys_view(request), EXPIRED)),
            Ended::Trouble(_) => counted("trouble", self.form(view, Some(UNASKED), &[])),
        }
    }

    /// The form, always empty: nothing that was typed comes back.
    fn form(&self, view: &View, note: Option<Note>, gaps: &[Gap]) -> HttpResponse {
        let status = note.map_or(StatusCode::OK, |note| note.status);
        let missing: Vec<&str> = gaps.iter().map(|gap| field(*gap)).collect();
        let gaps: Vec<_> =
            gaps.iter().map(|gap| context! { field => field(*gap), id => gap_text(*gap) }).collect();
        let note = note.map(|note| context! { id => note.id, tone => note.tone });
        let values = context! { title => "page-id-title", note, gaps, missing };
        self.look.page(view, status, "identify.html", values)
    }
}

async fn tried(engine: &Engine, doors: &Doors, visitor: Visitor, claim: Claim, most: u32) -> Ended {
    let begun = match engine.begin_try(&visitor, &claim, most).await {
        Ok(Begun::Try(begun)) => begun,
        Ok(Begun::Limit) => return Ended::Limit,
        Ok(Begun::Shut) => return Ended::Shut,
        Err(error) => return unsaved(&error),
    };
    let said = (doors.prove)(visitor, claim).await;
    engine.end_try(begun, said).await.unwrap_or_else(|error| unsaved(&error))
}

fn unsaved(error: &impl std::fmt::Display) -> Ended {
    tracing::error!(%error, "a try could not be noted");
    Ended::Trouble(Trouble::Down)
}

/// The first field of an answer.
const fn field(gap: Gap) -> &'static str {
    match gap {
        Gap::Name => "name",
        Gap::Birth => "day",
        Gap::Record => "record",
    }
}

const fn gap_text(gap: Gap) -> &'static str {
    match gap {
        Gap::Name => "page-id-need-name",
        Gap::Birth => "page-id-need-birth",
        Gap::Record => "page-id-need-record",
    }
}

fn counted(outcome: &'static str, response: HttpResponse) -> HttpResponse {
    counter!("wasl_identify_total", "outcome" => outcome).increment(1);
    response
}
